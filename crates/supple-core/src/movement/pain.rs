use crate::assess::{from_the_future, given, on_day, screen_today};
use crate::body::{Area, Side, Site, SiteSet};
use crate::event::{Answer, EventBody, MovementEnd, MovementScreened};
use crate::knowledge::{Knowledge, Scope};
use crate::state::State;
use jiff::Zoned;

/// The questions of the screen that a pain in a movement test asks again: bone, tear, redness, tendon. Our judgement: they
/// are the ones whose words are about a pain that was just felt.
pub const PAIN_QUESTIONS: [&str; 5] =
    ["rf_fracture", "rf_muscle_tear", "delphi_fracture", "delphi_inflammation", "sp_tendon_pain"];

/// Where one look hurt: the places that were named, or everything the test loads on that side. Empty where nothing hurt.
#[must_use]
pub fn hurt_in(knowledge: &Knowledge, look: &MovementScreened) -> SiteSet {
    if look.end != MovementEnd::Pain {
        return SiteSet::EMPTY;
    }
    if !look.pain.is_empty() {
        return look.pain.iter().flat_map(|area| area.sites()).collect();
    }
    let of_retest = |test: &&crate::knowledge::MovementTest| test.retests.iter().any(|retake| retake.id == look.test);
    let test = knowledge.movement_tests.get(&look.test);
    let Some(test) = test.or_else(|| knowledge.movement_tests.values().find(of_retest)) else {
        // A test that this program does not know: it may have loaded anything.
        return SiteSet::FULL;
    };
    let side = look.side.unwrap_or(Side::Both);
    test.loads.iter().flat_map(|region| Site::of(*region, side)).collect()
}

/// Where a movement test hurt today. The gate keeps these places closed for the day.
#[must_use]
pub fn hurt_today(state: &State, knowledge: &Knowledge, now: &Zoned) -> SiteSet {
    let today = state.movement.iter().filter(|look| on_day(&look.at, now) && !from_the_future(&look.at, now));
    today.map(|look| hurt_in(knowledge, &look.what)).fold(SiteSet::EMPTY, SiteSet::union)
}

/// What a look that hurt writes besides: *not sure* to each of [`PAIN_QUESTIONS`], which counts as yes until it is
/// answered. Nothing where nothing hurt. A question that is answered yes there already stays as it is: yes says more,
/// so nothing opens by this.
#[must_use]
pub fn after_pain(state: &State, knowledge: &Knowledge, now: &Zoned, look: &MovementScreened) -> Vec<EventBody> {
    let hurt = hurt_in(knowledge, look);
    if hurt.is_empty() {
        return Vec::new();
    }
    let screen = screen_today(knowledge, state, now);
    let mut bodies = Vec::new();
    for id in PAIN_QUESTIONS {
        let Some(caution) = knowledge.cautions.get(id) else { continue };
        let fact = screen.fact(id);
        if caution.scope == Scope::MarkedArea {
            let open = hurt.minus(fact.yes);
            let areas: Vec<Area> =
                open.iter().map(|site| Area { region: site.region, side: Some(site.half.side()) }).collect();
            if !areas.is_empty() {
                bodies.push(EventBody::QuestionAnswered(given(id, caution, Answer::Unknown, areas)));
            }
        } else if fact.answer != Answer::Yes {
            bodies.push(EventBody::QuestionAnswered(given(id, caution, Answer::Unknown, Vec::new())));
        }
    }
    bodies
}
