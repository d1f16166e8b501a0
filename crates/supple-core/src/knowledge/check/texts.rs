//! What people read: no claims, no blame, nothing empty, one name for one thing.

use super::super::Knowledge;
use super::{Problem, Problems, walk};
use crate::sorted::SortedMap;
use serde_json::Value;

/// Words that claim too much or blame, each with what to say instead. A `*` stands for any ending.
const WORDS: &[(&str, &str)] = &[
    ("treats", "say what people feel or do, not that rolling treats"),
    ("heals", "say what people feel or do, not that rolling heals"),
    ("cures", "say what people feel or do, not that rolling cures"),
    ("relieves", "say \"may feel looser\" or \"eases\", with how long"),
    ("prevents", "say what was found, not that rolling prevents"),
    ("prevent injury", "say what was found, not that rolling prevents"),
    ("break up", "nothing is broken up; say what the person feels"),
    ("breaks up", "nothing is broken up; say what the person feels"),
    ("adhesion*", "name the layer or the muscle"),
    ("detox*", "leave it out"),
    ("toxin*", "leave it out"),
    ("deficit*", "say what was seen or measured"),
    ("dysfunction*", "say what was seen or measured"),
    ("misalign*", "say what was seen"),
    ("underactive", "say what was seen"),
    ("overactive", "say what was seen"),
    ("weak link*", "say what was seen"),
    ("clinically proven", "give the grade and the numbers"),
    ("low risk", "say \"do not start\" or \"ask first\", never how safe it is"),
    ("safe for everyone", "say who has to ask first"),
    ("knot", "say \"tender spot\""),
    ("knots", "say \"tender spots\""),
];

/// Texts in which such a word may stand: claims as people meet them and what was found, titles of papers, and names
/// and questions where a medical word is the right one.
fn may_name_it(file: &str, field: &str) -> bool {
    match file {
        "sources.toml" => true,
        "claims.toml" => [".claim", ".answer", ".numbers"].iter().any(|end| field.ends_with(end)),
        _ => file.starts_with("cautions/") && ["name", "question"].contains(&field),
    }
}

/// Ensure no text claims what was not shown, and none blames.
pub(super) fn no_claims_and_no_blame(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let spaced = |word: &str| word.strip_suffix('*').map_or(format!(" {word} "), |start| format!(" {start}"));
    let words: Vec<_> = WORDS.iter().map(|(word, instead)| (spaced(word), instead)).collect();
    walk::texts(knowledge, |file, field, text| {
        if may_name_it(file, field) {
            return;
        }
        let spoken = spaced_words(text);
        for (word, instead) in words.iter().filter(|(word, _)| spoken.contains(word)) {
            let what = format!("\"{}\" is not a word we use; {instead}", word.trim());
            problems.push(Problem::new(file, field, rule, what));
        }
    });
}

/// The words in small letters, each between single spaces. Ids stay one word.
fn spaced_words(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut spaced = String::with_capacity(lower.len() + 2);
    spaced.push(' ');
    for word in lower.split(|letter: char| !letter.is_alphanumeric() && letter != '_') {
        if !word.is_empty() {
            spaced.push_str(word);
            spaced.push(' ');
        }
    }
    spaced
}

/// Ensure no text has a long dash.
pub(super) fn no_long_dashes(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    walk::texts(knowledge, |file, field, text| {
        if text.contains('\u{2013}') || text.contains('\u{2014}') {
            let what =
                "there is a long dash; use a comma, a colon or two sentences, and a hyphen in ranges".to_owned();
            problems.push(Problem::new(file, field, rule, what));
        }
    });
}

/// Ensure no text is empty or left for later.
pub(super) fn nothing_is_empty(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    walk::texts(knowledge, |file, field, text| {
        let what = if text.trim().is_empty() {
            "this text is empty; write it, or take the field out"
        } else if ["TODO", "FIXME", "XXX", "TBD"].iter().any(|mark| text.contains(mark)) {
            "this text is left for later; write it, or take the field out"
        } else {
            return;
        };
        problems.push(Problem::new(file, field, rule, what.to_owned()));
    });
}

/// Ensure no two things of a kind have the same name.
pub(super) fn names_are_unique(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut first: SortedMap<(String, String), String> = SortedMap::new();
    walk::tables(knowledge, |file, field, table| {
        let Some((folder, _)) = file.split_once('/').filter(|_| field.is_empty()) else { return };
        let Some(name) = table.get("name").and_then(Value::as_str) else { return };
        let key = (folder.to_owned(), name.to_lowercase());
        if let Some(other) = first.get(&key) {
            let what = format!("\"{name}\" is also the name in {other}; tell the two apart");
            problems.push(Problem::new(file, "name", rule, what));
        } else {
            first.insert(key, file.to_owned());
        }
    });
}
