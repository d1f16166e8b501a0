//! Which contrasts speak to a claim, and what they come to.

use super::bayes::{Posterior, SpreadPrior, posterior_at};
use super::likelihood::Rows;
use super::pool::{Pooled, pool};
use super::poolable::{Poolable, all_poolable};
use super::predict::WITHIN_TRIAL;
use crate::knowledge::{Basis, Claim, Contrast, Trials};
use crate::sorted::SortedSet;

/// What a second test gains by itself, in standard deviations of readings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowance {
    /// What tests of reach and pressure gain.
    pub mean: f64,
    /// How unsure that is, for them.
    pub sd: f64,
    /// How unsure it is for anything else, around zero.
    pub sd_of_others: f64,
}

impl Allowance {
    /// Mean and standard deviation for a class of outcome.
    #[must_use]
    pub fn of(&self, class: &str) -> (f64, f64) {
        if ["ROM", "PPT"].contains(&class) { (self.mean, self.sd) } else { (0.0, self.sd_of_others) }
    }
}

/// When a reading was taken: as given, or "24 h" and "15 min" of the study's words. None for a span of time.
#[must_use]
pub fn minutes_after(contrast: &Contrast) -> Option<f64> {
    contrast.time_after_min.or_else(|| {
        let mut words = contrast.time_after.split(' ');
        let number: f64 = words.next()?.parse().ok()?;
        match words.next()? {
            "h" => Some(number * 60.0),
            "min" => Some(number),
            _ => None,
        }
    })
}

/// The poolable contrasts that speak to a claim: its outcomes, one session or weeks, and the minutes after.
#[must_use]
pub fn speaking<'t>(trials: &'t Trials, claim: &Claim, correlation: f64) -> Vec<Poolable<'t>> {
    let mut rows = all_poolable(trials, correlation);
    rows.retain(|row| {
        let after = minutes_after(row.contrast);
        claim.outcome_classes.contains(&row.contrast.outcome_class)
            && claim.weeks_of_training.is_none_or(|weeks| weeks == row.contrast.weeks.is_some_and(|w| w > 0.0))
            && claim.within_minutes.is_none_or(|most| after.is_some_and(|after| after <= most))
            && claim.after_minutes.is_none_or(|least| after.is_some_and(|after| after >= least))
    });
    rows
}

/// The studies of rows.
#[must_use]
pub fn studies<'t>(rows: &[Poolable<'t>]) -> SortedSet<&'t str> {
    rows.iter().map(|row| row.trial_id).collect()
}

/// As rows to pool: three levels where studies have several. None from one study, which says nothing about what
/// studies differ in.
fn rows_of(rows: &[Poolable], shift: impl Fn(&Poolable) -> f64) -> Option<(Rows, Vec<usize>)> {
    let ids = studies(rows);
    if ids.len() < 2 {
        return None;
    }
    let numbers = rows.iter().map(|row| ids.iter().position(|id| *id == row.trial_id).unwrap_or_default()).collect();
    let effects = rows.iter().map(|row| row.effect.y - shift(row)).collect();
    Some((Rows::new(effects, rows.iter().map(|row| row.effect.v).collect()).ok()?, numbers))
}

/// Pooled by REML; `rho` is the correlation of sampling errors within a study.
#[must_use]
pub fn pool_studies(rows: &[Poolable], rho: f64) -> Option<Pooled> {
    pool(&three_levels(rows, rho)?)
}

/// The rows with their studies.
#[must_use]
pub fn three_levels(rows: &[Poolable], rho: f64) -> Option<Rows> {
    let (alone, numbers) = rows_of(rows, |_| 0.0)?;
    Some(alone.clone().with_trials(&numbers, rho).unwrap_or(alone))
}

/// The posterior of the effect against nothing, from rows against nothing and rows before and after: from these the
/// allowance is taken off, and how unsure it is stays in the answer, since it is the same for all of them.
#[must_use]
pub fn pool_with_within(rows: &[Poolable], allowance: Allowance) -> Option<Posterior> {
    let within = |row: &Poolable| row.basis == Basis::Within;
    let of = |row: &Poolable| if within(row) { allowance.of(&row.contrast.outcome_class) } else { (0.0, 0.0) };
    let (alone, numbers) = rows_of(rows, |row| of(row).0)?;
    let doubt: Vec<Vec<f64>> = rows.iter().map(|row| vec![of(row).1]).collect();
    let alone = alone.with_shrunk_moderators(&doubt, 1.0).ok()?;
    let rows = alone.clone().with_trials(&numbers, WITHIN_TRIAL).unwrap_or(alone);
    posterior_at(&rows, SpreadPrior::HalfNormal(0.5), &[1.0, 0.0])
}
