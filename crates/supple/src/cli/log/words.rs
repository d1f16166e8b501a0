use jiff::civil::Date;
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{Name, SessionFelt, Soreness, SpotChange, When};
use supple_core::state::{SessionRecord, Settings, Spot, State};
use supple_core::unit::Seconds;

/// What is in the log besides sessions, one line each: tight spots, routines, a changed plan, when a clinician was seen,
/// and settings that are not as they come.
pub(super) fn told(state: &State, today: Date) -> Vec<String> {
    let mut lines: Vec<String> = state.spots.iter().map(|spot| spot_words(state, spot, today)).collect();
    for routine in &state.routines {
        let saved = &routine.what;
        let goal = supple_knowledge::embedded().planning.goals.get(&saved.goal);
        let goal = goal.map_or(String::new(), |goal| format!("{}, ", goal.name));
        let wants: Vec<&str> = saved.wants.iter().map(|&region| region_name(region)).collect();
        let wants = if wants.is_empty() { String::new() } else { format!(": {}", wants.join(", ")) };
        lines.push(format!("Routine \"{}\": {goal}{} min{wants}", saved.name, saved.minutes.get()));
    }
    if let Some(arranged) = &state.arrangement {
        let blocks = crate::shell::page::count(arranged.what.doses.len() as u64, "block", "blocks");
        lines.push(format!(
            "You changed the plan of the last check-in: {blocks}. It is checked again before it starts."
        ));
    }
    if let Some(seen) = state.seen.last() {
        let day = seen.what.on.strftime("%-d %B %Y");
        lines.push(format!("Seen by a clinician on {day}; answers from before that was logged are asked again."));
    }
    lines.extend(settings_words(&state.settings));
    lines
}

/// What was said around a session: how it felt afterwards, and spots pressed before and after.
pub(super) fn around(state: &State, session: &SessionRecord) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(review) = state.reviews.iter().find(|review| review.what.session == session.id) {
        let felt = match review.what.felt {
            SessionFelt::Better => "better than before",
            SessionFelt::Same => "the same as before",
            SessionFelt::Worse => "worse than before",
        };
        let sore: Vec<String> = review.what.soreness.iter().map(sore_words).collect();
        let sore = if sore.is_empty() { String::new() } else { format!("; sore: {}", sore.join(", ")) };
        lines.push(format!("Afterwards it felt {felt}{sore}."));
    }
    for spot in &state.spots {
        for press in spot.presses.iter().filter(|press| press.what.session.as_deref() == Some(session.id.as_str())) {
            let when = when_words(press.what.when);
            lines.push(format!("Tight spot, {}: tender {} {when}.", spot_name(spot), press.what.tenderness));
        }
    }
    lines
}

fn spot_words(state: &State, spot: &Spot, today: Date) -> String {
    let marked = &spot.marked;
    let mut words = format!("Tight spot, {}", spot_name(spot));
    if marked.name.is_some() {
        words.push_str(&format!(" ({})", place(marked.region, marked.side)));
    }
    words.push_str(if marked.lump { ", a lump: " } else { ": " });
    let days = crate::shell::page::count(u64::from(spot.days_open(today).unsigned_abs()), "day", "days");
    words.push_str(&if spot.is_open() { format!("there for {days}") } else { format!("gone after {days}") });
    match spot.last_change().filter(|_| spot.is_open()) {
        Some(SpotChange::Easier) => words.push_str(", last time easier"),
        Some(SpotChange::Same) => words.push_str(", last time the same"),
        Some(SpotChange::Worse) => words.push_str(", last time worse"),
        Some(SpotChange::Gone) | None => {}
    }
    if let Some(press) = spot.presses.last() {
        words.push_str(&format!(", tender {} {}", press.what.tenderness, when_words(press.what.when)));
    }
    let pressure = spot.pressure(state);
    if pressure > Seconds::ZERO {
        words.push_str(&format!(", {pressure} of pressure since"));
    }
    words.push_str(if spot.worth_showing(today) { ". Worth showing to a clinician." } else { "." });
    words
}

fn spot_name(spot: &Spot) -> String {
    spot.marked.name.as_ref().map_or_else(|| place(spot.marked.region, spot.marked.side), Name::to_string)
}

fn sore_words(sore: &Soreness) -> String {
    format!("{} {}", place(sore.region, sore.side.unwrap_or(Side::Both)), sore.felt)
}

const fn when_words(when: When) -> &'static str {
    match when {
        When::Rest => "at rest",
        When::Before => "before a session",
        When::After => "after a session",
        When::BeforeWait => "before a wait without rolling",
        When::AfterWait => "after a wait without rolling",
    }
}

fn settings_words(settings: &Settings) -> Option<String> {
    let usual = Settings::default();
    let mut said: Vec<String> = Vec::new();
    if settings.theme != usual.theme {
        said.push(format!("{:?} pages", settings.theme).to_lowercase());
    }
    said.extend(settings.country.map(|country| format!("country {country}")));
    let switches = [
        (settings.voice, "voice"),
        (settings.tick, "tick"),
        (settings.tones, "tones"),
        (settings.breathe, "cue to breathe"),
    ];
    said.extend(switches.iter().filter(|(on, _)| !on).map(|(_, what)| format!("{what} off")));
    if settings.setup_seconds != usual.setup_seconds {
        said.push(format!("{} to set up", settings.setup_seconds.seconds()));
    }
    (!said.is_empty()).then(|| format!("Settings of the app: {}.", said.join(", ")))
}

fn place(region: RegionId, side: Side) -> String {
    format!("{}, {}", region_name(region), side_words(side))
}

fn region_name(region: RegionId) -> &'static str {
    supple_knowledge::embedded().regions.get(&region).map_or(region.id(), |known| known.name.as_str())
}
