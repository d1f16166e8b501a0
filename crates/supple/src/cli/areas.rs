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
            let close: Vec<&str> = RegionId::ALL
                .iter()
                .map(|id| id.id())
                .filter(|id| id.split('_').any(|w| wanted.contains(w)))
                .collect();
            let hint =
                if close.is_empty() { String::new() } else { format!(" (did you mean {}?)", close.join(", ")) };
            Failure::bad_input(format!(
                "there is no region `{text}`{hint}; `supple knowledge list regions` shows all"
            ))
        })
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
