use super::Training;
use crate::body::{RegionId, Side};
use crate::knowledge::{Equipment, Goal};
use crate::sorted::SortedSet;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a programme is made from, besides what is known of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// What it is for, the most important first.
    pub goals: Vec<Aim>,
    /// What was seen in the movement screen and is to be worked on, the most important first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compensations: Vec<Seen>,
    /// Regions chosen by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wants: Vec<RegionId>,
    /// What moves can be done with; a roller, a ball or a stick stands in the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<Equipment>,
    /// The first day.
    #[schemars(with = "String")]
    pub start: Date,
    /// How many weeks, 1 to 12.
    #[schemars(range(min = 1, max = 12))]
    pub weeks: u8,
    /// Days with time to spare or training, in order, each once; a day that is not there has no minute to spare.
    pub days: Vec<DayWish>,
}

/// What a programme is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// To move more freely.
    Mobility,
    /// To be less sore after training.
    Recovery,
    /// To be ready before training.
    WarmUp,
    /// To wind down.
    WindDown,
    /// To be stronger where it was seen to help.
    Strength,
}

impl Aim {
    /// Every aim.
    pub const ALL: [Self; 5] = [Self::Mobility, Self::Recovery, Self::WarmUp, Self::WindDown, Self::Strength];

    /// The id used in files and on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mobility => "mobility",
            Self::Recovery => "recovery",
            Self::WarmUp => "warm_up",
            Self::WindDown => "wind_down",
            Self::Strength => "strength",
        }
    }

    /// The goal of a day's rolling.
    #[must_use]
    pub const fn rolling(self) -> Goal {
        match self {
            Self::WindDown => Goal::WindDown,
            Self::Mobility | Self::Recovery | Self::WarmUp | Self::Strength => Goal::Mobility,
        }
    }
}

/// Something that was seen, perhaps on one side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Id of `compensations/`.
    pub id: String,
    /// On which side; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

/// One day as a person has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `date`, `minutes` and perhaps `training`")]
pub struct DayWish {
    /// Which day.
    #[schemars(with = "String")]
    pub date: Date,
    /// Minutes to spare for the programme, 0 to 240.
    #[schemars(range(max = 240))]
    pub minutes: u16,
    /// Training of one's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub training: Vec<Training>,
}

impl Wishes {
    /// Equipment at hand as a set.
    #[must_use]
    pub fn has(&self) -> SortedSet<Equipment> {
        self.equipment.iter().copied().collect()
    }
}
