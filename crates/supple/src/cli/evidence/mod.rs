use super::Common;
use crate::shell::Outcome;

mod pool;
mod table;

/// What studies say: pool effects of your own.
#[derive(Debug, clap::Args)]
pub struct Evidence {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Pool the effects in a CSV file: columns yi (effect) and vi (its sampling variance).
    Pool(pool::Pool),
}

impl Evidence {
    pub fn run(&self, common: &Common) -> Outcome {
        match &self.what {
            What::Pool(pool) => pool.run(common),
        }
    }
}
