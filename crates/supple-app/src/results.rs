//! What a person's results of a test come to, as charts and sentences: the same for a page and for a file.

use crate::chart::{Density, Dot, Drawing, Ribbon, Stand, density, ribbon};
use crate::words::capitalised;
use supple_core::contract::text::side_words;
use supple_core::date_words::short_day;
use supple_core::days;
use supple_core::knowledge::{Knowledge, Measure};
use supple_core::learn::response::{Next, words};
use supple_core::learn::{
    LEAST_REST_TESTS, Mixture, PersonalResponse, SESSIONS_PER_REST_TEST, Slow, Told, response_of, slow_of,
};
use supple_core::measure::words::{decimals, number, unit};
use supple_core::measure::{Record, Series, Sitting, Where};
use supple_core::state::State;

/// A series with what is thought of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed<'s> {
    /// The results.
    pub series: Series<'s>,
    /// Where the person stands; none where no result is at rest or before a session.
    pub slow: Option<Slow>,
    /// What a session does; none where nothing can be asked.
    pub response: Option<PersonalResponse>,
}

/// Every series of a test with what is thought of it.
#[must_use]
pub fn followed<'s>(
    knowledge: &Knowledge,
    state: &State,
    (id, measure): (&str, &Measure),
    record: &Record<'s>,
) -> Vec<Followed<'s>> {
    let follow = |series: &Series<'s>| Followed {
        slow: slow_of(knowledge, state, id, series, record.own_error),
        response: response_of(knowledge, state, id, series.about),
        series: series.clone(),
    };
    debug_assert!(knowledge.measures.get(id) == Some(measure));
    record.series.iter().map(follow).collect()
}

/// The charts of a series.
#[derive(Debug, Clone)]
pub struct Charts {
    /// Its results over time, and where the person stands.
    pub over_time: Drawing,
    /// What a session gains on average; none before the first session that was tested before and after.
    pub gain: Option<Drawing>,
}

/// The results of each series of a test over time, and where the person stands; without what a session does, which takes
/// longer to work out.
#[must_use]
pub fn over_time(
    knowledge: &Knowledge,
    state: &State,
    (id, measure): (&str, &Measure),
    record: &Record<'_>,
) -> Vec<Drawing> {
    let slow = |series: &Series<'_>| slow_of(knowledge, state, id, series, record.own_error);
    let all = record.series.iter().map(|series| as_ribbon(knowledge, measure, series, slow(series).as_ref()));
    alike(all.collect()).iter().map(ribbon).collect()
}

/// All over the same range, so that they can be compared.
fn alike(mut all: Vec<Ribbon>) -> Vec<Ribbon> {
    let ends = all.iter().map(Ribbon::extent);
    let range = ends.reduce(|(low, high), (low_too, high_too)| (low.min(low_too), high.max(high_too)));
    for one in &mut all {
        one.range = range;
    }
    all
}

/// The charts of each series of a test.
#[must_use]
pub fn charts(knowledge: &Knowledge, (id, measure): (&str, &Measure), followed: &[Followed<'_>]) -> Vec<Charts> {
    let as_ribbon = |one: &Followed<'_>| as_ribbon(knowledge, measure, &one.series, one.slow.as_ref());
    let all = alike(followed.iter().map(as_ribbon).collect());
    let gain = |one: &Followed<'_>, name: &str| {
        let response = one.response.as_ref().filter(|response| response.sessions > 0)?;
        Some(density(&as_density((id, measure), one.series.about, name, response)))
    };
    followed
        .iter()
        .zip(&all)
        .map(|(one, over_time)| Charts { over_time: ribbon(over_time), gain: gain(one, &over_time.title) })
        .collect()
}

/// The name of a series: "Knee to wall, toe distance, left".
fn name(knowledge: &Knowledge, measure: &Measure, about: Where) -> String {
    let place = about.region.map(|region| crate::words::region(knowledge, region).to_owned());
    let side = about.side.map(|side| side_words(side).to_owned());
    let parts: Vec<String> = std::iter::once(measure.name.clone()).chain(place).chain(side).collect();
    capitalised(&parts.join(", "))
}

fn as_ribbon(knowledge: &Knowledge, measure: &Measure, series: &Series<'_>, slow: Option<&Slow>) -> Ribbon {
    let stands = |slow: &Slow| -> Vec<Stand> {
        let stand = |(day, stands): (&jiff::civil::Date, &Mixture)| Stand {
            day: *day,
            middle: stands.mean(),
            ends: stands.interval(0.9),
        };
        slow.days.iter().zip(&slow.trend.curve).map(stand).collect()
    };
    let dot =
        |sitting: &Sitting<'_>| Dot { day: sitting.at.date(), value: sitting.reading.value, when: sitting.when };
    Ribbon {
        title: name(knowledge, measure, series.about),
        unit: unit(measure).to_owned(),
        decimals: decimals(measure),
        dots: series.sittings.iter().map(dot).collect(),
        band: slow.map(stands).unwrap_or_default(),
        range: None,
    }
}

fn as_density((id, measure): (&str, &Measure), about: Where, name: &str, response: &PersonalResponse) -> Density {
    let place = about.region.map_or("", |region| region.id());
    let side = about.side.map_or("", side_words);
    Density {
        title: format!("{name}: what a session gains on average"),
        id: format!("{id}{place}{side}"),
        unit: unit(measure).to_owned(),
        decimals: decimals(measure),
        points: response.distribution.curve(CURVE_POINTS),
        worth: response.smallest_worthwhile,
        shares: [response.worse, response.little, response.helps],
    }
}

const CURVE_POINTS: u16 = 61;

/// The sentence on what a session does: "Helps you."
#[must_use]
pub fn told_in_words(response: &PersonalResponse) -> String {
    capitalised(&words::verdict(response.told)) + "."
}

/// What to do next: "About 6 more pairs of tests: 4 around a session, 2 on a day without rolling."
#[must_use]
pub fn next_in_words(response: &PersonalResponse) -> String {
    let Told::CannotTell(Next::Sessions(more)) = response.told else { return words::next(response) };
    let rest = ((response.sessions + more) / SESSIONS_PER_REST_TEST).max(LEAST_REST_TESTS);
    match rest.saturating_sub(response.rest_tests) {
        0 => format!("About {} around a session.", pairs(more)),
        rest => format!(
            "About {}: {more} around a session, {rest} on {} without rolling.",
            pairs(more + rest),
            if rest == 1 { "a day" } else { "days" }
        ),
    }
}

fn pairs(count: u32) -> String {
    if count == 1 { "1 more pair of tests".to_owned() } else { format!("{count} more pairs of tests") }
}

/// What the slow change comes to, in a sentence or two; none where there is only one result.
#[must_use]
pub fn slow_in_words(measure: &Measure, slow: &Slow) -> Option<String> {
    let since = slow.trend.since_first.as_ref()?;
    let from = format!("Since {}: {}", short_day(slow.first), span(measure, since));
    let verdict = match (slow.trend.beyond_error(), (since.mean() > 0.0) == measure.higher_is_better) {
        (true, true) => "better, by more than error",
        (true, false) => "less, by more than error",
        (false, _) => "which may be no more than error",
    };
    let days = days::between(slow.first, slow.last);
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
