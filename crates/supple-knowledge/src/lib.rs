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
    KNOWLEDGE.get_or_init(|| read(JSON).unwrap_or_else(|error| panic!("knowledge/: {error}")))
}

/// Where a mistake is, is for those who write `knowledge/`; the browser's engine is smaller without it.
#[cfg(target_arch = "wasm32")]
fn read(json: &str) -> Result<Knowledge, impl std::fmt::Display> {
    serde_json::from_str::<Knowledge>(json)
}

#[cfg(not(target_arch = "wasm32"))]
fn read(json: &str) -> Result<Knowledge, impl std::fmt::Display> {
    serde_path_to_error::deserialize::<_, Knowledge>(&mut serde_json::Deserializer::from_str(json))
}
