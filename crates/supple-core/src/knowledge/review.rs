//! What published reviews came to. Like the studies, never part of [`super::Knowledge`].

use super::Read;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// `reviews/`: by the name of their file.
pub type Reviews = SortedMap<String, Review>;

/// A review with what it pooled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who, where, when.
    pub citation: String,
    /// Year of publication.
    pub year: u32,
    /// Digital object identifier, or the number in PubMed Central.
    #[serde(default)]
    pub doi_or_pmcid: Option<String>,
    /// "meta-analysis", "systematic review" and the like.
    pub kind: String,
    /// Studies in it.
    #[serde(default)]
    pub k: Option<u32>,
    /// People in them.
    #[serde(default)]
    pub n: Option<u32>,
    /// Effects in them.
    #[serde(default)]
    pub effects: Option<u32>,
    /// Share of the spread that is not chance, in percent.
    #[serde(default)]
    pub i2: Option<f64>,
    /// How far it was read.
    pub read: Read,
    /// Effects by outcome.
    #[serde(default)]
    pub measures: SortedMap<String, u32>,
    /// What it pooled.
    #[serde(default)]
    pub pooled: Vec<PooledResult>,
}

/// One pooled result, as printed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PooledResult {
    /// Of what.
    pub outcome: String,
    /// "SMD", "g", "d", "ES".
    pub metric: String,
    /// Its value; none where it was not seen.
    #[serde(default)]
    pub value: Option<f64>,
    /// Lower end of its 95 % interval.
    #[serde(default)]
    pub ci_low: Option<f64>,
    /// Upper end.
    #[serde(default)]
    pub ci_high: Option<f64>,
    /// In percent.
    #[serde(default)]
    pub percent: Option<f64>,
    /// The p-value as printed.
    #[serde(default)]
    pub p: Option<String>,
    /// Share of the spread that is not chance, in percent.
    #[serde(default)]
    pub i2: Option<f64>,
    /// Studies in it.
    #[serde(default)]
    pub k: Option<u32>,
    /// Data sets in it.
    #[serde(default)]
    pub datasets: Option<u32>,
}
