//! How to press one region with one tool.

use super::{Grade, Picture, Read, ToolId};
use crate::body::RegionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One way to roll or press one region with one tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// What people call it: "Calf on the roller".
    pub name: String,
    /// The region its seconds count on.
    pub region: RegionId,
    /// Every region its line or the tool's width presses, its own included (our judgement where no source).
    /// If any of them is blocked, the technique is.
    pub touches: Vec<RegionId>,
    /// The muscle, in plain words with the book name behind.
    pub muscle: String,
    /// The tool.
    pub tool: ToolId,
    /// Whether a first session may offer it.
    pub level: Level,
    /// One side at a time, both at once, or on the middle line.
    pub sides: Sides,
    /// Where it is done.
    pub place: Place,
    /// What the body has to bear meanwhile.
    #[serde(default)]
    pub postures: Vec<Posture>,
    /// The body position it shares with other techniques; a tool in a position is a station, entered once.
    pub station: String,
    /// How to get into position.
    pub position: String,
    /// Where the tool goes.
    pub setup: String,
    /// From where to where the tool travels.
    pub line: TravelLine,
    /// How the pressure moves.
    pub motion: Motion,
    /// How it is drawn. A rule sees to it that none is missing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "super::seldom")]
    pub picture: Option<Picture>,
    /// Small movements under pressure.
    pub small_movements: Vec<String>,
    /// A joint to move while the pressure stays.
    #[serde(default, deserialize_with = "super::seldom")]
    pub active_movement: Option<ActiveMovement>,
    /// How to make it lighter or heavier.
    pub pressure: PressureControl,
    /// The strongest it may feel, where the catalogue says so.
    #[serde(default)]
    pub felt_max: Option<u8>,
    /// The catalogue's dose, a ceiling for each set.
    pub dose: CatalogueDose,
    /// Force through the tool.
    pub force: Force,
    /// Zones the line stops short of or passes beside.
    pub zones_to_avoid: Vec<String>,
    /// Zones the line works in: only ones marked light-only or debate may stand here, and they lower the pressure.
    #[serde(default)]
    pub works_in: Vec<String>,
    /// A gentler way.
    pub easier: String,
    /// What people get wrong.
    pub mistakes: Vec<String>,
    /// What to strengthen with it.
    pub strengthen: Vec<String>,
    /// The stretch that goes with it.
    pub stretch: String,
    /// Something a person should know before choosing it.
    #[serde(default)]
    pub note: Option<String>,
    /// How sure we are that this dose moves range, in one word.
    pub grade: Grade,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Whether a technique is offered after a clean screen or with extra care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Offered after a clean screen.
    Standard,
    /// Offered with extra wording and lower caps, never in a first session.
    Caution,
}

/// Which sides a technique presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// Left and right in turn: two blocks.
    OneAtATime,
    /// Left and right at once: one block with side `both`.
    Together,
    /// On the middle line: one block with side `midline`.
    Midline,
}

/// Where a technique is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// On the floor, on a mat.
    Floor,
    /// Standing at a wall.
    Wall,
    /// On a chair, or at a table.
    Chair,
}

/// What the body has to bear; a person can rule each out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Posture {
    /// Weight on one or both knees.
    Kneeling,
    /// Weight on hands or wrists.
    WeightOnHands,
    /// Lying on the front.
    LyingFaceDown,
    /// Lying flat on the back.
    LyingOnBack,
    /// Lying on one side.
    LyingOnSide,
}

/// From where to where the tool travels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelLine {
    /// Where it starts, in words.
    pub from: String,
    /// Where it ends, in words.
    pub to: String,
    /// Start, in centimetres along the region's line (our judgement).
    pub from_cm: f64,
    /// End, in centimetres along the region's line (our judgement).
    pub to_cm: f64,
}

/// How the pressure moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    /// The kind of movement.
    pub kind: MotionKind,
    /// Seconds for one pass in one direction; none when the tool stays in place.
    #[serde(default)]
    pub seconds_per_pass: Option<u32>,
    /// Stretches or spots a set is shared between.
    pub spots: u8,
    /// The cadence in words.
    pub cadence: String,
}

/// The kind of movement under pressure, the simplest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MotionKind {
    /// The tool travels along the line.
    Strokes,
    /// Search slowly, then hold a tender spot.
    SearchAndHold,
    /// The tool stays; a joint moves.
    PinAndMove,
}

/// A joint to move while the pressure stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActiveMovement {
    /// The joint.
    pub joint: String,
    /// The movement.
    pub motion: String,
    /// How many times, on each spot.
    pub reps: Reps,
}

/// A range of repetitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reps {
    /// At least this many.
    pub low: u8,
    /// At most this many.
    pub high: u8,
}

/// How to change the pressure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressureControl {
    /// Lighter, gentlest first.
    pub lighter: Vec<String>,
    /// Heavier; empty where nothing heavier is offered.
    pub heavier: Vec<String>,
}

/// The catalogue's dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueDose {
    /// Usual number of sets.
    pub sets: u8,
    /// Seconds in one set; a plan never makes a set longer.
    pub seconds_per_set: u32,
}

/// Force through the tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Force {
    /// What the three numbers are.
    pub basis: ForceBasis,
    /// With the lightest way of doing it.
    pub low: f64,
    /// As described.
    pub usual: f64,
    /// With the heaviest way described.
    pub high: f64,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
    /// What the numbers stand on; "no measurement found, our judgement" where so.
    pub note: String,
}

/// What a force is given as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForceBasis {
    /// A share of body weight, 0 to 1.
    BodyWeight,
    /// Newtons.
    Newtons,
}
