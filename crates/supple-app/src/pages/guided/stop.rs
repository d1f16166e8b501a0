//! Stop without the player. Pressing it writes the first answer at once, so that no answer counts as the first; any other
//! answer takes that back and says what it was.

use super::{ByHand, Found, Told};
use crate::app::{Decision, well_formed};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::pages::help::call;
use maud::{Markup, html};
use supple_core::event::upcast::Entry;
use supple_core::event::{EventBody, Retracted};
use supple_core::guide::{Input, StopReason};
use supple_core::knowledge::StopSignalId;
use supple_core::state::fold;

/// What a stop may have been.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// What to do at once, and the question.
    pub title: &'static str,
    /// Each answer: its name in a form, the words on the button, and what follows.
    pub reasons: [(&'static str, &'static str, &'static str); 6],
}

/// What to do when somebody feels unwell: first the call, then the rest. Needs no network.
pub fn get_help(cx: &Cx<'_>) -> Markup {
    let signal = cx.knowledge.stop_signals.get(&StopSignalId::DizzyOrChest);
    html! {
        p .help-first { "Please get medical help now if you have chest pain, short breath, changed sight or speech, \
                         weakness or numbness." }
        (call(cx))
        @if let Some(signal) = signal {
            p { (signal.what_to_do) }
            p { (signal.watch_for) }
        }
        p .small { "Unlock your door, and do not stay alone." }
    }
}

/// The sheet, or what to do first when somebody is unwell.
pub fn page<G: ByHand>(cx: &Cx<'_>, id: &str) -> Response {
    let query = cx.query();
    let path = G::path(id);
    let page = |title, body| framed(cx, 200, Page { title, class: "page-stop", place: None, scripts: &[], body });
    if query.get("told") == Some("unwell") {
        return page(
            "Get help first",
            html! { (get_help(cx)) p { a .button href=(cx.href("help-first")) { "Go on" } } },
        );
    }
    let Some(was) = query.get("was").filter(|was| well_formed(was)) else {
        return Response::see_other(cx.href(&format!("{path}/by-hand")));
    };
    let form = cx.form(
        "reason",
        &format!("{path}/stop"),
        html! {
            input type="hidden" name="was" value=(was);
            @for (reason, words, follows) in G::SHEET.reasons {
                button .big .wide name="reason" value=(reason) { strong { (words) } span { (follows) } }
            }
        },
    );
    page(
        "Stopped",
        html! {
            h1 { (G::SHEET.title) }
            p { "The first answer is written down already: if you say nothing, it counts." }
            (form)
        },
    )
}

/// Stop, or the answer after it.
pub fn post<G: ByHand>(cx: &Cx<'_>, form: &Form, id: &str) -> Decision {
    let path = G::path(id);
    match (form.get("reason"), form.get("was").filter(|was| well_formed(was))) {
        (Some(reason), Some(was)) => answer::<G>(cx, id, reason, was),
        (None, _) => {
            let action = form.get("action").filter(|action| well_formed(action));
            let action = action.map_or_else(|| cx.action("post"), str::to_owned);
            let then = format!("{path}/stop?was={action}");
            let Found::UnderWay { mut guide, .. } = G::find(cx, id) else { return cx.record([], &then) };
            if form.read::<usize>(G::PART).is_some_and(|part| part != guide.in_turn()) {
                return cx.record([], &format!("{path}/by-hand"));
            }
            let sharp = Told::Stopped(Input::Signal(StopSignalId::SharpOrElectric));
            cx.record(guide.tell(sharp), &then)
        }
        _ => cx.record([], &format!("{path}/by-hand")),
    }
}

/// Takes back what the stop wrote, and writes what it was.
fn answer<G: ByHand>(cx: &Cx<'_>, id: &str, reason: &str, was: &str) -> Decision {
    let path = G::path(id);
    let by_hand = format!("{path}/by-hand");
    let (it_was, then) = match reason {
        "limb" => (Some(Input::Signal(StopSignalId::LimbPinsOrColour)), by_hand),
        "strong" => (Some(G::TOO_STRONG.0), by_hand + G::TOO_STRONG.1),
        "unwell" => (Some(Input::Signal(StopSignalId::DizzyOrChest)), format!("{path}/stop?told=unwell")),
        "finished" => (Some(Input::StopReason(StopReason::JustFinished)), G::after(id)),
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
    if let (Some(input), Found::UnderWay { mut guide, .. }) = (it_was, G::find(&before, id)) {
        events.extend(guide.tell(Told::Stopped(input)));
    }
    cx.record(events, &then)
}

/// Whether an entry was written by that stop. That it began never is.
fn is_from(entry: &Entry, action: &str, id: &str) -> bool {
    let Entry::Read(event) = entry else { return false };
    !matches!(event.body, EventBody::SessionStarted(_) | EventBody::MovesStarted(_))
        && event.body.guided() == Some(id)
        && event.id.strip_prefix(action).is_some_and(|rest| rest.starts_with('.'))
}
