//! The verbs of `supple`, one file each.

mod areas;
mod check_in;
mod doctor;
mod done;
mod guide;
mod knowledge;
mod log;
mod manual;
mod plan;
mod schema;

use crate::shell::{Diary, Done, Failure, Outcome};
use clap::{CommandFactory, Parser, Subcommand};
use jiff::Zoned;
use std::path::PathBuf;
use std::process::ExitCode;

/// Plan a self-myofascial release session for the body you have today, be guided through it, and keep a log.
///
/// Supple supports flexibility, warm-up, relaxation and comfort after exercise. It is not a medical device.
///
/// First time here? `supple check-in`.
#[derive(Debug, Parser)]
#[command(name = "supple", version, after_help = EXIT_CODES)]
struct Supple {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

const EXIT_CODES: &str = "Exit codes: 0 all right; 1 something went wrong; 2 bad input; 3 not yet (no plan today); \
4 get help first; 5 the log was moved on by another program.";

/// What every verb understands.
#[derive(Debug, Clone, clap::Args)]
pub struct Common {
    /// The log's file (default: supple/log.sqlite in your data folder).
    #[arg(long, global = true, env = "SUPPLE_DATA", value_name = "FILE")]
    data: Option<PathBuf>,
    /// Print JSON.
    #[arg(long, global = true)]
    json: bool,
    /// A time with its zone instead of the clock's, for scripts and tests.
    #[arg(long, global = true, hide = true, value_name = "TIME")]
    now: Option<Zoned>,
}

impl Common {
    /// Opens the log.
    pub fn diary(&self) -> Result<Diary, Failure> {
        Diary::open(self.data.clone(), self.now.clone())
    }
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Say how your body is today and what you want; asks what it needs to know.
    CheckIn(Box<check_in::CheckIn>),
    /// Show today's plan, or answer plan requests of other programs.
    Plan(plan::Plan),
    /// Be guided through today's plan.
    Guide(guide::Guide),
    /// Log pressure you gave without Supple.
    Done(done::DoneElsewhere),
    /// Look at, check, export or import the log.
    Log(log::Log),
    /// Look up techniques, questions, zones, claims; check the files.
    Knowledge(knowledge::Knowledge),
    /// Print the JSON Schema of requests, answers or events.
    Schema(schema::Schema),
    /// Check that everything Supple needs is in order.
    Doctor(doctor::Doctor),
    /// Print completions for your shell.
    Completions(manual::Completions),
    /// Write man pages into a folder.
    Man(manual::Man),
}

/// Runs the verb that was asked for.
pub fn main() -> ExitCode {
    let supple = Supple::parse();
    match run(supple) {
        Ok(done) => done.into(),
        Err(failure) => {
            eprintln!("supple: {}", failure.message);
            failure.code()
        }
    }
}

fn run(supple: Supple) -> Outcome {
    let common = supple.common;
    match supple.verb {
        Verb::CheckIn(verb) => verb.run(&common),
        Verb::Plan(verb) => verb.run(&common),
        Verb::Guide(verb) => verb.run(&common),
        Verb::Done(verb) => verb.run(&common),
        Verb::Log(verb) => verb.run(&common),
        Verb::Knowledge(verb) => verb.run(&common),
        Verb::Schema(verb) => verb.run(),
        Verb::Doctor(verb) => verb.run(&common),
        Verb::Completions(verb) => verb.run(Supple::command()),
        Verb::Man(verb) => verb.run(Supple::command()),
    }
}

/// Prints a value as JSON on one line.
fn print_json(value: &impl serde::Serialize) -> Outcome {
    print_line(&serde_json::to_string(value)?)
}

/// Prints a line; a reader that went away (`| head`) is no failure.
fn print_line(line: &str) -> Outcome {
    use std::io::{ErrorKind, Write};
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Done::Ok),
        other => other.map(|()| Done::Ok).map_err(Failure::from),
    }
}
