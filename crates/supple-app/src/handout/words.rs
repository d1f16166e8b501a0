//! The words on a hand-out.

use jiff::civil::Weekday;
use std::collections::BTreeSet;
use supple_core::body::{Area, Side};
use supple_core::contract::text::side_words;
use supple_core::date_words;
use supple_core::knowledge::{
    Equipment, Goal, Knowledge, MotionKind, Move, MoveKind, Place, Reps, Sides, Technique, ToolId,
};
use supple_core::share::{MoveAmount, MovePart, Part, Press, Shared, SharedSession};
use supple_core::unit::Felt;

/// What a goal is called: "recovery after exercise".
#[must_use]
pub fn goal_words(knowledge: &Knowledge, goal: Goal) -> &str {
    knowledge.planning.goals.get(&goal).map_or(goal.id(), |goal| goal.name.as_str())
}

/// What something is called, with the side it is done on, where it can be done on one.
pub fn named(name: &str, sides: Sides, side: Side) -> String {
    match (sides, side) {
        (Sides::Together | Sides::Midline, _) | (_, Side::Midline) => name.to_owned(),
        (Sides::OneAtATime, Side::Both) => format!("{name}, left and right"),
        (Sides::OneAtATime, side) => format!("{name}, {}", side_words(side)),
    }
}

/// What a part is called, with its side.
#[must_use]
pub fn part_name(knowledge: &Knowledge, part: &Part) -> String {
    let (id, known, side) = match part {
        Part::Press(press) => {
            let known = knowledge.techniques.get(&press.technique).map(|known| (&known.name, known.sides));
            (&press.technique, known, press.side)
        }
        Part::Move(part) => {
            (&part.id, knowledge.moves.get(&part.id).map(|known| (&known.name, known.sides)), part.side)
        }
    };
    known.map_or_else(|| id.clone(), |(name, sides)| named(name, sides, side))
}

/// The same, where the amount beside it says "each side".
pub fn short_name(knowledge: &Knowledge, part: &Part) -> String {
    let name = match part {
        Part::Press(Press { technique, side: Side::Both, .. }) => {
            knowledge.techniques.get(technique).map(|known| &known.name)
        }
        Part::Move(MovePart { id, side: Side::Both, .. }) => knowledge.moves.get(id).map(|known| &known.name),
        _ => None,
    };
    name.cloned().unwrap_or_else(|| part_name(knowledge, part))
}

/// How much: "2 times 60 seconds, each side", "3 sets of 12".
#[must_use]
pub fn amount_words(knowledge: &Knowledge, part: &Part) -> String {
    let sides = match part {
        Part::Press(press) => knowledge.techniques.get(&press.technique).map(|known| known.sides),
        Part::Move(part) => knowledge.moves.get(&part.id).map(|known| known.sides),
    };
    let times = |sets: u8| match sets {
        1 => String::new(),
        sets => format!("{sets} times "),
    };
    let each = |side: Side| {
        if side == Side::Both && sides == Some(Sides::OneAtATime) { ", each side" } else { "" }
    };
    match part {
        Part::Press(Press { side, sets, seconds, .. }) => {
            format!("{}{seconds} seconds{}", times(*sets), each(*side))
        }
        Part::Move(MovePart { side, sets, amount: MoveAmount::Hold(seconds), .. }) => {
            format!("Hold {}{seconds} seconds{}", times(*sets), each(*side))
        }
        Part::Move(MovePart { side, sets, amount: MoveAmount::Times(count), .. }) => {
            let count = match (sets, count) {
                (1, 1) => "Once".to_owned(),
                (1, count) => format!("{count} times"),
                (sets, count) => format!("{sets} sets of {count}"),
            };
            format!("{count}{}", each(*side))
        }
    }
}

/// How a move is done: "Slowly: 2 s out, hold 5 s, 2 s back. Rest 30 s between sets. Effort at most 3 of 10."
///
/// The pace, rest and effort are the move's own; how much of it is the part's.
pub fn slowly(known: &Move, part: &MovePart) -> String {
    let amount = &known.amount;
    let pace = match (part.amount, amount.tempo) {
        (MoveAmount::Hold(_), _) => "Count it on a clock, and keep breathing.".to_owned(),
        (MoveAmount::Times(_), None) => "Slowly, and keep breathing.".to_owned(),
        (MoveAmount::Times(_), Some(tempo)) => {
            let phases = [
                ("", tempo.out_seconds, " out"),
                ("hold ", tempo.hold_seconds, ""),
                ("", tempo.back_seconds, " back"),
            ];
            let said: Vec<String> = phases
                .iter()
                .filter(|(_, seconds, _)| *seconds > 0)
                .map(|(before, seconds, after)| format!("{before}{seconds} s{after}"))
                .collect();
            format!("Slowly: {}.", said.join(", "))
        }
    };
    let rest = match part.sets {
        1 => String::new(),
        _ if amount.rest_seconds == 0 => String::new(),
        _ => format!(" Rest {} s between sets.", amount.rest_seconds),
    };
    let what = if known.kind == MoveKind::Stretch { "A pull of at most" } else { "Effort at most" };
    format!("{pace}{rest} {what} {} of 10.", amount.effort_max)
}

/// How strong: "4 of 10: a pleasant ache while you breathe easily".
pub fn felt(felt: u8) -> String {
    format!("{felt} of 10: {}.", crate::words::pressure(Felt::of(felt)))
}

/// How fast, and what moves meanwhile where the tool stays.
pub fn pace(knowledge: &Knowledge, technique: &Technique) -> String {
    let pinned = technique.active_movement.as_ref().filter(|_| technique.motion.kind == MotionKind::PinAndMove);
    if let Some(active) = pinned {
        let tool = match technique.tool {
            ToolId::WallBall => "ball",
            other => knowledge.tools.get(&other).map_or("tool", |tool| tool.name.as_str()),
        };
        let next = if technique.motion.spots > 1 { ", then the next spot" } else { "" };
        let times = match active.reps {
            Reps { low, high } if low == high => format!("{low}"),
            Reps { low, high } => format!("{low} to {high}"),
        };
        return format!("Keep the {tool} still on one spot. {} {} times{next}.", active.motion, times);
    }
    match technique.motion.seconds_per_pass {
        Some(seconds) => format!("About {seconds} s for each pass."),
        None if technique.motion.spots > 1 => format!("Stay still, on {} spots in turn.", technique.motion.spots),
        None => "Stay still on one spot.".to_owned(),
    }
}

/// "Recovery after exercise, 12 minutes", "A week: mobility".
#[must_use]
pub fn title(shared: &Shared, goal: &str) -> String {
    match shared.sessions.as_slice() {
        [one] => format!("{}, {} minutes", crate::words::capitalised(goal), one.minutes),
        several => format!("A week of {} sessions: {goal}", several.len()),
    }
}

/// A short name to keep a session under.
#[must_use]
pub fn name_words(knowledge: &Knowledge, shared: &Shared, index: usize) -> String {
    let goal = crate::words::capitalised(goal_words(knowledge, shared.goal));
    let Some(session) = shared.sessions.get(index) else { return goal };
    let days = if session.days.is_empty() { String::new() } else { format!(", {}", days(&session.days, 3)) };
    let name = format!("From a coach: {goal}{days}");
    if name.chars().count() <= 60 { name } else { format!("From a coach: {goal} {}", index + 1) }
}

/// What it takes: tools, and what its moves need.
pub fn lead(knowledge: &Knowledge, shared: &Shared) -> String {
    let mut tools: Vec<_> = shared.sessions.iter().flat_map(|session| &session.tools).collect();
    tools.sort();
    tools.dedup();
    let mut names: Vec<String> =
        tools.into_iter().filter_map(|tool| Some(knowledge.tools.get(tool)?.name.clone())).collect();
    for name in things(knowledge, shared) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let with = if names.is_empty() { String::new() } else { format!("With: {}. ", crate::words::list(&names)) };
    format!("{with}Breathe easily, take your time, and do less rather than more.")
}

/// What moves need beside tools; where one of several will do, one that is needed anyway, else the first named.
fn things(knowledge: &Knowledge, shared: &Shared) -> Vec<&'static str> {
    let parts = || shared.sessions.iter().flat_map(|session| &session.parts);
    let moves = parts().filter_map(|part| match part {
        Part::Move(part) => knowledge.moves.get(&part.id),
        Part::Press(_) => None,
    });
    let mut needed: BTreeSet<Equipment> = moves
        .clone()
        .filter_map(|known| known.equipment.first().filter(|_| known.equipment.len() == 1))
        .flatten()
        .copied()
        .collect();
    for known in moves.clone() {
        let has_all = |list: &Vec<Equipment>| list.iter().all(|one| needed.contains(one));
        if let Some(first) = known.equipment.first().filter(|_| !known.equipment.iter().any(has_all)) {
            needed.extend(first);
        }
    }
    let walls = parts().filter_map(|part| match part {
        Part::Move(part) => knowledge.moves.get(&part.id).map(|known| known.place),
        Part::Press(press) => knowledge.techniques.get(&press.technique).map(|known| known.place),
    });
    let wall = walls.into_iter().any(|place| place == Place::Wall).then_some("wall");
    needed.into_iter().map(thing).chain(wall).collect()
}

const fn thing(thing: Equipment) -> &'static str {
    match thing {
        Equipment::Chair => "chair",
        Equipment::Step => "stair or step",
        Equipment::Table => "table",
        Equipment::Bed => "bed",
        Equipment::Band => "elastic band",
        Equipment::Towel => "towel or belt",
        Equipment::Cushion => "cushion",
        Equipment::SoftBall => "soft ball",
        Equipment::LargeBall => "large ball",
        Equipment::Weight => "weight or full bottle",
        Equipment::Broomstick => "broomstick",
        Equipment::FoamRoller => "foam roller",
    }
}

/// With a full stop, where it has none.
pub fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{text}{end}")
}

/// When a session is: "Monday and Thursday", "session 2".
pub fn when(session: &SharedSession, index: usize) -> String {
    if session.days.is_empty() { format!("session {}", index + 1) } else { days(&session.days, usize::MAX) }
}

/// "Monday and Thursday, 12 minutes", "Session 2, 8 minutes".
#[must_use]
pub fn session_title(session: &SharedSession, index: usize) -> String {
    format!("{}, {} minutes", crate::words::capitalised(&when(session, index)), session.minutes)
}

fn days(days: &[Weekday], letters: usize) -> String {
    let words: Vec<String> =
        days.iter().map(|day| date_words::weekday(*day).chars().take(letters).collect()).collect();
    crate::words::list(&words)
}

/// Places in words: "calf, left and back of the thigh".
#[must_use]
pub fn areas(knowledge: &Knowledge, areas: &[Area]) -> String {
    let one = |area: &Area| {
        let name = crate::words::region(knowledge, area.region);
        area.side.map_or_else(|| name.to_owned(), |side| format!("{name} ({})", side_words(side)))
    };
    crate::words::list(&areas.iter().map(one).collect::<Vec<_>>())
}
