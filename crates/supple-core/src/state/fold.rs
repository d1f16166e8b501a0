use super::{
    ExperimentRecord, Import, KnownTrainings, MovesRecord, Note, ProgrammeRecord, SessionBlock, SessionRecord, Spot,
    State, Timed, Training,
};
use crate::event::upcast::Entry;
use crate::event::{DoneElsewhere, ElsewhereTool, Event, EventBody, Trained};
use std::collections::{BTreeMap, BTreeSet};

const NO_SUCH_EXPERIMENT: &str = "it is about an experiment that is not there, or is over; left out";
const NO_SUCH_IMPORT: &str = "it is about an import that did not begin before it; left out";
const NO_SUCH_PROGRAMME: &str = "it is about a programme that is not there, or is over; left out";
const NO_SUCH_SPOT: &str = "it is about a spot that is not marked; left out";

/// Folds a log. The order in which entries arrive makes no difference: they are folded by hybrid logical time,
/// device and number, and an event that stands in the log twice counts once.
///
/// An entry that cannot be read may hold any answer, so every answer before it is gone, and there is no plan until
/// the questions are answered again or a program that can read it comes along. One whose time cannot be read either
/// comes last, after every answer; a person gets past it by taking it back, and then every question is asked anew.
#[must_use]
pub fn fold(entries: &[Entry]) -> State {
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    // Only entries of the same place in the order are written out to be compared.
    ordered.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.to_line().cmp(&b.to_line())));
    ordered.dedup_by(|a, b| a.order() == b.order() && a.to_line() == b.to_line());
    let retracted = retracted(ordered.iter().copied());
    let unreadable: BTreeSet<&str> = ordered.iter().filter_map(|entry| name_of_unreadable(entry)).collect();
    let mut state = State::default();
    let mut places = Places { undone: undone(ordered.iter().copied(), &retracted), ..Places::default() };
    let mut seen = BTreeSet::new();
    for entry in ordered {
        match entry {
            Entry::Read(event) => {
                if !seen.insert(event.id.as_str()) {
                    state.note(event, "its id stands in the log twice; the first one counts");
                    continue;
                }
                state.head = Some(event.id.clone());
                if retracted.contains(event.id.as_str()) {
                    continue;
                }
                if matches!(&event.body, EventBody::Retracted(body) if unreadable.contains(body.event.as_str())) {
                    state.answers.clear();
                }
                state.apply(event, &mut places);
            }
            Entry::Unreadable(unreadable) => {
                let name = name_of_unreadable(entry).unwrap_or(&unreadable.raw);
                if retracted.contains(name) {
                    continue;
                }
                state.unreadable.push(name.to_owned());
                state.answers.clear();
                if let Some(id) = &unreadable.frame.id {
                    state.head = Some(id.clone());
                }
                let what = format!("{}; every answer before it counts as not given", unreadable.why);
                state.notes.push(Note { event: unreadable.frame.id.clone(), what });
            }
        }
    }
    state
}

/// Where things stand in the state by their session's id: two years of sessions are too many to look through each time.
#[derive(Default)]
struct Places<'e> {
    sessions: BTreeMap<&'e str, usize>,
    reviews: BTreeMap<&'e str, usize>,
    moves: BTreeMap<&'e str, usize>,
    imports: BTreeMap<&'e str, usize>,
    /// Batches that somebody took back.
    undone: BTreeSet<&'e str>,
    /// Trainings that count, to know them again.
    trainings: KnownTrainings,
}

/// Batches that were undone. What they brought is passed over from the start, so that a training that came with one of
/// them hides no other account of it.
fn undone<'e>(ordered: impl Iterator<Item = &'e Entry>, retracted: &BTreeSet<&str>) -> BTreeSet<&'e str> {
    let batch = |entry: &'e Entry| match entry {
        Entry::Read(event) if !retracted.contains(event.id.as_str()) => match &event.body {
            EventBody::ImportUndone(body) => Some(body.batch.as_str()),
            _ => None,
        },
        _ => None,
    };
    ordered.filter_map(batch).collect()
}

/// What a retraction calls an entry that cannot be read: its id, or, where it has none, all of its bytes.
fn name_of_unreadable(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Read(_) => None,
        Entry::Unreadable(unreadable) => Some(unreadable.frame.id.as_deref().unwrap_or(&unreadable.raw)),
    }
}

/// Ids that count as not having happened. A retraction may itself be retracted, so the last word is read first.
fn retracted<'e>(ordered: impl DoubleEndedIterator<Item = &'e Entry>) -> BTreeSet<&'e str> {
    let mut gone = BTreeSet::new();
    for entry in ordered.rev() {
        if let Entry::Read(event) = entry
            && let EventBody::Retracted(body) = &event.body
            && !gone.contains(event.id.as_str())
        {
            gone.insert(body.event.as_str());
        }
    }
    gone
}

impl State {
    fn note(&mut self, event: &Event, what: &str) {
        self.notes.push(Note { event: Some(event.id.clone()), what: what.to_owned() });
    }

    /// An experiment that is not over.
    fn running(&mut self, id: &str) -> Option<&mut ExperimentRecord> {
        self.experiments.iter_mut().find(|known| known.id() == id && known.ended.is_none())
    }

    /// A training, from whoever tells of it. Pressure that was part of it counts as done elsewhere.
    fn train<'e>(&mut self, event: &'e Event, body: &'e Trained, places: &mut Places<'e>) {
        if let Some(batch) = body.batch() {
            if places.undone.contains(batch) {
                return;
            }
            match places.imports.get(batch) {
                Some(&place) => self.imports[place].trainings += 1,
                None => self.note(event, "the import it came with did not begin before it; it counts all the same"),
            }
        }
        let place = places.trainings.find(body);
        let rolled_before = place.is_some_and(|place| !self.trainings[place].what.rolled.is_empty());
        match place {
            Some(place) => {
                places.trainings.insert_source(body, place);
                let training = &mut self.trainings[place];
                training.what.fill_from(body);
                training.also.push(event.id.clone());
            }
            None => {
                places.trainings.insert(body, self.trainings.len());
                let (id, at) = (event.id.clone(), event.at.clone());
                self.trainings.push(Training { id, at, what: body.clone(), also: Vec::new() });
            }
        }
        if !rolled_before {
            let done = body.rolled.iter().map(|rolled| DoneElsewhere {
                region: rolled.region,
                side: rolled.side,
                seconds: rolled.seconds.get(),
                tool: ElsewhereTool::Other,
                felt: None,
            });
            let timed = done.map(|what| Timed { at: body.start.clone(), id: event.id.clone(), what });
            self.elsewhere.extend(timed);
        }
    }

    fn end_programme(&mut self, at: &jiff::Zoned) {
        if let Some(over) = self.programme.take() {
            self.programmes_before.push(ProgrammeRecord { ended: Some(at.clone()), ..over });
        }
    }

    fn programme_of(&mut self, id: &str) -> Option<&mut ProgrammeRecord> {
        self.programme.as_mut().filter(|known| known.set.what.programme == id)
    }

    fn apply<'e>(&mut self, event: &'e Event, places: &mut Places<'e>) {
        let at = event.at.clone();
        let id = event.id.clone();
        match &event.body {
            EventBody::ProfileChanged(body) => self.profile.apply(&at, body),
            EventBody::QuestionAnswered(body) => {
                self.answers.get_or_default(body.caution.clone()).push(Timed { at, id, what: body.clone() });
            }
            EventBody::CheckedIn(body) => {
                self.arrangement = None; // it was made for another day's wishes
                self.check_ins.push(Timed { at, id, what: body.clone() });
            }
            EventBody::SessionStarted(body) => {
                if places.sessions.contains_key(body.session.as_str()) {
                    return self.note(event, "a session of this id had begun already; this start is left out");
                }
                places.sessions.insert(&body.session, self.sessions.len());
                self.sessions.push(SessionRecord {
                    id: body.session.clone(),
                    at,
                    started: body.clone(),
                    blocks: Vec::new(),
                    ended: None,
                });
            }
            EventBody::BlockFinished(body) => {
                let block = SessionBlock { at, finished: body.clone() };
                match places.sessions.get(body.session.as_str()) {
                    Some(&place) => self.sessions[place].blocks.push(block),
                    None => {
                        // Its seconds still count to the day: pressure was given.
                        let started = crate::event::SessionStarted {
                            session: body.session.clone(),
                            goal: crate::knowledge::Goal::Mobility,
                            doses: Vec::new(),
                        };
                        places.sessions.insert(&body.session, self.sessions.len());
                        self.sessions.push(SessionRecord {
                            id: body.session.clone(),
                            at: block.at.clone(),
                            started,
                            blocks: vec![block],
                            ended: None,
                        });
                        self.note(event, "it belongs to a session whose start is missing; its seconds count");
                    }
                }
            }
            EventBody::StopSignalled(body) => self.stops.push(Timed { at, id, what: body.clone() }),
            EventBody::SessionEnded(body) => {
                match places.sessions.get(body.session.as_str()).map(|&place| &mut self.sessions[place]) {
                    Some(session) if session.ended.is_none() => session.ended = Some((at, body.completed)),
                    Some(_) => self.note(event, "its session had ended already"),
                    None => self.note(event, "it ends a session whose start is missing"),
                }
            }
            EventBody::DoneElsewhere(body) => self.elsewhere.push(Timed { at, id, what: body.clone() }),
            EventBody::NextDayReported(body) => self.next_days.push(Timed { at, id, what: body.clone() }),
            EventBody::MeasureTaken(body) => self.measures.push(Timed { at, id, what: body.clone() }),
            EventBody::PathWatched(body) => self.watched.push(Timed { at, id, what: body.clone() }),
            EventBody::MovementScreened(body) => self.movement.push(Timed { at, id, what: body.clone() }),
            EventBody::Retracted(body) => {
                if body.event == event.id {
                    self.note(event, "it takes back itself, which means nothing");
                }
            }
            EventBody::SpotMarked(body) => match self.spots.iter_mut().find(|spot| spot.id == body.spot) {
                Some(spot) => spot.marked = body.clone(),
                None => self.spots.push(Spot::new(at, body.clone(), body.spot.clone())),
            },
            EventBody::SpotFollowedUp(body) => match self.spots.iter_mut().find(|spot| spot.id == body.spot) {
                Some(spot) => spot.follow_ups.push(Timed { at, id, what: body.clone() }),
                None => self.note(event, NO_SUCH_SPOT),
            },
            EventBody::SpotPressed(body) => match self.spots.iter_mut().find(|spot| spot.id == body.spot) {
                Some(spot) => spot.presses.push(Timed { at, id, what: body.clone() }),
                None => self.note(event, NO_SUCH_SPOT),
            },
            EventBody::RoutineSaved(body) => {
                let saved = Timed { at, id, what: body.clone() };
                match self.routines.iter_mut().find(|routine| routine.what.routine == body.routine) {
                    Some(routine) => *routine = saved,
                    None => self.routines.push(saved),
                }
            }
            EventBody::RoutineRemoved(body) => {
                let before = self.routines.len();
                self.routines.retain(|routine| routine.what.routine != body.routine);
                if self.routines.len() == before {
                    self.note(event, "it removes a routine that is not there");
                }
            }
            EventBody::PlanArranged(body) => self.arrangement = Some(Timed { at, id, what: body.clone() }),
            EventBody::SessionReviewed(body) => {
                if !places.sessions.contains_key(body.session.as_str()) {
                    return self.note(event, "it is about a session whose start is missing; left out");
                }
                let review = Timed { at, id, what: body.clone() };
                match places.reviews.get(body.session.as_str()) {
                    Some(&place) => self.reviews[place] = review,
                    None => {
                        places.reviews.insert(&body.session, self.reviews.len());
                        self.reviews.push(review);
                    }
                }
            }
            EventBody::SeenByClinician(body) => {
                // Nothing is lifted: what is not answered counts as yes for what is allowed. Agreements stand in
                // answers and go with them.
                self.answers.clear();
                if body.on > at.date() {
                    self.note(event, "the day it names had not come yet; the questions are asked again all the same");
                }
                self.seen.push(Timed { at, id, what: *body });
            }
            EventBody::SettingsChanged(body) => self.settings.apply(body),
            EventBody::ProgrammeSet(body) => {
                self.end_programme(&at);
                self.programme = Some(ProgrammeRecord::new(Timed { at, id, what: (**body).clone() }));
            }
            EventBody::ProgrammeChanged(body) => match self.programme_of(&body.programme) {
                Some(programme) => {
                    programme.change(Timed { at, id, what: body.change.clone() }, &body.items);
                }
                None => self.note(event, NO_SUCH_PROGRAMME),
            },
            EventBody::ProgrammeEnded(body) => match self.programme_of(&body.programme) {
                Some(_) => self.end_programme(&at),
                None => self.note(event, NO_SUCH_PROGRAMME),
            },
            EventBody::ExperimentDesigned(body) => {
                if self.experiments.iter().any(|known| known.id() == body.experiment) {
                    return self.note(event, "an experiment of this id had begun already; this design is left out");
                }
                self.experiments.push(ExperimentRecord::new(Timed { at, id, what: (**body).clone() }));
            }
            EventBody::ArmRevealed(body) => match self.running(&body.experiment) {
                Some(experiment) => experiment.revealed.push(Timed { at, id, what: body.clone() }),
                None => self.note(event, NO_SUCH_EXPERIMENT),
            },
            EventBody::ArmMissed(body) => match self.running(&body.experiment) {
                Some(experiment) => experiment.missed.push(Timed { at, id, what: body.clone() }),
                None => self.note(event, NO_SUCH_EXPERIMENT),
            },
            EventBody::ExperimentEnded(body) => match self.running(&body.experiment) {
                Some(experiment) => experiment.ended = Some(Timed { at, id, what: body.clone() }),
                None => self.note(event, NO_SUCH_EXPERIMENT),
            },
            EventBody::MovesStarted(body) => {
                if places.moves.contains_key(body.session.as_str()) {
                    return self.note(event, "a run of moves of this id had begun already; this start is left out");
                }
                places.moves.insert(&body.session, self.moves.len());
                self.moves.push(MovesRecord::new(at, body.clone()));
            }
            EventBody::MoveFinished(body) => {
                if !places.moves.contains_key(body.session.as_str()) {
                    // Its seconds still count to the day: the work was done.
                    let started = crate::event::MovesStarted { session: body.session.clone(), moves: Vec::new() };
                    places.moves.insert(&body.session, self.moves.len());
                    self.moves.push(MovesRecord::new(at.clone(), started));
                    self.note(event, "it belongs to a run of moves whose start is missing; its seconds count");
                }
                if let Some(run) =
                    places.moves.get(body.session.as_str()).and_then(|&place| self.moves.get_mut(place))
                {
                    run.moves.push(Timed { at, id, what: body.clone() });
                }
            }
            EventBody::MovesEnded(body) => {
                match places.moves.get(body.session.as_str()).and_then(|&place| self.moves.get_mut(place)) {
                    Some(run) if run.ended.is_none() => run.ended = Some(Timed { at, id, what: body.clone() }),
                    Some(_) => self.note(event, "its run of moves had ended already"),
                    None => self.note(event, "it ends a run of moves whose start is missing"),
                }
            }
            EventBody::Trained(body) => self.train(event, body, places),
            EventBody::Imported(body) => {
                if places.imports.contains_key(body.batch.as_str()) {
                    return self.note(event, "an import of this id had begun already; this start is left out");
                }
                places.imports.insert(&body.batch, self.imports.len());
                let began = Timed { at, id, what: body.clone() };
                self.imports.push(Import { began, undone: None, trainings: 0, days: 0 });
            }
            EventBody::ImportUndone(body) => match places.imports.get(body.batch.as_str()) {
                Some(&place) => self.imports[place].undone = Some(at),
                None => self.note(event, NO_SUCH_IMPORT),
            },
            EventBody::SorenessNoted(body) => {
                if places.undone.contains(body.source.batch.as_str()) {
                    return;
                }
                match places.imports.get(body.source.batch.as_str()) {
                    Some(&place) => self.imports[place].days += 1,
                    None => {
                        self.note(event, "the import it came with did not begin before it; it counts all the same")
                    }
                }
                self.soreness_days.insert(body.on, Timed { at, id, what: body.clone() });
            }
        }
    }
}
