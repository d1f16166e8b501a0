//! Programmes as they are kept: what was wished for, what stands on which day, and what came up.

mod change;
mod item;
mod wishes;

pub use change::Change;
pub use item::{Item, ItemKind, ItemMove, Training, TrainingKind};
pub use wishes::{Aim, DayWish, Seen, Wishes};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A programme was made and kept; one before it is over.
///
/// It holds wishes and days, never doses: whatever is started on a day is planned and admitted afresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeSet {
    /// The programme's id, made by the shell.
    pub programme: String,
    /// What it was made from.
    pub wishes: Wishes,
    /// What stands on which day.
    pub items: Vec<Item>,
}

/// Something came up, and the programme was made again from a day on.
///
/// It holds the items and not only the change: a later program, or one that knows more of the person, would make others,
/// and what stands in somebody's calendar shall not move by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeChanged {
    /// The programme.
    pub programme: String,
    /// What came up.
    pub change: Change,
    /// What stands on which day now, all days of the programme.
    pub items: Vec<Item>,
    /// The first day that could change.
    #[schemars(with = "String")]
    pub from: Date,
}

/// A programme is not wanted any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeEnded {
    /// The programme.
    pub programme: String,
}
