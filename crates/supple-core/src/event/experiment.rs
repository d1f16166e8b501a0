//! What is written down about an experiment on oneself. What follows from it, such as whether a session counts or what
//! comes next, is not in the log: [`crate::experiment`] works it out again.

use super::Name;
use crate::body::{RegionId, Side};
use crate::experiment::Seed;
use crate::knowledge::ArmTiming;
use crate::unit::{Blocks, Certainty, Felt, MinutesAfter, Seconds, Spread, Trials, WashOutHours, WorthHaving};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An experiment was designed: everything that is fixed before its first reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperimentDesigned {
    /// The experiment's id, made by the shell.
    pub experiment: String,
    /// The ready question it asks; missing for a question of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The question in words.
    pub name: Name,
    /// What is compared: the first way and the second.
    pub arms: [ExperimentArm; 2],
    /// What is rolled: left, right or both. A technique for both halves at once, or on the midline, says so itself.
    pub side: Side,
    /// What it is judged by.
    pub outcome: ExperimentOutcome,
    /// The smallest difference between the two ways that would be worth having.
    pub worth_having: WorthHaving,
    /// Hours from the end of one session to the next.
    pub wash_out_hours: WashOutHours,
    /// How long a session takes, set-up and all, by its longer way; a rest takes as long.
    pub session_seconds: Seconds,
    /// How many blocks of two sessions there are.
    pub blocks: Blocks,
    /// How far one gain lies from another by error and chance alone, as assumed beforehand.
    pub spread: Spread,
    /// How sure the analysis has to be before it says anything, at every look.
    pub certainty: Certainty,
    /// Where the order of the two ways comes from.
    pub seed: Seed,
    /// The analysis it will get, by name and version.
    pub model: String,
}

/// One of two ways that are compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperimentArm {
    /// What people read: "Roll for 30 s".
    pub label: Name,
    /// What is rolled; missing means a rest of the same length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roll: Option<RollArm>,
}

/// What a way asks of the plan. It is a wish: the gate decides whether it may be done on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RollArm {
    /// The technique, and with it region, tool and movement.
    pub technique: String,
    /// Seconds of pressure on each side.
    pub seconds: Seconds,
    /// How strong it should feel; missing means as in any session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub felt: Option<Felt>,
    /// At what time of the day, where that is what is compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<ArmTiming>,
}

/// What an experiment is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperimentOutcome {
    /// Measure id.
    pub measure: String,
    /// The side it is taken on, for tests done side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The region, for tests that ask for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// Trials that one reading averages, practice not counted.
    pub trials: Trials,
    /// Minutes from the last pressure (or the end of the rest) to the reading.
    pub minutes_after: MinutesAfter,
}

/// The way of one session was shown to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmRevealed {
    /// The experiment.
    pub experiment: String,
    /// Which session of it, from 0. A session that was missed keeps its number, and its way, for the next time.
    pub session: u8,
    /// Which of the two ways, 0 or 1.
    pub arm: u8,
}

/// A session whose way was shown does not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmMissed {
    /// The experiment.
    pub experiment: String,
    /// Which session of it, from 0.
    pub session: u8,
    /// Why.
    pub why: MissedBecause,
}

/// Why a session does not take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissedBecause {
    /// No time, or no wish to.
    NotToday,
    /// It is not allowed today.
    NotAllowed,
    /// It did not feel right.
    Uncomfortable,
}

/// An experiment is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperimentEnded {
    /// The experiment.
    pub experiment: String,
    /// How.
    pub how: ExperimentEnd,
    /// In the person's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Name>,
}

/// How an experiment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExperimentEnd {
    /// All its sessions are done, or the analysis has said what it can.
    Finished,
    /// The person ended it before that.
    Stopped,
}
