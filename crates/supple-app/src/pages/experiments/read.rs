//! A reading typed on the experiment's own page, with the same questions about slips as on the test's.

use crate::cx::Cx;
use crate::form::Form;
use crate::pages::measures::phone;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::event::{ExperimentDesigned, MeasureTaken, When};
use supple_core::knowledge::Measure;
use supple_core::measure::words::{doubt_in_words, unit};
use supple_core::measure::{Doubt, Record, doubts, reading};

/// What a form says.
pub enum Typed {
    /// A reading.
    Taken(MeasureTaken),
    /// Something that cannot be, in words.
    Wrong(String),
    /// Something that may be a slip.
    Doubtful(Vec<Doubt>),
}

/// How many trials the form offers: those of the design, its practice, and one more.
fn fields(design: &ExperimentDesigned, measure: &Measure) -> u8 {
    let counted = design.outcome.trials.get();
    measure.practice_trials.saturating_add(counted).saturating_add(u8::from(counted > 1))
}

/// How the phone reads into the form: one side, as many trials as the design says.
fn into(design: &ExperimentDesigned, measure: &Measure) -> phone::Into<'static> {
    let words = match design.outcome.side {
        Some(Side::Left) => "Left",
        Some(Side::Right) => "Right",
        _ => "",
    };
    let trials = measure.practice_trials.saturating_add(design.outcome.trials.get());
    let fields = fields(design, measure);
    phone::Into { sides: vec![("trial", words)], trials, fields, then: "Look at them, and save." }
}

/// Reads the form.
pub fn typed(cx: &Cx<'_>, design: &ExperimentDesigned, measure: &Measure, when: When, form: &Form) -> Typed {
    let mut trials = Vec::new();
    for trial in 1..=fields(design, measure) {
        let Some(text) = form.get(&format!("trial.{trial}")) else { continue };
        // Half of the world writes 3,5.
        match text.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite()) {
            Some(value) => trials.push(value),
            None => return Typed::Wrong(format!("“{text}” is not a number. Type one such as 12 or 12.5.")),
        }
    }
    let outcome = &design.outcome;
    let taken = MeasureTaken {
        measure: outcome.measure.clone(),
        side: outcome.side,
        region: outcome.region,
        trials,
        practice_trials: measure.practice_trials,
        when,
    };
    if let Err(error) = reading(measure, &taken) {
        return Typed::Wrong(error.to_string());
    }
    let record = Record::of(measure, &outcome.measure, cx.state);
    let found = doubts(measure, std::slice::from_ref(&taken), &record);
    if found.is_empty() || form.has("sure") { Typed::Taken(taken) } else { Typed::Doubtful(found) }
}

/// The form, with what was typed before and what is asked about it.
pub fn form(cx: &Cx<'_>, design: &ExperimentDesigned, measure: &Measure, asked: Option<(&Typed, &Form)>) -> Markup {
    let typed = asked.map(|(_, form)| form);
    let doubtful = matches!(asked, Some((Typed::Doubtful(_), _)));
    let value = |field: &str| typed.and_then(|form| form.get(field));
    let inside = html! {
        input type="hidden" name="do" value="read";
        fieldset .trials {
            legend { "Result, in " (measure.unit) }
            div .row {
                @for trial in 1..=fields(design, measure) {
                    @let field = format!("trial.{trial}");
                    @let practice = trial <= measure.practice_trials;
                    label .trial {
                        span .small {
                            @if practice { "practice" }
                            @else if trial > measure.practice_trials + design.outcome.trials.get() { "one more, if unsure" }
                            @else { "trial " (trial - measure.practice_trials) }
                        }
                        input type="text" inputmode="decimal" size="6" autocomplete="off" name=(field) value=[value(&field)];
                    }
                }
            }
        }
        @if doubtful { p { button .wide name="sure" value="yes" { "Keep as it is" } } }
        p { button .wide .primary { @if doubtful { "Save what I changed" } @else { "Save" } } }
    };
    html! {
        @match asked {
            Some((Typed::Wrong(wrong), _)) => p .error role="alert" { (wrong) },
            Some((Typed::Doubtful(found), _)) => div .notice role="alert" {
                @for doubt in found { p { (doubt_in_words(measure, doubt)) } }
            },
            _ => {},
        }
        (phone::offer_into(cx, measure, &into(design, measure)))
        (cx.form("read", &format!("experiments/{}", design.experiment), inside))
        details {
            summary { "How to take it" }
            @for caution in &measure.cautions { p .notice { (caution) } }
            ol .protocol { @for step in &measure.protocol { li { (step) } } }
            p .small { "With: " (measure.sensor) ". In " (unit(measure)) "." }
        }
    }
}
