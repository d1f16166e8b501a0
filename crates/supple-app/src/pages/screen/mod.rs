//! The screen: cards of short lines, the full question behind each line, and the list of all answers.

pub mod all;
pub mod card;
pub mod full;
