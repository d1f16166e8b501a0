//! A run of moves that began, judged and admitted again: what was allowed when it began may not be allowed now.

use super::by_hand::begin;
use crate::cx::Cx;
use crate::pages::guided::{self, found::others};
use crate::pages::programme::assessment;
use supple_core::event::{BlockEnd, StopSignalled};
use supple_core::gate::{AdmittedMoves, admit_moves, judge};
use supple_core::guide::{Input, MoveRun};
use supple_core::knowledge::StopSignalId;
use supple_core::state::{MovesRecord, Timed, fold};

/// A run that began.
pub type Found<'a> = guided::Found<'a, MovesRecord, MoveRun>;

/// Finds a run by its id.
pub fn find<'a>(cx: &Cx<'a>, id: &str) -> Found<'a> {
    let Some(record) = cx.state.moves.iter().find(|run| run.id == id) else { return Found::Nowhere };
    if record.ended.is_some() {
        return Found::Over(record);
    }
    match admitted_again(cx, record) {
        Some(admitted) => {
            let guide = Box::new(take_up(cx, record, &admitted));
            if guide.is_ended() { Found::Over(record) } else { Found::UnderWay { record, guide } }
        }
        None => Found::NotAllowed(record),
    }
}

/// The run that began last and may go on.
pub fn under_way<'a>(cx: &Cx<'a>) -> Option<&'a MovesRecord> {
    let last = cx.state.moves.last()?;
    matches!(find(cx, &last.id), Found::UnderWay { .. }).then_some(last)
}

/// Admits the run's moves again under a clearance of now.
fn admitted_again(cx: &Cx<'_>, record: &MovesRecord) -> Option<AdmittedMoves> {
    let others = others(cx, &record.id, &record.at)?;
    let earlier = fold(&others);
    let before = Cx { state: &earlier, entries: &others, ..*cx };
    let judgement = judge(cx.knowledge, &assessment(&before));
    let clearance = judgement.verdict.clearance()?;
    admit_moves(cx.knowledge, clearance, earlier.head.as_deref(), &record.started.moves).ok()
}

/// The run as its log left it: each move that ended is ended again, and what hurt stays closed.
fn take_up(cx: &Cx<'_>, record: &MovesRecord, admitted: &AdmittedMoves) -> MoveRun {
    let (mut run, _) = MoveRun::start(record.id.clone(), admitted, cx.knowledge, true);
    let mut now = 0;
    let stops = cx.state.stops.iter().filter(|stop| stop.what.session.as_deref() == Some(record.id.as_str()));
    let mut stops: Vec<&Timed<StopSignalled>> = stops.collect();
    for done in &record.moves {
        while run.view().number != done.what.number && !run.is_ended() {
            run.step(Input::Skip, now);
        }
        let (its, later): (Vec<_>, Vec<_>) = stops.into_iter().partition(|stop| stop.at <= done.at);
        stops = later;
        now = begin(&mut run, now);
        // Several places of one stop are one signal.
        let signal = its.iter().map(|stop| stop.what.signal).rfind(|&signal| signal != StopSignalId::RisingInHold);
        match signal {
            Some(signal) if done.what.end == BlockEnd::Stopped => drop(run.step(Input::Signal(signal), now)),
            _ => drop(run.step(Input::Skip, now)),
        }
    }
    // Noticed between two moves: the last place and the next one are left alone.
    for stop in stops {
        run.step(Input::Signal(stop.what.signal), now);
    }
    run.rebase();
    run
}
