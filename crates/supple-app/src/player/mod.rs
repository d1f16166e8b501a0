//! The player's mind: what the page that plays a session asks of it, JSON in and JSON out.
//!
//! The page has sound, speech, a screen and a store; this has the session. The page keeps the state it is handed back
//! after every step, so that a reload or a kill loses nothing. Nothing here looks at a clock: the page hands in what
//! its clocks say, and a gap in which nobody can have been guided pauses the session instead of running on.

mod clocks;
mod guided;
#[cfg(feature = "whole")]
mod moves;
mod sample;
mod step;
#[cfg(test)]
mod tests;

pub use clocks::Clocks;
pub use guided::Guided;
pub use sample::sample;
pub use step::{Answer, Ask, Beat, BeatKind, State, step};

/// Answers one question of the page about a session. What cannot be read is answered with `{"error": "..."}`.
#[must_use]
pub fn step_json(ask: &str) -> String {
    answered::<supple_core::guide::Session>(ask)
}

/// The same about a run of moves.
#[cfg(feature = "whole")]
#[must_use]
pub fn step_moves_json(ask: &str) -> String {
    answered::<supple_core::guide::MoveRun>(ask)
}

fn answered<G: Guided>(ask: &str) -> String {
    match supple_core::lean::from_str::<Ask<G>>(ask) {
        Ok(ask) => serde_json::to_string(&step(ask)).expect("an answer is always JSON"),
        Err(error) => serde_json::json!({ "error": error.to_string() }).to_string(),
    }
}
