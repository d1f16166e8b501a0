//! One day from a log: what scenarios run, natively and in wasm, with the same bytes.

use serde::Deserialize;
use std::collections::BTreeMap;
use supple_core::assess::Assessment;
use supple_core::body::Area;
use supple_core::contract::{AnswerGiven, ScreenGiven, answer_text, decide, view};
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{self, CheckedIn, Event, EventBody, QuestionAnswered};
use supple_core::knowledge::{Knowledge, Scope};
use supple_core::state::fold;

/// A day: the log so far and what is wanted today.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The log, as JSON Lines.
    pub log: String,
    /// Today.
    pub today: Today,
}

/// What is wanted today.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Today {
    /// What happens here, for the reader.
    #[allow(dead_code)] // for the reader of the file
    pub story: String,
    /// Civil time with its zone.
    pub now: String,
    /// Today's answers to the screen, logged a minute ago; questions on areas are asked about today's places.
    #[serde(default)]
    pub screen: ScreenGiven,
    /// Today's wishes.
    pub wishes: CheckedIn,
    /// What a person does while they are guided, one input a line; none means no session.
    #[serde(default)]
    pub guide: Option<String>,
}

/// Runs a day given as JSON.
#[must_use]
pub fn run_json(knowledge: &Knowledge, text: &str) -> String {
    match serde_json::from_str::<Day>(text) {
        Ok(day) => run(knowledge, &day),
        Err(error) => format!("error: {error}"),
    }
}

/// Runs a day: the judgement, the plan and the session in words.
#[must_use]
pub fn run(knowledge: &Knowledge, day: &Day) -> String {
    let now = match day.today.now.parse::<supple_core::Zoned>() {
        Ok(now) => now,
        Err(error) => return format!("error: now: {error}"),
    };
    let mut log: Vec<Entry> = day.log.lines().filter(|line| !line.is_empty()).map(upcast::read).collect();
    let minute_ago = match now.checked_sub(supple_core::SignedDuration::from_mins(1)) {
        Ok(time) => time,
        Err(error) => return format!("error: now: {error}"),
    };
    for (number, body) in answers(knowledge, &day.today).into_iter().enumerate() {
        log.push(Entry::Read(Box::new(Event {
            id: format!("today-{number:03}"),
            device: "today".to_owned(),
            seq: number as u64 + 1,
            logical_ms: event::next_logical_ms(None, &minute_ago),
            at: minute_ago.clone(),
            version: event::VERSION,
            body,
        })));
    }
    let state = fold(&log);
    let assessment = Assessment::from_state(knowledge, &state, &now, &day.today.wishes);
    let (judgement, plan) = decide(knowledge, &assessment);
    let answer = view(knowledge, &assessment, &judgement, plan.as_ref());
    let mut out = answer_text(knowledge, &answer);
    if !state.notes.is_empty() {
        out.push_str("\nAbout the log\n");
        for note in &state.notes {
            out.push_str(&format!("  {}\n", note.what));
        }
    }
    out
}

/// Today's answers as events, asked about today's places.
fn answers(knowledge: &Knowledge, today: &Today) -> Vec<EventBody> {
    let wishes = &today.wishes;
    let marked = wishes.tight.iter().map(|area| area.region).chain(wishes.soreness.iter().map(|sore| sore.region));
    let mut regions: Vec<_> = marked.chain(wishes.wants.iter().copied()).collect();
    if regions.is_empty() {
        regions =
            knowledge.planning.goals.get(&wishes.goal).map(|goal| goal.usual_regions.clone()).unwrap_or_default();
    }
    let places: Vec<Area> = supple_core::assess::asked_about(knowledge, &regions);
    let given: &BTreeMap<String, AnswerGiven> = &today.screen.answers;
    let mut bodies = Vec::new();
    for id in knowledge.screen.ids() {
        let Some(caution) = knowledge.cautions.get(id) else { continue };
        let area = caution.scope == Scope::MarkedArea;
        let mut push = |answer, side, areas: Vec<Area>, given: Option<&AnswerGiven>| {
            bodies.push(EventBody::QuestionAnswered(QuestionAnswered {
                caution: id.to_owned(),
                text_version: caution.text_version,
                answer,
                side,
                areas,
                clinician_agreed_on: given.and_then(|given| given.clinician_agreed_on),
                since: given.and_then(|given| given.since),
            }));
        };
        if let Some(default) = today.screen.default {
            push(default, None, if area { places.clone() } else { Vec::new() }, None);
        }
        if let Some(given) = given.get(id) {
            push(given.answer, given.side, given.areas.clone(), Some(given));
        }
    }
    bodies
}
