//! A path names what exists, asks each question once, and what it watches can be acted on.

use super::super::{CarePath, Knowledge, MeasureKind, Scope};
use super::{Problem, Problems};
use crate::sorted::SortedSet;

/// Most questions on one card: what can be read without scrolling far. Our judgement.
const MOST_ON_A_CARD: usize = 6;
/// How seldom something may be looked out for, in days. Our judgement.
const MOST_DAYS: u16 = 90;
/// The mark of a number of our own.
const OUR_JUDGEMENT: &str = "our_judgement";

fn each(knowledge: &Knowledge) -> impl Iterator<Item = (String, &CarePath)> {
    knowledge.paths.iter().map(|(id, known)| (format!("paths/{id}.toml"), known))
}

fn asked(known: &CarePath) -> impl Iterator<Item = &str> {
    known.cards.iter().flat_map(|card| &card.asks).map(String::as_str)
}

/// Ensure every question, move, technique and measure that a path names exists.
pub(super) fn everything_named_exists(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let mut look = |field: String, kind: &str, id: &str, exists: bool| {
            if !exists {
                let what = format!("no {kind} is called `{id}`; correct the id");
                problems.push(Problem::new(&file, &field, rule, what));
            }
        };
        let question = |id: &str| knowledge.cautions.contains_key(id);
        for (place, card) in known.cards.iter().enumerate() {
            for (index, id) in card.asks.iter().enumerate() {
                look(format!("cards[{place}].asks[{index}]"), "question", id, question(id));
            }
        }
        for (place, offer) in known.offers.iter().enumerate() {
            for (index, id) in offer.moves.iter().enumerate() {
                look(format!("offers[{place}].moves[{index}]"), "move", id, knowledge.moves.contains_key(id));
            }
            for (index, id) in offer.techniques.iter().enumerate() {
                let exists = knowledge.techniques.contains_key(id);
                look(format!("offers[{place}].techniques[{index}]"), "technique", id, exists);
            }
            for (index, measure) in offer.measures.iter().enumerate() {
                let field = format!("offers[{place}].measures[{index}]");
                look(format!("{field}.id"), "measure", &measure.id, knowledge.measures.contains_key(&measure.id));
                for (k, id) in measure.like.iter().enumerate() {
                    look(format!("{field}.like[{k}]"), "move", id, knowledge.moves.contains_key(id));
                }
            }
        }
        for (place, watch) in known.watches.iter().enumerate() {
            if let Some(id) = &watch.answers {
                look(format!("watches[{place}].answers"), "question", id, question(id));
            }
        }
    }
}

/// Ensure each question is asked once, on a card of its own kind and a short one, and paths have places of their own.
pub(super) fn questions_come_in_order(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let mut wrong = |field: String, what: String| problems.push(Problem::new(&file, &field, rule, what));
        let mut before = SortedSet::new();
        for (place, card) in known.cards.iter().enumerate() {
            if card.asks.is_empty() || card.asks.len() > MOST_ON_A_CARD {
                let many = card.asks.len();
                wrong(
                    format!("cards[{place}].asks"),
                    format!("{many} questions; ask 1 to {MOST_ON_A_CARD} on a card"),
                );
            }
            for (index, id) in card.asks.iter().enumerate() {
                if !before.insert(id.as_str()) {
                    wrong(
                        format!("cards[{place}].asks[{index}]"),
                        format!("`{id}` is asked already; leave it in one place"),
                    );
                }
            }
        }
        let taken = knowledge.paths.values().filter(|other| other.order == known.order).count();
        if known.order == 0 || taken > 1 {
            wrong("order".to_owned(), "each path has a place of its own, from 1; choose another".to_owned());
        }
    }
}

/// Ensure an answer that the path itself asks, or an age, says whom it is for.
pub(super) fn paths_are_for_somebody(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let mut wrong = |field: String, what: String| problems.push(Problem::new(&file, &field, rule, what));
        if known.shown_by.is_empty() && known.ages.is_none() {
            wrong("shown_by".to_owned(), "nobody would be led here; name a question or ages".to_owned());
        }
        for (index, id) in known.shown_by.iter().enumerate() {
            if !asked(known).any(|other| other == id) {
                wrong(format!("shown_by[{index}]"), format!("the path does not ask `{id}`; ask it, or leave it out"));
            }
        }
        if known.ages.is_some_and(|ages| ages.to.is_some_and(|to| to < ages.from)) {
            wrong("ages".to_owned(), "the oldest is younger than the youngest; turn them round".to_owned());
        }
    }
}

/// Ensure a watch comes again in time, asks those whom the path asks, and what it answers keeps a side or a place.
pub(super) fn watches_can_be_acted_on(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        let mut wrong = |field: String, what: String| problems.push(Problem::new(&file, &field, rule, what));
        for (place, watch) in known.watches.iter().enumerate() {
            let field = |name: &str| format!("watches[{place}].{name}");
            if !(1..=MOST_DAYS).contains(&watch.every_days) {
                wrong(field("every_days"), format!("every {} days; ask every 1 to {MOST_DAYS}", watch.every_days));
            }
            if known.watches[..place].iter().any(|other| other.id == watch.id) {
                wrong(field("id"), format!("`{}` is there already; choose another id", watch.id));
            }
            for (index, id) in watch.when.iter().enumerate() {
                if !asked(known).any(|other| other == id) {
                    wrong(field(&format!("when[{index}]")), format!("the path does not ask `{id}`; ask it there"));
                }
            }
            if !watch.sources.iter().any(|source| source == OUR_JUDGEMENT) {
                let what = "how often is our judgement; say so among the sources".to_owned();
                wrong(field("sources"), what);
            }
            // The places of such an answer would be lost: a watch has no list of places.
            let listed = watch.answers.as_ref().and_then(|id| knowledge.cautions.get(id));
            if listed.is_some_and(|caution| caution.scope != Scope::MarkedArea && !caution.marks.is_empty()) {
                let what = "this question asks for places besides; choose one that does not".to_owned();
                wrong(field("answers"), what);
            }
        }
    }
}

/// Ensure a measure names moves that ask the same of the body, unless it is a number that is said.
pub(super) fn measures_have_a_move(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, known) in each(knowledge) {
        for (place, offer) in known.offers.iter().enumerate() {
            for (index, measure) in offer.measures.iter().enumerate() {
                let said =
                    knowledge.measures.get(&measure.id).is_some_and(|known| known.kind() == MeasureKind::Rating);
                if measure.like.is_empty() && !said {
                    let what = "the gate knows moves only; name the moves that ask the same of the body".to_owned();
                    problems.push(Problem::new(
                        &file,
                        &format!("offers[{place}].measures[{index}].like"),
                        rule,
                        what,
                    ));
                }
            }
        }
    }
}
