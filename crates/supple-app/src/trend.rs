//! The slow change of a test as charts and sentences: the same for the page and for a file.

use crate::chart::{Dot, Drawing, Ribbon, Stand, ribbon};
use crate::words::capitalised;
use supple_core::contract::text::side_words;
use supple_core::date_words::short_day;
use supple_core::knowledge::{Knowledge, Measure};
use supple_core::learn::{Mixture, Slow, slow};
use supple_core::measure::words::{decimals, number, unit};
use supple_core::measure::{Record, Series, Where};

/// A series with what is thought of its slow change.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed<'s> {
    /// The results.
    pub series: Series<'s>,
    /// What is thought of them; none where no result is at rest.
    pub slow: Option<Slow>,
}

/// Every series of a test with its slow change.
#[must_use]
pub fn followed<'s>(measure: &Measure, record: &Record<'s>) -> Vec<Followed<'s>> {
    let follow =
        |series: &Series<'s>| Followed { slow: slow(measure, series, record.own_error, &[]), series: series.clone() };
    record.series.iter().map(follow).collect()
}

/// The name of a series: "knee to wall, toe distance, left".
#[must_use]
pub fn name(knowledge: &Knowledge, measure: &Measure, about: Where) -> String {
    let place = about.region.map(|region| crate::words::region(knowledge, region).to_owned());
    let side = about.side.map(|side| side_words(side).to_owned());
    let parts: Vec<String> = std::iter::once(measure.name.clone()).chain(place).chain(side).collect();
    capitalised(&parts.join(", "))
}

/// The ribbons of several series, all over the same range, so that they can be compared.
#[must_use]
pub fn ribbons(knowledge: &Knowledge, measure: &Measure, followed: &[Followed<'_>]) -> Vec<Drawing> {
    let mut all: Vec<Ribbon> = followed.iter().map(|one| as_ribbon(knowledge, measure, one)).collect();
    let ends = all.iter().map(Ribbon::extent);
    let range = ends.reduce(|(low, high), (low_too, high_too)| (low.min(low_too), high.max(high_too)));
    for one in &mut all {
        one.range = range;
    }
    all.iter().map(ribbon).collect()
}

fn as_ribbon(knowledge: &Knowledge, measure: &Measure, followed: &Followed<'_>) -> Ribbon {
    let stands = |slow: &Slow| -> Vec<Stand> {
        let stand = |(day, stands): (&jiff::civil::Date, &Mixture)| Stand {
            day: *day,
            middle: stands.mean(),
            ends: stands.interval(0.9),
        };
        slow.days.iter().zip(&slow.trend.curve).map(stand).collect()
    };
    let dot = |sitting: &supple_core::measure::Sitting<'_>| Dot {
        day: sitting.at.date(),
        value: sitting.reading.value,
        when: sitting.when,
    };
    Ribbon {
        title: name(knowledge, measure, followed.series.about),
        unit: unit(measure).to_owned(),
        decimals: decimals(measure),
        dots: followed.series.sittings.iter().map(dot).collect(),
        band: followed.slow.as_ref().map(stands).unwrap_or_default(),
        range: None,
    }
}

/// What the slow change comes to, in a sentence or two; none where there is only one result.
#[must_use]
pub fn in_words(measure: &Measure, slow: &Slow) -> Option<String> {
    let since = slow.trend.since_first.as_ref()?;
    let from = format!("Since {}: {}", short_day(slow.first), span(measure, since));
    let verdict = match (slow.trend.beyond_error(), (since.mean() > 0.0) == measure.higher_is_better) {
        (true, true) => "better, by more than error",
        (true, false) => "less, by more than error",
        (false, _) => "which may be no more than error",
    };
    let days = slow.first.until(slow.last).map_or(0, |span| span.get_days());
    // Four weeks told from less would be told from what is thought beforehand.
    let lately = if days >= LEAST_DAYS {
        format!(" In the four weeks up to {}: {}.", short_day(slow.last), span(measure, &slow.trend.per_four_weeks))
    } else {
        String::new()
    };
    Some(format!("{from}, {verdict}.{lately}"))
}

const LEAST_DAYS: i32 = 28;

/// "+0.8 cm (-0.1 to 1.7)".
fn span(measure: &Measure, change: &Mixture) -> String {
    let (low, high) = change.interval(0.9);
    let mean = number(measure, change.mean());
    let sign = if mean.starts_with('-') || mean.trim_matches(['0', '.']).is_empty() { "" } else { "+" };
    format!("{sign}{mean} {} ({} to {})", unit(measure), number(measure, low), number(measure, high))
}
