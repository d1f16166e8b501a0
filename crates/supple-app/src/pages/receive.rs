//! What came from a coach: shown, held against the receiver's own answers, kept as a routine or used today. Nothing of
//! it is believed: the text is read strictly, and every dose goes through the gate like any other.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::handout::{name_words, part_name, session_title};
use crate::page::{Page, Place, framed};
use crate::pages::moves::run;
use crate::pages::share::contents;
use crate::today::last_check_in;
use maud::{Markup, html};
use supple_core::assess::Assessment;
use supple_core::body::RegionId;
use supple_core::contract::text::side_words;
use supple_core::dose::Dose;
use supple_core::event::{CheckedIn, EventBody, Name, PlanArranged, RoutineSaved};
use supple_core::gate::judge;
use supple_core::share::{Fitted, MOST_BYTES, Outcome, Part, Shared, SharedSession, fit};
use supple_core::unit::SessionMinutes;

/// The page on which it is brought in. `receive.js` fills the form from what stands behind the `#`.
pub fn get(cx: &Cx<'_>) -> Response {
    page(cx, 200, None, "")
}

/// What its forms lead to.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let text = form.get("text").unwrap_or_default();
    let shared = match Shared::read(text) {
        Ok(shared) => shared,
        Err(error) => return cx.answer(page(cx, 422, Some(&error.to_string()), text)),
    };
    match cx.segments().as_slice() {
        ["receive", "save"] => save(cx, &shared, form),
        ["receive", "today"] => use_today(cx, &shared, form),
        ["receive", "moves"] => start_moves(cx, &shared, form),
        _ => cx.answer(shown(cx, &shared)),
    }
}

fn page(cx: &Cx<'_>, status: u16, wrong: Option<&str>, text: &str) -> Response {
    let body = html! {
        h1 { "From a coach" }
        @if let Some(wrong) = wrong { p .error role="alert" { (crate::words::capitalised(wrong)) "." } }
        p { "Paste the link, or what a code or a file says. It says what to do, and nothing about you. Before anything is \
             planned, Supple holds it against your own answers and leaves out what is not for you." }
        form method="post" action=(cx.href("receive")) data-receive="" {
            label for="received" { "Link or text" }
            textarea #received .wide name="text" rows="5" required maxlength=(MOST_BYTES + 200) autocomplete="off"
                spellcheck="false" { (text.chars().take(MOST_BYTES).collect::<String>()) }
            p { button .primary { "Show what it is" } }
        }
        p hidden { label { "Or a file " input type="file" accept=".supple,.txt,text/plain" data-receive-file=""; } }
        noscript { p .small { "A file? Open it with a text editor, and paste its one line here." } }
    };
    framed(
        cx,
        status,
        Page {
            title: "From a coach",
            class: "page-receive",
            place: Some(Place::Plan),
            scripts: &["receive.js"],
            body,
        },
    )
}

/// What came, and what becomes of it here.
fn shown(cx: &Cx<'_>, shared: &Shared) -> Response {
    let body = html! {
        h1 { "From a coach" }
        (contents(cx, shared))
        @for (index, session) in shared.sessions.iter().enumerate() {
            @if shared.sessions.len() > 1 { h2 { (session_title(session, index)) } }
            (for_you(cx, shared, session, index))
        }
        (cx.form("keep", "receive/save", html! {
            input type="hidden" name="text" value=(shared.to_text());
            button .wide { @if shared.sessions.len() > 1 { "Save all as my routines" } @else { "Save as my routine" } }
        }))
        p .small { "Rolling is planned afresh for the body you have that day, each time you start it. Stretches and exercises are \
                    kept as they came, and held against your answers each time." }
        p { a href=(cx.href("receive")) { "Something else" } }
    };
    framed(
        cx,
        200,
        Page { title: "From a coach", class: "page-receive", place: Some(Place::Plan), scripts: &[], body },
    )
}

/// What a session comes to under the receiver's own answers. Only the receiver sees this page.
fn for_you(cx: &Cx<'_>, shared: &Shared, session: &SharedSession, index: usize) -> Markup {
    let Some(fitted) = fitted(cx, shared, session) else {
        return html! {
            p .notice { "Your own answers come first: they say what of it is for you. Save it, then begin with "
                a href=(cx.href("today")) { "Today" } "." }
        };
    };
    let allowed = fitted.iter().filter(|one| matches!(one.outcome, Outcome::Allowed { .. })).count();
    let moves = fitted.iter().any(|one| matches!(one.outcome, Outcome::Move { .. }));
    html! {
        section .card .for-you {
            h3 { "For you today" }
            ul {
                @for one in &fitted {
                    li { (part_name(cx.knowledge, one.part)) ": " (became(one)) }
                }
            }
            p .small { "What is left out, and why, is for you alone. Nobody is told." }
            @if allowed > 0 {
                (cx.form(&format!("today-{index}"), "receive/today", html! {
                    input type="hidden" name="text" value=(shared.to_text());
                    input type="hidden" name="session" value=(index);
                    button .primary .wide { @if moves { "Roll it today" } @else { "Use it today" } }
                }))
            }
            @if moves {
                (cx.form(&format!("moves-{index}"), "receive/moves", html! {
                    input type="hidden" name="text" value=(shared.to_text());
                    input type="hidden" name="session" value=(index);
                    button .primary[allowed == 0] .wide { "Start the stretches and exercises" }
                }))
                @if allowed > 0 { p .small { "Roll first, then come back here for the rest." } }
            }
        }
    }
}

fn became(one: &Fitted<'_>) -> Markup {
    match &one.outcome {
        Outcome::Allowed { doses, gentler, without } => {
            let dose = &doses[0];
            html! {
                @if *gentler {
                    b { "gentler: " }
                    @if dose.sets > 1 { (dose.sets) " times " }
                    (dose.seconds_per_set) " seconds, " (dose.felt_target) " of 10"
                } @else { "as it came" }
                @if let Some((side, why)) = without { "; without the " (side_words(*side)) " side. " (why) } @else { "." }
            }
        }
        Outcome::LeftOut(why) => html! { b { "left out. " } (why) },
        Outcome::Move { doses, gentler, with_support, without } => {
            let dose = &doses[0];
            html! {
                @if *gentler {
                    b { "gentler: " }
                    @if let Some(hold) = dose.hold_seconds { "hold " (hold) " seconds" }
                    @if let Some(reps) = dose.reps { (reps) " times" }
                    @if dose.sets > 1 { ", " (dose.sets) " sets" }
                } @else { "as it came" }
                ", at most " (dose.effort_max) " of 10 of effort"
                @if *with_support { ", with a hand on something firm" }
                @if let Some((side, why)) = without { "; without the " (side_words(*side)) " side. " (why) } @else { "." }
            }
        }
    }
}

/// What each part comes to; none while nothing may be planned.
fn fitted<'s>(cx: &Cx<'_>, shared: &Shared, session: &'s SharedSession) -> Option<Vec<Fitted<'s>>> {
    let wishes = wishes(cx, shared, session);
    let assessment = Assessment::from_state(cx.knowledge, cx.state, cx.now(), &wishes);
    let judgement = judge(cx.knowledge, &assessment);
    let clearance = judgement.verdict.clearance()?;
    Some(fit(cx.knowledge, clearance, shared.goal, session))
}

/// The wishes a session comes to; how the body is today stays as it was said.
fn wishes(cx: &Cx<'_>, shared: &Shared, session: &SharedSession) -> CheckedIn {
    let said = last_check_in(cx.state, cx.now()).map(|check_in| &check_in.what);
    CheckedIn {
        goal: shared.goal,
        minutes: minutes(session),
        wants: regions(cx, session),
        soreness: said.map(|said| said.soreness.clone()).unwrap_or_default(),
        tight: said.map(|said| said.tight.clone()).unwrap_or_default(),
        avoid: said.map(|said| said.avoid.clone()).unwrap_or_default(),
    }
}

/// A longer session has moves in it; what is rolled takes at most this.
fn minutes(session: &SharedSession) -> SessionMinutes {
    const MOST: u8 = 20;
    SessionMinutes::new(session.minutes.clamp(2, MOST)).expect("2 to 20 minutes are a session")
}

fn regions(cx: &Cx<'_>, session: &SharedSession) -> Vec<RegionId> {
    let pressed = session.parts.iter().filter_map(|part| match part {
        Part::Press(press) => cx.knowledge.techniques.get(&press.technique).map(|technique| technique.region),
        Part::Move(_) => None,
    });
    let mut regions: Vec<RegionId> = session.areas.iter().map(|area| area.region).chain(pressed).collect();
    regions.sort();
    regions.dedup();
    regions
}

/// Keeps each session as a routine. The same again replaces what stood under its name.
fn save(cx: &Cx<'_>, shared: &Shared, form: &Form) -> Decision {
    let _ = form;
    let mut taken: Vec<String> = Vec::new();
    let routine = |(index, session): (usize, &SharedSession)| {
        let mut name = name_words(cx.knowledge, shared, index);
        if taken.contains(&name) {
            name = format!("{name} {}", index + 1).chars().take(Name::MOST).collect();
        }
        taken.push(name.clone());
        let name = Name::new(name).ok()?;
        let known = cx.state.routines.iter().find(|routine| routine.what.name == name);
        Some(EventBody::RoutineSaved(RoutineSaved {
            routine: known
                .map_or_else(|| cx.action(&format!("routine{index}")), |routine| routine.what.routine.clone()),
            name,
            goal: shared.goal,
            minutes: minutes(session),
            tools: session.tools.clone(),
            wants: regions(cx, session),
            sent: shared.to_keep(session),
        }))
    };
    let bodies: Vec<EventBody> = shared.sessions.iter().enumerate().filter_map(routine).collect();
    cx.record(bodies, "routines")
}

/// Makes what is allowed of a session the plan of today: wishes, and an arrangement that is admitted like any other. One
/// without doses means what Supple suggests.
fn use_today(cx: &Cx<'_>, shared: &Shared, form: &Form) -> Decision {
    let Some(session) = form.read::<usize>("session").and_then(|index| shared.sessions.get(index)) else {
        return cx.answer(shown(cx, shared));
    };
    let Some(fitted) = fitted(cx, shared, session) else { return cx.answer(shown(cx, shared)) };
    let doses: Vec<Dose> = fitted
        .into_iter()
        .filter_map(|one| if let Outcome::Allowed { doses, .. } = one.outcome { Some(doses) } else { None })
        .flatten()
        .collect();
    let based_on = cx.state.head.clone();
    let wishes = EventBody::CheckedIn(wishes(cx, shared, session));
    let arranged = EventBody::PlanArranged(PlanArranged { based_on, doses });
    cx.record([wishes, arranged], "plan")
}

/// Starts a run of the moves of a session, as far as they are allowed today; all together they are admitted once more.
fn start_moves(cx: &Cx<'_>, shared: &Shared, form: &Form) -> Decision {
    if let Some(path) = run::begun(cx, form) {
        return cx.record([], &path);
    }
    let session = form.read::<usize>("session").and_then(|index| shared.sessions.get(index));
    let Some(fitted) = session.and_then(|session| fitted(cx, shared, session)) else {
        return cx.answer(shown(cx, shared));
    };
    let moves = fitted.into_iter().filter_map(|one| match one.outcome {
        Outcome::Move { doses, .. } => Some(doses),
        Outcome::Allowed { .. } | Outcome::LeftOut(_) => None,
    });
    run::start(cx, form, &run::as_many_as_go_together(cx, moves.flatten()))
}
