//! Starting: the amounts are worked out for this day and admitted at this very moment, never taken from a form.

use super::found::under_way;
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::pages::trouble;
use supple_core::gate::{admit_moves, judge};
use supple_core::guide::MoveRun;
use supple_core::move_dose::MoveDose;

/// The run that this very form began, or one that is under way: there is only one at a time.
pub fn begun(cx: &Cx<'_>, form: &Form) -> Option<String> {
    let same = cx.state.moves.iter().find(|run| form.get("action") == Some(&run.id));
    same.or_else(|| under_way(cx)).map(|run| format!("moves/run/{}", run.id))
}

/// Of doses that are allowed one by one, those that are allowed together, first come first served: what is too much for a
/// day stays out.
pub fn as_many_as_go_together(cx: &Cx<'_>, doses: impl Iterator<Item = MoveDose>) -> Vec<MoveDose> {
    let judgement = judge(cx.knowledge, &crate::pages::programme::assessment(cx));
    let Some(clearance) = judgement.verdict.clearance() else { return Vec::new() };
    let mut together: Vec<MoveDose> = Vec::new();
    for dose in doses {
        together.push(dose);
        if admit_moves(cx.knowledge, clearance, clearance.head(), &together).is_err() {
            together.pop();
        }
    }
    together
}

/// Writes that a run of these moves began, and goes there.
pub fn start(cx: &Cx<'_>, form: &Form, doses: &[MoveDose]) -> Decision {
    let id = form.get("action").map_or_else(|| cx.action("start"), str::to_owned);
    let judgement = judge(cx.knowledge, &crate::pages::programme::assessment(cx));
    let Some(clearance) = judgement.verdict.clearance() else {
        return cx.answer(Response::see_other(cx.href("not-yet")));
    };
    match admit_moves(cx.knowledge, clearance, cx.state.head.as_deref(), doses) {
        Ok(admitted) if !admitted.moves().is_empty() => {
            let (_, output) = MoveRun::start(id.clone(), &admitted, cx.knowledge, true);
            cx.record(output.events, &format!("moves/run/{id}"))
        }
        Ok(_) | Err(_) => cx.answer(trouble::not_found(cx)),
    }
}
