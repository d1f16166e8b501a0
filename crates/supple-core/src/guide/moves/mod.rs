//! Admitted moves, walked through one by one: the same clock, the same stop, the same words as a rolling session.
//!
//! ```text
//!   start ──▶ SetUp ──▶ LeadIn ──▶ Work ──▶ Rest ──▶ Work ──▶ … ──▶ Asking ──▶ next move ──▶ Ended
//!   over any of them:  Paused · Stopped (what happened?)   — all clocks stand still
//! ```
//!
//! The rules that no setting changes:
//! * *Stop* works in every state, at once and without a question first. No answer within 20 s counts as sharp pain.
//! * Too strong: let go, on only easier after the person says so; a second time ends the area.
//! * There is no input for more sets, more repetitions, longer holds or more effort.
//! * An area or limb that was ended is not touched again in this run by any move.

mod cadence;
mod piece;
mod press;
mod run;
mod stop;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use run::MoveRun;
pub use view::MoveView;
