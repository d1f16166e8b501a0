use super::block::{Block, Fate, Movement};
use super::cue::Direction;
use super::hold::Holds;
use super::input::InputName;
use super::phase::{Approach, Hold, Stage};
use super::session::{ASKING_MS, Session};
use super::words::{aim, join, label, sentence, travel};
use crate::body::{RegionId, Side};
use crate::knowledge::StopSignalId;
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// What a screen needs to show now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// What holds now; a pause or a stop stands before the phase it interrupts.
    pub phase: PhaseName,
    /// The phase that goes on after a pause, an off or a stop.
    pub interrupted: Option<PhaseName>,
    /// The block in progress or next to begin, from 0.
    pub block: usize,
    /// Number of blocks admitted.
    pub blocks: usize,
    /// Technique id.
    pub technique: String,
    /// What people call the technique.
    pub technique_name: String,
    /// The region.
    pub region: Option<RegionId>,
    /// What people call the region.
    pub region_name: String,
    /// The side.
    pub side: Option<Side>,
    /// What to do now.
    pub now: String,
    /// What comes next.
    pub next: String,
    /// Seconds left in the phase, begun ones counted whole. In a stop: seconds left to answer.
    pub seconds_left: u32,
    /// Whether the clock waits until the person is ready: `seconds_left` is what it would take at least.
    #[serde(default)]
    pub waits_for_ready: bool,
    /// Seconds left in the session if nothing is pressed.
    pub session_seconds_left: u32,
    /// How much of the session is over, 0 to 1.
    pub progress: f64,
    /// The set in progress or next to begin, from 1.
    pub set: u8,
    /// Sets of this block.
    pub sets: u8,
    /// How strong it should feel now.
    pub felt_target: Felt,
    /// The most it may feel now.
    pub felt_cap: Felt,
    /// Seconds of one pass in one direction, when the tool travels.
    pub seconds_per_pass: Option<u32>,
    /// Whether to ask how strong it was.
    pub asks_felt: bool,
    /// What to watch for after a stop signal.
    pub advice: Option<Advice>,
    /// The inputs that do something now. All others are accepted, too.
    pub inputs: Vec<InputName>,
}

/// The clock of a phase, finer than seconds, for a ring that moves evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseClock {
    /// Milliseconds left, in a stop those left to answer.
    pub left_ms: u64,
    /// Milliseconds of the whole phase.
    pub length_ms: u64,
    /// Whether it runs.
    pub running: bool,
    /// Where in its pass the tool is, while it travels.
    pub pass: Option<PassClock>,
}

/// Where in a pass the tool is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassClock {
    /// Which way it goes.
    pub direction: Direction,
    /// Milliseconds since the pass began.
    pub elapsed_ms: u64,
    /// Milliseconds of a pass.
    pub length_ms: u64,
}

/// What is said after a stop signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// The signal.
    pub signal: StopSignalId,
    /// What to do.
    pub what_to_do: String,
    /// What to watch for, and whom to ask.
    pub watch_for: String,
}

/// What holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseName {
    /// Not begun: the first step starts the clock.
    Waiting,
    /// Getting into position.
    SetUp,
    /// 5, 4, 3, 2, 1.
    LeadIn,
    /// Under pressure.
    Work,
    /// Off, between two sets.
    Rest,
    /// Off, after the last set: how strong was it?
    Asking,
    /// Paused by the person.
    Paused,
    /// Felt too strong; off until the person is ready.
    Off,
    /// Stopped; the reason is awaited.
    Stopped,
    /// Over.
    Ended,
}

impl Session {
    /// What a screen needs to show now.
    #[must_use]
    pub fn view(&self) -> View {
        let block = self.block();
        let stage = stage_name(self.phase.stage);
        let phase = self.shown();
        let left_ms = self.left_ms();
        let set = match self.phase.stage {
            Stage::Work { set } | Stage::Rest { before: set } => set.saturating_add(1),
            Stage::Asking => self.progress.sets,
            _ => 1,
        };
        View {
            phase,
            interrupted: Some(stage).filter(|_| self.hold != Hold::Running),
            block: self.at,
            blocks: self.blocks.len(),
            technique: block.map_or_else(String::new, |b| b.dose.technique.clone()),
            technique_name: block.map_or_else(String::new, |b| b.name.clone()),
            region: block.map(|b| b.dose.region),
            region_name: block.map_or_else(String::new, |b| b.region_name.clone()),
            side: block.map(|b| b.dose.side),
            now: self.now_text(phase),
            next: self.next_text(),
            seconds_left: whole_seconds(self.shown_clock().left_ms),
            waits_for_ready: self.phase.open,
            session_seconds_left: whole_seconds(left_ms),
            progress: share(self.ran_ms, left_ms),
            set: set.min(self.progress.sets.max(1)),
            sets: self.progress.sets,
            felt_target: self.progress.target,
            felt_cap: self.progress.cap,
            seconds_per_pass: block.and_then(|b| match b.movement {
                Movement::Strokes { pass_ms } => Some(whole_seconds(pass_ms)),
                _ => None,
            }),
            asks_felt: matches!(phase, PhaseName::Rest | PhaseName::Asking),
            advice: self.signalled.map(|signal| Advice {
                signal,
                what_to_do: self.signal_text(signal),
                watch_for: self.signal_words.get(&signal).map_or_else(String::new, |words| sentence(&words.1)),
            }),
            inputs: inputs(phase, self.in_block(), self.phase.open),
        }
    }

    /// The clock of what is shown, in milliseconds.
    #[must_use]
    pub fn phase_clock(&self) -> PhaseClock {
        let phase = &self.phase;
        let pass = match (phase.stage, self.block().map(|block| block.movement)) {
            (Stage::Work { .. }, Some(Movement::Strokes { pass_ms })) if pass_ms > 0 => Some(PassClock {
                direction: if (phase.elapsed_ms / pass_ms).is_multiple_of(2) {
                    Direction::Out
                } else {
                    Direction::Back
                },
                elapsed_ms: phase.elapsed_ms % pass_ms,
                length_ms: pass_ms,
            }),
            _ => None,
        };
        PhaseClock { pass, ..self.shown_clock() }
    }

    /// Time until the session is over if nothing is pressed.
    fn left_ms(&self) -> u64 {
        let waiting = |from: usize| self.blocks.iter().skip(from).filter(|block| block.fate == Fate::Waiting);
        // The question after a block is taken out of the set-up that follows it.
        let later = |from: usize| {
            let way_ms =
                |setup_ms: u64| if self.whole_setup { setup_ms + ASKING_MS } else { setup_ms.max(ASKING_MS) };
            waiting(from).map(|block| way_ms(block.setup_ms) + under_way_ms(block)).sum::<u64>()
        };
        match self.phase.stage {
            Stage::Ended => 0,
            Stage::Waiting => match waiting(0).next() {
                Some(first) => first.setup_ms + under_way_ms(first) + ASKING_MS + later(1),
                None => 0,
            },
            stage => self.phase.left_ms() + self.rest_of_block_ms(stage) + later(self.at + 1),
        }
    }

    fn rest_of_block_ms(&self, stage: Stage) -> u64 {
        let Some(block) = self.block() else { return 0 };
        let (sets, set_ms, rest_ms) = (u64::from(self.progress.sets), self.progress.set_ms, block.rest_ms());
        let whole = sets * set_ms + sets.saturating_sub(1) * rest_ms + ASKING_MS;
        match stage {
            Stage::SetUp(_) => block.lead_in_ms + whole,
            Stage::LeadIn => whole,
            Stage::Work { set } => sets.saturating_sub(u64::from(set) + 1) * (rest_ms + set_ms) + ASKING_MS,
            Stage::Rest { before } => {
                let after = sets.saturating_sub(u64::from(before) + 1);
                set_ms + after * (rest_ms + set_ms) + ASKING_MS
            }
            Stage::Asking | Stage::Waiting | Stage::Ended => 0,
        }
    }

    fn now_text(&self, phase: PhaseName) -> String {
        let Some(block) = self.block() else { return "Nothing to do.".into() };
        match phase {
            PhaseName::Waiting => format!("First: {}.", label(block)),
            PhaseName::SetUp => match self.phase.stage {
                Stage::SetUp(Approach::SwitchSides) => join(["Switch sides.".into(), sentence(&block.texts.setup)]),
                _ => join([sentence(&block.texts.position), sentence(&block.texts.setup), travel(block)]),
            },
            PhaseName::LeadIn => "Get ready.".into(),
            PhaseName::Work => join([self.movement_text(block), aim(self.progress.target)]),
            PhaseName::Rest => "Rest. Lift off.".into(),
            PhaseName::Asking => "Done. How strong was it?".into(),
            PhaseName::Paused => "Paused.".into(),
            PhaseName::Off => join(["Pressure off. Go on lighter when it has eased.".into(), self.lighter_hint()]),
            PhaseName::Stopped => "Pressure off. What happened?".into(),
            PhaseName::Ended => "That is the session.".into(),
        }
    }

    fn movement_text(&self, block: &Block) -> String {
        match block.movement {
            Movement::Strokes { pass_ms } => format!("Roll slowly, {} s each way.", whole_seconds(pass_ms)),
            Movement::Hold => "Hold still and breathe.".into(),
            Movement::PinAndMove { .. } => {
                let motion = block.texts.active.as_ref().map_or_else(String::new, |active| sentence(&active.motion));
                join(["Keep the pressure where it is.".into(), motion])
            }
        }
    }

    fn next_text(&self) -> String {
        let Some(block) = self.block() else { return String::new() };
        let rest = || format!("Then rest, {} s.", whole_seconds(block.rest_ms()));
        match self.phase.stage {
            Stage::Ended => String::new(),
            Stage::Waiting | Stage::SetUp(_) | Stage::LeadIn => {
                let (sets, seconds) = (self.progress.sets, whole_seconds(self.progress.set_ms));
                if sets > 1 { format!("Then {sets} sets of {seconds} s.") } else { format!("Then {seconds} s.") }
            }
            Stage::Work { set } if set.saturating_add(1) < self.progress.sets => rest(),
            Stage::Rest { before } => format!("Then set {} of {}.", before.saturating_add(1), self.progress.sets),
            Stage::Work { .. } | Stage::Asking => match self.next_block() {
                Some(next) => format!("Next: {}.", label(next)),
                None => "Then you are done.".into(),
            },
        }
    }
}

pub(super) const fn stage_name(stage: Stage) -> PhaseName {
    match stage {
        Stage::Waiting => PhaseName::Waiting,
        Stage::SetUp(_) => PhaseName::SetUp,
        Stage::LeadIn => PhaseName::LeadIn,
        Stage::Work { .. } => PhaseName::Work,
        Stage::Rest { .. } => PhaseName::Rest,
        Stage::Asking => PhaseName::Asking,
        Stage::Ended => PhaseName::Ended,
    }
}

fn inputs(phase: PhaseName, in_block: bool, open: bool) -> Vec<InputName> {
    use InputName as I;
    // Stop is on every screen, first.
    let mut inputs = vec![I::Stop];
    inputs.extend_from_slice(match phase {
        PhaseName::SetUp if open => &[I::Ready, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Waiting | PhaseName::SetUp => {
            &[I::Ready, I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip][..]
        }
        PhaseName::LeadIn => &[I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Work => &[I::Lighter, I::Felt, I::Pause, I::Shorten, I::Skip],
        PhaseName::Rest => &[I::Felt, I::Ready, I::AddTime, I::Pause, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Asking => &[I::Felt, I::Ready, I::AddTime, I::Pause],
        PhaseName::Paused => &[I::Resume, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Off => &[I::Ready, I::Resume, I::Lighter, I::Shorten, I::Skip],
        PhaseName::Stopped => &[I::StopReason, I::Resume],
        PhaseName::Ended => &[],
    });
    if phase == PhaseName::Paused && in_block {
        inputs.push(I::Felt);
    }
    inputs.push(I::Signal);
    if phase != PhaseName::Ended {
        inputs.push(I::End);
    }
    inputs
}

/// From the count-in to the last second of pressure.
fn under_way_ms(block: &Block) -> u64 {
    block.lead_in_ms + u64::from(block.dose.span().get()) * 1000
}

pub(super) fn whole_seconds(ms: u64) -> u32 {
    u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX)
}

fn share(done_ms: u64, left_ms: u64) -> f64 {
    if left_ms == 0 {
        return 1.0;
    }
    // A session is minutes long: far from where f64 loses whole milliseconds.
    #[allow(clippy::cast_precision_loss)]
    let (done, left) = (done_ms as f64, left_ms as f64);
    done / (done + left)
}
