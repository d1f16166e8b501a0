use super::draw::put;
use super::scene::Scene;
use super::text::turn;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A part of a column: what belongs together.
pub struct Part<'a> {
    lines: Vec<Line<'a>>,
    /// Left out for want of room, the highest first; 0 stays.
    rank: u8,
    /// May be shown page by page.
    pages: Option<Vec<String>>,
}

impl<'a> Part<'a> {
    /// A part that stays.
    pub const fn kept(lines: Vec<Line<'a>>) -> Self {
        Self { lines, rank: 0, pages: None }
    }

    /// A part that may be left out.
    pub const fn of(rank: u8, lines: Vec<Line<'a>>) -> Self {
        Self { lines, rank, pages: None }
    }

    /// What to do now: stays, page by page if it has to.
    pub const fn now(lines: Vec<String>) -> Self {
        Self { lines: Vec::new(), rank: 0, pages: Some(lines) }
    }

    /// Rows it takes.
    pub fn height(&self) -> usize {
        self.pages.as_ref().map_or(self.lines.len(), Vec::len)
    }
}

/// Puts parts one under another, with air between them where there is room, and without the least needed ones where
/// there is not.
pub fn stack(parts: &[Part], scene: &Scene, area: Rect, buf: &mut Buffer) {
    let room = usize::from(area.height);
    let mut shown: Vec<&Part> = parts.iter().collect();
    while tall(&shown, 0) > room {
        let Some(least) = shown.iter().map(|part| part.rank).max().filter(|&rank| rank > 0) else { break };
        shown.retain(|part| part.rank != least);
    }
    // Air goes where it helps most: between the first parts.
    let mut air = room.saturating_sub(tall(&shown, 0));
    let others: usize = shown.iter().filter(|part| part.pages.is_none()).map(|part| part.height()).sum();
    let mut row = 0;
    for part in shown {
        let height =
            if part.pages.is_some() { part.height().min(room.saturating_sub(others).max(1)) } else { part.height() };
        let lines = match &part.pages {
            Some(text) => turn(text.clone(), height, scene.shown_seconds).into_iter().map(Line::from).collect(),
            None => part.lines.clone(),
        };
        for (i, line) in lines.iter().enumerate() {
            put(line, u16::try_from(row + i).unwrap_or(u16::MAX), area, buf);
        }
        row += height + air.min(1);
        air = air.saturating_sub(1);
    }
}

/// Rows of the parts with so much air between two of them.
fn tall(parts: &[&Part], air: usize) -> usize {
    parts.iter().map(|part| part.height() + air).sum::<usize>().saturating_sub(air)
}
