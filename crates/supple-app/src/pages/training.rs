//! What somebody trained: a quick entry, templates from past ones, the list, and imports with their undoing.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::words;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::event::{EventBody, ImportUndone, Name, Retracted, Trained};
use supple_core::knowledge::Sport;
use supple_core::state::{Import, Training};
use supple_core::unit::{Felt, TrainingSeconds};

/// So many trainings are listed, and so many stand as templates.
const LISTED: usize = 30;
const TEMPLATES: usize = 4;
/// What is chosen before anybody wrote anything down.
const FIRST_SPORT: &str = "running";

/// What stands in the form.
#[derive(Default)]
struct Typed {
    sport: String,
    minutes: String,
    effort: Option<u8>,
    unusual: Option<bool>,
    start: String,
    name: String,
}

/// The page. A template fills the form in.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let template = query.get("like").and_then(|id| cx.state.trainings.iter().find(|training| training.id == id));
    let newest = newest_first(cx).first().map(|training| training.what.sport.clone());
    let typed = match template {
        Some(training) => Typed {
            sport: training.what.sport.clone(),
            minutes: training.what.minutes().to_string(),
            effort: training.what.effort.map(Felt::get),
            name: training.what.name.as_ref().map_or_else(String::new, ToString::to_string),
            ..Typed::default()
        },
        None => Typed { sport: newest.unwrap_or_else(|| FIRST_SPORT.to_owned()), ..Typed::default() },
    };
    page(cx, 200, &typed, None)
}

fn newest_first<'s>(cx: &Cx<'s>) -> Vec<&'s Training> {
    let mut trainings: Vec<&Training> = cx.state.trainings.iter().collect();
    trainings.sort_by(|a, b| b.what.start.cmp(&a.what.start));
    trainings
}

fn page(cx: &Cx<'_>, status: u16, typed: &Typed, wrong: Option<&str>) -> Response {
    let trainings = newest_first(cx);
    let imports: Vec<&Import> = cx.state.imports.iter().rev().filter(|import| import.undone.is_none()).collect();
    let body = html! {
        p .eyebrow {
            a href=(cx.href("history")) { "History" }
            @if !cx.state.trainings.is_empty() { " · " a href=(cx.href("forecast")) { "Soreness ahead" } }
        }
        h1 { "Training" }
        p { "Soreness comes from training. What you write down here helps to say where it may come, and when." }
        @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
        (just_brought(cx, &imports))
        p { a .button href=(cx.href("training/import")) { "Bring in files of a watch or another program" } }
        (templates(cx, &trainings))
        section .card { h2 { "What did you do?" } (cx.form("add", "training", entry(cx, typed))) }
        (list(cx, &trainings))
        @if !imports.is_empty() { (brought(cx, &imports)) }
    };
    let page = Page { title: "Training", class: "page-training", place: Some(Place::History), scripts: &[], body };
    framed(cx, status, page)
}

/// Different trainings of late, to write down again with one tap and a look.
fn templates(cx: &Cx<'_>, trainings: &[&Training]) -> Markup {
    let mut shown: Vec<&Training> = Vec::new();
    for training in trainings {
        let like = |other: &&Training| {
            other.what.sport == training.what.sport && other.what.minutes().abs_diff(training.what.minutes()) < 10
        };
        if shown.len() < TEMPLATES && !shown.iter().any(like) {
            shown.push(training);
        }
    }
    html! {
        @if !shown.is_empty() {
            section {
                h2 { "Like before" }
                @for training in shown {
                    p { a .button href=(cx.href(&format!("training?like={}", training.id))) {
                        (sport(cx, &training.what)) ", " (training.what.minutes()) " min"
                    } }
                }
            }
        }
    }
}

fn entry(cx: &Cx<'_>, typed: &Typed) -> Markup {
    html! {
        p { label { "What "
            select name="sport" {
                @for (id, sport) in sports(cx) {
                    option value=(id) selected[*id == typed.sport] { (sport.name) }
                }
            }
        } }
        p { label { "How long, in minutes "
            input type="number" name="minutes" min="1" max="10080" inputmode="numeric" required value=(typed.minutes);
        } }
        fieldset {
            legend { "How hard was it, from 0 to 10?" }
            div .scale {
                @for points in 0..=10_u8 {
                    label .point {
                        input type="radio" name="effort" value=(points) checked[typed.effort == Some(points)];
                        span { (points) @if let Some(words) = effort(points) { small .visually-hidden { " " (words) } } }
                    }
                }
            }
            p .small .scale-words aria-hidden="true" {
                @for points in 0..=10_u8 {
                    @if let Some(words) = effort(points) { span { b { (points) } " " (words) } " " }
                }
            }
        }
        fieldset {
            legend { "Was it new or unusual for you?" }
            p { label { input type="radio" name="unusual" value="yes" checked[typed.unusual == Some(true)]; " Yes" } }
            p { label { input type="radio" name="unusual" value="no" checked[typed.unusual == Some(false)]; " No, as usual" } }
        }
        details {
            summary { "When, and what you call it" }
            p { label { "Began " input type="datetime-local" name="start" value=(typed.start); } }
            p .small { "Left empty, it has just ended." }
            p { label { "Name " input name="name" maxlength=(Name::MOST) value=(typed.name); } }
        }
        button .primary .wide { "Write it down" }
    }
}

/// How hard something was, in words.
const fn effort(points: u8) -> Option<&'static str> {
    match points {
        0 => Some("rest"),
        3 => Some("easy"),
        5 => Some("hard"),
        7 => Some("very hard"),
        10 => Some("all I had"),
        _ => None,
    }
}

fn sport<'c>(cx: &Cx<'c>, what: &'c Trained) -> &'c str {
    cx.knowledge.sports.get(&what.sport).map_or(what.sport.as_str(), |sport| sport.name.as_str())
}

fn list(cx: &Cx<'_>, trainings: &[&Training]) -> Markup {
    html! {
        section {
            h2 { "Written down" }
            @if trainings.is_empty() { p { "Nothing yet." } }
            @for training in trainings.iter().take(LISTED) {
                (one(cx, training))
            }
            @if trainings.len() > LISTED { p .small { "The newest " (LISTED) " of " (trainings.len()) "." } }
        }
    }
}

fn one(cx: &Cx<'_>, training: &Training) -> Markup {
    let what = &training.what;
    let there = what.start.date();
    html! {
        div .card {
            p {
                b { (sport(cx, what)) } ", " (what.minutes()) " min"
                @if let Some(effort) = what.effort { ", effort " (effort) " of 10" }
                @if what.unusual == Some(true) { ", new or unusual" }
            }
            p .small {
                (words::day(there)) ", " (words::time_of_day(&what.start))
                @if let Some(name) = &what.name { " · " (name) }
                @if what.sets() > 0 { " · " (what.sets()) " sets" }
                @if what.source.is_some() { " · from a file" }
            }
            @if what.source.is_none() {
                (cx.form(&format!("back-{}", training.id), "training/back", html! {
                    input type="hidden" name="training" value=(training.id);
                    button .plain { "Take it back" }
                }))
            }
        }
    }
}

fn brought(cx: &Cx<'_>, imports: &[&Import]) -> Markup {
    html! {
        section #imports {
            h2 { "From files" }
            @for import in imports {
                div .card {
                    p { b { (import.began.what.name) } }
                    p .small { (words::day(import.began.at.date())) ": " (counted(import)) }
                    (undoing(cx, "undo", import))
                }
            }
        }
    }
}

/// Every sport: what this person does most first, then by name.
fn sports<'c>(cx: &Cx<'c>) -> Vec<(&'c String, &'c Sport)> {
    let times = |id: &String| cx.state.trainings.iter().filter(|training| training.what.sport == *id).count();
    let mut sports: Vec<(&String, &Sport)> = cx.knowledge.sports.iter().collect();
    sports.sort_by_cached_key(|(id, sport)| (std::cmp::Reverse(times(id)), sport.name.to_lowercase()));
    sports
}

/// What an import has just written, with the way back.
fn just_brought(cx: &Cx<'_>, imports: &[&Import]) -> Markup {
    let query = cx.query();
    let import = query.get("brought").and_then(|batch| imports.iter().find(|import| import.batch() == batch));
    html! {
        @if let Some(import) = import {
            div .notice role="status" {
                p { "Written down: " b { (counted(import)) } " from " (import.began.what.name) "." }
                (undoing(cx, "undo-now", import))
            }
        }
    }
}

fn counted(import: &Import) -> String {
    let of = |number: usize, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
    let trainings = of(import.trainings, "training", "trainings");
    match (import.trainings, import.days) {
        (_, 0) => trainings,
        (0, days) => of(days, "day of soreness", "days of soreness"),
        (_, days) => format!("{trainings}, {}", of(days, "day of soreness", "days of soreness")),
    }
}

fn undoing(cx: &Cx<'_>, name: &str, import: &Import) -> Markup {
    cx.form(
        &format!("{name}-{}", import.batch()),
        "training/undo",
        html! {
            input type="hidden" name="batch" value=(import.batch());
            button .plain { "Undo this import" }
        },
    )
}

/// Writes a training down.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let text = |name| form.get(name).unwrap_or("").trim().to_owned();
    let typed = Typed {
        sport: text("sport"),
        minutes: text("minutes"),
        effort: form.read("effort"),
        unusual: match form.get("unusual") {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        },
        start: text("start"),
        name: text("name"),
    };
    match trained(cx, &typed) {
        Ok(training) => cx.record([EventBody::Trained(Box::new(training))], "training"),
        Err(wrong) => cx.answer(page(cx, 422, &typed, Some(&wrong))),
    }
}

fn trained(cx: &Cx<'_>, typed: &Typed) -> Result<Trained, String> {
    if !cx.knowledge.sports.contains_key(&typed.sport) {
        return Err("Choose what it was from the list.".to_owned());
    }
    let long = || format!("How long: 1 to 10,080 whole minutes, not {:?}. Write for instance 45.", typed.minutes);
    let minutes: u32 = typed.minutes.parse().map_err(|_| long())?;
    let seconds = TrainingSeconds::new(minutes.saturating_mul(60)).map_err(|_| long())?;
    let name = match typed.name.as_str() {
        "" => None,
        name => Some(
            Name::new(name)
                .map_err(|_| format!("A name has 1 to {} characters on one line. Shorten it.", Name::MOST))?,
        ),
    };
    let start = began(cx.now(), &typed.start, seconds)?;
    Ok(Trained {
        name,
        effort: typed.effort.and_then(|points| Felt::new(points).ok()),
        unusual: typed.unusual,
        ..Trained::bare(start, seconds, typed.sport.clone())
    })
}

fn began(now: &Zoned, text: &str, seconds: TrainingSeconds) -> Result<Zoned, String> {
    let wrong = || format!("When it began: a day and a time, such as 2026-11-22T18:00, not {text:?}.");
    let start = if text.is_empty() {
        now.checked_sub(jiff::SignedDuration::from_secs(i64::from(seconds.get()))).map_err(|_| wrong())?
    } else {
        let time: jiff::civil::DateTime = text.parse().map_err(|_| wrong())?;
        time.to_zoned(now.time_zone().clone()).map_err(|_| wrong())?
    };
    if start > *now {
        return Err("It begins later than now. Write it down once it is done.".to_owned());
    }
    Ok(start)
}

/// Takes back a training that was typed in.
pub fn back(cx: &Cx<'_>, form: &Form) -> Decision {
    let typed_in =
        |training: &&Training| Some(training.id.as_str()) == form.get("training") && training.what.source.is_none();
    match cx.state.trainings.iter().find(typed_in) {
        Some(training) => cx.record([EventBody::Retracted(Retracted { event: training.id.clone() })], "training"),
        None => cx.answer(Response::see_other(cx.href("training"))),
    }
}

/// Takes back everything an import brought.
pub fn undo(cx: &Cx<'_>, form: &Form) -> Decision {
    let open = |import: &&Import| import.undone.is_none() && Some(import.batch()) == form.get("batch");
    match cx.state.imports.iter().find(open) {
        Some(import) => {
            let batch = import.batch().to_owned();
            cx.record([EventBody::ImportUndone(ImportUndone { batch })], "training")
        }
        None => cx.answer(Response::see_other(cx.href("training"))),
    }
}
