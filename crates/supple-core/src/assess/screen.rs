use crate::body::{Side, SiteSet};
use crate::event::Answer;
use crate::knowledge::{Knowledge, Scope};
use crate::sorted::SortedMap;
use jiff::civil::Date;

/// Answers to the screen: a fact for every caution there is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    facts: SortedMap<String, ScreenFact>,
}

/// What is known about one caution.
///
/// For entries on the whole body, regions or a side, `answer` counts. For questions on areas each site has its own
/// answer: in `yes`, in `no`, in `unsure`, or, if in none of them, never asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenFact {
    /// The answer as a whole.
    pub answer: Answer,
    /// The side; missing means both.
    pub side: Option<Side>,
    /// Sites answered yes, and sites marked besides for entries with a fixed reach.
    pub yes: SiteSet,
    /// Sites answered no.
    pub no: SiteSet,
    /// Sites answered "not sure".
    pub unsure: SiteSet,
    /// The day a clinician agreed; of several, the oldest.
    pub agreed_on: Option<Date>,
    /// For questions on areas, the sites that agreement is about: it says nothing of any other.
    pub agreed: SiteSet,
    /// The day it happened; for questions on areas, where a clinician agreed.
    pub since: Option<Date>,
}

impl ScreenFact {
    /// Never answered.
    pub const UNANSWERED: Self = Self {
        answer: Answer::Unknown,
        side: None,
        yes: SiteSet::EMPTY,
        no: SiteSet::EMPTY,
        unsure: SiteSet::EMPTY,
        agreed_on: None,
        agreed: SiteSet::EMPTY,
        since: None,
    };

    /// One answer for the whole person or, for a question on areas, for every site.
    #[must_use]
    pub fn everywhere(answer: Answer) -> Self {
        let mut fact = Self { answer, ..Self::UNANSWERED };
        *fact.sites_of(answer) = SiteSet::FULL;
        fact
    }

    /// Sets the answer of some sites, taking it from any other.
    pub fn set_sites(&mut self, answer: Answer, sites: SiteSet) {
        self.yes = self.yes.minus(sites);
        self.no = self.no.minus(sites);
        self.unsure = self.unsure.minus(sites);
        self.agreed = self.agreed.minus(sites);
        let set = self.sites_of(answer);
        *set = set.union(sites);
    }

    /// Takes one answer to a question on areas, besides those taken before.
    pub fn take_area_answer(&mut self, answer: Answer, sites: SiteSet, agreed_on: Option<Date>, since: Option<Date>) {
        self.set_sites(answer, sites);
        if let Some(day) = agreed_on.filter(|_| answer == Answer::Yes) {
            if self.agreed.is_empty() {
                (self.agreed_on, self.since) = (Some(day), since);
            } else {
                // The oldest agreement counts, and the latest day it happened; where one is missing, none does.
                self.agreed_on = self.agreed_on.map(|other| other.min(day));
                self.since = self.since.zip(since).map(|(other, since)| other.max(since));
            }
            self.agreed = self.agreed.union(sites);
        }
        self.answer = match (self.yes.is_empty(), self.no.is_empty()) {
            (false, _) => Answer::Yes,
            (true, false) => Answer::No,
            (true, true) => Answer::Unknown,
        };
    }

    /// Sites that were never asked about.
    #[must_use]
    pub fn never_asked(&self) -> SiteSet {
        SiteSet::FULL.minus(self.yes).minus(self.no).minus(self.unsure)
    }

    fn sites_of(&mut self, answer: Answer) -> &mut SiteSet {
        match answer {
            Answer::Yes => &mut self.yes,
            Answer::No => &mut self.no,
            Answer::Unknown => &mut self.unsure,
        }
    }
}

impl Screen {
    /// A screen in which nothing was answered.
    #[must_use]
    pub fn unanswered(knowledge: &Knowledge) -> Self {
        Self { facts: knowledge.cautions.keys().map(|id| (id.clone(), ScreenFact::UNANSWERED)).collect() }
    }

    /// What is known about a caution; never answered if the id is new.
    #[must_use]
    pub fn fact(&self, id: &str) -> &ScreenFact {
        self.facts.get(id).unwrap_or(&ScreenFact::UNANSWERED)
    }

    /// Replaces what is known about a caution.
    pub fn set(&mut self, id: &str, fact: ScreenFact) {
        match self.facts.get_mut(id) {
            Some(known) => *known = fact,
            None => drop(self.facts.insert(id.to_owned(), fact)),
        }
    }

    /// Ids whose answer is still missing for these sites.
    pub fn open<'k>(&'k self, knowledge: &'k Knowledge, sites: SiteSet) -> impl Iterator<Item = &'k str> {
        knowledge.screen.ids().filter(move |id| {
            let fact = self.fact(id);
            match knowledge.cautions.get(*id).map(|caution| caution.scope) {
                Some(Scope::MarkedArea) => !fact.never_asked().union(fact.unsure).intersection(sites).is_empty(),
                _ => fact.answer == Answer::Unknown,
            }
        })
    }
}
