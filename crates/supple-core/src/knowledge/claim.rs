//! What people say rolling does, and what was found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure the evidence makes us. The words people see are in `grades.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Further trials are unlikely to change the answer much.
    High,
    /// Further trials may change it.
    Moderate,
    /// Further trials are likely to change it.
    Low,
    /// Hardly more than a guess.
    VeryLow,
}

/// A claim and the answer to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The claim as people meet it.
    pub claim: String,
    /// The answer in two plain lines.
    pub answer: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// How sure we are; none while not yet searched.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// The numbers, one tap behind.
    #[serde(default)]
    pub numbers: Option<String>,
    /// What would change our mind.
    #[serde(default)]
    pub would_change_our_mind: Option<String>,
    /// Which outcomes of the studies speak to it; none where no study of ours measured it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome_classes: Vec<String>,
    /// Whether only studies of weeks (true) or of one session (false) speak to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks_of_training: Option<bool>,
    /// Only readings taken at most so many minutes after rolling speak to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_minutes: Option<f64>,
    /// Only readings taken at least so many minutes after rolling speak to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_minutes: Option<f64>,
    /// The results of published reviews that speak to it, the one to lean on first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<InReview>,
    /// Source ids.
    pub sources: Vec<String>,
}

/// A result in a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InReview {
    /// Which review: the name of its file under `reviews/`.
    pub review: String,
    /// Which of its results.
    pub outcome: String,
    /// Whether less of it is better, so that its sign turns.
    #[serde(default)]
    pub less_is_better: bool,
}

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does.
    Yes,
    /// A little, or for a short while.
    Somewhat,
    /// Studies disagree or are too few.
    Unclear,
    /// Not shown.
    NotShown,
    /// It does not.
    No,
    /// Sources not read yet: nothing is said either way.
    NotYetSearched,
}

impl Verdict {
    /// As people read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Somewhat => "a little, or for a short while",
            Self::Unclear => "unclear",
            Self::NotShown => "not shown",
            Self::No => "no",
            Self::NotYetSearched => "not yet searched",
        }
    }
}
