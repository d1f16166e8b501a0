//! What was done, as an activity.

use super::file::{beginning, bytes, moment, name};
use crate::handout::{goal_words, named};
use jiff::{Timestamp, Zoned};
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::Message;
use supple_core::knowledge::{Knowledge, Sides};
use supple_core::state::{SessionBlock, SessionRecord};

/// A guided session as an activity file. Each block is a lap from the end of the one before; its active time is the
/// pressure that was really given. None if no block of it ended.
#[must_use]
pub fn activity(knowledge: &Knowledge, session: &SessionRecord) -> Option<Vec<u8>> {
    let start = session.at.timestamp();
    let laps = laps(session);
    let end = laps.last()?.end;
    let seconds_given = session.seconds().get();
    let many = u16::try_from(laps.len()).ok()?;

    let mut whole = mesgdef::Session::new();
    whole.message_index = typedef::MessageIndex(0);
    whole.timestamp = moment(end);
    whole.start_time = moment(start);
    whole.event = typedef::Event::SESSION;
    whole.event_type = typedef::EventType::STOP;
    whole.trigger = typedef::SessionTrigger::ACTIVITY_END;
    whole.sport = typedef::Sport::TRAINING;
    whole.sub_sport = typedef::SubSport::FLEXIBILITY_TRAINING;
    whole.sport_profile_name = name(&format!("Supple: {}", goal_words(knowledge, session.started.goal)));
    whole.total_elapsed_time = thousandths(start, end)?;
    whole.total_timer_time = whole.total_elapsed_time;
    whole.active_time = seconds_given.checked_mul(1000)?;
    whole.first_lap_index = 0;
    whole.num_laps = many;

    let mut messages = vec![
        beginning(typedef::File::ACTIVITY, start),
        clock(start, typedef::EventType::START),
        workout(knowledge, session, many),
    ];
    messages.extend(laps.iter().zip(0..).map(|(lap, index)| step(knowledge, lap.block, index)));
    for (lap, index) in laps.iter().zip(0..) {
        messages.push(lap.message(index)?);
    }
    messages.extend([
        clock(end, typedef::EventType::STOP_ALL),
        Message::from(whole),
        closing(&session.at, end, thousandths(start, end)?),
    ]);
    bytes(messages)
}

struct Lap<'s> {
    block: &'s SessionBlock,
    start: Timestamp,
    end: Timestamp,
}

/// One after the other: a clock that was set back during a session does not make time run backwards in a file.
fn laps(session: &SessionRecord) -> Vec<Lap<'_>> {
    let mut at = session.at.timestamp();
    let mut laps = Vec::new();
    for block in &session.blocks {
        let start = at;
        at = at.max(block.at.timestamp());
        laps.push(Lap { block, start, end: at });
    }
    laps
}

impl Lap<'_> {
    fn message(&self, index: u16) -> Option<Message> {
        let mut lap = mesgdef::Lap::new();
        lap.message_index = typedef::MessageIndex(index);
        lap.timestamp = moment(self.end);
        lap.start_time = moment(self.start);
        lap.event = typedef::Event::LAP;
        lap.event_type = typedef::EventType::STOP;
        lap.lap_trigger = typedef::LapTrigger::MANUAL;
        lap.intensity = typedef::Intensity::ACTIVE;
        lap.sport = typedef::Sport::TRAINING;
        lap.sub_sport = typedef::SubSport::FLEXIBILITY_TRAINING;
        lap.total_elapsed_time = thousandths(self.start, self.end)?;
        lap.total_timer_time = lap.total_elapsed_time;
        lap.active_time = self.block.finished.seconds.checked_mul(1000)?;
        lap.wkt_step_index = typedef::MessageIndex(index);
        Some(lap.into())
    }
}

/// The names of the blocks: a lap has none of its own, but the step that it followed has.
fn workout(knowledge: &Knowledge, session: &SessionRecord, many: u16) -> Message {
    let mut workout = mesgdef::Workout::new();
    workout.sport = typedef::Sport::TRAINING;
    workout.sub_sport = typedef::SubSport::FLEXIBILITY_TRAINING;
    workout.num_valid_steps = many;
    workout.wkt_name = name(goal_words(knowledge, session.started.goal));
    workout.into()
}

fn step(knowledge: &Knowledge, block: &SessionBlock, index: u16) -> Message {
    let done = &block.finished;
    let known = knowledge.techniques.get(&done.technique);
    let called = known.map_or(done.technique.as_str(), |known| known.name.as_str());
    let sides = known.map_or(Sides::OneAtATime, |known| known.sides);
    let mut step = mesgdef::WorkoutStep::new();
    step.message_index = typedef::MessageIndex(index);
    step.wkt_step_name = name(&named(called, sides, done.side));
    step.duration_type = typedef::WktStepDuration::TIME;
    step.duration_value = done.seconds.saturating_mul(1000);
    step.target_type = typedef::WktStepTarget::OPEN;
    step.target_value = 0;
    step.intensity = typedef::Intensity::ACTIVE;
    step.into()
}

fn clock(at: Timestamp, what: typedef::EventType) -> Message {
    let mut event = mesgdef::Event::new();
    event.timestamp = moment(at);
    event.event = typedef::Event::TIMER;
    event.event_type = what;
    event.into()
}

/// The last message: how many sessions there are, and the time on the wall.
fn closing(started: &Zoned, end: Timestamp, elapsed: u32) -> Message {
    let mut activity = mesgdef::Activity::new();
    activity.timestamp = moment(end);
    activity.total_timer_time = elapsed;
    activity.num_sessions = 1;
    activity.r#type = typedef::Activity::MANUAL;
    activity.event = typedef::Event::ACTIVITY;
    activity.event_type = typedef::EventType::STOP;
    let ahead = i64::from(started.time_zone().to_offset(end).seconds());
    activity.local_timestamp =
        typedef::LocalDateTime(typedef::DateTime::from_unix_timestamp(end.as_second() + ahead).0);
    activity.into()
}

fn thousandths(start: Timestamp, end: Timestamp) -> Option<u32> {
    u32::try_from(end.duration_since(start).as_millis()).ok()
}
