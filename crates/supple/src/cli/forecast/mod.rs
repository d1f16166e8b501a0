use super::{Common, print_json, print_line};
use crate::shell::{Failure, Outcome};
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::path::PathBuf;
use supple_core::learn::forecast::{Forecasts, Points, Scored, score};

mod own;
mod table;

/// See where you are likely to be sore in the next days, and how good such forecasts were.
#[derive(Debug, clap::Args)]
pub struct Forecast {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Where you are likely to be sore, today to four days ahead (the default).
    Show,
    /// How good the forecasts of your own log were, each made from earlier days only.
    Scored,
    /// Score forecasts of soreness on the logs of a group, beside three simple ones.
    Score(Score),
}

/// Score forecasts of soreness on the logs of a group, beside three simple ones.
///
/// Each reading is foretold from what everybody wrote on earlier days, never later ones. The score is the continuous
/// ranked probability score (CRPS) in points of the scale; lower is better.
#[derive(Debug, clap::Args)]
struct Score {
    /// A CSV file, also with gzip, with the columns participant, effective_time_frame (a date or a time) and soreness.
    #[arg(long, value_name = "FILE")]
    wellness: PathBuf,
    /// A CSV file, also with gzip, with the columns participant, end_date_time, perceived_exertion (0 to 10) and
    /// duration_min.
    #[arg(long, value_name = "FILE")]
    load: PathBuf,
    /// The lowest and the highest point of soreness.
    #[arg(long, value_name = "LOWEST-HIGHEST", default_value = "1-5", value_parser = points)]
    scale: (i32, i32),
    /// A higher point means more sore; without it a lower one does, as in the PMSys diary.
    #[arg(long)]
    higher_is_sorer: bool,
}

/// Most points: more would make each forecast slow, and nobody tells them apart.
const MOST_POINTS: i32 = 101;

fn points(text: &str) -> Result<(i32, i32), String> {
    let parts = text.split_once('-').and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)));
    parts
        .filter(|(low, high): &(i32, i32)| low < high && high - low < MOST_POINTS)
        .ok_or_else(|| format!("write two whole numbers from 0 up, at most {} apart, such as 1-5", MOST_POINTS - 1))
}

/// Draws the interval: the year of the first version, and nothing was chosen by it.
const SEED: u64 = 2026;

impl Forecast {
    pub fn run(&self, common: &Common) -> Outcome {
        match self.what.as_ref().unwrap_or(&What::Show) {
            What::Show => own::show(common),
            What::Scored => own::score(common),
            What::Score(score) => score.run(common),
        }
    }
}

impl Score {
    fn run(&self, common: &Common) -> Outcome {
        let (lowest, highest) = self.scale;
        let points = Points { lowest, highest, higher_is_sorer: self.higher_is_sorer };
        let read = table::read(&self.wellness, &self.load, points)?;
        let forecasts = score(&read.diaries, points, SEED).ok_or_else(|| {
            Failure::bad_input("nobody has eight days with soreness or more; forecasts are scored from the eighth on")
                .at(&self.wellness)
        })?;
        if common.json { print_json(&as_json(&forecasts, &read)) } else { print_line(&in_words(&forecasts, &read)) }
    }
}

fn as_json(forecasts: &Forecasts, read: &table::Read) -> Value {
    let participants: Map<String, Value> =
        forecasts.people.iter().map(|(person, scored)| (person.clone(), numbers(scored))).collect();
    let mut overall = numbers(&forecasts.all);
    overall["better_by"] = json!(forecasts.better_by);
    overall["better_by_ci"] = json!([forecasts.better_by_ci.0, forecasts.better_by_ci.1]);
    json!({ "participants": participants, "overall": overall, "left_out": read.left_out })
}

fn numbers(scored: &Scored) -> Value {
    let crps = scored.crps;
    json!({
        "n": scored.n,
        "crps": { "supple": crps.supple, "persistence": crps.persistence, "mean": crps.mean, "ridge": crps.ridge },
        "coverage90": scored.coverage90,
        "coverage90_whole_points": scored.coverage90_whole_points,
    })
}

fn in_words(forecasts: &Forecasts, read: &table::Read) -> String {
    let mut text = String::from(
        "| person | forecasts | Supple | last reading | mean | ridge | inside 90 % |\n|---|---|---|---|---|---|---|\n",
    );
    let all = [("all".to_owned(), forecasts.all)];
    for (person, scored) in forecasts.people.iter().map(|(a, b)| (a.clone(), *b)).chain(all) {
        let Scored { n, crps, coverage90, .. } = scored;
        let _ = writeln!(
            text,
            "| {person} | {n} | {:.3} | {:.3} | {:.3} | {:.3} | {:.0} % |",
            crps.supple,
            crps.persistence,
            crps.mean,
            crps.ridge,
            100.0 * coverage90
        );
    }
    let (low, high) = forecasts.better_by_ci;
    let _ = write!(
        text,
        "\nCRPS in points of the scale, lower is better. Supple is {:.1} % below the best of the others (95 % interval \
         {:.1} to {:.1} %, drawing whole persons).",
        100.0 * forecasts.better_by,
        100.0 * low,
        100.0 * high
    );
    if !read.left_out.is_empty() {
        let _ = write!(text, "\nLeft out: {}.", read.left_out.join("; "));
    }
    text
}
