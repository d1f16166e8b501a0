//! Progress: what a person's own tests say so far, one card a test, and the days behind it.

mod card;
mod days;

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use maud::{Markup, html};
use supple_core::knowledge::Measure;
use supple_core::measure::Record;

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    let all = cx.knowledge.measures.iter().map(|(id, measure)| (id, measure, Record::of(measure, id, cx.state)));
    let mut taken: Vec<(&String, &Measure, Record<'_>)> =
        all.filter(|(.., record)| !record.series.is_empty()).collect();
    // What was tested last is what one wants to see.
    taken
        .sort_by_key(|(.., record)| std::cmp::Reverse(record.series.iter().map(|s| s.latest().at.timestamp()).max()));
    let body = html! {
        p .eyebrow { a href=(cx.href("history")) { "History" } }
        h1 { "Progress" }
        @if taken.is_empty() { (nothing_yet(cx)) } @else {
            p .lead { "What your tests say so far. One result is never a verdict; many together can be." }
            @for (id, measure, record) in &taken { (card::card(cx, id, measure, record)) }
            (days::card(cx))
            p .row { a .button href=(cx.href("measures")) { "Take a test" } }
        }
    };
    let page = Page { title: "Progress", class: "page-progress", place: Some(Place::History), scripts: &[], body };
    framed(cx, 200, page)
}

/// The test to begin with: a wall and a tape, five minutes, and little error. Our judgement.
const FIRST_TEST: &str = "wblt_cm";

fn nothing_yet(cx: &Cx<'_>) -> Markup {
    html! {
        section .card .nothing-yet {
            p .lead { "Nothing to show yet, and that is fine." }
            p {
                "Does rolling do something for you? A test before and one after some of your sessions, over a few \
                 weeks, can tell. Supple draws them here, with how sure they make us."
            }
            @if cx.knowledge.measures.contains_key(FIRST_TEST) {
                p { "A good one to begin with needs a wall, a tape and five minutes: how far your toes can be from the \
                     wall while the knee still touches it." }
                p .row {
                    a .button.primary href=(cx.href(&format!("measures/{FIRST_TEST}"))) { "Take your first test" }
                    a .button href=(cx.href("measures")) { "See all tests" }
                }
            }
        }
    }
}
