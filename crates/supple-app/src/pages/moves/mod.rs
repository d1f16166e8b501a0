//! Stretches, strengthening and integration: a page of all of them, and one for each.

pub mod run;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::programme::assessment;
use crate::pages::screen::card::open_by;
use crate::pages::today::PARTS;
use crate::pages::{sources, trouble};
use crate::words::{capitalised, grade};
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};
use supple_core::event::{CheckedIn, EventBody};
use supple_core::gate::judge;
use supple_core::knowledge::{Amount, Knowledge, Move, MoveKind, Sides};
use supple_core::programme::{Progress, amount as dose_at};

/// The kinds in the order of a session, with what they are called.
const KINDS: [(MoveKind, &str, &str); 3] = [
    (MoveKind::Stretch, "Stretches", "To lengthen, after rolling or by themselves."),
    (MoveKind::Strengthen, "Strengthening", "One place at a time."),
    (MoveKind::Integrate, "Integration", "Several places together, as in daily life."),
];

/// All of them, by kind.
pub fn get(cx: &Cx<'_>) -> Response {
    let body = html! {
        h1 { "Moves" }
        p .lead { "Stretches and exercises. Which of them are right for you today is asked before you begin." }
        @for (kind, title, what) in KINDS {
            section .card {
                h2 { (title) }
                p { (what) }
                @for (part, regions) in PARTS {
                    @let here = of_part(cx.knowledge, kind, regions);
                    @if !here.is_empty() {
                        details {
                            summary { (part) ", " (here.len()) }
                            ul .all { @for (id, known) in here { (line(cx, id, known)) } }
                        }
                    }
                }
            }
        }
    };
    framed(cx, 200, Page { title: "Moves", class: "page-moves", place: Some(Place::Plan), scripts: &[], body })
}

/// Moves of a kind whose first region is among these.
fn of_part<'k>(knowledge: &'k Knowledge, kind: MoveKind, regions: &[RegionId]) -> Vec<(&'k str, &'k Move)> {
    let here =
        |known: &Move| known.kind == kind && known.regions.first().is_some_and(|first| regions.contains(first));
    knowledge.moves.iter().filter(|(_, known)| here(known)).map(|(id, known)| (id.as_str(), known)).collect()
}

fn line(cx: &Cx<'_>, id: &str, known: &Move) -> Markup {
    html! {
        li {
            a href=(cx.href(&format!("moves/{id}"))) {
                span .thumb aria-hidden="true" { (crate::picture::small(cx, id)) }
                span { (known.name) }
            }
        }
    }
}

/// One of them.
pub fn one(cx: &Cx<'_>, id: &str) -> Response {
    let Some(known) = cx.knowledge.moves.get(id) else { return trouble::not_found(cx) };
    let body = html! {
        p .eyebrow { a href=(cx.href("moves")) { "Moves" } }
        h1 { (known.name) }
        p .lead { (amount(&known.amount, known.sides)) }
        (crate::picture::of_move(cx, id, Side::Left))
        section .card {
            h2 { "How" }
            p { (known.position) }
            ol { @for step in &known.steps { li { (step) } } }
            h3 { "What it feels like" }
            p { (known.feel) }
        }
        section .card {
            h2 { "Easier and harder" }
            p { b { "Easier. " } (known.easier) (other(cx, known.easier_move.as_deref())) }
            p { b { "Harder. " } (known.harder) (other(cx, known.harder_move.as_deref())) }
        }
        @if let Some(caution) = &known.caution { section .card { h2 { "Take care" } p { (caution) } } }
        (cx.form("now", &format!("moves/{id}"), html! { button .primary .big .wide { "Do this one now" } }))
        details .card {
            summary { "What people get wrong" }
            ul { @for mistake in &known.mistakes { li { (capitalised(mistake)) } } }
        }
        details .card {
            summary { "Why, and where it comes from" }
            p { "For " (known.muscles) ". " (capitalised(grade(cx.knowledge, known.grade))) " for this amount." }
            @if let Some(note) = &known.note { p { (note) } }
            (sources::list(cx, &known.sources))
        }
    };
    framed(cx, 200, Page { title: &known.name, class: "page-move", place: Some(Place::Plan), scripts: &[], body })
}

/// Starts a run of one move, with the amount it begins with, after the questions that are open.
pub fn start_one(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(known) = cx.knowledge.moves.get(id) else { return cx.answer(trouble::not_found(cx)) };
    if let Some(path) = run::begun(cx, form) {
        return cx.record([], &path);
    }
    let today = assessment(cx);
    if !open_by(cx, &today).is_empty() {
        // The questions are asked of somebody who has said that there is to be something today.
        let said = crate::today::last_check_in(cx.state, cx.now()).is_some();
        return cx.record((!said).then(|| EventBody::CheckedIn(CheckedIn::nothing_wished())), "screen");
    }
    let judgement = judge(cx.knowledge, &today);
    let Some(clearance) = judgement.verdict.clearance() else {
        return cx.answer(Response::see_other(cx.href("not-yet")));
    };
    let sides: &[Side] = match known.sides {
        Sides::OneAtATime => &[Side::Left, Side::Right],
        Sides::Together => &[Side::Both],
        Sides::Midline => &[Side::Midline],
    };
    let step = Progress::of(cx.knowledge, cx.state, cx.now()).step(id);
    let doses = sides.iter().filter_map(|&side| dose_at(cx.knowledge, clearance, id, side, step, false));
    let doses = run::as_many_as_go_together(cx, doses);
    if doses.is_empty() {
        return cx.answer(not_for_today(cx, known));
    }
    run::start(cx, form, &doses)
}

fn not_for_today(cx: &Cx<'_>, known: &Move) -> Response {
    let body = html! {
        h1 { (known.name) }
        p .lead { "Not today: your answers, or what you did today already, leave nothing of it." }
        p { a .button .primary .wide href=(cx.href("moves")) { "Other moves" } }
    };
    framed(cx, 200, Page { title: &known.name, class: "page-move", place: Some(Place::Plan), scripts: &[], body })
}

/// A link to the easier or the harder move, where there is one.
fn other(cx: &Cx<'_>, id: Option<&str>) -> Markup {
    let known: Option<(&str, &Move)> = id.and_then(|id| Some((id, cx.knowledge.moves.get(id)?)));
    html! {
        @if let Some((id, known)) = known { " Or: " a href=(cx.href(&format!("moves/{id}"))) { (known.name) } "." }
    }
}

/// "2 holds of 30 s on each side, 15 s between them. At most 5 of 10 in effort."
fn amount(amount: &Amount, sides: Sides) -> String {
    let times = |one: String, many: String| {
        if amount.sets == 1 { format!("1 {one}") } else { format!("{} {many}", amount.sets) }
    };
    let what = match (amount.hold_seconds, &amount.reps) {
        (Some(hold), _) => times(format!("hold of {hold} s"), format!("holds of {hold} s")),
        (None, Some(reps)) => {
            let each =
                if reps.low == reps.high { reps.high.to_string() } else { format!("{} to {}", reps.low, reps.high) };
            times(format!("set of {each} repetitions"), format!("sets of {each} repetitions"))
        }
        (None, None) => String::new(),
    };
    let side = if sides == Sides::OneAtATime { " on each side" } else { "" };
    let rest = if amount.sets > 1 { format!(", {} s between them", amount.rest_seconds) } else { String::new() };
    format!("{what}{side}{rest}. At most {} of 10 in effort.", amount.effort_max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use supple_core::knowledge::Reps;

    #[test]
    fn every_move_stands_in_one_part_of_the_page() {
        let knowledge = supple_knowledge::embedded();
        let listed: Vec<&str> = KINDS
            .iter()
            .flat_map(|(kind, _, _)| PARTS.iter().flat_map(|(_, regions)| of_part(knowledge, *kind, regions)))
            .map(|(id, _)| id)
            .collect();
        let each: BTreeSet<&str> = listed.iter().copied().collect();
        assert_eq!(listed.len(), each.len(), "none twice");
        assert!(each.iter().copied().eq(knowledge.moves.keys().map(String::as_str)));
    }

    #[test]
    fn an_amount_is_said_in_words() {
        let held =
            Amount { sets: 2, hold_seconds: Some(30), reps: None, tempo: None, rest_seconds: 15, effort_max: 5 };
        assert_eq!(
            amount(&held, Sides::OneAtATime),
            "2 holds of 30 s on each side, 15 s between them. At most 5 of 10 in effort."
        );
        let counted = Amount { sets: 1, hold_seconds: None, reps: Some(Reps { low: 8, high: 12 }), ..held };
        assert_eq!(amount(&counted, Sides::Together), "1 set of 8 to 12 repetitions. At most 5 of 10 in effort.");
    }
}
