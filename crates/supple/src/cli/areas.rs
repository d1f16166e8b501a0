//! How places are typed: `calf`, `calf:left`, `calf:left=5`.

use crate::shell::Failure;
use supple_core::body::{Area, RegionId, Side};
use supple_core::event::Soreness;
use supple_core::unit::Felt;

/// `calf` or `calf:left`.
pub fn area(text: &str) -> Result<Area, Failure> {
    let (region, side) = match text.split_once(':') {
        Some((region, side)) => (region, Some(parse_side(side)?)),
        None => (text, None),
    };
    Ok(Area { region: parse_region(region)?, side })
}

/// `calf=5` or `calf:left=5`.
pub fn soreness(text: &str) -> Result<Soreness, Failure> {
    let (place, felt) = text.split_once('=').ok_or_else(|| {
        Failure::bad_input(format!("`{text}` says no soreness; write it as calf:left=5, 0 none to 10 the worst"))
    })?;
    let area = area(place)?;
    let felt = felt
        .parse::<u8>()
        .map_err(|_| Failure::bad_input(format!("soreness must be a whole number from 0 to 10, not `{felt}`")))
        .and_then(|felt| Felt::new(felt).map_err(|error| Failure::bad_input(error.to_string())))?;
    Ok(Soreness { region: area.region, side: area.side, felt })
}

/// A region by its id or by what people call it.
pub fn parse_region(text: &str) -> Result<RegionId, Failure> {
    let knowledge = supple_knowledge::embedded();
    let wanted = text.trim().to_lowercase();
    RegionId::from_id(&wanted.replace([' ', '-'], "_"))
        .or_else(|| {
            knowledge.regions.iter().find(|(_, known)| known.name.to_lowercase() == wanted).map(|(&id, _)| id)
        })
        .ok_or_else(|| {
            let close = close_to(&wanted);
            let hint =
                if close.is_empty() { String::new() } else { format!(" (did you mean {}?)", close.join(", ")) };
            Failure::bad_input(format!(
                "there is no region `{text}`{hint}; `supple knowledge list regions` shows all"
            ))
        })
}

/// Regions that may have been meant: one of their words is nearly one that was typed, or their book name has it.
fn close_to(wanted: &str) -> Vec<&'static str> {
    let typed: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let everyday = [
        ("quad", &["rectus_femoris", "vastus_lateralis"][..]),
        ("glut", &["gluteus_maximus", "gluteus_medius"]),
        ("trap", &["upper_trap_levator", "rhomboids_mid_trap"]),
        ("it", &["lateral_thigh"]),
        ("itb", &["lateral_thigh"]),
        ("neck", &["suboccipitals", "upper_trap_levator"]),
    ];
    let first = wanted.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").trim_end_matches(['s', 'e']);
    if let Some((_, known)) = everyday.iter().find(|(word, _)| *word == first) {
        return known.to_vec();
    }
    let alike = |word: &str| {
        let stem = |text: &str| text.trim_end_matches(['s', 'e']).to_owned();
        typed.iter().any(|typed| {
            let (a, b) = (stem(typed), stem(word));
            a == b || (b.len() > 3 && a.len() > 3 && (b.starts_with(&a) || a.starts_with(&b) || misses(&a, &b) <= 1))
        })
    };
    let regions = supple_knowledge::embedded().regions.iter().filter(|(_, known)| known.rollable);
    let close_by = |field: fn(&supple_core::knowledge::Region, RegionId) -> String| {
        let words = |text: String| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(&alike);
        regions
            .clone()
            .filter(move |(id, known)| words(field(known, **id)))
            .map(|(id, _)| id.id())
            .collect::<Vec<_>>()
    };
    let mut close = close_by(|known, id| format!("{id} {}", known.name).replace('_', " "));
    if close.is_empty() {
        close = close_by(|known, _| known.muscle.clone());
    }
    close.truncate(5);
    close
}

/// How many letters are too many, missing or other between two words.
fn misses(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut above = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = above + usize::from(x != *y);
            above = row[j + 1];
            row[j + 1] = changed.min(above + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// `left`, `right` or `both`.
pub fn parse_side(text: &str) -> Result<Side, Failure> {
    match text {
        "left" | "l" => Ok(Side::Left),
        "right" | "r" => Ok(Side::Right),
        "both" | "b" => Ok(Side::Both),
        _ => Err(Failure::bad_input(format!("`{text}` is no side; write left, right or both"))),
    }
}
