//! A technique stays inside the ceilings, out of the zones, and says what its numbers stand on.

use super::super::{
    Ceilings, Contact, ForceBasis, Knowledge, MotionKind, Place, Posture, Read, Technique, ZoneLevel, ZoneSpan,
};
use super::{Problem, Problems};
use crate::sorted::SortedMap;

/// Every technique with its file.
fn each(knowledge: &Knowledge) -> impl Iterator<Item = (String, &Technique)> {
    knowledge.techniques.iter().map(|(id, technique)| (format!("techniques/{id}.toml"), technique))
}

/// Ensure the catalogue's dose is one a plan can give: within the ceilings, in whole steps, worth setting up for.
pub(super) fn dose_within_limits(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let Ceilings { sets: most_sets, seconds_per_area_day: most_seconds, .. } = knowledge.limits.ceilings;
    let time = &knowledge.planning.time;
    for (file, technique) in each(knowledge) {
        let dose = technique.dose;
        if !(1..=most_sets).contains(&dose.sets) {
            let what = format!("{} sets; give 1 to {most_sets}", dose.sets);
            problems.push(Problem::new(&file, "dose.sets", rule, what));
        }
        let seconds = u64::from(dose.sets) * u64::from(dose.seconds_per_set);
        if seconds > u64::from(most_seconds) {
            let what = format!("{seconds} s over all sets; an area gets at most {most_seconds} s a day");
            problems.push(Problem::new(&file, "dose.seconds_per_set", rule, what));
        }
        if dose.seconds_per_set < time.least_seconds {
            let what = format!(
                "{} s is not worth setting up for; give at least {} s",
                dose.seconds_per_set, time.least_seconds
            );
            problems.push(Problem::new(&file, "dose.seconds_per_set", rule, what));
        }
        if !dose.seconds_per_set.is_multiple_of(time.step_seconds.max(1)) {
            let what =
                format!("{} s is no multiple of {} s; round it down to one", dose.seconds_per_set, time.step_seconds);
            problems.push(Problem::new(&file, "dose.seconds_per_set", rule, what));
        }
    }
}

/// Ensure a spot that is held still is held no longer than the ceiling.
pub(super) fn holds_within_limits(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let longest = knowledge.limits.ceilings.hold_seconds;
    for (file, technique) in each(knowledge) {
        let spots = u32::from(technique.motion.spots);
        if spots == 0 {
            let what = "a set is shared between 0 spots; give at least 1".to_owned();
            problems.push(Problem::new(&file, "motion.spots", rule, what));
        } else if technique.motion.kind != MotionKind::Strokes && technique.dose.seconds_per_set > longest * spots {
            let seconds = technique.dose.seconds_per_set.div_ceil(spots);
            let what = format!("{seconds} s on one spot; hold at most {longest} s: share the set between more spots");
            problems.push(Problem::new(&file, "motion.spots", rule, what));
        }
    }
}

/// Ensure no technique may feel stronger than the cap.
pub(super) fn felt_within_limits(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let cap = knowledge.limits.ceilings.felt_cap;
    for (file, technique) in each(knowledge) {
        if let Some(felt) = technique.felt_max.filter(|&felt| felt > cap) {
            let what = format!("{felt} of 10 is above the cap; give {cap} or less");
            problems.push(Problem::new(&file, "felt_max", rule, what));
        }
    }
}

/// Ensure strokes, and only strokes, say how long one pass takes.
pub(super) fn strokes_alone_have_a_pace(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        let what = match (technique.motion.kind, technique.motion.seconds_per_pass) {
            (MotionKind::Strokes, None | Some(0)) => {
                "strokes need the seconds for one pass in one direction; add them"
            }
            (MotionKind::SearchAndHold | MotionKind::PinAndMove, Some(_)) => {
                "the tool stays in place, so there is no pass; take this field out"
            }
            _ => continue,
        };
        problems.push(Problem::new(&file, "motion.seconds_per_pass", rule, what.to_owned()));
    }
}

/// Ensure a technique that pins a spot says which joint moves.
pub(super) fn pinned_spots_have_a_movement(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        if technique.motion.kind == MotionKind::PinAndMove && technique.active_movement.is_none() {
            let what = "the tool stays and a joint moves, but which? Add the joint, the motion and the repetitions";
            problems.push(Problem::new(&file, "active_movement", rule, what.to_owned()));
        }
    }
}

/// Ensure ranges of repetitions go from low to high and start at one.
pub(super) fn reps_are_ordered(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        let Some(reps) = technique.active_movement.as_ref().map(|movement| movement.reps) else { continue };
        if reps.low == 0 || reps.low > reps.high {
            let what = format!(
                "{} to {} repetitions; give a low of at least 1 and a high not below it",
                reps.low, reps.high
            );
            problems.push(Problem::new(&file, "active_movement.reps", rule, what));
        }
    }
}

/// Ensure no line enters a zone: one to keep free, never; one for light work, only where the technique says so.
pub(super) fn line_stays_out_of_zones(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        for (zone_id, zone) in &knowledge.zones {
            let Some(span) = zone.spans.get(&technique.region).filter(|span| overlaps(technique, span)) else {
                continue;
            };
            let fix = match zone.level {
                ZoneLevel::NoGo | ZoneLevel::NoDirectPressure => "stop the line short of it",
                ZoneLevel::LightOnly | ZoneLevel::Debate if technique.works_in.contains(zone_id) => continue,
                ZoneLevel::LightOnly | ZoneLevel::Debate => "stop the line short of it, or name it under works_in",
            };
            let what = format!(
                "the line from {} to {} cm enters {zone_id} ({} to {} cm); {fix}",
                technique.line.from_cm, technique.line.to_cm, span.from_cm, span.to_cm
            );
            problems.push(Problem::new(&file, "line", rule, what));
        }
    }
}

fn overlaps(technique: &Technique, span: &ZoneSpan) -> bool {
    technique.line.from_cm < span.to_cm && span.from_cm < technique.line.to_cm
}

/// Ensure techniques work only in zones marked light-only or debate, and in none that they say they avoid.
pub(super) fn works_in_light_zones_only(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        for (index, zone_id) in technique.works_in.iter().enumerate() {
            let field = format!("works_in[{index}]");
            let level = knowledge.zones.get(zone_id).map(|zone| zone.level);
            if let Some(ZoneLevel::NoGo | ZoneLevel::NoDirectPressure) = level {
                let what = format!("{zone_id} is kept free; move it to zones_to_avoid and keep the line out of it");
                problems.push(Problem::new(&file, &field, rule, what));
            }
            if technique.zones_to_avoid.contains(zone_id) {
                let what = format!("{zone_id} is also under zones_to_avoid; leave it in one of the two");
                problems.push(Problem::new(&file, &field, rule, what));
            }
        }
    }
}

/// Ensure every no-go zone of the region is named under zones to avoid. Zones only some people have are left to the
/// screen.
pub(super) fn no_go_zones_of_the_region_are_listed(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    for (file, technique) in each(knowledge) {
        for (zone_id, zone) in &knowledge.zones {
            let concerns =
                zone.level == ZoneLevel::NoGo && !zone.personal && zone.regions.contains(&technique.region);
            if concerns && !technique.zones_to_avoid.contains(zone_id) {
                let what = format!("{zone_id} is a no-go zone of the {}; add it", technique.region);
                problems.push(Problem::new(&file, "zones_to_avoid", rule, what));
            }
        }
    }
}

/// Ensure whatever vibrates is kept away from implants and ports.
pub(super) fn vibration_keeps_off_implants(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    const IMPLANT: &str = "implant_port";
    for (file, technique) in each(knowledge) {
        let vibrates = knowledge.tools.get(&technique.tool).is_some_and(|tool| tool.vibrates);
        if vibrates && !technique.zones_to_avoid.iter().any(|zone| zone == IMPLANT) {
            let what = format!("a vibrating tool must keep off implants and ports; add {IMPLANT}");
            problems.push(Problem::new(&file, "zones_to_avoid", rule, what));
        }
    }
}

/// Ensure the region whose seconds it counts is among those it presses.
pub(super) fn touches_its_own_region(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        if !technique.touches.contains(&technique.region) {
            let what = format!("the technique's own region is missing; add {}", technique.region);
            problems.push(Problem::new(&file, "touches", rule, what));
        }
    }
}

/// Ensure nothing presses a region that is never rolled.
pub(super) fn presses_rollable_regions(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        let closed = |region| knowledge.regions.get(&region).is_some_and(|known| !known.rollable);
        if closed(technique.region) {
            let what = format!("the {} is never rolled; take this technique out", technique.region);
            problems.push(Problem::new(&file, "region", rule, what));
        }
        for (index, &region) in technique.touches.iter().enumerate() {
            if closed(region) {
                let what = format!("the {region} is never rolled; move the line away from it and take it out here");
                problems.push(Problem::new(&file, &format!("touches[{index}]"), rule, what));
            }
        }
    }
}

/// Ensure the three forces go from low to high, and are shares of body weight or newtons a hand or body can give.
pub(super) fn force_is_ordered(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        let force = &technique.force;
        let (most, unit) = match force.basis {
            ForceBasis::BodyWeight => (1.0, "of body weight"),
            ForceBasis::Newtons => (500.0, "N"),
        };
        if !(force.low <= force.usual && force.usual <= force.high) {
            let what = format!(
                "low {}, usual {}, high {}; put them in order, low first",
                force.low, force.usual, force.high
            );
            problems.push(Problem::new(&file, "force", rule, what));
        }
        if force.low < 0.0 || force.high > most {
            let what = format!("{} to {} is outside 0 to {most} {unit}; check the basis", force.low, force.high);
            problems.push(Problem::new(&file, "force", rule, what));
        }
    }
}

/// Ensure nobody has to lie down for a technique at a wall or on a chair.
pub(super) fn wall_and_chair_need_no_floor_posture(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    for (file, technique) in each(knowledge) {
        if technique.place == Place::Floor {
            continue;
        }
        for (index, posture) in technique.postures.iter().enumerate() {
            if matches!(posture, Posture::LyingFaceDown | Posture::LyingOnBack | Posture::LyingOnSide) {
                let what = "nobody lies down at a wall or on a chair; correct the place or the posture".to_owned();
                problems.push(Problem::new(&file, &format!("postures[{index}]"), rule, what));
            }
        }
    }
}

/// Ensure a station, which a plan enters once, is in one place.
pub(super) fn a_station_is_in_one_place(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut first: SortedMap<&str, (&str, Place)> = SortedMap::new();
    for (id, technique) in &knowledge.techniques {
        let &mut (other, place) = first.get_or_insert_with(&technique.station, || (id, technique.place));
        if place != technique.place {
            let what =
                format!("station `{}` is in another place in {other}; give one of them its own", technique.station);
            problems.push(Problem::new(&format!("techniques/{id}.toml"), "station", rule, what));
        }
    }
}

/// Ensure a force or a contact area that is ours says so: the note where people read it, and the sources, agree.
pub(super) fn judgement_is_said(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique) in each(knowledge) {
        let force = &technique.force;
        judgement_said_in((&file, "force.note"), &force.note, &force.sources, force.read, rule, problems);
    }
    for (tool, known) in &knowledge.tools {
        let (Contact::Area { sources, read, note, .. } | Contact::Ball { sources, read, note, .. }) = &known.contact;
        judgement_said_in((&format!("tools/{tool}.toml"), "contact.note"), note, sources, *read, rule, problems);
    }
}

fn judgement_said_in(
    (file, field): (&str, &str),
    note: &str,
    sources: &[String],
    read: Read,
    rule: &'static str,
    problems: &mut Problems,
) {
    let said = note.to_lowercase().contains("our judgement");
    let cited = sources.iter().any(|source| source == "our_judgement");
    let what = match (said, cited || read == Read::OurJudgement) {
        (false, true) => "our judgement is among the sources, but the note does not say so; say \"our judgement\"",
        (true, false) => "the note says \"our judgement\", but the sources do not; add `our_judgement` to them",
        _ => return,
    };
    problems.push(Problem::new(file, field, rule, what.to_owned()));
}
