use super::Clearance;
use crate::body::Side;
use crate::knowledge::Knowledge;
use crate::move_dose::MoveDose;
use crate::sorted::SortedMap;
use crate::timetable;
use crate::unit::Seconds;

/// Moves that passed the gate twice: chosen under a clearance and checked again, one by one and together, against the
/// ceilings. Only [`crate::gate`] makes them; only they can be guided.
///
/// ```compile_fail
/// // No admitted moves without the gate: the fields are private and there is no constructor.
/// fn forge() -> supple_core::gate::AdmittedMoves {
///     supple_core::gate::AdmittedMoves { moves: Vec::new(), head: None }
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct AdmittedMoves {
    moves: Vec<AdmittedMove>,
    head: Option<String>,
}

/// One move of an admitted run.
#[derive(Debug, Clone, PartialEq)]
pub struct AdmittedMove {
    dose: MoveDose,
    with_support: bool,
    new_position: bool,
    side_switch: bool,
    setup_seconds: u32,
    lead_in_seconds: u32,
}

impl AdmittedMoves {
    /// The moves in order.
    #[must_use]
    pub fn moves(&self) -> &[AdmittedMove] {
        &self.moves
    }

    /// The last event of the log they were admitted from, if it was a log.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    /// For tests of the guide only.
    #[cfg(test)]
    pub(crate) const fn for_tests(moves: Vec<AdmittedMove>) -> Self {
        Self { moves, head: None }
    }
}

impl AdmittedMove {
    /// What to do.
    #[must_use]
    pub const fn dose(&self) -> &MoveDose {
        &self.dose
    }

    /// Whether it is done with a hand on something firm.
    #[must_use]
    pub const fn with_support(&self) -> bool {
        self.with_support
    }

    /// Whether the position changes before it.
    #[must_use]
    pub const fn new_position(&self) -> bool {
        self.new_position
    }

    /// Whether the same move on the other side came just before: only a switch of sides.
    #[must_use]
    pub const fn side_switch(&self) -> bool {
        self.side_switch
    }

    /// Seconds to get into position before the count-in.
    #[must_use]
    pub const fn setup_seconds(&self) -> u32 {
        self.setup_seconds
    }

    /// Seconds of count-in.
    #[must_use]
    pub const fn lead_in_seconds(&self) -> u32 {
        self.lead_in_seconds
    }

    /// For tests of the guide only.
    #[cfg(test)]
    pub(crate) const fn for_tests(dose: MoveDose, new_position: bool, side_switch: bool, with_support: bool) -> Self {
        Self { dose, with_support, new_position, side_switch, setup_seconds: 15, lead_in_seconds: 5 }
    }
}

/// Why moves are not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MovesNotAdmitted {
    /// The log went on since the clearance was made.
    #[error("something was logged since these moves were chosen; choose again")]
    Stale,
    /// A move is outside what is allowed today.
    #[error("move {number} ({id}, {side}) is outside what is allowed today; choose again")]
    Outside {
        /// Its number, from 1.
        number: usize,
        /// Its id.
        id: String,
        /// Its side.
        side: Side,
    },
    /// One move on one side is done too often in all.
    #[error("{id}, {side}: {sets} sets in all is more than today's limit; choose again")]
    TooManySets {
        /// The move.
        id: String,
        /// The side.
        side: Side,
        /// Sets of all its entries.
        sets: u32,
    },
    /// All of them are more than a day's work.
    #[error("{seconds} of moves in all is more than is left today; choose again")]
    TooMuch {
        /// Seconds of work of all moves, rests not counted.
        seconds: Seconds,
    },
}

/// Checks moves again, one by one and together, and admits them. The last gate before they are guided: whatever a
/// form, a saved programme or another program proposed, nothing else can be guided. An empty list is admitted.
///
/// # Errors
/// Every [`MovesNotAdmitted`] there is: a move or an amount that is not allowed, too many sets of one, too much in all,
/// or a clearance made from another state of the log.
pub fn admit_moves(
    knowledge: &Knowledge,
    clearance: &Clearance,
    head: Option<&str>,
    moves: &[MoveDose],
) -> Result<AdmittedMoves, Vec<MovesNotAdmitted>> {
    let mut problems = Vec::new();
    if clearance.head() != head {
        problems.push(MovesNotAdmitted::Stale);
    }
    let ceilings = &knowledge.limits.moves;
    for (index, dose) in moves.iter().enumerate() {
        // The ceilings once more, by themselves: a mistake in what lowers them shall not raise anything.
        let under_the_ceilings = dose.sets <= ceilings.sets
            && dose.hold_seconds.is_none_or(|hold| hold <= ceilings.hold_seconds)
            && dose.reps.is_none_or(|reps| reps <= ceilings.reps)
            && dose.effort_max <= ceilings.effort;
        if !under_the_ceilings || !clearance.allows_move_dose(knowledge, dose) {
            problems.push(MovesNotAdmitted::Outside { number: index + 1, id: dose.id.clone(), side: dose.side });
        }
    }
    let mut sets: SortedMap<(&str, Side), u32> = SortedMap::new();
    for dose in moves {
        let so_far = sets.get_or_default((dose.id.as_str(), dose.side));
        *so_far = so_far.saturating_add(u32::from(dose.sets));
    }
    for (&(id, side), &in_all) in &sets {
        let most = clearance.allows_move(knowledge, id, side).map_or(0, |most| u32::from(most.sets));
        if in_all > most {
            problems.push(MovesNotAdmitted::TooManySets { id: id.to_owned(), side, sets: in_all });
        }
    }
    let seconds: Seconds = moves.iter().map(|dose| dose.work(knowledge)).sum();
    let most = Seconds::new(u32::from(ceilings.minutes_per_day) * 60).saturating_sub(clearance.move_seconds_today());
    if seconds > most {
        problems.push(MovesNotAdmitted::TooMuch { seconds });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let with_support =
        |dose: &MoveDose| clearance.allows_move(knowledge, &dose.id, dose.side).is_ok_and(|most| most.with_support);
    let moves = moves.iter().zip(timetable::move_approaches(knowledge, moves)).map(|(dose, approach)| AdmittedMove {
        dose: dose.clone(),
        with_support: with_support(dose),
        new_position: approach.new_station,
        side_switch: approach.side_switch,
        setup_seconds: approach.setup.get(),
        lead_in_seconds: approach.lead_in.get(),
    });
    Ok(AdmittedMoves { moves: moves.collect(), head: clearance.head.clone() })
}
