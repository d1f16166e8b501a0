//! A response in words, the same in the app and in the terminal.

use super::super::rule::{LEAST_REST_TESTS, LEAST_SESSIONS};
use super::{Next, PersonalResponse, Told};
use crate::knowledge::Measure;
use crate::math;
use crate::measure::words::unit;

/// What is said first: "helps you".
#[must_use]
pub fn verdict(told: Told) -> String {
    match told {
        Told::Helps => "helps you".to_owned(),
        Told::LittleDifference => "makes little difference for you".to_owned(),
        Told::MoveLess => "you move less afterwards: try less, or leave it out".to_owned(),
        Told::CannotTell(Next::Sessions(1)) => "cannot tell yet, about 1 more session".to_owned(),
        Told::CannotTell(Next::Sessions(more)) => format!("cannot tell yet, about {more} more sessions"),
        Told::CannotTell(Next::AnotherMeasure | Next::TooClose) => "cannot tell".to_owned(),
    }
}

/// The verdict as programs read it.
#[must_use]
pub const fn id(told: Told) -> &'static str {
    match told {
        Told::Helps => "helps",
        Told::LittleDifference => "little_difference",
        Told::MoveLess => "move_less",
        Told::CannotTell(Next::Sessions(_)) => "cannot_tell_yet",
        Told::CannotTell(Next::AnotherMeasure) => "cannot_tell_with_this_measure",
        Told::CannotTell(Next::TooClose) => "cannot_tell_too_close",
    }
}

/// Everything there is to say: the verdict, the numbers, what was counted, what comes next; whole sentences.
#[must_use]
pub fn all(measure: &Measure, response: &PersonalResponse) -> Vec<String> {
    let mut said = vec![capitalised(&verdict(response.told)) + "."];
    if response.sessions > 0 {
        said.push(numbers(measure, response));
        said.push(format!(
            "A second test by itself adds about {} (90 %: {} to {}); that is taken off.",
            signed(measure, response.retest.mean),
            signed(measure, response.retest.interval.0),
            signed(measure, response.retest.interval.1),
        ));
    }
    said.push(format!("Counted: {} and {}.", sessions(response.sessions), rest_tests(response.rest_tests)));
    said.push(next(response));
    said
}

/// The average gain with its interval and how probable each sentence is.
#[must_use]
pub fn numbers(measure: &Measure, response: &PersonalResponse) -> String {
    format!(
        "After {:.0} seconds of pressure and {:.0} minutes: {} on average (90 %: {} to {}). More than {} {} is worth \
         having: {} % sure that it is that much, {} % that it is less either way, {} % that it is a loss of that size.",
        response.usual.seconds,
        response.usual.minutes,
        signed(measure, response.gain.mean),
        signed(measure, response.gain.interval.0),
        signed(measure, response.gain.interval.1),
        plain(response.smallest_worthwhile),
        unit(measure),
        percent(response.helps),
        percent(response.little),
        percent(response.worse),
    )
}

/// What would tell more, or what to do with what is known.
#[must_use]
pub fn next(response: &PersonalResponse) -> String {
    match response.told {
        Told::Helps => "Keep it, and test now and then: people change.".to_owned(),
        Told::LittleDifference => {
            "For how far you move it is not worth the time; whether it feels good is another question.".to_owned()
        }
        Told::MoveLess => "Half of the seconds, or another way to press, and see; stopping is fine, too.".to_owned(),
        Told::CannotTell(Next::Sessions(_)) => missing(response),
        Told::CannotTell(Next::AnotherMeasure) => {
            "This test's error is too large for a change of that size, whatever you do: take more trials for each \
             reading, or choose another test."
                .to_owned()
        }
        Told::CannotTell(Next::TooClose) => {
            "As many sessions as we had promised: what you gain lies close to the smallest change worth having, so more \
             sessions will hardly tell. If it feels good, keep it."
                .to_owned()
        }
    }
}

fn missing(response: &PersonalResponse) -> String {
    let sessions_left = LEAST_SESSIONS.saturating_sub(response.sessions);
    let rest_left = LEAST_REST_TESTS.saturating_sub(response.rest_tests);
    match (sessions_left, rest_left) {
        (0, 0) => "Go on: test before and after, with a rest test for every two sessions.".to_owned(),
        (0, rest) => format!("Still needed: {}, the same wait without rolling.", rest_tests(rest)),
        (left, 0) => format!("Still needed: {} with a test before and after.", sessions(left)),
        (left, rest) => format!(
            "Nothing is said before {LEAST_SESSIONS} sessions and {LEAST_REST_TESTS} rest tests; still needed: {} and {}.",
            sessions(left),
            rest_tests(rest)
        ),
    }
}

fn sessions(count: u32) -> String {
    if count == 1 { "1 session".to_owned() } else { format!("{count} sessions") }
}

fn rest_tests(count: u32) -> String {
    if count == 1 { "1 rest test".to_owned() } else { format!("{count} rest tests") }
}

/// With its sign, one decimal and the unit; better is above zero.
fn signed(measure: &Measure, value: f64) -> String {
    let text = format!("{value:+.1}");
    let text = if text == "-0.0" { "+0.0".to_owned() } else { text };
    format!("{text} {}", unit(measure))
}

fn plain(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn percent(probability: f64) -> String {
    format!("{:.0}", math::round_to(100.0 * probability, 0))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
