//! A card of the screen: short lines, *yes* and *not sure* on each, and one button *None of these*, never chosen
//! beforehand. Every card is kept as it is answered.

use super::full::regions_today;
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::today::{Today, Way};
use maud::{Markup, html};
use supple_core::assess::{Assessment, Card, cards, cards_of};
use supple_core::event::EventBody;

/// Where somebody goes back to who came from there.
pub const PROGRAMME: &str = "programme";

/// The first card that is open; the plan if none is.
pub fn get(cx: &Cx<'_>) -> Response {
    if crate::today::last_check_in(cx.state, cx.now()).is_none() {
        return Response::see_other(cx.href("today"));
    }
    if Today::of(cx).is_some_and(|today| today.way() == Way::HelpFirst) {
        return Response::see_other(cx.href(Way::HelpFirst.path()));
    }
    let open = open(cx);
    match open.first() {
        Some(card) => page(cx, 200, "screen", card, open.len(), None),
        None if cx.query().get("then") == Some(PROGRAMME) => Response::see_other(cx.href(PROGRAMME)),
        None => crate::pages::help::open_answers(cx),
    }
}

/// What a card says.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    post_to(cx, form, &open(cx), &Ways { card: "screen", after: "plan", ask: "screen/ask" })
}

/// Where a card is posted to, and where one goes from it.
pub struct Ways<'w> {
    /// The card's own path.
    pub card: &'w str,
    /// After a card without a mark.
    pub after: &'w str,
    /// The questions in full.
    pub ask: &'w str,
}

/// What one of these open cards says.
pub fn post_to(cx: &Cx<'_>, form: &Form, open: &[Card], ways: &Ways<'_>) -> Decision {
    let answered = form.read::<u64>("card");
    let Some(card) = open.iter().find(|card| Some(card.fingerprint()) == answered) else {
        // Answered in another window meanwhile, or the questions changed: nothing is taken for what it was not.
        return cx.answer(Response::see_other(cx.href(ways.after)));
    };
    let mut marked: Vec<usize> = form.read_all("yes").chain(form.read_all("unsure")).collect();
    marked.retain(|index| *index < card.lines.len());
    marked.sort_unstable();
    marked.dedup();
    if marked.is_empty() && !form.has("none") {
        let problem = "Mark what is so or may be so; if nothing is, choose “None of these”.";
        return cx.answer(page(cx, 422, ways.card, card, open.len(), Some(problem)));
    }
    let said = card.answered(&marked);
    let to_programme = form.get("then") == Some(PROGRAMME);
    let then = if said.in_full.is_empty() && to_programme {
        format!("screen?then={PROGRAMME}")
    } else if said.in_full.is_empty() {
        ways.after.to_owned()
    } else {
        let then = to_programme.then(|| format!("then={PROGRAMME}"));
        let ids: Vec<String> = said.in_full.iter().map(|id| format!("id={id}")).chain(then).collect();
        format!("{}?{}", ways.ask, ids.join("&"))
    };
    cx.record(said.said.into_iter().map(EventBody::QuestionAnswered), &then)
}

/// The cards that are open now.
pub fn open(cx: &Cx<'_>) -> Vec<Card> {
    cards(cx.knowledge, cx.state, cx.now(), &regions_today(cx))
}

/// The same for a page that has assessed today already.
pub fn open_by(cx: &Cx<'_>, assessment: &Assessment) -> Vec<Card> {
    cards_of(cx.knowledge, cx.state, assessment, &regions_today(cx))
}

/// The page of a card that is posted to a path.
pub fn page(cx: &Cx<'_>, status: u16, to: &str, card: &Card, left: usize, problem: Option<&str>) -> Response {
    let words = &cx.knowledge.cards;
    framed(
        cx,
        status,
        Page {
            title: "A few questions",
            class: "page-card",
            place: None,
            scripts: &["card.js"],
            body: html! {
                @if left > 1 {
                    p .left role="img" aria-label={ (left) " cards" } { @for _ in 0..left { span {} } }
                }
                (cx.form("card", to, html! {
                    input type="hidden" name="card" value=(card.fingerprint());
                    @if cx.query().get("then") == Some(PROGRAMME) { input type="hidden" name="then" value=(PROGRAMME); }
                    h1 { (card.title) }
                    @if let Some(problem) = problem { p .caution role="alert" { (problem) } }
                    ul .lines {
                        li .heads aria-hidden="true" { span {} span { (words.yes) } span { (words.not_sure) } }
                        @for (index, line) in card.lines.iter().enumerate() {
                            li {
                                span .text id={ "line-" (index) } { (line.text) }
                                (mark("yes", index, &words.yes, &line.text))
                                (mark("unsure", index, &words.not_sure, &line.text))
                            }
                        }
                    }
                    div .go {
                        button .primary .big .wide name="none" value="1" data-none="" { (words.none_of_these) }
                        button .primary .big .wide data-marked="" hidden { "Go on" }
                    }
                }))
                (more(cx, card))
            },
        },
    )
}

fn mark(name: &str, index: usize, says: &str, line: &str) -> Markup {
    html! {
        label .tick { input type="checkbox" name=(name) value=(index) aria-label={ (says) ": " (line) }; }
    }
}

/// Why it is asked, and every question in full: one tap away.
fn more(cx: &Cx<'_>, card: &Card) -> Markup {
    let mut ids: Vec<&String> = Vec::new();
    for id in card.lines.iter().flat_map(|line| &line.ids) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    html! {
        details .why {
            summary { "Why?" }
            dl {
                @for id in ids {
                    @if let Some(caution) = cx.knowledge.cautions.get(id) {
                        dt { a href=(cx.href(&format!("screen/ask?id={id}"))) { (caution.question) } }
                        dd { (caution.why) }
                    }
                }
            }
        }
    }
}
