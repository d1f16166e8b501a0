//! The questions of a path: a card of them in full, and today's other ones about the same places.

use super::here;
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::pages::screen::card::{self, Ways};
use crate::pages::screen::full;
use crate::pages::trouble;
use crate::words::capitalised;
use maud::{Markup, html};
use supple_core::assess::{Card, cards};
use supple_core::event::EventBody;
use supple_core::knowledge::Caution;
use supple_core::path::words::said_in_words;
use supple_core::path::{CardNow, Said, Standing, regions};

/// Some questions in full: those of a card that are open, `ask?card=0`, or named ones, `ask?id=sp_radiation`.
pub fn ask(cx: &Cx<'_>, path: &str) -> Response {
    let query = cx.query();
    page(cx, 200, path, &query, &[])
}

/// The number of the first card from here on that has an open question.
fn next_card(cards: &[CardNow<'_>], from: usize) -> Option<usize> {
    let open = |card: &CardNow<'_>| card.questions.iter().any(|question| question.said == Said::Open);
    cards.iter().enumerate().skip(from).find(|(_, card)| open(card)).map(|(number, _)| number)
}

/// Where to answer the next open question of a path, if one is open: its own cards first, then today's.
pub fn next(cx: &Cx<'_>, here: &Standing<'_>) -> Option<String> {
    if let Some(number) = next_card(&here.cards, 0) {
        return Some(format!("paths/{}/ask?card={number}", here.id));
    }
    let more = !open_today(cx, here).is_empty();
    more.then(|| format!("paths/{}/today", here.id))
}

/// The questions that a form is about.
fn asked<'k>(here: &Standing<'k>, form: &Form) -> Vec<(&'k str, &'k Caution)> {
    let all = || here.cards.iter().flat_map(|card| &card.questions);
    let named: Vec<&str> = form.all("id").collect();
    if !named.is_empty() {
        return all()
            .filter(|question| named.contains(&question.id))
            .map(|question| (question.id, question.caution))
            .collect();
    }
    let Some(card) = form.read::<usize>("card").and_then(|number| here.cards.get(number)) else { return Vec::new() };
    // What was answered stays as it is, with its day and any agreement.
    let open = card.questions.iter().filter(|question| question.said == Said::Open);
    open.map(|question| (question.id, question.caution)).collect()
}

fn page(cx: &Cx<'_>, status: u16, path: &str, form: &Form, problems: &[String]) -> Response {
    let Some(here) = here(cx, path) else { return trouble::not_found(cx) };
    let mut shown = asked(&here, form);
    // A line that was marked on one of today's cards may ask what the path does not.
    let more = form.all("id").filter(|id| !shown.iter().any(|(own, _)| own == id));
    let more: Vec<(&str, &Caution)> = more
        .filter_map(|id| cx.knowledge.cautions.get_key_value(id))
        .map(|(id, known)| (id.as_str(), known))
        .collect();
    shown.extend(more);
    if shown.is_empty() {
        return Response::see_other(cx.href(&format!("paths/{path}")));
    }
    let card = form.read::<usize>("card").and_then(|number| here.cards.get(number));
    let places = regions(cx.knowledge, here.known);
    let body = html! {
        p .eyebrow { a href=(cx.href(&format!("paths/{path}"))) { (here.known.title) } }
        @if let Some(card) = card {
            h1 { (card.known.title) }
            p { (card.known.why) }
        } @else {
            h1 { @if shown.len() == 1 { "The full question" } @else { "The full questions" } }
        }
        p .small { "Not sure is a good answer: it counts as yes until you know." }
        @if !problems.is_empty() {
            div .caution role="alert" { @for problem in problems { p { (problem) } } }
        }
        (cx.form("ask", &format!("paths/{path}/ask"), html! {
            @if let Some(number) = form.read::<usize>("card") { input type="hidden" name="card" value=(number); }
            @for (id, caution) in &shown { (full::question(cx, id, caution, &places, &here.known.near)) }
            button .primary .big .wide { "Save" }
        }))
    };
    framed(
        cx,
        status,
        Page { title: "Questions of a path", class: "page-screen page-path", place: None, scripts: &[], body },
    )
}

/// What the questions of a form say; nothing is written until each of them is answered.
pub fn answered(cx: &Cx<'_>, path: &str, form: &Form) -> Decision {
    let Some(here) = here(cx, path) else { return cx.answer(trouble::not_found(cx)) };
    let answers = match full::read_all(cx, form, &regions(cx.knowledge, here.known)) {
        Ok(answers) => answers,
        Err(problems) => return cx.answer(page(cx, 422, path, form, &problems)),
    };
    let after = form.read::<usize>("card").and_then(|number| next_card(&here.cards, number + 1));
    let then = match after {
        Some(number) => format!("paths/{path}/ask?card={number}"),
        None => format!("paths/{path}"),
    };
    cx.record(answers.into_iter().map(EventBody::QuestionAnswered), &then)
}

/// Today's cards that are open about the places of a path: what every session asks, and what the path does not.
fn open_today(cx: &Cx<'_>, here: &Standing<'_>) -> Vec<Card> {
    cards(cx.knowledge, cx.state, cx.now(), &regions(cx.knowledge, here.known))
}

/// The first of today's open cards; the path if none is.
pub fn today(cx: &Cx<'_>, path: &str) -> Response {
    let Some(here) = here(cx, path) else { return trouble::not_found(cx) };
    let open = open_today(cx, &here);
    match open.first() {
        Some(first) => card::page(cx, 200, &format!("paths/{path}/today"), first, open.len(), None),
        None => Response::see_other(cx.href(&format!("paths/{path}"))),
    }
}

/// What one of today's cards says.
pub fn answered_today(cx: &Cx<'_>, path: &str, form: &Form) -> Decision {
    let Some(here) = here(cx, path) else { return cx.answer(trouble::not_found(cx)) };
    let (own, ask) = (format!("paths/{path}/today"), format!("paths/{path}/ask"));
    card::post_to(cx, form, &open_today(cx, &here), &Ways { card: &own, after: &own, ask: &ask })
}

/// Every question of the path with what was said to it, a card at a time; cards are folded.
pub fn list(cx: &Cx<'_>, here: &Standing<'_>) -> Markup {
    html! {
        section .card {
            h2 { "Your answers on this path" }
            @for (number, card) in here.cards.iter().enumerate() {
                @let open = card.questions.iter().filter(|question| question.said == Said::Open).count();
                details {
                    summary {
                        (card.known.title) ": "
                        @match open { 0 => { "answered" }, _ => { (open) " open" } }
                    }
                    p .small { (card.known.why) }
                    ul .answers {
                        @for question in &card.questions {
                            @let line = question.caution.lines.first().map_or(&question.caution.question, |line| &line.text);
                            li {
                                a href=(cx.href(&format!("paths/{}/ask?id={}", here.id, question.id))) { (line) }
                                " " span .answer { (capitalised(said_in_words(question.said))) }
                            }
                        }
                    }
                    @if open > 0 {
                        p { a .button href=(cx.href(&format!("paths/{}/ask?card={number}", here.id))) { "Answer what is open" } }
                    }
                }
            }
        }
    }
}
