//! What an import found and did, in words and as JSON.

use super::{Brought, print_json, print_line};
use crate::shell::page::{count, fit};
use crate::shell::{Done, Outcome, Style};
use serde_json::{Value, json};
use supple_core::state::{Import, State};
use supple_import::Preview;

/// So many mistakes are told one by one.
const PROBLEMS_SHOWN: usize = 20;

/// What would come in.
pub fn preview(name: &str, preview: &Preview, copies: usize) -> Outcome {
    let style = Style::detect();
    print_line(&style.bold(name))?;
    if copies > 0 {
        print_line(&format!("  {} of a Supple log", count(copies as u64, "copy", "copies")))?;
    }
    if let Some((first, last)) = preview.span {
        let new = count(preview.new as u64, "new training", "new trainings");
        let hours = preview.minutes / 60;
        let minutes = preview.minutes % 60;
        print_line(&format!("  {new}, {hours} h {minutes} min, from {first} to {last}"))?;
    }
    let knowledge = supple_knowledge::embedded();
    let mut sports: Vec<(&str, usize)> = preview
        .sports
        .iter()
        .map(|(id, many)| (knowledge.sports.get(id).map_or(id.as_str(), |sport| sport.name.as_str()), *many))
        .collect();
    sports.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    for (sport, many) in sports {
        print_line(&format!("    {many:>5}  {sport}"))?;
    }
    if preview.sets > 0 {
        let sets = count(preview.sets as u64, "set", "sets");
        print_line(&format!("  {sets} with {} repetitions", preview.repetitions))?;
    }
    if preview.days > 0 {
        print_line(&format!("  {} of soreness", count(preview.days as u64, "day", "days")))?;
    }
    if preview.adding > 0 {
        print_line(&format!(
            "  {} in your log that this adds details to",
            count(preview.adding as u64, "training", "trainings")
        ))?;
    }
    if preview.there > 0 {
        print_line(&format!(
            "  {} in your log already, left as they are",
            count(preview.there as u64, "training", "trainings")
        ))?;
    }
    for problem in preview.problems.iter().take(PROBLEMS_SHOWN) {
        print_line(&fit(&format!("  {}: {}", problem.file, problem.what)))?;
    }
    if preview.problems.len() > PROBLEMS_SHOWN {
        let more = preview.problems.len() - PROBLEMS_SHOWN;
        print_line(&format!("  and {more} more; --json lists them all"))?;
    }
    if preview.is_empty() && copies == 0 {
        return print_line("  Nothing new is in it.");
    }
    Ok(Done::Ok)
}

/// What was written.
pub fn written(brought: &Brought) -> Outcome {
    if brought.copied > 0 {
        print_line(&format!("{} from the copy.", count(brought.copied, "new entry", "new entries")))?;
    }
    match &brought.batch {
        Some(batch) => print_line(&format!("Written. `supple import undo {batch}` takes it back.")),
        None => Ok(Done::Ok),
    }
}

/// The same as JSON.
pub fn json(brought: &Brought) -> Value {
    let preview = &brought.preview;
    let problems: Vec<Value> = preview
        .problems
        .iter()
        .map(|problem| json!({ "file": problem.file, "what": problem.what.to_string(), "kept": problem.kept }))
        .collect();
    json!({
        "name": brought.name, "batch": brought.batch, "written": brought.written, "copied": brought.copied,
        "new": preview.new, "adding": preview.adding, "there": preview.there, "soreness_days": preview.days,
        "sports": preview.sports, "minutes": preview.minutes, "sets": preview.sets,
        "repetitions": preview.repetitions, "files": preview.files,
        "first": preview.span.map(|(first, _)| first.to_string()),
        "last": preview.span.map(|(_, last)| last.to_string()),
        "problems": problems,
    })
}

/// Imports, newest first.
pub fn list(state: &State, json: bool) -> Outcome {
    if json {
        return print_json(&state.imports.iter().rev().map(import_json).collect::<Vec<_>>());
    }
    if state.imports.is_empty() {
        return print_line("Nothing was imported yet. Begin with `supple import FILE`.");
    }
    for import in state.imports.iter().rev() {
        let when = import.began.at.strftime("%-d %b %Y %H:%M");
        let what = match &import.undone {
            Some(_) => "undone".to_owned(),
            None => count(import.trainings as u64, "training", "trainings"),
        };
        print_line(&format!("{}  {when}  {}  {what}", import.batch(), import.began.what.name))?;
    }
    Ok(Done::Ok)
}

fn import_json(import: &Import) -> Value {
    json!({
        "batch": import.batch(), "at": import.began.at.to_string(), "name": import.began.what.name,
        "trainings": import.trainings, "soreness_days": import.days, "undone": import.undone.is_some(),
    })
}
