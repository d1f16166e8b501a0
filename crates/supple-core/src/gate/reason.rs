use crate::event::Answer;
use crate::knowledge::Action;
use jiff::civil::Date;

/// Why a verdict is what it is. Every id is one in `knowledge/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// A caution's id, or a sentence of `reasons.toml`.
    pub id: String,
    /// Its main action.
    pub action: Action,
    /// Every action it takes, the main one first.
    pub actions: Vec<Action>,
    /// Yes, or unknown where it only counts as yes.
    pub answer: Answer,
    /// Whether it alone leads to no plan.
    pub holds: bool,
    /// Values for the sentence, by name.
    pub values: Vec<(&'static str, String)>,
    /// The day a clinician agreed, where that counts.
    pub agreed_on: Option<Date>,
    /// A day of agreement that does not count, and why: an id of `reasons.toml`.
    pub agreement_refused: Option<(Date, &'static str)>,
}

impl Reason {
    /// A sentence of `reasons.toml` that stands for one action by itself.
    pub(super) fn sentence(id: &str, action: Action, answer: Answer, values: Vec<(&'static str, String)>) -> Self {
        Self {
            id: id.to_owned(),
            action,
            actions: vec![action],
            answer,
            holds: action == Action::AvoidAll,
            values,
            agreed_on: None,
            agreement_refused: None,
        }
    }
}
