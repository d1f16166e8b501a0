use super::table::{self, Effects};
use crate::cli::{Common, print_json, print_line};
use crate::shell::{Failure, Outcome, Pictures};
use serde::Serialize;
use std::path::PathBuf;
use supple_app::chart::{Diamond, Forest, ForestRow, forest_file};
use supple_core::learn::{self, Interval, Pooled, Posterior, Rows, RowsError, SpreadPrior};

/// Pool the effects in a CSV file.
///
/// Random effects by restricted maximum likelihood (REML), with normal and with Hartung-Knapp intervals, and a
/// posterior by quadrature. No row is dropped: what cannot be used is named.
#[derive(Debug, clap::Args)]
pub struct Pool {
    /// A CSV file whose first line names its columns, among them yi (effect) and vi (its sampling variance).
    file: PathBuf,
    /// A column that says which rows belong together: pools in three levels.
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// With --cluster: the correlation of sampling errors within it, 0 to below 1.
    #[arg(long, default_value_t = 0.0, requires = "cluster")]
    rho: f64,
    /// Columns of numbers that may explain the effects (meta-regression); mu is the mean where all of them are 0.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    mods: Vec<String>,
    /// The prior of the spread tau, for the posterior.
    #[arg(long, value_enum, default_value_t = Prior::HalfNormal)]
    prior: Prior,
    /// Its scale, above 0, in units of yi.
    #[arg(long, default_value_t = 0.5)]
    scale: f64,
    #[command(flatten)]
    pictures: Pictures,
    /// A column that names the rows, for the forest plot.
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Prior {
    HalfNormal,
    HalfCauchy,
}

/// One interval's numbers, as they are written.
#[derive(Debug, Serialize)]
struct Numbers {
    mu: f64,
    se: f64,
    ci_low: f64,
    ci_high: f64,
    pi_low: f64,
    pi_high: f64,
}

impl From<Interval> for Numbers {
    fn from(from: Interval) -> Self {
        let ((ci_low, ci_high), (pi_low, pi_high)) = (from.ci, from.pi);
        Self { mu: from.mu, se: from.se, ci_low, ci_high, pi_low, pi_high }
    }
}

#[derive(Debug, Serialize)]
struct Bayes {
    mean: f64,
    sd: f64,
    ci_low: f64,
    ci_high: f64,
    tau: f64,
    pi_low: f64,
    pi_high: f64,
    prior: &'static str,
    scale: f64,
}

#[derive(Debug, Serialize)]
struct Robust {
    se: f64,
    ci_low: f64,
    ci_high: f64,
    df: usize,
}

#[derive(Debug, Serialize)]
struct Moderator {
    name: String,
    b: f64,
    se: f64,
    ci_low: f64,
    ci_high: f64,
}

/// What is written with `--json`.
#[derive(Debug, Serialize)]
struct Answer {
    k: usize,
    #[serde(flatten)]
    normal: Numbers,
    tau2: f64,
    i2: f64,
    q: f64,
    q_df: usize,
    q_p: f64,
    hk: Numbers,
    bayes: Bayes,
    #[serde(skip_serializing_if = "Option::is_none")]
    clusters: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sigma2_between: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sigma2_within: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    robust: Option<Robust>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mods: Option<Vec<Moderator>>,
}

impl Pool {
    pub fn run(&self, common: &Common) -> Outcome {
        if !self.scale.is_finite() || self.scale <= 0.0 {
            return Err(Failure::bad_input(format!("--scale {}: it is above 0; 0.5 is usual", self.scale)));
        }
        let effects = table::read(&self.file, self.cluster.as_deref(), &self.mods, self.label.as_deref())?;
        let rows = self.rows(&effects).map_err(|error| Failure::bad_input(in_words(&error)).at(&self.file))?;
        let prior = match self.prior {
            Prior::HalfNormal => SpreadPrior::HalfNormal(self.scale),
            Prior::HalfCauchy => SpreadPrior::HalfCauchy(self.scale),
        };
        let too_far = || {
            Failure::bad_input(
                "the numbers lie too far apart for a computer to hold; give yi and vi in larger or smaller units",
            )
            .at(&self.file)
        };
        let pooled = learn::pool(&rows).ok_or_else(too_far)?;
        let posterior = learn::posterior(&rows, prior).ok_or_else(too_far)?;
        self.pictures.write(|| Ok(forest_file(&forest(&effects, &pooled, self.mods.is_empty()))))?;
        let answer = self.answer(&pooled, &posterior);
        if common.json { print_json(&answer) } else { print_line(&words(&answer)) }
    }

    fn rows(&self, effects: &Effects) -> Result<Rows, RowsError> {
        let mut rows = Rows::new(effects.y.clone(), effects.v.clone())?;
        if !self.mods.is_empty() {
            rows = rows.with_moderators(&effects.moderators)?;
        }
        match &effects.cluster {
            Some(trials) => rows.with_trials(trials, self.rho),
            None => Ok(rows),
        }
    }

    fn answer(&self, pooled: &Pooled, posterior: &Posterior) -> Answer {
        let three = self.cluster.is_some();
        let names = std::iter::once("intercept").chain(self.mods.iter().map(String::as_str));
        let mods = names.zip(&pooled.coefficients).map(|(name, c)| Moderator {
            name: name.to_owned(),
            b: c.b,
            se: c.se,
            ci_low: c.ci.0,
            ci_high: c.ci.1,
        });
        Answer {
            k: pooled.k,
            normal: pooled.normal.into(),
            tau2: pooled.spread.total(),
            i2: pooled.i2,
            q: pooled.q,
            q_df: pooled.q_df,
            q_p: pooled.q_p,
            hk: pooled.hartung_knapp.into(),
            bayes: Bayes {
                mean: posterior.mean,
                sd: posterior.sd,
                ci_low: posterior.ci.0,
                ci_high: posterior.ci.1,
                tau: posterior.tau,
                pi_low: posterior.pi.0,
                pi_high: posterior.pi.1,
                prior: match self.prior {
                    Prior::HalfNormal => "half-normal",
                    Prior::HalfCauchy => "half-cauchy",
                },
                scale: self.scale,
            },
            clusters: three.then_some(pooled.trials),
            sigma2_between: three.then_some(pooled.spread.between),
            sigma2_within: three.then_some(pooled.spread.within),
            robust: pooled.robust.map(|r| Robust { se: r.se, ci_low: r.ci.0, ci_high: r.ci.1, df: r.df }),
            mods: (!self.mods.is_empty()).then(|| mods.collect()),
        }
    }
}

/// Why the rows cannot be pooled, and what to do about it.
fn in_words(error: &RowsError) -> String {
    match error {
        RowsError::TooFew { rows, coefficients, least } if *coefficients == 1 => {
            format!("{rows} of the at least {least} rows that pooling needs; add studies")
        }
        RowsError::TooFew { rows, coefficients, least } => format!(
            "{rows} rows for {} moderators; at least {least} are needed. Name fewer with --mods",
            coefficients - 1
        ),
        RowsError::Collinear => {
            "the columns of --mods say the same: one is the same in every row, or follows from the \
                                 others; leave it out"
                .to_owned()
        }
        RowsError::Trials { trials, rows } => format!(
            "--cluster makes {trials} groups of {rows} rows; three levels need at least two groups, one of them with \
             two rows. Leave --cluster out, or name another column"
        ),
        RowsError::Correlation(rho) => format!("--rho {rho}: it is 0 to below 1; 0.6 is usual"),
        other => other.to_string(),
    }
}

fn forest(effects: &Effects, pooled: &Pooled, together: bool) -> Forest {
    let z = learn::normal_quantile(0.975);
    let tau2 = pooled.spread.total();
    let weights: Vec<f64> = effects.v.iter().map(|v| 1.0 / (v + tau2)).collect();
    let total: f64 = weights.iter().sum();
    let rows = effects.labels.iter().zip(&effects.y).zip(effects.v.iter().zip(&weights));
    let mean = &pooled.normal;
    Forest {
        title: format!("{} effects and what they come to together", pooled.k),
        description: format!(
            "Forest plot. Each square is an effect, its line the 95 % interval, its size its weight. Together {:.2} \
             ({:.2} to {:.2}); a new study's true effect {:.2} to {:.2}.",
            mean.mu, mean.ci.0, mean.ci.1, mean.pi.0, mean.pi.1
        ),
        axis: "effect (yi)".to_owned(),
        rows: rows
            .map(|((label, y), (v, weight))| {
                let half = z * v.sqrt();
                let (effect, low, high) = (*y, y - half, y + half);
                ForestRow { label: label.clone(), effect, low, high, weight: weight / total }
            })
            .collect(),
        // Where moderators explain the effects there is no one mean to draw.
        pooled: together.then(|| Diamond {
            label: "Together (REML)".to_owned(),
            effect: mean.mu,
            ci: mean.ci,
            pi: mean.pi,
        }),
    }
}

fn words(a: &Answer) -> String {
    let interval = |name: &str, n: &Numbers| {
        format!(
            "  {name:<14} {:>8.4} (se {:.4}), 95 % interval {:.4} to {:.4}; a new study {:.4} to {:.4}",
            n.mu, n.se, n.ci_low, n.ci_high, n.pi_low, n.pi_high
        )
    };
    let mut lines = vec![match a.clusters {
        Some(clusters) => format!("{} effects in {clusters} groups, pooled in three levels", a.k),
        None => format!("{} effects, pooled with random effects", a.k),
    }];
    lines.push(interval("REML, normal", &a.normal));
    lines.push(interval("Hartung-Knapp", &a.hk));
    lines.push(format!(
        "  {:<14} {:>8.4} (sd {:.4}), 95 % interval {:.4} to {:.4}; tau {:.4} ({}, scale {})",
        "Posterior",
        a.bayes.mean,
        a.bayes.sd,
        a.bayes.ci_low,
        a.bayes.ci_high,
        a.bayes.tau,
        a.bayes.prior,
        a.bayes.scale
    ));
    if let Some(robust) = &a.robust {
        lines.push(format!(
            "  {:<14} {:>8.4} (se {:.4}), 95 % interval {:.4} to {:.4}, {} degrees of freedom",
            "Robust", a.normal.mu, robust.se, robust.ci_low, robust.ci_high, robust.df
        ));
    }
    let p = if a.q_p < 0.0001 { "p below 0.0001".to_owned() } else { format!("p {:.4}", a.q_p) };
    lines.push(format!("  tau2 {:.4}, I2 {:.1} %, Q {:.2} on {} ({p})", a.tau2, a.i2, a.q, a.q_df));
    if let (Some(between), Some(within)) = (a.sigma2_between, a.sigma2_within) {
        lines.push(format!("  between groups {between:.4}, within {within:.4}"));
    }
    for m in a.mods.iter().flatten() {
        lines.push(format!(
            "  {:<14} {:>8.4} (se {:.4}), 95 % interval {:.4} to {:.4}",
            m.name, m.b, m.se, m.ci_low, m.ci_high
        ));
    }
    lines.join("\n")
}
