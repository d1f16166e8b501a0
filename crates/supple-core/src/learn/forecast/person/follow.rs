//! Every place of one person, followed as each kind of person at once.

use super::chances::{Chances, SORENESS};
use super::log::{EVERY_DAY, Log, Reading, Said};
use super::pull::{Pull, pull};
use crate::body::{Half, RegionId, Site};
use crate::learn::forecast::filter::{Before, Filter, Kind};
use crate::math;
use crate::sorted::SortedMap;
use crate::unit::Felt;

/// How sore a unit of work makes somebody at the peak, in points; what is left of that once they are used to it; how far
/// days lie above or below; what noise is left, both in quarters of the scale. All our judgement; the log weighs them.
pub(crate) const GAINS: [f64; 4] = [0.4, 0.9, 1.6, 2.6];
const ACCUSTOMED: [f64; 3] = [0.15, 0.3, 0.6];
const SWINGS: [f64; 2] = [0.2, 0.5];
const NOISES: [f64; 2] = [0.25, 0.45];
/// As in the middle of the grid that does well on groups.
const DRIFT: f64 = 0.02;
const CARRY: f64 = 0.6;
/// A gain of one place lies around the person's own by this share of it.
const PLACES_DIFFER: f64 = 0.35;
/// What is usual without training: mean and variance in points.
const USUAL: (f64, f64) = (0.0, 1.0);
/// What pressure does to the days after it: mean and standard deviation in points. Self-reports say about half a standard
/// deviation less, the best sham trials nothing: wide.
const ROLLING: (f64, f64) = (-0.5, 1.0);
/// A place that is not marked is below this: from 3 on people notice it on stairs, and would mark it.
const NOT_MARKED_BELOW: f64 = 2.5;
/// How much a point said, and a place not marked, count for what kind of person it is. Below 1, since places of one day
/// go together; what is said of a place counts fully for the place itself.
const POINT_COUNTS: f64 = 0.5;
const NOT_MARKED_COUNTS: f64 = 0.1;

#[derive(Debug, Clone, Copy)]
struct PersonKind {
    gain: f64,
    accustomed: usize,
    days: Kind,
}

fn kinds() -> impl Iterator<Item = PersonKind> {
    GAINS.into_iter().flat_map(|gain| {
        (0..ACCUSTOMED.len()).flat_map(move |accustomed| {
            SWINGS.into_iter().flat_map(move |swing| {
                NOISES.into_iter().map(move |noise| PersonKind {
                    gain,
                    accustomed,
                    days: Kind { drift: DRIFT, carry: CARRY, swing, noise },
                })
            })
        })
    })
}

/// Filters of a region: one set for both sides as long as all that is known of them is the same.
#[derive(Debug, Clone)]
enum Sides {
    Alike(Vec<Filter>),
    Apart([Vec<Filter>; 2]),
}

/// One person, up to some day.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    kinds: Vec<PersonKind>,
    log_weights: Vec<f64>,
    regions: SortedMap<RegionId, Sides>,
}

impl Followed {
    /// Nobody yet.
    pub(super) fn nobody() -> Self {
        let kinds: Vec<PersonKind> = kinds().collect();
        Self { log_weights: vec![0.0; kinds.len()], kinds, regions: SortedMap::new() }
    }

    /// Regions of which anything was said.
    pub(super) fn regions(&self) -> impl Iterator<Item = RegionId> {
        self.regions.keys().copied()
    }

    /// The chances at a site and a moment, from what happened before that moment and before a day.
    pub(super) fn foretell(&self, log: &Log<'_>, site: Site, at: f64, before_day: i32) -> Chances {
        let pulls = pulls(log, site, at, before_day);
        let fresh;
        let filters = match self.regions.get(&site.region) {
            Some(Sides::Alike(filters)) => filters,
            Some(Sides::Apart(sides)) => &sides[site.half as usize],
            None => {
                fresh = self.fresh();
                &fresh
            }
        };
        let mut mixed = vec![0.0; SORENESS.count()];
        for ((weight, kind), filter) in self.weights().iter().zip(&self.kinds).zip(filters) {
            // What counts for less than this cannot be seen in any number.
            if *weight < 1e-9 {
                continue;
            }
            let Pull { of, relief } = pulls[kind.accustomed];
            let (mean, variance) = filter.ahead_at(at, of);
            for (sum, chance) in mixed.iter_mut().zip(SORENESS.in_points((mean - relief, variance))) {
                *sum += weight * chance;
            }
        }
        let total: f64 = mixed.iter().sum();
        Chances(mixed.into_iter().map(|chance| chance / total).collect())
    }

    /// Learns what was said on a day. Days come in order.
    pub(super) fn learn(&mut self, log: &Log<'_>, day: i32) {
        for (region, reading) in log.said_on(day) {
            self.learn_region(log, region, reading);
        }
    }

    fn learn_region(&mut self, log: &Log<'_>, region: RegionId, Reading { at, said }: Reading) {
        let pulls = Half::ALL.map(|half| pulls(log, Site::new(region, half), at, EVERY_DAY));
        let alike = said[0] == said[1] && pulls[0] == pulls[1];
        let mut sides = self.regions.remove(&region).unwrap_or_else(|| Sides::Alike(self.fresh()));
        sides = match sides {
            Sides::Alike(filters) if !alike => Sides::Apart([filters.clone(), filters]),
            same => same,
        };
        match &mut sides {
            Sides::Alike(filters) => self.take_in(filters, at, &pulls[0], said[0], 1.0),
            Sides::Apart(halves) => {
                for ((filters, pulls), said) in halves.iter_mut().zip(&pulls).zip(said) {
                    // The two sides of a region say together as much about a person as one that stands for both.
                    self.take_in(filters, at, pulls, said, 0.5);
                }
            }
        }
        self.regions.insert(region, sides);
    }

    fn take_in(&mut self, filters: &mut [Filter], at: f64, pulls: &[Pull], said: Option<Said>, share: f64) {
        let Some(said) = said else { return };
        let (low, high, counts) = match said {
            Said::Point(felt) => (lower_end(felt), upper_end(felt), POINT_COUNTS),
            Said::NotMarked => (f64::NEG_INFINITY, NOT_MARKED_BELOW, NOT_MARKED_COUNTS),
        };
        for ((filter, kind), log_weight) in filters.iter_mut().zip(&self.kinds).zip(&mut self.log_weights) {
            let Pull { of, relief } = pulls[kind.accustomed];
            let (mean, variance) = filter.ahead_at(at, of);
            let chances = SORENESS.in_points((mean - relief, variance));
            let chance: f64 = match said {
                Said::Point(felt) => chances[usize::from(felt.get())],
                Said::NotMarked => chances[..3].iter().sum(),
            };
            *log_weight += counts * share * math::ln(chance);
            // What would be felt without the relief.
            filter.take_in_between(at, of, low + relief, high + relief);
        }
    }

    fn fresh(&self) -> Vec<Filter> {
        let one = |kind: &PersonKind| {
            let gains = [(kind.gain, PLACES_DIFFER * kind.gain), ROLLING];
            Filter::starting(kind.days, SORENESS.quarter(), Before { usual: USUAL, gains })
        };
        self.kinds.iter().map(one).collect()
    }

    fn weights(&self) -> Vec<f64> {
        let best = self.log_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let raised: Vec<f64> = self.log_weights.iter().map(|log| math::exp(log - best)).collect();
        let total: f64 = raised.iter().sum();
        raised.into_iter().map(|weight| weight / total).collect()
    }
}

/// A pull for each way of being used to things.
fn pulls(log: &Log<'_>, site: Site, at: f64, before_day: i32) -> Vec<Pull> {
    ACCUSTOMED.into_iter().map(|accustomed| pull(log, site, at, before_day, accustomed)).collect()
}

fn lower_end(felt: Felt) -> f64 {
    if felt == Felt::NONE { f64::NEG_INFINITY } else { f64::from(felt.get()) - 0.5 }
}

fn upper_end(felt: Felt) -> f64 {
    if felt.get() == 10 { f64::INFINITY } else { f64::from(felt.get()) + 0.5 }
}
