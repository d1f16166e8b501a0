//! The normal, Student and chi-squared distributions: what intervals and p-values need, to about 1e-14.

use crate::math;
use core::f64::consts::SQRT_2;

/// Probability that a standard normal value is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * math::erfc(-x / SQRT_2)
}

/// The value below which a standard normal lies with probability `p`; infinite at 0 and 1, NaN outside.
///
/// Source: Wichura MJ. Algorithm AS 241. Applied Statistics 1988;37:477-484, about 16 digits.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE_TOP, &CENTRE_BOTTOM, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = math::sqrt(-math::ln(tail));
    let x =
        if r <= 5.0 { ratio(&MIDDLE_TOP, &MIDDLE_BOTTOM, r - 1.6) } else { ratio(&FAR_TOP, &FAR_BOTTOM, r - 5.0) };
    if q < 0.0 { -x } else { x }
}

fn ratio(top: &[f64; 8], bottom: &[f64; 8], r: f64) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    horner(top) / horner(bottom)
}

const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

/// Probability that Student's t with `df` degrees of freedom is at most `t`.
#[must_use]
pub fn t_cdf(t: f64, df: f64) -> f64 {
    let outside = 0.5 * incomplete_beta(df / 2.0, 0.5, df / (df + t * t));
    if t > 0.0 { 1.0 - outside } else { outside }
}

/// Probability that Student's t lies at least as far from zero as `t`, on either side.
#[must_use]
pub fn t_two_sided_p(t: f64, df: f64) -> f64 {
    incomplete_beta(df / 2.0, 0.5, df / (df + t * t))
}

/// The value below which Student's t with `df` degrees of freedom lies with probability `p`.
///
/// Found between brackets, so that it is right for 1 degree of freedom as for a thousand.
#[must_use]
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if p.is_nan() || df.is_nan() || !(0.0..=1.0).contains(&p) || df <= 0.0 {
        return f64::NAN;
    }
    if p < 0.5 {
        return -t_quantile(1.0 - p, df);
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let tail = 2.0 * (1.0 - p);
    let (mut low, mut high) = (0.0, 1.0_f64);
    while t_two_sided_p(high, df) > tail {
        (low, high) = (high, high * 2.0);
    }
    halve(low, high, |t| t_two_sided_p(t, df) > tail)
}

/// Probability that a chi-squared value with `df` degrees of freedom is at least `x`: the p-value of Q.
#[must_use]
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { upper_gamma(df / 2.0, x / 2.0) }
}

/// Where `below` turns from true to false between two ends: halved until no number lies between.
pub(super) fn halve(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The smallest number the continued fractions divide by.
const TINY: f64 = 1e-300;
const DIGITS: f64 = 1e-16;
const MOST_TERMS: u32 = 10_000;

/// The regularised incomplete beta function, by its continued fraction.
///
/// Source: Lentz's method; NIST Digital Library of Mathematical Functions 8.17.22.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let front = math::exp(
        math::ln_gamma(a + b) - math::ln_gamma(a) - math::ln_gamma(b) + a * math::ln(x) + b * math::ln_1p(-x),
    );
    let kept = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        for step in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / kept(1.0 + step * d);
            c = kept(1.0 + step / c);
            sum *= d * c;
        }
        if (d * c - 1.0).abs() < DIGITS {
            break;
        }
    }
    front * sum / a
}

/// The regularised upper incomplete gamma function.
///
/// Source: NIST Digital Library of Mathematical Functions 8.7.1 (series) and 8.9.2 (continued fraction).
fn upper_gamma(a: f64, x: f64) -> f64 {
    let front = math::exp(a * math::ln(x) - x - math::ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..MOST_TERMS {
            term *= x / (a + f64::from(n));
            sum += term;
            if term < sum * DIGITS {
                break;
            }
        }
        return 1.0 - front * sum;
    }
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut sum = d;
    for n in 1..MOST_TERMS {
        let n = f64::from(n);
        let step = -n * (n - a);
        b += 2.0;
        d = 1.0 / (step * d + b);
        c = b + step / c;
        sum *= d * c;
        if (d * c - 1.0).abs() < DIGITS {
            break;
        }
    }
    front * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within * expected.abs().max(1e-12), "{found} is not {expected}");
    }

    #[test]
    fn the_normal_distribution_is_that_of_the_tables() {
        // Values of R's qnorm and pnorm, 15 digits.
        near(normal_quantile(0.975), 1.959_963_984_540_05, 1e-14);
        near(normal_quantile(1e-10), -6.361_340_902_404_06, 1e-14);
        near(normal_quantile(0.6), 0.253_347_103_135_8, 1e-13);
        near(normal_cdf(1.0), 0.841_344_746_068_543, 1e-14);
        near(normal_cdf(-8.0), 6.220_960_574_271_78e-16, 1e-12);
        assert!(normal_quantile(1.5).is_nan());
    }

    #[test]
    fn students_t_is_that_of_the_tables_for_few_and_many_degrees_of_freedom() {
        // Values of R's qt and pt.
        near(t_quantile(0.975, 1.0), 12.706_204_736_174_7, 1e-12);
        near(t_quantile(0.975, 12.0), 2.178_812_829_667_23, 1e-13);
        near(t_quantile(0.025, 5.0), -2.570_581_835_636_31, 1e-13);
        near(t_quantile(0.95, 1000.0), 1.646_378_817_285_46, 1e-11);
        near(t_cdf(2.0, 10.0), 0.963_305_982_614_630, 1e-13);
        near(t_two_sided_p(3.0, 7.0), 0.019_942_126_131_992_5, 1e-12);
    }

    #[test]
    fn the_p_value_of_q_is_that_of_the_tables() {
        // Values of R's pchisq(lower.tail = FALSE).
        near(chi_squared_upper(152.233, 12.0), 1.996_772_137_335_31e-26, 1e-9);
        near(chi_squared_upper(3.0, 4.0), 0.557_825_400_371_075, 1e-13);
        near(chi_squared_upper(0.0, 4.0), 1.0, 0.0);
    }
}
