use serde::{Deserialize, Serialize};

/// Something to say, sound or show, at a certain millisecond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// When it is due, in milliseconds on the shell's clock. After a late tick this lies in the past.
    pub at_ms: u64,
    /// What it is: a shell picks the tone, the vibration and the picture by it.
    pub kind: CueKind,
    /// What to say; short and plain.
    pub text: String,
}

/// What a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// Get into this body position; tool or position changes.
    NewPosition,
    /// Put the tool here.
    SetUp,
    /// The same again on the other side.
    SwitchSides,
    /// Seconds left until pressure begins.
    LeadIn(u8),
    /// Pressure begins.
    Start,
    /// A pass begins.
    Pass(Direction),
    /// Breathe out.
    Breathe,
    /// A small movement to try under pressure.
    SmallMovement,
    /// A repetition of the joint's movement begins; counted from 1 on each spot.
    Rep {
        /// Which one.
        n: u8,
    },
    /// Move on to the next spot or stretch.
    NextSpot,
    /// Half of the set is over.
    HalfWay,
    /// Seconds left in the set.
    Countdown(u8),
    /// The set is over; lift off.
    Rest,
    /// How strong was it?
    AskFelt,
    /// What comes next.
    NextUp,
    /// The clocks stand still.
    Paused,
    /// The clocks run again.
    Resumed,
    /// One step lighter, and how.
    Lighter,
    /// Felt too strong: lift off at once.
    OffNow,
    /// Stopped: what happened?
    StopAsked,
    /// This area is done for today.
    AreaEnded,
    /// This limb is done for today.
    LimbEnded,
    /// The rest of the block was left out.
    Skipped,
    /// The block became shorter.
    Shortened,
    /// More time to set up or rest.
    MoreTime,
    /// What was said is written down.
    Noted,
    /// The input changes nothing here, and why.
    NotNow,
    /// The session is over.
    SessionEnded,
}

/// Which way a pass goes along the line of travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the start of the line to its end.
    Out,
    /// From its end to the start.
    Back,
}
