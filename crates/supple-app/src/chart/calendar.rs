//! Which days had a session and which a test.

use super::axis::one;
use super::days::days_between;
use super::drawing::{Drawing, WIDTH};
use jiff::Span;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::date_words::{month, short_day};

/// Weeks up to a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// What it shows, in a line.
    pub title: String,
    /// The last day shown.
    pub last: Date,
    /// Days on which something was done, in any order.
    pub days: Vec<(Date, DayDone)>,
}

/// What was done on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayDone {
    /// Pressure was given.
    pub session: bool,
    /// A test was taken.
    pub test: bool,
}

/// How many weeks fit.
pub const WEEKS: i32 = 12;
const CELL: f64 = 23.0;
const LEFT: f64 = 36.0;
const TOP: f64 = 22.0;
const HEIGHT: f64 = TOP + 7.0 * CELL + 32.0;

/// Draws the last twelve weeks.
#[must_use]
pub fn calendar(calendar: &Calendar) -> Drawing {
    let monday = i64::from(calendar.last.weekday().to_monday_zero_offset());
    let back = Span::new().days(monday + 7 * i64::from(WEEKS - 1));
    let first = calendar.last.checked_sub(back).unwrap_or(calendar.last);
    let all: Vec<(Date, DayDone)> = first
        .series(Span::new().days(1))
        .take_while(|day| *day <= calendar.last)
        .map(|day| (day, done_on(calendar, day)))
        .collect();
    let place = |day: Date| {
        let days = days_between(first, day);
        (LEFT + CELL * (f64::from(days / 7) + 0.5), TOP + CELL * (f64::from(days % 7) + 0.5))
    };
    let inside = html! {
        @for (row, name) in [(0, "Mo"), (3, "Th"), (6, "Su")] {
            text x="8" y=(one(TOP + CELL * (f64::from(row) + 0.5) + 4.0)) { (name) }
        }
        @for (day, name) in months(first, calendar.last) {
            text x=(one(place(day).0 - CELL / 2.0 + 2.0)) y="14" { (name) }
        }
        @for (day, done) in &all { @let (x, y) = place(*day); (cell(x, y, *done)) }
        @let y = HEIGHT - 12.0;
        (cell(LEFT + 6.0, y, DayDone { session: true, test: false }))
        text x=(one(LEFT + 20.0)) y=(one(y + 4.0)) { "session" }
        (cell(LEFT + 92.0, y, DayDone { session: false, test: true }))
        text x=(one(LEFT + 106.0)) y=(one(y + 4.0)) { "test" }
        (cell(LEFT + 156.0, y, DayDone { session: true, test: true }))
        text x=(one(LEFT + 170.0)) y=(one(y + 4.0)) { "both" }
    };
    debug_assert!(LEFT + CELL * f64::from(WEEKS) <= WIDTH);
    let sessions = all.iter().filter(|(_, done)| done.session).count();
    let tests = all.iter().filter(|(_, done)| done.test).count();
    Drawing {
        class: "calendar-chart",
        title: calendar.title.clone(),
        description: format!(
            "The days of twelve weeks up to {}, a column for each week from Monday: {sessions} with a session, {tests} with a test.",
            short_day(calendar.last)
        ),
        height: HEIGHT,
        inside,
        table: table(&calendar.title, &all),
    }
}

fn done_on(calendar: &Calendar, day: Date) -> DayDone {
    let on_it = calendar.days.iter().filter(|(known, _)| *known == day);
    on_it.fold(DayDone::default(), |all, (_, done)| DayDone {
        session: all.session || done.session,
        test: all.test || done.test,
    })
}

/// The Monday at which each month is named: the first that lies in it, two columns from the one before at least.
fn months(first: Date, last: Date) -> Vec<(Date, &'static str)> {
    let mut named: Vec<(Date, &'static str)> = Vec::new();
    for monday in first.series(Span::new().days(7)).take_while(|day| *day <= last) {
        let name = &month(monday)[..3];
        match named.last() {
            Some((_, known)) if *known == name => {}
            Some((day, _)) if days_between(*day, monday) < 14 => {
                // A month of which only the last days are seen makes room for the next.
                named.pop();
                named.push((monday, name));
            }
            _ => named.push((monday, name)),
        }
    }
    named
}

/// A full square for a session, a ring for a test, a ring in the square for both, a small point for neither.
fn cell(x: f64, y: f64, done: DayDone) -> Markup {
    html! {
        @if done.session {
            rect .session x=(one(x - 9.0)) y=(one(y - 9.0)) width="18" height="18" rx="4" {}
        }
        @if done.test {
            circle .(if done.session { "both" } else { "test" }) cx=(one(x)) cy=(one(y)) r="5" {}
        }
        @if !done.session && !done.test {
            circle .none cx=(one(x)) cy=(one(y)) r="2" {}
        }
    }
}

fn table(title: &str, all: &[(Date, DayDone)]) -> Markup {
    let words = |done: &DayDone| match (done.session, done.test) {
        (true, true) => "session and test",
        (true, false) => "session",
        _ => "test",
    };
    html! {
        table {
            caption { (title) }
            thead { tr { th scope="col" { "Day" } th scope="col" { "What" } } }
            tbody {
                @for (day, done) in all.iter().rev().filter(|(_, done)| done.session || done.test) {
                    tr { th scope="row" { (short_day(*day)) } td { (words(done)) } }
                }
            }
        }
    }
}
