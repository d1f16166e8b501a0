//! Paths for special times of life: which questions of the screen come together, what may be offered, what is watched.
//!
//! A path adds no permission and no rule of its own: it names questions, techniques, moves and measures, and the gate
//! says what of it is allowed.

use super::Read;
use crate::body::RegionId;
use serde::{Deserialize, Serialize};

/// A path for people to whom something special applies, such as a pregnancy or a treatment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarePath {
    /// What it is called in the list of paths, which a person opens to choose: "After breast cancer treatment".
    pub title: String,
    /// How a page leads there that a person did not open for it. Names only what was answered, never an illness.
    pub link: String,
    /// Its place in the list, from 1.
    pub order: u8,
    /// Whom it is for, in a sentence or two.
    pub for_whom: String,
    /// What to expect of it, in a few sentences.
    pub lead: String,
    /// Questions of the screen whose *yes* means that the path is for this person.
    #[serde(default)]
    pub shown_by: Vec<String>,
    /// Ages in years for which it is for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<AgeRange>,
    /// Regions it is about: they come first where a question asks for a place.
    #[serde(default)]
    pub near: Vec<RegionId>,
    /// Its questions in the order asked, a few to a card.
    pub cards: Vec<PathCard>,
    /// What it offers as far as the gate allows it, what comes first first.
    pub offers: Vec<PathOffer>,
    /// What is looked out for, and how often.
    #[serde(default)]
    pub watches: Vec<Watch>,
    /// Signs with which to stop and to call somebody, where the screen has no question for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallFor>,
    /// What to tell a clinician, a line each.
    pub tell: Vec<String>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Ages in whole years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeRange {
    /// The youngest.
    pub from: u8,
    /// The oldest; none: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u8>,
}

impl AgeRange {
    /// Whether an age is in it.
    #[must_use]
    pub fn has(self, years: u8) -> bool {
        years >= self.from && self.to.is_none_or(|to| years <= to)
    }
}

/// Some questions of the screen that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathCard {
    /// The words over them.
    pub title: String,
    /// Why they are asked, in a sentence.
    pub why: String,
    /// Ids of questions, in the order asked.
    pub asks: Vec<String>,
}

/// Some things that go together, offered as far as the gate allows each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathOffer {
    /// What they are: "Breathing first".
    pub title: String,
    /// Why they are here, in a sentence.
    pub why: String,
    /// Ids of moves.
    #[serde(default)]
    pub moves: Vec<String>,
    /// Ids of techniques.
    #[serde(default)]
    pub techniques: Vec<String>,
    /// Measures, each with what has to be allowed for it.
    #[serde(default)]
    pub measures: Vec<PathMeasure>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// A measure on a path. The gate knows moves and techniques only, so a measure is offered where every move is allowed
/// that asks the same of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathMeasure {
    /// The measure's id.
    pub id: String,
    /// Moves that together ask at least what it asks. Empty only for a number that is said and nothing is done for.
    #[serde(default)]
    pub like: Vec<String>,
}

/// A short question that comes again and again, to notice early what a person should show somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// Its id within the path.
    pub id: String,
    /// What is looked out for, in a few words: "swelling".
    pub name: String,
    /// The question; *yes* always means that something was noticed.
    pub question: String,
    /// The question of the screen that a *yes* answers as well, so that the gate acts at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// Asked of those who said *yes* to one of these. Empty: of everybody the path is for.
    #[serde(default)]
    pub when: Vec<String>,
    /// Days until it is asked again.
    pub every_days: u16,
    /// What to do after a *yes* or *not sure*: what to leave, whom to ask and how soon. Never what it may be.
    pub then: String,
    /// Why it is asked, and why so often.
    pub why: String,
    /// Source ids; `our_judgement` among them where the days are ours.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Signs with which to stop and to call somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallFor {
    /// Whom, and how soon.
    pub whom: String,
    /// The signs, a line each.
    pub signs: Vec<String>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}
