//! How likely each size of the average gain is, against the smallest change worth having.

use super::axis::{Axis, fixed, one};
use super::drawing::{Drawing, WIDTH};
use maud::{Markup, html};

/// What is thought of an average gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// What it shows, in a line.
    pub title: String,
    /// Tells the patterns of several such charts in one page apart: letters and digits.
    pub id: String,
    /// The unit of the gain.
    pub unit: String,
    /// How many decimals a gain deserves.
    pub decimals: usize,
    /// Gains, more is better, and how likely each is, smallest gain first.
    pub points: Vec<(f64, f64)>,
    /// The smallest gain worth having, above zero.
    pub worth: f64,
    /// How sure it is, 0 to 1, that the gain is a loss worth minding, that it makes little difference, and that it is
    /// worth having.
    pub shares: [f64; 3],
}

const LEFT: f64 = 18.0;
const RIGHT: f64 = 302.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 120.0;
const HEIGHT: f64 = 224.0;

/// Draws it.
#[must_use]
pub fn density(density: &Density) -> Drawing {
    let (first, last) = match (density.points.first(), density.points.last()) {
        (Some(first), Some(last)) => (first.0, last.0),
        _ => (0.0, 0.0),
    };
    let gains = Axis::over(first.min(-1.3 * density.worth), last.max(1.3 * density.worth), (LEFT, RIGHT), 6.0);
    let most = density.points.iter().map(|(_, height)| *height).fold(f64::MIN_POSITIVE, f64::max);
    let y = |height: f64| BOTTOM - (BOTTOM - TOP) * height / most;
    let zone = |from: f64, to: f64| under(density, &gains, from, to, &y);
    let hatch = format!("hatch-{}", density.id);
    let curve: Vec<String> =
        density.points.iter().map(|(gain, height)| format!("{} {}", one(gains.at(*gain)), one(y(*height)))).collect();
    let inside = html! {
        defs {
            pattern id=(hatch) width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                line .hatch x1="0" x2="0" y1="0" y2="6" {}
            }
        }
        @if let Some(d) = zone(f64::NEG_INFINITY, -density.worth) { path fill={ "url(#" (hatch) ")" } d=(d) {} }
        @if let Some(d) = zone(-density.worth, density.worth) { path .between d=(d) {} }
        @if let Some(d) = zone(density.worth, f64::INFINITY) { path .worth d=(d) {} }
        @if !curve.is_empty() { path .curve d={ "M" (curve.join(" L")) } {} }
        line .zero x1="8" x2=(one(WIDTH - 8.0)) y1=(one(BOTTOM)) y2=(one(BOTTOM)) {}
        @for edge in [-density.worth, density.worth] {
            @let x = one(gains.at(edge));
            line .edge x1=(x) x2=(x) y1=(one(TOP - 4.0)) y2=(one(BOTTOM)) {}
        }
        @for tick in gains.ticks() {
            @let x = gains.at(tick);
            line .grid x1=(one(x)) x2=(one(x)) y1=(one(BOTTOM)) y2=(one(BOTTOM + 4.0)) {}
            text x=(one(x)) y=(one(BOTTOM + 17.0)) text-anchor="middle" { (gains.words(tick)) }
        }
        text x=(one(WIDTH / 2.0)) y=(one(BOTTOM + 34.0)) text-anchor="middle" {
            "average gain right after a session, " (density.unit)
        }
        @for (index, (words, share)) in zones(density).iter().enumerate() {
            @let line = { #[allow(clippy::cast_precision_loss)] let index = index as f64; BOTTOM + 52.0 + 19.0 * index };
            @match index {
                0 => rect fill={ "url(#" (hatch) ")" } x="8" y=(one(line - 9.0)) width="14" height="11" {},
                1 => rect .between x="8" y=(one(line - 9.0)) width="14" height="11" {},
                _ => rect .worth x="8" y=(one(line - 9.0)) width="14" height="11" {},
            }
            text x="28" y=(one(line)) { (words) }
            text x=(one(WIDTH - 10.0)) y=(one(line)) text-anchor="end" { (share) }
        }
    };
    Drawing {
        class: "density",
        title: density.title.clone(),
        description: described(density),
        height: HEIGHT,
        inside,
        table: table(density),
    }
}

/// The outline below the curve between two gains; none where the curve does not reach.
fn under(density: &Density, gains: &Axis, from: f64, to: f64, y: &dyn Fn(f64) -> f64) -> Option<String> {
    let points = &density.points;
    let (from, to) = (from.max(points.first()?.0), to.min(points.last()?.0));
    if from >= to {
        return None;
    }
    let within = points.iter().filter(|(gain, _)| *gain > from && *gain < to).copied();
    let mut path = format!("M{} {}", one(gains.at(from)), one(BOTTOM));
    for (gain, height) in
        std::iter::once((from, height_at(points, from))).chain(within).chain([(to, height_at(points, to))])
    {
        path.push_str(&format!(" L{} {}", one(gains.at(gain)), one(y(height))));
    }
    path.push_str(&format!(" L{} {} Z", one(gains.at(to)), one(BOTTOM)));
    Some(path)
}

/// The height of the curve between its points.
fn height_at(points: &[(f64, f64)], gain: f64) -> f64 {
    let after = points.iter().position(|(known, _)| *known >= gain).unwrap_or(points.len() - 1);
    let (right, before) = (points[after], points[after.saturating_sub(1)]);
    if right.0 <= before.0 {
        return right.1;
    }
    before.1 + (right.1 - before.1) * (gain - before.0) / (right.0 - before.0)
}

/// The three zones in words, with their shares.
fn zones(density: &Density) -> [(String, String); 3] {
    let worth = format!("{} {}", fixed(density.worth, density.decimals.max(1)), density.unit);
    let [worse, little, better] = density.shares.map(percent);
    [
        (format!("less by more than {worth}"), worse),
        ("too little to matter".to_owned(), little),
        (format!("more by at least {worth}"), better),
    ]
}

/// "under 1 %", "37 %", "over 99 %": nothing is ever quite sure.
fn percent(share: f64) -> String {
    match 100.0 * share {
        low if low < 1.0 => "under 1 %".to_owned(),
        high if high > 99.0 => "over 99 %".to_owned(),
        other => format!("{other:.0} %"),
    }
}

fn described(density: &Density) -> String {
    let [(worse, a), (little, b), (better, c)] = zones(density);
    format!(
        "How likely each average gain is, as a curve over gains in {}; the area below it is split at the smallest change \
         worth having. {worse}: {a}; {little}: {b}; {better}: {c}.",
        density.unit
    )
}

fn table(density: &Density) -> Markup {
    html! {
        table {
            caption { (density.title) }
            thead { tr { th scope="col" { "Average gain" } th scope="col" { "How sure" } } }
            tbody { @for (words, share) in zones(density) { tr { th scope="row" { (words) } td { (share) } } } }
        }
    }
}
