//! Where somebody is likely to be sore in the next days, and how good such forecasts were so far.

use crate::body_map::{Map, RegionLook, View, svg};
use crate::chart::{Foretold, Told, foretold};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::words;
use crate::words::count;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::contract::text::side_words;
use supple_core::date_words;
use supple_core::learn::forecast::person::{DayPart, Moment, NotYet, Outlook, OwnScore, Worst, outlook, scored};
use supple_core::unit::Felt;

/// The share of what may come that lies in the range people read: 8 of 10.
const SHOWN: f64 = 0.8;
/// As many days as bars can be told apart on a phone.
const MOST_DAYS: usize = 42;

/// The page, for the day that `?day=` names by its number from today, today without one; and `forecast/scored`.
pub fn get(cx: &Cx<'_>) -> Response {
    if cx.segments().as_slice() == ["forecast", "scored"] {
        return so_far(cx);
    }
    let ahead = outlook(cx.knowledge, cx.state, cx.now());
    let days = ahead.days();
    let chosen = cx.query().get("day").and_then(|day| day.parse::<usize>().ok()).filter(|day| *day < days.len());
    let body = html! {
        h1 { "Soreness ahead" }
        @match ahead.not_yet {
            Some(missing) => (cannot_tell(cx, missing)),
            None => {
                p .lead { (in_a_sentence(cx, &ahead)) }
                (map(cx, &ahead, &days, chosen.unwrap_or(0)))
                (list(cx, &ahead))
                p { a href=(cx.href("forecast/scored")) { "How good it was so far" } }
            }
        }
        (limits())
    };
    framed(
        cx,
        200,
        Page { title: "Soreness ahead", class: "page-forecast", place: Some(Place::History), scripts: &[], body },
    )
}

fn limits() -> Markup {
    html! {
        p .small {
            "It reckons from what you trained, what you said at check-ins and where you rolled, on this device. It is a guess about "
            "ordinary soreness after training, not a finding: pain that is sharp, or that stays, is not what it speaks of."
        }
    }
}

/// "Likely worst on Tuesday evening: front of thigh, both sides, 4 (2–6)."
fn in_a_sentence(cx: &Cx<'_>, ahead: &Outlook) -> String {
    match lines(ahead).first() {
        Some(line) => {
            let when = when(&line.worst.moment);
            let on = if line.worst.moment.part == DayPart::Now { "now".to_owned() } else { format!("on {when}") };
            let place = words::region(cx.knowledge, line.worst.site.region).to_lowercase();
            let (low, high) = line.worst.chances.interval(SHOWN);
            let middle = line.worst.chances.median();
            format!("Likely worst {on}: {place}, {}, {middle} of 10 ({low}–{high}).", side_words(line.side))
        }
        None => "Nothing is likely to be noticeably sore from today to four days ahead.".to_owned(),
    }
}

/// A place in the list, one side or both.
struct Line {
    worst: Worst,
    side: Side,
}

/// The places, each once: two sides that are foretold alike are one line.
fn lines(ahead: &Outlook) -> Vec<Line> {
    let all = ahead.worst();
    let alike = |one: &Worst| {
        let other = if one.site.half == Half::Left { Half::Right } else { Half::Left };
        all.iter().any(|two| two.site == Site::new(one.site.region, other) && two.chances == one.chances)
    };
    let both: Vec<bool> = all.iter().map(alike).collect();
    let lines = all.into_iter().zip(both).filter(|(one, both)| !both || one.site.half == Half::Left);
    lines
        .map(|(worst, both)| {
            let side = if both { Side::Both } else { worst.site.half.side() };
            Line { worst, side }
        })
        .collect()
}

fn cannot_tell(cx: &Cx<'_>, missing: NotYet) -> Markup {
    html! {
        section .card {
            h2 { "Cannot tell yet" }
            @if missing.check_in_days > 0 {
                p { "It takes a check-in on " (count(missing.check_in_days, "more day", "more days")) ", with the sore places marked where there are any." }
            }
            @if missing.training { p { "And it takes a training: soreness comes from what you did." } }
            p .row {
                a .button href=(cx.href("today")) { "Check in" }
                a .button href=(cx.href("training")) { "Write a training down" }
            }
        }
    }
}

/// Five days as links, and the body on the chosen one.
fn map(cx: &Cx<'_>, ahead: &Outlook, days: &[Date], chosen: usize) -> Markup {
    let date = days[chosen];
    let look = |region: RegionId, side: Side| {
        let name = format!("{}, {}", words::region(cx.knowledge, region), side_words(side));
        let mut look = RegionLook::plain(name);
        look.rollable = cx.knowledge.regions.get(&region).is_none_or(|known| known.rollable);
        let sorest = Site::of(region, side)
            .filter_map(|site| ahead.on(site, date))
            .reduce(|a, b| if b.mean() > a.mean() { b } else { a });
        match sorest.filter(|chances| chances.median() > 0) {
            Some(chances) => {
                let (low, high) = chances.interval(SHOWN);
                look.label = format!("{}: about {} of 10, {low} to {high}", look.label, chances.median());
                look.at(Felt::of(chances.median()))
            }
            None => look,
        }
    };
    html! {
        section .card .heat {
            nav .row .forecast-days aria-label="Days" {
                @for (index, day) in days.iter().enumerate() {
                    a .choice-link href=(cx.href(&format!("forecast?day={index}"))) aria-current=[(index == chosen).then_some("true")] {
                        @if index == 0 { "Today" } @else { (&date_words::weekday(day.weekday())[..3]) }
                    }
                }
            }
            h2 { (words::day(date)) }
            div .views {
                (svg(&Map { view: View::Front, id: "ahead-front", label: "Front", spots: &[] }, look))
                (svg(&Map { view: View::Back, id: "ahead-back", label: "Back", spots: &[] }, look))
            }
            p .small { "How sore each place may be at its worst on that day, 0 to 10. Plain places: likely nothing, or nothing known." }
        }
    }
}

fn list(cx: &Cx<'_>, ahead: &Outlook) -> Markup {
    let lines = lines(ahead);
    html! {
        @if !lines.is_empty() {
            section .card {
                h2 { "Each place at its worst" }
                ul {
                    @for Line { worst, side } in &lines {
                        @let (low, high) = worst.chances.interval(SHOWN);
                        li {
                            (when(&worst.moment)) ": " (words::region(cx.knowledge, worst.site.region)) ", " (side_words(*side)) ": "
                            b { (worst.chances.median()) } " (" (low) "–" (high) ")"
                        }
                    }
                }
                p .small { "In brackets: where it lies 8 times out of 10. 3 is noticed on stairs, 6 changes how one moves." }
            }
        }
    }
}

fn when(moment: &Moment) -> String {
    let day = date_words::weekday(moment.date.weekday());
    match moment.part {
        DayPart::Now => "Now".to_owned(),
        DayPart::Morning => format!("{day} morning"),
        DayPart::Evening => format!("{day} evening"),
    }
}

/// How good it was so far.
fn so_far(cx: &Cx<'_>) -> Response {
    let body = html! {
        h1 { "How good it was so far" }
        @match scored(cx.knowledge, cx.state, cx.now()) {
            None => section .card {
                h2 { "Nothing to score yet" }
                p { "A place is scored from its eighth check-in on, on days after it was trained or sore." }
            },
            Some(own) => { (verdict(&own)) (course(cx, &own)) },
        }
        p { a href=(cx.href("forecast")) { "Back to soreness ahead" } }
    };
    framed(
        cx,
        200,
        Page { title: "How good it was", class: "page-forecast", place: Some(Place::History), scripts: &[], body },
    )
}

/// A difference of errors below this share is none worth a word. Our judgement.
const WORTH_A_WORD: f64 = 0.03;

fn verdict(own: &OwnScore) -> Markup {
    let crps = own.scored.crps;
    let simple = crps.persistence.min(crps.mean).min(crps.ridge);
    let share = if simple > 0.0 { 1.0 - crps.supple / simple } else { 0.0 };
    let sentence = if share >= WORTH_A_WORD {
        "So far it was better than the best of the three simple guesses."
    } else if share <= -WORTH_A_WORD {
        "So far a simple guess was better: read the forecast with that in mind."
    } else {
        "So far it was about as good as the best of the three simple guesses."
    };
    html! {
        section .card {
            p .lead { (sentence) }
            p {
                (count(own.scored.n, "forecast", "forecasts")) " for " (count(own.places, "place", "places"))
                ", each made from earlier days only. Soreness of 3 or more came " (count(own.noticed, "time", "times"))
                ". The middle 90 % of what was foretold held " (format!("{:.0}", 100.0 * own.scored.coverage90)) " % of what came; right would be 90."
            }
            table {
                thead { tr { th scope="col" { "Guess" } th scope="col" { "Mean error, points" } } }
                tbody {
                    @for (name, error) in [
                        ("Supple", crps.supple),
                        ("The same as last time", crps.persistence),
                        ("Your own mean so far", crps.mean),
                        ("Ridge regression on training and last soreness", crps.ridge),
                    ] {
                        tr { td { (name) } td { (format!("{error:.2}")) } }
                    }
                }
            }
            p .small { "Lower is better. Continuous ranked probability score: the error of a guess that says how sure it is. 0, 1 and 2 count as one, since a place that is not marked may be any of them." }
        }
    }
}

fn course(cx: &Cx<'_>, own: &OwnScore) -> Markup {
    let (site, came) = &own.most_noticed;
    let days = came.iter().map(|came| Told {
        day: came.date,
        middle: came.chances.median(),
        ends: came.chances.interval(SHOWN),
        said: came.said.map(Felt::get),
    });
    let title =
        format!("{}, {}: foretold and come", words::region(cx.knowledge, site.region), side_words(site.half.side()));
    let skipped = came.len().saturating_sub(MOST_DAYS);
    let drawing = foretold(&Foretold { title, days: days.skip(skipped).collect() });
    html! {
        section .card {
            h2 { (drawing.title) }
            p .small { "The place that was noticed most often" @if skipped > 0 { ", the last " (MOST_DAYS) " days of it" } "." }
            (drawing.on_page())
            p .small { (drawing.description) }
            (drawing.numbers())
        }
    }
}
