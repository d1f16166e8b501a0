use super::from_state::days_since;
use crate::body::{RegionId, Side};
use crate::knowledge::Knowledge;
use crate::state::{SessionRecord, State};
use jiff::Zoned;
use jiff::civil::Date;

/// How the last session was the day after is not said yet, and it is time to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct NextDayQuestion<'s> {
    /// The session.
    pub session: &'s SessionRecord,
    /// The day of the session, in the zone of now.
    pub day: Date,
    /// Where pressure was really given, in the order it was given.
    pub places: Vec<(RegionId, Side)>,
}

/// The question about the last session of an earlier day, until something was said about it. Not after a break so long
/// that everything starts anew.
#[must_use]
pub fn next_day_question<'s>(knowledge: &Knowledge, state: &'s State, now: &Zoned) -> Option<NextDayQuestion<'s>> {
    let there = |at: &Zoned| at.with_time_zone(now.time_zone().clone()).date();
    let last =
        state.sessions.iter().rfind(|session| session.seconds().get() > 0 && there(&session.at) < now.date())?;
    let reported = state.next_days.iter().any(|report| report.at > last.at);
    if reported || days_since(&last.at, now) >= i32::from(knowledge.limits.next_day.fresh_start_after_days) {
        return None;
    }
    let mut places = Vec::new();
    for block in last.blocks.iter().filter(|block| block.finished.seconds > 0) {
        let place = (block.finished.region, block.finished.side);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Some(NextDayQuestion { session: last, day: there(&last.at), places })
}
