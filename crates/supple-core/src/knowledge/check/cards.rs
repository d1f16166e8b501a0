//! The cards ask everything, in order, in few words, and about the right part of the body.

use super::super::cards::words;
use super::super::{Action, AskAgain, CardKind, Cards, Knowledge, Scope};
use super::{Problem, Problems};
use crate::sorted::{SortedMap, SortedSet};

const FILE: &str = "cards.toml";

/// Known from the age, and so on no card.
const FROM_AGE: &str = "sp_child";

/// Stands for the areas of today in a title.
const PLACES: &str = "{places}";

/// A day as long as one gets, for counting words.
const A_DAY: &str = "30 Nov";

/// Ensure each question stands on one card before a first session and can be asked again on the card of a later day.
pub(super) fn every_question_is_on_a_card(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let cards = &knowledge.cards;
    let mut on: SortedMap<&str, SortedSet<usize>> = SortedMap::new();
    for (index, card) in cards.first.iter().enumerate() {
        for id in card.lines.iter().flat_map(|line| &line.ids) {
            on.get_or_default(id).insert(index);
        }
    }
    let later: SortedSet<&str> = cards.later.lines.iter().flat_map(|line| &line.ids).map(String::as_str).collect();
    let news: SortedSet<&str> = cards.later.news.ids.iter().map(String::as_str).collect();
    let mut say = |field: &str, ids: Vec<&str>, what: &str| {
        if !ids.is_empty() {
            problems.push(Problem::new(FILE, field, rule, format!("{}: {what}", ids.join(", "))));
        }
    };
    let asked =
        || knowledge.cautions.iter().filter(|(id, _)| *id != FROM_AGE).map(|(id, known)| (id.as_str(), known));
    let missing = asked().filter(|(id, _)| !on.contains_key(id)).map(|(id, _)| id).collect();
    say("first", missing, "on no card; add a line, or name it in one that really asks about it");
    let torn = on.iter().filter(|(_, cards)| cards.len() > 1).map(|(id, _)| *id).collect();
    say(
        "first",
        torn,
        "on several cards, so that \"none of these\" on one would answer for another; keep them on one",
    );
    let unknown = on.keys().chain(&later).chain(&news).filter(|id| !knowledge.cautions.contains_key(**id));
    say("", unknown.copied().collect(), "no question is called so; correct the id");
    let from_age = [on.contains_key(FROM_AGE), later.contains(FROM_AGE), news.contains(FROM_AGE)];
    let from_age = from_age.contains(&true).then_some(FROM_AGE).into_iter().collect();
    say("", from_age, "known from the age; take it out");
    let fast = asked().filter(|(id, known)| known.ask_again == AskAgain::EachSession && !later.contains(id));
    say("later.lines", fast.map(|(id, _)| id).collect(), "asked before every session; name it in a line here");
    let lost = asked().filter(|(id, _)| !later.contains(id) && !news.contains(id)).map(|(id, _)| id).collect();
    say("later", lost, "never asked again; name it in a line, or in news");
}

/// Ensure cards come in the order of their kinds, with signs that need help on the first.
pub(super) fn cards_are_in_order(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let first = &knowledge.cards.first;
    for (index, pair) in first.windows(2).enumerate() {
        if pair[0].kind > pair[1].kind {
            let what = "this kind comes before the kind of the card above; move the card up".to_owned();
            problems.push(Problem::new(FILE, &format!("first[{}].kind", index + 1), rule, what));
        }
    }
    for (index, card) in first.iter().enumerate() {
        let urgent = |id: &&String| {
            knowledge.cautions.get(*id).is_some_and(|caution| caution.does(Action::StopAndReferUrgently))
        };
        for id in card.lines.iter().flat_map(|line| &line.ids).filter(urgent) {
            if card.kind != CardKind::GetHelpFirst {
                let what = format!("`{id}` is a sign that needs help; move it to a card of get_help_first");
                problems.push(Problem::new(FILE, &format!("first[{index}].lines"), rule, what));
            }
        }
    }
}

/// Ensure there are few cards, with few words on them and on each line.
pub(super) fn cards_are_short(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let cards = &knowledge.cards;
    let mut say = |field: &str, what: String| problems.push(Problem::new(FILE, field, rule, what));
    if cards.first.len() > Cards::FIRST_CARDS {
        say("first", format!("{} cards; there are at most {}", cards.first.len(), Cards::FIRST_CARDS));
    }
    let lines =
        cards.first.iter().flat_map(|card| &card.lines).chain(&cards.later.lines).map(|line| line.text.clone());
    let news = cards.later.news.text.replace("{day}", A_DAY);
    let told = cards.later.told.text.replace("{what}", &cards.later.told.many);
    for text in lines.chain([news.clone(), told.clone()]).filter(|text| words(text) > Cards::LINE_WORDS) {
        let limit = Cards::LINE_WORDS;
        say("lines", format!("\"{text}\" has {} words; a line has at most {limit}: split it", words(&text)));
    }
    let places = format!("{}{}{}", cards.places.legs, cards.places.or, cards.places.arms);
    let widest = if words(&places) > words(&cards.places.body) { &places } else { &cards.places.body };
    let first: usize = cards
        .first
        .iter()
        .map(|card| {
            let lines: usize = card.lines.iter().map(|line| words(&line.text)).sum();
            words(&card.title.replace(PLACES, widest)) + lines + cards.button_words()
        })
        .sum();
    if first > Cards::FIRST_WORDS {
        say("first", format!("{first} words before a first session; at most {}: say it shorter", Cards::FIRST_WORDS));
    }
    let lines: usize = cards.later.lines.iter().map(|line| words(&line.text)).sum();
    let later = words(&cards.later.title) + lines + words(&news) + words(&told) + cards.button_words();
    if later > Cards::LATER_WORDS {
        say("later", format!("{later} words on a later day; at most {}: say it shorter", Cards::LATER_WORDS));
    }
}

/// Ensure what changes fast is asked about today's areas, and everything else about the whole person.
pub(super) fn titles_say_where(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (index, card) in knowledge.cards.first.iter().enumerate() {
        let here_only = card.title.contains(PLACES);
        for id in card.lines.iter().flat_map(|line| &line.ids) {
            let Some(caution) = knowledge.cautions.get(id) else { continue };
            let of_today = caution.scope == Scope::MarkedArea && !knowledge.cards.lasts(id);
            let what = match (here_only, of_today) {
                (true, false) => "asked about today's areas only, but it counts for all of the body; move it",
                (false, true) => "asked about today's areas; move it to a card with {places} in its title",
                _ => continue,
            };
            problems.push(Problem::new(FILE, &format!("first[{index}].lines"), rule, format!("`{id}` is {what}")));
        }
    }
}

/// Ensure what is filled in has its place, every lasting question has a name, and answers are renewed in time.
pub(super) fn later_card_can_be_filled_in(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let cards = &knowledge.cards;
    let later = &cards.later;
    let slots = [
        ("later.news.text", &later.news.text, "{day}"),
        ("later.told.text", &later.told.text, "{what}"),
        ("later.told.many", &later.told.many, "{count}"),
    ];
    for (field, text, slot) in slots.into_iter().filter(|(_, text, slot)| !text.contains(slot)) {
        problems.push(Problem::new(FILE, field, rule, format!("\"{text}\" lacks {slot}; say where it goes")));
    }
    for id in later.news.ids.iter().filter(|id| !later.told.names.contains_key(*id)) {
        problems.push(Problem::new(FILE, "later.told.names", rule, format!("`{id}` has no short name; give one")));
    }
    for id in later.told.names.keys().filter(|id| !cards.lasts(id)) {
        problems.push(Problem::new(FILE, "later.told.names", rule, format!("`{id}` is in no news; take it out")));
    }
    if cards.renew_after_days >= cards.ask_anew_after_days {
        let what = "not below ask_anew_after_days, so that answers would grow too old before they are renewed";
        problems.push(Problem::new(FILE, "renew_after_days", rule, what.to_owned()));
    }
}
