//! Quantities with their unit in the name, and constructors that refuse what cannot be.

use schemars::JsonSchema;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number was outside the range its unit allows.
///
/// The message says what was wrong, which range is allowed and, by naming the unit, what to type instead.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{what} must be {low} to {high} {unit}, not {given}")]
pub struct OutOfRange {
    /// What the number stands for, in the person's words.
    pub what: &'static str,
    /// Lowest value allowed.
    pub low: f64,
    /// Highest value allowed.
    pub high: f64,
    /// The unit's name.
    pub unit: &'static str,
    /// What was given, as text, because it may be NaN or infinite.
    pub given: String,
}

/// A number from outside; where something else stands there, the message names the range and the unit.
fn number<'de, D: Deserializer<'de>>(deserializer: D, refuse: fn(String) -> OutOfRange) -> Result<f64, D::Error> {
    struct Number(OutOfRange);

    impl Visitor<'_> for Number {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}: {} to {} {}", self.0.what, self.0.low, self.0.high, self.0.unit)
        }

        fn visit_f64<E>(self, value: f64) -> Result<f64, E> {
            Ok(value)
        }

        #[allow(clippy::cast_precision_loss)] // anything that large is out of every range
        fn visit_u64<E>(self, value: u64) -> Result<f64, E> {
            Ok(value as f64)
        }

        #[allow(clippy::cast_precision_loss)] // the same
        fn visit_i64<E>(self, value: i64) -> Result<f64, E> {
            Ok(value as f64)
        }
    }

    deserializer.deserialize_any(Number(refuse(String::new())))
}

/// A whole number from outside.
fn whole<'de, D: Deserializer<'de>>(deserializer: D, refuse: fn(String) -> OutOfRange) -> Result<u32, D::Error> {
    let value = number(deserializer, refuse)?;
    let OutOfRange { low, high, .. } = refuse(String::new());
    if (low..=high).contains(&value) && value % 1.0 == 0.0 {
        // In range and whole, so the cast is exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Ok(value as u32);
    }
    Err(D::Error::custom(refuse(value.to_string())))
}

/// Whole seconds, 0 to 86,400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Seconds(u32);

impl Seconds {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// Seconds without a range check: for sums of checked values.
    #[must_use]
    pub const fn new(seconds: u32) -> Self {
        Self(seconds)
    }

    /// The number of seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// What is left after taking `other` away, never below zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refuse = |given| OutOfRange { what: "a time", low: 0.0, high: 86_400.0, unit: "whole seconds", given };
        whole(deserializer, refuse).map(Self)
    }
}

impl std::ops::Add for Seconds {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |a, b| a + b)
    }
}

impl fmt::Display for Seconds {
    /// `45 s`, `2 min`, `9 min 40 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (0, s) => write!(f, "{s} s"),
            (m, 0) => write!(f, "{m} min"),
            (m, s) => write!(f, "{m} min {s} s"),
        }
    }
}

/// How strong something feels, 0 to 10, whole numbers: pressure, soreness or effort.
///
/// Pressure: 0 nothing, 2 light, 4 a pleasant ache while breathing easily, 6 the most we allow,
/// 7 or more means off. Soreness: 0 none, 3 notice it on stairs, 6 changes how I move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Felt(#[schemars(range(min = 0, max = 10))] u8);

impl Felt {
    /// Nothing felt.
    pub const NONE: Self = Self(0);

    /// A feeling of 0 to 10.
    ///
    /// # Errors
    /// [`OutOfRange`] above 10.
    pub fn new(points: u8) -> Result<Self, OutOfRange> {
        if points <= 10 { Ok(Self(points)) } else { Err(Self::refuse(points.to_string())) }
    }

    /// A constant known to be in range; anything above 10 becomes 10.
    #[must_use]
    pub const fn of(points: u8) -> Self {
        Self(if points > 10 { 10 } else { points })
    }

    /// The number of points.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    fn refuse(given: String) -> OutOfRange {
        OutOfRange { what: "a feeling", low: 0.0, high: 10.0, unit: "in whole points", given }
    }
}

impl fmt::Display for Felt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<'de> Deserialize<'de> for Felt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[allow(clippy::cast_possible_truncation)] // at most 10
        whole(deserializer, Self::refuse).map(|points| Self(points as u8))
    }
}

macro_rules! measured {
    ($(#[$doc:meta])* $name:ident, $getter:ident, $what:literal, $unit:literal, $low:literal, $high:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(range(min = $low, max = $high))] f64);

        impl $name {
            /// A checked quantity.
            ///
            /// # Errors
            /// [`OutOfRange`] if the number is not finite or outside the unit's range.
            pub fn new(value: f64) -> Result<Self, OutOfRange> {
                if value.is_finite() && ($low..=$high).contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(Self::refuse(value.to_string()))
                }
            }

            fn refuse(given: String) -> OutOfRange {
                OutOfRange { what: $what, low: $low, high: $high, unit: $unit, given }
            }

            /// The plain number, in the unit of the type.
            #[must_use]
            pub const fn $getter(self) -> f64 {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(number(deserializer, Self::refuse)?).map_err(D::Error::custom)
            }
        }
    };
}

measured!(
    /// An angle, -360 to 360 degrees.
    Degrees, degrees, "an angle", "degrees", -360.0, 360.0
);
measured!(
    /// A force on the tool, 0 to 3,000 N.
    Newtons, newtons, "a force", "newtons", 0.0, 3000.0
);
measured!(
    /// A contact pressure, 0 to 5,000 kPa.
    Kilopascals, kilopascals, "a pressure", "kilopascals", 0.0, 5000.0
);
measured!(
    /// A body mass, 20 to 350 kg.
    Kilograms, kilograms, "a body mass", "kilograms", 20.0, 350.0
);

measured!(
    /// What is lifted, 0 to 1,000 kg.
    LoadKilograms, kilograms, "a weight", "kilograms", 0.0, 1000.0
);

measured!(
    /// The smallest difference worth having between two ways, in the unit of the measure: 0.01 to 1,000.
    WorthHaving, value, "the smallest difference worth having", "units of the test", 0.01, 1000.0
);
measured!(
    /// How sure an analysis has to be before it says anything: a probability of 0.5 to 1.
    Certainty, probability, "how sure to be", "as a probability", 0.5, 1.0
);
measured!(
    /// How far readings lie from each other by chance, in the unit of the measure: 0.001 to 1,000.
    Spread, value, "a spread of readings", "units of the test", 0.001, 1000.0
);

/// Minutes a person has for a session, 2 to 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct SessionMinutes(#[schemars(range(min = 2, max = 20))] u8);

impl SessionMinutes {
    /// Minutes for a session.
    ///
    /// # Errors
    /// [`OutOfRange`] outside 2 to 20. Source of the ceiling: `limits.toml`, session_minutes.
    pub fn new(minutes: u8) -> Result<Self, OutOfRange> {
        if (2..=20).contains(&minutes) { Ok(Self(minutes)) } else { Err(Self::refuse(minutes.to_string())) }
    }

    /// The number of minutes.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The same span in seconds.
    #[must_use]
    pub const fn seconds(self) -> Seconds {
        Seconds::new(self.0 as u32 * 60)
    }

    fn refuse(given: String) -> OutOfRange {
        OutOfRange { what: "the session", low: 2.0, high: 20.0, unit: "whole minutes", given }
    }
}

impl<'de> Deserialize<'de> for SessionMinutes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[allow(clippy::cast_possible_truncation)] // at most 20
        whole(deserializer, Self::refuse).map(|minutes| Self(minutes as u8))
    }
}

macro_rules! whole_number {
    ($(#[$doc:meta])* $name:ident: $inner:ty, $what:literal, $unit:literal, $low:literal, $high:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(#[schemars(range(min = $low, max = $high))] $inner);

        impl $name {
            /// A checked number.
            ///
            /// # Errors
            /// [`OutOfRange`] outside the range of the type.
            pub fn new(value: $inner) -> Result<Self, OutOfRange> {
                if ($low..=$high).contains(&value) { Ok(Self(value)) } else { Err(Self::refuse(value.to_string())) }
            }

            /// The plain number, in the unit of the type.
            #[must_use]
            pub const fn get(self) -> $inner {
                self.0
            }

            fn refuse(given: String) -> OutOfRange {
                OutOfRange { what: $what, low: f64::from($low as $inner), high: f64::from($high as $inner), unit: $unit, given }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(clippy::cast_possible_truncation)] // in range, and the range fits
                whole(deserializer, Self::refuse).map(|value| Self(value as $inner))
            }
        }
    };
}

whole_number!(
    /// How far a point lies from the left or the upper edge of the body map: 0 to 1,000 map units.
    MapUnits: u16, "a point of the body map", "whole map units", 0, 1000
);
whole_number!(
    /// Seconds to get into position before a block, 5 to 60.
    SetupSeconds: u8, "the set-up time", "whole seconds", 5, 60
);

whole_number!(
    /// Blocks of two sessions in an experiment, 2 to 30.
    Blocks: u8, "the number of blocks", "blocks of two sessions", 2, 30
);
whole_number!(
    /// Trials that one reading averages, practice not counted: 1 to 10.
    Trials: u8, "the number of trials", "trials", 1, 10
);
whole_number!(
    /// Minutes from the end of what is tried to the reading it is judged by: 1 minute to 4 days.
    MinutesAfter: u16, "the wait before the reading", "whole minutes", 1, 5760
);
whole_number!(
    /// Hours that have to pass between two sessions of an experiment: 2 hours to 14 days.
    WashOutHours: u16, "the pause between sessions", "whole hours", 2, 336
);

whole_number!(
    /// How long a training took: 1 second to 7 days.
    TrainingSeconds: u32, "the length of a training", "whole seconds", 1, 604_800
);
whole_number!(
    /// A way or a climb, 0 to 5,000 km.
    Metres: u32, "a distance", "whole metres", 0, 5_000_000
);
whole_number!(
    /// Repetitions of a set, 0 to 10,000.
    Repetitions: u16, "the repetitions of a set", "repetitions", 0, 10_000
);

impl Trials {
    /// One.
    pub const ONE: Self = Self(1);
}

impl SetupSeconds {
    /// What holds until a person chooses: 15 s.
    pub const DEFAULT: Self = Self(15);

    /// The same span.
    #[must_use]
    pub const fn seconds(self) -> Seconds {
        Seconds::new(self.0 as u32)
    }
}

/// A person's age, 0 to 120 whole years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct AgeYears(#[schemars(range(min = 0, max = 120))] u8);

impl AgeYears {
    /// An age.
    ///
    /// # Errors
    /// [`OutOfRange`] above 120.
    pub fn new(years: u8) -> Result<Self, OutOfRange> {
        if years <= 120 { Ok(Self(years)) } else { Err(Self::refuse(years.to_string())) }
    }

    /// The number of years.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    fn refuse(given: String) -> OutOfRange {
        OutOfRange { what: "an age", low: 0.0, high: 120.0, unit: "whole years", given }
    }
}

impl<'de> Deserialize<'de> for AgeYears {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let years = number(deserializer, Self::refuse)?;
        if (0.0..=120.0).contains(&years) {
            // In range; part years are dropped, as people count their age.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            return Ok(Self(years as u8));
        }
        Err(D::Error::custom(Self::refuse(years.to_string())))
    }
}
