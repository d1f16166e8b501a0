use super::Timed;
use crate::event::{ArmMissed, ArmRevealed, ExperimentDesigned, ExperimentEnded};

/// An experiment as the log tells it. What it means for today is worked out in [`crate::experiment`].
#[derive(Debug, Clone, PartialEq)]
pub struct ExperimentRecord {
    /// What was fixed beforehand.
    pub designed: Timed<ExperimentDesigned>,
    /// Ways that were shown, in order.
    pub revealed: Vec<Timed<ArmRevealed>>,
    /// Sessions that did not take place after their way was shown.
    pub missed: Vec<Timed<ArmMissed>>,
    /// When and how it ended.
    pub ended: Option<Timed<ExperimentEnded>>,
}

impl ExperimentRecord {
    pub(super) const fn new(designed: Timed<ExperimentDesigned>) -> Self {
        Self { designed, revealed: Vec::new(), missed: Vec::new(), ended: None }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.designed.what.experiment
    }

    /// What was fixed beforehand.
    #[must_use]
    pub const fn design(&self) -> &ExperimentDesigned {
        &self.designed.what
    }
}
