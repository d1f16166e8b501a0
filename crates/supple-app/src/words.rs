//! Words that several pages share: places, times, scales.

use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::date_words;
use supple_core::knowledge::{Grade, Knowledge};
use supple_core::unit::{Felt, Seconds};

/// A region as people call it: "calf".
pub fn region(knowledge: &Knowledge, region: RegionId) -> &str {
    knowledge.regions.get(&region).map_or(region.id(), |known| known.name.as_str())
}

/// A place as people call it, at the beginning of a line: "Calf, left".
pub fn place(knowledge: &Knowledge, id: RegionId, side: Side) -> String {
    format!("{}, {}", capitalised(region(knowledge, id)), side_words(side))
}

/// The first letter in capitals.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A number without decimals, as `{:.0}` writes it but in a tenth of the time.
#[allow(clippy::cast_possible_truncation)] // what is shown is far below 2^63
pub const fn whole(number: f64) -> i64 {
    number.round_ties_even() as i64
}

/// "1 thing", "3 things".
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A time on a watch: `0:20`, `12:05`.
pub fn clock(seconds: Seconds) -> String {
    format!("{}:{:02}", seconds.get() / 60, seconds.get() % 60)
}

/// A day with its name: "Sunday 22 November".
pub fn day(at: jiff::civil::Date) -> String {
    format!("{} {} {}", date_words::weekday(at.weekday()), at.day(), date_words::month(at))
}

/// A time of day in the zone it happened in: "18:05".
pub fn time_of_day(at: &Zoned) -> String {
    hours_and_minutes(at.time())
}

/// "18:02".
pub fn hours_and_minutes(at: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// How sure anybody can be, in the four words people read: "good evidence".
pub fn grade(knowledge: &Knowledge, grade: Grade) -> &str {
    knowledge.grades.get(&grade).map_or("", |words| words.label.as_str())
}

/// A point on the scale of pressure, in words.
pub const fn pressure(felt: Felt) -> &'static str {
    match felt.get() {
        0 => "nothing",
        1 => "hardly anything",
        2 => "light",
        3 => "more than light, not yet an ache",
        4 => "a pleasant ache while you breathe easily",
        5 => "a clear ache, still breathing easily",
        6 => "the most we allow",
        _ => "too strong",
    }
}

/// A point on the scale of soreness, in words; points between two named ones have none.
pub const fn soreness(points: u8) -> Option<&'static str> {
    match points {
        0 => Some("none"),
        3 => Some("notice it on stairs"),
        6 => Some("changes how I move"),
        10 => Some("the worst"),
        _ => None,
    }
}

/// Eleven large buttons from 0 to 10, none of them chosen, unless something was typed before.
pub fn soreness_scale(name: &str, chosen: Option<u8>) -> Markup {
    html! {
        div .scale {
            @for points in 0..=10_u8 {
                label .point {
                    input type="radio" name=(name) value=(points) checked[chosen == Some(points)];
                    span { (points) @if let Some(words) = soreness(points) { small .visually-hidden { " " (words) } } }
                }
            }
        }
        p .small .scale-words aria-hidden="true" {
            @for points in 0..=10_u8 {
                @if let Some(words) = soreness(points) { span { b { (points) } " " (words) } " " }
            }
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
