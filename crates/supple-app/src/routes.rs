//! Which page answers which path.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{today, trouble, welcome};

/// The page for a path.
pub fn get(cx: &Cx<'_>) -> Response {
    match cx.segments().as_slice() {
        [] => welcome::get(cx),
        ["today"] => today::get(cx),
        _ => trouble::not_found(cx),
    }
}

/// What a posted form leads to.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    match cx.segments().as_slice() {
        ["today"] => today::post(cx, form),
        _ => cx.answer(trouble::not_found(cx)),
    }
}
