//! How sore each place of one person will be, from their own log: `docs/model.md` §9.
//!
//! ```text
//!  trainings ─exposure─▶ pull of each region ┐
//!  check-ins, next-day reports ──────────────┼─a filter for each place and each of 48 kinds of person─▶ chances of 0 to 10
//!  pressure given ───────────────────────────┘          kinds are weighed by all places together
//! ```
//!
//! A pure function of the log: any entry changes it, and nothing else does. A forecast uses nothing later than the moment
//! it is made at, so it can be scored against what came ([`scored`]).

mod chances;
mod follow;
mod log;
mod own_score;
mod pull;
mod training;

pub use chances::Chances;
pub use own_score::{Came, OwnScore, scored};
pub use training::TrainingFelt;

use crate::body::{Half, Site};
use crate::days;
use crate::knowledge::Knowledge;
use crate::sorted::SortedMap;
use crate::state::State;
use crate::unit::Felt;
use follow::Followed;
pub(crate) use follow::GAINS;
use jiff::Zoned;
use jiff::civil::Date;
use log::Log;

/// How many days ahead, today not counted. Later than this nothing of today's training is felt.
pub const DAYS_AHEAD: i32 = 4;
/// Days with a check-in before anything is said. Our judgement: what [`super::score`] asks of anybody.
pub const LEAST_DAYS: usize = 7;
/// From this soreness on a place is spoken of: people notice it on stairs.
const WORTH_SAYING: u8 = 3;

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayPart {
    /// At this moment.
    Now,
    /// At 8 o'clock.
    Morning,
    /// At 19 o'clock.
    Evening,
}

impl DayPart {
    /// The id in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Morning => "morning",
            Self::Evening => "evening",
        }
    }

    const fn hour(self) -> Option<i8> {
        match self {
            Self::Now => None,
            Self::Morning => Some(8),
            Self::Evening => Some(19),
        }
    }
}

/// A moment that soreness is foretold for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// The civil day where the person is.
    pub date: Date,
    /// The part of it.
    pub part: DayPart,
    /// Days since 1970, parts of a day included.
    at: f64,
}

/// What is missing until something can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotYet {
    /// On so many more days a check-in is needed.
    pub check_in_days: usize,
    /// Whether a training has to be written down.
    pub training: bool,
}

/// Today and four days ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Moments, the next one first: now, and mornings and evenings to come.
    pub moments: Vec<Moment>,
    /// For each place that was ever sore or trained, the chances at each moment.
    pub places: SortedMap<Site, Vec<Chances>>,
    /// What is missing before any of it should be shown; none: nothing.
    pub not_yet: Option<NotYet>,
}

/// When a place is likely at its worst.
#[derive(Debug, Clone, PartialEq)]
pub struct Worst {
    /// Where.
    pub site: Site,
    /// When.
    pub moment: Moment,
    /// How sore.
    pub chances: Chances,
}

impl Outlook {
    /// The days it has, in order.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.moments.iter().map(|moment| moment.date).collect();
        days.dedup();
        days
    }

    /// The chances at a place at the sorest moment of a day; none for a place or a day it does not have.
    #[must_use]
    pub fn on(&self, site: Site, date: Date) -> Option<&Chances> {
        let chances = self.places.get(&site)?;
        let of_day = self.moments.iter().zip(chances).filter(|(moment, _)| moment.date == date);
        sorest(of_day).map(|(_, chances)| chances)
    }

    /// Each place that will likely be noticed, at its worst moment; the sorest first, then in the order of the body.
    #[must_use]
    pub fn worst(&self) -> Vec<Worst> {
        let of_place = |(site, chances): (&Site, &Vec<Chances>)| {
            let (moment, chances) = sorest(self.moments.iter().zip(chances))?;
            (chances.median() >= WORTH_SAYING).then(|| Worst {
                site: *site,
                moment: *moment,
                chances: chances.clone(),
            })
        };
        let mut worst: Vec<Worst> = self.places.iter().filter_map(of_place).collect();
        worst.sort_by(|a, b| b.chances.mean().total_cmp(&a.chances.mean()));
        worst
    }
}

/// The first of those with the highest mean.
fn sorest<'a>(all: impl Iterator<Item = (&'a Moment, &'a Chances)>) -> Option<(&'a Moment, &'a Chances)> {
    all.reduce(|best, next| if next.1.mean() > best.1.mean() { next } else { best })
}

/// How sore each place will be, from today to four days ahead.
#[must_use]
pub fn outlook(knowledge: &Knowledge, state: &State, now: &Zoned) -> Outlook {
    let log = Log::of(knowledge, state, now);
    let mut followed = Followed::nobody();
    for day in log.days() {
        followed.learn(&log, day);
    }
    let moments = moments(now);
    let places = followed.regions().flat_map(|region| Half::ALL.map(|half| Site::new(region, half)));
    let foretold = |site: Site| {
        let chances = moments.iter().map(|moment| followed.foretell(&log, site, moment.at, log::EVERY_DAY));
        (site, chances.collect())
    };
    Outlook { places: places.map(foretold).collect(), moments: moments.clone(), not_yet: not_yet(&log, state, now) }
}

/// Where somebody will likely be sore tomorrow, and how much: the middle of what may come, where it is noticed at all.
/// For a plan, which may weigh places by it; the gate never looks at it.
#[must_use]
pub fn sore_tomorrow(knowledge: &Knowledge, state: &State, now: &Zoned) -> SortedMap<Site, Felt> {
    // Without a training there is nothing to foretell from, and nothing to look through.
    if state.trainings.is_empty() {
        return SortedMap::new();
    }
    let outlook = outlook(knowledge, state, now);
    let Some(tomorrow) = outlook.days().get(1).copied().filter(|_| outlook.not_yet.is_none()) else {
        return SortedMap::new();
    };
    let middle = |site: &Site| outlook.on(*site, tomorrow).map(Chances::median).filter(|&felt| felt >= WORTH_SAYING);
    outlook.places.keys().filter_map(|site| Some((*site, Felt::of(middle(site)?)))).collect()
}

fn moments(now: &Zoned) -> Vec<Moment> {
    let mut moments = vec![Moment { date: now.date(), part: DayPart::Now, at: log::days_of(now) }];
    for ahead in 0..=DAYS_AHEAD {
        let Some(date) = days::after(now.date(), ahead.into()) else { continue };
        for part in [DayPart::Morning, DayPart::Evening] {
            let at = part.hour().and_then(|hour| date.at(hour, 0, 0, 0).to_zoned(now.time_zone().clone()).ok());
            if let Some(at) = at.filter(|at| at > now) {
                moments.push(Moment { date, part, at: log::days_of(&at) });
            }
        }
    }
    moments
}

fn not_yet(log: &Log<'_>, state: &State, now: &Zoned) -> Option<NotYet> {
    let check_in_days = LEAST_DAYS.saturating_sub(log.check_in_days());
    let training = !state.trainings.iter().any(|training| training.what.start <= *now);
    (check_in_days > 0 || training).then_some(NotYet { check_in_days, training })
}
