use super::State;
use crate::body::{RegionId, Side, Site};
use crate::unit::Seconds;
use jiff::Zoned;

/// Pressure that was really given in one place, guided or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PressureGiven<'s> {
    /// When it ended or was written down.
    pub at: &'s Zoned,
    /// The region.
    pub region: RegionId,
    /// The side; `both` and `midline` count fully on each half.
    pub side: Side,
    /// For how long, on each half the side covers.
    pub seconds: Seconds,
}

impl PressureGiven<'_> {
    /// Whether it counts on a site.
    #[must_use]
    pub fn is_on(&self, site: Site) -> bool {
        Site::of(self.region, self.side).any(|pressed| pressed == site)
    }
}

impl State {
    /// All pressure that was really given: guided blocks in order, then what was done elsewhere.
    pub fn pressure(&self) -> impl Iterator<Item = PressureGiven<'_>> {
        let guided = self.sessions.iter().flat_map(|session| &session.blocks).map(|block| PressureGiven {
            at: &block.at,
            region: block.finished.region,
            side: block.finished.side,
            seconds: Seconds::new(block.finished.seconds),
        });
        let elsewhere = self.elsewhere.iter().map(|done| PressureGiven {
            at: &done.at,
            region: done.what.region,
            side: done.what.side.unwrap_or(Side::Both),
            seconds: Seconds::new(done.what.seconds),
        });
        guided.chain(elsewhere)
    }

    /// Seconds of pressure on a site from a moment on.
    #[must_use]
    pub fn pressure_since(&self, site: Site, from: &Zoned) -> Seconds {
        self.pressure().filter(|given| given.at >= from && given.is_on(site)).map(|given| given.seconds).sum()
    }
}
