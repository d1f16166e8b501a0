use super::{DAYS, MOST_BYTES, MOST_PARTS, MOST_SESSIONS, MoveAmount, MovePart, Part, Press, SIDES};
use super::{Shared, SharedSession};
use crate::body::{Area, RegionId, Side};
use crate::knowledge::{Goal, ToolId};
use jiff::civil::Weekday;

/// Why a text is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotShared {
    /// It is nothing of ours.
    #[error("this is not a routine of Supple: it has to hold `supple1:` and what comes after it")]
    NotOurs,
    /// A newer Supple wrote it.
    #[error("this was written by a newer Supple (version {0} of the text); update this one, then try again")]
    Newer(u32),
    /// It is too long.
    #[error("a routine has at most {MOST_BYTES} characters, this one has {0}; it may have been changed on its way")]
    TooLong(usize),
    /// Something in it cannot be.
    #[error("`{found}` is not {wanted}; the text may have been changed or cut off on its way")]
    Wrong {
        /// What stands there, at most 40 characters of it, letters that cannot be shown replaced.
        found: String,
        /// What may stand there.
        wanted: &'static str,
    },
}

impl Shared {
    /// Reads a text, or what stands behind the `#` of an address that holds one. White space around it is no part of it.
    ///
    /// # Errors
    /// [`NotShared`] for everything but the one text of a content: something unknown, twice, out of order, out of range
    /// or left over.
    pub fn read(text: &str) -> Result<Self, NotShared> {
        let text = text.trim();
        let text = text.rsplit_once('#').map_or(text, |(_, behind)| behind);
        let (version, rest) =
            text.strip_prefix("supple").and_then(|rest| rest.split_once(':')).ok_or(NotShared::NotOurs)?;
        if text.len() > MOST_BYTES {
            return Err(NotShared::TooLong(text.len()));
        }
        match number(version, 1, u32::MAX) {
            Some(1) => {}
            Some(newer) => return Err(NotShared::Newer(newer)),
            None => return Err(NotShared::NotOurs),
        }
        let mut pieces = rest.split('/');
        let goal = pieces.next().unwrap_or_default();
        let goal = Goal::ALL.into_iter().find(|known| known.id() == goal);
        let goal = goal.ok_or_else(|| wrong(rest, "what a session is for"))?;
        let sessions = pieces.map(session).collect::<Result<Vec<_>, _>>()?;
        if sessions.is_empty() || sessions.len() > MOST_SESSIONS {
            return Err(wrong(rest, "one to seven sessions"));
        }
        Ok(Self { goal, sessions })
    }
}

fn session(text: &str) -> Result<SharedSession, NotShared> {
    let mut fields = text.split(';').peekable();
    let head = fields.next().unwrap_or_default();
    let (days, minutes) = match head.split_once('@') {
        Some((days, minutes)) => (read_days(days)?, minutes),
        None => (Vec::new(), head),
    };
    let minutes = small(minutes, 2, 60).ok_or_else(|| wrong(minutes, "2 to 60 minutes"))?;
    let mut field = |name: &str| {
        let found = fields.peek().and_then(|field| field.strip_prefix(name));
        if found.is_some() {
            fields.next();
        }
        found
    };
    let tools = list(field("t="), tool)?;
    let areas = list(field("a="), area)?;
    let parts = match field("p=") {
        Some(parts) => parts.split(',').map(part).collect::<Result<Vec<_>, _>>()?,
        None => Vec::new(),
    };
    if let Some(left) = fields.next() {
        return Err(wrong(left, "tools, areas or parts, in this order"));
    }
    if parts.len() > MOST_PARTS {
        return Err(wrong(text, "at most 40 parts in a session"));
    }
    if parts.is_empty() && areas.is_empty() {
        return Err(wrong(text, "a session with something in it"));
    }
    Ok(SharedSession { days, minutes, tools, areas, parts })
}

/// Days in the order of the week, each once.
fn read_days(text: &str) -> Result<Vec<Weekday>, NotShared> {
    let mut left = DAYS.iter();
    let mut days = Vec::new();
    for word in text.split('.') {
        let (_, day) =
            left.find(|(known, _)| *known == word).ok_or_else(|| wrong(text, "days of a week in order"))?;
        days.push(*day);
    }
    Ok(days)
}

/// Things of which each may stand there once.
fn list<T: PartialEq>(text: Option<&str>, read: impl Fn(&str) -> Result<T, NotShared>) -> Result<Vec<T>, NotShared> {
    let mut things = Vec::new();
    for word in text.into_iter().flat_map(|text| text.split(',')) {
        let thing = read(word)?;
        if things.contains(&thing) {
            return Err(wrong(word, "a thing that stands there once"));
        }
        things.push(thing);
    }
    Ok(things)
}

fn tool(word: &str) -> Result<ToolId, NotShared> {
    ToolId::from_id(word).ok_or_else(|| wrong(word, "a tool"))
}

fn area(word: &str) -> Result<Area, NotShared> {
    let (region, given) = match word.split_once('.') {
        Some((region, side)) => (region, Some(side)),
        None => (word, None),
    };
    // Both sides are written without one, so that there is one spelling.
    let side = given.map(|word| side(word).filter(|side| matches!(side, Side::Left | Side::Right)));
    let known = RegionId::from_id(region);
    match (known, side) {
        (Some(region), None) => Ok(Area { region, side: None }),
        (Some(region), Some(Some(side))) => Ok(Area { region, side: Some(side) }),
        _ => Err(wrong(word, "a place on the body")),
    }
}

fn part(word: &str) -> Result<Part, NotShared> {
    let refuse = || wrong(word, "a technique or a move with its side and dose");
    let mut pieces = word.split('.');
    let (name, on) = (pieces.next().unwrap_or_default(), pieces.next().and_then(side).ok_or_else(refuse)?);
    let (sets, amount) = pieces.next().and_then(|dose| dose.split_once('x')).ok_or_else(refuse)?;
    let (felt, more) = (pieces.next(), pieces.next());
    if !is_id(name) || more.is_some() {
        return Err(refuse());
    }
    match felt {
        Some(felt) => Ok(Part::Press(Press {
            technique: name.to_owned(),
            side: on,
            sets: small(sets, 1, 3).ok_or_else(refuse)?,
            seconds: small(amount, 5, 120).ok_or_else(refuse)?,
            felt: small(felt, 1, 4).ok_or_else(refuse)?,
        })),
        None => Ok(Part::Move(MovePart {
            id: name.to_owned(),
            side: on,
            sets: small(sets, 1, 4).ok_or_else(refuse)?,
            amount: match amount.strip_suffix('s') {
                Some(seconds) => MoveAmount::Hold(small(seconds, 5, 120).ok_or_else(refuse)?),
                None => MoveAmount::Times(small(amount, 1, 50).ok_or_else(refuse)?),
            },
        })),
    }
}

fn side(word: &str) -> Option<Side> {
    SIDES.iter().find(|(known, _)| *known == word).map(|(_, side)| *side)
}

/// Ids are short and plain: what is not known here is shown as it is, so nothing else may get in.
fn is_id(word: &str) -> bool {
    (1..=48).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn small(word: &str, low: u8, high: u8) -> Option<u8> {
    number(word, low.into(), high.into()).and_then(|number| u8::try_from(number).ok())
}

/// A whole number in digits, without a sign and without zeros before it.
fn number(word: &str, low: u32, high: u32) -> Option<u32> {
    let plain = word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0') && word.len() <= 9;
    word.parse().ok().filter(|number| plain && (low..=high).contains(number))
}

fn wrong(found: &str, wanted: &'static str) -> NotShared {
    let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    NotShared::Wrong { found: found.chars().take(40).map(shown).collect(), wanted }
}
