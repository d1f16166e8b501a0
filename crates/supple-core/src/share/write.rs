use super::{DAYS, MoveAmount, MovePart, Part, Press, SIDES, Shared, SharedSession};
use crate::body::{Area, Side};
use crate::dose::Dose;
use crate::knowledge::Goal;
use jiff::civil::Weekday;
use std::fmt::Write as _;

impl Shared {
    /// One session of these doses; what differs only in its side, one right after the other, is one part.
    #[must_use]
    pub fn of_doses(goal: Goal, minutes: u8, doses: &[Dose]) -> Self {
        let mut session =
            SharedSession { days: Vec::new(), minutes, tools: Vec::new(), areas: Vec::new(), parts: Vec::new() };
        for dose in doses {
            if !session.tools.contains(&dose.tool) {
                session.tools.push(dose.tool);
            }
            let area = Area { region: dose.region, side: one_half(dose.side) };
            match session.areas.iter_mut().find(|known| known.region == area.region) {
                Some(known) if known.side != area.side => known.side = None,
                Some(_) => {}
                None => session.areas.push(area),
            }
            let small = |seconds: u32| u8::try_from(seconds.clamp(5, 120)).unwrap_or(120);
            let press = Press {
                technique: dose.technique.clone(),
                side: dose.side,
                sets: dose.sets.clamp(1, 3),
                seconds: small(dose.seconds_per_set),
                felt: dose.felt_target.get().clamp(1, 4),
            };
            match session.parts.last_mut() {
                Some(Part::Press(last)) if is_other_side(last, &press) => last.side = Side::Both,
                _ => session.parts.push(Part::Press(press)),
            }
        }
        Self { goal, sessions: vec![session] }
    }

    /// The one text of this content; [`Shared::read`] gives it back.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("supple1:{}", self.goal.id());
        for session in &self.sessions {
            write_session(session, &mut text);
        }
        text
    }
}

/// A half of the body; nothing for anything on both.
const fn one_half(side: Side) -> Option<Side> {
    match side {
        Side::Left | Side::Right => Some(side),
        Side::Both | Side::Midline => None,
    }
}

/// Whether the second is the right after the left of the same.
fn is_other_side(first: &Press, second: &Press) -> bool {
    first.side == Side::Left && second.side == Side::Right && Press { side: Side::Left, ..second.clone() } == *first
}

fn write_session(session: &SharedSession, text: &mut String) {
    text.push('/');
    if !session.days.is_empty() {
        let days: Vec<&str> = session.days.iter().map(|day| day_word(*day)).collect();
        text.push_str(&days.join("."));
        text.push('@');
    }
    // Writing to a string cannot fail.
    let _ = write!(text, "{}", session.minutes);
    let mut field = |name: char, items: Vec<String>| {
        if !items.is_empty() {
            let _ = write!(text, ";{name}={}", items.join(","));
        }
    };
    field('t', session.tools.iter().map(|tool| tool.id().to_owned()).collect());
    field('a', session.areas.iter().map(area).collect());
    field('p', session.parts.iter().map(part).collect());
}

fn area(area: &Area) -> String {
    match area.side {
        Some(side) => format!("{}.{}", area.region.id(), side_word(side)),
        None => area.region.id().to_owned(),
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Press(Press { technique, side, sets, seconds, felt }) => {
            format!("{technique}.{}.{sets}x{seconds}.{felt}", side_word(*side))
        }
        Part::Move(MovePart { id, side, sets, amount }) => {
            let amount = match amount {
                MoveAmount::Hold(seconds) => format!("{seconds}s"),
                MoveAmount::Times(times) => times.to_string(),
            };
            format!("{id}.{}.{sets}x{amount}", side_word(*side))
        }
    }
}

fn day_word(day: Weekday) -> &'static str {
    DAYS.iter().find(|(_, known)| *known == day).map_or("", |(word, _)| word)
}

fn side_word(side: Side) -> &'static str {
    SIDES.iter().find(|(_, known)| *known == side).map_or("", |(word, _)| word)
}
