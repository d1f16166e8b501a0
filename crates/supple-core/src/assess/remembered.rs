//! What was last said to a question, however long ago. It never counts for what is allowed; it says how to ask again.

use super::ScreenFact;
use super::from_state::{days_since, from_the_future, taken_together};
use crate::body::{Area, RegionId, Side, Site, SiteSet};
use crate::event::{Answer, QuestionAnswered};
use crate::knowledge::{Caution, Scope};
use crate::state::{State, Timed};
use jiff::Zoned;
use jiff::civil::Date;

/// What was last said to one question.
pub(super) struct Remembered<'s> {
    id: &'s str,
    caution: &'s Caution,
    answers: &'s [Timed<QuestionAnswered>],
    now: &'s Zoned,
    fact: ScreenFact,
}

impl<'s> Remembered<'s> {
    /// Nothing if it was never answered in these words.
    pub(super) fn new(state: &'s State, id: &'s str, caution: &'s Caution, now: &'s Zoned) -> Option<Self> {
        let answers = state.answers.get(id)?.as_slice();
        let fact = taken_together(caution, answers, |given| is_given(given, caution, now));
        given(answers, caution, now).next_back().is_some().then_some(Self { id, caution, answers, now, fact })
    }

    /// The answers in these words. Years of them are kept, and the last few are what is asked for.
    fn given(&self) -> impl DoubleEndedIterator<Item = &'s Timed<QuestionAnswered>> {
        given(self.answers, self.caution, self.now)
    }

    /// Whether it was answered for these areas, or as a whole.
    pub(super) fn covers(&self, sites: SiteSet) -> bool {
        self.caution.scope != Scope::MarkedArea || self.fact.never_asked().intersection(sites).is_empty()
    }

    /// Whether any of it was a yes or not sure.
    pub(super) fn was_told(&self) -> bool {
        if self.caution.scope == Scope::MarkedArea {
            !self.fact.yes.union(self.fact.unsure).is_empty()
        } else {
            self.fact.answer != Answer::No
        }
    }

    /// Whether any of it was a no.
    pub(super) fn was_no(&self) -> bool {
        if self.caution.scope == Scope::MarkedArea {
            !self.fact.no.is_empty()
        } else {
            self.fact.answer == Answer::No
        }
    }

    /// The day of the last *no*.
    pub(super) fn no_since(&self, now: &Zoned) -> Option<Date> {
        let last = self.given().rfind(|given| given.what.answer == Answer::No)?;
        Some(last.at.with_time_zone(now.time_zone().clone()).date())
    }

    /// Whether it was left open today: marked, and not yet answered in full.
    pub(super) fn left_open_today(&self, now: &Zoned) -> bool {
        self.unsure_today(now) == 1
    }

    /// Whether not sure was the answer today, to the card and to the full question.
    pub(super) fn settled_unsure_today(&self, now: &Zoned) -> bool {
        self.unsure_today(now) > 1
    }

    fn unsure_today(&self, now: &Zoned) -> usize {
        let today = |given: &&Timed<QuestionAnswered>| {
            given.what.answer == Answer::Unknown && days_since(&given.at, now) == 0
        };
        self.given().rev().take_while(today).count()
    }

    /// The *no* again, for the same areas.
    pub(super) fn no_again(&self) -> Option<QuestionAnswered> {
        self.was_no().then(|| self.again(Answer::No, self.fact.no, None, None))
    }

    /// Everything again that was not a *no*, with its side, areas and agreement.
    pub(super) fn told_again(&self) -> Vec<QuestionAnswered> {
        let fact = &self.fact;
        if self.caution.scope != Scope::MarkedArea {
            let same = self.given().next_back().filter(|last| last.what.answer != Answer::No);
            return same
                .map(|last| QuestionAnswered { text_version: self.caution.text_version, ..last.what.clone() })
                .into_iter()
                .collect();
        }
        let parts = [
            (Answer::Unknown, fact.unsure, None, None),
            (Answer::Yes, fact.yes.minus(fact.agreed), None, None),
            (Answer::Yes, fact.yes.intersection(fact.agreed), fact.agreed_on, fact.since),
        ];
        let some = parts.into_iter().filter(|(_, sites, ..)| !sites.is_empty());
        some.map(|(answer, sites, agreed_on, since)| self.again(answer, sites, agreed_on, since)).collect()
    }

    fn again(
        &self,
        answer: Answer,
        sites: SiteSet,
        agreed_on: Option<Date>,
        since: Option<Date>,
    ) -> QuestionAnswered {
        QuestionAnswered {
            caution: self.id.to_owned(),
            text_version: self.caution.text_version,
            answer,
            side: None,
            areas: if self.caution.scope == Scope::MarkedArea { areas_of(sites) } else { Vec::new() },
            clinician_agreed_on: agreed_on,
            since,
        }
    }
}

/// The answers in the words of today, without those a wrong clock put into the future.
fn given<'s>(
    answers: &'s [Timed<QuestionAnswered>],
    caution: &'s Caution,
    now: &'s Zoned,
) -> impl DoubleEndedIterator<Item = &'s Timed<QuestionAnswered>> {
    answers.iter().filter(|given| is_given(given, caution, now))
}

fn is_given(given: &Timed<QuestionAnswered>, caution: &Caution, now: &Zoned) -> bool {
    given.what.text_version >= caution.text_version && !from_the_future(&given.at, now)
}

/// Sites as areas: each region once where both sides are among them.
fn areas_of(sites: SiteSet) -> Vec<Area> {
    let side_of = |region: RegionId| {
        let on: Vec<Side> =
            Site::of(region, Side::Both).filter(|&s| sites.contains(s)).map(|s| s.half.side()).collect();
        match on[..] {
            [] => None,
            [one] => Some(Some(one)),
            _ => Some(None),
        }
    };
    RegionId::ALL.into_iter().filter_map(|region| Some(Area { region, side: side_of(region)? })).collect()
}
