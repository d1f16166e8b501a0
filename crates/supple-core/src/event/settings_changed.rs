use crate::unit::SetupSeconds;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// Light or dark pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the device is set.
    #[default]
    System,
}

/// A country by its two letters (ISO 3166-1 alpha-2), in capitals: whose emergency number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(transparent)]
pub struct CountryCode(#[schemars(with = "String", regex(pattern = "^[A-Z]{2}$"))] [u8; 2]);

/// A country was not given by its two letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a country is two capital letters, such as DE, not {given:?}")]
pub struct NotACountry {
    /// What was given.
    pub given: String,
}

impl CountryCode {
    /// A checked code. Whether there is such a country is for the list of numbers to say.
    ///
    /// # Errors
    /// [`NotACountry`] unless it is exactly two letters from A to Z.
    pub fn new(code: &str) -> Result<Self, NotACountry> {
        match *code.as_bytes() {
            [first, second] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => Ok(Self([first, second])),
            _ => Err(NotACountry { given: code.to_owned() }),
        }
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("two letters from A to Z")
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// How Supple looks and sounds. A missing field stays as it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChanged {
    /// Light or dark pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// Whose emergency number is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
    /// Whether cues are spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<bool>,
    /// Whether the cadence ticks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick: Option<bool>,
    /// Whether cues have tones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tones: Option<bool>,
    /// Whether there is a cue to breathe out every few strokes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breathe: Option<bool>,
    /// Seconds to get into position before a block, 5 to 60.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setup_seconds: Option<SetupSeconds>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters() {
        assert_eq!(CountryCode::new("DE").unwrap().as_str(), "DE");
        for wrong in ["", "D", "DEU", "de", "D1", "ÄT", "É"] {
            assert_eq!(CountryCode::new(wrong).unwrap_err().given, wrong);
        }
    }

    #[test]
    fn what_is_outside_its_range_cannot_be_read() {
        let read = |text: &str| serde_json::from_str::<SettingsChanged>(text);
        assert_eq!(read(r#"{"setup_seconds":5}"#).unwrap().setup_seconds, SetupSeconds::new(5).ok());
        assert_eq!(read(r#"{"setup_seconds":60}"#).unwrap().setup_seconds, SetupSeconds::new(60).ok());
        for wrong in [r#"{"setup_seconds":4}"#, r#"{"setup_seconds":61}"#, r#"{"country":"de"}"#, r#"{"sound":true}"#]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
