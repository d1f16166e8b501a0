//! Supple: the app for a browser on this machine, and the terminal: check in, plan, be guided, and find it in the log
//! tomorrow.

mod cli;
mod fnv1a;
mod server;
mod shell;
mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
