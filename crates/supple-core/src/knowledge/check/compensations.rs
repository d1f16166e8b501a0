//! What is looked for in movement tests: everything it names exists, and every test can be reached.

use super::super::{Compensation, Knowledge, Viewpoint};
use super::{Problem, Problems};
use crate::sorted::SortedSet;

/// The test every screen begins with.
const FIRST: &str = "overhead_squat";

fn file_of(id: &str) -> String {
    format!("compensations/{id}.toml")
}

fn test_file_of(id: &str) -> String {
    format!("movement_tests/{id}.toml")
}

/// Ensure every test names compensations that exist, and every compensation a test that does, each the right ones.
pub(super) fn tests_and_findings_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let known = &knowledge.compensations;
    let mut wrong = |file: &str, field: &str, what: String| problems.push(Problem::new(file, field, rule, what));
    for (id, compensation) in known {
        let file = file_of(id);
        if !knowledge.movement_tests.contains_key(&compensation.test) {
            let test = &compensation.test;
            wrong(
                &file,
                "test",
                format!("no test is called `{test}`; correct the id, or add {}", test_file_of(test)),
            );
        }
        if let Some(other) = &compensation.compares
            && known.get(other).is_none_or(|other| other.test != compensation.test)
        {
            wrong(&file, "compares", format!("no compensation of the same test is called `{other}`; correct the id"));
        }
    }
    for (id, test) in &knowledge.movement_tests {
        let file = test_file_of(id);
        for (index, caller) in test.called_for_by.iter().enumerate() {
            if !known.contains_key(caller) {
                let what =
                    format!("no compensation is called `{caller}`; correct the id, or add {}", file_of(caller));
                wrong(&file, &format!("called_for_by[{index}]"), what);
            }
        }
        for (place, retake) in test.retests.iter().enumerate() {
            let field = |name: &str| format!("retests[{place}].{name}");
            let seen_here = |finding: &Compensation| finding.test == *id && finding.view != Viewpoint::Compared;
            for (index, caller) in retake.called_for_by.iter().enumerate() {
                if !known.get(caller).is_some_and(seen_here) {
                    let what = format!("`{caller}` is nothing that is seen in this test; correct the id");
                    wrong(&file, &field(&format!("called_for_by[{index}]")), what);
                }
            }
            let compared = |finding: &Compensation| finding.test == *id && finding.view == Viewpoint::Compared;
            if !known.get(&retake.points_to).is_some_and(compared) {
                let what =
                    format!("`{}` is nothing of this test with the view `compared`; correct it", retake.points_to);
                wrong(&file, &field("points_to"), what);
            }
            let twice = knowledge.movement_tests.contains_key(&retake.id)
                || knowledge
                    .movement_tests
                    .values()
                    .flat_map(|test| &test.retests)
                    .filter(|one| one.id == retake.id)
                    .count()
                    > 1;
            if twice {
                wrong(&file, &field("id"), format!("another test is called `{}` too; choose another id", retake.id));
            }
        }
    }
}

/// Ensure the measures that are named exist, and one that decides is named among them, with exactly one limit.
pub(super) fn measures_can_decide(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, compensation) in &knowledge.compensations {
        let mut wrong = |field: String, what: String| problems.push(Problem::new(&file_of(id), &field, rule, what));
        for (index, measure) in compensation.measures.iter().enumerate() {
            if !knowledge.measures.contains_key(measure) {
                wrong(format!("measures[{index}]"), format!("no measure is called `{measure}`; correct the id"));
            }
        }
        for (index, decides) in compensation.decides.iter().enumerate() {
            if !compensation.measures.contains(&decides.measure) {
                let what = format!("`{}` decides, but is not among the measures; add it there", decides.measure);
                wrong(format!("decides[{index}].measure"), what);
            }
            let limits = [decides.below, decides.above, decides.apart];
            if limits.iter().flatten().count() != 1 || limits.iter().flatten().any(|limit| !limit.is_finite()) {
                let what = "give one number: `below`, `above` or `apart`".to_owned();
                wrong(format!("decides[{index}]"), what);
            }
            // A difference between sides is what compares them, and nothing else.
            if decides.apart.is_some() != compensation.compares.is_some() {
                let what = "`apart` belongs to what compares two sides, and only `apart` does".to_owned();
                wrong(format!("decides[{index}].apart"), what);
            }
        }
    }
}

/// Ensure the moves that are named exist.
pub(super) fn moves_exist(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, compensation) in &knowledge.compensations {
        let lists = [
            ("stretch", &compensation.stretch),
            ("strengthen", &compensation.strengthen),
            ("integrate", &compensation.integrate),
        ];
        for (field, moves) in lists {
            for (index, named) in moves.iter().enumerate() {
                if !knowledge.moves.contains_key(named) {
                    let what = format!("no move is called `{named}`; correct the id, or add moves/{named}.toml");
                    problems.push(Problem::new(&file_of(id), &format!("{field}[{index}]"), rule, what));
                }
            }
        }
    }
}

/// Ensure the tests stand in an order that begins with the overhead squat, which is asked of everybody.
pub(super) fn tests_are_in_order(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let tests = &knowledge.movement_tests;
    for (id, test) in tests {
        let mut wrong = |field: &str, what: String| problems.push(Problem::new(&test_file_of(id), field, rule, what));
        if (id == FIRST) != (test.order == 1) {
            wrong("order", format!("`{FIRST}` is 1, and every other test comes after it"));
        }
        if id == FIRST && !test.called_for_by.is_empty() {
            wrong("called_for_by", "everybody is asked for this test; leave the list empty".to_owned());
        }
        if let Some((other, _)) = tests.iter().find(|(other, known)| *other < id && known.order == test.order) {
            wrong("order", format!("`{other}` has this place already; choose another"));
        }
        if test.repetitions < 2 {
            wrong("repetitions", "nothing is found on one repetition; ask for at least two".to_owned());
        }
    }
}

/// Ensure every test that is not left to be chosen by hand is called for by something that can be found.
pub(super) fn tests_can_be_reached(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut reached: SortedSet<&str> = SortedSet::from([FIRST]);
    loop {
        let can_be_found =
            |id: &String| knowledge.compensations.get(id).is_some_and(|known| reached.contains(known.test.as_str()));
        let more: Vec<&str> = knowledge
            .movement_tests
            .iter()
            .filter(|(id, test)| !reached.contains(id.as_str()) && test.called_for_by.iter().any(can_be_found))
            .map(|(id, _)| id.as_str())
            .collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    for (id, test) in &knowledge.movement_tests {
        if !test.called_for_by.is_empty() && !reached.contains(id.as_str()) {
            let what = format!(
                "nothing that can be found from `{FIRST}` on calls for this test; name something that does, or leave the \
                 list empty for one chosen by hand"
            );
            problems.push(Problem::new(&test_file_of(id), "called_for_by", rule, what));
        }
    }
}

/// Ensure nothing is to be rolled that is never rolled.
pub(super) fn regions_can_be_rolled(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, compensation) in &knowledge.compensations {
        for (index, region) in compensation.roll.iter().enumerate() {
            if knowledge.regions.get(region).is_some_and(|known| !known.rollable) {
                let what = format!("the {region} is never rolled; take it out");
                problems.push(Problem::new(&file_of(id), &format!("roll[{index}]"), rule, what));
            }
        }
    }
}

/// Ensure what is looked for in a test that is done on each side can be on a side.
pub(super) fn sides_fit_the_test(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, compensation) in &knowledge.compensations {
        let each_side = knowledge.movement_tests.get(&compensation.test).is_some_and(|test| test.each_side);
        if (each_side || compensation.compares.is_some()) && !compensation.has_side {
            let what = "its test is done on each side, so this can be on one side; write true".to_owned();
            problems.push(Problem::new(&file_of(id), "has_side", rule, what));
        }
    }
}
