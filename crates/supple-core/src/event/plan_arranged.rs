use crate::dose::Dose;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The person changed the proposed plan: swapped, removed, shortened or put blocks in another order.
///
/// Only a wish: it allows nothing by itself and is admitted afresh each time. The next check-in makes it void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanArranged {
    /// The head of the log the changed plan was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
    /// The blocks as the person wants them, in order.
    pub doses: Vec<Dose>,
}
