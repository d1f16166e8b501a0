use crate::chart::Drawing;
use crate::cx::Cx;
use crate::words::{self, capitalised};
use maud::{Markup, html};
use supple_core::body::RegionId;
use supple_core::contract::text::side_words;
use supple_core::knowledge::Measure;
use supple_core::measure::words::{change_in_words, number, unit, when_in_words};
use supple_core::measure::{Change, Record, Series, Sitting};

/// What came of a test so far: a card for each place.
pub fn results(cx: &Cx<'_>, id: &str, measure: &Measure, record: &Record<'_>) -> Markup {
    let drawn = crate::results::over_time(cx.knowledge, cx.state, (id, measure), record);
    let mut places: Vec<Option<RegionId>> = record.series.iter().map(|series| series.about.region).collect();
    places.dedup();
    html! { @for place in places { (at_place(cx, measure, record, &drawn, place)) } }
}

fn at_place(
    cx: &Cx<'_>,
    measure: &Measure,
    record: &Record<'_>,
    drawn: &[Drawing],
    place: Option<RegionId>,
) -> Markup {
    let all = record.series.iter().zip(drawn);
    let here: Vec<(&Series<'_>, &Drawing)> = all.filter(|(series, _)| series.about.region == place).collect();
    let title =
        place.map_or_else(|| "Your results".to_owned(), |region| capitalised(words::region(cx.knowledge, region)));
    html! {
        section .card .results {
            h2 { (title) }
            @for (series, drawing) in &here {
                (now(measure, record, series))
                // One point on empty axes says nothing.
                @if series.sittings.len() > 1 { (drawing.on_page()) }
            }
            @if let Some(sides) = record.sides(measure, place) {
                p {
                    @if sides.real {
                        "Left and right differ by " (number(measure, (sides.left - sides.right).abs())) " " (unit(measure))
                        ": more than error. The " (side_words(sides.freer)) " does better."
                    } @else {
                        "Left and right do not differ by more than error (" (number(measure, sides.smallest_real)) " " (unit(measure)) ")."
                    }
                }
            }
            details {
                summary { "All of them" }
                table {
                    tr { th scope="col" { "Day" } th scope="col" { "When" } th scope="col" { "Side" } th scope="col" { (unit(measure)) } }
                    @for (series, _) in &here {
                        @for one in series.sittings.iter().rev() {
                            tr {
                                td { (supple_core::date_words::short_day(one.at.date())) }
                                td { (when_in_words(one.when)) }
                                td { (series.about.side.map_or("", side_words)) }
                                td { (number(measure, one.reading.value)) }
                            }
                        }
                    }
                }
            }
            p .small {
                @if let Some(error) = record.own_error.filter(|error| shows(&number(measure, *error))) { "Your own error of one trial is about " (number(measure, error)) " " (unit(measure)) ", from trials you repeated. " }
                "One result is never a verdict: it changes a little from day to day by itself."
            }
        }
    }
}

/// Whether a number is more than noughts: trials that were all alike do not mean that there is no error.
fn shows(number: &str) -> bool {
    number.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}

/// The newest value of a series, and what it is against the ones it can fairly be compared with.
fn now(measure: &Measure, record: &Record<'_>, series: &Series<'_>) -> Markup {
    let latest = series.latest();
    html! {
        p .value {
            @if let Some(side) = series.about.side { span .side { (capitalised(side_words(side))) } " " }
            b { (number(measure, latest.reading.value)) " " (unit(measure)) }
            " " span .small { (when_in_words(latest.when)) ", " (supple_core::date_words::short_day(latest.at.date())) }
        }
        ul .changes {
            @if let Some((before, after)) = series.around_a_session() {
                (line("From before to after the session", measure, &record.change(measure, before, after), before))
            }
            @if let Some((first, later)) = series.first_and_latest_at_rest() {
                (line("Since the first", measure, &record.change(measure, first, later), first))
            }
        }
    }
}

fn line(what: &str, measure: &Measure, change: &Change, from: &Sitting<'_>) -> Markup {
    html! {
        li { (what) " (" (supple_core::date_words::short_day(from.at.date())) "): " (change_in_words(measure, change)) }
    }
}
