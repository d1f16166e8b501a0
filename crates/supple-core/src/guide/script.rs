use super::cue::Cue;
use super::input::{FeltWord, Input, StopReason};
use super::moves::MoveRun;
use super::session::{Output, Session};
use crate::event::EventBody;
use crate::knowledge::StopSignalId;
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// Reads inputs with their times from text, one a line: `0 ready`, `12:30 stop`, `+95 felt 5`.
///
/// A time is seconds (`95`, `1.5`), minutes and seconds (`12:30`), or with a `+` either of them after the line
/// before. Empty lines and what follows a `#` are left out.
///
/// # Errors
/// [`ScriptError`] for the first line with a time or an input that cannot be read, or a time before the one above.
pub fn parse_script(text: &str) -> Result<Vec<(u64, Input)>, ScriptError> {
    let mut inputs: Vec<(u64, Input)> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        let Some(time) = words.next() else { continue };
        let words: Vec<&str> = words.collect();
        let before = inputs.last().map_or(0, |input| input.0);
        let parsed = at(time, before).and_then(|ms| Ok((ms, input(&words)?)));
        inputs.push(parsed.map_err(|problem| ScriptError { line: i + 1, problem })?);
    }
    Ok(inputs)
}

/// Plays a session on a virtual clock that starts at 0, until it is over or stands still with no input left.
/// Nobody presses *ready* unless the script does: set-up counts down.
pub fn simulate(session: &mut Session, inputs: &[(u64, Input)]) -> Vec<Played> {
    simulated(session, inputs, Session::step, Session::is_ended, Session::next_due)
}

/// The same with a run of moves.
pub fn simulate_moves(run: &mut MoveRun, inputs: &[(u64, Input)]) -> Vec<Played> {
    simulated(run, inputs, MoveRun::step, MoveRun::is_ended, MoveRun::next_due)
}

fn simulated<S>(
    state: &mut S,
    inputs: &[(u64, Input)],
    step: fn(&mut S, Input, u64) -> Output,
    is_ended: fn(&S) -> bool,
    next_due: fn(&S) -> Option<u64>,
) -> Vec<Played> {
    let mut played = Vec::new();
    let mut inputs = inputs.iter().copied().peekable();
    let mut now = 0;
    record(step(state, Input::Tick, now), now, &mut played);
    while !is_ended(state) {
        let typed = inputs.peek().map(|input| input.0.max(now));
        let input = match (next_due(state), typed) {
            (None, None) => break,
            (Some(due), typed) if typed.is_none_or(|typed| due < typed) => {
                now = due;
                Input::Tick
            }
            (_, typed) => {
                now = typed.unwrap_or(now);
                inputs.next().map_or(Input::Tick, |input| input.1)
            }
        };
        record(step(state, input, now), now, &mut played);
    }
    played
}

/// Something that happened in a simulated session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Played {
    /// When, in milliseconds from the start.
    pub at_ms: u64,
    /// What.
    pub what: Happened,
}

/// A cue or an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// Something was said.
    Cue(Cue),
    /// Something was written down.
    Event(Box<EventBody>),
}

/// A line of a script that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ScriptError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: ScriptProblem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptProblem {
    /// The time.
    #[error("\"{0}\" is not a time; write seconds (95), minutes and seconds (12:30), or + and either (+95)")]
    Time(String),
    /// The order.
    #[error("\"{0}\" is before the line above; put the lines in order of time, or write + and the seconds between")]
    Backwards(String),
    /// The input.
    #[error(
        "\"{0}\" is not an input; use tick, ready, more_time, pause, resume, skip, shorten, lighter, felt, stop, reason, \
         signal or end"
    )]
    Input(String),
    /// The value of `felt`.
    #[error("felt needs a whole number from 0 to 10, or could_be_more, just_right or too_much; not \"{0}\"")]
    Felt(String),
    /// The value of `signal`.
    #[error(
        "signal needs sharp_or_electric, limb_pins_or_colour, too_strong, rising_in_hold, dizzy_or_chest, \
         swelling_or_bruise or sore_next_day; not \"{0}\""
    )]
    Signal(String),
    /// The value of `reason`.
    #[error("reason needs just_finished, mistake or a stop signal such as sharp_or_electric; not \"{0}\"")]
    Reason(String),
    /// Something behind the input.
    #[error("nothing belongs behind the input; take \"{0}\" away")]
    Surplus(String),
}

fn record(out: Output, now: u64, played: &mut Vec<Played>) {
    let event = |body| Played { at_ms: now, what: Happened::Event(Box::new(body)) };
    played.extend(out.events.into_iter().map(event));
    played.extend(out.cues.into_iter().map(|cue| Played { at_ms: cue.at_ms, what: Happened::Cue(cue) }));
}

fn at(text: &str, before_ms: u64) -> Result<u64, ScriptProblem> {
    let (after, clock) = match text.strip_prefix('+') {
        Some(rest) => (before_ms, rest),
        None => (0, text),
    };
    let ms = clock_ms(clock).and_then(|ms| ms.checked_add(after));
    let ms = ms.ok_or_else(|| ScriptProblem::Time(text.to_owned()))?;
    if ms < before_ms { Err(ScriptProblem::Backwards(text.to_owned())) } else { Ok(ms) }
}

/// `95`, `1.5` or `12:30` in milliseconds; not more than a day.
fn clock_ms(text: &str) -> Option<u64> {
    const DAY_MS: u64 = 86_400_000;
    let (minutes, seconds) = match text.split_once(':') {
        Some((minutes, seconds)) => (digits(minutes)?, seconds),
        None => (0, text),
    };
    let (whole, part) = seconds.split_once('.').map_or((seconds, None), |(whole, part)| (whole, Some(part)));
    let whole = digits(whole).filter(|&s| !text.contains(':') || s < 60)?;
    let part = match part {
        None => 0,
        Some(part) if part.len() <= 3 => digits(part)? * [1000, 100, 10, 1].get(part.len())?,
        Some(_) => return None,
    };
    let ms = minutes.checked_mul(60_000)?.checked_add(whole.checked_mul(1000)?)?.checked_add(part)?;
    Some(ms).filter(|&ms| ms <= DAY_MS)
}

/// Digits and nothing else: `parse` alone would take a sign.
fn digits(text: &str) -> Option<u64> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

fn input(words: &[&str]) -> Result<Input, ScriptProblem> {
    let name = words.first().copied().unwrap_or("");
    let value = words.get(1).copied();
    let (input, used) = match name {
        "tick" => (Input::Tick, 1),
        "ready" => (Input::Ready, 1),
        "more_time" | "add_time" => (Input::AddTime, 1),
        "pause" => (Input::Pause, 1),
        "resume" => (Input::Resume, 1),
        "skip" => (Input::Skip, 1),
        "shorten" => (Input::Shorten, 1),
        "lighter" => (Input::Lighter, 1),
        "stop" => (Input::Stop, 1),
        "end" => (Input::End, 1),
        "felt" => (felt(value.unwrap_or(""))?, 2),
        "signal" => {
            let id = value.unwrap_or("");
            (Input::Signal(signal(id).ok_or_else(|| ScriptProblem::Signal(id.to_owned()))?), 2)
        }
        "reason" => (Input::StopReason(reason(value.unwrap_or(""))?), 2),
        other => return Err(ScriptProblem::Input(other.to_owned())),
    };
    match words.get(used) {
        Some(surplus) => Err(ScriptProblem::Surplus((*surplus).to_owned())),
        None => Ok(input),
    }
}

fn felt(value: &str) -> Result<Input, ScriptProblem> {
    match value {
        "could_be_more" => Ok(Input::FeltWord(FeltWord::CouldBeMore)),
        "just_right" => Ok(Input::FeltWord(FeltWord::JustRight)),
        "too_much" => Ok(Input::FeltWord(FeltWord::TooMuch)),
        number => digits(number)
            .and_then(|points| u8::try_from(points).ok())
            .and_then(|points| Felt::new(points).ok())
            .map(Input::Felt)
            .ok_or_else(|| ScriptProblem::Felt(number.to_owned())),
    }
}

fn reason(value: &str) -> Result<StopReason, ScriptProblem> {
    match value {
        "just_finished" => Ok(StopReason::JustFinished),
        "mistake" => Ok(StopReason::Mistake),
        id => signal(id).map(StopReason::Signal).ok_or_else(|| ScriptProblem::Reason(id.to_owned())),
    }
}

fn signal(id: &str) -> Option<StopSignalId> {
    Some(match id {
        "sharp_or_electric" => StopSignalId::SharpOrElectric,
        "limb_pins_or_colour" => StopSignalId::LimbPinsOrColour,
        "too_strong" => StopSignalId::TooStrong,
        "rising_in_hold" => StopSignalId::RisingInHold,
        "dizzy_or_chest" => StopSignalId::DizzyOrChest,
        "swelling_or_bruise" => StopSignalId::SwellingOrBruise,
        "sore_next_day" => StopSignalId::SoreNextDay,
        _ => return None,
    })
}
