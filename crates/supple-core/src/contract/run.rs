use super::view::view;
use super::{BadRequest, ErrorView, PlanAnswer, PlanRequest};
use crate::assess::Assessment;
use crate::gate::{Judgement, judge};
use crate::knowledge::Knowledge;
use crate::plan::{Plan, propose};

/// The longest line of JSON that is read, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// Judges an assessment and plans, if anything is allowed.
#[must_use]
pub fn decide(knowledge: &Knowledge, assessment: &Assessment) -> (Judgement, Option<Plan>) {
    let judgement = judge(knowledge, assessment);
    let plan = judgement.verdict.clearance().map(|clearance| propose(knowledge, clearance, assessment));
    (judgement, plan)
}

/// Answers a request.
///
/// # Errors
/// [`BadRequest`] if the request can be read but names something that does not exist.
pub fn answer(knowledge: &Knowledge, request: &PlanRequest) -> Result<PlanAnswer, BadRequest> {
    let assessment = Assessment::from_request(request, knowledge)?;
    let (judgement, plan) = decide(knowledge, &assessment);
    Ok(view(knowledge, &assessment, &judgement, plan.as_ref()))
}

/// Answers one request given as JSON: a [`PlanAnswer`], or an [`ErrorView`] that says what to mend.
///
/// # Errors
/// [`ErrorView`] with what is wrong, where, and what is allowed.
pub fn answer_json(knowledge: &Knowledge, text: &str) -> Result<PlanAnswer, ErrorView> {
    if text.len() > MAX_LINE_BYTES {
        let error = format!(
            "a request may be at most {MAX_LINE_BYTES} bytes, this one has {}; send fewer answers in one request",
            text.len()
        );
        return Err(ErrorView { error, field: None });
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let request: PlanRequest = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        let next = "see `supple schema request`";
        ErrorView { error: format!("{}; {next}", error.inner()), field: Some(field).filter(|field| field != ".") }
    })?;
    json.end().map_err(|error| ErrorView {
        error: format!("something follows the request: {error}; put each request on a line of its own"),
        field: None,
    })?;
    answer(knowledge, &request).map_err(|error| {
        let BadRequest::UnknownCaution { given, .. } = &error;
        ErrorView { field: Some(format!("screen.answers.{given}")), error: error.to_string() }
    })
}

/// Answers one line of JSON Lines with one line of JSON, whatever the line holds.
#[must_use]
pub fn answer_line(knowledge: &Knowledge, line: &str) -> String {
    match answer_json(knowledge, line) {
        Ok(answer) => serde_json::to_string(&answer),
        Err(error) => serde_json::to_string(&error),
    }
    .unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}
