//! One thing to do: what, where, how much, how strong, and why; how and with what numbers one tap behind.

use super::claims::behind;
use super::group::Group;
use crate::cx::Cx;
use crate::picture::{picture, where_it_is};
use crate::today::Today;
use crate::words;
use maud::{Markup, html};
use supple_core::contract::{BlockView, Quantity};
use supple_core::dose::Dose;
use supple_core::knowledge::Goal;
use supple_core::plan::{Alternatives, force_in_words, shorter};
use supple_core::unit::Seconds;

/// What a card is made from.
pub struct Card<'c> {
    /// Its number, from 1.
    pub number: usize,
    /// How many cards there are.
    pub of: usize,
    /// Which blocks.
    pub group: &'c Group,
    /// Every dose of the session.
    pub doses: &'c [Dose],
    /// The first of its blocks as the contract words it.
    pub view: &'c BlockView,
    /// When it begins.
    pub begins: Seconds,
    /// What else is allowed today; none: nothing can be changed.
    pub allowed: Option<&'c Alternatives<'c>>,
}

impl Card<'_> {
    fn doses(&self) -> &[Dose] {
        &self.doses[self.group.range.clone()]
    }

    /// The card.
    pub fn show(&self, cx: &Cx<'_>, today: &Today<'_>) -> Markup {
        let dose = &self.doses()[0];
        let key = self.group.key(self.doses);
        html! {
            li .block .card id=(key) {
                div .head {
                    p .when { span .number { (self.number) } time { (words::clock(self.begins)) } }
                    div .what {
                        h2 { (self.view.name) }
                        p .side { (sides(self.doses())) }
                    }
                    (where_it_is(cx, dose.region, side_of_all(self.doses())))
                }
                (picture(cx, &dose.technique, dose.side))
                dl .dose {
                    div { dt { "How long" } dd { (amount(self.doses())) } }
                    div { dt { "How" } dd { (motion(dose)) } }
                    div { dt { "How strong" } dd { (felt(dose)) } }
                    @if let Some(lighter) = self.view.lighter.first() {
                        div { dt { "Lighter" } dd { (lighter) } }
                    }
                }
                p .why { (reason(self.view)) }
                (self.how(cx))
                (self.evidence(cx, today.assessment.goal))
                (self.change(cx, &key))
            }
        }
    }

    fn how(&self, _cx: &Cx<'_>) -> Markup {
        let view = self.view;
        html! {
            details {
                summary { "How to do it" }
                p { (view.position) }
                p { (view.setup) }
                p { (view.line_of_travel) }
                @if !view.small_movements.is_empty() {
                    p { "Small movements: " (view.small_movements.join("; ")) "." }
                }
                @if let Some(active) = &view.active_movement { p { (active.motion) } }
                @if !view.lighter.is_empty() {
                    p { b { "To make it lighter: " } (view.lighter.join("; ")) "." }
                }
            }
        }
    }

    fn evidence(&self, cx: &Cx<'_>, goal: Goal) -> Markup {
        let (view, knowledge) = (self.view, cx.knowledge);
        let force = knowledge.techniques.get(&view.dose.technique).map(|known| force_in_words(&known.force));
        html! {
            details {
                summary { span { "Why" } " " span .grade { (words::grade(knowledge, view.grade)) } }
                ul {
                    @for why in &view.why {
                        li {
                            (why.text)
                            @if let Some(claim) = behind(&why.id, goal) {
                                " " a href=(cx.href(&format!("evidence/{claim}"))) { "What studies say" }
                            }
                        }
                    }
                    li {
                        "How strong: " (felt(&self.doses()[0])) ". "
                        a href=(cx.href("evidence/harder_is_better")) { "Whether harder is better" }
                    }
                }
                @if let Some(force) = force { p { "It presses with " (force) "." } }
                @if let Some(words) = knowledge.grades.get(&view.grade) {
                    p { (words::capitalised(&words.label)) " for this way of doing it: " (words.meaning) }
                }
                details {
                    summary { "Numbers and sources" }
                    (quantity("Force", "N", &view.force_newtons))
                    (quantity("Pressure under the tool", "kPa", &view.pressure_kpa))
                    ul .sources { @for id in &view.sources { li { (source(cx, id)) } } }
                }
            }
        }
    }

    fn change(&self, cx: &Cx<'_>, key: &str) -> Markup {
        let Some(allowed) = self.allowed else { return html! {} };
        let others = allowed.to(self.doses());
        let can_shorten = self.doses().iter().all(|dose| shorter(cx.knowledge, dose).is_some());
        let button = |what: &str, words: &str, more: Markup| {
            let inside = html! {
                input type="hidden" name="block" value=(key);
                input type="hidden" name="do" value=(what);
                (more)
                button { (words) }
            };
            cx.form(&format!("{what}-{}", self.number), "plan/arrange", inside)
        };
        html! {
            details .change {
                summary { "Change" }
                div .row {
                    @if self.number > 1 { (button("up", "Earlier", html! {})) }
                    @if self.number < self.of { (button("down", "Later", html! {})) }
                    @if can_shorten { (button("shorter", "Shorter", html! {})) }
                    @if self.doses().len() > 1 {
                        @for dose in self.doses() {
                            (button(&format!("only-{}", dose.side), &format!("Only {}", dose.side), html! {}))
                        }
                    }
                    @if self.of > 1 { (button("out", "Take out", html! {})) }
                }
                @if others.is_empty() {
                    p .small { "There is no other way for this place with your tools today." }
                } @else {
                    (button("swap", "Swap", html! {
                        label {
                            "Another way "
                            select name="with" {
                                @for other in others.iter().filter_map(|other| other.first()) {
                                    @if let Some(known) = cx.knowledge.techniques.get(&other.technique) {
                                        option value=(other.technique) { (known.name) }
                                    }
                                }
                            }
                        } " "
                    }))
                }
            }
        }
    }
}

/// "left, then right".
pub fn sides(doses: &[Dose]) -> String {
    let sides: Vec<&str> = doses.iter().map(|dose| supple_core::contract::text::side_words(dose.side)).collect();
    sides.join(", then ")
}

fn side_of_all(doses: &[Dose]) -> supple_core::body::Side {
    match doses {
        [one] => one.side,
        _ => supple_core::body::Side::Both,
    }
}

/// How long in plain words: "2 times 40 s on each side, 20 s rest between".
pub fn amount(doses: &[Dose]) -> String {
    let dose = &doses[0];
    let times = if dose.sets == 1 { String::new() } else { format!("{} times ", dose.sets) };
    let each = if doses.len() > 1 { " on each side" } else { "" };
    let rest =
        if dose.sets == 1 { String::new() } else { format!(", {} rest between", Seconds::new(dose.rest_seconds)) };
    format!("{times}{}{each}{rest}", Seconds::new(dose.seconds_per_set))
}

fn motion(dose: &Dose) -> String {
    match (dose.seconds_per_pass, dose.hold_seconds) {
        (Some(pass), _) => format!("strokes, {} for each pass", Seconds::new(pass)),
        (None, Some(hold)) if dose.spots == 1 => format!("still on one spot, {}", Seconds::new(hold)),
        (None, Some(hold)) => format!("{} spots, {} on each", dose.spots, Seconds::new(hold)),
        (None, None) => "still".to_owned(),
    }
}

fn felt(dose: &Dose) -> Markup {
    let (target, cap) = (dose.felt_target, dose.felt_cap);
    html! {
        b { (target) " of 10" } ": " (words::pressure(target)) ". Never over " (cap) "."
    }
}

/// Why it is in: the first reasons, which are about the person; the rest stands one tap behind.
fn reason(view: &BlockView) -> String {
    let about_you = |id: &str| !matches!(id, "dose_curve" | "effect" | "no_step_up");
    let first: Vec<&str> = view.why.iter().filter(|why| about_you(&why.id)).map(|why| why.text.as_str()).collect();
    first.join(" ")
}

fn quantity(name: &str, unit: &str, quantity: &Quantity) -> Markup {
    html! {
        p .small {
            (name) ": about " (words::whole(quantity.usual)) " " (unit) " (" (words::whole(quantity.low)) " to "
            (words::whole(quantity.high)) ", lightest to heaviest way). " (quantity.source)
        }
    }
}

fn source(cx: &Cx<'_>, id: &str) -> Markup {
    html! {
        @match cx.knowledge.sources.get(id) {
            Some(source) => { (source.citation) @if let Some(doi) = &source.doi { " doi:" (doi) } }
            None => { (id) }
        }
    }
}
