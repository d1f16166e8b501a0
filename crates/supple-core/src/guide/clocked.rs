//! How anything guided runs, the same for a session and for a run of moves: from one due moment to the next, part after
//! part.

use super::cue::CueKind;
use super::hold::Holds;
use super::input::{Input, StopReason};
use super::phase::{Approach, Hold, Phase, Stage};
use super::session::Output;
use crate::event::BlockEnd;
use crate::knowledge::StopSignalId;

/// What the button for more time adds.
pub(super) const MORE_TIME_MS: u64 = 10_000;
/// What is left of the last set once it is shortened.
pub(super) const SHORT_END_MS: u64 = 10_000;
/// Count-in that is left of a rest once the person is ready.
const READY_REST_MS: u64 = 5_000;

/// Parts that are set up, counted in, worked at set by set, and asked about.
pub(super) trait Clocked: Holds {
    /// How far ahead a cue is looked for. Looking further would only cost time; waking up once too often costs nothing.
    const LOOK_AHEAD_MS: u64;
    /// Said to whoever presses something after the end.
    const OVER: &'static str;

    /// What an input does.
    fn press(&mut self, input: Input, out: &mut Output);
    /// A stop signal, in whatever state.
    fn signal(&mut self, signal: StopSignalId, out: &mut Output);

    /// The cues of the phase that are due from `from_ms` to `to_ms` (both included), in order.
    fn cues(&self, from_ms: u64, to_ms: u64) -> Vec<(u64, CueKind)>;
    /// The clock ran: counts what was done meanwhile.
    fn count(&mut self, passed_ms: u64);

    /// The part in progress or next to begin.
    fn at(&self) -> usize;
    fn lead_in(&mut self);
    fn work(&mut self, set: u8);
    fn end_set(&mut self, set: u8);
    /// The question after the last set is answered or has had its time: the part is done.
    fn end_asking(&mut self, out: &mut Output);
    /// How a part ended that nobody ended.
    fn natural_end(&self) -> BlockEnd;
    /// Writes the current part down if it ever began.
    fn finish(&mut self, end: BlockEnd, out: &mut Output);
    /// Goes to the first part from `from` on that is still to come, or ends it all.
    fn enter_next(&mut self, from: usize, least_setup_ms: u64, out: &mut Output);
    /// Nothing that is still to come will come.
    fn leave_the_rest(&mut self);
    /// Ends it all; `text` says why where it was not simply over.
    fn end_all(&mut self, text: Option<String>, out: &mut Output);

    /// Lets the time pass up to `now_ms`, then takes the input.
    fn step(&mut self, input: Input, now_ms: u64) -> Output {
        let mut out = Output::default();
        match self.clock_ms() {
            Some(last) if last <= now_ms => self.advance(now_ms, &mut out),
            _ => self.set_clock(now_ms),
        }
        if self.phase().stage == Stage::Waiting {
            self.enter_next(0, 0, &mut out);
            self.advance(now_ms, &mut out);
        }
        self.press(input, &mut out);
        // What the input made due at this very moment.
        self.advance(now_ms, &mut out);
        out
    }

    /// When the next cue or change is due at the latest.
    fn next_due(&self) -> Option<u64> {
        let now = self.clock_ms()?;
        match self.hold() {
            Hold::Paused | Hold::Off => None,
            Hold::Stopped { left_ms, .. } => Some(now.saturating_add(left_ms)),
            Hold::Running if self.is_ended() || self.phase().open => None,
            Hold::Running => Some(now.saturating_add(self.quiet_ms())),
        }
    }

    /// Runs the clocks up to `until`, from one due moment to the next.
    fn advance(&mut self, until: u64, out: &mut Output) {
        loop {
            let now = self.now();
            let spare = until.saturating_sub(now);
            match self.hold() {
                Hold::Paused | Hold::Off => {
                    self.set_clock(until);
                    return;
                }
                Hold::Stopped { left_ms, before } => {
                    let passed = spare.min(left_ms);
                    self.set_clock(now + passed);
                    if passed < left_ms {
                        self.set_hold(Hold::Stopped { left_ms: left_ms - passed, before });
                        return;
                    }
                    self.no_answer(out);
                }
                Hold::Running => {
                    self.give_due_cues(out);
                    if self.is_ended() || self.phase().open {
                        self.set_clock(until);
                        return;
                    }
                    if self.phase().left_ms() == 0 {
                        self.next_phase(out);
                        continue;
                    }
                    let passed = spare.min(self.quiet_ms());
                    if passed == 0 {
                        return;
                    }
                    self.set_clock(now + passed);
                    self.phase_mut().elapsed_ms += passed;
                    self.count(passed);
                }
            }
        }
    }

    fn give_due_cues(&mut self, out: &mut Output) {
        let (from, to) = (self.phase().cued_to_ms, self.phase().elapsed_ms);
        if to < from {
            return;
        }
        for (_, kind) in self.cues(from, to) {
            self.say(kind, out);
        }
        self.phase_mut().cued_to_ms = to + 1;
    }

    /// How long the clocks can run before the next cue or the end of the phase.
    fn quiet_ms(&self) -> u64 {
        let phase = self.phase();
        let ahead = phase.left_ms().min(Self::LOOK_AHEAD_MS);
        let cues = self.cues(phase.cued_to_ms, phase.elapsed_ms + ahead);
        cues.first().map_or(ahead, |&(due, _)| due.saturating_sub(phase.elapsed_ms).min(ahead))
    }

    /// The phase has run out: what follows.
    fn next_phase(&mut self, out: &mut Output) {
        match self.phase().stage {
            Stage::Waiting | Stage::Ended => {}
            Stage::SetUp(_) => self.lead_in(),
            Stage::LeadIn => self.work(0),
            Stage::Work { set } => self.end_set(set),
            Stage::Rest { before } => self.work(before),
            Stage::Asking => self.end_asking(out),
        }
    }

    fn ready(&mut self, out: &mut Output) {
        match (self.hold(), self.phase().stage) {
            (Hold::Paused | Hold::Off, _) => self.resume(out),
            (_, Stage::SetUp(_)) => self.lead_in(),
            (_, Stage::Rest { .. }) if self.phase().left_ms() > READY_REST_MS => {
                let phase = self.phase_mut();
                phase.elapsed_ms = phase.length_ms - READY_REST_MS;
                phase.cued_to_ms = phase.elapsed_ms;
            }
            (_, Stage::Asking) => self.end_asking(out),
            _ => self.not_now("You are under way already.", out),
        }
    }

    /// More time to get into position or to rest; what is said where neither is under way.
    fn add_time(&mut self, where_none: &str, out: &mut Output) {
        match self.phase().stage {
            Stage::SetUp(_) if self.phase().open => {
                self.not_now("Take your time. It begins when you press ready.", out);
            }
            Stage::SetUp(_) | Stage::Rest { .. } => {
                let phase = self.phase_mut();
                phase.length_ms = phase.length_ms.saturating_add(MORE_TIME_MS);
                self.say(CueKind::MoreTime, out);
            }
            Stage::LeadIn => {
                // The position was said already; only the clock goes back.
                let setting_up = Phase::new(Stage::SetUp(Approach::SamePosition), MORE_TIME_MS);
                *self.phase_mut() = Phase { cued_to_ms: 1, ..setting_up };
                self.say(CueKind::MoreTime, out);
            }
            _ => self.not_now(where_none, out),
        }
    }

    fn skip(&mut self, out: &mut Output) {
        self.say(CueKind::Skipped, out);
        self.leave_off();
        if self.phase().stage == Stage::Asking {
            self.end_asking(out);
        } else {
            self.finish(BlockEnd::Skipped, out);
            self.enter_next(self.at() + 1, 0, out);
        }
    }

    /// An answer ends the question.
    fn answered_asking(&mut self, out: &mut Output) {
        if self.phase().stage == Stage::Asking && self.hold() == Hold::Running {
            self.end_asking(out);
        }
    }

    fn reason(&mut self, reason: StopReason, out: &mut Output) {
        match reason {
            StopReason::Signal(signal) => self.signal(signal, out),
            StopReason::JustFinished => self.end(out),
            StopReason::Mistake => self.mistake(out),
        }
    }

    /// Nobody said what happened: it counts as sharp pain, and nothing goes on by itself.
    fn no_answer(&mut self, out: &mut Output) {
        self.signal(StopSignalId::SharpOrElectric, out);
        if !self.is_ended() {
            self.set_hold(Hold::Paused);
            self.say(CueKind::Paused, out);
        }
    }

    fn end(&mut self, out: &mut Output) {
        if self.is_ended() {
            self.not_now(Self::OVER, out);
            return;
        }
        let end = if self.phase().stage == Stage::Asking { self.natural_end() } else { BlockEnd::Skipped };
        self.finish(end, out);
        self.leave_the_rest();
        self.end_all(None, out);
    }
}
