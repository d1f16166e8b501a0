//! Pooling agrees with R's metafor, and the quadrature with a fine grid. `tests/reference/metafor.R` says how the
//! reference was made.

use serde_json::Value;
use supple_core::learn::{
    Components, Interval, Pooled, Rows, SpreadPrior, pool, posterior, small_studies, standard_errors,
};

/// Of the value itself where it is below one, of one above: far stricter than what anybody reads.
const AS_METAFOR: f64 = 1e-4;

fn reference() -> Value {
    serde_json::from_str(include_str!("../reference/metafor.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn rows_of(set: &Value) -> Rows {
    Rows::new(numbers(&set["rows"]["yi"]), numbers(&set["rows"]["vi"])).unwrap()
}

fn moderators(set: &Value, names: &Value) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> =
        names.as_array().unwrap().iter().map(|name| numbers(&set["rows"]["mods"][name.as_str().unwrap()])).collect();
    let rows = set["rows"]["yi"].as_array().unwrap().len();
    (0..rows).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

/// Differences from the reference, gathered so that all show at once.
#[derive(Default)]
struct Differences {
    compared: usize,
    found: Vec<String>,
}

impl Differences {
    fn number(&mut self, set: &str, what: &str, ours: f64, theirs: &Value) {
        let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{set}: no {what} in the reference"));
        self.compared += 1;
        let differs = (ours - theirs).abs() > AS_METAFOR * theirs.abs().clamp(1e-4, 1.0);
        if differs || !ours.is_finite() {
            self.found.push(format!("{set} {what}: ours {ours}, metafor {theirs}"));
        }
    }

    fn interval(&mut self, set: &str, ours: &Interval, theirs: &Value) {
        for (what, ours) in [
            ("mu", ours.mu),
            ("se", ours.se),
            ("ci_low", ours.ci.0),
            ("ci_high", ours.ci.1),
            ("pi_low", ours.pi.0),
            ("pi_high", ours.pi.1),
        ] {
            self.number(set, what, ours, &theirs[what]);
        }
    }

    fn coefficients(&mut self, set: &str, ours: &Pooled, theirs: &Value) {
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.coefficients.len(), theirs.len(), "{set}");
        for (ours, theirs) in ours.coefficients.iter().zip(theirs) {
            for (what, ours) in [("b", ours.b), ("se", ours.se), ("ci_low", ours.ci.0), ("ci_high", ours.ci.1)] {
                self.number(set, what, ours, &theirs[what]);
            }
        }
    }

    fn none(self, at_least: usize) {
        assert!(self.compared >= at_least, "only {} numbers were compared", self.compared);
        assert!(
            self.found.is_empty(),
            "{} numbers differ from metafor:\n{}",
            self.found.len(),
            self.found.join("\n")
        );
    }
}

#[test]
fn pooling_agrees_with_metafor_on_eight_published_data_sets() {
    let mut differences = Differences::default();
    let reference = reference();
    for (name, set) in reference["sets"].as_object().unwrap() {
        let (ours, theirs) = (pool(&rows_of(set)).unwrap(), &set["two_level"]);
        assert_eq!(ours.k, set["rows"]["yi"].as_array().unwrap().len());
        differences.interval(name, &ours.normal, theirs);
        differences.interval(&format!("{name} hk"), &ours.hartung_knapp, &theirs["hk"]);
        differences.number(name, "tau2", ours.spread.total(), &theirs["tau2"]);
        differences.number(name, "i2", ours.i2, &theirs["i2"]);
        differences.number(name, "q", ours.q, &theirs["q"]);
        // metafor gives 1e-88 where ours does; only the size matters there.
        differences.number(name, "q_p", ours.q_p, &theirs["q_p"]);
    }
    differences.none(8 * 16);
}

#[test]
fn meta_regression_agrees_with_metafor() {
    let mut differences = Differences::default();
    let reference = reference();
    let mut fits = 0;
    for (name, set) in reference["sets"].as_object().unwrap() {
        for theirs in set["meta_regression"].as_array().into_iter().flatten() {
            fits += 1;
            let rows = rows_of(set).with_moderators(&moderators(set, &theirs["names"])).unwrap();
            let ours = pool(&rows).unwrap();
            let name = format!("{name} on {}", theirs["names"]);
            differences.coefficients(&name, &ours, &theirs["coefficients"]);
            differences.number(&name, "tau2", ours.spread.total(), &theirs["tau2"]);
            differences.number(&name, "i2", ours.i2, &theirs["i2"]);
            differences.number(&name, "q", ours.q, &theirs["q"]);
        }
    }
    assert_eq!(fits, 4);
    differences.none(40);
}

#[test]
fn three_levels_agree_with_metafor_for_every_correlation_within_a_trial() {
    let mut differences = Differences::default();
    let reference = reference();
    let mut fits = 0;
    for (name, set) in reference["sets"].as_object().unwrap() {
        for theirs in set["three_level"].as_array().into_iter().flatten() {
            fits += 1;
            let trials: Vec<usize> = numbers(&set["rows"]["cluster"]).iter().map(|trial| *trial as usize).collect();
            let mut rows = rows_of(set);
            if theirs["names"].as_array().is_some_and(|names| !names.is_empty()) {
                rows = rows.with_moderators(&moderators(set, &theirs["names"])).unwrap();
            }
            let rho = theirs["rho"].as_f64().unwrap();
            let ours = pool(&rows.with_trials(&trials, rho).unwrap()).unwrap();
            let name = format!("{name}, rho {rho}, {}", theirs["names"]);
            differences.interval(&name, &ours.normal, theirs);
            differences.coefficients(&name, &ours, &theirs["coefficients"]);
            differences.number(&name, "sigma2_between", ours.spread.between, &theirs["sigma2_between"]);
            differences.number(&name, "sigma2_within", ours.spread.within, &theirs["sigma2_within"]);
            let robust = ours.robust.unwrap();
            differences.number(&name, "robust se", robust.se, &theirs["robust"]["se"]);
            differences.number(&name, "robust ci_low", robust.ci.0, &theirs["robust"]["ci_low"]);
            differences.number(&name, "robust ci_high", robust.ci.1, &theirs["robust"]["ci_high"]);
        }
    }
    assert_eq!(fits, 9);
    differences.none(9 * 15);
}

#[test]
fn the_small_study_check_agrees_with_metafor() {
    let mut differences = Differences::default();
    let reference = reference();
    for (name, set) in reference["sets"].as_object().unwrap() {
        let (rows, theirs) = (rows_of(set), &set["small_studies"]);
        let ours = small_studies(&rows, &standard_errors(&rows)).unwrap().unwrap();
        for (what, ours) in [
            ("slope", ours.slope.b),
            ("se", ours.slope.se),
            ("p", ours.p),
            ("limit", ours.limit.b),
            ("limit_low", ours.limit.ci.0),
            ("limit_high", ours.limit.ci.1),
        ] {
            differences.number(&format!("{name} small studies"), what, ours, &theirs[what]);
        }
        if let Some(theirs) = set.get("small_studies_three_level") {
            let trials: Vec<usize> = numbers(&set["rows"]["cluster"]).iter().map(|trial| *trial as usize).collect();
            let ours = small_studies(&rows.clone().with_trials(&trials, 0.6).unwrap(), &standard_errors(&rows));
            let ours = ours.unwrap().unwrap();
            for (coefficient, theirs) in
                [ours.limit, ours.slope].iter().zip(theirs["coefficients"].as_array().unwrap())
            {
                differences.number(&format!("{name} three levels"), "b", coefficient.b, &theirs["b"]);
                differences.number(&format!("{name} three levels"), "se", coefficient.se, &theirs["se"]);
            }
        }
    }
    differences.none(8 * 6 + 2 * 4);
}

#[test]
fn the_small_study_check_says_so_where_studies_are_too_few() {
    let reference = reference();
    let said = |name: &str| {
        let rows = rows_of(&reference["sets"][name]);
        small_studies(&rows, &standard_errors(&rows)).unwrap().unwrap()
    };
    assert!(!said("normand1999").enough() && said("normand1999").words().starts_with("too few"));
    // Magnesium after a heart attack: the textbook case.
    assert!(said("li2007").p < 0.1 && said("li2007").enough());
    assert!(said("li2007").words().contains("small studies find"));
    let same = Rows::new(vec![0.1, 0.2, 0.4], vec![0.1; 3]).unwrap();
    assert!(small_studies(&same, &standard_errors(&same)).unwrap_err().to_string().contains("constant"));
}

/// Logarithm of the weight, mean, variance of the mean, tau.
type GridPoint = (f64, f64, f64, f64);

/// The posterior of mean and spread the long way: sums over a fine, even grid, with nothing of `learn` in it.
fn on_a_fine_grid(y: &[f64], v: &[f64], ln_prior: impl Fn(f64) -> f64, reach: f64) -> (f64, f64, f64) {
    // An even number of steps, by Simpson's rule.
    let steps = 400_000;
    let step = reach / f64::from(steps);
    let terms: Vec<GridPoint> = (0..=steps)
        .map(|at| {
            let tau = f64::from(at) * step;
            let weights: Vec<f64> = v.iter().map(|v| 1.0 / (v + tau * tau)).collect();
            let total: f64 = weights.iter().sum();
            let mean = weights.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / total;
            let misfit: f64 = weights.iter().zip(y).map(|(w, y)| w * (y - mean) * (y - mean)).sum();
            let ln =
                0.5 * weights.iter().map(|w| w.ln()).sum::<f64>() - 0.5 * total.ln() - 0.5 * misfit + ln_prior(tau);
            let simpson = if at == 0 || at == steps { 1.0 } else { 2.0 + 2.0 * f64::from(at % 2) };
            (ln + f64::ln(simpson), mean, 1.0 / total, tau)
        })
        .collect();
    let highest = terms.iter().map(|term| term.0).fold(f64::NEG_INFINITY, f64::max);
    let sum =
        |of: &dyn Fn(&GridPoint) -> f64| terms.iter().map(|term| (term.0 - highest).exp() * of(term)).sum::<f64>();
    let total = sum(&|_| 1.0);
    let mean = sum(&|term| term.1) / total;
    let variance = sum(&|term| term.2 + (term.1 - mean) * (term.1 - mean)) / total;
    (mean, variance.sqrt(), sum(&|term| term.3) / total)
}

#[test]
fn the_quadrature_agrees_with_a_fine_grid_on_every_data_set() {
    let reference = reference();
    for (name, set) in reference["sets"].as_object().unwrap() {
        let (y, v) = (numbers(&set["rows"]["yi"]), numbers(&set["rows"]["vi"]));
        let ours = posterior(&rows_of(set), SpreadPrior::HalfNormal(0.5)).unwrap();
        let (mean, sd, tau) = on_a_fine_grid(&y, &v, |tau| -0.5 * (tau / 0.5) * (tau / 0.5), 6.0);
        for (what, ours, grid) in [("mean", ours.mean, mean), ("sd", ours.sd, sd), ("tau", ours.tau, tau)] {
            assert!((ours - grid).abs() < 1e-6, "{name} {what}: quadrature {ours}, grid {grid}");
        }
        assert!((ours.cdf(ours.ci.0) - 0.025).abs() < 1e-9 && (ours.cdf(ours.ci.1) - 0.975).abs() < 1e-9);
        assert!(ours.pi.0 < ours.ci.0 && ours.ci.1 < ours.pi.1, "{name}: a new effect is less sure than the mean");
    }
}

#[test]
fn the_heavier_prior_agrees_with_a_fine_grid_too() {
    let reference = reference();
    for name in ["bcg", "raudenbush1985", "normand1999"] {
        let set = &reference["sets"][name];
        let (y, v) = (numbers(&set["rows"]["yi"]), numbers(&set["rows"]["vi"]));
        let ours = posterior(&rows_of(set), SpreadPrior::HalfCauchy(0.5)).unwrap();
        let (mean, sd, tau) = on_a_fine_grid(&y, &v, |tau| -(1.0 + (tau / 0.5) * (tau / 0.5)).ln(), 400.0);
        for (what, ours, grid) in [("mean", ours.mean, mean), ("sd", ours.sd, sd), ("tau", ours.tau, tau)] {
            assert!((ours - grid).abs() < 1e-6, "{name} {what}: quadrature {ours}, grid {grid}");
        }
    }
}

#[test]
fn nothing_between_the_rows_is_a_spread_of_zero_and_the_fixed_mean() {
    let rows = Rows::new(vec![0.2, 0.2, 0.2], vec![0.1, 0.2, 0.4]).unwrap();
    let pooled = pool(&rows).unwrap();
    assert_eq!(pooled.spread, Components { between: 0.0, within: 0.0 });
    assert!((pooled.normal.mu - 0.2).abs() < 1e-15);
    assert!((pooled.normal.se - (1.0_f64 / 17.5).sqrt()).abs() < 1e-15);
    assert!(pooled.i2.abs() < 1e-12 && pooled.q.abs() < 1e-12);
}

#[test]
fn the_posterior_with_trials_has_the_pooled_mean_and_is_less_sure() {
    let reference = reference();
    let set = &reference["sets"]["konstantopoulos2011"];
    let trials: Vec<usize> = numbers(&set["rows"]["cluster"]).iter().map(|trial| *trial as usize).collect();
    let rows = rows_of(set).with_trials(&trials, 0.0).unwrap();
    let (pooled, ours) = (pool(&rows).unwrap(), posterior(&rows, SpreadPrior::HalfNormal(0.5)).unwrap());
    assert!((ours.mean - pooled.normal.mu).abs() < 0.1 * ours.sd, "{} and {}", ours.mean, pooled.normal.mu);
    assert!(ours.sd > pooled.normal.se, "not knowing the spread makes the mean less sure");
}

#[test]
fn rows_that_cannot_be_pooled_are_refused_with_the_reason() {
    let refused = |result: Result<Rows, supple_core::learn::RowsError>| result.unwrap_err().to_string();
    assert_eq!(
        refused(Rows::new(vec![0.1], vec![0.2])),
        "1 rows cannot be pooled with 1 coefficients: at least 2 are needed"
    );
    assert_eq!(
        refused(Rows::new(vec![0.1, 0.2], vec![0.2, 0.0])),
        "row 2: vi is 0, outside finite numbers above zero"
    );
    assert!(refused(Rows::new(vec![0.1, f64::NAN], vec![0.2, 0.1])).starts_with("row 2: yi is NaN"));
    let four = || Rows::new(vec![0.1, 0.2, 0.3, 0.5], vec![0.1; 4]).unwrap();
    let same = vec![vec![1.0, 2.0], vec![2.0, 4.0], vec![3.0, 6.0], vec![5.0, 10.0]];
    assert!(refused(four().with_moderators(&same)).contains("say the same"));
    assert!(refused(four().with_moderators(&vec![vec![7.0]; 4])).contains("constant"));
    assert!(refused(four().with_trials(&[1, 2, 3, 4], 0.0)).contains("two trials at least"));
    assert!(refused(four().with_trials(&[1, 1, 1, 1], 0.0)).contains("two trials at least"));
    assert!(refused(four().with_trials(&[1, 1, 2, 2], 1.0)).contains("outside 0 to below 1"));
}
