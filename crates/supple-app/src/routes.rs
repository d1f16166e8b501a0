//! Which page answers which path.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{
    after, clinician, evidence, experiments, help, history, measures, next_day, pair, plan, routines, screen,
    session, settings, spots, today, trouble, welcome,
};

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
        ["clinician"] => clinician::get(cx),
        ["plan"] => plan::get(cx),
        ["routines"] => routines::get(cx),
        ["after", session] => after::get(cx, session),
        ["next-day"] => next_day::get(cx),
        ["history"] => history::get(cx),
        ["history", session] => history::session(cx, session),
        ["spots", spot] => spots::get(cx, spot),
        ["evidence"] => evidence::get(cx),
        ["evidence", id] => evidence::claim(cx, id),
        ["measures"] => measures::get(cx),
        ["measures", id] => measures::test(cx, id),
        ["experiments"] => experiments::get(cx),
        ["experiments", "new", id] => experiments::design(cx, id),
        ["experiments", id] => experiments::one(cx, id),
        ["experiments", id, "export"] => experiments::export(cx, id),
        ["settings", ..] => settings::get(cx),
        ["pair"] => pair::get(cx),
        ["session", id] => session::get(cx, id, None),
        ["session", id, part] => session::get(cx, id, Some(part)),
        _ => trouble::not_found(cx),
    }
}

/// What a posted form leads to.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    match cx.segments().as_slice() {
        ["today"] => today::post(cx, form),
        ["screen"] => screen::card::post(cx, form),
        ["screen", "ask"] => screen::full::post(cx, form),
        ["screen", "wrong"] => screen::full::wrong(cx, form),
        ["seen"] => help::seen(cx, form),
        ["clinician"] => clinician::post(cx, form),
        ["plan", "arrange"] => plan::arrange(cx, form),
        ["routines"] => routines::save(cx, form),
        ["routines", "start"] => routines::start(cx, form),
        ["routines", "remove"] => routines::remove(cx, form),
        ["after", session] => after::post(cx, session, form),
        ["next-day"] => next_day::post(cx, form),
        ["history", "undo"] => history::undo(cx, form),
        ["spots", spot, "follow-up"] => spots::follow_up(cx, spot, form),
        ["spots", spot, "press"] => spots::press(cx, spot, form),
        ["measures", id] => measures::post(cx, id, form),
        ["experiments", "new", id] => experiments::begin(cx, id, form),
        ["experiments", id] => experiments::post(cx, id, form),
        ["settings", ..] => settings::post(cx, form),
        ["session", id] => session::post(cx, form, id, None),
        ["session", id, part] => session::post(cx, form, id, Some(part)),
        _ => cx.answer(trouble::not_found(cx)),
    }
}
