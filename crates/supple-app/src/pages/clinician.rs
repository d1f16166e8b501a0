//! *Ask my clinician*: one page to print or send with everything a clinician could agree to, and one screen to enter
//! what they ticked.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::screen::full::can_be_agreed;
use crate::today::Today;
use maud::{Markup, html};
use std::fmt::Write as _;
use supple_core::assess::Assessment;
use supple_core::body::{Half, Site};
use supple_core::days;
use supple_core::event::{Answer, EventBody, QuestionAnswered};
use supple_core::gate::judge;
use supple_core::gate::{Clearance, SiteLimits};
use supple_core::knowledge::{Caution, ToolId};
use supple_core::sorted::SortedMap;
use supple_core::state::Timed;

/// One thing a clinician could agree to.
struct Entry<'a> {
    id: &'a str,
    caution: &'a Caution,
    answered: &'a Timed<QuestionAnswered>,
    /// What Supple would then do, line by line.
    then: Vec<String>,
}

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    page(cx, 200, None)
}

/// What the clinician ticked, all on one screen.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let today = cx.now().date();
    let Some(on) = form.get("on").and_then(days::parse).filter(|day| *day <= today) else {
        return cx.answer(page(cx, 422, Some("On which day did they agree? Choose a day up to today.")));
    };
    let mut bodies = Vec::new();
    for entry in entries(cx).iter().filter(|entry| form.all("agreed").any(|id| id == entry.id)) {
        let since = match form.get(&format!("since.{}", entry.id)) {
            None => entry.answered.what.since,
            Some(text) => match days::parse(text) {
                Some(day) if day <= on => Some(day),
                _ => return cx.answer(page(cx, 422, Some("When it happened: a day before they agreed, or empty."))),
            },
        };
        bodies.push(EventBody::QuestionAnswered(QuestionAnswered {
            text_version: entry.caution.text_version,
            clinician_agreed_on: Some(on),
            since,
            ..entry.answered.what.clone()
        }));
    }
    if bodies.is_empty() {
        return cx.answer(page(cx, 422, Some("Tick what they agreed to. If it was nothing, leave this page.")));
    }
    cx.record(bodies, "plan")
}

/// Every answer of yes that a clinician's word could change and has not.
fn entries<'a>(cx: &Cx<'a>) -> Vec<Entry<'a>> {
    let today = Today::of(cx);
    let mut entries = Vec::new();
    for (id, answers) in &cx.state.answers {
        let Some(caution) = cx.knowledge.cautions.get(id).filter(|caution| can_be_agreed(caution)) else { continue };
        let Some(answered) = answers.iter().rfind(|answered| answered.what.answer == Answer::Yes) else { continue };
        let newer_no =
            answers.last().is_some_and(|last| last.what.answer == Answer::No && last.what.areas.is_empty());
        if newer_no || answered.what.clinician_agreed_on.is_some() {
            continue;
        }
        let then = today.as_ref().map_or_else(Vec::new, |today| if_agreed(cx, today, id, caution));
        entries.push(Entry { id, caution, answered, then });
    }
    entries
}

/// What would be allowed if this were agreed today: judged, not guessed.
fn if_agreed(cx: &Cx<'_>, today: &Today<'_>, id: &str, caution: &Caution) -> Vec<String> {
    let mut assessment: Assessment = today.assessment.clone();
    let date = cx.now().date();
    let mut fact = assessment.screen.fact(id).clone();
    fact.agreed_on = Some(date);
    fact.agreed = fact.yes;
    let wait = caution
        .limits
        .min_days_since
        .unwrap_or(0)
        .max(caution.limits.min_hours_since.map_or(0, |hours| hours / 24 + 1));
    if wait > 0 {
        fact.since = days::after(date, -i64::from(wait));
    }
    assessment.screen.set(id, fact);
    let judgement = judge(cx.knowledge, &assessment);
    let mut lines = Vec::new();
    match judgement.verdict.clearance() {
        None => lines.push("Nothing yet: other answers still stand against a session.".to_owned()),
        Some(clearance) => lines.extend(opened(cx, today.clearance(), clearance)),
    }
    if let Some(days) = caution.limits.min_days_since {
        lines.push(format!("Not before {days} days after it happened."));
    }
    if let Some(hours) = caution.limits.min_hours_since {
        lines.push(format!("Not before {hours} hours after it happened."));
    }
    lines
}

/// What the second clearance allows and the first does not, places with the same limits together.
fn opened(cx: &Cx<'_>, before: Option<&Clearance>, after: &Clearance) -> Vec<String> {
    let mut groups: SortedMap<String, Vec<Site>> = SortedMap::new();
    for site in Site::all().filter(|site| cx.knowledge.regions[&site.region].rollable) {
        let limits = after.at(site);
        let was = before.map(|before| before.at(site));
        if limits.blocked || was == Some(limits) {
            continue;
        }
        groups.get_or_default(limits_in_words(cx, limits)).push(site);
    }
    if groups.is_empty() {
        return vec!["No more than now: other answers set the same limits.".to_owned()];
    }
    groups.into_iter().map(|(limits, sites)| format!("{}: {limits}", places(cx, &sites))).collect()
}

fn limits_in_words(cx: &Cx<'_>, limits: &SiteLimits) -> String {
    let tools: Vec<&str> = cx
        .knowledge
        .tools
        .iter()
        .filter(|(tool, _)| **tool != ToolId::WallBall && limits.tools.allows_some(**tool))
        .map(|(_, tool)| tool.name.as_str())
        .collect();
    let vibration = if limits.vibration { "" } else { ", no vibration" };
    format!(
        "pressure felt as at most {} of 10, at most {} s a day, {} at a time; {}{vibration}",
        limits.felt_cap.get(),
        limits.seconds_per_day.get(),
        if limits.sets == 1 { "1 set".to_owned() } else { format!("{} sets", limits.sets) },
        tools.join(", "),
    )
}

fn places(cx: &Cx<'_>, sites: &[Site]) -> String {
    let rollable = Site::all().filter(|site| cx.knowledge.regions[&site.region].rollable).count();
    if sites.len() == rollable {
        return "Every place that is rolled at all".to_owned();
    }
    let mut words = Vec::new();
    for site in sites {
        let name = &cx.knowledge.regions[&site.region].name;
        let both = sites.contains(&Site::new(site.region, Half::Left))
            && sites.contains(&Site::new(site.region, Half::Right));
        match (both, site.half) {
            (true, Half::Left) => words.push(format!("{name} on both sides")),
            (true, Half::Right) => {}
            (false, half) => words.push(format!("{name} {}", half.side())),
        }
    }
    words.join(", ")
}

fn page(cx: &Cx<'_>, status: u16, problem: Option<&str>) -> Response {
    let entries = entries(cx);
    framed(
        cx,
        status,
        Page {
            title: "Ask my clinician",
            class: "page-clinician",
            place: Some(Place::Plan),
            scripts: &["share.js"],
            body: html! {
                h1 { "Ask my clinician" }
                @if entries.is_empty() {
                    p { "There is nothing open that a clinician could agree to." }
                    p { a .button href=(cx.href("plan")) { "Back to the plan" } }
                } @else {
                    @if let Some(problem) = problem { p .caution role="alert" { (problem) } }
                    p { "For the person who knows my health. I would like to roll my own muscles with a foam roller, a \
                         stick or a ball, lightly, at home. I use Supple: " (crate::pages::welcome::PURPOSE)
                        " Because of what I answered, it leaves some of it out until somebody who knows me agrees." }
                    (sheet(cx, &entries))
                    div .row .no-print {
                        button type="button" data-print="" hidden { "Print" }
                        button type="button" data-share-text="clinician-text" hidden { "Send as text" }
                    }
                    details .no-print {
                        summary { "As plain text" }
                        textarea #clinician-text readonly rows="12" aria-label="The page as plain text" { (text(cx, &entries)) }
                    }
                    section .no-print {
                        h2 { "Back from the clinician" }
                        (cx.form("clinician", "clinician", html! {
                            @for entry in &entries {
                                p { label .switch { input type="checkbox" name="agreed" value=(entry.id); " "
                                    (entry.caution.name) } }
                                @if entry.caution.limits.min_days_since.is_some() || entry.caution.limits.min_hours_since.is_some() {
                                    p .sub { label { "When did it happen? " input type="date" name={ "since." (entry.id) }
                                        max=(cx.now().date()) value=[entry.answered.what.since]; } }
                                }
                            }
                            p { label { "They agreed on " input type="date" name="on" max=(cx.now().date())
                                value=(cx.now().date()) required; } }
                            button .primary { "Save what they agreed to" }
                        }))
                    }
                }
            },
        },
    )
}

fn sheet(cx: &Cx<'_>, entries: &[Entry<'_>]) -> Markup {
    html! {
        @for entry in entries {
            section .card .agreement {
                h2 { span .box aria-hidden="true" {} " " (entry.caution.name) }
                p { "I answered yes on " (entry.answered.at.date()) " to: " (entry.caution.question) (where_words(cx, entry)) }
                p { strong { "If you agree, Supple would:" } }
                ul { @for line in &entry.then { li { (line) } } }
            }
        }
        p .signature { "Name ______________________  Date ____________" }
    }
}

fn where_words(cx: &Cx<'_>, entry: &Entry<'_>) -> String {
    let sites: Vec<Site> = entry.answered.what.areas.iter().flat_map(|area| area.sites()).collect();
    match (sites.is_empty(), entry.answered.what.side) {
        (false, _) => format!(" Where: {}.", places(cx, &sites)),
        (true, Some(side)) => format!(" Side: {side}."),
        (true, None) => String::new(),
    }
}

fn text(cx: &Cx<'_>, entries: &[Entry<'_>]) -> String {
    let mut text = String::from(
        "I would like to roll my own muscles lightly with a foam roller, a stick or a ball. Do you agree?\n",
    );
    for entry in entries {
        let (question, place) = (&entry.caution.question, where_words(cx, entry));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n[ ] {}\nI answered yes on {} to: {question}{place}\nIf you agree, Supple would:",
            entry.caution.name,
            entry.answered.at.date()
        );
        for line in &entry.then {
            let _ = writeln!(text, "- {line}");
        }
    }
    text.push_str("\nName:\nDate:\n");
    text
}
