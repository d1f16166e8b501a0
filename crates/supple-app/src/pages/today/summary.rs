//! What was said at a check-in, in words; and the page of a day that is already checked in.

use super::Marks;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::session::under_way;
use crate::pages::{next_day, spots};
use maud::{Markup, html};
use supple_core::body::Half;
use supple_core::days;
use supple_core::event::CheckedIn;
use supple_core::state::Timed;

/// The page of a day that is already checked in.
pub fn page(cx: &Cx<'_>, today: &Timed<CheckedIn>) -> Response {
    let done = cx.state.sessions.iter().rfind(|session| session.at >= today.at);
    let going_on = under_way(cx);
    framed(
        cx,
        200,
        Page {
            title: "Today",
            class: "page-today",
            place: Some(Place::Today),
            scripts: &[],
            body: html! {
                @for card in [next_day::card(cx), spots::card(cx)].into_iter().flatten() { (card) }
                h1 { @if going_on.is_some() { "Your session waits" } @else if done.is_some() { "Done for now" } @else { "Your day so far" } }
                div .card {
                    p .small { "You said at " (clock(today)) ":" }
                    p .lead { (in_words(cx, &today.what)) }
                    @if let Some(session) = going_on {
                        p { a .button .primary .big .wide href=(cx.href(&format!("session/{}", session.id))) { "Go on with it" } }
                    } @else if done.is_none() {
                        p { a .button .primary .big .wide href=(cx.href("plan")) { "See the plan" } }
                        p { a .button .wide href=(cx.href("today?change=1")) { "Change it" } }
                    } @else {
                        p { "Come back when you like. What you gave an area today counts until midnight." }
                        p { a .button .wide href=(cx.href("today?same=1")) { "Check in again" } }
                    }
                }
                @if let Some(card) = experiment_card(cx) { (card) }
                (super::programme_link(cx))
                @if !cx.state.routines.is_empty() { p { a href=(cx.href("routines")) { "My routines" } } }
                @if !cx.state.watched.is_empty() { p { a href=(cx.href("paths")) { "My paths" } } }
            },
        },
    )
}

/// What an experiment under way has to say.
#[cfg(feature = "whole")]
fn experiment_card(cx: &Cx<'_>) -> Option<Markup> {
    crate::pages::experiments::card(cx)
}

/// Nothing: a log that holds an experiment is for the whole app.
#[cfg(not(feature = "whole"))]
const fn experiment_card(_cx: &Cx<'_>) -> Option<Markup> {
    None
}

fn clock(timed: &Timed<CheckedIn>) -> String {
    format!("{}:{:02}", timed.at.hour(), timed.at.minute())
}

/// "Same as yesterday", "Same as on 3 November".
pub fn how_long_ago(cx: &Cx<'_>, last: &Timed<CheckedIn>) -> String {
    let days = days::between(last.at.date(), cx.now().date());
    match days {
        0 => "Same as earlier today".to_owned(),
        1 => "Same as yesterday".to_owned(),
        2..=6 => format!("Same as {days} days ago"),
        _ => "Same as last time".to_owned(),
    }
}

/// "Mobility, 10 min: calf left 5, outer thigh tight".
pub fn in_words(cx: &Cx<'_>, wishes: &CheckedIn) -> String {
    let goal = cx.knowledge.planning.goals.get(&wishes.goal).map_or("", |goal| goal.name.as_str());
    let mut said = Vec::new();
    for (site, mark) in Marks::from_wishes(wishes).places() {
        let name = &cx.knowledge.regions[&site.region].name;
        let half = if site.half == Half::Left { "left" } else { "right" };
        let mut words = format!("{name} {half}");
        if let Some(felt) = mark.sore {
            words.push_str(&format!(" sore {}", felt.get()));
        }
        if mark.tight {
            words.push_str(" tight");
        }
        said.push(words);
    }
    let usual = super::usual_regions(cx, wishes.goal);
    let marks = Marks::from_wishes(wishes);
    let all = usual.iter().all(|region| marks.wants(*region) || marks.is_marked(*region));
    let named = wishes.wants.iter().filter(|region| !all || !usual.contains(region));
    said.extend(named.map(|region| cx.knowledge.regions[region].name.clone()));
    if all || said.is_empty() {
        said.push("the usual places".to_owned());
    }
    let places = said.join(", ");
    format!("{goal}, {} min: {places}", wishes.minutes.get())
}
