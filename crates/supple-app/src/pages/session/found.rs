//! A session that began, judged and admitted again: what was allowed when it began may not be allowed now.

use crate::cx::Cx;
use crate::pages::guided::{self, found::others};
use jiff::SignedDuration;
use supple_core::Zoned;
use supple_core::assess::Assessment;
use supple_core::gate::judge;
use supple_core::gate::{Admitted, admit};
use supple_core::guide::{Logged, Pace, Session};
use supple_core::sorted::SortedSet;
use supple_core::state::{SessionRecord, State, fold};

/// A session that began.
pub type Found<'a> = guided::Found<'a, SessionRecord, Session>;

/// Before this long nothing can have been pressed since the last word in the log: a set-up and a count-in take longer.
const NOTHING_PRESSED: SignedDuration = SignedDuration::from_secs(10);

/// Finds a session by its id.
pub fn find<'a>(cx: &Cx<'a>, id: &str) -> Found<'a> {
    let Some(record) = cx.state.sessions.iter().find(|session| session.id == id) else { return Found::Nowhere };
    if record.ended.is_some() {
        return Found::Over(record);
    }
    match admitted_again(cx, record) {
        Some((admitted, earlier)) => {
            let guide = Box::new(take_up(cx, record, &admitted, &earlier));
            if guide.is_ended() { Found::Over(record) } else { Found::UnderWay { record, guide } }
        }
        None => Found::NotAllowed(record),
    }
}

/// The session of today that began and may go on.
pub fn under_way<'a>(cx: &Cx<'a>) -> Option<&'a SessionRecord> {
    let last = cx.state.sessions.last()?;
    matches!(find(cx, &last.id), Found::UnderWay { .. }).then_some(last)
}

/// Whether somebody was guided before this session, so that sound was tested and the player is known.
pub fn is_first(cx: &Cx<'_>, record: &SessionRecord) -> bool {
    !cx.state.sessions.iter().any(|other| other.id != record.id && !other.blocks.is_empty())
}

/// Admits the session's doses again under a clearance of now.
fn admitted_again(cx: &Cx<'_>, record: &SessionRecord) -> Option<(Admitted, State)> {
    let now = cx.now();
    let earlier = fold(&others(cx, &record.id, &record.at)?);
    let wishes = wishes_of_that_day(&earlier, record, now)?;
    let assessment = Assessment::from_state(cx.knowledge, &earlier, now, &wishes.what);
    let judgement = judge(cx.knowledge, &assessment);
    let clearance = judgement.verdict.clearance()?;
    let head = earlier.head.as_deref();
    let (goal, doses) = (record.started.goal, record.started.doses.as_slice());
    let admitted = admit(cx.knowledge, clearance, head, goal, assessment.minutes, doses).ok()?;
    Some((admitted, earlier))
}

/// The last check-in up to now, if it is of the day on which the session began.
fn wishes_of_that_day<'s>(
    state: &'s State,
    record: &SessionRecord,
    now: &Zoned,
) -> Option<&'s supple_core::state::Timed<supple_core::event::CheckedIn>> {
    let day = record.at.date();
    let last = state.check_ins.iter().rfind(|check_in| check_in.at <= *now)?;
    (last.at.with_time_zone(record.at.time_zone().clone()).date() == day).then_some(last)
}

fn take_up(cx: &Cx<'_>, record: &SessionRecord, admitted: &Admitted, earlier: &State) -> Session {
    let finished: Vec<_> = record.blocks.iter().map(|block| block.finished.clone()).collect();
    let stops = cx.state.stops.iter().filter(|stop| stop.what.session.as_deref() == Some(record.id.as_str()));
    let (signals, signalled_at): (Vec<_>, Vec<_>) = stops.map(|stop| (stop.what.clone(), &stop.at)).unzip();
    let last_word = record.blocks.iter().map(|block| &block.at).chain(signalled_at).max().unwrap_or(&record.at);
    let in_doubt = cx.now().duration_since(last_word) > NOTHING_PRESSED && !is_by_hand(cx);
    let pace = Pace { setup_seconds: Some(cx.state.settings.setup_seconds), met: Some(met(earlier)) };
    let logged = Logged { finished: &finished, signals: &signals, in_doubt };
    Session::take_up(record.id.clone(), admitted, cx.knowledge, &pace, logged)
}

/// By hand nothing begins by itself: what was pressed is what the person says.
fn is_by_hand(cx: &Cx<'_>) -> bool {
    matches!(cx.segments().get(2), Some(&("by-hand" | "stop")))
}

/// Techniques that were really done before.
fn met(state: &State) -> SortedSet<String> {
    let blocks = state.sessions.iter().flat_map(|session| &session.blocks);
    blocks.filter(|block| block.finished.seconds > 0).map(|block| block.finished.technique.clone()).collect()
}
