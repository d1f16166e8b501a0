//! What a person's own tests are asked: `worthwhile.toml` and `rule.toml`.

use super::super::{Knowledge, TakenOn};
use super::{Problem, Problems};

/// Ensure every measure says what a session is asked to change, and the rule is in order.
pub(super) fn responses_can_be_told(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut wrong = |file: &str, field: &str, what: String| problems.push(Problem::new(file, field, rule, what));
    let asked = &knowledge.worthwhile.measures;
    for (id, measure) in &knowledge.measures {
        let Some(change) = asked.get(id) else {
            let what = "this measure does not say what change is worth having; add its table".to_owned();
            wrong("worthwhile.toml", &format!("measures.{id}"), what);
            continue;
        };
        if change.worthwhile <= 0.0 {
            let what = format!("a change of {} is none; give one above 0", change.worthwhile);
            wrong("worthwhile.toml", &format!("measures.{id}.worthwhile"), what);
        }
        if change.regions.is_empty() != (measure.taken == TakenOn::AtAPlace) {
            let what = "a test at a place is about that place, every other names its muscles; correct the list";
            wrong("worthwhile.toml", &format!("measures.{id}.regions"), what.to_owned());
        }
    }
    for id in asked.keys().filter(|id| !knowledge.measures.contains_key(*id)) {
        let what = "there is no such measure; correct the id".to_owned();
        wrong("worthwhile.toml", &format!("measures.{id}"), what);
    }
    let rule = &knowledge.rule;
    if !(0.5..1.0).contains(&rule.certainty) {
        let what = format!("{} lets two sentences be true at once, or none; generate it again", rule.certainty);
        wrong("rule.toml", "certainty", what);
    }
    if !rule.promises.is_sorted_by(|one, next| one.error_over_worthwhile < next.error_over_worthwhile) {
        wrong("rule.toml", "promises", "the errors do not rise; generate it again".to_owned());
    }
}
