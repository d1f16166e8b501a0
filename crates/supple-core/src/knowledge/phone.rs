//! How a phone is the instrument of a test: where it is put, what it turns about, what its zero means.

use crate::measure::incline::Axis;
use serde::{Deserialize, Serialize};

/// How a phone takes a test of an angle. How far it may lean out of the plane is the same for all, see
/// [`crate::measure::incline`]; what can be right is the measure's own range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// The axis of the phone that the motion turns about.
    pub axis: Axis,
    /// Against what its zero is set.
    pub zero: ZeroAt,
    /// Which way a reading grows.
    pub more: More,
    /// Seconds from a tap until the person is in position and the phone where it belongs, 0 to 20.
    pub seconds_to_place: u8,
    /// Where it is put, as a sentence.
    pub placed: String,
    /// What is held still for the zero, as a sentence; only where the zero is taken on the body.
    #[serde(default)]
    pub zero_on: Option<String>,
}

/// What zero means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZeroAt {
    /// Upright: the back of the phone flat against a wall, its top up. Holds for both sides.
    Wall,
    /// Level: the phone on its back on a level table. Holds for both sides.
    Level,
    /// The position in which the motion starts, with the phone where it stays. Taken anew for each side.
    Start,
    /// The neighbouring part of the body: the reading is what lies between the two. Taken anew for each trial.
    OtherSegment,
}

impl ZeroAt {
    /// Whether the zero is a thing of the room, which stays where it is when the phone is taken off.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Wall | Self::Level)
    }
}

/// Which way a reading grows, as the phone sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum More {
    /// The screen turns towards the floor.
    ScreenDown,
    /// The screen turns towards the ceiling.
    ScreenUp,
    /// The top edge rises.
    TopUp,
    /// Away from zero, whichever way the phone was put on: the motion has only one direction.
    Either,
}
