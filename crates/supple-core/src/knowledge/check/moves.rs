//! A move says how much, touches what bears weight, asks openly for what cautions rule out, and leads to others in one
//! direction only.

use super::super::{Demand, Equipment, Knowledge, Move, MoveKind, Place, Posture, Sides};
use super::references::id_of;
use super::{Problem, Problems};
use crate::body::RegionId;
use crate::sorted::SortedSet;

/// How hard a stretch may feel at most: a clear pull, as for pressure. Our judgement.
const STRETCH_EFFORT: u8 = 4;
/// How hard any move may feel at most: two or three more would still go. Our judgement.
const MOST_EFFORT: u8 = 7;
/// From this effort on people tend to hold their breath. Our judgement.
const HARD_EFFORT: u8 = 7;
/// The shortest hold that is worth a count, in seconds. Our judgement.
const LEAST_HOLD: u32 = 5;
/// Steps that can be kept in mind at once. Our judgement.
const STEPS: std::ops::RangeInclusive<usize> = 3..=6;

/// Every move with its file.
fn each(knowledge: &Knowledge) -> impl Iterator<Item = (String, &Move)> {
    knowledge.moves.iter().map(|(id, known)| (format!("moves/{id}.toml"), known))
}

/// Ensure a move is either held or counted, and only what is counted has a tempo.
pub(super) fn moves_are_held_or_counted(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let amount = &known.amount;
        let (field, what) = match (amount.hold_seconds, &amount.reps, amount.tempo) {
            (Some(_), Some(_), _) => ("amount.reps", "it is held and counted; leave one of the two"),
            (None, None, _) => ("amount", "it is neither held nor counted; add hold_seconds or reps"),
            (Some(_), None, Some(_)) => ("amount.tempo", "what is held has no tempo; take this field out"),
            (None, Some(_), Some(tempo)) if tempo.seconds() == 0 => {
                ("amount.tempo", "one repetition takes no time; give its seconds, or take this field out")
            }
            _ => continue,
        };
        problems.push(Problem::new(&file, field, rule, what.to_owned()));
    }
}

/// Ensure every amount is one that the gate lets through: within its ceilings, and no harder than is ever wanted.
pub(super) fn amounts_are_within_the_ceilings(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let ceilings = &knowledge.limits.moves;
    for (file, known) in each(knowledge) {
        let amount = &known.amount;
        let mut wrong = |field: &str, what: String| problems.push(Problem::new(&file, field, rule, what));
        if !(1..=ceilings.sets).contains(&amount.sets) {
            wrong("amount.sets", format!("{} sets; give 1 to {}", amount.sets, ceilings.sets));
        }
        if let Some(hold) = amount.hold_seconds
            && !(LEAST_HOLD..=ceilings.hold_seconds).contains(&hold)
        {
            wrong("amount.hold_seconds", format!("{hold} s; hold {LEAST_HOLD} to {} s", ceilings.hold_seconds));
        }
        if let Some(reps) = amount.reps
            && (reps.low == 0 || reps.low > reps.high || reps.high > ceilings.reps)
        {
            let what =
                format!("{} to {} repetitions; go from low to high, 1 to {}", reps.low, reps.high, ceilings.reps);
            wrong("amount.reps", what);
        }
        let most = if known.kind == MoveKind::Stretch { STRETCH_EFFORT } else { MOST_EFFORT }.min(ceilings.effort);
        if !(1..=most).contains(&amount.effort_max) {
            wrong("amount.effort_max", format!("{} of 10; give 1 to {most}", amount.effort_max));
        }
    }
}

/// Ensure a move takes few enough steps to be kept in mind.
pub(super) fn moves_have_few_steps(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        if !STEPS.contains(&known.steps.len()) {
            let what = format!("{} steps; give {} to {}", known.steps.len(), STEPS.start(), STEPS.end());
            problems.push(Problem::new(&file, "steps", rule, what));
        }
    }
}

/// Ensure a move has a region, and touches every region that it is for.
pub(super) fn moves_touch_their_regions(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        if known.regions.is_empty() {
            let what = "it is for no region, so nothing could close it; name at least one".to_owned();
            problems.push(Problem::new(&file, "regions", rule, what));
        }
        for region in known.regions.iter().filter(|region| !known.touches.contains(region)) {
            let what = format!("the move's own region is missing; add {region}");
            problems.push(Problem::new(&file, "touches", rule, what));
        }
    }
}

/// Ensure what a posture rests on is among what the move touches, on its own side or on the other one.
pub(super) fn weight_is_touched(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        for posture in &known.postures {
            let (rests_on, other_side_too): (&[RegionId], bool) = match posture {
                Posture::Kneeling => (&[RegionId::TibialisAnterior], false),
                Posture::WeightOnHands => (&[RegionId::ForearmFlexors, RegionId::HandThenar], false),
                Posture::LyingFaceDown => (&[RegionId::Abdomen, RegionId::Pectorals], false),
                Posture::LyingOnSide => (&[RegionId::GluteusMedius, RegionId::PosteriorShoulder], true),
                // The back is as good as always lain on; a person can rule the posture out.
                Posture::LyingOnBack => continue,
            };
            let other = known.other_side.as_deref().filter(|_| other_side_too).unwrap_or_default();
            for region in rests_on.iter().filter(|region| !known.touches.contains(region) && !other.contains(region))
            {
                let what = format!("the body rests on the {region} meanwhile; add it");
                problems.push(Problem::new(&file, "touches", rule, what));
            }
        }
    }
}

/// Ensure a move on one side says what the other side does, and no other move does.
pub(super) fn one_sided_moves_tell_of_the_other_side(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    for (file, known) in each(knowledge) {
        let what = match (known.sides, &known.other_side) {
            (Sides::OneAtATime, None) => "nobody said what the other side does meanwhile; list it, [] for nothing",
            (Sides::Together | Sides::Midline, Some(_)) => "it has no other side; take this field out",
            _ => continue,
        };
        problems.push(Problem::new(&file, "other_side", rule, what.to_owned()));
    }
}

/// Ensure no move works on the throat or the face.
pub(super) fn moves_keep_off_throat_and_face(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let other = known.other_side.as_deref().unwrap_or_default();
        for (field, regions) in [("regions", &*known.regions), ("touches", &*known.touches), ("other_side", other)] {
            for (index, region) in regions.iter().enumerate() {
                if matches!(region, RegionId::NeckAnterior | RegionId::HeadFace) {
                    let what = format!("no move works on the {region}; take it out, or the move");
                    problems.push(Problem::new(&file, &format!("{field}[{index}]"), rule, what));
                }
            }
        }
    }
}

/// Ensure nobody lies or kneels for a move at a wall or on a chair.
pub(super) fn floor_postures_are_on_the_floor(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge).filter(|(_, known)| known.place != Place::Floor) {
        for (index, posture) in known.postures.iter().enumerate() {
            if *posture != Posture::WeightOnHands {
                let what =
                    "nobody lies or kneels at a wall or on a chair; correct the place or the posture".to_owned();
                problems.push(Problem::new(&file, &format!("postures[{index}]"), rule, what));
            }
        }
    }
}

/// Ensure a demand that follows from something else the move says is among its demands, since cautions rule out by
/// demands alone.
pub(super) fn demands_are_complete(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let weight = known.equipment.iter().flatten().any(|&thing| thing == Equipment::Weight);
        let on_hands = known.postures.contains(&Posture::WeightOnHands);
        let held_stretch = known.kind == MoveKind::Stretch && known.amount.hold_seconds.is_some();
        let follows = [
            (weight, Demand::ArmLoaded, "a weight is held"),
            (on_hands, Demand::ArmLoaded, "weight is on the hands"),
            (held_stretch, Demand::EndRange, "a stretch that is held takes a joint to its end"),
            (known.amount.effort_max >= HARD_EFFORT, Demand::HardEffort, "it may feel hard"),
        ];
        for (_, demand, why) in follows.iter().filter(|(is, demand, _)| *is && !known.demands.contains(demand)) {
            problems.push(Problem::new(&file, "demands", rule, format!("{why}; add {}", id_of(demand))));
        }
    }
}

/// Ensure every way to get what a move takes names something.
pub(super) fn equipment_is_named(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        for (index, _) in known.equipment.iter().enumerate().filter(|(_, way)| way.is_empty()) {
            let what =
                "this way takes nothing, so the others are idle; name a thing, or leave the field out".to_owned();
            problems.push(Problem::new(&file, &format!("equipment[{index}]"), rule, what));
        }
    }
}

/// Ensure the moves that are named as easier and harder exist, and are of a kind one can go over to: a stretch to a
/// stretch, and from strengthening to integration, never back, as it gets harder; and those to fall back on exist.
pub(super) fn easier_and_harder_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        for (field, other) in [("easier_move", &known.easier_move), ("harder_move", &known.harder_move)] {
            let Some(id) = other else { continue };
            let what = match knowledge.moves.get(id) {
                None => format!("no move is called `{id}`; correct the id, or add moves/{id}.toml"),
                Some(other) if (other.kind == MoveKind::Stretch) != (known.kind == MoveKind::Stretch) => {
                    format!("`{id}` is for something else; a stretch leads to stretches only")
                }
                Some(other) if field == "easier_move" && other.kind > known.kind => {
                    format!("`{id}` puts several places to use, which is not easier; name another")
                }
                Some(other) if field == "harder_move" && other.kind < known.kind => {
                    format!("`{id}` is for one place only, which is not harder; name another")
                }
                Some(_) => continue,
            };
            problems.push(Problem::new(&file, field, rule, what));
        }
    }
    for (goal, plan) in &knowledge.planning.goals {
        for id in plan.usual_moves.iter().filter(|id| !knowledge.moves.contains_key(id.as_str())) {
            let what = format!("no move is called `{id}`; correct the id, or add moves/{id}.toml");
            problems.push(Problem::new("planning.toml", &format!("goals.{}.usual_moves", goal.id()), rule, what));
        }
    }
}

/// Ensure that getting harder, step by step, never comes back to where it began: neither by what a move names as harder
/// nor by what names it as easier.
pub(super) fn harder_never_comes_round(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let harder_than = |id: &str| -> Vec<&str> {
        let named = knowledge.moves.get(id).and_then(|known| known.harder_move.as_deref());
        let naming = knowledge.moves.iter().filter(|(_, other)| other.easier_move.as_deref() == Some(id));
        named.into_iter().chain(naming.map(|(other, _)| other.as_str())).collect()
    };
    for id in knowledge.moves.keys() {
        let mut seen: SortedSet<&str> = SortedSet::new();
        let mut next = harder_than(id);
        while let Some(other) = next.pop() {
            if seen.insert(other) {
                next.extend(harder_than(other));
            }
        }
        if seen.contains(id.as_str()) {
            let what = "going on to what is harder leads back here; take one of the steps out".to_owned();
            problems.push(Problem::new(&format!("moves/{id}.toml"), "harder_move", rule, what));
        }
    }
}
