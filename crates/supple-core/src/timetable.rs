//! When each block of a session begins: set-ups, switches and count-ins between doses, in one place.

use crate::dose::Dose;
use crate::knowledge::{Knowledge, Technique};
use crate::move_dose::MoveDose;
use crate::unit::Seconds;

/// What comes before a block's first second of pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approach {
    /// Tool or position changes.
    pub new_station: bool,
    /// The same technique on the other side came just before.
    pub side_switch: bool,
    /// Seconds to get into position.
    pub setup: Seconds,
    /// Seconds of count-in.
    pub lead_in: Seconds,
}

/// What comes before each dose, in order. A dose of an unknown technique counts as a new station.
#[must_use]
pub fn approaches(knowledge: &Knowledge, doses: &[Dose]) -> Vec<Approach> {
    let costs = &knowledge.planning.time;
    let mut before: Option<&Dose> = None;
    doses
        .iter()
        .map(|dose| {
            let side_switch = before.is_some_and(|last| last.technique == dose.technique && last.side != dose.side);
            let new_station = !before.is_some_and(|last| same_station(knowledge, last, dose));
            let setup = match (side_switch, new_station) {
                (true, _) => costs.side_switch_seconds,
                (false, true) => costs.station_setup_seconds + costs.placing_seconds,
                (false, false) => costs.placing_seconds,
            };
            before = Some(dose);
            Approach {
                new_station,
                side_switch,
                setup: Seconds::new(setup),
                lead_in: Seconds::new(costs.lead_in_seconds),
            }
        })
        .collect()
}

/// Seconds of a whole session.
#[must_use]
pub fn total(knowledge: &Knowledge, doses: &[Dose]) -> Seconds {
    let before: Seconds = approaches(knowledge, doses).iter().map(|a| a.setup + a.lead_in).sum();
    before + doses.iter().map(Dose::span).sum()
}

fn same_station(knowledge: &Knowledge, a: &Dose, b: &Dose) -> bool {
    let station = |dose: &Dose| knowledge.techniques.get(&dose.technique).map(station_of);
    station(a).is_some() && station(a) == station(b)
}

/// The station of a technique: a tool in a position, entered once.
#[must_use]
pub fn station_of(technique: &Technique) -> (crate::knowledge::ToolId, &str) {
    (technique.tool, &technique.station)
}

/// What comes before each move, in order. Every move is a position of its own; the same move again is only counted in.
#[must_use]
pub fn move_approaches(knowledge: &Knowledge, moves: &[MoveDose]) -> Vec<Approach> {
    let costs = &knowledge.planning.time;
    let mut before: Option<&MoveDose> = None;
    moves
        .iter()
        .map(|dose| {
            let same = before.is_some_and(|last| last.id == dose.id);
            let side_switch = same && before.is_some_and(|last| last.side != dose.side);
            before = Some(dose);
            let setup = match (same, side_switch) {
                (false, _) => costs.station_setup_seconds,
                (true, true) => costs.side_switch_seconds,
                (true, false) => costs.placing_seconds,
            };
            Approach {
                new_station: !same,
                side_switch,
                setup: Seconds::new(setup),
                lead_in: Seconds::new(costs.lead_in_seconds),
            }
        })
        .collect()
}

/// Seconds of a whole run of moves, set-ups, count-ins and rests included.
#[must_use]
pub fn moves_total(knowledge: &Knowledge, moves: &[MoveDose]) -> Seconds {
    let before: Seconds = move_approaches(knowledge, moves).iter().map(|a| a.setup + a.lead_in).sum();
    before + moves.iter().map(|dose| dose.span(knowledge)).sum()
}
