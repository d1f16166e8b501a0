use super::block::Block;
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// Where in a block the session is, and how far its clock has run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Phase {
    pub stage: Stage,
    pub length_ms: u64,
    /// Time spent in it, pauses not counted.
    pub elapsed_ms: u64,
    /// Every cue due before this was given. Kept as a time, not a count, so that a phase which becomes shorter or
    /// jumps ahead neither loses a cue nor gives one twice.
    pub cued_to_ms: u64,
    /// The clock waits for the person: a position that is new to them takes as long as it takes.
    #[serde(default)]
    pub open: bool,
}

impl Phase {
    pub const fn new(stage: Stage, length_ms: u64) -> Self {
        Self { stage, length_ms, elapsed_ms: 0, cued_to_ms: 0, open: false }
    }

    pub const fn left_ms(&self) -> u64 {
        self.length_ms.saturating_sub(self.elapsed_ms)
    }
}

/// The parts of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// The first step has not come yet, so there is no clock.
    Waiting,
    /// Getting into position.
    SetUp(Approach),
    /// 5, 4, 3, 2, 1.
    LeadIn,
    /// Under pressure; sets count from 0.
    Work { set: u8 },
    /// Off, before the set with this number.
    Rest { before: u8 },
    /// Off after the last set: how was it? The block is written down when this ends.
    Asking,
    /// Nothing more happens.
    Ended,
}

/// How one gets to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Approach {
    /// Another tool or position.
    NewPosition,
    /// The same on the other side.
    SwitchSides,
    /// Another technique in the same position.
    SamePosition,
}

/// What makes the clocks stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Hold {
    /// Nothing; they run.
    Running,
    /// The person paused.
    Paused,
    /// Felt too strong: pressure is off until the person is ready, two steps lighter.
    Off,
    /// Stopped: pressure is off, and the reason is awaited.
    Stopped {
        /// Time left to answer.
        left_ms: u64,
        /// What a mistake goes back to.
        before: Before,
    },
}

/// What held when stop was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Before {
    Running,
    Paused,
    Off,
}

impl From<Before> for Hold {
    fn from(before: Before) -> Self {
        match before {
            Before::Running => Self::Running,
            Before::Paused => Self::Paused,
            Before::Off => Self::Off,
        }
    }
}

/// What was done of the current block, and what is left of its dose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Whether its first set has begun. A block that never began is not written down.
    pub begun: bool,
    /// Sets, fewer after it was shortened.
    pub sets: u8,
    /// Length of a set, less after it was shortened before it began.
    pub set_ms: u64,
    /// Pressure really given.
    pub pressed_ms: u64,
    pub lighter_steps: u8,
    pub felt: Vec<Felt>,
    pub target: Felt,
    pub cap: Felt,
    /// The pressure given when it last was too strong. The same again without pressure in between is the same
    /// time, not a second one: people press twice.
    pub too_strong_at_ms: Option<u64>,
}

impl Progress {
    /// Of a session without blocks.
    pub const fn none() -> Self {
        Self {
            begun: false,
            sets: 0,
            set_ms: 0,
            pressed_ms: 0,
            lighter_steps: 0,
            felt: Vec::new(),
            target: Felt::NONE,
            cap: Felt::NONE,
            too_strong_at_ms: None,
        }
    }

    pub fn of(block: &Block) -> Self {
        Self { sets: block.dose.sets, set_ms: block.set_ms(), target: block.target, cap: block.cap, ..Self::none() }
    }

    pub fn lighten(&mut self, steps: u8) {
        for _ in 0..steps {
            (self.target, self.cap) = crate::dose::one_step_lighter(self.target, self.cap);
        }
        self.lighter_steps = self.lighter_steps.saturating_add(steps);
    }
}

/// The block that was pressed last: where it hurts if something does before the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    pub block: usize,
    pub pressed_ms: u64,
    pub too_strong_at_ms: Option<u64>,
}
