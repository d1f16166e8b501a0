//! What a second test gains by itself. Like the studies, never part of [`super::Knowledge`]: the browser carries only
//! what follows for each measure.

use super::Read;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// `retests/`: by the name of their file.
pub type Retests = SortedMap<String, Retest>;

/// People tested twice with nothing done in between: an untreated control arm, or two tests before anything is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retest {
    /// The measure of ours that is the same test, or the nearest to it.
    pub measure: String,
    /// What was measured, in the study's words.
    pub outcome: String,
    /// How many people.
    pub people: u32,
    /// By how much the second reading was better than the first: in the measure's unit, or in percent.
    pub gain: f64,
    /// Whether the gain is in percent of the first reading.
    #[serde(default)]
    pub percent: bool,
    /// The p-value of the gain as printed; of a bound ("<0.001") the bound itself is taken, the least sure it can be.
    pub p: String,
    /// A usual reading of that test, where the gain must be turned from or into percent: our judgement.
    #[serde(default)]
    pub usual_reading: Option<f64>,
    /// The contrast in `trials/` whose mean before is a usual reading of that test.
    #[serde(default)]
    pub usual_reading_of: Option<String>,
    /// Source id.
    pub source: String,
    /// How far it was read.
    pub read: Read,
}
