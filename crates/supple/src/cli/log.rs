mod words;

use super::{Common, print_json, print_line};
use crate::shell::page::{count, fit, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use supple_core::body::Side;
use supple_core::contract::text::side_words;
use supple_core::event::upcast::Entry;
use supple_core::event::{BlockEnd, EventBody, Retracted};
use supple_core::state::SessionRecord;
use supple_core::unit::Seconds;

/// Look at, check, export or import the log.
#[derive(Debug, clap::Args)]
pub struct Log {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Sessions, newest first (the default).
    List {
        /// How many at the most.
        #[arg(long, default_value_t = 14)]
        most: usize,
    },
    /// One session in full.
    Show {
        /// Its number in the list, 1 the newest.
        number: usize,
    },
    /// Take back the last entry.
    Undo,
    /// Take back entries that cannot be read, so that a plan is possible again; every question is asked anew.
    Dismiss,
    /// Check the file, the series and every line.
    Verify,
    /// Make everything that can be derived from the entries anew.
    Rebuild,
    /// Write all entries as JSON Lines.
    Export {
        /// The file; `-` is standard output. An existing file is not overwritten.
        file: PathBuf,
    },
    /// Read entries from JSON Lines; what is there already is passed over.
    Import {
        /// The file.
        file: PathBuf,
    },
}

impl Log {
    pub fn run(&self, common: &Common) -> Outcome {
        let mut diary = common.diary()?;
        let done = match self.what.as_ref().unwrap_or(&What::List { most: 14 }) {
            What::List { most } => list(&diary, *most, common.json),
            What::Show { number } => show(&diary, *number, common.json),
            What::Undo => undo(&mut diary, common.json),
            What::Dismiss => dismiss(&mut diary, common.json),
            What::Verify => verify(&diary, common.json),
            What::Rebuild => rebuild(&diary, common.json),
            What::Export { file } => export(&diary, file, common.json),
            What::Import { file } => import(&mut diary, file, common.json),
        };
        diary.close();
        done
    }
}

fn newest_first(diary: &Diary) -> Vec<&SessionRecord> {
    diary.state().sessions.iter().rev().collect()
}

fn list(diary: &Diary, most: usize, json: bool) -> Outcome {
    let style = Style::detect();
    let sessions = newest_first(diary);
    if json {
        let all: Vec<_> = sessions.iter().take(most).map(|session| session_json(session)).collect();
        return print_json(&all);
    }
    for note in &diary.state().notes {
        print_line(&style.dim(&fit(&format!("About the log: {}", note.what))))?;
    }
    let told = words::told(diary.state(), diary.now().date());
    if sessions.is_empty() && diary.state().elsewhere.is_empty() && told.is_empty() {
        return print_line("Nothing logged yet. Begin with `supple check-in`.");
    }
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width()).unwrap_or(80));
    for (number, session) in sessions.iter().take(most).enumerate() {
        let areas = areas(session);
        let when = session.at.strftime("%a %-d %b %H:%M").to_string();
        let goal = supple_knowledge::embedded().planning.goals.get(&session.started.goal);
        let goal = goal.map_or(String::new(), |goal| goal.name.clone());
        table.add_row([(number + 1).to_string(), when, goal, session.seconds().to_string(), areas]);
    }
    print_line(&table.trim_fmt())?;
    for done in diary.state().elsewhere.iter().rev().take(most) {
        let name = &supple_knowledge::embedded().regions[&done.what.region].name;
        let when = done.at.strftime("%a %-d %b %H:%M");
        let side = side_words(done.what.side.unwrap_or(Side::Both));
        print_line(&style.dim(&format!("{when}  elsewhere: {name}, {side}, {}", Seconds::new(done.what.seconds))))?;
    }
    for line in &told {
        print_line(&fit(line))?;
    }
    if sessions.is_empty() {
        return Ok(Done::Ok);
    }
    print_line(&style.dim("\n`supple log show 1` shows the newest in full."))
}

/// The regions of a session, each once.
fn areas(session: &SessionRecord) -> String {
    let knowledge = supple_knowledge::embedded();
    let mut names: Vec<&str> = Vec::new();
    for block in session.blocks.iter().filter(|block| block.finished.seconds > 0) {
        let name = knowledge.regions[&block.finished.region].name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { "nothing pressed".to_owned() } else { names.join(", ") }
}

fn session_json(session: &SessionRecord) -> serde_json::Value {
    serde_json::json!({
        "session": session.id,
        "at": session.at.to_string(),
        "goal": session.started.goal,
        "seconds_pressure": session.seconds().get(),
        "ended": session.ended.is_some(),
        "completed": session.ended.as_ref().is_some_and(|(_, completed)| *completed),
        "blocks": session.blocks.iter().map(|block| &block.finished).collect::<Vec<_>>(),
    })
}

fn show(diary: &Diary, number: usize, json: bool) -> Outcome {
    let sessions = newest_first(diary);
    let session = number.checked_sub(1).and_then(|index| sessions.get(index)).ok_or_else(|| {
        Failure::bad_input(match sessions.len() {
            0 => "no session is logged yet; begin with `supple check-in`".to_owned(),
            1 => format!("there is no session {number}; there is only number 1"),
            all => format!("there is no session {number}; write a number from 1, the newest, to {all}, the oldest"),
        })
    })?;
    let review = diary.state().reviews.iter().find(|review| review.what.session == session.id);
    if json {
        let mut said = session_json(session);
        if let Some(review) = review {
            said["review"] = serde_json::to_value(&review.what)?;
        }
        return print_json(&said);
    }
    let knowledge = supple_knowledge::embedded();
    let style = Style::detect();
    print_line(&style.bold(&session.at.strftime("%A %-d %B %Y, %H:%M").to_string()))?;
    for block in &session.blocks {
        let done = &block.finished;
        let name = knowledge.techniques.get(&done.technique).map_or(done.technique.as_str(), |t| t.name.as_str());
        let end = match done.end {
            BlockEnd::Completed => "",
            BlockEnd::Shortened => ", made shorter",
            BlockEnd::Skipped => ", rest left out",
            BlockEnd::Stopped => ", stopped",
        };
        let felt: Vec<String> = done.felt.iter().map(ToString::to_string).collect();
        let felt = if felt.is_empty() { String::new() } else { format!(", felt {}", felt.join(", ")) };
        print_line(&format!("  {name}, {}: {}{end}{felt}", side_words(done.side), Seconds::new(done.seconds)))?;
    }
    let end = match &session.ended {
        Some((at, true)) => format!("Ended at {}, all of it done.", at.strftime("%H:%M")),
        Some((at, false)) => format!("Ended at {}.", at.strftime("%H:%M")),
        None => "It broke off; what was done until then is here.".to_owned(),
    };
    print_line(&end)?;
    for line in words::around(diary.state(), session) {
        print_line(&fit(&line))?;
    }
    Ok(Done::Ok)
}

fn undo(diary: &mut Diary, json: bool) -> Outcome {
    let gone: Vec<&str> = diary
        .entries()
        .iter()
        .filter_map(|entry| match entry {
            Entry::Read(event) => match &event.body {
                EventBody::Retracted(body) => Some(body.event.as_str()),
                _ => None,
            },
            Entry::Unreadable(_) => None,
        })
        .collect();
    let last = diary.entries().iter().rev().find_map(|entry| match entry {
        Entry::Read(event)
            if !matches!(event.body, EventBody::Retracted(_)) && !gone.contains(&event.id.as_str()) =>
        {
            Some(event.clone())
        }
        _ => None,
    });
    let Some(event) = last else { return Err(Failure::bad_input("there is nothing to take back")) };
    diary.record(vec![EventBody::Retracted(Retracted { event: event.id.clone() })])?;
    if json {
        return print_json(&serde_json::json!({ "retracted": event }));
    }
    let body = serde_json::to_value(&event.body)?;
    let kind = body.get("type").and_then(|kind| kind.as_str()).unwrap_or("entry").replace('_', " ");
    print_line(&format!("Taken back: {kind} of {}.", event.at.strftime("%a %-d %b %H:%M")))
}

fn dismiss(diary: &mut Diary, json: bool) -> Outcome {
    let names = diary.state().unreadable.clone();
    let number = names.len();
    diary.record(names.into_iter().map(|event| EventBody::Retracted(Retracted { event })).collect())?;
    if json {
        return print_json(&serde_json::json!({ "dismissed": number }));
    }
    if number == 0 {
        return print_line("Every entry can be read; nothing to dismiss.");
    }
    let what = count(number as u64, "entry is", "entries are");
    print_line(&format!("{what} passed over from now on. `supple check-in` asks every question anew."))
}

fn verify(diary: &Diary, json: bool) -> Outcome {
    let report = diary.wait(diary.store().verify())?;
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    if json {
        print_json(&serde_json::json!({
            "sound": report.is_sound(), "events": report.events, "unreadable": report.unreadable,
            "set_aside": report.set_aside, "problems": problems,
        }))?;
    } else {
        let mut said = vec![count(report.events, "event", "events")];
        if report.unreadable > 0 {
            said.push(format!("{} that this program cannot read", report.unreadable));
        }
        if report.set_aside > 0 {
            said.push(format!("{} set aside", count(report.set_aside, "line", "lines")));
        }
        let sound = if report.is_sound() { " All is well." } else { "" };
        print_line(&format!("{}.{sound}", said.join(", ")))?;
        for problem in &problems {
            print_line(&format!("  {problem}"))?;
        }
    }
    if report.is_sound() {
        return Ok(Done::Ok);
    }
    let next = if report.can_be_rebuilt() {
        "`supple log rebuild` mends it"
    } else {
        "export what can be read with `supple log export`, then import it into a new file with --data"
    };
    Err(Failure::error(format!("the log is not as it should be; {next}")))
}

fn rebuild(diary: &Diary, json: bool) -> Outcome {
    let rebuilt = diary.wait(diary.store().rebuild())?;
    if json {
        return print_json(&serde_json::json!({ "lines": rebuilt.lines, "sound": rebuilt.report.is_sound() }));
    }
    let sound = if rebuilt.report.is_sound() { "All is well." } else { "`supple log verify` says what is left." };
    print_line(&format!("{} read again. {sound}", count(rebuilt.lines, "line", "lines")))
}

/// Writes every entry, one a line.
pub fn export(diary: &Diary, file: &Path, json: bool) -> Outcome {
    if file.as_os_str() == "-" {
        return match diary.wait(diary.store().export(std::io::stdout())) {
            // A reader that went away (`| head`) is no failure.
            Err(supple_store::Error::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Done::Ok),
            other => other.map(|_| Done::Ok).map_err(Failure::from),
        };
    }
    let mut out = File::create_new(file)
        .map_err(|error| Failure::bad_input(format!("{}: {error}; choose a name that is free", file.display())))?;
    let lines = diary.wait(diary.store().export(&mut out))?;
    out.flush()?;
    out.sync_all()?;
    if json {
        return print_json(&serde_json::json!({ "lines": lines, "file": file.display().to_string() }));
    }
    print_line(&format!("{} written to {}.", count(lines, "line", "lines"), file.display()))
}

fn import(diary: &mut Diary, file: &Path, json: bool) -> Outcome {
    let input = File::open(file).map_err(|error| Failure::bad_input(format!("{}: {error}", file.display())))?;
    let imported =
        diary.wait(diary.store().import(BufReader::new(input))).map_err(|error| Failure::from(error).at(file))?;
    diary.reload()?;
    if json {
        return print_json(&serde_json::json!({
            "new": imported.lines.new, "known": imported.lines.known, "unreadable": imported.unreadable,
            "set_aside": imported.set_aside,
        }));
    }
    let new = count(imported.lines.new, "new entry", "new entries");
    print_line(&format!("{new}, {} that were there already.", imported.lines.known))?;
    for aside in &imported.first_set_aside {
        print_line(&format!("  line {} was set aside, byte for byte: {}", aside.line, aside.why))?;
    }
    Ok(Done::Ok)
}
