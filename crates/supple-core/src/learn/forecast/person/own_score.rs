//! How good a person's own forecasts were: each made from earlier days only, beside simple ones.

use super::chances::Chances;
use super::follow::Followed;
use super::log::{Log, Said};
use crate::body::Site;
use crate::days;
use crate::knowledge::Knowledge;
use crate::learn::forecast::rivals::Rivals;
use crate::learn::forecast::score::{LEAST_READINGS, add, coverage, crps, mean_of};
use crate::learn::forecast::{Diary, Points, Scored, Scores};
use crate::sorted::SortedMap;
use crate::state::State;
use crate::unit::Felt;
use jiff::Zoned;
use jiff::civil::{Date, date};

/// The scale that is scored: a place that was not marked may have been anything up to 2, so 0, 1 and 2 count as one
/// point, for forecasts and for what came. A score that weighs nothing below a threshold stays fair to honest forecasts.
///
/// Source: Gneiting T, Ranjan R. J Bus Econ Stat 2011;29:411-422.
const SCORED: Points = Points { lowest: 2, highest: 10, higher_is_sorer: true };
const LOWEST: u8 = 2;

/// Forecasts of one log, one day ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnScore {
    /// Mean scores, and how often what came lay inside.
    pub scored: Scored,
    /// Of how many places.
    pub places: usize,
    /// On how many of them something came that the person noticed: 3 or more.
    pub noticed: usize,
    /// The place that was noticed most often, in the order of the body among equals, day by day.
    pub most_noticed: (Site, Vec<Came>),
}

/// A forecast and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Came {
    /// The day it was for; it was made from earlier days only.
    pub date: Date,
    /// What was foretold.
    pub chances: Chances,
    /// What was said; none where the place was not marked, which is anything up to 2.
    pub said: Option<Felt>,
}

/// Scores the forecast of each day that this log would have led to on the day before: from what was said, trained and
/// pressed on earlier days only. A training counts from the day it was done, even if it was brought in later. Places are
/// scored from their eighth reading on, on days when they were sore in the last two weeks or trained in the last five
/// days: elsewhere every forecast is right. None if there is no such day yet.
#[must_use]
pub fn scored(knowledge: &Knowledge, state: &State, now: &Zoned) -> Option<OwnScore> {
    let log = Log::of(knowledge, state, now);
    let sites: Vec<Site> = log.sites().collect();
    let diaries: Vec<Diary> = sites
        .iter()
        .map(|site| Diary { soreness: log.points(*site, LOWEST), load: log.exposure(site.region) })
        .collect();
    let mut rivals: Vec<Rivals> = vec![Rivals::default(); sites.len()];
    let mut followed = Followed::nobody();
    let mut sums: SortedMap<Site, Scored> = SortedMap::new();
    let mut courses: SortedMap<Site, (usize, Vec<Came>)> = SortedMap::new();
    for day in log.days() {
        let readings: SortedMap<_, _> = log.said_on(day).collect();
        for ((site, diary), rivals) in sites.iter().zip(&diaries).zip(&mut rivals) {
            let Some(&value) = diary.soreness.get(&day) else { continue };
            let (Some(point), Some(reading)) = (SCORED.index(value), readings.get(&site.region)) else { continue };
            if rivals.misses() + 1 >= LEAST_READINGS && log.lively(*site, day) {
                let chances = followed.foretell(&log, *site, reading.at, day);
                let ours = coarse(&chances);
                let [persistence, mean, ridge] = rivals.foretell(diary, day, SCORED);
                let of = |chances: &[f64]| crps(chances, point);
                let crps =
                    Scores { supple: of(&ours), persistence: of(&persistence), mean: of(&mean), ridge: of(&ridge) };
                let (inside, whole) = coverage(&ours, point);
                let one = Scored { n: 1, crps, coverage90: inside, coverage90_whole_points: whole };
                let sum = sums.get_or_default(*site);
                *sum = add(*sum, one);
                let course = courses.get_or_default(*site);
                course.0 += usize::from(point > 0);
                let said = match reading.said[site.half as usize] {
                    Some(Said::Point(felt)) => Some(felt),
                    Some(Said::NotMarked) | None => None,
                };
                course.1.push(Came { date: civil(day), chances, said });
            }
            rivals.learn(diary, day, value);
        }
        followed.learn(&log, day);
    }
    let all = sums.values().copied().reduce(add)?;
    let noticed = courses.values().map(|(noticed, _)| noticed).sum();
    let most = courses.into_iter().reduce(|most, next| if next.1.0 > most.1.0 { next } else { most });
    let most_noticed = most.map(|(site, (_, course))| (site, course))?;
    Some(OwnScore { scored: mean_of(all), places: sums.len(), noticed, most_noticed })
}

/// The day of a number, as `exposure::day_number` counts them.
fn civil(day: i32) -> Date {
    let epoch = date(1970, 1, 1);
    days::after(epoch, day.into()).unwrap_or(epoch)
}

/// The chances on the scale that is scored.
fn coarse(chances: &Chances) -> Vec<f64> {
    let (low, rest) = chances.points().split_at(usize::from(LOWEST) + 1);
    std::iter::once(low.iter().sum()).chain(rest.iter().copied()).collect()
}
