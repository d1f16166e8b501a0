//! Where events go: to the disk before anything is said, but never so that the stop key waits for the disk.

use crate::shell::{Diary, Failure, FailureKind};
use jiff::{SignedDuration, Zoned};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;
use supple_core::event::EventBody;

/// Events with the time each happened at.
pub type Events = Vec<(Zoned, EventBody)>;

/// What became of events.
#[derive(Debug)]
pub enum Kept {
    /// They are on the disk.
    Yes,
    /// They are not.
    No(Failure),
    /// The disk has not answered yet.
    NotYet,
}

/// Keeps events, all or none of each handful.
pub trait Keep {
    /// The clock on the wall.
    fn now(&self) -> Zoned;
    /// Begins to write; only while nothing else is being written. Waits a moment for the answer.
    fn keep(&mut self, events: Events) -> Kept;
    /// The answer to what is being written.
    fn answer(&mut self) -> Kept;
}

/// So long may the disk take before the session waits for it. Our judgement: short enough that a key pressed
/// meanwhile still feels immediate.
const MOMENT: Duration = Duration::from_millis(400);

/// Writes on a thread of its own.
pub struct Writer {
    jobs: Sender<Events>,
    answers: Receiver<Result<(), Failure>>,
    /// How far the diary's clock is from this machine's: not at all, except in scripts.
    ahead: SignedDuration,
}

impl Writer {
    /// Does `work` with a writer to the diary; returns when the last write is over.
    pub fn with<T>(diary: &mut Diary, work: impl FnOnce(&mut Self) -> T) -> T {
        let ahead = diary.now().duration_since(&Zoned::now());
        let ahead = if ahead.abs() < SignedDuration::from_secs(1) { SignedDuration::ZERO } else { ahead };
        let (jobs, to_do) = channel::<Events>();
        let (answer, answers) = channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                for events in to_do {
                    if answer.send(append(diary, &events)).is_err() {
                        return;
                    }
                }
            });
            // Dropped at the end, or by a panic: then the thread ends, too.
            let mut writer = Self { jobs, answers, ahead };
            work(&mut writer)
        })
    }

    /// Waits for the last answer.
    pub fn wait(&mut self) -> Kept {
        self.answers.recv().map_or_else(|_| gone(), kept)
    }
}

impl Keep for Writer {
    fn now(&self) -> Zoned {
        let now = Zoned::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    fn keep(&mut self, events: Events) -> Kept {
        if self.jobs.send(events).is_err() {
            return gone();
        }
        match self.answers.recv_timeout(MOMENT) {
            Ok(answer) => kept(answer),
            Err(RecvTimeoutError::Timeout) => Kept::NotYet,
            Err(RecvTimeoutError::Disconnected) => gone(),
        }
    }

    fn answer(&mut self) -> Kept {
        match self.answers.try_recv() {
            Ok(answer) => kept(answer),
            Err(TryRecvError::Empty) => Kept::NotYet,
            Err(TryRecvError::Disconnected) => gone(),
        }
    }
}

/// Appends behind whatever another program wrote meanwhile: what happened happened.
fn append(diary: &mut Diary, events: &Events) -> Result<(), Failure> {
    diary.record_timed(events.clone()).or_else(|problem| {
        if problem.kind != FailureKind::LogMoved {
            return Err(problem);
        }
        diary.reload()?;
        diary.record_timed(events.clone())
    })
}

fn kept(answer: Result<(), Failure>) -> Kept {
    answer.map_or_else(Kept::No, |()| Kept::Yes)
}

fn gone() -> Kept {
    Kept::No(Failure::error("the part of Supple that writes the log has stopped; start `supple guide` again"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use supple_core::event::{SessionEnded, SessionStarted};
    use supple_core::knowledge::Goal;

    #[test]
    fn what_the_writer_says_is_kept_is_in_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.sqlite");
        let open = || Diary::open(Some(path.clone()), None).unwrap_or_else(|problem| panic!("{}", problem.message));
        let started = SessionStarted { session: "s".into(), goal: Goal::Mobility, doses: Vec::new() };
        let (mut diary, mut other) = (open(), open());
        Writer::with(&mut diary, |writer| {
            // Another program writes first.
            let done = other.record(vec![EventBody::SessionStarted(started)]);
            assert!(done.is_ok());
            let ended = SessionEnded { session: "s".into(), completed: false };
            let mut kept = writer.keep(vec![(writer.now(), EventBody::SessionEnded(ended))]);
            if matches!(kept, Kept::NotYet) {
                kept = writer.wait();
            }
            assert!(matches!(kept, Kept::Yes), "{kept:?}");
        });
        assert_eq!(open().entries().len(), 2);
    }
}
