//! Charts as SVG: pure, so that they are the same natively and in wasm. In a page the sheet gives them their look; a
//! file of its own holds it.

mod axis;
mod before_after;
mod calendar;
mod days;
mod density;
mod drawing;
mod forest;
mod forest_page;
mod foretold;
mod grid;
mod paired;
mod ribbon;

pub use before_after::{Pair, before_after};
pub use calendar::{Calendar, DayDone, WEEKS, calendar};
pub use density::{Density, density};
pub use drawing::{Drawing, together};
pub use forest::{Diamond, Forest, ForestRow, forest_file, forest_table};
pub use forest_page::forest;
pub use foretold::{Foretold, Told, foretold};
pub use paired::{Block, paired};
pub use ribbon::{Dot, Ribbon, Stand, ribbon};
