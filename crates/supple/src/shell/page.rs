//! Text that fits the window it is read in.

use std::io::IsTerminal;

/// Where the engine wraps its sentences, in letters.
const ENGINE_WRAPS_AT: usize = 88;

/// How wide a page is: as wide as the window, up to where the engine wraps.
pub fn width() -> usize {
    let window = std::io::stdout().is_terminal().then(ratatui::crossterm::terminal::size).and_then(Result::ok);
    window.map_or(ENGINE_WRAPS_AT, |(columns, _)| usize::from(columns).clamp(40, ENGINE_WRAPS_AT))
}

/// How many lines the window has.
pub fn height() -> usize {
    ratatui::crossterm::terminal::size().map_or(24, |(_, lines)| usize::from(lines).max(12))
}

/// The engine's sentences, wrapped anew for a narrower window. Wider ones, files and pipes get them as they are.
pub fn fit(text: &str) -> String {
    fit_to(text, width())
}

fn fit_to(text: &str, width: usize) -> String {
    if width >= ENGINE_WRAPS_AT {
        return text.to_owned();
    }
    let mut paragraphs: Vec<String> = Vec::new();
    let mut last = 0;
    for line in text.lines() {
        let length = line.chars().count();
        let first_word = line.split_whitespace().next().map_or(0, |word| word.chars().count());
        match paragraphs.last_mut() {
            // A line ends where its next word did not fit; anything shorter ended by itself.
            Some(paragraph) if last > 0 && first_word > 0 && last + first_word >= ENGINE_WRAPS_AT => {
                paragraph.push(' ');
                paragraph.push_str(line.trim_start());
            }
            _ => paragraphs.push(line.to_owned()),
        }
        last = length;
    }
    paragraphs.iter().map(|paragraph| fold(paragraph, width)).collect::<Vec<_>>().join("\n")
}

/// A paragraph in lines of this width. The next lines stand under the first one's words, behind its bullet if it
/// has one.
fn fold(paragraph: &str, width: usize) -> String {
    let words = paragraph.trim_start();
    let bullet = if words.starts_with("- ") { 2 } else { 0 };
    let first = &paragraph[..paragraph.len() - words.len() + bullet];
    lines(&words[bullet..], width.saturating_sub(first.chars().count()).max(20))
        .iter()
        .enumerate()
        .map(|(at, line)| if at == 0 { format!("{first}{line}") } else { format!("{:1$}{line}", "", first.len()) })
        .collect::<Vec<_>>()
        .join("\n")
}

/// Words in lines of at most this width; a longer word gets a line of its own.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// "1 event", "2 events".
pub fn count(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::{fit_to, lines};

    #[test]
    fn a_sentence_the_engine_wrapped_is_wrapped_anew_and_nothing_else_is_joined() {
        let text = "Ready\n\n  \
            Put one calf on the roller and set the other foot flat on the floor, so that it and\n  \
            your hands carry part of your weight.\n  Short.\n  - A list.";
        let narrow = fit_to(text, 60);
        assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
        assert_eq!(narrow.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        assert!(narrow.ends_with("  Short.\n  - A list."), "{narrow}");
        assert_eq!(fit_to(text, 88), text);
    }

    #[test]
    fn a_word_wider_than_the_page_keeps_its_own_line() {
        assert_eq!(lines("a bcdefghijk l", 5), ["a", "bcdefghijk", "l"]);
    }
}
