//! The same session without the player: a list, and a clock of one's own. What was done comes from the log.

use super::found::{Found, find};
use super::words::{amount, name};
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::picture::picture;
use maud::{Markup, html};
use supple_core::dose::Dose;
use supple_core::event::{BlockEnd, EventBody};
use supple_core::guide::{Input, PhaseName, Session};
use supple_core::knowledge::Technique;
use supple_core::state::SessionRecord;

/// What a person says of the block in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// All of it was done.
    Done,
    /// The same, and it should be lighter next time.
    Lighter,
    /// None of it was done.
    Skipped,
    /// Something happened under pressure. How many seconds there were nobody counted, so all of them count.
    Stopped(Input),
}

/// What the log gets, worked out by the same guide that plays the session. `session` is in the state the log left it in.
pub fn tell(session: &mut Session, told: Told) -> Vec<EventBody> {
    let block = session.view().block;
    let mut events = session.step(Input::Tick, 0).events;
    if told == Told::Lighter {
        events.extend(session.step(Input::Lighter, 0).events);
    }
    events.extend(session.step(Input::Ready, 0).events);
    let until = if told == Told::Skipped { PhaseName::Work } else { PhaseName::Asking };
    let under_way = |session: &Session| session.view().block == block && session.view().phase != until;
    let mut now = 0;
    while let Some(due) = session.next_due().filter(|_| under_way(session)) {
        now = due;
        events.extend(session.step(Input::Tick, now).events);
    }
    let last = match told {
        Told::Done | Told::Lighter => Input::Ready,
        Told::Skipped => Input::Skip,
        Told::Stopped(input) => input,
    };
    events.extend(session.step(last, now).events);
    events
}

/// `GET session/<id>/by-hand`.
pub fn page(cx: &Cx<'_>, record: &SessionRecord, session: Session) -> Response {
    let mut begun = session;
    begun.step(Input::Tick, 0);
    let view = begun.view();
    let body = html! {
        h1 { "Your session, by hand" }
        p { "Do one block after the other with a clock that shows seconds. Press a button after each. Breathe easily; \
             7 of 10 or more means off at once." }
        @if cx.query().get("told") == Some("strong") {
            p .caution { "Lift off. The next time on this area is two steps lighter; the second time it is too \
                          strong, the area is done for today." }
        }
        ol .by-hand {
            @for (index, dose) in record.started.doses.iter().enumerate() {
                @let technique = cx.knowledge.techniques.get(&dose.technique);
                li aria-current=[(index == view.block).then_some("step")] {
                    @if index == view.block {
                        (in_turn(cx, record, index, &begun.dose_now().unwrap_or_else(|| dose.clone()), technique))
                    } @else {
                        (in_a_line(record, index, dose, technique))
                    }
                }
            }
        }
    };
    framed(cx, 200, Page { title: "By hand", class: "page-by-hand", place: None, scripts: &[], body })
}

fn in_a_line(record: &SessionRecord, index: usize, dose: &Dose, technique: Option<&Technique>) -> Markup {
    let finished = record.blocks.iter().find(|block| usize::from(block.finished.block) == index);
    let ended = finished.map(|block| match block.finished.end {
        BlockEnd::Completed => "done",
        BlockEnd::Shortened => "done, shorter",
        BlockEnd::Skipped => "skipped",
        BlockEnd::Stopped => "stopped",
    });
    html! {
        p { strong { (name(technique, dose)) } ", " (dose.side.spoken()) ". " (amount(dose))
            @if let Some(ended) = ended { " " em { (ended) } } }
    }
}

fn in_turn(cx: &Cx<'_>, record: &SessionRecord, index: usize, dose: &Dose, technique: Option<&Technique>) -> Markup {
    let path = format!("session/{}/by-hand", record.id);
    let (target, cap) = (dose.felt_target, dose.felt_cap);
    html! {
        h2 { (name(technique, dose)) ", " (dose.side.spoken()) }
        (cx.form("stop", &format!("session/{}/stop", record.id), html! {
            input type="hidden" name="block" value=(index);
            button .danger .big .wide { "Stop" }
        }))
        (picture(cx, &dose.technique, dose.side))
        @if let Some(technique) = technique {
            p { (technique.position) " " (technique.setup) }
            p { "From " (technique.line.from) " to " (technique.line.to) "." }
            @if let Some(lighter) = technique.pressure.lighter.first() {
                p .small { "Lighter: " (lighter) "." }
            }
        }
        p { strong { (amount(dose)) } " About " (target) " of 10, never over " (cap) "." }
        p { (on_a_clock(dose)) }
        (cx.form("by-hand", &path, html! {
            input type="hidden" name="block" value=(index);
            p .row {
                button .primary .big name="told" value="done" { "Done" }
                button name="told" value="skip" { "Skip" }
                button name="told" value="lighter" { "Done, lighter next time" }
            }
        }))
    }
}

/// How to count it without the player.
fn on_a_clock(dose: &Dose) -> String {
    let moving = dose.seconds_per_pass.map_or_else(
        || {
            let hold = dose.hold_seconds.map_or_else(String::new, |seconds| format!(" Move on after {seconds} s."));
            format!("Stay on the spot and breathe out slowly.{hold}")
        },
        |seconds| format!("Roll slowly: count to {seconds} on each way, and breathe out every fourth time."),
    );
    let start = "Get into position first. Begin when the second hand is at the top";
    if dose.sets == 1 {
        return format!("{start}, stop after {} s. {moving}", dose.seconds_per_set);
    }
    let (seconds, rest) = (dose.seconds_per_set, dose.rest_seconds);
    format!("{start}, lift off after {seconds} s, rest for {rest} s, and begin again. {moving}")
}

/// `POST session/<id>/by-hand`.
pub fn post(cx: &Cx<'_>, form: &Form, id: &str) -> Decision {
    let path = format!("session/{id}/by-hand");
    let told = match form.get("told") {
        Some("done") => Told::Done,
        Some("lighter") => Told::Lighter,
        Some("skip") => Told::Skipped,
        _ => return cx.record([], &path),
    };
    let Found::UnderWay { mut session, .. } = find(cx, id) else { return cx.record([], &path) };
    // A page from before, posted again, does not count for the block after it.
    if form.read::<usize>("block") != Some(in_turn_of(&session)) {
        return cx.record([], &path);
    }
    let events = tell(&mut session, told);
    let over = session.is_ended();
    let then = if over { format!("after/{id}") } else { path };
    cx.record(events, &then)
}

/// The number of the block in turn, from 0.
pub fn in_turn_of(session: &Session) -> usize {
    let mut begun = session.clone();
    begun.step(Input::Tick, 0);
    begun.view().block
}
