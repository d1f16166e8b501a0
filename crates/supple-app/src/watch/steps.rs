//! What is planned, as a workout.

use super::file::{beginning, bytes, name};
use crate::handout::{felt, goal_words, part_name};
use jiff::Timestamp;
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::Message;
use supple_core::body::Side;
use supple_core::knowledge::{Knowledge, Sides};
use supple_core::share::{MoveAmount, Part, Shared, SharedSession};

/// A session as a workout file, which a watch leads through step by step. Of a week the first session. None if there is
/// nothing in it.
///
/// Before each part stands a step without an end, so that there is time to get into position; the person ends it.
#[must_use]
pub fn workout(knowledge: &Knowledge, shared: &Shared, made: Timestamp) -> Option<Vec<u8>> {
    let steps = steps(knowledge, shared.sessions.first()?);
    let many = u16::try_from(steps.len()).ok().filter(|many| *many > 0)?;
    let mut workout = mesgdef::Workout::new();
    workout.sport = typedef::Sport::TRAINING;
    workout.sub_sport = typedef::SubSport::FLEXIBILITY_TRAINING;
    workout.num_valid_steps = many;
    workout.wkt_name = name(&format!("Supple: {}", goal_words(knowledge, shared.goal)));
    let mut messages = vec![beginning(typedef::File::WORKOUT, made), Message::from(workout)];
    messages.extend(steps.into_iter().zip(0..).map(|(step, index)| step.message(index)));
    bytes(messages)
}

/// How long a step goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The person says so.
    Ended,
    Seconds(u32),
    Times(u32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    name: String,
    until: Until,
    works: bool,
    notes: String,
}

impl Step {
    fn message(self, index: u16) -> Message {
        let mut step = mesgdef::WorkoutStep::new();
        step.message_index = typedef::MessageIndex(index);
        step.wkt_step_name = name(&self.name);
        step.notes = name(&self.notes);
        step.intensity = if self.works { typedef::Intensity::ACTIVE } else { typedef::Intensity::REST };
        step.target_type = typedef::WktStepTarget::OPEN;
        step.target_value = 0;
        (step.duration_type, step.duration_value) = match self.until {
            Until::Ended => (typedef::WktStepDuration::OPEN, 0),
            Until::Seconds(seconds) => (typedef::WktStepDuration::TIME, seconds * 1000),
            Until::Times(times) => (typedef::WktStepDuration::REPS, times),
        };
        step.into()
    }
}

fn steps(knowledge: &Knowledge, session: &SharedSession) -> Vec<Step> {
    session.parts.iter().flat_map(|part| sides(knowledge, part)).flat_map(|part| of_part(knowledge, &part)).collect()
}

/// A part that is done on one side after the other, as two.
fn sides(knowledge: &Knowledge, part: &Part) -> Vec<Part> {
    let known = match part {
        Part::Press(press) => knowledge.techniques.get(&press.technique).map(|known| known.sides),
        Part::Move(part) => knowledge.moves.get(&part.id).map(|known| known.sides),
    };
    let on = |side: Side| match part.clone() {
        Part::Press(press) => Part::Press(supple_core::share::Press { side, ..press }),
        Part::Move(part) => Part::Move(supple_core::share::MovePart { side, ..part }),
    };
    let side = match part {
        Part::Press(press) => press.side,
        Part::Move(part) => part.side,
    };
    if side == Side::Both && known == Some(Sides::OneAtATime) {
        vec![on(Side::Left), on(Side::Right)]
    } else {
        vec![part.clone()]
    }
}

fn of_part(knowledge: &Knowledge, part: &Part) -> Vec<Step> {
    let called = part_name(knowledge, part);
    let (sets, until, notes, rest) = match part {
        Part::Press(press) => {
            let rest = knowledge.planning.time.rest_seconds;
            let until = Until::Seconds(u32::from(press.seconds));
            (press.sets, until, format!("Pressure {}", felt(press.felt)), rest)
        }
        Part::Move(part) => {
            let until = match part.amount {
                MoveAmount::Hold(seconds) => Until::Seconds(u32::from(seconds)),
                MoveAmount::Times(times) => Until::Times(u32::from(times)),
            };
            let known = knowledge.moves.get(&part.id).map(|known| known.amount.rest_seconds);
            let rest = known.unwrap_or(knowledge.planning.time.rest_seconds);
            (part.sets, until, "Only as far as it is comfortable.".to_owned(), rest)
        }
    };
    let ready = Step {
        name: format!("Get ready: {called}"),
        until: Until::Ended,
        works: false,
        notes: "Press the button when you are in position.".to_owned(),
    };
    let work = Step { name: called, until, works: true, notes };
    let rest = Step { name: "Rest".to_owned(), until: Until::Seconds(rest), works: false, notes: String::new() };
    let mut steps = vec![ready, work.clone()];
    for _ in 1..sets {
        steps.extend([rest.clone(), work.clone()]);
    }
    steps
}
