//! The spread that explains the rows best: restricted maximum likelihood.

use super::likelihood::{Components, Evaluation, Rows};
use super::linear::dot;

/// The best spread and what it says.
#[derive(Debug, Clone)]
pub struct Fit {
    /// Variances of true effects.
    pub spread: Components,
    /// Everything else.
    pub at: Evaluation,
}

/// Shares of the rows' own spread that are tried first, so that the climb starts on the highest hill.
const STARTS: [f64; 8] = [0.0, 0.003, 0.02, 0.08, 0.25, 0.7, 2.0, 6.0];
const MOST_STEPS: usize = 500;

/// Climbs the restricted likelihood by average-information steps, halved until they rise, and held at zero where it
/// falls from there (as `metafor` truncates).
///
/// None if the rows differ so much in variance that no double can tell them apart.
#[must_use]
pub fn fit(rows: &Rows) -> Option<Fit> {
    let unit = scale(rows);
    let two = rows.three_levels();
    let mut best: Option<Fit> = None;
    for within in STARTS {
        for between in STARTS.iter().take(if two { STARTS.len() } else { 1 }) {
            let spread = Components { between: between * unit, within: within * unit };
            let Some(at) = rows.evaluate(spread, false) else { continue };
            if best.as_ref().is_none_or(|best| at.log_likelihood > best.at.log_likelihood) {
                best = Some(Fit { spread, at });
            }
        }
    }
    let start = best?;
    climb(rows, start.spread, unit, two)
}

/// A variance of the size that matters here.
fn scale(rows: &Rows) -> f64 {
    #[allow(clippy::cast_precision_loss)] // numbers of rows
    let n = rows.len() as f64;
    let mean = rows.effects().iter().sum::<f64>() / n;
    let around = rows.effects().iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (n - 1.0);
    let typical = rows.variances().iter().sum::<f64>() / n;
    around.max(typical * 1e-3)
}

fn climb(rows: &Rows, start: Components, unit: f64, two: bool) -> Option<Fit> {
    let mut here = [start.between, start.within];
    let mut at = rows.evaluate(start, true)?;
    for _ in 0..MOST_STEPS {
        let free = [two && (here[0] > 0.0 || at.slope[0] > 0.0), here[1] > 0.0 || at.slope[1] > 0.0];
        let step = step(&at, free);
        let mut share = 1.0;
        let mut moved = false;
        while share > 1e-12 {
            let there = [(here[0] + share * step[0]).max(0.0), (here[1] + share * step[1]).max(0.0)];
            let next = rows.evaluate(Components { between: there[0], within: there[1] }, true);
            // As good to the last digits counts: the last steps are smaller than the likelihood can show.
            if let Some(next) =
                next.filter(|next| next.log_likelihood >= at.log_likelihood - 1e-13 * at.log_likelihood.abs())
            {
                let far = (there[0] - here[0]).abs().max((there[1] - here[1]).abs());
                (here, at, moved) = (there, next, far > 1e-13 * unit);
                break;
            }
            share *= 0.5;
        }
        if !moved {
            break;
        }
    }
    Some(Fit { spread: Components { between: here[0], within: here[1] }, at })
}

/// Where the average information says the top is, along the directions that are free.
fn step(at: &Evaluation, free: [bool; 2]) -> [f64; 2] {
    let [[a, b], [_, d]] = at.information;
    let determinant = a * d - b * b;
    match free {
        [true, true] if determinant > 1e-12 * a * d => {
            [dot(&[d, -b], &at.slope) / determinant, dot(&[-b, a], &at.slope) / determinant]
        }
        _ => {
            let alone = |free: bool, slope: f64, information: f64| {
                if free && information > 0.0 { slope / information } else { 0.0 }
            };
            [alone(free[0], at.slope[0], a), alone(free[1], at.slope[1], d)]
        }
    }
}
