use crate::assess::{Assessment, ScreenFact};
use crate::body::{Site, SiteSet};
use crate::event::Answer;
use crate::gate::{Clearance, Judgement, judge};
use crate::knowledge::{Knowledge, Scope};
use crate::sorted::SortedSet;

/// What is closed, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffLimits {
    /// What it is taken from.
    pub basis: Basis,
    /// What closes something, the weightiest first.
    pub closings: Vec<Closing>,
}

/// What the closed places are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Today's clearance: these places are closed, and no others.
    Today,
    /// Nothing is allowed today. These places stay closed even once the rest is answered and agreed to; there may be
    /// more.
    AtLeast,
    /// Nothing is allowed, and no answer says of a place that it stays closed.
    Everything,
}

/// What one thing closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// An id in `knowledge/`: a caution or a sentence of `reasons.toml`.
    pub by: String,
    /// Whether it was answered yes, or only counts as yes.
    pub answer: Answer,
    /// Places that are not pressed.
    pub press: SiteSet,
    /// Places that no move touches either.
    pub moves: SiteSet,
}

impl OffLimits {
    /// Every place that is not pressed.
    #[must_use]
    pub fn press(&self) -> SiteSet {
        match self.basis {
            Basis::Everything => SiteSet::FULL,
            _ => self.closings.iter().fold(SiteSet::EMPTY, |all, one| all.union(one.press)),
        }
    }

    /// Every place that no move touches.
    #[must_use]
    pub fn moves(&self) -> SiteSet {
        match self.basis {
            Basis::Everything => SiteSet::FULL,
            _ => self.closings.iter().fold(SiteSet::EMPTY, |all, one| all.union(one.moves)),
        }
    }
}

/// What is closed today, from the gate's own judgement.
///
/// Where there is no clearance, the gate is asked once more, as if what stands in the way of everything were settled and
/// whatever was not answered yes were a *no*: what is closed then stays closed whatever else comes. It is shown, and
/// nothing is ever offered from it.
#[must_use]
pub fn off_limits(knowledge: &Knowledge, assessment: &Assessment, judgement: &Judgement) -> OffLimits {
    if let Some(clearance) = judgement.verdict.clearance() {
        return OffLimits { basis: Basis::Today, closings: closings(clearance) };
    }
    let settled = as_if_settled(knowledge, assessment, judgement);
    let closings = judge(knowledge, &settled).verdict.clearance().map(closings).unwrap_or_default();
    let basis = if closings.is_empty() { Basis::Everything } else { Basis::AtLeast };
    OffLimits { basis, closings }
}

fn as_if_settled(knowledge: &Knowledge, assessment: &Assessment, judgement: &Judgement) -> Assessment {
    let mut settled = assessment.clone();
    settled.log_holds.clear();
    settled.person.adult_present = true;
    let holds: SortedSet<&str> =
        judgement.reasons.iter().filter(|reason| reason.holds).map(|reason| reason.id.as_str()).collect();
    for (id, caution) in &knowledge.cautions {
        let fact = settled.screen.fact(id);
        let told = fact.answer == Answer::Yes && !holds.contains(id.as_str());
        let fact = match (told, caution.scope) {
            (true, Scope::MarkedArea) => {
                ScreenFact { no: SiteSet::FULL.minus(fact.yes), unsure: SiteSet::EMPTY, ..fact.clone() }
            }
            (true, _) => continue,
            (false, _) => ScreenFact::everywhere(Answer::No),
        };
        settled.screen.set(id, fact);
    }
    settled
}

/// What a clearance closes, gathered by what closes it.
fn closings(clearance: &Clearance) -> Vec<Closing> {
    let mut gathered: Vec<Closing> = Vec::new();
    let mut add = |by: &str, answer: Answer, site: Site, moves: bool| {
        let place = gathered.iter().position(|one| one.by == by && one.answer == answer).unwrap_or_else(|| {
            let none = SiteSet::EMPTY;
            gathered.push(Closing { by: by.to_owned(), answer, press: none, moves: none });
            gathered.len() - 1
        });
        let closing = &mut gathered[place];
        if moves { closing.moves.insert(site) } else { closing.press.insert(site) }
    };
    for site in Site::all() {
        for closed in clearance.closed_by(site) {
            add(&closed.by, closed.answer, site, false);
        }
        for closed in clearance.closed_to_moves_by(site) {
            add(&closed.by, closed.answer, site, true);
        }
    }
    // What was said before what is only not known; then as the gate has them.
    gathered.sort_by_key(|closing| closing.answer);
    gathered
}
