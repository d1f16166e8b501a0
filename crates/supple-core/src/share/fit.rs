//! What of it the receiver's own clearance allows, dose by dose.

use super::{MoveAmount, MovePart, Part, Press, SharedSession};
use crate::body::{Side, Site};
use crate::dose::Dose;
use crate::event::Answer;
use crate::gate::{Clearance, MoveRefusal, Refusal, RuledOut};
use crate::knowledge::{Goal, Knowledge, Move, Place, Sides, Technique};
use crate::move_dose::MoveDose;
use crate::plan::{dose_of, sentence};
use crate::unit::Felt;

/// One part with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted<'s> {
    /// What was sent.
    pub part: &'s Part,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It may be done: one dose, or one for each side.
    Allowed {
        /// What is allowed of it, never more than was sent.
        doses: Vec<Dose>,
        /// Whether that is less than was sent, or gentler.
        gentler: bool,
        /// Why one side is left out, where one is.
        without: Option<(Side, String)>,
    },
    /// It is left out, for this reason, in words for the receiver alone.
    LeftOut(String),
    /// It is a move, and this much of it may be done. It is no part of what is rolled.
    Move {
        /// What is allowed of it, never more than was sent; one for each side.
        doses: Vec<MoveDose>,
        /// Whether that is less than was sent.
        gentler: bool,
        /// Whether it is done with a hand on something firm.
        with_support: bool,
        /// Why one side is left out, where one is.
        without: Option<(Side, String)>,
    },
}

/// What each part of a session comes to under a clearance. A dose is never longer, stronger or more often than it was
/// sent, and never more than the clearance allows; each still has to be admitted with all others together.
#[must_use]
pub fn fit<'s>(
    knowledge: &Knowledge,
    clearance: &Clearance,
    goal: Goal,
    session: &'s SharedSession,
) -> Vec<Fitted<'s>> {
    let one = |part: &'s Part| match part {
        Part::Press(press) => Fitted { part, outcome: pressed(knowledge, clearance, goal, press) },
        Part::Move(sent) => Fitted { part, outcome: moved(knowledge, clearance, sent) },
    };
    session.parts.iter().map(one).collect()
}

fn pressed(knowledge: &Knowledge, clearance: &Clearance, goal: Goal, press: &Press) -> Outcome {
    let Some(technique) = knowledge.techniques.get(&press.technique) else {
        return Outcome::LeftOut("This Supple does not know it. A newer one may.".to_owned());
    };
    let (mut doses, mut refused) = (Vec::new(), Vec::new());
    for &side in each(technique.sides, press.side) {
        match one_dose(knowledge, clearance, goal, technique, press, side) {
            Ok(dose) => doses.push(dose),
            Err(why) => refused.push((side, why)),
        }
    }
    if doses.is_empty() {
        let why = refused.into_iter().next().map_or_else(String::new, |(_, why)| why);
        return Outcome::LeftOut(why);
    }
    let less = |dose: &Dose| {
        dose.sets < press.sets
            || dose.seconds_per_set < u32::from(press.seconds)
            || dose.felt_target.get() < press.felt
    };
    Outcome::Allowed { gentler: doses.iter().any(less), doses, without: refused.into_iter().next() }
}

/// The sides that one side of a part means.
const fn each(sides: Sides, sent: Side) -> &'static [Side] {
    match (sides, sent) {
        (Sides::OneAtATime, Side::Both) => &[Side::Left, Side::Right],
        (_, Side::Left) => &[Side::Left],
        (_, Side::Right) => &[Side::Right],
        (_, Side::Both) => &[Side::Both],
        (_, Side::Midline) => &[Side::Midline],
    }
}

fn moved(knowledge: &Knowledge, clearance: &Clearance, sent: &MovePart) -> Outcome {
    let Some(known) = knowledge.moves.get(&sent.id) else {
        return Outcome::LeftOut("This Supple does not know it. A newer one may.".to_owned());
    };
    let (mut doses, mut refused, mut supported) = (Vec::new(), Vec::new(), false);
    for &side in each(known.sides, sent.side) {
        match one_move(knowledge, clearance, known, sent, side) {
            Ok((dose, with_support)) => {
                doses.push(dose);
                supported |= with_support;
            }
            Err(why) => refused.push((side, why)),
        }
    }
    if doses.is_empty() {
        return Outcome::LeftOut(refused.into_iter().next().map_or_else(String::new, |(_, why)| why));
    }
    let less = |dose: &MoveDose| {
        dose.sets < sent.sets
            || match sent.amount {
                MoveAmount::Hold(seconds) => dose.hold_seconds.is_some_and(|hold| hold < u32::from(seconds)),
                MoveAmount::Times(times) => dose.reps.is_some_and(|reps| reps < times),
            }
    };
    let gentler = doses.iter().any(less);
    Outcome::Move { doses, gentler, with_support: supported, without: refused.into_iter().next() }
}

fn one_move(
    knowledge: &Knowledge,
    clearance: &Clearance,
    known: &Move,
    sent: &MovePart,
    side: Side,
) -> Result<(MoveDose, bool), String> {
    let most = clearance
        .allows_move(knowledge, &sent.id, side)
        .map_err(|refusal| move_words(knowledge, clearance, known, side, refusal))?;
    let (hold_seconds, reps) = match (sent.amount, most.hold_seconds, most.reps) {
        (MoveAmount::Hold(seconds), Some(longest), _) => (Some(longest.min(seconds.into())), None),
        (MoveAmount::Times(times), _, Some(many)) => (None, Some(many.min(times))),
        _ => return Err("It is counted in another way than was sent.".to_owned()),
    };
    let written = MoveDose::as_written(&sent.id, known, side);
    let sets = sent.sets.min(most.sets);
    let dose = MoveDose { sets, hold_seconds, reps, effort_max: most.effort_max, ..written };
    if clearance.allows_move_dose(knowledge, &dose) {
        Ok((dose, most.with_support))
    } else {
        Err("There is not enough time left for it today.".to_owned())
    }
}

/// Why a move is left out, in words.
fn move_words(
    knowledge: &Knowledge,
    clearance: &Clearance,
    known: &Move,
    side: Side,
    refusal: MoveRefusal,
) -> String {
    let of = |found: Option<(Answer, &str)>| match found
        .and_then(|(answer, id)| Some((answer, knowledge.cautions.get(id)?)))
    {
        Some((Answer::Yes, caution)) => say(knowledge, "blocked", &[("name", caution.name.clone())]),
        Some((_, caution)) => say(knowledge, "blocked_until_answered", &[("name", caution.name.clone())]),
        None => "It asks for something that is left alone today.".to_owned(),
    };
    let ruled_out = |what: RuledOut| of(clearance.ruled_out_by(what).map(|by| (by.answer, by.by.as_str())).min());
    match refusal {
        MoveRefusal::Unknown => "This Supple does not know it. A newer one may.".to_owned(),
        MoveRefusal::WrongSide => "It is not done on that side in that way.".to_owned(),
        MoveRefusal::Avoided(_) => say(knowledge, "avoided", &[]),
        MoveRefusal::Closed(_) => {
            let sites = known.regions.iter().chain(&known.touches).flat_map(|&region| Site::of(region, side));
            of(sites
                .flat_map(|site| clearance.closed_to_moves_by(site))
                .map(|closed| (closed.answer, closed.by.as_str()))
                .min())
        }
        MoveRefusal::Demand(demand) => ruled_out(RuledOut::Demand(demand)),
        MoveRefusal::Posture(posture) => ruled_out(RuledOut::Posture(posture)),
        MoveRefusal::Place(place) => {
            let place = match place {
                Place::Floor => "the floor",
                Place::Wall => "a wall",
                Place::Chair => "a chair",
            };
            format!("It is done at a place that is ruled out today: {place}.")
        }
        MoveRefusal::NothingLeft => "There is not enough left of it for today.".to_owned(),
    }
}

fn one_dose(
    knowledge: &Knowledge,
    clearance: &Clearance,
    goal: Goal,
    technique: &Technique,
    press: &Press,
    side: Side,
) -> Result<Dose, String> {
    let allowed = clearance.allowance(knowledge, technique, side);
    let mut most = allowed.map_err(|refusal| words(knowledge, clearance, technique, side, refusal))?;
    most.felt_target = most.felt_target.min(Felt::of(press.felt));
    let sets = press.sets.min(most.sets).max(1);
    let each = u32::from(press.seconds).min(most.seconds_per_set.get()).min(most.seconds.get() / u32::from(sets));
    // Less than is worth getting into position for: fewer sets of a whole length.
    let (sets, each) = match each {
        0 => (1, most.seconds.get().min(u32::from(press.seconds)).min(most.seconds_per_set.get())),
        each => (sets, each),
    };
    let dose = dose_of(knowledge, goal, &press.technique, technique, side, &most, sets, each);
    if clearance.allows(knowledge, &dose) { Ok(dose) } else { Err(say(knowledge, "limits_too_tight", &[])) }
}

/// Why a technique is left out, in the words a plan has for it.
fn words(
    knowledge: &Knowledge,
    clearance: &Clearance,
    technique: &Technique,
    side: Side,
    refusal: Refusal,
) -> String {
    let region = |id| knowledge.regions.get(&id).map_or_else(String::new, |region| region.name.clone());
    let tool = || knowledge.tools.get(&technique.tool).map_or_else(String::new, |tool| tool.name.clone());
    match refusal {
        Refusal::Avoided => say(knowledge, "avoided", &[]),
        Refusal::Blocked => closed(knowledge, clearance, technique, side),
        Refusal::BlockedNextTo(id) => say(knowledge, "blocked_next_to", &[("region", region(id))]),
        Refusal::AvoidedNextTo(id) => say(knowledge, "avoided_next_to", &[("region", region(id))]),
        Refusal::NoTool => say(knowledge, "no_tool", &[("tools", tool())]),
        Refusal::ToolExcluded => say(knowledge, "tool_ruled_out", &[]),
        Refusal::ToolTooHard => say(knowledge, "too_hard_tool", &[]),
        Refusal::NotFirstSession => say(knowledge, "not_first_session", &[]),
        Refusal::NoPinAndMove => say(knowledge, "no_joint_movement", &[]),
        Refusal::AreaFull => {
            let given = Site::of(technique.region, side).map(|site| clearance.pressure_given(site)).max();
            say(knowledge, "area_full_today", &[("seconds", given.unwrap_or_default().to_string())])
        }
        Refusal::NoPlace => "The place or the position it needs is ruled out for you.".to_owned(),
        Refusal::WrongSide => "It is not done on that side in that way.".to_owned(),
    }
}

/// What closes its own place: the answer that does, or the words for a place that is off today.
fn closed(knowledge: &Knowledge, clearance: &Clearance, technique: &Technique, side: Side) -> String {
    let closed = Site::of(technique.region, side).flat_map(|site| clearance.closed_by(site));
    let by = closed
        .filter_map(|closed| Some((closed.answer, knowledge.cautions.get(&closed.by)?)))
        .min_by_key(|(answer, _)| *answer);
    match by {
        Some((answer, caution)) => {
            let id = if answer == Answer::Yes { "blocked" } else { "blocked_until_answered" };
            say(knowledge, id, &[("name", caution.name.clone())])
        }
        None => "This place is left alone today.".to_owned(),
    }
}

fn say(knowledge: &Knowledge, id: &str, values: &[(&str, String)]) -> String {
    sentence(knowledge, id, values).text
}
