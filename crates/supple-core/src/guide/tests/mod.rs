//! The guide against a small made-up world: two techniques on the calf, one on the thigh, one on the back.

mod exact;
mod pace;
mod properties;
mod script;
mod signals;
mod states;
mod take_up;
mod world;
