//! Stop signals: what each one ends, and what is left of the session.

use super::block::Fate;
use super::cadence::spot_starts;
use super::clocked::Clocked;
use super::cue::CueKind;
use super::hold::Holds;
use super::phase::{Hold, Stage};
use super::session::{AFTER_SIGNAL_MS, Output, Session};
use crate::body::SiteSet;
use crate::event::{BlockEnd, EventBody, StopSignalled};
use crate::knowledge::StopSignalId;

/// What a stop signal ends.
///
/// In code and not in the knowledge, like the ceilings' last check: a file may change the words, never this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Off, lighter; the second time the area.
    Lighter,
    /// The hold: on to the next spot.
    Hold,
    /// The region on this side, for today.
    Area,
    /// The limb on this side, for today.
    Limb,
    /// The session.
    Session,
}

impl Reach {
    pub const fn of(signal: StopSignalId) -> Self {
        match signal {
            StopSignalId::TooStrong => Self::Lighter,
            StopSignalId::RisingInHold => Self::Hold,
            StopSignalId::SharpOrElectric => Self::Area,
            // Meant for the day after. Said in a session it means sore from the last time: leave the area alone.
            StopSignalId::SoreNextDay => Self::Area,
            StopSignalId::LimbPinsOrColour => Self::Limb,
            StopSignalId::DizzyOrChest | StopSignalId::SwellingOrBruise => Self::Session,
        }
    }
}

/// Steps lighter after it was too strong.
pub(super) const TOO_STRONG_STEPS: u8 = 2;

impl Session {
    /// A stop signal, in whatever state.
    pub(super) fn signal(&mut self, signal: StopSignalId, out: &mut Output) {
        if self.is_ended() {
            self.signal_after_end(signal, out);
            return;
        }
        self.signalled = Some(signal);
        match Reach::of(signal) {
            Reach::Lighter => {
                if self.in_block() {
                    self.progress.felt.push(self.felt_off);
                }
                self.too_strong(out);
                self.answered_asking(out);
            }
            Reach::Hold => self.next_spot(signal, out),
            reach @ (Reach::Area | Reach::Limb) => self.end_places(signal, reach, out),
            Reach::Session => {
                // Dizziness is in no one place; a bruise closes its area for days.
                let somewhere = signal != StopSignalId::DizzyOrChest;
                let places = self.places().into_iter().map(Some).filter(|_| somewhere).collect::<Vec<_>>();
                for place in if places.is_empty() { vec![None] } else { places } {
                    self.write_signal(signal, place, out);
                }
                self.finish(BlockEnd::Stopped, out);
                self.leave_the_rest();
                self.end_all(Some(self.signal_text(signal)), out);
            }
        }
    }

    /// Too strong, by number, word or signal: off, on only lighter; a second time on an area ends it.
    pub(super) fn too_strong(&mut self, out: &mut Output) {
        let Some((index, area, pressed_ms, before_ms)) = self.too_strong_where() else {
            // Before any pressure at all: begin lighter.
            self.progress.lighten(TOO_STRONG_STEPS);
            self.answered();
            self.say(CueKind::Lighter, out);
            return;
        };
        let in_block = self.in_block();
        if before_ms != Some(pressed_ms) {
            let second = !area.intersection(self.too_strong_once).is_empty();
            self.too_strong_once = self.too_strong_once.union(area);
            self.note_too_strong(in_block, pressed_ms);
            if second {
                self.signalled = Some(StopSignalId::TooStrong);
                self.write_signal(StopSignalId::TooStrong, Some(index), out);
                self.close(area);
                let text = self.words(CueKind::AreaEnded);
                self.say_text(CueKind::AreaEnded, text, out);
                self.leave(in_block, out);
                return;
            }
            self.lighten_area(area);
        }
        self.answered();
        if in_block && self.phase.stage != Stage::Asking {
            self.hold = Hold::Off;
        }
        self.say(CueKind::OffNow, out);
    }

    /// The block that is meant, its area, the pressure it was given, and how much that was when it last was too
    /// strong.
    fn too_strong_where(&self) -> Option<(usize, SiteSet, u64, Option<u64>)> {
        let (block, pressed_ms, before_ms) = if self.in_block() {
            (self.at, self.progress.pressed_ms, self.progress.too_strong_at_ms)
        } else {
            self.last.map(|last| (last.block, last.pressed_ms, last.too_strong_at_ms))?
        };
        self.blocks.get(block).map(|meant| (block, meant.area(), pressed_ms, before_ms))
    }

    fn note_too_strong(&mut self, in_block: bool, pressed_ms: u64) {
        if in_block {
            self.progress.too_strong_at_ms = Some(pressed_ms);
        } else if let Some(last) = &mut self.last {
            last.too_strong_at_ms = Some(pressed_ms);
        }
    }

    /// Two steps lighter wherever this area is still to be pressed.
    fn lighten_area(&mut self, area: SiteSet) {
        let current = self.at;
        for (i, block) in self.blocks.iter_mut().enumerate().skip(current) {
            if block.fate != Fate::Waiting || block.area().intersection(area).is_empty() {
                continue;
            }
            if i == current {
                self.progress.lighten(TOO_STRONG_STEPS);
            } else {
                block.lighten(TOO_STRONG_STEPS);
            }
        }
    }

    /// Discomfort rises in a hold: on to the next spot, or the end of the set if this is the last.
    fn next_spot(&mut self, signal: StopSignalId, out: &mut Output) {
        for place in self.places() {
            self.write_signal(signal, Some(place), out);
        }
        self.answered();
        let text = self.signal_text(signal);
        self.say_text(CueKind::Noted, text, out);
        let (Stage::Work { set }, Some(block)) = (self.phase.stage, self.block()) else { return };
        let here = self.phase.elapsed_ms;
        let next = spot_starts(block, self.progress.set_ms).into_iter().find(|&start| start > here);
        match next.filter(|&start| start < self.phase.length_ms) {
            // The rest of this spot's share is not made up for.
            Some(start) => {
                self.phase.elapsed_ms = start;
                self.phase.cued_to_ms = start;
            }
            None => self.end_set(set),
        }
    }

    /// Ends the areas or limbs of the places meant, and whatever block would press them.
    fn end_places(&mut self, signal: StopSignalId, reach: Reach, out: &mut Output) {
        let in_block = self.in_block();
        for place in self.places() {
            self.write_signal(signal, Some(place), out);
            if let Some(block) = self.blocks.get(place) {
                let limb = if reach == Reach::Limb { block.limb_sites() } else { SiteSet::EMPTY };
                self.close(block.area().union(limb));
            }
        }
        let kind = if reach == Reach::Limb { CueKind::LimbEnded } else { CueKind::AreaEnded };
        let text = self.signal_text(signal);
        self.say_text(kind, text, out);
        self.leave(in_block, out);
    }

    /// The blocks a sign may come from: the one being pressed; between two, the last one and the next one both.
    fn places(&self) -> Vec<usize> {
        if self.in_block() {
            return vec![self.at];
        }
        let next = Some(self.at).filter(|&at| !self.is_ended() && at < self.blocks.len());
        self.last.map(|last| last.block).into_iter().chain(next).collect()
    }

    pub(super) fn close(&mut self, ended: SiteSet) {
        self.closed = self.closed.union(ended);
        let closed = self.closed;
        let current = if self.in_block() { self.at + 1 } else { self.at };
        for block in self.blocks.iter_mut().skip(current).filter(|block| block.fate == Fate::Waiting) {
            if !block.pressed_sites().intersection(closed).is_empty() {
                block.fate = Fate::Left;
            }
        }
    }

    /// Leaves a block whose area was ended, if it is the current one, with time to do what was said.
    fn leave(&mut self, in_block: bool, out: &mut Output) {
        if in_block {
            self.finish(BlockEnd::Stopped, out);
        }
        self.leave_all_but_pause();
        self.enter_next(self.at, AFTER_SIGNAL_MS, out);
    }

    /// A sign noticed after the session: written down once, so that the next plan knows.
    fn signal_after_end(&mut self, signal: StopSignalId, out: &mut Output) {
        if self.signalled != Some(signal) {
            let place = self.last.map(|last| last.block).filter(|_| signal != StopSignalId::DizzyOrChest);
            self.write_signal(signal, place, out);
        }
        self.signalled = Some(signal);
        let text = self.signal_text(signal);
        self.say_text(CueKind::Noted, text, out);
    }

    fn write_signal(&self, signal: StopSignalId, place: Option<usize>, out: &mut Output) {
        let dose = place.and_then(|place| self.blocks.get(place)).map(|block| &block.dose);
        out.events.push(EventBody::StopSignalled(StopSignalled {
            session: Some(self.id.clone()),
            signal,
            region: dose.map(|dose| dose.region),
            side: dose.map(|dose| dose.side),
        }));
    }
}
