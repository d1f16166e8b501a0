//! An admitted session, walked through move by move: inputs and a clock in, cues and events out.
//!
//! ```text
//!            ┌──────────────────────────────── one block ────────────────────────────────┐
//!   start ──▶ SetUp ──▶ LeadIn ──▶ Work ──▶ Rest ──▶ Work ──▶ … ──▶ Asking ──▶ next block ──▶ Ended
//!            └───────────────────────────────────────────────────────────────────────────┘
//!   over any of them:  Paused · Off (felt too strong) · Stopped (what happened?)   — all clocks stand still
//! ```
//!
//! There is no clock in here. The shell hands in milliseconds of its own monotonic clock with every input, as often
//! or as seldom as it can: [`Session::step`] catches up over whatever came due in between and gives every cue the
//! millisecond it was due at. The same inputs at the same times give the same cues and events however many ticks
//! lie between them.
//!
//! The rules that no setting changes (`SAFETY.md` says why):
//! * *Stop* works in every state, at once and without a question first. No answer within 20 s counts as sharp pain.
//! * Felt 7 or more: off at once, on only two steps lighter after the person says so; a second time ends the area.
//! * There is no input for more pressure or more time under pressure.
//! * An area or limb that was ended is never pressed again in this session, by any technique that touches it.

mod block;
mod cadence;
mod clocked;
mod cue;
mod hold;
mod input;
mod moves;
mod pace;
mod phase;
mod press;
mod script;
mod session;
mod stop;
mod take_up;
mod view;
mod words;

#[cfg(test)]
mod tests;

pub use cue::{Cue, CueKind, Direction};
pub use input::{FeltWord, Input, InputName, StopReason};
pub use moves::{MoveRun, MoveView};
pub use pace::Pace;
pub use script::{Happened, Played, ScriptError, ScriptProblem, parse_script, simulate, simulate_moves};
pub use session::{Output, Session};
pub use take_up::Logged;
pub use view::{Advice, PassClock, PhaseClock, PhaseName, View};
