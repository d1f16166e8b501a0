//! What began, as the log has it, and whether it may go on.

use crate::cx::Cx;
use jiff::SignedDuration;
use supple_core::Zoned;
use supple_core::event::EventBody;
use supple_core::event::upcast::Entry;
use supple_core::knowledge::StopSignalId;

/// What began, as the log has it, and as it may go on.
pub enum Found<'a, Record, Guide> {
    /// It may go on from here.
    UnderWay {
        /// As the log has it.
        record: &'a Record,
        /// Ready to be guided.
        guide: Box<Guide>,
    },
    /// It ended.
    Over(&'a Record),
    /// It began too long ago, or what the log says by now does not allow it.
    NotAllowed(&'a Record),
    /// There is no such thing.
    Nowhere,
}

/// After this long a body is not as it was when it began. Our judgement.
const GOES_ON: SignedDuration = SignedDuration::from_hours(3);

/// The log without what this one wrote; none where it began too long ago to go on. Its own entries do not count against
/// it: all others do, so that an answer that came later still closes what it closes.
pub fn others(cx: &Cx<'_>, id: &str, began: &Zoned) -> Option<Vec<Entry>> {
    let now = cx.now();
    if began > now || now.duration_since(began) > GOES_ON {
        return None;
    }
    Some(cx.entries.iter().filter(|entry| !is_of(entry, id)).cloned().collect())
}

fn is_of(entry: &Entry, id: &str) -> bool {
    let Entry::Read(event) = entry else { return false };
    match &event.body {
        // Dizzy is dizzy, wherever it was felt: it holds the day.
        EventBody::StopSignalled(body) if body.signal == StopSignalId::DizzyOrChest => false,
        body => body.guided() == Some(id),
    }
}
