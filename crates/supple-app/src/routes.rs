//! Which page answers which path.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{session, trouble, welcome};

/// The page for a path.
pub fn get(cx: &Cx<'_>) -> Response {
    match cx.segments().as_slice() {
        [] => welcome::get(cx),
        ["session", id] => session::get(cx, id, None),
        ["session", id, part] => session::get(cx, id, Some(part)),
        _ => trouble::not_found(cx),
    }
}

/// What a posted form leads to.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    match cx.segments().as_slice() {
        ["session", id] => session::post(cx, form, id, None),
        ["session", id, part] => session::post(cx, form, id, Some(part)),
        _ => cx.answer(trouble::not_found(cx)),
    }
}
