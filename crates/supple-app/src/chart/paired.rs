use maud::{Markup, html};

/// The gains of one block: of the first way and of the second; either may be missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// What the first way gave.
    pub first: Option<f64>,
    /// What the second way gave.
    pub second: Option<f64>,
}

const LEFT: f64 = 96.0;
const RIGHT: f64 = 256.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 156.0;

/// Gains of two ways side by side: a dot for each session, joined within a block, a bar for each mean, a line at no
/// gain. `what` says what it shows; the numbers stand in the page as a table too. `decimals` of the labels.
#[must_use]
pub fn paired(what: &str, labels: [&str; 2], blocks: &[Block], decimals: usize) -> Markup {
    let all = || blocks.iter().flat_map(|block| block.first.into_iter().chain(block.second));
    let (Some(low), Some(high)) = (all().reduce(f64::min), all().reduce(f64::max)) else { return html! {} };
    let (low, high) = (low.min(0.0), high.max(0.0));
    let room = if high - low > 0.0 { (high - low) * 0.08 } else { 1.0 };
    let (low, high) = (low - room, high + room);
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
    let means = [mean(blocks.iter().filter_map(|b| b.first)), mean(blocks.iter().filter_map(|b| b.second))];
    html! {
        svg .paired viewBox="0 0 328 196" role="img" aria-label=(what) {
            (line(&y, 0.0, decimals))
            // Other lines only where their labels do not run into the one at no gain.
            @for value in [low + room, high - room] {
                @if (y(value) - y(0.0)).abs() >= 14.0 { (line(&y, value, decimals)) }
            }
            @for block in blocks {
                @if let (Some(first), Some(second)) = (block.first, block.second) {
                    line .join x1=(one(LEFT)) y1=(one(y(first))) x2=(one(RIGHT)) y2=(one(y(second))) {}
                }
                @if let Some(first) = block.first { circle .first cx=(one(LEFT)) cy=(one(y(first))) r="4.5" {} }
                @if let Some(second) = block.second { circle .second cx=(one(RIGHT)) cy=(one(y(second))) r="4.5" {} }
            }
            @for (place, mean) in [LEFT, RIGHT].into_iter().zip(means) {
                @if let Some(mean) = mean {
                    line .mean x1=(one(place - 26.0)) x2=(one(place + 26.0)) y1=(one(y(mean))) y2=(one(y(mean))) {}
                }
            }
            @for (place, label) in [LEFT, RIGHT].into_iter().zip(labels) {
                @for (line, words) in (0..).zip(lines(label)) {
                    text .label x=(one(place)) y=(one(174.0 + 14.0 * f64::from(line))) text-anchor="middle" { (words) }
                }
            }
        }
    }
}

fn line(y: &impl Fn(f64) -> f64, value: f64, decimals: usize) -> Markup {
    html! {
        line .grid .nought[value == 0.0] x1="44" x2="320" y1=(one(y(value))) y2=(one(y(value))) {}
        text .label x="38" y=(one(y(value) + 4.0)) text-anchor="end" { (format!("{value:.decimals$}")) }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut count, mut sum) = (0_u32, 0.0);
    for value in values {
        count += 1;
        sum += value;
    }
    (count > 0).then(|| sum / f64::from(count))
}

/// A label in at most two lines of about 24 letters.
fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + word.chars().count() > 22 && lines.len() < 2 {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}

/// Always one decimal, so that the bytes are the same everywhere.
fn one(units: f64) -> String {
    format!("{units:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_session_is_a_dot_and_a_whole_block_is_joined() {
        let blocks = [Block { first: Some(2.0), second: Some(0.0) }, Block { first: Some(1.0), second: None }];
        let svg = paired("Gains", ["Roll for a minute", "Rest"], &blocks, 1).into_string();
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("class=\"join\"").count(), 1);
        assert_eq!(svg.matches("class=\"mean\"").count(), 2);
        // From -0.16 to 2.16 over 144 units: nought lies at 156 - 144 * 0.16 / 2.32, two at 12 + 144 * 0.16 / 2.32.
        assert!(svg.contains("cy=\"146.1\"") && svg.contains("cy=\"21.9\""), "{svg}");
        assert!(svg.contains("y1=\"53.0\""), "the mean of one and two lies between: {svg}");
    }

    #[test]
    fn nothing_read_is_no_picture() {
        assert_eq!(paired("Gains", ["a", "b"], &[], 1).into_string(), "");
    }

    #[test]
    fn a_long_label_takes_two_lines() {
        assert_eq!(lines("A minute with the stick, then nothing"), ["A minute with the", "stick, then nothing"]);
    }
}
