//! A played session in words: what was said, what the person did, and what was written down.

use std::fmt::Write;
use supple_core::contract::text::{side_words, wrapped};
use supple_core::event::{BlockEnd, BlockFinished, EventBody, StopSignalled};
use supple_core::guide::{CueKind, Direction, Happened, Input, Played};
use supple_core::knowledge::{Knowledge, StopSignalId};

/// What was written down, with its millisecond.
pub(super) fn written(played: &[Played]) -> impl Iterator<Item = (u64, &EventBody)> {
    played.iter().filter_map(|played| match &played.what {
        Happened::Event(body) => Some((played.at_ms, body.as_ref())),
        Happened::Cue(_) => None,
    })
}

/// The session line by line: cues, `>` what the person did, `+` what was written down. Cues that only keep time are
/// counted instead of told.
pub(super) fn transcript(
    knowledge: &Knowledge,
    script: &str,
    inputs: &[(u64, Input)],
    played: &[Played],
    ended: bool,
) -> String {
    let mut told = Told::default();
    let mut did = inputs.iter().zip(script_lines(script)).peekable();
    for happened in played {
        while let Some((input, line)) = did.next_if(|(input, _)| input.0 <= happened.at_ms) {
            told.line('>', input.0, line);
        }
        match &happened.what {
            Happened::Cue(cue) => match rhythm(cue.kind) {
                Rhythm::Told => told.line(' ', happened.at_ms, &cue.text),
                Rhythm::Counted(what) => told.count(what),
                Rhythm::Silent => {}
            },
            Happened::Event(body) => told.line('+', happened.at_ms, &event_words(knowledge, body)),
        }
    }
    if !ended {
        told.rhythm_so_far();
        told.out.push_str("           The session stands still here.\n");
    }
    told.out
}

/// The inputs of a script as they were written, without their times and remarks.
fn script_lines(script: &str) -> impl Iterator<Item = &str> {
    let lines = script.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    lines.filter(|line| !line.is_empty()).map(|line| line.split_once(char::is_whitespace).map_or("", |l| l.1.trim()))
}

/// How a cue stands in the transcript.
enum Rhythm {
    Told,
    Counted(&'static str),
    Silent,
}

const fn rhythm(kind: CueKind) -> Rhythm {
    match kind {
        CueKind::Pass(Direction::Out) => Rhythm::Counted("out"),
        CueKind::Pass(Direction::Back) => Rhythm::Counted("back"),
        CueKind::Breathe => Rhythm::Counted("breathe out"),
        CueKind::Rep { .. } => Rhythm::Counted("move the joint"),
        CueKind::NextSpot => Rhythm::Counted("next spot"),
        CueKind::SmallMovement => Rhythm::Counted("small movement"),
        CueKind::LeadIn(_) | CueKind::Countdown(_) | CueKind::HalfWay | CueKind::AskFelt => Rhythm::Silent,
        _ => Rhythm::Told,
    }
}

#[derive(Default)]
struct Told {
    out: String,
    counted: Vec<(&'static str, u32)>,
}

impl Told {
    fn count(&mut self, what: &'static str) {
        match self.counted.iter_mut().find(|(known, _)| *known == what) {
            Some((_, times)) => *times += 1,
            None => self.counted.push((what, 1)),
        }
    }

    fn rhythm_so_far(&mut self) {
        if self.counted.is_empty() {
            return;
        }
        let counted: Vec<String> = self.counted.drain(..).map(|(what, times)| format!("{what} x {times}")).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(self.out, "           ({})", counted.join(", "));
    }

    fn line(&mut self, mark: char, at_ms: u64, text: &str) {
        self.rhythm_so_far();
        let seconds = at_ms / 1000;
        let time = format!("  {mark} {:>2}:{:02}  ", seconds / 60, seconds % 60);
        let wrapped = wrapped(text, "           ");
        let _ = writeln!(self.out, "{time}{}", wrapped.trim_start());
    }
}

fn event_words(knowledge: &Knowledge, body: &EventBody) -> String {
    match body {
        EventBody::BlockFinished(block) => block_words(knowledge, block),
        EventBody::StopSignalled(stop) => stop_words(knowledge, stop),
        EventBody::SessionEnded(end) if end.completed => "session ended, complete".to_owned(),
        EventBody::SessionEnded(_) => "session ended, not complete".to_owned(),
        other => format!("{other:?}"),
    }
}

fn block_words(knowledge: &Knowledge, block: &BlockFinished) -> String {
    let name = knowledge.techniques.get(&block.technique).map_or(block.technique.as_str(), |t| t.name.as_str());
    let end = match block.end {
        BlockEnd::Completed => "completed",
        BlockEnd::Shortened => "shortened",
        BlockEnd::Skipped => "skipped",
        BlockEnd::Stopped => "stopped",
    };
    let mut words = format!("block {end}: {name}, {}, {} s", side_words(block.side), block.seconds);
    if block.lighter_steps > 0 {
        let _ = write!(words, ", {} lighter", block.lighter_steps);
    }
    if !block.felt.is_empty() {
        let felt: Vec<String> = block.felt.iter().map(ToString::to_string).collect();
        let _ = write!(words, ", felt {}", felt.join(", "));
    }
    words
}

fn stop_words(knowledge: &Knowledge, stop: &StopSignalled) -> String {
    let signal = match stop.signal {
        StopSignalId::SharpOrElectric => "sharp or electric pain",
        StopSignalId::LimbPinsOrColour => "pins and needles or a change of colour",
        StopSignalId::TooStrong => "too strong twice",
        StopSignalId::RisingInHold => "rising in a hold",
        StopSignalId::DizzyOrChest => "dizzy, or the chest",
        StopSignalId::SwellingOrBruise => "swelling or a bruise",
        StopSignalId::SoreNextDay => "sore from the last time",
    };
    let place = stop.region.and_then(|region| knowledge.regions.get(&region)).map(|region| {
        let side = stop.side.map_or(String::new(), |side| format!(", {}", side_words(side)));
        format!(": {}{side}", region.name)
    });
    format!("stop signal, {signal}{}", place.unwrap_or_default())
}
