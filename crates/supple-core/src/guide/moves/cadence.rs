use super::super::cue::{CueKind, Direction};
use super::super::phase::{Approach, Phase, Stage};
use super::piece::Piece;

/// How often a hold is breathed through aloud. Our judgement.
const BREATH_MS: u64 = 10_000;
/// A hold shorter than this needs no half-way.
const HALF_WAY_FROM_MS: u64 = 20_000;
/// Parts of a repetition shorter than this are not called out: the words would run into each other.
const SAID_FROM_MS: u64 = 2_000;

/// The cues of a phase that are due from `from_ms` to `to_ms` (both included), in order. A cue due at the very end of a
/// phase does not exist: the next phase begins there and says its own.
pub(super) fn cues(piece: &Piece, phase: &Phase, from_ms: u64, to_ms: u64) -> Vec<(u64, CueKind)> {
    let mut all: Vec<(u64, CueKind)> = Vec::new();
    let length = phase.length_ms;
    match phase.stage {
        Stage::SetUp(Approach::NewPosition) => all.push((0, CueKind::NewPosition)),
        Stage::SetUp(Approach::SwitchSides) => all.push((0, CueKind::SwitchSides)),
        Stage::SetUp(Approach::SamePosition) => all.push((0, CueKind::SetUp)),
        Stage::LeadIn => count_down(&mut all, length, CueKind::LeadIn),
        Stage::Work { .. } => match piece.rep_ms {
            Some(rep_ms) => counted(&mut all, piece, rep_ms, length),
            None => held(&mut all, length),
        },
        Stage::Rest { .. } => {
            if length > 0 {
                all.push((0, CueKind::Rest));
            }
            count_down(&mut all, length, CueKind::LeadIn);
        }
        Stage::Asking => all.extend([(0, CueKind::Rest), (0, CueKind::AskFelt), (0, CueKind::NextUp)]),
        Stage::Waiting | Stage::Ended => {}
    }
    all.retain(|&(due, _)| (from_ms..=to_ms).contains(&due) && (due < length || due == 0));
    all.sort_by_key(|&(due, _)| due); // stable: at the same millisecond, in the order put
    all
}

fn held(all: &mut Vec<(u64, CueKind)>, length: u64) {
    all.push((0, CueKind::Start));
    let quiet_end = length.saturating_sub(BREATH_MS / 2);
    all.extend((1..).map(|n| n * BREATH_MS).take_while(|&due| due < quiet_end).map(|due| (due, CueKind::Breathe)));
    if length >= HALF_WAY_FROM_MS {
        all.retain(|&(due, _)| due != length / 2);
        all.push((length / 2, CueKind::HalfWay));
    }
    for left in 1..=3_u8 {
        let before = u64::from(left) * 1000;
        if length > before + 1000 {
            all.push((length - before, CueKind::Countdown(left)));
        }
    }
}

fn counted(all: &mut Vec<(u64, CueKind)>, piece: &Piece, rep_ms: u64, length: u64) {
    all.push((0, CueKind::Start));
    let reps = length.div_ceil(rep_ms.max(1));
    for rep in 0..reps {
        let begins = rep * rep_ms;
        let n = u8::try_from(rep + 1).unwrap_or(u8::MAX);
        all.push((begins, CueKind::Rep { n }));
        if let Some(tempo) = piece.tempo() {
            let (out, hold) = (u64::from(tempo.out_seconds) * 1000, u64::from(tempo.hold_seconds) * 1000);
            if out + hold >= SAID_FROM_MS && u64::from(tempo.back_seconds) * 1000 >= SAID_FROM_MS {
                all.push((begins + out + hold, CueKind::Pass(Direction::Back)));
            }
        }
    }
}

/// 5, 4, 3, 2, 1 before the end.
fn count_down(all: &mut Vec<(u64, CueKind)>, length: u64, kind: fn(u8) -> CueKind) {
    for left in 1..=5_u8 {
        if let Some(due) = length.checked_sub(u64::from(left) * 1000) {
            all.push((due, kind(left)));
        }
    }
}
