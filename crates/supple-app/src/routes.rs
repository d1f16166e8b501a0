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

/// The page for a path; none if this build has no such page.
pub fn get(cx: &Cx<'_>) -> Option<Response> {
    Some(match cx.segments().as_slice() {
        [] => welcome::get(cx),
        ["today"] => today::get(cx),
        ["screen"] => screen::card::get(cx),
        ["screen", "ask"] => screen::full::get(cx),
        ["screen", "all"] => screen::all::get(cx),
        ["help-first"] => help::first(cx),
        ["not-yet"] => help::not_yet(cx),
        #[cfg(feature = "whole")]
        path => return rolling::get(cx, path).or_else(|| seldom::get(cx, path)),
        // The way to the plan goes by its path, and until everything is answered it leads back to a question.
        #[cfg(not(feature = "whole"))]
        ["plan"] => Response::see_other(cx.href(Today::ready(cx).err()?)),
        #[cfg(not(feature = "whole"))]
        _ => return None,
    })
}

/// What a posted form leads to; none if this build has no such form.
pub fn post(cx: &Cx<'_>, form: &Form) -> Option<Decision> {
    Some(match cx.segments().as_slice() {
        ["today"] => today::post(cx, form),
        ["screen"] => screen::card::post(cx, form),
        ["screen", "ask"] => screen::full::post(cx, form),
        ["screen", "wrong"] => screen::full::wrong(cx, form),
        #[cfg(feature = "whole")]
        path => return rolling::post(cx, path, form).or_else(|| seldom::post(cx, path, form)),
        #[cfg(not(feature = "whole"))]
        _ => return None,
    })
}
