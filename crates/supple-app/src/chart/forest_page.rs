use super::axis::{one, shortened};
use super::forest::{Forest, axis, ends, numbers};
use maud::{Markup, html};

const WIDTH: f64 = 360.0;
const PLOT: (f64, f64) = (6.0, 354.0);
/// Who and the numbers, what was measured, and the interval.
const ROW: f64 = 54.0;
/// Words and numbers, and what they stand for.
const TOGETHER: f64 = 40.0;
const TOP: f64 = 4.0;
/// Letters that fit beside the numbers, and alone.
const LABEL_LETTERS: usize = 30;
const WHOLE_LINE: usize = 58;

/// The plot for a page, as wide as a phone: each name stands over its interval. Its look comes from the page's sheet;
/// shapes, not colours, tell things apart.
#[must_use]
pub fn forest(forest: &Forest) -> Markup {
    let axis = axis(forest, PLOT, 5.0);
    #[allow(clippy::cast_precision_loss)] // rows of a table
    let top_of = |row: usize| TOP + ROW * row as f64;
    let together = top_of(forest.rows.len());
    let bottom = together + if forest.pooled.is_some() { 2.0 * TOGETHER } else { 0.0 } + 2.0;
    let heaviest = forest.rows.iter().map(|row| row.weight).fold(0.0, f64::max).max(1e-12);
    html! {
        svg .forest viewBox={ "0 0 " (one(WIDTH)) " " (one(bottom + 36.0)) } role="img" aria-label=(forest.title) {
            title { (forest.title) }
            desc { (forest.description) }
            @for tick in axis.ticks() {
                @let x = axis.at(tick);
                line .grid x1=(one(x)) x2=(one(x)) y1=(one(TOP)) y2=(one(bottom)) {}
                text .label x=(one(x)) y=(one(bottom + 14.0)) text-anchor=(anchor(x)) { (axis.words(tick)) }
            }
            @let zero = one(axis.at(0.0));
            line .zero x1=(zero) x2=(zero) y1=(one(TOP)) y2=(one(bottom)) {}
            text .label x=(one(WIDTH / 2.0)) y=(one(bottom + 31.0)) text-anchor="middle" { (forest.axis) }
            @for (line, row) in forest.rows.iter().enumerate() {
                @let (top, y) = (top_of(line), top_of(line) + 42.0);
                @let half = 2.5 + 3.5 * (row.weight / heaviest).clamp(0.0, 1.0);
                @let (who, what) = row.label.split_once(": ").unwrap_or((&row.label, ""));
                (named(who, &numbers(row.effect, row.low, row.high), top + 14.0, false))
                text .label x=(one(PLOT.0)) y=(one(top + 28.0)) { (shortened(what, WHOLE_LINE)) }
                line .interval x1=(one(axis.at(row.low))) x2=(one(axis.at(row.high))) y1=(one(y)) y2=(one(y)) {}
                rect .result x=(one(axis.at(row.effect) - half)) y=(one(y - half)) width=(one(2.0 * half))
                    height=(one(2.0 * half)) {}
            }
            @if let Some(pooled) = &forest.pooled {
                @let (words, y) = (together + 14.0, together + 27.0);
                @let (low, middle, high) = (axis.at(pooled.ci.0), axis.at(pooled.effect), axis.at(pooled.ci.1));
                (named(&pooled.label, &numbers(pooled.effect, pooled.ci.0, pooled.ci.1), words, true))
                path .pooled d={ "M" (one(low)) " " (one(y)) " L" (one(middle)) " " (one(y - 7.0)) " L" (one(high)) " "
                    (one(y)) " L" (one(middle)) " " (one(y + 7.0)) " Z" } {}
                @let (words, y) = (words + TOGETHER, y + TOGETHER);
                (named("Where a new study would lie", &ends(pooled.pi), words, false))
                line .new x1=(one(axis.at(pooled.pi.0))) x2=(one(axis.at(pooled.pi.1))) y1=(one(y)) y2=(one(y)) {}
            }
        }
    }
}

/// The name on the left, the numbers on the right, each on paper of its own so that no line runs through them.
fn named(label: &str, numbers: &str, y: f64, bold: bool) -> Markup {
    let class = if bold { "title" } else { "name" };
    html! {
        text class=(class) x=(one(PLOT.0)) y=(one(y)) { (shortened(label, LABEL_LETTERS)) }
        text class=(class) x=(one(PLOT.1)) y=(one(y)) text-anchor="end" { (numbers) }
    }
}

/// Words at an edge stay inside it.
fn anchor(x: f64) -> &'static str {
    if x < PLOT.0 + 12.0 {
        "start"
    } else if x > PLOT.1 - 12.0 {
        "end"
    } else {
        "middle"
    }
}

#[cfg(test)]
mod tests {
    use super::super::forest::tests::two_studies;
    use super::*;

    #[test]
    fn each_name_stands_over_its_interval_and_the_page_styles_it() {
        let svg = forest(&two_studies()).into_string();
        assert_eq!(svg.matches("class=\"result\"").count(), 2);
        assert_eq!(svg.matches("class=\"pooled\"").count(), 1);
        assert_eq!(svg.matches("class=\"new\"").count(), 1);
        assert!(svg.contains("<title>") && svg.contains("<desc>"));
        assert!(!svg.contains("<style"), "a page refuses styles of its own");
    }

    #[test]
    fn nothing_is_drawn_outside_the_picture() {
        let svg = forest(&two_studies()).into_string();
        let numbers = svg.split("x1=\"").skip(1).chain(svg.split("x2=\"").skip(1));
        for x in numbers.map(|rest| rest.split('"').next().unwrap_or_default()) {
            assert!((0.0..=WIDTH).contains(&x.parse::<f64>().unwrap()), "{x}");
        }
    }
}
