use crate::shell::{Done, Failure, Outcome};
use clap::Command;
use clap_complete::Shell;
use std::path::PathBuf;

/// Print completions for your shell.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// Which shell.
    shell: Shell,
}

impl Completions {
    pub fn run(&self, mut command: Command) -> Outcome {
        clap_complete::generate(self.shell, &mut command, "supple", &mut std::io::stdout());
        Ok(Done::Ok)
    }
}

/// Write man pages into a folder.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// The folder; it must exist.
    folder: PathBuf,
}

impl Man {
    pub fn run(&self, command: Command) -> Outcome {
        clap_mangen::generate_to(command, &self.folder)
            .map_err(|error| Failure::error(format!("{}: {error}; make the folder first", self.folder.display())))?;
        Ok(Done::Ok)
    }
}
