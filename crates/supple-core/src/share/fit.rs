//! What of it the receiver's own clearance allows, dose by dose.

use super::{Part, Press, SharedSession};
use crate::body::{Side, Site};
use crate::dose::Dose;
use crate::event::Answer;
use crate::gate::{Clearance, Refusal};
use crate::knowledge::{Goal, Knowledge, Sides, Technique};
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
    /// It is a move: it is not part of what is rolled.
    Move,
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
        Part::Move(_) => Fitted { part, outcome: Outcome::Move },
    };
    session.parts.iter().map(one).collect()
}

fn pressed(knowledge: &Knowledge, clearance: &Clearance, goal: Goal, press: &Press) -> Outcome {
    let Some(technique) = knowledge.techniques.get(&press.technique) else {
        return Outcome::LeftOut("This Supple does not know it. A newer one may.".to_owned());
    };
    let sides: &[Side] = match (technique.sides, press.side) {
        (Sides::OneAtATime, Side::Both) => &[Side::Left, Side::Right],
        (_, Side::Left) => &[Side::Left],
        (_, Side::Right) => &[Side::Right],
        (_, Side::Both) => &[Side::Both],
        (_, Side::Midline) => &[Side::Midline],
    };
    let (mut doses, mut refused) = (Vec::new(), Vec::new());
    for &side in sides {
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
