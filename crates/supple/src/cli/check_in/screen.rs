//! The questions, card by card. Nothing is preselected; "None of these" says no to every line shown, and each card
//! is kept as soon as it is answered.

use super::flags::by_age;
use super::regions;
use crate::cli::ask::{Row, Way, any_of, find_some_of, one_of, say, typed};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Failure, Style};
use jiff::civil::Date;
use supple_core::assess::{Card, CardAnswered, answered_in_full, areas_asked, cards, given};
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{Answer, CheckedIn, EventBody, QuestionAnswered};
use supple_core::knowledge::{Action, Caution, Scope};

/// Asks everything that is open.
pub fn ask(diary: &mut Diary, wishes: &CheckedIn) -> Result<Way, Failure> {
    let knowledge = supple_knowledge::embedded();
    let today = regions(wishes);
    diary.record(by_age(diary))?;
    let mut asked_any = false;
    loop {
        let cards = cards(knowledge, diary.state(), &diary.now(), &today);
        if cards.is_empty() {
            return Ok(if asked_any { Way::On } else { Way::Passed });
        }
        match ask_cards(diary, &cards, &today)? {
            Asked::Back => return Ok(Way::Back),
            // Something is new: what lasts is asked once more, in its own words.
            Asked::Again => asked_any = true,
            // What it said is enough: nothing more is asked.
            Asked::On | Asked::HelpFirst => return Ok(Way::On),
        }
    }
}

fn ask_cards(diary: &mut Diary, cards: &[Card], today: &[RegionId]) -> Result<Asked, Failure> {
    if cards.len() > 2 {
        say(&format!(
            "Now {} cards with short lines: some days and some places are not for rolling. \
             Mark what is so or may be so. What you answer is kept card by card, also if you stop with Ctrl-C.",
            cards.len()
        ))?;
    }
    let (mut at, mut again) = (0, false);
    while let Some(card) = cards.get(at) {
        let title = format!("{} of {}. {}: is any of this so, or may it be?", at + 1, cards.len(), card.title);
        match ask_card(diary, &title, card, today)? {
            Asked::On => at += 1,
            Asked::Again => (at, again) = (at + 1, true),
            Asked::HelpFirst => return Ok(Asked::HelpFirst),
            Asked::Back if at == 0 => return Ok(Asked::Back),
            Asked::Back => at -= 1,
        }
    }
    Ok(if again { Asked::Again } else { Asked::On })
}

enum Asked {
    On,
    /// What was said opens further cards.
    Again,
    HelpFirst,
    Back,
}

/// Asks a card and keeps its answers.
fn ask_card(diary: &mut Diary, title: &str, card: &Card, today: &[RegionId]) -> Result<Asked, Failure> {
    let knowledge = supple_knowledge::embedded();
    let rows = card.lines.iter().enumerate().map(|(index, line)| Row::plain(index, &line.text)).collect();
    let Some(marked) = any_of(title, rows)? else {
        return Ok(Asked::Back);
    };
    let CardAnswered { said: mut bodies, in_full, cards_follow } = card.answered(&marked);
    let mut help_first = false;
    for id in &in_full {
        let caution = &knowledge.cautions[id];
        let places = areas_asked(knowledge, id, today);
        let Some(body) = ask_in_full(id, caution, &places)? else {
            return ask_card(diary, title, card, today);
        };
        help_first = caution.action == Action::StopAndReferUrgently && body.answer == Answer::Yes;
        bodies.extend(answered_in_full(knowledge, body, today));
        if help_first {
            break;
        }
    }
    diary.record(bodies.into_iter().map(EventBody::QuestionAnswered).collect())?;
    Ok(match (help_first, cards_follow) {
        (true, _) => Asked::HelpFirst,
        (false, true) => Asked::Again,
        (false, false) => Asked::On,
    })
}

/// The full question with everything that belongs to a yes; none if the person went back to the card.
fn ask_in_full(id: &str, caution: &Caution, places: &[Area]) -> Result<Option<QuestionAnswered>, Failure> {
    let style = Style::detect();
    say(&caution.question)?;
    crate::cli::print_line(&style.dim(&lines(&caution.why, width()).join("\n")))?;
    let rows =
        vec![Row::plain(Answer::Yes, "Yes"), Row::plain(Answer::Unknown, "Not sure"), Row::plain(Answer::No, "No")];
    let Some(answer) = one_of("Your answer?", rows)? else { return Ok(None) };
    let mut body = given(id, caution, answer, Vec::new());
    if answer == Answer::No {
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
