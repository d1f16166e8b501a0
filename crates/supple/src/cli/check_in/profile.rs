//! Who it is and with what they roll: asked once, then only confirmed.

use crate::cli::ask::{Answered, Row, Way, at_least_one_of, one_of, some_of, still_so, typed, walk, yes_no};
use crate::shell::{Diary, Failure};
use jiff::civil::Date;
use std::collections::BTreeMap;
use supple_core::event::{EventBody, ProfileChanged};
use supple_core::knowledge::{Firmness, Place, Posture, ToolId};
use supple_core::state::Profile;
use supple_core::unit::{AgeYears, Kilograms};

/// Asks what is not known. What was answered is kept, even if the person stops half-way.
pub fn ask(diary: &mut Diary, tools_given: bool) -> Result<Way, Failure> {
    let known = diary.state().profile.clone();
    let mut draft = Draft {
        today: diary.now().date(),
        change: ProfileChanged::default(),
        same: tools_given,
        known,
        tools_given,
        things: Vec::new(),
        firmness: Vec::new(),
    };
    let way = walk(&mut draft, &[age, adult, mass, same, things, firmness, places, postures]);
    let change = draft.changed();
    if change != ProfileChanged::default() {
        diary.record(vec![EventBody::ProfileChanged(change)])?;
    }
    way
}

struct Draft {
    today: Date,
    known: Profile,
    change: ProfileChanged,
    /// The things are those of last time, or were given as flags.
    same: bool,
    tools_given: bool,
    things: Vec<Thing>,
    firmness: Vec<Option<Firmness>>,
}

impl Draft {
    /// What is new, as far as it was answered.
    fn changed(self) -> ProfileChanged {
        let mut change = self.change;
        if self.same || self.things.is_empty() || self.firmness.len() < self.things.len() {
            return change;
        }
        let mut tools: BTreeMap<ToolId, Option<Firmness>> = BTreeMap::new();
        for (thing, firmness) in self.things.iter().zip(self.firmness) {
            // Of two things that are the same tool the harder one counts; not sure counts as hard.
            tools
                .entry(thing.tool)
                .and_modify(|known| *known = known.zip(firmness).map(|(a, b)| a.max(b)))
                .or_insert(firmness);
        }
        let places = change.places.clone().or(self.known.places);
        if let Some(&ball) = tools.get(&ToolId::Ball)
            && places.is_none_or(|places| places.contains(&Place::Wall))
        {
            tools.insert(ToolId::WallBall, ball);
        }
        change.tools = Some(tools.keys().copied().collect());
        change.tool_firmness = Some(tools.into_iter().filter_map(|(tool, hard)| Some((tool, hard?))).collect());
        change
    }
}

/// Keeps an answer, and says where to go on.
fn keep<T>(answer: Option<T>, into: impl FnOnce(T)) -> Way {
    match answer {
        Some(answer) => {
            into(answer);
            Way::On
        }
        None => Way::Back,
    }
}

fn age(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.known.age_on(draft.today).is_some() {
        return Ok(Way::Passed);
    }
    let years = typed("How old are you?", "Some limits go by age", None, |text| {
        let years = text.parse().map_err(|_| "a whole number of years, such as 34".to_owned())?;
        AgeYears::new(years).map_err(|error| error.to_string())
    })?;
    Ok(keep(years, |years| draft.change.age_years = Some(years)))
}

fn adult(draft: &mut Draft) -> Result<Way, Failure> {
    let adult_from = supple_knowledge::embedded().limits.age.adult_from_years;
    let age = draft.change.age_years.or_else(|| draft.known.age_on(draft.today));
    if age.is_none_or(|age| age.get() >= adult_from) || draft.known.adult_present_on(draft.today) {
        return Ok(Way::Passed);
    }
    let there = yes_no("Is an adult here with you today who agrees to this?")?;
    Ok(keep(there, |there| draft.change.adult_present = Some(there)))
}

fn mass(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.known.body_mass_kg.is_some() || !draft.known.tools.is_empty() {
        return Ok(Way::Passed);
    }
    let help = "Only to say how hard the tool presses; empty leaves it out";
    let mass = typed("What do you weigh, in kg?", help, None, |text| {
        if text.is_empty() {
            return Ok(None);
        }
        let kg = text.trim_end_matches("kg").trim_end().replace(',', ".");
        let kg = kg.parse().map_err(|_| "a number such as 72 or 72.5, or nothing".to_owned())?;
        Kilograms::new(kg).map(Some).map_err(|error| error.to_string())
    })?;
    Ok(keep(mass, |mass| draft.change.body_mass_kg = mass))
}

fn same(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.tools_given || draft.known.tools.is_empty() {
        return Ok(Way::Passed);
    }
    let knowledge = supple_knowledge::embedded();
    let names: Vec<&str> = draft
        .known
        .tools
        .iter()
        .map(|tool| knowledge.tools.get(tool).map_or(tool.id(), |tool| tool.name.as_str()))
        .collect();
    let same = still_so(&format!("Same things as last time ({})?", names.join(", ")))?;
    Ok(keep(same, |same| draft.same = same))
}

/// A tool, or something at home that stands in for it.
#[derive(Clone)]
struct Thing {
    tool: ToolId,
    name: String,
    /// How hard it is, where that is known.
    firmness: Option<Firmness>,
}

fn things(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let mut rows = Vec::new();
    for (&tool, known) in &supple_knowledge::embedded().tools {
        if tool == ToolId::WallBall {
            continue; // a ball and a wall
        }
        let thing = Thing { tool, name: known.name.clone(), firmness: None };
        rows.push(Row::plain(thing, &known.name));
        for stand_in in &known.stand_ins {
            let thing = Thing { tool, name: stand_in.what.clone(), firmness: Some(stand_in.firmness) };
            rows.push(Row::new(thing, &format!("{} (as a {})", stand_in.what, known.name), &stand_in.what));
        }
    }
    let hint = "mark at least one with the space bar; a tennis ball in a sock or a filled bottle will do";
    let chosen = at_least_one_of("What do you have at hand?", rows, &[], hint)?;
    Ok(keep(chosen, |chosen| {
        draft.firmness.clear();
        draft.things = chosen;
    }))
}

fn firmness(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let asked = |thing: &Thing| thing.firmness.is_none() && thing.tool != ToolId::VibratingRoller;
    if !draft.things.iter().any(asked) {
        draft.firmness = draft.things.iter().map(|thing| thing.firmness).collect();
        return Ok(Way::Passed);
    }
    draft.firmness.clear();
    for thing in &draft.things {
        let hard = if asked(thing) {
            match ask_firmness(&thing.name)? {
                Some(hard) => hard,
                None => return Ok(Way::Back),
            }
        } else {
            thing.firmness
        };
        draft.firmness.push(hard);
    }
    Ok(Way::On)
}

fn ask_firmness(name: &str) -> Answered<Option<Firmness>> {
    one_of(
        &format!("How firm is it: {name}?"),
        vec![
            Row::new(Some(Firmness::Soft), "soft: gives way under my thumb", "soft"),
            Row::new(Some(Firmness::Medium), "medium: gives a little", "medium"),
            Row::new(Some(Firmness::Hard), "hard, or with hard ridges", "hard"),
            Row::new(None, "not sure (counts as hard)", "not sure"),
        ],
    )
}

fn places(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let rows = vec![
        Row::plain(Place::Floor, "on the floor"),
        Row::plain(Place::Wall, "at a wall"),
        Row::plain(Place::Chair, "on a chair"),
    ];
    let places = at_least_one_of("Where can you roll?", rows, &[0, 1, 2], "mark at least one with the space bar")?;
    Ok(keep(places, |places| draft.change.places = Some(places)))
}

fn postures(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let rows = vec![
        Row::plain(Posture::Kneeling, "kneeling"),
        Row::plain(Posture::WeightOnHands, "weight on the hands"),
        Row::plain(Posture::LyingFaceDown, "lying face down"),
        Row::plain(Posture::LyingOnBack, "lying on the back"),
        Row::plain(Posture::LyingOnSide, "lying on the side"),
    ];
    let no = some_of("Which of these should be left out? If none, just enter.", rows, &[])?;
    Ok(keep(no, |no| draft.change.no = Some(no)))
}
