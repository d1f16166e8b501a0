//! How the last session was the day after: asked once, with its date.

use crate::cli::ask::{Answered, Row, Way, any_of, typed, walk};
use crate::shell::{Diary, Failure};
use supple_core::assess::next_day_question;
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{EventBody, NextDayReported};
use supple_core::unit::Felt;

/// Asks about the last session of an earlier day, if nothing was said about it yet.
pub fn ask(diary: &mut Diary) -> Result<Way, Failure> {
    let Some(mut draft) = draft(diary) else { return Ok(Way::Passed) };
    let way = walk(&mut draft, &[worst, marks, each])?;
    if way == Way::On {
        let report = |((region, side), (soreness, bruise))| {
            EventBody::NextDayReported(NextDayReported { region, side: Some(side), soreness, bruise })
        };
        diary.record(draft.places.into_iter().zip(draft.reports).map(report).collect())?;
    }
    Ok(way)
}

struct Draft {
    when: String,
    places: Vec<(RegionId, Side)>,
    worst: Felt,
    bruised: Vec<(RegionId, Side)>,
    reports: Vec<(Felt, bool)>,
}

fn draft(diary: &Diary) -> Option<Draft> {
    let now = diary.now();
    let due = next_day_question(supple_knowledge::embedded(), diary.state(), &now)?;
    let when = due.day.strftime("%A %-d %B").to_string();
    Some(Draft { when, places: due.places, worst: Felt::NONE, bruised: Vec::new(), reports: Vec::new() })
}

fn worst(draft: &mut Draft) -> Result<Way, Failure> {
    let places: Vec<String> = draft.places.iter().map(|place| name(*place)).collect();
    let question = format!("The day after {}: how sore was it at the worst ({})?", draft.when, places.join("; "));
    Ok(match felt(&question)? {
        Some(felt) => {
            draft.worst = felt;
            Way::On
        }
        None => Way::Back,
    })
}

fn marks(draft: &mut Draft) -> Result<Way, Failure> {
    let rows = draft.places.iter().map(|place| Row::plain(*place, &name(*place))).collect();
    Ok(match any_of("Did a bruise, a lump or new swelling come up on any of them?", rows)? {
        Some(bruised) => {
            draft.bruised = bruised;
            Way::On
        }
        None => Way::Back,
    })
}

/// Each place by itself, where it makes a difference.
fn each(draft: &mut Draft) -> Result<Way, Failure> {
    let limit = Felt::of(supple_knowledge::embedded().limits.flare.soreness_above);
    let bruised: Vec<bool> = draft.places.iter().map(|place| draft.bruised.contains(place)).collect();
    if draft.worst <= limit || draft.places.len() == 1 {
        draft.reports = bruised.into_iter().map(|bruise| (draft.worst, bruise)).collect();
        return Ok(Way::Passed);
    }
    draft.reports.clear();
    for (place, bruise) in draft.places.iter().zip(bruised) {
        match felt(&format!("{}: how sore was it?", name(*place)))? {
            Some(felt) => draft.reports.push((felt, bruise)),
            None => return Ok(Way::Back),
        }
    }
    Ok(Way::On)
}

fn name((region, side): (RegionId, Side)) -> String {
    format!("{}, {}", supple_knowledge::embedded().regions[&region].name, side_words(side))
}

/// A soreness from 0 to 10.
pub fn felt(question: &str) -> Answered<Felt> {
    typed(question, "0 none, 3 on stairs, 6 changes how I move, 10 the worst", None, |text| {
        let points = text.parse().ok().filter(|points: &u8| *points <= 10);
        points.map(Felt::of).ok_or_else(|| "a whole number from 0 to 10".to_owned())
    })
}
