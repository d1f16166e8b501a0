use crate::dose::Dose;
use crate::knowledge::Goal;

/// A session that passed the gate twice: proposed under a clearance and checked again, dose by dose, against the
/// ceilings. Only [`crate::gate`] makes one; only one can be guided.
#[derive(Debug, Clone, PartialEq)]
pub struct Admitted {
    goal: Goal,
    blocks: Vec<AdmittedBlock>,
    head: Option<String>,
}

/// One block of an admitted session.
#[derive(Debug, Clone, PartialEq)]
pub struct AdmittedBlock {
    /// What to do.
    pub dose: Dose,
    /// Whether tool or position changes before it: set-up is cued and timed.
    pub new_station: bool,
    /// Whether the same technique on the other side came just before: only a switch of sides.
    pub side_switch: bool,
    /// Seconds to get into position before the count-in: set-up, side switch or none.
    pub setup_seconds: u32,
    /// Seconds of count-in.
    pub lead_in_seconds: u32,
}

impl Admitted {
    pub(in crate::gate) fn new(goal: Goal, blocks: Vec<AdmittedBlock>, head: Option<String>) -> Self {
        Self { goal, blocks, head }
    }

    /// For tests of the guide only.
    #[cfg(test)]
    pub(crate) fn for_tests(goal: Goal, blocks: Vec<AdmittedBlock>) -> Self {
        Self::new(goal, blocks, None)
    }

    /// What the session is for.
    #[must_use]
    pub const fn goal(&self) -> Goal {
        self.goal
    }

    /// The blocks in order.
    #[must_use]
    pub fn blocks(&self) -> &[AdmittedBlock] {
        &self.blocks
    }

    /// The last event of the log it was made from, if it was made from a log.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }
}
