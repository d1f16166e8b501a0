//! Whether small studies find more than large ones: a regression on the standard error, as Egger's test does.

use super::distributions::normal_cdf;
use super::likelihood::{Rows, RowsError};
use super::pool::{Coefficient, pool};
use crate::math;

/// From how many studies on the check says anything. Below it, it is shown and never leant on.
///
/// Source: Sterne JAC, et al. BMJ 2011;343:d4002.
pub const STUDIES_TO_SAY: usize = 10;

/// Effects regressed on their standard errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SmallStudies {
    /// Effects.
    pub k: usize,
    /// Studies they come from.
    pub studies: usize,
    /// By how much the effect is larger where the standard error is larger by one; normal interval.
    pub slope: Coefficient,
    /// Its two-sided p.
    pub p: f64,
    /// The effect of a study without error: the regression at zero. Nothing is corrected by it.
    pub limit: Coefficient,
}

impl SmallStudies {
    /// Whether there are enough studies to say something.
    #[must_use]
    pub const fn enough(&self) -> bool {
        self.studies >= STUDIES_TO_SAY
    }

    /// What it says, for a reader.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match (self.enough(), self.p < 0.1, self.slope.b > 0.0) {
            (false, ..) => "too few studies (fewer than 10) to say whether small ones find more",
            (true, true, true) => "small studies find more than large ones: what they come to may be too much",
            (true, true, false) => "small studies find less than large ones",
            (true, false, _) => "no sign that small studies find more than large ones",
        }
    }
}

/// The check with `errors` beside the effects, one a row: the standard errors as a rule. For standardised differences
/// leave out of them what comes from the effect itself, or large effects look like those of small studies.
///
/// Random effects by REML, with trials in three levels. Sources: Egger M, et al. BMJ 1997;315:629-634; Sterne JAC,
/// Egger M. 2005 (the random-effects form); Pustejovsky JE, Rodgers MA. Res Synth Methods 2019;10:57-71 (the errors).
/// None where too few rows are left for a slope, or nothing can be fitted.
///
/// # Errors
/// [`RowsError`] where there is not one error a row, or all of them are the same.
pub fn small_studies(rows: &Rows, errors: &[f64]) -> Result<Option<SmallStudies>, RowsError> {
    let moderators: Vec<Vec<f64>> = errors.iter().map(|error| vec![*error]).collect();
    let Some(pooled) = pool(&rows.clone().with_moderators(&moderators)?) else { return Ok(None) };
    let [limit, slope] = pooled.coefficients[..] else { return Ok(None) };
    let p = 2.0 * normal_cdf(-(slope.b / slope.se).abs());
    Ok(Some(SmallStudies { k: pooled.k, studies: pooled.trials, slope, p, limit }))
}

/// The standard errors of rows.
#[must_use]
pub fn standard_errors(rows: &Rows) -> Vec<f64> {
    rows.variances().iter().map(|v| math::sqrt(*v)).collect()
}
