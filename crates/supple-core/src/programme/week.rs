use crate::event::programme::{Item, ItemKind, Training};
use crate::knowledge::Goal;
use jiff::civil::Date;

/// A rolling plan of 1 to 12 weeks: what is meant to be done on which day, and never a dose.
///
/// Doses are planned and admitted afresh on the day (`detail.rs`), so that a programme allows nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The weeks in order, without gaps between their days.
    pub weeks: Vec<Week>,
    /// What it was asked for and cannot give, and why.
    pub not_met: Vec<NotMet>,
}

/// Seven days in a row; the first begins on the day the programme begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its number, from 1.
    pub number: u8,
    /// Whether it is a lighter week: every fourth, and the first after an illness.
    pub lighter: bool,
    /// Its days in order, those without a minute to spare included.
    pub days: Vec<Day>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub date: Date,
    /// Minutes to spare, 0 to 240. All items together never take more.
    pub minutes: u16,
    /// Training of one's own.
    pub training: Vec<Training>,
    /// What is planned, in the order in which it is done.
    pub items: Vec<Item>,
}

/// A rule that could not be kept, or a wish that could not be met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotMet {
    /// Which: an id of `reasons.toml`.
    pub rule: String,
    /// Why, in one sentence.
    pub why: String,
}

impl Programme {
    /// Every item in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.days().flat_map(|day| &day.items)
    }

    /// Every day in order.
    pub fn days(&self) -> impl Iterator<Item = &Day> {
        self.weeks.iter().flat_map(|week| &week.days)
    }

    /// One day, if it is in the programme.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days().find(|day| day.date == date)
    }

    /// One item, if it is in the programme.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items().find(|item| item.id == id)
    }
}

impl Day {
    /// Minutes of all items together.
    #[must_use]
    pub fn used(&self) -> u16 {
        self.items.iter().map(|item| item.minutes).sum()
    }

    /// Whether anything is rolled before the stretches of the day; a warm-up belongs to its training.
    #[must_use]
    pub fn is_rolled(&self) -> bool {
        self.items.iter().any(|item| item.kind == ItemKind::Smr && item.goal != Some(Goal::WarmUp))
    }

    /// Whether some training of the day is hard.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        self.training.iter().any(Training::is_hard)
    }
}
