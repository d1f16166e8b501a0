use super::{Common, print_line};
use crate::shell::page::{count, fit, lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use supple_core::assess::Assessment;
use supple_core::contract::text::{side_words, wrapped};
use supple_core::contract::{self, MAX_LINE_BYTES, PlanAnswer, VerdictName, answer_json, answer_text, view};
use supple_core::event::{Answer, CheckedIn};
use supple_core::experiment::{Obeyed, decide};
use supple_core::gate::Judgement;
use supple_core::learn::with_own_results;
use supple_core::plan::Plan as PlanMade;
use supple_core::unit::Seconds;

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
                let file = File::open(path).map_err(|error| {
                    Failure::bad_input(format!(
                        "{}: {error}; write the name of a file, or - for standard input",
                        path.display()
                    ))
                })?;
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
    /// What a running experiment makes of it.
    pub obeyed: Option<Obeyed>,
    /// How many entries of the log cannot be read.
    unreadable: usize,
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
        let mut assessment = with_own_results(assessment, knowledge, diary.state());
        let (judgement, plan, obeyed) = decide(knowledge, diary.state(), &mut assessment);
        let answer = view(knowledge, &assessment, &judgement, plan.as_ref());
        Self { assessment, judgement, plan, answer, obeyed, unreadable: diary.state().unreadable.len() }
    }

    /// Prints it, in words or as JSON.
    pub fn print(&self, json: bool) -> Outcome {
        if json {
            super::print_json(&self.answer)?;
        } else {
            self.print_words()?;
        }
        Ok(self.done())
    }

    /// Prints what fits on a screen: whether to start, why, the blocks in a line each, and the way on.
    pub fn print_short(&self) -> Outcome {
        print_line("")?;
        let Some(plan) = self.answer.plan.as_ref().filter(|plan| !plan.blocks.is_empty()) else {
            self.print_words()?;
            return Ok(self.done());
        };
        let style = Style::detect();
        let verdict = self.answer.verdict.words();
        let ready = self.answer.verdict == VerdictName::Clear;
        print_line(&if ready { style.good(verdict) } else { style.care(verdict) })?;
        for reason in &self.answer.reasons {
            // The first sentence says what it does today; `supple plan` has the rest.
            let first = reason.text.split_once(". ").map_or(reason.text.as_str(), |(first, _)| first);
            print_line(&hanging("- ", first.trim_end_matches('.')))?;
        }
        if let Some(offer) = &plan.offer {
            print_line(&format!("\n{}", lines(offer, width()).join("\n")))?;
        }
        let (total, pressure) = (Seconds::new(plan.seconds_total), Seconds::new(plan.seconds_pressure));
        print_line(&format!("\n{total} in all, {pressure} of it pressure:\n"))?;
        for (index, block) in plan.blocks.iter().enumerate() {
            let dose = &block.dose;
            let what = format!("{}, {}", block.name, side_words(dose.side));
            let times = if dose.sets == 1 { String::new() } else { format!("{} x ", dose.sets) };
            let felt = dose.felt_target;
            print_line(&format!("{:>2}  {what:<44}  {times}{} s, pressure {felt}", index + 1, dose.seconds_per_set))?;
        }
        if !plan.left_out.is_empty() {
            let left = count(plan.left_out.len() as u64, "place is", "places are");
            print_line(&format!("\n{left} left out; `supple plan` says why."))?;
        }
        print_line("\nPressure is 0 to 10: 4 is a pleasant ache while you breathe easily, 7 is off.")?;
        print_line("`supple plan` shows how and why. When you are ready: `supple guide`")?;
        Ok(self.done())
    }

    fn print_words(&self) -> Outcome {
        print_words(&self.answer)?;
        if self.obeyed.is_some() {
            print_line("\nYour experiment has a say today: `supple experiment today`.")?;
        }
        if self.answer.plan.is_none() && self.unreadable > 0 {
            let entries = count(self.unreadable as u64, "entry", "entries");
            print_line(&fit(&wrapped(
                &format!(
                    "{entries} of the log cannot be read by this program, so every answer before counts as not \
                     given. If a newer Supple wrote it, update this one. Otherwise `supple log dismiss` takes it back."
                ),
                "",
            )))?;
        }
        Ok(Done::Ok)
    }

    const fn done(&self) -> Done {
        match self.answer.verdict {
            VerdictName::Clear | VerdictName::Modify => Done::Ok,
            VerdictName::Hold => Done::Hold,
            VerdictName::Refer => Done::Refer,
        }
    }
}

fn hanging(bullet: &str, text: &str) -> String {
    format!("{bullet}{}", lines(text, width() - 2).join("\n  "))
}

fn print_words(answer: &PlanAnswer) -> Outcome {
    let style = Style::detect();
    let text = answer_text(supple_knowledge::embedded(), answer);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let nothing = answer.plan.as_ref().is_none_or(|plan| plan.blocks.is_empty());
    let ready = answer.verdict == VerdictName::Clear && !nothing;
    let first = if ready { style.good(first) } else { style.care(first) };
    let rest: Vec<String> = fit(rest)
        .lines()
        .map(|line| if line.starts_with(|c: char| c.is_ascii_digit()) { style.bold(line) } else { line.to_owned() })
        .collect();
    print_line(format!("{first}\n{}", rest.join("\n")).trim_end())?;
    let open = answer.reasons.iter().filter(|reason| reason.answer == Answer::Unknown).count();
    if nothing && open > 0 && answer.verdict != VerdictName::Refer {
        print_line("\n`supple check-in` asks what is open.")?;
    }
    Ok(Done::Ok)
}

/// Answers requests: a whole file that is one JSON value, or JSON Lines, one answer a line, bad lines too, each as
/// soon as its line is there. A reader
/// that went away (`| head`) ends it, and is no failure.
fn answer_all(input: impl BufRead, json: bool) -> Outcome {
    let mut out = Gone { out: std::io::BufWriter::new(std::io::stdout().lock()), gone: false };
    answer_each(input, json, &mut out)
}

/// Standard output, which remembers that nobody reads any more.
struct Gone<W> {
    out: W,
    gone: bool,
}

impl<W: Write> Gone<W> {
    fn note<T>(&mut self, written: std::io::Result<T>, instead: T) -> std::io::Result<T> {
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Gone<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.gone {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.note(written, bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.note(flushed, ())
    }
}

fn answer_each<W: Write>(mut input: impl BufRead, json: bool, out: &mut Gone<W>) -> Outcome {
    // A first line that is a whole value begins JSON Lines, and is answered before the next one is waited for.
    let mut start = Vec::new();
    input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut start)?;
    let value = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    let mut one = None;
    if !value(&start) {
        let room = (MAX_LINE_BYTES + 1).saturating_sub(start.len());
        input.by_ref().take(room as u64).read_to_end(&mut start)?;
        one = std::str::from_utf8(&start).ok().filter(|text| value(text.as_bytes()));
    }
    let mut all_read = true;
    if let Some(text) = one {
        all_read &= answer_one(text, json, out)?;
    } else {
        let mut input = start.as_slice().chain(input);
        let mut empty = true;
        while let Some(line) = next_line(&mut input)?.filter(|_| !out.gone) {
            empty &= matches!(line, Line::Blank);
            match line {
                Line::Blank => {}
                Line::Text(text) => all_read &= answer_one(&text, json, out)?,
                Line::Unusable(error) => {
                    all_read = false;
                    say_error(&contract::ErrorView { error, field: None }, json, out)?;
                }
            }
        }
        if empty {
            return Err(Failure::bad_input(
                "there is no request in it; write one JSON object a line, see `supple schema request`",
            ));
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
        (Ok(answer), false) => writeln!(out, "{}", fit(&answer_text(knowledge, answer)))?,
        (Err(error), _) => say_error(error, json, out)?,
    }
    out.flush()?;
    Ok(answer.is_ok())
}

fn say_error(error: &contract::ErrorView, json: bool, out: &mut impl Write) -> Result<(), Failure> {
    if json {
        writeln!(out, "{}", serde_json::to_string(error)?)?;
    }
    out.flush()?;
    if !json {
        let field = error.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
        eprintln!("supple: {field}{}", error.error);
    }
    Ok(())
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
