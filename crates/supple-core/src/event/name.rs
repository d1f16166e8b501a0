use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A name a person gives to a thing of theirs: 1 to 60 characters on one line, kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Name(#[schemars(length(min = 1, max = 60))] String);

/// A name was empty, too long or not on one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to {most} characters on one line, not {given}", most = Name::MOST)]
pub struct NotAName {
    /// How many characters there were, or what else was wrong.
    pub given: String,
}

impl Name {
    /// The most characters a name has.
    pub const MOST: usize = 60;

    /// A checked name.
    ///
    /// # Errors
    /// [`NotAName`] if it holds nothing but white space, more than 60 characters, or a control character.
    pub fn new(text: impl Into<String>) -> Result<Self, NotAName> {
        let text = text.into();
        let given = text.chars().count();
        if text.trim().is_empty() || given > Self::MOST {
            return Err(NotAName { given: given.to_string() });
        }
        if text.chars().any(char::is_control) {
            return Err(NotAName { given: "a control character".to_owned() });
        }
        Ok(Self(text))
    }

    /// The name, as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixty_characters_on_one_line() {
        assert_eq!(Name::new("outer left calf").unwrap().as_str(), "outer left calf");
        assert!(Name::new("ü".repeat(60)).is_ok(), "characters count, not bytes");
        assert_eq!(Name::new("x".repeat(61)).unwrap_err().given, "61");
        assert!(Name::new("").is_err());
        assert!(Name::new(" \u{a0}").is_err());
        assert!(Name::new("two\nlines").unwrap_err().to_string().contains("control character"));
        assert!(serde_json::from_str::<Name>("\"\"").is_err(), "nothing gets around the check");
    }
}
