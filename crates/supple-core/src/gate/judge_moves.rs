//! What an entry of the screen means for moves: closed sites, what may not be asked for, how hard and how long.

use super::judge::Gate;
use super::{Closed, RuledOut, RuledOutBy, SiteMoveLimits, reach};
use crate::assess::ScreenFact;
use crate::body::{Half, Site, SiteSet};
use crate::event::Answer;
use crate::knowledge::{AskedOf, BodyHalf, Caution, Scope};
use crate::unit::AgeYears;

/// Where what an entry says of moves holds.
pub(super) struct Held {
    /// Effort, holds, and what is asked of an arm, a leg or a joint.
    part: SiteSet,
    /// Postures, places, support, and what is asked of the whole person.
    person: SiteSet,
}

impl Held {
    /// Of an entry answered yes, or open as a whole, that reaches these sites.
    pub(super) fn of(caution: &Caution, reached: SiteSet) -> Self {
        let part = match caution.scope {
            Scope::WholeBody | Scope::Regions => SiteSet::FULL,
            Scope::Side | Scope::MarkedArea => quarters(reached),
        };
        Self { part, person: SiteSet::FULL }
    }

    /// Of an entry that was never asked about on these sites: there, and nowhere else.
    const fn only_at(sites: SiteSet) -> Self {
        Self { part: sites, person: sites }
    }
}

/// Every site in a quarter of the body that any of these is in: left or right, upper or lower.
fn quarters(sites: SiteSet) -> SiteSet {
    let mut all = SiteSet::EMPTY;
    for part in BodyHalf::ALL {
        for half in Half::ALL {
            let quarter: SiteSet = Site::all().filter(|site| site.half == half && part.has(site.region)).collect();
            if !quarter.intersection(sites).is_empty() {
                all = all.union(quarter);
            }
        }
    }
    all
}

/// Of sites that an entry closes to the roller, those that stay open to moves.
pub(super) fn stay_open(caution: &Caution, closed: SiteSet) -> SiteSet {
    let Some(moves) = &caution.moves else { return SiteSet::EMPTY };
    closed.iter().filter(|site| moves.regions_stay_open || moves.regions_open.contains(&site.region)).collect()
}

impl Gate<'_> {
    pub(super) fn close_to_moves(&mut self, by: &str, answer: Answer, sites: SiteSet) {
        if sites.is_empty() {
            return;
        }
        for site in sites.iter() {
            self.moves[site].closed = true;
        }
        self.closed_to_moves.push(Closed { by: by.to_owned(), answer, sites });
    }

    /// Applies what an entry says of moves to the sites it holds on.
    pub(super) fn limit_moves(&mut self, by: &str, answer: Answer, caution: &Caution, lifted: bool, held: Held) {
        let places = caution.limits.places_only.as_deref();
        if let Some(places) =
            places.filter(|_| caution.moves.as_ref().is_none_or(|moves| moves.places_as_for_rolling))
        {
            self.lower_moves(held.person, |limits| limits.places_only(places));
        }
        let Some(moves) = &caution.moves else { return };
        let until_agreed = moves.demands_until_agreed.iter().filter(|_| !lifted);
        for &demand in moves.demands_excluded.iter().chain(until_agreed) {
            let held = if demand.asked_of() == AskedOf::Person { held.person } else { held.part };
            self.lower_moves(held, |limits| limits.exclude(demand));
            self.rule_out(by, answer, RuledOut::Demand(demand), held);
        }
        for &posture in &moves.postures_excluded {
            self.lower_moves(held.person, |limits| limits.exclude_posture(posture));
            self.rule_out(by, answer, RuledOut::Posture(posture), held.person);
        }
        self.lower_moves(held.part, |limits| {
            limits.effort_max = limits.effort_max.min(moves.effort_max.unwrap_or(u8::MAX));
            limits.hold_seconds = limits.hold_seconds.min(moves.hold_seconds_max.unwrap_or(u32::MAX));
        });
        self.lower_moves(held.person, |limits| limits.with_support |= moves.with_support);
    }

    /// What a question on areas says of moves. A yes or a "not sure" speaks of the person; a site that was never asked
    /// about is limited by itself, as it is for the roller.
    pub(super) fn limit_moves_of_area(
        &mut self,
        id: &str,
        caution: &Caution,
        fact: &ScreenFact,
        not_lifted: SiteSet,
    ) {
        let wholly_unanswered = fact.no.is_empty() && fact.yes.is_empty();
        let open = if wholly_unanswered { SiteSet::FULL } else { fact.unsure };
        let agreed = fact.yes.minus(not_lifted);
        for (sites, answer, lifted) in
            [(not_lifted, Answer::Yes, false), (agreed, Answer::Yes, true), (open, Answer::Unknown, false)]
        {
            if !sites.is_empty() {
                let reached = reach::widened(self.knowledge, caution, sites);
                self.limit_moves(id, answer, caution, lifted, Held::of(caution, reached));
            }
        }
        let never_asked = fact.never_asked();
        if !never_asked.is_empty() {
            let reached = reach::widened(self.knowledge, caution, never_asked);
            self.limit_moves(id, Answer::Unknown, caution, false, Held::only_at(reached));
        }
    }

    /// From an age on, or without an age, what is easy to fall from is done with a hand on something firm.
    pub(super) fn support_by_age(&mut self) {
        let from = self.knowledge.limits.moves.support_from_years;
        if self.assessment.person.age_years.map(AgeYears::get).is_none_or(|age| age >= from) {
            self.lower_moves(SiteSet::FULL, |limits| limits.with_support = true);
        }
    }

    fn lower_moves(&mut self, sites: SiteSet, lower: impl Fn(&mut SiteMoveLimits)) {
        for site in sites.iter() {
            lower(&mut self.moves[site]);
        }
    }

    fn rule_out(&mut self, by: &str, answer: Answer, what: RuledOut, held: SiteSet) {
        let said = self.ruled_out_for_moves.iter().any(|known| known.by == by && known.what == what);
        if !held.is_empty() && !said {
            self.ruled_out_for_moves.push(RuledOutBy { by: by.to_owned(), answer, what });
        }
    }
}
