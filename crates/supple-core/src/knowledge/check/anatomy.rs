//! Lines, spans and limbs fit the body they are on.

use super::super::Knowledge;
use super::{Problem, Problems};

/// Shortest line worth travelling, in centimetres (our judgement).
const SHORTEST_LINE_CM: f64 = 2.0;

/// Ensure a zone's span starts before it ends.
pub(super) fn spans_are_ordered(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, zone) in &knowledge.zones {
        for (region, span) in &zone.spans {
            if span.from_cm >= span.to_cm {
                let what = format!("from {} to {} cm; put the smaller number first", span.from_cm, span.to_cm);
                problems.push(Problem::new(&format!("zones/{id}.toml"), &format!("spans.{region}"), rule, what));
            }
        }
    }
}

/// Ensure a zone has spans only in regions it lies in or beside.
pub(super) fn spans_are_in_listed_regions(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, zone) in &knowledge.zones {
        for region in zone.spans.keys().filter(|region| !zone.regions.contains(region)) {
            let what = format!("{region} is not among the zone's regions; add it there, or take the span out");
            problems.push(Problem::new(&format!("zones/{id}.toml"), &format!("spans.{region}"), rule, what));
        }
    }
}

/// Ensure a region on a limb has its place along it, and a region on the trunk has none.
pub(super) fn limbs_are_ordered(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (region, known) in &knowledge.regions {
        let what = match (known.limb, known.down_the_limb) {
            (Some(_), None) => "the region is on a limb; say where along it, 0 nearest the trunk",
            (None, Some(_)) => "the region is on no limb; name the limb, or take this out",
            _ => continue,
        };
        problems.push(Problem::new(&format!("regions/{region}.toml"), "down_the_limb", rule, what.to_owned()));
    }
}

/// Ensure a technique's line lies on its region.
pub(super) fn lines_are_inside_their_region(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, technique) in &knowledge.techniques {
        let Some(region) = knowledge.regions.get(&technique.region) else { continue };
        let (from, to, length) = (technique.line.from_cm, technique.line.to_cm, region.line.length_cm);
        if from < 0.0 || to > length {
            let what = format!("{from} to {to} cm leaves the {} (0 to {length} cm); shorten it", technique.region);
            problems.push(Problem::new(&format!("techniques/{id}.toml"), "line", rule, what));
        }
    }
}

/// Ensure a technique's line starts before it ends and is long enough to travel.
pub(super) fn lines_go_somewhere(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, technique) in &knowledge.techniques {
        let (from, to) = (technique.line.from_cm, technique.line.to_cm);
        if to - from < SHORTEST_LINE_CM {
            let what = format!(
                "{from} to {to} cm; put the smaller number first and make it {SHORTEST_LINE_CM} cm or longer"
            );
            problems.push(Problem::new(&format!("techniques/{id}.toml"), "line", rule, what));
        }
    }
}
