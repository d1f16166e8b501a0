//! The movement screen: which test is next, what was found, what is worth working on, and what stays.
//!
//! ```text
//!  look (one test, one view, one side) ─▶ log ─record─▶ what was seen ─measured─▶ outcomes ─▶ findings for the programme
//!                      ▲                                                            │
//!                      └── the overhead squat, its retests, what the answers call for ◀┘
//! ```
//!
//! The eye orders the tests; a range measured in the last four weeks decides instead of the eye. Nothing is found on one
//! repetition. Pure, like all of the engine.

mod course;
mod leave;
mod measured;
mod outcome;
mod over_time;
mod pain;
mod record;
mod stay;
/// Findings in words, the same in the app and in the terminal.
pub mod words;

pub use course::{
    RESUMED_WITHIN_DAYS, SCREEN_AGAIN_AFTER_DAYS, Step, current, left_out_for_pain, next_by_hand, next_of,
    rescreen_due,
};
pub use leave::{Leave, LeftOut, leave};
pub use measured::{COUNTS_FOR_DAYS, Limit, Measured, Said};
pub use outcome::{Outcome, Standing, outcomes, worth_working_on};
pub use over_time::{Cell, Column, OverTime, Row, over_time};
pub use pain::{PAIN_QUESTIONS, after_pain, hurt_in, hurt_today};
pub use record::{ScreenRecord, needed, screens};
pub use stay::{RegionStay, Stay, regions};

use crate::body::Side;
use crate::knowledge::Knowledge;
use crate::state::State;
use jiff::Zoned;

/// Something that was found, for the programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What: an id of `compensations/`.
    pub compensation: String,
    /// On which side; none where it has no side, or was on both.
    pub side: Option<Side>,
    /// On how many repetitions it was seen; 0 where only a measure says so.
    pub seen_on: u8,
    /// How many repetitions were looked at; 0 where only a measure says so.
    pub of: u8,
    /// The measure of the last four weeks that says so too, or alone: an id of `measures/`.
    pub confirmed_by: Option<String>,
}

/// What the last screen found and no measure speaks against, what is most worth working on first.
///
/// Seen on at least three of five repetitions, or measured. A screen in progress counts test by test; until it is
/// through, the one before it counts for what was not looked at again.
#[must_use]
pub fn found(state: &State, knowledge: &Knowledge, now: &Zoned) -> Vec<Finding> {
    let outcomes = outcomes(state, knowledge, now);
    outcomes.into_iter().filter(|outcome| outcome.standing.counts()).map(|outcome| outcome.finding).collect()
}
