//! Experiments on oneself: two ways, tried in turn in an order that nobody chose, and what came of them.
//!
//! ```text
//!  question ─draft─▶ promise ─▶ ExperimentDesigned ─▶ [ due ─▶ ArmRevealed ─▶ obey ─▶ readings ] × n ─▶ analysis ─▶ verdict
//!                                     seed ─▶ arm of each session (replay: the same from an export)
//! ```
//!
//! Pure: the order follows from the recorded seed, what counts from the log, the verdict from what counts. The rules
//! and the statistics are in `docs/model.md` §6.

mod analysis;
mod course;
mod draft;
mod due;
mod noise;
mod obey;
mod promise;
mod replay;
mod seed;
/// Experiments in words, the same in the app and in the terminal.
pub mod words;

pub use analysis::{Analysis, Finding, Gain, Look, MODEL, analyse, first_finding, training_gains};
pub use course::{Attempt, Course, Fate, Lapse, reading_after};
pub use draft::{BadDesign, Draft, outcome, ready};
pub use due::{Due, running};
pub use noise::{Noise, noise};
pub use obey::{Obeyed, Refused, arms_allowed, decide, doses_for};
pub use promise::{LONGEST, Promise, Setting, promise};
pub use replay::{Replay, ReplayedSession, replay};
pub use seed::Seed;
