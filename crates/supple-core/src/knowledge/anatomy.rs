//! Regions of the body and the zones that pressure keeps away from.

use super::{DrawnLine, Read};
use crate::body::RegionId;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// A region: a place a person can name and roll.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What people call it: "calf".
    pub name: String,
    /// The muscle's name, for those who know it.
    pub muscle: String,
    /// Where it is, for a person who has never heard the muscle's name.
    pub where_it_is: String,
    /// The limb it belongs to, if any: a broken bone or pins and needles rest the whole limb.
    #[serde(default)]
    pub limb: Option<Limb>,
    /// Order along its limb, 0 nearest the trunk. Regions on the trunk have none.
    #[serde(default)]
    pub down_the_limb: Option<u8>,
    /// The line along which positions in this region are measured.
    pub line: Line,
    /// Where that line lies on the drawn body. A rule sees to it that no region that may be rolled lacks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<DrawnLine>,
    /// Whether any technique may press here at all; false for neck front, belly, head.
    pub rollable: bool,
}

impl super::Knowledge {
    /// The regions that rest with one when its whole limb has to, from the first to the last of the body: those of its
    /// limb, itself included, or itself alone on the trunk.
    pub fn whole_limb(&self, region: RegionId) -> impl Iterator<Item = RegionId> {
        let limb_of = |id| self.regions.get(&id).and_then(|known: &Region| known.limb);
        let limb = limb_of(region);
        RegionId::ALL.into_iter().filter(move |&id| id == region || (limb.is_some() && limb_of(id) == limb))
    }
}

/// A limb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limb {
    /// Buttock to foot.
    Leg,
    /// Shoulder to hand.
    Arm,
}

/// The line along a region, in centimetres on an adult of middle height (our judgement).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The landmark at 0 cm.
    pub from: String,
    /// The landmark at the far end.
    pub to: String,
    /// Length in centimetres.
    pub length_cm: f64,
}

/// How strictly a zone is kept free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneLevel {
    /// No stroke or hold may enter.
    NoGo,
    /// The line may pass beside it; never load it.
    NoDirectPressure,
    /// At most 3 of 10, broad soft tool, holds of 30 s or less.
    LightOnly,
    /// The usual claim is not supported; offered lightly and in plain words.
    Debate,
}

/// A place on the body with something under the skin that pressure can harm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// What people call it: "hollow behind the knee".
    pub name: String,
    /// The name used in anatomy books.
    pub anatomical_name: String,
    /// How strictly it is kept free.
    pub level: ZoneLevel,
    /// Where it is, in words.
    pub where_it_is: String,
    /// What lies there.
    pub structures: Vec<String>,
    /// Why it is kept free.
    pub why: String,
    /// What to do instead.
    pub do_instead: String,
    /// Regions it lies in or beside.
    pub regions: Vec<RegionId>,
    /// Not a fixed place but one that only some people have (a wound, a port, a swollen gland); the screen asks.
    #[serde(default)]
    pub personal: bool,
    /// Where it crosses a region's line, in centimetres along that line. A region missing here is one where the
    /// zone lies beside the line.
    #[serde(default)]
    pub spans: SortedMap<RegionId, ZoneSpan>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// A stretch of a region's line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneSpan {
    /// Start, in centimetres along the region's line.
    pub from_cm: f64,
    /// End, in centimetres along the region's line.
    pub to_cm: f64,
}
