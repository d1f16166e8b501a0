use super::When;
use crate::unit::Felt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A spot was pressed, each time in the same way, to see how tender it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpotPressed {
    /// The spot.
    pub spot: String,
    /// How tender it was, 0 to 10.
    pub tenderness: Felt,
    /// When.
    pub when: When,
    /// The session it was before or after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
}
