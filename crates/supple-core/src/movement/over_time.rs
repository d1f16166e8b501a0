use super::record::{ScreenRecord, needed, screens};
use crate::body::Side;
use crate::event::MovementEnd;
use crate::knowledge::Knowledge;
use crate::sorted::SortedSet;
use crate::state::State;
use jiff::Zoned;
use jiff::civil::Date;

/// Screens side by side, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTime {
    /// The screens.
    pub columns: Vec<Column>,
    /// What was seen in any of them at least once, in the order of the tests.
    pub rows: Vec<Row>,
}

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its id.
    pub screen: String,
    /// The day it began.
    pub on: Date,
    /// Tests that hurt.
    pub hurt: Vec<String>,
}

/// One thing over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What: an id of `compensations/`.
    pub compensation: String,
    /// On which side.
    pub side: Option<Side>,
    /// One for each screen.
    pub cells: Vec<Cell>,
}

/// How one thing was in one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Nobody looked, or not at one repetition.
    NotLooked,
    /// It was looked for.
    Looked {
        /// On how many repetitions it was seen.
        on: u8,
        /// Of how many.
        of: u8,
        /// Whether that is often enough to count.
        found: bool,
    },
}

/// Every screen up to now, side by side. What was only measured is not in it: that is in the measures' own charts.
#[must_use]
pub fn over_time(state: &State, knowledge: &Knowledge, now: &Zoned) -> OverTime {
    let screens = screens(state, now);
    let mut keys: SortedSet<(u8, String, Option<Side>)> = SortedSet::new();
    for screen in &screens {
        for (id, test) in &knowledge.movement_tests {
            let seen = screen.sights(knowledge, id, id);
            keys.extend(
                seen.iter()
                    .filter(|sight| sight.on > 0)
                    .map(|sight| (test.order, sight.compensation.to_owned(), sight.side)),
            );
        }
    }
    let row = |(_, compensation, side): &(u8, String, Option<Side>)| Row {
        compensation: compensation.clone(),
        side: *side,
        cells: screens.iter().map(|screen| cell(knowledge, screen, compensation, *side)).collect(),
    };
    OverTime { columns: screens.iter().map(column).collect(), rows: keys.iter().map(row).collect() }
}

fn column(screen: &ScreenRecord<'_>) -> Column {
    let hurt = screen.looks.iter().filter(|look| look.what.end == MovementEnd::Pain);
    let hurt: SortedSet<String> = hurt.map(|look| look.what.test.clone()).collect();
    Column { screen: screen.id.to_owned(), on: screen.began().date(), hurt: hurt.into_iter().collect() }
}

fn cell(knowledge: &Knowledge, screen: &ScreenRecord<'_>, compensation: &str, side: Option<Side>) -> Cell {
    let Some(known) = knowledge.compensations.get(compensation) else { return Cell::NotLooked };
    let Some(test) = knowledge.movement_tests.get(&known.test) else { return Cell::NotLooked };
    let sights = screen.sights(knowledge, &known.test, &known.test);
    let seen = sights.iter().find(|sight| sight.compensation == compensation && sight.side == side);
    if let Some(sight) = seen {
        return Cell::Looked { on: sight.on, of: sight.of, found: sight.on >= needed(test.repetitions) };
    }
    let look = screen.look(&known.test, side.filter(|_| test.each_side), Some(known.view));
    match look {
        Some(look) if look.end == MovementEnd::Done && look.repetitions > 0 => {
            Cell::Looked { on: 0, of: look.repetitions, found: false }
        }
        _ => Cell::NotLooked,
    }
}
