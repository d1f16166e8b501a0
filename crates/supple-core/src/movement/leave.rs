use crate::assess::Assessment;
use crate::body::{Side, Site};
use crate::event::{Answer, CheckedIn};
use crate::gate::{Clearance, RuledOut, Verdict, judge};
use crate::knowledge::{Knowledge, MovementTest, Scope};
use crate::sorted::SortedSet;
use crate::state::State;
use jiff::Zoned;

/// Whether somebody may do movement tests now. They pass the same gate as everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leave {
    /// Get help first.
    HelpFirst,
    /// Not yet: a day has to pass, or a clinician has to be asked.
    NotYet,
    /// Questions of the screen come first.
    Questions,
    /// They may, but for these.
    Tests(LeftOut),
}

/// Tests that are left out today: ids of `movement_tests/`. Empty by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(SortedSet<String>);

impl LeftOut {
    /// Whether a test is left out.
    #[must_use]
    pub fn has(&self, test: &str) -> bool {
        self.0.contains(test)
    }

    /// The tests, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whether somebody may do movement tests now, by the last check-in, or by the answers alone where there was none today.
///
/// A test is left out where a *yes* closes a place that it loads, or rules out what it asks of the body; an answer that
/// is open counts as yes for what is about the whole person. Questions about places are asked about the places of a
/// session, so one that was never asked about a place a test loads leaves nothing out: the pages name what to leave out
/// instead.
#[must_use]
pub fn leave(state: &State, knowledge: &Knowledge, now: &Zoned, wishes: Option<&CheckedIn>) -> Leave {
    let nothing = CheckedIn::nothing_wished();
    let assessment = Assessment::from_state(knowledge, state, now, wishes.unwrap_or(&nothing));
    let judgement = judge(knowledge, &assessment);
    match &judgement.verdict {
        Verdict::Refer => Leave::HelpFirst,
        Verdict::Hold => {
            let told = judgement.reasons.iter().any(|reason| reason.holds && reason.answer == Answer::Yes);
            if told { Leave::NotYet } else { Leave::Questions }
        }
        Verdict::Clear(clearance) | Verdict::Modify(clearance) => Leave::Tests(left_out(knowledge, clearance)),
    }
}

fn left_out(knowledge: &Knowledge, clearance: &Clearance) -> LeftOut {
    let refused = |test: &MovementTest| {
        let mut sites = test.loads.iter().flat_map(|region| Site::of(*region, Side::Both));
        let closed =
            sites.any(|site| clearance.closed_to_moves_by(site).any(|by| counts(knowledge, &by.by, by.answer)));
        let ruled_out = test.demands.iter().any(|demand| {
            clearance.ruled_out_by(RuledOut::Demand(*demand)).any(|by| counts(knowledge, &by.by, by.answer))
        });
        closed || ruled_out
    };
    LeftOut(knowledge.movement_tests.iter().filter(|(_, test)| refused(test)).map(|(id, _)| id.clone()).collect())
}

/// Whether a reason leaves a test out: every *yes*, and what is open unless it is about a place.
fn counts(knowledge: &Knowledge, by: &str, answer: Answer) -> bool {
    let about_places = knowledge.cautions.get(by).is_some_and(|caution| caution.scope == Scope::MarkedArea);
    answer == Answer::Yes || !about_places
}
