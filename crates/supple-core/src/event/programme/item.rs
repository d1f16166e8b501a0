use crate::body::{Area, Side};
use crate::knowledge::Goal;
use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing to do on a day. An item of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its id, unique in the programme. It stays the same however often and wherever the item is moved.
    pub id: String,
    /// The day it stands on.
    #[schemars(with = "String")]
    pub date: Date,
    /// What it is.
    pub kind: ItemKind,
    /// Why rolling is done; none for the other kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// When it begins, where that matters: a warm-up ends as training begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub at: Option<Time>,
    /// Whole minutes it takes at most, 1 to 60.
    pub minutes: u16,
    /// What is rolled; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// What is done; empty for rolling and for a screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<ItemMove>,
    /// Whether the person wants it to stay where it is, whatever changes around it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// A move of an item, on a side. How much of it is worked out on the day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemMove {
    /// Move id.
    #[serde(rename = "move")]
    pub id: String,
    /// The side; `both` for a move of one side at a time means one after the other.
    pub side: Side,
}

/// What an item is, in the order in which a day is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// The movement screen once more.
    Screen,
    /// Rolling.
    Smr,
    /// Stretching, after rolling.
    Stretch,
    /// Strengthening. There is never rolling between its sets.
    Strengthen,
    /// Putting it to use.
    Integrate,
}

/// Training of one's own on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `kind` and `minutes`")]
pub struct Training {
    /// What kind.
    pub kind: TrainingKind,
    /// How long, in minutes, 1 to 600.
    #[schemars(range(min = 1, max = 600))]
    pub minutes: u16,
    /// When it begins, such as `18:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub at: Option<Time>,
    /// Whether it is hard; missing means by kind and minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard: Option<bool>,
}

/// Kinds of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrainingKind {
    /// With weights or against resistance.
    Strength,
    /// Running.
    Run,
    /// Cycling.
    Cycle,
    /// Swimming.
    Swim,
    /// A team sport or a game with a racket.
    Game,
    /// Climbing.
    Climb,
    /// Dancing.
    Dance,
    /// Yoga, Pilates and the like.
    Yoga,
    /// Walking.
    Walk,
    /// Anything else.
    Other,
}

impl Training {
    /// From how many minutes on training that nobody called hard or easy counts as hard. Our judgement.
    const HARD_FROM_MINUTES: u16 = 45;

    /// Whether it is hard: as was said, or else by kind and minutes.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        let by_kind = !matches!(self.kind, TrainingKind::Yoga | TrainingKind::Walk);
        self.hard.unwrap_or(by_kind && self.minutes >= Self::HARD_FROM_MINUTES)
    }
}

impl Item {
    /// Whether it is rolling that counts for the days between: neither a warm-up nor recovery, which are short.
    #[must_use]
    pub fn is_main_rolling(&self) -> bool {
        self.kind == ItemKind::Smr && !self.is_light_rolling()
    }

    /// Whether it is a warm-up or recovery after a hard day: at most a minute on each place.
    #[must_use]
    pub fn is_light_rolling(&self) -> bool {
        self.kind == ItemKind::Smr && matches!(self.goal, Some(Goal::WarmUp | Goal::Recovery))
    }
}
