//! What a person may send back to a coach, to be read first: dates, minutes, places, soreness. Never what was answered
//! to the screen, never a name, nothing that was not done.

use crate::words::{list, region};
use std::fmt::Write as _;
use supple_core::Zoned;
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::days;
use supple_core::knowledge::Knowledge;
use supple_core::state::State;
use supple_core::unit::Seconds;

/// The spans that a page offers, in days.
pub const SPANS: [u16; 3] = [7, 28, 84];

/// The summary of the last `days` days up to now, as plain text, one line for each day on which something was done or
/// said.
#[must_use]
pub fn summary(knowledge: &Knowledge, state: &State, now: &Zoned, days: u16) -> String {
    let zone = now.time_zone();
    let last = now.date();
    let first = days::after(last, 1 - i64::from(days.max(1))).unwrap_or(last);
    let day_of = |at: &Zoned| Some(at.with_time_zone(zone.clone()).date()).filter(|day| (first..=last).contains(day));
    let mut text = format!("What I did with Supple, {first} to {last}\n\n");
    let (mut sessions, mut pressed) = (0, Seconds::ZERO);
    let mut day = first;
    while day <= last {
        let of_day = state.sessions.iter().filter(|session| day_of(&session.at) == Some(day)).count();
        let given: Vec<_> = state.pressure().filter(|given| day_of(given.at) == Some(day)).collect();
        let seconds: Seconds = given.iter().map(|given| given.seconds).sum();
        let mut places: Vec<(RegionId, Side)> = Vec::new();
        for given in given.iter().filter(|given| given.seconds > Seconds::ZERO) {
            add(&mut places, given.region, given.side);
        }
        let after = state.next_days.iter().filter(|report| day_of(&report.at) == Some(day));
        let sore: Vec<String> = after
            .map(|report| {
                let place = place(knowledge, report.what.region, report.what.side.unwrap_or(Side::Both));
                format!("{place} {} of 10", report.what.soreness)
            })
            .collect();
        sessions += of_day;
        pressed = pressed + seconds;
        if !places.is_empty() || !sore.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{day}");
            if !places.is_empty() {
                let names: Vec<String> =
                    places.iter().map(|(region, side)| place(knowledge, *region, *side)).collect();
                let _ = write!(text, "  {} min on: {}.", minutes(seconds), list(&names));
            }
            if !sore.is_empty() {
                let _ = write!(text, "  Sore the day after: {}.", list(&sore));
            }
            text.push('\n');
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let count = if sessions == 1 { "1 session".to_owned() } else { format!("{sessions} sessions") };
    let _ = write!(text, "\nIn all: {count}, {} min of pressure.\n", minutes(pressed));
    text
}

/// Left and right of the same place are one.
fn add(places: &mut Vec<(RegionId, Side)>, region: RegionId, side: Side) {
    match places.iter_mut().find(|(known, _)| *known == region) {
        Some((_, known)) if *known != side => *known = Side::Both,
        Some(_) => {}
        None => places.push((region, side)),
    }
}

fn place(knowledge: &Knowledge, id: RegionId, side: Side) -> String {
    format!("{} ({})", region(knowledge, id), side_words(side))
}

/// Minutes with one decimal, exact: seconds are whole.
fn minutes(seconds: Seconds) -> String {
    let tenths = (seconds.get() + 3) / 6;
    format!("{}.{}", tenths / 10, tenths % 10)
}
