use crate::body::{Area, RegionId, Side};
use crate::knowledge::Goal;
use crate::unit::{Felt, SessionMinutes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sore a place is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `region`, `side` and `felt`")]
pub struct Soreness {
    /// The region.
    pub region: RegionId,
    /// Left, right or both; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Soreness, 0 to 10.
    pub felt: Felt,
}

/// What the body is like today and what is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckedIn {
    /// What the session is for.
    pub goal: Goal,
    /// Minutes at hand.
    pub minutes: SessionMinutes,
    /// Sore places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub soreness: Vec<Soreness>,
    /// Tight places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tight: Vec<Area>,
    /// Places asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wants: Vec<RegionId>,
    /// Places to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avoid: Vec<RegionId>,
}

impl CheckedIn {
    /// What counts where nobody has said anything of today: nothing is wished for.
    #[must_use]
    pub fn nothing_wished() -> Self {
        Self {
            goal: Goal::Mobility,
            minutes: SessionMinutes::new(10).expect("within 2 to 20"),
            soreness: Vec::new(),
            tight: Vec::new(),
            wants: Vec::new(),
            avoid: Vec::new(),
        }
    }
}

/// How an area was the day after a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextDayReported {
    /// The region.
    pub region: RegionId,
    /// Left, right or both; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Soreness, 0 to 10.
    pub soreness: Felt,
    /// Whether a bruise, a lump or new swelling came up.
    pub bruise: bool,
}
