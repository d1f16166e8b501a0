//! How sore somebody will be, from how sore they were and what they did: `docs/model.md`, soreness.
//!
//! ```text
//!  days of soreness and load ─filter─▶ a normal distribution for the next day ─points─▶ a chance for each whole point
//!        of everybody in turn            for each of 108 kinds of person                weighted by what was seen
//! ```
//!
//! Everything is made from earlier days only, so a forecast can be scored against what came ([`score`]).

mod filter;
pub mod person;
mod rivals;
mod score;

pub use score::{Forecasts, Scored, Scores, score};

use crate::math;
use crate::sorted::SortedMap;
use filter::{Filter, KINDS, Kind};

/// A scale of whole points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// The lowest point.
    pub lowest: i32,
    /// The highest point; above the lowest.
    pub highest: i32,
    /// Whether a higher point means more sore.
    pub higher_is_sorer: bool,
}

impl Points {
    /// How many points there are.
    #[must_use]
    pub fn count(self) -> usize {
        usize::try_from(self.highest - self.lowest).map_or(0, |steps| steps + 1)
    }

    /// Which point a number is; none if it is no whole number of the scale.
    #[must_use]
    pub fn index(self, value: i32) -> Option<usize> {
        (self.lowest..=self.highest).contains(&value).then(|| usize::try_from(value - self.lowest).ok()).flatten()
    }

    /// A quarter of the scale: the unit in which spreads are thought of.
    pub(super) fn quarter(self) -> f64 {
        f64::from(self.highest - self.lowest) / 4.0
    }

    /// Which way more soreness lies.
    const fn sorer(self) -> f64 {
        if self.higher_is_sorer { 1.0 } else { -1.0 }
    }

    fn middle(self) -> f64 {
        f64::from(self.highest + self.lowest) / 2.0
    }

    /// A normal distribution cut into whole points; what lies beyond the ends counts to them.
    pub(super) fn in_points(self, (mean, variance): (f64, f64)) -> Vec<f64> {
        let spread = math::sqrt(variance);
        let mut below = 0.0;
        let mut chances: Vec<f64> = (self.lowest..=self.highest)
            .map(|point| {
                let up_to = if point == self.highest {
                    1.0
                } else {
                    super::normal_cdf((f64::from(point) + 0.5 - mean) / spread)
                };
                // Nothing is impossible: one surprise must not rule a kind of person out for ever.
                let chance = (up_to - below).max(LEAST_CHANCE);
                below = up_to;
                chance
            })
            .collect();
        let total: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= total);
        chances
    }
}

/// What one person wrote down; days count from any day, the same for everybody.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diary {
    /// Soreness of a day, a point of the scale; days without are left out.
    pub soreness: SortedMap<i32, i32>,
    /// Load of a day: minutes times effort of 10, summed.
    pub load: SortedMap<i32, f64>,
}

/// The hour in which training ends and in which soreness is asked for on the days after: 18 and 8 o'clock, our judgement.
const HOURS_TO_NEXT_MORNING: f64 = 14.0;
/// When soreness after unaccustomed work is greatest, in hours; 36 to 48 in most studies.
const PEAK_HOURS: f64 = 40.0;
/// Shape of the curve; with 3 it is below a tenth of its height before 9 and after 120 hours.
const SHAPE: f64 = 3.0;
/// After so many days a load no longer counts.
const DAYS_FELT: i32 = 5;
/// Load of one unit: 20 minutes at 5 of 10.
const LOAD_UNIT: f64 = 100.0;

/// How much of a load is felt after some hours: 1 at the peak.
fn felt_after(hours: f64) -> f64 {
    let share = hours / PEAK_HOURS;
    share * share * share * math::exp(SHAPE * (1.0 - share))
}

/// What loads before a day ask of it: yesterday's alone, and what is felt of the last days. The root, since twice the
/// work does not hurt twice as much (our judgement).
fn pull(diary: &Diary, day: i32) -> [f64; 2] {
    let load = |days: i32| math::sqrt(diary.load.get(&(day - days)).map_or(0.0, |load| load.max(0.0)) / LOAD_UNIT);
    let felt = (1..=DAYS_FELT).map(|days| {
        let hours = 24.0 * f64::from(days - 1) + HOURS_TO_NEXT_MORNING;
        felt_after(hours) * load(days)
    });
    [load(1), felt.sum()]
}

/// One person, seen as each kind of person there is.
#[derive(Debug, Clone)]
struct Seen {
    filters: Vec<Filter>,
    /// Logarithm of how well each kind foretold what came.
    log_weights: Vec<f64>,
}

/// What was learned of some people, up to a day.
#[derive(Debug, Clone)]
pub struct Forecaster {
    points: Points,
    people: SortedMap<String, Seen>,
}

/// What others were like counts as much as this share of one of them; own days count fully. Our judgement.
const OTHERS: f64 = 0.3;

impl Forecaster {
    /// Nobody is known yet.
    #[must_use]
    pub fn new(points: Points) -> Self {
        Self { points, people: SortedMap::new() }
    }

    /// The chance of each point of the scale on a day, from what was learned and from loads on the days before it.
    #[must_use]
    pub fn foretell(&self, person: &str, diary: &Diary, day: i32) -> Vec<f64> {
        let chances = self.chances(person, pull(diary, day), day);
        let mut mixed = vec![0.0; self.points.count()];
        for (weight, chances) in self.weights(person).iter().zip(&chances) {
            for (sum, chance) in mixed.iter_mut().zip(chances) {
                *sum += weight * chance;
            }
        }
        mixed
    }

    /// Learns what a day was like. Days of a person come in order.
    pub fn learn(&mut self, person: &str, diary: &Diary, day: i32, value: i32) {
        let Some(point) = self.points.index(value) else { return };
        let pull = pull(diary, day);
        let chances = self.chances(person, pull, day);
        let points = self.points;
        let seen = self.people.get_or_insert_with(person.to_owned(), || Seen::new(points));
        for ((filter, log_weight), chances) in seen.filters.iter_mut().zip(&mut seen.log_weights).zip(&chances) {
            *log_weight += math::ln(chances[point]);
            filter.take_in(day, pull, f64::from(value));
        }
    }

    fn chances(&self, person: &str, pull: [f64; 2], day: i32) -> Vec<Vec<f64>> {
        let fresh;
        let seen = match self.people.get(person) {
            Some(seen) => seen,
            None => {
                fresh = Seen::new(self.points);
                &fresh
            }
        };
        seen.filters.iter().map(|filter| self.points.in_points(filter.ahead(day, pull))).collect()
    }

    /// How much each kind of person counts for this one: their own days, and a little of what the others were like.
    fn weights(&self, person: &str) -> Vec<f64> {
        let others = self.people.iter().filter(|(name, _)| name.as_str() != person);
        let (mut sums, mut many) = (vec![0.0; KINDS], 0.0_f64);
        for (_, seen) in others {
            many += 1.0;
            for (sum, log_weight) in sums.iter_mut().zip(&seen.log_weights) {
                *sum += log_weight;
            }
        }
        let own = self.people.get(person);
        let logs: Vec<f64> = (0..KINDS)
            .map(|kind| own.map_or(0.0, |own| own.log_weights[kind]) + OTHERS * sums[kind] / many.max(1.0))
            .collect();
        let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raised: Vec<f64> = logs.iter().map(|log| math::exp(log - best)).collect();
        let total: f64 = raised.iter().sum();
        raised.iter().map(|weight| weight / total).collect()
    }
}

const LEAST_CHANCE: f64 = 1e-6;

impl Seen {
    fn new(points: Points) -> Self {
        Self {
            filters: Kind::all()
                .map(|kind| Filter::new(kind, points.middle(), points.quarter(), points.sorer()))
                .collect(),
            log_weights: vec![0.0; KINDS],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_TO_FIVE: Points = Points { lowest: 1, highest: 5, higher_is_sorer: false };

    #[test]
    fn what_is_felt_of_a_load_is_greatest_on_the_second_day_and_gone_after_the_fifth() {
        let days: Vec<f64> = (0..6).map(|day| felt_after(24.0 * f64::from(day) + HOURS_TO_NEXT_MORNING)).collect();
        let most = days.iter().copied().fold(0.0, f64::max);
        assert!((days[1] - most).abs() < 1e-12, "{days:?}");
        assert!((felt_after(PEAK_HOURS) - 1.0).abs() < 1e-12);
        assert!(days[5] < 0.1, "{days:?}");
    }

    #[test]
    fn chances_add_up_and_follow_what_was_seen() {
        let mut diary = Diary::default();
        for day in 0..30 {
            diary.soreness.insert(day, if day % 7 == 0 { 2 } else { 3 });
        }
        let mut forecaster = Forecaster::new(ONE_TO_FIVE);
        let before = forecaster.foretell("a", &diary, 0);
        for (day, value) in &diary.soreness {
            forecaster.learn("a", &diary, *day, *value);
        }
        let after = forecaster.foretell("a", &diary, 30);
        for chances in [&before, &after] {
            assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert!(after[2] > 0.6 && after[2] > before[2], "{before:?} then {after:?}");
    }

    #[test]
    fn somebody_whom_load_makes_sore_is_known_after_some_weeks() {
        let mut diary = Diary::default();
        for day in 0..60 {
            if day % 5 == 0 {
                diary.load.insert(day, 400.0);
            }
            // Sore on the day after, on a scale where 1 is very sore.
            diary.soreness.insert(day, if day % 5 == 1 { 2 } else { 4 });
        }
        let mut forecaster = Forecaster::new(ONE_TO_FIVE);
        for (day, value) in &diary.soreness {
            forecaster.learn("a", &diary, *day, *value);
        }
        // Day 60 trained, so day 61 is sore; without it, it is not.
        let mean = |diary: &Diary| -> f64 {
            forecaster.foretell("a", diary, 61).iter().zip(1..).map(|(p, point)| p * f64::from(point)).sum()
        };
        let rested = mean(&diary);
        diary.load.insert(60, 400.0);
        assert!(mean(&diary) < rested - 0.8, "{} after training, {rested} after rest", mean(&diary));
    }
}
