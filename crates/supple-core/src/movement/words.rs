use super::measured::{Limit, Measured, Said};
use super::outcome::{Outcome, Standing};
use super::stay::Stay;
use crate::body::Side;
use crate::contract::text::side_words;
use crate::knowledge::{Compensation, Knowledge, Viewpoint};
use crate::measure::words::{number, unit};

/// What was found, in one line: "Heels lifted on 4 of 5", "Left knee to wall short, by the tape". Never a judgement.
#[must_use]
pub fn said(knowledge: &Knowledge, outcome: &Outcome) -> String {
    let finding = &outcome.finding;
    let Some(compensation) = knowledge.compensations.get(&finding.compensation) else {
        return finding.compensation.clone();
    };
    let what = capitalised(if compensation.found.is_empty() { &compensation.name } else { &compensation.found });
    let side = side_in_words(compensation, finding.side);
    if finding.of == 0 {
        return format!("{what}{side}");
    }
    format!("{what} on {} of {}{side}", finding.seen_on, finding.of)
}

/// How sure that is, in a sentence.
#[must_use]
pub fn how_sure(knowledge: &Knowledge, outcome: &Outcome) -> String {
    match &outcome.standing {
        Standing::Seen => "Seen by eye, not measured.".to_owned(),
        Standing::Confirmed(measured) => format!("Seen, and measured: {}.", value(knowledge, measured)),
        Standing::Measured(measured) => format!("Measured: {}.", value(knowledge, measured)),
        Standing::RangeIsThere(measured) => {
            format!("Seen, but measured the range is there: {}. The number counts.", value(knowledge, measured))
        }
    }
}

/// Where one looks from, for a heading: "From the front".
#[must_use]
pub const fn view_in_words(view: Viewpoint) -> &'static str {
    match view {
        Viewpoint::Front => "From the front",
        Viewpoint::Side => "From the side",
        Viewpoint::Back => "From behind",
        Viewpoint::Above => "From above",
        Viewpoint::Compared => "Compared",
    }
}

/// Whether a region stays, in a sentence.
#[must_use]
pub fn stay_in_words(knowledge: &Knowledge, stay: &Stay) -> String {
    let name = |id: &str| knowledge.measures.get(id).map_or_else(|| id.to_owned(), |measure| measure.name.clone());
    match stay {
        Stay::Responds { measure } => format!("Stays: {} does better after sessions.", name(measure)),
        Stay::CannotTell { measure, more_sessions: Some(more) } => {
            format!("Stays for now: about {more} more tested sessions until {} can tell.", name(measure))
        }
        Stay::CannotTell { measure, more_sessions: None } => {
            format!("Stays for now: {} cannot tell yet.", name(measure))
        }
        Stay::NotMeasured { measure } => {
            format!("Stays for now. Take {} to find out whether it does anything.", name(measure))
        }
        Stay::NoMeasure => "Stays until the next screen: no test with a number is linked with it.".to_owned(),
        Stay::Leaves { measure, moves_less: false } => {
            format!("Leaves the programme: sessions make little difference to {}.", name(measure))
        }
        Stay::Leaves { measure, moves_less: true } => {
            format!("Leaves the programme: {} is less after sessions.", name(measure))
        }
    }
}

fn value(knowledge: &Knowledge, measured: &Measured) -> String {
    let Some(measure) = knowledge.measures.get(&measured.measure) else { return measured.measure.clone() };
    let (value, limit, unit) = (number(measure, measured.value), number(measure, measured.limit), unit(measure));
    let side = measured.side.map(|side| format!(", {}", side_words(side))).unwrap_or_default();
    let not = if measured.said == Said::So { "" } else { "not " };
    match measured.limit_is {
        Limit::Below => format!("{}{side} {value} {unit}, {not}below {limit}", measure.name),
        Limit::Above => format!("{}{side} {value} {unit}, {not}above {limit}", measure.name),
        Limit::Apart => format!("{}, left and right {value} {unit} apart, {not}more than {limit}", measure.name),
    }
}

fn side_in_words(compensation: &Compensation, side: Option<Side>) -> String {
    match side {
        Some(side) => format!(", {}", side_words(side)),
        None if compensation.has_side => ", both sides".to_owned(),
        None => String::new(),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
