use super::BlockEnd;
use crate::body::Side;
use crate::move_dose::MoveDose;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A guided run of moves began: stretches, strengthening, integration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovesStarted {
    /// The run's id, made by the shell. No session has the same.
    pub session: String,
    /// The moves that were admitted, in order.
    pub moves: Vec<MoveDose>,
}

/// A move ended, fully or not. Written at once, so that a crash loses at most the move in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveFinished {
    /// The run.
    pub session: String,
    /// Which of its moves, from 0.
    pub number: u16,
    /// Move id.
    #[serde(rename = "move")]
    pub id: String,
    /// The side.
    pub side: Side,
    /// Sets that were done in full.
    pub sets: u8,
    /// Repetitions that were done in full, of all sets together; none where it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<u16>,
    /// Seconds of work really done, rests not counted.
    pub seconds: u32,
    /// How it ended.
    pub end: BlockEnd,
    /// Whether the person made it easier.
    pub easier: bool,
    /// How hard it felt, 0 to 10, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10))]
    pub effort: Option<u8>,
}

/// A guided run of moves ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovesEnded {
    /// The run.
    pub session: String,
    /// Whether every move that was left in was done.
    pub completed: bool,
}
