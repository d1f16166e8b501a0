//! What to do today: the best use of the minutes at hand among everything a clearance allows.
//!
//! Candidates are techniques on regions and sides; amounts come in steps of 5 s; the best set is found exactly
//! ([`solve`]), put in order, and explained: everything that is in, and everything wanted that is not.

mod arrange;
mod candidates;
mod explain;
mod force;
mod order;
pub mod solve;

pub use arrange::{Alternatives, explained, shorter};
pub(crate) use arrange::{for_experiment, resting};
pub(crate) use explain::sentence;
pub use explain::{LeftOut, Why};
pub use force::{Estimate, force_and_pressure, force_in_words};

use crate::assess::Assessment;
use crate::body::Side;
use crate::dose::Dose;
use crate::gate::{Allowance, Clearance};
use crate::knowledge::{Goal, Knowledge, Technique};
use crate::timetable;
use crate::unit::Seconds;
use candidates::Way;

/// A session, proposed under a clearance.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Blocks in order.
    pub blocks: Vec<PlannedBlock>,
    /// Everything wanted that is not in, and why.
    pub left_out: Vec<LeftOut>,
    /// Everything: pressure, rests, set-ups and switches.
    pub total: Seconds,
    /// The value that was maximised, in millionths.
    pub objective_micro: i64,
}

/// A dose with the reasons for it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedBlock {
    /// What to do.
    pub dose: Dose,
    /// Why it is here and why it is this long.
    pub why: Vec<Why>,
    /// Whether a joint may be moved under the pressure.
    pub active_movement: bool,
}

impl Plan {
    /// The doses in order.
    #[must_use]
    pub fn doses(&self) -> Vec<Dose> {
        self.blocks.iter().map(|block| block.dose.clone()).collect()
    }
}

/// Proposes the best session under a clearance.
///
/// Ties break in this order: the larger value, the shorter session, the simpler technique (strokes, then holds, then
/// pin and move), the earlier id.
/// There is no chance in it: the same clearance and assessment give the same plan.
#[must_use]
pub fn propose(knowledge: &Knowledge, clearance: &Clearance, assessment: &Assessment) -> Plan {
    let candidates = candidates::gather(knowledge, clearance, assessment);
    let solution = solve::solve(&candidates.problem);
    let doses = order::in_order(&candidates, &solution);
    let left_out = explain::left_out(knowledge, clearance, assessment, &candidates, &doses);
    let total = timetable::total(knowledge, &doses);
    let blocks = explained_blocks(knowledge, clearance, assessment, doses);
    Plan { blocks, left_out, total, objective_micro: solution.value }
}

/// The optimisation problem behind a plan, for measuring and for comparing with other solvers.
///
/// Its groups are regions in the order of the body, its items the techniques of a region in the order of their ids,
/// each with every amount that is allowed.
#[must_use]
pub fn problem(knowledge: &Knowledge, clearance: &Clearance, assessment: &Assessment) -> solve::Problem {
    candidates::gather(knowledge, clearance, assessment).problem
}

/// Each dose with the reasons for it.
fn explained_blocks(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    doses: Vec<Dose>,
) -> Vec<PlannedBlock> {
    doses
        .into_iter()
        .map(|dose| PlannedBlock {
            why: explain::why(knowledge, clearance, assessment, &dose),
            active_movement: moves_joint(knowledge, clearance, &dose),
            dose,
        })
        .collect()
}

/// A dose of a technique with this goal's pace.
#[allow(clippy::too_many_arguments)] // as for every dose
pub(crate) fn dose_of(
    knowledge: &Knowledge,
    goal: Goal,
    id: &str,
    technique: &Technique,
    side: Side,
    most: &Allowance,
    sets: u8,
    seconds_per_set: u32,
) -> Dose {
    Way::new(knowledge, goal, (id, technique), &[], *most).of(sets, seconds_per_set).dose(side)
}

fn moves_joint(knowledge: &Knowledge, clearance: &Clearance, dose: &Dose) -> bool {
    let technique = knowledge.techniques.get(&dose.technique);
    technique
        .and_then(|technique| clearance.allowance(knowledge, technique, dose.side).ok())
        .is_some_and(|allowance| allowance.active_movement)
}
