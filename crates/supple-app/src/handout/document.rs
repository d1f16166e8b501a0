//! A hand-out as a file that needs nothing else: its look is inside.

use super::{Address, sheet};
use crate::assets::FILES;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use supple_core::knowledge::Knowledge;
use supple_core::share::Shared;

/// How it is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// The paper.
    pub paper: Paper,
    /// Letters of 17 points and more instead of 11.
    pub large: bool,
}

/// The paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Its name in style sheets and addresses.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::A4, Self::Letter].into_iter().find(|paper| paper.id() == id)
    }
}

impl Look {
    /// The classes of the element around the sheets.
    #[must_use]
    pub fn classes(self) -> String {
        format!("handouts {}{}", self.paper.id(), if self.large { " large" } else { "" })
    }
}

/// One file with each of these on pages of its own, in order: what is shared, and the label printed on it.
#[must_use]
pub fn document(
    knowledge: &Knowledge,
    sheets: &[(Shared, Option<String>)],
    address: Option<&Address>,
    look: Look,
) -> Markup {
    let style = FILES.iter().find(|file| file.name == "style.css").map(|file| file.bytes).unwrap_or_default();
    let size = match look.paper {
        Paper::A4 => "@page { size: A4; }",
        Paper::Letter => "@page { size: letter; }",
    };
    html! {
        (DOCTYPE)
        html lang="en" data-theme="light" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Hand-out · Supple" }
                style { (PreEscaped(String::from_utf8_lossy(style))) (size) }
            }
            body .page-handout {
                main class=(look.classes()) {
                    @for (shared, label) in sheets { (sheet(knowledge, shared, address, label.as_deref())) }
                }
            }
        }
    }
}
