//! Forecasts from the person's own log, and how good they were so far.

use crate::cli::{Common, print_json, print_line};
use crate::shell::Outcome;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use supple_core::body::{Half, Side, Site};
use supple_core::date_words;
use supple_core::learn::forecast::person::{Chances, DayPart, Moment, Outlook, outlook, scored};

/// The share of what may come that lies in the interval people read.
const SHOWN: f64 = 0.8;

/// Prints today to four days ahead.
pub fn show(common: &Common) -> Outcome {
    let diary = common.diary()?;
    let ahead = outlook(supple_knowledge::embedded(), diary.state(), &diary.now());
    diary.close();
    if common.json { print_json(&as_json(&ahead)) } else { print_line(&in_words(&ahead)) }
}

/// Prints how good forecasts of this log were.
pub fn score(common: &Common) -> Outcome {
    let diary = common.diary()?;
    let own = scored(supple_knowledge::embedded(), diary.state(), &diary.now());
    diary.close();
    if common.json {
        let Some(own) = own else { return print_json(&json!({ "n": 0 })) };
        let mut numbers = super::numbers(&own.scored);
        numbers["places"] = json!(own.places);
        numbers["noticed"] = json!(own.noticed);
        return print_json(&numbers);
    }
    let Some(own) = own else {
        return print_line(
            "Nothing to score yet. A place is scored from its eighth check-in on, on days after it was trained or sore.",
        );
    };
    let crps = own.scored.crps;
    print_line(&format!(
        "{} forecasts for {} places, each made from earlier days only; {} times soreness of 3 or more came.\n\
         Error (CRPS, in points; lower is better): Supple {:.3}, last reading {:.3}, mean {:.3}, ridge regression {:.3}.\n\
         In the middle 90 % lay {:.0} % of what came.",
        own.scored.n,
        own.places,
        own.noticed,
        crps.supple,
        crps.persistence,
        crps.mean,
        crps.ridge,
        100.0 * own.scored.coverage90
    ))
}

fn as_json(ahead: &Outlook) -> Value {
    let moments: Vec<Value> = ahead
        .moments
        .iter()
        .map(|moment| json!({ "date": moment.date.to_string(), "part": moment.part.id() }))
        .collect();
    let places: Vec<Value> = ahead
        .places
        .iter()
        .map(|(site, chances)| {
            let chances: Vec<Value> = chances.iter().map(numbers).collect();
            json!({ "region": site.region, "side": site.half.side(), "at": chances })
        })
        .collect();
    let worst: Vec<Value> = ahead
        .worst()
        .iter()
        .map(|worst| {
            let mut numbers = numbers(&worst.chances);
            let of: Map<String, Value> = Map::from_iter([
                ("region".to_owned(), json!(worst.site.region)),
                ("side".to_owned(), json!(worst.site.half.side())),
                ("date".to_owned(), json!(worst.moment.date.to_string())),
                ("part".to_owned(), json!(worst.moment.part.id())),
            ]);
            if let Value::Object(fields) = &mut numbers {
                fields.extend(of);
            }
            numbers
        })
        .collect();
    let missing =
        ahead.not_yet.map(|missing| json!({ "check_in_days": missing.check_in_days, "training": missing.training }));
    json!({ "cannot_tell_yet": missing, "moments": moments, "places": places, "worst": worst })
}

fn numbers(chances: &Chances) -> Value {
    let (low, high) = chances.interval(SHOWN);
    let (lowest, highest) = chances.interval(0.9);
    json!({ "mean": chances.mean(), "median": chances.median(), "interval80": [low, high],
        "interval90": [lowest, highest], "chances": chances.points() })
}

fn in_words(ahead: &Outlook) -> String {
    if let Some(missing) = ahead.not_yet {
        let mut text = String::from("Cannot tell yet.");
        if missing.check_in_days > 0 {
            let days = if missing.check_in_days == 1 { "day" } else { "days" };
            let _ = write!(text, " It takes a check-in on {} more {days}.", missing.check_in_days);
        }
        if missing.training {
            text.push_str(" No training is written down: `supple train add running 40`.");
        }
        return text;
    }
    let worst = ahead.worst();
    if worst.is_empty() {
        return "Nothing is likely to be noticeably sore from today to four days ahead.".to_owned();
    }
    let knowledge = supple_knowledge::embedded();
    let mut text = String::from("Likely worst, 0 to 10; in brackets, where it lies 8 times out of 10:");
    for one in &worst {
        let twin = Site::new(one.site.region, if one.site.half == Half::Left { Half::Right } else { Half::Left });
        let both = worst.iter().any(|other| other.site == twin && other.chances == one.chances);
        if both && one.site.half == Half::Right {
            continue;
        }
        let side = if both { Side::Both } else { one.site.half.side() };
        let name = knowledge.regions.get(&one.site.region).map_or(one.site.region.id(), |known| known.name.as_str());
        let (low, high) = one.chances.interval(SHOWN);
        let (when, middle) = (when(&one.moment), one.chances.median());
        let _ = write!(text, "\n{when}: {name}, {}: {middle} ({low}-{high})", side.spoken());
    }
    text
}

fn when(moment: &Moment) -> String {
    let part = match moment.part {
        DayPart::Now => return "Now".to_owned(),
        DayPart::Morning => "morning",
        DayPart::Evening => "evening",
    };
    format!("{} {part}", date_words::weekday(moment.date.weekday()))
}
