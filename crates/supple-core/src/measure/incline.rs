//! How a phone measures an angle: by the direction that is up, in the phone's own frame.
//!
//! The frame is the one of the web: x to the right of the screen, y to its top, z out of it; it does not turn with the
//! page. Up follows from two of the three angles a browser reports and needs no compass. Never the angles themselves:
//! near the vertical they jump. Turning about the vertical cannot be seen at all and is refused.
//!
//! Source: W3C device orientation (intrinsic Z-X'-Y''); limits are our judgement unless said.

mod taking;

pub use taking::{
    Ahead, Answer, Ask, Event, Look, NO_SENSOR_MS, Rule, Stage, State, Tap, Trouble, View, step, step_json,
};

use crate::math;
use serde::{Deserialize, Serialize};

/// Time constant of the smoothing, in seconds.
const SMOOTH_S: f64 = 0.15;
/// How long a phone has to keep still, in milliseconds.
const STILL_MS: f64 = 1_000.0;
/// The largest standard deviation of the angle that counts as still, in degrees.
const STILL_SD_DEG: f64 = 0.5;
/// How far the measured acceleration may be from gravity while still, in metres a second squared.
const STILL_MPS2: f64 = 0.4;
/// Standard gravity, in metres a second squared.
const GRAVITY_MPS2: f64 = 9.81;
/// Lean out of the plane of motion from which on a reading is worth less, in degrees.
const LEAN_WARN_DEG: f64 = 10.0;
/// Lean from which on there is no reading, in degrees.
const LEAN_REFUSE_DEG: f64 = 20.0;
/// The part of the axis along the vertical from which on the motion is about gravity, and the phone is blind.
const BLIND: f64 = 0.9;
/// Fewest samples of a second that count: a browser reports about sixty, and a poll of the last value gives as many.
const FEWEST: usize = 8;
/// After so long without a look nobody knows what the phone did, and what was known before is forgotten.
const GAP_MS: f64 = 500.0;

/// A direction of length one in the frame of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 3]", into = "[f64; 3]")]
pub struct Up {
    x: f64,
    y: f64,
    z: f64,
}

impl From<Up> for [f64; 3] {
    fn from(up: Up) -> Self {
        [up.x, up.y, up.z]
    }
}

impl TryFrom<[f64; 3]> for Up {
    type Error = &'static str;

    /// Takes a direction as it was handed out, bit for bit.
    fn try_from([x, y, z]: [f64; 3]) -> Result<Self, Self::Error> {
        let up = Self { x, y, z };
        if (up.dot(up) - 1.0).abs() < 1e-6 { Ok(up) } else { Err("a direction has the length one") }
    }
}

impl Up {
    /// From the angles `beta` and `gamma` of a `deviceorientation` event, in degrees. `alpha` does not matter.
    #[must_use]
    pub fn from_angles(beta_deg: f64, gamma_deg: f64) -> Self {
        let across = math::cos_degrees(beta_deg);
        let (x, z) = (-across * math::sin_degrees(gamma_deg), across * math::cos_degrees(gamma_deg));
        Self { x, y: math::sin_degrees(beta_deg), z }
    }

    /// From `accelerationIncludingGravity` of a phone at rest. `sign` is 1 where the browser follows the standard and
    /// -1 where it reports the opposite, see [`Self::sign_of`]. None if there is no gravity in it.
    #[must_use]
    pub fn from_acceleration([x, y, z]: [f64; 3], sign: f64) -> Option<Self> {
        Self { x: x * sign, y: y * sign, z: z * sign }.normal()
    }

    /// The sign a browser gives `accelerationIncludingGravity`, told once from a moment at rest of which is known what
    /// is up: 1 by the standard, so that z is positive on a phone with its face up, and -1 on those that report the
    /// opposite. None while the phone is shaken.
    #[must_use]
    pub fn sign_of(self, acceleration: [f64; 3]) -> Option<f64> {
        let along = self.dot(Self::from_acceleration(acceleration, 1.0)?);
        (is_gravity(size(acceleration)) && along.abs() > 0.8).then(|| 1.0_f64.copysign(along))
    }

    fn normal(self) -> Option<Self> {
        let length = math::sqrt(self.dot(self));
        let there = length > 1e-9 && length.is_finite();
        there.then(|| Self { x: self.x / length, y: self.y / length, z: self.z / length })
    }

    fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    fn cross(self, other: Self) -> Self {
        Self {
            x: self.y * other.z - self.z * other.y,
            y: self.z * other.x - self.x * other.z,
            z: self.x * other.y - self.y * other.x,
        }
    }

    /// The angle to another direction, 0 to 180 degrees.
    #[must_use]
    pub fn tilt_deg(self, other: Self) -> f64 {
        let cross = self.cross(other);
        // By the arc tangent: the arc cosine is blunt near 0 and 180.
        math::atan2_degrees(math::sqrt(cross.dot(cross)), self.dot(other))
    }

    /// One step of smoothing towards a new direction, `dt_s` seconds later.
    fn towards(self, new: Self, dt_s: f64) -> Self {
        let k = dt_s / (SMOOTH_S + dt_s);
        let mixed = Self {
            x: self.x + k * (new.x - self.x),
            y: self.y + k * (new.y - self.y),
            z: self.z + k * (new.z - self.z),
        };
        mixed.normal().unwrap_or(new)
    }
}

/// The size of an acceleration, in metres a second squared.
fn size([x, y, z]: [f64; 3]) -> f64 {
    math::sqrt(x * x + y * y + z * z)
}

/// Whether an acceleration of this size is that of gravity alone.
fn is_gravity(size_mps2: f64) -> bool {
    (size_mps2 - GRAVITY_MPS2).abs() < STILL_MPS2
}

/// The axis of the phone that the motion turns about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Across the screen: the back of the phone lies on the front of the limb.
    X,
    /// Along the screen.
    Y,
    /// Out of the screen: an edge of the phone lies along the limb, the screen looks sideways.
    Z,
}

impl Axis {
    const fn direction(self) -> Up {
        match self {
            Self::X => Up { x: 1.0, y: 0.0, z: 0.0 },
            Self::Y => Up { x: 0.0, y: 1.0, z: 0.0 },
            Self::Z => Up { x: 0.0, y: 0.0, z: 1.0 },
        }
    }
}

/// How far a reading can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// In its plane.
    Good,
    /// Leaning out of the plane of motion: hold it straighter.
    Leaning,
    /// Leaning so far that there is no reading.
    Refused,
    /// The motion is about the vertical, which a phone cannot see.
    Blind,
}

/// An angle from a reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Angle {
    /// How far up turned about the axis since the reference, -180 to 180 degrees, by the right hand. The phone itself
    /// turned the other way.
    pub degrees: f64,
    /// Lean out of the plane of motion since the reference, in degrees.
    pub lean_deg: f64,
    /// How far to believe it.
    pub quality: Quality,
}

/// The angle turned about an axis from `zero` to `now`.
#[must_use]
pub fn angle(axis: Axis, zero: Up, now: Up) -> Angle {
    let a = axis.direction();
    let (along_zero, along_now) = (a.dot(zero), a.dot(now));
    let degrees = math::atan2_degrees(a.dot(zero.cross(now)), zero.dot(now) - along_zero * along_now);
    // The arc sine is a right angle less the arc cosine, and the two right angles cancel.
    let lean_deg = math::acos_degrees(along_zero.clamp(-1.0, 1.0)) - math::acos_degrees(along_now.clamp(-1.0, 1.0));
    let quality = if along_zero.abs() > BLIND || along_now.abs() > BLIND {
        Quality::Blind
    } else if lean_deg.abs() > LEAN_REFUSE_DEG {
        Quality::Refused
    } else if lean_deg.abs() > LEAN_WARN_DEG {
        Quality::Leaning
    } else {
        Quality::Good
    };
    Angle { degrees, lean_deg, quality }
}

/// One look at the sensors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// When, in milliseconds of a clock that never goes back.
    pub at_ms: f64,
    /// What is up.
    pub up: Up,
    /// The size of the acceleration with gravity, in metres a second squared, where it is known.
    pub acceleration_mps2: Option<f64>,
}

/// Follows a phone until it keeps still.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inclinometer {
    axis: Axis,
    zero: Option<Up>,
    smooth: Option<(f64, Up)>,
    /// The last second: time, up, and whether the acceleration was that of gravity alone.
    second: Vec<(f64, Up, bool)>,
}

/// What an inclinometer shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The angle now; none before the zero.
    pub now: Option<Angle>,
    /// The median of the last second, if it was still. Whether it can be believed is its quality.
    pub still: Option<Angle>,
}

impl Inclinometer {
    /// For a motion about an axis, without a zero yet.
    #[must_use]
    pub const fn new(axis: Axis) -> Self {
        Self { axis, zero: None, smooth: None, second: Vec::new() }
    }

    /// Takes a look at the sensors in. One that is not later than the last is passed over.
    pub fn take(&mut self, sample: Sample) -> Shown {
        let up = match self.smooth {
            Some((before_ms, _)) if sample.at_ms <= before_ms => return self.shown(),
            Some((before_ms, before)) if sample.at_ms - before_ms <= GAP_MS => {
                before.towards(sample.up, (sample.at_ms - before_ms) / 1_000.0)
            }
            _ => {
                self.begin_anew();
                sample.up
            }
        };
        self.smooth = Some((sample.at_ms, up));
        let calm = sample.acceleration_mps2.is_none_or(is_gravity);
        self.second.push((sample.at_ms, up, calm));
        // One sample from before the second stays, so that what is left spans all of it.
        let begins = sample.at_ms - STILL_MS;
        let older = self.second.iter().take_while(|(at_ms, ..)| *at_ms <= begins).count();
        self.second.drain(..older.saturating_sub(1));
        self.shown()
    }

    /// Forgets the last second, so that a new one has to be still; the zero stays.
    pub fn begin_anew(&mut self) {
        self.second.clear();
        self.smooth = None;
    }

    /// Makes the middle of the last second the zero, if the phone kept still; whether it did.
    pub fn set_zero(&mut self) -> bool {
        if !self.keeps_still() {
            return false;
        }
        // Each part by its median: a second may be still while the motion before it fades, and a mean would keep that.
        let part = |of: fn(&Up) -> f64| median(self.second.iter().map(|(_, up, _)| of(up)).collect());
        let middle = Up { x: part(|up| up.x), y: part(|up| up.y), z: part(|up| up.z) };
        self.zero = middle.normal();
        self.zero.is_some()
    }

    /// Whether it kept still for the last second, whichever way it lies.
    #[must_use]
    pub fn keeps_still(&self) -> bool {
        self.smooth.is_some_and(|(_, up)| self.is_still(|other| up.tilt_deg(other)))
    }

    /// What it shows now.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let (Some(zero), Some((_, up))) = (self.zero, self.smooth) else { return Shown { now: None, still: None } };
        let now = angle(self.axis, zero, up);
        // Degrees from now on, so that half a turn does not tear the second apart.
        let from_now = |other: Up| angle(self.axis, up, other).degrees;
        let still = self.is_still(from_now).then(|| {
            let middle = median(self.second.iter().map(|(_, up, _)| from_now(*up)).collect());
            Angle { degrees: now.degrees + middle, ..now }
        });
        Shown { now: Some(now), still }
    }

    fn is_still(&self, degrees: impl Fn(Up) -> f64) -> bool {
        let (Some(first), Some(last)) = (self.second.first(), self.second.last()) else { return false };
        if last.0 - first.0 < STILL_MS || self.second.len() < FEWEST || self.second.iter().any(|(.., calm)| !calm) {
            return false;
        }
        #[allow(clippy::cast_precision_loss)] // some sixty
        let n = self.second.len() as f64;
        let turned = || self.second.iter().map(|(_, up, _)| degrees(*up));
        let mean = turned().sum::<f64>() / n;
        let variance = turned().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (n - 1.0);
        math::sqrt(variance) < STILL_SD_DEG
    }
}

/// The median of some numbers; there is at least one.
fn median(mut of: Vec<f64>) -> f64 {
    of.sort_unstable_by(f64::total_cmp);
    let middle = of.len() / 2;
    if of.len() % 2 == 1 { of[middle] } else { f64::midpoint(of[middle - 1], of[middle]) }
}
