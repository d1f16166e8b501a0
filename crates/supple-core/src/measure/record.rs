use super::{Change, Reading, change, own_error, reading};
use crate::body::{RegionId, Side};
use crate::event::{MeasureTaken, When};
use crate::knowledge::Measure;
use crate::state::State;
use jiff::Zoned;

/// What one series of results is about: nothing more than the person, a side, or a region on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Where {
    /// The region, for tests at a place.
    pub region: Option<RegionId>,
    /// The side.
    pub side: Option<Side>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting<'s> {
    /// When it was taken.
    pub at: &'s Zoned,
    /// Before or after a session, or at rest.
    pub when: When,
    /// What it came to.
    pub reading: Reading,
}

/// All results of one test at one place or side, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<'s> {
    /// What they are about.
    pub about: Where,
    /// The results; never empty.
    pub sittings: Vec<Sitting<'s>>,
}

impl<'s> Series<'s> {
    /// The newest result.
    #[must_use]
    pub fn latest(&self) -> &Sitting<'s> {
        self.sittings.last().expect("a series is never empty")
    }

    /// The newest result at rest or before a session, and the one to compare it with: the oldest such. A result taken
    /// right after a session says what the session did, and one after a wait what a second test adds, not where one
    /// stands.
    #[must_use]
    pub fn first_and_latest_at_rest(&self) -> Option<(&Sitting<'s>, &Sitting<'s>)> {
        let mut resting = self.sittings.iter().filter(|sitting| !sitting.when.is_second_test());
        let first = resting.next()?;
        Some((first, resting.next_back()?))
    }

    /// The newest pair of results around one session: the last before it, and the first after it on the same day.
    #[must_use]
    pub fn around_a_session(&self) -> Option<(&Sitting<'s>, &Sitting<'s>)> {
        self.sittings.windows(2).rev().map(|pair| (&pair[0], &pair[1])).find(|(before, after)| {
            before.when == When::Before && after.when == When::After && before.at.date() == after.at.date()
        })
    }
}

/// What a person's log holds of one test.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'s> {
    /// A series for each side or place, in the order of places.
    pub series: Vec<Series<'s>>,
    /// The person's own standard error, once enough trials were repeated; in the measure's unit.
    pub own_error: Option<f64>,
}

impl<'s> Record<'s> {
    /// Gathers it. Results that give no reading (an older program may have let them in) are left out.
    #[must_use]
    pub fn of(measure: &Measure, id: &str, state: &'s State) -> Self {
        let mut series: Vec<Series<'s>> = Vec::new();
        let mut all: Vec<MeasureTaken> = Vec::new();
        for taken in state.measures.iter().filter(|taken| taken.what.measure == id) {
            let Ok(reading) = reading(measure, &taken.what) else { continue };
            let about = Where { region: taken.what.region, side: taken.what.side };
            let sitting = Sitting { at: &taken.at, when: taken.what.when, reading };
            match series.iter_mut().find(|known| known.about == about) {
                Some(known) => known.sittings.push(sitting),
                None => series.push(Series { about, sittings: vec![sitting] }),
            }
            all.push(taken.what.clone());
        }
        // Few series: one for each side or place.
        series.sort_unstable_by_key(|series| series.about);
        Self { series, own_error: own_error(&all) }
    }

    /// Whether a change between two results is more than error.
    #[must_use]
    pub fn change(&self, measure: &Measure, earlier: &Sitting<'_>, later: &Sitting<'_>) -> Change {
        change(measure, earlier.reading, later.reading, self.own_error)
    }

    /// Left against right at one place, both from the same day: the newest such day. A difference between sides has
    /// the same error as a change between two results.
    #[must_use]
    pub fn sides(&self, measure: &Measure, region: Option<RegionId>) -> Option<Sides> {
        let of = |side: Side| self.series.iter().find(|known| known.about == Where { region, side: Some(side) });
        let (left, right) = (of(Side::Left)?, of(Side::Right)?);
        let pair = left.sittings.iter().rev().find_map(|sitting| {
            let same_day = |other: &&Sitting<'_>| other.at.date() == sitting.at.date() && other.when == sitting.when;
            Some((sitting, right.sittings.iter().rev().find(same_day)?))
        });
        let (on_left, on_right) = pair?;
        let difference = self.change(measure, on_right, on_left);
        Some(Sides {
            left: on_left.reading.value,
            right: on_right.reading.value,
            smallest_real: difference.smallest_real,
            real: difference.real,
            freer: if difference.better { Side::Left } else { Side::Right },
        })
    }
}

/// Left against right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides {
    /// The left side's value.
    pub left: f64,
    /// The right side's value.
    pub right: f64,
    /// The smallest difference that is more than error, in the measure's unit.
    pub smallest_real: f64,
    /// Whether the difference is.
    pub real: bool,
    /// The side that goes further (or does better).
    pub freer: Side,
}
