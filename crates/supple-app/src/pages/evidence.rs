//! What people say rolling does, and what was found: a page of all claims, and one for each.

mod found;

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::plan::claims::about;
use crate::pages::{sources, trouble};
use crate::words::{capitalised, grade};
use maud::{Markup, html};
use supple_core::knowledge::{Claim, Goal};

/// All of them; those that matter to a goal first, if one is asked for.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let goal = query.get("goal").and_then(|asked| Goal::ALL.into_iter().find(|goal| goal.id() == asked));
    let first: Vec<(&str, &Claim)> = goal
        .map_or(&[][..], about)
        .iter()
        .filter_map(|id| cx.knowledge.claims.get_key_value(*id))
        .map(|(id, claim)| (id.as_str(), claim))
        .collect();
    let other = cx.knowledge.claims.iter().filter(|(id, _)| !first.iter().any(|(known, _)| known == id));
    let name = goal.and_then(|goal| cx.knowledge.planning.goals.get(&goal)).map(|goal| goal.name.as_str());
    let body = html! {
        h1 { "What you may have read" }
        p .lead { "What people say rolling does, and what studies found." }
        @if let Some(name) = name {
            h2 { "For " (name) }
            @for (id, claim) in &first { (card(cx, id, claim)) }
            h2 { "All else" }
        }
        @for (id, claim) in other { (card(cx, id, claim)) }
    };
    framed(
        cx,
        200,
        Page {
            title: "What you may have read",
            class: "page-evidence",
            place: Some(Place::Plan),
            scripts: &[],
            body,
        },
    )
}

fn card(cx: &Cx<'_>, id: &str, claim: &Claim) -> Markup {
    html! {
        section .card .claim {
            h3 { a href=(cx.href(&format!("evidence/{id}"))) { (claim.claim) } }
            p .found { b { (claim.verdict.words()) } @if let Some(known) = claim.grade { " · " (grade(cx.knowledge, known)) } }
            p { (claim.answer) }
        }
    }
}

/// One of them.
pub fn claim(cx: &Cx<'_>, id: &str) -> Response {
    let Some(claim) = cx.knowledge.claims.get(id) else { return trouble::not_found(cx) };
    let body = html! {
        p .eyebrow { a href=(cx.href("evidence")) { "What you may have read" } }
        h1 { (claim.claim) }
        p .lead { (claim.answer) }
        section .card {
            h2 { "How it stands" }
            p { b { (capitalised(claim.verdict.words())) } }
            @if let Some(words) = claim.grade.and_then(|known| cx.knowledge.grades.get(&known)) {
                p { (capitalised(&words.label)) ": " (words.meaning) }
            }
            @if let Some(result) = cx.knowledge.results.get(id) {
                details {
                    summary { "Why so sure and no surer" }
                    ul { @for reason in &result.reasons { li { (reason) } } }
                }
            }
            @if let Some(numbers) = &claim.numbers { details { summary { "The numbers" } p { (numbers) } } }
            @if let Some(what) = &claim.would_change_our_mind {
                h3 { "What would change our mind" }
                p { (what) }
            }
        }
        @if let Some(result) = cx.knowledge.results.get(id) { (found::found(result)) }
        details .card {
            summary { "Sources" }
            (sources::list(cx, &claim.sources))
        }
        p .small {
            "The studies behind it, one by one and pooled, are in the program for the terminal: "
            code { "supple evidence " (id) }
        }
    };
    framed(cx, 200, Page { title: &claim.claim, class: "page-claim", place: Some(Place::Plan), scripts: &[], body })
}
