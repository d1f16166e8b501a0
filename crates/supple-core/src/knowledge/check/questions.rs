//! Ready questions can be asked: what they name exists, both ways can be done, and they differ.

use super::super::Knowledge;
use super::{Problem, Problems};
use crate::body::Side;
use crate::event::Name;
use crate::experiment::{BadDesign, ready};
use crate::state::State;

/// Ensure every question can be asked at each of its places.
pub(super) fn questions_can_be_asked(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, question) in &knowledge.questions {
        let file = format!("questions/{id}.toml");
        let mut say = |field: &str, what: String| problems.push(Problem::new(&file, field, rule, what));
        let labels =
            question.arms.iter().zip(["arms[0].label", "arms[1].label"]).map(|(arm, field)| (field, &arm.label));
        for (field, text) in labels.chain([("name", &question.name)]) {
            if Name::new(text.as_str()).is_err() {
                say(field, format!("a name has at most {} characters; shorten it", Name::MOST));
            }
        }
        if question.places.is_empty() {
            say("places", "it can be asked nowhere; add a place".to_owned());
        }
        for (index, place) in question.places.iter().enumerate() {
            let field = format!("places[{index}]");
            if question.places.iter().take(index).any(|earlier| earlier.region == place.region) {
                say(&field, format!("`{}` stands here twice; take one out", place.region));
            }
            let [first, second] = &question.arms;
            if first.seconds.is_none() || second.seconds.is_some() != place.second.is_some() {
                let what =
                    "a way has seconds and a technique, or neither where it is a rest; only the second may rest";
                say(&field, what.to_owned());
                continue;
            }
            for technique in std::iter::once(&place.first).chain(&place.second) {
                if knowledge.techniques.get(technique).is_some_and(|known| known.region != place.region) {
                    say(&field, format!("`{technique}` presses another region than `{}`", place.region));
                }
            }
            let draft = ready(knowledge, id, Some(place.region), Side::Both);
            match draft.and_then(|draft| draft.check(knowledge, &State::default())) {
                // A test whose error is a share of its value is taken once before it is begun.
                Ok(()) | Err(BadDesign::MeasureFirst) => {}
                Err(error) => say(&field, error.to_string()),
            }
        }
    }
}
