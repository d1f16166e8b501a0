use super::Name;
use crate::body::RegionId;
use crate::knowledge::{Goal, ToolId};
use crate::unit::SessionMinutes;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

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
    /// What a coach sent, where there is more in it than can be rolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

/// The text of something that was shared, as it came: 1 to [`crate::share::MOST_BYTES`] visible ASCII characters. Nothing
/// in it is believed: it is read each time it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Sent(#[schemars(length(min = 1, max = 2000))] String);

/// A text was empty, too long, or of other characters than what is shared has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was sent has 1 to {} visible ASCII characters", crate::share::MOST_BYTES)]
pub struct NotSent;

impl Sent {
    /// A checked text.
    ///
    /// # Errors
    /// [`NotSent`] if it is empty or longer than what can be shared, or holds a space or anything but ASCII.
    pub fn new(text: impl Into<String>) -> Result<Self, NotSent> {
        let text = text.into();
        let fits = (1..=crate::share::MOST_BYTES).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(Self(text)) } else { Err(NotSent) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Sent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A routine is not wanted any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutineRemoved {
    /// The routine.
    pub routine: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_one_line_of_visible_ascii_and_no_longer_than_a_link() {
        assert_eq!(Sent::new("supple1:mobility/12").unwrap().as_str(), "supple1:mobility/12");
        for text in ["", "two lines\n", "übung", &"x".repeat(crate::share::MOST_BYTES + 1)] {
            assert_eq!(Sent::new(text), Err(NotSent), "{text:?}");
        }
        assert!(serde_json::from_str::<Sent>("\"a b\"").is_err());
    }
}
