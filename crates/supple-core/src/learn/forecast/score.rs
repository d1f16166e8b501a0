//! How good forecasts are: every one made from earlier days only, beside three rivals.

use super::rivals::Rivals;
use super::{Diary, Forecaster, Points};
use crate::draws::Draws;
use crate::sorted::SortedMap;

/// Readings somebody needs before their forecasts are scored.
pub(super) const LEAST_READINGS: usize = 7;
/// The share of what comes that should lie inside, and what should lie below it.
const BELOW: f64 = 0.05;
const UP_TO: f64 = 0.95;
const DRAWS: usize = 4000;

/// The continuous ranked probability score of each, in points of the scale; lower is better.
///
/// Source: Gneiting T, Raftery AE. J Am Stat Assoc 2007;102:359-378.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scores {
    /// Ours.
    pub supple: f64,
    /// The last reading again.
    pub persistence: f64,
    /// The person's mean so far.
    pub mean: f64,
    /// Ridge regression on the last readings and loads.
    pub ridge: f64,
}

impl Scores {
    fn each(self, other: Self, with: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            supple: with(self.supple, other.supple),
            persistence: with(self.persistence, other.persistence),
            mean: with(self.mean, other.mean),
            ridge: with(self.ridge, other.ridge),
        }
    }

    /// The best rival.
    #[must_use]
    pub const fn best_rival(self) -> f64 {
        self.persistence.min(self.mean).min(self.ridge)
    }
}

/// The forecasts of one person, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scored {
    /// How many.
    pub n: usize,
    /// Their mean scores.
    pub crps: Scores,
    /// The share of what came that lay in our 90 % intervals. The scale has whole points, so an end of an interval goes
    /// through one; such a point counts by the part of it that lies inside, as if the choice were made by lot.
    pub coverage90: f64,
    /// The same with intervals of whole points, which are wider.
    pub coverage90_whole_points: f64,
}

/// All forecasts for a group of people.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecasts {
    /// Person by person; who has too few readings is not in it.
    pub people: SortedMap<String, Scored>,
    /// Over all forecasts.
    pub all: Scored,
    /// By how much ours scores below the best rival, as a share of the rival's score; above 0: ours is better.
    pub better_by: f64,
    /// A 95 % interval of that, drawing whole persons with replacement.
    pub better_by_ci: (f64, f64),
}

/// Scores forecasts for the next reading of everybody. People are followed side by side in the order of days: whoever is
/// forecast, nothing later is known of anybody. None if nobody has readings enough.
///
/// `seed` draws the interval.
#[must_use]
pub fn score(diaries: &SortedMap<String, Diary>, points: Points, seed: u64) -> Option<Forecasts> {
    let mut days: Vec<(i32, &str)> = diaries
        .iter()
        .flat_map(|(person, diary)| diary.soreness.keys().map(move |day| (*day, person.as_str())))
        .collect();
    days.sort_unstable();
    let mut forecaster = Forecaster::new(points);
    let mut rivals: SortedMap<&str, Rivals> = SortedMap::new();
    let mut sums: SortedMap<String, Scored> = SortedMap::new();
    // Those of one day are all forecast before any of it is learned.
    for today in days.chunk_by(|(a, _), (b, _)| a == b) {
        for (day, person) in today {
            let diary = &diaries[*person];
            let Some(point) = points.index(diary.soreness[day]) else { continue };
            let Some(rivals) = rivals.get(person).filter(|rivals| rivals.misses() + 1 >= LEAST_READINGS) else {
                continue;
            };
            let ours = forecaster.foretell(person, diary, *day);
            let [persistence, mean, ridge] = rivals.foretell(diary, *day, points);
            let crps = Scores {
                supple: crps(&ours, point),
                persistence: crps(&persistence, point),
                mean: crps(&mean, point),
                ridge: crps(&ridge, point),
            };
            let (inside, whole) = coverage(&ours, point);
            let one = Scored { n: 1, crps, coverage90: inside, coverage90_whole_points: whole };
            let sum = sums.get_or_default((*person).to_owned());
            *sum = add(*sum, one);
        }
        for (day, person) in today {
            let diary = &diaries[*person];
            let value = diary.soreness[day];
            if points.index(value).is_some() {
                forecaster.learn(person, diary, *day, value);
                rivals.get_or_default(*person).learn(diary, *day, value);
            }
        }
    }
    let totals: Vec<Scored> = sums.values().copied().collect();
    let all = totals.iter().copied().reduce(add)?;
    let better_by_ci = bootstrap(&totals, seed);
    let all = mean_of(all);
    let people = sums.iter().map(|(person, sum)| (person.clone(), mean_of(*sum))).collect();
    Some(Forecasts { people, all, better_by: better_by(all.crps), better_by_ci })
}

fn better_by(crps: Scores) -> f64 {
    1.0 - crps.supple / crps.best_rival()
}

pub(super) fn add(a: Scored, b: Scored) -> Scored {
    Scored {
        n: a.n + b.n,
        crps: a.crps.each(b.crps, |a, b| a + b),
        coverage90: a.coverage90 + b.coverage90,
        coverage90_whole_points: a.coverage90_whole_points + b.coverage90_whole_points,
    }
}

#[allow(clippy::cast_precision_loss)] // days
pub(super) fn mean_of(sum: Scored) -> Scored {
    let n = sum.n as f64;
    Scored {
        n: sum.n,
        crps: sum.crps.each(Scores::default(), |sum, _| sum / n),
        coverage90: sum.coverage90 / n,
        coverage90_whole_points: sum.coverage90_whole_points / n,
    }
}

/// The sum of squared differences between the two distribution functions, a step of the scale each.
pub(super) fn crps(chances: &[f64], came: usize) -> f64 {
    let mut below = 0.0;
    chances[..chances.len() - 1]
        .iter()
        .enumerate()
        .map(|(point, chance)| {
            below += chance;
            let off = below - if came <= point { 1.0 } else { 0.0 };
            off * off
        })
        .sum()
}

/// How much of what came lies in the middle 90 %, and whether it lies in the whole points that hold it.
pub(super) fn coverage(chances: &[f64], came: usize) -> (f64, f64) {
    let below: f64 = chances[..came].iter().sum();
    let up_to = below + chances[came];
    let inside = (up_to.min(UP_TO) - below.max(BELOW)).max(0.0) / chances[came];
    (inside, if up_to > BELOW && below < UP_TO { 1.0 } else { 0.0 })
}

fn bootstrap(people: &[Scored], seed: u64) -> (f64, f64) {
    let mut people_drawn = Draws::new(seed);
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn = (0..people.len()).map(|_| people[people_drawn.below(people.len())]);
            better_by(mean_of(drawn.fold(Scored::default(), add)).crps)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    (draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_nothing_for_who_knew_and_most_for_who_was_sure_of_the_other_end() {
        assert!(crps(&[0.0, 0.0, 1.0, 0.0, 0.0], 2).abs() < 1e-15);
        assert!((crps(&[1.0, 0.0, 0.0, 0.0, 0.0], 4) - 4.0).abs() < 1e-15);
        // By hand: 0.2, 0.5, 0.5 below steps 1 to 3 of 4 points, came the third.
        assert!((crps(&[0.2, 0.3, 0.0, 0.5], 2) - (0.04 + 0.25 + 0.25)).abs() < 1e-15);
    }

    #[test]
    fn a_point_half_inside_counts_half() {
        let chances = [0.10, 0.80, 0.10];
        assert!((coverage(&chances, 0).0 - 0.5).abs() < 1e-12);
        assert!((coverage(&chances, 1).0 - 1.0).abs() < 1e-12);
        let expected: f64 = (0..3).map(|came| chances[came] * coverage(&chances, came).0).sum();
        assert!((expected - 0.9).abs() < 1e-12, "right in the mean where the chances are true");
        assert!((coverage(&chances, 2).1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_later_changes_an_earlier_forecast() {
        let points = Points { lowest: 0, highest: 10, higher_is_sorer: true };
        let diary = |days: i32, shift: i32| Diary {
            soreness: (0..days).map(|day| (day, (day * 7 + shift) % 5)).collect(),
            load: (0..days).map(|day| (day, f64::from(day % 4) * 90.0)).collect(),
        };
        let scored = |days: i32| {
            let group = SortedMap::from([("a".to_owned(), diary(days, 0)), ("b".to_owned(), diary(days, 2))]);
            score(&group, points, 1).expect("days enough").all
        };
        // What was forecast in 40 days is a part of what was forecast in 41.
        #[allow(clippy::cast_precision_loss)]
        let total = |scored: Scored| scored.crps.supple * scored.n as f64;
        let (shorter, longer) = (scored(40), scored(41));
        assert_eq!(longer.n, shorter.n + 2);
        assert!(total(longer) > total(shorter), "{shorter:?} {longer:?}");
        assert_eq!(scored(40), shorter, "the same every time");
    }
}
