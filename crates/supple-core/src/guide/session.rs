use super::block::{Block, Fate, site_list};
use super::cadence;
use super::clocked::Clocked;
use super::cue::{Cue, CueKind};
use super::hold::Holds;
use super::input::Input;
use super::pace::Pace;
use super::phase::{Approach, Hold, Last, Phase, Progress, Stage};
use crate::body::SiteSet;
use crate::dose::Dose;
use crate::event::{BlockEnd, BlockFinished, EventBody, SessionEnded, SessionStarted};
use crate::gate::Admitted;
use crate::knowledge::{Knowledge, StopSignalId};
use crate::sorted::{SortedMap, SortedSet};
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// A guided session: everything it knows, so that it can be written down at any moment and taken up again.
///
/// A shell that takes it up in another process, or after its clock began anew, calls [`Session::rebase`] first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub(super) id: String,
    pub(super) blocks: Vec<Block>,
    /// What is said about each stop signal, and what to watch for.
    pub(super) signal_words: SortedMap<StopSignalId, (String, String)>,
    /// Felt at or above this means off.
    pub(super) felt_off: Felt,
    /// The last reading of the shell's clock.
    clock_ms: Option<u64>,
    /// Time the clocks ran.
    pub(super) ran_ms: u64,
    /// The block in progress or next to begin.
    pub(super) at: usize,
    pub(super) phase: Phase,
    pub(super) hold: Hold,
    pub(super) progress: Progress,
    pub(super) last: Option<Last>,
    /// What is never pressed again in this session.
    #[serde(with = "site_list")]
    pub(super) closed: SiteSet,
    /// Where it was too strong once.
    #[serde(with = "site_list")]
    pub(super) too_strong_once: SiteSet,
    /// The last stop signal.
    pub(super) signalled: Option<StopSignalId>,
    /// Pressure given in blocks that ended.
    pub(super) pressed_before_ms: u64,
    /// Techniques after which the clock of a set-up runs by itself; none: after all.
    #[serde(default)]
    met: Option<SortedSet<String>>,
    /// Whether the question after a block leaves the set-up that follows it whole.
    #[serde(default)]
    pub(super) whole_setup: bool,
}

/// What a step brings: cues to give, events to append.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Cues in the order they are due. After a late tick all but the last few are past: a shell says those that
    /// still help and drops the rest.
    pub cues: Vec<Cue>,
    /// Events in the order they happened; append them before the cues are given.
    pub events: Vec<EventBody>,
}

/// Time after the last set in which the felt pressure is asked, ended early by an answer. It is taken out of the
/// set-up that follows. Our judgement.
pub(super) const ASKING_MS: u64 = 5_000;
/// Least set-up after a stop signal, so that what to do now can be heard and done. Our judgement.
pub(super) const AFTER_SIGNAL_MS: u64 = 15_000;

impl Session {
    /// A session about to begin. Its clock starts with the first [`Session::step`], whatever the input; until then
    /// there is no cue, only the event that it started.
    #[must_use]
    pub fn start(session_id: String, admitted: &Admitted, knowledge: &Knowledge) -> (Self, Output) {
        Self::start_paced(session_id, admitted, knowledge, &Pace::default())
    }

    /// The same at a person's own pace.
    #[must_use]
    pub fn start_paced(
        session_id: String,
        admitted: &Admitted,
        knowledge: &Knowledge,
        pace: &Pace,
    ) -> (Self, Output) {
        let mut blocks: Vec<Block> =
            admitted.blocks().iter().map(|block| Block::new(block, admitted.goal(), knowledge)).collect();
        let chosen = pace.setup_ms();
        for block in blocks.iter_mut().filter(|block| block.new_station) {
            block.setup_ms = chosen.unwrap_or(block.setup_ms);
        }
        let started = SessionStarted {
            session: session_id.clone(),
            goal: admitted.goal(),
            doses: admitted.blocks().iter().map(|block| block.dose.clone()).collect(),
        };
        let session = Self {
            id: session_id,
            progress: blocks.first().map_or_else(Progress::none, Progress::of),
            blocks,
            signal_words: knowledge
                .stop_signals
                .iter()
                .map(|(&id, signal)| (id, (signal.what_to_do.clone(), signal.watch_for.clone())))
                .collect(),
            // Knowledge may make this stricter, never laxer.
            felt_off: Felt::of(knowledge.limits.ceilings.felt_off.clamp(1, 7)),
            clock_ms: None,
            ran_ms: 0,
            at: 0,
            phase: Phase::new(Stage::Waiting, 0),
            hold: Hold::Running,
            last: None,
            closed: SiteSet::EMPTY,
            too_strong_once: SiteSet::EMPTY,
            signalled: None,
            pressed_before_ms: 0,
            met: pace.met.clone(),
            whole_setup: chosen.is_some(),
        };
        (session, Output { cues: Vec::new(), events: vec![EventBody::SessionStarted(started)] })
    }

    /// Lets the time pass up to `now_ms`, then takes the input.
    ///
    /// `now_ms` is the shell's monotonic clock in milliseconds, from any origin. Steps may come at any spacing. A
    /// clock that went backwards counts as no time passed, and runs on from there.
    pub fn step(&mut self, input: Input, now_ms: u64) -> Output {
        Clocked::step(self, input, now_ms)
    }

    /// Forgets the last reading of the clock: the next step counts as no time passed.
    ///
    /// For a shell that takes a session up again, or whose clock ran on while nobody could hear a cue.
    pub const fn rebase(&mut self) {
        self.clock_ms = None;
    }

    /// Whether the session is over. Steps are still accepted; a stop signal noticed now is still written down.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        Holds::is_ended(self)
    }

    /// The session's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The dose of the current block as it stands: lighter or shorter than it was admitted, never more.
    #[must_use]
    pub fn dose_now(&self) -> Option<Dose> {
        let block = self.block().filter(|_| !self.is_ended())?;
        let mut dose = block.dose.clone();
        dose.felt_target = self.progress.target;
        dose.felt_cap = self.progress.cap;
        dose.sets = self.progress.sets;
        dose.seconds_per_set = u32::try_from(self.progress.set_ms / 1000).unwrap_or(dose.seconds_per_set);
        Some(dose)
    }

    /// Pressure given so far in the whole session, in milliseconds.
    #[must_use]
    pub const fn pressure_given_ms(&self) -> u64 {
        self.pressed_before_ms + self.progress.pressed_ms
    }

    /// When, on the shell's clock, the next cue or change is due at the latest. None while nothing will happen
    /// without an input: before the first step, paused, off, or ended.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        Clocked::next_due(self)
    }

    pub(super) fn block(&self) -> Option<&Block> {
        self.blocks.get(self.at)
    }

    /// From now on this technique is known.
    pub(super) fn meet(&mut self, technique: String) {
        if let Some(met) = &mut self.met {
            met.insert(technique);
        }
    }
}

impl Holds for Session {
    fn clock_ms(&self) -> Option<u64> {
        self.clock_ms
    }

    fn set_clock(&mut self, now_ms: u64) {
        self.clock_ms = Some(now_ms);
    }

    fn phase(&self) -> &Phase {
        &self.phase
    }

    fn phase_mut(&mut self) -> &mut Phase {
        &mut self.phase
    }

    fn hold(&self) -> Hold {
        self.hold
    }

    fn set_hold(&mut self, hold: Hold) {
        self.hold = hold;
    }

    fn words(&self, kind: CueKind) -> String {
        self.words(kind)
    }
}

impl Clocked for Session {
    const LOOK_AHEAD_MS: u64 = 10_000;
    const OVER: &'static str = "The session is over.";

    fn press(&mut self, input: Input, out: &mut Output) {
        self.press(input, out);
    }

    fn signal(&mut self, signal: StopSignalId, out: &mut Output) {
        self.signal(signal, out);
    }

    fn cues(&self, from_ms: u64, to_ms: u64) -> Vec<(u64, CueKind)> {
        let cues = |block| cadence::cues(block, &self.progress, &self.phase, from_ms, to_ms);
        self.block().map_or_else(Vec::new, cues)
    }

    fn count(&mut self, passed_ms: u64) {
        self.ran_ms += passed_ms;
        if matches!(self.phase.stage, Stage::Work { .. }) {
            self.progress.pressed_ms += passed_ms;
        }
    }

    fn at(&self) -> usize {
        self.at
    }

    fn leave_the_rest(&mut self) {
        for block in self.blocks.iter_mut().filter(|block| block.fate == Fate::Waiting) {
            block.fate = Fate::Left;
        }
    }

    fn lead_in(&mut self) {
        let (length, technique) =
            self.block().map_or_else(Default::default, |block| (block.lead_in_ms, block.dose.technique.clone()));
        self.meet(technique);
        self.phase = Phase::new(Stage::LeadIn, length);
    }

    fn work(&mut self, set: u8) {
        self.progress.begun = true;
        self.phase = Phase::new(Stage::Work { set }, self.progress.set_ms);
    }

    fn end_set(&mut self, set: u8) {
        self.phase = if set.saturating_add(1) < self.progress.sets {
            let rest = self.block().map_or(0, Block::rest_ms);
            Phase::new(Stage::Rest { before: set + 1 }, rest)
        } else {
            Phase::new(Stage::Asking, ASKING_MS)
        };
    }

    fn end_asking(&mut self, out: &mut Output) {
        let asked = if self.phase.stage == Stage::Asking && !self.whole_setup { self.phase.elapsed_ms } else { 0 };
        let end = self.natural_end();
        self.finish(end, out);
        self.enter_next(self.at + 1, 0, out);
        if matches!(self.phase.stage, Stage::SetUp(_)) {
            self.phase.length_ms = self.phase.length_ms.saturating_sub(asked);
        }
    }

    fn natural_end(&self) -> BlockEnd {
        let all = self.block().map_or(0, Block::pressure_ms);
        if self.progress.pressed_ms >= all { BlockEnd::Completed } else { BlockEnd::Shortened }
    }

    fn finish(&mut self, end: BlockEnd, out: &mut Output) {
        let at = self.at;
        let Some(block) = self.blocks.get_mut(at).filter(|block| block.fate == Fate::Waiting) else { return };
        block.fate = if end == BlockEnd::Completed { Fate::Completed } else { Fate::Left };
        if !self.progress.begun {
            return;
        }
        let pressed_ms = self.progress.pressed_ms;
        self.last = Some(Last { block: at, pressed_ms, too_strong_at_ms: self.progress.too_strong_at_ms });
        self.pressed_before_ms += std::mem::take(&mut self.progress.pressed_ms);
        out.events.push(EventBody::BlockFinished(BlockFinished {
            session: self.id.clone(),
            block: u16::try_from(at).unwrap_or(u16::MAX),
            technique: block.dose.technique.clone(),
            region: block.dose.region,
            side: block.dose.side,
            seconds: u32::try_from(pressed_ms / 1000).unwrap_or(u32::MAX),
            end,
            lighter_steps: self.progress.lighter_steps,
            felt: std::mem::take(&mut self.progress.felt),
        }));
    }

    fn enter_next(&mut self, from: usize, least_setup_ms: u64, out: &mut Output) {
        let next = (from..self.blocks.len()).find(|&i| self.blocks[i].fate == Fate::Waiting);
        let Some(next) = next else {
            self.end_all(None, out);
            return;
        };
        // The body is still where the last block was pressed: the set-up of blocks left out in between counts.
        let since = self.last.map_or(0, |last| last.block + 1).min(next);
        let way = &self.blocks[since..=next];
        let setup_ms = way.iter().map(|block| block.setup_ms).max().unwrap_or(0);
        let block = &self.blocks[next];
        let approach = if way.iter().any(|block| block.new_station) || self.last.is_none() {
            Approach::NewPosition
        } else if block.side_switch && since == next {
            Approach::SwitchSides
        } else {
            Approach::SamePosition
        };
        // A block that is only gone back to keeps how light and short it was made.
        if next != self.at {
            self.progress = Progress::of(block);
        }
        let open = self.met.as_ref().is_some_and(|met| !met.contains(&block.dose.technique));
        self.at = next;
        self.phase = Phase { open, ..Phase::new(Stage::SetUp(approach), setup_ms.max(least_setup_ms)) };
    }

    fn end_all(&mut self, text: Option<String>, out: &mut Output) {
        let completed = self.blocks.iter().all(|block| block.fate == Fate::Completed);
        out.events.push(EventBody::SessionEnded(SessionEnded { session: self.id.clone(), completed }));
        self.phase = Phase::new(Stage::Ended, 0);
        self.hold = Hold::Running;
        let text = text.unwrap_or_else(|| self.words(CueKind::SessionEnded));
        self.say_text(CueKind::SessionEnded, text, out);
    }
}
