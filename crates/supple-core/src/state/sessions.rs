use crate::body::Site;
use crate::event::{BlockFinished, SessionStarted};
use crate::unit::Seconds;
use jiff::Zoned;

/// A guided session as the log tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRecord {
    /// The session's id.
    pub id: String,
    /// When it began.
    pub at: Zoned,
    /// What was admitted.
    pub started: SessionStarted,
    /// Blocks that ended, fully or not.
    pub blocks: Vec<SessionBlock>,
    /// When it ended and whether it was complete; none if it broke off.
    pub ended: Option<(Zoned, bool)>,
}

/// A block that ended.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionBlock {
    /// When it ended.
    pub at: Zoned,
    /// What was done.
    pub finished: BlockFinished,
}

impl SessionRecord {
    /// Seconds of pressure really given on a site.
    #[must_use]
    pub fn seconds_on(&self, site: Site) -> Seconds {
        let on_site = |block: &&SessionBlock| Site::of(block.finished.region, block.finished.side).any(|s| s == site);
        self.blocks.iter().filter(on_site).map(|block| Seconds::new(block.finished.seconds)).sum()
    }

    /// Seconds of pressure really given, each block once.
    #[must_use]
    pub fn seconds(&self) -> Seconds {
        self.blocks.iter().map(|block| Seconds::new(block.finished.seconds)).sum()
    }
}
