//! Setting a programme up: what for, on which days, how long, with what. Four quick questions; the rest may be opened.

mod draft;

pub use draft::Draft;

use super::{assessment, may_plan, shown};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::today::PARTS;
use crate::words::hours_and_minutes;
use draft::{DayDraft, EQUIPMENT, KINDS, MINUTES, TrainingDraft, WEEKS};
use maud::{Markup, html};
use supple_core::date_words::weekday;
use supple_core::days;
use supple_core::movement::{outcomes, worth_working_on};
use supple_core::programme::{Aim, DayWish, Seen, Wishes};

const AIMS: [(Aim, &str); 5] = [
    (Aim::Mobility, "Move more freely"),
    (Aim::Strength, "Stronger where it helps"),
    (Aim::WarmUp, "Ready for training"),
    (Aim::Recovery, "Less sore after training"),
    (Aim::WindDown, "Wind down"),
];

/// The page. Where today's questions are open they come first, before anybody fills anything in; what was typed already
/// stays.
pub fn page(cx: &Cx<'_>, status: u16, draft: &Draft, problems: &[String]) -> Response {
    let first = !may_plan(cx, &assessment(cx));
    shown(
        cx,
        status,
        html! {
            h1 { "Plan my weeks" }
            p { "Rolling at least twice a week, then stretching and strengthening, on the days you really have." }
            @if !problems.is_empty() {
                div .error role="alert" { ul { @for problem in problems { li { (problem) } } } }
            }
            @if first {
                p { "Your weeks are made of what is fine for you, so today’s questions come first." }
                (cx.form("questions", "programme/questions", html! { button .primary .big .wide { "Answer today’s questions" } }))
            }
            @if !first || status == 422 {
                (whence(cx))
                (the_form(cx, draft))
            }
        },
    )
}

/// What the movement screen has to do with it.
fn whence(cx: &Cx<'_>) -> Markup {
    let seen = seen(cx);
    let names: Vec<&str> =
        seen.iter().filter_map(|one| Some(cx.knowledge.compensations.get(&one.id)?.name.as_str())).collect();
    html! {
        @if names.is_empty() {
            p .small { "You can look at how you move first, or later: " a href=(cx.href("movement")) { "movement screen" } "." }
        } @else {
            p { "From your movement screen: " (names.join("; ")) "." }
        }
    }
}

fn the_form(cx: &Cx<'_>, draft: &Draft) -> Markup {
    cx.form("programme", "programme", html! {
        (what_for(draft))
        (days_with_time(cx, draft))
        (training(cx, draft))
        (day_by_day(cx, draft))
        (places(cx, draft))
        (at_home(draft))
        fieldset { legend { "Weeks" }
            div .choices {
                @for weeks in with(&WEEKS, draft.weeks) { (choice("radio", "weeks", &weeks.to_string(), weeks == draft.weeks, &weeks.to_string())) }
            }
        }
        button .primary .big .wide { "Make my weeks" }
    })
}

/// A choice that looks like a button.
fn choice(kind: &str, name: &str, value: &str, checked: bool, says: &str) -> Markup {
    html! { label .choice { input type=(kind) name=(name) value=(value) checked[checked]; span { (says) } } }
}

/// What is offered, and what was chosen even where it is not offered, in order.
fn with<T: Ord + Copy>(offered: &[T], chosen: T) -> Vec<T> {
    let mut all = offered.to_vec();
    if let Err(at) = all.binary_search(&chosen) {
        all.insert(at, chosen);
    }
    all
}

fn what_for(draft: &Draft) -> Markup {
    html! {
        fieldset { legend { "What for, above all" }
            div .choices {
                @for (aim, name) in AIMS { (choice("radio", "aim", aim.id(), aim == draft.aim, name)) }
            }
        }
        details open[!draft.also.is_empty()] { summary { "And what else" }
            fieldset { legend { "Also" }
                div .choices {
                    @for (aim, name) in AIMS { (choice("checkbox", "also", aim.id(), draft.also.contains(&aim), name)) }
                }
            }
        }
    }
}

/// The days of a week from today on, by their place in the form.
fn of_week(cx: &Cx<'_>) -> Vec<(usize, &'static str)> {
    let today = cx.now().date();
    (0..7_u8)
        .filter_map(|ahead| Some((usize::from(ahead), weekday(days::after(today, ahead.into())?.weekday()))))
        .collect()
}

fn days_with_time(cx: &Cx<'_>, draft: &Draft) -> Markup {
    html! {
        fieldset { legend { "Days with time" }
            div .choices {
                @for (ahead, name) in of_week(cx) { (choice("checkbox", "free", &ahead.to_string(), draft.days[ahead].is_free, name)) }
            }
        }
        fieldset { legend { "Minutes on such a day" }
            div .choices {
                @for minutes in with(&MINUTES, draft.minutes) { (choice("radio", "minutes", &minutes.to_string(), minutes == draft.minutes, &minutes.to_string())) }
            }
        }
    }
}

fn training(cx: &Cx<'_>, draft: &Draft) -> Markup {
    let usual = draft.training;
    html! {
        details open[draft.days.iter().any(|day| day.trains)] { summary { "I train on some days" }
            fieldset { legend { "Training days" }
                div .choices {
                    @for (ahead, name) in of_week(cx) { (choice("checkbox", "train", &ahead.to_string(), draft.days[ahead].trains, name)) }
                }
            }
            fieldset { legend { "What" }
                div .choices {
                    @for (index, (_, name)) in KINDS.iter().enumerate() { (choice("radio", "kind", &index.to_string(), index == usual.kind, name)) }
                }
            }
            p .line { label { "It begins at " input type="time" name="at" value=[usual.at.map(hours_and_minutes)]; }
                label { "and takes " input type="number" name="long" min="1" max="600" inputmode="numeric" value=(usual.minutes); " minutes" } }
        }
    }
}

fn day_by_day(cx: &Cx<'_>, draft: &Draft) -> Markup {
    let differs = |day: &DayDraft| day.minutes.is_some() || day.training.is_some();
    html! {
        details .day-by-day open[draft.days.iter().any(differs)] { summary { "Some days are different" }
            p .small { "What you leave empty is as above." }
            @for (ahead, name) in of_week(cx) { (own_day(ahead, name, &draft.days[ahead])) }
        }
    }
}

fn own_day(ahead: usize, name: &str, day: &DayDraft) -> Markup {
    let own: Option<TrainingDraft> = day.training;
    html! {
        fieldset { legend { (name) }
            p .line {
                label { "Minutes " input type="number" name={ "minutes." (ahead) } min="1" max="240" inputmode="numeric" value=[day.minutes]; }
                label { "Training "
                    select name={ "kind." (ahead) } {
                        option value="" { "as above" }
                        @for (index, (_, name)) in KINDS.iter().enumerate() {
                            option value=(index) selected[own.is_some_and(|own| own.kind == index)] { (name) }
                        }
                    }
                }
                label { "at " input type="time" name={ "at." (ahead) } value=[own.and_then(|own| own.at).map(hours_and_minutes)]; }
                label { "for " input type="number" name={ "long." (ahead) } min="1" max="600" inputmode="numeric" value=[own.map(|own| own.minutes)]; " minutes" }
            }
        }
    }
}

fn places(cx: &Cx<'_>, draft: &Draft) -> Markup {
    html! {
        details open[!draft.wants.is_empty()] { summary { "I choose the places to roll" }
            p .small { "Without a choice they come from what was seen in the movement screen, and from what is usual." }
            @for (part, regions) in PARTS {
                fieldset { legend { (part) }
                    div .choices {
                        @for region in regions {
                            @let known = &cx.knowledge.regions[region];
                            @if known.rollable {
                                (choice("checkbox", "want", &region.to_string(), draft.wants.contains(region), &known.name))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn at_home(draft: &Draft) -> Markup {
    html! {
        details { summary { "What I have at home" }
            fieldset { legend { "At home" }
                div .choices {
                    @for (index, (equipment, name, _)) in EQUIPMENT.iter().enumerate() {
                        (choice("checkbox", "have", &index.to_string(), draft.equipment.contains(equipment), name))
                    }
                }
            }
        }
    }
}

/// The at most two things worth working on.
pub fn seen(cx: &Cx<'_>) -> Vec<Seen> {
    let all = outcomes(cx.state, cx.knowledge, cx.now());
    let (first, _) = worth_working_on(cx.knowledge, &all);
    first.into_iter().map(|one| Seen { id: one.finding.compensation.clone(), side: one.finding.side }).collect()
}

/// The wishes of a programme for the days that are left of it, with what is worth working on now; none where no day is.
pub fn rest_with_what_was_seen(cx: &Cx<'_>, before: &Wishes) -> Option<Wishes> {
    let start = cx.now().date();
    let days: Vec<DayWish> = before.days.iter().filter(|day| day.date >= start).cloned().collect();
    let left = days::between(start, days.last()?.date) / 7 + 1;
    Some(Wishes { compensations: seen(cx), start, weeks: u8::try_from(left).ok()?, days, ..before.clone() })
}
