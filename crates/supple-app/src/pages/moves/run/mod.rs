//! A guided run of moves: started from a day of the programme, played in full screen or by hand, kept move by move.

mod by_hand;
mod events;
mod found;
mod full_screen;
mod start;
mod words;

pub use start::{as_many_as_go_together, begun, start};

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::{guided, programme, trouble};
use found::{Found, find};
use maud::{Markup, html};
use supple_core::guide::MoveRun;
use supple_core::state::MovesRecord;

/// `moves/run/<id>`, `moves/run/<id>/by-hand` or `moves/run/<id>/stop`.
pub fn get(cx: &Cx<'_>, id: &str, part: Option<&str>) -> Response {
    match part {
        None => with_run(cx, id, |record, run| full_screen::page(cx, record, &run)),
        Some("by-hand") => with_run(cx, id, |record, run| by_hand::page(cx, record, run)),
        Some("stop") => guided::stop::page::<MoveRun>(cx, id),
        Some(_) => trouble::not_found(cx),
    }
}

/// `moves/run/<id>/events`, `moves/run/<id>/by-hand` or `moves/run/<id>/stop`.
pub fn post(cx: &Cx<'_>, form: &Form, id: &str, part: &str) -> Decision {
    match part {
        "events" => events::post(cx, id),
        "by-hand" => guided::by_hand::post::<MoveRun>(cx, form, id),
        "stop" => guided::stop::post::<MoveRun>(cx, form, id),
        _ => cx.answer(trouble::not_found(cx)),
    }
}

fn with_run(cx: &Cx<'_>, id: &str, page: impl FnOnce(&MovesRecord, MoveRun) -> Response) -> Response {
    match find(cx, id) {
        Found::UnderWay { record, guide } => page(record, *guide),
        Found::Over(record) => over(cx, record),
        Found::NotAllowed(_) => say(
            cx,
            "These moves do not go on",
            &html! {
                p { "They began a while ago, or something you told Supple since then changes what is good for you now. What \
                     you did is kept." }
                p { a .button .primary href=(cx.href("programme")) { "To my programme" } }
            },
        ),
        Found::Nowhere => trouble::not_found(cx),
    }
}

fn over(cx: &Cx<'_>, record: &MovesRecord) -> Response {
    let done = record.moves.iter().filter(|done| done.what.seconds > 0).count();
    let many = record.started.moves.len();
    say(
        cx,
        "That is done",
        &html! {
            p { (done) " of " (many) @if many == 1 { " move." } @else { " moves." } " It is in your history." }
            (programme::next_today(cx))
            p .row {
                a .button href=(cx.href("programme")) { "To my programme" }
                a .button href=(cx.href("today")) { "Go to Today" }
            }
        },
    )
}

fn say(cx: &Cx<'_>, title: &str, inside: &Markup) -> Response {
    let body = html! { h1 { (title) } (inside) };
    framed(cx, 200, Page { title, class: "page-session-over", place: Some(Place::Plan), scripts: &[], body })
}
