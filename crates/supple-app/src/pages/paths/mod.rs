//! Paths for special times of life: the list, one of them, its questions, and what it looks out for.

mod map;
mod offers;
mod questions;
mod show;
mod watches;

pub use questions::{ask, today};
pub use show::one;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use maud::{Markup, html};
use supple_core::knowledge::CarePath;
use supple_core::path::{Due, Standing, concerning, in_order, standing};

/// Where somebody stands on a path today.
fn here<'c>(cx: &Cx<'c>, id: &str) -> Option<Standing<'c>> {
    let wishes = crate::today::last_check_in(cx.state, cx.now()).map(|wishes| &wishes.what);
    standing(cx.knowledge, cx.state, cx.now(), wishes, id)
}

/// The list: those that an answer or the age calls for first.
pub fn get(cx: &Cx<'_>) -> Response {
    let yours = concerning(cx.knowledge, cx.state, cx.now());
    let others: Vec<(&str, &CarePath)> =
        in_order(cx.knowledge).into_iter().filter(|(id, _)| !yours.iter().any(|(own, _)| own == id)).collect();
    let body = html! {
        h1 { "Paths" }
        p .lead { "After a treatment, in a pregnancy, with thin bones and at some ages other things are right. A path asks \
                   what matters, shows what is left alone and why, and offers what is open." }
        @if !yours.is_empty() {
            section .card {
                h2 { "By what you answered" }
                ul .paths { @for (id, known) in &yours { (line(cx, id, known)) } }
            }
        }
        section .card {
            h2 { @if yours.is_empty() { "All paths" } @else { "The others" } }
            ul .paths { @for (id, known) in &others { (line(cx, id, known)) } }
        }
        p .small { "A path opens nothing that your answers close. It shows what they leave, and whom to ask." }
    };
    framed(cx, 200, Page { title: "Paths", class: "page-paths", place: Some(Place::Settings), scripts: &[], body })
}

fn line(cx: &Cx<'_>, id: &str, known: &CarePath) -> Markup {
    let due = here(cx, id).is_some_and(|here| here.watches.iter().any(|watch| watch.due == Due::Now));
    html! {
        li {
            a href=(cx.href(&format!("paths/{id}"))) { (known.title) }
            @if due { " " span .due { "time to look" } }
            p .small { (known.for_whom) }
        }
    }
}

/// What a form of a path says: questions of a card, today's questions, or what was noticed.
pub fn post(cx: &Cx<'_>, id: &str, rest: &[&str], form: &Form) -> Decision {
    match rest {
        ["ask"] => questions::answered(cx, id, form),
        ["today"] => questions::answered_today(cx, id, form),
        ["watch"] => watches::answered(cx, id, form),
        _ => cx.answer(trouble::not_found(cx)),
    }
}

/// Links to the paths that an answer or the age calls for, in words that name no more than was said; nothing where there
/// is none.
pub fn links(cx: &Cx<'_>) -> Markup {
    html! {
        @for (id, known) in concerning(cx.knowledge, cx.state, cx.now()) {
            p { a href=(cx.href(&format!("paths/{id}"))) { (known.link) } }
        }
    }
}
