//! A picture in words, for people who hear it.

use super::PictureKind;
use crate::words::capitalised;
use supple_core::body::Side;
use supple_core::knowledge::{Compensation, Measure, MotionKind, Move, MovementTest, Technique};

/// What the picture shows: position, tool, line, and which side.
#[must_use]
pub fn words(technique: &Technique, side: Side, kind: PictureKind) -> String {
    let side = on_side(side);
    let line = &technique.line;
    let way = match (kind, technique.motion.kind) {
        (PictureKind::Lighter, _) => {
            let lighter = technique.pressure.lighter.first().map_or(technique.easier.as_str(), String::as_str);
            format!("Lighter: {lighter}.")
        }
        (_, MotionKind::Strokes) => format!("The tool goes from {} to {} and back.", line.from, line.to),
        (_, MotionKind::SearchAndHold) => format!("The tool is held on spots between {} and {}.", line.from, line.to),
        (_, MotionKind::PinAndMove) => {
            let motion = technique.active_movement.as_ref().map_or("", |movement| movement.motion.as_str());
            format!("The tool stays on {}. {motion}", line.from)
        }
    };
    format!("{}{side}. {} {} {}", technique.name, technique.position, technique.setup, way.trim_end())
}

/// What the picture of a test shows: which test, which side, and its movement.
#[must_use]
pub fn words_of_test(measure: &Measure, side: Side) -> String {
    format!("{}{}: {}.", capitalised(&measure.name), on_side(side), measure.motion)
}

/// What the picture of a move shows: which, which side, its position and its steps.
#[must_use]
pub fn words_of_move(known: &Move, side: Side) -> String {
    format!("{}{}. {} {}", known.name, on_side(side), known.position, known.steps.join(" "))
}

/// What the picture of a movement test shows.
#[must_use]
pub fn words_of_movement_test(test: &MovementTest) -> String {
    format!("{}. {}", test.name, test.steps.join(" "))
}

/// What may be seen in a movement test, drawn.
#[must_use]
pub fn words_of_what_is_seen(seen: &Compensation, side: Side) -> String {
    let side = if seen.has_side { on_side(side) } else { "" };
    format!("{}{side}. Fine: {} This one: {}", seen.name, seen.fine, seen.seen)
}

fn on_side(side: Side) -> &'static str {
    match side {
        Side::Left => ", left side",
        Side::Right => ", right side",
        Side::Both => ", both sides",
        Side::Midline => "",
    }
}
