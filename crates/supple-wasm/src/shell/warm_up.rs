use super::{Shell, json};
use crate::memory::failed;
use serde::Serialize;
use supple_app::exchange::{Method, Request};
use supple_core::assess::asked_about;
use supple_core::body::RegionId;
use supple_core::event::{Answer, EventBody, ProfileChanged, QuestionAnswered};
use supple_core::knowledge::{Scope, ToolId};
use supple_core::unit::AgeYears;

/// What nobody in particular checks in with.
const CHECK_IN: &str = "goal=recovery&minutes=10&want=calf&want=rectus_femoris&sore.calf.left=4";

#[derive(Debug, Serialize)]
struct Warmed {
    /// Whether it came as far as the page of a plan.
    planned: bool,
}

impl Shell {
    /// Walks through a check-in and the plan after it, for nobody and in a log that is thrown away: a browser compiles each
    /// function when it is first called, and this way it has before a person waits for it. `asked` is any request, for its
    /// time and zone. Answers with `{"planned":…}`.
    #[must_use]
    pub fn warm_up(asked: &str) -> String {
        let mut nobody = Self::default();
        let (asked, device) = match nobody.read(asked) {
            Ok(Some(read)) => read,
            Ok(None) => return json(&Warmed { planned: false }),
            Err(error) => return failed(&error),
        };
        let answers = answers().into_iter().map(|body| (asked.now.clone(), body)).collect();
        let lines = nobody.stamped(&device, "warm-up", answers);
        nobody.apply(&lines.join("\n"));
        let check_in = Request {
            method: Method::Post,
            path: "today".to_owned(),
            query: String::new(),
            body: CHECK_IN.to_owned(),
            ..asked.clone()
        };
        if let Some(decided) = nobody.decide(&check_in) {
            let lines = nobody.stamped(&device, &decided.action, decided.bodies);
            nobody.apply(&lines.join("\n"));
        }
        let plan = Request { method: Method::Get, path: "plan".to_owned(), body: String::new(), ..check_in };
        let page = nobody.decide(&plan);
        json(&Warmed { planned: page.is_some_and(|page| page.response.status == 200) })
    }
}

/// Who nobody is: grown up, with a roller, and no to every question.
fn answers() -> Vec<EventBody> {
    let knowledge = supple_knowledge::embedded();
    let everywhere = asked_about(knowledge, &RegionId::ALL);
    let profile = ProfileChanged {
        age_years: AgeYears::new(40).ok(),
        tools: Some(vec![ToolId::FoamRoller]),
        ..ProfileChanged::default()
    };
    let no = |(id, caution): (&String, &supple_core::knowledge::Caution)| {
        EventBody::QuestionAnswered(QuestionAnswered {
            caution: id.clone(),
            text_version: caution.text_version,
            answer: Answer::No,
            side: None,
            areas: if caution.scope == Scope::MarkedArea { everywhere.clone() } else { Vec::new() },
            clinician_agreed_on: None,
            since: None,
        })
    };
    let profile = EventBody::ProfileChanged(profile);
    std::iter::once(profile).chain(knowledge.cautions.iter().map(no)).collect()
}
