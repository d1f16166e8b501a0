//! What a plan weighs: time costs, needs, doses by goal, and effects to expect.

use super::{Grade, Read};
use crate::body::RegionId;
use crate::sorted::SortedMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Before training.
    WarmUp,
    /// To move more freely.
    Mobility,
    /// After training.
    Recovery,
    /// Before sleep.
    WindDown,
}

impl Goal {
    /// Every goal.
    pub const ALL: [Self; 4] = [Self::WarmUp, Self::Mobility, Self::Recovery, Self::WindDown];

    /// The id used in files and on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::WarmUp => "warm_up",
            Self::Mobility => "mobility",
            Self::Recovery => "recovery",
            Self::WindDown => "wind_down",
        }
    }
}

/// `planning.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planning {
    /// Seconds that are not pressure.
    pub time: TimeCosts,
    /// How much each wish counts.
    pub need: NeedWeights,
    /// For estimating force where no body mass is given.
    pub reference_body: ReferenceBody,
    /// By goal.
    pub goals: SortedMap<Goal, GoalPlan>,
}

/// For estimating force where no body mass is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceBody {
    /// Body mass in kilograms.
    pub mass_kg: f64,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Seconds that are not pressure, all multiples of 5.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeCosts {
    /// To fetch a tool and get into position, once per station.
    pub station_setup_seconds: u32,
    /// To place the tool on a region, once per region.
    pub placing_seconds: u32,
    /// Count-in before each block.
    pub lead_in_seconds: u32,
    /// Between sets.
    pub rest_seconds: u32,
    /// From one side to the other.
    pub side_switch_seconds: u32,
    /// Shortest dose worth setting up for.
    pub least_seconds: u32,
    /// Doses come in steps of this many seconds.
    pub step_seconds: u32,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// How much each wish counts, in thousandths of an asked-for region.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedWeights {
    /// The person asked for it.
    pub want: u32,
    /// The person marked it tight.
    pub tight: u32,
    /// Usual for the goal, when nothing was marked.
    pub usual: u32,
    /// Share left for one side where both were asked for, in thousandths.
    pub one_side_share: u32,
    /// Share left for a technique of level caution, in thousandths.
    pub caution_share: u32,
    /// Share left for the floor where wall and chair are preferred, in thousandths.
    pub floor_share: u32,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// What a goal asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalPlan {
    /// What people call it.
    pub name: String,
    /// One line said before the session.
    pub says: String,
    /// The claim in `claims.toml` that it stands on.
    pub claim: String,
    /// Need per point of soreness, in thousandths.
    pub need_per_soreness_point: u32,
    /// Regions usual for the goal when nothing was marked, most usual first.
    pub usual_regions: Vec<RegionId>,
    /// Moves to fall back on in a programme where nothing else is open, the first first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usual_moves: Vec<String>,
    /// Doses.
    pub doses: GoalDoses,
    /// What is offered outside the counted time.
    #[serde(default)]
    pub offer: Option<Offer>,
    /// Source ids.
    pub sources: Vec<String>,
}

/// Doses of a goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalDoses {
    /// Most seconds on one region and side.
    pub most_seconds_per_area: u32,
    /// Seconds for one pass in one direction, for strokes.
    pub seconds_per_pass: u32,
    /// Whether each slow pass goes with breathing out.
    pub breathe_out_with_pass: bool,
    /// From this soreness on, `sore_felt` holds.
    #[serde(default)]
    pub sore_from: Option<u8>,
    /// Felt target and cap on sore areas.
    #[serde(default)]
    pub sore_felt: Option<u8>,
}

/// Something offered outside the counted time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// What.
    pub text: String,
    /// Shortest useful, in minutes.
    pub minutes_low: u8,
    /// Longest useful, in minutes.
    pub minutes_high: u8,
}

/// `priors.toml`: generated by `supple evidence priors` from studies and reviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Whether any number is still typed in by hand.
    pub provisional: bool,
    /// Seconds at which `1 - exp(-x / tau)` reaches 63 % of the full effect.
    pub tau_seconds: f64,
    /// Half-life of a gain, in minutes.
    pub half_life_minutes: f64,
    /// Source ids for both.
    pub curve_sources: Vec<String>,
    /// By goal: the outcome that counts and its expected size.
    pub effects: SortedMap<Goal, Prior>,
    /// Source ids for what is expected of measures.
    #[serde(default)]
    pub measure_sources: Vec<String>,
    /// By measure: what a second test gains by itself, and what rolling adds.
    #[serde(default)]
    pub measures: SortedMap<String, MeasurePriors>,
}

/// What to expect of one measure before anybody has measured themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasurePriors {
    /// Whether both are in percent of the person's first readings instead of the measure's unit.
    #[serde(default)]
    pub percent: bool,
    /// What a second test in the same sitting gains with nothing done in between.
    pub retest: Expected,
    /// What one session of rolling adds to that in the next minutes, in one person.
    pub effect: Expected,
}

/// A normal prior. Above zero is always towards better, also where less is better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation: of the estimate, between studies and (for an effect) between people, together.
    pub sd: f64,
    /// What it follows from.
    pub from: ExpectedFrom,
}

/// What a prior of a measure follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpectedFrom {
    /// A study of this very test.
    SameTest,
    /// Other tests, in units of the smallest change that is more than error.
    LikeTests,
    /// Nothing: around zero, and as wide as the others could be.
    Nothing,
    /// A pooled standardised difference, times how far readings of people lie apart.
    PooledStudies,
}

/// An effect to expect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// What changes.
    pub outcome: String,
    /// Standardised mean difference, in favour of rolling.
    pub smd: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How sure.
    pub grade: Grade,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}
