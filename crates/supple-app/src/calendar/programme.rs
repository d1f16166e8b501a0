//! From a programme to what a calendar shows.

use super::{CalendarItem, When};
use crate::handout::areas;
use jiff::Timestamp;
use supple_core::contract::programme::ProgrammeAnswer;
use supple_core::contract::text::side_words;
use supple_core::knowledge::Knowledge;
use supple_core::programme::{Item, ItemKind, Programme};

/// What a calendar shows of a programme. `versions` is the programme as it was first planned and after each time it was
/// planned anew, with when that was, the first first. `id` names the programme; an item keeps its own id through all of
/// them, and so its identity in the calendar. An item that is no longer there is shown as dropped.
#[must_use]
pub fn of_programme(knowledge: &Knowledge, id: &str, versions: &[(Timestamp, &Programme)]) -> Vec<CalendarItem> {
    let mut items: Vec<CalendarItem> = Vec::new();
    for (at, programme) in versions {
        for item in &mut items {
            if !item.dropped && !programme.items().any(|there| slot(id, there) == item.id) {
                (item.dropped, item.changed, item.changed_at) = (true, item.changed + 1, *at);
            }
        }
        for there in programme.items() {
            let new = as_item(knowledge, id, there, *at);
            match items.iter_mut().find(|known| known.id == new.id) {
                Some(known) => {
                    let same = CalendarItem { changed: known.changed, changed_at: known.changed_at, ..new.clone() };
                    if same != *known {
                        *known = CalendarItem { changed: known.changed + 1, ..new };
                    }
                }
                None => items.push(new),
            }
        }
    }
    items
}

/// What a calendar shows of weeks that were planned for another program: the answer of the contract. `id` names them, `at`
/// is when they were asked for.
#[must_use]
pub fn of_answer(id: &str, at: Timestamp, answer: &ProgrammeAnswer) -> Vec<CalendarItem> {
    let days = answer.weeks.iter().flat_map(|week| &week.days);
    let items = days.flat_map(|day| day.items.iter().map(move |item| (day.date, item)));
    items
        .map(|(date, item)| {
            let blocks =
                item.blocks.iter().flatten().map(|block| format!("{}, {}", block.name, side_words(block.dose.side)));
            let moves = item.moves.iter().flatten().map(|part| part.name.clone());
            let parts: Vec<String> = blocks.chain(moves).collect();
            let parts = if parts.is_empty() { String::new() } else { format!(": {}", crate::words::list(&parts)) };
            CalendarItem {
                id: format!("{id}-{}", item.id),
                when: begins(item.at.as_ref()).map_or(When::Day(date), |time| When::At(date.to_datetime(time))),
                minutes: item.minutes.max(1),
                title: TITLE.to_owned(),
                detail: format!("{}{parts}.", what(item.kind)),
                changed: 0,
                changed_at: at,
                dropped: false,
            }
        })
        .collect()
}

/// A time of day as the contract writes it: "18:00".
fn begins(at: Option<&impl ToString>) -> Option<jiff::civil::Time> {
    at.and_then(|time| time.to_string().parse().ok())
}

fn slot(programme: &str, item: &Item) -> String {
    format!("{programme}-{}", item.id)
}

fn as_item(knowledge: &Knowledge, programme: &str, item: &Item, at: Timestamp) -> CalendarItem {
    let moves: Vec<String> =
        item.moves.iter().filter_map(|part| Some(knowledge.moves.get(&part.id)?.name.clone())).collect();
    let mut detail = what(item.kind).to_owned();
    if !item.areas.is_empty() {
        detail = format!("{detail}: {}", areas(knowledge, &item.areas));
    }
    if !moves.is_empty() {
        detail = format!("{detail}: {}", crate::words::list(&moves));
    }
    CalendarItem {
        id: slot(programme, item),
        when: item.at.map_or(When::Day(item.date), |time| When::At(item.date.to_datetime(time))),
        minutes: item.minutes.max(1),
        title: TITLE.to_owned(),
        detail: detail + ".",
        changed: 0,
        changed_at: at,
        dropped: false,
    }
}

/// What an event is called in a calendar that others may see.
const TITLE: &str = "Supple session";

const fn what(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Screen => "Looking at how you move, once more",
        ItemKind::Smr => "Rolling",
        ItemKind::Stretch => "Stretching",
        ItemKind::Strengthen => "Strengthening",
        ItemKind::Integrate => "Putting it to use",
    }
}
