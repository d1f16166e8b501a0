//! Words on a grid: wrapping, and the few phrases that the engine leaves to the screen.

use ratatui::text::Span;
use supple_core::guide::{PhaseName, View};

/// The text in lines of at most `width` columns, broken between words. Only a word wider than a line is cut.
pub fn wrap(text: &str, width: u16) -> Vec<String> {
    let width = usize::from(width);
    if width == 0 {
        return Vec::new();
    }
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            let joined = columns(&line) + usize::from(!line.is_empty()) + columns(&piece);
            if joined > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&piece);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// Columns a text takes.
pub fn columns(text: &str) -> usize {
    Span::raw(text).width()
}

/// A word, or the parts of one that is wider than a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let mut wider = pieces.last().cloned().unwrap_or_default();
        wider.push(letter);
        match pieces.last_mut() {
            Some(last) if columns(&wider) <= width || last.is_empty() => *last = wider,
            _ => pieces.push(letter.to_string()),
        }
    }
    pieces
}

/// The lines that fit into `height`; what does not is shown in turn, page by page, rather than cut.
pub fn turn(lines: Vec<String>, height: usize, seconds_shown: u64) -> Vec<String> {
    /// Time to read a page.
    const PAGE_SECONDS: u64 = 7;
    if lines.len() <= height || height == 0 {
        return lines.into_iter().take(height).collect();
    }
    let turned = usize::try_from(seconds_shown / PAGE_SECONDS).unwrap_or(0);
    let page = turned % lines.len().div_ceil(height);
    lines.into_iter().skip(page * height).take(height).collect()
}

/// Seconds as `m:ss`.
pub fn minutes(seconds: u64) -> String {
    super::super::clock(seconds.saturating_mul(1000))
}

/// What holds, in one or two words.
pub const fn phase_word(view: &View, moves: bool) -> &'static str {
    match view.phase {
        PhaseName::Waiting | PhaseName::SetUp => "SET UP",
        PhaseName::LeadIn => "GET READY",
        PhaseName::Work if view.seconds_per_pass.is_some() => "ROLL",
        PhaseName::Work if moves => "MOVE",
        PhaseName::Work => "HOLD",
        PhaseName::Rest => "REST",
        PhaseName::Asking => "LIFT OFF",
        PhaseName::Paused => "PAUSED",
        PhaseName::Off => "PRESSURE OFF",
        PhaseName::Stopped => "STOPPED",
        PhaseName::Ended => "DONE",
    }
}

/// A felt pressure in words: the scale of the product (`unit::Felt`), with the points between in our own.
pub const fn felt_words(points: u8) -> &'static str {
    match points {
        0 => "nothing",
        1 => "barely there",
        2 => "light",
        3 => "clear, not yet an ache",
        4 => "a pleasant ache, breathing easily",
        5 => "strong, breathing easily",
        6 => "the most we allow",
        _ => "too strong: lift off",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(wrap("Roll slowly, 3 s each way.", 12), ["Roll slowly,", "3 s each", "way."]);
        assert_eq!(wrap("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
        assert_eq!(wrap("anything", 0), Vec::<String>::new());
        assert_eq!(wrap("", 10), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_shown_in_turn_the_first_page_first() {
        let lines: Vec<String> = (1..=5).map(|n| n.to_string()).collect();
        let shown: Vec<_> = [0, 6, 7, 14, 21].map(|shown| turn(lines.clone(), 2, shown).join(" ")).into();
        assert_eq!(shown, ["1 2", "1 2", "3 4", "5", "1 2"]);
        assert_eq!(turn(lines.clone(), 5, 9), lines);
        assert!(turn(lines, 0, 9).is_empty());
    }
}
