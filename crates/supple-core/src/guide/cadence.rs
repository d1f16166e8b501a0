use super::block::{Block, Movement};
use super::cue::{CueKind, Direction};
use super::phase::{Approach, Phase, Progress, Stage};

/// The cues of a phase that are due from `from_ms` to `to_ms` (both included), in order. A cue due at the very end
/// of a phase does not exist: the next phase begins there and says its own.
pub(super) fn cues(
    block: &Block,
    progress: &Progress,
    phase: &Phase,
    from_ms: u64,
    to_ms: u64,
) -> Vec<(u64, CueKind)> {
    let mut score = Score { from_ms, to_ms, cues: Vec::new() };
    match phase.stage {
        Stage::SetUp(approach) => match approach {
            Approach::NewPosition => {
                score.put(0, CueKind::NewPosition);
                score.put(0, CueKind::SetUp);
            }
            Approach::SwitchSides => score.put(0, CueKind::SwitchSides),
            Approach::SamePosition => score.put(0, CueKind::SetUp),
        },
        Stage::LeadIn => score.count_down(phase.length_ms, CueKind::LeadIn),
        Stage::Work { .. } => set(&mut score, block, progress, phase.length_ms),
        Stage::Rest { .. } => {
            if phase.length_ms > 0 {
                score.put(0, CueKind::Rest);
                score.put(0, CueKind::AskFelt);
            }
            score.count_down(phase.length_ms, CueKind::LeadIn);
        }
        Stage::Asking => {
            score.put(0, CueKind::Rest);
            score.put(0, CueKind::AskFelt);
            score.put(0, CueKind::NextUp);
        }
        Stage::Waiting | Stage::Ended => {}
    }
    score.cues.sort_by_key(|&(due, _)| due); // stable: at the same millisecond, in the order put
    score.cues
}

/// When each spot or stretch of a set begins, the first at 0; the shares are equal.
///
/// Strokes finish the pass under way before they move on. While still, no share is longer than the hold allowed,
/// so there may be more spots than the dose names.
pub(super) fn spot_starts(block: &Block, set_ms: u64) -> Vec<u64> {
    let mut spots = u64::from(block.dose.spots.max(1));
    if let Some(hold_ms) = block.hold_ms {
        spots = spots.max(set_ms.div_ceil(hold_ms.max(1000)));
    }
    let mut starts: Vec<u64> = (0..spots)
        .map(|i| set_ms * i / spots)
        .map(|start| match block.movement {
            Movement::Strokes { pass_ms } => start.div_ceil(pass_ms.max(1)) * pass_ms,
            _ => start,
        })
        .filter(|&start| start == 0 || start < set_ms)
        .collect();
    starts.dedup();
    starts
}

/// One repetition of a joint's movement: 3 to 4 s each way and a pause of 1 s.
const REP_MS: u64 = 8_000;
/// The quickest repetition that still is slow: one that would not fit before the spot ends is not begun.
const LEAST_REP_MS: u64 = 7_000;
/// Sets shorter than this have no half way and no small movement: there is no room to hear them.
const ROOMY_MS: u64 = 20_000;
/// Passes between two reminders to breathe out.
const BREATHE_EVERY_PASSES: u64 = 4;
/// Time between two reminders to breathe out while still.
const BREATHE_EVERY_MS: u64 = 10_000;
/// Longest countdown.
const COUNT_FROM: u64 = 5;

fn set(score: &mut Score, block: &Block, progress: &Progress, length_ms: u64) {
    let set_ms = progress.set_ms;
    // Nothing new is begun while the last seconds are counted.
    let calm_end = length_ms.saturating_sub(COUNT_FROM * 1000);
    score.put(0, CueKind::Start);
    if set_ms >= ROOMY_MS && length_ms == set_ms {
        score.put(set_ms / 2, CueKind::HalfWay);
    }
    let spots = spot_starts(block, set_ms);
    for &start in spots.iter().skip(1).filter(|&&start| start < length_ms) {
        score.put(start, CueKind::NextSpot);
    }
    match block.movement {
        Movement::Strokes { pass_ms } => passes(score, pass_ms.max(1), block.breathe_with_pass, length_ms, calm_end),
        Movement::Hold => {
            for k in score.steps(BREATHE_EVERY_MS, calm_end).filter(|&k| k > 0) {
                score.put(k * BREATHE_EVERY_MS, CueKind::Breathe);
            }
        }
        Movement::PinAndMove { most_reps } => {
            for (i, &start) in spots.iter().enumerate() {
                let end = spots.get(i + 1).copied().unwrap_or(set_ms).min(length_ms);
                reps(score, most_reps, start, end);
            }
        }
    }
    if !block.texts.small_movements.is_empty() && set_ms >= ROOMY_MS && set_ms / 4 < calm_end {
        score.put(set_ms / 4, CueKind::SmallMovement);
    }
    if length_ms >= 2 * COUNT_FROM * 1000 {
        score.count_down(length_ms, CueKind::Countdown);
    }
}

fn passes(score: &mut Score, pass_ms: u64, breathe_with_pass: bool, length_ms: u64, calm_end: u64) {
    for k in score.steps(pass_ms, length_ms) {
        let due = k * pass_ms;
        let direction = if k % 2 == 0 { Direction::Out } else { Direction::Back };
        score.put(due, CueKind::Pass(direction));
        let reminder = k > 0 && k % BREATHE_EVERY_PASSES == 0 && due < calm_end;
        if if breathe_with_pass { direction == Direction::Out } else { reminder } {
            score.put(due, CueKind::Breathe);
        }
    }
}

fn reps(score: &mut Score, most_reps: u8, start: u64, end: u64) {
    for n in 1..=most_reps {
        let due = start + u64::from(n - 1) * REP_MS;
        if due + LEAST_REP_MS > end {
            break;
        }
        score.put(due, CueKind::Rep { n });
        if n % 2 == 0 {
            score.put(due, CueKind::Breathe);
        }
    }
}

/// Collects cues inside a window.
struct Score {
    from_ms: u64,
    to_ms: u64,
    cues: Vec<(u64, CueKind)>,
}

impl Score {
    fn put(&mut self, due: u64, kind: CueKind) {
        if (self.from_ms..=self.to_ms).contains(&due) {
            self.cues.push((due, kind));
        }
    }

    /// The multiples of `every` inside the window and before `end`.
    fn steps(&self, every: u64, end: u64) -> impl Iterator<Item = u64> + use<> {
        let (first, to) = (self.from_ms.div_ceil(every), self.to_ms);
        (first..).take_while(move |k| k * every <= to && k * every < end)
    }

    /// The last seconds before `end`: at most 5, each named by how many are left.
    fn count_down(&mut self, end: u64, kind: fn(u8) -> CueKind) {
        for left in (1..=5_u8).rev() {
            if let Some(due) = end.checked_sub(u64::from(left) * 1000) {
                self.put(due, kind(left));
            }
        }
    }
}
