//! Today as the log has it, once for every page that shows or starts something: what is wished for, what is allowed,
//! what Supple suggests, and what the person made of it.

use crate::cx::Cx;
use supple_core::Zoned;
use supple_core::assess::Assessment;
use supple_core::contract::{PlanAnswer, VerdictName, view};
use supple_core::dose::Dose;
use supple_core::event::{Answer, CheckedIn};
use supple_core::experiment::Obeyed;
use supple_core::gate::{Admitted, Clearance, Judgement, NotAdmitted, admit};
use supple_core::plan::{Plan, explained};
use supple_core::state::{State, Timed};

/// Today by the last check-in of today.
#[derive(Debug)]
pub struct Today<'a> {
    /// What was wished for, and when.
    pub wishes: &'a Timed<CheckedIn>,
    /// What is known of the body.
    pub assessment: Assessment,
    /// Whether to start, and why.
    pub judgement: Judgement,
    /// What Supple suggests; none where nothing may be done.
    pub proposed: Option<Plan>,
    /// What the person made of it, if it was changed since the check-in.
    pub arrangement: Arrangement,
    /// The session to start, admitted; none where nothing may be done or there is nothing in it.
    pub admitted: Option<Admitted>,
    /// The verdict, its reasons and the plan in force, as pages show them.
    pub answer: PlanAnswer,
    /// What a running experiment makes of it.
    pub obeyed: Option<Obeyed>,
    /// Whether a card of the screen is still open.
    cards_open: bool,
}

/// What the person made of the suggestion.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrangement {
    /// Nothing.
    None,
    /// It was changed, and the change is the plan in force.
    InForce,
    /// It was changed, and the change is not allowed any more: the suggestion is the plan in force.
    Refused(Vec<NotAdmitted>),
}

/// Where somebody goes who wants to see the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// There is a plan.
    Plan,
    /// A question is open.
    Screen,
    /// Get help first.
    HelpFirst,
    /// Not yet.
    NotYet,
}

impl Way {
    /// The path of the page.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Screen => "screen",
            Self::HelpFirst => "help-first",
            Self::NotYet => "not-yet",
        }
    }
}

impl<'a> Today<'a> {
    /// Today by the last check-in of today, in the zone of now; none if there was none.
    #[must_use]
    pub fn of(cx: &Cx<'a>) -> Option<Self> {
        last_check_in(cx.state, cx.now()).map(|wishes| Self::with(cx, wishes))
    }

    /// Today with a plan.
    ///
    /// # Errors
    /// The path of the page that has to come before it.
    pub fn ready(cx: &Cx<'a>) -> Result<Self, &'static str> {
        let today = Self::of(cx).ok_or("today")?;
        match today.way() {
            Way::Plan => Ok(today),
            other => Err(other.path()),
        }
    }

    fn with(cx: &Cx<'a>, wishes: &'a Timed<CheckedIn>) -> Self {
        let assessment = Assessment::from_state(cx.knowledge, cx.state, cx.now(), &wishes.what);
        let (assessment, judgement, proposed, obeyed) = decided(cx, assessment);
        let answer = view(cx.knowledge, &assessment, &judgement, proposed.as_ref());
        let arrangement = Arrangement::None;
        let cards_open = !crate::pages::screen::card::open_by(cx, &assessment).is_empty();
        let today =
            Self { wishes, assessment, judgement, proposed, arrangement, admitted: None, answer, obeyed, cards_open };
        #[cfg(feature = "whole")]
        let today = today.taken(cx);
        today
    }

    #[cfg(feature = "whole")]
    fn taken(mut self, cx: &Cx<'_>) -> Self {
        self.take_suggestion(cx);
        self.take_arrangement(cx);
        self
    }

    fn take_suggestion(&mut self, cx: &Cx<'_>) {
        self.admitted = self.proposed.as_ref().and_then(|plan| self.admit(cx, &plan.doses()).ok());
    }

    /// The person's own arrangement, admitted afresh; one without blocks means what Supple suggests.
    fn take_arrangement(&mut self, cx: &Cx<'_>) {
        let Some(arranged) = &cx.state.arrangement else { return };
        // What was arranged before an experiment's way was shown was arranged for another plan.
        let shown = cx.state.experiments.iter().flat_map(|known| &known.revealed).map(|shown| &shown.at).max();
        if self.obeyed.is_some() && shown.is_some_and(|shown| arranged.at <= *shown) {
            return;
        }
        let arranged = &arranged.what.doses;
        let (Some(proposed), Some(clearance)) = (&self.proposed, self.clearance()) else { return };
        if arranged.is_empty() || *arranged == proposed.doses() {
            return;
        }
        match self.admit(cx, arranged) {
            Ok(admitted) => {
                let plan = explained(cx.knowledge, clearance, &self.assessment, proposed, arranged.clone());
                self.answer = view(cx.knowledge, &self.assessment, &self.judgement, Some(&plan));
                self.admitted = Some(admitted);
                self.arrangement = Arrangement::InForce;
            }
            Err(problems) => self.arrangement = Arrangement::Refused(problems),
        }
    }

    /// What is allowed; none where there is no plan.
    #[must_use]
    pub const fn clearance(&self) -> Option<&Clearance> {
        self.judgement.verdict.clearance()
    }

    /// Whether these doses may be a session today: the last gate, the same for a suggestion and for a change.
    ///
    /// # Errors
    /// Every reason against it; none of them where there is no clearance at all, or no dose.
    pub fn admit(&self, cx: &Cx<'_>, doses: &[Dose]) -> Result<Admitted, Vec<NotAdmitted>> {
        let clearance = self.clearance().filter(|_| !doses.is_empty()).ok_or_else(Vec::new)?;
        let (goal, minutes) = (self.assessment.goal, self.assessment.minutes);
        admit(cx.knowledge, clearance, cx.state.head.as_deref(), goal, minutes, doses)
    }

    /// The doses in force, in order.
    #[must_use]
    pub fn doses(&self) -> Vec<Dose> {
        let blocks = self.admitted.iter().flat_map(Admitted::blocks);
        blocks.map(|block| block.dose.clone()).collect()
    }

    /// Where somebody goes who wants to see the plan. Every card comes before it: a plan that only leaves out what is
    /// not answered yet would be a poor one, and would change with each answer.
    #[must_use]
    pub fn way(&self) -> Way {
        match self.answer.verdict {
            VerdictName::Refer => Way::HelpFirst,
            VerdictName::Clear | VerdictName::Modify if self.cards_open => Way::Screen,
            VerdictName::Clear | VerdictName::Modify => Way::Plan,
            VerdictName::Hold => {
                let mut holding = self.answer.reasons.iter().filter(|reason| reason.holds);
                if holding.all(|reason| reason.answer == Answer::Unknown) { Way::Screen } else { Way::NotYet }
            }
        }
    }
}

/// The last check-in of the day it is now, in the zone it is now.
#[must_use]
pub fn last_check_in<'s>(state: &'s State, now: &Zoned) -> Option<&'s Timed<CheckedIn>> {
    state.check_ins.iter().rfind(|check_in| {
        let there = check_in.at.with_time_zone(now.time_zone().clone());
        there.date() == now.date() && check_in.at <= *now
    })
}

/// What is judged and proposed, with what the person's own tests say and today's way of an experiment.
#[cfg(feature = "whole")]
fn decided(cx: &Cx<'_>, assessment: Assessment) -> (Assessment, Judgement, Option<Plan>, Option<Obeyed>) {
    let mut assessment = supple_core::learn::with_own_results(assessment, cx.knowledge, cx.state);
    let (judgement, proposed, obeyed) = supple_core::experiment::decide(cx.knowledge, cx.state, &mut assessment);
    (assessment, judgement, proposed, obeyed)
}

/// Judged alone: a log that holds tests or experiments is for the whole app (`App::answers`), and so is the plan.
#[cfg(not(feature = "whole"))]
fn decided(cx: &Cx<'_>, assessment: Assessment) -> (Assessment, Judgement, Option<Plan>, Option<Obeyed>) {
    let judgement = supple_core::gate::judge(cx.knowledge, &assessment);
    (assessment, judgement, None, None)
}
