//! A chart as a file: SVG as it is, or turned into a PNG here.

use super::Failure;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};
use std::path::PathBuf;
use std::sync::Arc;

/// Where the charts of a verb go.
#[derive(Debug, Default, clap::Args)]
pub struct Pictures {
    /// Write the chart into this SVG file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write the chart into this PNG file, in light colours; its letters are those of a font of this machine.
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
}

impl Pictures {
    /// Whether one is asked for.
    pub const fn asked(&self) -> bool {
        self.svg.is_some() || self.png.is_some()
    }

    /// Writes what is asked for; `draw` gives the SVG, or says why there is nothing to draw.
    ///
    /// # Errors
    /// `draw`'s, a file that cannot be written, and for a PNG a machine without a font.
    pub fn write(&self, draw: impl FnOnce() -> Result<String, Failure>) -> Result<(), Failure> {
        if !self.asked() {
            return Ok(());
        }
        let svg = draw()?;
        let keep = |file: &PathBuf, bytes: &[u8]| {
            std::fs::write(file, bytes).map_err(|error| Failure::error(error.to_string()).at(file))
        };
        if let Some(file) = &self.svg {
            keep(file, svg.as_bytes())?;
        }
        if let Some(file) = &self.png {
            keep(file, &png(&svg).map_err(|failure| failure.at(file))?)?;
        }
        Ok(())
    }
}

/// Fonts without serifs that many machines have; the first that is there is taken.
const FONTS: [&str; 12] = [
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Roboto",
    "Ubuntu",
    "Cantarell",
    "Helvetica Neue",
    "Helvetica",
    "Segoe UI",
    "Arial",
    "Open Sans",
    "FreeSans",
];

fn png(svg: &str) -> Result<Vec<u8>, Failure> {
    let broken = |error: String| Failure::error(format!("this chart cannot be turned into a picture: {error}"));
    let mut options = Options { fontdb: Arc::new(fonts()?), ..Options::default() };
    options.font_family = options.fontdb.family_name(&Family::SansSerif).to_owned();
    let tree = Tree::from_str(svg, &options).map_err(|error| broken(error.to_string()))?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| broken("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| broken(error.to_string()))
}

/// The fonts of this machine, with one that is there for words without serifs.
fn fonts() -> Result<Database, Failure> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let there = |name: &&&str| fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some();
    let known = FONTS.iter().find(there).map(|name| (*name).to_owned());
    let any = || fonts.faces().find_map(|face| face.families.first().map(|(name, _)| name.clone()));
    let family = known.or_else(any).ok_or_else(|| {
        Failure::error("there is no font on this machine to write its letters with; use --svg instead of --png")
    })?;
    fonts.set_sans_serif_family(family);
    Ok(fonts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dark pixels right of the middle, where the words of `chart` stand.
    fn ink(bytes: &[u8]) -> usize {
        let pixels = Pixmap::decode_png(bytes).expect("a picture");
        assert_eq!((pixels.width(), pixels.height()), (200, 60));
        pixels.pixels().iter().filter(|pixel| pixel.red() < 100 && pixel.alpha() > 0).count()
    }

    #[test]
    fn a_chart_becomes_a_picture_with_its_words_and_its_light_look() {
        let chart = |words: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 30\" width=\"200\" height=\"60\"><style>\
                 .p{{fill:#ffffff}}text{{font-family:system-ui,sans-serif;font-size:12px;fill:#000000}}\
                 @media(prefers-color-scheme:dark){{.p{{fill:#000000}}}}</style>\
                 <rect class=\"p\" width=\"100\" height=\"30\"/><text x=\"5\" y=\"20\">{words}</text></svg>"
            )
        };
        let empty = ink(&png(&chart("")).expect("this machine has a font"));
        let written = ink(&png(&chart("knee to wall")).expect("this machine has a font"));
        assert_eq!(empty, 0, "the paper is light, whatever the system likes");
        assert!(written > 100, "the words are drawn: {written} dark points");
    }

    #[test]
    fn what_is_no_drawing_is_said_to_be_none() {
        assert!(png("<p>").unwrap_err().message.contains("cannot be turned into a picture"));
    }
}
