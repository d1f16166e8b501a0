//! Words that the player and the page by hand share.

use crate::pages::guided::stop::Sheet;
use supple_core::dose::Dose;
use supple_core::knowledge::Technique;

/// What a stop may have been.
pub const SHEET: Sheet = Sheet {
    title: "Pressure off. What happened?",
    reasons: [
        ("sharp", "Sharp, electric or tingling", "This area is done for today."),
        ("limb", "Pins and needles, or a changed colour, in an arm or leg", "That arm or leg is done for today."),
        ("strong", "Too strong", "Two steps lighter. The second time, this area is done for today."),
        ("unwell", "Dizzy, breathless, chest pain, or trouble seeing", "The session ends. What to do comes next."),
        ("finished", "Just finished", "The session ends here."),
        ("mistake", "Pressed by mistake", "Back to the same second."),
    ],
};

/// A technique's name; one that is no longer known is called by its region.
pub fn name(technique: Option<&Technique>, dose: &Dose) -> String {
    technique.map_or_else(|| dose.region.id().replace('_', " "), |technique| technique.name.clone())
}

/// "2 sets of 30 s, 20 s of rest between."
pub fn amount(dose: &Dose) -> String {
    let (sets, seconds, rest) = (dose.sets, dose.seconds_per_set, dose.rest_seconds);
    if sets == 1 { format!("{seconds} s.") } else { format!("{sets} sets of {seconds} s, {rest} s of rest between.") }
}
