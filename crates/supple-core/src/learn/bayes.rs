//! The posterior of mean and spread by quadrature: no sampling.
//!
//! The mean has a flat prior and, given the spread, a normal posterior; what is left is an integral over the spread
//! (one dimension, or two with trials), as R's `bayesmeta` does for one.

use super::distributions::{halve, normal_cdf};
use super::likelihood::{Components, Rows};
use super::linear::dot;
use crate::math;

/// What is thought of the spread tau beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SpreadPrior {
    /// A normal around zero, its upper half, with this scale.
    HalfNormal(f64),
    /// A Cauchy around zero, its upper half, with this scale: heavier tail.
    HalfCauchy(f64),
}

impl SpreadPrior {
    /// Its scale, in units of the effects.
    #[must_use]
    pub fn scale(self) -> f64 {
        match self {
            Self::HalfNormal(scale) | Self::HalfCauchy(scale) => scale,
        }
    }

    /// Logarithm of the density, up to a constant.
    fn ln_density(self, tau: f64) -> f64 {
        match self {
            Self::HalfNormal(scale) => -0.5 * (tau / scale) * (tau / scale),
            Self::HalfCauchy(scale) => -math::ln_1p((tau / scale) * (tau / scale)),
        }
    }
}

/// What is thought afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// Posterior mean of the mean effect.
    pub mean: f64,
    /// Its posterior standard deviation.
    pub sd: f64,
    /// Equal-tailed 95 % interval.
    pub ci: (f64, f64),
    /// Posterior mean of tau; with trials, of the square root of both variances' sum.
    pub tau: f64,
    /// Equal-tailed 95 % interval of the mean effect plus a new true effect's spread.
    pub pi: (f64, f64),
    /// The mixture: weight, mean, variance of the mean, variance of the spread.
    mixture: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    weight: f64,
    mean: f64,
    variance: f64,
    spread: f64,
}

impl Posterior {
    /// Probability that the mean effect is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.mixture.iter().map(|p| p.weight * normal_cdf((x - p.mean) / math::sqrt(p.variance))).sum()
    }

    /// The value below which a new observed effect with this sampling variance lies with probability `p`; 0 asks
    /// about a new true effect.
    #[must_use]
    pub fn new_effect_quantile(&self, p: f64, sampling_variance: f64) -> f64 {
        let within = |piece: &Piece| piece.variance + piece.spread + sampling_variance;
        quantile(&self.mixture, p, within)
    }
}

/// Nodes and weights of Gauss and Legendre's rule with eight points on -1 to 1; the other half mirrors them.
///
/// Source: NIST Digital Library of Mathematical Functions 3.5.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// Panels tried in turn until twice as many change nothing; with two dimensions, in each.
const PANELS_ONE: [usize; 8] = [16, 32, 64, 128, 256, 512, 1024, 2048];
const PANELS_TWO: [usize; 4] = [3, 6, 12, 24];
const CHANGES_NOTHING_ONE: f64 = 1e-9;
const CHANGES_NOTHING_TWO: f64 = 1e-5;

/// The posterior of rows; with trials the same prior on both spreads. None where the rows' variances differ so much
/// that no double can tell them apart, or the prior's scale is not above zero.
#[must_use]
pub fn posterior(rows: &Rows, prior: SpreadPrior) -> Option<Posterior> {
    let mean: Vec<f64> = (0..rows.coefficients()).map(|j| if j == 0 { 1.0 } else { 0.0 }).collect();
    posterior_at(rows, prior, &mean)
}

/// The posterior of the effect where the design is `point`: 1 and a number for each moderator. None as for
/// [`posterior`], and where `point` is of another length.
#[must_use]
pub fn posterior_at(rows: &Rows, prior: SpreadPrior, point: &[f64]) -> Option<Posterior> {
    if point.len() != rows.coefficients() {
        return None;
    }
    if !prior.scale().is_finite() || prior.scale() <= 0.0 {
        return None;
    }
    let (panels, changes_nothing): (&[usize], f64) =
        if rows.three_levels() { (&PANELS_TWO, CHANGES_NOTHING_TWO) } else { (&PANELS_ONE, CHANGES_NOTHING_ONE) };
    let mut last: Option<Posterior> = None;
    for panels in panels {
        let next = moments(mixture(pieces(rows, prior, *panels, point)?));
        let settled = last.as_ref().is_some_and(|last| {
            let moved = (next.mean - last.mean).abs().max((next.sd - last.sd).abs()).max((next.tau - last.tau).abs());
            moved <= changes_nothing * next.sd
        });
        last = Some(next);
        if settled {
            break;
        }
    }
    last.map(with_quantiles)
}

/// Points and weights over tau from 0 to infinity: tau = scale * t / (1 - t), panels of equal width in t.
fn points(scale: f64, panels: usize) -> Vec<(f64, f64)> {
    #[allow(clippy::cast_precision_loss)] // at most a few thousand
    let half = 0.5 / panels as f64;
    let mut points = Vec::with_capacity(panels * 8);
    for panel in 0..panels {
        #[allow(clippy::cast_precision_loss)]
        let middle = (2 * panel + 1) as f64 * half;
        for (node, weight) in NODES.iter().rev().map(|(x, w)| (-x, w)).chain(NODES.iter().map(|(x, w)| (*x, w))) {
            let t = middle + half * node;
            points.push((scale * t / (1.0 - t), weight * half * scale / ((1.0 - t) * (1.0 - t))));
        }
    }
    points
}

fn pieces(rows: &Rows, prior: SpreadPrior, panels: usize, point: &[f64]) -> Option<Vec<(f64, f64, Piece)>> {
    let points = points(prior.scale(), panels);
    let one = [(0.0, 1.0)];
    let outer: &[(f64, f64)] = if rows.three_levels() { &points } else { &one };
    let mut found = Vec::with_capacity(points.len() * outer.len());
    for (between, outer_weight) in outer {
        for (within, weight) in &points {
            let spread = Components { between: between * between, within: within * within };
            // Too wide to be told apart is too wide to matter: its prior is nothing there.
            let Some(at) = rows.evaluate(spread, false) else { continue };
            let mut ln = at.log_likelihood + prior.ln_density(*within);
            if rows.three_levels() {
                ln += prior.ln_density(*between);
            }
            let turned: Vec<f64> = at.covariance.iter().map(|row| dot(row, point)).collect();
            let (mean, variance) = (dot(&at.coefficients, point), dot(&turned, point));
            let piece = Piece { weight: 0.0, mean, variance, spread: spread.total() };
            found.push((ln, weight * outer_weight, piece));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Weights that add to one; pieces that weigh nothing to the last digit are left out.
fn mixture(pieces: Vec<(f64, f64, Piece)>) -> Vec<Piece> {
    let highest = pieces.iter().map(|(ln, ..)| *ln).fold(f64::NEG_INFINITY, f64::max);
    let weigh = |(ln, width, piece): (f64, f64, Piece)| Piece { weight: width * math::exp(ln - highest), ..piece };
    let mut mixture: Vec<Piece> = pieces.into_iter().map(weigh).collect();
    let total: f64 = mixture.iter().map(|piece| piece.weight).sum();
    for piece in &mut mixture {
        piece.weight /= total;
    }
    mixture.retain(|piece| piece.weight > 1e-20);
    mixture
}

fn moments(mixture: Vec<Piece>) -> Posterior {
    let mean: f64 = mixture.iter().map(|p| p.weight * p.mean).sum();
    let variance: f64 = mixture.iter().map(|p| p.weight * (p.variance + (p.mean - mean) * (p.mean - mean))).sum();
    let tau = mixture.iter().map(|p| p.weight * math::sqrt(p.spread)).sum();
    Posterior { mean, sd: math::sqrt(variance), ci: (mean, mean), tau, pi: (mean, mean), mixture }
}

fn with_quantiles(posterior: Posterior) -> Posterior {
    let mean = |p: f64| quantile(&posterior.mixture, p, |piece| piece.variance);
    let new = |p: f64| quantile(&posterior.mixture, p, |piece| piece.variance + piece.spread);
    let (ci, pi) = ((mean(0.025), mean(0.975)), (new(0.025), new(0.975)));
    Posterior { ci, pi, ..posterior }
}

/// The value below which the mixture lies with probability `p`.
fn quantile(mixture: &[Piece], p: f64, variance: impl Fn(&Piece) -> f64) -> f64 {
    let pieces: Vec<(f64, f64, f64)> =
        mixture.iter().map(|piece| (piece.weight, piece.mean, math::sqrt(variance(piece)))).collect();
    let below = |x: f64| pieces.iter().map(|(w, m, sd)| w * normal_cdf((x - m) / sd)).sum::<f64>() < p;
    let middle: f64 = pieces.iter().map(|(w, m, _)| w * m).sum();
    let mut reach = pieces.iter().map(|(w, _, sd)| w * sd).sum::<f64>().max(f64::MIN_POSITIVE);
    while !below(middle - reach) || below(middle + reach) {
        reach *= 2.0;
        if !reach.is_finite() {
            return f64::NAN;
        }
    }
    halve(middle - reach, middle + reach, below)
}
