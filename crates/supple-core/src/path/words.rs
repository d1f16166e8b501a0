//! A path in words, the same in the app and in the terminal.

use super::{Closing, Due, LeftOut, Now, OffLimits, Refused, Said, Word, WordGiven};
use crate::body::{Half, Site, SiteSet};
use crate::date_words;
use crate::days;
use crate::event::Answer;
use crate::gate::{MoveRefusal, Reason, Refusal};
use crate::knowledge::{Demand, Knowledge, Place, Posture};
use crate::move_dose::MoveDose;
use jiff::civil::Date;

/// What holds for today, in a sentence.
#[must_use]
pub const fn now_in_words(now: Now) -> &'static str {
    match now {
        Now::Open => "What is offered below is what your answers leave open today.",
        Now::Questions => {
            "Questions come first. Until they are answered, nothing is offered: unanswered counts as yes."
        }
        Now::NotYet => "Not yet. Here is what stands in the way, and whom to ask.",
        Now::HelpFirst => "Please get help first. Nothing is offered until somebody has had a look.",
    }
}

/// What the closed places are taken from, in a sentence.
#[must_use]
pub const fn basis_in_words(basis: super::Basis) -> &'static str {
    match basis {
        super::Basis::Today => "This is what is left alone today.",
        super::Basis::AtLeast => {
            "Nothing is open yet. Once the rest is settled, these places still stay closed, and perhaps others."
        }
        super::Basis::Everything => {
            "Nothing is open yet: until the questions are answered, everything counts as closed."
        }
    }
}

/// What was said to a question.
#[must_use]
pub const fn said_in_words(said: Said) -> &'static str {
    match said {
        Said::Yes => "yes",
        Said::No => "no",
        Said::NotSure => "not sure",
        Said::Open => "open",
    }
}

/// When something is asked again; none where it is not asked of this person.
#[must_use]
pub fn due_in_words(due: Due) -> Option<String> {
    match due {
        Due::Now => Some("Time to look.".to_owned()),
        Due::On(day) => Some(format!("Next on {}.", date_words::short_day(day))),
        Due::Never => None,
    }
}

/// Places, side by side: "on the left: chest, triceps; on both sides: calf".
#[must_use]
pub fn places(knowledge: &Knowledge, sites: SiteSet) -> String {
    let name = |site: Site| knowledge.regions.get(&site.region).map_or(site.region.id(), |known| known.name.as_str());
    let other = |site: Site| Site::new(site.region, if site.half == Half::Left { Half::Right } else { Half::Left });
    if sites == SiteSet::FULL {
        return "the whole body".to_owned();
    }
    let both: Vec<&str> =
        sites.iter().filter(|site| site.half == Half::Left && sites.contains(other(*site))).map(name).collect();
    let alone = |half: Half| -> Vec<Site> {
        sites.iter().filter(|site| site.half == half && !sites.contains(other(*site))).collect()
    };
    let mut parts = Vec::new();
    for half in Half::ALL {
        let these = alone(half);
        if these.len() * 2 == Site::COUNT {
            return format!("the whole {} side", half.side());
        }
        if !these.is_empty() {
            let names: Vec<&str> = these.into_iter().map(name).collect();
            parts.push(format!("on the {}: {}", half.side(), names.join(", ")));
        }
    }
    if !both.is_empty() {
        parts.push(format!("on both sides: {}", both.join(", ")));
    }
    parts.join("; ")
}

/// What something that closes places does to them, in a sentence each.
#[must_use]
pub fn closing_in_words(knowledge: &Knowledge, closing: &Closing) -> Vec<String> {
    let neither = closing.press.intersection(closing.moves);
    let press_only = closing.press.minus(closing.moves);
    let moves_only = closing.moves.minus(closing.press);
    let mut lines = Vec::new();
    for (sites, what) in [
        (neither, "Not pressed, stretched or loaded"),
        (press_only, "Not pressed; gentle movement is not ruled out by this answer"),
        (moves_only, "Not stretched or loaded"),
    ] {
        if !sites.is_empty() {
            lines.push(format!("{what}: {}.", places(knowledge, sites)));
        }
    }
    lines
}

/// Why: what was answered and what that means, or that it was not answered yet.
#[must_use]
pub fn because(knowledge: &Knowledge, by: &str, answer: Answer) -> String {
    match (knowledge.cautions.get(by), answer) {
        (Some(caution), Answer::Yes) => caution.why.clone(),
        (Some(caution), _) => format!("Not answered, or not sure, so it counts as yes: {}", caution.question),
        // A sentence with a value in it was said in full where the place was closed.
        (None, _) => match knowledge.reasons.get(by) {
            Some(reason) if !reason.text.contains('{') => reason.text.clone(),
            _ => "It rests for a while after what you felt or saw there.".to_owned(),
        },
    }
}

/// A short title for what closes something: "You answered yes: …", from the short lines of the question.
#[must_use]
pub fn closing_title(knowledge: &Knowledge, closing: &Closing) -> String {
    let Some(caution) = knowledge.cautions.get(&closing.by) else { return "After the last sessions".to_owned() };
    let about = caution.lines.first().map_or(caution.name.as_str(), |line| line.text.as_str());
    match closing.answer {
        Answer::Yes => format!("You said yes: {about}"),
        _ => format!("Open: {about}"),
    }
}

/// Why nothing may be done, and what to do about it. Never what a sign may be.
#[must_use]
pub fn holding_in_words(knowledge: &Knowledge, reason: &Reason) -> String {
    match (knowledge.cautions.get(&reason.id), reason.answer) {
        (Some(caution), Answer::Yes) => caution.advice.clone(),
        (Some(caution), _) => caution.question.clone(),
        (None, _) => {
            let text = knowledge.reasons.get(&reason.id).map_or(reason.id.as_str(), |known| known.text.as_str());
            let fill = |text: String, (name, value): &(&str, String)| text.replace(&format!("{{{name}}}"), value);
            reason.values.iter().fold(text.to_owned(), fill)
        }
    }
}

/// What is known of a clinician's word, and what to ask.
#[must_use]
pub fn word_in_words(knowledge: &Knowledge, word: &Word, holds_days: u16) -> String {
    let advice = knowledge.cautions.get(&word.caution).map_or("", |caution| caution.advice.as_str());
    let in_words = |day: Date| format!("{} {}", date_words::short_day(day), day.year());
    let until = |day: Date| days::after(day, holds_days.into()).map(in_words);
    match word.given {
        WordGiven::Needed | WordGiven::OnlyAdvice => advice.to_owned(),
        WordGiven::Counts(day) => {
            let until = until(day).map_or_else(String::new, |until| format!(" It counts until {until}."));
            format!("They agreed on {}.{until} Ask again after a new sign or treatment.", in_words(day))
        }
        WordGiven::Refused(day, why) => {
            let why = knowledge.reasons.get(why).map_or(why, |known| known.text.as_str());
            format!("{} {advice}", why.replace("{date}", &in_words(day)))
        }
    }
}

/// Why something is not for today.
#[must_use]
pub fn left_out_in_words(knowledge: &Knowledge, left: &LeftOut<'_>) -> String {
    let region = |id: crate::body::RegionId| knowledge.regions.get(&id).map_or(id.id(), |known| known.name.as_str());
    let what = match left.why {
        Refused::Move(why) => match why {
            MoveRefusal::Closed(id) => format!("{} is left alone", region(id)),
            MoveRefusal::Avoided(id) => format!("you asked to leave {} out", region(id)),
            MoveRefusal::Demand(demand) => demand_in_words(demand).to_owned(),
            MoveRefusal::Posture(posture) => format!("it is done {}", posture_in_words(posture)),
            MoveRefusal::Place(place) => format!("it needs {}", place_in_words(place)),
            MoveRefusal::NothingLeft => "today's share of it is used up".to_owned(),
            MoveRefusal::Unknown | MoveRefusal::WrongSide => why.to_string(),
        },
        Refused::Technique(why) => match why {
            Refusal::Blocked => "this place is not pressed".to_owned(),
            Refusal::BlockedNextTo(id) => format!("it presses {} as well, which is left alone", region(id)),
            Refusal::Avoided => "you asked to leave this place out".to_owned(),
            Refusal::AvoidedNextTo(id) => format!("you asked to leave {} out", region(id)),
            Refusal::NoTool => "the tool is not among yours".to_owned(),
            Refusal::ToolExcluded => "this tool is ruled out".to_owned(),
            Refusal::ToolTooHard => "the tool has to be softer, or its firmness has to be known".to_owned(),
            Refusal::NoPlace => "it needs a place or a position that is ruled out".to_owned(),
            Refusal::NotFirstSession => "it is not for a first session".to_owned(),
            Refusal::NoPinAndMove => "no joint is moved under pressure".to_owned(),
            Refusal::AreaFull => "today's share of it is used up".to_owned(),
            Refusal::WrongSide => "it is not done on this side".to_owned(),
        },
    };
    match left.by.as_ref().and_then(|(by, answer)| short_cause(knowledge, by, *answer)) {
        Some(cause) => format!("{what} ({cause})"),
        None => what,
    }
}

/// What stands behind something that is left out, in a few words.
fn short_cause(knowledge: &Knowledge, by: &str, answer: Answer) -> Option<String> {
    let caution = knowledge.cautions.get(by)?;
    let about = caution.lines.first().map_or(caution.name.as_str(), |line| line.text.as_str());
    Some(match answer {
        Answer::Yes => format!("you said yes: {about}"),
        _ => format!("open: {about}"),
    })
}

/// What a demand is, of a move that asks it: "it reaches above the shoulder".
#[must_use]
pub const fn demand_in_words(demand: Demand) -> &'static str {
    match demand {
        Demand::EndRange => "it takes a joint to the end of its range",
        Demand::BackBentForward => "it bends the back forward",
        Demand::BackArched => "it arches the back",
        Demand::BackTurned => "it turns the back far",
        Demand::NeckMoved => "it moves or loads the neck",
        Demand::HeadLow => "the head is low",
        Demand::HardEffort => "it is a hard effort",
        Demand::Balance => "it is easy to fall from",
        Demand::Impact => "it lands with a jolt",
        Demand::ArmLoaded => "the arm works against a load",
        Demand::ArmOverhead => "the arm goes above the shoulder",
        Demand::DeepBend => "it bends knee or hip deeply under load",
        Demand::HipFar => "the hip goes far",
        Demand::BellyHard => "the belly works hard",
    }
}

const fn posture_in_words(posture: Posture) -> &'static str {
    match posture {
        Posture::Kneeling => "kneeling",
        Posture::WeightOnHands => "with weight on the hands",
        Posture::LyingFaceDown => "lying face down",
        Posture::LyingOnBack => "lying flat on the back",
        Posture::LyingOnSide => "lying on the side",
    }
}

const fn place_in_words(place: Place) -> &'static str {
    match place {
        Place::Floor => "the floor",
        Place::Wall => "a wall",
        Place::Chair => "a chair",
    }
}

/// How much of a move: "2 x 30 s, effort at most 4 of 10".
#[must_use]
pub fn amount(dose: &MoveDose) -> String {
    let each = match (dose.hold_seconds, dose.reps) {
        (Some(hold), _) => format!("{hold} s held"),
        (None, Some(1)) => "once".to_owned(),
        (None, Some(reps)) => format!("{reps} times"),
        (None, None) => String::new(),
    };
    let sets = if dose.sets == 1 { String::new() } else { format!("{} sets of ", dose.sets) };
    format!("{sets}{each}, effort at most {} of 10", dose.effort_max)
}

/// Whether nothing at all is closed.
#[must_use]
pub fn nothing_closed(off_limits: &OffLimits) -> bool {
    off_limits.press().is_empty() && off_limits.moves().is_empty()
}
