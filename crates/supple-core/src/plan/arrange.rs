//! What a person makes of a proposal: other ways for a place, less, another order. Nothing here allows anything;
//! whatever comes out of it is admitted like a proposal, or refused.

use super::candidates::{self, Way};
use super::{LeftOut, Plan, Why, explain, explained_blocks, sentence};
use crate::assess::Assessment;
use crate::body::{Side, Site, SiteSet};
use crate::dose::Dose;
use crate::gate::Clearance;
use crate::knowledge::Knowledge;
use crate::timetable;
use crate::unit::Seconds;

/// The plan that these doses make, explained like a proposal: why each block is in, and what is left out and why.
/// A place that was proposed and is not among the doses was taken out by the person, and the plan says so.
///
/// It allows nothing: doses outside the clearance are explained too, and refused by [`crate::gate::admit`].
#[must_use]
pub fn explained(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    proposed: &Plan,
    doses: Vec<Dose>,
) -> Plan {
    let candidates = candidates::gather(knowledge, clearance, assessment);
    let was_in: SiteSet = proposed.blocks.iter().flat_map(|block| block.dose.sites()).collect();
    let mut left_out = explain::left_out(knowledge, clearance, assessment, &candidates, &doses);
    for left in &mut left_out {
        if Site::of(left.region, left.side).all(|site| was_in.contains(site)) {
            left.why = taken_out(knowledge);
        }
    }
    join_sides(&mut left_out);
    let total = timetable::total(knowledge, &doses);
    let objective_micro = doses.iter().map(|dose| candidates.value_of(dose)).sum();
    let blocks = explained_blocks(knowledge, clearance, assessment, doses);
    Plan { blocks, left_out, total, objective_micro }
}

/// The plan that an experiment's doses make: each block says so, and what was proposed besides waits.
pub(crate) fn for_experiment(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    proposed: &Plan,
    doses: Vec<Dose>,
) -> Plan {
    let mut plan = explained(knowledge, clearance, assessment, proposed, doses);
    for block in &mut plan.blocks {
        let seconds = block.dose.pressure().to_string();
        block.why = vec![sentence(knowledge, "experiment_way", &[("seconds", seconds)])];
    }
    for left in &mut plan.left_out {
        if left.why == taken_out(knowledge) {
            left.why = sentence(knowledge, "experiment_first", &[]);
        }
    }
    plan
}

/// A plan in which these places were left out for an experiment's sake: it says so where only "left out" would stand.
pub(crate) fn resting(knowledge: &Knowledge, mut plan: Plan, places: SiteSet) -> Plan {
    let avoided = sentence(knowledge, "avoided", &[]);
    for left in &mut plan.left_out {
        if left.why.id == avoided.id && Site::of(left.region, left.side).all(|site| places.contains(site)) {
            left.why = sentence(knowledge, "experiment_rest", &[]);
        }
    }
    join_sides(&mut plan.left_out);
    plan
}

/// Everything that is allowed today, gathered once to find other ways for several blocks.
#[derive(Debug, Clone)]
pub struct Alternatives<'k>(Vec<Way<'k>>);

impl<'k> Alternatives<'k> {
    /// What is allowed, the simplest first.
    #[must_use]
    pub fn gathered(knowledge: &'k Knowledge, clearance: &'k Clearance, assessment: &'k Assessment) -> Self {
        Self(candidates::gather(knowledge, clearance, assessment).ways.concat())
    }

    /// Other ways to do what these doses of one technique do: every other technique that is allowed there and covers the
    /// same side or sides, the simplest first, each with as much of their pressure as it may give.
    #[must_use]
    pub fn to(&self, doses: &[Dose]) -> Vec<Vec<Dose>> {
        let Some(now) = doses.first() else { return Vec::new() };
        let there: SiteSet = doses.iter().flat_map(Dose::sites).collect();
        let most = doses.iter().map(Dose::pressure).min().unwrap_or(Seconds::ZERO);
        let mut found: Vec<&Way<'_>> = Vec::new();
        for way in &self.0 {
            if way.technique.region != now.region || way.id == now.technique || way.pressure() > most {
                continue;
            }
            if way.sites() != there {
                continue;
            }
            match found.iter_mut().find(|known| known.id == way.id) {
                Some(known) if known.pressure() < way.pressure() => *known = way,
                Some(_) => {}
                None => found.push(way),
            }
        }
        found.into_iter().map(|way| way.doses().collect()).collect()
    }
}

/// The same dose, one step less of it: a set less where there are several, otherwise a third less time, in whole
/// steps. None where it would be less than is worth setting up.
#[must_use]
pub fn shorter(knowledge: &Knowledge, dose: &Dose) -> Option<Dose> {
    let costs = &knowledge.planning.time;
    if dose.sets > 1 {
        let sets = dose.sets - 1;
        return Some(Dose { sets, rest_seconds: if sets > 1 { dose.rest_seconds } else { 0 }, ..dose.clone() });
    }
    let step = costs.step_seconds.max(1);
    let seconds = (dose.seconds_per_set * 2 / 3 / step * step).max(costs.least_seconds);
    let spots = u32::from(dose.spots.max(1));
    let hold_seconds = dose.hold_seconds.map(|hold| hold.min(seconds / spots).max(1));
    (seconds < dose.seconds_per_set).then(|| Dose { seconds_per_set: seconds, hold_seconds, ..dose.clone() })
}

fn taken_out(knowledge: &Knowledge) -> Why {
    sentence(knowledge, "taken_out", &[])
}

/// Left and right of one region with the same reason, one after the other, are one line.
fn join_sides(left_out: &mut Vec<LeftOut>) {
    left_out.dedup_by(|second, first| {
        let same = first.region == second.region && first.why == second.why;
        if same {
            first.side = Side::Both;
        }
        same
    });
}
