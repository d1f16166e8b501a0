use crate::event::{Imported, SorenessNoted, Trained};
use crate::state::State;
use serde::{Deserialize, Serialize};

/// What an import is compared with: all that it may find again. It goes to whoever reads a file beside the log, such as a
/// worker in the browser, which then needs no log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Trainings that count.
    pub trainings: Vec<Trained>,
    /// Days of soreness from other programs.
    pub soreness: Vec<SorenessNoted>,
    /// Imports that were begun and not undone, the oldest first. One that broke off goes on in its own batch.
    pub begun: Vec<Imported>,
}

impl Known {
    /// What a log knows.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let begun = state.imports.iter().filter(|import| import.undone.is_none());
        Self {
            trainings: state.trainings.iter().map(|training| training.what.clone()).collect(),
            soreness: state.soreness_days.values().map(|day| day.what.clone()).collect(),
            begun: begun.map(|import| import.began.what.clone()).collect(),
        }
    }
}
