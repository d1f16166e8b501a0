//! A move with its amount: the one thing that is proposed, admitted, guided and logged where nothing is pressed.

use crate::body::Side;
use crate::knowledge::{Knowledge, Move, Tempo};
use crate::unit::Seconds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch or an exercise on a side: how often, how long or how many, how slowly, how hard.
///
/// Either `hold_seconds` or `reps` is given, as in the move itself; the gate refuses anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveDose {
    /// Move id.
    #[serde(rename = "move")]
    pub id: String,
    /// The side; `both` for moves that work on both at once.
    pub side: Side,
    /// Number of sets, 1 to 4.
    pub sets: u8,
    /// Seconds of one hold, 1 to 120.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold_seconds: Option<u32>,
    /// Repetitions in one set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reps: Option<u8>,
    /// How slowly one repetition goes; null: at the usual pace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo: Option<Tempo>,
    /// Seconds between sets.
    pub rest_seconds: u32,
    /// How hard it may feel, 0 to 10.
    pub effort_max: u8,
}

impl MoveDose {
    /// The amount that the move itself names, on a side: the most repetitions where it gives a range.
    #[must_use]
    pub fn as_written(id: &str, known: &Move, side: Side) -> Self {
        let amount = &known.amount;
        Self {
            id: id.to_owned(),
            side,
            sets: amount.sets,
            hold_seconds: amount.hold_seconds,
            reps: amount.reps.as_ref().map(|reps| reps.high),
            tempo: amount.tempo,
            rest_seconds: amount.rest_seconds,
            effort_max: amount.effort_max,
        }
    }

    /// Seconds of one repetition: its tempo, or the usual pace where it gives none; never less than one.
    #[must_use]
    pub fn rep_seconds(&self, knowledge: &Knowledge) -> u32 {
        let tempo = self.tempo.map_or(u32::from(knowledge.limits.moves.seconds_per_rep), Tempo::seconds);
        tempo.max(1)
    }

    /// Seconds of one set: the hold, or all repetitions.
    #[must_use]
    pub fn set_seconds(&self, knowledge: &Knowledge) -> Seconds {
        let reps = self.reps.map_or(0, |reps| u32::from(reps).saturating_mul(self.rep_seconds(knowledge)));
        Seconds::new(self.hold_seconds.unwrap_or(reps))
    }

    /// Seconds of work: all sets, rests not counted.
    #[must_use]
    pub fn work(&self, knowledge: &Knowledge) -> Seconds {
        Seconds::new(u32::from(self.sets).saturating_mul(self.set_seconds(knowledge).get()))
    }

    /// Seconds from the first of the first set to the last of the last, rests included.
    #[must_use]
    pub fn span(&self, knowledge: &Knowledge) -> Seconds {
        let rests = u32::from(self.sets.saturating_sub(1)).saturating_mul(self.rest_seconds);
        Seconds::new(self.work(knowledge).get().saturating_add(rests))
    }
}

impl Tempo {
    /// Seconds of one repetition.
    #[must_use]
    pub fn seconds(self) -> u32 {
        u32::from(self.out_seconds) + u32::from(self.hold_seconds) + u32::from(self.back_seconds)
    }
}
