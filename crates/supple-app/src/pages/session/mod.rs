//! The session: started from the plan in force, played in full screen or by hand, kept block by block.

mod by_hand;
mod events;
mod found;
mod full_screen;
mod start;
mod words;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::{guided, trouble};
pub use found::under_way;
use found::{Found, find};
use maud::{Markup, html};
use supple_core::guide::Session;
use supple_core::state::SessionRecord;

/// `session/<id>`, `session/<id>/by-hand` or `session/<id>/stop`.
pub fn get(cx: &Cx<'_>, id: &str, part: Option<&str>) -> Response {
    match part {
        None => with_session(cx, id, |record, session| full_screen::page(cx, record, &session)),
        Some("by-hand") => with_session(cx, id, |record, session| by_hand::page(cx, record, session)),
        Some("stop") => guided::stop::page::<Session>(cx, id),
        Some(_) => trouble::not_found(cx),
    }
}

/// `session/start`, `session/<id>/events`, `session/<id>/by-hand` or `session/<id>/stop`.
pub fn post(cx: &Cx<'_>, form: &Form, id: &str, part: Option<&str>) -> Decision {
    match (id, part) {
        ("start", None) => start::post(cx, form),
        (id, Some("events")) => events::post(cx, id),
        (id, Some("by-hand")) => guided::by_hand::post::<Session>(cx, form, id),
        (id, Some("stop")) => guided::stop::post::<Session>(cx, form, id),
        _ => cx.answer(trouble::not_found(cx)),
    }
}

/// A page of a session that is under way, or the page that says why it is not.
fn with_session(cx: &Cx<'_>, id: &str, page: impl FnOnce(&SessionRecord, Session) -> Response) -> Response {
    match find(cx, id) {
        Found::UnderWay { record, guide } => page(record, *guide),
        Found::Over(record) => over(cx, record),
        Found::NotAllowed(record) => not_allowed(cx, record),
        Found::Nowhere => trouble::not_found(cx),
    }
}

fn over(cx: &Cx<'_>, record: &SessionRecord) -> Response {
    let after = cx.href(&format!("after/{}", record.id));
    say(
        cx,
        "This session is over",
        &html! {
            p { "What you did is in your history. A new session is planned afresh, from how you are then." }
            p .row {
                a .button .primary href=(after) { "How was it?" }
                a .button href=(cx.href("today")) { "Go to Today" }
            }
        },
    )
}

fn not_allowed(cx: &Cx<'_>, record: &SessionRecord) -> Response {
    let after = cx.href(&format!("after/{}", record.id));
    say(
        cx,
        "This session does not go on",
        &html! {
            p { "It began a while ago, or something you told Supple since then changes what is good for you now. What \
                 you did is kept. If you want to roll more, Supple plans afresh from how you are now." }
            p .row {
                a .button .primary href=(cx.href("today")) { "Go to Today" }
                a .button href=(after) { "How was it so far?" }
            }
        },
    )
}

fn say(cx: &Cx<'_>, title: &str, inside: &Markup) -> Response {
    let body = html! { h1 { (title) } (inside) };
    framed(cx, 200, Page { title, class: "page-session-over", place: Some(Place::Plan), scripts: &[], body })
}
