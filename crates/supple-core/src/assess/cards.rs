//! Which cards of the screen are open now, and what an answer to one is in the log.
//!
//! Before a first session each question has a line of its own or shares one with its like. On a later day there is
//! one card: what changes fast is asked afresh; what lasts is asked as news since the day of the oldest answer it
//! builds on, which is never older than `ask_anew_after_days`. A line that was marked leaves its questions unknown
//! until each was answered in full.

use super::from_state::{days_since_date, screen};
use super::remembered::Remembered;
use super::{Assessment, Screen, asked_about};
use crate::body::{Area, RegionId, SiteSet};
use crate::event::{Answer, EventBody, QuestionAnswered};
use crate::knowledge::{CardKind, Caution, Knowledge, Limb, Scope, ScreenLine, fingerprint, words};
use crate::sorted::{SortedMap, SortedSet};
use crate::state::State;
use crate::unit::AgeYears;
use jiff::Zoned;

/// Some questions on one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub kind: CardKind,
    /// The words over the lines.
    pub title: String,
    /// Its lines, at most 12 words each.
    pub lines: Vec<CardLine>,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// What a person reads.
    pub text: String,
    /// The questions it stands for now; a mark asks each in full.
    pub ids: Vec<String>,
    /// What "none of these" says to each of them that has to be answered now.
    none: Vec<QuestionAnswered>,
    /// What a mark says to each of them until it is answered in full.
    marked: Vec<QuestionAnswered>,
    /// Whether the cards before a first session ask on, rather than each question in full.
    asks_by_cards: bool,
}

/// What a card with marked lines comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAnswered {
    /// To be logged at once: a *no* for every question on no marked line, unknown for the others.
    pub said: Vec<QuestionAnswered>,
    /// Questions to be asked in full now, in order.
    pub in_full: Vec<String>,
    /// Whether the line with news was marked. What it leaves open comes as cards of its own: call [`cards`] again
    /// once the questions in full are answered.
    pub cards_follow: bool,
}

impl Card {
    /// What "none of these" says: an explicit answer to each question, with its text version and areas. It says no,
    /// except where the line asked whether an earlier answer has changed: that answer is given again.
    #[must_use]
    pub fn none_of_these(&self) -> Vec<QuestionAnswered> {
        self.answered(&[]).said
    }

    /// What it says that the lines with these indexes, from 0, were marked *yes* or *not sure*, and no other. Indexes
    /// of no line are passed over.
    #[must_use]
    pub fn answered(&self, marked: &[usize]) -> CardAnswered {
        let on = |index: usize| marked.contains(&index);
        let lines = || self.lines.iter().enumerate();
        let left_open: SortedSet<&str> = lines().filter(|(i, _)| on(*i)).flat_map(|(_, l)| l.ids()).collect();
        let mut said: Vec<QuestionAnswered> = Vec::new();
        let mut in_full: Vec<String> = Vec::new();
        let mut cards_follow = false;
        for (index, line) in lines() {
            let bodies = if on(index) { &line.marked } else { &line.none };
            for body in bodies {
                let open = left_open.contains(body.caution.as_str());
                if (on(index) || !open) && !said.contains(body) {
                    said.push(body.clone());
                }
            }
            if on(index) && line.asks_by_cards {
                cards_follow = true;
            } else if on(index) {
                in_full.extend(line.ids.iter().filter(|id| !in_full.contains(id)).cloned().collect::<Vec<_>>());
            }
        }
        CardAnswered { said, in_full, cards_follow }
    }

    /// Words a person reads on it: title, lines, and the words on its buttons, each once.
    #[must_use]
    pub fn words(&self, knowledge: &Knowledge) -> usize {
        let lines: usize = self.lines.iter().map(|line| words(&line.text)).sum();
        words(&self.title) + lines + knowledge.cards.button_words()
    }

    /// A number for exactly this card with these questions, for a form to send back: an answer to a card that is no
    /// longer the same must not be taken for an answer to this one.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let ids = self.lines.iter().flat_map(CardLine::ids);
        let texts = self.lines.iter().map(|line| line.text.as_str());
        let places = self.lines.iter().flat_map(|line| &line.none).flat_map(|body| &body.areas);
        let places = places.map(|area| area.region.id());
        fingerprint(std::iter::once(self.title.as_str()).chain(texts).chain(ids).chain(places))
    }
}

impl CardLine {
    fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

/// The cards open now, in order; `regions` are today's. Answer them once each, in order: a question left at *not
/// sure* stays open for the gate, but is on no card any more that day once it was answered so in full too.
///
/// Whether somebody is under 18 is on none of them: see [`by_age`].
#[must_use]
pub fn cards(knowledge: &Knowledge, state: &State, now: &Zoned, regions: &[RegionId]) -> Vec<Card> {
    Asking::new(knowledge, state, now, regions, &screen(knowledge, state, now)).cards()
}

/// The same for whoever has assessed already, at the same moment and from the same log.
#[must_use]
pub fn cards_of(knowledge: &Knowledge, state: &State, assessment: &Assessment, regions: &[RegionId]) -> Vec<Card> {
    Asking::new(knowledge, state, &assessment.now, regions, &assessment.screen).cards()
}

/// What an age says, the one just given or the one in the log, if there is one and not yet said: whether somebody is under 18, and that somebody is an older
/// adult. The same question says more of younger people, so that nothing is said of them.
#[must_use]
pub fn by_age(knowledge: &Knowledge, state: &State, now: &Zoned, age: Option<AgeYears>) -> Vec<EventBody> {
    let Some(age) = age.or_else(|| state.profile.age_on(now.date())) else { return Vec::new() };
    let rules = &knowledge.limits.age;
    let under = if age.get() < rules.adult_from_years { Answer::Yes } else { Answer::No };
    let older = (age.get() >= rules.older_adult_from_years).then_some(Answer::Yes);
    let said = |id: &str, answer: Answer, caution: &Caution| {
        // As often as anything that lasts is confirmed, and when it has changed.
        let days = i32::from(knowledge.screen.confirm_lasting_after_days);
        state.answers.get(id).and_then(|answers| answers.last()).is_some_and(|last| {
            last.what.answer == answer
                && last.what.text_version == caution.text_version
                && (0..days).contains(&days_since_date(last.at.date(), now))
        })
    };
    [(UNDER_AGE, Some(under)), (OLDER_ADULT, older)]
        .into_iter()
        .filter_map(|(id, answer)| Some((id, answer?, knowledge.cautions.get(id)?)))
        .filter(|(id, answer, caution)| !said(id, *answer, caution))
        .map(|(id, answer, caution)| EventBody::QuestionAnswered(given(id, caution, answer, Vec::new())))
        .collect()
}

/// The question whether somebody is under 18.
const UNDER_AGE: &str = "sp_child";

/// The question whether somebody is 70 or older, unsteady, or has fallen.
const OLDER_ADULT: &str = "sp_older_adult";

/// An answer as it is logged, with the version of the text that was shown.
#[must_use]
pub fn given(id: &str, caution: &Caution, answer: Answer, areas: Vec<Area>) -> QuestionAnswered {
    QuestionAnswered {
        caution: id.to_owned(),
        text_version: caution.text_version,
        answer,
        side: None,
        areas,
        clinician_agreed_on: None,
        since: None,
    }
}

/// The areas an answer to a question is about: all of the body for what lasts, today's for what changes fast, none
/// for questions that are not about areas.
#[must_use]
pub fn areas_asked(knowledge: &Knowledge, id: &str, regions: &[RegionId]) -> Vec<Area> {
    match knowledge.cautions.get(id) {
        Some(caution) if caution.scope == Scope::MarkedArea && knowledge.cards.lasts(id) => {
            RegionId::ALL.into_iter().map(|region| Area { region, side: None }).collect()
        }
        Some(caution) if caution.scope == Scope::MarkedArea => asked_about(knowledge, regions),
        _ => Vec::new(),
    }
}

/// What an answer to the full question is in the log. Where it is about areas, those that were asked about and not
/// marked are a *no*; a *no* is about all that were asked about.
#[must_use]
pub fn answered_in_full(
    knowledge: &Knowledge,
    mut answer: QuestionAnswered,
    regions: &[RegionId],
) -> Vec<QuestionAnswered> {
    let asked = areas_asked(knowledge, &answer.caution, regions);
    if answer.answer == Answer::No {
        answer.areas = asked;
        return vec![answer];
    }
    let Some(caution) = knowledge.cautions.get(&answer.caution) else { return vec![answer] };
    if caution.scope != Scope::MarkedArea || answer.areas.is_empty() {
        return vec![answer];
    }
    vec![given(&answer.caution, caution, Answer::No, asked), answer]
}

/// Words for areas that name at least all of them.
#[must_use]
pub fn where_words(knowledge: &Knowledge, areas: &[Area]) -> String {
    let words = &knowledge.cards.places;
    let limb = |area: &Area| knowledge.regions.get(&area.region).and_then(|region| region.limb);
    let any = |wanted: Option<Limb>| areas.iter().any(|area| limb(area) == wanted);
    match (any(Some(Limb::Leg)), any(Some(Limb::Arm)), any(None)) {
        (true, true, false) => format!("{}{}{}", words.legs, words.or, words.arms),
        (true, false, false) => words.legs.clone(),
        (false, true, false) => words.arms.clone(),
        _ => words.body.clone(),
    }
}

/// Everything that decides what is asked.
struct Asking<'a> {
    knowledge: &'a Knowledge,
    now: &'a Zoned,
    regions: &'a [RegionId],
    today: Vec<Area>,
    screen: &'a Screen,
    /// Questions asked as news on a later day.
    lasting: SortedSet<&'a str>,
    remembered: SortedMap<&'a str, Remembered<'a>>,
    open: SortedSet<&'a str>,
}

impl<'a> Asking<'a> {
    fn new(
        knowledge: &'a Knowledge,
        state: &'a State,
        now: &'a Zoned,
        regions: &'a [RegionId],
        screen: &'a Screen,
    ) -> Self {
        let today = asked_about(knowledge, regions);
        let sites: SiteSet = today.iter().flat_map(|area| area.sites()).collect();
        let lasting: SortedSet<&str> = knowledge.cards.lasting().collect();
        let remembered: SortedMap<&str, Remembered> = knowledge
            .cautions
            .iter()
            .filter_map(|(id, caution)| Some((id.as_str(), Remembered::new(state, id, caution, now)?)))
            // What lasts is asked as news only where it was asked before; what changes fast is asked afresh anyway.
            .filter(|(id, remembered)| remembered.covers(sites) || !lasting.contains(id))
            .collect();
        let settled = |id: &str| remembered.get(id).is_some_and(|last| last.settled_unsure_today(now));
        let open = screen.open(knowledge, sites).filter(|id| *id != UNDER_AGE && !settled(id)).collect();
        Self { knowledge, now, regions, today, screen, lasting, remembered, open }
    }

    fn cards(&self) -> Vec<Card> {
        let anew: SortedSet<&str> = self.knowledge.screen.ids().filter(|id| self.needs_own_line(id)).collect();
        if !anew.is_empty() {
            return self.first_cards(&anew.iter().chain(self.open.iter()).copied().collect());
        }
        if self.open.is_empty() { Vec::new() } else { vec![self.later_card()] }
    }

    /// Whether a question needs the line of its own that it has before a first session: it was never answered, or
    /// what is said to last is too old for news to build on, or it was marked today and not yet answered in full.
    fn needs_own_line(&self, id: &str) -> bool {
        if id == UNDER_AGE {
            return false;
        }
        let Some(last) = self.remembered.get(id) else { return self.open.contains(id) };
        let too_old = || {
            let limit = i32::from(self.knowledge.cards.ask_anew_after_days);
            last.no_since(self.now).is_some_and(|day| last.was_no() && days_since_date(day, self.now) > limit)
        };
        if self.lasting.contains(id) {
            too_old() || (self.open.contains(id) && last.left_open_today(self.now))
        } else {
            false
        }
    }

    fn first_cards(&self, ids: &SortedSet<&str>) -> Vec<Card> {
        let line = |line: &ScreenLine| {
            let own: Vec<String> = line.ids.iter().filter(|id| ids.contains(id.as_str())).cloned().collect();
            let none = own.iter().filter_map(|id| self.plain_no(id)).collect();
            (!own.is_empty()).then(|| self.line(line.text.clone(), own, none, false))
        };
        let places = where_words(self.knowledge, &self.today);
        let cards = self.knowledge.cards.first.iter().map(|card| Card {
            kind: card.kind,
            title: card.title.replace("{places}", &places),
            lines: card.lines.iter().filter_map(line).collect(),
        });
        cards.filter(|card| !card.lines.is_empty()).collect()
    }

    fn later_card(&self) -> Card {
        let later = &self.knowledge.cards.later;
        let mut lines = Vec::new();
        for line in &later.lines {
            let own: Vec<String> = line.ids.iter().filter(|id| self.open.contains(id.as_str())).cloned().collect();
            // What was a yes about something that lasts is asked by name below.
            let plain = own.iter().filter(|id| !self.is_told(id));
            let none = plain.filter_map(|id| self.plain_no(id)).collect();
            if !own.is_empty() {
                lines.push(self.line(line.text.clone(), own, none, false));
            }
        }
        lines.extend(self.news());
        lines.extend(self.told());
        Card { kind: CardKind::Later, title: later.title.clone(), lines }
    }

    fn is_told(&self, id: &str) -> bool {
        self.lasting.contains(id) && self.remembered.get(id).is_some_and(Remembered::was_told)
    }

    /// The line on what is new since the oldest *no* it builds on.
    fn news(&self) -> Option<CardLine> {
        let news = &self.knowledge.cards.later.news;
        let known: Vec<&Remembered> =
            news.ids.iter().filter_map(|id| self.remembered.get(id.as_str())).filter(|r| r.was_no()).collect();
        let ids: Vec<String> = news
            .ids
            .iter()
            .filter(|id| self.remembered.get(id.as_str()).is_some_and(Remembered::was_no))
            .cloned()
            .collect();
        let oldest = known.iter().filter_map(|last| last.no_since(self.now)).min()?;
        // All are given again before the day it names is long ago; until then only what has to be.
        let renew = days_since_date(oldest, self.now) >= i32::from(self.knowledge.cards.renew_after_days);
        let none = news
            .ids
            .iter()
            .filter(|id| renew || self.open.contains(id.as_str()))
            .filter_map(|id| self.remembered.get(id.as_str())?.no_again())
            .collect();
        let text = news.text.replace("{day}", &crate::date_words::short_day(oldest));
        Some(self.line(text, ids, none, true))
    }

    /// The line on what was answered yes or not sure and has to be answered again.
    fn told(&self) -> Option<CardLine> {
        let cards = &self.knowledge.cards;
        let told = &cards.later.told;
        let ids: Vec<String> = cards
            .later
            .news
            .ids
            .iter()
            .filter(|id| self.open.contains(id.as_str()) && self.is_told(id))
            .cloned()
            .collect();
        if ids.is_empty() {
            return None;
        }
        let none = ids.iter().filter_map(|id| self.remembered.get(id.as_str())).flat_map(Remembered::told_again);
        let names: Vec<&str> = ids.iter().filter_map(|id| told.names.get(id)).map(String::as_str).collect();
        let many = told.text.replace("{what}", &told.many.replace("{count}", &ids.len().to_string()));
        let named = told.text.replace("{what}", &names.join(", "));
        let text = if words(&named) <= words(&many) { named } else { many };
        let none = none.collect();
        Some(self.line(text, ids, none, false))
    }

    fn plain_no(&self, id: &str) -> Option<QuestionAnswered> {
        let caution = self.knowledge.cautions.get(id)?;
        Some(given(id, caution, Answer::No, areas_asked(self.knowledge, id, self.regions)))
    }

    fn line(&self, text: String, ids: Vec<String>, none: Vec<QuestionAnswered>, asks_by_cards: bool) -> CardLine {
        let unknown = |id: &String| {
            let caution = self.knowledge.cautions.get(id)?;
            // A yes that counts already says more.
            let told = caution.scope != Scope::MarkedArea && self.screen.fact(id).answer == Answer::Yes;
            let areas = areas_asked(self.knowledge, id, self.regions);
            (!told).then(|| given(id, caution, Answer::Unknown, areas))
        };
        let marked = ids.iter().filter_map(unknown).collect();
        CardLine { text, ids, none, marked, asks_by_cards }
    }
}
