//! Today's answers as the app would log them: only what is open is asked, and only about today's places.

use supple_core::assess::{Assessment, ScreenFact, asked_about};
use supple_core::body::{Area, RegionId, SiteSet};
use supple_core::contract::{AnswerGiven, ScreenGiven};
use supple_core::event::{Answer, CheckedIn, EventBody, QuestionAnswered};
use supple_core::knowledge::{Caution, Knowledge, Scope};

/// Today's answers as events, in the order in which the questions are asked.
///
/// # Errors
/// An answer to a question that does not exist.
pub(super) fn answers(
    knowledge: &Knowledge,
    before: &Assessment,
    wishes: &CheckedIn,
    given: &ScreenGiven,
) -> Result<Vec<EventBody>, String> {
    if let Some(id) = given.answers.keys().find(|id| !knowledge.cautions.contains_key(*id)) {
        return Err(format!("screen.answers: there is no question `{id}`"));
    }
    let places = asked_about(knowledge, &regions_today(knowledge, wishes));
    let mut bodies = Vec::new();
    for id in knowledge.screen.ids() {
        let Some(caution) = knowledge.cautions.get(id) else { continue };
        let own = given.answers.get(id);
        if let Some(default) = given.default
            && let Some(areas) = open_about(caution, before.screen.fact(id), &places)
            && own.is_none_or(|own| !own.areas.is_empty())
        {
            bodies.push(answered(id, caution, default, areas, None));
        }
        if let Some(own) = own {
            bodies.push(answered(id, caution, own.answer, own.areas.clone(), Some(own)));
        }
    }
    Ok(bodies)
}

/// What was marked or asked for, or what is usual for the goal.
fn regions_today(knowledge: &Knowledge, wishes: &CheckedIn) -> Vec<RegionId> {
    let marked = wishes.tight.iter().map(|area| area.region).chain(wishes.soreness.iter().map(|sore| sore.region));
    let regions: Vec<_> = marked.chain(wishes.wants.iter().copied()).collect();
    if !regions.is_empty() {
        return regions;
    }
    knowledge.planning.goals.get(&wishes.goal).map(|goal| goal.usual_regions.clone()).unwrap_or_default()
}

/// The places an open question is asked about; none if it is not open.
fn open_about(caution: &Caution, fact: &ScreenFact, places: &[Area]) -> Option<Vec<Area>> {
    if caution.scope != Scope::MarkedArea {
        return (fact.answer == Answer::Unknown).then(Vec::new);
    }
    let open = fact.never_asked().union(fact.unsure);
    let areas: Vec<Area> = places.iter().filter_map(|&place| open_part(place, open)).collect();
    (!areas.is_empty()).then_some(areas)
}

fn open_part(place: Area, open: SiteSet) -> Option<Area> {
    let sites: Vec<_> = place.sites().filter(|&site| open.contains(site)).collect();
    match sites[..] {
        [] => None,
        [only] => Some(Area { side: Some(only.half.side()), ..place }),
        _ => Some(place),
    }
}

fn answered(id: &str, caution: &Caution, answer: Answer, areas: Vec<Area>, own: Option<&AnswerGiven>) -> EventBody {
    EventBody::QuestionAnswered(QuestionAnswered {
        caution: id.to_owned(),
        text_version: caution.text_version,
        answer,
        side: own.and_then(|own| own.side),
        areas,
        clinician_agreed_on: own.and_then(|own| own.clinician_agreed_on),
        since: own.and_then(|own| own.since),
    })
}
