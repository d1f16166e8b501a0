use crate::body::RegionId;
use crate::event::Answer;
use crate::knowledge::{Demand, Knowledge, Place, Posture};

/// What moves may do on one site. Every limit can only be lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteMoveLimits {
    /// No move touches it today.
    pub closed: bool,
    /// How hard a move that touches it may feel, 0 to 10.
    pub effort_max: u8,
    /// The longest hold, in seconds.
    pub hold_seconds: u32,
    /// Whether moves that are easy to fall from are done with a hand on something firm.
    pub with_support: bool,
    /// Demands ruled out, one bit each in the order of [`Demand`].
    demands_excluded: u16,
    /// Postures ruled out, one bit each in the order of [`Posture`].
    postures_excluded: u8,
    /// Places, one bit each in the order of [`Place`].
    places: u8,
}

impl SiteMoveLimits {
    /// What holds for everyone, always.
    #[must_use]
    pub fn ceilings(knowledge: &Knowledge) -> Self {
        let ceilings = &knowledge.limits.moves;
        Self {
            closed: false,
            effort_max: ceilings.effort,
            hold_seconds: ceilings.hold_seconds,
            with_support: false,
            demands_excluded: 0,
            postures_excluded: 0,
            places: u8::MAX,
        }
    }

    /// Rules out a demand.
    pub const fn exclude(&mut self, demand: Demand) {
        self.demands_excluded |= 1 << demand as u16;
    }

    /// Rules out a posture.
    pub const fn exclude_posture(&mut self, posture: Posture) {
        self.postures_excluded |= 1 << posture as u8;
    }

    /// Allows these places only.
    pub fn places_only(&mut self, places: &[Place]) {
        self.places &= places.iter().fold(0, |bits, &place| bits | 1 << place as u8);
    }

    /// Whether a demand is ruled out.
    #[must_use]
    pub const fn excludes(&self, demand: Demand) -> bool {
        self.demands_excluded & (1 << demand as u16) != 0
    }

    /// Whether a posture is ruled out.
    #[must_use]
    pub const fn excludes_posture(&self, posture: Posture) -> bool {
        self.postures_excluded & (1 << posture as u8) != 0
    }

    /// Whether a place is allowed.
    #[must_use]
    pub const fn place(&self, place: Place) -> bool {
        self.places & (1 << place as u8) != 0
    }
}

/// Something that moves may not ask for today, and what rules it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuledOut {
    /// What a move asks of the body.
    Demand(Demand),
    /// What the body has to bear meanwhile.
    Posture(Posture),
}

/// Why something is ruled out for moves: a caution, answered or open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledOutBy {
    /// Id in `knowledge/`: a caution.
    pub by: String,
    /// Whether it was answered yes, or only counts as yes.
    pub answer: Answer,
    /// What it rules out.
    pub what: RuledOut,
}

/// The most a move may ask for on a side today. What is done is at most this, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveLimits {
    /// Sets, in all of today's session.
    pub sets: u8,
    /// Longest hold in seconds; none for a move that is counted.
    pub hold_seconds: Option<u32>,
    /// Repetitions in a set; none for a move that is held.
    pub reps: Option<u8>,
    /// How hard it may feel, 0 to 10.
    pub effort_max: u8,
    /// Whether it is done with a hand on something firm: said before it begins, and with every set.
    pub with_support: bool,
    /// Seconds of work left today for moves in all.
    pub work_left: crate::unit::Seconds,
}

/// Why a move may not be done on a side today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum MoveRefusal {
    /// There is no such move.
    #[error("there is no such move")]
    Unknown,
    /// The move is not done on this side in this way.
    #[error("the move is not done on this side in this way")]
    WrongSide,
    /// The person asked to leave a region out that it touches.
    #[error("the person asked to leave {0} out")]
    Avoided(RegionId),
    /// A region that it touches is closed.
    #[error("{0} is closed to moves")]
    Closed(RegionId),
    /// What it asks of the body is ruled out.
    #[error("{0:?} is ruled out")]
    Demand(Demand),
    /// A posture is ruled out.
    #[error("{0:?} is ruled out")]
    Posture(Posture),
    /// The place is not at hand or not allowed.
    #[error("{0:?} is not at hand or not allowed")]
    Place(Place),
    /// Today's minutes of moves are used up, or no set, hold or effort is left.
    #[error("nothing is left of it today")]
    NothingLeft,
}
