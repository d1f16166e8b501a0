//! What the pages of a session and of a run of moves have in common: the player's screen, the list by hand, stop and what
//! it was, and the way into the log.

pub mod by_hand;
pub mod events;
pub mod found;
pub mod full_screen;
pub mod stop;

pub use by_hand::{ByHand, Told};
pub use found::Found;
