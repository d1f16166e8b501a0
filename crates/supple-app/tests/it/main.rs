//! The app from outside: requests in, pages and events out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what is missing")]

mod evening;
mod player;
mod session;
