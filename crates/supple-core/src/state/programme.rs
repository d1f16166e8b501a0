use super::Timed;
use crate::event::ProgrammeSet;
use crate::programme::{Change, Item, Programme};

/// The programme as the log tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeRecord {
    /// How it was set.
    pub set: Timed<ProgrammeSet>,
    /// What came up since, in order.
    pub changes: Vec<Timed<Change>>,
    /// What stands on which day now.
    pub items: Vec<Item>,
}

impl ProgrammeRecord {
    /// What came up, without when it was said.
    #[must_use]
    pub fn came_up(&self) -> Vec<Change> {
        self.changes.iter().map(|change| change.what.clone()).collect()
    }

    /// The programme as it is now.
    #[must_use]
    pub fn programme(&self) -> Programme {
        Programme::restored(&self.set.what.wishes, &self.came_up(), &self.items)
    }
}
