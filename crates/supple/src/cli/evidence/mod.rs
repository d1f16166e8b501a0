use super::Common;
use crate::shell::{Failure, Outcome, Pictures};

mod claim;
mod claims;
mod pool;
mod predict;
mod priors;
mod quality;
mod table;
mod trials;

/// What studies say: claims in plain words, the studies behind them, and tools to pool and predict.
///
/// `supple evidence` lists the claims; `supple evidence flexibility_minutes` shows one with its studies.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Evidence {
    /// A claim, such as flexibility_minutes; without one, all of them.
    claim: Option<String>,
    #[command(flatten)]
    pictures: Pictures,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Pool the effects in a CSV file: columns yi (effect) and vi (its sampling variance).
    Pool(pool::Pool),
    /// Predict what studies would observe, their sampling error included.
    Predict(predict::Predict),
    /// List the contrasts of the studies: poolable, or the reason why not.
    Trials,
    /// Print knowledge/results.toml as it follows from studies and reviews: each claim with its grade and why.
    Claims,
    /// Print knowledge/priors.toml as it follows from studies and reviews.
    Priors,
    /// Leave each study out in turn: how often it lies where the others say.
    Check,
}

impl Evidence {
    pub fn run(&self, common: &Common) -> Outcome {
        match (&self.what, &self.claim) {
            (Some(What::Pool(pool)), _) => pool.run(common),
            (Some(What::Predict(predict)), _) => predict.run(common),
            (Some(What::Trials), _) => trials::run(common),
            (Some(What::Claims), _) => claims::run(common),
            (Some(What::Priors), _) => priors::run(common),
            (Some(What::Check), _) => quality::run(common),
            (None, Some(id)) => claim::show(id, common, &self.pictures),
            (None, None) if self.pictures.asked() => Err(Failure::bad_input(
                "--svg and --png draw the studies of one claim; name it, as in `supple evidence flexibility_minutes --svg it.svg`",
            )),
            (None, None) => claim::list(common),
        }
    }
}
