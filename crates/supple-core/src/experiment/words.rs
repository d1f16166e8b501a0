use super::analysis::{Finding, Look};
use super::course::{Lapse, arm};
use super::obey::Refused;
use crate::contract::text::side_words;
use crate::event::{ExperimentDesigned, MissedBecause};
use crate::knowledge::{ArmTiming, Knowledge, Measure};
use crate::measure::words::{decimals, unit};

/// What a way is called.
#[must_use]
pub fn label(design: &ExperimentDesigned, number: u8) -> &str {
    arm(design, number).label.as_str()
}

/// What an experiment found, in one sentence.
#[must_use]
pub fn finding(design: &ExperimentDesigned, found: Option<Finding>) -> String {
    let (first, second) = (label(design, 0), label(design, 1));
    match found {
        Some(Finding::First) => format!("For you, “{first}” does more than “{second}”."),
        Some(Finding::Second) => format!("For you, “{second}” does more than “{first}”."),
        Some(Finding::Little) => "It makes little difference for you which of the two you do.".to_owned(),
        None => "Cannot tell. The two may differ or not: these readings do not say.".to_owned(),
    }
}

/// The estimate behind it, with its range: "0.8 cm more with …, probably between 0.2 and 1.4".
#[must_use]
pub fn estimate(measure: &Measure, design: &ExperimentDesigned, look: &Look) -> String {
    // Two standard deviations: a range that holds the truth in about 95 of 100 such experiments.
    let (low, high) = (look.mean - 1.96 * look.sd, look.mean + 1.96 * look.sd);
    let places = decimals(measure).max(1);
    let number = |value: f64| format!("{value:.places$}").replace("-0.0", "0.0");
    let more = if look.mean >= 0.0 { 0 } else { 1 };
    let (low, high) = if look.mean >= 0.0 { (low, high) } else { (-high, -low) };
    format!(
        "After “{}” the gain was {} {unit} larger on average; the true difference probably lies between {} and {} {unit}.",
        label(design, more),
        number(look.mean.abs()),
        number(low),
        number(high),
        unit = unit(measure),
    )
}

/// What a way asks for, in one line: technique, side, seconds, time of the day.
#[must_use]
pub fn asks(knowledge: &Knowledge, design: &ExperimentDesigned, number: u8) -> String {
    let Some(roll) = &arm(design, number).roll else {
        return format!("Sit or lie still for {}: nothing is rolled, the wait is the same.", design.session_seconds);
    };
    let name = knowledge.techniques.get(&roll.technique).map_or(roll.technique.as_str(), |known| known.name.as_str());
    let felt = roll.felt.map(|felt| format!(", pressure {felt} of 10")).unwrap_or_default();
    let when = roll.timing.map(|timing| format!(", {}", timing_words(timing))).unwrap_or_default();
    format!("{name}, {}: {} on each side{felt}{when}.", side_words(design.side), roll.seconds)
}

/// When a session is done.
#[must_use]
pub const fn timing_words(timing: ArmTiming) -> &'static str {
    match timing {
        ArmTiming::Morning => "before noon",
        ArmTiming::Evening => "after five in the afternoon",
        ArmTiming::BeforeTraining => "just before training",
        ArmTiming::AfterTraining => "just after training",
    }
}

/// Why a session does not count.
#[must_use]
pub const fn lapse(lapse: Lapse) -> &'static str {
    match lapse {
        Lapse::OutOfTurn => "it was not this session's turn",
        Lapse::NoReadingBefore => "there was no reading before",
        Lapse::NotDone => "it was not done, or less of it than asked for",
        Lapse::RolledBesides => "something else was rolled there",
        Lapse::OtherTime => "it was another time of the day",
        Lapse::NoReadingAfter => "the reading after did not come in time",
    }
}

/// Why a session was missed.
#[must_use]
pub const fn missed(why: MissedBecause) -> &'static str {
    match why {
        MissedBecause::NotToday => "not that day",
        MissedBecause::NotAllowed => "it was not allowed that day",
        MissedBecause::Uncomfortable => "it did not feel right",
    }
}

/// Why a way may not be done today, kindly.
#[must_use]
pub fn refused(design: &ExperimentDesigned, number: u8, why: &Refused) -> String {
    let label = label(design, number);
    match why {
        Refused::NoPlanToday => {
            "There is no session today, so your experiment rests too. Nothing is lost: it goes on when you can."
                .to_owned()
        }
        Refused::Unknown => {
            "This program does not know one of the two techniques. Update Supple to go on.".to_owned()
        }
        Refused::Technique(_) => format!(
            "“{label}” is not for today, by what you said about your body or have at hand. The day does not count, and nothing is lost."
        ),
        Refused::TooMuch => format!(
            "“{label}” would be more than is good for you today. A dose grows step by step: roll that place in ordinary \
             sessions and say how it was the day after. The day does not count, and nothing is lost."
        ),
        Refused::Session(_) => format!(
            "“{label}” does not fit into today: too little time, or enough was rolled there already. The day does not count."
        ),
    }
}

/// How long after, in words: "5 minutes", "24 hours".
#[must_use]
pub fn wait(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
