//! What the player sends while it plays: each block as soon as it ended.

use crate::app::Decision;
use crate::cx::Cx;
use crate::pages::guided::events::{Began, store};
use supple_core::event::EventBody;
use supple_core::state::SessionRecord;

/// `POST session/<id>/events`: appends them once, however often they come.
pub fn post(cx: &Cx<'_>, id: &str) -> Decision {
    let record = cx.state.sessions.iter().find(|session| session.id == id);
    let began = record.map(|record| Began { at: &record.at, is_over: record.ended.is_some() });
    store(cx, began, |body| record.map_or(Ok(()), |record| belongs(record, body)))
}

/// Only what this session can bring is taken: no answers, no doses, and no more seconds than were admitted.
fn belongs(record: &SessionRecord, body: &EventBody) -> Result<(), &'static str> {
    const ELSEWHERE: &str = "it belongs to another session";
    match body {
        EventBody::BlockFinished(body) if body.session != record.id => Err(ELSEWHERE),
        EventBody::StopSignalled(body) if body.session.as_deref() != Some(&record.id) => Err(ELSEWHERE),
        EventBody::SessionEnded(body) if body.session != record.id => Err(ELSEWHERE),
        EventBody::BlockFinished(body) => {
            let dose = record.started.doses.get(usize::from(body.block)).ok_or("the session has no such block")?;
            let same = (&dose.technique, dose.region, dose.side) == (&body.technique, body.region, body.side);
            if !same {
                return Err("the block is another one");
            }
            if body.seconds > dose.pressure().get() {
                return Err("a block cannot have more seconds than it was given");
            }
            Ok(())
        }
        EventBody::StopSignalled(_) | EventBody::SessionEnded(_) => Ok(()),
        _ => Err("a session brings blocks, stop signals and its end, nothing else"),
    }
}
