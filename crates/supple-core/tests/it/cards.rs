//! The cards of the screen over whole logs: how many, how long, and that an answer to one is an answer to each question.

use crate::requests::knowledge;
use jiff::{Span, ToSpan, Zoned};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};
use supple_core::assess::{Assessment, Card, answered_in_full, areas_asked, by_age, cards, given};
use supple_core::body::RegionId;
use supple_core::event::{Answer, CheckedIn, EventBody, QuestionAnswered, upcast::read};
use supple_core::gate::judge;
use supple_core::knowledge::{AskAgain, CardKind, Cards, Goal, reading, words};
use supple_core::state::{State, Timed, fold};
use supple_core::unit::SessionMinutes;

/// A person who answers cards.
struct Person {
    state: State,
    now: Zoned,
}

impl Person {
    fn new(age: u8) -> Self {
        let now: Zoned = "2026-01-05T08:00[Europe/Berlin]".parse().unwrap();
        let said = format!(
            r#"{{"id":"e","device":"phone","seq":1,"logical_ms":1767596400000,"at":"2026-01-05T08:00:00+01:00[Europe/Berlin]","version":1,"body":{{"type":"profile_changed","age_years":{age}}}}}"#
        );
        let state = fold(&[read(&said)]);
        let mut person = Self { state, now };
        person.say_age();
        person
    }

    fn say_age(&mut self) {
        for body in by_age(knowledge(), &self.state, &self.now, None) {
            if let EventBody::QuestionAnswered(answer) = body {
                self.say(vec![answer]);
            }
        }
    }

    fn say(&mut self, bodies: Vec<QuestionAnswered>) {
        for what in bodies {
            let answers = self.state.answers.get_or_default(what.caution.clone());
            answers.push(Timed { at: self.now.clone(), id: String::new(), what });
        }
    }

    fn cards(&self, regions: &[RegionId]) -> Vec<Card> {
        cards(knowledge(), &self.state, &self.now, regions)
    }

    /// Answers every card until none is left, the lines with `marks` by what `full` says to each question.
    fn answer_all(&mut self, regions: &[RegionId], mut marks: impl FnMut(&Card) -> Vec<usize>, full: &[Answer]) {
        let mut times = 0;
        let mut next = full.iter().copied().cycle();
        while let Some(card) = self.cards(regions).into_iter().nth(0) {
            let marked = if times < 3 { marks(&card) } else { Vec::new() };
            let answered = card.answered(&marked);
            self.say(answered.said);
            for id in answered.in_full {
                let caution = &knowledge().cautions[&id];
                let body = given(&id, caution, next.next().unwrap_or(Answer::No), Vec::new());
                self.say(answered_in_full(knowledge(), body, regions));
            }
            times += 1;
            assert!(times < 60, "cards without end");
            self.now = &self.now + 1.second();
        }
    }

    fn later(&mut self, days: i32) {
        self.now = &self.now + Span::new().days(days);
    }

    fn still_open(&self, regions: &[RegionId]) -> Vec<String> {
        let sites = areas_asked(knowledge(), "sp_bruise", regions).iter().flat_map(|area| area.sites()).collect();
        let screen = Assessment::from_state(knowledge(), &self.state, &self.now, &wishes(regions)).screen;
        screen.open(knowledge(), sites).map(str::to_owned).collect()
    }
}

fn wishes(regions: &[RegionId]) -> CheckedIn {
    CheckedIn {
        goal: Goal::Mobility,
        minutes: SessionMinutes::new(10).unwrap(),
        soreness: Vec::new(),
        tight: Vec::new(),
        wants: regions.to_vec(),
        avoid: Vec::new(),
    }
}

fn words_on(cards: &[Card]) -> usize {
    cards.iter().map(|card| card.words(knowledge())).sum()
}

fn nothing(_: &Card) -> Vec<usize> {
    Vec::new()
}

#[test]
fn a_first_screen_has_at_most_12_cards_and_500_words_wherever_it_is() {
    let anywhere: Vec<Vec<RegionId>> =
        RegionId::ALL.into_iter().map(|region| vec![region]).chain([RegionId::ALL.to_vec()]).collect();
    let mut most = 0;
    for regions in anywhere {
        let cards = Person::new(34).cards(&regions);
        assert!(cards.len() <= Cards::FIRST_CARDS && words_on(&cards) <= Cards::FIRST_WORDS, "{regions:?}");
        most = most.max(words_on(&cards));
        assert!(cards.is_sorted_by_key(|card| card.kind));
    }
    assert!(most > 400, "a screen of {most} words leaves something out");
}

#[test]
fn none_of_these_on_every_card_answers_every_question_for_today() {
    let regions = [RegionId::Calf, RegionId::Lats];
    let mut person = Person::new(34);
    person.answer_all(&regions, nothing, &[]);
    assert_eq!(person.still_open(&regions), Vec::<String>::new());
    let assessment = Assessment::from_state(knowledge(), &person.state, &person.now, &wishes(&regions));
    assert!(judge(knowledge(), &assessment).verdict.clearance().is_some());
    assert!(person.state.answers.iter().all(|(id, answers)| {
        answers
            .iter()
            .all(|a| a.what.answer == Answer::No && a.what.text_version == knowledge().cautions[id].text_version)
    }));
}

#[test]
fn the_next_day_there_is_one_card_that_asks_every_sign_again() {
    let mut person = Person::new(34);
    person.answer_all(&[RegionId::Calf], nothing, &[]);
    person.later(1);
    // Other areas than the day before.
    let regions = [RegionId::Lats, RegionId::Triceps];
    let cards = person.cards(&regions);
    assert_eq!(cards.iter().map(|card| card.kind).collect::<Vec<_>>(), [CardKind::Later]);
    assert!(words_on(&cards) <= Cards::LATER_WORDS);
    let asked: BTreeSet<&str> = cards[0].lines.iter().flat_map(|line| &line.ids).map(String::as_str).collect();
    for (id, caution) in &knowledge().cautions {
        assert!(caution.ask_again != AskAgain::EachSession || asked.contains(id.as_str()), "{id}");
    }
    person.answer_all(&regions, nothing, &[]);
    assert_eq!(person.still_open(&regions), Vec::<String>::new());
}

#[test]
fn a_marked_line_is_unknown_until_each_question_is_answered_in_full() {
    let mut person = Person::new(34);
    person.answer_all(&[RegionId::Calf], nothing, &[]);
    person.later(1);
    let card = person.cards(&[RegionId::Calf]).remove(0);
    for (index, line) in card.lines.iter().enumerate() {
        let answered = card.answered(&[index]);
        for id in &line.ids {
            let about: Vec<Answer> =
                answered.said.iter().filter(|body| body.caution == *id).map(|body| body.answer).collect();
            assert!(!about.contains(&Answer::No), "{id} on \"{}\"", line.text);
            assert!(about.contains(&Answer::Unknown), "{id} on \"{}\"", line.text);
            assert!(answered.cards_follow || answered.in_full.contains(id), "{id} is asked in full");
        }
    }
}

#[test]
fn news_open_the_questions_of_the_first_screen_again() {
    let mut person = Person::new(34);
    person.answer_all(&[RegionId::Calf], nothing, &[]);
    person.later(1);
    let card = person.cards(&[RegionId::Calf]).remove(0);
    let news = card.lines.iter().position(|line| line.text.starts_with("New since 5 Jan:")).unwrap();
    person.say(card.answered(&[news]).said);
    let follow = person.cards(&[RegionId::Calf]);
    let asked: BTreeSet<&str> =
        follow.iter().flat_map(|c| &c.lines).flat_map(|l| &l.ids).map(String::as_str).collect();
    assert!(follow.len() > 3 && follow.len() <= Cards::FIRST_CARDS);
    assert!(knowledge().cards.later.news.ids.iter().all(|id| asked.contains(id.as_str())));
    assert!(!asked.contains("sp_alcohol"), "what was answered a moment ago is not asked again");
}

#[test]
fn a_yes_is_asked_by_name_and_none_of_these_keeps_it_with_its_side_and_agreement() {
    let mut person = Person::new(34);
    person.answer_all(&[RegionId::Calf], nothing, &[]);
    let caution = &knowledge().cautions["sp_anticoagulant"];
    let yes = QuestionAnswered {
        clinician_agreed_on: Some("2026-01-02".parse().unwrap()),
        ..given("sp_anticoagulant", caution, Answer::Yes, Vec::new())
    };
    person.say(vec![yes.clone()]);
    for days in [10, 10, 12] {
        person.later(days);
        let line = |person: &Person| {
            let card = person.cards(&[RegionId::Calf]).remove(0);
            card.lines.iter().find(|line| line.text == "Changed: blood thinner").cloned()
        };
        assert_eq!(line(&person).is_some(), days == 12, "only once it has to be answered again");
        person.answer_all(&[RegionId::Calf], nothing, &[]);
    }
    assert_eq!(person.state.answers["sp_anticoagulant"].last().unwrap().what, yes);
}

#[test]
fn after_a_long_break_each_question_has_its_own_line_again() {
    let mut person = Person::new(34);
    person.answer_all(&[RegionId::Calf], nothing, &[]);
    let limit = i32::from(knowledge().cards.ask_anew_after_days);
    person.later(limit);
    assert_eq!(person.cards(&[RegionId::Calf])[0].kind, CardKind::Later);
    person.later(1);
    let cards = person.cards(&[RegionId::Calf]);
    assert!(cards.len() > 6 && words_on(&cards) <= Cards::FIRST_WORDS);
}

#[test]
fn the_age_answers_for_children_and_older_adults() {
    for (age, child, older) in [
        (17, Some(Answer::Yes), None),
        (18, Some(Answer::No), None),
        (69, Some(Answer::No), None),
        (70, Some(Answer::No), Some(Answer::Yes)),
    ] {
        let mut person = Person::new(age);
        let said = |person: &Person, id: &str| Some(person.state.answers.get(id)?.last()?.what.answer);
        assert_eq!((said(&person, "sp_child"), said(&person, "sp_older_adult")), (child, older), "{age}");
        assert_eq!(by_age(knowledge(), &person.state, &person.now, None), [], "said once");
        let lines = person.cards(&[RegionId::Calf]).into_iter().flat_map(|card| card.lines);
        let asks = lines.flat_map(|line| line.ids).any(|id| id == "sp_older_adult");
        assert_eq!(asks, older.is_none(), "younger people may be unsteady too");
        person.later(90);
        assert!(
            !by_age(knowledge(), &person.state, &person.now, None).is_empty(),
            "and again when it has to be confirmed"
        );
    }
}

/// One visit: days since the last, areas, which lines are marked, what the full questions get.
type Visit = (i32, Vec<RegionId>, Vec<Index>, Vec<Answer>);

fn visits() -> impl Strategy<Value = Vec<Visit>> {
    let gap = prop_oneof![4 => 1..4_i32, 3 => 4..15_i32, 1 => 15..22_i32];
    let regions = proptest::collection::vec(select(RegionId::ALL.to_vec()), 1..4);
    let marks = prop_oneof![3 => Just(Vec::new()), 2 => proptest::collection::vec(any::<Index>(), 1..4)];
    let full = proptest::collection::vec(select(vec![Answer::Yes, Answer::No, Answer::No, Answer::Unknown]), 1..6);
    proptest::collection::vec((gap, regions, marks, full), 2..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    /// Whatever was answered, and wherever: while no break is longer than 21 days, a later day opens
    /// with at most one card of at most 90 words, and a card that was answered leaves nothing open but what was left
    /// unsure.
    #[test]
    fn a_later_day_has_one_card_of_at_most_90_words(first in visits(), age in 12..90_u8) {
        let mut person = Person::new(age);
        for (day, (gap, regions, marks, full)) in first.into_iter().enumerate() {
            if day > 0 {
                person.later(gap);
            }
            person.say_age();
            let shown = person.cards(&regions);
            if day == 0 {
                prop_assert!(shown.len() <= Cards::FIRST_CARDS && words_on(&shown) <= Cards::FIRST_WORDS);
            } else {
                prop_assert!(shown.len() <= 1, "day {} has {} cards: {:#?}", day, shown.len(),
                    shown.iter().map(|c| (&c.title, c.lines.iter().map(|l| &l.text).collect::<Vec<_>>())).collect::<Vec<_>>());
                prop_assert!(words_on(&shown) <= Cards::LATER_WORDS, "{} words", words_on(&shown));
            }
            for line in shown.iter().flat_map(|card| &card.lines) {
                prop_assert!(words(&line.text) <= Cards::LINE_WORDS, "{}", line.text);
            }
            person.answer_all(&regions, |card| marks.iter().map(|mark| mark.index(card.lines.len())).collect(), &full);
            for id in person.still_open(&regions) {
                let last = person.state.answers.get(&id).and_then(|answers| answers.last());
                prop_assert!(last.is_some_and(|last| last.what.answer != Answer::No), "{} was left out", id);
            }
        }
    }

    /// "None of these" never takes back a yes to something that lasts.
    #[test]
    fn none_of_these_on_a_later_day_takes_no_lasting_yes_back(
        told in proptest::collection::vec(any::<Index>(), 1..12), gaps in proptest::collection::vec(1..21_i32, 1..12),
    ) {
        let regions = [RegionId::Calf];
        let mut person = Person::new(34);
        person.answer_all(&regions, nothing, &[]);
        let lasting = &knowledge().cards.later.news.ids;
        let told: BTreeSet<&String> = told.iter().map(|index| &lasting[index.index(lasting.len())]).collect();
        for id in &told {
            person.say(vec![given(id, &knowledge().cautions[*id], Answer::Yes, Vec::new())]);
        }
        for gap in gaps {
            person.later(gap);
            person.answer_all(&regions, nothing, &[]);
            let screen = Assessment::from_state(knowledge(), &person.state, &person.now, &wishes(&regions)).screen;
            for id in &told {
                prop_assert_eq!(screen.fact(id).answer, Answer::Yes, "{}", id);
            }
        }
    }
}

/// What was read of each question, with the version it was read in.
#[test]
fn words_that_change_have_a_new_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/readings.txt");
    let known: BTreeMap<String, (u16, String)> = fs::read_to_string(&path)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            Some((parts.next()?.to_owned(), (parts.next()?.parse().ok()?, parts.next()?.to_owned())))
        })
        .collect();
    let now: BTreeMap<String, (u16, String)> = knowledge()
        .cautions
        .iter()
        .map(|(id, caution)| {
            (id.clone(), (caution.text_version, format!("{:016x}", reading(knowledge(), id, caution))))
        })
        .collect();
    let unraised: Vec<&String> = now
        .iter()
        .filter(|(id, (version, hash))| known.get(*id).is_some_and(|(old, read)| read != hash && version <= old))
        .map(|(id, _)| id)
        .collect();
    assert!(
        unraised.is_empty(),
        "what people read of these questions changed, so raise text_version in their files: {unraised:?}"
    );
    if env::var_os("UPDATE_EXPECTED").is_some() {
        let lines: String = now.iter().map(|(id, (version, hash))| format!("{id} {version} {hash}\n")).collect();
        fs::write(&path, lines).unwrap();
    } else {
        assert_eq!(
            known, now,
            "UPDATE_EXPECTED=1 cargo test -p supple-core --test it words_that_change, and read it"
        );
    }
}

/// `docs/screen-cards.md` shows each line with the full questions it stands for; its table is written from the files.
#[test]
fn the_document_shows_the_lines_as_they_are() {
    const BEGIN: &str = "<!-- table: written by the test the_document_shows_the_lines_as_they_are -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screen-cards.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, table) = text.split_once(BEGIN).expect("the mark before the table");
    let cards = &knowledge().cards;
    let mut now = String::new();
    let mut add = |title: &str, lines: &mut dyn Iterator<Item = (&String, &Vec<String>)>| {
        now += &format!("\n## {title}\n\n| line | stands for | the full question |\n|---|---|---|\n");
        for (text, ids) in lines {
            for (at, id) in ids.iter().enumerate() {
                let text = if at == 0 { text.as_str() } else { "" };
                now += &format!("| {text} | `{id}` | {} |\n", knowledge().cautions[id].question);
            }
        }
    };
    for (at, card) in cards.first.iter().enumerate() {
        let title = format!("First session, card {}: {}", at + 1, card.title);
        add(&title, &mut card.lines.iter().map(|line| (&line.text, &line.ids)));
    }
    let later = &cards.later;
    let news = std::iter::once((&later.news.text, &later.news.ids));
    add("A later day", &mut later.lines.iter().map(|line| (&line.text, &line.ids)).chain(news));
    if env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{now}")).unwrap();
    } else {
        assert_eq!(table, now, "UPDATE_EXPECTED=1 cargo test -p supple-core --test it the_document, and read it");
    }
}
