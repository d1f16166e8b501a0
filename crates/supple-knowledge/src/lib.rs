//! What is known, embedded: the TOML files under `knowledge/` as one checked value.
//!
//! [`embedded`] is what programs use. [`read_files`] reads the files themselves and gathers every mistake at once,
//! for `supple knowledge check`.

mod files;

pub use files::{KnowledgeFile, read_files};

use std::sync::OnceLock;
use supple_core::knowledge::Knowledge;

const JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/knowledge.json"));

/// The knowledge this program was built with.
///
/// # Panics
/// If the embedded files do not have the shape of [`Knowledge`]; a test reads them, so a released program never does.
#[must_use]
pub fn embedded() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let mut json = serde_json::Deserializer::from_str(JSON);
        serde_path_to_error::deserialize(&mut json).unwrap_or_else(|error| panic!("knowledge/: {error}"))
    })
}
