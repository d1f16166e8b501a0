//! Stop signals: what each one ends, and what is left of the run. The same reach as under pressure.

use super::super::block::Fate;
use super::super::clocked::Clocked;
use super::super::cue::CueKind;
use super::super::hold::Holds;
use super::super::phase::{Hold, Stage};
use super::super::session::{AFTER_SIGNAL_MS, Output};
use super::super::stop::Reach;
use super::piece::Piece;
use super::run::MoveRun;
use crate::body::SiteSet;
use crate::event::{BlockEnd, EventBody, StopSignalled};
use crate::knowledge::StopSignalId;

impl MoveRun {
    /// A stop signal, in whatever state.
    pub(super) fn signal(&mut self, signal: StopSignalId, out: &mut Output) {
        if self.is_ended() {
            self.signal_after_end(signal, out);
            return;
        }
        self.signalled = Some(signal);
        match Reach::of(signal) {
            Reach::Lighter => self.too_strong(out),
            Reach::Hold => self.let_go(signal, out),
            reach @ (Reach::Area | Reach::Limb) => self.end_places(signal, reach, out),
            Reach::Session => {
                // Dizziness is in no one place; a bruise closes its area for days.
                let places = if signal == StopSignalId::DizzyOrChest { Vec::new() } else { self.places() };
                self.write_signal(signal, &places, out);
                self.finish(BlockEnd::Stopped, out);
                self.leave_the_rest();
                self.end_all(Some(self.signal_text(signal)), out);
            }
        }
    }

    /// Too strong: let go, on only easier and after a yes; a second time on an area ends it.
    fn too_strong(&mut self, out: &mut Output) {
        self.answered();
        let Some(area) = self.piece().filter(|_| self.in_move()).map(Piece::area) else {
            self.progress.easier = true;
            self.say(CueKind::Lighter, out);
            return;
        };
        let worked = self.progress.worked_ms;
        if self.progress.too_strong_at_ms != Some(worked) {
            self.progress.too_strong_at_ms = Some(worked);
            if !area.intersection(self.too_strong_once).is_empty() {
                self.end_places(StopSignalId::TooStrong, Reach::Area, out);
                return;
            }
            self.too_strong_once = self.too_strong_once.union(area);
        }
        self.progress.easier = true;
        if self.phase.stage == Stage::Asking {
            self.say(CueKind::Lighter, out);
            self.end_asking(out);
        } else {
            self.hold = Hold::Off;
            self.say(CueKind::OffNow, out);
        }
    }

    /// Discomfort rises in a hold: this set is over.
    fn let_go(&mut self, signal: StopSignalId, out: &mut Output) {
        self.write_signal(signal, &self.places(), out);
        self.answered();
        self.say_text(CueKind::Noted, self.signal_text(signal), out);
        if let Stage::Work { set } = self.phase.stage {
            self.end_set(set);
        }
    }

    /// Ends the areas or limbs of the places meant, and whatever move would touch them.
    fn end_places(&mut self, signal: StopSignalId, reach: Reach, out: &mut Output) {
        let in_move = self.in_move();
        let places = self.places();
        self.write_signal(signal, &places, out);
        for place in places {
            if let Some(piece) = self.pieces.get(place) {
                let limb = if reach == Reach::Limb { piece.limb } else { SiteSet::EMPTY };
                self.close(piece.area().union(limb), in_move);
            }
        }
        let kind = if reach == Reach::Limb { CueKind::LimbEnded } else { CueKind::AreaEnded };
        self.say_text(kind, self.signal_text(signal), out);
        if in_move {
            self.finish(BlockEnd::Stopped, out);
        }
        self.leave_all_but_pause();
        self.enter_next(self.at, AFTER_SIGNAL_MS, out);
    }

    /// The moves a sign may come from: the one under way; between two, the last one and the next one both.
    fn places(&self) -> Vec<usize> {
        if self.in_move() {
            return vec![self.at];
        }
        let next = Some(self.at).filter(|&at| !self.is_ended() && at < self.pieces.len());
        self.last.into_iter().chain(next).collect()
    }

    fn close(&mut self, ended: SiteSet, in_move: bool) {
        self.closed = self.closed.union(ended);
        let from = if in_move { self.at + 1 } else { self.at };
        let closed = self.closed;
        for piece in self.pieces.iter_mut().skip(from).filter(|piece| piece.fate == Fate::Waiting) {
            if !piece.touched.intersection(closed).is_empty() {
                piece.fate = Fate::Left;
            }
        }
    }

    /// A sign noticed after the run: written down once, so that the next plan knows.
    fn signal_after_end(&mut self, signal: StopSignalId, out: &mut Output) {
        if self.signalled != Some(signal) {
            let place: Vec<usize> = self.last.into_iter().filter(|_| signal != StopSignalId::DizzyOrChest).collect();
            self.write_signal(signal, &place, out);
        }
        self.signalled = Some(signal);
        self.say_text(CueKind::Noted, self.signal_text(signal), out);
    }

    /// One event for each region that is meant; one without a place where none is.
    fn write_signal(&self, signal: StopSignalId, places: &[usize], out: &mut Output) {
        let mut meant: Vec<_> = places
            .iter()
            .filter_map(|&place| self.pieces.get(place))
            .flat_map(|piece| piece.regions.iter().map(|&region| (region, piece.dose.side)))
            .map(Some)
            .collect();
        meant.dedup();
        if meant.is_empty() {
            meant.push(None);
        }
        for place in meant {
            out.events.push(EventBody::StopSignalled(StopSignalled {
                session: Some(self.id.clone()),
                signal,
                region: place.map(|place| place.0),
                side: place.map(|place| place.1),
            }));
        }
    }
}
