use super::Timed;
use crate::event::{MoveFinished, MovesEnded, MovesStarted};
use crate::unit::Seconds;
use jiff::Zoned;

/// A guided run of moves as the log tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct MovesRecord {
    /// The run's id.
    pub id: String,
    /// When it began.
    pub at: Zoned,
    /// What was admitted; empty where its start is missing.
    pub started: MovesStarted,
    /// Moves that ended, fully or not.
    pub moves: Vec<Timed<MoveFinished>>,
    /// When it ended and whether it was complete; none if it broke off.
    pub ended: Option<Timed<MovesEnded>>,
}

impl MovesRecord {
    pub(super) fn new(at: Zoned, started: MovesStarted) -> Self {
        Self { id: started.session.clone(), at, started, moves: Vec::new(), ended: None }
    }

    /// Seconds of work really done, each move once.
    #[must_use]
    pub fn seconds(&self) -> Seconds {
        self.moves.iter().map(|done| Seconds::new(done.what.seconds)).sum()
    }
}
