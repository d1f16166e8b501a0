//! After: what was done, and how it feels now. No claim is made from it.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::words;
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};
use supple_core::event::{EventBody, SessionFelt, SessionReviewed, Soreness};
use supple_core::state::SessionRecord;
use supple_core::unit::{Felt, Seconds};

/// The three answers, in the order they stand.
const ANSWERS: [(&str, SessionFelt, &str); 3] = [
    ("better", SessionFelt::Better, "Better than before"),
    ("same", SessionFelt::Same, "About the same"),
    ("worse", SessionFelt::Worse, "Worse than before"),
];

/// The page of a session that is over.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    match session(cx, id) {
        Some(session) => page(cx, session, 200, &Form::default(), false),
        None => trouble::not_found(cx),
    }
}

/// Keeps what was said.
pub fn post(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(session) = session(cx, id) else { return cx.answer(trouble::not_found(cx)) };
    if session.seconds() == Seconds::ZERO {
        return cx.record([], &format!("after/{id}"));
    }
    let chosen = ANSWERS.iter().find(|(word, ..)| form.get("felt") == Some(word));
    let Some((_, felt, _)) = chosen else { return cx.answer(page(cx, session, 422, form, true)) };
    let said = |place: &(RegionId, Side, Seconds)| {
        let points: u8 = form.read(&field(place.0, place.1))?;
        Some(Soreness { region: place.0, side: Some(place.1), felt: Felt::new(points).ok()? })
    };
    let soreness = given(session).iter().filter_map(said).collect();
    let review = SessionReviewed { session: session.id.clone(), felt: *felt, soreness };
    cx.record([EventBody::SessionReviewed(review)], &format!("after/{id}"))
}

fn session<'s>(cx: &Cx<'s>, id: &str) -> Option<&'s SessionRecord> {
    cx.state.sessions.iter().find(|session| session.id == id)
}

/// Seconds really given, place by place, in the order they were given.
pub fn given(session: &SessionRecord) -> Vec<(RegionId, Side, Seconds)> {
    let mut places: Vec<(RegionId, Side, Seconds)> = Vec::new();
    for block in session.blocks.iter().map(|block| &block.finished).filter(|block| block.seconds > 0) {
        let seconds = Seconds::new(block.seconds);
        match places.iter_mut().find(|place| (place.0, place.1) == (block.region, block.side)) {
            Some(place) => place.2 = place.2 + seconds,
            None => places.push((block.region, block.side, seconds)),
        }
    }
    places
}

/// What was done, as a list.
pub fn done(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let places = given(session);
    html! {
        @if places.is_empty() {
            p { "No pressure was given." }
        } @else {
            ul .done {
                @for (region, side, seconds) in places {
                    li { span { (words::place(cx.knowledge, region, side)) } b { (seconds) } }
                }
            }
        }
    }
}

fn field(region: RegionId, side: Side) -> String {
    format!("sore.{region}.{side}")
}

fn page(cx: &Cx<'_>, session: &SessionRecord, status: u16, typed: &Form, missing: bool) -> Response {
    let reviewed = cx.state.reviews.iter().find(|review| review.what.session == session.id);
    let again = cx.query().has("again") || missing;
    let pressed = session.seconds() > Seconds::ZERO;
    let body = html! {
        h1 { @if pressed { "Done" } @else { "That is all for now" } }
        @if pressed { p .lead { (session.seconds()) " of pressure." } }
        (done(cx, session))
        @match reviewed.filter(|_| !again) {
            // Nothing happened to the places, so there is nothing to ask about them.
            _ if !pressed => { (go_on(cx)) }
            Some(review) => {
                p .notice { "Noted: " (words_for(review.what.felt)) ". Thank you." }
                p { a href=(cx.href(&format!("after/{}?again=1", session.id))) { "Say it differently" } }
                (go_on(cx))
            }
            None => {
                (questions(cx, session, typed, missing))
                p { a href=(cx.href("today")) { "Not now" } }
            }
        }
    };
    let title = if pressed { "Done" } else { "After" };
    framed(cx, status, Page { title, class: "page-after", place: Some(Place::Today), scripts: &[], body })
}

/// The way on: to what else stands in the programme for today, or to Today.
fn go_on(cx: &Cx<'_>) -> Markup {
    html! {
        (crate::pages::programme::next_today(cx))
        p { a .button[cx.state.programme.is_none()] .primary[cx.state.programme.is_none()] href=(cx.href("today")) { "Close" } }
    }
}

fn words_for(felt: SessionFelt) -> &'static str {
    match felt {
        SessionFelt::Better => "better than before",
        SessionFelt::Same => "about the same",
        SessionFelt::Worse => "worse than before",
    }
}

fn questions(cx: &Cx<'_>, session: &SessionRecord, typed: &Form, missing: bool) -> Markup {
    let inside = html! {
        fieldset {
            legend { "How do these places feel now?" }
            @if missing { p .error role="alert" { "Choose one of the three." } }
            div .choices {
                @for (word, _, words) in ANSWERS {
                    label .choice {
                        input type="radio" name="felt" value=(word) required checked[typed.get("felt") == Some(word)];
                        span { (words) }
                    }
                }
            }
        }
        @let places = given(session);
        @if !places.is_empty() {
            details open[missing] {
                summary { "Say how sore each place is (if you like)" }
                @for (region, side, _) in places {
                    @let name = field(region, side);
                    fieldset {
                        legend { (words::place(cx.knowledge, region, side)) }
                        (words::soreness_scale(&name, typed.read(&name)))
                    }
                }
            }
        }
        p { button .primary .wide { "Save" } }
    };
    cx.form("review", &format!("after/{}", session.id), inside)
}
