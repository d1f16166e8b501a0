//! The movement screen: one look at one test a page, what came of it, and what to do when something hurts.
//!
//! Every look is written at once, so that a phone that goes to sleep loses nothing: the page then goes on where it was.

mod hurt;
mod look;
mod result;

pub use hurt::get as hurt;
pub use result::get as result;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::today::{Today, Way};
use crate::words::{capitalised, day};
use maud::{Markup, html};
use supple_core::movement::{
    Leave, LeftOut, ScreenRecord, Step, current, hurt_today, leave, next_by_hand, next_of, rescreen_due, screens,
};

/// The next look, or how it goes for somebody who has not begun. `?test=ID` is a test chosen by hand, `?begin=yes` the
/// first look of a new screen.
pub fn get(cx: &Cx<'_>) -> Response {
    // After the last look there is something to read.
    if cx.query().has("on") && under_way(cx).is_none() {
        return Response::see_other(cx.href("movement/result"));
    }
    page(cx, 200, cx.query().get("test"), None)
}

/// Keeps a look and goes on to the next.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    if allowed(cx).is_err() {
        return cx.answer(page(cx, 409, None, None));
    }
    match look::read(cx, form) {
        Ok(look) => look::record(cx, look, form.get("hand")),
        Err(wrong) => cx.answer(page(cx, 422, form.get("hand"), Some(wrong))),
    }
}

fn page(cx: &Cx<'_>, status: u16, by_hand: Option<&str>, wrong: Option<&str>) -> Response {
    let allowed = allowed(cx);
    let none = LeftOut::default();
    let left_out = allowed.as_ref().unwrap_or(&none);
    let here = current(cx.state, cx.knowledge, cx.now(), left_out);
    let by_hand = by_hand.filter(|id| cx.knowledge.movement_tests.contains_key(*id));
    // A first look that could not be read is shown again.
    let begin = cx.query().has("begin") || (wrong.is_some() && here.is_none());
    let kept = here.as_ref().filter(|_| !begin);
    // A test chosen by hand belongs to the screen in progress, to the last one of today, or to a new one.
    let last = screens(cx.state, cx.now()).pop();
    let today = last.as_ref().filter(|last| last.began().date() == cx.now().date());
    let body = if let Err(notice) = &allowed {
        html! { h1 { "Movement screen" } (notice) }
    } else if let Some(id) = by_hand {
        let screen = kept.or(today);
        match next_by_hand(cx.state, cx.knowledge, cx.now(), (screen, left_out), id) {
            Some(step) => look::form(cx, &step, screen, (Some(id), wrong)),
            None => done_by_hand(cx, id),
        }
    } else if let Some(screen) = kept {
        match next_of(cx.state, cx.knowledge, cx.now(), (Some(screen), left_out)) {
            Some(step) => look::form(cx, &step, Some(screen), (None, wrong)),
            None => intro(cx, left_out),
        }
    } else if begin {
        match next_of(cx.state, cx.knowledge, cx.now(), (None, left_out)) {
            Some(step) => look::form(cx, &step, None, (None, wrong)),
            None => rests_today(cx),
        }
    } else {
        intro(cx, left_out)
    };
    framed(cx, status, Page { title: "Movement screen", class: "page-movement", place: None, scripts: &[], body })
}

/// What is left out today, or why no test may be done now.
fn allowed(cx: &Cx<'_>) -> Result<LeftOut, Markup> {
    let notice = |title: &str, path: &str, words: &str| {
        Err(html! { div .notice { p { b { (title) } " " a href=(cx.href(path)) { (words) } } } })
    };
    let today = Today::of(cx);
    let questions = if today.is_some() { "screen" } else { "today" };
    if today.as_ref().is_some_and(|today| today.way() == Way::Screen) {
        return notice("A few questions first.", questions, "Answer them.");
    }
    match leave(cx.state, cx.knowledge, cx.now(), today.as_ref().map(|today| &today.wishes.what)) {
        Leave::HelpFirst => notice("Not today.", "help-first", "Get help first."),
        Leave::NotYet => notice("Not yet.", "not-yet", "See why, and what to do."),
        Leave::Questions => notice("A few questions first.", questions, "Answer them."),
        Leave::Tests(left_out) => Ok(left_out),
    }
}

/// What is left out today; nothing where no test may be done at all, which other pages say.
fn left_out(cx: &Cx<'_>) -> LeftOut {
    allowed(cx).unwrap_or_default()
}

fn intro(cx: &Cx<'_>, left_out: &LeftOut) -> Markup {
    let due = rescreen_due(cx.state, cx.now());
    html! {
        p .eyebrow { "Movement" }
        h1 { "How you move" }
        p .lead { "A few squats first, looked at from three sides. Then only what they call for." }
        section .card {
            ul {
                li { "About five minutes. Bare feet, a mirror or somebody who looks, or film yourself." }
                li { "Count on how many of the repetitions you see something. Once is nothing." }
                li { "Not with a fresh injury or operation, a joint that is hot or swollen, or anything a clinician told you not to load." }
                li { "Anything hurts: stop that test. There is a button for it." }
                li { "Stop whenever you like. It goes on where you were." }
            }
            p { a .button .primary .big .wide href=(cx.href("movement?begin=yes")) { "Begin with the squat" } }
            p .small { "Or leave it out: " a href=(cx.href("today")) { "back to today" } "." }
        }
        @if let Some(due) = due {
            section .card {
                p {
                    "Your last one is worth doing again from " (day(due)) " on."
                }
                p { a .button href=(cx.href("movement/result")) { "What came of it" } }
            }
        }
        details .card {
            summary { "One test by itself" }
            ul .tests { @for (id, test) in in_order(cx).into_iter().filter(|(id, _)| !left_out.has(id)) {
                li { a href=(cx.href(&format!("movement?test={id}"))) { (test.name) } p .small { (test.needs) } }
            } }
        }
    }
}

/// The screen that can be gone on with now.
fn under_way<'a>(cx: &Cx<'a>) -> Option<ScreenRecord<'a>> {
    current(cx.state, cx.knowledge, cx.now(), &left_out(cx))
}

/// The tests in their order.
fn in_order<'a>(cx: &Cx<'a>) -> Vec<(&'a str, &'a supple_core::knowledge::MovementTest)> {
    let mut tests: Vec<_> = cx.knowledge.movement_tests.iter().map(|(id, test)| (id.as_str(), test)).collect();
    tests.sort_by_key(|(id, test)| (test.order, *id));
    tests
}

fn done_by_hand(cx: &Cx<'_>, id: &str) -> Markup {
    let name = cx.knowledge.movement_tests.get(id).map_or(id, |test| test.name.as_str());
    html! {
        p .eyebrow { a href=(cx.href("movement")) { "How you move" } }
        h1 { (capitalised(name)) }
        p { "There is nothing left to look at in this test now: it was done, it is measured, or it loads a place that hurt." }
        p { a .button .primary .wide href=(cx.href("movement/result")) { "What came of it" } }
        p { a .button .wide href=(cx.href("movement")) { "All tests" } }
    }
}

/// Where the squat, which comes first, is left out.
fn rests_today(cx: &Cx<'_>) -> Markup {
    let hurt = !hurt_today(cx.state, cx.knowledge, cx.now()).is_empty();
    html! {
        h1 { "Not today" }
        div .caution {
            @if hurt {
                p { "The squat loads a place that hurt today. That place rests until tomorrow." }
            } @else {
                p { "By your answers the squat is left out. Single tests may still be open to you." }
            }
        }
        @if hurt {
            p { a .button .wide href=(cx.href("movement/hurt")) { "What to do about it" } }
        } @else {
            p { a .button .wide href=(cx.href("movement")) { "See which" } }
        }
        p { a .button .wide href=(cx.href("today")) { "Back to today" } }
    }
}

/// What a look is called: "Overhead squat, from the front", "Single-leg squat, left, heels raised".
fn title(cx: &Cx<'_>, step: &Step) -> String {
    cx.knowledge.movement_tests.get(&step.test).map_or_else(|| step.test.clone(), |test| test.name.clone())
}

/// The id of the screen a look belongs to: the one in progress, or a new one.
fn screen_id(cx: &Cx<'_>, screen: Option<&ScreenRecord<'_>>) -> String {
    screen.map_or_else(|| cx.action("screen"), |screen| screen.id.to_owned())
}
