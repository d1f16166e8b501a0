//! Digits to be read from two metres away: a bitmap font of 5 by 7 dots, drawn with half blocks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Dots across, dots down.
const DOTS: (u16, u16) = (5, 7);
/// Dots between two digits.
const GAP: u16 = 1;

const FONT: [[&str; 7]; 10] = [
    ["#####", "#...#", "#...#", "#...#", "#...#", "#...#", "#####"],
    ["..#..", "###..", "..#..", "..#..", "..#..", "..#..", "#####"],
    ["#####", "....#", "....#", "#####", "#....", "#....", "#####"],
    ["#####", "....#", "....#", "#####", "....#", "....#", "#####"],
    ["#...#", "#...#", "#...#", "#####", "....#", "....#", "....#"],
    ["#####", "#....", "#....", "#####", "....#", "....#", "#####"],
    ["#####", "#....", "#....", "#####", "#...#", "#...#", "#####"],
    ["#####", "....#", "....#", "...#.", "..#..", "..#..", "..#.."],
    ["#####", "#...#", "#...#", "#####", "#...#", "#...#", "#####"],
    ["#####", "#...#", "#...#", "#####", "....#", "....#", "#####"],
];

/// Columns and rows that `number` takes with dots `scale` columns wide.
pub fn size(number: u32, scale: u16) -> (u16, u16) {
    let digits = u16::try_from(number.to_string().len()).unwrap_or(u16::MAX);
    let dots = digits.saturating_mul(DOTS.0 + GAP).saturating_sub(GAP);
    (dots.saturating_mul(scale), rows(scale))
}

/// Rows of any number with dots `scale` columns wide.
pub const fn rows(scale: u16) -> u16 {
    DOTS.1.saturating_mul(scale).div_ceil(2)
}

/// Draws `number` into the top left corner of `area`; what does not fit is left out.
pub fn draw(number: u32, scale: u16, style: Style, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let (width, height) = size(number, scale);
    let text = number.to_string();
    for y in 0..height.min(area.height) {
        for x in 0..width.min(area.width) {
            let symbol = match (lit(&text, scale, x, 2 * y), lit(&text, scale, x, 2 * y + 1)) {
                (true, true) => "█",
                (true, false) => "▀",
                (false, true) => "▄",
                (false, false) => continue,
            };
            buf[(area.x + x, area.y + y)].set_symbol(symbol).set_style(style);
        }
    }
}

/// Whether the dot under this column and half row is set.
fn lit(text: &str, scale: u16, column: u16, half_row: u16) -> bool {
    let (x, y) = (column / scale.max(1), half_row / scale.max(1));
    let digit = text.as_bytes().get(usize::from(x / (DOTS.0 + GAP))).map(|byte| usize::from(byte - b'0'));
    let rows = digit.and_then(|digit| FONT.get(digit));
    let dots = rows.and_then(|rows| rows.get(usize::from(y)));
    dots.and_then(|dots| dots.as_bytes().get(usize::from(x % (DOTS.0 + GAP)))) == Some(&b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_drawn_in_blocks() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 11, 4));
        draw(42, 1, Style::default(), buf.area, &mut buf);
        let expected = ["█   █ ▀▀▀▀█", "█▄▄▄█ ▄▄▄▄█", "    █ █    ", "    ▀ ▀▀▀▀▀"];
        assert_eq!(buf, Buffer::with_lines(expected));
    }

    #[test]
    fn a_number_that_does_not_fit_is_cut_and_nothing_breaks() {
        for (width, height) in [(0, 0), (1, 1), (7, 2), (30, 3)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
            draw(u32::MAX, 3, Style::default(), Rect::new(0, 0, 100, 100), &mut buf);
        }
    }
}
