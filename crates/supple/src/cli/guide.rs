use super::plan::Today;
use super::{Common, print_json, print_line};
use crate::shell::{Diary, Done, Failure, FailureKind, Outcome};
use std::io::IsTerminal;
use std::path::PathBuf;
use supple_core::contract::VerdictName;
use supple_core::event::EventBody;
use supple_core::gate::{Admitted, admit};
use supple_core::guide::{Happened, Output, Played, Session, parse_script, simulate};
use uuid::Uuid;

mod lines;
mod screen;

pub(super) use lines::Typed;

/// Be guided through today's plan.
///
/// Full screen on a terminal; line by line otherwise. Whatever happens is in the log at once: if the machine goes
/// off, at most the block in progress is lost.
#[derive(Debug, clap::Args)]
pub struct Guide {
    /// Play the session on a virtual clock with the inputs of a file (`-` reads standard input), one a line:
    /// `95 felt 5`, `12:30 stop`, `+20 lighter`. It is logged like any other.
    #[arg(long, value_name = "SCRIPT")]
    simulate: Option<PathBuf>,
    /// With --simulate: play, but log nothing.
    #[arg(long, requires = "simulate")]
    dry_run: bool,
    /// Print cues line by line, even on a terminal.
    #[arg(long)]
    plain: bool,
    /// No bell.
    #[arg(long)]
    quiet: bool,
    /// With --plain: a clock that runs so many times faster; for tests, never for a body.
    #[arg(long, hide = true, default_value_t = 1, requires = "plain",
        value_parser = clap::value_parser!(u32).range(1..=1000))]
    speed: u32,
}

impl Guide {
    pub fn run(&self, common: &Common) -> Outcome {
        let script = self.simulate.as_ref().map(|path| read_script(path)).transpose()?;
        let mut diary = common.diary()?;
        let Some(today) = Today::of(&diary)? else {
            return Err(Failure::bad_input("nothing is known about today yet; begin with `supple check-in`"));
        };
        let admitted = match admitted(&diary, &today)? {
            Some(admitted) => admitted,
            None => return today.print(common.json),
        };
        let (mut session, output) =
            Session::start(Uuid::now_v7().to_string(), &admitted, supple_knowledge::embedded());
        if let Some(script) = script {
            let played = simulate(&mut session, &script);
            if !self.dry_run {
                diary.record(output.events)?;
                diary.record_timed(timed(&played, &diary.now())?)?;
            }
            print_played(&played, common.json)?;
        } else {
            diary.record(output.events)?;
            if self.plain || common.json || !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
                Typed { json: common.json, quiet: self.quiet, speed: self.speed }.play(&mut session, &mut diary)?;
            } else {
                screen::play(&mut session, &mut diary, self.quiet)?;
            }
            if !common.json {
                print_line("It is in the log: `supple log show 1`")?;
            }
        }
        diary.close();
        Ok(Done::Ok)
    }
}

/// Today's plan, admitted; none if there is nothing to guide.
fn admitted(diary: &Diary, today: &Today) -> Result<Option<Admitted>, Failure> {
    let (Some(plan), Some(clearance)) = (&today.plan, today.judgement.verdict.clearance()) else { return Ok(None) };
    if plan.blocks.is_empty() || matches!(today.answer.verdict, VerdictName::Hold | VerdictName::Refer) {
        return Ok(None);
    }
    let (goal, minutes) = (today.assessment.goal, today.assessment.minutes);
    let head = diary.state().head.as_deref();
    admit(supple_knowledge::embedded(), clearance, head, goal, minutes, &plan.doses()).map(Some).map_err(|problems| {
        let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::error(all.join("; "))
    })
}

pub(super) fn read_script(path: &std::path::Path) -> Result<Vec<(u64, supple_core::guide::Input)>, Failure> {
    let text = if path.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    }
    .map_err(|error| {
        Failure::bad_input(format!(
            "{}: {error}; write the name of a script, or - for standard input",
            path.display()
        ))
    })?;
    parse_script(&text).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))
}

/// What was logged, at its own time on the virtual clock.
pub(super) fn timed(played: &[Played], began: &jiff::Zoned) -> Result<Vec<(jiff::Zoned, EventBody)>, Failure> {
    let mut events = Vec::new();
    for played in played {
        if let Happened::Event(body) = &played.what {
            let after = jiff::SignedDuration::from_millis(i64::try_from(played.at_ms).unwrap_or(i64::MAX));
            let at = began.checked_add(after).map_err(|error| Failure::error(error.to_string()))?;
            events.push((at, (**body).clone()));
        }
    }
    Ok(events)
}

pub(super) fn print_played(played: &[Played], json: bool) -> Outcome {
    if json {
        return print_json(&played);
    }
    for played in played {
        match &played.what {
            Happened::Cue(cue) => print_line(&format!("{}  {}", clock(cue.at_ms), cue.text))?,
            Happened::Event(_) => Done::Ok,
        };
    }
    Ok(Done::Ok)
}

/// Milliseconds as `m:ss`.
pub fn clock(ms: u64) -> String {
    format!("{}:{:02}", ms / 60_000, ms / 1000 % 60)
}

/// Keeps what happened, before anything is said about it. It happened, whatever another program logged meanwhile: if
/// the log has moved on it is read again, and the events are appended behind.
fn keep(diary: &mut Diary, output: &Output) -> Result<(), Failure> {
    keep_events(diary, output.events.clone())
}

/// The same for events alone.
pub(super) fn keep_events(diary: &mut Diary, events: Vec<EventBody>) -> Result<(), Failure> {
    match diary.record(events.clone()) {
        Err(failure) if failure.kind == FailureKind::LogMoved => {
            diary.reload()?;
            diary.record(events)
        }
        kept => kept,
    }
}
