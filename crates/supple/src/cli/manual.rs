use super::{Common, print_json, print_line, unless_nobody_reads};
use crate::shell::page::count;
use crate::shell::{Failure, Outcome};
use clap::Command;
use clap_complete::Shell;
use std::io::Write;
use std::path::PathBuf;

/// Print completions for your shell.
///
/// For instance: `supple completions bash > ~/.local/share/bash-completion/completions/supple`
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// Which shell.
    shell: Shell,
}

impl Completions {
    pub fn run(&self, common: &Common, mut command: Command) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "supple", &mut script);
        if common.json {
            let script = String::from_utf8_lossy(&script);
            return print_json(&serde_json::json!({ "shell": self.shell.to_string(), "script": script }));
        }
        unless_nobody_reads(std::io::stdout().write_all(&script))
    }
}

/// Write man pages into a folder.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// The folder; it is made if it is not there.
    folder: PathBuf,
}

impl Man {
    pub fn run(&self, common: &Common, command: Command) -> Outcome {
        let folder = self.folder.display();
        let failed = |error: std::io::Error| {
            Failure::error(format!("{folder}: {error}; choose a folder that you may write in"))
        };
        std::fs::create_dir_all(&self.folder).map_err(failed)?;
        clap_mangen::generate_to(command, &self.folder).map_err(failed)?;
        let mut pages = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if name.starts_with("supple") && name.ends_with(".1") {
                pages.push(name);
            }
        }
        pages.sort();
        if common.json {
            return print_json(&serde_json::json!({ "folder": folder.to_string(), "pages": pages }));
        }
        let pages = count(pages.len() as u64, "page", "pages");
        print_line(&format!("{pages} in {folder}. To read one: man {folder}/supple.1"))
    }
}
