use crate::body::{RegionId, Side};
use crate::dose::Dose;
use crate::knowledge::{Goal, StopSignalId, ToolId};
use crate::unit::Felt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A guided session began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionStarted {
    /// The session's id, made by the shell.
    pub session: String,
    /// What it is for.
    pub goal: Goal,
    /// The blocks that were admitted, in order.
    pub doses: Vec<Dose>,
}

/// How a block ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockEnd {
    /// All of it was done.
    Completed,
    /// The person made it shorter.
    Shortened,
    /// The person skipped the rest of it.
    Skipped,
    /// A stop signal ended it.
    Stopped,
}

/// A block ended, fully or not. Written at once, so that a crash loses at most the block in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockFinished {
    /// The session.
    pub session: String,
    /// Which of its blocks, from 0.
    pub block: u16,
    /// Technique id.
    pub technique: String,
    /// The region.
    pub region: RegionId,
    /// The side.
    pub side: Side,
    /// Seconds of pressure really given.
    pub seconds: u32,
    /// How it ended.
    pub end: BlockEnd,
    /// Steps lighter that were taken, by the person or by the too-strong rule.
    pub lighter_steps: u8,
    /// Pressure felt, in the order it was entered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub felt: Vec<Felt>,
}

/// A stop signal was felt or seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopSignalled {
    /// The session, if one was running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Which signal.
    pub signal: StopSignalId,
    /// Where, if in one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// On which side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

/// A guided session ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionEnded {
    /// The session.
    pub session: String,
    /// Whether every block that was left in was done.
    pub completed: bool,
}

/// What was used when Supple did not guide: its own tools and the massage gun, which it never plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ElsewhereTool {
    /// A percussion massage gun: logged, its seconds count to the day, never planned.
    MassageGun,
    /// Hands or something else.
    Other,
    /// One of the seven tools.
    #[serde(untagged)]
    Tool(ToolId),
}

/// Pressure was done without Supple.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DoneElsewhere {
    /// The region.
    pub region: RegionId,
    /// Left, right or both; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Seconds on each side.
    pub seconds: u32,
    /// What was used.
    pub tool: ElsewhereTool,
    /// How strong it felt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub felt: Option<Felt>,
}
