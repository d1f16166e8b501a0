//! `supple response`: what sessions do for this person, test by test.

use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use serde_json::{Value, json};
use supple_core::contract::text::side_words;
use supple_core::knowledge::Measure;
use supple_core::learn::response::words;
use supple_core::learn::{PersonalResponse, response_of, responses};
use supple_core::measure::Where;
use supple_core::measure::words::unit;

/// See what a session does for you, from tests before and after sessions and from rest tests.
///
/// A rest test is the same two tests around a wait of the same length without rolling: a second test reads better by
/// itself, and only rest tests tell how much. Without a measure it shows every test with results.
#[derive(Debug, clap::Args)]
pub struct Response {
    /// The test's id, such as wblt_cm.
    measure: Option<String>,
}

impl Response {
    pub fn run(&self, common: &Common) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        let diary = common.diary()?;
        let found = match &self.measure {
            Some(id) if !knowledge.measures.contains_key(id) => {
                return Err(Failure::bad_input(format!("there is no test `{id}`; `supple measure` lists them")));
            }
            Some(id) => of_one(&diary, id),
            None => responses(knowledge, diary.state()),
        };
        if common.json {
            let all =
                found.iter().map(|(id, about, response)| as_json(id, &knowledge.measures[id], *about, response));
            return print_json(&all.collect::<Vec<_>>());
        }
        if found.is_empty() {
            return print_page(NOTHING_YET, "");
        }
        for (id, about, response) in &found {
            show(&knowledge.measures[id], *about, response)?;
        }
        Ok(Done::Ok)
    }
}

const NOTHING_YET: &str = "Nothing to go by yet. Take a test before a session and again after it (`supple measure \
wblt_cm --when before`, then `--when after`), and on every third occasion around a wait of the same length without \
rolling (`--when before-wait`, `--when after-wait`).";

fn of_one(diary: &Diary, id: &str) -> Vec<(String, Where, PersonalResponse)> {
    let knowledge = supple_knowledge::embedded();
    let mut places: Vec<Where> = diary
        .state()
        .measures
        .iter()
        .filter(|taken| taken.what.measure == id)
        .map(|taken| Where { region: taken.what.region, side: taken.what.side })
        .collect();
    places.sort_unstable();
    places.dedup();
    let of = |about| Some((id.to_owned(), about, response_of(knowledge, diary.state(), id, about)?));
    places.into_iter().filter_map(of).collect()
}

fn show(measure: &Measure, about: Where, response: &PersonalResponse) -> Outcome {
    let region = about.region.map(|region| supple_knowledge::embedded().regions[&region].name.clone());
    let side = about.side.map(|side| side_words(side).to_owned());
    let title: Vec<String> = [measure.name.clone()].into_iter().chain(region).chain(side).collect();
    print_line(&Style::detect().bold(&title.join(", ")))?;
    for sentence in words::all(measure, response) {
        print_page(&sentence, "  ")?;
    }
    print_line("")
}

fn print_page(text: &str, indent: &str) -> Outcome {
    print_line(&format!("{indent}{}", lines(text, width() - indent.len()).join(&format!("\n{indent}"))))
}

fn as_json(id: &str, measure: &Measure, about: Where, response: &PersonalResponse) -> Value {
    let estimate = |one: &supple_core::learn::response::Estimate| json!({ "mean": one.mean, "sd": one.sd, "low90": one.interval.0, "high90": one.interval.1 });
    json!({
        "measure": id, "name": measure.name, "unit": unit(measure), "region": about.region, "side": about.side,
        "verdict": words::id(response.told), "sentence": words::verdict(response.told),
        "more_sessions": response.told.more_sessions(),
        "gain": estimate(&response.gain), "retest": estimate(&response.retest),
        "usual": { "seconds": response.usual.seconds, "minutes": response.usual.minutes },
        "smallest_worthwhile": response.smallest_worthwhile,
        "probability": { "helps": response.helps, "little": response.little, "less": response.worse },
        "certainty": response.certainty, "error_of_one_trial": response.error,
        "sessions": response.sessions, "rest_tests": response.rest_tests,
        "differences": response.dots.iter().map(|dot| json!({
            "id": dot.id, "hours": dot.hours, "difference": dot.difference, "rest": dot.rest,
        })).collect::<Vec<_>>(),
        "density": response.distribution.curve(101),
    })
}
