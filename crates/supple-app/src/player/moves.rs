//! A run of moves in the player: the same screen as a session of rolling, with holds and repetitions.

use super::guided::Guided;
use serde::Serialize;
use supple_core::guide::{Input, InputName, MoveRun, MoveView, Output, PhaseClock, PhaseName};

/// What the screen shows of a run, by the names it knows from a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    phase: PhaseName,
    interrupted: Option<PhaseName>,
    /// The move in progress or next to begin, from 0.
    block: u16,
    blocks: usize,
    /// What people call the move.
    technique_name: String,
    now: String,
    next: String,
    seconds_left: u32,
    waits_for_ready: bool,
    session_seconds_left: u32,
    /// How much of the work is over, 0 to 1.
    progress: f64,
    set: u8,
    sets: u8,
    rep: Option<u8>,
    reps: Option<u8>,
    /// Nothing travels.
    seconds_per_pass: Option<u32>,
    asks_felt: bool,
    advice: Option<supple_core::guide::Advice>,
    support: Option<String>,
    inputs: Vec<InputName>,
}

impl Guided for MoveRun {
    type Seen = Seen;

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

    fn seen(&self) -> Seen {
        let MoveView {
            phase,
            interrupted,
            number,
            moves,
            name,
            now,
            next,
            seconds_left,
            waits_for_ready,
            run_seconds_left,
            set,
            sets,
            rep,
            reps,
            asks_effort,
            advice,
            support,
            inputs,
            ..
        } = self.view();
        let (worked, left) = (self.worked_ms() as f64, f64::from(run_seconds_left) * 1000.0);
        let progress = if phase == PhaseName::Ended { 1.0 } else { worked / (worked + left).max(1.0) };
        Seen {
            phase,
            interrupted,
            block: number,
            blocks: moves,
            technique_name: name,
            now,
            next,
            seconds_left,
            waits_for_ready,
            session_seconds_left: run_seconds_left,
            progress,
            set,
            sets,
            rep,
            reps,
            seconds_per_pass: None,
            asks_felt: asks_effort,
            advice,
            support,
            inputs,
        }
    }
}
