use super::{State, Timed};
use crate::body::Site;
use crate::days;
use crate::event::{SpotChange, SpotFollowedUp, SpotMarked, SpotPressed};
use crate::unit::Seconds;
use jiff::Zoned;
use jiff::civil::Date;

/// After so many days without getting easier a spot is worth showing to a clinician. Our judgement, no study names a
/// number: four weeks are long enough for ordinary soreness to pass. It only words a hint; it allows and forbids nothing.
pub const UNCHANGED_AFTER_DAYS: i32 = 28;

/// A tight spot that a person marked on the body map.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The spot's id.
    pub id: String,
    /// When it was first marked; correcting it does not make it younger.
    pub marked_at: Zoned,
    /// Where it is and what it is called, as last corrected.
    pub marked: SpotMarked,
    /// Answers to the question after it, in fold order.
    pub follow_ups: Vec<Timed<SpotFollowedUp>>,
    /// How tender it was, in fold order.
    pub presses: Vec<Timed<SpotPressed>>,
}

impl Spot {
    pub(super) const fn new(marked_at: Zoned, marked: SpotMarked, id: String) -> Self {
        Self { id, marked_at, marked, follow_ups: Vec::new(), presses: Vec::new() }
    }

    /// The last answer to the question after it.
    #[must_use]
    pub fn last_change(&self) -> Option<SpotChange> {
        self.follow_ups.last().map(|answer| answer.what.change)
    }

    /// Whether it is still there. The last answer counts, so that of two devices the later one decides.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.last_change() != Some(SpotChange::Gone)
    }

    /// The day it was said to be gone, if that is the last that was said.
    #[must_use]
    pub fn closed_on(&self) -> Option<Date> {
        self.follow_ups.last().filter(|answer| answer.what.change == SpotChange::Gone).map(|answer| answer.at.date())
    }

    /// Days from the day it was first marked to the day it was gone, or else to `today`; 0 on the first day.
    #[must_use]
    pub fn days_open(&self, today: Date) -> i32 {
        days_between(self.marked_at.date(), self.closed_on().unwrap_or(today))
    }

    /// Whether "worth showing to a clinician" is said about it: while it is open, and it is a lump or unchanged.
    #[must_use]
    pub fn worth_showing(&self, today: Date) -> bool {
        self.is_open() && (self.marked.lump || self.is_unchanged(today))
    }

    /// Whether it has not got easier for four weeks: [`UNCHANGED_AFTER_DAYS`] or more calendar days have gone by since
    /// the day it was first marked, or since the last day it was said to be easier or gone, whichever is later.
    /// *Same*, *worse* and no answer at all count alike.
    #[must_use]
    pub fn is_unchanged(&self, today: Date) -> bool {
        let relief =
            |answer: &&Timed<SpotFollowedUp>| matches!(answer.what.change, SpotChange::Easier | SpotChange::Gone);
        let marked = self.marked_at.date();
        let since = self.follow_ups.iter().rfind(relief).map_or(marked, |answer| answer.at.date().max(marked));
        days_between(since, today) >= UNCHANGED_AFTER_DAYS
    }

    /// The sites it lies on.
    pub fn sites(&self) -> impl Iterator<Item = Site> {
        Site::of(self.marked.region, self.marked.side)
    }

    /// Seconds of pressure on its region since it was first marked; where it lies on both halves, of the half that got
    /// more.
    #[must_use]
    pub fn pressure(&self, state: &State) -> Seconds {
        let on = |site| state.pressure_since(site, &self.marked_at);
        self.sites().map(on).max().unwrap_or(Seconds::ZERO)
    }
}

/// The open spots to be asked about at today's check-in: each once a day, and not on the day it was marked.
pub fn spots_to_ask(state: &State, today: Date) -> impl Iterator<Item = &Spot> {
    let due = move |spot: &&Spot| {
        let asked_last = spot.follow_ups.last().map_or_else(|| spot.marked_at.date(), |answer| answer.at.date());
        spot.is_open() && asked_last < today && spot.marked_at.date() < today
    };
    state.spots.iter().filter(due)
}

fn days_between(from: Date, to: Date) -> i32 {
    days::between(from, to).max(0)
}
