//! A week of a programme as it is passed on: what is done on which day, with the doses of a first session and the amounts
//! a programme begins with, since those of the person whose week it is follow from answers that are nobody else's.

use super::{Wanted, clearance_of_anybody, planned};
use jiff::civil::Weekday;
use supple_core::Zoned;
use supple_core::body::Side;
use supple_core::contract::programme::{DayView, WeekView};
use supple_core::dose::Dose;
use supple_core::gate::Clearance;
use supple_core::knowledge::{Goal, Knowledge, Sides, ToolId};
use supple_core::move_dose::MoveDose;
use supple_core::programme::{Day, Item, ItemKind, ItemMove, Week, amount};
use supple_core::share::{MoveAmount, MovePart, Part, Shared, SharedSession};
use supple_core::unit::SessionMinutes;

/// A week, each day a session; days with the same in them are one. `tools` are what it is done with.
///
/// # Errors
/// In words, where nothing of it can be planned.
pub fn of_week(knowledge: &Knowledge, week: &Week, tools: &[ToolId], now: &Zoned) -> Result<Shared, String> {
    let days = week.days.iter().filter(|day| !day.items.is_empty());
    let goal = week.days.iter().flat_map(|day| &day.items).find_map(|item| item.goal);
    let clearance = clearance_of_anybody(knowledge, now)?;
    let anybody = Anybody { knowledge, clearance, tools, now, lighter: week.lighter };
    gathered(goal, days.map(|day| anybody.day(day)))
}

/// A week that was planned for another program, with the doses of its answer: they follow from what stands in the request,
/// so whoever asked decides to whom they go.
///
/// # Errors
/// In words, where there is nothing in it.
pub fn of_week_answer(week: &WeekView) -> Result<Shared, String> {
    let days = week.days.iter().filter(|day| !day.items.is_empty());
    let goal = week.days.iter().flat_map(|day| &day.items).find_map(|item| item.goal);
    gathered(goal, days.map(|day| of_day_answer(goal, day)))
}

fn of_day_answer(goal: Option<Goal>, day: &DayView) -> SharedSession {
    let doses: Vec<Dose> =
        day.items.iter().flat_map(|item| item.blocks.iter().flatten()).map(|block| block.dose.clone()).collect();
    let used: u16 = day.items.iter().map(|item| item.minutes).sum();
    let minutes = u8::try_from(used.clamp(2, 60)).unwrap_or(60);
    let shared = Shared::of_doses(goal.unwrap_or(Goal::Mobility), minutes, &doses);
    let mut session = shared.sessions.into_iter().next().expect("doses make one session");
    session.days = vec![day.date.weekday()];
    for dose in day.items.iter().flat_map(|item| item.moves.iter().flatten()).map(|part| &part.dose) {
        let Some(part) = as_part(dose) else { continue };
        match session.parts.last_mut() {
            // The right after the left of the same.
            Some(Part::Move(last))
                if last.side == Side::Left
                    && part.side == Side::Right
                    && MovePart { side: Side::Left, ..part.clone() } == *last =>
            {
                last.side = Side::Both;
            }
            _ => session.parts.push(Part::Move(part)),
        }
    }
    session
}

fn gathered(goal: Option<Goal>, days: impl Iterator<Item = SharedSession>) -> Result<Shared, String> {
    let mut sessions: Vec<SharedSession> = Vec::new();
    for session in days {
        if session.parts.is_empty() && session.areas.is_empty() {
            continue;
        }
        match sessions.iter_mut().find(|known| without_days(known) == without_days(&session)) {
            Some(known) => known.days.extend(&session.days),
            None => sessions.push(session),
        }
    }
    for session in &mut sessions {
        session.days.sort_by_key(|day: &Weekday| day.to_monday_one_offset());
    }
    if sessions.is_empty() {
        return Err("there is nothing in this week that can be passed on".to_owned());
    }
    Ok(Shared { goal: goal.unwrap_or(Goal::Mobility), sessions })
}

fn without_days(session: &SharedSession) -> SharedSession {
    SharedSession { days: Vec::new(), ..session.clone() }
}

/// Somebody of whom nothing is known but the week that is passed on.
struct Anybody<'a> {
    knowledge: &'a Knowledge,
    clearance: Clearance,
    tools: &'a [ToolId],
    now: &'a Zoned,
    /// Whether the week is a lighter one.
    lighter: bool,
}

impl Anybody<'_> {
    fn day(&self, day: &Day) -> SharedSession {
        // How one moves is looked at in the app and cannot be passed on, so its minutes are not promised either.
        let screen = |item: &&Item| item.kind == ItemKind::Screen;
        let used = day.used() - day.items.iter().filter(screen).map(|item| item.minutes).sum::<u16>();
        let mut session = SharedSession {
            days: vec![day.date.weekday()],
            minutes: u8::try_from(used.clamp(2, 60)).unwrap_or(60),
            tools: Vec::new(),
            areas: Vec::new(),
            parts: Vec::new(),
        };
        for item in &day.items {
            if item.kind == ItemKind::Smr {
                self.rolled(item, &mut session);
            }
            for part in &item.moves {
                session.parts.extend(self.moved(part));
            }
        }
        session
    }

    fn rolled(&self, item: &Item, session: &mut SharedSession) {
        let minutes =
            u8::try_from(item.minutes.clamp(2, 20)).ok().and_then(|minutes| SessionMinutes::new(minutes).ok());
        let Some(minutes) = minutes else { return };
        let goal = item.goal.unwrap_or(Goal::Mobility);
        let wanted = Wanted { goal, minutes, tools: self.tools.to_vec(), areas: item.areas.clone() };
        // What cannot be planned for somebody who is not known is named by its places.
        let made =
            planned(self.knowledge, &wanted, self.now).ok().and_then(|shared| shared.sessions.into_iter().next());
        let (areas, parts) = made.map_or_else(
            || (item.areas.clone(), Vec::new()),
            |made| {
                for tool in made.tools {
                    if !session.tools.contains(&tool) {
                        session.tools.push(tool);
                    }
                }
                (made.areas, made.parts)
            },
        );
        for area in areas {
            if !session.areas.iter().any(|known| known.region == area.region) {
                session.areas.push(area);
            }
        }
        session.parts.extend(parts);
    }

    /// A move as a programme begins with it. The gate knows sides, so each side is asked for; both are as much as the one
    /// of which less is allowed, and with nothing known of anybody the two are the same.
    fn moved(&self, part: &ItemMove) -> Option<Part> {
        let known = self.knowledge.moves.get(&part.id)?;
        let (asked, side) = match (known.sides, part.side) {
            (Sides::Midline, _) => (Side::Midline, Side::Midline),
            (Sides::Together, _) => (Side::Both, Side::Both),
            (Sides::OneAtATime, Side::Both | Side::Midline) => (Side::Left, Side::Both),
            (Sides::OneAtATime, side) => (side, side),
        };
        let dose = amount(self.knowledge, &self.clearance, &part.id, asked, FIRST_STEP, self.lighter)?;
        as_part(&MoveDose { side, ..dose }).map(Part::Move)
    }
}

/// The step at which a programme begins.
const FIRST_STEP: u8 = 0;

fn as_part(dose: &MoveDose) -> Option<MovePart> {
    let amount = match (dose.hold_seconds, dose.reps) {
        (Some(hold), _) => MoveAmount::Hold(u8::try_from(hold.clamp(5, 120)).ok()?),
        (None, Some(reps)) => MoveAmount::Times(reps.clamp(1, 50)),
        (None, None) => return None,
    };
    Some(MovePart { id: dose.id.clone(), side: dose.side, sets: dose.sets.clamp(1, 4), amount })
}
