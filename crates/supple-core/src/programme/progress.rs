use super::Ahead;
use super::detail::LIGHT_SECONDS;
use crate::assess::days_since;
use crate::body::{PerSite, RegionId, Site, SiteSet};
use crate::event::{BlockEnd, MoveFinished};
use crate::knowledge::{Knowledge, MoveKind};
use crate::movement;
use crate::sorted::{SortedMap, SortedSet};
use crate::state::{State, Timed};
use crate::unit::{Felt, Seconds};
use jiff::{SignedDuration, Zoned};

/// What a log says for the weeks to come: how far each move has come, one step for each time after which the day after was
/// answered and fine; what was done so short ago that it needs a day between; which places leave the programme; and where
/// it will be sore in the next days.
///
/// No step without an answer: a programme shows weeks to come with the amounts of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    steps: SortedMap<String, u8>,
    rolled: Lately<SiteSet>,
    moved: Lately<SortedSet<String>>,
    leaves: SortedSet<RegionId>,
    ahead: Ahead,
}

/// More than the moments of one civil day and of the day before can be apart, in any zone.
const NEAR: SignedDuration = SignedDuration::from_hours(96);

/// What was done today and yesterday.
type Lately<T> = [T; 2];

/// The step with the largest amount of a move.
const LARGEST_STEP: u8 = 3;

/// The step after it: the largest amount went well, so that the harder move can take its place.
const LAST_STEP: u8 = LARGEST_STEP + 1;

impl Progress {
    /// Nothing was done yet, or nothing is known of it.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The step of a move, 0 to 3: which amount of it comes next.
    #[must_use]
    pub fn step(&self, id: &str) -> u8 {
        self.steps.get(id).copied().unwrap_or(0).min(LARGEST_STEP)
    }

    /// The harder move of the same kind that can take the place of one that went well with its largest amount. None for a
    /// stretch: what its test measures says how far that has come.
    #[must_use]
    pub fn goes_on_to<'a>(&self, knowledge: &'a Knowledge, id: &str) -> Option<&'a String> {
        self.steps.get(id).filter(|&&step| step == LAST_STEP)?;
        let known = knowledge.moves.get(id).filter(|known| known.kind != MoveKind::Stretch)?;
        let is_alike = |harder: &&String| knowledge.moves.get(*harder).is_some_and(|other| other.kind == known.kind);
        known.harder_move.as_ref().filter(is_alike)
    }

    /// How many days ago a place was last rolled for longer than a short session does, 0 or 1; none if that is longer ago.
    pub(super) fn rolled_days_ago(&self, sites: impl Iterator<Item = Site>) -> Option<usize> {
        sites.filter_map(|site| self.rolled.iter().position(|rolled| rolled.contains(site))).min()
    }

    /// How many days ago a move was last done, 0 or 1; none if that is longer ago.
    pub(super) fn moved_days_ago(&self, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        self.moved.iter().position(|moved| moved.iter().any(|id| is_it(id)))
    }

    /// Whether a place leaves the programme: every finding that points to it is measured, and no measure responds.
    #[must_use]
    pub fn leaves(&self, region: RegionId) -> bool {
        self.leaves.contains(&region)
    }

    /// Steps by move, for tests and for programs that keep them elsewhere; 4 and above: the harder move may come.
    #[must_use]
    pub fn of_steps(steps: impl IntoIterator<Item = (String, u8)>) -> Self {
        let steps = steps.into_iter().map(|(id, step)| (id, step.min(LAST_STEP))).collect();
        Self { steps, ..Self::none() }
    }

    /// What a log says. A move goes a step up when it was done in full in a run, on every side of that run and no harder than
    /// meant where that was said, and the next word about the body, 12 hours to `next_day.within_hours` later, names none of
    /// its regions sorer than `flare.soreness_above`. It goes a step down when that does, from its first step to the largest
    /// of the easier move that led to it; and it stays where nothing was said.
    #[must_use]
    pub fn of(knowledge: &Knowledge, state: &State, now: &Zoned) -> Self {
        let within = SignedDuration::from_hours(i64::from(knowledge.limits.next_day.within_hours));
        let mut steps: SortedMap<String, u8> = SortedMap::new();
        for run in &state.moves {
            let done: Vec<&Timed<MoveFinished>> = run.moves.iter().filter(|done| done.at <= *now).collect();
            let ids: SortedSet<&String> = done.iter().map(|done| &done.what.id).collect();
            for id in ids.iter() {
                let sides: Vec<&Timed<MoveFinished>> =
                    done.iter().copied().filter(|done| done.what.id == **id).collect();
                let (Some(known), Some(last)) = (knowledge.moves.get(*id), sides.last()) else { continue };
                let of = |done: &&Timed<MoveFinished>| {
                    let side = done.what.side;
                    known.regions.iter().flat_map(move |&region| Site::of(region, side)).collect::<Vec<_>>()
                };
                let sites: Vec<Site> = sides.iter().flat_map(of).collect();
                let Some(sorest) = sorest_after(state, &last.at, now, within, &sites) else { continue };
                let went_well = |done: &&Timed<MoveFinished>| {
                    let as_meant = done.what.effort.is_none_or(|effort| effort <= known.amount.effort_max);
                    done.what.end == BlockEnd::Completed && !done.what.easier && as_meant
                };
                if sorest.get() > knowledge.limits.flare.soreness_above {
                    a_step_down(knowledge, &mut steps, id);
                } else if sides.iter().all(went_well) {
                    let step = steps.get_or_default((*id).clone());
                    *step = (*step + 1).min(LAST_STEP);
                }
            }
        }
        let found = movement::regions(state, knowledge, now);
        let stays = |region: RegionId| found.iter().any(|known| known.region == region && known.stay.stays());
        let leaves = found.iter().map(|known| known.region).filter(|&region| !stays(region)).collect();
        let rolled = std::array::from_fn(|ago| rolled_on(state, now, ago as i32));
        let moved = std::array::from_fn(|ago| moved_on(state, now, ago as i32));
        Self { steps, rolled, moved, leaves, ahead: Ahead::of(knowledge, state, now) }
    }

    /// Where it will likely be sore.
    #[must_use]
    pub const fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    /// The same with another forecast of soreness.
    #[must_use]
    pub fn with_ahead(self, ahead: Ahead) -> Self {
        Self { ahead, ..self }
    }
}

/// One step back. Before the first step of a move lies the largest of the easier one that led to it.
fn a_step_down(knowledge: &Knowledge, steps: &mut SortedMap<String, u8>, id: &String) {
    let step = steps.get_or_default(id.clone());
    if *step > 0 {
        *step -= 1;
        return;
    }
    let easier = knowledge.moves.iter().filter(|(_, known)| known.harder_move.as_ref() == Some(id));
    for (easier, _) in easier {
        let step = steps.get_or_default(easier.clone());
        *step = (*step).min(LARGEST_STEP);
    }
}

/// The sorest of some places in the first word about the body on the day after; none if nothing was said.
fn sorest_after(state: &State, done: &Zoned, now: &Zoned, within: SignedDuration, sites: &[Site]) -> Option<Felt> {
    let after = |at: &Zoned| {
        let later = at.duration_since(done);
        later >= SignedDuration::from_hours(12) && later <= within && at <= now
    };
    let check_in = state.check_ins.iter().find(|said| after(&said.at))?;
    let sore = check_in.what.soreness.iter().filter(|sore| {
        Site::of(sore.region, sore.side.unwrap_or(crate::body::Side::Both)).any(|site| sites.contains(&site))
    });
    Some(sore.map(|sore| sore.felt).max().unwrap_or(Felt::NONE))
}

/// The places that were rolled some days ago for longer than a short session does.
fn rolled_on(state: &State, now: &Zoned, days_ago: i32) -> SiteSet {
    let mut pressed = PerSite::filled(Seconds::ZERO);
    for given in state.pressure().filter(|given| is_days_ago(given.at, now, days_ago)) {
        for site in Site::of(given.region, given.side) {
            pressed[site] = pressed[site] + given.seconds;
        }
    }
    Site::all().filter(|&site| pressed[site].get() > LIGHT_SECONDS).collect()
}

/// The moves that were done some days ago.
fn moved_on(state: &State, now: &Zoned, days_ago: i32) -> SortedSet<String> {
    let done = state.moves.iter().flat_map(|run| &run.moves).filter(|done| done.what.seconds > 0);
    done.filter(|done| is_days_ago(&done.at, now, days_ago)).map(|done| done.what.id.clone()).collect()
}

/// Whether it was so many calendar days ago. A date in a zone is worked out only for what is near.
fn is_days_ago(at: &Zoned, now: &Zoned, days_ago: i32) -> bool {
    now.duration_since(at).abs() < NEAR && days_since(at, now) == days_ago
}
