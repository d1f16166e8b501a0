//! Charts as SVG: pure, so that they are the same natively and in wasm, and styled by the sheet of their page.

mod before_after;
mod forest;
mod over_time;
mod paired;

pub use before_after::{Pair, before_after};
pub use forest::{Diamond, Forest, ForestRow, forest, forest_file, forest_table};
pub use over_time::{Line, over_time};
pub use paired::{Block, paired};
