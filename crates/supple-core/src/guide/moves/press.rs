//! What each input does, state by state. Nothing adds a set, a repetition or a second of a hold.

use super::super::block::Fate;
use super::super::clocked::{Clocked, SHORT_END_MS};
use super::super::cue::CueKind;
use super::super::hold::Holds;
use super::super::input::{FeltWord, Input};
use super::super::phase::{Hold, Stage};
use super::super::session::Output;
use super::piece::Piece;
use super::run::{MoveRun, Progress};
use crate::event::BlockEnd;

impl MoveRun {
    pub(super) fn press(&mut self, input: Input, out: &mut Output) {
        match input {
            Input::Tick => {}
            Input::Stop => self.stop(out),
            Input::StopReason(reason) => self.reason(reason, out),
            Input::Signal(signal) => self.signal(signal, out),
            Input::End => self.end(out),
            _ if self.is_ended() => self.not_now(Self::OVER, out),
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
            Input::AddTime => self.add_time("A hold or a set never becomes longer.", out),
            Input::Pause => self.pause(out),
            Input::Skip => self.skip(out),
            Input::Shorten => self.shorten(out),
        }
    }

    /// Whether the current move was begun and is not written down yet.
    pub(super) fn in_move(&self) -> bool {
        self.progress.begun && matches!(self.phase.stage, Stage::Work { .. } | Stage::Rest { .. } | Stage::Asking)
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
                self.leave_off();
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
        self.leave_off();
        let sets = left.min(easier.dose.sets);
        self.pieces.insert(self.at + 1, easier);
        self.progress = Progress::default();
        self.enter_next(self.at + 1, 0, out);
        self.progress.sets = self.progress.sets.min(sets);
        self.progress.easier = true;
        // Its position is said once the clock runs again; until then the press has its answer all the same.
        if self.hold == Hold::Paused {
            let when = self.piece().map_or_else(String::new, |piece| format!("When you go on: {}.", piece.label()));
            self.say_text(CueKind::Lighter, when, out);
        }
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
}
