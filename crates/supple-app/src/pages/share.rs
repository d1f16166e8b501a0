//! Passing on a plan or a routine: as a link, a code, a file or on paper. What goes out is shown in words first.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::handout::{
    Address, Wanted, amount_words, areas, code, goal_words, of_week, part_name, planned, session_title, title,
};
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::today::Today;
use maud::{Markup, html};
use supple_core::body::Area;
use supple_core::event::RoutineSaved;
use supple_core::knowledge::ToolId;
use supple_core::share::{MOST_BYTES_IN_CODE, Shared};

/// The page: `share` for today's plan, `share?routine=ID` for a routine, `share?text=…` for what came from somebody.
pub fn get(cx: &Cx<'_>) -> Response {
    if cx.segments().as_slice() == ["share", "routine.supple"] {
        return match asked(cx) {
            Some(Ok(shared)) => {
                Response::file("routine.supple", "text/plain; charset=utf-8", shared.to_text() + "\n")
            }
            _ => trouble::not_found(cx),
        };
    }
    match asked(cx) {
        Some(Ok(shared)) => page(cx, &shared),
        Some(Err(why)) => nothing(cx, &why),
        None => nothing(cx, "There is no plan for today yet."),
    }
}

/// What is asked for in the query; none where that is nothing, or an error in words.
pub fn asked(cx: &Cx<'_>) -> Option<Result<Shared, String>> {
    let query = cx.query();
    if let Some(text) = query.get("text") {
        return Some(Shared::read(text).map_err(|error| error.to_string()));
    }
    if let Some(id) = query.get("routine") {
        let routine = cx.state.routines.iter().find(|routine| routine.what.routine == id)?;
        return Some(of_routine(cx, &routine.what));
    }
    if let Some(number) = query.read::<u8>("week") {
        let programme = cx.state.programme.as_ref()?.programme();
        let week = programme.weeks.iter().find(|week| week.number == number)?;
        return Some(of_week(cx.knowledge, week, &cx.state.profile.tools, cx.now()));
    }
    let today = Today::of(cx)?;
    let admitted = today.admitted.as_ref()?;
    Some(Ok(Shared::of_doses(admitted.goal(), today.assessment.minutes.get(), &today.doses())))
}

/// A routine holds wishes and no doses, so what goes out is what Supple plans for somebody who is new to it: not the
/// doses of the person who shares it, which follow from answers that are nobody else's. What came from a coach goes on as
/// it came.
fn of_routine(cx: &Cx<'_>, routine: &RoutineSaved) -> Result<Shared, String> {
    if let Some(sent) = &routine.sent {
        return Shared::read(sent.as_str()).map_err(|error| error.to_string());
    }
    let tools: Vec<ToolId> =
        if routine.tools.is_empty() { cx.state.profile.tools.clone() } else { routine.tools.clone() };
    let areas = routine.wants.iter().map(|&region| Area { region, side: None }).collect();
    let wanted = Wanted { goal: routine.goal, minutes: routine.minutes, tools, areas };
    planned(cx.knowledge, &wanted, cx.now())
}

/// Where the app is, if the page was told: a request does not say so, the module `address.js` does.
pub fn address(cx: &Cx<'_>) -> Option<Address> {
    cx.query().get("at").and_then(Address::new)
}

/// The query that asks for the same again.
pub fn query(shared: &Shared) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("text", &shared.to_text()).finish()
}

fn page(cx: &Cx<'_>, shared: &Shared) -> Response {
    let text = shared.to_text();
    let address = address(cx);
    let link = address.as_ref().map(|address| address.link(&text));
    // A code with the name of this machine opens nothing on another: there it holds the text, to be pasted.
    let opens = address.as_ref().is_some_and(Address::is_for_others);
    let body = html! {
        h1 { "Pass it on" }
        (contents(cx, shared))
        p { b { "Only what stands here goes out" } ": no name, nothing you answered, nothing you did. Whoever gets it is asked \
             about their own health first, and their Supple leaves out what is not for them." }
        @match &link {
            Some(link) => {
                @if let Some(drawn) = code::svg(if opens { link } else { &text }, "A code that opens this in the app") {
                    div .code { (drawn) }
                    @if opens {
                        p .small { "Let the other person point their camera at it." }
                    } @else {
                        p .small { "Let the other person scan it, and paste what it says under “From a coach” in their Supple." }
                    }
                } @else {
                    p .notice { "The link has " (link.len()) " characters. A code that phones can read holds " (MOST_BYTES_IN_CODE)
                        "; send the link or the file instead." }
                }
                label for="share-link" { "Link" }
                textarea #share-link .wide readonly rows="4" { (link) }
                div .row .no-print {
                    button type="button" data-share-text="share-link" hidden { "Send the link" }
                }
            }
            None => {
                form method="get" action=(cx.href("share")) {
                    input type="hidden" name="text" value=(text);
                    p { label { "The address of your Supple, for a link and a code "
                        input type="text" name="at" inputmode="url" required placeholder="https://" maxlength=(Address::MOST); } }
                    button { "Make them" }
                }
            }
        }
        div .row {
            a .button href=(cx.href(&format!("share/routine.supple?{}", query(shared)))) download { "Save as a file" }
            a .button href=(with_address(cx, "handout", shared)) { "Print it" }
        }
        p { a href=(cx.href("receive")) { "Something came from a coach?" } }
    };
    framed(
        cx,
        200,
        Page {
            title: "Pass it on",
            class: "page-share",
            place: Some(Place::Plan),
            scripts: &["address.js", "share.js"],
            body,
        },
    )
}

/// The address of a page about the same thing, with what is known of where the app is.
pub fn with_address(cx: &Cx<'_>, path: &str, shared: &Shared) -> String {
    let mut asked = query(shared);
    if let Some(address) = address(cx) {
        asked = format!(
            "{asked}&{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("at", address.as_str()).finish()
        );
    }
    cx.href(&format!("{path}?{asked}"))
}

/// What is shared, in words.
pub fn contents(cx: &Cx<'_>, shared: &Shared) -> Markup {
    html! {
        section .card .shared {
            h2 { (title(shared, goal_words(cx.knowledge, shared.goal))) }
            @for (index, session) in shared.sessions.iter().enumerate() {
                @if shared.sessions.len() > 1 || !session.days.is_empty() { h3 { (session_title(session, index)) } }
                @if session.parts.is_empty() { p { "Places: " (areas(cx.knowledge, &session.areas)) "." } }
                ol { @for part in &session.parts { li { (part_name(cx.knowledge, part)) ": " (amount_words(cx.knowledge, part)) } } }
            }
        }
    }
}

/// Nothing to pass on, and what to do about it.
pub fn nothing(cx: &Cx<'_>, why: &str) -> Response {
    let body = html! {
        h1 { "Nothing to pass on yet" }
        p { (crate::words::capitalised(why.trim_end_matches('.'))) "." }
        div .row {
            a .button .primary href=(cx.href("plan")) { "Go to the plan" }
            a .button href=(cx.href("routines")) { "My routines" }
        }
    };
    framed(
        cx,
        200,
        Page { title: "Nothing to pass on yet", class: "page-share", place: Some(Place::Plan), scripts: &[], body },
    )
}
