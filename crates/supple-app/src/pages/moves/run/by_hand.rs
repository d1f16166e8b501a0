//! The same run without the player: a list, and a clock of one's own. What was done comes from the log.

use super::found::{Found, find};
use super::tell::{Told, begin, tell};
use super::words::{amount, name, on_a_clock};
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::picture::of_move;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::event::BlockEnd;
use supple_core::guide::{MoveRun, MoveView};
use supple_core::move_dose::MoveDose;
use supple_core::state::MovesRecord;

/// `GET moves/run/<id>/by-hand`.
pub fn page(cx: &Cx<'_>, record: &MovesRecord, mut run: MoveRun) -> Response {
    begin(&mut run, 0);
    let view = run.view();
    let body = html! {
        h1 { "Your moves, by hand" }
        p { "Do one after the other, slowly, and press a button after each. Keep breathing. Whatever hurts is left out." }
        ol .by-hand {
            @for (index, dose) in record.started.moves.iter().enumerate() {
                @let in_turn = index == usize::from(view.number);
                li aria-current=[in_turn.then_some("step")] {
                    @if in_turn { (the_one(cx, record, dose, &view)) } @else { (in_a_line(cx, record, index, dose)) }
                }
            }
        }
    };
    framed(cx, 200, Page { title: "By hand", class: "page-by-hand", place: None, scripts: &[], body })
}

fn side(dose: &MoveDose) -> String {
    match dose.side {
        Side::Left | Side::Right => format!(", {}", dose.side.spoken()),
        Side::Both | Side::Midline => String::new(),
    }
}

fn in_a_line(cx: &Cx<'_>, record: &MovesRecord, index: usize, dose: &MoveDose) -> Markup {
    let ended = record.moves.iter().find(|done| usize::from(done.what.number) == index);
    let ended = ended.map(|done| match done.what.end {
        BlockEnd::Completed => "done",
        BlockEnd::Shortened => "done, shorter",
        BlockEnd::Skipped => "skipped",
        BlockEnd::Stopped => "stopped",
    });
    html! {
        p { strong { (name(cx, dose)) } (side(dose)) ". " (amount(dose))
            @if let Some(ended) = ended { " " em { (ended) } } }
    }
}

fn the_one(cx: &Cx<'_>, record: &MovesRecord, dose: &MoveDose, view: &MoveView) -> Markup {
    let known = cx.knowledge.moves.get(&dose.id);
    html! {
        h2 { (name(cx, dose)) (side(dose)) }
        (cx.form("stop", &format!("moves/run/{}/stop", record.id), html! {
            input type="hidden" name="move" value=(view.number);
            button .danger .big .wide { "Stop" }
        }))
        (of_move(cx, &dose.id, dose.side))
        @if let Some(support) = &view.support { p .notice { (support) } }
        @if let Some(known) = known {
            p { (known.position) }
            ol .steps { @for step in &known.steps { li { (step) } } }
        }
        p { strong { (amount(dose)) } " " (on_a_clock(dose)) }
        @if let Some(known) = known { p .small { "Easier: " (known.easier) } }
        (cx.form("by-hand", &format!("moves/run/{}/by-hand", record.id), html! {
            input type="hidden" name="move" value=(view.number);
            p .row {
                button .primary .big name="told" value="done" { "Done" }
                button name="told" value="skip" { "Skip" }
                button name="told" value="easier" { "Done, the easier way" }
            }
        }))
    }
}

/// `POST moves/run/<id>/by-hand`.
pub fn post(cx: &Cx<'_>, form: &Form, id: &str) -> Decision {
    let path = format!("moves/run/{id}/by-hand");
    let told = match form.get("told") {
        Some("done") => Told::Done,
        Some("easier") => Told::Easier,
        Some("skip") => Told::Skipped,
        _ => return cx.record([], &path),
    };
    let Found::UnderWay { mut run, .. } = find(cx, id) else { return cx.record([], &path) };
    // A page from before, posted again, does not count for the move after it.
    if form.read::<u16>("move") != Some(in_turn(&run)) {
        return cx.record([], &path);
    }
    let events = tell(&mut run, told);
    let then = if run.is_ended() { format!("moves/run/{id}") } else { path };
    cx.record(events, &then)
}

/// The number of the move in turn, from 0.
pub fn in_turn(run: &MoveRun) -> u16 {
    let mut begun = run.clone();
    begin(&mut begun, 0);
    begun.view().number
}
