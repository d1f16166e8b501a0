//! The programme: weeks set up in a few taps, today's part of it, and what to do when something comes up.
//!
//! Nothing here is ever late or red: what was not done moves or is let go.

mod setup;
mod weeks;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::moves::run;
use crate::pages::screen::card::open_by;
use crate::today::last_check_in;
use jiff::civil::Date;
use maud::{Markup, html};
use setup::Draft;
use supple_core::assess::Assessment;
use supple_core::event::{CheckedIn, EventBody, ProgrammeChanged, ProgrammeEnded, ProgrammeSet};
use supple_core::gate::judge;
use supple_core::knowledge::Goal;
use supple_core::programme::{Change, Item, ItemKind, Person, Progress, Running, Wishes, make, replan};
use supple_core::state::ProgrammeRecord;
use supple_core::unit::SessionMinutes;

/// The programme, or how to set one up.
pub fn get(cx: &Cx<'_>) -> Response {
    match &cx.state.programme {
        Some(kept) if !cx.query().has("new") => weeks::page(cx, kept, &[]),
        Some(kept) => setup::page(cx, 200, &Draft::like(&kept.set.what.wishes, cx.now().date()), &[]),
        None => setup::page(cx, 200, &Draft::default(), &[]),
    }
}

/// What is known of the person today, for planning weeks and admitting moves.
pub fn assessment(cx: &Cx<'_>) -> Assessment {
    let soreness = last_check_in(cx.state, cx.now()).map(|said| said.what.soreness.clone()).unwrap_or_default();
    let wishes = CheckedIn {
        minutes: SessionMinutes::new(20).expect("20 minutes are allowed"),
        soreness,
        ..CheckedIn::nothing_wished()
    };
    Assessment::from_state(cx.knowledge, cx.state, cx.now(), &wishes)
}

/// What a form writes.
pub fn post(cx: &Cx<'_>, path: &[&str], form: &Form) -> Decision {
    match path {
        [] => set(cx, form),
        ["change"] => change(cx, form),
        ["start"] => start(cx, form),
        ["again"] => again(cx),
        ["questions"] => questions(cx),
        ["end"] => end(cx),
        _ => cx.answer(crate::pages::trouble::not_found(cx)),
    }
}

fn set(cx: &Cx<'_>, form: &Form) -> Decision {
    let (draft, problems) = Draft::read(cx, form);
    if problems.is_empty() && may_plan(cx, &assessment(cx)) {
        set_up(cx, draft.wishes(cx.now().date(), setup::seen(cx)))
    } else {
        cx.answer(setup::page(cx, 422, &draft, &problems))
    }
}

/// The rest of the weeks again, from today on, with what was seen since they were planned, and with harder moves where the
/// easier ones went well.
fn again(cx: &Cx<'_>) -> Decision {
    let rest = cx.state.programme.as_ref().and_then(|kept| setup::rest_with_what_was_seen(cx, &kept.set.what.wishes));
    match rest {
        Some(wishes) => set_up(cx, wishes),
        None => cx.answer(Response::see_other(cx.href("programme?new=1"))),
    }
}

/// The way from what was seen to weeks that know of it.
pub fn with_what_was_seen(cx: &Cx<'_>) -> Markup {
    let seen = cx.state.movement.last().map(|look| &look.at);
    let kept = cx
        .state
        .programme
        .as_ref()
        .filter(|kept| setup::rest_with_what_was_seen(cx, &kept.set.what.wishes).is_some());
    html! {
        @match kept {
            None => p { a .button .primary .big .wide href=(cx.href("programme?new=1")) { "Plan my weeks with it" } },
            Some(kept) if seen.is_some_and(|seen| *seen > kept.set.at) => {
                p { "Your weeks do not know of it yet." }
                (cx.form("again", "programme/again", html! {
                    button .primary .big .wide { "Plan the rest of my weeks with it" }
                }))
                p { a href=(cx.href("programme")) { "To the weeks as they are" } }
            }
            Some(_) => p { a .button .primary .big .wide href=(cx.href("programme")) { "To your programme" } },
        }
    }
}

fn set_up(cx: &Cx<'_>, wishes: Wishes) -> Decision {
    let today = assessment(cx);
    if !may_plan(cx, &today) {
        return questions(cx);
    }
    let progress = Progress::of(cx.knowledge, cx.state, cx.now());
    let person = Person { knowledge: cx.knowledge, today: &today, progress: &progress };
    let made = make(&person, &wishes).programme;
    let items = made.items().cloned().collect();
    let set = ProgrammeSet { programme: cx.action("programme"), wishes, items };
    cx.record([EventBody::ProgrammeSet(Box::new(set))], "programme")
}

/// Whether something is allowed today: weeks are made from what is.
fn may_plan(cx: &Cx<'_>, today: &Assessment) -> bool {
    judge(cx.knowledge, today).verdict.clearance().is_some()
}

/// To today's questions, and back here after the last one. They are asked of somebody who has said that there is to be
/// something today.
fn questions(cx: &Cx<'_>) -> Decision {
    let said = last_check_in(cx.state, cx.now()).is_some();
    let wishes = CheckedIn {
        minutes: SessionMinutes::new(10).expect("10 minutes are allowed"),
        ..CheckedIn::nothing_wished()
    };
    cx.record((!said).then_some(EventBody::CheckedIn(wishes)), "screen?then=programme")
}

fn change(cx: &Cx<'_>, form: &Form) -> Decision {
    let Some(kept) = &cx.state.programme else { return cx.answer(Response::see_other(cx.href("programme"))) };
    let Some(change) = read_change(cx, kept, form) else {
        return cx.answer(weeks::page(cx, kept, &["Choose a day first.".to_owned()]));
    };
    let today = assessment(cx);
    let progress = Progress::of(cx.knowledge, cx.state, cx.now());
    let person = Person { knowledge: cx.knowledge, today: &today, progress: &progress };
    let (programme, changes) = (kept.programme(), kept.came_up());
    let running = Running { wishes: &kept.set.what.wishes, changes: &changes, programme: &programme };
    match replan(&person, &running, &change) {
        Ok(after) => {
            let changed = ProgrammeChanged {
                programme: kept.set.what.programme.clone(),
                change,
                items: after.programme.items().cloned().collect(),
                from: after.from,
            };
            cx.record([EventBody::ProgrammeChanged(changed)], "programme")
        }
        Err(why) => cx.answer(weeks::page(cx, kept, &[why.text])),
    }
}

fn read_change(cx: &Cx<'_>, kept: &ProgrammeRecord, form: &Form) -> Option<Change> {
    let item = || form.get("item").map(str::to_owned);
    let today = cx.now().date();
    Some(match form.get("what")? {
        "move" => Change::Move { item: item()?, to: form.read("to")? },
        "swap" => Change::Swap { item: item()?, with: form.get("with")?.to_owned() },
        "pin" => Change::Pin { item: item()?, pinned: form.has("pinned") },
        "only" => Change::Only { date: today, minutes: 5 },
        "ill" => Change::Ill { from: today, until: form.read::<Date>("until").unwrap_or(today).max(today) },
        "away" => Change::Away { from: today, until: form.read::<Date>("until")?.max(today) },
        "look-back" => Change::Missed { today, done: weeks::done(cx, kept) },
        _ => return None,
    })
}

/// What comes next today, with its button; nothing where all is done.
pub fn next_today(cx: &Cx<'_>) -> Markup {
    weeks::next_today(cx)
}

/// Starts an item of today. Rolling becomes the wishes of today: how the body is stays as it was said, the plan and its
/// admission are made afresh. Moves are worked out and admitted at this moment. Questions that are open come first.
fn start(cx: &Cx<'_>, form: &Form) -> Decision {
    let item = cx.state.programme.as_ref().zip(form.get("item"));
    let item: Option<&Item> = item.and_then(|(kept, id)| kept.items.iter().find(|item| item.id == id));
    let today = cx.now().date();
    let Some(item) = item.filter(|item| item.date == today && item.kind != ItemKind::Screen) else {
        return cx.answer(Response::see_other(cx.href("programme")));
    };
    if item.kind != ItemKind::Smr {
        return start_moves(cx, form, item);
    }
    cx.record([EventBody::CheckedIn(wishes_of(cx, item))], "plan")
}

fn start_moves(cx: &Cx<'_>, form: &Form, item: &Item) -> Decision {
    if let Some(path) = run::begun(cx, form) {
        return cx.record([], &path);
    }
    if !open_by(cx, &assessment(cx)).is_empty() {
        // The questions are asked of somebody who has said that there is to be something today.
        let said = last_check_in(cx.state, cx.now()).is_some();
        let bodies = (!said).then(|| EventBody::CheckedIn(wishes_of(cx, item)));
        return cx.record(bodies, "screen?then=programme");
    }
    let Some(kept) = &cx.state.programme else { return cx.answer(Response::see_other(cx.href("programme"))) };
    match weeks::moves_from(cx, kept, item) {
        Some(doses) => run::start(cx, form, &doses),
        None => {
            let why = "Not today: your answers leave nothing of it.".to_owned();
            cx.answer(weeks::page(cx, kept, &[why]))
        }
    }
}

/// What an item asks for, as the wishes of today.
fn wishes_of(cx: &Cx<'_>, item: &Item) -> CheckedIn {
    let said = last_check_in(cx.state, cx.now()).map(|check_in| &check_in.what);
    let minutes = u8::try_from(item.minutes.clamp(2, 20)).unwrap_or(20);
    let (sided, whole): (Vec<_>, Vec<_>) = item.areas.iter().copied().partition(|area| area.side.is_some());
    CheckedIn {
        goal: item.goal.unwrap_or(Goal::Mobility),
        minutes: SessionMinutes::new(minutes).expect("2 to 20 minutes"),
        wants: whole.iter().map(|area| area.region).collect(),
        tight: sided,
        soreness: said.map(|said| said.soreness.clone()).unwrap_or_default(),
        avoid: said.map(|said| said.avoid.clone()).unwrap_or_default(),
    }
}

fn end(cx: &Cx<'_>) -> Decision {
    let Some(kept) = &cx.state.programme else { return cx.answer(Response::see_other(cx.href("programme"))) };
    let programme = kept.set.what.programme.clone();
    cx.record([EventBody::ProgrammeEnded(ProgrammeEnded { programme })], "programme")
}

fn shown(cx: &Cx<'_>, status: u16, body: Markup) -> Response {
    let place = Some(Place::Plan);
    framed(cx, status, Page { title: "My programme", class: "page-programme", place, scripts: &[], body })
}
