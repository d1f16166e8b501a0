//! Transcendental functions, through `libm` and nowhere else.
//!
//! A platform's own `exp` differs from another's in the last bit for about one input in ten, and the same
//! request must give the same bytes natively and in the browser.

/// `e` to the power `x`.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm of `x`; NaN below zero.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Square root of `x`; NaN below zero.
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// Cube root of `x`.
#[must_use]
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// Sine of an angle in degrees.
#[must_use]
pub fn sin_degrees(degrees: f64) -> f64 {
    libm::sin(degrees * core::f64::consts::PI / 180.0)
}

/// Cosine of an angle in degrees.
#[must_use]
pub fn cos_degrees(degrees: f64) -> f64 {
    libm::cos(degrees * core::f64::consts::PI / 180.0)
}

/// The angle in degrees, 0 to 180, whose cosine is `x`; `x` outside -1 to 1 counts as the nearer end.
#[must_use]
pub fn acos_degrees(x: f64) -> f64 {
    libm::acos(x.clamp(-1.0, 1.0)) * 180.0 / core::f64::consts::PI
}

/// The angle in degrees, over -180 to 180, of a step `along` and `across`; 0 for no step at all.
#[must_use]
pub fn atan2_degrees(across: f64, along: f64) -> f64 {
    libm::atan2(across, along) * 180.0 / core::f64::consts::PI
}

/// `x` rounded half away from zero to `places` decimals, for numbers that are shown.
#[must_use]
pub fn round_to(x: f64, places: u32) -> f64 {
    let scale = libm::pow(10.0, f64::from(places));
    libm::round(x * scale) / scale
}

/// `ln(1 + x)`, exact for small `x` too.
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// What is left of one after the error function, `1 - erf(x)`.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// Natural logarithm of the gamma function, for `x` above zero.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}
