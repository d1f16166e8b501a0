//! The event log, from outside: what a shell does with it and what the world does to it.

mod crash;
mod erase;
mod events;
mod exchange;
mod feeds;
mod opening;
mod pairing;
mod readings;
mod story;
mod sync;
mod transfer;
mod verify;

/// What a test gives back.
type Outcome = Result<(), Box<dyn std::error::Error>>;
