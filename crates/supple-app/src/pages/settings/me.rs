//! Me: age, weight, tools, places, and what to leave out.

use crate::cx::Cx;
use crate::form::Form;
use crate::pages::today::person::{at_hand, chosen_tools, tools};
use maud::{Markup, html};
use supple_core::event::ProfileChanged;
use supple_core::knowledge::{Place, Posture};
use supple_core::unit::{AgeYears, Kilograms};

const PLACES: [(Place, &str, &str); 3] = [
    (Place::Floor, "floor", "on the floor"),
    (Place::Wall, "wall", "at a wall"),
    (Place::Chair, "chair", "on a chair"),
];

const POSTURES: [(Posture, &str, &str); 5] = [
    (Posture::Kneeling, "kneeling", "kneeling"),
    (Posture::WeightOnHands, "weight_on_hands", "weight on the hands"),
    (Posture::LyingFaceDown, "lying_face_down", "lying face down"),
    (Posture::LyingOnBack, "lying_on_back", "lying on the back"),
    (Posture::LyingOnSide, "lying_on_side", "lying on the side"),
];

/// The form.
pub fn card(cx: &Cx<'_>) -> Markup {
    let profile = &cx.state.profile;
    html! {
        section .card {
            h2 { "Me" }
            (cx.form("me", "settings/me", html! {
                p { label { "Age in years " input type="number" name="age" min="0" max="120" inputmode="numeric"
                    value=[profile.age_on(cx.now().date()).map(AgeYears::get)]; } }
                p { label { "Weight in kg, if you like " input type="text" name="mass" inputmode="decimal" size="6"
                    value=[profile.body_mass_kg.map(|mass| mass.kilograms().to_string())]; }
                    span .small { " Only to say how hard a tool presses." } }
                fieldset { legend { "What I have at hand" } (tools(cx)) }
                fieldset {
                    legend { "Where I can roll" }
                    input type="hidden" name="places_shown" value="1";
                    div .choices {
                        @for (place, id, name) in PLACES {
                            label .choice {
                                input type="checkbox" name="place" value=(id)
                                    checked[profile.places.as_ref().is_none_or(|places| places.contains(&place))];
                                span { (name) }
                            }
                        }
                    }
                }
                fieldset {
                    legend { "Leave out" }
                    div .choices {
                        @for (posture, id, name) in POSTURES {
                            label .choice {
                                input type="checkbox" name="no" value=(id) checked[profile.no.contains(&posture)];
                                span { (name) }
                            }
                        }
                    }
                }
                button { "Save" }
            }))
        }
    }
}

/// What the form changes, or what cannot be taken.
pub fn read(cx: &Cx<'_>, form: &Form) -> Result<Option<ProfileChanged>, Vec<&'static str>> {
    let profile = &cx.state.profile;
    let mut change = ProfileChanged::default();
    let mut problems = Vec::new();
    if let Some(text) = form.get("age") {
        match text.parse().ok().and_then(|age| AgeYears::new(age).ok()) {
            Some(age) if Some(age) != profile.age_on(cx.now().date()) => change.age_years = Some(age),
            Some(_) => {}
            None => problems.push("Age: a whole number of years from 0 to 120."),
        }
    }
    if let Some(text) = form.get("mass") {
        let kg = text.trim_end_matches("kg").trim_end().replace(',', ".");
        match kg.parse().ok().and_then(|kg| Kilograms::new(kg).ok()) {
            Some(mass) if Some(mass) != profile.body_mass_kg => change.body_mass_kg = Some(mass),
            Some(_) => {}
            None => problems.push("Weight: a number of kilograms such as 72 or 72.5, or nothing."),
        }
    }
    let places: Vec<Place> = PLACES
        .into_iter()
        .filter(|(_, id, _)| form.all("place").any(|place| place == *id))
        .map(|(place, ..)| place)
        .collect();
    if form.has("places_shown") {
        if places.is_empty() {
            problems.push("Where: mark at least one of floor, wall and chair.");
        } else if profile.places.as_ref() != Some(&places) {
            change.places = Some(places.clone());
        }
        let no: Vec<Posture> = POSTURES
            .into_iter()
            .filter(|(_, id, _)| form.all("no").any(|no| no == *id))
            .map(|(posture, ..)| posture)
            .collect();
        if no != profile.no {
            change.no = Some(no);
        }
    }
    if form.has("tools_shown") {
        let tools = at_hand(chosen_tools(form), form.has("places_shown").then_some(places.as_slice()));
        if tools.is_empty() {
            problems.push("Tools: mark at least one. A tennis ball in a sock or a filled bottle will do.");
        }
        change.tool_firmness = Some(tools.iter().filter_map(|(tool, hard)| Some((*tool, (*hard)?))).collect());
        change.tools = Some(tools.into_keys().collect());
        if change.tools.as_ref() == Some(&profile.tools)
            && change.tool_firmness.as_ref() == Some(&profile.tool_firmness)
        {
            (change.tools, change.tool_firmness) = (None, None);
        }
    }
    if problems.is_empty() {
        Ok(Some(change).filter(|change| *change != ProfileChanged::default()))
    } else {
        Err(problems)
    }
}
