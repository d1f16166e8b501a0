//! Which sites an entry of the screen reaches.

use crate::assess::ScreenFact;
use crate::body::{RegionId, Side, Site, SiteSet};
use crate::event::Answer;
use crate::knowledge::{Action, Caution, Knowledge, Scope, Sides, Technique, Widen};

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

/// The sites marked on top of a fixed reach. What is not known may be any of those that can be marked.
pub(super) fn marked(caution: &Caution, fact: &ScreenFact) -> SiteSet {
    let may_be = caution.marks.iter().flat_map(|&region| Site::of(region, Side::Both)).collect();
    if fact.answer == Answer::Yes { fact.yes.intersection(may_be) } else { may_be }
}

/// Marked sites with what they are widened to.
pub(super) fn widened(knowledge: &Knowledge, caution: &Caution, marked: SiteSet) -> SiteSet {
    let Some(widen) = caution.widen else { return marked };
    let down = |region: RegionId| knowledge.regions.get(&region).and_then(|known| known.down_the_limb);
    let reached = |mark: Site| {
        let limb = knowledge.whole_limb(mark.region);
        let covered = limb.filter(move |&other| widen == Widen::WholeLimb || down(other) >= down(mark.region));
        covered.map(move |region| Site::new(region, mark.half))
    };
    marked.iter().flat_map(reached).collect()
}

/// Whether an entry's limits hold for everything still allowed, rather than in its own reach only.
///
/// They do where any of its actions closes its reach: limits on a closed place alone would do nothing.
pub(super) fn limits_hold_everywhere(caution: &Caution) -> bool {
    caution.scope == Scope::WholeBody || caution.does(Action::AvoidRegion)
}

/// The sites a technique presses on a side: its own first, then those beside it.
pub(super) fn pressed(technique: &Technique, side: Side) -> impl Iterator<Item = Site> + '_ {
    std::iter::once(technique.region).chain(technique.touches.iter().copied()).flat_map(move |r| Site::of(r, side))
}

/// Every way to work on one of these sites, as the sites it presses.
pub(super) fn ways(knowledge: &Knowledge, sites: SiteSet) -> impl Iterator<Item = SiteSet> {
    knowledge.techniques.values().flat_map(move |technique| {
        let sides: &[Side] = match technique.sides {
            Sides::OneAtATime => &[Side::Left, Side::Right],
            Sides::Together => &[Side::Both],
            Sides::Midline => &[Side::Midline],
        };
        let here = move |side: &&Side| Site::of(technique.region, **side).any(|site| sites.contains(site));
        sides.iter().filter(here).map(|&side| pressed(technique, side).collect())
    })
}
