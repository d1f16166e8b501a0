use super::{Common, print_json, print_line};
use crate::shell::Outcome;
use supple_core::contract::programme::{ProgrammeAnswer, ProgrammeRequest};
use supple_core::contract::{ErrorView, PlanAnswer, PlanRequest};
use supple_core::event::Event;

/// Print a JSON Schema.
#[derive(Debug, clap::Args)]
pub struct Schema {
    /// Of what.
    what: What,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// What `supple plan --request` reads.
    Request,
    /// What it answers.
    Answer,
    /// What `supple programme --request` reads.
    ProgrammeRequest,
    /// What it answers.
    ProgrammeAnswer,
    /// What is answered to a bad request.
    Error,
    /// An entry of the log.
    Event,
}

impl Schema {
    pub fn run(&self, common: &Common) -> Outcome {
        let schema = match self.what {
            What::Request => schemars::schema_for!(PlanRequest),
            What::Answer => schemars::schema_for!(PlanAnswer),
            What::ProgrammeRequest => schemars::schema_for!(ProgrammeRequest),
            What::ProgrammeAnswer => schemars::schema_for!(ProgrammeAnswer),
            What::Error => schemars::schema_for!(ErrorView),
            What::Event => schemars::schema_for!(Event),
        };
        if common.json {
            return print_json(&schema);
        }
        print_line(&serde_json::to_string_pretty(&schema)?)
    }
}
