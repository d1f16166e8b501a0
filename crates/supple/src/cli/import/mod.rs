//! Trainings from files: a preview, then, if that is wanted, the log.

mod files;
mod told;

use super::{Common, print_json, print_line};
use crate::shell::page::count;
use crate::shell::{Diary, Done, Failure, Outcome};
use files::Given;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
use supple_core::contract::Known;
use supple_core::event::{EventBody, ImportUndone, Imported, Name};
use supple_import::{Batch, Columns, DayOrder, MOST_EVENTS, Preview, Settings, Told};
use uuid::Uuid;

/// Bring in trainings from files of watches and other programs.
///
/// Reads FIT, TCX, GPX, gzip of each, a Strava archive, an Apple Health export, tables and lists of intervals.icu, any CSV
/// with a header, and a copy of a Supple log. First it says what it found; nothing is written until you agree. The same
/// file again adds nothing, and one that broke off goes on where it was.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    what: Option<What>,
    /// Files, archives or folders.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write without asking.
    #[arg(long)]
    yes: bool,
    /// Which column of a table is what, as start=Date,minutes=Duration,sport=Type,effort=RPE.
    #[arg(long, value_name = "MEANING=HEADER,…", value_parser = columns)]
    columns: Option<Columns>,
    /// Which number of a date such as 03/04/2024 is the day.
    #[arg(long, value_enum)]
    days: Option<Days>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List imports, newest first.
    List,
    /// Take back everything an import brought.
    Undo {
        /// Its id, as `supple import list` shows it; the beginning is enough.
        id: String,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Days {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

fn columns(text: &str) -> Result<Columns, String> {
    Columns::parse(text).map_err(|error| error.to_string())
}

impl Import {
    pub fn run(&self, common: &Common) -> Outcome {
        let mut diary = common.diary()?;
        let done = match &self.what {
            None => self.bring(&mut diary, common.json),
            Some(What::List) => told::list(diary.state(), common.json),
            Some(What::Undo { id }) => undo(&mut diary, id, common.json),
        };
        diary.close();
        done
    }

    fn bring(&self, diary: &mut Diary, json: bool) -> Outcome {
        let mut settings = Settings::of(diary.now().time_zone().clone());
        settings.columns.clone_from(&self.columns);
        settings.days = self.days.map(|days| match days {
            Days::DayFirst => DayOrder::DayFirst,
            Days::MonthFirst => DayOrder::MonthFirst,
        });
        let mut done = Done::Ok;
        let mut all = Vec::new();
        for path in &self.paths {
            let given = Given::at(path)?;
            let brought = self.one(diary, &given, &settings, json)?;
            if !brought.preview.problems.is_empty() {
                done = Done::SomeBadInput;
            }
            all.push(brought);
        }
        if json {
            print_json(&all.iter().map(told::json).collect::<Vec<_>>())?;
        }
        Ok(done)
    }

    fn one(&self, diary: &mut Diary, given: &Given, settings: &Settings, json: bool) -> Result<Brought, Failure> {
        let name = given.name();
        let bar = bar(given.bytes(), json);
        bar.set_message("looking");
        let fingerprint = given.fingerprint(|bytes| bar.inc(bytes))?;
        bar.set_position(0);
        bar.set_message("reading");
        let mut batch = Batch::beside(Known::of(diary.state()));
        let mut copies = Vec::new();
        for file in &given.files {
            let read = |told: Told| {
                if let Told::Bytes(bytes) = told {
                    bar.inc(bytes);
                }
                batch.take(told);
            };
            if file.is_own_log() {
                copies.push(file.path.clone());
            } else {
                file.read(settings, read);
            }
        }
        bar.finish_and_clear();
        let preview = batch.preview().clone();
        if !json {
            told::preview(&name, &preview, copies.len())?;
        }
        let nothing = preview.is_empty() && copies.is_empty();
        let write = !nothing && (self.yes || (!json && agreed()?));
        let mut brought = Brought { name: name.clone(), batch: None, preview, written: 0, copied: 0 };
        if !write {
            if !nothing && !json {
                print_line("Nothing is written. Add --yes to write it.")?;
            }
            return Ok(brought);
        }
        for path in copies {
            let input = std::io::BufReader::new(std::fs::File::open(&path)?);
            let imported = diary.wait(diary.store().import(input)).map_err(|error| Failure::from(error).at(&path))?;
            brought.copied += imported.lines.new;
            diary.reload()?;
        }
        if !brought.preview.is_empty() {
            let called = Name::new(name.chars().filter(|c| !c.is_control()).take(Name::MOST).collect::<String>());
            let called =
                called.or_else(|_| Name::new("a file")).map_err(|error| Failure::error(error.to_string()))?;
            let imported = Imported { batch: Uuid::now_v7().to_string(), name: called, fingerprint };
            let bodies = batch.into_bodies(imported);
            brought.batch = bodies.iter().find_map(batch_of).map(str::to_owned);
            brought.written = write_all(diary, bodies, json)?;
        }
        if !json {
            told::written(&brought)?;
        }
        Ok(brought)
    }
}

/// What came of one path.
struct Brought {
    name: String,
    batch: Option<String>,
    preview: Preview,
    /// Events written.
    written: usize,
    /// Lines of copies of a log that were new.
    copied: u64,
}

fn batch_of(body: &EventBody) -> Option<&str> {
    match body {
        EventBody::Imported(body) => Some(&body.batch),
        EventBody::Trained(body) => body.batch(),
        EventBody::SorenessNoted(body) => Some(&body.source.batch),
        _ => None,
    }
}

/// Writes what was found, some hundred events at a time: what is on the disk when it breaks off is known again.
fn write_all(diary: &mut Diary, mut bodies: Vec<EventBody>, json: bool) -> Result<usize, Failure> {
    let all = bodies.len();
    let bar = bar(all as u64, json);
    bar.set_message("writing");
    while !bodies.is_empty() {
        let rest = bodies.split_off(bodies.len().min(MOST_EVENTS));
        let now = bodies.len() as u64;
        diary.record(std::mem::replace(&mut bodies, rest))?;
        bar.inc(now);
    }
    bar.finish_and_clear();
    Ok(all)
}

fn agreed() -> Result<bool, Failure> {
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Ok(false);
    }
    Ok(inquire::Confirm::new("Write this to your log?").with_default(true).prompt()?)
}

/// A bar where somebody looks at a terminal; nothing else.
fn bar(length: u64, json: bool) -> ProgressBar {
    if json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg:>8} [{bar:30}] {percent:>3} %  {eta} left");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn undo(diary: &mut Diary, id: &str, json: bool) -> Outcome {
    let open: Vec<_> = diary.state().imports.iter().filter(|import| import.undone.is_none()).collect();
    let fits: Vec<_> = open.iter().filter(|import| import.batch().starts_with(id)).collect();
    let import = match fits.as_slice() {
        [import] => import,
        [] => return Err(Failure::bad_input(format!("there is no import `{id}` to undo; see `supple import list`"))),
        _ => return Err(Failure::bad_input(format!("several imports begin with `{id}`; write more of it"))),
    };
    let (batch, trainings, days) = (import.batch().to_owned(), import.trainings, import.days);
    diary.record(vec![EventBody::ImportUndone(ImportUndone { batch: batch.clone() })])?;
    if json {
        return print_json(&serde_json::json!({ "undone": batch, "trainings": trainings, "days": days }));
    }
    let what = count(trainings as u64, "training counts", "trainings count");
    print_line(&format!("Undone: {what} no longer. Import the file again to have it back."))
}
