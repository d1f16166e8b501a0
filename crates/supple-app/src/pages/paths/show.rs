//! One path: what holds today, what to look at, what is left alone, what is offered, whom to ask.

use super::{here, map, offers, questions, watches};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use maud::{Markup, html};
use supple_core::event::Answer;
use supple_core::knowledge::CarePath;
use supple_core::path::words::{holding_in_words, now_in_words, word_in_words};
use supple_core::path::{Now, Standing, WordGiven, concerning};

/// The page.
pub fn one(cx: &Cx<'_>, id: &str) -> Response {
    page(cx, 200, id, None)
}

/// The page, with what was wrong about a form.
pub fn page(cx: &Cx<'_>, status: u16, id: &str, problem: Option<&str>) -> Response {
    let Some(here) = here(cx, id) else { return trouble::not_found(cx) };
    let known = here.known;
    let sources = known.sources.iter().filter_map(|id| Some((id, cx.knowledge.sources.get(id)?)));
    let body = html! {
        p .eyebrow { a href=(cx.href("paths")) { "Paths" } }
        h1 { (known.title) }
        @if let Some(problem) = problem { p .caution role="alert" { (problem) } }
        (watches::after(cx, &here))
        p .lead { (known.for_whom) }
        p { (known.lead) }
        @if let Some(answered_no) = not_yours(cx, id, known) {
            (answered_no)
        } @else {
            (now(cx, &here))
            (watches::section(cx, &here))
            (map::section(cx, &here.off_limits))
            (offers::sections(cx, &here.offers))
            (clinician(cx, &here))
        }
        (questions::list(cx, &here))
        @if let Some(call) = &known.call {
            section .card {
                h2 { (call.whom) }
                ul { @for sign in &call.signs { li { (sign) } } }
            }
        }
        details .card {
            summary { "Where this comes from" }
            p { "The path adds no permission: what is offered is what your answers leave open." }
            ul .sources {
                @for (id, source) in sources {
                    li {
                        (source.citation)
                        " " a href=(cx.href(&format!("settings/about#source-{id}"))) { "in the list" }
                    }
                }
            }
        }
    };
    framed(
        cx,
        status,
        Page { title: &known.title, class: "page-path", place: Some(Place::Settings), scripts: &[], body },
    )
}

/// What stands instead of offers where every question that leads to a path was answered *no*: it is for somebody else, or
/// something has changed.
fn not_yours(cx: &Cx<'_>, id: &str, known: &CarePath) -> Option<Markup> {
    let answer = |id: &String| cx.state.answers.get(id).and_then(|all| all.last()).map(|said| said.what.answer);
    let all_no = !known.shown_by.is_empty() && known.shown_by.iter().all(|id| answer(id) == Some(Answer::No));
    let concerns = concerning(cx.knowledge, cx.state, cx.now()).iter().any(|(own, _)| *own == id);
    (all_no && !concerns).then(|| {
        let questions = known.shown_by.iter().filter_map(|id| cx.knowledge.cautions.get(id));
        let ids: Vec<String> = known.shown_by.iter().map(|id| format!("id={id}")).collect();
        html! {
            section .card .now {
                h2 { "You answered no" }
                ul { @for caution in questions { li { (caution.question) } } }
                p { "If this path is for you now, answer again first. Then it shows what is left alone, and offers what is open." }
                p { a .button .primary .big .wide href=(cx.href(&format!("screen/ask?{}", ids.join("&")))) { "Answer again" } }
            }
        }
    })
}

/// What holds today, and the next step.
fn now(cx: &Cx<'_>, here: &Standing<'_>) -> Markup {
    let next = questions::next(cx, here);
    let told = here.holding.iter().filter(|reason| reason.answer == Answer::Yes);
    html! {
        section .card .now {
            h2 { "Today" }
            p { (now_in_words(here.now)) }
            @for reason in told { p { strong { (holding_in_words(cx.knowledge, reason)) } } }
            @match here.now {
                Now::HelpFirst => { (crate::pages::help::call(cx)) }
                Now::NotYet => {
                    @if here.clinician.iter().any(|word| word.given == WordGiven::Needed) {
                        p { a .button href=(cx.href("clinician")) { "A page to show to my clinician" } }
                    }
                    @if here.holding.iter().any(|reason| !cx.knowledge.cautions.contains_key(&reason.id)) {
                        p { a .button href=(cx.href("today")) { "Say it on Today" } }
                    }
                }
                Now::Open | Now::Questions => {}
            }
            @if here.now != Now::HelpFirst {
                @if let Some(next) = next {
                    p { a .button .primary .big .wide href=(cx.href(&next)) {
                        @match here.open_questions() {
                            0 => { "Today's questions" }
                            1 => { "1 question of this path" }
                            many => { (many) " questions of this path" }
                        }
                    } }
                }
            }
        }
    }
}

/// Whose word is needed, and what to tell them.
fn clinician(cx: &Cx<'_>, here: &Standing<'_>) -> Markup {
    let holds = cx.knowledge.screen.agreement_holds_days;
    let needed = here.clinician.iter().any(|word| matches!(word.given, WordGiven::Needed | WordGiven::Refused(..)));
    html! {
        section .card {
            h2 { "Your clinician's word" }
            @if here.clinician.is_empty() {
                p { "Nothing you answered waits for somebody's word. What follows is good to have at hand all the same." }
            }
            @for word in &here.clinician {
                @if let Some(caution) = cx.knowledge.cautions.get(&word.caution) {
                    div .closing {
                        h3 { (caution.lines.first().map_or(caution.name.as_str(), |line| line.text.as_str())) }
                        p { (word_in_words(cx.knowledge, word, holds)) }
                        @if word.given == WordGiven::OnlyAdvice { p .small { "Good to ask; their word opens nothing here." } }
                    }
                }
            }
            @if needed && here.now != Now::NotYet { p { a .button href=(cx.href("clinician")) { "A page to show to my clinician" } } }
            h3 { "What to tell them" }
            ul { @for line in &here.known.tell { li { (line) } } }
        }
    }
}
