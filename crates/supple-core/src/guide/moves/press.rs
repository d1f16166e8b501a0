//! What each input does, state by state. Nothing adds a set, a repetition or a second of a hold.

use super::super::block::Fate;
use super::super::cue::CueKind;
use super::super::input::{FeltWord, Input, StopReason};
use super::super::phase::{Before, Hold, Phase, Stage};
use super::super::press::ANSWER_MS;
use super::super::session::Output;
use super::piece::Piece;
use super::run::{MoveRun, Progress};
use crate::event::BlockEnd;

/// What the button for more time adds.
const MORE_TIME_MS: u64 = 10_000;
/// What is left of the last hold once it is shortened.
const SHORT_END_MS: u64 = 10_000;
/// Count-in that is left of a rest once the person is ready.
const READY_REST_MS: u64 = 5_000;

impl MoveRun {
    pub(super) fn press(&mut self, input: Input, out: &mut Output) {
        match input {
            Input::Tick => {}
            Input::Stop => self.stop(out),
            Input::StopReason(reason) => self.reason(reason, out),
            Input::Signal(signal) => self.signal(signal, out),
            Input::End => self.end(out),
            _ if self.is_ended() => self.not_now("It is over.", out),
            Input::Resume => self.resume(out),
            // Until it is clear what happened, nothing goes on.
            _ if matches!(self.hold, Hold::Stopped { .. }) => self.say(CueKind::StopAsked, out),
            Input::Felt(effort) => self.effort(effort.get(), out),
            Input::FeltWord(FeltWord::TooMuch) | Input::Lighter => self.easier(out),
            Input::FeltWord(FeltWord::CouldBeMore | FeltWord::JustRight) => {
                self.say(CueKind::Noted, out);
                self.answered_asking(out);
            }
            Input::Ready => self.ready(out),
            Input::AddTime => self.add_time(out),
            Input::Pause => self.pause(out),
            Input::Skip => self.skip(out),
            Input::Shorten => self.shorten(out),
        }
    }

    fn not_now(&self, why: &str, out: &mut Output) {
        self.say_text(CueKind::NotNow, why.to_owned(), out);
    }

    /// Whether the current move was begun and is not written down yet.
    pub(super) fn in_move(&self) -> bool {
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
            (_, Stage::Asking) => self.end_asking(out),
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
                let setting_up = Phase::new(Stage::SetUp(super::super::phase::Approach::SamePosition), MORE_TIME_MS);
                self.phase = Phase { cued_to_ms: 1, ..setting_up };
                self.say(CueKind::MoreTime, out);
            }
            _ => self.not_now("A hold or a set never becomes longer.", out),
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
        if self.hold == Hold::Off {
            self.hold = Hold::Running;
        }
        if self.phase.stage == Stage::Asking {
            self.end_asking(out);
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
                let elapsed = self.phase.elapsed_ms;
                // A repetition under way is finished, a hold goes on for a moment.
                let end = match self.piece().and_then(|piece| piece.rep_ms) {
                    Some(rep_ms) => elapsed.div_ceil(rep_ms.max(1)) * rep_ms,
                    None => elapsed.saturating_add(SHORT_END_MS),
                };
                self.phase.length_ms = self.phase.length_ms.min(end);
            }
            Stage::Rest { .. } | Stage::Asking => {
                if self.hold == Hold::Off {
                    self.hold = Hold::Running;
                }
                self.end_asking(out);
            }
            Stage::SetUp(_) | Stage::LeadIn => self.progress.sets = self.progress.sets.min(1),
            Stage::Waiting | Stage::Ended => {}
        }
    }

    /// Easier: how, in words; asked for again, the easier move takes its place, where one was admitted with it.
    pub(super) fn easier(&mut self, out: &mut Output) {
        let instead = self
            .piece()
            .and_then(|piece| piece.easier_move.clone())
            .filter(|easier| easier.touched.intersection(self.closed).is_empty());
        if let Some(easier) = instead.filter(|_| self.progress.easier && self.phase.stage != Stage::Asking) {
            self.change_to(*easier, out);
            return;
        }
        self.progress.easier = true;
        self.say(CueKind::Lighter, out);
        self.answered_asking(out);
    }

    fn change_to(&mut self, easier: Piece, out: &mut Output) {
        let left = self.progress.sets.saturating_sub(self.progress.sets_done).max(1);
        if self.in_move() {
            self.finish(BlockEnd::Skipped, out);
        } else if let Some(piece) = self.pieces.get_mut(self.at) {
            piece.fate = Fate::Left;
        }
        if self.hold == Hold::Off {
            self.hold = Hold::Running;
        }
        let sets = left.min(easier.dose.sets);
        self.pieces.insert(self.at + 1, easier);
        self.progress = Progress::default();
        self.enter_next(self.at + 1, 0, out);
        self.progress.sets = self.progress.sets.min(sets);
        self.progress.easier = true;
    }

    fn effort(&mut self, effort: u8, out: &mut Output) {
        if !self.in_move() {
            self.not_now("Nothing was done since. Say it in the next set.", out);
            return;
        }
        self.progress.effort = self.progress.effort.max(Some(effort));
        let most = self.piece().map_or(0, |piece| piece.dose.effort_max);
        if effort > most && self.phase.stage != Stage::Asking {
            self.easier(out);
        } else {
            self.say(CueKind::Noted, out);
            self.answered_asking(out);
        }
    }

    /// An answer ends the question.
    fn answered_asking(&mut self, out: &mut Output) {
        if self.phase.stage == Stage::Asking && self.hold == Hold::Running {
            self.end_asking(out);
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
        match (reason, self.hold) {
            (StopReason::Signal(signal), _) => self.signal(signal, out),
            (StopReason::JustFinished, _) => self.end(out),
            (StopReason::Mistake, Hold::Stopped { before, .. }) => {
                self.hold = before.into();
                self.say(
                    match before {
                        Before::Running => CueKind::Resumed,
                        Before::Paused => CueKind::Paused,
                        Before::Off => CueKind::OffNow,
                    },
                    out,
                );
            }
            (StopReason::Mistake, _) => self.not_now("Nothing is stopped.", out),
        }
    }

    fn end(&mut self, out: &mut Output) {
        if self.is_ended() {
            self.not_now("It is over.", out);
            return;
        }
        let end = if self.phase.stage == Stage::Asking { self.natural_end() } else { BlockEnd::Skipped };
        self.finish(end, out);
        self.leave_the_rest();
        self.end_run(None, out);
    }

    /// Nothing that is still to come will come.
    pub(super) fn leave_the_rest(&mut self) {
        for piece in self.pieces.iter_mut().filter(|piece| piece.fate == Fate::Waiting) {
            piece.fate = Fate::Left;
        }
    }
}
