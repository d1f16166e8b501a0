//! The same session without the player: a list, and a clock of one's own. What was done comes from the log.

use super::found::{Found, find};
use super::words::{SHEET, amount, name};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::guided::by_hand::{self, in_a_line, part_in_turn};
use crate::pages::guided::stop::Sheet;
use crate::pages::guided::{ByHand, Told};
use crate::picture::picture;
use maud::{Markup, html};
use supple_core::dose::Dose;
use supple_core::event::EventBody;
use supple_core::guide::{Input, PhaseName, Session};
use supple_core::knowledge::Technique;
use supple_core::state::SessionRecord;
use supple_core::unit::Felt;

impl ByHand for Session {
    type Record = SessionRecord;
    const PART: &'static str = "block";
    const LIGHTER: (&'static str, &'static str) = ("lighter", "Done, lighter next time");
    const SHEET: Sheet = SHEET;
    const TOO_STRONG: (Input, &'static str) = (Input::Felt(Felt::of(7)), "?told=strong");

    fn path(id: &str) -> String {
        format!("session/{id}")
    }

    fn after(id: &str) -> String {
        format!("after/{id}")
    }

    fn find<'a>(cx: &Cx<'a>, id: &str) -> Found<'a> {
        find(cx, id)
    }

    fn in_turn(&self) -> usize {
        let mut begun = self.clone();
        begun.step(Input::Tick, 0);
        begun.view().block
    }

    fn tell(&mut self, told: Told) -> Vec<EventBody> {
        let block = self.view().block;
        let mut events = self.step(Input::Tick, 0).events;
        if told == Told::Lighter {
            events.extend(self.step(Input::Lighter, 0).events);
        }
        events.extend(self.step(Input::Ready, 0).events);
        let until = if told == Told::Skipped { PhaseName::Work } else { PhaseName::Asking };
        let under_way = |session: &Self| session.view().block == block && session.view().phase != until;
        let mut now = 0;
        while let Some(due) = self.next_due().filter(|_| under_way(self)) {
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

/// `GET session/<id>/by-hand`.
pub fn page(cx: &Cx<'_>, record: &SessionRecord, mut session: Session) -> Response {
    session.step(Input::Tick, 0);
    let in_turn = session.view().block;
    let what_to_do = html! {
        h1 { "Your session, by hand" }
        p { "Do one block after the other with a clock that shows seconds. Press a button after each. Breathe easily; \
             7 of 10 or more means off at once." }
        @if cx.query().get("told") == Some("strong") {
            p .caution { "Lift off. The next time on this area is two steps lighter; the second time it is too \
                          strong, the area is done for today." }
        }
    };
    let parts = record.started.doses.iter().enumerate().map(|(index, dose)| {
        let technique = cx.knowledge.techniques.get(&dose.technique);
        if index == in_turn {
            let dose = session.dose_now().unwrap_or_else(|| dose.clone());
            let heading = format!("{}, {}", name(technique, &dose), dose.side.spoken());
            return part_in_turn::<Session>(cx, &record.id, index, &heading, &how(cx, &dose, technique));
        }
        let finished = record.blocks.iter().find(|block| usize::from(block.finished.block) == index);
        let side = format!(", {}", dose.side.spoken());
        in_a_line(&name(technique, dose), &side, &amount(dose), finished.map(|block| block.finished.end))
    });
    by_hand::page(cx, &what_to_do, &parts.collect::<Vec<_>>(), in_turn)
}

fn how(cx: &Cx<'_>, dose: &Dose, technique: Option<&Technique>) -> Markup {
    let (target, cap) = (dose.felt_target, dose.felt_cap);
    html! {
        (picture(cx, &dose.technique, dose.side))
        @if let Some(technique) = technique {
            p { (technique.position) " " (technique.setup) }
            p { "From " (technique.line.from) " to " (technique.line.to) "." }
            @if let Some(lighter) = technique.pressure.lighter.first() {
                p .small { "Lighter: " (lighter) "." }
            }
        }
        p { strong { (amount(dose)) } " About " (target) " of 10, never over " (cap) "." }
        p { (on_a_clock(dose)) }
    }
}

/// How to count it without the player.
fn on_a_clock(dose: &Dose) -> String {
    let moving = dose.seconds_per_pass.map_or_else(
        || {
            let hold = dose.hold_seconds.map_or_else(String::new, |seconds| format!(" Move on after {seconds} s."));
            format!("Stay on the spot and breathe out slowly.{hold}")
        },
        |seconds| format!("Roll slowly: count to {seconds} on each way, and breathe out every fourth time."),
    );
    let start = "Get into position first. Begin when the second hand is at the top";
    if dose.sets == 1 {
        return format!("{start}, stop after {} s. {moving}", dose.seconds_per_set);
    }
    let (seconds, rest) = (dose.seconds_per_set, dose.rest_seconds);
    format!("{start}, lift off after {seconds} s, rest for {rest} s, and begin again. {moving}")
}
