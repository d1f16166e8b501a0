//! How the last session was the day after: asked once, with its date.

use crate::shell::{Diary, Failure};
use inquire::{Confirm, CustomType};
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{EventBody, NextDayReported};
use supple_core::unit::Felt;

pub fn ask(diary: &mut Diary) -> Result<(), Failure> {
    let knowledge = supple_knowledge::embedded();
    let now = diary.now();
    let today = now.date();
    let Some(last) = diary.state().sessions.iter().rfind(|s| s.seconds().get() > 0 && s.at.date() < today) else {
        return Ok(());
    };
    let long_ago = i32::from(knowledge.limits.next_day.fresh_start_after_days);
    let reported = diary.state().next_days.iter().any(|report| report.at > last.at);
    if reported || today.since(last.at.date()).map_or(true, |span| span.get_days() >= long_ago) {
        return Ok(());
    }
    let mut places: Vec<(RegionId, Side)> = Vec::new();
    for block in last.blocks.iter().filter(|block| block.finished.seconds > 0) {
        let place = (block.finished.region, block.finished.side);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let when = last.at.strftime("%A %-d %B").to_string();
    let worst = felt(&format!("The day after {when}: how sore were the places you rolled, at the worst?"))?;
    let limit = Felt::of(knowledge.limits.flare.soreness_above);
    let bruise = Confirm::new("Did a bruise, a lump or new swelling come up there?").with_default(false).prompt()?;
    let mut bodies = Vec::new();
    for (region, side) in places {
        let (mut soreness, mut bruised) = (worst, false);
        if worst > limit || bruise {
            let name = format!("{}, {}", knowledge.regions[&region].name, side_words(side));
            soreness = felt(&format!("{name}: how sore?"))?;
            bruised = bruise
                && Confirm::new(&format!("{name}: a bruise, lump or swelling there?"))
                    .with_default(false)
                    .prompt()?;
        }
        bodies.push(EventBody::NextDayReported(NextDayReported {
            region,
            side: Some(side),
            soreness,
            bruise: bruised,
        }));
    }
    diary.record(bodies)
}

/// A soreness from 0 to 10.
pub fn felt(question: &str) -> Result<Felt, Failure> {
    let points = CustomType::<u8>::new(question)
        .with_help_message("0 none, 3 notice it on stairs, 6 changes how I move, 10 the worst")
        .with_error_message("a whole number, 0 to 10")
        .with_parser(&|text| text.parse().ok().filter(|points| *points <= 10).ok_or(()))
        .prompt()?;
    Ok(Felt::of(points))
}
