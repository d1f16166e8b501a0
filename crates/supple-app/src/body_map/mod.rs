//! The body, front and back: one shape for each region and side, to be tapped, coloured and highlighted.
//!
//! A map unit is half of one nine-hundredth of the body's height; x grows to the right and y downwards, as one looks at
//! the picture. Both views share this grid, so a tight spot is a [`View`] and a point.
//!
//! Seen from the front a person's left is on the right of the picture; seen from the back it is on the left.

mod highlight;
mod look;
mod outlines;
mod path;
mod picture;
mod shape;
#[cfg(test)]
mod tests;

pub use highlight::highlight;
pub use look::{RegionLook, Shut, Spot};
pub use outlines::{HEIGHT, WIDTH};
pub use picture::{Map, svg};
pub use shape::{FINGER, Shape, View, shapes, site_at};
