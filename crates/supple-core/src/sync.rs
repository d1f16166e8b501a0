//! Which events does each side lack: two summaries in, two lists of spans out.
//!
//! Every device numbers its events from 1 without gaps, so one number per device says all that a side holds. What
//! lies behind a gap is not counted: it is asked for again, and taking an event twice changes nothing.

mod wire;

pub use wire::{Exchange, Exchanged};

use crate::sorted::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};

/// What one side holds: of each device, the number up to which its series has no gap.
///
/// ```
/// use supple_core::sync::{Span, Summary, diff};
/// let phone: Summary = [("phone", 9), ("laptop", 3)].into_iter().collect();
/// let laptop: Summary = [("laptop", 5)].into_iter().collect();
/// let missing = diff(&phone, &laptop);
/// assert_eq!(missing.send, [Span { device: "phone".into(), from: 1, to: 9 }]);
/// assert_eq!(missing.ask, [Span { device: "laptop".into(), from: 4, to: 5 }]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SortedMap<String, u64>", into = "SortedMap<String, u64>")]
pub struct Summary(SortedMap<String, u64>);

/// Some events of one device, by their numbers; both ends belong to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The device.
    pub device: String,
    /// The first number.
    pub from: u64,
    /// The last number.
    pub to: u64,
}

/// What has to cross so that both sides hold the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// What the other side lacks, by device.
    pub send: Vec<Span>,
    /// What this side lacks, by device.
    pub ask: Vec<Span>,
}

/// Which events does each side lack.
#[must_use]
pub fn diff(ours: &Summary, theirs: &Summary) -> Missing {
    let devices: SortedSet<&String> = ours.0.keys().chain(theirs.0.keys()).collect();
    let mut missing = Missing::default();
    for device in devices {
        let (held, known) = (ours.up_to(device), theirs.up_to(device));
        let span = |from: u64, to| Span { device: device.clone(), from: from.saturating_add(1), to };
        if held > known {
            missing.send.push(span(known, held));
        } else if known > held {
            missing.ask.push(span(held, known));
        }
    }
    missing
}

impl Summary {
    /// The number up to which a device's series is held without a gap; 0 for a device never heard of.
    #[must_use]
    pub fn up_to(&self, device: &str) -> u64 {
        self.0.get(device).copied().unwrap_or(0)
    }

    /// The devices with their numbers, by device.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(device, &seq)| (device.as_str(), seq))
    }

    /// Counts a span that has arrived. One that would leave a gap is not counted, nor is one already held.
    pub fn take(&mut self, span: &Span) {
        let held = self.up_to(&span.device);
        if span.from <= held.saturating_add(1) && span.to > held {
            self.0.insert(span.device.clone(), span.to);
        }
    }
}

/// A device of which nothing is held is left out, so that equal holdings are equal values.
impl From<SortedMap<String, u64>> for Summary {
    fn from(mut series: SortedMap<String, u64>) -> Self {
        series.retain(|_, &mut seq| seq > 0);
        Self(series)
    }
}

impl From<Summary> for SortedMap<String, u64> {
    fn from(summary: Summary) -> Self {
        summary.0
    }
}

impl<D: Into<String>> FromIterator<(D, u64)> for Summary {
    fn from_iter<I: IntoIterator<Item = (D, u64)>>(series: I) -> Self {
        series.into_iter().map(|(device, seq)| (device.into(), seq)).collect::<SortedMap<_, _>>().into()
    }
}
