//! A sheet of paper for what is shared: what to do, one drawing each, when not to, when to stop, and a code that opens
//! it in the app. It is made from [`Shared`] alone, so nothing about a person can get onto it.

mod address;
pub mod code;
mod document;
mod part;
mod week;
mod week_table;
mod words;

pub use address::Address;
pub use document::{Look, Paper, document};
pub use week::{of_week, of_week_answer};
pub use words::{amount_words, areas, goal_words, name_words, part_name, session_title, title};
pub(crate) use words::{felt, named};

use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::assess::Assessment;
use supple_core::body::Area;
use supple_core::contract::{PlanRequest, answer};
use supple_core::gate::{Clearance, judge};
use supple_core::knowledge::{CardKind, Goal, Knowledge, StopSignalId, ToolId};
use supple_core::share::{Part, Shared};
use supple_core::timetable;
use supple_core::unit::SessionMinutes;

/// A hand-out: heading, when not to begin, a week at a glance, when to stop, then everything that is done, each once, and
/// the code. `label` is printed at the top for whoever hands it out ("12", "Tuesday group"); it is nowhere else.
#[must_use]
pub fn sheet(knowledge: &Knowledge, shared: &Shared, address: Option<&Address>, label: Option<&str>) -> Markup {
    let rows = week_table::rows(shared);
    let tabled = week_table::is_worth_it(shared);
    html! {
        article .handout .of-a-week[tabled] {
            (head(knowledge, shared, address, label))
            (before(knowledge))
            @if tabled && !rows.is_empty() { (week_table::table(knowledge, shared, &rows)) }
            @for (index, session) in shared.sessions.iter().enumerate().filter(|(_, session)| session.parts.is_empty()) {
                p {
                    @if tabled { b { (words::session_title(session, index)) ". " } }
                    "Places: " (words::areas(knowledge, &session.areas)) ". The app plans it for the day."
                }
            }
            (stop(knowledge, shared))
            p .small { (crate::pages::welcome::PURPOSE) " It is not a medical device." }
            ol .parts { @for rows in &rows { (part::described(knowledge, shared, rows)) } }
        }
    }
}

/// When not to, in the words of the first cards of the screen.
fn before(knowledge: &Knowledge) -> Markup {
    let ages = &knowledge.limits.age;
    let cards = knowledge.cards.first.iter().filter(|card| card.kind == CardKind::GetHelpFirst);
    html! {
        section .before {
            h2 { "Do not begin if there is any of this; get help or advice first" }
            ul { @for line in cards.flat_map(|card| &card.lines) { li { (line.text) } } }
            p { "Pregnant; an illness of heart, vessels, nerves, bones or skin; blood thinners; an operation or an injury lately; \
                 under " (ages.adult_from_years) ", or " (ages.gentle_start_from_years) " and over? Answer the questions in the \
                 app, or ask somebody who knows your health, before you begin." }
        }
    }
}

/// Signs after which it may have to go quickly: what to watch for is printed, too. The others are about the dose.
const URGENT_AFTERWARDS: [StopSignalId; 4] = [
    StopSignalId::SharpOrElectric,
    StopSignalId::LimbPinsOrColour,
    StopSignalId::DizzyOrChest,
    StopSignalId::SwellingOrBruise,
];

/// When to stop.
fn stop(knowledge: &Knowledge, shared: &Shared) -> Markup {
    let mut parts = shared.sessions.iter().flat_map(|session| &session.parts);
    let moves = parts.clone().any(|part| matches!(part, Part::Move(_)));
    // Places without a plan are for rolling, too.
    let presses = !moves || parts.any(|part| matches!(part, Part::Press(_)));
    html! {
        section .stop {
            h2 { "Stop signs" }
            p { "In a stretch or an exercise, “lift off” means: stop, and come out of it slowly." }
            ul { @for (id, signal) in &knowledge.stop_signals {
                li {
                    b { (signal.signal) ". " } (signal.what_to_do)
                    @if URGENT_AFTERWARDS.contains(id) { " " (signal.watch_for) }
                }
            } }
            @if presses { p { "Pressure: 0 is no feeling, 4 a pleasant ache while you breathe easily, 7 is off at once. More pressure \
                               does not do more." } }
            @if moves { p { "Effort and pull: 0 none, 10 the most you can do." } }
        }
    }
}

fn head(knowledge: &Knowledge, shared: &Shared, address: Option<&Address>, label: Option<&str>) -> Markup {
    let text = shared.to_text();
    // A phone that reads the name of the machine it is on would look for Supple on itself.
    let link = address.filter(|address| address.is_for_others()).map(|address| address.link(&text));
    let drawn = code::svg(link.as_deref().unwrap_or(&text), "A code that opens this in the app");
    // Small modules are made larger: old phones need half a millimetre.
    let dense = code::modules(link.as_deref().unwrap_or(&text)).is_some_and(|rows| rows.len() > DENSE);
    let how = match (&drawn, &link) {
        (Some(_), Some(_)) => "Point the camera of a phone at the code: it opens this in Supple.",
        (Some(_), None) => "Scan the code, then paste what it says under “From a coach” in Supple.",
        (None, _) => "This is too long for a code. Ask for it as a link or a file.",
    };
    html! {
        header {
            div {
                @if let Some(label) = label { p .label { (label) } }
                h1 { (words::title(shared, goal_words(knowledge, shared.goal))) }
                p .lead { (words::lead(knowledge, shared)) }
                p { b { (how) } " It asks its own questions first and leaves out what is not for you. What you answer stays on \
                     your phone. Nothing about you is on this sheet or in the code." }
            }
            @if let Some(drawn) = &drawn { div .code .dense[dense] { (drawn) } }
        }
    }
}

/// More modules than this on a side, and a code is printed larger.
const DENSE: usize = 90;

/// What a person may plan from: what it is for, minutes, tools, places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is for.
    pub goal: Goal,
    /// Minutes.
    pub minutes: SessionMinutes,
    /// Tools, at least one.
    pub tools: Vec<ToolId>,
    /// Places; none means the usual ones for the goal.
    pub areas: Vec<Area>,
}

/// A session for somebody who is not known: what Supple plans for a first session of an adult with nothing to report,
/// the gentlest there is. Who takes it home is asked by the sheet, and by the app behind its code.
///
/// # Errors
/// In words, where nothing can be planned from it.
pub fn planned(knowledge: &Knowledge, wanted: &Wanted, now: &Zoned) -> Result<Shared, String> {
    let request = request_of_anybody(wanted, now)?;
    let answered = answer(knowledge, &request).map_err(|error| error.to_string())?;
    let blocks = answered.plan.map(|plan| plan.blocks).unwrap_or_default();
    let one_sided = |region, side| {
        wanted.areas.iter().any(|area| area.region == region && area.side.is_some_and(|only| only != side))
    };
    let doses: Vec<_> =
        blocks.into_iter().map(|block| block.dose).filter(|dose| !one_sided(dose.region, dose.side)).collect();
    if doses.is_empty() {
        return Err("with these tools and places there is nothing to roll; add a tool or a place".to_owned());
    }
    // A first session is often shorter than what was asked for: the sheet promises what it takes.
    let takes = timetable::total(knowledge, &doses).get().div_ceil(60).clamp(2, u32::from(wanted.minutes.get()));
    Ok(Shared::of_doses(wanted.goal, u8::try_from(takes).unwrap_or(wanted.minutes.get()), &doses))
}

/// What somebody who is not known may do: an adult with nothing to report, in a first session.
fn clearance_of_anybody(knowledge: &Knowledge, now: &Zoned) -> Result<Clearance, String> {
    let minutes = SessionMinutes::new(20).map_err(|error| error.to_string())?;
    let wanted = Wanted { goal: Goal::Mobility, minutes, tools: vec![ToolId::FoamRoller], areas: Vec::new() };
    let request = request_of_anybody(&wanted, now)?;
    let assessment = Assessment::from_request(&request, knowledge).map_err(|error| error.to_string())?;
    let verdict = judge(knowledge, &assessment).verdict;
    verdict.clearance().cloned().ok_or_else(|| "there is nothing that can be passed on to anybody".to_owned())
}

fn request_of_anybody(wanted: &Wanted, now: &Zoned) -> Result<PlanRequest, String> {
    let mut request = serde_json::json!({
        "now": now.to_string(),
        "minutes": wanted.minutes.get(),
        "goal": wanted.goal.id(),
        "tools": wanted.tools.iter().map(|tool| tool.id()).collect::<Vec<_>>(),
        "tool_firmness": {},
        "first_session": true,
        "person": { "age_years": ADULT_YEARS },
        "screen": { "default": "no" },
        "wants": wanted.areas.iter().map(|area| area.region.id()).collect::<Vec<_>>(),
    });
    // A soft tool, as nobody is asked how hard theirs is.
    for tool in &wanted.tools {
        request["tool_firmness"][tool.id()] = "soft".into();
    }
    serde_json::from_value(request).map_err(|error| error.to_string())
}

/// The age that stands for an adult: neither of the ages that have rules of their own (`limits.toml`).
const ADULT_YEARS: u8 = 35;
