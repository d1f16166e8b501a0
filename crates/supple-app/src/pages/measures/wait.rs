//! Rest tests: a test, a wait as long as a session takes, and the test again. It says how much of a change is just from
//! testing twice.

use crate::cx::Cx;
use crate::words::time_of_day;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::event::When;
use supple_core::measure::{Occasion, occasion};

/// Where somebody is with a rest test of one measure.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// None is due.
    No,
    /// The next occasion is one; with the minutes to wait.
    Due(i32),
    /// The first half is done; with the time from which the second may come.
    Begun(Zoned),
}

/// How long to wait where nothing was tested around a session yet. Our judgement: ten minutes and getting there.
const USUAL_MINUTES: i32 = 15;
/// The least and the most, whatever was done.
const MINUTES: (i32, i32) = (5, 60);
/// After so many minutes the second half belongs to nothing any more. As learning has it: four hours.
const TOO_LATE_MINUTES: i32 = 240;

impl Wait {
    /// By what the log holds of a test, and the time. Nobody is asked to wait before the first result: that one is for
    /// getting to know the test.
    pub fn of(cx: &Cx<'_>, id: &str) -> Self {
        let taken = || cx.state.measures.iter().filter(|taken| taken.what.measure == id && taken.at <= *cx.now());
        let Some(last) = taken().max_by(|one, other| one.at.cmp(&other.at)) else { return Self::No };
        let minutes = minutes(cx, id);
        if last.what.when == When::BeforeWait && between(&last.at, cx.now()) < TOO_LATE_MINUTES {
            let from = last.at.checked_add(jiff::Span::new().minutes(minutes)).unwrap_or_else(|_| last.at.clone());
            return Self::Begun(from.with_time_zone(cx.now().time_zone().clone()));
        }
        // One occasion a day; whoever tested before a session today is on the way to it.
        let there = |at: &Zoned| at.with_time_zone(cx.now().time_zone().clone()).date();
        if last.what.when != When::Rest && there(&last.at) == cx.now().date() {
            return Self::No;
        }
        match occasion(cx.state, id) {
            Occasion::RestTest => Self::Due(minutes),
            Occasion::Session => Self::No,
        }
    }
}

/// As long as from before to after the last session that was tested, to five minutes.
fn minutes(cx: &Cx<'_>, id: &str) -> i32 {
    let mut before: Option<&Zoned> = None;
    let mut minutes = USUAL_MINUTES;
    for taken in cx.state.measures.iter().filter(|taken| taken.what.measure == id) {
        match (taken.what.when, before) {
            (When::Before, _) => before = Some(&taken.at),
            (When::After, Some(from)) => {
                let waited = between(from, &taken.at);
                if (1..TOO_LATE_MINUTES).contains(&waited) {
                    minutes = ((waited + 4) / 5 * 5).clamp(MINUTES.0, MINUTES.1);
                }
                before = None;
            }
            _ => {}
        }
    }
    minutes
}

/// Whole minutes from one moment to another.
fn between(from: &Zoned, to: &Zoned) -> i32 {
    i32::try_from(to.duration_since(from).as_mins()).unwrap_or(i32::MAX)
}

/// What to do about it, for the test's page.
pub fn notice(cx: &Cx<'_>, wait: &Wait) -> Markup {
    match wait {
        Wait::No => html! {},
        Wait::Due(minutes) => html! {
            section .card .wait {
                h2 { "Today without rolling first" }
                ol {
                    li { "Test, and say it was " b { "before a wait" } "." }
                    li { "Wait " b { (minutes) " minutes" } ", about as long as a session takes. No rolling, stretching or \
                          warming up." }
                    li { "Test again, and say it was " b { "after that wait" } ". Then roll if you like." }
                }
                p .small {
                    "This tells us how much of the change is just from testing twice. Without some days like this nobody \
                     can say what rolling adds. Rather roll today? Do; this comes back next time."
                }
                p { a .button href="#entry" { "To the numbers" } }
            }
        },
        Wait::Begun(from) => html! {
            section .card .wait role="status" {
                @if from > cx.now() {
                    h2 { "Test again at " (time_of_day(from)) }
                    p { "Until then no rolling, stretching or warming up. You can close this page; nothing is lost." }
                } @else {
                    h2 { "The wait is over" }
                    p { "Test again now, the same way, and say it was " b { "after that wait" } ". Then roll if you like." }
                }
                p { a .button href="#entry" { "To the numbers" } }
            }
        },
    }
}

/// The same in a line, for the page of progress.
pub fn in_a_line(cx: &Cx<'_>, id: &str) -> Markup {
    let words = match Wait::of(cx, id) {
        Wait::No => return html! {},
        Wait::Due(_) => "Next: a day without rolling first",
        Wait::Begun(_) => "Go on with the wait without rolling",
    };
    html! { p { a .button href=(cx.href(&format!("measures/{id}"))) { (words) } } }
}

/// When the next result is probably taken, so that the form need not be asked twice.
pub const fn expected(wait: &Wait) -> Option<&'static str> {
    match wait {
        Wait::No => None,
        Wait::Due(_) => Some("before_wait"),
        Wait::Begun(_) => Some("after_wait"),
    }
}
