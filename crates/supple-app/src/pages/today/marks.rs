//! What is marked on the body: soreness, tight, to be rolled; read from the form and from the last check-in.

use crate::cx::Cx;
use crate::form::Form;
use supple_core::body::{Area, Half, RegionId, Site};
use supple_core::event::{CheckedIn, Soreness};
use supple_core::knowledge::Goal;
use supple_core::sorted::SortedMap;
use supple_core::unit::{Felt, SessionMinutes};

/// One place: how sore, whether tight, whether it is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Soreness; none is not marked.
    pub sore: Option<Felt>,
    /// Whether it feels tight.
    pub tight: bool,
}

/// Every place that is marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    places: SortedMap<Site, Mark>,
    wants: Vec<RegionId>,
    avoid: Vec<RegionId>,
}

impl Marks {
    /// From what was said at a check-in.
    pub fn from_wishes(wishes: &CheckedIn) -> Self {
        let mut marks = Self { places: SortedMap::new(), wants: wishes.wants.clone(), avoid: wishes.avoid.clone() };
        for sore in &wishes.soreness {
            for site in (Area { region: sore.region, side: sore.side }).sites() {
                marks.places.get_or_default(site).sore = Some(sore.felt);
            }
        }
        for site in wishes.tight.iter().flat_map(|area| area.sites()) {
            marks.places.get_or_default(site).tight = true;
        }
        marks
    }

    /// From a form: `sore.calf.left=5`, `tight.calf.left=on`, `want=calf`.
    pub fn read(cx: &Cx<'_>, form: &Form) -> Self {
        let mut marks = Self::default();
        for (name, value) in form.below("sore.") {
            let felt = value.parse().ok().and_then(|felt| Felt::new(felt).ok()).filter(|felt| *felt > Felt::NONE);
            if let (Some(site), Some(felt)) = (site(name), felt) {
                marks.places.get_or_default(site).sore = Some(felt);
            }
        }
        for site in form.below("tight.").filter_map(|(name, _)| site(name)) {
            marks.places.get_or_default(site).tight = true;
        }
        let regions = |name| form.all(name).filter_map(RegionId::from_id).collect::<Vec<_>>();
        marks.wants = regions("want");
        marks.wants.retain(|region| cx.knowledge.regions[region].rollable);
        marks.avoid = regions("avoid");
        marks
    }

    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.wants.is_empty()
    }

    /// Whether a region is sore or tight on a side.
    pub fn is_marked(&self, region: RegionId) -> bool {
        self.places.keys().any(|site| site.region == region)
    }

    /// These are to be rolled too, where they are not marked already.
    pub fn want_more(&mut self, regions: &[RegionId]) {
        let more = regions.iter().filter(|region| !self.is_marked(**region) && !self.wants(**region));
        let more: Vec<RegionId> = more.copied().collect();
        self.wants.extend(more);
    }

    /// These are not named.
    pub fn want_less(&mut self, regions: &[RegionId]) {
        self.wants.retain(|region| !regions.contains(region));
    }

    /// Marks a place as tight.
    pub fn mark_tight(&mut self, site: Site) {
        self.places.get_or_default(site).tight = true;
    }

    /// What is marked on a site.
    pub fn at(&self, site: Site) -> Mark {
        self.places.get(&site).copied().unwrap_or_default()
    }

    /// Whether a region is to be rolled, sore or not.
    pub fn wants(&self, region: RegionId) -> bool {
        self.wants.contains(&region)
    }

    /// Everything marked, from foot to head.
    pub fn places(&self) -> impl Iterator<Item = (Site, Mark)> {
        self.places.iter().map(|(site, mark)| (*site, *mark))
    }

    /// Regions to be left alone, as the terminal can say.
    pub fn avoided(&self) -> &[RegionId] {
        &self.avoid
    }

    /// Regions to be rolled.
    pub fn wanted(&self) -> &[RegionId] {
        &self.wants
    }

    /// As a check-in says it. What is the same on both sides is said once.
    pub fn wishes(self, goal: Goal, minutes: SessionMinutes) -> CheckedIn {
        let mut soreness = Vec::new();
        let mut tight = Vec::new();
        for site in self.places.keys() {
            let other = Site::new(site.region, if site.half == Half::Left { Half::Right } else { Half::Left });
            let (here, there) = (self.at(*site), self.at(other));
            let side = |both: bool| match (both, site.half) {
                (true, Half::Left) => Some(None),
                (true, Half::Right) => None,
                (false, half) => Some(Some(half.side())),
            };
            if let (Some(felt), Some(side)) = (here.sore, side(here.sore == there.sore)) {
                soreness.push(Soreness { region: site.region, side, felt });
            }
            if let (true, Some(side)) = (here.tight, side(there.tight)) {
                tight.push(Area { region: site.region, side });
            }
        }
        CheckedIn { goal, minutes, soreness, tight, wants: self.wants, avoid: self.avoid }
    }
}

/// `calf.left`.
fn site(name: &str) -> Option<Site> {
    let (region, half) = name.split_once('.')?;
    let half = Half::ALL.into_iter().find(|known| known.side().id() == half)?;
    Some(Site::new(RegionId::from_id(region)?, half))
}
