use super::super::block::Fate;
use super::super::hold::Holds;
use super::super::input::InputName;
use super::super::phase::{Hold, Stage};
use super::super::session::ASKING_MS;
use super::super::view::{Advice, PhaseClock, PhaseName, stage_name, whole_seconds};
use super::super::words::{join, sentence};
use super::piece::Piece;
use super::run::MoveRun;
use super::words::SUPPORT;
use crate::body::Side;
use serde::{Deserialize, Serialize};

/// What a screen needs to show now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveView {
    /// What holds now; a pause or a stop stands before the phase it interrupts.
    pub phase: PhaseName,
    /// The phase that goes on after a pause, an off or a stop.
    pub interrupted: Option<PhaseName>,
    /// The move in progress or next to begin, from 0.
    pub number: u16,
    /// Number of moves admitted.
    pub moves: usize,
    /// Move id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The side.
    pub side: Option<Side>,
    /// What to do now.
    pub now: String,
    /// What comes next.
    pub next: String,
    /// How it is done, one step each.
    pub steps: Vec<String>,
    /// How to make it easier.
    pub easier: String,
    /// What to hold on to, where it is easy to fall from.
    pub support: Option<String>,
    /// Seconds left in the phase, begun ones counted whole. In a stop: seconds left to answer.
    pub seconds_left: u32,
    /// Whether the clock waits until the person is ready.
    pub waits_for_ready: bool,
    /// Seconds left in the run if nothing is pressed.
    pub run_seconds_left: u32,
    /// The set in progress or next to begin, from 1.
    pub set: u8,
    /// Sets of this move.
    pub sets: u8,
    /// The repetition under way, from 1, while they are counted.
    pub rep: Option<u8>,
    /// Repetitions of a set; none where it is held.
    pub reps: Option<u8>,
    /// How hard it may feel, 0 to 10.
    pub effort_max: u8,
    /// Whether to ask how hard it was.
    pub asks_effort: bool,
    /// What to watch for after a stop signal.
    pub advice: Option<Advice>,
    /// The inputs that do something now. All others are accepted, too.
    pub inputs: Vec<InputName>,
}

impl MoveRun {
    /// What a screen needs to show now.
    #[must_use]
    pub fn view(&self) -> MoveView {
        let piece = self.piece();
        let stage = stage_name(self.phase.stage);
        let phase = self.shown();
        let set = match self.phase.stage {
            Stage::Work { set } | Stage::Rest { before: set } => set.saturating_add(1),
            Stage::Asking => self.progress.sets,
            _ => 1,
        };
        let rep = match (self.phase.stage, piece.and_then(|piece| piece.rep_ms)) {
            (Stage::Work { .. }, Some(rep_ms)) => u8::try_from(self.phase.elapsed_ms / rep_ms.max(1) + 1)
                .ok()
                .map(|rep| rep.min(piece.and_then(|piece| piece.dose.reps).unwrap_or(rep))),
            _ => None,
        };
        MoveView {
            phase,
            interrupted: Some(stage).filter(|_| self.hold != Hold::Running),
            number: piece.map_or(0, |piece| piece.number),
            moves: self.admitted,
            id: piece.map_or_else(String::new, |piece| piece.dose.id.clone()),
            name: piece.map_or_else(String::new, |piece| piece.name.clone()),
            side: piece.map(|piece| piece.dose.side),
            now: self.now_text(phase),
            next: self.next_text(),
            steps: piece.map(|piece| piece.steps.clone()).unwrap_or_default(),
            easier: piece.map_or_else(String::new, |piece| piece.easier.clone()),
            support: piece.filter(|piece| piece.with_support).map(|_| SUPPORT.to_owned()),
            seconds_left: whole_seconds(self.shown_clock().left_ms),
            waits_for_ready: self.phase.open,
            run_seconds_left: whole_seconds(self.left_ms()),
            set: set.min(self.progress.sets.max(1)),
            sets: self.progress.sets,
            rep,
            reps: piece.and_then(|piece| piece.dose.reps),
            effort_max: piece.map_or(0, |piece| piece.dose.effort_max),
            asks_effort: matches!(phase, PhaseName::Rest | PhaseName::Asking),
            advice: self.signalled.map(|signal| Advice {
                signal,
                what_to_do: self.signal_text(signal),
                watch_for: self.signal_words.get(&signal).map_or_else(String::new, |words| sentence(&words.1)),
            }),
            inputs: inputs(phase, self.phase.open),
        }
    }

    /// The clock of what is shown, in milliseconds.
    #[must_use]
    pub fn phase_clock(&self) -> PhaseClock {
        self.shown_clock()
    }

    /// Time until the run is over if nothing is pressed. What waits for *ready* counts with the time it is given.
    fn left_ms(&self) -> u64 {
        let later: u64 = self
            .pieces
            .iter()
            .skip(if self.phase.stage == Stage::Waiting { 0 } else { self.at + 1 })
            .filter(|piece| piece.fate == Fate::Waiting)
            .map(|piece| piece.setup_ms.max(ASKING_MS) + piece.lead_in_ms + sets_ms(piece, piece.dose.sets))
            .sum();
        let Some(piece) = self.piece() else { return later };
        let whole = sets_ms(piece, self.progress.sets) + ASKING_MS;
        let after = |set: u8| {
            u64::from(self.progress.sets.saturating_sub(set)) * (piece.rest_ms() + piece.set_ms) + ASKING_MS
        };
        later
            + match self.phase.stage {
                Stage::Waiting => ASKING_MS,
                Stage::Ended => 0,
                Stage::SetUp(_) => self.phase.left_ms() + piece.lead_in_ms + whole,
                Stage::LeadIn => self.phase.left_ms() + whole,
                Stage::Work { set } => self.phase.left_ms() + after(set.saturating_add(1)),
                Stage::Rest { before } => self.phase.left_ms() + piece.set_ms + after(before.saturating_add(1)),
                Stage::Asking => self.phase.left_ms(),
            }
    }

    fn now_text(&self, phase: PhaseName) -> String {
        let Some(piece) = self.piece() else { return "Nothing to do.".into() };
        match phase {
            PhaseName::Waiting => format!("First: {}.", piece.label()),
            PhaseName::SetUp => sentence(&piece.position),
            PhaseName::LeadIn => "Get ready.".into(),
            PhaseName::Work if piece.rep_ms.is_some() => "Slowly, and keep breathing.".into(),
            PhaseName::Work => "Hold, and keep breathing.".into(),
            PhaseName::Rest => "Rest. Let go.".into(),
            PhaseName::Asking => "Done. How hard was it?".into(),
            PhaseName::Paused => "Paused.".into(),
            PhaseName::Off => join(["Let go. Go on easier when it has eased.".into(), sentence(&piece.easier)]),
            PhaseName::Stopped => "Let go. What happened?".into(),
            PhaseName::Ended => "That is all.".into(),
        }
    }

    fn next_text(&self) -> String {
        let Some(piece) = self.piece() else { return String::new() };
        match self.phase.stage {
            Stage::Ended => String::new(),
            Stage::Waiting | Stage::SetUp(_) | Stage::LeadIn => {
                let each = match (piece.dose.hold_seconds, piece.dose.reps) {
                    (Some(hold), _) => format!("a hold of {hold} s"),
                    (None, Some(reps)) => format!("{reps} repetitions"),
                    (None, None) => return String::new(),
                };
                match self.progress.sets {
                    0 | 1 => format!("Then {each}."),
                    sets => format!("Then {sets} times {each}."),
                }
            }
            Stage::Work { set } if set.saturating_add(1) < self.progress.sets => {
                format!("Then rest, {} s.", whole_seconds(piece.rest_ms()))
            }
            Stage::Rest { before } => format!("Then set {} of {}.", before.saturating_add(1), self.progress.sets),
            Stage::Work { .. } | Stage::Asking => match self.next_piece() {
                Some(next) => format!("Next: {}.", next.label()),
                None => "Then you are done.".into(),
            },
        }
    }
}

/// All sets and the rests between them.
fn sets_ms(piece: &Piece, sets: u8) -> u64 {
    u64::from(sets) * piece.set_ms + u64::from(sets.saturating_sub(1)) * piece.rest_ms()
}

fn inputs(phase: PhaseName, open: bool) -> Vec<InputName> {
    use InputName as I;
    // Stop is on every screen, first.
    let mut inputs = vec![I::Stop];
    inputs.extend_from_slice(match phase {
        PhaseName::SetUp if open => &[I::Ready, I::Pause, I::Lighter, I::Shorten, I::Skip][..],
        PhaseName::Waiting | PhaseName::SetUp => &[I::Ready, I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::LeadIn => &[I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Work => &[I::Lighter, I::Felt, I::Pause, I::Shorten, I::Skip],
        PhaseName::Rest => &[I::Felt, I::Ready, I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Asking => &[I::Felt, I::Ready, I::Pause],
        PhaseName::Paused | PhaseName::Off => &[I::Ready, I::Resume, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Stopped => &[I::StopReason, I::Resume],
        PhaseName::Ended => &[],
    });
    inputs.push(I::Signal);
    if phase != PhaseName::Ended {
        inputs.push(I::End);
    }
    inputs
}
