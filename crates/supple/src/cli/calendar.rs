use super::share::write;
use super::{Common, print_json, print_line};
use crate::shell::page::count;
use crate::shell::{Done, Failure, Outcome};
use std::path::{Path, PathBuf};
use supple_app::calendar::{Wishes, file, of_answer};
use supple_core::contract::VerdictName;
use supple_core::contract::programme::{ProgrammeAnswer, ProgrammeRequest, answer_programme};

/// Write weeks into a file for any calendar program.
///
/// An event says that there is a session and how long it takes; what it is about, and an alarm, only if you ask for it.
#[derive(Debug, clap::Args)]
pub struct Calendar {
    /// A file with a programme request, as `supple programme` takes it.
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
    /// The file to write.
    #[arg(long, value_name = "FILE.ics")]
    out: PathBuf,
    /// Say what each session is about.
    #[arg(long)]
    detail: bool,
    /// An alarm so many minutes before, 0 to 1440.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u16).range(0..=1440))]
    alarm: Option<u16>,
}

impl Calendar {
    pub fn run(&self, common: &Common) -> Outcome {
        let (request, answer) = weeks(&self.request)?;
        let start = answer.weeks.first().and_then(|week| week.days.first()).map(|day| day.date.to_string());
        let name = format!("programme-{}", start.unwrap_or_default());
        let items = of_answer(&name, request.now.timestamp(), &answer);
        let wishes = Wishes { detail: self.detail, alarm_minutes: self.alarm };
        write(&self.out, &file(&items, request.now.time_zone(), wishes))?;
        if common.json {
            return print_json(&serde_json::json!({ "file": self.out.display().to_string(), "events": items.len() }));
        }
        print_line(&format!("{} written to {}.", count(items.len() as u64, "event", "events"), self.out.display()))?;
        Ok(Done::Ok)
    }
}

/// The weeks that a request leads to; a refusal in words where there are none.
pub fn weeks(path: &Path) -> Result<(ProgrammeRequest, ProgrammeAnswer), Failure> {
    let bad = |why: String| Failure::bad_input(why).at(path);
    let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    let request: ProgrammeRequest = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    let answer = answer_programme(supple_knowledge::embedded(), &request).map_err(|error| {
        bad(error.field.map_or_else(|| error.error.clone(), |field| format!("{field}: {}", error.error)))
    })?;
    match answer.verdict {
        VerdictName::Clear | VerdictName::Modify if !answer.weeks.is_empty() => Ok((request, answer)),
        _ => Err(bad("with these answers nothing is planned; `supple programme` says why".to_owned())),
    }
}
