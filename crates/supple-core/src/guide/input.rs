use crate::knowledge::StopSignalId;
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// What a person or a clock can tell a session. Every input is accepted in every state and answered by at least a
/// cue; none of them can add pressure or time under pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// Time has passed, nothing else.
    Tick,
    /// In position: the count-in begins. In a rest, the next set is counted in at once. When paused or off for too
    /// strong, the same as [`Input::Resume`].
    Ready,
    /// 10 s more to set up or rest; from the count-in back to setting up.
    AddTime,
    /// All clocks stand still.
    Pause,
    /// The clocks run again; after a stop, back to the same second.
    Resume,
    /// Leave out the rest of this block.
    Skip,
    /// This block ends after the current set; in its last set after 10 s more; in a rest at once. Before its first
    /// set it gets a single set, or half of it if it has one only.
    Shorten,
    /// One step lighter.
    Lighter,
    /// How strong it feels, 0 to 10.
    Felt(Felt),
    /// How strong it feels, by one of three buttons.
    FeltWord(FeltWord),
    /// Pressure ends at once; the reason is asked afterwards.
    Stop,
    /// The reason of a stop.
    StopReason(StopReason),
    /// A stop signal with its reason at once.
    Signal(StopSignalId),
    /// The session ends now.
    End,
}

/// How strong it feels, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeltWord {
    /// Logged as one below the target; never answered with more load.
    CouldBeMore,
    /// Logged as the target.
    JustRight,
    /// Counts as 7: off at once.
    TooMuch,
}

/// Why a person pressed stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// One of the stop signals.
    Signal(StopSignalId),
    /// Enough for today; nothing happened.
    JustFinished,
    /// Pressed by mistake: back to the same second.
    Mistake,
}

/// An input without its value: what a screen offers as a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the same as in `Input`
pub enum InputName {
    Ready,
    AddTime,
    Pause,
    Resume,
    Skip,
    Shorten,
    Lighter,
    Felt,
    Stop,
    StopReason,
    Signal,
    End,
}
