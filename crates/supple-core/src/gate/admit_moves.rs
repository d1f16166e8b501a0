use super::Clearance;
use crate::body::Side;
use crate::knowledge::{Knowledge, Sides};
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
    easier: Option<Box<Self>>,
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

    /// The easier move that may take its place, admitted with it; none where there is none, or where it is ruled out.
    #[must_use]
    pub fn easier(&self) -> Option<&Self> {
        self.easier.as_deref()
    }

    /// For tests of the guide only.
    #[cfg(test)]
    pub(crate) fn for_tests(
        dose: MoveDose,
        approach: (bool, bool),
        with_support: bool,
        easier: Option<Self>,
    ) -> Self {
        let (new_position, side_switch) = approach;
        let easier = easier.map(Box::new);
        Self { dose, with_support, new_position, side_switch, setup_seconds: 15, lead_in_seconds: 5, easier }
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
    let moves = moves.iter().zip(timetable::move_approaches(knowledge, moves)).map(|(dose, approach)| AdmittedMove {
        dose: dose.clone(),
        with_support: with_support(knowledge, clearance, dose),
        new_position: approach.new_station,
        side_switch: approach.side_switch,
        setup_seconds: approach.setup.get(),
        lead_in_seconds: approach.lead_in.get(),
        easier: easier(knowledge, clearance, dose).map(Box::new),
    });
    Ok(AdmittedMoves { moves: moves.collect(), head: clearance.head.clone() })
}

fn with_support(knowledge: &Knowledge, clearance: &Clearance, dose: &MoveDose) -> bool {
    clearance.allows_move(knowledge, &dose.id, dose.side).is_ok_and(|most| most.with_support)
}

/// The easier move in the place of one that was admitted: as it is written, as far as it is allowed, and no more work
/// than the one it stands for.
fn easier(knowledge: &Knowledge, clearance: &Clearance, dose: &MoveDose) -> Option<AdmittedMove> {
    let id = knowledge.moves.get(&dose.id)?.easier_move.as_ref()?;
    let known = knowledge.moves.get(id)?;
    let side = match known.sides {
        Sides::OneAtATime if matches!(dose.side, Side::Left | Side::Right) => dose.side,
        // Which side would that be?
        Sides::OneAtATime => return None,
        Sides::Together => Side::Both,
        Sides::Midline => Side::Midline,
    };
    let most = clearance.allows_move(knowledge, id, side).ok()?;
    let mut easier = MoveDose {
        sets: most.sets.min(dose.sets),
        hold_seconds: most.hold_seconds,
        reps: most.reps,
        effort_max: most.effort_max.min(dose.effort_max),
        ..MoveDose::as_written(id, known, side)
    };
    // A set less, and then fewer repetitions or a shorter hold, until it is no more work.
    while easier.work(knowledge) > dose.work(knowledge) && easier.sets > 1 {
        easier.sets -= 1;
    }
    let most_seconds = dose.work(knowledge).get() / u32::from(easier.sets.max(1));
    easier.hold_seconds = easier.hold_seconds.map(|hold| hold.min(most_seconds).max(1));
    let most_reps = u8::try_from(most_seconds / easier.rep_seconds(knowledge)).unwrap_or(u8::MAX);
    easier.reps = easier.reps.map(|reps| reps.min(most_reps).max(1));
    if !clearance.allows_move_dose(knowledge, &easier) {
        return None;
    }
    let costs = &knowledge.planning.time;
    Some(AdmittedMove {
        with_support: with_support(knowledge, clearance, &easier),
        dose: easier,
        new_position: true,
        side_switch: false,
        setup_seconds: costs.station_setup_seconds,
        lead_in_seconds: costs.lead_in_seconds,
        easier: None,
    })
}
