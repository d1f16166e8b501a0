//! What each input does, state by state.

use super::clocked::{Clocked, MORE_TIME_MS, SHORT_END_MS};
use super::cue::CueKind;
use super::hold::Holds;
use super::input::{FeltWord, Input};
use super::phase::{Hold, Stage};
use super::session::{Output, Session};
use crate::unit::Felt;

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
            _ if self.is_ended() => self.not_now(Self::OVER, out),
            Input::Resume => self.resume(out),
            Input::Lighter => self.lighter(out),
            // Until it is clear what happened, nothing goes on.
            _ if matches!(self.hold, Hold::Stopped { .. }) => self.say(CueKind::StopAsked, out),
            Input::Ready => self.ready(out),
            Input::AddTime if self.phase.stage == Stage::Asking => self.add_time_after(out),
            Input::AddTime => self.add_time("Time under pressure is never added.", out),
            Input::Pause => self.pause(out),
            Input::Skip => self.skip(out),
            Input::Shorten => self.shorten(out),
        }
    }

    /// Whether the current block was pressed and is not written down yet.
    pub(super) fn in_block(&self) -> bool {
        self.progress.begun && matches!(self.phase.stage, Stage::Work { .. } | Stage::Rest { .. } | Stage::Asking)
    }

    /// What is added after a block is for the set-up that follows.
    fn add_time_after(&mut self, out: &mut Output) {
        self.end_asking(out);
        if !self.is_ended() {
            self.phase.length_ms = self.phase.length_ms.saturating_add(MORE_TIME_MS);
            self.say(CueKind::MoreTime, out);
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
                self.leave_off();
                self.end_asking(out);
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
            self.not_now(Self::OVER, out);
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
        self.answered_asking(out);
    }
}
