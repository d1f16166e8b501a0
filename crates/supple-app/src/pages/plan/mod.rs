//! Plan: what to do today, in order, with every reason one tap behind, and what a person may make of it.

pub mod claims;

mod arrange;
mod block;
mod group;
mod last_time;
mod line;

pub use arrange::post as arrange;
pub use group::{Group, groups};

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::experiments;
use crate::today::{Arrangement, Today};
use crate::words;
use block::Card;
use maud::{Markup, html};
use supple_core::contract::text::side_words;
use supple_core::contract::{AnsweredReason, PlanView, VerdictName};
use supple_core::event::Answer;
use supple_core::gate::{Admitted, NotAdmitted};
use supple_core::plan::Alternatives;
use supple_core::unit::Seconds;

/// The page, or the way to what has to come before it.
pub fn get(cx: &Cx<'_>) -> Response {
    match Today::ready(cx) {
        Ok(today) => page(cx, &today, 200, None),
        Err(path) => Response::see_other(cx.href(path)),
    }
}

/// The page; `refused` says why a change was not made.
fn page(cx: &Cx<'_>, today: &Today<'_>, status: u16, refused: Option<Markup>) -> Response {
    let body = match (&today.admitted, &today.answer.plan) {
        (Some(admitted), Some(plan)) => with_blocks(cx, today, admitted, plan, refused),
        (None, Some(plan)) => html! {
            h1 { "Nothing to roll today" }
            (experiments::notice(cx, today))
            (verdict(cx, today))
            (left_out(cx, plan))
            p { a .button href=(cx.href("today")) { "Change what you want today" } }
        },
        _ => html! {},
    };
    let page = Page { title: "Plan", class: "page-plan", place: Some(Place::Plan), scripts: &[], body };
    framed(cx, status, page)
}

fn with_blocks(
    cx: &Cx<'_>,
    today: &Today<'_>,
    admitted: &Admitted,
    plan: &PlanView,
    refused: Option<Markup>,
) -> Markup {
    let blocks = admitted.blocks();
    let doses = today.doses();
    let (groups, spans) = (groups(&doses), line::spans(blocks));
    let goal = cx.knowledge.planning.goals.get(&admitted.goal()).map_or("", |goal| goal.name.as_str());
    let allowed =
        today.clearance().map(|clearance| Alternatives::gathered(cx.knowledge, clearance, &today.assessment));
    html! {
        p .eyebrow { (words::capitalised(goal)) }
        h1 { (Seconds::new(plan.seconds_total)) }
        p .lead { (words::count(groups.len(), "thing", "things")) ", " (Seconds::new(plan.seconds_pressure)) " of pressure." }
        @if let Some(refused) = refused { div #refused .caution role="alert" { (refused) } }
        (experiments::notice(cx, today))
        (own_order(cx, today))
        (verdict(cx, today))
        @if let Some(line) = last_time::line(cx, today) { p .small { (line) } }
        @if let Some(offer) = &plan.offer { p .notice { (offer) } }
        (line::line(&groups, &spans))
        ol .blocks {
            @for (index, group) in groups.iter().enumerate() {
                @if let Some(view) = plan.blocks.get(group.range.start) {
                    (Card {
                        number: index + 1,
                        of: groups.len(),
                        group,
                        doses: &doses,
                        view,
                        begins: spans[group.range.start].setup,
                        allowed: allowed.as_ref(),
                    }.show(cx, today))
                }
            }
        }
        p .small { (plan.says) }
        (claims::way(cx, admitted.goal()))
        (left_out(cx, plan))
        (save(cx, today))
        div .start {
            (cx.form("start", "session/start", html! { button .primary .big .wide { "Start" } }))
        }
    }
}

fn own_order(cx: &Cx<'_>, today: &Today<'_>) -> Markup {
    let back = |words: &str| {
        let inside = html! {
            input type="hidden" name="do" value="suggested";
            button .plain { (words) }
        };
        cx.form("suggested", "plan/arrange", inside)
    };
    match &today.arrangement {
        Arrangement::None => html! {},
        Arrangement::InForce => html! {
            div .notice .own { p { "This is your own version." } (back("Back to what Supple suggests")) }
        },
        Arrangement::Refused(problems) => html! {
            div .caution .own {
                p { "Your own version is not allowed any more, so this is what Supple suggests now." }
                @for problem in problems { p .small { (why_not(cx, problem)) } }
            }
        },
    }
}

/// Why a change is not made, in words.
fn why_not(cx: &Cx<'_>, problem: &NotAdmitted) -> String {
    let name = |region: &str| {
        let known = cx.knowledge.regions.iter().find(|(id, _)| id.id() == region);
        known.map_or(region.to_owned(), |(_, region)| region.name.clone())
    };
    let technique = |id: &str| cx.knowledge.techniques.get(id).map_or(id.to_owned(), |known| known.name.clone());
    match problem {
        NotAdmitted::Stale => "Something was added meanwhile.".to_owned(),
        NotAdmitted::Outside { technique: id, side, .. } => {
            format!("{}, {side}: that is outside what is allowed today.", technique(id))
        }
        NotAdmitted::AreaTooLong { region, side, seconds } => {
            format!("{}, {side}: {seconds} in all would be more than today's limit.", name(region))
        }
        NotAdmitted::TooManySets { region, side, sets } => {
            format!("{}, {side}: {sets} times would be more often than today's limit.", name(region))
        }
        NotAdmitted::TooLong { seconds, minutes } => format!(
            "With the time to change position it would take {seconds}, more than the {minutes} minutes you have. \
             Take something out or shorten something first."
        ),
    }
}

/// The verdict with its reasons, one line each; the rest stands behind each line.
fn verdict(cx: &Cx<'_>, today: &Today<'_>) -> Markup {
    let answer = &today.answer;
    let (open, known): (Vec<&AnsweredReason>, Vec<_>) =
        answer.reasons.iter().partition(|reason| reason.answer == Answer::Unknown);
    let ready = answer.verdict == VerdictName::Clear;
    html! {
        section .verdict .card aria-label="Whether to start" {
            p .word .ready[ready] { (answer.verdict.words()) }
            @for reason in known { (reason_line(cx, reason)) }
            @if !open.is_empty() {
                details .reason {
                    summary { (words::count(open.len(), "question is", "questions are")) " open, and counts as a yes until you know" }
                    ul {
                        @for reason in open {
                            li {
                                (reason.question.as_deref().unwrap_or(&reason.text)) " "
                                @if reason.question.is_some() {
                                    a href=(cx.href(&format!("screen/ask?id={}", reason.id))) { "Answer" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reason_line(cx: &Cx<'_>, reason: &AnsweredReason) -> Markup {
    let (first, rest) =
        reason.text.split_once(". ").map_or((reason.text.as_str(), ""), |(first, rest)| (first, rest));
    html! {
        details .reason {
            summary { (first.trim_end_matches('.')) }
            @if !rest.is_empty() { p { (rest) } }
            @if let Some(advice) = &reason.advice { p { (advice) } }
            @if let Some(date) = &reason.agreed_on { p .small { "Agreed with a clinician on " (date) "." } }
            @if !reason.sources.is_empty() {
                p .small {
                    @for id in &reason.sources {
                        (cx.knowledge.sources.get(id).map_or(id.as_str(), |source| source.citation.as_str())) ". "
                    }
                }
            }
        }
    }
}

fn left_out(cx: &Cx<'_>, plan: &PlanView) -> Markup {
    if plan.left_out.is_empty() {
        return html! {};
    }
    html! {
        details .left-out .card {
            summary { "Left out: " (words::count(plan.left_out.len(), "place", "places")) }
            ul {
                @for left in &plan.left_out {
                    li {
                        b { (words::capitalised(words::region(cx.knowledge, left.region))) ", " (side_words(left.side)) }
                        ": " (left.why)
                        @if left.id == arrange::TAKEN_OUT { (arrange::put_back(cx, left.region)) }
                    }
                }
            }
        }
    }
}

fn save(cx: &Cx<'_>, today: &Today<'_>) -> Markup {
    let goal = cx.knowledge.planning.goals.get(&today.assessment.goal).map_or("", |goal| goal.name.as_str());
    let name = format!("{}, {} minutes", words::capitalised(goal), today.assessment.minutes.get());
    html! {
        details .card .save {
            summary { "Save as my routine" }
            p .small {
                "Keeps what it is for, the minutes, the places and the tools. Each time you start it, it is planned \
                 afresh for the body you have that day."
            }
            (cx.form("save", "routines", html! {
                label .wide { "Name " input .wide type="text" name="name" required maxlength="60" value=(name); }
                p { button { "Save" } }
            }))
        }
        p { a href=(cx.href("routines")) { "My routines" } }
    }
}

/// Where a posted form leads that has nothing to work on.
fn nowhere(cx: &Cx<'_>, path: &str) -> Decision {
    cx.answer(Response::see_other(cx.href(path)))
}
