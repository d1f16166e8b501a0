//! What a session sounds like, and how long the set-up takes.

use crate::cx::Cx;
use crate::form::Form;
use maud::{Markup, html};
use supple_core::event::SettingsChanged;
use supple_core::unit::SetupSeconds;

/// The form.
pub fn card(cx: &Cx<'_>) -> Markup {
    let settings = &cx.state.settings;
    let switches = [
        ("tones", "Tones for every cue", settings.tones),
        ("voice", "A voice, where the device has one", settings.voice),
        ("tick", "A tick for each pass", settings.tick),
        ("breathe", "Reminders to breathe out", settings.breathe),
    ];
    html! {
        section .card {
            h2 { "In a session" }
            (cx.form("sound", "settings/sound", html! {
                @for (name, says, on) in switches {
                    p { label .switch { input type="checkbox" name=(name) checked[on]; " " (says) } }
                }
                p { label { "Seconds to get into position " input type="number" name="setup_seconds" min="5" max="60"
                    inputmode="numeric" value=(settings.setup_seconds.get()); } }
                p .small { "This time is never taken out of the set. The first time a technique comes up, it waits \
                            for you." }
                button { "Save" }
            }))
        }
    }
}

/// What the form changes.
pub fn read(form: &Form) -> Result<SettingsChanged, &'static str> {
    let setup = form.read::<u8>("setup_seconds").and_then(|seconds| SetupSeconds::new(seconds).ok());
    Ok(SettingsChanged {
        voice: Some(form.has("voice")),
        tick: Some(form.has("tick")),
        tones: Some(form.has("tones")),
        breathe: Some(form.has("breathe")),
        setup_seconds: Some(setup.ok_or("Seconds to get into position: a whole number from 5 to 60.")?),
        ..SettingsChanged::default()
    })
}
