use super::super::plan::Today as DayPlan;
use super::super::{print_json, print_line};
use super::{due_json, paragraph, runs, stands};
use crate::shell::{Diary, Failure, Outcome, Style};
use serde_json::json;
use supple_core::Zoned;
use supple_core::event::{ArmMissed, ArmRevealed, EventBody, MeasureTaken, MissedBecause, When};
use supple_core::experiment::{Course, Due, Obeyed, arms_allowed, reading_after, words};
use supple_core::measure::words::{doubt_in_words, unit};
use supple_core::measure::{Record as Readings, doubts, reading};
use supple_core::state::ExperimentRecord;

/// What is due now; with --show, be shown today's way.
#[derive(Debug, clap::Args)]
pub struct Today {
    /// Be shown today's way, if it is due.
    #[arg(long, conflicts_with = "miss")]
    show: bool,
    /// Leave this session out: not_today or uncomfortable. The same way comes again next time.
    #[arg(long, value_name = "WHY", value_parser = ["not_today", "uncomfortable"])]
    miss: Option<String>,
}

impl Today {
    pub fn run(&self, diary: &mut Diary, as_value: bool) -> Outcome {
        let record = runs(diary)?;
        let (course, due) = stands(diary, record);
        let experiment = record.id().to_owned();
        if self.show {
            let body = shown(diary, record, &course, &due)?;
            diary.record(vec![body])?;
        } else if let Some(why) = &self.miss {
            let (Due::ToDo { session, .. } | Due::ReadingAfter { session, .. }) = due else {
                return Err(Failure::bad_input("no session is under way".to_owned()));
            };
            let not_allowed =
                DayPlan::of(diary)?.is_some_and(|today| matches!(today.obeyed, Some(Obeyed::NotAllowed { .. })));
            let why = match why.as_str() {
                _ if not_allowed => MissedBecause::NotAllowed,
                "uncomfortable" => MissedBecause::Uncomfortable,
                _ => MissedBecause::NotToday,
            };
            diary.record(vec![EventBody::ArmMissed(ArmMissed { experiment, session, why })])?;
        }
        say(diary, as_value)
    }
}

/// The way whose turn it is, once both ways are allowed.
fn shown(diary: &Diary, record: &ExperimentRecord, course: &Course<'_>, due: &Due) -> Result<EventBody, Failure> {
    if *due != Due::Reveal {
        return Err(Failure::bad_input(
            "no way is due to be shown; `supple experiment today` says what is".to_owned(),
        ));
    }
    let Some(today) = DayPlan::of(diary)? else {
        return Err(Failure::bad_input("say how your body is today first: `supple check-in`".to_owned()));
    };
    let (knowledge, design) = (supple_knowledge::embedded(), record.design());
    arms_allowed(knowledge, today.judgement.verdict.clearance(), &today.assessment, design)
        .map_err(|(arm, why)| Failure::bad_input(words::refused(design, arm, &why)))?;
    let session = course.counted();
    let arm = design.seed.arm(session);
    Ok(EventBody::ArmRevealed(ArmRevealed { experiment: record.id().to_owned(), session, arm }))
}

/// Record the reading that is due, practice first.
#[derive(Debug, clap::Args)]
pub struct Record {
    /// The trials, practice first.
    #[arg(required = true, num_args = 1.., allow_negative_numbers = true, value_name = "VALUE")]
    trials: Vec<f64>,
    /// Keep values that look like a slip.
    #[arg(long)]
    sure: bool,
}

impl Record {
    pub fn run(&self, diary: &mut Diary, as_value: bool) -> Outcome {
        let record = runs(diary)?;
        let (_, due) = stands(diary, record);
        let design = record.design();
        let outcome = &design.outcome;
        let now = diary.now();
        let when = match &due {
            Due::ReadingBefore | Due::Reveal | Due::ToDo { reading_first: true, .. } => When::Before,
            Due::ReadingAfter { arm, from, until, .. } if *from <= now && now <= *until => {
                reading_after(design, *arm)
            }
            Due::ReadingAfter { from, .. } => {
                return Err(Failure::bad_input(format!("the reading is due from {}", moment(from))));
            }
            _ => {
                return Err(Failure::bad_input(
                    "no reading is due; `supple experiment today` says what is".to_owned(),
                ));
            }
        };
        let measure = supple_knowledge::embedded().measures.get(&outcome.measure);
        let measure = measure.ok_or_else(|| Failure::error("this program does not know its test"))?;
        let taken = MeasureTaken {
            measure: outcome.measure.clone(),
            side: outcome.side,
            region: outcome.region,
            trials: self.trials.clone(),
            practice_trials: measure.practice_trials,
            when,
        };
        reading(measure, &taken).map_err(|error| Failure::bad_input(error.to_string()))?;
        let known = Readings::of(measure, &outcome.measure, diary.state());
        let found = doubts(measure, std::slice::from_ref(&taken), &known);
        if !self.sure && !found.is_empty() {
            let questions: Vec<String> = found.iter().map(|doubt| doubt_in_words(measure, doubt)).collect();
            let questions = questions.join(" ");
            return Err(Failure::bad_input(format!("{questions} Nothing was kept. If it is right, add --sure")));
        }
        diary.record(vec![EventBody::MeasureTaken(taken)])?;
        say(diary, as_value)
    }
}

fn moment(at: &Zoned) -> String {
    at.strftime("%A %-d %B, %-H:%M").to_string()
}

/// What is due now, and the next step.
fn say(diary: &Diary, as_value: bool) -> Outcome {
    let record = runs(diary)?;
    let (course, due) = stands(diary, record);
    let (knowledge, design) = (supple_knowledge::embedded(), record.design());
    let of = 2 * design.blocks.get();
    if as_value {
        return print_json(&json!({ "done": course.counted(), "of": of, "due": due_json(&due) }));
    }
    print_line(&Style::detect().bold(&format!("{} ({} of {of} sessions done)", design.name, course.counted())))?;
    let measure = knowledge.measures.get(&design.outcome.measure);
    let test = measure.map_or(String::new(), |measure| format!("{} in {}", measure.name, unit(measure)));
    let record_it = format!("{test}: `supple experiment record VALUE…`, practice first.");
    match &due {
        Due::Over => Ok(crate::shell::Done::Ok),
        Due::Complete => paragraph("It is done. `supple experiment end` shows the result."),
        Due::NotBefore(from) => paragraph(&format!("Nothing to do now. The next session: from {}.", moment(from))),
        Due::ReadingBefore => paragraph(&format!("Check in, then measure. {record_it}")),
        Due::Reveal => paragraph("Ready. `supple experiment today --show` shows today's way."),
        Due::ToDo { arm, reading_first, .. } => {
            print_line(&format!("Today: {}", words::label(design, *arm)))?;
            paragraph(&words::asks(knowledge, design, *arm))?;
            match DayPlan::of(diary)?.and_then(|today| today.obeyed) {
                Some(Obeyed::NotAllowed { arm, why, .. }) => {
                    paragraph(&words::refused(design, arm, &why))?;
                    paragraph("`supple experiment today --miss not_today` leaves it for another day.")
                }
                _ if *reading_first => paragraph(&format!("Just before: {record_it}")),
                _ => paragraph("`supple guide` takes you through it. Then measure again."),
            }
        }
        Due::ReadingAfter { arm, from, until, ended, .. } => {
            if *ended > diary.now() {
                print_line(&format!("Today: {}", words::label(design, *arm)))?;
                paragraph(&words::asks(knowledge, design, *arm))?;
            }
            paragraph(&format!("Measure from {} to {}. {record_it}", moment(from), moment(until)))
        }
    }
}
