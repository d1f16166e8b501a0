//! What is said with each cue: short, plain, in the order a person needs it.

use super::super::block::Fate;
use super::super::cue::{CueKind, Direction};
use super::super::phase::Stage;
use super::super::words::{join, sentence};
use super::piece::Piece;
use super::run::MoveRun;
use crate::knowledge::StopSignalId;

/// Said before what is easy to fall from.
pub(super) const SUPPORT: &str = "Keep a hand on something firm, such as a table or the wall.";

impl MoveRun {
    /// The words of a cue given now.
    pub(super) fn words(&self, kind: CueKind) -> String {
        let piece = self.piece();
        match kind {
            CueKind::NewPosition => {
                let first = if self.last.is_none() { "First" } else { "Next" };
                piece.map_or_else(String::new, |p| {
                    join([format!("{first}: {}.", p.label()), support(p), sentence(&p.position), steps(p)])
                })
            }
            CueKind::SetUp => piece.map_or_else(String::new, |p| format!("Again: {}.", p.label())),
            CueKind::SwitchSides => {
                piece.map_or_else(String::new, |p| format!("Switch sides. Now your {}.", p.dose.side.spoken()))
            }
            CueKind::LeadIn(left) | CueKind::Countdown(left) => left.to_string(),
            CueKind::Start => self.start_words(),
            CueKind::Pass(Direction::Out) => "Out.".into(),
            CueKind::Pass(Direction::Back) => "And back, slowly.".into(),
            CueKind::Breathe => "Breathe out and let it ease.".into(),
            CueKind::Rep { n } => n.to_string(),
            CueKind::HalfWay => "Half way.".into(),
            CueKind::Rest => match self.phase.stage {
                Stage::Rest { .. } => format!("Rest, {} s. Let go.", self.phase.length_ms.div_ceil(1000)),
                _ => "Done. Let go.".into(),
            },
            CueKind::AskFelt => "How hard was it? Could be more, just right, or too much.".into(),
            CueKind::NextUp => match self.next_piece() {
                Some(next) => format!("Next: {}.", next.label()),
                None => "That was the last one.".into(),
            },
            CueKind::Paused => "Paused.".into(),
            CueKind::Resumed => "Go on.".into(),
            CueKind::Lighter => self.easier_words(),
            CueKind::OffNow => {
                join(["Too strong. Let go now. When it has eased, press ready and go on easier.".into(), self.hint()])
            }
            CueKind::StopAsked => "Stopped. Let go. What happened?".into(),
            CueKind::AreaEnded => "This area is done for today.".into(),
            CueKind::LimbEnded => "This arm or leg is done for today.".into(),
            CueKind::Skipped => "Skipped.".into(),
            CueKind::Shortened => "Shorter.".into(),
            CueKind::MoreTime => "10 seconds more.".into(),
            CueKind::Noted => "Noted.".into(),
            CueKind::NotNow => "Not now.".into(),
            CueKind::SessionEnded => "That is all.".into(),
            CueKind::SmallMovement | CueKind::NextSpot => String::new(),
        }
    }

    fn start_words(&self) -> String {
        let Some(piece) = self.piece() else { return String::new() };
        let set = match self.phase.stage {
            Stage::Work { set } if self.progress.sets > 1 => format!(" Set {} of {}.", set + 1, self.progress.sets),
            _ => String::new(),
        };
        let what = if piece.rep_ms.is_some() { "Slowly, and keep breathing." } else { "Hold, and keep breathing." };
        join([format!("Start.{set} {what}"), support(piece)])
    }

    /// How to make it easier, and what comes if that is not enough.
    fn easier_words(&self) -> String {
        let Some(piece) = self.piece() else { return String::new() };
        let instead = piece.easier_move.as_ref().map_or_else(String::new, |easier| {
            format!("If that is not enough, press easier again for: {}.", easier.name)
        });
        join(["Easier.".into(), self.hint(), instead])
    }

    fn hint(&self) -> String {
        self.piece().map_or_else(String::new, |piece| sentence(&piece.easier))
    }

    /// What to do about a stop signal. The knowledge speaks of pressure; a move is let go of.
    pub(super) fn signal_text(&self, signal: StopSignalId) -> String {
        match signal {
            StopSignalId::SharpOrElectric | StopSignalId::SoreNextDay => "Let go now. This area is done for today.".into(),
            StopSignalId::TooStrong => "Too strong again. Let go. This area is done for today.".into(),
            StopSignalId::LimbPinsOrColour => "Let go now. Nothing more with this arm or leg today.".into(),
            StopSignalId::RisingInHold => "Let go. Do not hold longer.".into(),
            StopSignalId::DizzyOrChest => {
                "Stop here and sit down. For chest pain, breathlessness, or trouble seeing or speaking, get medical help now."
                    .into()
            }
            StopSignalId::SwellingOrBruise => "Stop here. Leave this area alone for 7 days.".into(),
        }
    }

    /// The first move still to come after the current one.
    pub(super) fn next_piece(&self) -> Option<&Piece> {
        self.pieces.iter().skip(self.at + 1).find(|piece| piece.fate == Fate::Waiting)
    }
}

fn support(piece: &Piece) -> String {
    if piece.with_support { SUPPORT.to_owned() } else { String::new() }
}

fn steps(piece: &Piece) -> String {
    piece.steps.iter().map(|step| sentence(step)).collect::<Vec<_>>().join(" ")
}
