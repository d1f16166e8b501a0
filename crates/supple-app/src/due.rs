//! The reminder on every page while the app is open: something of today's weeks has a time, and that time is near.

use crate::cx::Cx;
use crate::words::hours_and_minutes;
use jiff::civil::Time;
use maud::{Markup, html};
use supple_core::programme::{Item, title};

/// Minutes before its time from which on it is shown. Our judgement.
const BEFORE: i32 = 15;

/// One line for each thing of today with a time that is not over and not begun; hidden until shortly before it, when
/// `app.js` shows it in a page that stays open.
pub fn due(cx: &Cx<'_>) -> Markup {
    let today = cx.now().date();
    let now = minute(cx.now().time());
    let items = cx.state.programme.iter().flat_map(|kept| &kept.items).filter(|item| item.date == today);
    let timed = items.filter_map(|item| Some((item, item.at?)));
    let is_left = |(item, at): &(&Item, Time)| {
        now < minute(*at) + i32::from(item.minutes) && !is_begun_since(cx, minute(*at) - 2 * BEFORE)
    };
    html! {
        @for (item, at) in timed.filter(is_left) {
            p .reminder role="status" data-date=(item.date) data-at=(hours_and_minutes(at)) data-before=(BEFORE) data-minutes=(item.minutes)
                hidden[now < minute(at) - BEFORE] {
                a href=(cx.href("programme")) { (title(item)) " at " (hours_and_minutes(at)) }
            }
        }
    }
}

/// Whether anything was rolled or moved today since then.
fn is_begun_since(cx: &Cx<'_>, since: i32) -> bool {
    let begun = [cx.state.sessions.last().map(|session| &session.at), cx.state.moves.last().map(|run| &run.at)];
    let zone = cx.now().time_zone();
    begun
        .into_iter()
        .flatten()
        .map(|at| at.with_time_zone(zone.clone()))
        .any(|at| at.date() == cx.now().date() && minute(at.time()) >= since)
}

/// Minutes since midnight.
fn minute(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}
