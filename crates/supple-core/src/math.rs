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

/// `x` rounded half away from zero to `places` decimals, for numbers that are shown.
#[must_use]
pub fn round_to(x: f64, places: u32) -> f64 {
    let scale = libm::pow(10.0, f64::from(places));
    libm::round(x * scale) / scale
}
