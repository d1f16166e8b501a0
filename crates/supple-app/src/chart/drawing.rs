//! A chart as a whole: the same drawing in a page, in a file of its own and on paper.

use super::axis::one;
use maud::{Markup, html};

/// A chart: what it shows, in words, in lines and in numbers.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The class its look hangs on.
    pub(super) class: &'static str,
    /// What it shows, in a line.
    pub title: String,
    /// The same for somebody who cannot see it: what is seen, and how to read it.
    pub description: String,
    pub(super) height: f64,
    pub(super) inside: Markup,
    /// The numbers, for who reads with a screen reader or wants them exactly.
    pub table: Markup,
}

/// Every chart but a forest plot is as wide as the smallest phone; more is drawn larger.
pub(super) const WIDTH: f64 = 320.0;
/// Letters of a title that fit beside each other, and the height of a line of it.
const TITLE_LETTERS: usize = 42;
const TITLE_LINE: f64 = 18.0;

impl Drawing {
    /// For a page: its look comes from the page's sheet, its title from the heading above it.
    #[must_use]
    pub fn on_page(&self) -> Markup {
        html! {
            svg .chart .(self.class) viewBox={ "0 0 " (one(WIDTH)) " " (one(self.height)) } role="img"
                aria-label=(self.title) {
                title { (self.title) }
                desc { (self.description) }
                (self.inside)
            }
        }
    }

    /// Its numbers for a page, folded.
    #[must_use]
    pub fn numbers(&self) -> Markup {
        html! { details .numbers { summary { "In numbers" } (self.table) } }
    }

    /// A file of its own: with its title and its look, for light and dark, and legible without colour.
    #[must_use]
    pub fn file(&self) -> String {
        together(&self.title, std::slice::from_ref(self))
    }
}

/// Several charts below each other as one file. `title` names the whole.
#[must_use]
pub fn together(title: &str, drawings: &[Drawing]) -> String {
    let mut parts: Vec<Markup> = Vec::new();
    let mut top = 8.0;
    for drawing in drawings {
        let lines = wrapped(&drawing.title, TITLE_LETTERS);
        #[allow(clippy::cast_precision_loss)] // a few lines
        let below = top + TITLE_LINE * lines.len() as f64 + 6.0;
        parts.push(html! {
            @for (line, words) in lines.iter().enumerate() {
                @let y = { #[allow(clippy::cast_precision_loss)] let line = line as f64; top + TITLE_LINE * (line + 0.75) };
                text .title x="8" y=(one(y)) { (words) }
            }
            g .(drawing.class) transform={ "translate(0 " (one(below)) ")" } { (drawing.inside) }
        });
        top = below + drawing.height + 12.0;
    }
    let description: Vec<&str> = drawings.iter().map(|drawing| drawing.description.as_str()).collect();
    // Twice as large, so that a picture made from it is sharp.
    let mut text = html! {
        svg .chart xmlns="http://www.w3.org/2000/svg" role="img" aria-label=(title)
            viewBox={ "0 0 " (one(WIDTH)) " " (one(top)) } width=(one(2.0 * WIDTH)) height=(one(2.0 * top)) {
            title { (title) }
            desc { (description.join(" ")) }
            style { (LOOK) }
            rect .paper width=(one(WIDTH)) height=(one(top)) {}
            @for part in &parts { (part) }
        }
    }
    .into_string();
    text.push('\n');
    text
}

/// Words in lines of at most so many letters; a longer word has a line of its own.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The look of a file, as `web/style/charts.css` has it for pages. Plain colours, no variables: what turns a file into a
/// picture (resvg among them) does not know those.
const LOOK: &str = ".chart{font-family:system-ui,sans-serif}.chart text{font-size:12px;fill:#566366}\
.chart .title{font-size:14px;font-weight:600;fill:#1c2628}.chart .paper{fill:#fffdf9}.chart .grid{stroke:#ddd7cb}\
.chart .zero{stroke:#566366;stroke-width:1.5}.chart .band{fill:#dcebe8;stroke:#0f6b66;stroke-width:.75;stroke-dasharray:3 2}\
.chart .middle{fill:none;stroke:#0f6b66;stroke-width:2.5}.chart .dot{fill:#1c2628}.chart .join{stroke:#1c2628}\
.chart .after{fill:#fffdf9;stroke:#1c2628;stroke-width:1.5}.chart .worth{fill:#0f6b66}.chart .between{fill:#ddd7cb}\
.chart .hatch{stroke:#b4532a;stroke-width:3}.chart .curve{fill:none;stroke:#1c2628;stroke-width:1.5}\
.chart .edge{stroke:#1c2628;stroke-dasharray:4 3}.chart .none{fill:#ddd7cb}.chart .session{fill:#0f6b66}\
.chart .test{fill:none;stroke:#1c2628;stroke-width:2}.chart .both{fill:none;stroke:#fffdf9;stroke-width:2}\
@media(prefers-color-scheme:dark){.chart text{fill:#a3b1b1}.chart .title{fill:#e9eeec}.chart .paper{fill:#1a2326}\
.chart .grid{stroke:#344044}.chart .zero{stroke:#a3b1b1}.chart .band{fill:#173835;stroke:#66c7bb}\
.chart .middle{stroke:#66c7bb}.chart .dot{fill:#e9eeec}.chart .join{stroke:#e9eeec}\
.chart .after{fill:#1a2326;stroke:#e9eeec}.chart .worth{fill:#66c7bb}.chart .between{fill:#344044}\
.chart .hatch{stroke:#f0a377}.chart .curve{stroke:#e9eeec}.chart .edge{stroke:#e9eeec}.chart .none{fill:#344044}\
.chart .session{fill:#66c7bb}.chart .test{stroke:#e9eeec}.chart .both{stroke:#06211f}}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_wrapped_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("unsplittable x", 4), ["unsplittable", "x"]);
    }

    #[test]
    fn a_file_holds_its_look_and_a_page_does_not() {
        let drawing = Drawing {
            class: "ribbon",
            title: "A <title>".to_owned(),
            description: "What is seen".to_owned(),
            height: 100.0,
            inside: html! { circle .dot r="1" {} },
            table: html! {},
        };
        let page = drawing.on_page().into_string();
        assert!(!page.contains("<style") && !page.contains("style="), "a page refuses styles of its own");
        assert!(page.contains("<title>A &lt;title&gt;</title><desc>What is seen</desc>"), "{page}");
        let file = drawing.file();
        assert!(file.contains("xmlns=\"http://www.w3.org/2000/svg\"") && file.contains("prefers-color-scheme:dark"));
        assert!(file.contains("<text class=\"title\"") && file.ends_with("</svg>\n"), "{file}");
    }
}
