use crate::assess::Assessment;
use crate::body::{Side, Site, SiteSet};
use crate::event::Answer;
use crate::knowledge::{CarePath, Caution, Knowledge, PathCard, Scope};

/// A card of a path with what was said to its questions.
#[derive(Debug, Clone, PartialEq)]
pub struct CardNow<'k> {
    /// What is known of it.
    pub known: &'k PathCard,
    /// Its questions.
    pub questions: Vec<QuestionNow<'k>>,
}

/// A question of a path with what was said to it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionNow<'k> {
    /// Its id.
    pub id: &'k str,
    /// What is known of it.
    pub caution: &'k Caution,
    /// What was said, as far as it is in force.
    pub said: Said,
}

/// What was said to a question, as far as it is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Yes; for a question on places, somewhere.
    Yes,
    /// No; for a question on places, everywhere it was asked about.
    No,
    /// Not sure, which counts as yes until it is known.
    NotSure,
    /// Not asked, or too long ago.
    Open,
}

pub(super) fn cards<'k>(knowledge: &'k Knowledge, known: &'k CarePath, assessment: &Assessment) -> Vec<CardNow<'k>> {
    let about: SiteSet =
        super::regions(knowledge, known).into_iter().flat_map(|region| Site::of(region, Side::Both)).collect();
    let question = |id: &'k String| {
        let caution = knowledge.cautions.get(id)?;
        Some(QuestionNow { id, caution, said: said(id, caution, assessment, about) })
    };
    known
        .cards
        .iter()
        .map(|card| CardNow { known: card, questions: card.asks.iter().filter_map(question).collect() })
        .collect()
}

/// What was said, for a question on places about those of the path.
fn said(id: &str, caution: &Caution, assessment: &Assessment, about: SiteSet) -> Said {
    let fact = assessment.screen.fact(id);
    if caution.scope == Scope::MarkedArea {
        let here = |sites: SiteSet| !sites.intersection(about).is_empty();
        return match (!fact.yes.is_empty(), here(fact.unsure), here(fact.never_asked())) {
            (true, ..) => Said::Yes,
            (false, true, _) => Said::NotSure,
            (false, false, true) => Said::Open,
            (false, false, false) => Said::No,
        };
    }
    match fact.answer {
        Answer::Yes => Said::Yes,
        Answer::No => Said::No,
        // An answer of "not sure" and none at all are the same to the gate; here both wait to be answered.
        Answer::Unknown => Said::Open,
    }
}
