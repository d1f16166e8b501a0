//! Pages of a session, from the plan to the day after.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{after, next_day, plan, session, spots};

/// The page for a path, if it is one of these.
pub fn get(cx: &Cx<'_>, path: &[&str]) -> Option<Response> {
    Some(match path {
        ["plan"] => plan::get(cx),
        ["after", session] => after::get(cx, session),
        ["next-day"] => next_day::get(cx),
        ["spots", spot] => spots::get(cx, spot),
        ["session", id] => session::get(cx, id, None),
        ["session", id, part] => session::get(cx, id, Some(part)),
        _ => return None,
    })
}

/// What a posted form leads to, if it is one of these.
pub fn post(cx: &Cx<'_>, path: &[&str], form: &Form) -> Option<Decision> {
    Some(match path {
        ["plan", "arrange"] => plan::arrange(cx, form),
        ["after", session] => after::post(cx, session, form),
        ["next-day"] => next_day::post(cx, form),
        ["spots", spot, "follow-up"] => spots::follow_up(cx, spot, form),
        ["spots", spot, "press"] => spots::press(cx, spot, form),
        ["session", id] => session::post(cx, form, id, None),
        ["session", id, part] => session::post(cx, form, id, Some(part)),
        _ => return None,
    })
}
