//! What every form of file tells of a training, put together in one way.

use crate::sports;
use jiff::Zoned;
use supple_core::event::{SourceFormat, Trained, TrainingSource};
use supple_core::unit::{Metres, TrainingSeconds};

/// A training of which only when and how long is known. `id` is what its source calls it, the form of file before it.
pub fn bare(start: Zoned, seconds: TrainingSeconds, format: SourceFormat, id: String) -> Trained {
    Trained {
        source: Some(TrainingSource { batch: String::new(), format, id }),
        ..Trained::bare(start, seconds, sports::OTHER.to_owned())
    }
}

/// A whole number of something, rounded; what is below nothing or beyond all counts as the end of the range.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` stops at the ends
pub fn whole(number: f64) -> u32 {
    (number + 0.5) as u32
}

/// Metres; none for nothing.
pub fn metres(metres: f64) -> Option<Metres> {
    Some(whole(metres)).filter(|&metres| metres > 0).and_then(|metres| Metres::new(metres).ok())
}
