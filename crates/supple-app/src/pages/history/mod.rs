//! History: what was, month by month. A day without a session is a day without a session, and nothing more.

mod heat;
mod month;
mod session;
mod undo;

pub use session::get as session;
pub use undo::post as undo;

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::after::given;
use crate::words;
use crate::words::count;
use jiff::civil::Date;
use maud::{Markup, html};
use month::{Day, Month, days};
use supple_core::body::Side;
use supple_core::event::ElsewhereTool;
use supple_core::state::SessionRecord;
use supple_core::unit::Seconds;

/// The page of a month.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let month = Month::asked(cx, query.get("month"));
    let days = days(cx, &month);
    let heat = heat::Heat::asked(query.get("heat"));
    let earlier = cx.state.sessions.first().is_some_and(|session| month.is_after(&session.at))
        || cx.state.check_ins.first().is_some_and(|check_in| month.is_after(&check_in.at));
    let later = month.first < cx.now().date().first_of_month();
    let link = |months: i64, words: &str| {
        let to = month.other(months).map(|to| cx.href(&format!("history?month={to}")));
        html! { @if let Some(to) = to { a .button href=(to) aria-label=(words) { @if months < 0 { "‹" } @else { "›" } } } }
    };
    let body = html! {
        h1 { "History" }
        section .card .calendar-card {
            div .month {
                @if earlier { (link(-1, "The month before")) } @else { span {} }
                h2 { (supple_core::date_words::month(month.first)) " " (month.first.year()) }
                @if later { (link(1, "The month after")) } @else { span {} }
            }
            (calendar(cx, &month, &days))
            (sum(&days))
        }
        (heat::card(cx, &month, heat))
        (list(cx, &days))
        (spots(cx))
        section .card {
            h2 { "Measure" }
            p { "Tests you take alone: how far a joint goes, how strong a press may be." }
            p .row {
                a .button href=(cx.href("measures")) { "Choose a test" }
                a .button href=(cx.href("progress")) { "Your progress" }
            }
        }
        section .card {
            h2 { "How you move" }
            p { "A few squats, looked at from three sides, and then only what they call for." }
            p { a .button href=(cx.href("movement")) { "Movement screen" } }
        }
        section .card {
            h2 { "Training" }
            p { "What you did beside rolling: written down here, or brought in from a watch." }
            p .row {
                a .button href=(cx.href("training")) { "Write a training down" }
                a .button href=(cx.href("forecast")) { "Soreness ahead" }
            }
        }
        section .card {
            h2 { "Experiments" }
            p { "Two ways, tried in turn: which does more for you?" }
            p { a .button href=(cx.href("experiments")) { "Ask a question" } }
        }
        (undo::card(cx))
    };
    framed(cx, 200, Page { title: "History", class: "page-history", place: Some(Place::History), scripts: &[], body })
}

fn calendar(cx: &Cx<'_>, month: &Month, days: &[(Date, Day<'_>)]) -> Markup {
    let today = cx.now().date();
    let on = |day: Date| days.iter().find(|(known, _)| *known == day).map(|(_, what)| what);
    html! {
        table .calendar {
            thead { tr { @for name in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] { th scope="col" { (name) } } } }
            tbody {
                @for week in month.weeks() {
                    tr {
                        @for day in week {
                            td {
                                @if let Some(day) = day {
                                    @let rolled = on(day).is_some_and(|what| seconds(what) > Seconds::ZERO);
                                    @if rolled {
                                        a .day.rolled.today[day == today] href={ "#d" (day.day()) }
                                            aria-label={ (words::day(day)) ", rolled" } { (day.day()) }
                                    } @else {
                                        span .day.today[day == today] { (day.day()) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Pressure of a day, with Supple and without.
fn seconds(day: &Day<'_>) -> Seconds {
    let guided: Seconds = day.sessions.iter().map(|session| session.seconds()).sum();
    guided + day.elsewhere.iter().map(|done| Seconds::new(done.what.seconds)).sum()
}

fn sum(days: &[(Date, Day<'_>)]) -> Markup {
    let sessions: usize = days.iter().map(|(_, day)| day.sessions.len()).sum();
    let pressure: Seconds = days.iter().map(|(_, day)| seconds(day)).sum();
    html! {
        p .small {
            @if pressure == Seconds::ZERO { "Nothing here yet." }
            @else { (count(sessions, "session", "sessions")) ", " (pressure) " of pressure." }
        }
    }
}

fn list(cx: &Cx<'_>, days: &[(Date, Day<'_>)]) -> Markup {
    html! {
        @for (date, day) in days {
            section .history-day id={ "d" (date.day()) } {
                h2 { (words::day(*date)) }
                @for session in day.sessions.iter().rev() { (session_line(cx, session)) }
                @for done in &day.elsewhere {
                    @let place = words::place(cx.knowledge, done.what.region, done.what.side.unwrap_or(Side::Both));
                    p .entry { (place) ": " (Seconds::new(done.what.seconds)) " with " (tool(cx, done.what.tool)) ", without Supple." }
                }
                @if !day.reports.is_empty() {
                    p .entry .small {
                        "The day after: "
                        @for (index, report) in day.reports.iter().enumerate() {
                            @if index > 0 { "; " }
                            (words::place(cx.knowledge, report.what.region, report.what.side.unwrap_or(Side::Both)))
                            " " (report.what.soreness) " of 10"
                            @if report.what.bruise { ", a bruise or swelling" }
                        }
                        "."
                    }
                }
            }
        }
    }
}

fn tool(cx: &Cx<'_>, tool: ElsewhereTool) -> String {
    match tool {
        ElsewhereTool::MassageGun => "a massage gun".to_owned(),
        ElsewhereTool::Other => "something else".to_owned(),
        ElsewhereTool::Tool(id) => cx.knowledge.tools.get(&id).map_or(String::new(), |tool| tool.name.clone()),
    }
}

fn session_line(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let goal = cx.knowledge.planning.goals.get(&session.started.goal).map_or("", |goal| goal.name.as_str());
    let mut names: Vec<String> = Vec::new();
    for (region, ..) in given(session) {
        let name = words::region(cx.knowledge, region);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let at = session.at.with_time_zone(cx.now().time_zone().clone());
    html! {
        a .card .session-line href=(cx.href(&format!("history/{}", session.id))) {
            span .small { (words::time_of_day(&at)) }
            b { (words::capitalised(goal)) ", " (session.seconds()) }
            span .small { @if names.is_empty() { "no pressure given" } @else { (words::list(&names)) } }
        }
    }
}

/// The way to each tight spot.
fn spots(cx: &Cx<'_>) -> Markup {
    if cx.state.spots.is_empty() {
        return html! {};
    }
    let today = cx.now().date();
    html! {
        section .card {
            h2 { "Tight spots" }
            ul .spot-list {
                @for spot in cx.state.spots.iter().rev() {
                    li {
                        a href=(cx.href(&format!("spots/{}", spot.id))) { (crate::pages::spots::name(cx, spot)) }
                        span .small {
                            @if spot.is_open() { "open for " (count(usize::try_from(spot.days_open(today)).unwrap_or(0), "day", "days")) }
                            @else { "gone" }
                        }
                    }
                }
            }
        }
    }
}
