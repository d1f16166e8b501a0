//! Points and directions in the plane of a drawing: centimetres, x to the right, y up.

use std::ops::{Add, Mul, Sub};
use supple_core::math::{atan2_degrees, cos_degrees, sin_degrees, sqrt};

/// A point, or a step between two points, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Up.
    pub y: f64,
}

/// A point.
#[must_use]
pub const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// One centimetre in a direction, in degrees clockwise from straight up.
#[must_use]
pub fn direction(degrees: f64) -> Point {
    point(sin_degrees(degrees), cos_degrees(degrees))
}

impl Point {
    /// The length of a step, in centimetres.
    #[must_use]
    pub fn length(self) -> f64 {
        sqrt(self.x * self.x + self.y * self.y)
    }

    /// The direction of a step, in degrees clockwise from straight up, over -180 to 180.
    #[must_use]
    pub fn heading(self) -> f64 {
        atan2_degrees(self.x, self.y)
    }

    /// The point the given share of the way to another one: 0 is here, 1 is there.
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        point(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        point(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        point(self.x * by, self.y * by)
    }
}

/// The turn from one direction to another the short way round, over -180 to 180 degrees.
#[must_use]
pub fn turn(from: f64, to: f64) -> f64 {
    let mut turn = (to - from) % 360.0;
    if turn > 180.0 {
        turn -= 360.0;
    } else if turn <= -180.0 {
        turn += 360.0;
    }
    turn
}
