//! Who it is and with what they roll: asked once, then only confirmed.

use crate::shell::{Diary, Failure};
use inquire::{Confirm, CustomType, MultiSelect, Select, Text};
use std::collections::BTreeMap;
use std::fmt;
use supple_core::event::{EventBody, ProfileChanged};
use supple_core::knowledge::{Firmness, Place, Posture, ToolId};
use supple_core::unit::{AgeYears, Kilograms};

pub fn ask(diary: &mut Diary) -> Result<(), Failure> {
    let known = diary.state().profile.clone();
    let today = diary.now().date();
    let mut change = ProfileChanged::default();
    let age = match known.age_on(today) {
        Some(age) => Some(age),
        None => {
            let years = CustomType::<u8>::new("How old are you?")
                .with_help_message("Some limits go by age.")
                .with_error_message("a whole number of years, 0 to 120")
                .with_parser(&|text| text.parse().ok().filter(|years| *years <= 120).ok_or(()))
                .prompt()?;
            change.age_years = AgeYears::new(years).ok();
            change.age_years
        }
    };
    let adult_from = supple_knowledge::embedded().limits.age.adult_from_years;
    if age.is_some_and(|age| age.get() < adult_from) && !known.adult_present_on(today) {
        change.adult_present =
            Some(Confirm::new("Is an adult here with you who agrees?").with_default(false).prompt()?);
    }
    if known.body_mass_kg.is_none() && known.tools.is_empty() {
        let mass = Text::new("Your body mass in kg? Enter leaves it out.")
            .with_help_message("Only used to estimate how hard the tool presses.")
            .prompt()?;
        change.body_mass_kg = mass.trim().replace(',', ".").parse().ok().and_then(|kg| Kilograms::new(kg).ok());
    }
    let same = !known.tools.is_empty() && {
        let names: Vec<&str> = known.tools.iter().map(|tool| tool_name(*tool)).collect();
        Confirm::new(&format!("Same things as last time ({})?", names.join(", "))).with_default(true).prompt()?
    };
    if !same {
        ask_things(&mut change)?;
    }
    if change != ProfileChanged::default() {
        diary.record(vec![EventBody::ProfileChanged(change)])?;
    }
    Ok(())
}

fn tool_name(tool: ToolId) -> &'static str {
    supple_knowledge::embedded().tools.get(&tool).map_or(tool.id(), |tool| tool.name.as_str())
}

/// A tool, or something at home that stands in for it.
struct Thing {
    tool: ToolId,
    name: String,
    firmness: Option<Firmness>,
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn ask_things(change: &mut ProfileChanged) -> Result<(), Failure> {
    let mut things = Vec::new();
    for (&tool, known) in &supple_knowledge::embedded().tools {
        if tool == ToolId::WallBall {
            continue; // a ball and a wall
        }
        things.push(Thing { tool, name: known.name.clone(), firmness: None });
        for stand_in in &known.stand_ins {
            let name = format!("{} (instead of a {})", stand_in.what, known.name);
            things.push(Thing { tool, name, firmness: Some(stand_in.firmness) });
        }
    }
    let rows = things.len();
    let chosen = MultiSelect::new("What do you have at hand?", things)
        .with_page_size(rows)
        .with_help_message("space marks, enter goes on")
        .prompt()?;
    let places = MultiSelect::new("Where can you be?", vec!["the floor", "a wall", "a chair"])
        .with_all_selected_by_default()
        .prompt()?;
    let kinds = [("the floor", Place::Floor), ("a wall", Place::Wall), ("a chair", Place::Chair)];
    let places: Vec<Place> =
        kinds.iter().filter(|(name, _)| places.contains(name)).map(|(_, place)| *place).collect();
    let mut firmness = BTreeMap::new();
    let mut tools = Vec::new();
    for thing in &chosen {
        if !tools.contains(&thing.tool) {
            tools.push(thing.tool);
        }
        let hard = match thing.firmness {
            Some(hard) => Some(hard),
            None if thing.tool == ToolId::VibratingRoller => None,
            None => ask_firmness(&thing.name)?,
        };
        if let Some(hard) = hard {
            firmness.insert(thing.tool, hard);
        }
    }
    if tools.contains(&ToolId::Ball) && places.contains(&Place::Wall) {
        tools.push(ToolId::WallBall);
        if let Some(&hard) = firmness.get(&ToolId::Ball) {
            firmness.insert(ToolId::WallBall, hard);
        }
    }
    let postures = [
        ("kneeling", Posture::Kneeling),
        ("weight on the hands", Posture::WeightOnHands),
        ("lying face down", Posture::LyingFaceDown),
        ("lying on the back", Posture::LyingOnBack),
        ("lying on the side", Posture::LyingOnSide),
    ];
    let ruled_out = MultiSelect::new(
        "Is there anything your body should not do? Enter for nothing.",
        postures.iter().map(|(name, _)| *name).collect(),
    )
    .prompt()?;
    change.tools = Some(tools);
    change.tool_firmness = Some(firmness);
    change.places = Some(places);
    change.no = Some(postures.iter().filter(|(name, _)| ruled_out.contains(name)).map(|(_, p)| *p).collect());
    Ok(())
}

fn ask_firmness(name: &str) -> Result<Option<Firmness>, Failure> {
    let options =
        vec!["soft: gives way under my thumb", "medium: gives a little", "hard, or with hard ridges", "not sure"];
    let chosen = Select::new(&format!("How firm is your {name}?"), options).prompt()?;
    Ok(match chosen.split([':', ',']).next() {
        Some("soft") => Some(Firmness::Soft),
        Some("medium") => Some(Firmness::Medium),
        Some("hard") => Some(Firmness::Hard),
        _ => None,
    })
}
