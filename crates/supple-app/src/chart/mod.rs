//! Charts as SVG: pure, so that they are the same natively and in wasm, and styled by the sheet of their page.

mod before_after;

pub use before_after::{Pair, before_after};
