use serde::{Deserialize, Serialize};

/// What the page's clocks say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// Milliseconds of the steady clock; it may stand still while a phone sleeps.
    pub steady_ms: u64,
    /// Milliseconds since 1970; it may jump.
    pub wall_ms: u64,
    /// Milliseconds the sound has run, on its own clock. None while there is no sound: then a page that is not
    /// awake guides nobody.
    pub heard_ms: Option<u64>,
}

/// A step this late means that the page slept. Hidden pages still wake once a second.
const SLEPT_MS: u64 = 5_000;
/// Sound that is this far behind was not heard.
const UNHEARD_MS: u64 = 2_000;

/// What became of the time between two steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The person was guided all along.
    None,
    /// Nobody was guided after this many milliseconds.
    After(u64),
}

impl Clocks {
    /// What became of the time since another moment of the same page.
    pub(super) fn gap_since(self, before: Self) -> Gap {
        let steady = self.steady_ms.saturating_sub(before.steady_ms);
        let wall = self.wall_ms.saturating_sub(before.wall_ms);
        let passed = steady.max(wall);
        if passed <= SLEPT_MS {
            return Gap::None;
        }
        let heard = match (before.heard_ms, self.heard_ms) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => 0,
        };
        // Cues are handed to the sound in advance, so a page that sleeps while its sound runs still guides.
        if heard + UNHEARD_MS >= passed && steady + UNHEARD_MS >= wall {
            return Gap::None;
        }
        Gap::After(heard.min(steady))
    }
}
