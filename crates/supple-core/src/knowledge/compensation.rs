//! Compensations: what can be seen when somebody moves, and what is usually done about it.

use super::{BodyPicture, Demand, Read};
use crate::body::RegionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that can be seen in a movement test. What it leads to is partly convention, and says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compensation {
    /// What was seen, without judgement: "Heels lift".
    pub name: String,
    /// The same as it is said of somebody afterwards, before "on 4 of 5": "heels lifted".
    #[serde(default)]
    pub found: String,
    /// The test it is looked for in: an id of `movement_tests/`.
    pub test: String,
    /// Where one looks from.
    pub view: Viewpoint,
    /// The part of the body to look at, in words.
    pub checkpoint: String,
    /// What to look for, in words for a person who looks at a mirror or at a video.
    pub seen: String,
    /// What it looks like when it is fine.
    pub fine: String,
    /// Whether it can be on one side.
    pub has_side: bool,
    /// The number a camera or a phone would compare, where there is one.
    #[serde(default)]
    pub threshold: Option<Threshold>,
    /// Muscles that are often thought to do too much. For those who ask; never said of a person.
    pub thought_overactive: Vec<String>,
    /// Muscles that are often thought to do too little. For those who ask; never said of a person.
    pub thought_underactive: Vec<String>,
    /// What to roll.
    pub roll: Vec<RegionId>,
    /// What to lengthen: ids of `moves/`.
    pub stretch: Vec<String>,
    /// What to strengthen: ids of `moves/`.
    pub strengthen: Vec<String>,
    /// How to put it to use: ids of `moves/`.
    pub integrate: Vec<String>,
    /// Tests with a number that say whether the range is there: ids of `measures/`. Where one was taken, the number
    /// counts and not the eye.
    #[serde(default)]
    pub measures: Vec<String>,
    /// From which number on a measure says so, instead of the eye.
    #[serde(default)]
    pub decides: Vec<Decides>,
    /// Another id of `compensations/` whose two sides are compared: this one is not looked for, it follows when that one
    /// is found on one side alone.
    #[serde(default)]
    pub compares: Option<String>,
    /// How strong the evidence is, in a word or two, as in our list of facts.
    pub evidence: String,
    /// What that stands on.
    pub evidence_note: String,
    /// How it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<BodyPicture>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Where one looks from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Viewpoint {
    /// From in front.
    Front,
    /// From the side.
    Side,
    /// From behind.
    Back,
    /// From above.
    Above,
    /// Not looked at: it follows from a test and its retest with one thing changed.
    Compared,
}

/// A number that decides instead of the eye. Exactly one of the three limits is given, in the measure's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decides {
    /// The measure: an id of `measures/`.
    pub measure: String,
    /// It is so below this value.
    #[serde(default)]
    pub below: Option<f64>,
    /// It is so above this value.
    #[serde(default)]
    pub above: Option<f64>,
    /// It is so when left and right of one day are more than this apart.
    #[serde(default)]
    pub apart: Option<f64>,
    /// Whether the number alone is enough, without anybody having looked: the test is that measure, done by eye. Else it
    /// only confirms, or speaks against, what was seen.
    #[serde(default)]
    pub alone: bool,
}

/// What a camera or a phone would compare.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// What is measured.
    pub metric: String,
    /// Between which points of the body.
    pub landmarks: String,
    /// From where on it counts, as printed.
    pub from: String,
    /// What the number stands on.
    pub kind: String,
}

/// One movement test: what to do, how often, and when it is called for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementTest {
    /// What people call it.
    pub name: String,
    /// Its place in the order; the overhead squat is 1.
    pub order: u8,
    /// What it takes, in words.
    pub needs: String,
    /// How to do it, one step each.
    pub steps: Vec<String>,
    /// Repetitions to look at.
    pub repetitions: u8,
    /// Whether it is done on each side.
    pub each_side: bool,
    /// Regions it loads: a pain here is asked about there.
    pub loads: Vec<RegionId>,
    /// What it asks of the body, for cautions to rule out.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// Which findings call for it: ids of `compensations/`. An empty list: it is asked of everybody (the overhead
    /// squat), or only chosen by hand.
    pub called_for_by: Vec<String>,
    /// Retests of this test, when one is called for by what was seen.
    #[serde(default)]
    pub retests: Vec<Retake>,
    /// When to leave it out, in words.
    #[serde(default)]
    pub caution: Option<String>,
    /// How well it repeats, in words, with its source.
    #[serde(default)]
    pub reliability: Option<String>,
    /// How it is drawn when it is fine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<BodyPicture>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// The same test again with one thing changed, to tell two causes apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retake {
    /// Its id, unique among tests: `heels_raised`.
    pub id: String,
    /// What is changed, in words.
    pub change: String,
    /// Findings that call for it.
    pub called_for_by: Vec<String>,
    /// What follows when the finding is gone with the change: an id of `compensations/` with view `compared`.
    pub points_to: String,
    /// What that means, in one sentence for a lay reader.
    pub if_gone: String,
    /// What it means when nothing changes.
    pub if_not: String,
}
