//! Paths for special times of life: where somebody stands on one of them today.
//!
//! ```text
//!  questions of the screen ─▶ gate ─▶ clearance ─▶ what is closed, and why ─▶ body map
//!            ▲                            └──────▶ what of the path is allowed ─▶ offers
//!            └── a watch that noticed something answers its question at once
//! ```
//!
//! A path adds no permission: everything here is read from the gate's judgement, and what is offered was admitted by it.
//! Whoever has no clearance is offered nothing.

mod closed;
mod offer;
mod question;
mod watch;
pub mod words;

pub use closed::{Basis, Closing, OffLimits, off_limits};
pub use offer::{LeftOut, Offered, OfferedMeasure, OfferedMove, OfferedTechnique, Refused};
pub use question::{CardNow, QuestionNow, Said};
pub use watch::{Due, WatchNow, asks_for_a_side, noticed, to_be_answered_in_full};

use crate::assess::Assessment;
use crate::body::RegionId;
use crate::event::{Answer, CheckedIn};
use crate::gate::{Judgement, Reason, Verdict, judge};
use crate::knowledge::{Action, CarePath, Knowledge};
use crate::sorted::SortedSet;
use crate::state::State;
use crate::unit::AgeYears;
use jiff::Zoned;
use jiff::civil::Date;

/// Where somebody stands on a path today.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing<'k> {
    /// The path's id.
    pub id: &'k str,
    /// What is known of it.
    pub known: &'k CarePath,
    /// Whether an answer or the age says that it is for this person.
    pub concerns: bool,
    /// Its questions, card by card, with what was said.
    pub cards: Vec<CardNow<'k>>,
    /// Whether anything may be done today.
    pub now: Now,
    /// What stands in the way of doing anything, the weightiest first; empty where there is a clearance.
    pub holding: Vec<Reason>,
    /// What is closed, and by what.
    pub off_limits: OffLimits,
    /// What is offered, as far as the gate allows it today; without a clearance nothing.
    pub offers: Vec<Offered<'k>>,
    /// Where a clinician's word is needed, or counts.
    pub clinician: Vec<Word>,
    /// What is looked out for.
    pub watches: Vec<WatchNow<'k>>,
}

/// Whether anything may be done today: the gate's verdict, told apart by what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Now {
    /// What is offered may be done.
    Open,
    /// Questions come first.
    Questions,
    /// Not yet: a clinician has to be asked, somebody has to be there, or a day has to pass.
    NotYet,
    /// Get help first.
    HelpFirst,
}

/// A clinician's word on one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The question: an id of `cautions/`.
    pub caution: String,
    /// What is known of their word.
    pub given: WordGiven,
}

/// What is known of a clinician's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordGiven {
    /// It is needed.
    Needed,
    /// It was given on this day, and counts.
    Counts(Date),
    /// It was given on this day and does not count, for this reason: an id of `reasons.toml`.
    Refused(Date, &'static str),
    /// Asking is advised, and no word opens anything.
    OnlyAdvice,
}

impl Standing<'_> {
    /// How many of its questions are open.
    #[must_use]
    pub fn open_questions(&self) -> usize {
        self.cards.iter().flat_map(|card| &card.questions).filter(|question| question.said == Said::Open).count()
    }
}

/// Where somebody stands on a path, by the last check-in of today or, where there was none, by the answers alone. None
/// if there is no such path.
#[must_use]
pub fn standing<'k>(
    knowledge: &'k Knowledge,
    state: &State,
    now: &Zoned,
    wishes: Option<&CheckedIn>,
    id: &str,
) -> Option<Standing<'k>> {
    let (id, known) = knowledge.paths.get_key_value(id)?;
    let nothing = CheckedIn::nothing_wished();
    let assessment = Assessment::from_state(knowledge, state, now, wishes.unwrap_or(&nothing));
    let judgement = judge(knowledge, &assessment);
    let clearance = judgement.verdict.clearance();
    Some(Standing {
        id,
        known,
        concerns: concerns(known, &assessment),
        cards: question::cards(knowledge, known, &assessment),
        now: Now::of(&judgement),
        holding: judgement.reasons.iter().filter(|reason| reason.holds && clearance.is_none()).cloned().collect(),
        off_limits: off_limits(knowledge, &assessment, &judgement),
        offers: clearance.map_or_else(Vec::new, |clearance| offer::all(knowledge, clearance, known)),
        clinician: words_of(knowledge, known, &judgement),
        watches: watch::all(known, id, state, &assessment),
    })
}

/// The paths that an answer or the age says are for this person, in their order.
#[must_use]
pub fn concerning<'k>(knowledge: &'k Knowledge, state: &State, now: &Zoned) -> Vec<(&'k str, &'k CarePath)> {
    let assessment = Assessment::from_state(knowledge, state, now, &CheckedIn::nothing_wished());
    in_order(knowledge).into_iter().filter(|(_, known)| concerns(known, &assessment)).collect()
}

/// Every path, in the order of the list.
#[must_use]
pub fn in_order(knowledge: &Knowledge) -> Vec<(&str, &CarePath)> {
    let mut paths: Vec<(&str, &CarePath)> = knowledge.paths.iter().map(|(id, known)| (id.as_str(), known)).collect();
    paths.sort_by_key(|(id, known)| (known.order, *id));
    paths
}

/// The regions a path is about: those near to what it is for, and all that anything it names presses, stretches or
/// loads. Questions on places are asked about them.
#[must_use]
pub fn regions(knowledge: &Knowledge, known: &CarePath) -> Vec<RegionId> {
    let offers = || known.offers.iter();
    let moves = offers().flat_map(|offer| &offer.moves).filter_map(|id| knowledge.moves.get(id));
    let touched =
        moves.flat_map(|known| known.regions.iter().chain(&known.touches).chain(known.other_side.iter().flatten()));
    let techniques = offers().flat_map(|offer| &offer.techniques).filter_map(|id| knowledge.techniques.get(id));
    let pressed = techniques.flat_map(|known| std::iter::once(&known.region).chain(&known.touches));
    let all: SortedSet<RegionId> = known.near.iter().chain(touched).chain(pressed).copied().collect();
    all.iter().copied().collect()
}

/// Whether a *yes* in force, or the age, says that a path is for this person. An open question says nothing: a path is
/// never brought up to somebody who did not say that it is theirs.
fn concerns(known: &CarePath, assessment: &Assessment) -> bool {
    let said = known.shown_by.iter().any(|id| assessment.screen.fact(id).answer == Answer::Yes);
    let age = assessment.person.age_years.map(AgeYears::get);
    said || age.zip(known.ages).is_some_and(|(age, ages)| ages.has(age))
}

impl Now {
    fn of(judgement: &Judgement) -> Self {
        match judgement.verdict {
            Verdict::Clear(_) | Verdict::Modify(_) => Self::Open,
            Verdict::Refer => Self::HelpFirst,
            Verdict::Hold => {
                let told = judgement.reasons.iter().any(|reason| reason.holds && reason.answer == Answer::Yes);
                if told { Self::NotYet } else { Self::Questions }
            }
        }
    }
}

/// Where a clinician's word is needed or counts, of the path's questions that were answered yes.
fn words_of(knowledge: &Knowledge, known: &CarePath, judgement: &Judgement) -> Vec<Word> {
    let asked = known.cards.iter().flat_map(|card| &card.asks);
    let word = |id: &String| {
        let caution = knowledge.cautions.get(id).filter(|caution| caution.does(Action::AskClinician))?;
        let said = |reason: &&Reason| reason.id == *id && reason.answer == Answer::Yes;
        let reason = judgement.reasons.iter().find(said)?;
        let opens_nothing =
            caution.never_lifted || matches!(caution.action, Action::AvoidAll | Action::StopAndReferUrgently);
        // Where a word is no condition for anything, asking is advice.
        let waits_for_it = caution.action == Action::AskClinician
            || caution.does(Action::AvoidRegion)
            || caution.does(Action::AvoidAll)
            || caution.moves.as_ref().is_some_and(|moves| !moves.demands_until_agreed.is_empty());
        let given = match (reason.agreed_on, reason.agreement_refused) {
            (Some(day), _) => WordGiven::Counts(day),
            (None, Some((day, why))) => WordGiven::Refused(day, why),
            (None, None) if opens_nothing || !waits_for_it => WordGiven::OnlyAdvice,
            (None, None) => WordGiven::Needed,
        };
        Some(Word { caution: id.clone(), given })
    };
    asked.filter_map(word).collect()
}
