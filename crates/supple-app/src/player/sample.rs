//! A moving picture of the player, silent and without a script: what a session looks like, before any question.

use maud::{Markup, html};

/// Half a minute of a session on the calf, over and over. It stands still for people who asked for less motion.
#[must_use]
pub fn sample() -> Markup {
    html! {
        figure .sample {
            svg viewBox="0 0 300 420" role="img" aria-label="A session: a ring counts down 30 seconds, a marker shows \
                which way to roll the calf, and a red Stop button is always there." {
                rect .sample-screen x="1" y="1" width="298" height="418" rx="26" {}
                rect .sample-bar x="24" y="24" width="252" height="8" rx="4" {}
                rect .sample-done x="24" y="24" width="252" height="8" rx="4" {}
                text .sample-name x="150" y="66" text-anchor="middle" { "Calf on the roller" }
                text .sample-side x="150" y="88" text-anchor="middle" { "left side" }
                circle .ring-track cx="150" cy="186" r="76" pathLength="100" {}
                circle .ring-left cx="150" cy="186" r="76" pathLength="100" transform="rotate(-90 150 186)" {}
                @for (index, count) in COUNTS.iter().enumerate() {
                    text class={ "sample-count sample-count-" (index) } x="150" y="206" text-anchor="middle" { (count) }
                }
                text .sample-now .sample-out x="150" y="296" text-anchor="middle" { "Out: roll up slowly" }
                text .sample-now .sample-back x="150" y="296" text-anchor="middle" { "Back: and down again" }
                text .sample-now .sample-breathe x="150" y="296" text-anchor="middle" { "Breathe out" }
                rect .travel-rail x="40" y="316" width="220" height="10" rx="5" {}
                circle .sample-tool cx="52" cy="321" r="13" {}
                rect .sample-stop x="24" y="352" width="252" height="46" rx="23" {}
                text .sample-stop-word x="150" y="382" text-anchor="middle" { "Stop" }
            }
            figcaption .small { "Without the sound." }
        }
    }
}

/// What the ring shows, 5 s each.
const COUNTS: [&str; 6] = ["30", "25", "20", "15", "10", "5"];
