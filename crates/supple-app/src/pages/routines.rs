//! Routines: wishes kept under a name. They hold no doses: each start is planned and admitted afresh.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::today::{Today, last_check_in};
use crate::words;
use maud::{Markup, html};
use supple_core::event::{CheckedIn, EventBody, Name, RoutineRemoved, RoutineSaved};
use supple_core::state::Timed;

/// The list.
pub fn get(cx: &Cx<'_>) -> Response {
    page(cx, 200, None)
}

fn page(cx: &Cx<'_>, status: u16, wrong: Option<&str>) -> Response {
    let body = html! {
        h1 { "My routines" }
        @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
        @if cx.state.routines.is_empty() {
            p { "None yet. Plan a session you would like again, then choose “Save as my routine” below it." }
            p { a .button href=(cx.href("plan")) { "Go to the plan" } }
        }
        @for routine in &cx.state.routines { (card(cx, routine)) }
        section .card {
            h2 { "Between you and others" }
            p { a href=(cx.href("receive")) { "Something came from a coach" } }
            p { a href=(cx.href("share")) { "Pass on or print today's plan" } }
            p { a href=(cx.href("summary")) { "A summary for my coach" } }
        }
    };
    framed(
        cx,
        status,
        Page { title: "My routines", class: "page-routines", place: Some(Place::Plan), scripts: &[], body },
    )
}

fn card(cx: &Cx<'_>, routine: &Timed<RoutineSaved>) -> Markup {
    let saved = &routine.what;
    let goal = cx.knowledge.planning.goals.get(&saved.goal).map_or("", |goal| goal.name.as_str());
    let places: Vec<String> = saved.wants.iter().map(|id| words::region(cx.knowledge, *id).to_owned()).collect();
    let tools = saved.tools.iter().filter_map(|id| Some(cx.knowledge.tools.get(id)?.name.clone()));
    let tools: Vec<String> = tools.collect();
    let id = || html! { input type="hidden" name="routine" value=(saved.routine); };
    html! {
        section .card .routine {
            h2 { (saved.name) }
            p { (words::capitalised(goal)) ", " (saved.minutes.get()) " minutes" @if !places.is_empty() { ": " (words::list(&places)) } "." }
            @if !tools.is_empty() { p .small { "With " (words::list(&tools)) "." } }
            // Without a place and with moves it is moves alone: a plan of it would be rolling that nobody sent.
            @if saved.sent.is_none() || !saved.wants.is_empty() {
                (cx.form(&format!("start-{}", saved.routine), "routines/start", html! { (id()) button .primary .wide { "Plan it for today" } }))
            }
            @if let Some(sent) = &saved.sent {
                (cx.form(&format!("open-{}", saved.routine), "receive", html! {
                    input type="hidden" name="text" value=(sent.as_str());
                    button .primary[saved.wants.is_empty()] .wide { "See its stretches and exercises for today" }
                }))
            }
            p { a href=(cx.href(&format!("share?{}", asked_for(&saved.routine)))) { "Pass it on or print it" } }
            (cx.form(&format!("remove-{}", saved.routine), "routines/remove", html! { (id()) button .plain { "Remove" } }))
        }
    }
}

/// Keeps today's wishes under a name. The same name again replaces what stood under it.
pub fn save(cx: &Cx<'_>, form: &Form) -> Decision {
    let Some(today) = Today::of(cx) else { return cx.answer(Response::see_other(cx.href("today"))) };
    let Ok(name) = Name::new(form.get("name").unwrap_or("")) else {
        let wrong = format!("A name has 1 to {} characters on one line. Go back and shorten it.", Name::MOST);
        return cx.answer(page(cx, 422, Some(&wrong)));
    };
    let doses = today.doses();
    let mut tools: Vec<_> = doses.iter().map(|dose| dose.tool).collect();
    let mut wants: Vec<_> = doses.iter().map(|dose| dose.region).collect();
    tools.sort();
    tools.dedup();
    wants.sort();
    wants.dedup();
    let known = cx.state.routines.iter().find(|routine| routine.what.name == name);
    let saved = RoutineSaved {
        routine: known.map_or_else(|| cx.action("routine"), |routine| routine.what.routine.clone()),
        name,
        goal: today.assessment.goal,
        minutes: today.assessment.minutes,
        tools,
        wants,
        sent: None,
    };
    cx.record([EventBody::RoutineSaved(saved)], "routines")
}

/// Makes the routine what is wished for today; how the body is today stays as it was said.
pub fn start(cx: &Cx<'_>, form: &Form) -> Decision {
    let Some(routine) = asked(cx, form) else { return cx.answer(Response::see_other(cx.href("routines"))) };
    let said = last_check_in(cx.state, cx.now()).map(|check_in| &check_in.what);
    let wishes = CheckedIn {
        goal: routine.what.goal,
        minutes: routine.what.minutes,
        wants: routine.what.wants.clone(),
        soreness: said.map(|said| said.soreness.clone()).unwrap_or_default(),
        tight: said.map(|said| said.tight.clone()).unwrap_or_default(),
        avoid: said.map(|said| said.avoid.clone()).unwrap_or_default(),
    };
    cx.record([EventBody::CheckedIn(wishes)], "plan")
}

/// Removes a routine.
pub fn remove(cx: &Cx<'_>, form: &Form) -> Decision {
    let Some(routine) = asked(cx, form) else { return cx.answer(Response::see_other(cx.href("routines"))) };
    let routine = routine.what.routine.clone();
    cx.record([EventBody::RoutineRemoved(RoutineRemoved { routine })], "routines")
}

/// The query that asks for a routine.
fn asked_for(routine: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("routine", routine).finish()
}

fn asked<'s>(cx: &Cx<'s>, form: &Form) -> Option<&'s Timed<RoutineSaved>> {
    let id = form.get("routine")?;
    cx.state.routines.iter().find(|routine| routine.what.routine == id)
}
