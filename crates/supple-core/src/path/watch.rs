use crate::assess::{Assessment, from_the_future, given, screen_today};
use crate::body::{Area, Side};
use crate::days;
use crate::event::{Answer, EventBody, PathWatched, QuestionAnswered};
use crate::knowledge::{CarePath, Knowledge, Scope, Watch};
use crate::state::State;
use jiff::Zoned;
use jiff::civil::Date;

/// Something a path looks out for, and when it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchNow<'k> {
    /// What is known of it.
    pub known: &'k Watch,
    /// When it is asked.
    pub due: Due,
    /// The day it was last asked, and what was said.
    pub last: Option<(Date, Answer)>,
}

/// When something is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Now.
    Now,
    /// On this day.
    On(Date),
    /// Not of this person: nothing they said calls for it.
    Never,
}

pub(super) fn all<'k>(known: &'k CarePath, path: &str, state: &State, assessment: &Assessment) -> Vec<WatchNow<'k>> {
    let said_yes = |id: &String| assessment.screen.fact(id).answer == Answer::Yes;
    let one = |watch: &'k Watch| {
        let now = &assessment.now;
        let of_this =
            |event: &&crate::state::Timed<PathWatched>| event.what.path == path && event.what.watch == watch.id;
        let past = state.watched.iter().filter(of_this).filter(|event| !from_the_future(&event.at, now));
        let last = past.max_by(|a, b| a.at.cmp(&b.at));
        let last = last.map(|event| (event.at.with_time_zone(now.time_zone().clone()).date(), event.what.answer));
        let called_for =
            if watch.when.is_empty() { super::concerns(known, assessment) } else { watch.when.iter().any(said_yes) };
        let due = match last {
            _ if !called_for => Due::Never,
            None => Due::Now,
            Some((day, _)) => match days::after(day, watch.every_days.into()) {
                Some(next) if next > now.date() => Due::On(next),
                _ => Due::Now,
            },
        };
        WatchNow { known: watch, due, last }
    };
    known.watches.iter().map(one).collect()
}

/// What an answer to a watch writes: that it was answered, and, where something was or may have been noticed, the
/// question of the screen it belongs to. None if there is no such watch.
///
/// Nothing opens by it. A *no* leaves the screen as it is. A *yes* keeps every side that was closed already and loses any
/// agreement: what a clinician agreed to was another state of things. For a question on places it leaves all of them
/// *not sure* until it is answered in full.
#[must_use]
pub fn noticed(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    (path, watch): (&str, &str),
    (answer, side): (Answer, Option<Side>),
) -> Option<Vec<EventBody>> {
    let known = knowledge.paths.get(path)?.watches.iter().find(|known| known.id == watch)?;
    let event = PathWatched { path: path.to_owned(), watch: watch.to_owned(), answer, side };
    let mut bodies = vec![EventBody::PathWatched(event)];
    if answer != Answer::No {
        bodies
            .extend(known.answers.as_deref().and_then(|id| to_the_screen(knowledge, state, now, id, (answer, side))));
    }
    Some(bodies)
}

fn to_the_screen(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    id: &str,
    (answer, side): (Answer, Option<Side>),
) -> Option<EventBody> {
    let caution = knowledge.cautions.get(id)?;
    let screen = screen_today(knowledge, state, now);
    let fact = screen.fact(id);
    if caution.scope == Scope::MarkedArea {
        // Everywhere but where it was a yes: yes says more, and where it is now is asked in full.
        let open = crate::body::Site::all().filter(|site| !fact.yes.contains(*site));
        let areas: Vec<Area> = open.map(|site| Area { region: site.region, side: Some(site.half.side()) }).collect();
        let asked = !areas.is_empty();
        return asked.then(|| EventBody::QuestionAnswered(given(id, caution, Answer::Unknown, areas)));
    }
    // A yes that was said before stays one: not sure now says less.
    let answer = if fact.answer == Answer::Yes { Answer::Yes } else { answer };
    let side = match (caution.scope, fact.answer) {
        (Scope::Side, Answer::No) => Some(side.unwrap_or(Side::Both)),
        // What was closed on a side, or on both for want of an answer, stays closed there.
        (Scope::Side, _) if fact.side.is_some() && fact.side == side => side,
        (Scope::Side, _) => Some(Side::Both),
        (Scope::WholeBody | Scope::Regions | Scope::MarkedArea, _) => None,
    };
    let areas = if fact.answer == Answer::Yes { areas_of(fact.yes) } else { Vec::new() };
    Some(EventBody::QuestionAnswered(QuestionAnswered { side, ..given(id, caution, answer, areas) }))
}

/// Sites as areas, one for each.
fn areas_of(sites: crate::body::SiteSet) -> Vec<Area> {
    let one = |site: crate::body::Site| Area { region: site.region, side: Some(site.half.side()) };
    sites.iter().map(one).collect()
}

/// Where a question on places leaves everything open, a full answer has to follow: its id.
#[must_use]
pub fn to_be_answered_in_full<'k>(knowledge: &'k Knowledge, watch: &'k Watch) -> Option<&'k str> {
    let id = watch.answers.as_deref()?;
    let about_places = knowledge.cautions.get(id)?.scope == Scope::MarkedArea;
    about_places.then_some(id)
}

/// Whether it matters on which side something was noticed.
#[must_use]
pub fn asks_for_a_side(knowledge: &Knowledge, watch: &Watch) -> bool {
    let caution = watch.answers.as_ref().and_then(|id| knowledge.cautions.get(id));
    caution.is_some_and(|caution| caution.scope == Scope::Side)
}
