//! A programme under way: today, the weeks as a calendar and as a list, and what to do when something comes up.

use super::{assessment, shown};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::screen::card::open_by;
use crate::words;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::body::Side;
use supple_core::date_words::{short_day, weekday};
use supple_core::move_dose::MoveDose;
use supple_core::programme::{
    Day, Detail, Item, ItemKind, Person, Programme, Progress, SHORT_SCREEN_MINUTES, Week, details, left_out,
    rolled_once, that_go_on, title, why, why_harder,
};
use supple_core::state::ProgrammeRecord;

/// The page.
pub fn page(cx: &Cx<'_>, kept: &ProgrammeRecord, said: &[String]) -> Response {
    let programme = kept.programme();
    let (assessed, progress) = (assessment(cx), Progress::of(cx.knowledge, cx.state, cx.now()));
    let person = Person { knowledge: cx.knowledge, today: &assessed, progress: &progress };
    let today = cx.now().date();
    let last = programme.days().last().map(|day| day.date);
    let over = last.is_none_or(|last| last < today);
    let behind = behind(cx, kept);
    let is_ahead = |week: &&Week| week.days.last().is_some_and(|day| day.date >= today);
    let ahead = programme.weeks.iter().filter(is_ahead);
    shown(
        cx,
        if said.is_empty() { 200 } else { 422 },
        html! {
            h1 { "My programme" }
            @for one in said { p role="alert" { (one) } }
            @if over {
                p { "These weeks are over." }
                p { a .button .primary .big .wide href=(cx.href("programme?new=1")) { "Plan the next weeks" } }
            } @else {
                (today_part(cx, &person, kept, &programme))
                @if behind { (look_back(cx)) }
                (harder(cx, &person, kept, &programme))
            }
            h2 { "The weeks" }
            (calendar(&programme, today))
            @for (place, week) in ahead.enumerate() {
                details .card open[place == 0] {
                    summary { h3 { "Week " (week.number) @if week.lighter { ", a lighter one" } } }
                    @for day in week.days.iter().filter(|day| day.date >= today && !day.items.is_empty()) {
                        h4 { (day_name(day)) }
                        @for item in &day.items { (entry(cx, &person, kept, &programme, item)) }
                    }
                    p .small { a href=(cx.href(&format!("handout?week={}", week.number))) { "Print this week" } " · "
                        a href=(cx.href(&format!("share?week={}", week.number))) { "Pass it on" } }
                }
            }
            @if !over {
                (short(cx, &person, kept, &programme))
                p { a .button .wide href=(cx.href("calendar")) { "In my calendar" } }
                (something_came_up(cx))
            }
            details .end {
                summary { "I do not want this programme any more" }
                p { "The weeks that are left go; what you did stays in " a href=(cx.href("history")) { "History" } ". New weeks can be planned at any time." }
                (cx.form("end", "programme/end", html! { button .wide { "End this programme" } }))
            }
        },
    )
}

/// What went well with its largest amount, and the way on from there.
fn harder(cx: &Cx<'_>, person: &Person<'_>, kept: &ProgrammeRecord, programme: &Programme) -> Markup {
    let all = that_go_on(person, &kept.set.what.wishes, &kept.came_up(), programme);
    let name = |id: &String| cx.knowledge.moves.get(id).map_or(id.clone(), |known| known.name.clone());
    html! {
        @if !all.is_empty() {
            section .card {
                h2 { "Ready for more" }
                @for one in &all {
                    p { (name(&one.easy)) " went well with its largest amount. It can go on as " (name(&one.harder)) "." }
                }
                (cx.form("again", "programme/again", html! {
                    button .primary .big .wide { "Plan the rest of my weeks with it" }
                }))
            }
        }
    }
}

/// What these weeks cannot give, and why. What your answers close is known once today's questions are answered.
fn short(cx: &Cx<'_>, person: &Person<'_>, kept: &ProgrammeRecord, programme: &Programme) -> Markup {
    let mut said = rolled_once(cx.knowledge, programme, cx.now().date());
    if open_by(cx, person.today).is_empty() {
        said.splice(0..0, left_out(person, &kept.set.what.wishes, &kept.came_up()));
    }
    html! {
        @if !said.is_empty() {
            details .card {
                summary { "What is left out, and why: " (said.len()) }
                ul { @for one in &said { li { (words::capitalised(&one.why)) } } }
            }
        }
    }
}

fn day_name(day: &Day) -> String {
    format!("{}, {}", weekday(day.date.weekday()), short_day(day.date))
}

/// Ids of items that were done: some of their places were rolled, or some of their moves done, on their day by the log.
pub fn done(cx: &Cx<'_>, kept: &ProgrammeRecord) -> Vec<String> {
    let zone = cx.now().time_zone();
    let is_on = |at: &Zoned, item: &Item| at.with_time_zone(zone.clone()).date() == item.date;
    let rolled = |item: &Item| {
        let blocks = cx.state.sessions.iter().filter(|session| is_on(&session.at, item)).flat_map(|s| &s.blocks);
        let mut regions = blocks.filter(|block| block.finished.seconds > 0).map(|block| block.finished.region);
        regions.any(|region| item.areas.iter().any(|area| area.region == region))
    };
    let moved = |item: &Item| {
        let runs = cx.state.moves.iter().filter(|run| is_on(&run.at, item)).flat_map(|run| &run.moves);
        let mut done = runs.filter(|done| done.what.seconds > 0);
        done.any(|done| item.moves.iter().any(|one| is_or_leads_to(cx, &done.what.id, &one.id)))
    };
    let looked = |item: &Item| cx.state.movement.iter().any(|looked| is_on(&looked.at, item));
    let is_done = |item: &&Item| match item.kind {
        ItemKind::Smr => rolled(item),
        ItemKind::Screen => looked(item),
        ItemKind::Stretch | ItemKind::Strengthen | ItemKind::Integrate => moved(item),
    };
    kept.items.iter().filter(is_done).map(|item| item.id.clone()).collect()
}

/// Whether a move is the one that was meant, or the easier one that may take its place.
fn is_or_leads_to(cx: &Cx<'_>, done: &str, meant: &str) -> bool {
    let easier = cx.knowledge.moves.get(meant).and_then(|known| known.easier_move.as_deref());
    done == meant || easier == Some(done)
}

fn behind(cx: &Cx<'_>, kept: &ProgrammeRecord) -> bool {
    let done = done(cx, kept);
    kept.items.iter().any(|item| item.date < cx.now().date() && !done.contains(&item.id))
}

fn look_back(cx: &Cx<'_>) -> Markup {
    html! {
        (cx.form("look-back", "programme/change", html! {
            input type="hidden" name="what" value="look-back";
            p { "Some days went another way. That is fine." }
            button .wide { "Fit the rest to the days ahead" }
        }))
    }
}

/// A day of the programme with what its items come to now.
fn worked_out(cx: &Cx<'_>, kept: &ProgrammeRecord, programme: &Programme, day: &Day) -> Vec<Detail> {
    let today = assessment(cx);
    let progress = Progress::of(cx.knowledge, cx.state, cx.now());
    let person = Person { knowledge: cx.knowledge, today: &today, progress: &progress };
    details(&person, &kept.set.what.wishes, &kept.came_up(), programme, day)
}

/// The moves of an item of today and of those after it that are not done yet, with their amounts: one run, so that the
/// questions before it are asked once. None where nothing of it is allowed.
pub fn moves_from(cx: &Cx<'_>, kept: &ProgrammeRecord, item: &Item) -> Option<Vec<MoveDose>> {
    let programme = kept.programme();
    let day = programme.day(item.date)?;
    let done = done(cx, kept);
    let details = worked_out(cx, kept, &programme, day);
    let from = day.items.iter().position(|known| known.id == item.id)?;
    let left = day.items.iter().zip(details).skip(from).filter(|(known, _)| !done.contains(&known.id));
    let doses: Vec<MoveDose> = left
        .filter_map(|(_, detail)| if let Detail::Moves(doses) = detail { Some(doses) } else { None })
        .flatten()
        .collect();
    (!doses.is_empty()).then_some(doses)
}

/// What comes next today, with its button; nothing where all is done.
pub fn next_today(cx: &Cx<'_>) -> Markup {
    let Some(kept) = &cx.state.programme else { return html! {} };
    let done = done(cx, kept);
    let today = cx.now().date();
    let mut left = kept.items.iter().filter(|item| item.date == today && !done.contains(&item.id));
    html! {
        @if let Some(next) = left.next() {
            section .card { h2 { "Next: " (title(next)) ", " (next.minutes) " min" } (start_button(cx, next)) }
        } @else { p { "Nothing else is planned for today." } }
    }
}

fn start_button(cx: &Cx<'_>, item: &Item) -> Markup {
    if item.kind == ItemKind::Screen {
        return html! {
            p { a .button .primary .big .wide href=(cx.href("movement")) { "Start" } }
            @if item.minutes <= SHORT_SCREEN_MINUTES {
                p .small { "The squat, and what was found last time, are enough today. Stop after that." }
            }
        };
    }
    cx.form(
        &format!("start-{}", item.id),
        "programme/start",
        html! {
            input type="hidden" name="item" value=(item.id);
            button .primary .big .wide aria-label={ "Start: " (title(item)) } { "Start" }
        },
    )
}

fn today_part(cx: &Cx<'_>, person: &Person<'_>, kept: &ProgrammeRecord, programme: &Programme) -> Markup {
    let Some(day) = programme.day(cx.now().date()).filter(|day| !day.items.is_empty()) else {
        return html! { section .card { h2 { "Today" } p { "Nothing is planned for today." } } };
    };
    let details = details(person, &kept.set.what.wishes, &kept.came_up(), programme, day);
    // What today's questions would close only because nobody asked them yet is not closed: its button leads to them.
    let asked = open_by(cx, person.today).is_empty();
    let done = done(cx, kept);
    let is_left = |item: &Item| !done.contains(&item.id);
    // Moves that follow one another are one run, with the button at the last of them.
    let open = |place: usize| is_left(&day.items[place]) && (!asked || details[place] != Detail::Closed);
    let goes_on = |place: usize| {
        let mut rest = (place..day.items.len()).take_while(|&next| !day.items[next].moves.is_empty()).skip(1);
        rest.any(open)
    };
    let first_of_run = |place: usize| {
        let moves = (0..=place).rev().take_while(|&at| !day.items[at].moves.is_empty() && is_left(&day.items[at]));
        &day.items[moves.last().unwrap_or(place)]
    };
    html! {
        section .card {
            h2 { "Today" }
            @for (place, (item, detail)) in day.items.iter().zip(&details).enumerate() {
                div .today-item {
                    h3 { (title(item)) ", " (item.minutes) " min"
                        @if let Some(at) = item.at { ", from " (format!("{}:{:02}", at.hour(), at.minute())) }
                        @if !is_left(item) { " " span .done { "done" } } }
                    @match detail {
                        Detail::Closed if asked => { p { "Not today: your answers leave nothing of it." } },
                        Detail::Closed if item.areas.is_empty() => { ul { @for name in names(cx, item) { li { (name) } } } },
                        Detail::Closed | Detail::Rolling(..) => { p { (places(cx, item)) } },
                        Detail::Screen => {},
                        Detail::Moves(doses) => { ul { @for dose in doses { li { (amount(cx, dose)) } } } },
                    }
                    @if open(place) && !goes_on(place) {
                        (start_button(cx, first_of_run(place)))
                    }
                }
            }
            (cx.form("only", "programme/change", html! {
                input type="hidden" name="what" value="only";
                button .plain .wide { "Only five minutes today" }
            }))
        }
    }
}

fn names<'a>(cx: &Cx<'a>, item: &Item) -> Vec<&'a str> {
    item.moves.iter().filter_map(|one| Some(cx.knowledge.moves.get(&one.id)?.name.as_str())).collect()
}

fn places(cx: &Cx<'_>, item: &Item) -> String {
    let names: Vec<String> = item
        .areas
        .iter()
        .map(|area| match area.side {
            Some(side @ (Side::Left | Side::Right)) => words::place(cx.knowledge, area.region, side),
            _ => words::region(cx.knowledge, area.region).to_owned(),
        })
        .collect();
    words::capitalised(&words::list(&names))
}

fn amount(cx: &Cx<'_>, dose: &MoveDose) -> String {
    let name = cx.knowledge.moves.get(&dose.id).map_or(dose.id.as_str(), |known| known.name.as_str());
    let side = match dose.side {
        Side::Left | Side::Right => format!(", {}", dose.side.spoken()),
        Side::Both | Side::Midline => String::new(),
    };
    let once = match (dose.reps, dose.hold_seconds) {
        (Some(reps), _) => format!("{reps} times"),
        (None, seconds) => format!("{} s", seconds.unwrap_or(0)),
    };
    let sets = if dose.sets > 1 { format!("{} sets of ", dose.sets) } else { String::new() };
    format!("{name}{side}: {sets}{once}")
}

/// A month at a glance: the minutes of each day. What they are for is read out with them, and stands below.
fn calendar(programme: &Programme, today: jiff::civil::Date) -> Markup {
    let minutes = |day: &Day| day.items.iter().map(|item| item.minutes).sum::<u16>();
    html! {
        table .programme {
            caption { "Minutes on each day" }
            @if let Some(week) = programme.weeks.first() {
                thead { tr { @for day in &week.days {
                    th scope="col" .small { abbr title=(weekday(day.date.weekday())) { (&weekday(day.date.weekday())[..2]) } }
                } } }
            }
            tbody {
                @for week in &programme.weeks { tr {
                    @for day in &week.days {
                        td aria-current=[(day.date == today).then_some("date")] {
                            span .small {
                                @if day.date.day() == 1 || programme.days().next().is_some_and(|first| first.date == day.date) {
                                    (short_day(day.date))
                                } @else { (day.date.day()) }
                            } br;
                            @if minutes(day) > 0 {
                                b { (minutes(day)) }
                                span .visually-hidden { " minutes: " @for item in &day.items { (title(item)) "; " } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

fn entry(cx: &Cx<'_>, person: &Person<'_>, kept: &ProgrammeRecord, programme: &Programme, item: &Item) -> Markup {
    let form = |name: &str, inside: Markup| {
        cx.form(
            &format!("{name}-{}", item.id),
            "programme/change",
            html! {
                input type="hidden" name="what" value=(name);
                input type="hidden" name="item" value=(item.id);
                (inside)
            },
        )
    };
    let moves = names(cx, item);
    let harder = item.moves.iter().filter_map(|one| why_harder(cx.knowledge, person.progress, programme, &one.id));
    let others: Vec<&Item> = programme
        .items()
        .filter(|other| other.date >= cx.now().date() && other.date != item.date && other.kind == item.kind)
        .collect();
    html! {
        details {
            summary { (title(item)) ", " (item.minutes) " min" @if item.pinned { ", stays" } }
            @if !item.areas.is_empty() { p { (places(cx, item)) } }
            @if !moves.is_empty() { ul { @for name in moves { li { (name) } } } }
            @for one in harder { p .small { (one.text) } }
            @for one in programme.day(item.date).map(|day| why(cx.knowledge, &kept.set.what.wishes, day, item)).unwrap_or_default() {
                p .small { (one.text) }
            }
            @if !item.is_light_rolling() {
                (form("move", html! {
                    label { "Move to " input type="date" name="to" value=(item.date) min=(cx.now().date()); }
                    button .plain { "Move" }
                }))
                @if !others.is_empty() {
                    (form("swap", html! {
                        label { "Swap with " select name="with" {
                            @for other in others { option value=(other.id) { (title(other)) ", " (short_day(other.date)) } }
                        } }
                        button .plain { "Swap" }
                    }))
                }
            }
            (form("pin", html! {
                @if !item.pinned { input type="hidden" name="pinned" value="1"; }
                button .plain { @if item.pinned { "It may move again" } @else { "Keep it here" } }
            }))
        }
    }
}

fn something_came_up(cx: &Cx<'_>) -> Markup {
    let until = |name: &str, label: &str, button: &str| {
        cx.form(
            name,
            "programme/change",
            html! {
                input type="hidden" name="what" value=(name);
                label { (label) " " input type="date" name="until" min=(cx.now().date()) required; }
                button { (button) }
            },
        )
    };
    html! {
        details .card {
            summary { "Something came up" }
            (until("ill", "I am ill, probably until", "Rest until then"))
            (until("away", "I am away from my things until", "Plan without them"))
            p { a href=(cx.href("programme?new=1")) { "Set it up anew" } }
        }
    }
}
