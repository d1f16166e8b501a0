//! The app: requests in, pages and events out.
//!
//! ```text
//!  request + now + seed ─▶ decide ─▶ events to append ─▶ (a shell stamps and commits them) ─▶ apply
//!                       └▶ render ─▶ page
//! ```
//!
//! Pure like the engine: time, zone and seed come with the request. The same functions answer behind the service
//! worker (wasm, IndexedDB) and behind the server (SQLite), with the same bytes.

// What only the pages left out have a use for is left out by the linker.
#![cfg_attr(not(feature = "whole"), allow(dead_code, unused_imports))]

pub mod assets;
pub mod body_map;
#[cfg(feature = "whole")]
pub mod calendar;
pub mod chart;
pub mod exchange;
pub mod figure;
pub mod form;
#[cfg(feature = "whole")]
pub mod handout;
pub mod player;
pub mod results;
#[cfg(feature = "whole")]
pub mod summary;
#[cfg(feature = "whole")]
pub mod tables;
#[cfg(feature = "whole")]
pub mod watch;

mod app;
mod cx;
#[cfg(feature = "whole")]
mod due;
mod gallery;
mod page;
mod pages;
mod picture;
mod routes;
mod today;
mod words;

pub use app::{App, Decision};
pub use exchange::{Method, Request, Response, Shell};
pub use gallery::Gallery;
pub use page::CONTENT_SECURITY_POLICY;
#[cfg(feature = "whole")]
pub use pages::calendar::wishes as calendar_wishes;
#[cfg(feature = "whole")]
pub use pages::experiments::zip as experiment_zip;
