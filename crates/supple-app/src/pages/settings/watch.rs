//! Files for a watch, among one's own data.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::{share, trouble};
use crate::today::Today;
use crate::watch::{CONTENT_TYPE, activity, workout};
use maud::{Markup, html};

/// What is planned, as a workout: today's plan, or with `?routine=ID` a routine.
pub fn plan(cx: &Cx<'_>) -> Response {
    let shared = share::asked(cx).and_then(Result::ok);
    let file = shared.and_then(|shared| workout(cx.knowledge, &shared, cx.now().timestamp()));
    file.map_or_else(|| trouble::not_found(cx), |file| Response::binary("supple-plan.fit", CONTENT_TYPE, &file))
}

/// What was done, as an activity: the last session, or with `?session=ID` another.
pub fn session(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let found = match query.get("session") {
        Some(id) => cx.state.sessions.iter().find(|session| session.id == id),
        None => cx.state.sessions.iter().rfind(|session| !session.blocks.is_empty()),
    };
    let file = found.and_then(|session| Some((session, activity(cx.knowledge, session)?)));
    match file {
        Some((session, file)) => Response::binary(&format!("supple-{}.fit", session.at.date()), CONTENT_TYPE, &file),
        None => trouble::not_found(cx),
    }
}

/// The links; nothing where there is neither a plan for today nor a session.
pub fn part(cx: &Cx<'_>) -> Markup {
    let planned = Today::of(cx).is_some_and(|today| today.admitted.is_some());
    let done = cx.state.sessions.iter().any(|session| !session.blocks.is_empty());
    html! {
        @if planned || done {
            p .small { "For a watch or a training diary, as FIT files: what to do and how long, nothing about your health." }
            div .row {
                @if planned { a .button href=(cx.href("settings/plan.fit")) { "Today's plan (FIT)" } }
                @if done { a .button href=(cx.href("settings/session.fit")) { "Last session (FIT)" } }
            }
        }
    }
}
