//! Stop without the player. Pressing it writes the first answer at once, so that no answer counts as the first; any other
//! answer takes that back and says what it was.

use super::by_hand::in_turn;
use super::found::{Found, find};
use super::tell::{Told, tell};
use super::words::REASONS;
use crate::app::{Decision, well_formed};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::pages::session::get_help;
use maud::html;
use supple_core::event::upcast::Entry;
use supple_core::event::{EventBody, Retracted};
use supple_core::guide::{Input, StopReason};
use supple_core::knowledge::StopSignalId;
use supple_core::state::fold;

/// `GET moves/run/<id>/stop`: the sheet, or what to do first when somebody is unwell.
pub fn page(cx: &Cx<'_>, id: &str) -> Response {
    let query = cx.query();
    let path = format!("moves/run/{id}/stop");
    let page = |title, body| framed(cx, 200, Page { title, class: "page-stop", place: None, scripts: &[], body });
    if query.get("told") == Some("unwell") {
        return page(
            "Get help first",
            html! { (get_help(cx)) p { a .button href=(cx.href("help-first")) { "Go on" } } },
        );
    }
    let Some(was) = query.get("was").filter(|was| well_formed(was)) else {
        return Response::see_other(cx.href(&format!("moves/run/{id}/by-hand")));
    };
    let form = cx.form(
        "reason",
        &path,
        html! {
            input type="hidden" name="was" value=(was);
            @for (reason, words, follows) in REASONS {
                button .big .wide name="reason" value=(reason) { strong { (words) } span { (follows) } }
            }
        },
    );
    page(
        "Stopped",
        html! {
            h1 { "Let go. What happened?" }
            p { "The first answer is written down already: if you say nothing, it counts." }
            (form)
        },
    )
}

/// `POST moves/run/<id>/stop`: stop, or the answer after it.
pub fn post(cx: &Cx<'_>, form: &Form, id: &str) -> Decision {
    let by_hand = format!("moves/run/{id}/by-hand");
    match (form.get("reason"), form.get("was").filter(|was| well_formed(was))) {
        (Some(reason), Some(was)) => answer(cx, id, reason, was),
        (None, _) => {
            let action = form.get("action").filter(|action| well_formed(action));
            let action = action.map_or_else(|| cx.action("post"), str::to_owned);
            let then = format!("moves/run/{id}/stop?was={action}");
            let Found::UnderWay { mut run, .. } = find(cx, id) else { return cx.record([], &then) };
            if form.read::<u16>("move").is_some_and(|number| number != in_turn(&run)) {
                return cx.record([], &by_hand);
            }
            let sharp = Told::Stopped(Input::Signal(StopSignalId::SharpOrElectric));
            cx.record(tell(&mut run, sharp), &then)
        }
        _ => cx.record([], &by_hand),
    }
}

/// Takes back what the stop wrote, and writes what it was.
fn answer(cx: &Cx<'_>, id: &str, reason: &str, was: &str) -> Decision {
    let by_hand = format!("moves/run/{id}/by-hand");
    let signal = |signal| Some(Told::Stopped(Input::Signal(signal)));
    let (told, then) = match reason {
        "limb" => (signal(StopSignalId::LimbPinsOrColour), by_hand),
        "strong" => (signal(StopSignalId::TooStrong), by_hand),
        "unwell" => (signal(StopSignalId::DizzyOrChest), format!("moves/run/{id}/stop?told=unwell")),
        "finished" => (Some(Told::Stopped(Input::StopReason(StopReason::JustFinished))), format!("moves/run/{id}")),
        "mistake" => (None, by_hand),
        // Sharp, and whatever this program does not know: what is written stands.
        _ => return cx.record([], &by_hand),
    };
    let (theirs, others): (Vec<&Entry>, Vec<&Entry>) = cx.entries.iter().partition(|entry| is_from(entry, was, id));
    let taken_back = theirs.iter().filter_map(|entry| match entry {
        Entry::Read(event) => Some(EventBody::Retracted(Retracted { event: event.id.clone() })),
        Entry::Unreadable(_) => None,
    });
    let mut events: Vec<EventBody> = taken_back.collect();
    if events.is_empty() {
        return cx.record([], &then);
    }
    let others: Vec<Entry> = others.into_iter().cloned().collect();
    let state = fold(&others);
    let before = Cx { state: &state, entries: &others, ..*cx };
    if let (Some(told), Found::UnderWay { mut run, .. }) = (told, find(&before, id)) {
        events.extend(tell(&mut run, told));
    }
    cx.record(events, &then)
}

/// Whether an entry was written by that stop of that run.
fn is_from(entry: &Entry, action: &str, id: &str) -> bool {
    let Entry::Read(event) = entry else { return false };
    let session = match &event.body {
        EventBody::MoveFinished(body) => Some(body.session.as_str()),
        EventBody::StopSignalled(body) => body.session.as_deref(),
        EventBody::MovesEnded(body) => Some(body.session.as_str()),
        _ => None,
    };
    session == Some(id) && event.id.strip_prefix(action).is_some_and(|rest| rest.starts_with('.'))
}
