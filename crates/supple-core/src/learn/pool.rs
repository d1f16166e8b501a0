//! Pooled: the mean effect, how sure it is, and where a new true effect may lie.

use super::distributions::{chi_squared_upper, normal_quantile, t_quantile};
use super::likelihood::{Components, Rows};
use super::linear::dot;
use super::reml::fit;
use crate::math;

/// A mean with its standard error, 95 % confidence interval and 95 % prediction interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean; with moderators, the mean where all of them are 0.
    pub mu: f64,
    /// Its standard error.
    pub se: f64,
    /// Ends of its confidence interval.
    pub ci: (f64, f64),
    /// Ends of the interval for a new true effect: mu ± q sqrt(tau2 + se²).
    pub pi: (f64, f64),
}

/// A moderator's coefficient, or the mean's where its number is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Change of the effect for one unit.
    pub b: f64,
    /// Standard error.
    pub se: f64,
    /// Ends of its 95 % interval.
    pub ci: (f64, f64),
}

/// The mean with an error that holds whatever the covariance within a trial is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Robust {
    /// Standard error.
    pub se: f64,
    /// Ends of the 95 % interval, t with trials minus coefficients.
    pub ci: (f64, f64),
    /// Degrees of freedom.
    pub df: usize,
}

/// Rows pooled by restricted maximum likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Rows.
    pub k: usize,
    /// Trials; the rows where none were given.
    pub trials: usize,
    /// With normal quantiles.
    pub normal: Interval,
    /// With Hartung and Knapp's variance and t quantiles.
    pub hartung_knapp: Interval,
    /// The spread of true effects.
    pub spread: Components,
    /// Share of the rows' variance that is spread of true effects, in percent.
    pub i2: f64,
    /// Cochran's Q (with moderators, of what they leave), its degrees of freedom and p-value.
    pub q: f64,
    /// Degrees of freedom of Q.
    pub q_df: usize,
    /// P-value of Q.
    pub q_p: f64,
    /// The mean first, then the moderators; normal intervals.
    pub coefficients: Vec<Coefficient>,
    /// Where trials were given and there are more of them than coefficients.
    pub robust: Option<Robust>,
}

/// Pools the rows; none where [`fit`] finds nothing.
///
/// I2: Higgins JPT, Thompson SG. Stat Med 2002;21:1539-1558, generalised to moderators as `metafor` does.
/// Hartung J, Knapp G. Stat Med 2001;20:3875-3889; with trials the same factor y'Py / (k - p) of the three-level fit.
/// Prediction: Higgins JPT, Thompson SG, Spiegelhalter DJ. J R Stat Soc A 2009;172:137-159.
#[must_use]
pub fn pool(rows: &Rows) -> Option<Pooled> {
    let fit = fit(rows)?;
    let none = Components { between: 0.0, within: 0.0 };
    let fixed = rows.as_if_alone().evaluate(none, true)?;
    let (k, p) = (rows.len(), rows.coefficients());
    #[allow(clippy::cast_precision_loss)] // numbers of rows
    let free = (k - p) as f64;
    let tau2 = fit.spread.total();
    let typical = free / fixed.trace;
    let interval = |se: f64, quantile: f64| {
        let mu = fit.at.coefficients[0];
        let wide = quantile * math::sqrt(tau2 + se * se);
        Interval { mu, se, ci: (mu - quantile * se, mu + quantile * se), pi: (mu - wide, mu + wide) }
    };
    let z = normal_quantile(0.975);
    let se = math::sqrt(fit.at.covariance[0][0]);
    let coefficients = fit.at.coefficients.iter().enumerate().map(|(j, b)| {
        let se = math::sqrt(fit.at.covariance[j][j]);
        Coefficient { b: *b, se, ci: (b - z * se, b + z * se) }
    });
    Some(Pooled {
        k,
        trials: rows.trials().len(),
        normal: interval(se, z),
        hartung_knapp: interval(se * math::sqrt(fit.at.residual / free), t_quantile(0.975, free)),
        spread: fit.spread,
        i2: 100.0 * tau2 / (tau2 + typical),
        q: fixed.residual,
        q_df: k - p,
        q_p: chi_squared_upper(fixed.residual, free),
        coefficients: coefficients.collect(),
        robust: rows.three_levels().then(|| robust(rows, &fit)).flatten(),
    })
}

/// Cluster-robust variance of the mean, with the small-sample factor trials / (trials - p) (CR1, as `metafor`'s
/// `robust` without `clubSandwich`).
///
/// Source: Hedges LV, Tipton E, Johnson MC. Res Synth Methods 2010;1:39-65.
fn robust(rows: &Rows, fit: &super::reml::Fit) -> Option<Robust> {
    let (m, p) = (rows.trials().len(), rows.coefficients());
    let df = m.checked_sub(p).filter(|df| *df > 0)?;
    // P y is the covariance's inverse times the residuals.
    let bread = &fit.at.covariance[0];
    let meat: f64 = rows
        .trials()
        .iter()
        .map(|trial| {
            let score: Vec<f64> = (0..p)
                .map(|j| trial.iter().map(|row| rows.design(*row)[j] * fit.at.projected[*row]).sum::<f64>())
                .collect();
            let pulled = dot(bread, &score);
            pulled * pulled
        })
        .sum();
    #[allow(clippy::cast_precision_loss)] // numbers of trials
    let (trials, free) = (m as f64, df as f64);
    let se = math::sqrt(meat * trials / free);
    let (mu, t) = (fit.at.coefficients[0], t_quantile(0.975, free));
    Some(Robust { se, ci: (mu - t * se, mu + t * se), df })
}
