use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use crate::words::{list, region};
use maud::html;
use supple_core::body::RegionId;
use supple_core::movement::{PAIN_QUESTIONS, hurt_today};

/// After a test hurt: what rests, what is asked, and how it goes on.
pub fn get(cx: &Cx<'_>) -> Response {
    let sites = hurt_today(cx.state, cx.knowledge, cx.now());
    let hurt: Vec<String> = RegionId::ALL
        .into_iter()
        .filter(|known| sites.iter().any(|site| site.region == *known))
        .map(|known| region(cx.knowledge, known).to_owned())
        .collect();
    let ids: Vec<String> = PAIN_QUESTIONS
        .iter()
        .filter(|id| cx.knowledge.cautions.contains_key(**id))
        .map(|id| format!("id={id}"))
        .collect();
    let ask = cx.href(&format!("screen/ask?{}", ids.join("&")));
    let goes_on = super::under_way(cx).is_some();
    let body = html! {
        h1 { "Stop here" }
        @if hurt.is_empty() {
            p { "Nothing hurt in a movement test today." }
        } @else {
            div .caution {
                p { "That test is over. Resting until tomorrow: " (list(&hurt)) "." }
            }
            section .card {
                p { "A few questions about this pain come before the next plan." }
                p { a .button .primary .big .wide href=(ask) { "Answer them now" } }
                p .small {
                    "Bad pain, a leg or arm that does not carry, numbness, or a joint out of shape: "
                    a href=(cx.href("help-first")) { "get help first" } "."
                }
            }
        }
        @if goes_on {
            p { a .button .wide href=(cx.href("movement")) { "Go on with tests that leave it alone" } }
        }
        p { a .button .wide href=(cx.href("movement/result")) { "What came of it so far" } }
        p { a .button .wide href=(cx.href("today")) { "Back to today" } }
    };
    framed(cx, 200, Page { title: "Stop here", class: "page-movement", place: None, scripts: &[], body })
}
