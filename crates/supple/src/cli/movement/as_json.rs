use jiff::civil::Date;
use serde_json::{Value, json};
use supple_core::knowledge::{Knowledge, MovementTest};
use supple_core::movement::words::{how_sure, said};
use supple_core::movement::{Outcome, RegionStay, Standing, Stay, Step, worth_working_on};

/// A test, and what is looked for in it.
pub fn test(knowledge: &Knowledge, id: &str, test: &MovementTest) -> Value {
    let looked = knowledge.compensations.iter().filter(|(_, known)| known.test == id);
    json!({
        "test": id, "name": test.name, "order": test.order, "repetitions": test.repetitions,
        "each_side": test.each_side, "called_for_by": test.called_for_by,
        "retests": test.retests.iter().map(|retake| json!({
            "test": retake.id, "called_for_by": retake.called_for_by, "points_to": retake.points_to,
        })).collect::<Vec<_>>(),
        "looks_for": looked.map(|(id, known)| json!({
            "compensation": id, "name": known.name, "view": known.view, "seen": known.seen, "fine": known.fine,
            "evidence": known.evidence,
        })).collect::<Vec<_>>(),
    })
}

/// The next look; without one the screen is through.
pub fn next(knowledge: &Knowledge, step: Option<&Step>) -> Value {
    let Some(step) = step else { return json!({ "next": null }) };
    json!({ "next": {
        "test": step.test, "retest": step.retest, "side": step.side, "view": step.view,
        "repetitions": step.repetitions, "looks_for": step.looks_for,
        "steps": knowledge.movement_tests.get(&step.test).map(|test| &test.steps),
    } })
}

/// What came of it.
pub fn result(knowledge: &Knowledge, outcomes: &[Outcome], regions: &[RegionStay], due: Option<Date>) -> Value {
    let (first, more) = worth_working_on(knowledge, outcomes);
    let all = |list: Vec<&Outcome>| list.into_iter().map(|one| outcome(knowledge, one)).collect::<Vec<_>>();
    json!({
        "worth_working_on": all(first), "more": all(more), "screen_again_from": due.map(|due| due.to_string()),
        "regions": regions.iter().map(region).collect::<Vec<_>>(),
    })
}

fn outcome(knowledge: &Knowledge, outcome: &Outcome) -> Value {
    let finding = &outcome.finding;
    let standing = match outcome.standing {
        Standing::Seen => "seen",
        Standing::Confirmed(_) => "confirmed",
        Standing::Measured(_) => "measured",
        Standing::RangeIsThere(_) => "range_is_there",
    };
    json!({
        "compensation": finding.compensation, "side": finding.side, "seen_on": finding.seen_on, "of": finding.of,
        "confirmed_by": finding.confirmed_by, "standing": standing,
        "said": said(knowledge, outcome), "how_sure": how_sure(knowledge, outcome),
    })
}

fn region(one: &RegionStay) -> Value {
    let (stay, measure) = match &one.stay {
        Stay::Responds { measure } => ("responds", Some(measure)),
        Stay::CannotTell { measure, .. } => ("cannot_tell", Some(measure)),
        Stay::NotMeasured { measure } => ("not_measured", Some(measure)),
        Stay::NoMeasure => ("no_measure", None),
        Stay::Leaves { measure, .. } => ("leaves", Some(measure)),
    };
    json!({
        "region": one.region, "side": one.side, "findings": one.findings, "stays": one.stay.stays(), "why": stay,
        "measure": measure,
    })
}
