//! What training alone lets expect of soreness: the part of the forecast that no word about soreness and no pressure goes
//! into, for experiments that compare ways to roll.

use super::log::{BoutFelt, days_of};
use super::pull::felt_of;
use crate::body::RegionId;
use crate::exposure::{ACCUSTOMED, bouts};
use crate::knowledge::Knowledge;
use crate::state::State;
use jiff::Zoned;

/// Every bout that loaded a region, as somebody feels it who is neither quickly nor slowly used to it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingFelt(Vec<BoutFelt>);

impl TrainingFelt {
    /// What was written down so far.
    #[must_use]
    pub fn of(knowledge: &Knowledge, state: &State, region: RegionId) -> Self {
        // Without a training there is nothing to look through.
        if state.trainings.is_empty() {
            return Self(Vec::new());
        }
        let of = |bout: &crate::exposure::Bout<'_>| Some(BoutFelt::of(bout, bout.regions.get(&region)?));
        Self(bouts(knowledge, state).iter().filter_map(of).collect())
    }

    /// By how many points training makes the region sorer at one moment than at another, for a person whose gain is 1,
    /// from what had ended at the first.
    #[must_use]
    pub fn change(&self, from: &Zoned, to: &Zoned) -> f64 {
        let (from, to) = (days_of(from), days_of(to));
        let known = self.0.iter().filter(|bout| bout.ended <= from);
        known.map(|bout| felt_of(bout, to, ACCUSTOMED) - felt_of(bout, from, ACCUSTOMED)).sum()
    }
}
