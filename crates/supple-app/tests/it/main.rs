//! The app, from outside.

mod figure;
