use super::candidates::{Candidates, Way};
use super::solve::Solution;
use crate::dose::Dose;
use crate::knowledge::ToolId;
use crate::timetable::station_of;
use std::cmp::Reverse;

/// A tool in a position.
type Station<'k> = (ToolId, &'k str);

/// The need on a region, with the way chosen for it.
type Wanted<'c> = (u32, &'c Way<'c>);

/// The chosen doses in the order of the session: station by station, so that tool and position change as seldom as
/// can be; the most needed station first, in case the session is cut short; within a station the most needed
/// region first; left before right.
pub(super) fn in_order(candidates: &Candidates<'_>, solution: &Solution) -> Vec<Dose> {
    let mut stations: Vec<(Station<'_>, Vec<Wanted<'_>>)> = Vec::new();
    for (group, item) in solution.chosen.iter().enumerate() {
        let Some(item) = *item else { continue };
        let way = &candidates.ways[group][item];
        let need = way.sites().iter().filter_map(|site| candidates.need.get(&site)).max();
        let entry = (need.copied().unwrap_or(0), way);
        let key = station_of(way.technique);
        match stations.iter_mut().find(|(known, _)| *known == key) {
            Some((_, entries)) => entries.push(entry),
            None => stations.push((key, vec![entry])),
        }
    }
    for (_, entries) in &mut stations {
        entries.sort_by_key(|(need, way)| (Reverse(*need), way.technique.region));
    }
    stations.sort_by_key(|(key, entries)| (Reverse(entries.first().map(|(need, _)| *need)), *key));
    stations.into_iter().flat_map(|(_, entries)| entries).flat_map(|(_, way)| way.doses()).collect()
}
