//! Paths of the drawing: mirrored, and asked whether a point lies inside.

use super::outlines::WIDTH;

/// Straight pieces a Bezier curve is cut into. With 12, no curve of the drawing is missed by half a map unit.
const PIECES: u32 = 12;

/// A point in map units.
pub type Point = (f64, f64);

/// One step of a path.
#[derive(Clone, Copy)]
enum Step {
    /// A new outline begins at an absolute point.
    Start(i32, i32),
    /// A curve: two handles and an end, relative to where the path stands.
    Curve([i32; 6]),
}

/// Reads a path of `outlines.rs`, which knows only `M`, `c` and `z`.
fn steps(path: &str) -> impl Iterator<Item = Step> + '_ {
    let letter = |c: char| c.is_ascii_alphabetic();
    path.split_inclusive(letter)
        .scan('z', move |command, piece| {
            let reading = *command;
            *command = piece.chars().next_back().unwrap_or('z');
            Some((reading, piece.trim_end_matches(letter)))
        })
        .flat_map(|(command, text)| {
            let numbers = numbers(text);
            match command {
                'M' => vec![Step::Start(numbers[0], numbers[1])],
                'c' => numbers.chunks_exact(6).map(|c| Step::Curve([c[0], c[1], c[2], c[3], c[4], c[5]])).collect(),
                _ => Vec::new(),
            }
        })
}

/// Whole numbers parted by a blank or by their own minus.
fn numbers(text: &str) -> Vec<i32> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c == ' ' || c == '-' {
            found.extend(text[start..at].trim().parse::<i32>());
            start = at;
        }
    }
    found
}

/// The smallest and the largest corner of a box that holds a path and the handles of its curves.
pub fn corners(path: &str) -> ((i32, i32), (i32, i32)) {
    let (mut low, mut high) = ((i32::MAX, i32::MAX), (i32::MIN, i32::MIN));
    let mut hold = |(x, y): (i32, i32)| {
        low = (low.0.min(x), low.1.min(y));
        high = (high.0.max(x), high.1.max(y));
    };
    // Read here and not with `steps`, without a heap: a page asks this of every shape for each of its small pictures.
    let (mut at, mut x, mut pairs) = ((0, 0), None, 0);
    let (mut start, mut relative) = (0, false);
    for (index, byte) in path.bytes().enumerate().chain([(path.len(), b' ')]) {
        if byte.is_ascii_digit() {
            continue;
        }
        if let Ok(number) = path[start..index].trim().parse::<i32>() {
            match x.take() {
                None => x = Some(number),
                Some(x) => {
                    let to = if relative { (at.0 + x, at.1 + number) } else { (x, number) };
                    hold(to);
                    pairs += 1;
                    if !relative || pairs % 3 == 0 {
                        at = to;
                    }
                }
            }
        }
        start = if byte.is_ascii_alphabetic() { index + 1 } else { index };
        match byte {
            b'M' => relative = false,
            b'c' => (relative, pairs) = (true, 0),
            _ => {}
        }
    }
    (low, high)
}

/// The same path on the other half of the body, or an outline moved there.
pub fn mirrored(path: &str) -> String {
    let mut text = String::with_capacity(path.len() + 16);
    for step in steps(path) {
        match step {
            Step::Start(x, y) => {
                if !text.is_empty() {
                    text.push('z');
                }
                text.push_str(&format!("M{} {y}c", WIDTH - x));
            }
            Step::Curve(by) => {
                for (at, number) in by.into_iter().enumerate() {
                    let number = if at % 2 == 0 { -number } else { number };
                    if number >= 0 && !text.ends_with('c') {
                        text.push(' ');
                    }
                    text.push_str(&number.to_string());
                }
            }
        }
    }
    text.push('z');
    text
}

/// The outlines as closed lines of short straight pieces.
pub fn flatten(path: &str) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    let mut at = (0.0, 0.0);
    for step in steps(path) {
        match step {
            Step::Start(x, y) => {
                at = (f64::from(x), f64::from(y));
                lines.push(vec![at]);
            }
            Step::Curve(by) => {
                let point = |k: usize| (at.0 + f64::from(by[k]), at.1 + f64::from(by[k + 1]));
                let (first, second, end) = (point(0), point(2), point(4));
                let line = lines.last_mut().into_iter();
                for line in line {
                    line.extend((1..=PIECES).map(|piece| {
                        let t = f64::from(piece) / f64::from(PIECES);
                        let u = 1.0 - t;
                        let (a, b, c, d) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
                        let along = |p: f64, q: f64, r: f64, s: f64| a * p + b * q + c * r + d * s;
                        (along(at.0, first.0, second.0, end.0), along(at.1, first.1, second.1, end.1))
                    }));
                }
                at = end;
            }
        }
    }
    lines
}

/// Whether a point lies inside closed lines (a line from it to the right crosses them an odd number of times).
pub fn contains(lines: &[Vec<Point>], (x, y): Point) -> bool {
    let mut inside = false;
    for line in lines {
        for (k, &(x1, y1)) in line.iter().enumerate() {
            let (x2, y2) = line[(k + 1) % line.len()];
            if (y1 > y) != (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1) {
                inside = !inside;
            }
        }
    }
    inside
}

/// The smallest and the largest corner of closed lines.
pub fn bounds(lines: &[Vec<Point>]) -> (Point, Point) {
    lines.iter().flatten().fold(((f64::MAX, f64::MAX), (f64::MIN, f64::MIN)), |(low, high), &(x, y)| {
        ((low.0.min(x), low.1.min(y)), (high.0.max(x), high.1.max(y)))
    })
}

/// Area inside closed lines that do not cross, in square map units.
pub fn area(lines: &[Vec<Point>]) -> f64 {
    let twice = |line: &Vec<Point>| -> f64 {
        line.iter()
            .enumerate()
            .map(|(k, a)| {
                let b = line[(k + 1) % line.len()];
                a.0 * b.1 - b.0 * a.1
            })
            .sum()
    };
    lines.iter().map(|line| twice(line).abs() / 2.0).sum()
}
