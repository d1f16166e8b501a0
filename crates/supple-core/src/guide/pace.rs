use crate::sorted::SortedSet;
use crate::unit::SetupSeconds;

/// How a person wants to be taken from one position to the next. It never touches pressure, sets or rests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// The time to get into a new position, counted in full after the question that ends a block.
    /// None takes the plan's own, out of which the question takes its time.
    pub setup_seconds: Option<SetupSeconds>,
    /// Techniques this person was guided through before: before any other, the clock waits for
    /// [`Input::Ready`](super::Input::Ready). None counts every technique as met, for a guide who stands beside.
    pub met: Option<SortedSet<String>>,
}

impl Pace {
    /// The chosen set-up time.
    pub(super) fn setup_ms(&self) -> Option<u64> {
        self.setup_seconds.map(|seconds| u64::from(seconds.seconds().get()) * 1000)
    }
}
