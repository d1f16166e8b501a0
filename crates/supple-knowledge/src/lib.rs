//! What is known, embedded: the TOML files under `knowledge/` as one checked value.
//!
//! [`embedded`] is what programs use. [`read_files`] reads the files themselves and gathers every mistake at once,
//! for `supple knowledge check`.

mod files;

pub use files::{KnowledgeFile, read_files, read_trials};

use std::sync::OnceLock;
use supple_core::knowledge::Knowledge;
#[cfg(not(target_arch = "wasm32"))]
use supple_core::knowledge::{Retests, Reviews, Trials};

const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.json"));

/// The knowledge this program was built with.
///
/// # Panics
/// If the embedded files do not have the shape of [`Knowledge`]; a test reads them, so a released program never does.
#[must_use]
pub fn embedded() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| read(JSON).unwrap_or_else(|error| panic!("knowledge/: {error}")))
}

/// The studies this program was built with. The browser's engine goes without: it has what was pooled from them.
///
/// # Panics
/// If the embedded files do not have the shape of [`Trials`]; a test reads them, so a released program never does.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn trials() -> &'static Trials {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/trials.json"));
    static TRIALS: OnceLock<Trials> = OnceLock::new();
    TRIALS.get_or_init(|| serde_json::from_str(JSON).unwrap_or_else(|error| panic!("knowledge/trials/: {error}")))
}

/// The reviews this program was built with; not carried by the browser either.
///
/// # Panics
/// If the embedded files do not have the shape of [`Reviews`]; a test reads them, so a released program never does.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn reviews() -> &'static Reviews {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/reviews.json"));
    static REVIEWS: OnceLock<Reviews> = OnceLock::new();
    REVIEWS.get_or_init(|| serde_json::from_str(JSON).unwrap_or_else(|error| panic!("knowledge/reviews/: {error}")))
}

/// What second tests gained by themselves; not carried by the browser either.
///
/// # Panics
/// If the embedded files do not have the shape of [`Retests`]; a test reads them, so a released program never does.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn retests() -> &'static Retests {
    const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/retests.json"));
    static RETESTS: OnceLock<Retests> = OnceLock::new();
    RETESTS.get_or_init(|| serde_json::from_str(JSON).unwrap_or_else(|error| panic!("knowledge/retests/: {error}")))
}

/// Where a mistake is, is for those who write `knowledge/`; the browser's engine is much smaller without it.
#[cfg(target_arch = "wasm32")]
fn read(json: &str) -> Result<Knowledge, String> {
    lean(json)
}

#[cfg(not(target_arch = "wasm32"))]
fn read(json: &str) -> Result<Knowledge, String> {
    serde_path_to_error::deserialize::<_, Knowledge>(&mut serde_json::Deserializer::from_str(json))
        .map_err(|error| error.to_string())
}

/// Reads it as the browser does, with little code.
#[cfg(any(test, target_arch = "wasm32"))]
fn lean(json: &str) -> Result<Knowledge, String> {
    supple_core::lean::from_str(json).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{JSON, lean, read};

    #[test]
    fn the_browser_reads_the_same_knowledge() {
        assert_eq!(lean(JSON), read(JSON));
        let mut broken: serde_json::Value = serde_json::from_str(JSON).unwrap();
        broken["regions"]["calf"]["wing_span"] = 3.into();
        assert!(lean(&broken.to_string()).is_err(), "an unknown field is a mistake for both");
    }
}
