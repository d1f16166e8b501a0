use super::super::block::{Fate, site_list};
use super::super::clocked::Clocked;
use super::super::cue::CueKind;
use super::super::hold::Holds;
use super::super::input::Input;
use super::super::phase::{Approach, Hold, Phase, Stage};
use super::super::session::{ASKING_MS, Output};
use super::cadence;
use super::piece::Piece;
use crate::body::SiteSet;
use crate::event::{BlockEnd, EventBody, MoveFinished, MovesEnded, MovesStarted};
use crate::gate::AdmittedMoves;
use crate::knowledge::{Knowledge, StopSignalId};
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// A guided run of moves: everything it knows, so that it can be written down at any moment and taken up again.
///
/// A shell that takes it up in another process, or after its clock began anew, calls [`MoveRun::rebase`] first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoveRun {
    pub(super) id: String,
    pub(super) pieces: Vec<Piece>,
    /// How many were admitted.
    pub(super) admitted: usize,
    /// What is said about each stop signal, and what to watch for.
    pub(super) signal_words: SortedMap<StopSignalId, (String, String)>,
    /// The last reading of the shell's clock.
    clock_ms: Option<u64>,
    /// The piece in progress or next to begin.
    pub(super) at: usize,
    pub(super) phase: Phase,
    pub(super) hold: Hold,
    pub(super) progress: Progress,
    /// The piece that was worked on last.
    pub(super) last: Option<usize>,
    /// What is not touched again in this run.
    #[serde(with = "site_list")]
    pub(super) closed: SiteSet,
    /// Where it was too strong once.
    #[serde(with = "site_list")]
    pub(super) too_strong_once: SiteSet,
    /// The last stop signal.
    pub(super) signalled: Option<StopSignalId>,
    /// Work done in moves that ended.
    worked_before_ms: u64,
    /// Whether a new position waits until the person is ready.
    waits: bool,
}

/// What was done of the move in progress, and what is left of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Whether its first set has begun. A move that never began is not written down.
    pub begun: bool,
    /// Sets, fewer after it was shortened.
    pub sets: u8,
    /// Sets done in full.
    pub sets_done: u8,
    /// Repetitions done in full, in sets that ended.
    pub reps_done: u16,
    /// Work really done.
    pub worked_ms: u64,
    /// Whether it was made easier.
    pub easier: bool,
    /// The hardest it felt.
    pub effort: Option<u8>,
    /// How much was done when it last was too strong. The same again without work in between is the same time.
    pub too_strong_at_ms: Option<u64>,
}

impl MoveRun {
    /// A run about to begin. Its clock starts with the first [`MoveRun::step`]; until then there is no cue, only the event
    /// that it started. With `waits`, every new position waits until the person says *ready*.
    #[must_use]
    pub fn start(id: String, admitted: &AdmittedMoves, knowledge: &Knowledge, waits: bool) -> (Self, Output) {
        let pieces: Vec<Piece> =
            admitted.moves().iter().enumerate().map(|(i, one)| Piece::new(i, one, knowledge)).collect();
        let moves = admitted.moves().iter().map(|one| one.dose().clone()).collect();
        let started = EventBody::MovesStarted(MovesStarted { session: id.clone(), moves });
        let run = Self {
            id,
            progress: pieces.first().map(Progress::of).unwrap_or_default(),
            admitted: pieces.len(),
            pieces,
            signal_words: knowledge
                .stop_signals
                .iter()
                .map(|(&id, signal)| (id, (signal.what_to_do.clone(), signal.watch_for.clone())))
                .collect(),
            clock_ms: None,
            at: 0,
            phase: Phase::new(Stage::Waiting, 0),
            hold: Hold::Running,
            last: None,
            closed: SiteSet::EMPTY,
            too_strong_once: SiteSet::EMPTY,
            signalled: None,
            worked_before_ms: 0,
            waits,
        };
        (run, Output { cues: Vec::new(), events: vec![started] })
    }

    /// Lets the time pass up to `now_ms`, then takes the input.
    ///
    /// `now_ms` is the shell's monotonic clock in milliseconds, from any origin. Steps may come at any spacing. A clock
    /// that went backwards counts as no time passed, and runs on from there.
    pub fn step(&mut self, input: Input, now_ms: u64) -> Output {
        Clocked::step(self, input, now_ms)
    }

    /// Forgets the last reading of the clock: the next step counts as no time passed.
    pub const fn rebase(&mut self) {
        self.clock_ms = None;
    }

    /// Whether the run is over. Steps are still accepted; a stop signal noticed now is still written down.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        Holds::is_ended(self)
    }

    /// The run's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Work done so far in the whole run, in milliseconds.
    #[must_use]
    pub const fn worked_ms(&self) -> u64 {
        self.worked_before_ms + self.progress.worked_ms
    }

    /// When, on the shell's clock, the next cue or change is due at the latest. None while nothing will happen without an
    /// input.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        Clocked::next_due(self)
    }

    pub(super) fn piece(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    /// Counts what was done of the set in progress; once for each.
    fn count_set(&mut self) {
        let Some(piece) = self.pieces.get(self.at) else { return };
        if self.phase.elapsed_ms >= piece.set_ms {
            self.progress.sets_done = self.progress.sets_done.saturating_add(1);
        }
        if let Some(rep_ms) = piece.rep_ms {
            let reps = u16::try_from(self.phase.elapsed_ms / rep_ms.max(1)).unwrap_or(u16::MAX);
            self.progress.reps_done = self.progress.reps_done.saturating_add(reps);
        }
    }
}

impl Holds for MoveRun {
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

impl Clocked for MoveRun {
    /// The cues of a move are few.
    const LOOK_AHEAD_MS: u64 = u64::MAX;
    const OVER: &'static str = "It is over.";

    fn press(&mut self, input: Input, out: &mut Output) {
        self.press(input, out);
    }

    fn signal(&mut self, signal: StopSignalId, out: &mut Output) {
        self.signal(signal, out);
    }

    fn cues(&self, from_ms: u64, to_ms: u64) -> Vec<(u64, CueKind)> {
        self.piece().map_or_else(Vec::new, |piece| cadence::cues(piece, &self.phase, from_ms, to_ms))
    }

    fn count(&mut self, passed_ms: u64) {
        if matches!(self.phase.stage, Stage::Work { .. }) {
            self.progress.worked_ms += passed_ms;
        }
    }

    fn at(&self) -> usize {
        self.at
    }

    fn leave_the_rest(&mut self) {
        for piece in self.pieces.iter_mut().filter(|piece| piece.fate == Fate::Waiting) {
            piece.fate = Fate::Left;
        }
    }

    fn lead_in(&mut self) {
        self.phase = Phase::new(Stage::LeadIn, self.piece().map_or(0, |piece| piece.lead_in_ms));
    }

    fn work(&mut self, set: u8) {
        self.progress.begun = true;
        self.phase = Phase::new(Stage::Work { set }, self.piece().map_or(0, |piece| piece.set_ms));
    }

    /// The set is over, done in full or not.
    fn end_set(&mut self, set: u8) {
        self.count_set();
        self.phase = if set.saturating_add(1) < self.progress.sets {
            Phase::new(Stage::Rest { before: set + 1 }, self.piece().map_or(0, Piece::rest_ms))
        } else {
            Phase::new(Stage::Asking, ASKING_MS)
        };
    }

    fn end_asking(&mut self, out: &mut Output) {
        let asked = if self.phase.stage == Stage::Asking { self.phase.elapsed_ms } else { 0 };
        self.finish(self.natural_end(), out);
        self.enter_next(self.at + 1, 0, out);
        if matches!(self.phase.stage, Stage::SetUp(_)) {
            self.phase.length_ms = self.phase.length_ms.saturating_sub(asked);
        }
    }

    fn natural_end(&self) -> BlockEnd {
        let all = self.piece().map_or(0, |piece| piece.dose.sets);
        if self.progress.sets_done >= all { BlockEnd::Completed } else { BlockEnd::Shortened }
    }

    fn finish(&mut self, end: BlockEnd, out: &mut Output) {
        if matches!(self.phase.stage, Stage::Work { .. }) {
            self.count_set();
        }
        let at = self.at;
        let Some(piece) = self.pieces.get_mut(at).filter(|piece| piece.fate == Fate::Waiting) else { return };
        piece.fate = if end == BlockEnd::Completed { Fate::Completed } else { Fate::Left };
        if !self.progress.begun {
            return;
        }
        self.last = Some(at);
        let done = std::mem::take(&mut self.progress);
        self.worked_before_ms += done.worked_ms;
        out.events.push(EventBody::MoveFinished(MoveFinished {
            session: self.id.clone(),
            number: piece.number,
            id: piece.dose.id.clone(),
            side: piece.dose.side,
            sets: done.sets_done,
            reps: piece.rep_ms.map(|_| done.reps_done),
            seconds: u32::try_from(done.worked_ms / 1000).unwrap_or(u32::MAX),
            end,
            easier: done.easier,
            effort: done.effort,
        }));
    }

    fn enter_next(&mut self, from: usize, least_setup_ms: u64, out: &mut Output) {
        let Some(next) = (from..self.pieces.len()).find(|&i| self.pieces[i].fate == Fate::Waiting) else {
            self.end_all(None, out);
            return;
        };
        // Moves left out in between count: the body is still where the last one was done.
        let since = self.last.map_or(0, |last| last + 1).min(next);
        let way = &self.pieces[since..=next];
        let setup_ms = way.iter().map(|piece| piece.setup_ms).max().unwrap_or(0);
        let piece = &self.pieces[next];
        let approach = if way.iter().any(|piece| piece.new_position) || self.last.is_none() {
            Approach::NewPosition
        } else if piece.side_switch && since == next {
            Approach::SwitchSides
        } else {
            Approach::SamePosition
        };
        // A move that is only gone back to keeps how short and easy it was made.
        if next != self.at || self.progress.sets == 0 {
            self.progress = Progress::of(piece);
        }
        let open = self.waits && approach == Approach::NewPosition;
        self.at = next;
        self.phase = Phase { open, ..Phase::new(Stage::SetUp(approach), setup_ms.max(least_setup_ms)) };
    }

    fn end_all(&mut self, text: Option<String>, out: &mut Output) {
        // An easier move that was done to its end stands for the one whose place it took.
        let done = |number: usize| {
            let same = |piece: &&Piece| usize::from(piece.number) == number;
            self.pieces.iter().filter(same).any(|piece| piece.fate == Fate::Completed)
        };
        let completed = (0..self.admitted).all(done);
        out.events.push(EventBody::MovesEnded(MovesEnded { session: self.id.clone(), completed }));
        self.phase = Phase::new(Stage::Ended, 0);
        self.hold = Hold::Running;
        let text = text.unwrap_or_else(|| self.words(CueKind::SessionEnded));
        self.say_text(CueKind::SessionEnded, text, out);
    }
}

impl Progress {
    pub fn of(piece: &Piece) -> Self {
        Self { sets: piece.dose.sets, ..Self::default() }
    }
}
