//! Whom to call.

use super::Read;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The numbers for an ambulance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyNumbers {
    /// Shown until a country is chosen.
    pub unknown_country: String,
    /// By country: two capital letters, ISO 3166-1.
    pub countries: SortedMap<String, Country>,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// A country and its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// What the country is called.
    pub name: String,
    /// The number, digits only.
    pub number: String,
}

impl EmergencyNumbers {
    /// The number to show, for a country by its two letters.
    #[must_use]
    pub fn number(&self, country: Option<&str>) -> &str {
        country.and_then(|code| self.countries.get(code)).map_or(&self.unknown_country, |country| &country.number)
    }
}
