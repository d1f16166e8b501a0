//! A week at a glance: what is done on which day and how much, with a box to tick for each.

use super::words;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::knowledge::Knowledge;
use supple_core::share::{Part, Shared, SharedSession};

/// An amount of something, and the sessions that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<'s> {
    /// What, and how much.
    pub part: &'s Part,
    /// Which sessions, by their place in what is shared.
    pub sessions: Vec<usize>,
}

impl Row<'_> {
    /// What it is, however much of it: rows with the same share one description.
    fn what(&self) -> (&str, Side) {
        match self.part {
            Part::Press(press) => (&press.technique, press.side),
            Part::Move(part) => (&part.id, part.side),
        }
    }
}

/// Everything that is done, each once: what shares a description together, in an order that each session keeps as far as
/// the others let it.
pub(super) fn rows(shared: &Shared) -> Vec<Vec<Row<'_>>> {
    let mut all: Vec<Row<'_>> = Vec::new();
    for (index, session) in shared.sessions.iter().enumerate() {
        // Behind what comes before it in its own session, and before what comes next; what has neither goes to the end.
        let mut before = None;
        let mut waiting: Vec<&Part> = Vec::new();
        for part in &session.parts {
            let known = all.iter().position(|known| known.part == part && !known.sessions.contains(&index));
            let Some(known) = known else {
                waiting.push(part);
                continue;
            };
            all[known].sessions.push(index);
            before = Some(known + insert(&mut all, known, &mut waiting, index));
        }
        let end = before.map_or(all.len(), |before| before + 1);
        insert(&mut all, end, &mut waiting, index);
    }
    let mut together: Vec<Vec<Row<'_>>> = Vec::new();
    for row in all {
        match together.last_mut() {
            Some(last) if last[0].what() == row.what() => last.push(row),
            _ => together.push(vec![row]),
        }
    }
    together
}

/// Puts what waits before the row at `at`, or beside what has the same description with what follows it, and says how
/// many rows went before that one.
fn insert<'s>(all: &mut Vec<Row<'s>>, at: usize, waiting: &mut Vec<&'s Part>, session: usize) -> usize {
    let (mut next, mut before) = (at, 0);
    for part in waiting.drain(..) {
        let row = Row { part, sessions: vec![session] };
        let to = all.iter().rposition(|known| known.what() == row.what()).map_or(next, |like| like + 1);
        all.insert(to, row);
        before += usize::from(to <= at + before);
        next = next.max(to) + 1;
    }
    before
}

/// Whether a table says more than the list of parts does.
pub(super) fn is_worth_it(shared: &Shared) -> bool {
    shared.sessions.len() > 1 || shared.sessions.iter().any(|session| !session.days.is_empty())
}

/// The table: a line for each amount of each thing, a column for each day.
pub(super) fn table(knowledge: &Knowledge, shared: &Shared, rows: &[Vec<Row<'_>>]) -> Markup {
    let columns = columns(shared);
    html! {
        section .week {
            h2 { "What on which day" }
            p .small { "From top to bottom. How each is done stands on the next pages, under its number." }
            table {
                thead { tr {
                    th scope="col" colspan="2" { "What" }
                    th scope="col" { "How much" }
                    @for (session, head) in &columns {
                        th scope="col" .day { (head) br; span .small { (shared.sessions[*session].minutes) " min" } }
                    }
                } }
                tbody {
                    @for (number, same) in (1..).zip(rows) {
                        @for (index, row) in same.iter().enumerate() {
                            tr {
                                td .number { @if index == 0 { (number) "." } }
                                @if index == 0 {
                                    th scope="row" rowspan=(same.len()) { (words::short_name(knowledge, row.part)) }
                                }
                                td { (words::amount_words(knowledge, row.part)) }
                                @for (session, head) in &columns {
                                    td .day {
                                        @if row.sessions.contains(session) {
                                            span .tick role="img" aria-label={ "on " (head) } {}
                                        }
                                    }
                                }
                            }
                        }
                    }
                    tr .notes {
                        td {}
                        th scope="row" colspan="2" { "Notes" }
                        @for _ in &columns { td .day {} }
                    }
                }
            }
        }
    }
}

/// The columns from left to right: which session, and the day or the number over it.
fn columns(shared: &Shared) -> Vec<(usize, String)> {
    let of = |(index, session): (usize, &SharedSession)| -> Vec<(usize, u8, String)> {
        if session.days.is_empty() {
            return vec![(index, 0, format!("{}", index + 1))];
        }
        let day = |day: &jiff::civil::Weekday| {
            let name: String = supple_core::date_words::weekday(*day).chars().take(3).collect();
            (index, day.to_monday_one_offset().unsigned_abs(), name)
        };
        session.days.iter().map(day).collect()
    };
    let mut columns: Vec<(usize, u8, String)> = shared.sessions.iter().enumerate().flat_map(of).collect();
    columns.sort_by_key(|(_, day, _)| *day);
    columns
        .into_iter()
        .filter(|(index, ..)| !shared.sessions[*index].parts.is_empty())
        .map(|(index, _, head)| (index, head))
        .collect()
}
