use super::Answer;
use crate::body::Side;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a path looks out for was asked, and answered.
///
/// By itself it allows and closes nothing. What was noticed is answered to the screen as well, by an event of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PathWatched {
    /// The path: an id of `paths/`.
    pub path: String,
    /// What was looked out for: an id within the path.
    pub watch: String,
    /// Whether something was noticed.
    pub answer: Answer,
    /// On which side, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}
