//! A text as a QR code.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc, Version};
use std::fmt::Write as _;
use supple_core::share::MOST_BYTES_IN_CODE;

/// Modules of white around it, as the standard asks for.
const QUIET: i32 = 4;
/// The largest code that is drawn: 117 by 117 modules.
const LARGEST: u8 = 25;

/// The modules of a code, row by row from the top left, `true` where it is dark; none where the text is too long.
///
/// Medium error correction: 15 % of it may be dirty or creased.
#[must_use]
pub fn modules(text: &str) -> Option<Vec<Vec<bool>>> {
    if text.len() > MOST_BYTES_IN_CODE {
        return None;
    }
    let segments = qrcodegen::QrSegment::make_segments(text);
    let code = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::new(LARGEST),
        None,
        false,
    );
    let code = code.ok()?;
    let side = code.size();
    Some((0..side).map(|y| (0..side).map(|x| code.get_module(x, y)).collect()).collect())
}

/// The code as an inline SVG with `name` as its text alternative; none where the text is too long.
#[must_use]
pub fn svg(text: &str, name: &str) -> Option<Markup> {
    let rows = modules(text)?;
    let mut dark = String::new();
    for (y, row) in (QUIET..).zip(&rows) {
        let mut x = QUIET;
        for run in row.chunk_by(|a, b| a == b) {
            let length = i32::try_from(run.len()).unwrap_or(0);
            if run[0] {
                // Writing to a string cannot fail.
                let _ = write!(dark, "M{x} {y}h{length}v1h-{length}z");
            }
            x += length;
        }
    }
    let side = rows.len() + 2 * QUIET.unsigned_abs() as usize;
    Some(html! {
        svg .qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect .qr-paper width=(side) height=(side) fill="#ffffff" {}
            path .qr-ink d=(dark) fill="#000000" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES_IN_CODE, QUIET, modules, svg};

    /// As a camera sees it: each module eight points wide, white around it.
    fn seen(text: &str) -> Option<String> {
        let rows = modules(text)?;
        let (scale, quiet) = (8, QUIET as usize);
        let side = (rows.len() + 2 * quiet) * scale;
        let dark = |x: usize, y: usize| {
            let (x, y) = ((x / scale).checked_sub(quiet), (y / scale).checked_sub(quiet));
            x.zip(y).and_then(|(x, y)| rows.get(y)?.get(x).copied()).unwrap_or(false)
        };
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is found");
        grids[0].decode().ok().map(|(_, content)| content)
    }

    #[test]
    fn another_program_reads_every_length_up_to_the_limit_and_one_more_gives_none() {
        let text = |length: usize| {
            let link = "https://example.org/receive#supple1:mobility/12;p=";
            link.chars().chain("calf_roller.l.2x60.4,".chars().cycle()).take(length).collect::<String>()
        };
        for length in [1, 60, 200, 500, MOST_BYTES_IN_CODE - 1, MOST_BYTES_IN_CODE] {
            assert_eq!(seen(&text(length)), Some(text(length)), "{length}");
        }
        assert_eq!(modules(&text(MOST_BYTES_IN_CODE)).unwrap().len(), 117, "the largest code that is drawn");
        assert_eq!(modules(&text(MOST_BYTES_IN_CODE + 1)), None);
    }

    #[test]
    fn the_drawing_has_the_dark_modules_and_no_others() {
        let text = "supple1:recovery/9;a=calf";
        let drawn = svg(text, "code").unwrap().into_string();
        let path = drawn.split("d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut dark = 0;
        for run in path.split('M').skip(1) {
            let length: usize = run.split('h').nth(1).unwrap().split('v').next().unwrap().parse().unwrap();
            dark += length;
        }
        assert_eq!(dark, modules(text).unwrap().iter().flatten().filter(|dark| **dark).count());
    }
}
