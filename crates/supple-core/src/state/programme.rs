use super::Timed;
use crate::event::ProgrammeSet;
use crate::programme::{Change, Item, Programme};
use jiff::Zoned;

/// The programme as the log tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeRecord {
    /// How it was set.
    pub set: Timed<ProgrammeSet>,
    /// What came up since, in order.
    pub changes: Vec<Timed<Change>>,
    /// What stands on which day now.
    pub items: Vec<Item>,
    /// What stood on which day before, each with when it was written down, the first first.
    pub before: Vec<(Zoned, Vec<Item>)>,
    /// When it ended or another took its place; none while it runs.
    pub ended: Option<Zoned>,
}

impl ProgrammeRecord {
    pub(super) fn new(set: Timed<ProgrammeSet>) -> Self {
        let items = set.what.items.clone();
        Self { set, changes: Vec::new(), items, before: Vec::new(), ended: None }
    }

    pub(super) fn change(&mut self, change: Timed<Change>, items: &[Item]) {
        let items = std::mem::replace(&mut self.items, items.to_vec());
        self.before.push((self.written_at().clone(), items));
        self.changes.push(change);
    }

    /// When what stands there now was written down.
    fn written_at(&self) -> &Zoned {
        self.changes.last().map_or(&self.set.at, |change| &change.at)
    }

    /// What stood on which day, as it was first set and after each change, each with when.
    pub fn versions(&self) -> impl Iterator<Item = (&Zoned, &[Item])> {
        let before = self.before.iter().map(|(at, items)| (at, items.as_slice()));
        before.chain(std::iter::once((self.written_at(), self.items.as_slice())))
    }

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
