use super::given::{WHENS, fields, given, sides};
use super::phone;
use super::results::results;
use super::wait::{Wait, expected, notice};
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::figure::{Subject, moving_or_still};
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::today::{Today, Way};
use crate::words::{capitalised, region};
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};
use supple_core::event::{EventBody, MeasureTaken};
use supple_core::knowledge::{Measure, TakenOn};
use supple_core::measure::words::{doubt_in_words, unit};
use supple_core::measure::{Doubt, Record, doubts};

/// The page of a test.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    match cx.knowledge.measures.get(id) {
        Some(measure) => page(cx, id, measure, 200, Ask::Nothing, &Form::default()),
        None => trouble::not_found(cx),
    }
}

/// Keeps a result. What may be a slip of the hand is asked about first; nothing is dropped.
pub fn post(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(measure) = cx.knowledge.measures.get(id) else { return cx.answer(trouble::not_found(cx)) };
    if help_first(cx) {
        return cx.answer(page(cx, id, measure, 409, Ask::Nothing, form));
    }
    let mut taken = match given(measure, id, form) {
        Ok(taken) => taken,
        Err(wrong) => return cx.answer(page(cx, id, measure, 422, Ask::Again(wrong), form)),
    };
    if form.has("swap") {
        swap(&mut taken);
    } else if !form.has("sure") {
        let doubts = doubts(measure, &taken, &Record::of(measure, id, cx.state));
        if !doubts.is_empty() {
            return cx.answer(page(cx, id, measure, 422, Ask::Sure(doubts), form));
        }
    }
    cx.record(taken.into_iter().map(EventBody::MeasureTaken), &format!("measures/{id}"))
}

fn swap(taken: &mut [MeasureTaken]) {
    for one in taken {
        one.side = match one.side {
            Some(Side::Left) => Some(Side::Right),
            Some(Side::Right) => Some(Side::Left),
            other => other,
        };
    }
}

/// No test either while somebody should get help first.
fn help_first(cx: &Cx<'_>) -> bool {
    Today::of(cx).is_some_and(|today| today.way() == Way::HelpFirst)
}

/// What the page asks before it keeps something.
enum Ask {
    Nothing,
    Again(String),
    Sure(Vec<Doubt>),
}

fn page(cx: &Cx<'_>, id: &str, measure: &Measure, status: u16, ask: Ask, form: &Form) -> Response {
    let record = Record::of(measure, id, cx.state);
    let title = capitalised(&measure.name);
    let wait = Wait::of(cx, id);
    let body = html! {
        p .eyebrow { a href=(cx.href("measures")) { "Measure" } }
        h1 { (title) }
        @if help_first(cx) {
            div .notice {
                p { b { "Not today." } " " a href=(cx.href("help-first")) { "Get help first." } }
            }
        } @else {
            (moving_or_still(cx.knowledge, Subject::Measure(id), drawn_side(measure)).unwrap_or_default())
            @if let Ask::Again(wrong) = &ask { p .error role="alert" { (wrong) } }
            @if let Ask::Sure(doubts) = &ask { (asked(measure, doubts)) }
            (notice(cx, &wait))
            (results(cx, id, measure, &record))
            @if !record.series.is_empty() {
                p { a .button href=(cx.href(&format!("progress#{id}"))) { "What they say together" } }
            }
            section .card {
                h2 { "How to take it" }
                @for caution in &measure.cautions { p .notice { (caution) } }
                ol .protocol { @for step in &measure.protocol { li { (step) } } }
                p .small { "With: " (measure.sensor) "." }
            }
            (phone::offer(cx, measure))
            (entry(cx, id, measure, &ask, form, &wait))
            (trust(cx, measure))
        }
    };
    let scripts = phone::scripts_of(&body);
    framed(cx, status, Page { title: &title, class: "page-measure", place: Some(Place::History), scripts, body })
}

/// The side a picture of the test shows: one stands for both.
fn drawn_side(measure: &Measure) -> Side {
    if measure.taken == TakenOn::Once { Side::Midline } else { Side::Right }
}

/// What may be wrong, as questions.
fn asked(measure: &Measure, doubts: &[Doubt]) -> Markup {
    html! {
        div .notice role="alert" {
            @for doubt in doubts { p { (doubt_in_words(measure, doubt)) } }
            p .small { "Change the numbers below, or keep them as they are. Nothing is lost." }
        }
    }
}

/// The form, with what was typed before.
fn entry(cx: &Cx<'_>, id: &str, measure: &Measure, ask: &Ask, form: &Form, wait: &Wait) -> Markup {
    let when = form.get("when").or_else(|| expected(wait));
    let unsure = matches!(ask, Ask::Sure(_));
    let swapped = matches!(ask, Ask::Sure(doubts) if doubts.contains(&Doubt::SidesSwapped));
    let inside = html! {
        @if measure.taken == TakenOn::AtAPlace { (place(cx, form)) }
        @for (_, name, words) in sides(measure) {
            fieldset .trials {
                legend { @if words.is_empty() { "Result" } @else { (words) } ", in " (measure.unit) }
                div .row { @for trial in 1..=fields(measure) { (field(measure, name, trial, form)) } }
            }
        }
        fieldset {
            legend { "When?" }
            div .choices {
                @for (value, _, words) in WHENS {
                    label .choice {
                        input type="radio" name="when" value=(value) required checked[when == Some(value)];
                        span { (words) }
                    }
                }
            }
        }
        @if unsure {
            p { button .wide name="sure" value="yes" { "Keep as it is" } }
            @if swapped { p { button .wide name="swap" value="yes" { "Exchange left and right" } } }
            p { button .wide .primary { "Save what I changed" } }
        } @else {
            p { button .wide .primary { "Save" } }
        }
    };
    html! { section #entry .card { h2 { "What did it read?" } (cx.form("test", &format!("measures/{id}"), inside)) } }
}

fn field(measure: &Measure, name: &str, trial: u8, form: &Form) -> Markup {
    let field = format!("{name}.{trial}");
    let practice = trial <= measure.practice_trials;
    let extra = trial > measure.trials;
    let counted = trial.saturating_sub(measure.practice_trials);
    html! {
        label .trial {
            span .small {
                @if practice { "practice" } @else if extra { "one more, if unsure" } @else { "trial " (counted) }
            }
            input type="text" inputmode="decimal" size="6" autocomplete="off" name=(field) value=[form.get(&field)];
        }
    }
}

fn place(cx: &Cx<'_>, form: &Form) -> Markup {
    html! {
        p {
            label {
                "Place "
                select name="region" required {
                    option value="" { "choose" }
                    @for id in RegionId::ALL {
                        option value=(id) selected[form.get("region") == Some(id.id())] { (region(cx.knowledge, id)) }
                    }
                }
            }
        }
        fieldset {
            legend { "Side" }
            div .choices {
                @for (value, words) in [("left", "Left"), ("right", "Right")] {
                    label .choice {
                        input type="radio" name="side" value=(value) required checked[form.get("side") == Some(value)];
                        span { (words) }
                    }
                }
            }
        }
    }
}

/// How far its numbers can be trusted, and what others reach.
fn trust(cx: &Cx<'_>, measure: &Measure) -> Markup {
    let threshold = &measure.change_threshold;
    let source = |id: &str| cx.knowledge.sources.get(id).map_or("", |source| source.citation.as_str());
    html! {
        details .card {
            summary { "How far to trust it" }
            p {
                "A change smaller than " (threshold.value) @if threshold.percent { " %" } @else { " " (unit(measure)) }
                " may be nothing but error. " (threshold.kind)
            }
            @if let Some(note) = &threshold.note { p { (note) } }
            @if !measure.reliability.is_empty() {
                ul {
                    @for study in &measure.reliability {
                        li {
                            (capitalised(&study.study)) ": "
                            @if let Some(sem) = &study.sem { "error of one result " (sem) " " (unit(measure)) "; " }
                            @if let Some(least) = &study.mdc95 { "smallest real change " (least) " " (unit(measure)) "; " }
                            @if let Some(icc) = &study.icc { "repeats with " (icc) " of 1. " }
                            span .small { (source(&study.source)) }
                        }
                    }
                }
            }
        }
        @if !measure.norms.is_empty() {
            details .card {
                summary { "What others reach" }
                ul {
                    @for norm in &measure.norms {
                        li {
                            (capitalised(&norm.population)) ": "
                            @if let Some(mean) = norm.mean { (mean) " " (norm.unit) }
                            @if let Some(sd) = norm.sd { " (standard deviation " (sd) ")" }
                            @if let Some(printed) = &norm.printed { (printed) " " (norm.unit) }
                            @if let Some(side) = &norm.side { ", " (side) }
                            " " span .small { (source(&norm.source)) }
                        }
                    }
                }
                p .small { "These are other people, measured by others. How you change says more than how you compare." }
            }
        }
        @if measure.taken == TakenOn::EachSide { p .small { "Between sides: " (measure.side_difference) } }
    }
}
