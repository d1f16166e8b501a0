//! How one thing is done: its picture, place, amount, steps, and what to take care of.

use super::week_table::Row;
use super::words;
use crate::body_map::highlight;
use crate::figure::{PictureKind, Subject, picture};
use maud::{Markup, html};
use supple_core::body::{RegionId, Side, Site};
use supple_core::knowledge::{Knowledge, MotionKind, Technique};
use supple_core::share::{MovePart, Part, Press, Shared};

/// How something is done; where it is done in several amounts, each of them.
pub(super) fn described(knowledge: &Knowledge, shared: &Shared, rows: &[Row<'_>]) -> Markup {
    let amounts = amounts(knowledge, shared, rows);
    match rows[0].part {
        Part::Press(press) => match knowledge.techniques.get(&press.technique) {
            Some(technique) => pressed(knowledge, press, technique, &amounts),
            None => unknown(&press.technique),
        },
        Part::Move(part) => moved(knowledge, part, rows, &amounts),
    }
}

/// "30 seconds, each side" or, where days differ, "30 seconds, each side (Monday); 45 seconds, each side (Friday)".
fn amounts(knowledge: &Knowledge, shared: &Shared, rows: &[Row<'_>]) -> String {
    let one = |row: &Row<'_>| {
        let amount = words::amount_words(knowledge, row.part);
        if rows.len() == 1 {
            return amount;
        }
        let when: Vec<String> = row.sessions.iter().map(|&at| words::when(&shared.sessions[at], at)).collect();
        format!("{amount} ({})", when.join(", "))
    };
    rows.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn place(knowledge: &Knowledge, region: RegionId, side: Side) -> Markup {
    let site = Site::of(region, side).next();
    html! { @if let Some(site) = site { (highlight(site, &crate::words::place(knowledge, region, side))) } }
}

fn pressed(knowledge: &Knowledge, press: &Press, technique: &Technique, amounts: &str) -> Markup {
    let off: Vec<&str> =
        technique.zones_to_avoid.iter().filter_map(|zone| Some(knowledge.zones.get(zone)?.name.as_str())).collect();
    // Where the body moves and the tool stays, the way is in the body.
    let pinned = technique.motion.kind == MotionKind::PinAndMove;
    let shown = if pinned { PictureKind::Ending } else { PictureKind::Still };
    html! {
        li .part {
            div .pictures {
                @if let Some(figure) = picture(knowledge, Subject::Technique(&press.technique), press.side, shown) { (figure) }
                (place(knowledge, technique.region, press.side))
            }
            div .how {
                h3 { (words::named(&technique.name, technique.sides, press.side)) }
                p .much { b { (amounts) } ", " (words::felt(press.felt)) }
                p { (technique.position) " " (technique.setup) }
                p { "From " (technique.line.from) ", to " (technique.line.to) ". " (words::pace(knowledge, technique)) }
                @if !off.is_empty() { p { b { "Stay off: " } (off.join(", ")) "." } }
                p { b { "Lighter: " } (words::sentence(&technique.easier)) }
            }
        }
    }
}

fn moved(knowledge: &Knowledge, part: &MovePart, rows: &[Row<'_>], amounts: &str) -> Markup {
    let Some(known) = knowledge.moves.get(&part.id) else { return unknown(&part.id) };
    let most = rows.iter().filter_map(|row| match row.part {
        Part::Move(part) => Some(part),
        Part::Press(_) => None,
    });
    // The rest between sets is said if any day has two.
    let most = most.max_by_key(|part| part.sets).unwrap_or(part);
    let figure = picture(knowledge, Subject::Move(&part.id), part.side, PictureKind::Ending);
    html! {
        li .part {
            div .pictures {
                @match (figure, known.regions.first()) {
                    (Some(figure), _) => (figure),
                    (None, Some(&region)) => (place(knowledge, region, part.side)),
                    (None, None) => {}
                }
            }
            div .how {
                h3 { (words::named(&known.name, known.sides, part.side)) }
                p .much { b { (amounts) } ". " (known.feel) }
                p .how-slowly { (words::slowly(known, most)) }
                p { (known.position) }
                ul { @for step in &known.steps { li { (step) } } }
                @if let Some(caution) = &known.caution { p { b { "Take care: " } (caution) } }
                p { b { "Easier: " } (words::sentence(&known.easier)) }
            }
        }
    }
}

fn unknown(id: &str) -> Markup {
    html! { li .part { div .how { h3 { (id) } p { "This Supple does not know it; a newer one may." } } } }
}
