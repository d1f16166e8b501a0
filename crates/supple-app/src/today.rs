//! Today as the log has it: what is wished for, what is allowed, and the session that may be started.

use crate::cx::Cx;
use supple_core::assess::Assessment;
use supple_core::contract::{PlanAnswer, VerdictName, decide, view};
use supple_core::event::Answer;
use supple_core::gate::{Admitted, admit};

/// Today by the last check-in of today.
#[derive(Debug)]
pub struct Today {
    /// The session to start, admitted; none where nothing may be done or there is nothing in it.
    pub admitted: Option<Admitted>,
    /// The verdict, its reasons and the plan in force, as pages show them.
    pub answer: PlanAnswer,
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

impl Today {
    /// Today by the last check-in of today, in the zone of now; none if there was none.
    #[must_use]
    pub fn of(cx: &Cx<'_>) -> Option<Self> {
        let now = cx.now();
        let wishes = cx.state.check_ins.iter().rfind(|check_in| {
            let there = check_in.at.with_time_zone(now.time_zone().clone());
            there.date() == now.date() && check_in.at <= *now
        })?;
        let assessment = Assessment::from_state(cx.knowledge, cx.state, now, &wishes.what);
        let (judgement, plan) = decide(cx.knowledge, &assessment);
        let answer = view(cx.knowledge, &assessment, &judgement, plan.as_ref());
        let admitted = plan.as_ref().zip(judgement.verdict.clearance()).and_then(|(plan, clearance)| {
            let doses = plan.doses();
            let (goal, minutes, head) = (assessment.goal, assessment.minutes, cx.state.head.as_deref());
            admit(cx.knowledge, clearance, head, goal, minutes, &doses).ok().filter(|_| !doses.is_empty())
        });
        Some(Self { admitted, answer })
    }

    /// Where somebody goes who wants to see the plan.
    #[must_use]
    pub fn way(&self) -> Way {
        match self.answer.verdict {
            VerdictName::Clear | VerdictName::Modify => Way::Plan,
            VerdictName::Refer => Way::HelpFirst,
            VerdictName::Hold => {
                let mut holding = self.answer.reasons.iter().filter(|reason| reason.holds);
                if holding.all(|reason| reason.answer == Answer::Unknown) { Way::Screen } else { Way::NotYet }
            }
        }
    }
}
