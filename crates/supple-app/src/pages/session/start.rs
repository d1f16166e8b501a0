//! Starting: the doses come from the plan in force, admitted at this very moment, never from the form.

use super::found::under_way;
use crate::app::Decision;
use crate::cx::Cx;
use crate::form::Form;
use crate::today::Today;
use supple_core::guide::Session;

/// `POST session/start`: writes that a session began, and goes there.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    // The same form again is the same session.
    let id = form.get("action").map_or_else(|| cx.action("start"), str::to_owned);
    if cx.state.sessions.iter().any(|session| session.id == id) {
        return cx.record([], &format!("session/{id}"));
    }
    if let Some(record) = under_way(cx) {
        return cx.record([], &format!("session/{}", record.id));
    }
    let Some(today) = Today::of(cx) else { return cx.record([], "today") };
    let Some(admitted) = &today.admitted else { return cx.record([], today.way().path()) };
    let (_, output) = Session::start(id.clone(), admitted, cx.knowledge);
    cx.record(output.events, &format!("session/{id}"))
}
