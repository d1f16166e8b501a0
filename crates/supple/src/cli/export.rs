//! Files for other programs.

use super::{Common, log, print_json, print_line, sheets};
use crate::shell::{Failure, Outcome};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use supple_app::{tables, watch};

/// Write files for watches, training diaries, spreadsheets: sessions as FIT, everything as CSV or JSON Lines.
#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// A planned session as a FIT workout, which a watch leads through.
    Workout {
        /// What: `today`, or the name of a routine.
        #[arg(default_value = "today")]
        what: String,
        /// The file; its name must be free.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// A guided session that was done, as a FIT activity.
    Activity {
        /// The session's id, as `supple log show` has it (default: the last one).
        session: Option<String>,
        /// The file; its name must be free.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Everything as tables: a zip of CSV files.
    Csv {
        /// The file; its name must be free.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Everything as it is kept, one entry a line; `supple log import` reads it back.
    Jsonl {
        /// The file, whose name must be free; `-` for standard output.
        #[arg(long, value_name = "FILE", default_value = "-")]
        out: PathBuf,
    },
}

impl Export {
    pub fn run(&self, common: &Common) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        match &self.what {
            What::Workout { what, out } => {
                let shared = sheets::named(common, what)?;
                let diary = common.diary()?;
                let now = diary.now();
                diary.close();
                let file = watch::workout(knowledge, &shared, now.timestamp());
                write(out, &file.ok_or_else(|| Failure::bad_input("there is nothing to do in it"))?, common.json)
            }
            What::Activity { session, out } => {
                let diary = common.diary()?;
                let sessions = &diary.state().sessions;
                let found = match session {
                    Some(id) => sessions.iter().find(|session| session.id == *id),
                    None => sessions.iter().rfind(|session| !session.blocks.is_empty()),
                };
                let file = found.and_then(|session| watch::activity(knowledge, session));
                diary.close();
                let nothing = || match session {
                    Some(id) => Failure::bad_input(format!("there is no session `{id}` of which anything was done")),
                    None => Failure::bad_input("no session was done yet; `supple guide` leads through one"),
                };
                write(out, &file.ok_or_else(nothing)?, common.json)
            }
            What::Csv { out } => {
                let diary = common.diary()?;
                let zip = tables::zip(diary.state()).map_err(|error| Failure::error(error.to_string()));
                diary.close();
                write(out, &zip?, common.json)
            }
            What::Jsonl { out } => {
                let diary = common.diary()?;
                let done = log::export(&diary, out, common.json);
                diary.close();
                done
            }
        }
    }
}

fn write(file: &Path, bytes: &[u8], json: bool) -> Outcome {
    let taken = |error: std::io::Error| {
        Failure::bad_input(format!("{}: {error}; choose a name that is free", file.display()))
    };
    let mut out = File::create_new(file).map_err(taken)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    if json {
        return print_json(&serde_json::json!({ "file": file.display().to_string(), "bytes": bytes.len() }));
    }
    print_line(&format!("{} bytes written to {}.", bytes.len(), file.display()))
}
