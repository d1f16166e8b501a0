use std::collections::BTreeSet;

/// How a person wants to be taken from one position to the next. It never touches pressure, sets or rests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// Seconds to get into a new position, counted in full after the question that ends a block; held to 5 to 120.
    /// None takes the plan's own, out of which the question takes its time.
    pub setup_seconds: Option<u16>,
    /// Techniques this person was guided through before: before any other, the clock waits for
    /// [`Input::Ready`](super::Input::Ready). None counts every technique as met, for a guide who stands beside.
    pub met: Option<BTreeSet<String>>,
}

impl Pace {
    /// The chosen set-up time, inside its range.
    pub(super) fn setup_ms(&self) -> Option<u64> {
        self.setup_seconds.map(|seconds| u64::from(seconds.clamp(5, 120)) * 1000)
    }
}
