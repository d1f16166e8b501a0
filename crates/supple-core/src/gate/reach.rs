//! Which sites an entry of the screen reaches.

use crate::body::{Side, Site, SiteSet};
use crate::knowledge::{Action, Caution, Knowledge, Scope, Widen};

/// The sites of an entry with a fixed reach: its regions, on the side given where it asks for one.
pub(super) fn fixed(caution: &Caution, side: Option<Side>) -> SiteSet {
    let side = match caution.scope {
        Scope::WholeBody => return SiteSet::FULL,
        Scope::MarkedArea => return SiteSet::EMPTY,
        Scope::Regions => Side::Both,
        Scope::Side => side.unwrap_or(Side::Both),
    };
    caution.regions.iter().flat_map(|&region| Site::of(region, side)).collect()
}

/// Marked sites with what they are widened to.
pub(super) fn widened(knowledge: &Knowledge, caution: &Caution, marked: SiteSet) -> SiteSet {
    let Some(widen) = caution.widen else { return marked };
    let covers = |mark: Site, other: Site| on_limb(knowledge, widen, mark, other);
    Site::all().filter(|&other| marked.contains(other) || marked.iter().any(|mark| covers(mark, other))).collect()
}

fn on_limb(knowledge: &Knowledge, widen: Widen, mark: Site, other: Site) -> bool {
    let place = |site: Site| {
        let region = knowledge.regions.get(&site.region)?;
        Some((region.limb?, region.down_the_limb?))
    };
    match (place(mark), place(other)) {
        (Some(marked), Some(other_place)) => mark.half == other.half && widen.covers(marked, other_place),
        _ => false,
    }
}

/// Whether an entry's limits hold for everything still allowed, rather than in its own reach only.
pub(super) fn limits_hold_everywhere(caution: &Caution) -> bool {
    caution.scope == Scope::WholeBody || caution.action == Action::AvoidRegion
}
