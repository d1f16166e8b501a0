use maud::{Markup, html};
use supple_core::unit::Felt;

/// One day's readings on a scale of 0 to 10, before and after; either may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The day, in few letters.
    pub label: String,
    /// Before.
    pub before: Option<Felt>,
    /// After.
    pub after: Option<Felt>,
}

const LEFT: f64 = 24.0;
const TOP: f64 = 10.0;
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 120.0;

/// Readings day by day: an open point for before, a filled one for after, joined where both are there. `what` says
/// what it shows; the readings stand in the page as words too, so that the picture is for the eye only.
#[must_use]
pub fn before_after(what: &str, pairs: &[Pair]) -> Markup {
    let y = |felt: Felt| TOP + HEIGHT * (1.0 - f64::from(felt.get()) / 10.0);
    #[allow(clippy::cast_precision_loss)] // a few days
    let x = |index: usize| LEFT + (WIDTH - LEFT) * (index as f64 + 0.5) / pairs.len().max(1) as f64;
    // Labels that would run into each other are left out; a label takes about 44 units.
    let every = (pairs.len() * 44).div_ceil(296).max(1);
    html! {
        svg .before-after viewBox="0 0 328 156" role="img" aria-label=(what) {
            @for points in [0, 5, 10_u8] {
                line .grid x1="24" x2="320" y1=(one(y(Felt::of(points)))) y2=(one(y(Felt::of(points)))) {}
                text .label x="16" y=(one(y(Felt::of(points)) + 4.0)) text-anchor="end" { (points) }
            }
            @for (index, pair) in pairs.iter().enumerate() {
                @let x = x(index);
                @if let (Some(before), Some(after)) = (pair.before, pair.after) {
                    line .join x1=(one(x - 5.0)) y1=(one(y(before))) x2=(one(x + 5.0)) y2=(one(y(after))) {}
                }
                @if let Some(before) = pair.before { circle .before cx=(one(x - 5.0)) cy=(one(y(before))) r="5" {} }
                @if let Some(after) = pair.after { circle .after cx=(one(x + 5.0)) cy=(one(y(after))) r="5" {} }
                @if (pairs.len() - 1 - index).is_multiple_of(every) {
                    text .label x=(one(x)) y="150" text-anchor="middle" { (pair.label) }
                }
            }
        }
    }
}

/// Always one decimal, so that the bytes are the same everywhere.
fn one(units: f64) -> String {
    format!("{units:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reading_is_one_point_and_a_day_with_both_is_joined() {
        let day = |before: Option<u8>, after: Option<u8>| Pair {
            label: "3 Nov".to_owned(),
            before: before.map(Felt::of),
            after: after.map(Felt::of),
        };
        let svg = before_after("Tenderness", &[day(Some(6), Some(4)), day(Some(5), None), day(None, Some(0))]);
        let svg = svg.into_string();
        assert_eq!(svg.matches("class=\"before\"").count(), 2);
        assert_eq!(svg.matches("class=\"after\"").count(), 2);
        assert_eq!(svg.matches("class=\"join\"").count(), 1);
        assert!(svg.contains("cy=\"58.0\""), "six of ten is four tenths down from the top: {svg}");
        assert!(svg.contains("cy=\"130.0\""), "nought stands on the lowest line: {svg}");
    }

    #[test]
    fn nothing_read_is_an_empty_grid() {
        assert!(!before_after("Tenderness", &[]).into_string().contains("circle"));
    }
}
