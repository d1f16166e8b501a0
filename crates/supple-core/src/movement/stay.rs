use super::{Finding, found};
use crate::body::{RegionId, Side};
use crate::knowledge::Knowledge;
use crate::learn::{Told, response_of};
use crate::measure::Where;
use crate::state::State;
use jiff::Zoned;

/// A region that a finding points to, and whether it stays in the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionStay {
    /// The region.
    pub region: RegionId,
    /// On which side; none: on both.
    pub side: Option<Side>,
    /// The findings that point to it, the surest first: ids of `compensations/`.
    pub findings: Vec<String>,
    /// Whether it stays, and why.
    pub stay: Stay,
}

/// Whether a region stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stay {
    /// A linked measure responds to the sessions.
    Responds {
        /// The measure.
        measure: String,
    },
    /// It is measured, and it cannot be told yet.
    CannotTell {
        /// The measure.
        measure: String,
        /// About how many more tested sessions it takes, where that can be said.
        more_sessions: Option<u32>,
    },
    /// There is a measure, but no reading of it yet.
    NotMeasured {
        /// The measure.
        measure: String,
    },
    /// No measure is linked with it: the next screen decides.
    NoMeasure,
    /// The linked measure does not respond: it leaves the programme.
    Leaves {
        /// The measure.
        measure: String,
        /// Whether somebody moves less afterwards, instead of hardly differently.
        moves_less: bool,
    },
}

impl Stay {
    /// Whether it stays.
    #[must_use]
    pub const fn stays(&self) -> bool {
        !matches!(self, Self::Leaves { .. })
    }
}

/// Every region that what was found points to, in the order of the findings, and whether it stays. A region stays as long
/// as a linked measure responds to the sessions or it cannot be told yet; one that no measure is linked with stays until
/// the next screen. Of several findings on a region and side each is asked, and one that lets it stay is enough.
#[must_use]
pub fn regions(state: &State, knowledge: &Knowledge, now: &Zoned) -> Vec<RegionStay> {
    let mut all: Vec<RegionStay> = Vec::new();
    for finding in found(state, knowledge, now) {
        let Some(compensation) = knowledge.compensations.get(&finding.compensation) else { continue };
        for &region in &compensation.roll {
            let stay = stay(state, knowledge, &finding, &compensation.measures, region);
            match all.iter_mut().find(|known| known.region == region && known.side == finding.side) {
                Some(known) => {
                    known.findings.push(finding.compensation.clone());
                    if rank(&stay) < rank(&known.stay) {
                        known.stay = stay;
                    }
                }
                None => all.push(RegionStay {
                    region,
                    side: finding.side,
                    findings: vec![finding.compensation.clone()],
                    stay,
                }),
            }
        }
    }
    all
}

const fn rank(stay: &Stay) -> u8 {
    match stay {
        Stay::Responds { .. } => 0,
        Stay::CannotTell { .. } => 1,
        Stay::NotMeasured { .. } => 2,
        Stay::NoMeasure => 3,
        Stay::Leaves { .. } => 4,
    }
}

fn stay(state: &State, knowledge: &Knowledge, finding: &Finding, measures: &[String], region: RegionId) -> Stay {
    let about_it =
        |id: &&String| knowledge.worthwhile.measures.get(*id).is_some_and(|change| change.regions.contains(&region));
    let sides: &[Option<Side>] = match finding.side {
        Some(Side::Left) => &[Some(Side::Left), None],
        Some(Side::Right) => &[Some(Side::Right), None],
        _ => &[Some(Side::Left), Some(Side::Right), None],
    };
    let mut linked: Vec<Stay> = Vec::new();
    for id in measures.iter().filter(about_it) {
        let told: Vec<Told> = sides
            .iter()
            .filter_map(|&side| response_of(knowledge, state, id, Where { region: None, side }))
            .map(|response| response.told)
            .collect();
        let measure = id.clone();
        let cannot_tell = told.iter().find(|told| matches!(told, Told::CannotTell(_)));
        linked.push(if told.is_empty() {
            Stay::NotMeasured { measure }
        } else if told.contains(&Told::Helps) {
            Stay::Responds { measure }
        } else if let Some(unsure) = cannot_tell {
            Stay::CannotTell { measure, more_sessions: unsure.more_sessions() }
        } else {
            Stay::Leaves { measure, moves_less: told.contains(&Told::MoveLess) }
        });
    }
    // A measure that says no weighs more than one that nobody took.
    let said_no = linked.iter().find(|stay| !stay.stays()).cloned();
    let best = linked.into_iter().min_by_key(rank);
    match best {
        None => Stay::NoMeasure,
        Some(Stay::NotMeasured { measure }) => said_no.unwrap_or(Stay::NotMeasured { measure }),
        Some(best) => best,
    }
}
