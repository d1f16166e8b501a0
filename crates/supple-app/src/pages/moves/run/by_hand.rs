//! The same run without the player: a list, and a clock of one's own. What was done comes from the log.

use super::found::{Found, find};
use super::words::{SHEET, amount, name, on_a_clock};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::guided::by_hand::{self, in_a_line, part_in_turn};
use crate::pages::guided::stop::Sheet;
use crate::pages::guided::{ByHand, Told};
use crate::picture::of_move;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::event::EventBody;
use supple_core::guide::{Input, MoveRun, MoveView, PhaseName};
use supple_core::knowledge::StopSignalId;
use supple_core::move_dose::MoveDose;
use supple_core::state::MovesRecord;

impl ByHand for MoveRun {
    type Record = MovesRecord;
    const PART: &'static str = "move";
    const LIGHTER: (&'static str, &'static str) = ("easier", "Done, the easier way");
    const SHEET: Sheet = SHEET;
    const TOO_STRONG: (Input, &'static str) = (Input::Signal(StopSignalId::TooStrong), "");

    fn path(id: &str) -> String {
        format!("moves/run/{id}")
    }

    fn after(id: &str) -> String {
        Self::path(id)
    }

    fn find<'a>(cx: &Cx<'a>, id: &str) -> Found<'a> {
        find(cx, id)
    }

    fn in_turn(&self) -> usize {
        let mut begun = self.clone();
        begin(&mut begun, 0);
        usize::from(begun.view().number)
    }

    fn tell(&mut self, told: Told) -> Vec<EventBody> {
        let mut events = self.step(Input::Tick, 0).events;
        if told == Told::Lighter {
            events.extend(self.step(Input::Lighter, 0).events);
        }
        let mut now = begin(self, 0);
        let number = self.view().number;
        let goes_on = |run: &Self| run.view().number == number && run.view().phase != PhaseName::Asking;
        while let Some(due) = self.next_due().filter(|_| told != Told::Skipped && goes_on(self)) {
            now = due;
            events.extend(self.step(Input::Tick, now).events);
        }
        events.extend(self.step(told.last_input(), now).events);
        events
    }

    fn is_over(&self) -> bool {
        self.is_ended()
    }
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

/// `GET moves/run/<id>/by-hand`.
pub fn page(cx: &Cx<'_>, record: &MovesRecord, mut run: MoveRun) -> Response {
    begin(&mut run, 0);
    let view = run.view();
    let in_turn = usize::from(view.number);
    let what_to_do = html! {
        h1 { "Your moves, by hand" }
        p { "Do one after the other, slowly, and press a button after each. Keep breathing. Whatever hurts is left out." }
    };
    let parts = record.started.moves.iter().enumerate().map(|(index, dose)| {
        let (name, side) = (name(cx, dose), side(dose));
        if index == in_turn {
            return part_in_turn::<MoveRun>(cx, &record.id, index, &(name + &side), &how(cx, dose, &view));
        }
        let finished = record.moves.iter().find(|done| usize::from(done.what.number) == index);
        in_a_line(&name, &side, &amount(dose), finished.map(|done| done.what.end))
    });
    by_hand::page(cx, &what_to_do, &parts.collect::<Vec<_>>(), in_turn)
}

fn side(dose: &MoveDose) -> String {
    match dose.side {
        Side::Left | Side::Right => format!(", {}", dose.side.spoken()),
        Side::Both | Side::Midline => String::new(),
    }
}

fn how(cx: &Cx<'_>, dose: &MoveDose, view: &MoveView) -> Markup {
    let known = cx.knowledge.moves.get(&dose.id);
    html! {
        (of_move(cx, &dose.id, dose.side))
        @if let Some(support) = &view.support { p .notice { (support) } }
        @if let Some(known) = known {
            p { (known.position) }
            ol .steps { @for step in &known.steps { li { (step) } } }
        }
        p { strong { (amount(dose)) } " " (on_a_clock(dose)) }
        @if let Some(known) = known { p .small { "Easier: " (known.easier) } }
    }
}
