use crate::body::{Area, Side};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An answer. Unanswered is not *no*: unknown counts as yes for what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure, or not answered.
    Unknown,
}

/// One question of the screen was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswered {
    /// The caution's id.
    pub caution: String,
    /// The version of the question's text that was shown.
    pub text_version: u16,
    /// The answer.
    pub answer: Answer,
    /// The side, for entries that ask for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// For questions on areas: the places this answer is about. Empty means everywhere for yes and unknown, and
    /// nowhere for no: a no covers only the places it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// The day a clinician agreed.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::time::day_or_none")]
    #[schemars(with = "Option<String>")]
    pub clinician_agreed_on: Option<Date>,
    /// The day it happened, for entries that wait some days.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::time::day_or_none")]
    #[schemars(with = "Option<String>")]
    pub since: Option<Date>,
}
