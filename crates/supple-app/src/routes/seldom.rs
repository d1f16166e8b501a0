//! Pages opened now and then: a phone fetches them after its first answer.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{
    calendar, clinician, evidence, experiments, forecast, handout, help, history, measures, movement, moves, pair,
    programme, progress, receive, routines, settings, share, summary, training, trouble,
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
        ["programme"] => programme::get(cx),
        ["progress"] => progress::get(cx),
        ["measures"] => measures::get(cx),
        ["measures", id] => measures::test(cx, id),
        ["moves"] => moves::get(cx),
        ["moves", id] => moves::one(cx, id),
        ["movement"] => movement::get(cx),
        ["movement", "result"] => movement::result(cx),
        ["movement", "hurt"] => movement::hurt(cx),
        ["experiments"] => experiments::get(cx),
        ["experiments", "new", id] => experiments::design(cx, id),
        ["experiments", id] => experiments::one(cx, id),
        ["experiments", id, "export"] => experiments::export(cx, id),
        ["calendar"] | ["calendar", "supple.ics"] => calendar::get(cx),
        ["handout"] => handout::get(cx),
        ["receive", ..] => receive::get(cx),
        ["share"] | ["share", "routine.supple"] => share::get(cx),
        ["summary"] | ["summary", "summary.txt"] => summary::get(cx),
        ["training"] => training::get(cx),
        ["forecast"] | ["forecast", "scored"] => forecast::get(cx),
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
        ["programme", rest @ ..] => programme::post(cx, rest, form),
        ["history", "undo"] => history::undo(cx, form),
        ["measures", id] => measures::post(cx, id, form),
        ["movement"] => movement::post(cx, form),
        ["experiments", "new", id] => experiments::begin(cx, id, form),
        ["experiments", id] => experiments::post(cx, id, form),
        ["receive"] | ["receive", "save" | "today"] => receive::post(cx, form),
        ["training"] => training::post(cx, form),
        ["training", "back"] => training::back(cx, form),
        ["training", "undo"] => training::undo(cx, form),
        ["settings", ..] => settings::post(cx, form),
        _ => cx.answer(trouble::not_found(cx)),
    }
}
