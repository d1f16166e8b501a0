use super::Soreness;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the body feels after a session, compared with before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionFelt {
    /// Better than before.
    Better,
    /// As before.
    Same,
    /// Worse than before.
    Worse,
}

/// What a person said right after a session. Saying it again corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionReviewed {
    /// The session.
    pub session: String,
    /// How it feels now.
    pub felt: SessionFelt,
    /// Sore places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub soreness: Vec<Soreness>,
}
