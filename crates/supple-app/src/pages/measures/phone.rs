//! The phone as the instrument of a test: the card that offers it, and the window in which it reads. Both are for
//! `web/incline.js` and stay hidden without it; typing works all the same. An experiment uses them for its readings, too.

use super::given::{fields, sides};
use crate::cx::Cx;
use maud::{Markup, html};
use serde_json::json;
use supple_core::knowledge::{Measure, Phone, ZeroAt};
use supple_core::measure::incline::Rule;

/// The module of a page that offers the phone.
pub fn scripts_of(body: &Markup) -> &'static [&'static str] {
    if body.0.contains(" id=\"phone\"") { &["incline.js"] } else { &[] }
}

/// What is read into a form: its sides, each with the name of its fields and in words, and how many trials of one.
pub struct Into<'a> {
    /// Name of the fields and words of each side.
    pub sides: Vec<(&'a str, &'a str)>,
    /// Trials without the one more, practice among them.
    pub trials: u8,
    /// Fields of one side.
    pub fields: u8,
    /// What is left to do once the numbers are in the form.
    pub then: &'a str,
}

/// What offers the phone on the page of a test; nothing where a phone cannot take it.
pub fn offer(cx: &Cx<'_>, measure: &Measure) -> Markup {
    let sides = sides(measure).iter().map(|&(_, name, words)| (name, words)).collect();
    let (trials, fields) = (measure.trials, fields(measure));
    offer_into(cx, measure, &Into { sides, trials, fields, then: "Look at them, say when it was, and save." })
}

/// What offers the phone for any form.
pub fn offer_into(cx: &Cx<'_>, measure: &Measure, into: &Into<'_>) -> Markup {
    let (Some(phone), Some(rule)) = (&measure.phone, Rule::of(measure)) else { return html! {} };
    let sides = if into.sides.len() == 2 { 2 } else { 1 };
    let rule = Rule { trials: into.trials, sides, ..rule };
    html! {
        section #phone .card hidden data-phone=(data(cx, into, phone, rule)) {
            h2 { "Use your phone as the instrument" }
            p { "It reads the angle against gravity and beeps when it has a number, so you need not look; turn the sound \
                 on. The numbers go into the form below, where you can still change them." }
            p .small { "Use the same face of the phone for the zero and for the test, with or without its case. What the \
                        sensors say stays on this device." }
            p #phone-problem .notice role="alert" hidden {}
            p #phone-filled .notice role="status" hidden {}
            p { button #phone-begin type="button" .wide { "Use this phone" } }
        }
        (window(measure, into))
    }
}

fn data(cx: &Cx<'_>, into: &Into<'_>, phone: &Phone, rule: Rule) -> String {
    let sides: Vec<_> = into.sides.iter().map(|(name, words)| json!({ "name": name, "words": words })).collect();
    json!({
        "rule": rule,
        "sides": sides,
        "fields": into.fields,
        "then": into.then,
        "placed": phone.placed,
        "zero": zero_words(phone),
        "tones": cx.state.settings.tones,
    })
    .to_string()
}

/// What is done for the zero.
fn zero_words(phone: &Phone) -> &str {
    match (phone.zero, &phone.zero_on) {
        (ZeroAt::Wall, _) => "Hold the back of the phone flat against a wall, top edge up.",
        (ZeroAt::Level, _) => "Lay the phone on its back on the level table.",
        (ZeroAt::Start | ZeroAt::OtherSegment, words) => words.as_deref().unwrap_or_default(),
    }
}

fn window(measure: &Measure, into: &Into<'_>) -> Markup {
    html! {
        dialog #incline aria-labelledby="incline-what" {
            header .incline-top {
                h2 #incline-what tabindex="-1" {}
                button #incline-end type="button" .plain { "Close" }
            }
            p #incline-do .incline-do {}
            // Said in words when it matters; thirty times a second it would drown everything else.
            div .incline-number aria-hidden="true" { b #incline-degrees { "–" } span #incline-state {} }
            p #incline-trouble .caution hidden {}
            div .incline-sides {
                @for (name, words) in &into.sides {
                    section data-side=(name) aria-label=(if words.is_empty() { "Readings" } else { words }) {
                        @if !words.is_empty() { h3 { (words) } }
                        ol {
                            @for trial in 1..=into.fields {
                                li hidden[trial > into.trials] {
                                    span {
                                        @if trial <= measure.practice_trials { "practice" }
                                        @else if trial > into.trials { "one more" }
                                        @else { "trial " (trial - measure.practice_trials) }
                                    }
                                    " " b { "–" }
                                }
                            }
                        }
                        p .small data-result { "" }
                    }
                }
            }
            div .incline-buttons {
                button #incline-go type="button" .primary { "Zero" }
                div .incline-more {
                    button #incline-discard type="button" hidden { "Throw this one away" }
                    button #incline-wait type="button" hidden { "Wait" }
                    button #incline-zero type="button" hidden { "New zero" }
                    button #incline-other type="button" hidden { "Other side" }
                }
            }
            p #incline-says .visually-hidden aria-live="polite" {}
        }
    }
}
