//! The table in SAFETY.md, computed by the gate itself.

use std::fmt::Write;
use supple_core::assess::Assessment;
use supple_core::contract::{AnswerGiven, PlanRequest, ScreenGiven};
use supple_core::event::Answer;
use supple_core::gate::{Verdict, judge};
use supple_core::knowledge::{Action, AskAgain, Knowledge, Scope};

/// One row for every question: what it does, how far, when it is asked again, and the verdict for an adult of 40
/// who answers only this one with yes, before and after a clinician agreed.
pub fn of_cautions(knowledge: &Knowledge) -> String {
    let mut table =
        String::from("| id | what it does | how far | asked again | yes | yes, and a clinician agreed |\n");
    table.push_str("|---|---|---|---|---|---|\n");
    for id in knowledge.screen.ids() {
        let Some(caution) = knowledge.cautions.get(id) else { continue };
        let actions: Vec<&str> = caution.actions().map(Action::id).collect();
        let scope = match caution.scope {
            Scope::WholeBody => "whole body".to_owned(),
            Scope::Regions => format!("{} regions", caution.regions.len()),
            Scope::Side => format!("{} regions on a side", caution.regions.len()),
            Scope::MarkedArea => "where marked".to_owned(),
        };
        let again = match caution.ask_again {
            AskAgain::EachSession => "each session".to_owned(),
            AskAgain::AfterDays(days) => format!("after {days} days"),
            AskAgain::WhenChanged => "when changed".to_owned(),
        };
        let (before, after) = (verdict(knowledge, id, false), verdict(knowledge, id, true));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{id}` | {} | {scope} | {again} | {before} | {after} |", actions.join(", "));
    }
    table
}

fn verdict(knowledge: &Knowledge, id: &str, agreed: bool) -> String {
    let Some(request) = request(id, agreed) else { return "?".to_owned() };
    let Ok(assessment) = Assessment::from_request(&request, knowledge) else { return "?".to_owned() };
    let judgement = judge(knowledge, &assessment);
    let word = match &judgement.verdict {
        Verdict::Clear(_) => "clear",
        Verdict::Modify(_) => "modify",
        Verdict::Hold => "hold",
        Verdict::Refer => "refer",
    };
    let closed = judgement.verdict.clearance().is_some_and(|clearance| {
        supple_core::body::Site::all().any(|site| clearance.closed_by(site).any(|closed| closed.by == id))
    });
    if closed { format!("{word}, places closed") } else { word.to_owned() }
}

/// An adult of 40 at noon on a Sunday with everything at hand, on the left calf where a place is asked for.
fn request(id: &str, agreed: bool) -> Option<PlanRequest> {
    let mut request: PlanRequest = serde_json::from_value(serde_json::json!({
        "now": "2026-11-22T12:00:00+01:00[Europe/Berlin]", "minutes": 20, "goal": "mobility", "first_session": false,
        "tools": ["foam_roller", "ball", "massage_stick", "wall_ball"], "person": { "age_years": 40 },
        "screen": { "default": "no" },
    }))
    .ok()?;
    let given = AnswerGiven {
        answer: Answer::Yes,
        side: None,
        areas: vec![supple_core::body::Area {
            region: supple_core::body::RegionId::Calf,
            side: Some(supple_core::body::Side::Left),
        }],
        clinician_agreed_on: agreed.then(|| request.now.date().yesterday().ok()).flatten(),
        since: None,
    };
    let given = match supple_knowledge::embedded().cautions.get(id)?.scope {
        Scope::MarkedArea => given,
        _ => AnswerGiven { areas: Vec::new(), ..given },
    };
    request.screen = ScreenGiven { default: Some(Answer::No), answers: [(id.to_owned(), given)].into() };
    Some(request)
}
