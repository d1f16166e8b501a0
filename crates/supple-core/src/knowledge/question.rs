//! Ready questions for experiments on oneself: two ways, where they can be tried, and what they are judged by.

use crate::body::RegionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question a person can answer for themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question in a few words: "Roll or rest?"
    pub name: String,
    /// What exactly is compared, in one sentence.
    pub asks: String,
    /// Why one would want to know.
    pub why: String,
    /// What the answer will not mean.
    pub not_about: String,
    /// The two ways.
    pub arms: [QuestionArm; 2],
    /// Where it can be asked.
    pub places: Vec<QuestionPlace>,
    /// Minutes from the end of a way to the reading it is judged by.
    pub minutes_after: u16,
    /// How long the body needs until the next session starts afresh.
    pub wash_out: WashOut,
}

/// One of the two ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionArm {
    /// What people read: "Roll for 30 s".
    pub label: String,
    /// Seconds of pressure on each side; missing means a rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
    /// How strong it should feel, where that is what is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub felt: Option<u8>,
    /// At what time of the day, where that is what is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<ArmTiming>,
}

/// A place where a question can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionPlace {
    /// The region, as people choose it.
    pub region: RegionId,
    /// The technique of the first way.
    pub first: String,
    /// The technique of the second way; missing where it is a rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<String>,
    /// The measure it is judged by.
    pub measure: String,
}

/// When a session is done, where an experiment compares that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArmTiming {
    /// Before noon.
    Morning,
    /// From five in the afternoon on.
    Evening,
    /// Just before training.
    BeforeTraining,
    /// Just after training.
    AfterTraining,
}

/// How long the body needs until the next session starts afresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WashOut {
    /// So many half-lives of the gain in range.
    HalfLives(u8),
    /// So many days: soreness takes them.
    Days(u8),
}
