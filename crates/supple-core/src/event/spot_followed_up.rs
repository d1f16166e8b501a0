use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a tight spot is, compared with the time before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpotChange {
    /// It cannot be felt any more; the spot is closed.
    Gone,
    /// Easier than before.
    Easier,
    /// As before.
    Same,
    /// Worse than before.
    Worse,
}

/// The question after an open spot was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpotFollowedUp {
    /// The spot.
    pub spot: String,
    /// How it is.
    pub change: SpotChange,
}
