//! Words that the player of moves and the page by hand share.

use crate::cx::Cx;
use crate::pages::guided::stop::Sheet;
use supple_core::move_dose::MoveDose;

/// What a stop may have been.
pub const SHEET: Sheet = Sheet {
    title: "Let go. What happened?",
    reasons: [
        ("sharp", "Sharp, electric or tingling", "This area is done for today."),
        ("limb", "Pins and needles, or a changed colour, in an arm or leg", "That arm or leg is done for today."),
        ("strong", "Too strong", "This area is done for today. Next time, begin with the easier way."),
        ("unwell", "Dizzy, breathless, chest pain, or trouble seeing", "It ends here. What to do comes next."),
        ("finished", "Just finished", "It ends here."),
        ("mistake", "Pressed by mistake", "Back to the same move."),
    ],
};

/// A move's name; one that is no longer known is called by its id.
pub fn name(cx: &Cx<'_>, dose: &MoveDose) -> String {
    cx.knowledge.moves.get(&dose.id).map_or_else(|| dose.id.replace('_', " "), |known| known.name.clone())
}

/// "2 sets of 8 times, 60 s of rest between. At most 6 of 10 in effort."
pub fn amount(dose: &MoveDose) -> String {
    let once = match (dose.reps, dose.hold_seconds) {
        (Some(reps), _) => format!("{reps} times"),
        (None, hold) => format!("{} s", hold.unwrap_or(0)),
    };
    let sets = match dose.sets {
        1 => format!("{once}."),
        sets => format!("{sets} sets of {once}, {} s of rest between.", dose.rest_seconds),
    };
    format!("{sets} At most {} of 10 in effort.", dose.effort_max)
}

/// How to count it without the player.
pub fn on_a_clock(dose: &MoveDose) -> String {
    match (dose.reps, dose.tempo) {
        (Some(_), Some(tempo)) => {
            let wait =
                if tempo.hold_seconds > 0 { format!(", wait {} s", tempo.hold_seconds) } else { String::new() };
            format!(
                "Count to {} on the way out{wait}, and to {} on the way back.",
                tempo.out_seconds, tempo.back_seconds
            )
        }
        (Some(_), None) => "Slowly, and keep breathing.".to_owned(),
        (None, _) => "Hold it with a clock that shows seconds, and keep breathing.".to_owned(),
    }
}
