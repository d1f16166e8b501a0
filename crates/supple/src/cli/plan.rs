use super::{Common, print_line};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use supple_core::assess::Assessment;
use supple_core::contract::{self, MAX_LINE_BYTES, PlanAnswer, VerdictName, answer_json, answer_text, decide, view};
use supple_core::event::CheckedIn;
use supple_core::gate::Judgement;
use supple_core::plan::Plan as PlanMade;

/// Show today's plan, or answer plan requests of other programs.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// A file with plan requests as JSON, one a line; `-` reads standard input. Nothing is logged.
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
}

impl Plan {
    pub fn run(&self, common: &Common) -> Outcome {
        if let Some(path) = &self.request {
            return if path.as_os_str() == "-" {
                answer_all(std::io::stdin().lock(), common.json)
            } else {
                let file =
                    File::open(path).map_err(|error| Failure::bad_input(format!("{}: {error}", path.display())))?;
                answer_all(BufReader::new(file), common.json)
            };
        }
        let diary = common.diary()?;
        let Some(today) = Today::of(&diary)? else {
            return Err(Failure::bad_input("nothing is known about today yet; begin with `supple check-in`"));
        };
        today.print(common.json)
    }
}

/// Today as the log has it: the assessment, the judgement and the plan.
pub struct Today {
    pub assessment: Assessment,
    pub judgement: Judgement,
    pub plan: Option<PlanMade>,
    pub answer: PlanAnswer,
}

impl Today {
    /// Today by the last check-in of today; none if there was none.
    pub fn of(diary: &Diary) -> Result<Option<Self>, Failure> {
        let now = diary.now();
        let last = diary.state().check_ins.iter().rfind(|check_in| {
            let there = check_in.at.with_time_zone(now.time_zone().clone());
            there.date() == now.date() && check_in.at <= now
        });
        Ok(last.map(|check_in| Self::with(diary, &check_in.what)))
    }

    /// Today with these wishes.
    pub fn with(diary: &Diary, wishes: &CheckedIn) -> Self {
        let knowledge = supple_knowledge::embedded();
        let assessment = Assessment::from_state(knowledge, diary.state(), &diary.now(), wishes);
        let (judgement, plan) = decide(knowledge, &assessment);
        let answer = view(knowledge, &assessment, &judgement, plan.as_ref());
        Self { assessment, judgement, plan, answer }
    }

    /// Prints it, in words or as JSON.
    pub fn print(&self, json: bool) -> Outcome {
        if json {
            super::print_json(&self.answer)?;
        } else {
            print_words(&self.answer)?;
        }
        Ok(match self.answer.verdict {
            VerdictName::Clear | VerdictName::Modify => Done::Ok,
            VerdictName::Hold => Done::Hold,
            VerdictName::Refer => Done::Refer,
        })
    }
}

fn print_words(answer: &PlanAnswer) -> Outcome {
    let style = Style::detect();
    let text = answer_text(supple_knowledge::embedded(), answer);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let first = if answer.verdict == VerdictName::Clear { style.good(first) } else { style.care(first) };
    let rest: Vec<String> = rest
        .lines()
        .map(|line| if line.starts_with(|c: char| c.is_ascii_digit()) { style.bold(line) } else { line.to_owned() })
        .collect();
    print_line(&format!("{first}\n{}", rest.join("\n")))
}

/// Answers requests: a whole file that is one JSON value, or JSON Lines, one answer a line, bad lines too.
fn answer_all(mut input: impl BufRead, json: bool) -> Outcome {
    let mut start = Vec::new();
    input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_to_end(&mut start)?;
    let one = serde_json::from_slice::<serde::de::IgnoredAny>(&start).is_ok();
    let mut all_read = true;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if one {
        all_read &= answer_one(&String::from_utf8_lossy(&start), json, &mut out)?;
    } else {
        let mut input = start.as_slice().chain(input);
        while let Some(line) = next_line(&mut input)? {
            match line {
                Line::Blank => {}
                Line::Text(text) => all_read &= answer_one(&text, json, &mut out)?,
                Line::Unusable(why) => {
                    all_read = false;
                    let error = contract::ErrorView { error: why, field: None };
                    writeln!(out, "{}", serde_json::to_string(&error)?)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(if all_read { Done::Ok } else { Done::SomeBadInput })
}

fn answer_one(text: &str, json: bool, out: &mut impl Write) -> Result<bool, Failure> {
    let knowledge = supple_knowledge::embedded();
    let answer = answer_json(knowledge, text);
    match (&answer, json) {
        (Ok(answer), true) => writeln!(out, "{}", serde_json::to_string(answer)?)?,
        (Ok(answer), false) => writeln!(out, "{}", answer_text(knowledge, answer))?,
        (Err(error), true) => writeln!(out, "{}", serde_json::to_string(error)?)?,
        (Err(error), false) => {
            out.flush()?;
            let field = error.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
            eprintln!("supple: {field}{}", error.error);
        }
    }
    Ok(answer.is_ok())
}

enum Line {
    Blank,
    Text(String),
    Unusable(String),
}

/// The next line, never holding more than the longest that is read.
fn next_line(input: &mut impl BufRead) -> Result<Option<Line>, Failure> {
    let mut line = Vec::new();
    let read = input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && read > MAX_LINE_BYTES {
        // The rest of the line goes by in pieces.
        let mut bytes = read;
        loop {
            let available = input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let end = available.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(available.len(), |end| end + 1);
            input.consume(used);
            bytes += used;
            if end.is_some() {
                break;
            }
        }
        let why = format!(
            "a request may be at most {MAX_LINE_BYTES} bytes, this line has {bytes}; send fewer answers in one request"
        );
        return Ok(Some(Line::Unusable(why)));
    }
    Ok(Some(match String::from_utf8(line) {
        Ok(text) if text.trim().is_empty() => Line::Blank,
        Ok(text) => Line::Text(text),
        Err(error) => Line::Unusable(format!("not UTF-8 text: {error}; write the request in UTF-8")),
    }))
}
