use super::super::{print_json, print_line};
use super::numbered;
use crate::shell::{Diary, Done, Failure, Outcome};
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::path::Path;
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{ArmRevealed, ExperimentDesigned};
use supple_core::experiment::{Replay, replay};
use supple_core::state::{ExperimentRecord, Timed, fold};

/// The `experiment.json` of a zip.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exported {
    design: ExperimentDesigned,
    shown: Vec<ArmRevealed>,
}

/// Works the order of every experiment in a file out again. Exit code 1 if one is not what its seed gives.
pub fn replay_file(file: &Path, as_value: bool) -> Outcome {
    let text = fs::read_to_string(file).map_err(|error| Failure::from(error).at(file))?;
    let replayed = replayed(&text).map_err(|why| Failure::bad_input(why).at(file))?;
    let equal = replayed.iter().all(|one| one.equal);
    if as_value {
        print_json(&json!({ "equal": equal, "experiments": replayed }))?;
    } else {
        for one in &replayed {
            let order: Vec<String> = one.sessions.iter().map(|session| session.arm.to_string()).collect();
            let verdict = if one.equal { "what was done" } else { "NOT what was done" };
            print_line(&format!("{}: seed {} gives {}: {verdict}", one.experiment, one.seed, order.join(" ")))?;
            for session in one.sessions.iter().filter(|session| session.shown.iter().any(|arm| *arm != session.arm)) {
                print_line(&format!(
                    "  session {}: {} was due, {:?} was shown",
                    session.session + 1,
                    session.arm,
                    session.shown
                ))?;
            }
        }
    }
    if equal { Ok(Done::Ok) } else { Err(Failure::error("an order differs from what its seed gives")) }
}

fn replayed(text: &str) -> Result<Vec<Replay>, String> {
    if let Ok(exported) = serde_json::from_str::<Exported>(text) {
        let at = supple_core::Zoned::default();
        let timed = |what| Timed { at: at.clone(), id: String::new(), what };
        let record = ExperimentRecord {
            designed: Timed { at: at.clone(), id: String::new(), what: exported.design },
            revealed: exported.shown.into_iter().map(timed).collect(),
            missed: Vec::new(),
            ended: None,
        };
        return Ok(vec![replay(&record)]);
    }
    let entries: Vec<Entry> = text.lines().filter(|line| !line.trim().is_empty()).map(upcast::read).collect();
    if entries.iter().all(|entry| matches!(entry, Entry::Unreadable(_))) {
        return Err("neither a log nor the experiment.json of a zip; `supple log export` writes a log".to_owned());
    }
    let replayed: Vec<Replay> = fold(&entries).experiments.iter().map(replay).collect();
    if replayed.is_empty() { Err("there is no experiment in it".to_owned()) } else { Ok(replayed) }
}

/// Writes the zip of an experiment that is over.
pub fn export(diary: &Diary, file: &Path, number: Option<usize>, as_value: bool) -> Outcome {
    let record = numbered(diary, number)?;
    let zip = supple_app::experiment_zip(supple_knowledge::embedded(), diary.state(), record.id(), &diary.now());
    let zip = zip.ok_or_else(|| {
        Failure::bad_input("it still runs, and the order would give away what comes; end it first".to_owned())
    })?;
    fs::write(file, &zip).map_err(|error| Failure::from(error).at(file))?;
    if as_value {
        print_json(&json!({ "file": file, "bytes": zip.len() }))
    } else {
        print_line(&format!("Wrote {}.", file.display()))
    }
}
