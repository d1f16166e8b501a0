//! One day from a log: what scenarios run, natively and in wasm, with the same bytes.

mod answers;
mod transcript;

use serde::Deserialize;
use serde_json::{Map, Value};
use supple_core::assess::Assessment;
use supple_core::contract::{ScreenGiven, answer_text, view};
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{CheckedIn, EventBody, Series, stamp};
use supple_core::experiment::decide;
use supple_core::gate::{Clearance, admit};
use supple_core::guide::{Session, parse_script, simulate};
use supple_core::knowledge::Knowledge;
use supple_core::learn::with_own_results;
use supple_core::plan::Plan;
use supple_core::state::{State, fold};
use supple_core::{SignedDuration, Zoned};

/// A day: the log so far and what is wanted today.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The log, as JSON Lines.
    pub log: String,
    /// Today.
    pub today: Today,
}

/// Today: a story, and one visit or several. The first visit stands at the top, each later one under `then`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Today {
    /// What happens here, for the reader.
    pub story: String,
    /// Every time the person comes by, in order.
    pub visits: Vec<Visit>,
}

/// Once that a person comes by: what the log learned since, what they answer and want, and what they do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Civil time with its zone.
    pub now: String,
    /// Lines that arrive from another device before that, as they are.
    #[serde(default)]
    pub arrives: String,
    /// What is logged here two minutes before that, such as a next-day report.
    #[serde(default)]
    pub events: Vec<EventBody>,
    /// Answers to the screen a minute before that. The default answers the questions that are open then, about
    /// today's places; without it they stay open.
    #[serde(default)]
    pub screen: ScreenGiven,
    /// What is wanted; missing means the same as the time before.
    #[serde(default)]
    pub wishes: Option<CheckedIn>,
    /// What the person does while they are guided, one input a line; missing means no session.
    #[serde(default)]
    pub guide: Option<String>,
}

impl TryFrom<Map<String, Value>> for Today {
    type Error = serde_json::Error;

    fn try_from(mut fields: Map<String, Value>) -> Result<Self, Self::Error> {
        let story = serde_json::from_value(fields.remove("story").unwrap_or_default())?;
        let then = fields.remove("then").map(serde_json::from_value::<Vec<Visit>>).transpose()?;
        let mut visits = vec![serde_json::from_value(Value::Object(fields))?];
        visits.extend(then.into_iter().flatten());
        Ok(Self { story, visits })
    }
}

/// Runs a day given as JSON.
#[must_use]
pub fn run_json(knowledge: &Knowledge, text: &str) -> String {
    let day = serde_json::from_str::<Day>(text).map_err(|error| error.to_string());
    day.and_then(|day| run(knowledge, &day)).unwrap_or_else(|error| format!("error: {error}"))
}

/// Runs a day: for each visit the judgement, the plan and the session in words.
///
/// # Errors
/// What is wrong with the day: a time, an answer or an input that cannot be read, or a session without a plan.
pub fn run(knowledge: &Knowledge, day: &Day) -> Result<String, String> {
    let mut diary = Diary { log: day.log.lines().filter(|line| !line.is_empty()).map(upcast::read).collect() };
    let mut wishes = None;
    let mut pages = Vec::new();
    for (index, visit) in day.today.visits.iter().enumerate() {
        wishes = visit.wishes.as_ref().or(wishes);
        let wishes = wishes.ok_or("the first visit needs wishes")?;
        let page = come_by(knowledge, &mut diary, index + 1, visit, wishes);
        pages.push(page.map_err(|error| format!("visit {}: {error}", index + 1))?);
    }
    Ok(pages.join("\n"))
}

fn come_by(
    knowledge: &Knowledge,
    diary: &mut Diary,
    number: usize,
    visit: &Visit,
    wishes: &CheckedIn,
) -> Result<String, String> {
    let now: Zoned = visit.now.parse().map_err(|error| format!("now: {error}"))?;
    diary.log.extend(visit.arrives.lines().filter(|line| !line.trim().is_empty()).map(upcast::read));
    for body in &visit.events {
        diary.append(&earlier(&now, 2)?, body.clone());
    }
    diary.append(&earlier(&now, 1)?, EventBody::CheckedIn(wishes.clone()));
    let before = Assessment::from_state(knowledge, &diary.state(), &now, wishes);
    for body in answers::answers(knowledge, &before, wishes, &visit.screen)? {
        diary.append(&earlier(&now, 1)?, body);
    }

    let state = diary.state();
    let mut assessment = with_own_results(Assessment::from_state(knowledge, &state, &now, wishes), knowledge, &state);
    let (judgement, plan, _) = decide(knowledge, &state, &mut assessment);
    let answer = view(knowledge, &assessment, &judgement, plan.as_ref());
    let mut page = format!("== {}\n\n", now.strftime("%A %-d %B %Y, %-H:%M %Z"));
    page.push_str(&answer_text(knowledge, &answer));
    if !state.notes.is_empty() {
        page.push_str("\nAbout the log\n");
        for note in &state.notes {
            page.push_str(&supple_core::contract::text::wrapped(&note.what, "  "));
            page.push('\n');
        }
    }
    if let Some(script) = &visit.guide {
        let clearance = judgement.verdict.clearance().ok_or("guide: there is no plan to be guided through")?;
        let plan = plan.as_ref().filter(|plan| !plan.blocks.is_empty()).ok_or("guide: the plan is empty")?;
        page.push_str("\nGuided\n");
        page.push_str(&guided(knowledge, diary, &Guided { number, now: &now, wishes, clearance, plan, script })?);
    }
    Ok(page)
}

/// What a session is made from.
struct Guided<'a> {
    number: usize,
    now: &'a Zoned,
    wishes: &'a CheckedIn,
    clearance: &'a Clearance,
    plan: &'a Plan,
    script: &'a str,
}

/// Plays a session, logs what it writes, and tells what happened.
fn guided(knowledge: &Knowledge, diary: &mut Diary, guided: &Guided<'_>) -> Result<String, String> {
    let wishes = guided.wishes;
    let doses: Vec<_> = guided.plan.blocks.iter().map(|block| block.dose.clone()).collect();
    let head = diary.state().head;
    let admitted = admit(knowledge, guided.clearance, head.as_deref(), wishes.goal, wishes.minutes, &doses)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    let inputs = parse_script(guided.script).map_err(|error| format!("guide: {error}"))?;
    let (mut session, start) = Session::start(format!("session-{}", guided.number), &admitted, knowledge);
    for body in start.events {
        diary.append(guided.now, body);
    }
    let played = simulate(&mut session, &inputs);
    for (at_ms, body) in transcript::written(&played) {
        let after = SignedDuration::from_millis(i64::try_from(at_ms).unwrap_or(i64::MAX));
        let at = guided.now.checked_add(after).map_err(|error| error.to_string())?;
        diary.append(&at, body.clone());
    }
    Ok(transcript::transcript(knowledge, guided.script, &inputs, &played, session.is_ended()))
}

/// The log of one device, and what arrived from others.
struct Diary {
    log: Vec<Entry>,
}

impl Diary {
    fn state(&self) -> State {
        fold(&self.log)
    }

    /// Stamps what happened and appends it, as a shell does.
    fn append(&mut self, at: &Zoned, body: EventBody) {
        const DEVICE: &str = "today";
        let seen = |entry: &Entry| match entry {
            Entry::Read(event) => Some(event.logical_ms),
            Entry::Unreadable(unreadable) => unreadable.frame.logical_ms,
        };
        let last = self.log.iter().filter_map(seen).max();
        let own = |entry: &&Entry| matches!(entry, Entry::Read(event) if event.device == DEVICE);
        let next_seq = self.log.iter().filter(own).count() as u64 + 1;
        let series = Series { device: DEVICE, next_seq, last_logical_ms: last };
        let stamped = stamp(series, [(at.clone(), body)], |seq| format!("{DEVICE}-{seq:03}"));
        self.log.extend(stamped.into_iter().map(|event| Entry::Read(Box::new(event))));
    }
}

fn earlier(now: &Zoned, minutes: i64) -> Result<Zoned, String> {
    now.checked_sub(SignedDuration::from_mins(minutes)).map_err(|error| format!("now: {error}"))
}
