//! The phone as the instrument of a test: the card that offers it, and the window in which it reads. Both are for
//! `web/incline.js` and stay hidden without it; typing works all the same.

use super::given::{fields, sides};
use crate::cx::Cx;
use maud::{Markup, html};
use serde_json::json;
use supple_core::knowledge::{Measure, Phone, ZeroAt};
use supple_core::measure::incline::Rule;

/// The module of the page, where a phone can take the test.
pub const fn scripts(measure: &Measure) -> &'static [&'static str] {
    if measure.phone.is_some() { &["incline.js"] } else { &[] }
}

/// What offers the phone; nothing where a phone cannot take the test.
pub fn offer(cx: &Cx<'_>, measure: &Measure) -> Markup {
    let (Some(phone), Some(rule)) = (&measure.phone, Rule::of(measure)) else { return html! {} };
    html! {
        section #phone .card hidden data-phone=(data(cx, measure, phone, rule)) {
            h2 { "Use your phone as the instrument" }
            p { "It reads the angle against gravity and beeps when it has a number, so you need not look; turn the sound \
                 on. The numbers go into the form below, where you can still change them." }
            p .small { "Use the same face of the phone for the zero and for the test, with or without its case. What the \
                        sensors say stays on this device." }
            p #phone-problem .notice role="alert" hidden {}
            p #phone-filled .notice role="status" hidden {}
            p { button #phone-begin type="button" .wide { "Use this phone" } }
        }
        (window(measure))
    }
}

fn data(cx: &Cx<'_>, measure: &Measure, phone: &Phone, rule: Rule) -> String {
    let sides: Vec<_> =
        sides(measure).iter().map(|(_, name, words)| json!({ "name": name, "words": words })).collect();
    json!({
        "rule": rule,
        "sides": sides,
        "fields": fields(measure),
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

fn window(measure: &Measure) -> Markup {
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
                @for (_, name, words) in sides(measure) {
                    section data-side=(name) aria-label=(if words.is_empty() { "Readings" } else { words }) {
                        @if !words.is_empty() { h3 { (words) } }
                        ol {
                            @for trial in 1..=fields(measure) {
                                li hidden[trial > measure.trials] {
                                    span {
                                        @if trial <= measure.practice_trials { "practice" }
                                        @else if trial > measure.trials { "one more" }
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
