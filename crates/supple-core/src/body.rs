//! Where on the body: regions, sides, and sets of sites.

use crate::ids::id_enum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

id_enum! {
    /// One of the 33 regions the body is divided into, from foot to head. What is known of each: `knowledge/regions/`.
    RegionId: 33 {
        Calf "calf",
        Soleus "soleus",
        TibialisAnterior "tibialis_anterior",
        Peroneals "peroneals",
        PlantarFoot "plantar_foot",
        HamstringsMedial "hamstrings_medial",
        HamstringsLateral "hamstrings_lateral",
        RectusFemoris "rectus_femoris",
        VastusLateralis "vastus_lateralis",
        Adductors "adductors",
        Tfl "tfl",
        LateralThigh "lateral_thigh",
        GluteusMaximus "gluteus_maximus",
        GluteusMedius "gluteus_medius",
        Piriformis "piriformis",
        HipFlexor "hip_flexor",
        ThoracicErectors "thoracic_erectors",
        LumbarRegion "lumbar_region",
        Lats "lats",
        RhomboidsMidTrap "rhomboids_mid_trap",
        UpperTrapLevator "upper_trap_levator",
        Pectorals "pectorals",
        PosteriorShoulder "posterior_shoulder",
        Triceps "triceps",
        BicepsBrachialis "biceps_brachialis",
        ForearmFlexors "forearm_flexors",
        ForearmExtensors "forearm_extensors",
        Suboccipitals "suboccipitals",
        NeckAnterior "neck_anterior",
        QuadratusLumborum "quadratus_lumborum",
        HandThenar "hand_thenar",
        Abdomen "abdomen",
        HeadFace "head_face",
    }
}

/// A side as people give it and as blocks state it.
///
/// `both` means at the same time: its seconds count once in time and fully on each side. `midline` lies on the
/// middle of the body: it counts on both sides and is blocked by either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The person's own left.
    Left,
    /// The person's own right.
    Right,
    /// Left and right at once.
    Both,
    /// The middle of the body.
    Midline,
}

impl Side {
    /// The id used in files and on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both",
            Self::Midline => "midline",
        }
    }

    /// The side as one says it in a session.
    #[must_use]
    pub const fn spoken(self) -> &'static str {
        match self {
            Self::Left => "left side",
            Self::Right => "right side",
            Self::Both => "both sides",
            Self::Midline => "middle",
        }
    }

    /// The halves of the body this side covers.
    #[must_use]
    pub const fn halves(self) -> &'static [Half] {
        match self {
            Self::Left => &[Half::Left],
            Self::Right => &[Half::Right],
            Self::Both | Self::Midline => &[Half::Left, Half::Right],
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Left or right: the unit in which limits, soreness and seconds are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// The person's own left.
    Left,
    /// The person's own right.
    Right,
}

impl Half {
    /// Left, then right.
    pub const ALL: [Self; 2] = [Self::Left, Self::Right];

    /// The same half as a side.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Left => Side::Left,
            Self::Right => Side::Right,
        }
    }
}

/// One region on one half of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site {
    /// The region.
    pub region: RegionId,
    /// The half of the body.
    pub half: Half,
}

impl Site {
    /// Number of sites on a body.
    pub const COUNT: usize = RegionId::ALL.len() * 2;

    /// A region on one half.
    #[must_use]
    pub const fn new(region: RegionId, half: Half) -> Self {
        Self { region, half }
    }

    /// Its place in the fixed order: region by region, left before right.
    #[must_use]
    pub const fn index(self) -> usize {
        self.region as usize * 2 + self.half as usize
    }

    /// Every site in the fixed order.
    pub fn all() -> impl Iterator<Item = Self> {
        RegionId::ALL.into_iter().flat_map(|region| Half::ALL.map(|half| Self { region, half }))
    }

    /// The sites of a region on a side.
    pub fn of(region: RegionId, side: Side) -> impl Iterator<Item = Self> {
        side.halves().iter().map(move |&half| Self { region, half })
    }
}

/// A set of sites.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct SiteSet(u128);

impl SiteSet {
    /// No site.
    pub const EMPTY: Self = Self(0);
    /// Every site.
    pub const FULL: Self = Self((1 << Site::COUNT) - 1);

    /// Adds a site.
    pub const fn insert(&mut self, site: Site) {
        self.0 |= 1 << site.index();
    }

    /// Whether the site is in the set.
    #[must_use]
    pub const fn contains(self, site: Site) -> bool {
        self.0 & (1 << site.index()) != 0
    }

    /// Sites in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Sites in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Sites in this set that are not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether no site is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The sites in the fixed order.
    pub fn iter(self) -> impl Iterator<Item = Site> {
        Site::all().filter(move |&site| self.contains(site))
    }
}

impl FromIterator<Site> for SiteSet {
    fn from_iter<I: IntoIterator<Item = Site>>(sites: I) -> Self {
        let mut set = Self::EMPTY;
        for site in sites {
            set.insert(site);
        }
        set
    }
}

impl fmt::Debug for SiteSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|s| format!("{} {}", s.half.side(), s.region))).finish()
    }
}

/// A per-site table, indexed by [`Site`].
#[derive(Debug, Clone, PartialEq)]
pub struct PerSite<T>([T; Site::COUNT]);

impl<T: Copy> PerSite<T> {
    /// The same value everywhere.
    #[must_use]
    pub const fn filled(value: T) -> Self {
        Self([value; Site::COUNT])
    }
}

impl<T> std::ops::Index<Site> for PerSite<T> {
    type Output = T;
    fn index(&self, site: Site) -> &T {
        &self.0[site.index()]
    }
}

impl<T> std::ops::IndexMut<Site> for PerSite<T> {
    fn index_mut(&mut self, site: Site) -> &mut T {
        &mut self.0[site.index()]
    }
}

/// A region with a side as people give it; a missing side means both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `region` and `side`")]
pub struct Area {
    /// The region.
    pub region: RegionId,
    /// Left, right or both; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

impl Area {
    /// The sites it covers.
    pub fn sites(self) -> impl Iterator<Item = Site> {
        Site::of(self.region, self.side.unwrap_or(Side::Both))
    }
}
