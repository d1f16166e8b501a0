use crate::event::{CountryCode, SettingsChanged, Theme};
use crate::unit::SetupSeconds;

/// How Supple looks and sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // four switches that a person sets one by one
pub struct Settings {
    /// Light or dark pages.
    pub theme: Theme,
    /// Whose emergency number is shown, if a country was chosen.
    pub country: Option<CountryCode>,
    /// Whether cues are spoken.
    pub voice: bool,
    /// Whether the cadence ticks.
    pub tick: bool,
    /// Whether cues have tones.
    pub tones: bool,
    /// Whether there is a cue to breathe out every few strokes.
    pub breathe: bool,
    /// Seconds to get into position before a block.
    pub setup_seconds: SetupSeconds,
}

impl Default for Settings {
    /// Everything that guides a person who cannot look is on until it is turned off.
    fn default() -> Self {
        Self {
            theme: Theme::System,
            country: None,
            voice: true,
            tick: true,
            tones: true,
            breathe: true,
            setup_seconds: SetupSeconds::DEFAULT,
        }
    }
}

impl Settings {
    /// Takes over what was said; the rest stays.
    pub(super) fn apply(&mut self, change: &SettingsChanged) {
        self.theme = change.theme.unwrap_or(self.theme);
        self.country = change.country.or(self.country);
        self.voice = change.voice.unwrap_or(self.voice);
        self.tick = change.tick.unwrap_or(self.tick);
        self.tones = change.tones.unwrap_or(self.tones);
        self.breathe = change.breathe.unwrap_or(self.breathe);
        self.setup_seconds = change.setup_seconds.unwrap_or(self.setup_seconds);
    }
}
