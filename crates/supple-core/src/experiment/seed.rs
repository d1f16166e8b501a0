use crate::draws;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Where the order of an experiment's two ways comes from: 64 bits, written as 16 hexadecimal digits.
///
/// The generator is SplitMix64 ([`crate::draws`]), because anybody can write it in five lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(u64);

impl Seed {
    /// A seed from its bits.
    #[must_use]
    pub const fn new(bits: u64) -> Self {
        Self(bits)
    }

    /// A seed from a text that nobody else has, such as what a shell makes ids from.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(draws::seed_of(text))
    }

    /// Output number `index` of the generator, from 0.
    #[must_use]
    pub const fn output(self, index: u64) -> u64 {
        draws::output(self.0, index)
    }

    /// The way of a session, 0 or 1. Sessions come in blocks of two, each block with both ways; the highest bit of
    /// the block's output says which way comes first.
    #[must_use]
    pub const fn arm(self, session: u8) -> u8 {
        let first = (self.output(session as u64 / 2) >> 63) as u8;
        if session.is_multiple_of(2) { first } else { 1 - first }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// As text: readers of JSON that know only floating-point numbers would lose its last digits.
impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let bits = u64::from_str_radix(&text, 16).ok().filter(|_| digits);
        bits.map(Self).ok_or_else(|| D::Error::custom("a seed is 16 hexadecimal digits in small letters"))
    }
}

impl JsonSchema for Seed {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Seed")
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[0-9a-f]{16}$",
            "description": "Where the order of an experiment's two ways comes from: 64 bits in hexadecimal digits."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_written_with_all_its_digits() {
        let seed = Seed::new(0x00ab_0000_0000_0001);
        assert_eq!(serde_json::to_string(&seed).unwrap(), "\"00ab000000000001\"");
        assert_eq!(serde_json::from_str::<Seed>("\"00ab000000000001\"").unwrap(), seed);
        for wrong in ["\"ab\"", "\"00AB000000000001\"", "\"+0ab000000000001\"", "12", "\"\""] {
            assert!(serde_json::from_str::<Seed>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn texts_that_are_nearly_alike_give_other_orders() {
        let order = |text: &str| (0..60).map(|session| Seed::from_text(text).arm(session)).collect::<Vec<_>>();
        assert_ne!(order("0193a2c4-1"), order("0193a2c4-2"));
    }
}
