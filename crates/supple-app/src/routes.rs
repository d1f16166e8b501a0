//! Which page answers which path.
//!
//! The pages until the questions are answered stand here: a phone fetches them first. While they are read it fetches the
//! others: those of a session in [`rolling`], those opened now and then in [`seldom`].

#[cfg(feature = "whole")]
mod rolling;
#[cfg(feature = "whole")]
mod seldom;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{help, screen, today, welcome};
#[cfg(not(feature = "whole"))]
use crate::today::Today;

/// Whether this build has what belongs to a path. A path that nobody knows is left to the whole app.
#[cfg(not(feature = "whole"))]
pub fn is_here(cx: &Cx<'_>) -> bool {
    match cx.segments().as_slice() {
        // The way to the plan goes by its path, and until everything is answered it leads back to a question.
        ["plan"] => Today::ready(cx).is_err(),
        path => {
            matches!(
                path,
                [] | ["today"] | ["screen"] | ["screen", "ask" | "all" | "wrong"] | ["help-first" | "not-yet"]
            )
        }
    }
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
        #[cfg(feature = "whole")]
        path => rolling::get(cx, path).unwrap_or_else(|| seldom::get(cx, path)),
        #[cfg(not(feature = "whole"))]
        ["plan"] => match Today::ready(cx) {
            Ok(_) => crate::pages::trouble::not_found(cx),
            Err(path) => Response::see_other(cx.href(path)),
        },
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
        #[cfg(feature = "whole")]
        path => rolling::post(cx, path, form).unwrap_or_else(|| seldom::post(cx, path, form)),
        #[cfg(not(feature = "whole"))]
        _ => cx.answer(crate::pages::trouble::not_found(cx)),
    }
}
