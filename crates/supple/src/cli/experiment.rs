//! `supple experiment`: two ways, tried in turn, in an order that nobody chooses.

mod design;
mod file;
mod today;

use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use clap::Subcommand;
use serde_json::{Value, json};
use std::path::PathBuf;
use supple_core::event::{EventBody, ExperimentEnd, ExperimentEnded, Name};
use supple_core::experiment::{Analysis, Course, Due, Fate, Look, analyse, first_finding, running, words};
use supple_core::state::ExperimentRecord;

/// Find out for yourself which of two ways does more for you.
///
/// Alone it lists the questions there are and the experiments you did.
#[derive(Debug, clap::Args)]
pub struct Experiment {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the ready questions and your experiments.
    List,
    /// See how long an experiment would take; with --begin, begin it.
    Design(design::Design),
    /// What is due now; with --show, be shown today's way.
    Today(today::Today),
    /// Record the reading that is due, practice first.
    Record(today::Record),
    /// What came of it; while it runs, how far it is.
    Result {
        /// The experiment's number in the list; missing means the newest.
        number: Option<usize>,
    },
    /// End the experiment that runs.
    End {
        /// Why, if you like to say.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Work the order out again from an export, and say whether it is what was done.
    Replay {
        /// A log (`supple log export`) or the experiment.json of a zip.
        file: PathBuf,
    },
    /// Write an experiment that is over into a zip that others can work out again.
    Export {
        /// The zip to write.
        file: PathBuf,
        /// The experiment's number in the list; missing means the newest.
        #[arg(long)]
        number: Option<usize>,
    },
}

impl Experiment {
    pub fn run(&self, common: &Common) -> Outcome {
        if let Some(What::Replay { file }) = &self.what {
            return file::replay_file(file, common.json);
        }
        let mut diary = common.diary()?;
        let done = match self.what.as_ref().unwrap_or(&What::List) {
            What::List => list(&diary, common.json),
            What::Design(design) => design.run(&mut diary, common.json),
            What::Today(today) => today.run(&mut diary, common.json),
            What::Record(record) => record.run(&mut diary, common.json),
            What::Result { number } => result(&diary, *number, common.json),
            What::End { reason } => end(&mut diary, reason.as_deref(), common.json),
            What::Replay { file } => file::replay_file(file, common.json),
            What::Export { file, number } => file::export(&diary, file, *number, common.json),
        };
        diary.close();
        done
    }
}

fn list(diary: &Diary, as_value: bool) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let experiments = &diary.state().experiments;
    if as_value {
        let questions = knowledge.questions.iter().map(|(id, question)| {
            json!({
                "id": id, "name": question.name, "asks": question.asks,
                "regions": question.places.iter().map(|place| place.region).collect::<Vec<_>>(),
            })
        });
        let mine: Vec<Value> = experiments.iter().map(|record| as_json(diary, record)).collect();
        return print_json(&json!({ "questions": questions.collect::<Vec<_>>(), "experiments": mine }));
    }
    print_line("Questions\n")?;
    for (id, question) in &knowledge.questions {
        print_line(&format!("  {id:<26} {}", question.name))?;
    }
    print_line("\nsupple experiment design roll_or_rest    how long it would take")?;
    if !experiments.is_empty() {
        print_line("\nYours\n")?;
    }
    for (number, record) in (1..).zip(experiments) {
        let course = Course::of(knowledge, record, diary.state(), &diary.now());
        let of = 2 * record.design().blocks.get();
        let state = if record.ended.is_some() { "over" } else { "running" };
        print_line(&format!("  {number}  {}, {} of {of} sessions, {state}", record.design().name, course.counted()))?;
    }
    Ok(Done::Ok)
}

/// The experiment that runs.
fn runs(diary: &Diary) -> Result<&ExperimentRecord, Failure> {
    running(diary.state())
        .ok_or_else(|| Failure::bad_input("no experiment runs; `supple experiment design` begins one".to_owned()))
}

/// The experiment of a number, or the newest.
fn numbered(diary: &Diary, number: Option<usize>) -> Result<&ExperimentRecord, Failure> {
    let all = &diary.state().experiments;
    let index = number.map_or_else(|| all.len().checked_sub(1), |number| number.checked_sub(1));
    index.and_then(|index| all.get(index)).ok_or_else(|| {
        Failure::bad_input("there is no such experiment; `supple experiment list` shows yours".to_owned())
    })
}

fn stands<'d>(diary: &'d Diary, record: &'d ExperimentRecord) -> (Course<'d>, Due) {
    let knowledge = supple_knowledge::embedded();
    let now = diary.now();
    let course = Course::of(knowledge, record, diary.state(), &now);
    let due = Due::of(knowledge, record, &course, diary.state(), &now);
    (course, due)
}

fn result(diary: &Diary, number: Option<usize>, as_value: bool) -> Outcome {
    let record = numbered(diary, number)?;
    if as_value {
        return print_json(&as_json(diary, record));
    }
    let knowledge = supple_knowledge::embedded();
    let design = record.design();
    let (course, _) = stands(diary, record);
    print_line(&Style::detect().bold(design.name.as_str()))?;
    for number in [0, 1] {
        paragraph(&format!("{}: {}", words::label(design, number), words::asks(knowledge, design, number)))?;
    }
    let of = 2 * design.blocks.get();
    print_line(&format!("{} of {of} sessions done.", course.counted()))?;
    let Some(measure) = knowledge.measures.get(&design.outcome.measure) else {
        return print_line("This program does not know its test. Update Supple to see the result.");
    };
    if record.ended.is_none() {
        return print_line("Results come at the end: seeing them changes how one tries.");
    }
    let analysis = Analysis::from(design);
    let looks = analyse(&analysis, &course.gains(design, measure));
    let found = first_finding(&looks, analysis.certainty);
    print_line("")?;
    paragraph(&words::finding(design, found.map(|(_, finding)| finding)))?;
    match found.map(|(look, _)| *look).or_else(|| looks.last().copied()) {
        Some(look) => paragraph(&words::estimate(measure, design, &look))?,
        None => paragraph("Nothing is said before six sessions.")?,
    };
    if let Some(question) = design.question.as_ref().and_then(|id| knowledge.questions.get(id)) {
        paragraph(&question.not_about)?;
    }
    print_line("\n`supple experiment export FILE.zip` writes everything others need to work it out again.")
}

fn end(diary: &mut Diary, reason: Option<&str>, as_value: bool) -> Outcome {
    let record = runs(diary)?;
    let (_, due) = stands(diary, record);
    let how = if due == Due::Complete { ExperimentEnd::Finished } else { ExperimentEnd::Stopped };
    let reason = reason.map(Name::new).transpose().map_err(|error| Failure::bad_input(error.to_string()))?;
    let experiment = record.id().to_owned();
    diary.record(vec![EventBody::ExperimentEnded(ExperimentEnded { experiment, how, reason })])?;
    result(diary, Some(diary.state().experiments.iter().filter(|one| one.ended.is_some()).count()), as_value)
}

/// A paragraph as wide as the window.
fn paragraph(text: &str) -> Outcome {
    print_line(&lines(text, width()).join("\n"))
}

/// An experiment as JSON. Nothing of what is not due yet stands in it.
fn as_json(diary: &Diary, record: &ExperimentRecord) -> Value {
    let knowledge = supple_knowledge::embedded();
    let design = record.design();
    let (course, due) = stands(diary, record);
    let over = record.ended.is_some();
    let mut shown = serde_json::to_value(design).unwrap_or_default();
    if !over && let Some(fields) = shown.as_object_mut() {
        fields.remove("seed");
    }
    let measure = knowledge.measures.get(&design.outcome.measure).filter(|_| over);
    let looks = measure.map(|measure| analyse(&Analysis::from(design), &course.gains(design, measure)));
    let found = looks.as_ref().map(|looks| first_finding(looks, design.certainty.probability()));
    let sessions = course.attempts.iter().map(|attempt| {
        json!({
            "session": attempt.revealed.what.session, "arm": attempt.revealed.what.arm,
            "shown_at": attempt.revealed.at.to_string(), "counts": matches!(attempt.fate, Fate::Counts { .. }),
            "why_not": why_not(&attempt.fate),
        })
    });
    json!({
        "design": shown, "done": course.counted(), "sessions": sessions.collect::<Vec<_>>(), "due": due_json(&due),
        "ended": record.ended.as_ref().map(|ended| json!({
            "at": ended.at.to_string(), "how": ended.what.how, "reason": ended.what.reason,
        })),
        "looks": looks.as_ref().map(|looks| looks.iter().map(look_json).collect::<Vec<_>>()),
        "finding": found.map(|found| found.map(|(_, finding)| finding.id())),
        "says": found.map(|found| words::finding(design, found.map(|(_, finding)| finding))),
    })
}

fn why_not(fate: &Fate) -> Option<&'static str> {
    match fate {
        Fate::Missed(why) => Some(words::missed(*why)),
        Fate::Lapsed(why) => Some(words::lapse(*why)),
        Fate::Counts { .. } | Fate::ToDo { .. } | Fate::Waiting { .. } => None,
    }
}

fn look_json(look: &Look) -> Value {
    json!({
        "sessions": look.sessions, "mean": look.mean, "sd": look.sd,
        "first": look.first, "second": look.second, "little": look.little,
    })
}

/// What is due, for programs.
fn due_json(due: &Due) -> Value {
    match due {
        Due::Over => json!({ "what": "over" }),
        Due::Complete => json!({ "what": "complete" }),
        Due::NotBefore(from) => json!({ "what": "not_before", "from": from.to_string() }),
        Due::ReadingBefore => json!({ "what": "reading_before" }),
        Due::Reveal => json!({ "what": "reveal" }),
        Due::ToDo { session, arm, reading_first } => {
            json!({ "what": "to_do", "session": session, "arm": arm, "reading_first": reading_first })
        }
        Due::ReadingAfter { session, arm, from, until, .. } => json!({
            "what": "reading_after", "session": session, "arm": arm, "from": from.to_string(), "until": until.to_string(),
        }),
    }
}
