//! Lines as RFC 5545 wants them: escaped, folded at 75 octets, ended with CR and LF.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// Most octets of a line, its end not counted.
const MOST_OCTETS: usize = 75;

/// The lines of a file.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line that needs no escaping.
    pub fn line(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > MOST_OCTETS {
                // The space counts to the next line.
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(&format!("{name}:{}", escaped(text)));
    }

    /// The file.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// A text as a value. Line ends of every kind are one; other control characters have no place in the format.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match letter {
            '\n' => value.push_str("\\n"),
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\t' => value.push(letter),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// `20261123`.
pub fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `20261123T180000`.
pub fn local(at: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", date(at.date()), at.hour(), at.minute(), at.second())
}

/// `20261123T170000Z`.
pub fn utc(at: Timestamp) -> String {
    format!("{}Z", local(jiff::tz::TimeZone::UTC.to_datetime(at)))
}

/// `+0100`, with seconds where there are some.
pub fn offset(offset: jiff::tz::Offset) -> String {
    let (sign, seconds) = (if offset.is_negative() { '-' } else { '+' }, offset.seconds().unsigned_abs());
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::{Lines, date, escaped, local, offset, utc};
    use proptest::prelude::*;

    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        // A line begins with the name of a property, never with a space: that would be a folded one.
        fn no_line_is_over_75_octets_and_unfolded_each_is_as_it_was(lines in prop::collection::vec("[A-Z][a-zé€😀 ;]{0,200}", 1..5)) {
            let mut file = Lines::default();
            for line in &lines {
                file.line(line);
            }
            let text = file.into_text();
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{}", line.len());
            }
            prop_assert_eq!(unfolded(&text), lines);
        }
    }

    #[test]
    fn a_line_of_75_octets_stays_and_one_of_76_is_folded() {
        let folded = |octets: usize| {
            let mut file = Lines::default();
            file.line(&"a".repeat(octets));
            file.into_text()
        };
        assert_eq!(folded(75), format!("{}\r\n", "a".repeat(75)));
        assert_eq!(folded(76), format!("{}\r\n a\r\n", "a".repeat(75)));
        assert_eq!(folded(75 + 74 + 1), format!("{}\r\n {}\r\n a\r\n", "a".repeat(75), "a".repeat(74)));
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne\r\nf\rg\u{7}h:\"i\""), "a\\;b\\,c\\\\d\\ne\\nf\\ngh:\"i\"");
    }

    #[test]
    fn days_and_times_are_written_in_digits_alone() {
        let at = jiff::civil::date(2026, 3, 9).at(7, 5, 0, 0);
        assert_eq!((date(at.date()), local(at)), ("20260309".to_owned(), "20260309T070500".to_owned()));
        assert_eq!(utc("2026-11-22T17:00:00.9Z".parse().unwrap()), "20261122T170000Z");
        let of = |seconds| offset(jiff::tz::Offset::from_seconds(seconds).unwrap());
        assert_eq!([of(3600), of(-34_200), of(0), of(-1172)], ["+0100", "-0930", "+0000", "-001932"]);
    }
}
