//! What is said with each cue: short, plain, in the order a person needs it.

use super::block::{Block, Fate, Movement};
use super::cue::{CueKind, Direction};
use super::phase::{Approach, Hold, Stage};
use super::session::Session;
use crate::body::Side;
use crate::knowledge::StopSignalId;
use crate::unit::{Felt, Seconds};

impl Session {
    /// The words of a cue given now.
    pub(super) fn words(&self, kind: CueKind) -> String {
        let block = self.block();
        match kind {
            CueKind::NewPosition => {
                let first = if self.last.is_none() { "First" } else { "Next" };
                block.map_or_else(String::new, |b| {
                    join([format!("{first}: {}.", label(b)), sentence(&b.texts.position)])
                })
            }
            CueKind::SetUp => block.map_or_else(String::new, |b| {
                let name = match self.phase.stage {
                    Stage::SetUp(Approach::SamePosition) => format!("Next: {}.", label(b)),
                    _ => String::new(),
                };
                join([name, sentence(&b.texts.setup), travel(b)])
            }),
            CueKind::SwitchSides => {
                block.map_or_else(String::new, |b| format!("Switch sides. Now your {}.", b.dose.side.spoken()))
            }
            CueKind::LeadIn(left) | CueKind::Countdown(left) => left.to_string(),
            CueKind::Start => self.start_words(),
            CueKind::Pass(Direction::Out) => "Out.".into(),
            CueKind::Pass(Direction::Back) => "Back.".into(),
            CueKind::Breathe => "Breathe out.".into(),
            CueKind::SmallMovement => self.small_movement(),
            CueKind::Rep { n: 1 } => {
                block.and_then(|b| b.texts.active.as_ref()).map_or_else(|| "1".into(), |a| sentence(&a.motion))
            }
            CueKind::Rep { n } => n.to_string(),
            CueKind::NextSpot => match block.map(|b| b.movement) {
                Some(Movement::Strokes { .. }) => "On to the next stretch.".into(),
                _ => "On to the next spot.".into(),
            },
            CueKind::HalfWay => "Half way.".into(),
            CueKind::Rest => match self.phase.stage {
                Stage::Rest { .. } => format!("Rest, {}. Lift off.", seconds(self.phase.length_ms)),
                _ => "Done. Lift off.".into(),
            },
            CueKind::AskFelt => "How strong was it? Could be more, just right, or too much.".into(),
            CueKind::NextUp => match self.next_block() {
                Some(next) => format!("Next: {}.", label(next)),
                None => "That was the last one.".into(),
            },
            CueKind::Paused => "Paused.".into(),
            CueKind::Resumed => match self.phase.stage {
                Stage::Work { .. } => format!("Go on. {}", aim(self.progress.target)),
                _ => "Go on.".into(),
            },
            CueKind::Lighter => join(["Lighter.".into(), self.lighter_hint(), aim(self.progress.target)]),
            CueKind::OffNow if self.hold == Hold::Off => join([
                "Too strong. Lift off now. When it has eased, press ready and go on lighter.".into(),
                self.lighter_hint(),
            ]),
            CueKind::OffNow => "Too strong. Stay off. The next time here is lighter.".into(),
            CueKind::StopAsked if self.is_ended() => "Pressure off. What happened?".into(),
            CueKind::StopAsked => "Stopped. Take the pressure off. What happened?".into(),
            CueKind::AreaEnded => "Too strong again. Lift off. This area is done for today.".into(),
            CueKind::LimbEnded => "This arm or leg is done for today.".into(),
            CueKind::Skipped => "Skipped.".into(),
            CueKind::Shortened => "Shorter.".into(),
            CueKind::MoreTime => "10 seconds more.".into(),
            CueKind::Noted => "Noted.".into(),
            CueKind::NotNow => "Not now.".into(),
            CueKind::SessionEnded => "That is the session.".into(),
        }
    }

    /// What to do about a stop signal.
    pub(super) fn signal_text(&self, signal: StopSignalId) -> String {
        let known = self.signal_words.get(&signal).map(|(what_to_do, _)| sentence(what_to_do));
        known.filter(|text| !text.is_empty()).unwrap_or_else(|| {
            match signal {
                StopSignalId::SharpOrElectric | StopSignalId::SoreNextDay | StopSignalId::TooStrong => {
                    "Lift off now. This area is done for today."
                }
                StopSignalId::LimbPinsOrColour => "Lift off now. No more pressure on this arm or leg today.",
                StopSignalId::RisingInHold => "Move on. Do not hold longer.",
                StopSignalId::DizzyOrChest => {
                    "Stop here. For chest pain, breathlessness, or trouble seeing or speaking, get medical help now."
                }
                StopSignalId::SwellingOrBruise => "Stop here. Leave this area alone for 7 days.",
            }
            .into()
        })
    }

    /// The first block still to come after the current one.
    pub(super) fn next_block(&self) -> Option<&Block> {
        self.blocks.iter().skip(self.at + 1).find(|block| block.fate == Fate::Waiting)
    }

    /// How to make it lighter: the hint of the last step taken.
    pub(super) fn lighter_hint(&self) -> String {
        let hints = self.block().map_or(&[][..], |block| &block.texts.lighter);
        let steps = usize::from(self.progress.lighter_steps.max(1)) - 1;
        // After the last hint they begin again with the gentlest.
        steps.checked_rem(hints.len()).and_then(|i| hints.get(i)).map_or_else(String::new, |hint| sentence(hint))
    }

    fn start_words(&self) -> String {
        let set = match self.phase.stage {
            Stage::Work { set } if self.progress.sets > 1 => format!(" Set {} of {}.", set + 1, self.progress.sets),
            _ => String::new(),
        };
        format!("Start.{set} {}", aim(self.progress.target))
    }

    fn small_movement(&self) -> String {
        let all = self.block().map_or(&[][..], |block| &block.texts.small_movements);
        let set = match self.phase.stage {
            Stage::Work { set } => usize::from(set),
            _ => 0,
        };
        set.checked_rem(all.len()).and_then(|i| all.get(i)).map_or_else(String::new, |text| sentence(text))
    }
}

/// "Calf on the roller, left side".
pub(super) fn label(block: &Block) -> String {
    match block.dose.side {
        Side::Midline => block.name.clone(),
        on => format!("{}, {}", block.name, on.spoken()),
    }
}

/// "About 4 of 10."
pub(super) fn aim(target: Felt) -> String {
    format!("About {target} of 10.")
}

/// Where the tool goes, or where to look for a spot.
pub(super) fn travel(block: &Block) -> String {
    let (from, to) = (&block.texts.line_from, &block.texts.line_to);
    // "From your heel, where the cord begins, to ...": a clause that was opened is closed.
    let comma = if from.contains(',') { "," } else { "" };
    match block.movement {
        _ if from.is_empty() || to.is_empty() => String::new(),
        Movement::Strokes { .. } => format!("Roll from {from}{comma} to {to}."),
        Movement::Hold => format!("Look for a tender spot from {from}{comma} to {to}."),
        Movement::PinAndMove { .. } => sentence(&format!("{from}; {to}")),
    }
}

/// First letter large, a full stop at the end: knowledge texts are written both ways.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// The parts that say something, with a space between.
pub(super) fn join<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn seconds(ms: u64) -> Seconds {
    Seconds::new(u32::try_from(ms.div_ceil(1000)).unwrap_or(u32::MAX))
}
