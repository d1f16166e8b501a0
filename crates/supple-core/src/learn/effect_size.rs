//! From what a paper prints to a standardised mean difference with its sampling variance.
//!
//! All are Hedges' g: standard deviations, corrected for small samples. Sources: Hedges LV, Olkin I. Statistical
//! Methods for Meta-Analysis, 1985; Borenstein M, Hedges LV, Higgins JPT, Rothstein HR. Introduction to
//! Meta-Analysis, 2009, chapters 4 and 7; Becker BJ. Br J Math Stat Psychol 1988;41:257-278 (within a group).

use super::distributions::{normal_quantile, t_quantile};
use crate::math;

/// An effect in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Standardised mean difference, corrected for small samples.
    pub y: f64,
    /// Sampling variance.
    pub v: f64,
    /// The same without what comes from the size of the effect, so that it says nothing but how large the study is.
    pub plain: f64,
}

/// Hedges' factor J for `df` degrees of freedom, above 1: below one, so that a d from few people is not too large.
#[must_use]
pub fn small_sample_factor(df: f64) -> f64 {
    if df < 100.0 {
        return math::exp(math::ln_gamma(df / 2.0) - math::ln_gamma((df - 1.0) / 2.0)) / math::sqrt(df / 2.0);
    }
    // The difference of two large logarithms loses digits; the series of the ratio does not.
    let z = (df - 1.0) / 2.0;
    let series = 1.0 - (1.0 - (1.0 + (5.0 - 21.0 / (32.0 * z)) / (8.0 * z)) / (16.0 * z)) / (8.0 * z);
    math::sqrt((df - 1.0) / df) * series
}

/// Cohen's d from means and standard deviations of two groups, over the pooled standard deviation.
#[must_use]
pub fn cohens_d(first: (f64, f64, f64), second: (f64, f64, f64)) -> f64 {
    let ((mean_1, sd_1, n_1), (mean_2, sd_2, n_2)) = (first, second);
    let pooled = ((n_1 - 1.0) * sd_1 * sd_1 + (n_2 - 1.0) * sd_2 * sd_2) / (n_1 + n_2 - 2.0);
    (mean_1 - mean_2) / math::sqrt(pooled)
}

/// Two groups that are not the same people: g and its variance from Cohen's d and how many there are in each.
#[must_use]
pub fn between_groups(d: f64, n_1: f64, n_2: f64) -> Effect {
    let y = d * small_sample_factor(n_1 + n_2 - 2.0);
    let plain = 1.0 / n_1 + 1.0 / n_2;
    Effect { y, v: plain + y * y / (2.0 * (n_1 + n_2)), plain }
}

/// Two groups, from an unpaired t.
#[must_use]
pub fn between_from_t(t: f64, n_1: f64, n_2: f64) -> Effect {
    between_groups(t * math::sqrt(1.0 / n_1 + 1.0 / n_2), n_1, n_2)
}

/// Two groups, from a two-sided p of an unpaired t test and the direction (`positive`).
#[must_use]
pub fn between_from_p(p: f64, positive: bool, n_1: f64, n_2: f64) -> Effect {
    let t = t_quantile(1.0 - p / 2.0, n_1 + n_2 - 2.0);
    between_from_t(if positive { t } else { -t }, n_1, n_2)
}

/// One group before and after, in standard deviations of the readings before (SMCR): from the mean change over that
/// standard deviation, how many people, and the correlation of before and after.
#[must_use]
pub fn within_group(d: f64, n: f64, correlation: f64) -> Effect {
    let y = d * small_sample_factor(n - 1.0);
    let plain = 2.0 * (1.0 - correlation) / n;
    Effect { y, v: plain + y * y / (2.0 * n), plain }
}

/// One group before and after, from a paired t: the mean change over the standard deviation of changes is t / sqrt n,
/// and that standard deviation is sqrt(2 (1 - correlation)) of the readings'.
#[must_use]
pub fn within_from_t(t: f64, n: f64, correlation: f64) -> Effect {
    within_group(t * math::sqrt(2.0 * (1.0 - correlation) / n), n, correlation)
}

/// One group before and after, from a two-sided p of a paired t test and the direction.
#[must_use]
pub fn within_from_p(p: f64, positive: bool, n: f64, correlation: f64) -> Effect {
    let t = t_quantile(1.0 - p / 2.0, n - 1.0);
    within_from_t(if positive { t } else { -t }, n, correlation)
}

/// From an effect with a printed confidence interval of this `level`, such as 0.95.
#[must_use]
pub fn from_interval(y: f64, low: f64, high: f64, level: f64) -> Effect {
    let se = (high - low) / (2.0 * normal_quantile(0.5 + level / 2.0));
    Effect { y, v: se * se, plain: se * se }
}

/// From a correlation with being in the first group, in `n` people.
#[must_use]
pub fn from_correlation(r: f64, n: f64) -> Effect {
    let left = 1.0 - r * r;
    let factor = small_sample_factor(n - 2.0);
    let plain = factor * factor * 4.0 / (n - 1.0);
    Effect { y: factor * 2.0 * r / math::sqrt(left), v: plain / left, plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn means_and_deviations_give_what_metafor_gives() {
        // dat.normand1999, Edinburgh: escalc(measure = "SMD"), sign turned.
        let g = between_groups(cohens_d((55.0, 47.0, 155.0), (75.0, 64.0, 156.0)), 155.0, 156.0);
        near(g.y, -0.355_169_640_940);
        near(g.v, 0.013_064_675_542);
    }

    #[test]
    fn one_group_before_and_after_gives_what_metafor_gives() {
        // escalc(measure = "SMCR", m1i = 38, m2i = 35, sd1i = 8, ni = 20, ri = 0.7), change over the first deviation.
        let g = within_group(3.0 / 8.0, 20.0, 0.7);
        near(g.y, 0.359_966_382_347);
        near(g.v, 0.033_239_394_910);
    }

    #[test]
    fn every_way_to_the_same_study_gives_the_same_effect() {
        let (n_1, n_2) = (14.0, 17.0);
        let whole = between_groups(0.8, n_1, n_2);
        let t = 0.8 / math::sqrt(1.0 / n_1 + 1.0 / n_2);
        near(between_from_t(t, n_1, n_2).y, whole.y);
        let p = super::super::t_two_sided_p(t, n_1 + n_2 - 2.0);
        near(between_from_p(p, true, n_1, n_2).v, whole.v);
        near(between_from_p(p, false, n_1, n_2).y, -whole.y);
        let within = within_group(0.5, 16.0, 0.7);
        let t = 0.5 / math::sqrt(2.0 * 0.3 / 16.0);
        near(within_from_t(t, 16.0, 0.7).y, within.y);
        near(within_from_p(super::super::t_two_sided_p(t, 15.0), true, 16.0, 0.7).v, within.v);
        let interval = from_interval(0.3, 0.3 - 1.959_963_984_540_054, 0.3 + 1.959_963_984_540_054, 0.95);
        near(interval.v, 1.0);
        // r of 0.5 is d of 2 / sqrt 3.
        near(from_correlation(0.5, 1e9).y, 1.154_700_538_4);
    }

    #[test]
    fn few_people_shrink_an_effect_and_many_do_not() {
        // Hedges 1981: J is close to 1 - 3 / (4 df - 1).
        near(small_sample_factor(2.0), 0.564_189_583_547_756);
        assert!((small_sample_factor(50.0) - (1.0 - 3.0 / 199.0)).abs() < 3e-5);
        near(small_sample_factor(99.999_999_999), small_sample_factor(100.0));
        near(small_sample_factor(1e6), 1.0 - 3.0 / (4e6 - 1.0));
    }
}
