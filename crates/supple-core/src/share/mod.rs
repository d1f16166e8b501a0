//! A routine or a week that goes from one person to another: as a file, as a QR code, or behind the `#` of a link.
//!
//! ```text
//!  doses of a plan ─▶ Shared ─▶ one line of text ─▶ (file · QR code · link) ─▶ read ─▶ Shared ─▶ fit ─▶ what is
//!                                                                    allowed to the receiver, and what is not and why
//! ```
//!
//! It holds what to do and nothing about anybody: no names, no free text at all, no answers, no measures. What comes in
//! is not trusted: [`Shared::read`] takes one spelling of each content and nothing else, and [`fit`] lets the
//! receiver's own clearance decide each dose.
//!
//! # The text
//!
//! ```text
//!  supple1:mobility/mo.th@12;t=foam_roller;a=calf.l,soleus;p=calf_roller.l.2x60.4,heel_raise.b.3x12,calf_stretch.l.2x30s
//!  version  goal     days  minutes tools    areas          press: side, sets x seconds, felt · move: sets x times or s
//! ```
//!
//! One `/` a session. Days, tools, areas and parts may be missing. Every character may stand in the fragment of an
//! address as it is (RFC 3986), so nothing has to be encoded.

mod fit;
mod read;
mod write;

pub use fit::{Fitted, Outcome, fit};
pub use read::NotShared;

use crate::body::{Area, Side};
use crate::event::Sent;
use crate::knowledge::{Goal, ToolId};
use jiff::civil::Weekday;

/// The longest text, in bytes. Our judgement: a week of seven full sessions is less, and a link of that length goes
/// through every messenger.
pub const MOST_BYTES: usize = 2000;
/// The longest address that goes into a QR code, in bytes. With medium error correction that is a code of at most 117
/// by 117 modules, which on paper at 5 cm are 0.4 mm each: what phones read at arm's length (our judgement).
pub const MOST_BYTES_IN_CODE: usize = 990;
/// Most sessions: one for each day of a week.
pub const MOST_SESSIONS: usize = 7;
/// Most parts in a session.
pub const MOST_PARTS: usize = 40;

/// What one person passes on to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What it is for.
    pub goal: Goal,
    /// One session for a routine, up to [`MOST_SESSIONS`] for a week, in order.
    pub sessions: Vec<SharedSession>,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSession {
    /// On which days of the week, Monday first, each once; none: whenever it suits.
    pub days: Vec<Weekday>,
    /// Minutes it is meant to take, 2 to 60.
    pub minutes: u8,
    /// Tools it is done with, each once.
    pub tools: Vec<ToolId>,
    /// Places it is about, each once.
    pub areas: Vec<Area>,
    /// What is done, in order.
    pub parts: Vec<Part>,
}

impl Shared {
    /// What of a session cannot be planned from wishes, as a text of its own: the whole session where there are moves in it,
    /// none where everything is rolled.
    #[must_use]
    pub fn to_keep(&self, session: &SharedSession) -> Option<Sent> {
        let has_moves = session.parts.iter().any(|part| matches!(part, Part::Move(_)));
        let alone = Self { goal: self.goal, sessions: vec![session.clone()] };
        has_moves.then(|| Sent::new(alone.to_text()).ok())?
    }
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Pressure with a tool.
    Press(Press),
    /// A stretch or another move.
    Move(MovePart),
}

/// Pressure on a place. What is not said here (pace, spots, rests) is the technique's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// Technique id; it need not exist in this program's knowledge.
    pub technique: String,
    /// The side; `both` of a technique done one side at a time means left, then right.
    pub side: Side,
    /// Sets, 1 to 3.
    pub sets: u8,
    /// Seconds of one set, 5 to 120.
    pub seconds: u8,
    /// How strong it should feel, 1 to 4 of 10.
    pub felt: u8,
}

/// A stretch, or another move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovePart {
    /// Move id; it need not exist in this program's knowledge.
    pub id: String,
    /// The side.
    pub side: Side,
    /// Sets, 1 to 4.
    pub sets: u8,
    /// How much of it is one set.
    pub amount: MoveAmount,
}

/// How much of a move is one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveAmount {
    /// A hold of 5 to 120 seconds.
    Hold(u8),
    /// 1 to 50 times.
    Times(u8),
}

/// The days as they are written, Monday first.
const DAYS: [(&str, Weekday); 7] = [
    ("mo", Weekday::Monday),
    ("tu", Weekday::Tuesday),
    ("we", Weekday::Wednesday),
    ("th", Weekday::Thursday),
    ("fr", Weekday::Friday),
    ("sa", Weekday::Saturday),
    ("su", Weekday::Sunday),
];

/// The sides as they are written.
const SIDES: [(&str, Side); 4] = [("l", Side::Left), ("r", Side::Right), ("b", Side::Both), ("m", Side::Midline)];

#[cfg(test)]
mod tests;
