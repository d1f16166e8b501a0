//! What an item comes to on its day: blocks or moves with their amounts, planned under that day's clearance and admitted
//! by the gate.

use super::frame::{Frame, Person};
use super::{Item, ItemKind, ItemMove};
use crate::assess::Assessment;
use crate::body::{Area, PerSite, RegionId, Side, Site, SiteSet};
use crate::dose::Dose;
use crate::gate::{Clearance, admit, admit_moves};
use crate::knowledge::{Goal, Knowledge, MoveKind, Sides};
use crate::move_dose::MoveDose;
use crate::plan::{Plan, propose, sentence};
use crate::sorted::SortedSet;
use crate::timetable;
use crate::unit::{Seconds, SessionMinutes};

/// The most seconds a warm-up or recovery presses one place: a session is not heavy up to there. Our judgement.
pub const LIGHT_SECONDS: u32 = 60;

/// The fewest repetitions of a lighter week. Our judgement: fewer are not worth taking up the position.
const LEAST_LIGHTER_REPS: u8 = 4;

/// What an item comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// A session of rolling with the assessment it was planned for.
    Rolling(Box<Assessment>, Plan),
    /// Moves with their amounts, in order.
    Moves(Vec<MoveDose>),
    /// The movement screen.
    Screen,
    /// Nothing of it is allowed on that day.
    Closed,
}

/// What each item of a day comes to, in order. What the day's main session presses counts for its short ones: they get
/// what is left.
pub(super) fn of_day(person: &Person<'_>, frame: &Frame, lighter: bool, items: &[Item]) -> Vec<Detail> {
    let mut pressed = PerSite::filled(Seconds::ZERO);
    let mut details = vec![Detail::Closed; items.len()];
    let (short, first): (Vec<usize>, Vec<usize>) =
        (0..items.len()).partition(|&index| items[index].is_light_rolling());
    for index in first.into_iter().chain(short) {
        details[index] = of_item(person, frame, lighter, &items[index], &pressed);
        if let Detail::Rolling(_, plan) = &details[index] {
            for dose in plan.doses() {
                for site in reached(person.knowledge, &dose).iter() {
                    pressed[site] = pressed[site] + dose.pressure();
                }
            }
        }
    }
    details
}

/// The sites that a dose presses, those beside its own included.
fn reached(knowledge: &Knowledge, dose: &Dose) -> SiteSet {
    let beside = knowledge.techniques.get(&dose.technique).map_or(&[][..], |technique| &technique.touches);
    let beside = beside.iter().flat_map(|&region| Site::of(region, dose.side));
    dose.sites().chain(beside).collect()
}

/// Of these places the regions that are pressed along with one of them, itself among them: some technique for one of them
/// touches the other, or leads on to it over others.
pub(super) fn pressed_together(knowledge: &Knowledge, areas: &[Area], region: RegionId) -> SortedSet<RegionId> {
    let touches = |one: RegionId, other: RegionId| {
        let mut of_one = knowledge.techniques.values().filter(|technique| technique.region == one);
        of_one.any(|technique| technique.touches.contains(&other))
    };
    let mut group: SortedSet<RegionId> = [region].into_iter().collect();
    loop {
        let touched = |area: &&Area| {
            let by = |known: &RegionId| touches(*known, area.region) || touches(area.region, *known);
            !group.contains(&area.region) && group.iter().any(by)
        };
        let Some(area) = areas.iter().find(touched) else { return group };
        group.insert(area.region);
    }
}

fn of_item(person: &Person<'_>, frame: &Frame, lighter: bool, item: &Item, pressed: &PerSite<Seconds>) -> Detail {
    match item.kind {
        ItemKind::Screen => Detail::Screen,
        ItemKind::Smr => {
            let goal = item.goal.unwrap_or(Goal::Mobility);
            rolled(person, frame, goal, (&item.areas, &item.areas), item.minutes, item.is_light_rolling(), pressed)
                .map_or(Detail::Closed, |(day, plan)| Detail::Rolling(Box::new(day), plan))
        }
        ItemKind::Stretch | ItemKind::Strengthen | ItemKind::Integrate => {
            match moved(person, frame, lighter, &item.moves) {
                doses if doses.is_empty() => Detail::Closed,
                doses => Detail::Moves(doses),
            }
        }
    }
}

/// A session of rolling on a day: the planner's best for these places and minutes, admitted by the gate. None where
/// nothing is allowed. The second list has all places that are rolled on that day, with which these share what is allowed.
pub(super) fn rolled(
    person: &Person<'_>,
    frame: &Frame,
    goal: Goal,
    (areas, shared): (&[Area], &[Area]),
    minutes: u16,
    light: bool,
    pressed: &PerSite<Seconds>,
) -> Option<(Assessment, Plan)> {
    let together = session(person, frame, goal, (areas, shared), minutes, light, pressed)?;
    let reached = |plan: &Plan| areas.iter().filter(|area| is_reached(plan, area)).count();
    if reached(&together.1) == areas.len() {
        return Some(together);
    }
    // Where the minutes together leave a place out, each place by itself may still fit, one after the other.
    let (day, _) = &together;
    let clearance = person.clearance(day)?;
    let mut all = together.1.clone();
    for area in areas.iter().filter(|area| !is_reached(&together.1, area)) {
        let left = Seconds::new(u32::from(minutes) * 60).saturating_sub(all.total).get() / 60;
        let left = u16::try_from(left).unwrap_or(0);
        let alone = (2..=left).find_map(|minutes| {
            let (_, plan) = session(person, frame, goal, (&[*area], shared), minutes, light, pressed)?;
            is_reached(&plan, area).then_some(plan)
        });
        let Some(alone) = alone else { continue };
        let mut more = all.clone();
        more.blocks.extend(alone.blocks);
        more.left_out.retain(|left| left.region != area.region);
        more.total = timetable::total(person.knowledge, &more.doses());
        more.objective_micro += alone.objective_micro;
        if admit(person.knowledge, &clearance, clearance.head(), goal, day.minutes, &more.doses()).is_ok() {
            all = more;
        }
    }
    Some((day.clone(), all))
}

/// A session for some of the places that are rolled on a day.
fn session(
    person: &Person<'_>,
    frame: &Frame,
    goal: Goal,
    (areas, shared): (&[Area], &[Area]),
    minutes: u16,
    light: bool,
    pressed: &PerSite<Seconds>,
) -> Option<(Assessment, Plan)> {
    let mut day = person.on(frame, goal, areas, minutes);
    for site in Site::all() {
        day.pressure_today[site] = day.pressure_today[site] + pressed[site];
    }
    if light {
        keep_all_but_light_back(person, pressed, &mut day);
    }
    share_between_those_pressed_together(person, shared, &mut day);
    let clearance = person.clearance(&day)?;
    let mut plan = propose(person.knowledge, &clearance, &Person::for_planning(day.clone()));
    // What the planner was given as tomorrow's soreness is that of the day itself.
    for why in plan.blocks.iter_mut().flat_map(|block| &mut block.why).filter(|why| why.id == "sore_tomorrow") {
        *why = sentence(person.knowledge, "programme_sore_then", &[]);
    }
    let minutes = SessionMinutes::new(u8::try_from(minutes).unwrap_or(20).clamp(2, 20)).ok()?;
    admit(person.knowledge, &clearance, clearance.head(), goal, minutes, &plan.doses()).ok()?;
    (!plan.blocks.is_empty()).then_some((day, plan))
}

/// Leaves each place the seconds of a light session, all such sessions of a day together, or what it may get where that is
/// less, as on a first day.
fn keep_all_but_light_back(person: &Person<'_>, pressed: &PerSite<Seconds>, day: &mut Assessment) {
    let Some(clearance) = person.clearance(day) else { return };
    for site in Site::all() {
        let left = clearance.at(site).seconds_per_day.saturating_sub(clearance.pressure_given(site));
        let kept_back = left.saturating_sub(Seconds::new(LIGHT_SECONDS).saturating_sub(pressed[site]));
        day.pressure_today[site] = day.pressure_today[site] + kept_back;
    }
}

/// What a place may get on a day is shared between the places that are pressed along with it: each gets as much of it as
/// the others, so that all of them together never give one of them more than it may have.
fn share_between_those_pressed_together(person: &Person<'_>, areas: &[Area], day: &mut Assessment) {
    let many = |area: &Area| {
        let group = pressed_together(person.knowledge, areas, area.region).len();
        u32::try_from(group).unwrap_or(u32::MAX)
    };
    let shared: Vec<(&Area, u32)> =
        areas.iter().map(|area| (area, many(area))).filter(|(_, many)| *many > 1).collect();
    let Some(clearance) = person.clearance(day).filter(|_| !shared.is_empty()) else { return };
    for (area, many) in shared {
        for site in area.sites() {
            let left = clearance.at(site).seconds_per_day.saturating_sub(clearance.pressure_given(site));
            let others = left.get() - left.get() / many;
            day.pressure_today[site] = day.pressure_today[site] + Seconds::new(others);
        }
    }
}

/// Whether a plan presses an area.
pub(super) fn is_reached(plan: &Plan, area: &Area) -> bool {
    plan.blocks.iter().any(|block| block.dose.sites().any(|site| area.sites().any(|wanted| wanted == site)))
}

/// Moves of an item on a day with their amounts, admitted by the gate; those that are not allowed are left out.
pub(super) fn moved(person: &Person<'_>, frame: &Frame, lighter: bool, moves: &[ItemMove]) -> Vec<MoveDose> {
    let day = person.on(frame, Goal::Mobility, &[], 20);
    let Some(clearance) = person.clearance(&day) else { return Vec::new() };
    amounts(person, &clearance, lighter, moves)
}

/// The same under a clearance that is at hand.
pub(super) fn amounts(
    person: &Person<'_>,
    clearance: &Clearance,
    lighter: bool,
    moves: &[ItemMove],
) -> Vec<MoveDose> {
    let mut doses: Vec<MoveDose> = Vec::new();
    for item in moves {
        let Some(known) = person.knowledge.moves.get(&item.id) else { continue };
        let sides: &[Side] = match (known.sides, item.side) {
            (Sides::OneAtATime, Side::Both | Side::Midline) => &[Side::Left, Side::Right],
            (Sides::OneAtATime, Side::Left) => &[Side::Left],
            (Sides::OneAtATime, Side::Right) => &[Side::Right],
            (Sides::Together, _) => &[Side::Both],
            (Sides::Midline, _) => &[Side::Midline],
        };
        for &side in sides {
            let step = person.progress.step(&item.id);
            let Some(dose) = amount(person.knowledge, clearance, &item.id, side, step, lighter) else { continue };
            doses.push(dose);
            // All together, as the gate sees them: what is too much for a day stays out.
            if admit_moves(person.knowledge, clearance, clearance.head(), &doses).is_err() {
                doses.pop();
            }
        }
    }
    doses
}

/// Three quarters, rounded, and at least 4 where there were as many.
fn lighter_reps(reps: u8) -> u8 {
    let quarters = u16::from(reps) * 3;
    let three_quarters = u8::try_from((quarters + 2) / 4).unwrap_or(reps);
    three_quarters.max(LEAST_LIGHTER_REPS).min(reps)
}

/// Three quarters, rounded down to what a clock shows well.
fn lighter_hold(seconds: u32) -> u32 {
    let three_quarters = seconds * 3 / 4;
    if three_quarters > 10 { three_quarters / 5 * 5 } else { three_quarters.max(1) }
}

/// The amount of one move at a step of its progression.
///
/// A stretch is as written. Strength begins with one set less than written and the fewest repetitions, then takes the
/// most repetitions, then the last set, one thing at a time. A lighter week has one set less where there are several, and
/// three quarters of the repetitions (or of the hold, where nothing is repeated), at most the fewest of other weeks.
/// None where the clearance allows none of it.
#[must_use]
pub fn amount(
    knowledge: &Knowledge,
    clearance: &Clearance,
    id: &str,
    side: Side,
    step: u8,
    lighter: bool,
) -> Option<MoveDose> {
    let known = knowledge.moves.get(id)?;
    let most = clearance.allows_move(knowledge, id, side).ok()?;
    let mut dose = MoveDose::as_written(id, known, side);
    let fewer = dose.sets.saturating_sub(1).max(1);
    let few = known.amount.reps.as_ref().map(|reps| reps.low);
    let many = known.amount.reps.as_ref().map(|reps| reps.high);
    if known.kind != MoveKind::Stretch {
        (dose.sets, dose.reps) = match step {
            0 => (fewer, few),
            1 => (fewer, many),
            2 => (dose.sets, few),
            _ => (dose.sets, many),
        };
    }
    if lighter {
        dose.sets = dose.sets.saturating_sub(1).max(1);
        if known.kind == MoveKind::Stretch {
            dose.reps = few;
        } else {
            let fewest = few.unwrap_or(u8::MAX);
            dose.hold_seconds = dose.hold_seconds.map(|hold| if few.is_none() { lighter_hold(hold) } else { hold });
            dose.reps = dose.reps.map(|reps| lighter_reps(reps).min(fewest));
        }
    }
    dose.sets = dose.sets.min(most.sets);
    dose.hold_seconds = dose.hold_seconds.zip(most.hold_seconds).map(|(dose, most)| dose.min(most));
    dose.reps = dose.reps.zip(most.reps).map(|(dose, most)| dose.min(most));
    dose.effort_max = dose.effort_max.min(most.effort_max);
    clearance.allows_move_dose(knowledge, &dose).then_some(dose)
}
