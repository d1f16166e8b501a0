//! Pages opened now and then: a phone fetches them after its first answer.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{
    clinician, evidence, experiments, forecast, help, history, measures, pair, progress, routines, settings,
    training, trouble,
};

/// The page for a path.
pub fn get(cx: &Cx<'_>, path: &[&str]) -> Response {
    match path {
        ["clinician"] => clinician::get(cx),
        ["routines"] => routines::get(cx),
        ["history"] => history::get(cx),
        ["history", session] => history::session(cx, session),
        ["evidence"] => evidence::get(cx),
        ["evidence", id] => evidence::claim(cx, id),
        ["progress"] => progress::get(cx),
        ["measures"] => measures::get(cx),
        ["measures", id] => measures::test(cx, id),
        ["experiments"] => experiments::get(cx),
        ["experiments", "new", id] => experiments::design(cx, id),
        ["experiments", id] => experiments::one(cx, id),
        ["experiments", id, "export"] => experiments::export(cx, id),
        ["training"] => training::get(cx),
        ["forecast"] => forecast::get(cx),
        ["settings", ..] => settings::get(cx),
        ["pair"] => pair::get(cx),
        _ => trouble::not_found(cx),
    }
}

/// What a posted form leads to.
pub fn post(cx: &Cx<'_>, path: &[&str], form: &Form) -> Decision {
    match path {
        ["seen"] => help::seen(cx, form),
        ["clinician"] => clinician::post(cx, form),
        ["routines"] => routines::save(cx, form),
        ["routines", "start"] => routines::start(cx, form),
        ["routines", "remove"] => routines::remove(cx, form),
        ["history", "undo"] => history::undo(cx, form),
        ["measures", id] => measures::post(cx, id, form),
        ["experiments", "new", id] => experiments::begin(cx, id, form),
        ["experiments", id] => experiments::post(cx, id, form),
        ["training"] => training::post(cx, form),
        ["training", "back"] => training::back(cx, form),
        ["training", "undo"] => training::undo(cx, form),
        ["settings", ..] => settings::post(cx, form),
        _ => cx.answer(trouble::not_found(cx)),
    }
}
