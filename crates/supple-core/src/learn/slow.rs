//! From a person's results to their slow change, by days.

use super::from_log::sites;
use super::trend::{Resting, Trend, Work, trend};
use crate::days;
use crate::knowledge::{Knowledge, Measure};
use crate::measure::{Series, change};
use crate::state::State;
use jiff::Span;
use jiff::civil::Date;

/// The slow change of one test at one place or side.
#[derive(Debug, Clone, PartialEq)]
pub struct Slow {
    /// The days of the curve, oldest first: from the first result to the last.
    pub days: Vec<Date>,
    /// What is thought of it; a mixture of [`Trend::curve`] for each of the days.
    pub trend: Trend,
    /// How many results it rests on.
    pub readings: usize,
    /// The day of the first of them.
    pub first: Date,
    /// The day of the last.
    pub last: Date,
}

/// Minutes of rolling in a week that count as one: ten. Our judgement, about what studies of weeks gave.
const SECONDS_A_WEEK: f64 = 600.0;
/// Points of the curve: as fine as a small picture shows.
const MOST_POINTS: i32 = 48;
/// The smallest real change over the error of one result, as in [`change`].
const CHANGE_OVER_ERROR: f64 = 2.77;

/// The slow change of a series in a person's log, with the rolling of the muscles that the test is about. None where there
/// is no such test, or as for [`slow`].
#[must_use]
pub fn slow_of(
    knowledge: &Knowledge,
    state: &State,
    id: &str,
    series: &Series<'_>,
    own_error: Option<f64>,
) -> Option<Slow> {
    let measure = knowledge.measures.get(id)?;
    let sites = knowledge.worthwhile.measures.get(id).map_or_else(Vec::new, |change| sites(change, series.about));
    let halves = if series.about.side.is_some() { 1.0 } else { 2.0 };
    let pressed = state.pressure().filter_map(|given| {
        #[allow(clippy::cast_precision_loss)] // at most 66
        let pressed = sites.iter().filter(|site| given.is_on(**site)).count() as f64;
        (pressed > 0.0).then(|| (given.at.date(), f64::from(given.seconds.get()) * pressed / halves))
    });
    slow(measure, series, own_error, &pressed.collect::<Vec<_>>())
}

/// The slow change of a series: its results at rest or before a session, whole days apart. `pressed` are days and
/// seconds of pressure on the muscles of the test, in any order; pressure counts from the day after. None where there is
/// no such result, or no error is known.
#[must_use]
pub fn slow(measure: &Measure, series: &Series<'_>, own_error: Option<f64>, pressed: &[(Date, f64)]) -> Option<Slow> {
    let resting: Vec<_> = series.sittings.iter().filter(|sitting| !sitting.when.is_second_test()).collect();
    let (first, last) = (resting.first()?.at.date(), resting.last()?.at.date());
    #[allow(clippy::cast_precision_loss)] // some hundreds
    let mean = resting.iter().map(|sitting| sitting.reading.value).sum::<f64>() / resting.len() as f64;
    let readings: Vec<Resting> = resting
        .iter()
        .map(|sitting| {
            // A threshold in percent is one of the usual value, not of each.
            let usual = crate::measure::Reading { value: mean, ..sitting.reading };
            let error = change(measure, usual, usual, own_error).smallest_real / CHANGE_OVER_ERROR;
            Resting { week: weeks(first, sitting.at.date()), value: sitting.reading.value, error }
        })
        .collect();
    let mut done: Vec<(f64, f64)> =
        pressed.iter().map(|(day, seconds)| (weeks(first, *day) + 0.5 / 7.0, *seconds)).collect();
    done.sort_by(|one, other| one.0.total_cmp(&other.0));
    let step = i64::from(days_between(first, last) / MOST_POINTS + 1);
    let mut days: Vec<Date> = first.series(Span::new().days(step)).take_while(|day| *day < last).collect();
    days.push(last);
    let curve: Vec<f64> = days.iter().map(|day| weeks(first, *day)).collect();
    let work = if done.is_empty() { Vec::new() } else { vec![Work { one_a_week: SECONDS_A_WEEK, done }] };
    Some(Slow { trend: trend(&readings, &work, &curve)?, days, readings: readings.len(), first, last })
}

fn weeks(from: Date, to: Date) -> f64 {
    f64::from(days_between(from, to)) / 7.0
}

fn days_between(from: Date, to: Date) -> i32 {
    days::between(from, to)
}
