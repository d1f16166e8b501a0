//! Every id that is named exists, and every thing that exists is named.

use super::super::{ClaimVerdict, Goal, Grade, Knowledge, StopSignalId, ToolId};
use super::{Problem, Problems, walk};
use crate::body::RegionId;
use crate::sorted::{SortedMap, SortedSet};
use serde_json::Value;

/// The sentences the engine explains itself with.
const REASONS_USED: &[&str] = &[
    // why a block is in
    "wanted",
    "sore",
    "tight",
    "usual_for_goal",
    "usual_place",
    "dose_curve",
    "effect",
    "own_tests_more",
    "sore_tomorrow",
    "own_tests_less",
    // what keeps it gentle
    "first_session",
    "age_gentle_start",
    "sore_gentle",
    "flare",
    "no_step_up",
    "after_stop",
    "lighter_asked",
    // why there is no plan
    "age_under_limit",
    "age_adult_present",
    "age_unknown",
    "session_ended_unwell",
    // why a region is left out
    "too_sore",
    "avoided",
    "taken_out",
    "experiment_way",
    "experiment_first",
    "experiment_rest",
    "blocked",
    "blocked_until_answered",
    "blocked_next_to",
    "avoided_next_to",
    "area_full_today",
    "no_tool",
    "no_place",
    "too_hard_tool",
    "tool_ruled_out",
    "no_joint_movement",
    "not_first_session",
    "limits_too_tight",
    "no_technique",
    "no_time",
    "ended_today",
    "closed_after_bruise",
    // a clinician's agreement
    "agreed",
    "agreement_not_valid",
    "agreement_not_enough",
    // weeks
    "programme_why_seen",
    "programme_why_place",
    "programme_why_usual",
    "programme_why_before",
    "programme_why_after",
    "programme_why_stretch",
    "programme_why_stretch_alone",
    "programme_sore_then",
    "programme_why_strengthen",
    "programme_why_step",
    "programme_why_integrate",
    "programme_why_screen",
    "programme_why_screen_short",
    "programme_closed",
    "programme_no_equipment",
    "programme_instead",
    "programme_others",
    "programme_no_rolling",
    "programme_one_session",
    "programme_half_for_rolling",
    "programme_why_goes_on",
    "programme_pressed_along",
    "programme_no_response",
    "programme_sore_ahead",
    "programme_smr_twice",
    "programme_strengthen_twice",
    "programme_stretch_twice",
    "programme_integrate_twice",
    "programme_screen_again",
    "programme_cause_minutes",
    "programme_cause_closed",
    "programme_cause_away",
    "programme_cause_lighter",
    "programme_cause_short_days",
    "programme_cause_ahead",
    "programme_cause_days",
    "programme_moved",
    "programme_let_go",
    "programme_new",
    "programme_other",
    "programme_stays",
    "programme_ill",
    "programme_away",
    "programme_cannot",
    "programme_cause_rule",
    "programme_cause_outside",
    "programme_cause_training",
    "programme_no_item",
];

/// The stop signals the guide listens for.
const STOP_SIGNALS: [StopSignalId; 7] = [
    StopSignalId::SharpOrElectric,
    StopSignalId::LimbPinsOrColour,
    StopSignalId::TooStrong,
    StopSignalId::RisingInHold,
    StopSignalId::DizzyOrChest,
    StopSignalId::SwellingOrBruise,
    StopSignalId::SoreNextDay,
];

/// Sources that nothing cites yet, each with what will.
const SOURCES_FOR_LATER: &[&str] = &[];

/// The mark of a number or a call of our own.
const OUR_JUDGEMENT: &str = "our_judgement";

/// The names of fields that hold source ids: lists, and single ones.
const SOURCE_LISTS: &[&str] = &["sources", "curve_sources", "measure_sources"];
const SOURCE_FIELD: &str = "source";

/// Ensure every source cited anywhere stands in `sources.toml`.
pub(super) fn sources_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    citations(knowledge, |file, field, source| {
        if !knowledge.sources.contains_key(source) {
            let what = format!("no source is called `{source}`; correct the id, or add it to sources.toml");
            problems.push(Problem::new(file, &field, rule, what));
        }
    });
}

/// Ensure every source in `sources.toml` is cited somewhere.
pub(super) fn sources_are_used(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut cited = SortedSet::new();
    citations(knowledge, |_, _, source| {
        cited.insert(source.to_owned());
    });
    for id in knowledge.sources.keys() {
        if !cited.contains(id) && !SOURCES_FOR_LATER.contains(&id.as_str()) {
            let what = "nothing cites this source; cite it where it is used, or take it out".to_owned();
            problems.push(Problem::new("sources.toml", id, rule, what));
        }
    }
}

/// Ensure everything that has room for sources names at least one, except a claim whose studies were not read yet.
pub(super) fn sources_are_given(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    walk::tables(knowledge, |file, field, table| {
        let not_read_yet = file == "claims.toml"
            && knowledge.claims.get(field).is_some_and(|claim| claim.verdict == ClaimVerdict::NotYetSearched);
        for name in SOURCE_LISTS {
            let empty = table.get(*name).and_then(Value::as_array).is_some_and(Vec::is_empty);
            if empty && !not_read_yet {
                let what = "no source is given; name one of sources.toml, or `our_judgement` where it is ours";
                problems.push(Problem::new(file, &walk::inside(field, name), rule, what.to_owned()));
            }
        }
    });
}

/// Ensure whatever was read as our judgement also cites it, so that no number looks like a finding.
pub(super) fn judgement_is_cited(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    walk::tables(knowledge, |file, field, table| {
        if table.get("read").and_then(Value::as_str) != Some(OUR_JUDGEMENT) {
            return;
        }
        let list = table.get("sources").and_then(Value::as_array);
        let cited = match (list, table.get(SOURCE_FIELD)) {
            (Some(sources), _) => sources.iter().any(|source| source == OUR_JUDGEMENT),
            (None, Some(source)) => source == OUR_JUDGEMENT,
            (None, None) => true, // a source itself
        };
        if !cited {
            let what = "`read` says our judgement, but the sources do not; add `our_judgement` to them";
            problems.push(Problem::new(file, &walk::inside(field, "read"), rule, what.to_owned()));
        }
    });
}

/// Ensure the zones that techniques and moves name exist.
pub(super) fn zones_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut look = |file: &str, field: &str, zones: &[String]| {
        for (index, zone) in zones.iter().enumerate() {
            if !knowledge.zones.contains_key(zone) {
                let what = format!("no zone is called `{zone}`; correct the id, or add zones/{zone}.toml");
                problems.push(Problem::new(file, &format!("{field}[{index}]"), rule, what));
            }
        }
    };
    for (id, technique) in &knowledge.techniques {
        let file = format!("techniques/{id}.toml");
        look(&file, "zones_to_avoid", &technique.zones_to_avoid);
        look(&file, "works_in", &technique.works_in);
    }
    for (id, known) in &knowledge.moves {
        look(&format!("moves/{id}.toml"), "zones", &known.zones);
    }
}

/// Ensure `screen.toml` asks every question exactly once, and nothing else.
pub(super) fn screen_lists_every_caution_once(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut times: SortedMap<&str, usize> = SortedMap::new();
    for id in knowledge.screen.ids() {
        *times.get_or_default(id) += 1;
    }
    for (&id, &count) in &times {
        if !knowledge.cautions.contains_key(id) {
            let what = format!("no question is called `{id}`; correct the id, or add cautions/{id}.toml");
            problems.push(Problem::new("screen.toml", id, rule, what));
        } else if count > 1 {
            let what = format!("`{id}` is asked {count} times; leave it in one list");
            problems.push(Problem::new("screen.toml", id, rule, what));
        }
    }
    for id in knowledge.cautions.keys() {
        if !times.contains_key(id.as_str()) {
            let what = format!("`{id}` is never asked; add it to one of the lists");
            problems.push(Problem::new("screen.toml", id, rule, what));
        }
    }
}

/// Ensure every goal stands on a claim that exists.
pub(super) fn claims_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (goal, plan) in &knowledge.planning.goals {
        if !knowledge.claims.contains_key(&plan.claim) {
            let what = format!("no claim is called `{}`; name one of claims.toml", plan.claim);
            problems.push(Problem::new("planning.toml", &format!("goals.{}.claim", goal.id()), rule, what));
        }
    }
}

/// Ensure every region the code knows is described.
pub(super) fn every_region_has_a_file(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for region in RegionId::ALL {
        if !knowledge.regions.contains_key(&region) {
            let what = "this region is not described; add the file".to_owned();
            problems.push(Problem::new(&format!("regions/{region}.toml"), "", rule, what));
        }
    }
}

/// Ensure every tool the code knows is described.
pub(super) fn every_tool_has_a_file(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for tool in ToolId::ALL {
        if !knowledge.tools.contains_key(&tool) {
            let what = "this tool is not described; add the file".to_owned();
            problems.push(Problem::new(&format!("tools/{tool}.toml"), "", rule, what));
        }
    }
}

/// Ensure every stop signal the guide listens for says what to do.
pub(super) fn every_stop_signal_is_described(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for signal in STOP_SIGNALS {
        if !knowledge.stop_signals.contains_key(&signal) {
            let what = "this stop signal is not described; add its table".to_owned();
            problems.push(Problem::new("stop_signals.toml", &id_of(signal), rule, what));
        }
    }
}

/// Ensure every goal has its plan and an effect to expect.
pub(super) fn every_goal_is_planned(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for goal in Goal::ALL {
        if !knowledge.planning.goals.contains_key(&goal) {
            let what = "this goal is not described; add its table".to_owned();
            problems.push(Problem::new("planning.toml", &format!("goals.{}", goal.id()), rule, what));
        }
        if !knowledge.priors.effects.contains_key(&goal) {
            let what = "no effect to expect is given for this goal; add its table".to_owned();
            problems.push(Problem::new("priors.toml", &format!("effects.{}", goal.id()), rule, what));
        }
    }
}

/// Ensure every grade has the words that people read.
pub(super) fn every_grade_has_words(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for grade in [Grade::High, Grade::Moderate, Grade::Low, Grade::VeryLow] {
        if !knowledge.grades.contains_key(&grade) {
            let what = "this grade has no words; add its table".to_owned();
            problems.push(Problem::new("grades.toml", &id_of(grade), rule, what));
        }
    }
}

/// Ensure every sentence the engine says is written.
pub(super) fn reasons_used_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for &id in REASONS_USED {
        if !knowledge.reasons.contains_key(id) {
            let what = "the engine gives this reason, but it has no sentence; add its table".to_owned();
            problems.push(Problem::new("reasons.toml", id, rule, what));
        }
    }
}

/// Ensure every sentence that is written is one the engine says.
pub(super) fn reasons_are_used(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for id in knowledge.reasons.keys() {
        if !REASONS_USED.contains(&id.as_str()) {
            let what = "the engine never gives this reason; correct the id, or take the sentence out".to_owned();
            problems.push(Problem::new("reasons.toml", id, rule, what));
        }
    }
}

/// Ensure no list names a thing twice.
pub(super) fn lists_name_a_thing_once(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    walk::lists(knowledge, |file, field, list| {
        for (index, value) in list.iter().enumerate() {
            if list[..index].contains(value) {
                let what = format!("{value} stands in this list already; take it out");
                problems.push(Problem::new(file, &format!("{field}[{index}]"), rule, what));
            }
        }
    });
}

/// Shows every source id that is cited, with its file and field.
fn citations(knowledge: &Knowledge, mut show: impl FnMut(&str, String, &str)) {
    walk::tables(knowledge, |file, field, table| {
        for name in SOURCE_LISTS {
            let sources = table.get(*name).and_then(Value::as_array).into_iter().flatten();
            for (index, source) in sources.enumerate() {
                if let Some(id) = source.as_str() {
                    show(file, format!("{}[{index}]", walk::inside(field, name)), id);
                }
            }
        }
        if let Some(id) = table.get(SOURCE_FIELD).and_then(Value::as_str) {
            show(file, walk::inside(field, SOURCE_FIELD), id);
        }
    });
}

/// The id of a value as files write it.
pub(super) fn id_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default()
}
