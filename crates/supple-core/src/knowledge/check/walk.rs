//! Every table and every text of the knowledge with the file and field it stands in, for rules that hold everywhere.
//!
//! The knowledge is looked at as JSON: a field added to a type tomorrow is found without a change here.

use super::super::Knowledge;
use serde_json::{Map, Value};

/// Folders with one file per thing; everything else is one file.
const FOLDERS: &[&str] = &[
    "regions",
    "tools",
    "zones",
    "techniques",
    "cautions",
    "measures",
    "questions",
    "moves",
    "movement_tests",
    "compensations",
    "paths",
    "sports",
];

/// Shows every table with its file and field, the outermost of a file first; its field is empty.
pub(super) fn tables(knowledge: &Knowledge, mut show: impl FnMut(&str, &str, &Map<String, Value>)) {
    walk(knowledge, &mut |file, field, value| {
        if let Value::Object(table) = value {
            show(file, field, table);
        }
    });
}

/// Shows every list with its file and field.
pub(super) fn lists(knowledge: &Knowledge, mut show: impl FnMut(&str, &str, &[Value])) {
    walk(knowledge, &mut |file, field, value| {
        if let Value::Array(list) = value {
            show(file, field, list);
        }
    });
}

/// Shows every text, ids included, with its file and field, as `lines[0].text`.
pub(super) fn texts(knowledge: &Knowledge, mut show: impl FnMut(&str, &str, &str)) {
    walk(knowledge, &mut |file, field, value| {
        if let Value::String(text) = value {
            show(file, field, text);
        }
    });
}

/// The field inside another one: `limits` and `felt_max` are `limits.felt_max`.
pub(super) fn inside(field: &str, name: &str) -> String {
    if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") }
}

fn walk(knowledge: &Knowledge, visit: &mut impl FnMut(&str, &str, &Value)) {
    let all = serde_json::to_value(knowledge).expect("knowledge has text keys only, so JSON can hold it");
    for (name, part) in all.as_object().into_iter().flatten() {
        if FOLDERS.contains(&name.as_str()) {
            for (id, thing) in part.as_object().into_iter().flatten() {
                descend(&format!("{name}/{id}.toml"), "", thing, visit);
            }
        } else {
            descend(&format!("{name}.toml"), "", part, visit);
        }
    }
}

fn descend(file: &str, field: &str, value: &Value, visit: &mut impl FnMut(&str, &str, &Value)) {
    visit(file, field, value);
    match value {
        Value::Object(table) => {
            for (name, value) in table {
                descend(file, &inside(field, name), value, visit);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                descend(file, &format!("{field}[{index}]"), value, visit);
            }
        }
        _ => {}
    }
}
