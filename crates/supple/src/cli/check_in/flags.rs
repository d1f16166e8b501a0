//! From flags to what happened.

use super::{CheckIn, regions};
use crate::cli::areas::{area, parse_region, parse_side, soreness};
use crate::shell::{Diary, Failure};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use supple_core::assess::{areas_asked, given};
use supple_core::event::{Answer, CheckedIn, EventBody, NextDayReported, ProfileChanged, QuestionAnswered};
use supple_core::knowledge::{Firmness, Scope, ToolId};
use supple_core::sorted::SortedMap;
use supple_core::unit::{AgeYears, Kilograms, SessionMinutes};

/// Who it is and with what they roll, if anything of it was given.
pub fn profile(flags: &CheckIn) -> Result<Vec<EventBody>, Failure> {
    let mut change = ProfileChanged {
        age_years: flags.age,
        body_mass_kg: flags.mass,
        adult_present: flags.adult_present.then_some(true),
        ..ProfileChanged::default()
    };
    if !flags.tool.is_empty() {
        let mut tools = Vec::new();
        let mut firmness = SortedMap::new();
        for text in &flags.tool {
            let (tool, hard) = text.split_once(':').map_or((text.as_str(), None), |(tool, hard)| (tool, Some(hard)));
            let tool: ToolId = word("tool", tool)?;
            if let Some(hard) = hard {
                firmness.insert(tool, word::<Firmness>("firmness", hard)?);
            }
            tools.push(tool);
        }
        change.tools = Some(tools);
        change.tool_firmness = Some(firmness);
    }
    if !flags.place.is_empty() {
        change.places = Some(flags.place.iter().map(|text| word("place", text)).collect::<Result<_, _>>()?);
    }
    if !flags.no.is_empty() {
        change.no = Some(flags.no.iter().map(|text| word("posture", text)).collect::<Result<_, _>>()?);
    }
    Ok(if change == ProfileChanged::default() { Vec::new() } else { vec![EventBody::ProfileChanged(change)] })
}

/// Next-day reports.
pub fn next_day(flags: &CheckIn) -> Result<Vec<EventBody>, Failure> {
    let report = |text: &String| {
        let (place, bruise) = text.strip_suffix(",bruise").map_or((text.as_str(), false), |place| (place, true));
        let sore = soreness(place)?;
        Ok(EventBody::NextDayReported(NextDayReported {
            region: sore.region,
            side: sore.side,
            soreness: sore.felt,
            bruise,
        }))
    };
    flags.next_day.iter().map(report).collect()
}

/// Today's wishes, if they were given.
pub fn wishes(flags: &CheckIn) -> Result<Option<CheckedIn>, Failure> {
    let (Some(goal), Some(minutes)) = (&flags.goal, flags.minutes) else { return Ok(None) };
    let regions = |texts: &[String]| texts.iter().map(|text| parse_region(text)).collect::<Result<Vec<_>, _>>();
    Ok(Some(CheckedIn {
        goal: word("goal", goal)?,
        minutes,
        soreness: flags.sore.iter().map(|text| soreness(text)).collect::<Result<_, _>>()?,
        tight: flags.tight.iter().map(|text| area(text)).collect::<Result<_, _>>()?,
        wants: regions(&flags.want)?,
        avoid: regions(&flags.avoid)?,
    }))
}

/// Answers to the screen.
pub fn answers(flags: &CheckIn, wishes: &CheckedIn) -> Result<Vec<EventBody>, Failure> {
    let knowledge = supple_knowledge::embedded();
    let today = regions(wishes);
    let mut bodies = Vec::new();
    for list in &flags.none_of {
        let ids = question_list(list).ok_or_else(|| {
            Failure::bad_input(format!(
                "there is no list `{list}`; write get_help_first, told_by_a_doctor, medicines, recent or areas"
            ))
        })?;
        for id in ids {
            let caution = &knowledge.cautions[id];
            bodies.push(given(id, caution, Answer::No, areas_asked(knowledge, id, &today)));
        }
    }
    for text in &flags.answer {
        bodies.push(one(text, &today)?);
    }
    Ok(bodies.into_iter().map(EventBody::QuestionAnswered).collect())
}

fn one(text: &str, today: &[supple_core::body::RegionId]) -> Result<QuestionAnswered, Failure> {
    let knowledge = supple_knowledge::embedded();
    let bad = |what: String| Failure::bad_input(format!("--answer {text}: {what}"));
    let (id, rest) = text.split_once('=').ok_or_else(|| bad("write it as ID=yes, ID=no or ID=unknown".to_owned()))?;
    let caution = knowledge
        .cautions
        .get(id)
        .ok_or_else(|| bad(format!("there is no question `{id}`; `supple knowledge list cautions` shows all")))?;
    let mut parts = rest.split(',');
    let answer: Answer = word("answer", parts.next().unwrap_or_default())?;
    let mut body = given(id, caution, answer, Vec::new());
    for part in parts {
        match part.split_once('=') {
            Some(("side", side)) => body.side = Some(parse_side(side)?),
            Some(("area", place)) => body.areas.push(area(place)?),
            Some(("agreed", day)) => body.clinician_agreed_on = Some(date(day)?),
            Some(("since", day)) => body.since = Some(date(day)?),
            _ => return Err(bad(format!("`{part}` is none of side=, area=, agreed= and since="))),
        }
    }
    if answer == Answer::No && caution.scope == Scope::MarkedArea && body.areas.is_empty() {
        body.areas = areas_asked(knowledge, id, today);
    }
    Ok(body)
}

fn date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::bad_input(format!("`{text}` is no day; write it as 2026-11-01")))
}

/// A word out of a fixed list, with the list in the error.
pub fn word<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Failure> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|error| {
        let error = error.to_string();
        let allowed = error.split_once("expected ").map_or("another word", |(_, allowed)| allowed);
        let allowed = allowed.trim_start_matches("one of ").replace('`', "");
        Failure::bad_input(format!("`{text}` is no {what}; write {allowed}"))
    })
}

/// A list of questions by its name.
pub fn question_list(name: &str) -> Option<&'static Vec<String>> {
    let order = &supple_knowledge::embedded().screen;
    Some(match name {
        "get_help_first" => &order.get_help_first,
        "told_by_a_doctor" => &order.told_by_a_doctor,
        "medicines" => &order.medicines,
        "recent" => &order.recent,
        "areas" => &order.areas,
        _ => return None,
    })
}

/// What the age says need not be asked.
pub fn by_age(diary: &Diary) -> Vec<EventBody> {
    supple_core::assess::by_age(supple_knowledge::embedded(), diary.state(), &diary.now(), None)
}

/// Minutes for a session, as a flag.
pub fn minutes(text: &str) -> Result<SessionMinutes, String> {
    let minutes: i64 = text.parse().map_err(|_| "write whole minutes from 2 to 20, such as 10".to_owned())?;
    u8::try_from(minutes)
        .ok()
        .and_then(|minutes| SessionMinutes::new(minutes).ok())
        .ok_or_else(|| "a session takes 2 to 20 whole minutes; write for instance 10".to_owned())
}

/// An age, as a flag.
pub fn age(text: &str) -> Result<AgeYears, String> {
    let years = text.parse().ok().and_then(|years: u8| AgeYears::new(years).ok());
    years.ok_or_else(|| "write whole years from 0 to 120, such as 34".to_owned())
}

/// A body mass, as a flag.
pub fn mass(text: &str) -> Result<Kilograms, String> {
    let mass = text.parse().ok().and_then(|mass: f64| Kilograms::new(mass).ok());
    mass.ok_or_else(|| "write kilograms from 20 to 350, such as 72.5, or leave it out".to_owned())
}
