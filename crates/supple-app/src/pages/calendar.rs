//! What is planned, for the calendar people look at anyway: a file, and at a server an address to subscribe to.

use crate::calendar::{CalendarItem, Wishes, file, of_programme};
use crate::cx::Cx;
use crate::exchange::{Response, Shell};
use crate::form::Form;
use crate::page::{Page, Place, framed};
use jiff::Timestamp;
use maud::{Markup, html};
use supple_core::knowledge::Knowledge;
use supple_core::programme::{Item, Programme};
use supple_core::state::{ProgrammeRecord, State};

/// What is planned, as a calendar shows it: the programme with everything that came up since it was set, and programmes
/// before it, whose days to come are taken out again.
#[must_use]
pub fn items(knowledge: &Knowledge, state: &State) -> Vec<CalendarItem> {
    let records = state.programmes_before.iter().chain(&state.programme);
    records.flat_map(|record| of_record(knowledge, record)).collect()
}

fn of_record(knowledge: &Knowledge, record: &ProgrammeRecord) -> Vec<CalendarItem> {
    let (wishes, came_up) = (&record.set.what.wishes, record.came_up());
    let mut versions: Vec<(Timestamp, Programme)> = record
        .versions()
        .enumerate()
        .map(|(index, (at, items))| (at.timestamp(), Programme::restored(wishes, &came_up[..index], items)))
        .collect();
    if let Some(ended) = &record.ended {
        // What was done until then stays where it was.
        let past: Vec<Item> = record.items.iter().filter(|item| item.date < ended.date()).cloned().collect();
        versions.push((ended.timestamp(), Programme::restored(wishes, &came_up, &past)));
    }
    let versions: Vec<(Timestamp, &Programme)> = versions.iter().map(|(at, programme)| (*at, programme)).collect();
    of_programme(knowledge, &record.set.what.programme, &versions)
}

/// What somebody wants in it, as its forms say.
#[must_use]
pub fn wishes(form: &Form) -> Wishes {
    let alarm_minutes = form.read::<u16>("alarm").filter(|minutes| ALARMS.contains(minutes));
    Wishes { detail: form.has("detail"), alarm_minutes }
}

/// Minutes before, to choose from.
const ALARMS: [u16; 4] = [0, 15, 30, 60];

/// The page, or the file.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    if cx.segments().as_slice() == ["calendar", "supple.ics"] {
        let text = file(&items(cx.knowledge, cx.state), cx.now().time_zone(), wishes(&query));
        return Response::file("supple.ics", "text/calendar; charset=utf-8", text);
    }
    let planned = items(cx.knowledge, cx.state).iter().filter(|item| !item.dropped).count();
    let body = html! {
        h1 { "In my calendar" }
        p { "Your weeks, in the calendar you look at anyway. An event says that there is a session and how long it takes. What \
             it is about stands there only if you want it to: others may see your calendar." }
        @if planned == 0 { p .notice { "Nothing is planned yet, so the calendar is empty until there are weeks in it." } }
        section .card {
            h2 { "As a file" }
            p .small { "To be opened with your calendar once. Opened again after a change, it moves what has moved." }
            form method="get" action=(cx.href("calendar/supple.ics")) {
                (choices())
                button { "Save the file" }
            }
        }
        @match cx.request.shell {
            Shell::Server => (feeds(cx, &query)),
            Shell::Worker => section .card data-server-only="" hidden {
                h2 { "As a subscription" }
                p { "Your own server keeps it. It stays up to date by itself." }
                p { a .button href=(cx.href("api/calendar")) { "Subscriptions on my server" } }
            },
            Shell::Prerendered => {}
        }
    };
    framed(
        cx,
        200,
        Page {
            title: "In my calendar",
            class: "page-calendar",
            place: Some(Place::Settings),
            scripts: &["calendar.js"],
            body,
        },
    )
}

fn choices() -> Markup {
    html! {
        p { label .switch { input type="checkbox" name="detail" value="1"; " Say what each session is about" } }
        p { label { "Alarm before it "
            select name="alarm" {
                option value="" { "none" }
                @for minutes in ALARMS {
                    option value=(minutes) { @if minutes == 0 { "when it begins" } @else { (minutes) " minutes" } }
                }
            }
        } }
    }
}

/// The subscriptions of a server. What there are comes in the query, which the server writes itself: `feed` is the number,
/// the day, and what is in it, `new` the address that was just made.
fn feeds(cx: &Cx<'_>, query: &Form) -> Markup {
    html! {
        section .card #feeds {
            h2 { "As a subscription" }
            p .small { "An address that your calendar asks now and then. Whoever has it sees the same, so keep it to yourself; \
                        it can be taken back. Google looks about once a day, and most calendars leave alarms out." }
            @if let Some(new) = query.get("new") {
                div .notice role="status" {
                    p { b { "Your address. It is shown this once:" } }
                    textarea #feed-address .wide readonly rows="3" aria-label="The address" { (new) }
                    div .row {
                        button type="button" data-share-text="feed-address" hidden { "Send or copy it" }
                        @if let Some(rest) = new.split_once("://").map(|(_, rest)| rest) {
                            a .button href={ "webcal://" (rest) } { "Open with my calendar" }
                        }
                    }
                }
            }
            @if query.has("gone") { p role="status" { "Taken back. Calendars that use it see nothing new from now on." } }
            ul .feeds {
                @for feed in query.all("feed") {
                    @let mut pieces = feed.split(' ');
                    @let number = pieces.next().unwrap_or_default();
                    li {
                        "Since " (pieces.next().unwrap_or_default()) ", " (pieces.collect::<Vec<_>>().join(" ")) ". "
                        form .inline method="post" action=(cx.href("api/calendar")) {
                            input type="hidden" name="do" value="revoke";
                            input type="hidden" name="number" value=(number);
                            button .plain { "Take it back" }
                        }
                    }
                }
            }
            form method="post" action=(cx.href("api/calendar")) {
                input type="hidden" name="do" value="create";
                (choices())
                button .primary { "Make an address" }
            }
        }
    }
}
