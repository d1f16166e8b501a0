//! What two devices say to each other, one question and one answer at a time.

use super::Summary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a device asks: what it has, and some lines that the other side lacks.
///
/// Each side may stop at any moment and begin again: what was taken is taken, what comes twice changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `epoch`, `have` and `lines`")]
pub struct Exchange {
    /// The epoch of what the device holds; missing or null if it has never exchanged anything.
    #[serde(default)]
    pub epoch: Option<String>,
    /// What the device has, the lines it sends among it: of each device the number up to which its series has no
    /// gap.
    #[serde(default)]
    #[schemars(with = "crate::sorted::SortedMap<String, u64>")]
    pub have: Summary,
    /// Lines of the log, byte for byte as they stand there. Each series goes on where the other side's ends.
    #[serde(default)]
    pub lines: Vec<String>,
}

/// What it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchanged {
    /// The epoch of everything in the answer.
    pub epoch: String,
    /// What this side has, the lines just taken among it.
    #[schemars(with = "crate::sorted::SortedMap<String, u64>")]
    pub have: Summary,
    /// Lines that the device lacks, each series in its order.
    pub lines: Vec<String>,
    /// Whether there are more of them: take these and ask again.
    pub more: bool,
}

impl Exchange {
    /// Reads what a device asks.
    ///
    /// # Errors
    /// In words, with the field it is about.
    pub fn read(body: &[u8]) -> Result<Self, String> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let exchange: Self = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let field = error.path().to_string();
            if field == "." { error.inner().to_string() } else { format!("{field}: {}", error.inner()) }
        })?;
        json.end().map_err(|error| format!("something follows: {error}"))?;
        Ok(exchange)
    }
}

#[cfg(test)]
mod tests {
    use super::Exchange;

    #[test]
    fn the_first_exchange_of_a_device_needs_no_epoch() {
        let first = Exchange::read(br#"{"have":{"phone":2,"tablet":0},"lines":["{}"]}"#).unwrap();
        assert_eq!((first.epoch, first.lines.len()), (None, 1));
        assert_eq!(first.have.iter().collect::<Vec<_>>(), [("phone", 2)]);
        assert_eq!(Exchange::read(b"{}").unwrap(), Exchange::default());
    }

    #[test]
    fn an_error_names_its_field() {
        let wrong = |body: &str| Exchange::read(body.as_bytes()).unwrap_err();
        assert!(wrong(r#"{"lines":[1]}"#).starts_with("lines[0]: invalid type"));
        assert!(wrong(r#"{"have":{"phone":-1}}"#).starts_with("have"));
        assert!(wrong(r#"{"has":{}}"#).starts_with("has: unknown field"));
        assert!(wrong("{} {}").starts_with("something follows"));
    }
}
