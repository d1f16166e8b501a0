use super::Paint;
use supple_core::body::Side;
use supple_core::event::BlockEnd;
use supple_core::guide::{Direction, View};
use supple_core::knowledge::StopSignalId;

/// All that the screen shows, at one moment.
#[derive(Debug, Clone)]
pub struct Scene {
    /// What the engine shows.
    pub view: View,
    /// What moves.
    pub beat: Beat,
    /// How long this phase has been on the screen.
    pub shown_seconds: u64,
    /// What was just said.
    pub note: Option<String>,
    /// What was said when an area, a limb or the session was ended.
    pub told: Option<String>,
    /// How strong it was is answered.
    pub felt_said: bool,
    /// The reasons are asked after the end.
    pub noticing: bool,
    /// What was done so far.
    pub summary: Summary,
    /// Pressure given so far.
    pub pressed_seconds: u64,
    /// Why something is not written down yet.
    pub problem: Option<String>,
    /// Colours, or none.
    pub paint: Paint,
}

/// What moves under pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Nothing.
    Still,
    /// The tool travels along its line.
    Pass {
        /// Which way.
        direction: Direction,
        /// Since when.
        spent_ms: u64,
        /// How long one way takes.
        pass_ms: u64,
    },
    /// A joint moves; repetitions count from 1.
    Rep(u8),
}

/// What was done of a session.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// The blocks that were pressed, in order.
    pub blocks: Vec<Finished>,
    /// The last stop signal written down.
    pub signal: Option<StopSignalId>,
}

/// A block that was pressed.
#[derive(Debug, Clone)]
pub struct Finished {
    /// What people call the technique.
    pub name: String,
    /// The side.
    pub side: Side,
    /// Pressure given.
    pub seconds: u32,
    /// How it ended.
    pub end: BlockEnd,
}
