//! What a path looks out for: a short question that comes again, and what follows from it.

use super::here;
use crate::app::Decision;
use crate::cx::Cx;
use crate::form::Form;
use crate::pages::trouble;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::event::Answer;
use supple_core::knowledge::{Action, Watch};
use supple_core::path::words::due_in_words;
use supple_core::path::{Due, Standing, WatchNow, asks_for_a_side, noticed, to_be_answered_in_full};

/// What is to be looked at now; then when the rest comes again.
pub fn section(cx: &Cx<'_>, here: &Standing<'_>) -> Markup {
    let (due, later): (Vec<&WatchNow<'_>>, Vec<&WatchNow<'_>>) =
        here.watches.iter().filter(|watch| watch.due != Due::Never).partition(|watch| watch.due == Due::Now);
    html! {
        @for watch in due { (question(cx, here.id, watch, true)) }
        @for watch in later { (question(cx, here.id, watch, false)) }
    }
}

fn question(cx: &Cx<'_>, path: &str, watch: &WatchNow<'_>, due: bool) -> Markup {
    let form = form(cx, path, watch.known);
    html! {
        section .card .watch {
            h2 { "Looking out for " (watch.known.name) }
            @if let Some(words) = due_in_words(watch.due) { p .small { (words) } }
            @if due {
                (form)
            } @else {
                details { summary { "Say something now" } (form) }
            }
            details { summary { "Why we ask" } p { (watch.known.why) } }
        }
    }
}

fn form(cx: &Cx<'_>, path: &str, watch: &Watch) -> Markup {
    let answers = [("yes", "Yes"), ("unknown", "Not sure"), ("no", "No")];
    cx.form(
        &format!("watch-{}", watch.id.replace('_', "-")),
        &format!("paths/{path}/watch"),
        html! {
            input type="hidden" name="watch" value=(watch.id);
            fieldset .question {
                legend { (watch.question) }
                div .choices {
                    @for (value, name) in answers {
                        label .choice { input type="radio" name="answer" value=(value) required; span { (name) } }
                    }
                }
                @if asks_for_a_side(cx.knowledge, watch) {
                    p .sub { "If yes or not sure: on which side?" }
                    div .choices {
                        @for (value, name) in [("left", "left"), ("right", "right"), ("both", "both, or not sure")] {
                            label .choice {
                                input type="radio" name="side" value=(value) checked[value == "both"];
                                span { (name) }
                            }
                        }
                    }
                }
            }
            button .primary .wide { "Save" }
        },
    )
}

/// What somebody noticed. The gate acts on it at once: the question of the screen is answered by the same step.
pub fn answered(cx: &Cx<'_>, path: &str, form: &Form) -> Decision {
    let answer = match form.get("answer") {
        Some("yes") => Answer::Yes,
        Some("unknown") => Answer::Unknown,
        Some("no") => Answer::No,
        _ => return cx.answer(super::show::page(cx, 422, path, Some("Choose yes, not sure or no."))),
    };
    let watch = here(cx, path).and_then(|here| {
        here.watches.iter().map(|watch| watch.known).find(|watch| Some(watch.id.as_str()) == form.get("watch"))
    });
    let Some(watch) = watch else { return cx.answer(trouble::not_found(cx)) };
    let side = match form.get("side") {
        _ if answer == Answer::No || !asks_for_a_side(cx.knowledge, watch) => None,
        Some("left") => Some(Side::Left),
        Some("right") => Some(Side::Right),
        _ => Some(Side::Both),
    };
    let Some(bodies) = noticed(cx.knowledge, cx.state, cx.now(), (path, &watch.id), (answer, side)) else {
        return cx.answer(trouble::not_found(cx));
    };
    let then = match to_be_answered_in_full(cx.knowledge, watch) {
        _ if answer == Answer::No => format!("paths/{path}"),
        Some(id) => format!("paths/{path}/ask?id={id}"),
        None => format!("paths/{path}?noticed={}", watch.id),
    };
    cx.record(bodies, &then)
}

/// What to do after something was noticed, as long as the page is about it.
pub fn after(cx: &Cx<'_>, here: &Standing<'_>) -> Markup {
    let query = cx.query();
    let noticed = query.get("noticed");
    let watch = here.watches.iter().find(|watch| Some(watch.known.id.as_str()) == noticed);
    html! {
        @if let Some(watch) = watch {
            @let urgent = watch.known.answers.as_ref().and_then(|id| cx.knowledge.cautions.get(id))
                .is_some_and(|caution| caution.action == Action::StopAndReferUrgently);
            section #noticed .caution role="status" {
                h2 { "Thank you for looking" }
                p { (watch.known.then) }
                @if urgent { (crate::pages::help::call(cx)) }
                @else { p { a href=(cx.href("clinician")) { "A page to show to my clinician" } } }
            }
        }
    }
}
