//! Today: how the body is, what for, how long, with what. One form, under half a minute for a regular.

mod list;
mod marks;
pub mod person;
mod spots;
mod summary;

pub use list::PARTS;
pub use marks::Marks;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::{next_day, spots as spots_page};
use maud::{Markup, html};
use supple_core::assess::by_age;
use supple_core::body::RegionId;
use supple_core::event::{CheckedIn, EventBody};
use supple_core::knowledge::Goal;
use supple_core::unit::SessionMinutes;

/// Minutes offered as buttons. Any whole number from 2 to 20 can be typed.
const MINUTES: [u8; 4] = [5, 10, 15, 20];

/// Links to what lies ahead, the programme and, with trainings in the log, soreness: the same in both engines, since both answer for this page.
fn programme_link(cx: &Cx<'_>) -> Markup {
    let today = |item: &&supple_core::programme::Item| item.date == cx.now().date();
    let today = cx.state.programme.as_ref().map(|kept| kept.items.iter().filter(today).count());
    html! {
        p { a href=(cx.href("programme")) {
            @match today {
                Some(0) => { "My programme: nothing today" },
                Some(1) => { "My programme: one thing today" },
                Some(many) => { "My programme: " (many) " things today" },
                None => { "Plan my weeks" },
            }
        } }
        @if !cx.state.trainings.is_empty() { p { a href=(cx.href("forecast")) { "Soreness ahead" } } }
    }
}

/// The page: what was said today, or the form.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let last = cx.state.check_ins.last();
    match last.filter(|last| last.at.date() == cx.now().date()) {
        Some(today) if !query.has("change") && !query.has("same") => summary::page(cx, today),
        _ => {
            let like = last.filter(|_| query.has("change") || query.has("same"));
            let draft = like.map_or_else(Draft::default, |last| Draft::from_wishes(cx, &last.what));
            page(cx, 200, &draft, &[])
        }
    }
}

/// What the form writes; the form again, with what was typed, if something in it cannot be.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let mut draft = Draft::read(cx, form);
    let spots = spots::read(form, &cx.action("spot"), &mut draft.marks);
    let person = person::read(cx, form);
    let mut problems: Vec<&str> = person.problems.clone();
    if draft.minutes.is_none() {
        problems.push("Minutes: a whole number from 2 to 20.");
    }
    let (Some(minutes), true) = (draft.minutes, problems.is_empty()) else {
        return cx.answer(page(cx, 422, &draft, &problems));
    };
    let age = person.changed.as_ref().and_then(|changed| changed.age_years);
    // With nothing marked the plan takes the usual places anyway.
    if draft.usual && !draft.marks.is_empty() {
        draft.marks.want_more(usual_regions(cx, draft.goal));
    }
    let mut bodies = Vec::new();
    bodies.extend(person.changed.map(EventBody::ProfileChanged));
    bodies.extend(by_age(cx.knowledge, cx.state, cx.now(), age));
    bodies.extend(spots.into_iter().map(EventBody::SpotMarked));
    bodies.push(EventBody::CheckedIn(draft.marks.wishes(draft.goal, minutes)));
    cx.record(bodies, "plan")
}

/// What stands in the form.
pub struct Draft {
    marks: Marks,
    goal: Goal,
    minutes: Option<SessionMinutes>,
    /// Whether the usual places of the goal fill up the time.
    usual: bool,
    /// New spots as the form has them, so that they are still there if it is shown again.
    spots: Vec<String>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            marks: Marks::default(),
            goal: Goal::Mobility,
            minutes: SessionMinutes::new(10).ok(),
            usual: true,
            spots: Vec::new(),
        }
    }
}

impl Draft {
    fn from_wishes(cx: &Cx<'_>, wishes: &CheckedIn) -> Self {
        let mut marks = Marks::from_wishes(wishes);
        let usual =
            usual_regions(cx, wishes.goal).iter().all(|region| marks.wants(*region) || marks.is_marked(*region));
        if usual {
            marks.want_less(usual_regions(cx, wishes.goal));
        }
        Self { marks, goal: wishes.goal, minutes: Some(wishes.minutes), usual, spots: Vec::new() }
    }

    fn read(cx: &Cx<'_>, form: &Form) -> Self {
        let goal = form.get("goal").and_then(|id| Goal::ALL.into_iter().find(|goal| goal.id() == id));
        // A number that was typed counts before a button that was there already.
        let minutes = form.get("minutes_typed").or_else(|| form.get("minutes")).and_then(|text| text.parse().ok());
        Self {
            marks: Marks::read(cx, form),
            goal: goal.unwrap_or(Goal::Mobility),
            minutes: minutes.and_then(|minutes| SessionMinutes::new(minutes).ok()),
            usual: form.has("usual"),
            spots: form.all("spot").map(str::to_owned).collect(),
        }
    }
}

fn page(cx: &Cx<'_>, status: u16, draft: &Draft, problems: &[&str]) -> Response {
    let last = cx.state.check_ins.last();
    let like_last = cx.query().has("same") || cx.query().has("change");
    framed(
        cx,
        status,
        Page {
            title: "Today",
            class: "page-today",
            place: Some(Place::Today),
            scripts: &["today.js"],
            body: html! {
                @for card in [next_day::card(cx), spots_page::card(cx)].into_iter().flatten() { (card) }
                h1 { "How is your body today?" }
                @if !problems.is_empty() {
                    div .caution role="alert" {
                        p { strong { "Not saved yet. Please look at:" } }
                        ul { @for problem in problems { li { (problem) } } }
                    }
                }
                @if let Some(last) = last.filter(|_| !like_last && problems.is_empty()) {
                    p { a .button .wide .same href=(cx.href("today?same=1")) {
                        span { strong { (summary::how_long_ago(cx, last)) } br; (summary::in_words(cx, &last.what)) }
                    } }
                }
                @if !like_last { (programme_link(cx)) }
                @if !cx.state.routines.is_empty() && !like_last {
                    p { a href=(cx.href("routines")) { "My routines" } }
                }
                (cx.form("today", "today", html! {
                    section .body {
                        p .hint { "Tap what is sore, tight or tender, if anything." }
                        (list::map(cx, &draft.marks))
                        @for spot in &draft.spots { input type="hidden" name="spot" value=(spot); }
                        (list::marked(cx, &draft.marks))
                        (list::list(cx, &draft.marks))
                        p { label .switch { input type="checkbox" name="usual" checked[draft.usual];
                            " Add the usual places" } }
                    }
                    (goal(cx, draft.goal))
                    (minutes(draft.minutes))
                    (person::fields(cx))
                    div .go { button .primary .big .wide { "Go on" } }
                }))
                (list::sheet())
            },
        },
    )
}

fn usual_regions<'k>(cx: &Cx<'k>, goal: Goal) -> &'k [RegionId] {
    cx.knowledge.planning.goals.get(&goal).map_or(&[][..], |goal| &goal.usual_regions)
}

fn goal(cx: &Cx<'_>, chosen: Goal) -> Markup {
    html! {
        fieldset {
            legend { "What for?" }
            div .choices {
                @for goal in Goal::ALL {
                    @if let Some(known) = cx.knowledge.planning.goals.get(&goal) {
                        label .choice {
                            input type="radio" name="goal" value=(goal.id()) checked[goal == chosen];
                            span { (known.name) }
                        }
                    }
                }
            }
        }
    }
}

fn minutes(chosen: Option<SessionMinutes>) -> Markup {
    let chosen = chosen.map(SessionMinutes::get);
    let other = chosen.filter(|minutes| !MINUTES.contains(minutes));
    html! {
        fieldset {
            legend { "Minutes" }
            div .choices {
                @for minutes in MINUTES {
                    label .choice {
                        input type="radio" name="minutes" value=(minutes) checked[chosen == Some(minutes)];
                        span { (minutes) }
                    }
                }
                label .typed {
                    span .visually-hidden { "Another number of minutes, 2 to 20" }
                    input type="number" name="minutes_typed" min="2" max="20" inputmode="numeric" placeholder="2–20" value=[other];
                }
            }
        }
    }
}
