//! What happened: the log is the only truth. Bodies are frozen once released; a new shape gets a new version
//! and a step in [`upcast`].

mod answered;
mod checked_in;
mod measured;
mod profile;
mod session;
pub mod upcast;

pub use answered::{Answer, QuestionAnswered};
pub use checked_in::{CheckedIn, NextDayReported, Soreness};
pub use measured::{MeasureTaken, When};
pub use profile::ProfileChanged;
pub use session::{
    BlockEnd, BlockFinished, DoneElsewhere, ElsewhereTool, SessionEnded, SessionStarted, StopSignalled,
};

use jiff::Zoned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of event bodies this program writes.
pub const VERSION: u16 = 1;

/// One entry of the log. A shell stamps everything but the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique id, a UUID of version 7.
    pub id: String,
    /// The device whose series it belongs to.
    pub device: String,
    /// Its number in that series, from 1, without gaps.
    pub seq: u64,
    /// Hybrid logical time in milliseconds: the wall clock, but never behind an event already seen.
    pub logical_ms: i64,
    /// When it happened: civil time with its zone.
    #[schemars(with = "String")]
    pub at: Zoned,
    /// The version of the body's shape.
    pub version: u16,
    /// What happened.
    pub body: EventBody,
}

impl Event {
    /// The key of the fold order, total and the same on every device.
    #[must_use]
    pub fn order(&self) -> (i64, &str, u64) {
        (self.logical_ms, &self.device, self.seq)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// Age, body mass, tools, places, postures ruled out.
    ProfileChanged(ProfileChanged),
    /// One question of the screen was answered.
    QuestionAnswered(QuestionAnswered),
    /// What the body is like today and what is wanted.
    CheckedIn(CheckedIn),
    /// A guided session began.
    SessionStarted(SessionStarted),
    /// A block ended, fully or not.
    BlockFinished(BlockFinished),
    /// A stop signal was felt or seen.
    StopSignalled(StopSignalled),
    /// A guided session ended.
    SessionEnded(SessionEnded),
    /// Pressure was done without Supple.
    DoneElsewhere(DoneElsewhere),
    /// How an area was the day after.
    NextDayReported(NextDayReported),
    /// A test was taken.
    MeasureTaken(MeasureTaken),
    /// An earlier event counts as not having happened.
    Retracted(Retracted),
}

/// An earlier event counts as not having happened; a correction is this and a new event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retracted {
    /// The id of the event.
    pub event: String,
}

/// The hybrid logical time of the next event: the wall clock, but after everything seen.
#[must_use]
pub fn next_logical_ms(last_seen: Option<i64>, now: &Zoned) -> i64 {
    let wall = now.timestamp().as_millisecond();
    last_seen.map_or(wall, |last| wall.max(last.saturating_add(1)))
}
