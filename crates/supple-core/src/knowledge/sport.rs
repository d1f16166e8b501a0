//! Kinds of training: which regions they work, and how much of that work lengthens a muscle while it pulls.

use super::Read;
use crate::body::RegionId;
use crate::sorted::SortedMap;
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// A kind of training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sport {
    /// What people call it: "Trail running".
    pub name: String,
    /// How hard it usually is, 0 to 10: counts where nobody said.
    pub usual_effort: Felt,
    /// How much of the work lengthens a muscle while it pulls, 0 to 1, on the flat where that matters.
    pub eccentric: f64,
    /// Whether going down adds to that.
    #[serde(default)]
    pub descent_counts: bool,
    /// Whether it loads muscles at all. Rolling does not.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub trains: bool,
    /// How the work is shared out between regions; adds up to 1.
    pub shares: SortedMap<RegionId, f64>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

const fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks with a reference
const fn is_yes(yes: &bool) -> bool {
    *yes
}

/// `exercises.toml`: what sets of a strength session work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exercises {
    /// By id.
    pub exercises: SortedMap<String, Exercise>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Nothing, for a build that shows no training.
impl Default for Exercises {
    fn default() -> Self {
        Self { exercises: SortedMap::new(), sources: vec!["our_judgement".to_owned()], read: Read::OurJudgement }
    }
}

/// What sets of one kind work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// What people call it.
    pub name: String,
    /// How much of the work lengthens a muscle while it pulls, 0 to 1.
    pub eccentric: f64,
    /// How the work is shared out between regions; adds up to 1.
    pub shares: SortedMap<RegionId, f64>,
}
