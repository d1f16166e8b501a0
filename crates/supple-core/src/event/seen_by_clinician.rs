use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// "I have been seen": a clinician has looked at what the screen found.
///
/// It lifts nothing. Every answer to the screen before it, with any agreement in it, counts as not given any more and
/// is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenByClinician {
    /// The day it was.
    #[serde(with = "super::time::day")]
    #[schemars(with = "String")]
    pub on: Date,
}
