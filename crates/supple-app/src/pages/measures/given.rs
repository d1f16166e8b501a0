use crate::form::Form;
use supple_core::body::{RegionId, Side};
use supple_core::event::{MeasureTaken, When};
use supple_core::knowledge::{Measure, TakenOn};
use supple_core::measure::reading;

/// When a test was taken, in the order they stand.
pub const WHENS: [(&str, When, &str); 5] = [
    ("rest", When::Rest, "Without a session"),
    ("before", When::Before, "Just before one"),
    ("after", When::After, "Just after one"),
    ("before_wait", When::BeforeWait, "Before a wait without rolling"),
    ("after_wait", When::AfterWait, "After that wait"),
];

/// The sides a form asks for, with the names of their fields. None is the person as a whole.
pub fn sides(measure: &Measure) -> &'static [(Option<Side>, &'static str, &'static str)] {
    match measure.taken {
        TakenOn::EachSide => &[(Some(Side::Left), "left", "Left"), (Some(Side::Right), "right", "Right")],
        TakenOn::Once | TakenOn::AtAPlace => &[(None, "one", "")],
    }
}

/// How many trials a side may have: those of the protocol, and one more where they lie far apart.
pub fn fields(measure: &Measure) -> u8 {
    measure.trials.saturating_add(u8::from(measure.trials > 1))
}

/// What a form says, or what is wrong with it. Sides that were left out are left out; a side with anything in it is
/// whole.
pub fn given(measure: &Measure, id: &str, form: &Form) -> Result<Vec<MeasureTaken>, String> {
    let when = WHENS.iter().find(|(value, ..)| form.get("when") == Some(value));
    let Some((_, when, _)) = when else {
        return Err("Say when it was: without a session, before or after one.".into());
    };
    let mut all = Vec::new();
    for (side, name, words) in sides(measure) {
        let trials = trials(measure, form, name)?;
        if trials.is_empty() {
            continue;
        }
        let (region, side) = match measure.taken {
            TakenOn::AtAPlace => place(form)?,
            TakenOn::Once | TakenOn::EachSide => (None, *side),
        };
        let practice_trials = measure.practice_trials;
        let taken = MeasureTaken { measure: id.to_owned(), side, region, trials, practice_trials, when: *when };
        reading(measure, &taken).map_err(|error| match words.is_empty() {
            true => error.to_string(),
            false => format!("{words}: {error}"),
        })?;
        all.push(taken);
    }
    if all.is_empty() { Err("Type at least one number.".into()) } else { Ok(all) }
}

fn trials(measure: &Measure, form: &Form, name: &str) -> Result<Vec<f64>, String> {
    let mut trials = Vec::new();
    for trial in 1..=fields(measure) {
        let Some(text) = form.get(&format!("{name}.{trial}")) else { continue };
        // Half of the world writes 3,5.
        let value = text.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
        trials.push(value.ok_or_else(|| format!("“{text}” is not a number. Type one such as 12 or 12.5."))?);
    }
    Ok(trials)
}

fn place(form: &Form) -> Result<(Option<RegionId>, Option<Side>), String> {
    let region = form.get("region").and_then(RegionId::from_id);
    let side =
        [("left", Side::Left), ("right", Side::Right)].into_iter().find(|(word, _)| form.get("side") == Some(word));
    match (region, side) {
        (Some(region), Some((_, side))) => Ok((Some(region), Some(side))),
        _ => Err("Choose the place and the side.".into()),
    }
}
