use super::Name;
use crate::body::RegionId;
use crate::knowledge::{Goal, ToolId};
use crate::unit::SessionMinutes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person wants of a session was kept under a name. Saving the same routine again replaces it.
///
/// It holds wishes, never doses: each time it is started it is planned and admitted afresh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutineSaved {
    /// The routine's id, made by the shell.
    pub routine: String,
    /// What the person calls it.
    pub name: Name,
    /// What it is for.
    pub goal: Goal,
    /// Minutes it takes.
    pub minutes: SessionMinutes,
    /// Tools it is done with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<ToolId>,
    /// Regions it asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wants: Vec<RegionId>,
}

/// A routine is not wanted any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutineRemoved {
    /// The routine.
    pub routine: String,
}
