//! The real files.

use crate::{as_knowledge_files, real_files};
use supple_core::knowledge::MoveKind;
use supple_core::knowledge::check::{self, RULES, TRIAL_RULES};
use supple_knowledge::{embedded, read_files, read_trials, trials};

#[test]
fn the_real_files_break_no_rule_and_are_what_programs_embed() {
    match read_files(&as_knowledge_files(real_files())) {
        Ok(knowledge) => assert_eq!(&knowledge, embedded()),
        Err(problems) => {
            let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
            panic!("{} problems in knowledge/:\n{}", lines.len(), lines.join("\n"));
        }
    }
}

#[test]
fn the_studies_are_sound_and_what_programs_embed() {
    let read = read_trials(&as_knowledge_files(real_files())).unwrap();
    assert_eq!(&read, trials());
    assert_eq!(check::trials(trials()), []);
    assert_eq!(trials().len(), 99);
    assert_eq!(trials().values().map(|trial| trial.contrasts.len()).sum::<usize>(), 251);
}

#[test]
fn the_browser_does_not_carry_the_studies() {
    let carried = serde_json::to_string(embedded()).unwrap();
    assert!(!carried.contains("bradburysquires2015_5x20"), "a contrast is in what the browser's engine embeds");
}

#[test]
fn the_embedded_knowledge_breaks_no_rule() {
    assert_eq!(check::all(embedded()), []);
}

#[test]
fn each_rule_has_a_name_of_its_own() {
    let studies = TRIAL_RULES.iter().map(|(name, _)| *name);
    let mut names: Vec<_> = RULES.iter().map(|(name, _)| *name).chain(studies).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len() + TRIAL_RULES.len());
}

#[test]
fn the_embedded_knowledge_has_the_counts_of_the_catalogue() {
    let knowledge = embedded();
    assert_eq!(knowledge.techniques.len(), 62);
    assert_eq!(knowledge.zones.len(), 42);
    assert_eq!(knowledge.cautions.len(), 63);
    assert_eq!(knowledge.measures.len(), 29);
    assert_eq!(knowledge.regions.len(), 33);
    assert_eq!(knowledge.tools.len(), 7);
    assert_eq!(knowledge.claims.len(), 21);
    assert_eq!(knowledge.stop_signals.len(), 7);
}

#[test]
fn there_are_enough_moves_of_each_kind() {
    let moves = &embedded().moves;
    for (kind, least) in [(MoveKind::Stretch, 40), (MoveKind::Strengthen, 40), (MoveKind::Integrate, 15)] {
        let there = moves.values().filter(|known| known.kind == kind).count();
        assert!(there >= least, "{there} moves of kind {kind:?}; at least {least} are wanted");
    }
}

#[test]
fn every_measure_says_what_to_expect_of_it() {
    let knowledge = embedded();
    let expected: Vec<&String> = knowledge.priors.measures.keys().collect();
    assert_eq!(expected, knowledge.measures.keys().collect::<Vec<_>>());
}

/// A grade is never above what studies come to, and every one has its reasons.
#[test]
fn every_graded_claim_is_weighed_and_its_grade_is_what_came_out() {
    let knowledge = embedded();
    for (id, claim) in &knowledge.claims {
        let result = knowledge.results.get(id);
        assert_eq!(result.map(|result| result.grade), claim.grade, "{id}: supple evidence claims says another grade");
        assert!(result.is_none_or(|result| !result.reasons.is_empty()), "{id}");
    }
    assert!(knowledge.results.keys().all(|id| knowledge.claims.contains_key(id)));
}

/// What may be a torn artery of the neck is an emergency, so no move of the neck end may send it to an appointment.
#[test]
fn moves_of_the_neck_name_the_emergency_number() {
    let neck = ["levator_stretch", "upper_trap_stretch", "chin_tuck", "chin_nod", "prone_cobra_chin"];
    for id in neck {
        let caution = embedded().moves[id].caution.as_deref().unwrap_or_default();
        for said in ["Stop at once", "dizzy", "see double", "speak or swallow", "weak or numb", "emergency number"] {
            assert!(caution.contains(said), "{id}: {caution}");
        }
    }
    for (id, known) in &embedded().moves {
        let caution = known.caution.as_deref().unwrap_or_default();
        assert!(!caution.contains("until somebody has looked at it"), "{id}: who looks has to be said");
    }
}

/// Who fell and may be hurt is told to have it looked at today; who limps as a child, too.
#[test]
fn what_cannot_wait_for_the_next_visit_is_said_to_be_for_today() {
    let then = |path: &str, watch: &str| -> &str {
        let watches = &embedded().paths[path].watches;
        watches.iter().find(|one| one.id == watch).map(|one| one.then.as_str()).expect("a watch")
    };
    for (path, watch, said) in [
        (
            "over_60",
            "falls",
            ["medical help today", "hit your head", "fainted", "blood thinner", "hip, wrist, back or ribs"],
        ),
        (
            "thin_bones",
            "falls",
            ["medical help today", "hit your head", "fainted", "blood thinner", "hip, wrist, back or ribs"],
        ),
        (
            "from_12_to_17",
            "growing",
            ["a doctor today", "limp", "hip, groin or thigh", "wakes you at night", "a joint that swells"],
        ),
    ] {
        for said in said {
            assert!(then(path, watch).contains(said), "{path}/{watch}: {said}");
        }
    }
}
