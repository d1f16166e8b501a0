//! Tests a person can do alone, and how far their numbers can be trusted.

use super::{BodyPicture, Phone, Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A test one person can do with a phone, a tape or nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What people call it: "knee to wall".
    pub name: String,
    /// The joint, or "any region".
    pub joint: String,
    /// The movement, in plain words.
    pub motion: String,
    /// What to do, step by step.
    pub protocol: Vec<String>,
    /// The unit of the result.
    pub unit: String,
    /// Whether a larger number is freer or stronger.
    pub higher_is_better: bool,
    /// What reads it.
    pub sensor: String,
    /// Whether it is taken on each side, at a place of one's choice, or once. Our reading of the protocol.
    pub taken: TakenOn,
    /// Trials on each side; the first is practice and dropped where `practice_trials` says so.
    pub trials: u8,
    /// How many of them are practice.
    pub practice_trials: u8,
    /// Lowest value that can be right.
    pub plausible_low: f64,
    /// Highest value that can be right.
    pub plausible_high: f64,
    /// What others reach.
    pub norms: Vec<Norm>,
    /// When a difference between sides is worth noticing, in words.
    pub side_difference: String,
    /// How well it repeats.
    pub reliability: Vec<Reliability>,
    /// The smallest change that is more than error.
    pub change_threshold: ChangeThreshold,
    /// What to be careful about.
    pub cautions: Vec<String>,
    /// How a phone takes it, where one can.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// How it is drawn. A test without a movement, such as a rating, has none; nor has one that cannot be drawn well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<BodyPicture>,
}

/// What a test asks of a person: what is known of one test is carried over to others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// How far something moves: degrees, or centimetres of reach.
    Reach,
    /// How much pressure it takes to hurt.
    Pressure,
    /// A number of 0 to 10 that a person says.
    Rating,
    /// A jump, or getting up: how much the legs can do.
    Performance,
}

impl Measure {
    /// Of which kind, by its unit and what moves.
    #[must_use]
    pub fn kind(&self) -> MeasureKind {
        match self.unit.as_str() {
            "points" => MeasureKind::Rating,
            "kPa" => MeasureKind::Pressure,
            _ if self.joint == "whole leg" => MeasureKind::Performance,
            _ => MeasureKind::Reach,
        }
    }
}

/// What one result of a test is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenOn {
    /// The whole person.
    Once,
    /// The left and the right side, each by itself.
    EachSide,
    /// A region on one side, which the person chooses.
    AtAPlace,
}

/// What a group of people reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Who they were.
    pub population: String,
    /// Their mean, where it is one number.
    #[serde(default)]
    pub mean: Option<f64>,
    /// Their mean or range as printed, where it is not one number.
    #[serde(default)]
    pub printed: Option<String>,
    /// Standard deviation.
    #[serde(default)]
    pub sd: Option<f64>,
    /// How many.
    #[serde(default)]
    pub n: Option<u32>,
    /// Unit.
    pub unit: String,
    /// Side, where given.
    #[serde(default)]
    pub side: Option<String>,
    /// Source id.
    pub source: String,
    /// How far it was read.
    pub read: Read,
}

/// How well a test repeats, by one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reliability {
    /// The study.
    pub study: String,
    /// Intraclass correlation, as printed.
    #[serde(default)]
    pub icc: Option<String>,
    /// Standard error of measurement, as printed.
    #[serde(default)]
    pub sem: Option<String>,
    /// Minimal detectable change at 95 %, as printed.
    #[serde(default)]
    pub mdc95: Option<String>,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
    /// Source id.
    pub source: String,
    /// How far it was read.
    pub read: Read,
}

/// The smallest change that is more than error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeThreshold {
    /// Its size.
    pub value: f64,
    /// Whether the size is a percentage of the first value instead of the measure's unit.
    #[serde(default)]
    pub percent: bool,
    /// What it stands on.
    pub kind: String,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
}
