//! Trainings from files: the page where they are chosen, what was found in them, and the events once somebody agrees.
//!
//! Whoever reads the files is not here: a worker in the browser (`web/import-worker.js`), or a server for pages without
//! JavaScript. Both ask what is known, and hand over what they found to be shown.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::{Response, Shell};
use crate::page::{Page, Place, asset, framed};
use crate::words;
use maud::{Markup, html};
use serde::Deserialize;
use supple_core::contract::Known;
use supple_core::event::EventBody;
use supple_core::sorted::SortedMap;

/// More than one post of an import may hold. From the issue.
const MOST_EVENTS: usize = 500;
/// So many problems are shown at once; the others are folded away.
const PROBLEMS_SHOWN: usize = 3;
/// What a column of a table may be, in words; the first two have to be said.
const MEANINGS: [(&str, &str); 7] = [
    ("start", "When it began"),
    ("minutes", "How long, in minutes"),
    ("seconds", "How long, in seconds"),
    ("sport", "What it was"),
    ("effort", "How hard, 0 to 10"),
    ("name", "What you call it"),
    ("km", "How far, in km"),
];

/// What was found, as `supple_import::Report` writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    name: String,
    new: usize,
    adding: usize,
    there: usize,
    days: usize,
    sports: SortedMap<String, usize>,
    minutes: u64,
    sets: usize,
    repetitions: u64,
    files: usize,
    span: Option<(String, String)>,
    problems: Vec<Wrong>,
    more_problems: usize,
    headers: Vec<String>,
    which_first: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    file: String,
    what: String,
    kept: bool,
}

/// What is to be shown of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    report: Report,
    /// Under which name a server keeps the file; empty where a worker in the browser has it.
    kept_as: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    action: String,
    events: Vec<EventBody>,
}

/// Where files are chosen: `training/import`. A server says in the query what came of a form of a page without JavaScript.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let wrong = query.get("wrong").map(|wrong| match wrong {
        "no-file" => "No file was chosen.".to_owned(),
        "too-large" => format!(
            "This is more than the server takes{}. Nothing was changed. Whoever runs it can allow more, or read the file with “supple import”.",
            query.read::<u32>("most").map(|most| format!(", {most} MB")).unwrap_or_default()
        ),
        "full" => "The disk of the server is full. Nothing was changed.".to_owned(),
        "gone" => "The server has let go of this file: it keeps one for half an hour. Choose it again.".to_owned(),
        _ => "The file did not arrive. Nothing was changed. Send it again.".to_owned(),
    });
    page(
        cx,
        if wrong.is_some() { 422 } else { 200 },
        &html! {
            h1 { "Bring in trainings" }
            @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
            (choosing(cx))
        },
    )
}

fn page(cx: &Cx<'_>, status: u16, inside: &Markup) -> Response {
    let body = html! {
        p .eyebrow { a href=(cx.href("training")) { "Training" } }
        (inside)
    };
    let scripts = &["import.js"];
    let page = Page { title: "Bring in trainings", class: "page-import", place: Some(Place::History), scripts, body };
    framed(cx, status, page)
}

fn choosing(cx: &Cx<'_>) -> Markup {
    let here = match cx.request.shell {
        Shell::Server => "The files are read in this browser, or, where it runs no JavaScript, by your server.",
        Shell::Worker | Shell::Prerendered => "The files are read on this device and go nowhere else.",
    };
    html! {
        p { "From files of a watch or another program. First you see what is in them; nothing is written before you say so." }
        form #import method="post" action=(cx.href("training/import")) enctype="multipart/form-data"
            data-import data-worker=(asset(cx, "import-worker.js")) {
            label .drop {
                b { "Files or archives" }
                span .small data-drop-words hidden { "or drop them here" }
                input type="file" name="file" multiple;
            }
            button .primary .wide data-without-script { "Look what is in it" }
        }
        div #import-running hidden {
            p #import-words role="status" {}
            progress #import-progress max="1" aria-label="How far it is" {}
            p { button #import-stop type="button" { "Stop" } }
        }
        div #import-found {}
        p .small { (here) }
        details {
            summary { "What can be read" }
            ul {
                li { "Files of watches and bicycle computers: FIT, TCX, GPX, also packed with gzip" }
                li { "The archive that Strava sends you" }
                li { "The export of Apple Health, however large" }
                li { "Activities and wellness of intervals.icu" }
                li { "Any table (CSV) with a line of headers" }
                li { "A zip of any of these" }
            }
        }
        details {
            summary { "When it breaks off" }
            p { "Choose the same file again. Supple knows it by its contents and goes on where it was; nothing is written twice." }
        }
    }
}

/// What the log knows, for whoever compares a file with it: `training/known`.
pub fn known(cx: &Cx<'_>) -> Response {
    Response::json(200, serde_json::to_string(&Known::of(cx.state)).unwrap_or_default())
}

/// What was found: `POST training/import/found`, as JSON. Nothing is written.
pub fn found(cx: &Cx<'_>) -> Decision {
    match supple_core::lean::from_str::<Shown>(&cx.request.body) {
        Ok(shown) => cx.answer(page(
            cx,
            200,
            &html! {
                h1 { "Bring in trainings" }
                div #import-found { (preview(cx, &shown)) }
            },
        )),
        Err(error) => cx.answer(refused(&error.to_string())),
    }
}

fn refused(why: &str) -> Response {
    Response::json(422, serde_json::json!({ "stored": false, "error": why }).to_string())
}

fn many(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

fn preview(cx: &Cx<'_>, shown: &Shown) -> Markup {
    let report = &shown.report;
    let nothing = report.new == 0 && report.adding == 0 && report.days == 0;
    let asks = !report.headers.is_empty() || report.which_first;
    html! {
        section .card #import-preview aria-labelledby="import-name" {
            h2 #import-name tabindex="-1" { (report.name) }
            @if report.files > 0 { p .small { (many(report.files, "file", "files")) " read in it" } }
            (what_is_new(cx, report))
            @if report.adding > 0 {
                p { (many(report.adding, "training you have gets", "trainings you have get")) " details from it." }
            }
            @if report.there > 0 {
                p { (many(report.there, "training is", "trainings are")) " in your log already and will not be there twice." }
            }
            @if nothing && !asks {
                p { b { @if report.there > 0 { "Nothing new is in it." } @else { "Nothing was found in it." } } }
            }
            (problems(report))
            @if !nothing { (agreeing(cx, report, &shown.kept_as)) }
        }
        @if asks { (asking(cx, report, &shown.kept_as)) }
        p { a .button href=(cx.href("training/import")) { "Choose something else" } }
    }
}

fn what_is_new(cx: &Cx<'_>, report: &Report) -> Markup {
    let mut sports: Vec<(&str, usize)> = report
        .sports
        .iter()
        .map(|(id, many)| (cx.knowledge.sports.get(id).map_or(id.as_str(), |sport| sport.name.as_str()), *many))
        .collect();
    sports.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    // An archive holds years, so a day without its year says little.
    let day = |text: &str| match text.parse::<jiff::civil::Date>() {
        Ok(date) => format!("{} {}", words::day(date), date.year()),
        Err(_) => text.to_owned(),
    };
    html! {
        @if report.new > 0 {
            p .lead { b { (many(report.new, "new training", "new trainings")) }
                ", " (report.minutes / 60) "\u{a0}h " (report.minutes % 60) "\u{a0}min" }
        }
        @if report.days > 0 { p { b { (many(report.days, "day", "days")) " of soreness" } } }
        @if let Some((first, last)) = &report.span {
            p { @if first == last { (day(first)) } @else { "From " (day(first)) " to " (day(last)) } }
        }
        @if !sports.is_empty() {
            ul .tally { @for (name, number) in sports { li { span { (name) } b { (number) } } } }
        }
        @if report.sets > 0 {
            p { (many(report.sets, "set", "sets")) " with " (report.repetitions) " repetitions" }
        }
    }
}

fn problems(report: &Report) -> Markup {
    let all = report.problems.len() + report.more_problems;
    let line = |wrong: &Wrong| html! { li { b { (wrong.file) } ": " (wrong.what) "." @if wrong.kept { " What could be read is counted above." } } };
    html! {
        @if all > 0 {
            div .caution {
                p { b { (many(all, "thing could not be read", "things could not be read")) } "; all else is not touched by it." }
                ul { @for wrong in report.problems.iter().take(PROBLEMS_SHOWN) { (line(wrong)) } }
                @if report.problems.len() > PROBLEMS_SHOWN {
                    details {
                        summary { "The others" }
                        ul {
                            @for wrong in report.problems.iter().skip(PROBLEMS_SHOWN) { (line(wrong)) }
                            @if report.more_problems > 0 { li { "and " (report.more_problems) " more" } }
                        }
                    }
                }
            }
        }
    }
}

fn agreeing(cx: &Cx<'_>, report: &Report, kept_as: &str) -> Markup {
    let all = report.new + report.adding + report.days;
    html! {
        form method="post" action=(cx.href("training/import/agree")) data-import-agree data-name=(report.name) {
            @if !kept_as.is_empty() { input type="hidden" name="kept_as" value=(kept_as); }
            button .primary .wide { "Write " (if all == 1 { "it" } else { "them" }) " down" }
        }
        p .small { "You can undo it as a whole afterwards." }
    }
}

/// What a person has to say before a table can be read.
fn asking(cx: &Cx<'_>, report: &Report, kept_as: &str) -> Markup {
    html! {
        form .card method="post" action=(cx.href("training/import/again")) data-import-again {
            @if !kept_as.is_empty() { input type="hidden" name="kept_as" value=(kept_as); }
            @if !report.headers.is_empty() {
                fieldset {
                    legend { "Which column is what?" }
                    p .small { "When it began and how long it took are needed; leave open what the table does not have." }
                    @for (id, words) in MEANINGS {
                        p { label { (words) " "
                            select name=(format!("column-{id}")) {
                                option value="" { "not in the table" }
                                @for header in &report.headers { option value=(header) { (header) } }
                            }
                        } }
                    }
                }
            }
            @if report.which_first {
                fieldset {
                    legend { "What does 03/04 mean in this file?" }
                    p { label { input type="radio" name="days" value="day_first" required; " 3 April, the day first" } }
                    p { label { input type="radio" name="days" value="month_first"; " 4 March, the month first" } }
                }
            }
            button .primary .wide { "Look again" }
        }
    }
}

/// Events of an import: `POST training/import/events`, as JSON. Appends them once, however often they come.
pub fn events(cx: &Cx<'_>) -> Decision {
    match read(cx) {
        Ok(sent) => {
            let mut decision = cx.answer(Response::json(200, "{\"stored\":true}".to_owned()));
            if !cx.has_action(&sent.action) {
                decision.bodies = sent.events.into_iter().map(|body| (cx.now().clone(), body)).collect();
            }
            decision.action = sent.action;
            decision
        }
        Err(error) => cx.answer(refused(&error)),
    }
}

/// Only what an import can bring is taken, and only under its batch.
fn read(cx: &Cx<'_>) -> Result<Sent, String> {
    let sent: Sent = supple_core::lean::from_str(&cx.request.body).map_err(|error| error.to_string())?;
    if !crate::app::well_formed(&sent.action) {
        return Err("an action is 8 to 80 letters, digits, - and _".into());
    }
    if sent.events.len() > MOST_EVENTS {
        return Err(format!("at most {MOST_EVENTS} events at once"));
    }
    let batch = |body: &EventBody| match body {
        EventBody::Imported(body) => Some(body.batch.clone()),
        EventBody::Trained(body) => body.batch().map(str::to_owned),
        EventBody::SorenessNoted(body) => Some(body.source.batch.clone()),
        _ => None,
    };
    if sent.events.iter().any(|body| batch(body).is_none_or(|batch| batch.is_empty())) {
        return Err("only what an import brings, each with its batch".into());
    }
    Ok(sent)
}

/// A form that only a server can answer came to somebody else: the page's module was not there.
pub fn not_here(cx: &Cx<'_>) -> Decision {
    let inside = html! {
        h1 { "Bring in trainings" }
        p .error role="alert" { "The part of the page that reads files has not loaded. Nothing was changed. Open the page again." }
        p { a .button .primary href=(cx.href("training/import")) { "Open it again" } }
    };
    cx.answer(page(cx, 422, &inside))
}
