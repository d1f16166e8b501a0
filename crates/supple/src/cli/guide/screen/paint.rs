use ratatui::style::{Color, Modifier, Style};
use supple_core::guide::PhaseName;

/// The few colours of the screen, or none: then bold, dim and reverse tell the same.
///
/// They are the terminal's own sixteen, so that they fit what the person chose. Red is for stop alone.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    colours: bool,
}

impl Paint {
    /// Colours unless `NO_COLOR` is set.
    pub fn detect() -> Self {
        Self { colours: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) }
    }

    /// With or without colours.
    #[cfg(test)]
    pub const fn new(colours: bool) -> Self {
        Self { colours }
    }

    /// The stop key, in every state.
    pub fn stop(self) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.colours { bold.fg(Color::White).bg(Color::Red) } else { bold.add_modifier(Modifier::REVERSED) }
    }

    /// The countdown and its word.
    pub fn phase(self, phase: PhaseName) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        match phase {
            PhaseName::LeadIn => self.on(bold, Color::Yellow),
            PhaseName::Work => self.on(bold, Color::Cyan),
            PhaseName::Rest | PhaseName::Asking | PhaseName::Ended => self.on(bold, Color::Green),
            PhaseName::Paused => Style::new().add_modifier(Modifier::DIM),
            PhaseName::Waiting | PhaseName::SetUp | PhaseName::Off | PhaseName::Stopped => bold,
        }
    }

    /// What moves or fills.
    pub fn accent(self) -> Style {
        self.on(Style::new(), Color::Cyan)
    }

    /// What must be read before going on.
    pub fn care(self) -> Style {
        self.on(Style::new().add_modifier(Modifier::BOLD), Color::Yellow)
    }

    /// What was just said.
    pub fn note(self) -> Style {
        self.on(Style::new().add_modifier(Modifier::BOLD), Color::Green)
    }

    /// What one looks for.
    pub fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What may be passed over.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The number of an answer.
    pub fn badge(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    fn on(self, style: Style, colour: Color) -> Style {
        if self.colours { style.fg(colour) } else { style }
    }
}
