//! Experiments on oneself: the questions there are, the one that runs, and what came of those that are over.

mod design;
mod export;
mod read;
mod result;
mod run;

pub use design::{get as design, post as begin};
pub use export::{get as export, zip};
pub use run::{get as one, post};

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::today::Today;
use crate::words::capitalised;
use crate::words::count;
use maud::{Markup, html};
use supple_core::experiment::{Course, Due, Obeyed, running, words};
use supple_core::state::ExperimentRecord;

/// Every ready question, and what runs or ran.
pub fn get(cx: &Cx<'_>) -> Response {
    let runs = running(cx.state);
    let over: Vec<&ExperimentRecord> = cx.state.experiments.iter().filter(|known| known.ended.is_some()).collect();
    let body = html! {
        p .eyebrow { a href=(cx.href("history")) { "History" } }
        h1 { "Experiments on yourself" }
        p .lead { "Two ways, tried in turn, in an order that nobody chooses. In the end you know whether it makes a difference for you." }
        @if let Some(record) = runs {
            section .card {
                h2 { (record.design().name) }
                p { (status(cx, record)) }
                p { a .button .primary .wide href=(cx.href(&format!("experiments/{}", record.id()))) { "Go to it" } }
            }
            p .small { "One at a time: two would disturb each other." }
        }
        @if !over.is_empty() {
            section .card .past {
                h2 { "Over" }
                ul {
                    @for record in over.iter().rev() {
                        li { a href=(cx.href(&format!("experiments/{}", record.id()))) { (record.design().name) }
                            p .small { (result::sentence(cx, record)) } }
                    }
                }
            }
        }
        h2 { "Questions to choose from" }
        @for (id, question) in &cx.knowledge.questions {
            section .card .question {
                h3 { a href=(cx.href(&format!("experiments/new/{id}"))) { (question.name) } }
                p { (question.asks) }
                p .small { "At the " (places(cx, question)) "." }
            }
        }
        p { a .button .wide href=(cx.href("experiments/new/own")) { "Make your own" } }
    };
    let page =
        Page { title: "Experiments", class: "page-experiments", place: Some(Place::History), scripts: &[], body };
    framed(cx, 200, page)
}

fn places(cx: &Cx<'_>, question: &supple_core::knowledge::Question) -> String {
    let names = question.places.iter().map(|place| crate::words::region(cx.knowledge, place.region).to_owned());
    crate::words::list(&names.collect::<Vec<_>>()).replace(" and ", " or ")
}

/// What it asks for, in one line.
fn status(cx: &Cx<'_>, record: &ExperimentRecord) -> String {
    let course = Course::of(cx.knowledge, record, cx.state, cx.now());
    let done = course.counted();
    let of = 2 * record.design().blocks.get();
    let now = match Due::of(cx.knowledge, record, &course, cx.state, cx.now()) {
        Due::Over => "over".to_owned(),
        Due::Complete => "the result is ready".to_owned(),
        Due::NotBefore(from) => format!("next {}", run::moment(cx, &from)),
        Due::ReadingBefore | Due::Reveal => "a session is due".to_owned(),
        Due::ToDo { arm, .. } => format!("today: {}", words::label(record.design(), arm)),
        Due::ReadingAfter { from, .. } if from <= *cx.now() => "measure now".to_owned(),
        Due::ReadingAfter { from, .. } => format!("measure {}", run::moment(cx, &from)),
    };
    format!("{} of {} done; {now}.", count(usize::from(done), "session", "sessions"), of)
}

/// The card on other pages while one runs; none where nothing is due.
pub fn card(cx: &Cx<'_>) -> Option<Markup> {
    let record = running(cx.state)?;
    Some(html! {
        section .card .experiment {
            h2 { "Your experiment" }
            p { (record.design().name) " " (capitalised(&status(cx, record))) }
            p { a .button .wide href=(cx.href(&format!("experiments/{}", record.id()))) { "Go to it" } }
        }
    })
}

/// What a running experiment makes of today's plan, for the plan's page.
pub fn notice(cx: &Cx<'_>, today: &Today<'_>) -> Markup {
    let Some(record) = running(cx.state) else { return html! {} };
    let link = |words: &str| html! { a href=(cx.href(&format!("experiments/{}", record.id()))) { (words) } };
    match &today.obeyed {
        None => html! {},
        Some(Obeyed::Way { arm, .. }) => html! {
            div .notice .experiment {
                p { b { "Your experiment. Today: " (words::label(record.design(), *arm)) "." } " "
                    "Do just this, then measure again. If you change it, the session does not count, and nothing is lost." }
                p { (link("Back to the experiment")) }
            }
        },
        Some(Obeyed::NotAllowed { arm, why, .. }) => html! {
            div .notice .experiment {
                p { b { "Your experiment waits. " } (words::refused(record.design(), *arm, why)) }
                p { (link("Tell it: not today")) }
            }
        },
        Some(Obeyed::Rest { .. }) => html! {
            div .notice .experiment {
                p { b { "Your experiment: rest until the next reading." } " Then you can roll as you like." }
                p { (link("When to measure")) }
            }
        },
    }
}
