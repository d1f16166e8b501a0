//! What is not known exactly of the spreads is averaged over a grid: no sampling.
//!
//! ```text
//!  curve (tau_x, T)  x  level, session, phi  x  error      each with its prior weight
//!          └── a pass over the readings ──┘     └── only small sums
//! ```

use super::gaussian::{Conditional, Normal, Occasion, Prepared, Spread, Sums};
use super::mixture::Mixture;
use crate::math;

/// How the gain grows with seconds of pressure and fades with minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Seconds until 63 % of the full gain: `g(x) = 1 - exp(-x / tau)`.
    pub tau_seconds: f64,
    /// Minutes until half of it is gone: `h(t) = 2^(-t / T)`.
    pub half_life_minutes: f64,
}

impl Curve {
    /// The share of the full gain after so many seconds of pressure and minutes since: `g(x) h(t)`.
    #[must_use]
    pub fn share(&self, seconds: f64, minutes: f64) -> f64 {
        let faded = math::exp(-core::f64::consts::LN_2 * minutes / self.half_life_minutes);
        (1.0 - math::exp(-seconds / self.tau_seconds)) * faded
    }
}

/// One value of a hyperparameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node<T> {
    /// The value.
    pub value: T,
    /// Logarithm of its prior weight, up to a common constant.
    pub ln_weight: f64,
}

impl<T> Node<T> {
    /// A value taken as known.
    #[must_use]
    pub fn certain(value: T) -> Vec<Self> {
        vec![Self { value, ln_weight: 0.0 }]
    }
}

/// A number above zero whose logarithm is normal: its median, and the standard deviation of its logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    /// Half of the values lie below it; above zero.
    pub median: f64,
    /// Standard deviation of the logarithm; 0.35 says: 95 % between half and twice the median.
    pub spread: f64,
}

impl LogNormal {
    /// Its value `z` standard deviations from the median.
    #[must_use]
    pub fn at(&self, z: f64) -> f64 {
        self.median * math::exp(self.spread * z)
    }

    /// Evenly spaced nodes from `-reach` to `reach` standard deviations; at least one.
    ///
    /// With a smooth likelihood the sum over such nodes is as good as the integral once they lie closer together
    /// than one and a half standard deviations of what comes out (trapezoid rule of a bell curve).
    #[must_use]
    pub fn nodes(&self, reach: f64, count: u16) -> Vec<Node<f64>> {
        let last = f64::from(count.max(2) - 1);
        let z = |k: u16| if count < 2 { 0.0 } else { reach * (2.0 * f64::from(k) / last - 1.0) };
        (0..count.max(1)).map(|k| Node { value: self.at(z(k)), ln_weight: -0.5 * z(k) * z(k) }).collect()
    }
}

/// How far out a curve differs from the middle one, in standard deviations: the square root of three.
const OUT: f64 = 1.732_050_807_568_877_2;

/// Five curves for two log-normal numbers that one person's readings hardly tell anything about: the one of both
/// medians first, and each number alone further up and down. Exact for polynomials up to the third degree, and for each
/// number alone up to the fifth.
///
/// Source: the Gauss-Hermite rule of three nodes (NIST Digital Library of Mathematical Functions 3.5), without its
/// corners.
#[must_use]
pub fn curves(tau_seconds: LogNormal, half_life_minutes: LogNormal) -> Vec<Node<Curve>> {
    let places = [(0.0, 0.0), (OUT, 0.0), (-OUT, 0.0), (0.0, OUT), (0.0, -OUT)];
    let node = |(tau, half): (f64, f64)| {
        let weight = if tau == 0.0 && half == 0.0 { 1.0 / 3.0 } else { 1.0 / 6.0 };
        let value = Curve { tau_seconds: tau_seconds.at(tau), half_life_minutes: half_life_minutes.at(half) };
        Node { value, ln_weight: math::ln(weight) }
    };
    places.into_iter().map(node).collect()
}

/// What is thought of the hyperparameters beforehand. No list may be empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Standard error of one trial, in the measure's unit.
    pub errors: Vec<Node<f64>>,
    /// Standard deviation of the day level over the error.
    pub levels: Vec<Node<f64>>,
    /// Standard deviation of the session effect over the error.
    pub sessions: Vec<Node<f64>>,
    /// Correlation of two levels a day apart.
    pub phis: Vec<Node<f64>>,
    /// Dose and time curves; the first is the one to begin with.
    pub curves: Vec<Node<Curve>>,
}

impl Grid {
    /// The same grid with levels and sessions gathered where the readings say they are: a long log tells them apart far
    /// more finely than evenly spread nodes do. `learned` learns from all readings over a grid.
    ///
    /// One axis after the other, with the other one at its best node, twice: nodes whose evidence is nothing are left,
    /// and as many are spread evenly over what remains with a node to spare at either end. Axes that are not bell curves
    /// of the logarithm stay as they are.
    fn sharpened<const P: usize>(&self, learned: impl Fn(&Self) -> Option<Learner<P>>) -> Option<Self> {
        let mut grid = self.clone();
        let mut session = best(&grid.sessions);
        for _ in 0..2 {
            let slice = Self { sessions: vec![session], ..grid.clone() };
            let level;
            (grid.levels, level) = narrowed(&grid.levels, &learned(&slice)?.evidence_by(|spread| spread.level));
            let slice = Self { levels: vec![level], ..grid.clone() };
            (grid.sessions, session) =
                narrowed(&grid.sessions, &learned(&slice)?.evidence_by(|spread| spread.session));
        }
        Some(grid)
    }

    /// All spreads, each with its weight.
    fn spreads(&self) -> Vec<Node<Spread>> {
        let mut all = Vec::with_capacity(self.levels.len() * self.sessions.len() * self.phis.len());
        for level in &self.levels {
            for session in &self.sessions {
                for phi in &self.phis {
                    let value = Spread { level: level.value, session: session.value, phi: phi.value };
                    all.push(Node { value, ln_weight: level.ln_weight + session.ln_weight + phi.ln_weight });
                }
            }
        }
        all
    }
}

/// One value of every hyperparameter, with what is thought of the coefficients if it is the right one.
#[derive(Debug, Clone, PartialEq)]
pub struct Given<const P: usize> {
    /// Logarithm of its posterior weight, up to a common constant.
    pub ln_weight: f64,
    /// Dose and time curve.
    pub curve: Curve,
    /// Spreads over the error.
    pub spread: Spread,
    /// Error of one trial.
    pub error: f64,
    /// The coefficients.
    pub coefficients: Normal<P>,
}

/// The posterior over everything: normal distributions, one for each value of the hyperparameters that still weighs
/// something.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior<const P: usize> {
    /// Never empty.
    pub given: Vec<Given<P>>,
    /// Logarithm of the probability density of the readings, everything integrated out.
    pub ln_marginal: f64,
}

/// Weights this far (in logarithms) below the heaviest are left out.
const FAR_BELOW: f64 = 9.0;
/// Spreads whose evidence is this far below the best are not tried with other curves.
const OTHER_CURVES: f64 = 5.0;

/// The node that weighs most beforehand.
fn best(nodes: &[Node<f64>]) -> Node<f64> {
    nodes.iter().copied().reduce(|a, b| if b.ln_weight > a.ln_weight { b } else { a }).expect("no axis is empty")
}

/// As many nodes over where the evidence is, and the best of the old ones. `evidence` holds a logarithm for each node.
fn narrowed(nodes: &[Node<f64>], evidence: &[f64]) -> (Vec<Node<f64>>, Node<f64>) {
    let most = evidence.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let place = evidence.iter().position(|ln| *ln >= most).unwrap_or(0);
    let unchanged = (nodes.to_vec(), nodes[place]);
    let Some(curve) = Bell::of(nodes) else { return unchanged };
    let weighs = |ln: &f64| *ln > most - FAR_BELOW;
    let last = nodes.len() - 1;
    let first = evidence.iter().position(weighs).unwrap_or(0).saturating_sub(1);
    let end = (evidence.iter().rposition(weighs).unwrap_or(last) + 1).min(last);
    if end - first == last {
        return unchanged;
    }
    #[allow(clippy::cast_precision_loss)] // a few nodes
    let (from, step) = (first as f64, (end - first) as f64 / last as f64);
    #[allow(clippy::cast_precision_loss)]
    let node = |k: usize| curve.at(from + step * k as f64, step);
    ((0..nodes.len()).map(node).collect(), nodes[place])
}

/// Evenly spaced logarithms whose weights are a bell curve: what [`LogNormal::nodes`] gives.
struct Bell {
    first: f64,
    spacing: f64,
    weights: [f64; 3],
}

impl Bell {
    /// None for fewer than five nodes, or nodes that are no such curve.
    fn of(nodes: &[Node<f64>]) -> Option<Self> {
        if nodes.len() < 5 {
            return None;
        }
        let ln = |k: usize| math::ln(nodes[k].value);
        let weights = [nodes[0].ln_weight, nodes[1].ln_weight, nodes[2].ln_weight];
        let bell = Self { first: ln(0), spacing: ln(1) - ln(0), weights };
        let fits = (0..nodes.len()).all(|k| {
            #[allow(clippy::cast_precision_loss)] // a few nodes
            let expected = bell.at(k as f64, 1.0);
            let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
            near(math::ln(expected.value), ln(k)) && near(expected.ln_weight, nodes[k].ln_weight)
        });
        fits.then_some(bell)
    }

    /// The node `place` spacings after the first, where nodes lie `step` spacings apart.
    fn at(&self, place: f64, step: f64) -> Node<f64> {
        let [a, b, c] = self.weights;
        let ln_weight = a + place * (b - a) + 0.5 * place * (place - 1.0) * (c - 2.0 * b + a);
        Node { value: math::exp(self.first + self.spacing * place), ln_weight: ln_weight + math::ln(step) }
    }
}

impl<const P: usize> Posterior<P> {
    /// Learns from readings, in the order of time, that `occasions` gives for each curve. `prior` is what is thought of
    /// the coefficients under a curve. None if a list of the grid is empty or a prior is no distribution.
    #[must_use]
    pub fn of(
        grid: &Grid,
        occasions: impl Fn(&Curve) -> Vec<Occasion<P>>,
        prior: impl Fn(&Curve) -> Normal<P>,
    ) -> Option<Self> {
        let (first, others) = grid.curves.split_first()?;
        let (readings, expected) = (occasions(&first.value), prior(&first.value));
        let learned = |grid: &Grid| {
            let mut learner = Learner::new(grid, expected.clone())?;
            readings.iter().for_each(|occasion| learner.add(occasion));
            Some(learner)
        };
        let ln_prior = Learner::new(grid, expected.clone())?.ln_prior;
        let learner = learned(&grid.sharpened(learned)?)?;
        let mut found = learner.given();
        let evidence = learner.evidence(&found);
        let best = evidence.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let kept: Vec<bool> = evidence.iter().map(|ln| *ln > best - OTHER_CURVES).collect();
        found.retain(|(spread, _)| kept[*spread]);
        for curve in others {
            let prepared = prior(&curve.value).prepared()?;
            let readings = occasions(&curve.value);
            for (place, spread) in learner.spreads.iter().enumerate().filter(|(place, _)| kept[*place]) {
                let sums = Sums::of(spread.value, &readings);
                let here = Node { value: curve.value, ln_weight: curve.ln_weight + spread.ln_weight };
                for_each_error(&learner.errors, &here, spread.value, &sums, &prepared, |given| {
                    found.push((place, given));
                });
            }
        }
        Self::weighed(found.into_iter().map(|(_, given)| given).collect(), ln_prior + ln_total(&grid.curves))
    }

    fn weighed(mut given: Vec<Given<P>>, ln_prior: f64) -> Option<Self> {
        let highest = given.iter().map(|given| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
        if !highest.is_finite() {
            return None;
        }
        let total: f64 = given.iter().map(|given| math::exp(given.ln_weight - highest)).sum();
        given.retain(|given| given.ln_weight > highest - FAR_BELOW);
        Some(Self { given, ln_marginal: highest + math::ln(total) - ln_prior })
    }

    /// What is thought of one combination of the coefficients, which may depend on the curve.
    #[must_use]
    pub fn of_combination(&self, weights: impl Fn(&Curve) -> [f64; P]) -> Mixture {
        let logs: Vec<f64> = self.given.iter().map(|given| given.ln_weight).collect();
        let pieces: Vec<(f64, f64)> =
            self.given.iter().map(|given| given.coefficients.of(&weights(&given.curve))).collect();
        Mixture::from_logs(&logs, &pieces).expect("a posterior weighs something")
    }

    /// What is thought of one coefficient.
    #[must_use]
    pub fn coefficient(&self, which: usize) -> Mixture {
        self.of_combination(|_| core::array::from_fn(|k| if k == which { 1.0 } else { 0.0 }))
    }

    /// Posterior mean of a number that follows from the hyperparameters.
    #[must_use]
    pub fn mean_of(&self, number: impl Fn(&Given<P>) -> f64) -> f64 {
        let highest = self.given.iter().map(|given| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut total) = (0.0, 0.0);
        for given in &self.given {
            let weight = math::exp(given.ln_weight - highest);
            sum += weight * number(given);
            total += weight;
        }
        sum / total
    }
}

fn ln_total<T>(nodes: &[Node<T>]) -> f64 {
    math::ln(nodes.iter().map(|node| math::exp(node.ln_weight)).sum())
}

/// Learns one occasion after the other, for one curve: what a simulation of many looks needs.
#[derive(Debug, Clone)]
pub struct Learner<const P: usize> {
    curve: Node<Curve>,
    errors: Vec<Node<f64>>,
    spreads: Vec<Node<Spread>>,
    sums: Vec<Sums<P>>,
    prior: Prepared<P>,
    ln_prior: f64,
}

impl<const P: usize> Learner<P> {
    /// Knows nothing yet; of the grid's curves it takes the first. None if a list of the grid is empty or the prior is
    /// no distribution.
    #[must_use]
    pub fn new(grid: &Grid, prior: Normal<P>) -> Option<Self> {
        let spreads = grid.spreads();
        let curve = *grid.curves.first()?;
        if spreads.is_empty() || grid.errors.is_empty() {
            return None;
        }
        Some(Self {
            curve,
            errors: grid.errors.clone(),
            sums: spreads.iter().map(|spread| Sums::new(spread.value)).collect(),
            ln_prior: ln_total(&grid.errors) + ln_total(&spreads),
            spreads,
            prior: prior.prepared()?,
        })
    }

    /// Learns from one more occasion, not earlier than the last.
    pub fn add(&mut self, occasion: &Occasion<P>) {
        for sums in &mut self.sums {
            sums.add(occasion);
        }
    }

    /// What is thought now. None if the numbers are so far apart in size that no double can tell them from each other.
    #[must_use]
    pub fn posterior(&self) -> Option<Posterior<P>> {
        let given = self.given().into_iter().map(|(_, given)| given).collect();
        Posterior::weighed(given, self.ln_prior + self.curve.ln_weight)
    }

    /// For every value of the hyperparameters, with the place of its spread.
    fn given(&self) -> Vec<(usize, Given<P>)> {
        let mut found = Vec::with_capacity(self.sums.len() * self.errors.len());
        for (place, (spread, sums)) in self.spreads.iter().zip(&self.sums).enumerate() {
            let here = Node { value: self.curve.value, ln_weight: self.curve.ln_weight + spread.ln_weight };
            for_each_error(&self.errors, &here, spread.value, sums, &self.prior, |given| found.push((place, given)));
        }
        found
    }

    /// The logarithm of the weight of each value of one number of the spreads, in their order.
    fn evidence_by(&self, number: impl Fn(&Spread) -> f64) -> Vec<f64> {
        let evidence = self.evidence(&self.given());
        let most = evidence.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut sums: Vec<(f64, f64)> = Vec::new();
        for (spread, ln) in self.spreads.iter().zip(evidence) {
            let (value, weight) = (number(&spread.value), math::exp(ln - most));
            match sums.iter_mut().find(|(known, _)| *known == value) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((value, weight)),
            }
        }
        sums.into_iter().map(|(_, sum)| math::ln(sum)).collect()
    }

    /// The weight of each spread, errors summed.
    fn evidence(&self, found: &[(usize, Given<P>)]) -> Vec<f64> {
        let highest = found.iter().map(|(_, given)| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
        let mut sums = vec![0.0; self.spreads.len()];
        for (place, given) in found {
            sums[*place] += math::exp(given.ln_weight - highest);
        }
        sums.into_iter().map(math::ln).collect()
    }
}

fn for_each_error<const P: usize>(
    errors: &[Node<f64>],
    here: &Node<Curve>,
    spread: Spread,
    sums: &Sums<P>,
    prior: &Prepared<P>,
    mut found: impl FnMut(Given<P>),
) {
    for error in errors {
        // Too far apart to be told from each other is too far apart to weigh anything.
        let Some(Conditional { coefficients, ln_marginal }) = sums.posterior(prior, error.value) else { continue };
        let ln_weight = here.ln_weight + error.ln_weight + ln_marginal;
        found(Given { ln_weight, curve: here.value, spread, error: error.value, coefficients });
    }
}
