//! What a person says of a move that was done without the player, told to the same guide that plays it.

use supple_core::event::EventBody;
use supple_core::guide::{Input, MoveRun, PhaseName};

/// What a person says of the move in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// All of it was done.
    Done,
    /// The same, made easier.
    Easier,
    /// None of it was done.
    Skipped,
    /// Something happened. How much was done nobody counted, so all of it counts.
    Stopped(Input),
}

/// What the log gets. `run` is in the state the log left it in.
pub fn tell(run: &mut MoveRun, told: Told) -> Vec<EventBody> {
    let mut events = run.step(Input::Tick, 0).events;
    if told == Told::Easier {
        events.extend(run.step(Input::Lighter, 0).events);
    }
    let mut now = begin(run, 0);
    let number = run.view().number;
    let goes_on = |run: &MoveRun| run.view().number == number && run.view().phase != PhaseName::Asking;
    while let Some(due) = run.next_due().filter(|_| told != Told::Skipped && goes_on(run)) {
        now = due;
        events.extend(run.step(Input::Tick, now).events);
    }
    let last = match told {
        Told::Done | Told::Easier => Input::Ready,
        Told::Skipped => Input::Skip,
        Told::Stopped(input) => input,
    };
    events.extend(run.step(last, now).events);
    events
}

/// Goes to where the work of the move in turn begins, so that what is said next is said of it. Gives the time it is then.
pub fn begin(run: &mut MoveRun, from_ms: u64) -> u64 {
    let mut now = from_ms;
    loop {
        match run.view().phase {
            PhaseName::Waiting => drop(run.step(Input::Tick, now)),
            PhaseName::SetUp => drop(run.step(Input::Ready, now)),
            PhaseName::LeadIn => match run.next_due() {
                Some(due) => {
                    now = due;
                    run.step(Input::Tick, now);
                }
                None => return now,
            },
            PhaseName::Paused | PhaseName::Off => drop(run.step(Input::Resume, now)),
            PhaseName::Work | PhaseName::Rest | PhaseName::Asking | PhaseName::Stopped | PhaseName::Ended => {
                return now;
            }
        }
    }
}
