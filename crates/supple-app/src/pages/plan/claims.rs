//! What somebody with this plan may want to read of studies.

use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::knowledge::Goal;

/// The claims that matter to somebody who wants this, in the order in which one would ask.
pub const fn about(goal: Goal) -> &'static [&'static str] {
    match goal {
        Goal::Recovery => &["soreness_next_hour", "soreness_next_days", "blood_flow", "performance_recovery"],
        Goal::WarmUp => &["performance_now", "flexibility_minutes", "prevents_injury"],
        Goal::Mobility => &["flexibility_minutes", "flexibility_weeks", "stiffness"],
        Goal::WindDown => &[],
    }
}

/// The claim behind a sentence with which a plan explains itself, where it rests on studies.
pub fn behind(reason: &str, goal: Goal) -> Option<&'static str> {
    match reason {
        "dose_curve" => Some("longer_gives_more"),
        "sore_gentle" => Some("harder_is_better"),
        // Ease before sleep was not studied; what the plan expects there is about soreness.
        "effect" => about(goal).first().copied().or(Some("soreness_next_hour")),
        _ => None,
    }
}

/// A line for the plan: where to read what rolling does for this, and what not.
pub fn way(cx: &Cx<'_>, goal: Goal) -> Markup {
    html! {
        @if !about(goal).is_empty() {
            p .small { a href=(cx.href(&format!("evidence?goal={}", goal.id()))) { "What rolling does for this, and what it does not" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{about, behind};
    use supple_core::knowledge::Goal;

    #[test]
    fn what_matters_to_a_goal_is_a_claim() {
        let knowledge = supple_knowledge::embedded();
        for id in Goal::ALL.into_iter().flat_map(about) {
            assert!(knowledge.claims.contains_key(*id), "{id}");
        }
        for (reason, goal) in ["dose_curve", "sore_gentle", "effect"].into_iter().zip(Goal::ALL) {
            assert!(knowledge.reasons.contains_key(reason), "{reason}");
            assert!(behind(reason, goal).is_some_and(|id| knowledge.claims.contains_key(id)), "{reason}");
        }
        assert!(behind("effect", Goal::WindDown).is_some_and(|id| knowledge.claims.contains_key(id)));
        assert!(!about(Goal::Recovery).is_empty() && !about(Goal::WarmUp).is_empty());
    }
}
