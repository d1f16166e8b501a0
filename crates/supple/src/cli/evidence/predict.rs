//! What studies would observe that nobody has shown us.

use crate::cli::{Common, print_json, print_line};
use crate::shell::{Done, Failure, Outcome};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use supple_core::knowledge::Basis;
use supple_core::learn::{
    Asked, Moderators, NoPrediction, PRE_POST_CORRELATION, Predictor, Range, Scale, all_poolable, percent_rows,
    smd_rows,
};

/// Predict what studies would observe, their sampling error included.
///
/// Above zero favours rolling. The 90 % interval holds the observed result of nine studies of ten.
#[derive(Debug, clap::Args)]
pub struct Predict {
    /// A JSON list of studies as in knowledge/trials/, without results: outcome_class, effect_basis or comparator,
    /// n_per_arm, and where known total_seconds_per_muscle, time_after_min, weeks.
    file: PathBuf,
}

/// The fields that a prediction rests on; others may stand beside them.
#[derive(Debug, Deserialize)]
struct Study {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    outcome_class: Option<String>,
    #[serde(default)]
    effect_basis: Option<Basis>,
    #[serde(default)]
    comparator: Option<String>,
    #[serde(default)]
    design: Option<String>,
    #[serde(default)]
    n_per_arm: Option<f64>,
    #[serde(default)]
    total_seconds_per_muscle: Option<f64>,
    #[serde(default)]
    time_after_min: Option<f64>,
    #[serde(default)]
    weeks: Option<f64>,
}

impl Study {
    fn asked(&self) -> Result<Asked, String> {
        let class =
            self.outcome_class.as_deref().ok_or("outcome_class is missing; name it, such as ROM or soreness")?;
        for (name, value, high) in [
            ("total_seconds_per_muscle", self.total_seconds_per_muscle, 36_000.0),
            ("time_after_min", self.time_after_min, 1e6),
            ("weeks", self.weeks, 520.0),
        ] {
            if let Some(value) = value.filter(|value| !(0.0..=high).contains(value)) {
                return Err(format!("{name} is {value}; it is 0 to {high}, or left out"));
            }
        }
        let comparator = self.comparator.as_deref().unwrap_or_default();
        let basis = (self.effect_basis, comparator, self.design.as_deref());
        let asked = Asked::new(class, basis, self.n_per_arm).map_err(|error| error.to_string())?;
        Ok(Asked { seconds: self.total_seconds_per_muscle, minutes: self.time_after_min, weeks: self.weeks, ..asked })
    }
}

impl Predict {
    pub fn run(&self, common: &Common) -> Outcome {
        let text = std::fs::read_to_string(&self.file).map_err(|error| {
            Failure::bad_input(format!("{error}; name a JSON file with a list of studies")).at(&self.file)
        })?;
        let studies: Vec<Value> = serde_json::from_str(&text).map_err(|error| {
            Failure::bad_input(format!("{error}; the file is a JSON list, one object a study: [{{\"id\": ...}}]"))
                .at(&self.file)
        })?;
        let trials = supple_knowledge::trials();
        let predictor = |rows: &[_], scale| {
            Predictor::new(rows, scale, PRE_POST_CORRELATION, Moderators::Usual)
                .map_err(|error| Failure::error(error.to_string()))
        };
        let smd = predictor(&smd_rows(&all_poolable(trials, PRE_POST_CORRELATION)), Scale::Smd)?;
        let percent = predictor(&percent_rows(trials, PRE_POST_CORRELATION), Scale::Percent)?;
        let answers: Vec<Value> = studies.iter().map(|study| answer(study, &smd, &percent)).collect();
        if common.json {
            return print_json(&answers);
        }
        for answer in &answers {
            print_line(&words(answer))?;
        }
        Ok(Done::Ok)
    }
}

fn answer(study: &Value, smd: &Predictor, percent: &Predictor) -> Value {
    let read = Study::deserialize(study).map_err(|error| format!("this study cannot be read: {error}"));
    let id = study.get("id").cloned().unwrap_or(Value::Null);
    let predicted = read.and_then(|study| {
        debug_assert!(study.id.is_none() || !id.is_null());
        let asked = study.asked()?;
        let said = |range: Result<Range, NoPrediction>| range.map_err(|error| error.to_string());
        let percent = if asked.class == "ROM" { Some(said(percent.predict(&asked))?) } else { None };
        Ok::<_, String>((said(smd.predict(&asked))?, percent))
    });
    match predicted {
        Ok((smd, percent)) => json!({ "id": id, "smd": range(&smd), "percent": percent.as_ref().map(range) }),
        Err(reason) => json!({ "id": id, "smd": null, "percent": null, "reason": reason }),
    }
}

fn range(range: &Range) -> Value {
    json!({ "mean": range.mean, "lo90": range.low, "hi90": range.high })
}

fn words(answer: &Value) -> String {
    let id = answer["id"].as_str().map_or_else(|| answer["id"].to_string(), str::to_owned);
    if let Some(reason) = answer["reason"].as_str() {
        return format!("{id}: not predicted: {reason}");
    }
    let part = |name: &str, unit: &str| {
        let value = &answer[name];
        let number = |key: &str| value[key].as_f64().map(|number| format!("{number:.2}"));
        Some(format!("{}{unit} ({} to {})", number("mean")?, number("lo90")?, number("hi90")?))
    };
    let percent = part("percent", " %").map_or(String::new(), |percent| format!("; {percent} of the reading before"));
    format!("{id}: SMD {}{percent}", part("smd", "").unwrap_or_default())
}
