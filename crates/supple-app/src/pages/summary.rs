//! A summary for a coach, read first and then sent by the person, or not.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::summary::{SPANS, summary};
use maud::html;

/// The page: `summary?days=28`; `summary/summary.txt?days=28` is the file.
pub fn get(cx: &Cx<'_>) -> Response {
    let days = cx.query().read::<u16>("days").filter(|days| SPANS.contains(days)).unwrap_or(SPANS[1]);
    let text = summary(cx.knowledge, cx.state, cx.now(), days);
    if cx.segments().len() > 1 {
        return Response::file("summary.txt", "text/plain; charset=utf-8", text);
    }
    let body = html! {
        h1 { "A summary for my coach" }
        p { "Read it first. It holds days, minutes, places and soreness, and nothing else: none of your answers, no tests, no \
             name. It goes nowhere unless you send it." }
        form method="get" action=(cx.href("summary")) {
            fieldset {
                legend { "The last" }
                div .choices {
                    @for span in SPANS {
                        label .choice {
                            input type="radio" name="days" value=(span) checked[span == days];
                            span { (span / 7) @if span == 7 { " week" } @else { " weeks" } }
                        }
                    }
                }
            }
            button { "Show" }
        }
        label for="summary" { "What would be sent" }
        textarea #summary .wide readonly rows="14" { (text) }
        div .row {
            button .primary type="button" data-share-text="summary" hidden { "Send it" }
            a .button href=(cx.href(&format!("summary/summary.txt?days={days}"))) download { "Save it" }
        }
        p { a href=(cx.href("history")) { "Back to history" } }
    };
    framed(
        cx,
        200,
        Page {
            title: "A summary for my coach",
            class: "page-summary",
            place: Some(Place::History),
            scripts: &["share.js"],
            body,
        },
    )
}
