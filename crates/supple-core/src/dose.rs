//! The one thing that is proposed, admitted, guided and logged.

use crate::body::{RegionId, Side, Site};
use crate::knowledge::ToolId;
use crate::unit::{Felt, Seconds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Pressure on one region and side with one technique: how often, how long, how strong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dose {
    /// Technique id.
    pub technique: String,
    /// The region its seconds count on.
    pub region: RegionId,
    /// The side; `both` and `midline` count fully on each half.
    pub side: Side,
    /// The technique's tool.
    pub tool: ToolId,
    /// Number of sets, 1 to 3.
    pub sets: u8,
    /// Seconds of pressure in one set.
    pub seconds_per_set: u32,
    /// Seconds between sets.
    pub rest_seconds: u32,
    /// How strong it should feel, at most 4.
    pub felt_target: Felt,
    /// The most it may feel, at most 6.
    pub felt_cap: Felt,
    /// Seconds for one pass in one direction; null when the tool stays in place.
    pub seconds_per_pass: Option<u32>,
    /// Stretches or spots a set is shared between.
    pub spots: u8,
    /// Seconds on one spot while still, at most 30; null when moving.
    pub hold_seconds: Option<u32>,
}

impl Dose {
    /// Seconds of pressure: sets times seconds per set.
    #[must_use]
    pub const fn pressure(&self) -> Seconds {
        Seconds::new((self.sets as u32).saturating_mul(self.seconds_per_set))
    }

    /// Seconds from the first second of pressure to the last, rests included.
    #[must_use]
    pub const fn span(&self) -> Seconds {
        let rests = (self.sets.saturating_sub(1) as u32).saturating_mul(self.rest_seconds);
        Seconds::new(self.pressure().get().saturating_add(rests))
    }

    /// The sites its seconds count on.
    pub fn sites(&self) -> impl Iterator<Item = Site> {
        Site::of(self.region, self.side)
    }
}

/// One step lighter: the target one lower but at least 1, the cap two above it but never higher than it was.
#[must_use]
pub fn one_step_lighter(target: Felt, cap: Felt) -> (Felt, Felt) {
    // A target that starts below 1 stays there.
    let low = Felt::of(target.get().saturating_sub(1).max(1)).min(target);
    (low, cap.min(Felt::of(low.get().saturating_add(2))))
}
