use super::clocks::{Clocks, Gap};
use super::guided::Guided;
use serde::{Deserialize, Serialize};
use supple_core::event::EventBody;
use supple_core::guide::{Cue, CueKind, Input, Output, PhaseClock, PhaseName};

/// How far ahead cues are handed to the sound. A hidden page may be woken once a minute only.
const AHEAD_MS: u64 = 75_000;
/// Between two ticks of the cadence.
const TICK_MS: u64 = 1_000;
/// The shape of [`State`]; another one is not taken up.
const VERSION: u16 = 1;

/// What the page asks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask<G> {
    /// A session that came with the page.
    Begin {
        /// As it came.
        session: G,
        /// The clocks now.
        clocks: Clocks,
    },
    /// A session that this device has kept, in a new page: its steady clock began anew.
    TakeUp {
        /// As it was kept.
        state: State<G>,
        /// The clocks now.
        clocks: Clocks,
    },
    /// An input, or time that has passed.
    Step {
        /// As it was handed out last.
        state: State<G>,
        /// What the person pressed; `"tick"` for nothing.
        input: Input,
        /// The clocks now.
        clocks: Clocks,
    },
}

/// Everything there is to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State<G> {
    #[serde(deserialize_with = "this_version")]
    version: u16,
    session: G,
    /// The clocks at the last step; none before the first.
    woke: Option<Clocks>,
}

/// What the page has to do now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer<G, V> {
    /// To be kept, and handed in with the next step.
    pub state: State<G>,
    /// What came due up to now, oldest first.
    pub cues: Vec<Cue>,
    /// What will come due if nothing is pressed, for the sound; all of it is void after the next input.
    pub ahead: Vec<Beat>,
    /// To be appended to the log, in this order.
    pub events: Vec<EventBody>,
    /// To be shown.
    pub view: V,
    /// For the ring and the line of travel.
    pub clock: PhaseClock,
    /// When to step at the latest, on the steady clock; none: only after an input.
    pub next_due_ms: Option<u64>,
    /// Whether time went by in which nobody was guided, so that the session paused.
    pub gap: bool,
}

/// Something to sound at a certain millisecond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beat {
    /// When, on the steady clock.
    pub at_ms: u64,
    /// What.
    pub kind: BeatKind,
}

/// What to sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BeatKind {
    /// A second of a pass, between its beginning and its end.
    Tick,
    /// A cue.
    #[serde(untagged)]
    Cue(CueKind),
}

/// Answers one question.
#[must_use]
pub fn step<G: Guided>(ask: Ask<G>) -> Answer<G, G::Seen> {
    match ask {
        Ask::Begin { session, clocks } => {
            let mut state = State { version: VERSION, session, woke: Some(clocks) };
            state.session.rebase();
            state.answer(Output::default(), clocks, false)
        }
        Ask::TakeUp { mut state, clocks } => {
            let away_ms = state.woke.map_or(0, |before| clocks.wall_ms.saturating_sub(before.wall_ms));
            let out = state.take_up(away_ms, clocks);
            let gap = state.session.phase() == PhaseName::Paused;
            state.answer(out, clocks, gap)
        }
        Ask::Step { mut state, input, clocks } => {
            let (mut out, gap) = state.awake(clocks);
            append(&mut out, state.session.step(input, clocks.steady_ms));
            state.answer(out, clocks, gap)
        }
    }
}

impl<G: Guided> State<G> {
    /// A gap in the time: nobody was guided, so the session stands where it was.
    fn awake(&mut self, clocks: Clocks) -> (Output, bool) {
        let mut out = Output::default();
        let Some(before) = self.woke.replace(clocks) else { return (out, false) };
        let Gap::After(guided_ms) = clocks.gap_since(before) else { return (out, false) };
        if !pausable(&self.session) {
            return (out, false);
        }
        append(&mut out, self.session.step(Input::Tick, before.steady_ms.saturating_add(guided_ms)));
        self.session.rebase();
        if pausable(&self.session) {
            append(&mut out, self.session.step(Input::Pause, clocks.steady_ms));
        }
        (out, true)
    }

    /// The same after a reload: whatever the clocks did meanwhile, a stop that was not answered in time counts, and
    /// everything else stands still.
    fn take_up(&mut self, away_ms: u64, clocks: Clocks) -> Output {
        let mut out = Output::default();
        self.woke = Some(clocks);
        self.session.rebase();
        match self.session.phase() {
            PhaseName::Stopped => {
                append(&mut out, self.session.step(Input::Tick, 0));
                append(&mut out, self.session.step(Input::Tick, away_ms));
                self.session.rebase();
            }
            _ if pausable(&self.session) => append(&mut out, self.session.step(Input::Pause, clocks.steady_ms)),
            _ => {}
        }
        out
    }

    fn answer(self, out: Output, clocks: Clocks, gap: bool) -> Answer<G, G::Seen> {
        let ahead = ahead(&self.session, clocks.steady_ms);
        Answer {
            cues: out.cues,
            ahead,
            events: out.events,
            view: self.session.seen(),
            clock: self.session.phase_clock(),
            next_due_ms: self.session.next_due(),
            gap,
            state: self,
        }
    }
}

/// Whether its clocks run and a pause makes sense.
fn pausable<G: Guided>(session: &G) -> bool {
    let clock = session.phase_clock();
    clock.running && session.phase() != PhaseName::Stopped
}

/// What will sound if nothing is pressed.
fn ahead<G: Guided>(session: &G, now_ms: u64) -> Vec<Beat> {
    // Before the first input there is no clock, and nothing may begin by itself.
    if session.next_due().is_none() {
        return Vec::new();
    }
    let mut future = session.clone();
    let mut beats = Vec::new();
    // The seconds of the pass under way.
    let pass = session.phase_clock().pass.filter(|_| session.phase() == PhaseName::Work);
    if let Some(pass) = pass {
        let began = now_ms.saturating_sub(pass.elapsed_ms);
        // No second is ticked after the set it belongs to.
        let until_end = pass.elapsed_ms + session.phase_clock().left_ms;
        beats.extend(ticks(began, pass.length_ms.min(until_end)).filter(|beat| beat.at_ms > now_ms));
    }
    let until = now_ms.saturating_add(AHEAD_MS);
    while let Some(due) = future.next_due().filter(|&due| due <= until) {
        for cue in future.step(Input::Tick, due).cues {
            let passes = matches!(cue.kind, CueKind::Pass(_));
            beats.push(Beat { at_ms: cue.at_ms, kind: BeatKind::Cue(cue.kind) });
            if let Some(pass) = future.phase_clock().pass.filter(|_| passes) {
                let left_ms = future.phase_clock().left_ms;
                beats.extend(ticks(cue.at_ms, pass.length_ms.min(left_ms)));
            }
        }
    }
    beats.sort_by_key(|beat| beat.at_ms);
    beats
}

/// The seconds inside a pass, its first and last moment left out.
fn ticks(began: u64, length_ms: u64) -> impl Iterator<Item = Beat> {
    let seconds = length_ms.div_ceil(TICK_MS).max(1);
    (1..seconds).map(move |n| Beat { at_ms: began + n * TICK_MS, kind: BeatKind::Tick })
}

fn this_version<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    match u16::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        other => Err(serde::de::Error::custom(format!("a state of version {other} was kept by another Supple"))),
    }
}

fn append(out: &mut Output, more: Output) {
    out.cues.extend(more.cues);
    out.events.extend(more.events);
}
