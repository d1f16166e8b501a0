//! Everything as tables: one CSV file a kind of thing, in one zip. For spreadsheets and statistics; the JSON Lines are
//! the copy that can be brought back.

use crate::pages::settings::csv::Table;
use crate::pages::settings::zip::stored;
use serde::Serialize;
use supple_core::Zoned;
use supple_core::state::State;

type Made<T> = Result<T, serde_json::Error>;

/// The zip.
///
/// # Errors
///
/// If a value cannot be written as JSON, which none of ours is.
pub fn zip(state: &State) -> Made<Vec<u8>> {
    Ok(stored(&tables(state)?))
}

fn tables(state: &State) -> Made<Vec<(&'static str, String)>> {
    let mut check_ins = Table::new(&["at", "goal", "minutes"]);
    let mut marks = Table::new(&["at", "kind", "region", "side", "soreness_0_10"]);
    for said in &state.check_ins {
        let at = time(&said.at);
        check_ins.row(&[&at, &id(&said.what.goal)?, &said.what.minutes.get().to_string()]);
        for sore in &said.what.soreness {
            let felt = sore.felt.get().to_string();
            marks.row(&[&at, "sore", sore.region.id(), &optional(sore.side.as_ref())?, &felt]);
        }
        for area in &said.what.tight {
            marks.row(&[&at, "tight", area.region.id(), &optional(area.side.as_ref())?, ""]);
        }
        for (kind, regions) in [("wanted", &said.what.wants), ("avoided", &said.what.avoid)] {
            for region in regions {
                marks.row(&[&at, kind, region.id(), "", ""]);
            }
        }
    }
    let mut answers =
        Table::new(&["at", "question", "text_version", "answer", "side", "areas", "agreed_on", "since"]);
    for (question, given) in &state.answers {
        for answer in given {
            let what = &answer.what;
            let areas: Vec<String> = what
                .areas
                .iter()
                .map(|area| Ok(format!("{}:{}", area.region, optional(area.side.as_ref())?)))
                .collect::<Made<_>>()?;
            answers.row(&[
                &time(&answer.at),
                question,
                &what.text_version.to_string(),
                &id(&what.answer)?,
                &optional(what.side.as_ref())?,
                &areas.join(" "),
                &what.clinician_agreed_on.map(|day| day.to_string()).unwrap_or_default(),
                &what.since.map(|day| day.to_string()).unwrap_or_default(),
            ]);
        }
    }
    let mut sessions = Table::new(&["session", "started_at", "goal", "blocks_planned", "ended_at", "completed"]);
    let mut blocks = Table::new(&[
        "session",
        "block",
        "at",
        "technique",
        "region",
        "side",
        "seconds",
        "end",
        "lighter_steps",
        "pressure_felt_0_10",
    ]);
    for session in &state.sessions {
        let (ended, completed) =
            session.ended.as_ref().map_or_else(Default::default, |(at, completed)| (time(at), completed.to_string()));
        let planned = session.started.doses.len().to_string();
        sessions.row(&[&session.id, &time(&session.at), &id(&session.started.goal)?, &planned, &ended, &completed]);
        for block in &session.blocks {
            let done = &block.finished;
            let felt: Vec<String> = done.felt.iter().map(|felt| felt.get().to_string()).collect();
            blocks.row(&[
                &session.id,
                &done.block.to_string(),
                &time(&block.at),
                &done.technique,
                done.region.id(),
                done.side.id(),
                &done.seconds.to_string(),
                &id(&done.end)?,
                &done.lighter_steps.to_string(),
                &felt.join(" "),
            ]);
        }
    }
    let mut reviews = Table::new(&["at", "session", "felt"]);
    for review in &state.reviews {
        reviews.row(&[&time(&review.at), &review.what.session, &id(&review.what.felt)?]);
    }
    let mut next_days = Table::new(&["at", "region", "side", "soreness_0_10", "bruise"]);
    for report in &state.next_days {
        let what = &report.what;
        let (felt, bruise) = (what.soreness.get().to_string(), what.bruise.to_string());
        next_days.row(&[&time(&report.at), what.region.id(), &optional(what.side.as_ref())?, &felt, &bruise]);
    }
    let mut spots = Table::new(&["spot", "at", "what", "region", "side", "value", "name"]);
    for spot in &state.spots {
        let (region, side) = (spot.marked.region.id(), spot.marked.side.id());
        let name = spot.marked.name.as_ref().map(ToString::to_string).unwrap_or_default();
        let lump = if spot.marked.lump { "lump" } else { "" };
        spots.row(&[&spot.id, &time(&spot.marked_at), "marked", region, side, lump, &name]);
        for answer in &spot.follow_ups {
            spots.row(&[&spot.id, &time(&answer.at), "follow_up", region, side, &id(&answer.what.change)?, ""]);
        }
        for press in &spot.presses {
            let (when, felt) =
                (format!("tenderness_{}", id(&press.what.when)?), press.what.tenderness.get().to_string());
            spots.row(&[&spot.id, &time(&press.at), &when, region, side, &felt, ""]);
        }
    }
    let mut measures = Table::new(&["at", "measure", "side", "region", "when", "trials"]);
    for measured in &state.measures {
        let what = &measured.what;
        let trials: Vec<String> = what.trials.iter().map(ToString::to_string).collect();
        let region = what.region.map(|region| region.to_string()).unwrap_or_default();
        measures.row(&[
            &time(&measured.at),
            &what.measure,
            &optional(what.side.as_ref())?,
            &region,
            &id(&what.when)?,
            &trials.join(" "),
        ]);
    }
    let mut stops = Table::new(&["at", "session", "signal", "region", "side"]);
    for stop in &state.stops {
        let what = &stop.what;
        let region = what.region.map(|region| region.to_string()).unwrap_or_default();
        let session = what.session.clone().unwrap_or_default();
        stops.row(&[&time(&stop.at), &session, &id(&what.signal)?, &region, &optional(what.side.as_ref())?]);
    }
    let mut elsewhere = Table::new(&["at", "region", "side", "seconds", "tool", "pressure_felt_0_10"]);
    for done in &state.elsewhere {
        let what = &done.what;
        elsewhere.row(&[
            &time(&done.at),
            what.region.id(),
            &optional(what.side.as_ref())?,
            &what.seconds.to_string(),
            &id(&what.tool)?,
            &what.felt.map(|felt| felt.get().to_string()).unwrap_or_default(),
        ]);
    }
    let mut experiments = Table::new(&["experiment", "at", "what", "session", "value"]);
    for record in &state.experiments {
        let experiment = record.id();
        let design = serde_json::to_string(record.design())?;
        experiments.row(&[experiment, &time(&record.designed.at), "designed", "", &design]);
        for shown in &record.revealed {
            let (session, arm) = (shown.what.session.to_string(), shown.what.arm.to_string());
            experiments.row(&[experiment, &time(&shown.at), "shown", &session, &arm]);
        }
        for missed in &record.missed {
            let session = missed.what.session.to_string();
            experiments.row(&[experiment, &time(&missed.at), "missed", &session, &id(&missed.what.why)?]);
        }
        if let Some(ended) = &record.ended {
            experiments.row(&[experiment, &time(&ended.at), "ended", "", &id(&ended.what.how)?]);
        }
    }
    let (trainings, sets) = trainings(state)?;
    let mut soreness_days = Table::new(&["on", "point", "lowest", "highest", "higher_is_sorer", "format"]);
    for (on, noted) in &state.soreness_days {
        let scale = noted.what.scale;
        soreness_days.row(&[
            &on.to_string(),
            &noted.what.point.to_string(),
            &scale.lowest.to_string(),
            &scale.highest.to_string(),
            &scale.higher_is_sorer.to_string(),
            &id(&noted.what.source.format)?,
        ]);
    }
    [
        ("check_ins.csv", check_ins),
        ("marks.csv", marks),
        ("answers.csv", answers),
        ("sessions.csv", sessions),
        ("blocks.csv", blocks),
        ("reviews.csv", reviews),
        ("next_days.csv", next_days),
        ("spots.csv", spots),
        ("measures.csv", measures),
        ("stops.csv", stops),
        ("elsewhere.csv", elsewhere),
        ("experiments.csv", experiments),
        ("trainings.csv", trainings),
        ("training_sets.csv", sets),
        ("soreness_days.csv", soreness_days),
    ]
    .into_iter()
    .map(|(name, table)| Ok((name, table.into_text())))
    .collect()
}

/// What was trained, and the sets of it where they are known.
fn trainings(state: &State) -> Made<(Table, Table)> {
    let mut trainings = Table::new(&[
        "training",
        "start",
        "seconds",
        "sport",
        "name",
        "effort_0_10",
        "unusual",
        "distance_m",
        "ascent_m",
        "descent_m",
        "format",
    ]);
    let mut sets = Table::new(&["training", "exercise", "repetitions", "weight_kg", "seconds"]);
    for training in &state.trainings {
        let what = &training.what;
        let metres = |metres: Option<supple_core::unit::Metres>| words(metres.map(supple_core::unit::Metres::get));
        trainings.row(&[
            &training.id,
            &time(&what.start),
            &what.seconds.get().to_string(),
            &what.sport,
            &words(what.name.as_ref()),
            &words(what.effort.map(|effort| effort.get())),
            &words(what.unusual),
            &metres(what.distance),
            &metres(what.ascent),
            &metres(what.descent),
            &optional(what.source.as_ref().map(|source| &source.format))?,
        ]);
        for exercise in &what.exercises {
            for set in &exercise.sets {
                sets.row(&[
                    &training.id,
                    exercise.exercise.as_deref().unwrap_or_default(),
                    &optional(set.repetitions.as_ref())?,
                    &optional(set.weight.as_ref())?,
                    &words(set.seconds.map(supple_core::unit::Seconds::get)),
                ]);
            }
        }
    }
    Ok((trainings, sets))
}

/// A value as it is written; nothing for none.
fn words(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Civil time with its offset and zone, as in the log.
fn time(at: &Zoned) -> String {
    at.to_string()
}

/// The id a value has in the log.
fn id(value: &impl Serialize) -> Made<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(id) => Ok(id),
        other => Ok(other.to_string()),
    }
}

fn optional(value: Option<&impl Serialize>) -> Made<String> {
    value.map_or_else(|| Ok(String::new()), id)
}
