use crate::body::{Area, Side};
use crate::knowledge::Viewpoint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How one look at a movement test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementEnd {
    /// All repetitions were looked at.
    Done,
    /// It was left out: this view of it, or, without a view, all of the test.
    Skipped,
    /// It hurt: the whole test is over for this screen, on both sides, and so are its retests.
    Pain,
}

/// How often one thing was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovementSeen {
    /// What was looked for: an id of `compensations/`.
    pub compensation: String,
    /// On which side, where the test is done with both at once; missing means both, or no side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// On how many of the repetitions.
    pub on: u8,
}

/// One look at one movement test: from one view, on one side. Each is written at once, so that a screen that breaks
/// off goes on where it was. Saying it again for the same screen, test, side and view corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovementScreened {
    /// The screen it belongs to; made by the shell, the same for all looks of one screen.
    pub screen: String,
    /// The test or retest: an id of `movement_tests/`, or of a retest of one.
    pub test: String,
    /// The side, for a test that is done on each side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Where it was looked at from; missing where it is about the whole test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<Viewpoint>,
    /// Repetitions looked at; 0 where there was none.
    pub repetitions: u8,
    /// How it ended.
    pub end: MovementEnd,
    /// What was seen, and how often. What was looked for and is not in the list was not seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<MovementSeen>,
    /// Where it hurt; without a place, everywhere the test loads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pain: Vec<Area>,
}
