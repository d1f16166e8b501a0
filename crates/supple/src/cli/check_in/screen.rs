//! The questions, card by card. Nothing is preselected; going on without a mark says no to every line shown, and
//! each card is kept as soon as it is answered.

use super::flags::given;
use super::regions;
use crate::shell::{Diary, Failure, Style};
use inquire::{MultiSelect, Select, Text};
use std::fmt;
use supple_core::assess::{Assessment, asked_about};
use supple_core::body::{Area, Side, SiteSet};
use supple_core::contract::text::{side_words, wrapped};
use supple_core::event::{Answer, CheckedIn, EventBody, QuestionAnswered};
use supple_core::knowledge::{Action, Caution, Scope};

/// Lines on one card: as many as a small terminal shows at once.
const LINES_ON_A_CARD: usize = 14;

pub fn ask(diary: &mut Diary, wishes: &CheckedIn) -> Result<(), Failure> {
    let knowledge = supple_knowledge::embedded();
    let places = asked_about(knowledge, &regions(wishes));
    let sites: SiteSet = places.iter().flat_map(|area| area.sites()).collect();
    let order = &knowledge.screen;
    let cards = [
        ("Right now, is any of this so, or are you not sure?", &order.get_help_first),
        ("Has any of this ever been so, or are you not sure?", &order.told_by_a_doctor),
        ("Do you take any of these, or are you not sure?", &order.medicines),
        ("Has any of this been so lately, or are you not sure?", &order.recent),
        ("Where you want to roll today: is any of this so, or are you not sure?", &order.areas),
    ];
    for (title, ids) in cards {
        let open: Vec<String> = {
            let assessment = Assessment::from_state(knowledge, diary.state(), &diary.now(), wishes);
            let open: Vec<&str> = assessment.screen.open(knowledge, sites).collect();
            ids.iter().filter(|id| open.contains(&id.as_str())).cloned().collect()
        };
        for card in cards_of(&open) {
            let urgent = ask_card(diary, title, &card, &places)?;
            if urgent {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Questions shared out over cards that fit on the screen.
fn cards_of(ids: &[String]) -> Vec<Vec<String>> {
    let knowledge = supple_knowledge::embedded();
    let mut cards: Vec<Vec<String>> = Vec::new();
    let mut lines_left = 0;
    for id in ids {
        let lines = knowledge.cautions[id].lines.len();
        if lines > lines_left {
            cards.push(Vec::new());
            lines_left = LINES_ON_A_CARD;
        }
        lines_left -= lines.min(lines_left);
        if let Some(card) = cards.last_mut() {
            card.push(id.clone());
        }
    }
    cards
}

/// A line of a card and the question it belongs to.
struct Line {
    id: String,
    text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Asks a card and keeps its answers; whether one of them needs help first.
fn ask_card(diary: &mut Diary, title: &str, ids: &[String], places: &[Area]) -> Result<bool, Failure> {
    let knowledge = supple_knowledge::embedded();
    let lines: Vec<Line> = ids
        .iter()
        .flat_map(|id| {
            knowledge.cautions[id].lines.iter().map(move |line| Line { id: id.clone(), text: line.text.clone() })
        })
        .collect();
    let rows = lines.len();
    let marked = MultiSelect::new(title, lines)
        .with_page_size(rows)
        .with_help_message("space marks what is so or may be so; enter with nothing marked means none of these")
        .prompt()?;
    let mut bodies: Vec<QuestionAnswered> = Vec::new();
    let mut urgent = false;
    for id in ids {
        let caution = &knowledge.cautions[id];
        let body = if marked.iter().any(|line| line.id == *id) {
            ask_in_full(id, caution, places)?
        } else {
            given(id, caution, Answer::No, areas_for(caution, places))
        };
        urgent |= caution.action == Action::StopAndReferUrgently && body.answer == Answer::Yes;
        if !body.areas.is_empty() && body.answer != Answer::No {
            // Places that were shown and not marked are a no.
            bodies.push(given(id, caution, Answer::No, areas_for(caution, places)));
        }
        bodies.push(body);
    }
    diary.record(bodies.into_iter().map(EventBody::QuestionAnswered).collect())?;
    Ok(urgent)
}

fn areas_for(caution: &Caution, places: &[Area]) -> Vec<Area> {
    if caution.scope == Scope::MarkedArea { places.to_vec() } else { Vec::new() }
}

/// The full question with everything that belongs to a yes.
fn ask_in_full(id: &str, caution: &Caution, places: &[Area]) -> Result<QuestionAnswered, Failure> {
    println!("\n{}\n{}\n", wrapped(&caution.question, "  "), Style::detect().dim(&wrapped(&caution.why, "  ")));
    let answer = match Select::new("Your answer?", vec!["Yes", "Not sure", "No, I marked it by mistake"]).prompt()? {
        "Yes" => Answer::Yes,
        "Not sure" => Answer::Unknown,
        _ => return Ok(given(id, caution, Answer::No, areas_for(caution, places))),
    };
    let mut body = given(id, caution, answer, Vec::new());
    match caution.scope {
        Scope::Side => {
            body.side = match Select::new("On which side?", vec!["left", "right", "both, or not sure"]).prompt()? {
                "left" => Some(Side::Left),
                "right" => Some(Side::Right),
                _ => Some(Side::Both),
            };
        }
        Scope::MarkedArea => body.areas = ask_where(places)?,
        Scope::WholeBody | Scope::Regions => {}
    }
    if answer == Answer::Yes && caution.does(Action::AskClinician) {
        body.clinician_agreed_on = ask_agreement(caution)?;
    }
    Ok(body)
}

struct Spot(Area);

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &supple_knowledge::embedded().regions[&self.0.region].name;
        write!(f, "{name}, {}", side_words(self.0.side.unwrap_or(Side::Both)))
    }
}

/// Where; nothing marked means everywhere.
fn ask_where(places: &[Area]) -> Result<Vec<Area>, Failure> {
    let sides = [Side::Left, Side::Right];
    let spots: Vec<Spot> =
        places.iter().flat_map(|area| sides.map(|side| Spot(Area { side: Some(side), ..*area }))).collect();
    let rows = spots.len().min(20);
    let chosen = MultiSelect::new("Where?", spots)
        .with_page_size(rows)
        .with_help_message("space marks; enter with nothing marked means everywhere")
        .prompt()?;
    Ok(chosen.into_iter().map(|spot| spot.0).collect())
}

fn ask_agreement(caution: &Caution) -> Result<Option<jiff::civil::Date>, Failure> {
    println!("{}", wrapped(&caution.advice, "  "));
    let day = Text::new("Has a clinician agreed that you may roll? The day, as 2026-11-01; enter for no.")
        .with_validator(|text: &str| {
            use inquire::validator::Validation;
            let fine = text.trim().is_empty() || text.trim().parse::<jiff::civil::Date>().is_ok();
            Ok(if fine { Validation::Valid } else { Validation::Invalid("write the day as 2026-11-01".into()) })
        })
        .prompt()?;
    Ok(day.trim().parse().ok())
}
