//! What is shown on the map: how a region looks, and tight spots.

use super::View;
use supple_core::unit::Felt;

/// How one region on one side looks, and where a tap on it leads.
#[derive(Debug, Clone)]
pub struct RegionLook {
    /// What it is called with its side ("left calf"), with what is marked on it; read aloud and shown on hover.
    pub label: String,
    /// Where a tap leads; without it the shape is a picture.
    pub href: Option<String>,
    /// Its colour on the ramp of 0 to 10; none: plain.
    pub level: Option<Felt>,
    /// What is printed on it, so that colour is not the only sign: the level itself, or seconds.
    pub printed: Option<String>,
    /// Marked as tight: a dashed outline.
    pub tight: bool,
    /// Chosen or lit: an outline in the accent colour.
    pub chosen: bool,
    /// Whether Supple ever presses here; regions it never presses are drawn fainter.
    pub rollable: bool,
    /// Whether it is left alone for now, and how far.
    pub shut: Option<Shut>,
}

/// How far a place is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// It is not pressed.
    ToPressure,
    /// Nothing touches it, moves neither.
    ToAll,
}

impl RegionLook {
    /// A plain rollable region.
    #[must_use]
    pub const fn plain(label: String) -> Self {
        Self {
            label,
            href: None,
            level: None,
            printed: None,
            tight: false,
            chosen: false,
            rollable: true,
            shut: None,
        }
    }

    /// A tap leads here.
    #[must_use]
    pub fn leads_to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }

    /// Coloured by a level, with its number printed.
    #[must_use]
    pub fn at(self, level: Felt) -> Self {
        Self { level: Some(level), printed: Some(level.to_string()), ..self }
    }

    /// Left alone, with a sign printed on it: a cross for all, a dash for pressure.
    #[must_use]
    pub fn left_alone(self, shut: Shut) -> Self {
        let sign = match shut {
            Shut::ToPressure => "–",
            Shut::ToAll => "×",
        };
        Self { shut: Some(shut), printed: Some(sign.to_owned()), ..self }
    }

    /// Its classes; a plain region needs none.
    pub(super) fn classes(&self) -> Option<String> {
        let mut classes = Vec::new();
        for (on, class) in [(self.tight, "tight"), (self.chosen, "chosen"), (!self.rollable, "apart")] {
            if on {
                classes.push(class.to_owned());
            }
        }
        classes.extend(self.shut.map(|shut| match shut {
            Shut::ToPressure => "shut-press".to_owned(),
            Shut::ToAll => "shut-all".to_owned(),
        }));
        classes.extend(self.level.map(|level| format!("lvl-{level}")));
        if classes.is_empty() { None } else { Some(classes.join(" ")) }
    }
}

/// A spot someone put on the map.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The view it was put on.
    pub view: View,
    /// Map units from the left edge of the picture.
    pub x: f64,
    /// Map units from the top.
    pub y: f64,
    /// The number printed in the dot, counted from 1.
    pub number: u32,
    /// What it is called ("spot 1, outer left calf"); read aloud and shown on hover.
    pub label: String,
    /// Where a tap leads; without it the dot is a picture.
    pub href: Option<String>,
}
