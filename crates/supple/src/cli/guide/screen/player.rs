//! The session as the screen plays it: inputs in, events kept, cues turned into what is shown.

use super::Paint;
use super::keep::{Events, Keep, Kept, Writer};
use super::scene::{Beat, Finished, Scene, Summary};
use crate::shell::Failure;
use supple_core::event::EventBody;
use supple_core::guide::{Cue, CueKind, Direction, Input, PhaseName, Session, View};
use supple_core::knowledge::StopSignalId;

/// A gap this long between two wake-ups means that nobody was being guided: the machine slept, or the program did.
const SLEPT_MS: u64 = 5_000;
/// While something could not be written, the disk is asked again this often.
const RETRY_MS: u64 = 10_000;
/// How long something said stays on the screen.
const NOTE_MS: u64 = 5_000;
/// The same for what takes a while to try.
const LONG_NOTE_MS: u64 = 12_000;
/// A cue older than this is no longer rung for.
const STALE_MS: u64 = 1_500;

/// Plays a session: knows all that the screen shows and the engine's view does not.
pub struct Player<'s> {
    session: &'s mut Session,
    woke: Option<Wake>,
    stepped_ms: u64,
    /// Since when this phase of this set of this block is shown.
    shown: ((PhaseName, usize, u8), u64),
    /// Time spent in the pass under way, pauses not counted.
    pass: Option<(Direction, u64)>,
    rep: Option<u8>,
    note: Option<(String, u64)>,
    /// What was said when an area, a limb or the session was ended.
    told: Option<String>,
    felt_said: bool,
    noticing: bool,
    /// A cue came since the last picture.
    news: bool,
    summary: Summary,
    unsaved: Events,
    /// How many of them are being written now.
    writing: usize,
    problem: Option<Failure>,
    tried_ms: u64,
}

/// Two clocks at one moment. The steady one stands still while a machine sleeps on some systems, the other does not.
#[derive(Debug, Clone, Copy)]
pub struct Wake {
    /// The steady clock.
    pub steady_ms: u64,
    /// The clock on the wall.
    pub wall_ms: u64,
}

impl<'s> Player<'s> {
    /// A player for a session that just began.
    pub fn new(session: &'s mut Session) -> Self {
        Self {
            session,
            woke: None,
            stepped_ms: 0,
            shown: ((PhaseName::Waiting, 0, 0), 0),
            pass: None,
            rep: None,
            note: None,
            told: None,
            felt_said: false,
            noticing: false,
            news: false,
            summary: Summary::default(),
            unsaved: Events::new(),
            writing: 0,
            problem: None,
            tried_ms: 0,
        }
    }

    /// The loop is awake again. If it was gone for long, the time that passed meanwhile was nobody's session: the
    /// clock is taken up anew and the session pauses, so that nobody is guided who does not listen.
    pub fn awake(&mut self, at: Wake, diary: &mut impl Keep) {
        let before = self.woke.replace(at);
        let steady = before.map_or(0, |before| at.steady_ms.saturating_sub(before.steady_ms));
        let wall = before.map_or(0, |before| at.wall_ms.saturating_sub(before.wall_ms));
        if steady <= SLEPT_MS && wall <= steady.saturating_add(SLEPT_MS) {
            return;
        }
        self.session.rebase();
        self.stepped_ms = at.steady_ms;
        if running(&self.view()) {
            self.step(Input::Pause, at.steady_ms, diary);
            self.note = Some(("Paused: this computer was asleep or busy.".into(), u64::MAX));
        }
    }

    /// Takes an input at this reading of the steady clock. Events are kept first; then says whether to ring.
    pub fn step(&mut self, input: Input, now_ms: u64, diary: &mut impl Keep) -> bool {
        let before = self.view();
        self.felt_said |= before.asks_felt && matches!(input, Input::Felt(_) | Input::FeltWord(_));
        let output = self.session.step(input, now_ms);
        let happened = !output.events.is_empty();
        self.summary.add(&output.events);
        self.unsaved.extend(output.events.into_iter().map(|body| (diary.now(), body)));
        let due = now_ms.saturating_sub(self.tried_ms) >= RETRY_MS;
        if self.writing > 0 {
            let kept = diary.answer();
            self.written(kept);
        }
        // A disk that does not answer must not stand between a person and the stop.
        if happened || due || !matches!(input, Input::Tick | Input::Stop) {
            self.save(now_ms, diary);
        }
        self.run_pass(now_ms, before.phase);
        let mut ring = self.hear(&output.cues, now_ms);
        if !self.unsaved.is_empty() && running(&self.view()) {
            // What cannot be written down is not done: the next plan would not know of it.
            let held = self.session.step(Input::Pause, now_ms);
            ring |= self.hear(&held.cues, now_ms);
        }
        self.settle();
        ring
    }

    /// Opens or closes the sheet of reasons after the end.
    pub const fn notice(&mut self, open: bool) {
        self.noticing = open;
    }

    /// Tries to write down what is not written yet.
    pub fn retry(&mut self, now_ms: u64, diary: &mut impl Keep) {
        self.save(now_ms, diary);
    }

    /// What the engine shows.
    pub fn view(&self) -> View {
        self.session.view()
    }

    /// When to wake at the latest.
    pub fn next_due(&self) -> Option<u64> {
        self.session.next_due()
    }

    /// Whether the reasons are asked after the end.
    pub const fn is_noticing(&self) -> bool {
        self.noticing
    }

    /// Whether a cue came since this was last asked.
    pub const fn take_news(&mut self) -> bool {
        std::mem::replace(&mut self.news, false)
    }

    /// Whether something is not on the disk yet.
    pub const fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Waits for what is being written, and tries once more what is not.
    pub fn finish(&mut self, writer: &mut Writer) {
        for _ in 0..2 {
            if self.writing > 0 {
                let kept = writer.wait();
                self.written(kept);
            }
            self.save(self.stepped_ms, writer);
        }
        if self.writing > 0 {
            let kept = writer.wait();
            self.written(kept);
        }
    }

    /// Why not everything is on the disk.
    pub fn into_problem(self) -> Option<Failure> {
        self.problem.filter(|_| !self.unsaved.is_empty())
    }

    /// All that there is to show.
    pub fn scene(&self, paint: Paint) -> Scene {
        let view = self.view();
        let beat = match (&self.pass, self.rep, view.seconds_per_pass) {
            _ if view.phase != PhaseName::Work => Beat::Still,
            (&Some((direction, spent_ms)), _, Some(seconds)) => {
                Beat::Pass { direction, spent_ms, pass_ms: u64::from(seconds.max(1)) * 1000 }
            }
            (_, Some(n), None) => Beat::Rep(n),
            _ => Beat::Still,
        };
        Scene {
            beat,
            shown_seconds: self.stepped_ms.saturating_sub(self.shown.1) / 1000,
            note: self.note.as_ref().map(|note| note.0.clone()),
            told: self.told.clone(),
            felt_said: self.felt_said,
            noticing: self.noticing,
            summary: self.summary.clone(),
            pressed_seconds: self.session.pressure_given_ms() / 1000,
            problem: self.has_unsaved().then(|| {
                let slow = "the disk takes its time".to_owned();
                self.problem.as_ref().map_or(slow, |problem| problem.message.clone())
            }),
            paint,
            view,
        }
    }

    fn save(&mut self, now_ms: u64, diary: &mut impl Keep) {
        if self.writing == 0 && !self.unsaved.is_empty() {
            self.tried_ms = now_ms;
            self.writing = self.unsaved.len();
            let kept = diary.keep(self.unsaved.clone());
            self.written(kept);
        }
    }

    /// What the disk answered.
    fn written(&mut self, kept: Kept) {
        match kept {
            Kept::Yes => {
                self.unsaved.drain(..self.writing);
                self.problem = None;
                self.writing = 0;
            }
            Kept::No(problem) => {
                self.problem = Some(problem);
                self.writing = 0;
            }
            Kept::NotYet => {}
        }
    }

    fn run_pass(&mut self, now_ms: u64, phase_before: PhaseName) {
        let passed = now_ms.saturating_sub(self.stepped_ms);
        self.stepped_ms = now_ms;
        if let Some((_, spent_ms)) = self.pass.as_mut().filter(|_| phase_before == PhaseName::Work) {
            *spent_ms += passed;
        }
        if self.note.as_ref().is_some_and(|note| note.1 <= now_ms) {
            self.note = None;
        }
    }

    fn hear(&mut self, cues: &[Cue], now_ms: u64) -> bool {
        let mut ring = false;
        self.news |= !cues.is_empty();
        for cue in cues {
            let age = now_ms.saturating_sub(cue.at_ms);
            ring |= rings(cue.kind) && age <= STALE_MS;
            match cue.kind {
                CueKind::Pass(direction) => self.pass = Some((direction, age)),
                CueKind::Rep { n } => self.rep = Some(n),
                CueKind::Start | CueKind::NextSpot => self.rep = None,
                _ => {}
            }
            // A sign told after the end is answered like one that ended it.
            let late = cue.kind == CueKind::Noted && self.session.is_ended();
            if late || matches!(cue.kind, CueKind::AreaEnded | CueKind::LimbEnded | CueKind::SessionEnded) {
                self.told = Some(cue.text.clone());
                self.note = None;
            }
            if let Some(stays_ms) = stays(cue.kind).filter(|&stays_ms| !late && age < stays_ms) {
                self.note = Some((cue.text.clone(), cue.at_ms + stays_ms));
            } else if matches!(cue.kind, CueKind::Start | CueKind::Resumed | CueKind::Rest) {
                self.note = None;
            }
        }
        ring
    }

    /// Forgets what belonged to a phase that is over.
    fn settle(&mut self) {
        let view = self.view();
        let place = (view.phase, view.block, view.set);
        if self.shown.0 != place {
            self.shown = (place, self.stepped_ms);
        }
        if !view.asks_felt {
            self.felt_said = false;
        }
        if matches!(view.phase, PhaseName::LeadIn | PhaseName::Work) {
            self.told = None;
        }
        if view.phase != PhaseName::Ended {
            self.noticing = false;
        }
    }
}

impl Summary {
    fn add(&mut self, events: &[EventBody]) {
        for event in events {
            match event {
                EventBody::BlockFinished(block) => {
                    let techniques = &supple_knowledge::embedded().techniques;
                    let name = techniques.get(&block.technique).map_or(&block.technique, |t| &t.name);
                    self.blocks.push(Finished {
                        name: name.clone(),
                        side: block.side,
                        seconds: block.seconds,
                        end: block.end,
                    });
                }
                EventBody::StopSignalled(stop) => self.signal = Some(stop.signal),
                _ => {}
            }
        }
    }
}

/// Whether pressure or its preparation goes on.
fn running(view: &View) -> bool {
    use PhaseName as P;
    matches!(view.phase, P::Waiting | P::SetUp | P::LeadIn | P::Work | P::Rest | P::Asking)
}

/// Whether the session was ended by a sign whose advice has to be read.
pub fn ended_by_sign(scene: &Scene) -> bool {
    let sign = matches!(scene.summary.signal, Some(StopSignalId::DizzyOrChest | StopSignalId::SwellingOrBruise));
    sign && scene.view.phase == PhaseName::Ended
}

const fn rings(kind: CueKind) -> bool {
    use CueKind as K;
    matches!(kind, K::Start | K::Rest | K::SwitchSides | K::OffNow | K::SessionEnded)
}

/// How long a cue is shown in words, if it is not shown otherwise.
const fn stays(kind: CueKind) -> Option<u64> {
    use CueKind as K;
    match kind {
        K::SmallMovement => Some(LONG_NOTE_MS),
        K::Breathe
        | K::NextSpot
        | K::HalfWay
        | K::Lighter
        | K::Skipped
        | K::Shortened
        | K::MoreTime
        | K::Noted
        | K::NotNow => Some(NOTE_MS),
        _ => None,
    }
}
