use super::super::areas::{parse_region, parse_side};
use super::super::{print_json, print_line};
use super::paragraph;
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use serde_json::json;
use supple_core::body::Side;
use supple_core::event::{EventBody, ExperimentArm, Name, RollArm};
use supple_core::experiment::{BadDesign, Draft, LONGEST, Promise, Seed, outcome, promise, ready};
use supple_core::measure::words::unit;
use supple_core::unit::{Blocks, MinutesAfter, Seconds, Trials, WashOutHours, WorthHaving};
use uuid::Uuid;

/// See how long an experiment would take; with --begin, begin it.
#[derive(Debug, clap::Args)]
pub struct Design {
    /// The ready question; missing for one of your own, with --first, --second and --measure.
    question: Option<String>,
    /// Where, for a question that can be asked at several places.
    #[arg(long)]
    region: Option<String>,
    /// What is rolled: left, right or both.
    #[arg(long, default_value = "both")]
    side: String,
    /// The smallest difference worth having, in the test's unit.
    #[arg(long)]
    worth: Option<f64>,
    /// Take twice the trials each time.
    #[arg(long)]
    twice: bool,
    /// The first way: a technique and its seconds on each side, such as calf_roller:60.
    #[arg(long, value_name = "TECHNIQUE:SECONDS", requires = "second")]
    first: Option<String>,
    /// The second way: the same, or `rest`.
    #[arg(long, value_name = "TECHNIQUE:SECONDS", requires = "measure")]
    second: Option<String>,
    /// The test it is judged by.
    #[arg(long)]
    measure: Option<String>,
    /// Minutes from the end to the reading.
    #[arg(long, default_value_t = 5)]
    minutes_after: u16,
    /// Blocks of two sessions, if not as many as promised.
    #[arg(long)]
    blocks: Option<u8>,
    /// Begin it.
    #[arg(long)]
    begin: bool,
}

impl Design {
    pub fn run(&self, diary: &mut Diary, as_value: bool) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        let draft = self.draft().map_err(bad)?;
        draft.check(knowledge, diary.state()).map_err(bad)?;
        let seed = Seed::from_text(&Uuid::now_v7().to_string());
        let setting = draft.setting(knowledge, diary.state()).map_err(bad)?;
        let (noise, worth) = draft.noise(knowledge, diary.state()).map_err(bad)?;
        let promised = match self.blocks {
            Some(blocks) => {
                let blocks = Blocks::new(blocks).map_err(|error| Failure::bad_input(error.to_string()))?;
                Promise::of_length(&setting, 2 * blocks.get())
            }
            None => promise(&setting),
        };
        let measure = &knowledge.measures[&draft.outcome.measure];
        if let Some(sessions) = promised.sessions.filter(|_| self.begin) {
            let blocks = Blocks::new(sessions / 2).map_err(|error| Failure::bad_input(error.to_string()))?;
            let designed =
                draft.begin(knowledge, diary.state(), Uuid::now_v7().to_string(), seed, blocks).map_err(bad)?;
            diary.record(vec![EventBody::ExperimentDesigned(Box::new(designed))])?;
        }
        let begun = self.begin && promised.sessions.is_some();
        if as_value {
            return print_json(&json!({
                "sessions": promised.sessions, "power": promised.power, "certainty": promised.certainty,
                "worth_having": worth.value(), "unit": unit(measure), "error_of_one_reading": noise.reading,
                "own_error": noise.own, "begun": begun,
            }));
        }
        print_line(&Style::detect().bold(draft.name.as_str()))?;
        paragraph(&format!("Judged by: {}. Worth having: {} {}.", measure.name, worth.value(), unit(measure)))?;
        match promised.sessions {
            Some(sessions) => paragraph(&format!(
                "{sessions} sessions. If one way really does more by {} {}, you are told so within that many in about \
                 {:.0} of 100 such experiments; if there is no difference, you are told of one in at most 5.",
                2.0 * worth.value(),
                unit(measure),
                promised.power * 100.0
            ))?,
            None => paragraph(&format!(
                "This test cannot answer the question: even {LONGEST} sessions would not tell. Its error of {:.2} {} is too \
                 large. Try --twice, a larger --worth, or another test.",
                noise.reading,
                unit(measure)
            ))?,
        };
        match (begun, promised.sessions) {
            (true, _) => print_line("\nBegun. `supple experiment today` says what is due."),
            (false, Some(_)) => print_line("\nWith --begin it begins."),
            (false, None) => Ok(Done::Ok),
        }
    }

    fn draft(&self) -> Result<Draft, BadDesign> {
        let knowledge = supple_knowledge::embedded();
        let side = parse_side(&self.side).map_err(|_| BadDesign::NoSuchPlace)?;
        let mut draft = match (&self.question, &self.first, &self.second, &self.measure) {
            (Some(question), ..) => {
                let region = self.region.as_deref().map(parse_region).transpose();
                ready(knowledge, question, region.map_err(|_| BadDesign::NoSuchPlace)?, side)?
            }
            (None, Some(first), Some(second), Some(measure)) => {
                own(first, second, measure, side, self.minutes_after)?
            }
            _ => return Err(BadDesign::NoSuchQuestion(String::new())),
        };
        draft.worth_having = self.worth.map(WorthHaving::new).transpose()?;
        if self.twice {
            draft.outcome.trials = Trials::new(draft.outcome.trials.get().saturating_mul(2))?;
        }
        Ok(draft)
    }
}

fn own(first: &str, second: &str, measure_id: &str, side: Side, minutes: u16) -> Result<Draft, BadDesign> {
    let knowledge = supple_knowledge::embedded();
    let arms = [arm(first)?, arm(second)?];
    let rolled = arms.iter().find_map(|arm| arm.roll.as_ref()).ok_or(BadDesign::NothingRolled)?;
    let region = knowledge.techniques[&rolled.technique].region;
    let measure =
        knowledge.measures.get(measure_id).ok_or_else(|| BadDesign::NoSuchMeasure(measure_id.to_owned()))?;
    let minutes_after = MinutesAfter::new(minutes)?;
    let hours = if minutes > 180 { 96 } else { 3 };
    Ok(Draft {
        question: None,
        name: Name::new("My own question").expect("a name"),
        outcome: outcome(measure, measure_id, region, side, minutes_after),
        arms,
        side,
        worth_having: None,
        wash_out_hours: WashOutHours::new(hours)?,
    })
}

fn arm(text: &str) -> Result<ExperimentArm, BadDesign> {
    if text == "rest" {
        return Ok(ExperimentArm { label: Name::new("Rest").expect("a name"), roll: None });
    }
    let (technique, seconds) = text.split_once(':').unwrap_or((text, "60"));
    let known = supple_knowledge::embedded().techniques.get(technique);
    let known = known.ok_or_else(|| BadDesign::NoSuchTechnique(technique.to_owned()))?;
    let seconds: u32 = seconds.parse().unwrap_or(0);
    let label: String = format!("{} for {seconds} s", known.name).chars().take(Name::MOST).collect();
    let roll = RollArm { technique: technique.to_owned(), seconds: Seconds::new(seconds), felt: None, timing: None };
    Ok(ExperimentArm { label: Name::new(label).expect("a technique has a name"), roll: Some(roll) })
}

fn bad(error: BadDesign) -> Failure {
    Failure::bad_input(match error {
        BadDesign::NoSuchQuestion(id) if id.is_empty() => {
            "name a question, or --first, --second and --measure; `supple experiment list` shows the questions"
                .to_owned()
        }
        BadDesign::NoSuchQuestion(_) => format!("{error}; `supple experiment list` shows all"),
        other => other.to_string(),
    })
}
