//! Sessions for watches, as FIT files: what is planned as a workout that a watch leads through, what was done as an
//! activity that other programs take in.
//!
//! ```text
//!  Shared ─steps─▶ workout file           a step to get ready, then the pressure, then the rest before the next set
//!  SessionRecord ─laps─▶ activity file    a lap for each block, from the end of the one before it
//! ```
//!
//! Nothing is in them but what to do and what was done: no names, no answers, no marks.

mod activity;
mod file;
mod steps;

pub use activity::activity;
pub use steps::workout;

/// What a file of this kind is called when it is saved or sent.
pub const CONTENT_TYPE: &str = "application/vnd.ant.fit";
