//! Simulation-based calibration: people drawn from the very priors of the model, and where the truth lies in what is
//! thought of it afterwards. If the code is right, every place is as likely. It checks code, not the model.
//!
//! Source: Talts S, Betancourt M, Simpson D, Vehtari A, Gelman A. Validating Bayesian inference algorithms with
//! simulation-based calibration. arXiv:1804.06788; data-dependent quantities: Modrak M et al. Bayesian Anal 2025.

use crate::looks::{Crowd, USUAL};
use crate::people::{Dice, Habit, Person, Tests};
use supple_core::learn::chi_squared_upper;
use supple_core::learn::gain::{ARM, About, Acute, Around, COEFFICIENTS, GAIN, RETEST, Usual, occasion};
use supple_core::learn::gaussian::{Normal, Spread, Sums};
use supple_core::learn::grid::{Curve, Given};
use supple_core::math;

/// What is looked at, in the order of [`Places`].
pub const LOOKED_AT: [&str; 6] = ["level", "retest gain", "gain", "contrast of arms", "error", "log-likelihood"];
/// Draws from the posterior for the log-likelihood, which has no closed form.
const DRAWS: u32 = 49;
/// Bins for the test of evenness.
const BINS: usize = 20;

/// Where the truth of one person lies in its posterior: 0 to 1 each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Places(pub [f64; 6]);

/// One person, tested and compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Where the truth lies.
    pub places: Places,
    /// Whether the 95 % interval of the gain holds it.
    pub inside: bool,
}

/// Draws person `number` from the priors, has them take `occasions` tests with varied doses and two arms, and compares.
///
/// # Panics
/// Never: the priors are proper.
#[must_use]
pub fn compared(seed: u64, number: u64, occasions: u32) -> Compared {
    let about = Crowd::with_effect(1.0, 2.0).question().sceptical();
    let mut dice = Dice::of(seed, number);
    let person = Person::drawn(&about, &mut dice);
    let habit = Habit { hours: 48.0, trials: 2, varied: true, arms: true, usual: USUAL };
    let mut tests = Tests::new(person, habit, about.sign(), dice.clone());
    let around: Vec<Around> = (0..occasions).map(|_| tests.next_occasion()).collect();
    // The gain is told for the dose at which the prior of it holds, not for what this person happened to do.
    let acute = Acute::at(&about.grid(), &about, USUAL, &around).expect("priors are proper");
    // A second stream: the first has told what the person is like.
    let mut dice = Dice::of(seed ^ 0x5bd1_e995, number);
    let truth = [person.level, person.retest, person.gain, person.contrast];
    let spread = Spread { level: person.level_over_error, session: person.session_over_error, phi: 0.0 };
    let likely = |coefficients: &[f64; COEFFICIENTS], curve: &Curve, spread: Spread, error: f64| {
        ln_likelihood(&about, acute.usual, curve, spread, &around, coefficients, error)
    };
    let true_likelihood = likely(&truth, &person.curve, spread, person.error);
    let mut below = 0;
    for _ in 0..DRAWS {
        let given = drawn(&acute.posterior.given, &mut dice);
        let coefficients = coefficients(&given.coefficients, &mut dice);
        below += u32::from(likely(&coefficients, &given.curve, given.spread, given.error) < true_likelihood);
    }
    let place = |which: usize| acute.posterior.coefficient(which).cdf(truth[which]);
    let gain = place(GAIN);
    let rank = (f64::from(below) + dice.uniform()) / f64::from(DRAWS + 1);
    let places =
        [place(0), place(RETEST), gain, place(ARM), error_place(&about, &acute, person.error, &mut dice), rank];
    Compared { places: Places(places), inside: (0.025..=0.975).contains(&gain) }
}

fn ln_likelihood(
    about: &About,
    usual: Usual,
    curve: &Curve,
    spread: Spread,
    around: &[Around],
    coefficients: &[f64; COEFFICIENTS],
    error: f64,
) -> f64 {
    let mut sums = Sums::new(spread);
    for around in around {
        sums.add(&occasion(about, usual, curve, around));
    }
    sums.ln_likelihood(coefficients, error)
}

/// One value of the hyperparameters, by its weight.
fn drawn<'g>(given: &'g [Given<COEFFICIENTS>], dice: &mut Dice) -> &'g Given<COEFFICIENTS> {
    let highest = given.iter().map(|given| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = given.iter().map(|given| math::exp(given.ln_weight - highest)).sum();
    let mut left = dice.uniform() * total;
    for given in given {
        left -= math::exp(given.ln_weight - highest);
        if left <= 0.0 {
            return given;
        }
    }
    given.last().expect("a posterior weighs something")
}

/// Coefficients drawn from their posterior.
fn coefficients(normal: &Normal<COEFFICIENTS>, dice: &mut Dice) -> [f64; COEFFICIENTS] {
    let mut lower = [[0.0; COEFFICIENTS]; COEFFICIENTS];
    let mut drawn = normal.mean;
    let z: [f64; COEFFICIENTS] = core::array::from_fn(|_| dice.normal());
    for j in 0..COEFFICIENTS {
        for k in 0..=j {
            let sum = normal.covariance[j][k] - (0..k).map(|i| lower[j][i] * lower[k][i]).sum::<f64>();
            lower[j][k] = if j == k { math::sqrt(sum.max(0.0)) } else { sum / lower[k][k] };
            drawn[j] += lower[j][k] * z[k];
        }
    }
    drawn
}

/// Where the error lies among its nodes, each spread evenly over its cell. Under each spread and curve nodes have their
/// own distance.
fn error_place(about: &About, acute: &Acute, truth: f64, dice: &mut Dice) -> f64 {
    let evenly = about.grid().errors;
    let usual = math::ln(evenly[1].value / evenly[0].value);
    let given = &acute.posterior.given;
    let highest = given.iter().map(|given| given.ln_weight).fold(f64::NEG_INFINITY, f64::max);
    let (mut place, mut total) = (0.0, 0.0);
    for alike in given.chunk_by(|a, b| a.spread == b.spread && a.curve == b.curve) {
        let cell = if let [a, b, ..] = alike { math::ln(b.error / a.error) } else { usual };
        for given in alike {
            let weight = math::exp(given.ln_weight - highest);
            place += weight * (math::ln(truth / given.error) / cell + 0.5).clamp(0.0, 1.0);
            total += weight;
        }
    }
    let place = place / total;
    // Beyond the last node there is nothing to tell two truths apart.
    if place <= 0.0 { 0.001 * dice.uniform() } else { place.min(1.0 - 1e-9) }
}

/// The probability that places as uneven as these come about if every place is as likely: chi-squared over 20 bins.
#[must_use]
pub fn evenness(places: &[f64]) -> f64 {
    let mut counts = [0.0_f64; BINS];
    for place in places {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // 0 to 19
        let bin = ((place * BINS as f64) as usize).min(BINS - 1);
        counts[bin] += 1.0;
    }
    #[allow(clippy::cast_precision_loss)]
    let expected = places.len() as f64 / BINS as f64;
    let chi: f64 = counts.iter().map(|count| (count - expected) * (count - expected) / expected).sum();
    #[allow(clippy::cast_precision_loss)]
    chi_squared_upper(chi, BINS as f64 - 1.0)
}
