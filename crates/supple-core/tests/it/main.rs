//! The engine from outside.

mod optimum;
