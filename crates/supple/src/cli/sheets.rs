//! `supple print` and `supple handout`: sheets of paper as one file that needs nothing else.

use super::areas::area;
use super::plan::Today;
use super::share::{address, write};
use super::{Common, print_json, print_line};
use crate::shell::page::count;
use crate::shell::{Failure, Outcome};
use serde::Deserialize;
use std::path::PathBuf;
use supple_app::handout::{Address, Look, Paper, Wanted, document, of_week_answer, planned};
use supple_core::body::Area;
use supple_core::knowledge::{Goal, ToolId};
use supple_core::share::Shared;
use supple_core::unit::SessionMinutes;

/// How sheets are printed.
#[derive(Debug, clap::Args)]
struct Print {
    /// The paper: a4 or letter.
    #[arg(long, default_value = "a4", value_parser = paper)]
    paper: Paper,
    /// Large print.
    #[arg(long)]
    large: bool,
    /// Where your Supple is, so that the code opens it: `https://supple.example.org`.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    at: Option<Address>,
    /// The file to write, a page for any browser, which prints it or saves it as PDF.
    #[arg(long, value_name = "FILE.html")]
    out: PathBuf,
}

/// Write a hand-out of today's plan, a routine, or what came from a coach.
#[derive(Debug, clap::Args)]
pub struct PrintOne {
    /// What: `today`, the name of a routine, or a text or link that was shared.
    #[arg(default_value = "today", conflicts_with = "request")]
    what: String,
    /// A week of a programme request, as `supple programme` takes it, instead.
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// Which week of it, from 1.
    #[arg(long, default_value_t = 1, requires = "request")]
    week: usize,
    #[command(flatten)]
    print: Print,
}

/// Write many hand-outs in one run, from a list without names.
///
/// The list is JSON Lines, one object a line, or CSV with these columns:
///
/// goal (warm_up, mobility, recovery, wind_down), minutes (2 to 20), tools and areas (ids, in CSV divided by spaces; an area
/// may have a side, `calf:left`), label (printed at the top, such as a number), or text (what `supple share` gives) instead of
/// all but the label.
#[derive(Debug, clap::Args)]
pub struct Handout {
    /// The list.
    #[arg(long, value_name = "FILE")]
    list: PathBuf,
    #[command(flatten)]
    print: Print,
}

/// One line of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Line {
    goal: String,
    minutes: u8,
    tools: Vec<String>,
    areas: Vec<String>,
    text: String,
    label: String,
}

/// The most hand-outs of one run: our judgement, a file that browsers still open.
const MOST_SHEETS: usize = 200;
/// The longest label, in characters.
const MOST_LABEL: usize = 40;

impl PrintOne {
    pub fn run(&self, common: &Common) -> Outcome {
        if let Some(path) = &self.request {
            let (_, answer) = super::calendar::weeks(path)?;
            let week = answer.weeks.get(self.week.wrapping_sub(1)).ok_or_else(|| {
                Failure::bad_input(format!(
                    "there is no week {}; the programme has {}",
                    self.week,
                    answer.weeks.len()
                ))
            })?;
            let shared = of_week_answer(week).map_err(Failure::bad_input)?;
            return self.print.write(common, &[(shared, None)]);
        }
        let shared = if self.what.contains("supple") && self.what.contains(':') {
            Shared::read(&self.what).map_err(|error| Failure::bad_input(error.to_string()))?
        } else {
            named(common, &self.what)?
        };
        self.print.write(common, &[(shared, None)])
    }
}

impl Handout {
    pub fn run(&self, common: &Common) -> Outcome {
        let bad = |why: String| Failure::bad_input(why).at(&self.list);
        let text = std::fs::read_to_string(&self.list).map_err(|error| bad(error.to_string()))?;
        let lines = if text.trim_start().starts_with('{') { json_lines(&text) } else { csv(&text) }.map_err(bad)?;
        if lines.is_empty() || lines.len() > MOST_SHEETS {
            return Err(bad(format!("a list has 1 to {MOST_SHEETS} lines, this one has {}", lines.len())));
        }
        let now = common.now.clone().unwrap_or_else(jiff::Zoned::now);
        let mut sheets = Vec::with_capacity(lines.len());
        let mut problems = Vec::new();
        for (number, line) in &lines {
            match sheet(line, &now) {
                Ok(sheet) => sheets.push(sheet),
                Err(why) => problems.push(format!("line {number}: {why}")),
            }
        }
        // All or none: of sixty sheets nobody counts whether one is missing.
        if !problems.is_empty() {
            return Err(bad(problems.join("; ")));
        }
        self.print.write(common, &sheets)
    }
}

impl Print {
    fn write(&self, common: &Common, sheets: &[(Shared, Option<String>)]) -> Outcome {
        let look = Look { paper: self.paper, large: self.large };
        let page = document(supple_knowledge::embedded(), sheets, self.at.as_ref(), look).into_string();
        write(&self.out, &page)?;
        if common.json {
            let file = self.out.display().to_string();
            return print_json(&serde_json::json!({ "file": file, "sheets": sheets.len() }));
        }
        let sheets = count(sheets.len() as u64, "hand-out", "hand-outs");
        print_line(&format!("{sheets} written to {}. Open it in a browser and print it.", self.out.display()))?;
        if self.at.is_none() {
            print_line("The code holds the text alone; with --at ADDRESS it opens your Supple.")?;
        }
        Ok(crate::shell::Done::Ok)
    }
}

/// Today's plan, or the routine of a name.
pub fn named(common: &Common, what: &str) -> Result<Shared, Failure> {
    let diary = common.diary()?;
    if what == "today" {
        let nothing = || Failure::bad_input("there is no plan for today yet; `supple next` says where to begin");
        let today = Today::of(&diary)?.ok_or_else(nothing)?;
        let doses = today.plan.as_ref().ok_or_else(nothing)?.doses();
        if doses.is_empty() {
            return Err(nothing());
        }
        return Ok(Shared::of_doses(today.assessment.goal, today.assessment.minutes.get(), &doses));
    }
    let routines = &diary.state().routines;
    let routine = routines.iter().find(|routine| routine.what.name.as_str().eq_ignore_ascii_case(what));
    let routine = &routine
        .ok_or_else(|| {
            let names: Vec<&str> = routines.iter().map(|routine| routine.what.name.as_str()).collect();
            let known = if names.is_empty() { "none is saved yet".to_owned() } else { names.join(", ") };
            Failure::bad_input(format!("there is no routine `{what}`; routines: {known}"))
        })?
        .what;
    if let Some(sent) = &routine.sent {
        return Shared::read(sent.as_str()).map_err(|error| Failure::bad_input(error.to_string()));
    }
    let tools = if routine.tools.is_empty() { diary.state().profile.tools.clone() } else { routine.tools.clone() };
    let areas = routine.wants.iter().map(|&region| Area { region, side: None }).collect();
    let wanted = Wanted { goal: routine.goal, minutes: routine.minutes, tools, areas };
    planned(supple_knowledge::embedded(), &wanted, &diary.now()).map_err(Failure::bad_input)
}

fn sheet(line: &Line, now: &jiff::Zoned) -> Result<(Shared, Option<String>), String> {
    let label = Some(line.label.trim()).filter(|label| !label.is_empty()).map(str::to_owned);
    if label.as_ref().is_some_and(|label| label.chars().count() > MOST_LABEL || label.chars().any(char::is_control)) {
        return Err(format!("a label has at most {MOST_LABEL} characters on one line"));
    }
    if !line.text.is_empty() {
        return Shared::read(&line.text).map(|shared| (shared, label)).map_err(|error| error.to_string());
    }
    let goal = Goal::ALL.into_iter().find(|goal| goal.id() == line.goal);
    let goal =
        goal.ok_or_else(|| format!("goal is warm_up, mobility, recovery or wind_down, not `{}`", line.goal))?;
    let minutes = SessionMinutes::new(line.minutes).map_err(|error| error.to_string())?;
    let tool = |id: &String| ToolId::from_id(id).ok_or_else(|| format!("there is no tool `{id}`"));
    let tools = line.tools.iter().map(tool).collect::<Result<Vec<_>, _>>()?;
    if tools.is_empty() {
        return Err("tools: name at least one".to_owned());
    }
    let areas = line.areas.iter().map(|text| area(text).map_err(|failure| failure.message));
    let areas = areas.collect::<Result<Vec<_>, _>>()?;
    let shared = planned(supple_knowledge::embedded(), &Wanted { goal, minutes, tools, areas }, now)?;
    Ok((shared, label))
}

fn json_lines(text: &str) -> Result<Vec<(usize, Line)>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(index, line): (usize, &str)| {
        let read = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))?;
        Ok((index + 1, read))
    };
    lines.map(read).collect()
}

fn csv(text: &str) -> Result<Vec<(usize, Line)>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let number = record.position().map_or(0, csv::Position::line) as usize;
        let mut line = Line::default();
        for (column, cell) in columns.iter().zip(&record) {
            let words = || cell.split_whitespace().map(str::to_owned).collect();
            match column {
                "goal" => cell.clone_into(&mut line.goal),
                "minutes" => line.minutes = cell.parse().unwrap_or(0),
                "tools" => line.tools = words(),
                "areas" => line.areas = words(),
                "text" => cell.clone_into(&mut line.text),
                "label" => cell.clone_into(&mut line.label),
                other => {
                    return Err(format!(
                        "there is no column `{other}`; the columns are goal, minutes, tools, areas, text and label, and no \
                         list needs names"
                    ));
                }
            }
        }
        lines.push((number, line));
    }
    Ok(lines)
}

fn paper(text: &str) -> Result<Paper, String> {
    Paper::from_id(text).ok_or_else(|| "write a4 or letter".to_owned())
}
