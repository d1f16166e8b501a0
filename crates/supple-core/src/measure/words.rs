use super::{Change, Doubt};
use crate::event::When;
use crate::knowledge::Measure;

/// The unit without the remarks some units carry: "deg from vertical" is "deg".
#[must_use]
pub fn unit(measure: &Measure) -> &str {
    measure.unit.split_whitespace().next().unwrap_or_default()
}

/// How many decimals a value deserves: none where a change of one is far inside the error.
#[must_use]
pub fn decimals(measure: &Measure) -> usize {
    usize::from(unit(measure) == "cm")
}

/// A value as people read it, without its unit.
#[must_use]
pub fn number(measure: &Measure, value: f64) -> String {
    let decimals = decimals(measure);
    // No minus before a zero.
    let text = format!("{value:.decimals$}");
    if text.trim_start_matches(['-', '0', '.']).is_empty() { text.trim_start_matches('-').to_owned() } else { text }
}

/// What a change comes to: "+1.0 cm, inside the error of 2.0 cm: cannot tell".
#[must_use]
pub fn change_in_words(measure: &Measure, change: &Change) -> String {
    let sign = if change.difference > 0.0 { "+" } else { "" };
    let verdict = match (change.real, change.better) {
        (true, true) => "better by more than error".to_owned(),
        (true, false) => "less, by more than error".to_owned(),
        (false, _) => {
            format!("inside the error of {} {}: cannot tell", number(measure, change.smallest_real), unit(measure))
        }
    };
    format!("{sign}{} {}, {verdict}", number(measure, change.difference), unit(measure))
}

/// What may be a slip, as a question.
#[must_use]
pub fn doubt_in_words(measure: &Measure, doubt: &Doubt) -> String {
    let unit = unit(measure);
    match doubt {
        Doubt::Inches { last, now } => format!(
            "Is it in {unit}? Last time it was {} {unit}, and {} would be that in inches.",
            number(measure, *last),
            number(measure, *now)
        ),
        Doubt::SidesSwapped => {
            "Are left and right the right way round? Each is now what the other was last time.".to_owned()
        }
        Doubt::Apart { spread } => {
            format!("The trials lie {} {unit} apart. One more would tell which to believe.", number(measure, *spread))
        }
    }
}

/// When a test was taken: "before a session".
#[must_use]
pub const fn when_in_words(when: When) -> &'static str {
    match when {
        When::Rest => "without a session",
        When::Before => "before a session",
        When::After => "after a session",
        When::BeforeWait => "before a wait without rolling",
        When::AfterWait => "after a wait without rolling",
    }
}
