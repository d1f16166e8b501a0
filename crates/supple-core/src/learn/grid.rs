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

/// What is thought of the dose and time curve beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curves {
    /// It is taken as known.
    One(Curve),
    /// Both its numbers are log-normal and say nothing of each other.
    Unknown {
        /// Seconds until 63 % of the full gain.
        tau_seconds: LogNormal,
        /// Minutes until half of it is gone.
        half_life_minutes: LogNormal,
    },
}

impl Curves {
    /// The one to begin with: both medians.
    #[must_use]
    pub fn first(&self) -> Curve {
        self.at([0.0, 0.0])
    }

    /// The curve so many standard deviations of the logarithms from both medians.
    fn at(&self, z: [f64; 2]) -> Curve {
        match self {
            Self::One(curve) => *curve,
            Self::Unknown { tau_seconds, half_life_minutes } => {
                Curve { tau_seconds: tau_seconds.at(z[0]), half_life_minutes: half_life_minutes.at(z[1]) }
            }
        }
    }

    /// Curves and weights that stand for all of them, placed where the readings say they are. `evidence` gives the
    /// logarithm of how well a curve fits.
    ///
    /// Mean and spread of both numbers come from a lattice of five by five; around them lie the nine nodes
    /// of the Gauss-Hermite rule of three in two dimensions, exact for polynomials up to the fifth degree in each. Where
    /// readings say nothing of the curve these are the nodes of the prior.
    ///
    /// Source: adaptive quadrature as Naylor and Smith, Appl Stat 1982;31:214; the rule: NIST Digital Library of
    /// Mathematical Functions 3.5.
    fn placed(&self, evidence: impl Fn(&Curve) -> f64) -> Vec<Node<Curve>> {
        if let Self::One(curve) = self {
            return Node::certain(*curve);
        }
        let around = Around::of(|z| evidence(&self.at(z)));
        let three = [(0.0, 2.0 / 3.0), (OUT, 1.0 / 6.0), (-OUT, 1.0 / 6.0)];
        let mut nodes = Vec::with_capacity(9);
        for (a, weight_a) in three {
            for (b, weight_b) in three {
                let z = around.at([a, b]);
                // The prior over the bell curve that the rule is made for; what both are divided by cancels.
                let ln_ratio = 0.5 * (a * a + b * b) - 0.5 * (z[0] * z[0] + z[1] * z[1]);
                let ln_weight = math::ln(weight_a * weight_b) + ln_ratio + around.ln_size();
                nodes.push(Node { value: self.at(z), ln_weight });
            }
        }
        nodes
    }
}

/// The square root of three: where the outer nodes of the Gauss-Hermite rule of three lie, in standard deviations.
const OUT: f64 = 1.732_050_807_568_877_2;

/// Where two numbers lie after the readings, in standard deviations before them: mean, and the square root of the
/// covariance below the diagonal.
struct Around {
    mean: [f64; 2],
    root: [f64; 3],
}

impl Around {
    /// Points of the lattice to either side of the middle.
    const REACH: i8 = 2;
    /// How far apart they lie, in standard deviations.
    const STEP: f64 = 1.25;
    /// No spread is taken as smaller than this: the lattice could not tell.
    const LEAST_VARIANCE: f64 = 0.15;

    fn of(ln_evidence: impl Fn([f64; 2]) -> f64) -> Self {
        let mut points = Vec::with_capacity(25);
        for i in -Self::REACH..=Self::REACH {
            for j in -Self::REACH..=Self::REACH {
                let z = [Self::STEP * f64::from(i), Self::STEP * f64::from(j)];
                points.push((z, ln_evidence(z) - 0.5 * (z[0] * z[0] + z[1] * z[1])));
            }
        }
        let most = points.iter().map(|(_, ln)| *ln).fold(f64::NEG_INFINITY, f64::max);
        let weighed: Vec<([f64; 2], f64)> = points.into_iter().map(|(z, ln)| (z, math::exp(ln - most))).collect();
        let total: f64 = weighed.iter().map(|(_, weight)| weight).sum();
        let mean_of = |number: &dyn Fn([f64; 2]) -> f64| {
            weighed.iter().map(|(z, weight)| weight * number(*z)).sum::<f64>() / total
        };
        let mean = [mean_of(&|z| z[0]), mean_of(&|z| z[1])];
        let first = mean_of(&|z| (z[0] - mean[0]) * (z[0] - mean[0])).max(Self::LEAST_VARIANCE);
        let second = mean_of(&|z| (z[1] - mean[1]) * (z[1] - mean[1])).max(Self::LEAST_VARIANCE);
        let both = mean_of(&|z| (z[0] - mean[0]) * (z[1] - mean[1]));
        let a = math::sqrt(first);
        let b = both / a;
        let c = math::sqrt((second - b * b).max(Self::LEAST_VARIANCE));
        Self { mean, root: [a, b, c] }
    }

    fn at(&self, u: [f64; 2]) -> [f64; 2] {
        let [a, b, c] = self.root;
        [self.mean[0] + a * u[0], self.mean[1] + b * u[0] + c * u[1]]
    }

    /// Logarithm of how much wider than the prior it is.
    fn ln_size(&self) -> f64 {
        math::ln(self.root[0] * self.root[2])
    }
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
    /// Dose and time curves.
    pub curves: Curves,
}

impl Grid {
    /// The same grid with levels and sessions gathered where the readings say they are: a long log tells them
    /// apart far more finely than evenly spread nodes do. `learned` learns from all readings over a grid.
    ///
    /// One axis after the other, with the other one at its best node, twice: nodes whose evidence is next to nothing
    /// are left, and as many are spread evenly over what remains with a node to spare at either end. Axes that are not
    /// bell curves of the logarithm stay as they are.
    fn sharpened<const P: usize>(&self, learned: impl Fn(&Self) -> Option<Learner<P>>) -> Option<Self> {
        let mut grid = self.clone();
        let mut session = best(&grid.sessions);
        for _ in 0..2 {
            let slice = Self { sessions: vec![session], ..grid.clone() };
            let level;
            (grid.levels, level) = narrowed(&grid.levels, &learned(&slice)?.evidence_by(|given| given.spread.level));
            let slice = Self { levels: vec![level], ..grid.clone() };
            let learner = learned(&slice)?;
            (grid.sessions, session) = narrowed(&grid.sessions, &learner.evidence_by(|given| given.spread.session));
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
/// With so many errors that weigh something the sum is as good as the integral.
const ENOUGH: usize = 7;
/// Spreads whose evidence under the first curve is this far below the best are not tried with the others.
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
        let first = grid.curves.first();
        let (readings, expected) = (occasions(&first), prior(&first));
        let learned = |grid: &Grid| {
            let mut learner = Learner { follow: true, ..Learner::new(grid, expected.clone())? };
            readings.iter().for_each(|occasion| learner.add(occasion));
            Some(learner)
        };
        let ln_prior = Learner::new(grid, expected.clone())?.ln_prior;
        let learner = learned(&grid.sharpened(learned)?)?;
        let found = learner.given();
        if matches!(grid.curves, Curves::One(_)) {
            return Self::weighed(found.into_iter().map(|(_, given)| given).collect(), ln_prior);
        }
        let evidence = learner.evidence(&found);
        let best = evidence.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let kept: Vec<bool> = evidence.iter().map(|ln| *ln > best - OTHER_CURVES).collect();
        let heaviest =
            found.iter().map(|(_, given)| given).reduce(|a, b| if b.ln_weight > a.ln_weight { b } else { a })?;
        let nodes = grid.curves.placed(|curve| {
            let sums = Sums::of(heaviest.spread, &occasions(curve));
            let prepared = prior(curve).prepared();
            let learnt = prepared.and_then(|prior| sums.posterior(&prior, heaviest.error));
            learnt.map_or(f64::NEG_INFINITY, |learnt| learnt.ln_marginal)
        });
        let mut found = Vec::new();
        for curve in nodes {
            let prepared = prior(&curve.value).prepared()?;
            let readings = occasions(&curve.value);
            for (spread, _) in learner.spreads.iter().zip(&kept).filter(|(_, kept)| **kept) {
                let sums = Sums::of(spread.value, &readings);
                let here = Node { value: curve.value, ln_weight: curve.ln_weight + spread.ln_weight };
                for_each_error((&learner.errors, true), &here, spread.value, &sums, &prepared, |given| {
                    found.push(given)
                });
            }
        }
        Self::weighed(found, ln_prior)
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
    curve: Curve,
    errors: Vec<Node<f64>>,
    /// Whether the errors are gathered where the readings say they are.
    follow: bool,
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
        let curve = grid.curves.first();
        if spreads.is_empty() || grid.errors.is_empty() {
            return None;
        }
        Some(Self {
            curve,
            errors: grid.errors.clone(),
            follow: false,
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
        Posterior::weighed(given, self.ln_prior)
    }

    /// For every value of the hyperparameters, with the place of its spread.
    fn given(&self) -> Vec<(usize, Given<P>)> {
        let mut found = Vec::with_capacity(self.sums.len() * self.errors.len());
        for (place, (spread, sums)) in self.spreads.iter().zip(&self.sums).enumerate() {
            let here = Node { value: self.curve, ln_weight: spread.ln_weight };
            for_each_error((&self.errors, self.follow), &here, spread.value, sums, &self.prior, |given| {
                found.push((place, given))
            });
        }
        found
    }

    /// The logarithm of the weight of each value of one number of the grid, in its order.
    fn evidence_by(&self, number: impl Fn(&Given<P>) -> f64) -> Vec<f64> {
        let found = self.given();
        let most = found.iter().map(|(_, given)| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
        let mut sums: Vec<(f64, f64)> = Vec::new();
        for (_, given) in &found {
            let (value, weight) = (number(given), math::exp(given.ln_weight - most));
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

/// The coefficients for every error, under one spread and curve.
///
/// What is known of the error depends on the spreads, and a long log knows it finely. So with `follow`, where fewer than
/// [`ENOUGH`] nodes weigh something, as many nodes are spread over those and one more at either end.
fn for_each_error<const P: usize>(
    (errors, follow): (&[Node<f64>], bool),
    here: &Node<Curve>,
    spread: Spread,
    sums: &Sums<P>,
    prior: &Prepared<P>,
    mut found: impl FnMut(Given<P>),
) {
    let of = |error: &Node<f64>| {
        // Too far apart to be told from each other is too far apart to weigh anything.
        let Conditional { coefficients, ln_marginal } = sums.posterior(prior, error.value)?;
        let ln_weight = here.ln_weight + error.ln_weight + ln_marginal;
        Some(Given { ln_weight, curve: here.value, spread, error: error.value, coefficients })
    };
    let all: Vec<Option<Given<P>>> = errors.iter().map(of).collect();
    let ln: Vec<f64> = all.iter().map(|given| given.as_ref().map_or(f64::NEG_INFINITY, |g| g.ln_weight)).collect();
    let most = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if follow && ln.iter().filter(|ln| **ln > most - FAR_BELOW).count() < ENOUGH {
        narrowed(errors, &ln).0.iter().filter_map(of).for_each(found);
    } else {
        all.into_iter().flatten().for_each(&mut found);
    }
}
