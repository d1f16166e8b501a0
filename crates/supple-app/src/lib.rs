//! The app: requests in, pages and events out.
//!
//! Pure like the engine: time, zone and seed come with the request. The same function answers behind the service
//! worker (wasm, IndexedDB) and behind the server (SQLite).

pub mod body_map;
pub mod figure;
