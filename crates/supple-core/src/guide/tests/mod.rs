//! The guide against a small made-up world: two techniques on the calf, one on the thigh, one on the back.

mod exact;
mod pace;
pub(super) mod properties;
mod script;
mod signals;
pub(super) mod states;
mod take_up;
pub(super) mod world;
