use super::axis::{Axis, fixed, one, shortened};
use maud::{Markup, html};

/// A forest plot: each result with its interval, and what they come to together.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// What it shows, in a line.
    pub title: String,
    /// The same for somebody who cannot see it: what is pooled, the answer, how to read it.
    pub description: String,
    /// What the axis counts: "standardised mean difference".
    pub axis: String,
    /// The results, in the order in which they stand.
    pub rows: Vec<ForestRow>,
    /// Together; none while nothing could be pooled.
    pub pooled: Option<Diamond>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// Which study.
    pub label: String,
    /// Its effect.
    pub effect: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of the answer that it decides, 0 to 1.
    pub weight: f64,
}

/// What the results come to together.
#[derive(Debug, Clone, PartialEq)]
pub struct Diamond {
    /// What it is called.
    pub label: String,
    /// The mean effect.
    pub effect: f64,
    /// Ends of its 95 % interval.
    pub ci: (f64, f64),
    /// Ends of the 95 % interval for a new study's true effect.
    pub pi: (f64, f64),
}

const WIDTH: f64 = 760.0;
const PLOT: (f64, f64) = (250.0, 590.0);
const ROW: f64 = 24.0;
const TOP: f64 = 34.0;
/// Letters that fit left of the plot.
const LABEL_LETTERS: usize = 34;

/// From the smallest to the largest end, with zero; drawn over `plot`, in at most `most` steps.
pub(super) fn axis(forest: &Forest, plot: (f64, f64), most: f64) -> Axis {
    let ends = forest.rows.iter().flat_map(|row| [row.low, row.high]);
    let pooled = forest.pooled.iter().flat_map(|d| [d.ci.0, d.ci.1, d.pi.0, d.pi.1]);
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for end in ends.chain(pooled).filter(|end| end.is_finite()) {
        (low, high) = (low.min(end), high.max(end));
    }
    Axis::over(low, high, plot, most)
}

/// The plot as a file of its own: with its look, for light and dark, and legible without colour.
#[must_use]
pub fn forest_file(forest: &Forest) -> String {
    let mut text = svg(forest).into_string();
    text.push('\n');
    text
}

/// Plain colours, no variables: what turns a file into a picture (resvg among them) does not know those.
const LOOK: &str = ".forest{font-family:system-ui,sans-serif;font-size:13px}.forest .paper{fill:#fffdf9}\
.forest text{fill:#1c2628}.forest .label{fill:#566366}.forest .title{font-weight:600}.forest .grid{stroke:#ddd7cb}\
.forest .zero{stroke:#566366;stroke-width:1.5}.forest .interval{stroke:#1c2628;stroke-width:1.5}\
.forest .result{fill:#1c2628}.forest .pooled{fill:#0f6b66;stroke:#1c2628}\
.forest .new{stroke:#0f6b66;stroke-width:2;stroke-dasharray:4 3}\
@media(prefers-color-scheme:dark){.forest .paper{fill:#1a2326}.forest text{fill:#e9eeec}.forest .label{fill:#a3b1b1}\
.forest .grid{stroke:#344044}.forest .zero{stroke:#a3b1b1}.forest .interval{stroke:#e9eeec}.forest .result{fill:#e9eeec}\
.forest .pooled{fill:#66c7bb;stroke:#e9eeec}.forest .new{stroke:#66c7bb}}";

fn svg(forest: &Forest) -> Markup {
    let axis = axis(forest, PLOT, 6.0);
    let lines = forest.rows.len() + if forest.pooled.is_some() { 2 } else { 0 };
    #[allow(clippy::cast_precision_loss)] // rows of a table
    let (y_of, bottom) = (|line: usize| TOP + ROW * (line as f64 + 0.5), TOP + ROW * lines as f64 + 4.0);
    let heaviest = forest.rows.iter().map(|row| row.weight).fold(0.0, f64::max).max(1e-12);
    let height = bottom + 44.0;
    html! {
        svg .forest viewBox={ "0 0 " (one(WIDTH)) " " (one(height)) } role="img" aria-label=(forest.title)
            xmlns="http://www.w3.org/2000/svg" width=(one(WIDTH)) height=(one(height)) {
            title { (forest.title) }
            desc { (forest.description) }
            style { (LOOK) }
            rect .paper width=(one(WIDTH)) height=(one(height)) {}
            text .title x="8" y="20" { (shortened(&forest.title, 96)) }
            @for tick in axis.ticks() {
                @let x = one(axis.at(tick));
                line .grid x1=(x) x2=(x) y1=(one(TOP)) y2=(one(bottom)) {}
                text .label x=(x) y=(one(bottom + 16.0)) text-anchor="middle" { (axis.words(tick)) }
            }
            @let zero = one(axis.at(0.0));
            line .zero x1=(zero) x2=(zero) y1=(one(TOP)) y2=(one(bottom)) {}
            text .label x=(one((PLOT.0 + PLOT.1) / 2.0)) y=(one(bottom + 36.0)) text-anchor="middle" { (forest.axis) }
            @for (line, row) in forest.rows.iter().enumerate() {
                @let y = y_of(line);
                @let half = 2.0 + 4.5 * (row.weight / heaviest).clamp(0.0, 1.0);
                text x="8" y=(one(y + 4.0)) { (shortened(&row.label, LABEL_LETTERS)) }
                line .interval x1=(one(axis.at(row.low))) x2=(one(axis.at(row.high))) y1=(one(y)) y2=(one(y)) {}
                rect .result x=(one(axis.at(row.effect) - half)) y=(one(y - half)) width=(one(2.0 * half))
                    height=(one(2.0 * half)) {}
                text x=(one(WIDTH - 8.0)) y=(one(y + 4.0)) text-anchor="end" {
                    (numbers(row.effect, row.low, row.high))
                }
            }
            @if let Some(pooled) = &forest.pooled {
                @let y = y_of(forest.rows.len());
                @let (low, middle, high) = (axis.at(pooled.ci.0), axis.at(pooled.effect), axis.at(pooled.ci.1));
                text .title x="8" y=(one(y + 4.0)) { (shortened(&pooled.label, LABEL_LETTERS)) }
                path .pooled d={ "M" (one(low)) " " (one(y)) " L" (one(middle)) " " (one(y - 8.0)) " L" (one(high)) " "
                    (one(y)) " L" (one(middle)) " " (one(y + 8.0)) " Z" } {}
                text .title x=(one(WIDTH - 8.0)) y=(one(y + 4.0)) text-anchor="end" {
                    (numbers(pooled.effect, pooled.ci.0, pooled.ci.1))
                }
                @let y = y_of(forest.rows.len() + 1);
                text x="8" y=(one(y + 4.0)) { "A new study's true effect" }
                line .new x1=(one(axis.at(pooled.pi.0))) x2=(one(axis.at(pooled.pi.1))) y1=(one(y)) y2=(one(y)) {}
                text x=(one(WIDTH - 8.0)) y=(one(y + 4.0)) text-anchor="end" { (ends(pooled.pi)) }
            }
        }
    }
}

/// The same numbers as a table, for who reads with a screen reader or wants them exactly.
#[must_use]
pub fn forest_table(forest: &Forest) -> Markup {
    html! {
        table .forest-table {
            caption { (forest.title) }
            thead { tr { th scope="col" { "Study" } th scope="col" { "Effect" } th scope="col" { "95 % interval" }
                th scope="col" { "Weight" } } }
            tbody {
                @for row in &forest.rows {
                    tr { th scope="row" { (row.label) } td { (two(row.effect)) } td { (ends((row.low, row.high))) }
                        td { (one(100.0 * row.weight)) " %" } }
                }
                @if let Some(pooled) = &forest.pooled {
                    tr { th scope="row" { (pooled.label) } td { (two(pooled.effect)) } td { (ends(pooled.ci)) } td { } }
                    tr { th scope="row" { "A new study's true effect" } td { } td { (ends(pooled.pi)) } td { } }
                }
            }
        }
    }
}

pub(super) fn numbers(effect: f64, low: f64, high: f64) -> String {
    format!("{} ({})", two(effect), ends((low, high)))
}

pub(super) fn ends((low, high): (f64, f64)) -> String {
    format!("{} to {}", two(low), two(high))
}

/// Always two decimals, so that the bytes are the same everywhere.
fn two(value: f64) -> String {
    fixed(value, 2)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn two_studies() -> Forest {
        let row = |label: &str, effect: f64, weight: f64| ForestRow {
            label: label.to_owned(),
            effect,
            low: effect - 0.5,
            high: effect + 0.5,
            weight,
        };
        Forest {
            title: "Range <after> rolling".to_owned(),
            description: "Two studies".to_owned(),
            axis: "standardised mean difference".to_owned(),
            rows: vec![row("A study whose label is far too long for its place", 0.5, 0.7), row("B", -0.001, 0.3)],
            pooled: Some(Diamond { label: "Together".to_owned(), effect: 0.35, ci: (0.1, 0.6), pi: (-0.4, 1.1) }),
        }
    }

    #[test]
    fn each_study_is_a_square_on_its_interval_and_together_they_are_a_diamond() {
        let svg = forest_file(&two_studies());
        assert_eq!(svg.matches("class=\"result\"").count(), 2);
        assert_eq!(svg.matches("class=\"interval\"").count(), 2);
        assert_eq!(svg.matches("class=\"pooled\"").count(), 1);
        assert_eq!(svg.matches("class=\"new\"").count(), 1);
        assert!(svg.contains("0.50 (0.00 to 1.00)"), "{svg}");
        assert!(svg.contains("0.00 (-0.50 to 0.50)"), "nought has no sign: {svg}");
        assert!(svg.contains("Range &lt;after&gt; rolling"), "text is escaped: {svg}");
    }

    #[test]
    fn the_axis_has_zero_and_every_end() {
        let (low, high) = axis(&two_studies(), PLOT, 6.0).ends();
        assert!((low + 1.0).abs() < 1e-9 && (high - 1.5).abs() < 1e-9);
    }

    #[test]
    fn a_file_of_its_own_has_a_name_space_and_a_look_for_light_and_dark() {
        let file = forest_file(&two_studies());
        assert!(file.starts_with("<svg class=\"forest\"") && file.contains("xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(file.contains("<title>") && file.contains("<desc>") && file.contains("prefers-color-scheme:dark"));
    }

    #[test]
    fn the_table_says_every_number_of_the_plot() {
        let table = forest_table(&two_studies()).into_string();
        assert_eq!(table.matches("<tr>").count(), 5);
        assert!(table.contains("<td>0.35</td><td>0.10 to 0.60</td>"), "{table}");
        assert!(table.contains("70.0 %"), "{table}");
    }

    #[test]
    fn nothing_to_show_is_an_empty_axis() {
        let empty = Forest { rows: Vec::new(), pooled: None, ..two_studies() };
        assert!(!forest_file(&empty).contains("class=\"result\""));
    }
}
