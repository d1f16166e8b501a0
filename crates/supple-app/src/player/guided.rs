//! What the player can play: a session of rolling, and a run of moves.

use serde::Serialize;
use serde::de::DeserializeOwned;
use supple_core::guide::{Input, Output, PhaseClock, PhaseName, Session, View};

/// Something that is guided by a clock.
pub trait Guided: Clone + Serialize + DeserializeOwned {
    /// What a screen shows.
    type Seen: Serialize;

    /// Lets the time pass up to `now_ms`, then takes the input.
    fn step(&mut self, input: Input, now_ms: u64) -> Output;
    /// Forgets the last reading of the clock.
    fn rebase(&mut self);
    /// When something is due at the latest.
    fn next_due(&self) -> Option<u64>;
    /// The clock of what is shown.
    fn phase_clock(&self) -> PhaseClock;
    /// What holds now.
    fn phase(&self) -> PhaseName;
    /// What a screen shows now.
    fn seen(&self) -> Self::Seen;
}

impl Guided for Session {
    type Seen = View;

    fn step(&mut self, input: Input, now_ms: u64) -> Output {
        self.step(input, now_ms)
    }

    fn rebase(&mut self) {
        self.rebase();
    }

    fn next_due(&self) -> Option<u64> {
        self.next_due()
    }

    fn phase_clock(&self) -> PhaseClock {
        self.phase_clock()
    }

    fn phase(&self) -> PhaseName {
        self.view().phase
    }

    fn seen(&self) -> View {
        self.view()
    }
}
