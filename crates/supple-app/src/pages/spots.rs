//! Tight spots: asked after once at each check-in, and a page for each with what was felt there and what was given.

use crate::app::Decision;
use crate::chart::{Pair, before_after};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::picture::where_it_is;
use crate::words;
use crate::words::count;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::event::{EventBody, SpotChange, SpotFollowedUp, SpotPressed, When};
use supple_core::state::{Spot, spots_to_ask};
use supple_core::unit::Felt;

/// The four answers, in the order they stand, with how they are spoken of afterwards.
const ANSWERS: [(&str, SpotChange, &str, &str); 4] = [
    ("gone", SpotChange::Gone, "Gone", "gone"),
    ("easier", SpotChange::Easier, "Easier", "easier"),
    ("same", SpotChange::Same, "The same", "the same"),
    ("worse", SpotChange::Worse, "Worse", "worse"),
];

/// When a press was, in the order they stand.
const WHENS: [(&str, When, &str); 3] = [
    ("before", When::Before, "Before a session"),
    ("after", When::After, "After a session"),
    ("rest", When::Rest, "Some other time"),
];

/// What people call a spot: their own name for it, or where it is.
pub fn name(cx: &Cx<'_>, spot: &Spot) -> String {
    spot.marked.name.as_ref().map_or_else(
        || words::place(cx.knowledge, spot.marked.region, spot.marked.side),
        |name| words::capitalised(name.as_str()),
    )
}

/// A small card for *Today*: each open spot that is to be asked after, once.
pub fn card(cx: &Cx<'_>) -> Option<Markup> {
    let due: Vec<&Spot> = spots_to_ask(cx.state, cx.now().date()).collect();
    if due.is_empty() {
        return None;
    }
    Some(html! {
        section .card .spots {
            h2 { "Since last time" }
            @for spot in due {
                div .spot {
                    p { a href=(cx.href(&format!("spots/{}", spot.id))) { (name(cx, spot)) } }
                    (ask(cx, spot, "today"))
                }
            }
        }
    })
}

/// Four buttons.
fn ask(cx: &Cx<'_>, spot: &Spot, then: &str) -> Markup {
    let inside = html! {
        input type="hidden" name="then" value=(then);
        div .row {
            @for (value, _, words, _) in ANSWERS { button name="change" value=(value) { (words) } }
        }
    };
    cx.form(&format!("ask-{}", spot.id), &format!("spots/{}/follow-up", spot.id), inside)
}

/// The page of a spot.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    match find(cx, id) {
        Some(spot) => page(cx, spot, 200, None),
        None => trouble::not_found(cx),
    }
}

fn find<'s>(cx: &Cx<'s>, id: &str) -> Option<&'s Spot> {
    cx.state.spots.iter().find(|spot| spot.id == id)
}

/// Keeps how it is.
pub fn follow_up(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(spot) = find(cx, id) else { return cx.answer(trouble::not_found(cx)) };
    let Some((_, change, ..)) = ANSWERS.iter().find(|(value, ..)| form.get("change") == Some(value)) else {
        return cx.answer(page(cx, spot, 422, Some("Choose one of the four answers.")));
    };
    let then = if form.get("then") == Some("today") { "today".to_owned() } else { format!("spots/{id}") };
    cx.record([EventBody::SpotFollowedUp(SpotFollowedUp { spot: spot.id.clone(), change: *change })], &then)
}

/// Keeps how tender it was.
pub fn press(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(spot) = find(cx, id) else { return cx.answer(trouble::not_found(cx)) };
    let tenderness = form.read("tenderness").and_then(|points: u8| Felt::new(points).ok());
    let when = WHENS.iter().find(|(value, ..)| form.get("when") == Some(value));
    let (Some(tenderness), Some((_, when, _))) = (tenderness, when) else {
        let wrong = "Choose a number from 0 to 10, and when it was.";
        return cx.answer(page(cx, spot, 422, Some(wrong)));
    };
    let press = SpotPressed { spot: spot.id.clone(), tenderness, when: *when, session: session_of(cx, *when) };
    cx.record([EventBody::SpotPressed(press)], &format!("spots/{id}"))
}

/// The session a press after it belongs to: the last one of today.
fn session_of(cx: &Cx<'_>, when: When) -> Option<String> {
    let today = cx.now().date();
    let last = cx.state.sessions.iter().rfind(|session| there(cx, &session.at) == today && session.at <= *cx.now());
    last.filter(|_| when == When::After).map(|session| session.id.clone())
}

fn there(cx: &Cx<'_>, at: &Zoned) -> Date {
    at.with_time_zone(cx.now().time_zone().clone()).date()
}

fn page(cx: &Cx<'_>, spot: &Spot, status: u16, wrong: Option<&str>) -> Response {
    let today = cx.now().date();
    let marked = there(cx, &spot.marked_at);
    let days = spot.days_open(today);
    let body = html! {
        p .eyebrow { "Tight spot" }
        h1 { (name(cx, spot)) }
        @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
        @if spot.worth_showing(today) { (worth_showing(spot)) }
        div .spot-facts .card {
            (where_it_is(cx, spot.marked.region, spot.marked.side))
            dl {
                div { dt { "Where" } dd { (words::place(cx.knowledge, spot.marked.region, spot.marked.side)) } }
                div { dt { "Marked" } dd { (words::day(marked)) } }
                div {
                    dt { @if spot.is_open() { "Open for" } @else { "Was open for" } }
                    dd { (count(usize::try_from(days).unwrap_or(0), "day", "days")) }
                }
                div { dt { "Pressure since" } dd { (spot.pressure(cx.state)) } }
            }
        }
        (readings(cx, spot))
        @if spot.is_open() {
            h2 { "How is it now?" }
            (ask(cx, spot, "spot"))
        }
        h2 { "Press it, the same way each time" }
        p .small { "One thumb or the tool, slowly to the same strength, for 3 s. Say how tender it was: 0 not at all, 10 the worst." }
        (press_form(cx, spot))
        (answers(cx, spot))
    };
    let title = name(cx, spot);
    framed(cx, status, Page { title: &title, class: "page-spot", place: Some(Place::History), scripts: &[], body })
}

/// Calm: no name for what it may be, no hurry.
fn worth_showing(spot: &Spot) -> Markup {
    html! {
        div .notice {
            p { b { "Worth showing to a clinician." } }
            p .small {
                @if spot.marked.lump { "You felt a lump there. Let somebody have a look who can feel it." }
                @else { "It has not become easier for four weeks: a good time to let somebody have a look." }
            }
        }
    }
}

fn press_form(cx: &Cx<'_>, spot: &Spot) -> Markup {
    let inside = html! {
        fieldset {
            legend { "How tender?" }
            div .scale {
                @for points in 0..=10_u8 {
                    label .point { input type="radio" name="tenderness" value=(points) required; span { (points) } }
                }
            }
        }
        fieldset {
            legend { "When?" }
            div .choices {
                @for (value, _, words) in WHENS {
                    label .choice { input type="radio" name="when" value=(value) required; span { (words) } }
                }
            }
        }
        p { button .wide { "Save" } }
    };
    cx.form("press", &format!("spots/{}/press", spot.id), inside)
}

/// Readings before and after, day by day: a picture, and the same in words.
fn readings(cx: &Cx<'_>, spot: &Spot) -> Markup {
    let pairs = pairs(cx, spot);
    html! {
        @if !pairs.is_empty() {
            section .card {
                h2 { "Tenderness, before and after" }
                (before_after("Tenderness of 10, before and after each session; in words below", &pairs))
                p .legend .small aria-hidden="true" { span .before { "before" } span .after { "after" } }
                details {
                    summary { "In words" }
                    ul {
                        @for pair in &pairs {
                            li {
                                (pair.label) ": "
                                @match (pair.before, pair.after) {
                                    (Some(before), Some(after)) => { (before) " before, " (after) " after" }
                                    (Some(before), None) => { (before) }
                                    (None, Some(after)) => { (after) " after" }
                                    (None, None) => {}
                                }
                            }
                        }
                    }
                }
                p .small { "One reading says little: press and memory differ from day to day. Look at the run of them." }
            }
        }
    }
}

/// One pair a day; of several readings on a day the last before and the last after count.
fn pairs(cx: &Cx<'_>, spot: &Spot) -> Vec<Pair> {
    let mut days: Vec<(Date, Pair)> = Vec::new();
    for press in &spot.presses {
        let day = there(cx, &press.at);
        if days.last().is_none_or(|(last, _)| *last != day) {
            let label = supple_core::date_words::short_day(day);
            days.push((day, Pair { label, before: None, after: None }));
        }
        let Some((_, pair)) = days.last_mut() else { continue };
        match press.what.when {
            When::After | When::AfterWait => pair.after = Some(press.what.tenderness),
            When::Before | When::BeforeWait | When::Rest => pair.before = Some(press.what.tenderness),
        }
    }
    days.into_iter().map(|(_, pair)| pair).collect()
}

fn answers(cx: &Cx<'_>, spot: &Spot) -> Markup {
    html! {
        @if !spot.follow_ups.is_empty() {
            h2 { "What you said" }
            ul .said {
                @for answer in spot.follow_ups.iter().rev() {
                    @let words = ANSWERS.iter().find(|(_, change, ..)| *change == answer.what.change).map_or("", |a| a.3);
                    li { (words::day(there(cx, &answer.at))) ": " (words) }
                }
            }
        }
    }
}
