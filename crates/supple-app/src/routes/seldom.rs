//! Pages opened now and then: a phone fetches them after its first answer.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::{
    calendar, clinician, evidence, experiments, forecast, handout, help, history, measures, movement, moves, pair,
    paths, programme, progress, receive, routines, settings, share, summary, training, training_files,
};

/// The page for a path, if it is one of these.
pub fn get(cx: &Cx<'_>, path: &[&str]) -> Option<Response> {
    Some(match path {
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
        ["moves", "run", id] => moves::run::get(cx, id, None),
        ["moves", "run", id, part] => moves::run::get(cx, id, Some(part)),
        ["movement"] => movement::get(cx),
        ["movement", "result"] => movement::result(cx),
        ["movement", "hurt"] => movement::hurt(cx),
        ["paths"] => paths::get(cx),
        ["paths", id] => paths::one(cx, id),
        ["paths", id, "ask"] => paths::ask(cx, id),
        ["paths", id, "today"] => paths::today(cx, id),
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
        ["training", "import"] => training_files::get(cx),
        ["training", "known"] => training_files::known(cx),
        ["forecast"] | ["forecast", "scored"] => forecast::get(cx),
        ["settings", ..] => settings::get(cx),
        ["pair"] => pair::get(cx),
        _ => return None,
    })
}

/// What a posted form leads to, if it is one of these.
pub fn post(cx: &Cx<'_>, path: &[&str], form: &Form) -> Option<Decision> {
    Some(match path {
        ["seen"] => help::seen(cx, form),
        ["clinician"] => clinician::post(cx, form),
        ["routines"] => routines::save(cx, form),
        ["routines", "start"] => routines::start(cx, form),
        ["routines", "remove"] => routines::remove(cx, form),
        ["programme", rest @ ..] => programme::post(cx, rest, form),
        ["history", "undo"] => history::undo(cx, form),
        ["measures", id] => measures::post(cx, id, form),
        ["moves", id] => moves::start_one(cx, id, form),
        ["moves", "run", id, part] => moves::run::post(cx, form, id, part),
        ["movement"] => movement::post(cx, form),
        ["paths", id, rest @ ..] => paths::post(cx, id, rest, form),
        ["experiments", "new", id] => experiments::begin(cx, id, form),
        ["experiments", id] => experiments::post(cx, id, form),
        ["receive"] | ["receive", "save" | "today" | "moves"] => receive::post(cx, form),
        ["training"] => training::post(cx, form),
        ["training", "back"] => training::back(cx, form),
        ["training", "undo"] => training::undo(cx, form),
        ["training", "import", "found"] => training_files::found(cx),
        ["training", "import", "events"] => training_files::events(cx),
        ["training", "import", ..] => training_files::not_here(cx),
        ["settings", ..] => settings::post(cx, form),
        _ => return None,
    })
}
