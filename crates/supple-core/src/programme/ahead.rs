use crate::body::{Site, SiteSet};
use crate::knowledge::Knowledge;
use crate::learn::forecast::person::{Chances, outlook};
use crate::sorted::SortedMap;
use crate::state::State;
use crate::unit::Felt;
use jiff::Zoned;
use jiff::civil::Date;

/// From this soreness on a place is weighed more on a day for recovery: people notice it on stairs.
const NOTICED: u8 = 3;

/// Where somebody will likely be sore on the days to come: from today to four days ahead, the middle of what may come at the
/// sorest moment of each day. Only places that will be noticed are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ahead {
    days: SortedMap<Date, SortedMap<Site, Felt>>,
}

impl Ahead {
    /// Nothing is foretold.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// What a log lets expect (docs/model.md, section 10); nothing while it cannot tell yet.
    #[must_use]
    pub fn of(knowledge: &Knowledge, state: &State, now: &Zoned) -> Self {
        // Without a training there is nothing to foretell from, and nothing to look through.
        if state.trainings.is_empty() {
            return Self::none();
        }
        let outlook = outlook(knowledge, state, now);
        if outlook.not_yet.is_some() {
            return Self::none();
        }
        let of_day = |date: Date| {
            let middle = |site: &Site| Some((date, *site, Felt::of(outlook.on(*site, date).map(Chances::median)?)));
            outlook.places.keys().filter_map(middle).collect::<Vec<_>>()
        };
        Self::of_days(outlook.days().into_iter().flat_map(of_day))
    }

    /// Soreness by day and place, for tests and for programs that foretell it elsewhere; below 3 counts as nothing.
    #[must_use]
    pub fn of_days(foretold: impl IntoIterator<Item = (Date, Site, Felt)>) -> Self {
        let mut days: SortedMap<Date, SortedMap<Site, Felt>> = SortedMap::new();
        for (date, site, felt) in foretold.into_iter().filter(|(_, _, felt)| felt.get() >= NOTICED) {
            days.get_or_default(date).insert(site, felt);
        }
        Self { days }
    }

    /// Places that will be noticed on a day, and how sore they will likely be.
    #[must_use]
    pub fn on(&self, date: Date) -> SortedMap<Site, Felt> {
        self.days.get(&date).cloned().unwrap_or_default()
    }

    /// Places that will likely be so sore on a day that its plan would leave them alone.
    #[must_use]
    pub fn rests(&self, knowledge: &Knowledge, date: Date) -> SiteSet {
        let alone = knowledge.limits.ceilings.leave_alone_soreness;
        let of_day = self.days.get(&date).into_iter().flat_map(SortedMap::iter);
        of_day.filter(|(_, felt)| felt.get() >= alone).map(|(site, _)| *site).collect()
    }
}
