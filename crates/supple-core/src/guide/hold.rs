//! What makes the clocks stand still, and the way back: the same for a session and for a run of moves.

use super::cue::{Cue, CueKind};
use super::phase::{Before, Hold, Phase, Stage};
use super::session::Output;
use super::view::{PhaseClock, PhaseName, stage_name};

/// Time to answer after a stop.
const ANSWER_MS: u64 = 20_000;

/// Something with a clock that can be paused and stopped.
pub(super) trait Holds {
    /// The last reading of the shell's clock; none before the first step.
    fn clock_ms(&self) -> Option<u64>;
    fn set_clock(&mut self, now_ms: u64);
    fn phase(&self) -> &Phase;
    fn phase_mut(&mut self) -> &mut Phase;
    fn hold(&self) -> Hold;
    fn set_hold(&mut self, hold: Hold);

    /// The words of a cue given now.
    fn words(&self, kind: CueKind) -> String;

    fn now(&self) -> u64 {
        self.clock_ms().unwrap_or(0)
    }

    fn is_ended(&self) -> bool {
        self.phase().stage == Stage::Ended
    }

    fn say(&self, kind: CueKind, out: &mut Output) {
        self.say_text(kind, self.words(kind), out);
    }

    fn say_text(&self, kind: CueKind, text: String, out: &mut Output) {
        out.cues.push(Cue { at_ms: self.now(), kind, text });
    }

    fn not_now(&self, why: &str, out: &mut Output) {
        self.say_text(CueKind::NotNow, why.to_owned(), out);
    }

    fn pause(&mut self, out: &mut Output) {
        if self.hold() == Hold::Running {
            self.set_hold(Hold::Paused);
            self.say(CueKind::Paused, out);
        } else {
            self.not_now("The clock stands still already.", out);
        }
    }

    fn resume(&mut self, out: &mut Output) {
        match self.hold() {
            Hold::Running => self.not_now("The clock is running already.", out),
            // Too strong before the stop: that still needs its own yes.
            Hold::Stopped { before: Before::Off, .. } => {
                self.set_hold(Hold::Off);
                self.say(CueKind::OffNow, out);
            }
            Hold::Paused | Hold::Off | Hold::Stopped { .. } => {
                self.set_hold(Hold::Running);
                self.say(CueKind::Resumed, out);
            }
        }
    }

    fn stop(&mut self, out: &mut Output) {
        let before = match self.hold() {
            Hold::Running => Some(Before::Running),
            Hold::Paused => Some(Before::Paused),
            Hold::Off => Some(Before::Off),
            // Pressing again does not win more time to answer.
            Hold::Stopped { .. } => None,
        };
        if let Some(before) = before.filter(|_| !self.is_ended()) {
            self.set_hold(Hold::Stopped { left_ms: ANSWER_MS, before });
        }
        self.say(CueKind::StopAsked, out);
    }

    /// A stop that was none: back to what held before.
    fn mistake(&mut self, out: &mut Output) {
        let Hold::Stopped { before, .. } = self.hold() else {
            self.not_now("Nothing is stopped.", out);
            return;
        };
        self.set_hold(before.into());
        let back = match before {
            Before::Running => CueKind::Resumed,
            Before::Paused => CueKind::Paused,
            Before::Off => CueKind::OffNow,
        };
        self.say(back, out);
    }

    /// A stop was answered: nothing stands still for it any more. A pause and an off stay.
    fn answered(&mut self) {
        if let Hold::Stopped { before, .. } = self.hold() {
            self.set_hold(before.into());
        }
    }

    /// Leaving what was too strong is an answer to it.
    fn leave_off(&mut self) {
        if self.hold() == Hold::Off {
            self.set_hold(Hold::Running);
        }
    }

    /// What was under way was ended by a sign: only a pause stays.
    fn leave_all_but_pause(&mut self) {
        self.set_hold(match self.hold() {
            Hold::Paused | Hold::Stopped { before: Before::Paused, .. } => Hold::Paused,
            _ => Hold::Running,
        });
    }

    /// What a screen shows; a pause or a stop stands before the phase it interrupts.
    fn shown(&self) -> PhaseName {
        match self.hold() {
            Hold::Running => stage_name(self.phase().stage),
            Hold::Paused => PhaseName::Paused,
            Hold::Off => PhaseName::Off,
            Hold::Stopped { .. } => PhaseName::Stopped,
        }
    }

    /// The clock of what is shown. Nothing travels.
    fn shown_clock(&self) -> PhaseClock {
        let phase = self.phase();
        let (left_ms, length_ms) = match self.hold() {
            Hold::Stopped { left_ms, .. } => (left_ms, ANSWER_MS),
            _ => (phase.left_ms(), phase.length_ms),
        };
        let running = match self.hold() {
            Hold::Running => !phase.open && !matches!(phase.stage, Stage::Waiting | Stage::Ended),
            Hold::Stopped { .. } => true,
            Hold::Paused | Hold::Off => false,
        };
        PhaseClock { left_ms, length_ms, running, pass: None }
    }
}
