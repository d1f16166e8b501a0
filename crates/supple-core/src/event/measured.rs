use crate::body::{RegionId, Side};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When a test was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At rest, without a session.
    Rest,
    /// Just before a session.
    Before,
    /// Just after a session.
    After,
    /// Before a wait without pressure, as long as a session would take: the first half of a *rest test*. Since
    /// version 3, as is the next.
    BeforeWait,
    /// After that wait: what a second test adds without any session.
    AfterWait,
}

impl When {
    /// The first version that has this word.
    #[must_use]
    pub const fn since_version(self) -> u16 {
        match self {
            Self::Rest | Self::Before | Self::After => 1,
            Self::BeforeWait | Self::AfterWait => 3,
        }
    }

    /// Whether something came before it that may have changed the reading: a session, or a first test.
    #[must_use]
    pub const fn is_second_test(self) -> bool {
        matches!(self, Self::After | Self::AfterWait)
    }
}

/// A test was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureTaken {
    /// Measure id.
    pub measure: String,
    /// The side, for tests done side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The region, for tests that ask for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// Every trial in the measure's unit, practice first.
    pub trials: Vec<f64>,
    /// How many of them are practice.
    pub practice_trials: u8,
    /// When.
    pub when: When,
}
