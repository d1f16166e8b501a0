//! What a person asked to be lighter stays lighter until it went well.

use super::from_state::{is_about, is_in_time, with_pressure};
use super::{HistoryEffect, HistoryLimit};
use crate::body::{Site, SiteSet};
use crate::dose::one_step_lighter;
use crate::knowledge::Knowledge;
use crate::state::{SessionRecord, State};
use crate::unit::{Felt, Seconds};
use jiff::Zoned;

/// A place where a block was made lighter, or should be the next time, is planned one step below what that block asked
/// for. Each later session there that was not made lighter and had a clean next-day report takes one step back, as load
/// steps up anywhere.
pub(super) fn asked_for(knowledge: &Knowledge, state: &State, now: &Zoned) -> Vec<HistoryLimit> {
    let made_lighter = with_pressure(state, now).flat_map(|session| {
        let blocks = session.blocks.iter().map(|block| &block.finished).filter(|block| block.lighter_steps > 0);
        blocks.flat_map(|block| Site::of(block.region, block.side))
    });
    let places: SiteSet = made_lighter.collect();
    let limit = |site| {
        let (felt_target, felt_cap) = most(knowledge, state, site, now)?;
        Some(HistoryLimit { site, effect: HistoryEffect::Lighter { felt_target, felt_cap } })
    };
    places.iter().filter_map(limit).collect()
}

/// Felt target and cap that a site has come to by its sessions, in order; none where the usual ones hold.
fn most(knowledge: &Knowledge, state: &State, site: Site, now: &Zoned) -> Option<(Felt, Felt)> {
    let (target, cap) = usual(knowledge);
    let there: Vec<&SessionRecord> =
        with_pressure(state, now).filter(|session| session.seconds_on(site) > Seconds::ZERO).collect();
    let mut most = None;
    for (index, session) in there.iter().enumerate() {
        if let Some(lighter) = lighter_than_asked(knowledge, session, site) {
            most = Some(most.map_or(lighter, |most| at_most(most, lighter)));
        } else if went_well(knowledge, state, site, session, there.get(index + 1).copied()) {
            most =
                most.map(|most: (Felt, Felt)| (up(most.0, target), up(most.1, cap))).filter(|most| most.0 < target);
        }
    }
    most
}

/// One step below what its lightest such block asked for; none where no block there was made lighter.
fn lighter_than_asked(knowledge: &Knowledge, session: &SessionRecord, site: Site) -> Option<(Felt, Felt)> {
    let blocks = session.blocks.iter().map(|block| &block.finished);
    let there =
        blocks.filter(|block| block.lighter_steps > 0 && Site::of(block.region, block.side).any(|s| s == site));
    there
        .map(|block| {
            let dose = session.started.doses.get(usize::from(block.block));
            let (target, cap) = dose.map_or_else(|| usual(knowledge), |dose| (dose.felt_target, dose.felt_cap));
            one_step_lighter(target, cap)
        })
        .reduce(at_most)
}

/// Whether the next-day report on a session said that all was well there, before the next session there.
fn went_well(
    knowledge: &Knowledge,
    state: &State,
    site: Site,
    session: &SessionRecord,
    next: Option<&SessionRecord>,
) -> bool {
    let flare = &knowledge.limits.flare;
    let reports = state.next_days.iter().filter(|report| {
        is_about(report, site)
            && is_in_time(knowledge, report, session)
            && next.is_none_or(|next| report.at <= next.at)
    });
    let clean = |soreness: Felt, bruise: bool| !bruise && soreness.get() <= flare.soreness_above;
    let all: Vec<bool> = reports.map(|report| clean(report.what.soreness, report.what.bruise)).collect();
    !all.is_empty() && all.into_iter().all(|clean| clean)
}

fn usual(knowledge: &Knowledge) -> (Felt, Felt) {
    let ceilings = &knowledge.limits.ceilings;
    (Felt::of(ceilings.felt_target), Felt::of(ceilings.felt_cap))
}

fn at_most(one: (Felt, Felt), other: (Felt, Felt)) -> (Felt, Felt) {
    (one.0.min(other.0), one.1.min(other.1))
}

/// One step stronger, but not beyond the most.
fn up(felt: Felt, most: Felt) -> Felt {
    Felt::of(felt.get().saturating_add(1)).min(most)
}
