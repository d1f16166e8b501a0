use super::Name;
use crate::body::{RegionId, Side};
use crate::unit::MapUnits;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which drawing of the body a point lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MapView {
    /// From the front.
    Front,
    /// From the back.
    Back,
}

/// A tight spot was marked on the body map. Marking the same spot again corrects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpotMarked {
    /// The spot's id, made by the shell.
    pub spot: String,
    /// The region it lies in.
    pub region: RegionId,
    /// The side it lies on.
    pub side: Side,
    /// The drawing it was marked on.
    pub view: MapView,
    /// How far from the drawing's left edge.
    pub x: MapUnits,
    /// How far from the drawing's upper edge.
    pub y: MapUnits,
    /// What the person calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Whether a lump can be felt there.
    pub lump: bool,
}
