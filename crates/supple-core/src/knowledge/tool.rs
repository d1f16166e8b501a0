//! What people roll with.

use super::Read;
use crate::ids::id_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

id_enum! {
    /// One of the seven tools. What is known of each: `knowledge/tools/`.
    ToolId: 7 {
        FoamRoller "foam_roller",
        MassageStick "massage_stick",
        Ball "ball",
        VibratingRoller "vibrating_roller",
        Peanut "peanut",
        WallBall "wall_ball",
        Handheld "handheld",
    }
}

/// How hard a tool is. A missing answer counts as hard wherever hard tools are excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    /// Gives way under the thumb.
    Soft,
    /// Gives a little.
    Medium,
    /// Does not give, or has hard ridges.
    Hard,
}

/// A tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// What people call it: "foam roller".
    pub name: String,
    /// What it looks like, how to choose one.
    pub what_it_is: String,
    /// Whether it vibrates; no vibration anywhere excludes it.
    pub vibrates: bool,
    /// Things at home that do the same job.
    #[serde(default)]
    pub stand_ins: Vec<StandIn>,
    /// From force to contact pressure.
    pub contact: Contact,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Something at home that can stand in for a tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandIn {
    /// What it is: "tennis ball in a sock".
    pub what: String,
    /// How hard it is.
    pub firmness: Firmness,
}

/// How force becomes contact pressure under a tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "model", rename_all = "snake_case", deny_unknown_fields)]
pub enum Contact {
    /// Mean pressure is force over a measured or judged area.
    Area {
        /// Contact area in square centimetres.
        area_cm2: f64,
        /// Source ids.
        sources: Vec<String>,
        /// How far they were read.
        read: Read,
        /// What the area stands on.
        note: String,
    },
    /// A ball sinking into soft tissue: Hertz point contact, `a = cbrt(3 F R / 4 E)`, `p = F / (pi a^2)`.
    Ball {
        /// Radius in centimetres.
        radius_cm: f64,
        /// Effective stiffness of tissue and foam in kilopascals.
        stiffness_kpa: f64,
        /// How many balls share the force.
        balls: u8,
        /// Source ids.
        sources: Vec<String>,
        /// How far they were read.
        read: Read,
        /// What the numbers stand on.
        note: String,
    },
}
