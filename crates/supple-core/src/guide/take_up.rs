//! A session taken up from the log alone, where its own notes are lost or were never made.

use super::block::Fate;
use super::pace::Pace;
use super::phase::{Last, Phase, Progress, Stage};
use super::session::Session;
use super::stop::Reach;
use crate::body::{Site, SiteSet};
use crate::event::{BlockEnd, BlockFinished, StopSignalled};
use crate::gate::Admitted;
use crate::knowledge::{Knowledge, StopSignalId};

/// What the log says of a session that began and did not end.
#[derive(Debug, Clone, Copy, Default)]
pub struct Logged<'l> {
    /// Its blocks that ended, in order.
    pub finished: &'l [BlockFinished],
    /// Its stop signals, in order.
    pub signals: &'l [StopSignalled],
    /// Whether the block in turn may have been pressed without a word in the log. It is left out then: nobody knows
    /// how many of its seconds are left.
    pub in_doubt: bool,
}

impl Session {
    /// A session that began in another place: blocks that ended stay ended, areas and limbs that were ended stay
    /// closed, and where it was too strong it goes on lighter. It begins with getting into position again.
    #[must_use]
    pub fn take_up(
        session_id: String,
        admitted: &Admitted,
        knowledge: &Knowledge,
        pace: &Pace,
        logged: Logged<'_>,
    ) -> Self {
        let (mut session, _) = Self::start_paced(session_id, admitted, knowledge, pace);
        for finished in logged.finished {
            session.take_up_block(finished);
        }
        for signal in logged.signals {
            session.take_up_signal(signal);
        }
        let in_turn = |session: &Self| session.blocks.iter().position(|block| block.fate == Fate::Waiting);
        if let Some(at) = in_turn(&session).filter(|_| logged.in_doubt && !session.is_ended()) {
            session.blocks[at].fate = Fate::Left;
        }
        if let Some(at) = in_turn(&session) {
            session.at = at;
            session.progress = Progress::of(&session.blocks[at]);
        }
        session
    }

    fn take_up_block(&mut self, finished: &BlockFinished) {
        let at = usize::from(finished.block);
        let Some(block) = self.blocks.get_mut(at) else { return };
        block.fate = if finished.end == BlockEnd::Completed { Fate::Completed } else { Fate::Left };
        let (area, technique) = (block.area(), block.dose.technique.clone());
        let pressed_ms = u64::from(finished.seconds) * 1000;
        self.pressed_before_ms += pressed_ms;
        self.ran_ms += pressed_ms;
        let too_strong = finished.felt.iter().any(|&felt| felt >= self.felt_off);
        if pressed_ms > 0 {
            self.meet(technique);
            let too_strong_at_ms = Some(pressed_ms).filter(|_| too_strong);
            self.last = Some(Last { block: at, pressed_ms, too_strong_at_ms });
        }
        if too_strong {
            self.too_strong_once = self.too_strong_once.union(area);
            self.lighten_waiting(area);
        }
    }

    fn take_up_signal(&mut self, signal: &StopSignalled) {
        self.signalled = Some(signal.signal);
        let sites: SiteSet = match (signal.region, signal.side) {
            (Some(region), Some(side)) => Site::of(region, side).collect(),
            _ => SiteSet::EMPTY,
        };
        match Reach::of(signal.signal) {
            Reach::Hold => {}
            // Only the second time is written down.
            Reach::Lighter | Reach::Area => self.close(sites),
            Reach::Limb => {
                let meant = self.blocks.iter().find(|block| !block.area().intersection(sites).is_empty());
                let limb = meant.map_or(SiteSet::EMPTY, super::block::Block::limb_sites);
                self.close(sites.union(limb));
            }
            Reach::Session => {
                for block in self.blocks.iter_mut().filter(|block| block.fate == Fate::Waiting) {
                    block.fate = Fate::Left;
                }
            }
        }
        if signal.signal == StopSignalId::DizzyOrChest {
            self.phase = Phase::new(Stage::Ended, 0);
        }
    }

    fn lighten_waiting(&mut self, area: SiteSet) {
        let waiting = self.blocks.iter_mut().filter(|block| block.fate == Fate::Waiting);
        for block in waiting.filter(|block| !block.area().intersection(area).is_empty()) {
            block.lighten(super::stop::TOO_STRONG_STEPS);
        }
    }
}
