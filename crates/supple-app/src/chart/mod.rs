//! Charts as SVG: pure, so that they are the same natively and in wasm, and styled by the sheet of their page.

mod before_after;
mod forest;
mod forest_page;
mod over_time;

pub use before_after::{Pair, before_after};
pub use forest::{Diamond, Forest, ForestRow, forest_file, forest_table};
pub use forest_page::forest;
pub use over_time::{Line, over_time};
