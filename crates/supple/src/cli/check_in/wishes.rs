//! How the body is today and what is wanted.

use super::next_day::felt;
use crate::shell::{Diary, Failure};
use inquire::{CustomType, MultiSelect, Select};
use std::fmt;
use supple_core::body::{Area, RegionId, Side};
use supple_core::event::{CheckedIn, Soreness};
use supple_core::knowledge::Goal;
use supple_core::unit::SessionMinutes;

pub fn ask(diary: &Diary) -> Result<CheckedIn, Failure> {
    if let Some(last) = diary.state().check_ins.last() {
        let same = format!("Same as last time: {}", in_words(&last.what));
        if Select::new("What would you like today?", vec![same.as_str(), "Something else"]).prompt()? == same {
            let mut wishes = last.what.clone();
            // Soreness is of the day.
            for sore in &mut wishes.soreness {
                let name = &supple_knowledge::embedded().regions[&sore.region].name;
                sore.felt = felt(&format!("{name}: how sore today?"))?;
            }
            return Ok(wishes);
        }
    }
    let goal = Select::new("What is it for?", goals()).prompt()?.0;
    let minutes = CustomType::<u8>::new("How many minutes do you have?")
        .with_default(10)
        .with_error_message("a whole number, 2 to 20")
        .with_parser(&|text| text.parse().ok().filter(|minutes| (2..=20).contains(minutes)).ok_or(()))
        .prompt()?;
    let mut soreness = Vec::new();
    for place in places("Where are you sore? Enter for nowhere.")? {
        let side = side(&place)?;
        let felt = felt(&format!("{place}: how sore?"))?;
        soreness.push(Soreness { region: place.0, side: Some(side), felt });
    }
    let mut tight = Vec::new();
    for place in places("Where do you feel tight? Enter for nowhere.")? {
        tight.push(Area { region: place.0, side: Some(side(&place)?) });
    }
    let wants = places("Anywhere else you would like to roll? Enter for nothing more.")?;
    Ok(CheckedIn {
        goal,
        minutes: SessionMinutes::new(minutes).map_err(|error| Failure::bad_input(error.to_string()))?,
        soreness,
        tight,
        wants: wants.into_iter().map(|place| place.0).collect(),
        avoid: Vec::new(),
    })
}

fn in_words(wishes: &CheckedIn) -> String {
    let knowledge = supple_knowledge::embedded();
    let names: Vec<&str> = super::regions(wishes).iter().map(|id| knowledge.regions[id].name.as_str()).collect();
    let goal = knowledge.planning.goals.get(&wishes.goal).map_or("", |goal| goal.name.as_str());
    format!("{goal}, {} min, {}", wishes.minutes.get(), names.join(", "))
}

struct GoalChoice(Goal);

impl fmt::Display for GoalChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match supple_knowledge::embedded().planning.goals.get(&self.0) {
            Some(goal) => write!(f, "{}: {}", goal.name, goal.says),
            None => f.write_str(self.0.id()),
        }
    }
}

fn goals() -> Vec<GoalChoice> {
    Goal::ALL.into_iter().map(GoalChoice).collect()
}

struct Place(RegionId);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&supple_knowledge::embedded().regions[&self.0].name)
    }
}

fn places(question: &str) -> Result<Vec<Place>, Failure> {
    let knowledge = supple_knowledge::embedded();
    let all: Vec<Place> = RegionId::ALL.into_iter().filter(|id| knowledge.regions[id].rollable).map(Place).collect();
    let rows = all.len().min(16);
    Ok(MultiSelect::new(question, all)
        .with_page_size(rows)
        .with_help_message("type to search, space marks, enter goes on")
        .prompt()?)
}

fn side(place: &Place) -> Result<Side, Failure> {
    let chosen = Select::new(&format!("{place}: which side?"), vec!["both sides", "left", "right"]).prompt()?;
    Ok(match chosen {
        "left" => Side::Left,
        "right" => Side::Right,
        _ => Side::Both,
    })
}
