//! The questions of the screen as short lines on cards.

use super::{Caution, Knowledge};
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The cards of the screen, as people meet them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cards {
    /// The button that says no to every line.
    pub none_of_these: String,
    /// What a line is marked with if it is so; once per card, over its column.
    pub yes: String,
    /// What a line is marked with if it may be so; once per card, over its column.
    pub not_sure: String,
    /// Days after which "none of these" gives an answer again that [`News`] asks about.
    pub renew_after_days: u16,
    /// Days after which the question's own line is shown again and [`News`] no longer does.
    pub ask_anew_after_days: u16,
    /// Words for the areas of today.
    pub places: PlaceWords,
    /// The cards before a first session, in order.
    pub first: Vec<FirstCard>,
    /// The one card of a later day.
    pub later: LaterCard,
}

/// Words for the areas of today; they say too much rather than too little.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    /// Both legs.
    pub legs: String,
    /// Both arms.
    pub arms: String,
    /// What stands between the two.
    pub or: String,
    /// As soon as anything else is among them.
    pub body: String,
}

/// What a card is about, in the order in which cards come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// Signs that need help before anything else.
    GetHelpFirst,
    /// What a doctor has ever told.
    ToldByADoctor,
    /// Medicines.
    Medicines,
    /// What happened recently.
    Recent,
    /// Areas of the body.
    Areas,
    /// All of it, on a later day.
    Later,
}

/// A card before a first session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstCard {
    /// What it is about.
    pub kind: CardKind,
    /// The words over the lines. `{places}` stands for the areas of today.
    pub title: String,
    /// Its lines.
    pub lines: Vec<ScreenLine>,
}

/// A line with the questions it stands for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenLine {
    /// At most 12 words.
    pub text: String,
    /// Ids of the questions; the line asks at least as much as its part of each.
    pub ids: Vec<String>,
}

/// The card of a later day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterCard {
    /// The words over the lines.
    pub title: String,
    /// What is asked afresh every time.
    pub lines: Vec<ScreenLine>,
    /// What is asked as news since the last answers.
    pub news: News,
    /// What was answered yes.
    pub told: Told,
}

/// A line that asks whether anything is new since a day: for questions that were answered no by then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct News {
    /// The line; `{day}` stands for the day of the oldest answer it builds on.
    pub text: String,
    /// Ids of the questions.
    pub ids: Vec<String>,
}

/// A line that asks whether what was answered yes, or not sure, has changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The line; `{what}` stands for names, or for how many there are.
    pub text: String,
    /// How many; `{count}` stands for the number. A page lists them one tap away.
    pub many: String,
    /// A short name for every question that news are asked about.
    pub names: SortedMap<String, String>,
}

impl Cards {
    /// Most cards before a first session.
    pub const FIRST_CARDS: usize = 12;
    /// Most words on them together, with titles and buttons.
    pub const FIRST_WORDS: usize = 500;
    /// Most words on the card of a later day, with its title and buttons.
    pub const LATER_WORDS: usize = 90;
    /// Most words on a line.
    pub const LINE_WORDS: usize = 12;

    /// Words on the buttons of a card: each once.
    #[must_use]
    pub fn button_words(&self) -> usize {
        [&self.none_of_these, &self.yes, &self.not_sure].into_iter().map(|text| words(text)).sum()
    }

    /// Every line that is ever shown for a question, first cards before the later one.
    pub fn texts_for<'c>(&'c self, id: &'c str) -> impl Iterator<Item = &'c str> {
        let first = self.first.iter().flat_map(|card| &card.lines);
        let news = &self.later.news;
        let about_news = news.ids.iter().any(|own| own == id).then_some(news.text.as_str());
        first
            .chain(&self.later.lines)
            .filter(move |line| line.ids.iter().any(|own| own == id))
            .map(|line| line.text.as_str())
            .chain(about_news)
    }

    /// Whether a question is asked as news on a later day: it lasts, or has a part that does.
    #[must_use]
    pub fn lasts(&self, id: &str) -> bool {
        self.lasting().any(|own| own == id)
    }

    /// The questions asked as news on a later day.
    pub fn lasting(&self) -> impl Iterator<Item = &str> {
        self.later.news.ids.iter().map(String::as_str)
    }
}

/// How many words a text has.
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A number for what a person reads of a question: its words and those of every line that stands for it. It changes
/// with any of them, so that a test can ask for a new `text_version`.
#[must_use]
pub fn reading(knowledge: &Knowledge, id: &str, caution: &Caution) -> u64 {
    let titles = knowledge.cards.first.iter().filter(|card| card.lines.iter().any(|l| l.ids.iter().any(|i| i == id)));
    let texts = std::iter::once(caution.question.as_str())
        .chain(titles.map(|card| card.title.as_str()))
        .chain(knowledge.cards.texts_for(id));
    fingerprint(texts)
}

/// FNV-1a over texts, with an end after each.
#[must_use]
pub fn fingerprint<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    let bytes = texts.flat_map(|text| text.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
