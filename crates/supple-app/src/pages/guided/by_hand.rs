//! The same without the player: a list, and a clock of one's own. What was done comes from the log.

use super::Found;
use super::stop::Sheet;
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use maud::{Markup, html};
use supple_core::event::{BlockEnd, EventBody};
use supple_core::guide::Input;

/// What a person says of the part in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// All of it was done.
    Done,
    /// The same, made lighter or easier.
    Lighter,
    /// None of it was done.
    Skipped,
    /// Something happened. How much was done nobody counted, so all of it counts.
    Stopped(Input),
}

impl Told {
    /// What ends the part.
    pub const fn last_input(self) -> Input {
        match self {
            Self::Done | Self::Lighter => Input::Ready,
            Self::Skipped => Input::Skip,
            Self::Stopped(input) => input,
        }
    }
}

/// Something guided, part after part, that can be told of instead of played.
pub trait ByHand: Sized {
    /// As the log has it.
    type Record;
    /// The field of a form that says which part it is of.
    const PART: &'static str;
    /// That it was made lighter: the word in a form, and those on the button.
    const LIGHTER: (&'static str, &'static str);
    /// What a stop may have been.
    const SHEET: Sheet;
    /// What the guide is told where a stop was for too strong, and the query of the page after it.
    const TOO_STRONG: (Input, &'static str);

    /// Where its pages are.
    fn path(id: &str) -> String;
    /// Where it leads when it is over.
    fn after(id: &str) -> String;
    /// Finds it by its id.
    fn find<'a>(cx: &Cx<'a>, id: &str) -> Found<'a, Self::Record, Self>;
    /// The number of the part in turn, from 0.
    fn in_turn(&self) -> usize;
    /// What the log gets, worked out by the same guide that plays it. It is in the state the log left it in.
    fn tell(&mut self, told: Told) -> Vec<EventBody>;
    /// Whether it is over.
    fn is_over(&self) -> bool;
}

/// The page: what to do, and the parts with the one in turn marked.
pub fn page(cx: &Cx<'_>, what_to_do: &Markup, parts: &[Markup], in_turn: usize) -> Response {
    let body = html! {
        (what_to_do)
        ol .by-hand {
            @for (index, part) in parts.iter().enumerate() {
                li aria-current=[(index == in_turn).then_some("step")] { (part) }
            }
        }
    };
    framed(cx, 200, Page { title: "By hand", class: "page-by-hand", place: None, scripts: &[], body })
}

/// A part that is not in turn. `side` begins with a comma where there is one.
pub fn in_a_line(name: &str, side: &str, amount: &str, end: Option<BlockEnd>) -> Markup {
    let ended = end.map(|end| match end {
        BlockEnd::Completed => "done",
        BlockEnd::Shortened => "done, shorter",
        BlockEnd::Skipped => "skipped",
        BlockEnd::Stopped => "stopped",
    });
    html! {
        p { strong { (name) } (side) ". " (amount)
            @if let Some(ended) = ended { " " em { (ended) } } }
    }
}

/// The part in turn: stop first, then how it is done, then what was done.
pub fn part_in_turn<G: ByHand>(cx: &Cx<'_>, id: &str, index: usize, heading: &str, how: &Markup) -> Markup {
    let (path, (lighter, words)) = (G::path(id), G::LIGHTER);
    html! {
        h2 { (heading) }
        (cx.form("stop", &format!("{path}/stop"), html! {
            input type="hidden" name=(G::PART) value=(index);
            button .danger .big .wide { "Stop" }
        }))
        (how)
        (cx.form("by-hand", &format!("{path}/by-hand"), html! {
            input type="hidden" name=(G::PART) value=(index);
            p .row {
                button .primary .big name="told" value="done" { "Done" }
                button name="told" value="skip" { "Skip" }
                button name="told" value=(lighter) { (words) }
            }
        }))
    }
}

/// What was told of the part in turn.
pub fn post<G: ByHand>(cx: &Cx<'_>, form: &Form, id: &str) -> Decision {
    let path = format!("{}/by-hand", G::path(id));
    let told = match form.get("told") {
        Some("done") => Told::Done,
        Some("skip") => Told::Skipped,
        Some(word) if word == G::LIGHTER.0 => Told::Lighter,
        _ => return cx.record([], &path),
    };
    let Found::UnderWay { mut guide, .. } = G::find(cx, id) else { return cx.record([], &path) };
    // A page from before, posted again, does not count for the part after it.
    if form.read::<usize>(G::PART) != Some(guide.in_turn()) {
        return cx.record([], &path);
    }
    let events = guide.tell(told);
    let then = if guide.is_over() { G::after(id) } else { path };
    cx.record(events, &then)
}
