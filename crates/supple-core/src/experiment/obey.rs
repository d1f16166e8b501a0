use super::course::{Course, arm, sides_of, sites_of};
use super::due::{Due, running};
use crate::assess::Assessment;
use crate::body::SiteSet;
use crate::dose::Dose;
use crate::event::{ExperimentArm, ExperimentDesigned};
use crate::gate::{Clearance, Judgement, NotAdmitted, Refusal, admit, judge};
use crate::knowledge::Knowledge;
use crate::plan::{self, Plan, propose};
use crate::state::State;
use crate::unit::Felt;

/// What an experiment makes of today's plan. It takes away, and never allows: its doses pass the gate like any others.
#[derive(Debug, Clone, PartialEq)]
pub enum Obeyed {
    /// The plan is the way that was shown.
    Way {
        /// Which experiment.
        experiment: String,
        /// Which way, 0 or 1.
        arm: u8,
    },
    /// The way that was shown is not allowed today: the day does not count, and the plan is as without it.
    NotAllowed {
        /// Which experiment.
        experiment: String,
        /// Which way, 0 or 1.
        arm: u8,
        /// Why.
        why: Refused,
    },
    /// Nothing is rolled until the reading after, or nothing there where that is a long wait.
    Rest {
        /// Which experiment.
        experiment: String,
    },
}

/// Why a way may not be done today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is no clearance at all.
    NoPlanToday,
    /// This program does not know the technique.
    Unknown,
    /// The gate refuses the technique on that side.
    Technique(Refusal),
    /// So many seconds, or so strong a feeling, are more than today allows.
    TooMuch,
    /// The session as a whole is refused: too long for the minutes at hand, or too much with what was done today.
    Session(Vec<NotAdmitted>),
}

/// With an outcome after no longer than this, nothing at all is rolled until it is read: pressure elsewhere carries
/// over. Longer waits would leave no session for days; there, only the places of the experiment rest.
const ALL_RESTS_UP_TO_MINUTES: u16 = 180;

/// Judges and plans as [`crate::contract::decide`] does, and lets a running experiment have its way within what is
/// allowed.
#[must_use]
pub fn decide(
    knowledge: &Knowledge,
    state: &State,
    assessment: &mut Assessment,
) -> (Judgement, Option<Plan>, Option<Obeyed>) {
    let now = assessment.now.clone();
    let record = running(state);
    let due =
        record.map(|record| Due::of(knowledge, record, &Course::of(knowledge, record, state, &now), state, &now));
    let (Some(record), Some(due)) = (record, due) else { return without(knowledge, assessment, None) };
    let design = record.design();
    let experiment = record.id().to_owned();
    match due {
        Due::ToDo { arm: number, .. } => {
            let judgement = judge(knowledge, assessment);
            let Some(clearance) = judgement.verdict.clearance() else { return (judgement, None, None) };
            match doses_for(knowledge, clearance, assessment, design, arm(design, number)) {
                Ok(doses) => {
                    let proposed = propose(knowledge, clearance, assessment);
                    let plan = plan::for_experiment(knowledge, clearance, assessment, &proposed, doses);
                    (judgement, Some(plan), Some(Obeyed::Way { experiment, arm: number }))
                }
                Err(why) => {
                    let plan = propose(knowledge, clearance, assessment);
                    (judgement, Some(plan), Some(Obeyed::NotAllowed { experiment, arm: number, why }))
                }
            }
        }
        Due::ReadingAfter { .. } => {
            let all = design.outcome.minutes_after.get() <= ALL_RESTS_UP_TO_MINUTES;
            let resting = if all { SiteSet::FULL } else { sites_of(knowledge, design) };
            let wished = assessment.avoid;
            assessment.avoid = wished.union(resting);
            let (judgement, plan, _) = without(knowledge, assessment, None);
            let plan = plan.map(|plan| plan::resting(knowledge, plan, resting.minus(wished)));
            (judgement, plan, Some(Obeyed::Rest { experiment }))
        }
        Due::Over | Due::Complete | Due::NotBefore(_) | Due::ReadingBefore | Due::Reveal => {
            without(knowledge, assessment, None)
        }
    }
}

fn without(
    knowledge: &Knowledge,
    assessment: &Assessment,
    obeyed: Option<Obeyed>,
) -> (Judgement, Option<Plan>, Option<Obeyed>) {
    let (judgement, plan) = crate::contract::decide(knowledge, assessment);
    (judgement, plan, obeyed)
}

/// Whether both ways may be done today. Asked before either is shown: if only one were refused, the days that are left
/// out would depend on the way.
///
/// # Errors
/// The first way that may not, and why.
pub fn arms_allowed(
    knowledge: &Knowledge,
    clearance: Option<&Clearance>,
    assessment: &Assessment,
    design: &ExperimentDesigned,
) -> Result<(), (u8, Refused)> {
    for (number, way) in (0..).zip(&design.arms) {
        let doses = match clearance {
            Some(clearance) => doses_for(knowledge, clearance, assessment, design, way),
            None => Err(Refused::NoPlanToday),
        };
        doses.map_err(|why| (number, why))?;
    }
    Ok(())
}

/// The doses of a way under a clearance: exactly its seconds, as it is felt, admitted as a session; none for a rest.
///
/// # Errors
/// [`Refused`] if anything of it is not allowed. Nothing is made smaller to fit: a smaller dose is another way.
pub fn doses_for(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    design: &ExperimentDesigned,
    way: &ExperimentArm,
) -> Result<Vec<Dose>, Refused> {
    let Some(roll) = &way.roll else { return Ok(Vec::new()) };
    let technique = knowledge.techniques.get(&roll.technique).ok_or(Refused::Unknown)?;
    let mut doses = Vec::new();
    for side in sides_of(knowledge, roll, design.side) {
        let mut most = clearance.allowance(knowledge, technique, side).map_err(Refused::Technique)?;
        if let Some(felt) = roll.felt {
            if felt > most.felt_target {
                return Err(Refused::TooMuch);
            }
            most.felt_target = felt;
            most.felt_cap = most.felt_cap.min(Felt::of(felt.get().saturating_add(2)));
        }
        let seconds = roll.seconds.get();
        let fits = |sets: &u32| {
            seconds.is_multiple_of(*sets)
                && (seconds / sets).is_multiple_of(knowledge.planning.time.step_seconds.max(1))
                && seconds / sets <= most.seconds_per_set.get()
        };
        let sets = (1..=u32::from(most.sets)).find(fits).filter(|_| seconds > 0 && seconds <= most.seconds.get());
        let sets = sets.and_then(|sets| u8::try_from(sets).ok()).ok_or(Refused::TooMuch)?;
        let (goal, id) = (assessment.goal, roll.technique.as_str());
        doses.push(plan::dose_of(knowledge, goal, id, technique, side, &most, sets, seconds / u32::from(sets)));
    }
    admit(knowledge, clearance, clearance.head(), assessment.goal, assessment.minutes, &doses)
        .map_err(Refused::Session)?;
    Ok(doses)
}
