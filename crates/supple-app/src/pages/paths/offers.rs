//! What is offered today, and what is not, each with its reason.

use crate::cx::Cx;
use crate::words::capitalised;
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::contract::text::side_words;
use supple_core::path::Offered;
use supple_core::path::words::{amount, left_out_in_words};

/// A line of what is offered: one thing with every side on which it is the same.
struct Line {
    href: Option<String>,
    name: String,
    sides: Vec<Side>,
    how: String,
}

/// All of it, a section each.
pub fn sections(cx: &Cx<'_>, offers: &[Offered<'_>]) -> Markup {
    html! {
        @for offer in offers {
            @let lines = lines(cx, offer);
            section .card .offer {
                h2 { (offer.known.title) }
                p { (offer.known.why) }
                @if lines.is_empty() {
                    p .small { "Nothing of it is open today." }
                } @else {
                    ul .offered {
                        @for line in &lines {
                            li {
                                @if let Some(href) = &line.href { a href=(href) { (line.name) } } @else { b { (line.name) } }
                                span .how { (sides_in_words(&line.sides)) (line.how) }
                            }
                        }
                    }
                }
                @if !offer.techniques.is_empty() {
                    p .small { "How it is done comes with the plan: " a href=(cx.href("today")) { "choose the places on Today" } "." }
                }
                @if !offer.left_out.is_empty() {
                    details {
                        summary { "Not for today: " (offer.left_out.len()) }
                        ul .small {
                            @for left in &offer.left_out {
                                li { (left.name) (sides_in_words(&[left.side])) (left_out_in_words(cx.knowledge, left)) "." }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// ", left side: "; nothing for what has no side of its own.
fn sides_in_words(sides: &[Side]) -> String {
    match sides {
        [Side::Left, Side::Right] => ", each side: ".to_owned(),
        [Side::Both | Side::Midline] | [] => ": ".to_owned(),
        some => format!(", {}: ", some.iter().map(|side| side_words(*side)).collect::<Vec<_>>().join(", ")),
    }
}

fn lines(cx: &Cx<'_>, offer: &Offered<'_>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |href: Option<String>, name: &str, side: Option<Side>, how: String| match lines
        .iter_mut()
        .find(|line| line.name == name && line.how == how)
    {
        Some(line) => line.sides.extend(side),
        None => lines.push(Line { href, name: name.to_owned(), sides: side.into_iter().collect(), how }),
    };
    for one in &offer.moves {
        let support = if one.limits.with_support { ", a hand on something firm" } else { "" };
        let how = format!("{}{support}.", amount(&one.dose));
        add(Some(cx.href(&format!("moves/{}", one.id))), &one.known.name, Some(one.dose.side), how);
    }
    for one in &offer.techniques {
        let how = format!("at most {} of 10, {} s in all.", one.most.felt_target, one.most.seconds.get());
        add(None, &one.known.name, Some(one.side), how);
    }
    for one in &offer.measures {
        let how = "a test, to see how it changes.".to_owned();
        add(Some(cx.href(&format!("measures/{}", one.id))), &capitalised(&one.known.name), None, how);
    }
    lines
}
