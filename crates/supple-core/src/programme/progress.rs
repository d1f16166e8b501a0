use super::Ahead;
use crate::body::{RegionId, Site};
use crate::event::BlockEnd;
use crate::knowledge::Knowledge;
use crate::movement;
use crate::sorted::{SortedMap, SortedSet};
use crate::state::State;
use crate::unit::Felt;
use jiff::{SignedDuration, Zoned};

/// What a log says for the weeks to come: how far each move has come, one step for each time after which the day after was
/// answered and fine; which places leave the programme; and where it will be sore in the next days.
///
/// No step without an answer: a programme shows weeks to come with the amounts of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    steps: SortedMap<String, u8>,
    leaves: SortedSet<RegionId>,
    ahead: Ahead,
}

/// The last step.
const LAST_STEP: u8 = 3;

impl Progress {
    /// Nothing was done yet, or nothing is known of it.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The step of a move, 0 to 3.
    #[must_use]
    pub fn step(&self, id: &str) -> u8 {
        self.steps.get(id).copied().unwrap_or(0)
    }

    /// Whether a place leaves the programme: every finding that points to it is measured, and no measure responds.
    #[must_use]
    pub fn leaves(&self, region: RegionId) -> bool {
        self.leaves.contains(&region)
    }

    /// Steps by move, for tests and for programs that keep them elsewhere; above 3 counts as 3.
    #[must_use]
    pub fn of_steps(steps: impl IntoIterator<Item = (String, u8)>) -> Self {
        let steps = steps.into_iter().map(|(id, step)| (id, step.min(LAST_STEP))).collect();
        Self { steps, ..Self::none() }
    }

    /// What a log says. A move that was done in full goes a step up when the next word about the body, 12 hours to
    /// `next_day.within_hours` later, names none of its regions sorer than `flare.soreness_above`; it goes a step down when
    /// it does; and it stays where nothing was said.
    #[must_use]
    pub fn of(knowledge: &Knowledge, state: &State, now: &Zoned) -> Self {
        let within = SignedDuration::from_hours(i64::from(knowledge.limits.next_day.within_hours));
        let mut steps: SortedMap<String, u8> = SortedMap::new();
        for done in state.moves.iter().flat_map(|run| &run.moves).filter(|done| done.at <= *now) {
            let Some(known) = knowledge.moves.get(&done.what.id) else { continue };
            let sites: Vec<Site> =
                known.regions.iter().flat_map(|&region| Site::of(region, done.what.side)).collect();
            let Some(sorest) = sorest_after(state, &done.at, now, within, &sites) else { continue };
            let step = steps.get_or_default(done.what.id.clone());
            if sorest.get() > knowledge.limits.flare.soreness_above {
                *step = step.saturating_sub(1);
            } else if done.what.end == BlockEnd::Completed && !done.what.easier {
                *step = (*step + 1).min(LAST_STEP);
            }
        }
        let found = movement::regions(state, knowledge, now);
        let stays = |region: RegionId| found.iter().any(|known| known.region == region && known.stay.stays());
        let leaves = found.iter().map(|known| known.region).filter(|&region| !stays(region)).collect();
        Self { steps, leaves, ahead: Ahead::of(knowledge, state, now) }
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
