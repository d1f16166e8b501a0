//! Which page answers which path.
//!
//! The pages of a first session stand here; those opened now and then in [`seldom`], which the browser fetches later.

#[cfg(feature = "whole")]
mod seldom;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{after, help, next_day, plan, screen, session, spots, today, welcome};

/// Whether this build has what belongs to a path. A path that nobody knows is left to the whole app.
#[cfg(not(feature = "whole"))]
pub fn is_here(cx: &Cx<'_>) -> bool {
    matches!(
        cx.segments().as_slice(),
        [] | ["today"]
            | ["screen"]
            | ["screen", "ask" | "all" | "wrong"]
            | ["help-first" | "not-yet"]
            | ["plan"]
            | ["plan", "arrange"]
            | ["after", _]
            | ["next-day"]
            | ["spots", ..]
            | ["session", _]
            | ["session", _, _]
    )
}

/// The page for a path.
pub fn get(cx: &Cx<'_>) -> Response {
    match cx.segments().as_slice() {
        [] => welcome::get(cx),
        ["today"] => today::get(cx),
        ["screen"] => screen::card::get(cx),
        ["screen", "ask"] => screen::full::get(cx),
        ["screen", "all"] => screen::all::get(cx),
        ["help-first"] => help::first(cx),
        ["not-yet"] => help::not_yet(cx),
        ["plan"] => plan::get(cx),
        ["after", session] => after::get(cx, session),
        ["next-day"] => next_day::get(cx),
        ["spots", spot] => spots::get(cx, spot),
        ["session", id] => session::get(cx, id, None),
        ["session", id, part] => session::get(cx, id, Some(part)),
        #[cfg(feature = "whole")]
        path => seldom::get(cx, path),
        #[cfg(not(feature = "whole"))]
        _ => crate::pages::trouble::not_found(cx),
    }
}

/// What a posted form leads to.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    match cx.segments().as_slice() {
        ["today"] => today::post(cx, form),
        ["screen"] => screen::card::post(cx, form),
        ["screen", "ask"] => screen::full::post(cx, form),
        ["screen", "wrong"] => screen::full::wrong(cx, form),
        ["plan", "arrange"] => plan::arrange(cx, form),
        ["after", session] => after::post(cx, session, form),
        ["next-day"] => next_day::post(cx, form),
        ["spots", spot, "follow-up"] => spots::follow_up(cx, spot, form),
        ["spots", spot, "press"] => spots::press(cx, spot, form),
        ["session", id] => session::post(cx, form, id, None),
        ["session", id, part] => session::post(cx, form, id, Some(part)),
        #[cfg(feature = "whole")]
        path => seldom::post(cx, path, form),
        #[cfg(not(feature = "whole"))]
        _ => cx.answer(crate::pages::trouble::not_found(cx)),
    }
}
