//! The questions, card by card. Nothing is preselected; "None of these" says no to every line shown, and each card
//! is kept as soon as it is answered.

use super::flags::{by_age, given};
use super::regions;
use crate::cli::ask::{Row, Way, any_of, find_some_of, one_of, say, typed};
use crate::shell::page::{height, lines, width};
use crate::shell::{Diary, Failure, Style};
use jiff::civil::Date;
use supple_core::assess::{Assessment, asked_about};
use supple_core::body::{Area, RegionId, Side, SiteSet};
use supple_core::contract::text::side_words;
use supple_core::event::{Answer, CheckedIn, EventBody, QuestionAnswered};
use supple_core::knowledge::{Action, Caution, Limb, Scope};

/// Asks everything that is open.
pub fn ask(diary: &mut Diary, wishes: &CheckedIn) -> Result<Way, Failure> {
    let knowledge = supple_knowledge::embedded();
    let places = asked_about(knowledge, &regions(wishes));
    diary.record(by_age(diary))?;
    let cards = cards(diary, wishes, &places);
    if cards.is_empty() {
        return Ok(Way::Passed);
    }
    if cards.len() > 2 {
        say(&format!(
            "Now {} cards with short lines: some days and some places are not for rolling. \
             Mark what is so or may be so. What you answer is kept card by card, also if you stop with Ctrl-C.",
            cards.len()
        ))?;
    }
    let mut at = 0;
    while let Some(card) = cards.get(at) {
        let title = format!("{} of {}. {}", at + 1, cards.len(), card.title);
        match ask_card(diary, &title, &card.ids, &places)? {
            Asked::On => at += 1,
            // What it said is enough: nothing more is asked.
            Asked::HelpFirst => return Ok(Way::On),
            Asked::Back if at == 0 => return Ok(Way::Back),
            Asked::Back => at -= 1,
        }
    }
    Ok(Way::On)
}

/// Some questions on one screen.
struct Card {
    title: String,
    ids: Vec<String>,
}

/// The open questions on as few cards as show without scrolling.
fn cards(diary: &Diary, wishes: &CheckedIn, places: &[Area]) -> Vec<Card> {
    let knowledge = supple_knowledge::embedded();
    let sites: SiteSet = places.iter().flat_map(|area| area.sites()).collect();
    let assessment = Assessment::from_state(knowledge, diary.state(), &diary.now(), wishes);
    let open: Vec<&str> = assessment.screen.open(knowledge, sites).collect();
    let order = &knowledge.screen;
    let so = "is any of this so, or may it be?";
    let lists = [
        (format!("Right now, {so}"), &order.get_help_first),
        ("Has any of this ever been so, or may it have been?".to_owned(), &order.told_by_a_doctor),
        ("Do you take any of these, or may you?".to_owned(), &order.medicines),
        ("Has any of this been so lately, or may it have been?".to_owned(), &order.recent),
        (format!("Anywhere on {}: {so}", where_words(places)), &order.areas),
    ];
    let mut cards = Vec::new();
    for (title, ids) in lists {
        let head = lines(&title, width() - 12).len();
        // Besides the lines: the title, "None of these", help and a line in case something is not right.
        let room = height().saturating_sub(head + 5).max(6);
        let mut left = 0;
        for id in ids.iter().filter(|id| open.contains(&id.as_str())) {
            let rows: usize = rows_of(id).iter().map(Row::height).sum();
            if rows > left {
                cards.push(Card { title: title.clone(), ids: Vec::new() });
                left = room;
            }
            left = left.saturating_sub(rows);
            if let Some(card) = cards.last_mut() {
                card.ids.push(id.clone());
            }
        }
    }
    cards
}

fn rows_of(id: &str) -> Vec<Row<String>> {
    let caution = &supple_knowledge::embedded().cautions[id];
    caution.lines.iter().map(|line| Row::plain(id.to_owned(), &line.text)).collect()
}

/// The places a *no* is kept for, so that it is said about no more than was asked.
fn where_words(places: &[Area]) -> String {
    let knowledge = supple_knowledge::embedded();
    let asked = |region: RegionId| places.iter().any(|area| area.region == region);
    let mut words = Vec::new();
    let mut whole: Vec<Limb> = Vec::new();
    for (limb, name) in
        [(Limb::Leg, "either leg, from buttock to foot"), (Limb::Arm, "either arm, from shoulder to hand")]
    {
        let mut of_limb = knowledge.regions.iter().filter(|(_, region)| region.limb == Some(limb));
        if of_limb.all(|(region, _)| asked(*region)) {
            words.push(name);
            whole.push(limb);
        }
    }
    for area in places {
        let region = &knowledge.regions[&area.region];
        if region.limb.is_none_or(|limb| !whole.contains(&limb)) {
            words.push(&region.name);
        }
    }
    words.join("; ")
}

enum Asked {
    On,
    HelpFirst,
    Back,
}

/// Asks a card and keeps its answers.
fn ask_card(diary: &mut Diary, title: &str, ids: &[String], places: &[Area]) -> Result<Asked, Failure> {
    let knowledge = supple_knowledge::embedded();
    let Some(marked) = any_of(title, ids.iter().flat_map(|id| rows_of(id)).collect())? else {
        return Ok(Asked::Back);
    };
    let mut bodies: Vec<QuestionAnswered> = Vec::new();
    let mut help_first = false;
    for id in ids {
        let caution = &knowledge.cautions[id];
        let no = given(id, caution, Answer::No, areas_for(caution, places));
        let body = if marked.contains(id) {
            match ask_in_full(id, caution, places)? {
                Some(body) => body,
                None => return ask_card(diary, title, ids, places),
            }
        } else {
            no.clone()
        };
        help_first |= caution.action == Action::StopAndReferUrgently && body.answer == Answer::Yes;
        if !body.areas.is_empty() && body.answer != Answer::No {
            // Places that were shown and not marked are a no.
            bodies.push(no);
        }
        bodies.push(body);
    }
    diary.record(bodies.into_iter().map(EventBody::QuestionAnswered).collect())?;
    Ok(if help_first { Asked::HelpFirst } else { Asked::On })
}

fn areas_for(caution: &Caution, places: &[Area]) -> Vec<Area> {
    if caution.scope == Scope::MarkedArea { places.to_vec() } else { Vec::new() }
}

/// The full question with everything that belongs to a yes; none if the person went back to the card.
fn ask_in_full(id: &str, caution: &Caution, places: &[Area]) -> Result<Option<QuestionAnswered>, Failure> {
    let style = Style::detect();
    say(&caution.question)?;
    crate::cli::print_line(&style.dim(&lines(&caution.why, width()).join("\n")))?;
    let rows = vec![
        Row::plain(Answer::Yes, "Yes"),
        Row::plain(Answer::Unknown, "Not sure"),
        Row::plain(Answer::No, "No, I marked it by mistake"),
    ];
    let Some(answer) = one_of("Your answer?", rows)? else { return Ok(None) };
    let mut body = given(id, caution, answer, Vec::new());
    if answer == Answer::No {
        body.areas = areas_for(caution, places);
        return Ok(Some(body));
    }
    match caution.scope {
        Scope::Side => {
            let rows = vec![
                Row::plain(Side::Left, "left"),
                Row::plain(Side::Right, "right"),
                Row::plain(Side::Both, "both, or not sure"),
            ];
            let Some(side) = one_of("On which side?", rows)? else { return Ok(None) };
            body.side = Some(side);
        }
        Scope::MarkedArea => {
            let Some(areas) = ask_where(places)? else { return Ok(None) };
            body.areas = areas;
        }
        Scope::WholeBody | Scope::Regions => {}
    }
    if answer == Answer::Yes && can_be_agreed(caution) {
        let Some(agreed_on) = ask_agreement(caution)? else { return Ok(None) };
        body.clinician_agreed_on = agreed_on;
        let limits = &caution.limits;
        if agreed_on.is_some() && (limits.min_days_since.is_some() || limits.min_hours_since.is_some()) {
            let Some(since) = ask_day("On which day did it happen?", "Empty if you do not know")? else {
                return Ok(None);
            };
            body.since = since;
        }
    }
    Ok(Some(body))
}

/// Where a clinician's agreement changes anything.
fn can_be_agreed(caution: &Caution) -> bool {
    caution.does(Action::AskClinician)
        && !caution.never_lifted
        && !matches!(caution.action, Action::StopAndReferUrgently | Action::AvoidAll)
}

/// Where; nothing marked means everywhere.
fn ask_where(places: &[Area]) -> Result<Option<Vec<Area>>, Failure> {
    let rows = places.iter().flat_map(|area| {
        let name = &supple_knowledge::embedded().regions[&area.region].name;
        [Side::Left, Side::Right]
            .map(|side| Row::plain(Area { side: Some(side), ..*area }, &format!("{name}, {}", side_words(side))))
    });
    find_some_of("Where? If it is everywhere, or hard to say, just enter.", rows.collect(), &[])
}

fn ask_agreement(caution: &Caution) -> Result<Option<Option<Date>>, Failure> {
    say(&caution.advice)?;
    ask_day("Has a clinician agreed that you may roll? On which day?", "Empty if not")
}

/// A day that is not in the future, or nothing.
fn ask_day(question: &str, help: &str) -> Result<Option<Option<Date>>, Failure> {
    let today = jiff::Zoned::now().date();
    typed(question, &format!("{help}; a day looks like {today}"), None, move |text| {
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<Date>() {
            Ok(day) if day > today => Err(format!("that day is still to come; write one up to {today}")),
            Ok(day) => Ok(Some(day)),
            Err(_) => Err(format!("write the day as {today}, or nothing")),
        }
    })
}
