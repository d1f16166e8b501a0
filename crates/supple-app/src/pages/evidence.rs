//! What people say rolling does, and what was found: a page of all claims, and one for each.

mod found;

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::words::{capitalised, grade};
use maud::{Markup, html};
use supple_core::knowledge::{Claim, Goal};

/// The claims that matter to somebody who wants this, in the order in which one would ask.
pub const fn about(goal: Goal) -> &'static [&'static str] {
    match goal {
        Goal::Recovery => &["soreness_next_hour", "soreness_next_days", "blood_flow", "performance_recovery"],
        Goal::WarmUp => &["performance_now", "flexibility_minutes", "prevents_injury"],
        Goal::Mobility => &["flexibility_minutes", "flexibility_weeks", "stiffness"],
        Goal::WindDown => &[],
    }
}

/// The claim behind a sentence with which a plan explains itself, where it rests on studies.
pub fn behind(reason: &str, goal: Goal) -> Option<&'static str> {
    match reason {
        "dose_curve" => Some("longer_gives_more"),
        "sore_gentle" => Some("harder_is_better"),
        // Ease before sleep was not studied; what the plan expects there is about soreness.
        "effect" => about(goal).first().copied().or(Some("soreness_next_hour")),
        _ => None,
    }
}

/// A line for the plan: where to read what rolling does for this, and what not.
pub fn way(cx: &Cx<'_>, goal: Goal) -> Markup {
    let first = about(goal).first().is_some_and(|id| cx.knowledge.claims.contains_key(*id));
    html! {
        @if first {
            p .small { a href=(cx.href(&format!("evidence?goal={}", goal.id()))) { "What rolling does for this, and what it does not" } }
        }
    }
}

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
    let sources = claim.sources.iter().filter_map(|id| Some((id, cx.knowledge.sources.get(id)?)));
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
            ul .sources {
                @for (id, source) in sources {
                    li {
                        (source.citation)
                        @if let Some(doi) = &source.doi { " doi " (doi) "." }
                        " " a href=(cx.href(&format!("settings/about#source-{id}"))) { "in the list" }
                    }
                }
            }
        }
        p .small {
            "The studies behind it, one by one and pooled, are in the program for the terminal: "
            code { "supple evidence " (id) }
        }
    };
    framed(cx, 200, Page { title: &claim.claim, class: "page-claim", place: Some(Place::Plan), scripts: &[], body })
}

#[cfg(test)]
mod tests {
    use super::{about, behind};
    use supple_core::knowledge::Goal;

    #[test]
    fn what_matters_to_a_goal_is_a_claim() {
        let knowledge = supple_knowledge::embedded();
        for id in Goal::ALL.into_iter().flat_map(about) {
            assert!(knowledge.claims.contains_key(*id), "{id}");
        }
        for (reason, goal) in ["dose_curve", "sore_gentle", "effect"].into_iter().zip(Goal::ALL) {
            assert!(knowledge.reasons.contains_key(reason), "{reason}");
            assert!(behind(reason, goal).is_some_and(|id| knowledge.claims.contains_key(id)), "{reason}");
        }
        assert!(behind("effect", Goal::WindDown).is_some_and(|id| knowledge.claims.contains_key(id)));
        assert!(!about(Goal::Recovery).is_empty() && !about(Goal::WarmUp).is_empty());
    }
}
