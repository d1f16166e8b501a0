//! What single studies found, as their abstracts print it. Never part of [`super::Knowledge`]: the browser does not
//! carry it, only what is pooled from it.

use super::Read;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// `trials/`: studies by the name of their file.
pub type Trials = SortedMap<String, Trial>;

/// A study with its contrasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Who, where, when.
    pub citation: String,
    /// Year of publication.
    #[serde(default)]
    pub year: Option<u32>,
    /// Digital object identifier, or the number in PubMed Central.
    #[serde(default)]
    pub doi_or_pmcid: Option<String>,
    /// "crossover", "parallel RCT", "single-group" and the like.
    pub design: String,
    /// People in all.
    #[serde(default)]
    pub n_total: Option<u32>,
    /// Who they were.
    #[serde(default)]
    pub population: Option<String>,
    /// Mean age in years.
    #[serde(default)]
    pub age_mean: Option<f64>,
    /// "male", "female" or "mixed".
    #[serde(default)]
    pub sex: Option<String>,
    /// What was compared.
    #[serde(default)]
    pub contrasts: Vec<Contrast>,
}

/// What an effect is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The same people before: contains what a second test gains by itself.
    Within,
    /// People, or days, without it or with a sham.
    BetweenControl,
    /// Something else that is done: stretching, another roller.
    BetweenActive,
}

impl Basis {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Within, Self::BetweenControl, Self::BetweenActive];

    /// As files and tables write it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::BetweenControl => "between_control",
            Self::BetweenActive => "between_active",
        }
    }
}

/// An effect as it was printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedEffect {
    /// Which: "d", "d (within)", "hazard ratio".
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Lower end of a printed interval or range.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper end.
    #[serde(default)]
    pub ci_high: Option<f64>,
}

/// One arm against something, on one outcome at one time. What is missing was not seen; it is not zero.
///
/// The first fields say what was done, as a prediction is asked for too; the others what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    /// Its id, unique over all studies.
    pub id: String,
    /// How far it was read.
    pub read: Read,
    /// People in each arm; in a crossover all of them.
    #[serde(default)]
    pub n_per_arm: Option<u32>,
    /// People in the arm it is compared with, where that differs.
    #[serde(default)]
    pub n_comparator: Option<u32>,
    /// Which muscle, in the study's words.
    pub muscle: String,
    /// With what.
    pub tool: String,
    /// How.
    pub technique: String,
    /// Sets.
    #[serde(default)]
    pub sets: Option<u32>,
    /// Seconds of each.
    #[serde(default)]
    pub seconds_per_set: Option<u32>,
    /// Seconds on the muscle in all.
    #[serde(default)]
    pub total_seconds_per_muscle: Option<f64>,
    /// Rest between sets in seconds.
    #[serde(default)]
    pub rest_s: Option<u32>,
    /// How fast, in the study's words.
    #[serde(default)]
    pub speed_or_cadence: Option<String>,
    /// How hard, in the study's words.
    #[serde(default)]
    pub pressure: Option<String>,
    /// Sessions a week.
    #[serde(default)]
    pub frequency_per_week: Option<f64>,
    /// For how many weeks; 0 is one session.
    #[serde(default)]
    pub weeks: Option<f64>,
    /// Against what, in the study's words.
    pub comparator: String,
    /// What was measured.
    pub outcome: String,
    /// Of which kind: "ROM", "soreness".
    pub outcome_class: String,
    /// When, in the study's words.
    pub time_after: String,
    /// Minutes after.
    #[serde(default)]
    pub time_after_min: Option<f64>,
    /// Mean before.
    #[serde(default)]
    pub pre_mean: Option<f64>,
    /// Standard deviation before.
    #[serde(default)]
    pub pre_sd: Option<f64>,
    /// Mean after.
    #[serde(default)]
    pub post_mean: Option<f64>,
    /// Standard deviation after.
    #[serde(default)]
    pub post_sd: Option<f64>,
    /// The comparator's mean before.
    #[serde(default)]
    pub ctrl_pre_mean: Option<f64>,
    /// The comparator's standard deviation before.
    #[serde(default)]
    pub ctrl_pre_sd: Option<f64>,
    /// The comparator's mean after.
    #[serde(default)]
    pub ctrl_post_mean: Option<f64>,
    /// The comparator's standard deviation after.
    #[serde(default)]
    pub ctrl_post_sd: Option<f64>,
    /// Difference as printed, in the outcome's unit.
    #[serde(default)]
    pub mean_difference: Option<f64>,
    /// Standard deviation of the people's changes.
    #[serde(default)]
    pub change_sd: Option<f64>,
    /// Change in percent.
    #[serde(default)]
    pub percent_change: Option<f64>,
    /// A printed effect.
    #[serde(default)]
    pub effect_size: Option<PrintedEffect>,
    /// The p-value as printed.
    #[serde(default)]
    pub p: Option<String>,
    /// Whom it favours.
    #[serde(default)]
    pub direction: Option<String>,
    /// Against what it is measured, where that was seen.
    #[serde(default)]
    pub effect_basis: Option<Basis>,
    /// The contrast whose value this one repeats, because the study printed one value for several arms.
    #[serde(default)]
    pub same_value_as: Option<String>,
    /// Whether a printed spread may be a standard error.
    #[serde(default)]
    pub spread_in_doubt: bool,
}
