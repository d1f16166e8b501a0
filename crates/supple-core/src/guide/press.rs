//! What each input does, state by state.

use super::block::Fate;
use super::cue::CueKind;
use super::input::{FeltWord, Input, StopReason};
use super::phase::{Approach, Before, Hold, Phase, Stage};
use super::session::{Output, Session};
use crate::event::BlockEnd;
use crate::unit::Felt;

/// What the button for more time adds.
const MORE_TIME_MS: u64 = 10_000;
/// What is left of the last set once it is shortened.
const SHORT_END_MS: u64 = 10_000;
/// Time to answer after a stop.
pub(super) const ANSWER_MS: u64 = 20_000;
/// Count-in that is left of a rest once the person is ready.
const READY_REST_MS: u64 = 5_000;

impl Session {
    pub(super) fn press(&mut self, input: Input, out: &mut Output) {
        match input {
            Input::Tick => {}
            Input::Stop => self.stop(out),
            Input::StopReason(reason) => self.reason(reason, out),
            Input::Signal(signal) => self.signal(signal, out),
            Input::Felt(felt) => self.felt(felt, out),
            Input::FeltWord(word) => self.felt(self.felt_of(word), out),
            Input::End => self.end(out),
            _ if self.is_ended() => self.not_now("The session is over.", out),
            Input::Resume => self.resume(out),
            Input::Lighter => self.lighter(out),
            // Until it is clear what happened, nothing goes on.
            _ if matches!(self.hold, Hold::Stopped { .. }) => self.say(CueKind::StopAsked, out),
            Input::Ready => self.ready(out),
            Input::AddTime => self.add_time(out),
            Input::Pause => self.pause(out),
            Input::Skip => self.skip(out),
            Input::Shorten => self.shorten(out),
        }
    }

    pub(super) fn not_now(&self, why: &str, out: &mut Output) {
        self.say_text(CueKind::NotNow, why.to_owned(), out);
    }

    /// Whether the current block was pressed and is not written down yet.
    pub(super) fn in_block(&self) -> bool {
        self.progress.begun && matches!(self.phase.stage, Stage::Work { .. } | Stage::Rest { .. } | Stage::Asking)
    }

    fn ready(&mut self, out: &mut Output) {
        match (self.hold, self.phase.stage) {
            (Hold::Paused | Hold::Off, _) => self.resume(out),
            (_, Stage::SetUp(_)) => self.lead_in(),
            (_, Stage::Rest { .. }) if self.phase.left_ms() > READY_REST_MS => {
                self.phase.elapsed_ms = self.phase.length_ms - READY_REST_MS;
                self.phase.cued_to_ms = self.phase.elapsed_ms;
            }
            (_, Stage::Asking) => self.end_asking(0, out),
            _ => self.not_now("You are under way already.", out),
        }
    }

    fn add_time(&mut self, out: &mut Output) {
        match self.phase.stage {
            Stage::SetUp(_) if self.phase.open => {
                self.not_now("Take your time. It begins when you press ready.", out);
            }
            Stage::SetUp(_) | Stage::Rest { .. } => {
                self.phase.length_ms = self.phase.length_ms.saturating_add(MORE_TIME_MS);
                self.say(CueKind::MoreTime, out);
            }
            Stage::LeadIn => {
                // The position was said already; only the clock goes back.
                let setting_up = Phase::new(Stage::SetUp(Approach::SamePosition), MORE_TIME_MS);
                self.phase = Phase { cued_to_ms: 1, ..setting_up };
                self.say(CueKind::MoreTime, out);
            }
            Stage::Asking => {
                self.end_asking(MORE_TIME_MS, out);
                if !self.is_ended() {
                    self.say(CueKind::MoreTime, out);
                }
            }
            _ => self.not_now("Time under pressure is never added.", out),
        }
    }

    fn pause(&mut self, out: &mut Output) {
        if self.hold == Hold::Running {
            self.hold = Hold::Paused;
            self.say(CueKind::Paused, out);
        } else {
            self.not_now("The clock stands still already.", out);
        }
    }

    fn resume(&mut self, out: &mut Output) {
        match self.hold {
            Hold::Running => {
                self.not_now("The clock is running already.", out);
                return;
            }
            // Too strong before the stop: that still needs its own yes.
            Hold::Stopped { before: Before::Off, .. } => {
                self.hold = Hold::Off;
                self.say(CueKind::OffNow, out);
                return;
            }
            Hold::Paused | Hold::Off | Hold::Stopped { .. } => self.hold = Hold::Running,
        }
        self.say(CueKind::Resumed, out);
    }

    fn skip(&mut self, out: &mut Output) {
        self.say(CueKind::Skipped, out);
        // Leaving the block is an answer to "too strong", too.
        if self.hold == Hold::Off {
            self.hold = Hold::Running;
        }
        if self.phase.stage == Stage::Asking {
            self.end_asking(0, out);
        } else {
            self.finish(BlockEnd::Skipped, out);
            self.enter_next(self.at + 1, 0, out);
        }
    }

    fn shorten(&mut self, out: &mut Output) {
        self.say(CueKind::Shortened, out);
        match self.phase.stage {
            Stage::Work { set } if set.saturating_add(1) < self.progress.sets => {
                self.progress.sets = set.saturating_add(1);
            }
            Stage::Work { .. } => {
                let end = self.phase.elapsed_ms.saturating_add(SHORT_END_MS);
                self.phase.length_ms = self.phase.length_ms.min(end);
            }
            Stage::Rest { .. } | Stage::Asking => {
                if self.hold == Hold::Off {
                    self.hold = Hold::Running;
                }
                self.end_asking(0, out);
            }
            Stage::SetUp(_) | Stage::LeadIn if self.progress.sets > 1 => self.progress.sets = 1,
            Stage::SetUp(_) | Stage::LeadIn => {
                let half = (self.progress.set_ms / 2).max(SHORT_END_MS);
                self.progress.set_ms = self.progress.set_ms.min(half);
            }
            Stage::Waiting | Stage::Ended => {}
        }
    }

    fn lighter(&mut self, out: &mut Output) {
        if self.phase.stage == Stage::Asking {
            self.not_now("Pressure is off already.", out);
        } else {
            self.progress.lighten(1);
            self.say(CueKind::Lighter, out);
        }
        if matches!(self.hold, Hold::Stopped { .. }) {
            self.say(CueKind::StopAsked, out);
        }
    }

    fn felt_of(&self, word: FeltWord) -> Felt {
        match word {
            FeltWord::CouldBeMore => Felt::of(self.progress.target.get().saturating_sub(1)),
            FeltWord::JustRight => self.progress.target,
            FeltWord::TooMuch => self.felt_off,
        }
    }

    fn felt(&mut self, felt: Felt, out: &mut Output) {
        let too_strong = felt >= self.felt_off;
        if self.is_ended() {
            self.not_now("The session is over.", out);
            return;
        }
        if self.in_block() {
            self.progress.felt.push(felt);
        }
        if too_strong {
            self.too_strong(out);
        } else if matches!(self.hold, Hold::Stopped { .. }) {
            self.say(CueKind::StopAsked, out);
        } else if !self.in_block() {
            self.not_now("There was no pressure since. Say it in the next set.", out);
        } else if felt > self.progress.cap && self.phase.stage != Stage::Asking {
            self.progress.lighten(1);
            self.say(CueKind::Lighter, out);
        } else {
            self.say(CueKind::Noted, out);
        }
        if self.phase.stage == Stage::Asking && self.hold == Hold::Running {
            self.end_asking(0, out);
        }
    }

    fn stop(&mut self, out: &mut Output) {
        let before = match self.hold {
            Hold::Running => Before::Running,
            Hold::Paused => Before::Paused,
            Hold::Off => Before::Off,
            // Pressing again does not win more time to answer.
            Hold::Stopped { .. } => {
                self.say(CueKind::StopAsked, out);
                return;
            }
        };
        if !self.is_ended() {
            self.hold = Hold::Stopped { left_ms: ANSWER_MS, before };
        }
        self.say(CueKind::StopAsked, out);
    }

    fn reason(&mut self, reason: StopReason, out: &mut Output) {
        match reason {
            StopReason::Signal(signal) => self.signal(signal, out),
            StopReason::JustFinished => self.end(out),
            StopReason::Mistake => match self.hold {
                Hold::Stopped { before, .. } => {
                    self.hold = before.into();
                    self.say(self.hold_cue(), out);
                }
                _ => self.not_now("Nothing is stopped.", out),
            },
        }
    }

    /// The cue of the state one is back in.
    fn hold_cue(&self) -> CueKind {
        match self.hold {
            Hold::Running => CueKind::Resumed,
            Hold::Paused => CueKind::Paused,
            Hold::Off => CueKind::OffNow,
            Hold::Stopped { .. } => CueKind::StopAsked,
        }
    }

    fn end(&mut self, out: &mut Output) {
        if self.is_ended() {
            self.not_now("The session is over.", out);
            return;
        }
        let end = if self.phase.stage == Stage::Asking { self.natural_end() } else { BlockEnd::Skipped };
        self.finish(end, out);
        for block in self.blocks.iter_mut().filter(|block| block.fate == Fate::Waiting) {
            block.fate = Fate::Left;
        }
        self.end_session(None, out);
    }
}
