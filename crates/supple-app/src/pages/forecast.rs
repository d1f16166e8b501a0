//! Where somebody is likely to be sore in the next days, and how good such forecasts were so far.

use crate::body_map::{Map, RegionLook, View, svg};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::plan::count;
use crate::words;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::contract::text::side_words;
use supple_core::date_words;
use supple_core::learn::forecast::person::{DayPart, Moment, NotYet, Outlook, OwnScore, Worst, outlook, scored};
use supple_core::unit::Felt;

/// The share of what may come that lies in the range people read: 8 of 10.
const SHOWN: f64 = 0.8;

/// The page, for the day that the address names by its number from today; today without one.
pub fn get(cx: &Cx<'_>) -> Response {
    let ahead = outlook(cx.knowledge, cx.state, cx.now());
    let days = ahead.days();
    let chosen = cx.query().get("day").and_then(|day| day.parse::<usize>().ok()).filter(|day| *day < days.len());
    let body = html! {
        h1 { "Soreness ahead" }
        @match ahead.not_yet {
            Some(missing) => (cannot_tell(cx, missing)),
            None => { (map(cx, &ahead, &days, chosen.unwrap_or(0))) (list(cx, &ahead)) }
        }
        (score(scored(cx.knowledge, cx.state, cx.now())))
        p .small {
            "It reckons from what you trained, what you said at check-ins and where you rolled, on this device. It is a guess about "
            "ordinary soreness after training, not a finding: pain that is sharp, or that stays, is not what it speaks of."
        }
    };
    framed(
        cx,
        200,
        Page { title: "Soreness ahead", class: "page-forecast", place: Some(Place::History), scripts: &[], body },
    )
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
    let worst = ahead.worst();
    let twin = |one: &Worst| {
        let other = if one.site.half == Half::Left { Half::Right } else { Half::Left };
        worst.iter().any(|two| two.site == Site::new(one.site.region, other) && two.chances == one.chances)
    };
    html! {
        section .card {
            h2 { "Likely worst" }
            @if worst.is_empty() {
                p { "Nothing is likely to be noticeably sore from today to four days ahead." }
            } @else {
                ul {
                    @for one in &worst {
                        @let both = twin(one);
                        @if !both || one.site.half == Half::Left {
                            @let side = if both { Side::Both } else { one.site.half.side() };
                            @let (low, high) = one.chances.interval(SHOWN);
                            li {
                                (when(&one.moment)) ": " (words::region(cx.knowledge, one.site.region)) ", " (side_words(side)) ": "
                                b { (one.chances.median()) } " (" (low) "–" (high) ")"
                            }
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

fn score(own: Option<OwnScore>) -> Markup {
    html! {
        section .card {
            h2 { "How good it was so far" }
            @match own {
                None => p { "Nothing to score yet. A place is scored from its eighth check-in on, on days after it was trained or sore." },
                Some(own) => {
                    @let crps = own.scored.crps;
                    p {
                        (count(own.scored.n, "forecast", "forecasts")) " for " (count(own.places, "place", "places"))
                        ", each made from earlier days only. In the middle 90 % lay " (format!("{:.0}", 100.0 * own.scored.coverage90)) " % of what came."
                    }
                    table {
                        thead { tr { th scope="col" { "Forecast" } th scope="col" { "Error in points" } } }
                        tbody {
                            @for (name, error) in [
                                ("Supple", crps.supple),
                                ("The same as last time", crps.persistence),
                                ("Your mean", crps.mean),
                                ("Ridge regression", crps.ridge),
                            ] {
                                tr { td { (name) } td { (format!("{error:.2}")) } }
                            }
                        }
                    }
                    p .small { "Lower is better (continuous ranked probability score; 0, 1 and 2 count as one, since a place that is not marked may be any of them)." }
                }
            }
        }
    }
}
