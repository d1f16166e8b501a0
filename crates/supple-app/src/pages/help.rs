//! *Get help first* and *Not yet*: why we ask, what to do, whom to ask and how soon. Never what it may be, and never
//! another routine instead.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::today::{Today, Way};
use maud::{Markup, html};
use supple_core::contract::AnsweredReason;
use supple_core::days;
use supple_core::event::{Answer, EventBody, SeenByClinician};
use supple_core::knowledge::{Action, Urgency};

/// *Get help first*.
pub fn first(cx: &Cx<'_>) -> Response {
    let Some(today) = Today::of(cx).filter(|today| today.way() == Way::HelpFirst) else {
        return Response::see_other(cx.href("plan"));
    };
    let mut urgent: Vec<&AnsweredReason> = today
        .answer
        .reasons
        .iter()
        .filter(|reason| reason.answer != Answer::No && reason.actions.contains(&Action::StopAndReferUrgently))
        .collect();
    // What was not asked yet counts as not sure, but nobody said so: what was said stands alone.
    if urgent.iter().any(|reason| cx.state.answers.contains_key(&reason.id)) {
        urgent.retain(|reason| cx.state.answers.contains_key(&reason.id));
    }
    let now = urgent.iter().any(|reason| urgency(cx, reason) == Some(Urgency::Now));
    framed(
        cx,
        200,
        Page {
            title: "Get help first",
            class: "page-help urgent",
            place: None,
            scripts: &[],
            body: html! {
                h1 { @if now { "Please get medical help now." } @else { "Please get medical help today." } }
                (call(cx))
                @for reason in &urgent { (told(cx, reason)) }
                p { "No rolling or pressing until somebody has had a look. Nothing of what you entered is lost." }
                (ways_back(cx, &urgent))
                p .small { a href=(cx.href("today")) { "Back to Today" } }
            },
        },
    )
}

/// *Not yet*.
pub fn not_yet(cx: &Cx<'_>) -> Response {
    let Some(today) = Today::of(cx).filter(|today| today.way() == Way::NotYet) else {
        return Response::see_other(cx.href("plan"));
    };
    let holding: Vec<&AnsweredReason> = today.answer.reasons.iter().filter(|reason| reason.holds).collect();
    let to_ask = holding.iter().any(|reason| reason.actions.contains(&Action::AskClinician));
    no_plan(
        cx,
        "Today is not a day to roll. Here is why, and what to do next.",
        &html! {
            @for reason in &holding { (told(cx, reason)) }
            @if to_ask { p { a .button .primary href=(cx.href("clinician")) { "A page to show to my clinician" } } }
            p { a href=(cx.href("paths")) { "After a treatment, in a pregnancy, at some ages: paths" } }
            (ways_back(cx, &holding))
        },
    )
}

/// A question was answered with *not sure* and stays open: it is asked again by name, and there is no plan until then.
pub fn open_answers(cx: &Cx<'_>) -> Response {
    let Some(today) = Today::of(cx).filter(|today| today.way() == Way::Screen) else {
        return Response::see_other(cx.href("plan"));
    };
    let open: Vec<&AnsweredReason> = today.answer.reasons.iter().filter(|reason| reason.holds).collect();
    no_plan(
        cx,
        "You were not sure, so it counts as yes until you know. Find out, or ask somebody who knows your health; then \
         answer again.",
        &html! {
            @for reason in &open {
                @if let Some(question) = &reason.question {
                    section .card {
                        p { (question) }
                        p { a .button href=(cx.href(&format!("screen/ask?id={}", reason.id))) { "Answer" } }
                    }
                } @else { section .card { p { (reason.text) } } }
            }
        },
    )
}

/// *Not yet*, with one sentence on why and what the reader does about it.
fn no_plan(cx: &Cx<'_>, why: &str, then: &Markup) -> Response {
    framed(
        cx,
        200,
        Page {
            title: "Not yet",
            class: "page-help",
            place: Some(Place::Plan),
            scripts: &[],
            body: html! {
                h1 { "Not yet" }
                p .lead { (why) }
                (then)
            },
        },
    )
}

/// *I have been seen*: every answer is asked again.
pub fn seen(cx: &Cx<'_>, form: &Form) -> Decision {
    let today = cx.now().date();
    match form.get("on").and_then(days::parse).filter(|day| *day <= today) {
        Some(on) => cx.record([EventBody::SeenByClinician(SeenByClinician { on })], "plan"),
        None => cx.answer(framed(
            cx,
            422,
            Page {
                title: "I have been seen",
                class: "page-help",
                place: Some(Place::Today),
                scripts: &[],
                body: html! {
                    h1 { "On which day?" }
                    p { "Choose a day up to today. Nothing was changed." }
                    (seen_form(cx))
                },
            },
        )),
    }
}

fn told(cx: &Cx<'_>, reason: &AnsweredReason) -> Markup {
    let caution = cx.knowledge.cautions.get(&reason.id);
    html! {
        section .card {
            @if let Some(caution) = caution {
                p { strong { (reason.advice.as_deref().unwrap_or(&caution.advice)) } }
                p .small { "You answered " (answered(reason.answer)) " to: " (caution.question) }
                details { summary { "Why we ask" } p { (caution.why) } }
            } @else {
                p { (reason.text) }
            }
        }
    }
}

const fn answered(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "not sure",
    }
}

/// The number to call, one tap away; it needs no network of ours.
pub fn call(cx: &Cx<'_>) -> Markup {
    let country = cx.state.settings.country;
    let code = country.as_ref().map(|country| country.as_str());
    let number = cx.knowledge.emergency.number(code);
    let name = code.and_then(|code| cx.knowledge.emergency.countries.get(code)).map(|country| country.name.as_str());
    html! {
        p { a .button .danger .big .wide href={ "tel:" (number) } { "Call " (number) } }
        p .small {
            @if let Some(name) = name { "The emergency number of " (name) ". " }
            @else { "112 works from a mobile phone in most countries; otherwise dial your own emergency number. " }
            a href=(cx.href("settings")) { "Choose the country" }
        }
    }
}

fn ways_back(cx: &Cx<'_>, reasons: &[&AnsweredReason]) -> Markup {
    html! {
        section .ways-back {
            @for reason in reasons.iter().filter(|reason| cx.knowledge.cautions.contains_key(&reason.id)) {
                (cx.form(&format!("wrong-{}", reason.id.replace('_', "-")), "screen/wrong", html! {
                    input type="hidden" name="id" value=(reason.id);
                    button .wide {
                        "I tapped the wrong answer"
                        @if reasons.len() > 1 { ": " (cx.knowledge.cautions[&reason.id].lines[0].text) }
                    }
                }))
            }
            details { summary .button .wide { "I have been seen" } (seen_form(cx)) }
        }
    }
}

fn seen_form(cx: &Cx<'_>) -> Markup {
    cx.form(
        "seen",
        "seen",
        html! {
            p { label { "By a doctor, nurse or physiotherapist, on "
                input type="date" name="on" value=(cx.now().date()) max=(cx.now().date()) required; } }
            p .small { "Then every question is asked again, and what you answer now counts." }
            button .primary { "Ask me again" }
        },
    )
}

fn urgency(cx: &Cx<'_>, reason: &AnsweredReason) -> Option<Urgency> {
    cx.knowledge.cautions.get(&reason.id).and_then(|caution| caution.urgency)
}
