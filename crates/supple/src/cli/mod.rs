//! The verbs of `supple`, one file each.

mod areas;
mod ask;
mod calendar;
mod check_in;
mod doctor;
mod done;
mod evidence;
mod experiment;
mod export;
mod export_site;
mod forecast;
mod greeting;
mod guide;
mod import;
mod knowledge;
mod log;
mod manual;
mod measure;
mod movement;
mod moves;
mod pair;
mod path;
mod plan;
mod programme;
mod receive;
mod response;
mod schema;
mod serve;
mod share;
mod sheets;
mod train;

use crate::shell::{Diary, Done, Failure, Outcome};
use clap::{CommandFactory, Parser, Subcommand};
use jiff::Zoned;
use std::path::PathBuf;
use std::process::ExitCode;

/// Plan a self-myofascial release session for the body you have today, be guided through it, and keep a log.
///
/// Supple supports flexibility, warm-up, relaxation and comfort after exercise. It is not a medical device.
///
/// `supple` alone opens the app in your browser. In the terminal: `supple next` says where to begin.
#[derive(Debug, Parser)]
#[command(name = "supple", version, after_help = EXIT_CODES)]
struct Supple {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Option<Verb>,
}

const EXIT_CODES: &str = "Exit codes: 0 all right; 1 something went wrong; 2 bad input; 3 not yet (no plan today); \
4 get help first; 5 the log was moved on by another program.
With `plan --request` an answered request is 0 whatever its verdict; 2 if a line could not be read.
With --json an error is a JSON object too, on standard error.";

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
    #[arg(long, global = true, hide = true, value_name = "TIME", value_parser = time)]
    now: Option<Zoned>,
}

impl Common {
    /// Opens the log.
    pub fn diary(&self) -> Result<Diary, Failure> {
        Diary::open(self.data.clone(), self.now.clone())
    }
}

fn time(text: &str) -> Result<Zoned, String> {
    text.parse().map_err(|error| format!("{error}; write it as 2026-11-22T18:00:00+01:00[Europe/Berlin]"))
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Open the app in a browser on this machine (what `supple` alone does).
    Serve(serve::Serve),
    /// Let another device in, list those that are, take one off.
    Pair(pair::Pair),
    /// Say what to do next, in the terminal.
    Next,
    /// Say how your body is today and what you want; asks what it needs to know.
    CheckIn(Box<check_in::CheckIn>),
    /// Show today's plan, or answer plan requests of other programs.
    Plan(plan::Plan),
    /// Plan 1 to 12 weeks for other programs.
    Programme(programme::Programme),
    /// Be guided through today's plan.
    Guide(guide::Guide),
    /// Stretches, strengthening and integration: look them up, be guided through some.
    Move(moves::Moves),
    /// Log pressure you gave without Supple.
    Done(done::DoneElsewhere),
    /// Write down what you trained, or see what is written down.
    Train(train::Train),
    /// Bring in trainings from files of watches and other programs.
    Import(import::Import),
    /// Take a test, or see what came of it.
    Measure(measure::Measure),
    /// See how you move: squats looked at from three sides, then only what they call for.
    Movement(movement::Movement),
    /// After a treatment, in a pregnancy, at some ages: what is open to you.
    Path(path::Path),
    /// Find out which of two ways does more for you, by an experiment on yourself.
    Experiment(experiment::Experiment),
    /// See what a session does for you, from your own tests.
    Response(response::Response),
    /// Pass on today's plan or a routine, or send a summary back: text, link, QR code, file.
    Share(share::Share),
    /// See what came from a coach, and what of it is for you.
    Receive(receive::Receive),
    /// Write a hand-out to print.
    Print(sheets::PrintOne),
    /// Write weeks into a file for any calendar program.
    Calendar(calendar::Calendar),
    /// Write many hand-outs in one run, from a list.
    Handout(sheets::Handout),
    /// Look at, check, export or import the log.
    Log(log::Log),
    /// Look up techniques, questions, zones, claims; check the files.
    Knowledge(knowledge::Knowledge),
    /// What studies say: claims, forest plots, pooling effects of your own.
    Evidence(evidence::Evidence),
    /// See where you are likely to be sore in the next days.
    Forecast(forecast::Forecast),
    /// Print the JSON Schema of requests, answers or events.
    Schema(schema::Schema),
    /// Check that everything Supple needs is in order.
    Doctor(doctor::Doctor),
    /// Write files for watches, training diaries, spreadsheets.
    Export(export::Export),
    /// Write the app for the browser into a folder that any web host can serve.
    ExportSite(export_site::ExportSite),
    /// Print completions for your shell.
    Completions(manual::Completions),
    /// Write man pages into a folder.
    Man(manual::Man),
}

/// Runs the verb that was asked for.
pub fn main() -> ExitCode {
    let supple = Supple::parse();
    let json = supple.common.json;
    match run(supple) {
        Ok(done) => done.into(),
        Err(failure) if json => {
            eprintln!("{}", serde_json::json!({ "error": failure.message }));
            failure.code()
        }
        Err(failure) => {
            eprintln!("supple: {}", failure.message);
            failure.code()
        }
    }
}

fn run(supple: Supple) -> Outcome {
    let common = supple.common;
    match supple.verb.unwrap_or(Verb::Serve(serve::Serve::at_home())) {
        Verb::Serve(verb) => verb.run(&common),
        Verb::Pair(verb) => verb.run(&common),
        Verb::Next => greeting::greet(&common),
        Verb::CheckIn(verb) => verb.run(&common),
        Verb::Plan(verb) => verb.run(&common),
        Verb::Programme(verb) => verb.run(&common),
        Verb::Guide(verb) => verb.run(&common),
        Verb::Move(verb) => verb.run(&common),
        Verb::Done(verb) => verb.run(&common),
        Verb::Train(verb) => verb.run(&common),
        Verb::Import(verb) => verb.run(&common),
        Verb::Measure(verb) => verb.run(&common),
        Verb::Movement(verb) => verb.run(&common),
        Verb::Path(verb) => verb.run(&common),
        Verb::Experiment(verb) => verb.run(&common),
        Verb::Response(verb) => verb.run(&common),
        Verb::Share(verb) => verb.run(&common),
        Verb::Receive(verb) => verb.run(&common),
        Verb::Print(verb) => verb.run(&common),
        Verb::Calendar(verb) => verb.run(&common),
        Verb::Handout(verb) => verb.run(&common),
        Verb::Log(verb) => verb.run(&common),
        Verb::Knowledge(verb) => verb.run(&common),
        Verb::Evidence(verb) => verb.run(&common),
        Verb::Forecast(verb) => verb.run(&common),
        Verb::Schema(verb) => verb.run(&common),
        Verb::Doctor(verb) => verb.run(&common),
        Verb::Export(verb) => verb.run(&common),
        Verb::ExportSite(verb) => verb.run(&common),
        Verb::Completions(verb) => verb.run(&common, Supple::command()),
        Verb::Man(verb) => verb.run(&common, Supple::command()),
    }
}

/// Prints a value as JSON on one line.
fn print_json(value: &impl serde::Serialize) -> Outcome {
    print_line(&serde_json::to_string(value)?)
}

/// Prints a line; a reader that went away (`| head`) is no failure.
fn print_line(line: &str) -> Outcome {
    use std::io::Write;
    unless_nobody_reads(writeln!(std::io::stdout(), "{line}"))
}

/// Written, or nobody reads any more: both are fine.
fn unless_nobody_reads(written: std::io::Result<()>) -> Outcome {
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Done::Ok),
        other => other.map(|()| Done::Ok).map_err(Failure::from),
    }
}
