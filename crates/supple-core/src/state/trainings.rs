//! Trainings as they count: what was undone is gone, and two accounts of one training are one.

use super::Timed;
use crate::event::{Imported, Trained};
use crate::sorted::SortedMap;
use jiff::Zoned;

/// A training that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The id of its event; of several accounts, of the first.
    pub id: String,
    /// When it was written down.
    pub at: Zoned,
    /// What was done; what the first account does not say is taken from the later ones.
    pub what: Trained,
    /// Events that tell of the same training.
    pub also: Vec<String>,
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// When it began, and what it was.
    pub began: Timed<Imported>,
    /// When it was undone.
    pub undone: Option<Zoned>,
    /// How many trainings of it count, those that add to one that was there already included.
    pub trainings: usize,
    /// How many days of soreness of it count.
    pub days: usize,
}

impl Import {
    /// The batch's id.
    #[must_use]
    pub fn batch(&self) -> &str {
        &self.began.what.batch
    }
}

/// Two trainings that begin within so many seconds of each other are one, if they also take about as long. From the
/// issue: two minutes.
pub const SAME_START_SECONDS: i64 = 120;
/// How much longer the longer one of the two may be: 5 %.
pub const SAME_LENGTH_PERCENT: u32 = 5;

/// Trainings by what tells them apart. It holds their places in whatever list its owner keeps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownTrainings {
    by_source: SortedMap<String, usize>,
    by_start: SortedMap<i64, Vec<(u32, usize)>>,
}

impl KnownTrainings {
    /// The trainings of a list.
    pub fn of<'t>(trainings: impl IntoIterator<Item = &'t Trained>) -> Self {
        let mut known = Self::default();
        for (place, training) in trainings.into_iter().enumerate() {
            known.insert(training, place);
        }
        known
    }

    /// The place of the training that this is another account of: its source calls both the same, or they begin within
    /// two minutes of each other and the longer one takes at most 5 % longer.
    #[must_use]
    pub fn find(&self, training: &Trained) -> Option<usize> {
        if let Some(source) = &training.source
            && let Some(place) = self.by_source.get(&source.id)
        {
            return Some(*place);
        }
        let start = training.start.timestamp().as_second();
        let seconds = training.seconds.get();
        let near = self.by_start.range(&(start - SAME_START_SECONDS), &(start + SAME_START_SECONDS));
        let alike = |other: u32| {
            let (longer, shorter) = (u64::from(seconds.max(other)), u64::from(seconds.min(other)));
            longer * 100 <= shorter * u64::from(100 + SAME_LENGTH_PERCENT)
        };
        near.flat_map(|(_, there)| there).filter(|(other, _)| alike(*other)).map(|(_, place)| *place).min()
    }

    /// Adds one.
    pub fn insert(&mut self, training: &Trained, place: usize) {
        self.insert_source(training, place);
        let start = training.start.timestamp().as_second();
        self.by_start.get_or_default(start).push((training.seconds.get(), place));
    }

    /// Another account of one that is known already: it will be known by its source's id, too.
    pub fn insert_source(&mut self, training: &Trained, place: usize) {
        if let Some(source) = &training.source {
            self.by_source.insert(source.id.clone(), place);
        }
    }
}
