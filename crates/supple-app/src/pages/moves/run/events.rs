//! What the player sends while it plays: each move as soon as it ended.

use crate::app::Decision;
use crate::cx::Cx;
use crate::pages::guided::events::{Began, store};
use supple_core::event::EventBody;
use supple_core::state::MovesRecord;

/// `POST moves/run/<id>/events`: appends them once, however often they come.
pub fn post(cx: &Cx<'_>, id: &str) -> Decision {
    let record = cx.state.moves.iter().find(|run| run.id == id);
    let began = record.map(|record| Began { at: &record.at, is_over: record.ended.is_some() });
    store(cx, began, |body| record.map_or(Ok(()), |record| belongs(cx, record, body)))
}

/// Only what this run can bring is taken: no answers, no doses, and no more work than was admitted.
fn belongs(cx: &Cx<'_>, record: &MovesRecord, body: &EventBody) -> Result<(), &'static str> {
    const ELSEWHERE: &str = "it belongs to another run";
    match body {
        EventBody::MoveFinished(body) if body.session != record.id => Err(ELSEWHERE),
        EventBody::StopSignalled(body) if body.session.as_deref() != Some(&record.id) => Err(ELSEWHERE),
        EventBody::MovesEnded(body) if body.session != record.id => Err(ELSEWHERE),
        EventBody::MoveFinished(body) => {
            let dose = record.started.moves.get(usize::from(body.number)).ok_or("the run has no such move")?;
            let known = cx.knowledge.moves.get(&dose.id);
            let easier = known.and_then(|known| known.easier_move.as_deref());
            let is_easier = body.easier && easier == Some(body.id.as_str());
            if body.id != dose.id && !is_easier {
                return Err("the move is another one");
            }
            if body.sets > dose.sets || body.seconds > dose.work(cx.knowledge).get() {
                return Err("a move cannot have more than it was given");
            }
            Ok(())
        }
        EventBody::StopSignalled(_) | EventBody::MovesEnded(_) => Ok(()),
        _ => Err("a run brings moves, stop signals and its end, nothing else"),
    }
}
