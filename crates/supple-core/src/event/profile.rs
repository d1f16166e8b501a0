use crate::knowledge::{Firmness, Place, Posture, ToolId};
use crate::sorted::SortedMap;
use crate::unit::{AgeYears, Kilograms};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person says about themselves and their things. A missing field stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileChanged {
    /// Age on the day it was said; it grows with the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_years: Option<AgeYears>,
    /// Body mass, only to estimate the force through the tool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_mass_kg: Option<Kilograms>,
    /// Whether an adult has agreed and is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adult_present: Option<bool>,
    /// Tools at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<ToolId>>,
    /// How hard each tool is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool_firmness: Option<SortedMap<ToolId, Firmness>>,
    /// Places that can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<Place>>,
    /// Postures ruled out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<Vec<Posture>>,
}
