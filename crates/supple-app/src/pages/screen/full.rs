//! The full question, with why it is asked: after a line was marked, to correct an answer, and from the list of all
//! answers.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, framed};
use crate::pages::screen::card::PROGRAMME;
use crate::today::last_check_in;
use maud::{Markup, html};
use supple_core::assess::{answered_in_full, areas_asked, given, places_wished};
use supple_core::body::{Area, Half, RegionId, Side};
use supple_core::days;
use supple_core::event::{Answer, EventBody, QuestionAnswered};
use supple_core::knowledge::{Action, Caution, Scope};
use supple_core::programme::Item;

/// The page: `screen/ask?id=sp_rib&id=sp_hernia`.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let ids: Vec<&str> = query.all("id").collect();
    page(cx, 200, &ids, query.get("then") == Some(PROGRAMME), &[])
}

/// Every question of the form, answered; nothing is written until each of them is.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let ids: Vec<&str> = form.all("id").collect();
    let to_programme = form.get("then") == Some(PROGRAMME);
    // There may be more cards; after the last one it goes on from where somebody came.
    let then = if to_programme { format!("screen?then={PROGRAMME}") } else { "plan".to_owned() };
    match read_all(cx, form, &regions_today(cx)) {
        Ok(answers) => cx.record(answers.into_iter().map(EventBody::QuestionAnswered), &then),
        Err(problems) => cx.answer(page(cx, 422, &ids, to_programme, &problems)),
    }
}

/// What every question of a form says; nothing unless each of them is answered. `regions` are those they were asked about.
///
/// # Errors
/// What is missing or cannot be, in words.
pub fn read_all(cx: &Cx<'_>, form: &Form, regions: &[RegionId]) -> Result<Vec<QuestionAnswered>, Vec<String>> {
    let (mut said, mut problems) = (Vec::new(), Vec::new());
    for (id, caution) in form.all("id").filter_map(|id| Some((id, cx.knowledge.cautions.get(id)?))) {
        match read(cx, id, caution, form, regions) {
            Ok(answers) => said.extend(answers),
            Err(problem) => problems.push(problem),
        }
    }
    if said.is_empty() && problems.is_empty() {
        problems.push("Choose an answer.".to_owned());
    }
    if problems.is_empty() { Ok(said) } else { Err(problems) }
}

/// *I tapped the wrong answer*: what was said is not sure any more, and the full question is asked again. Not sure
/// counts as yes, so nothing opens by this alone.
pub fn wrong(cx: &Cx<'_>, form: &Form) -> Decision {
    let id = form.get("id").unwrap_or_default();
    let Some(caution) = cx.knowledge.cautions.get(id) else { return cx.answer(super::super::trouble::not_found(cx)) };
    let last = cx.state.answers.get(id).and_then(|answers| answers.last()).map(|last| &last.what);
    let body = QuestionAnswered {
        caution: id.to_owned(),
        text_version: caution.text_version,
        answer: Answer::Unknown,
        side: last.and_then(|last| last.side),
        areas: last.map(|last| last.areas.clone()).unwrap_or_default(),
        clinician_agreed_on: None,
        since: None,
    };
    cx.record([EventBody::QuestionAnswered(body)], &format!("screen/ask?id={id}"))
}

fn page(cx: &Cx<'_>, status: u16, ids: &[&str], to_programme: bool, problems: &[String]) -> Response {
    let shown: Vec<(&str, &Caution)> =
        ids.iter().filter_map(|id| Some((*id, cx.knowledge.cautions.get(*id)?))).collect();
    if shown.is_empty() {
        return crate::pages::trouble::not_found(cx);
    }
    let regions = regions_today(cx);
    framed(
        cx,
        status,
        Page {
            title: "The full question",
            class: "page-screen",
            place: None,
            scripts: &[],
            body: html! {
                h1 { @if shown.len() == 1 { "The full question" } @else { "The full questions" } }
                p .small { "Not sure is a good answer: it counts as yes until you know." }
                @if !problems.is_empty() {
                    div .caution role="alert" { @for problem in problems { p { (problem) } } }
                }
                (cx.form("ask", "screen/ask", html! {
                    @if to_programme { input type="hidden" name="then" value=(PROGRAMME); }
                    @for (id, caution) in &shown { (question(cx, id, caution, &regions, &regions)) }
                    button .primary .big .wide { "Save" }
                }))
            },
        },
    )
}

/// A question with its answers. `regions` are those it is asked about, `first` those that stand before the others.
pub fn question(cx: &Cx<'_>, id: &str, caution: &Caution, regions: &[RegionId], first: &[RegionId]) -> Markup {
    let answers = [("yes", "Yes"), ("unknown", "Not sure"), ("no", "No")];
    html! {
        fieldset .card .question {
            input type="hidden" name="id" value=(id);
            legend { (caution.question) }
            div .choices {
                @for (value, name) in answers {
                    label .choice {
                        input type="radio" name={ "answer." (id) } value=(value) required;
                        span { (name) }
                    }
                }
            }
            @match caution.scope {
                Scope::Side => {
                    p .sub { "If yes or not sure: on which side?" }
                    div .choices {
                        @for (value, name) in [("left", "left"), ("right", "right"), ("both", "both, or not sure")] {
                            label .choice {
                                input type="radio" name={ "side." (id) } value=(value) checked[value == "both"];
                                span { (name) }
                            }
                        }
                    }
                    @if !caution.marks.is_empty() {
                        @let marks: Vec<Area> = caution.marks.iter().map(|&region| Area { region, side: None }).collect();
                        details {
                            summary { "Something was taken from another place, such as back, belly, buttock or thigh" }
                            p .sub { "From where? If you are not sure where, answer not sure." }
                            (places(cx, id, &marks))
                        }
                    }
                }
                Scope::MarkedArea => {
                    p .sub { "If yes or not sure: where? If it is everywhere, or hard to say, mark nothing." }
                    @let (near, far): (Vec<Area>, Vec<Area>) =
                        areas_asked(cx.knowledge, id, regions).into_iter().partition(|area| first.contains(&area.region));
                    (places(cx, id, &near))
                    @if !far.is_empty() {
                        details { summary { "Somewhere else" } (places(cx, id, &far)) }
                    }
                }
                Scope::WholeBody | Scope::Regions => {}
            }
            @if can_be_agreed(caution) {
                details {
                    summary { "A clinician has agreed that I may roll" }
                    p { label { "On which day? " input type="date" name={ "agreed." (id) } max=(cx.now().date()); } }
                    @if caution.limits.min_days_since.is_some() || caution.limits.min_hours_since.is_some() {
                        p { label { "When did it happen? " input type="date" name={ "since." (id) } max=(cx.now().date()); } }
                    }
                }
            }
            details { summary { "Why we ask" } p { (caution.why) } }
        }
    }
}

fn places(cx: &Cx<'_>, id: &str, areas: &[Area]) -> Markup {
    html! {
        div .choices {
            @for area in areas {
                @let name = &cx.knowledge.regions[&area.region].name;
                @for half in Half::ALL {
                    label .choice {
                        input type="checkbox" name={ "where." (id) } value={ (area.region) "." (half.side()) };
                        span { (name) ", " (half.side()) }
                    }
                }
            }
        }
    }
}

/// Whether a clinician's word can open anything here.
pub fn can_be_agreed(caution: &Caution) -> bool {
    caution.does(Action::AskClinician)
        && !caution.never_lifted
        && !matches!(caution.action, Action::StopAndReferUrgently | Action::AvoidAll)
}

/// Today's regions: those that were named, or the usual ones.
pub fn regions_today(cx: &Cx<'_>) -> Vec<RegionId> {
    let Some(wishes) = last_check_in(cx.state, cx.now()) else { return Vec::new() };
    let usual = cx.knowledge.planning.goals.get(&wishes.what.goal).map_or(&[][..], |goal| &goal.usual_regions);
    let mut regions: Vec<RegionId> = places_wished(&wishes.what, usual).iter().map(|site| site.region).collect();
    regions.dedup();
    // What is moved today is asked about as what is rolled.
    let of_today = |item: &&Item| item.date == cx.now().date();
    let items = cx.state.programme.iter().flat_map(|kept| &kept.items).filter(of_today);
    let moves = items.flat_map(|item| &item.moves).filter_map(|one| cx.knowledge.moves.get(&one.id));
    for region in moves.flat_map(|known| known.regions.iter().chain(&known.touches)) {
        if !regions.contains(region) {
            regions.push(*region);
        }
    }
    regions
}

/// What a question's part of a form says; `regions` are those it was asked about.
///
/// # Errors
/// What is missing or cannot be, in words.
pub fn read(
    cx: &Cx<'_>,
    id: &str,
    caution: &Caution,
    form: &Form,
    regions: &[RegionId],
) -> Result<Vec<QuestionAnswered>, String> {
    let answer = match form.get(&format!("answer.{id}")) {
        Some("yes") => Answer::Yes,
        Some("unknown") => Answer::Unknown,
        Some("no") => Answer::No,
        _ => return Err(format!("Please answer: {}", caution.question)),
    };
    let today = cx.now().date();
    let date = |name: &str| match form.get(&format!("{name}.{id}")) {
        None => Ok(None),
        Some(text) => match days::parse(text) {
            Some(day) if day <= today => Ok(Some(day)),
            _ => Err(format!("A day must be up to {today}, such as {today}, or empty.")),
        },
    };
    let mut said = given(id, caution, answer, form.all(&format!("where.{id}")).filter_map(area).collect());
    if caution.scope == Scope::Side && answer != Answer::No {
        said.side = Some(match form.get(&format!("side.{id}")) {
            Some("left") => Side::Left,
            Some("right") => Side::Right,
            _ => Side::Both,
        });
    }
    if answer == Answer::Yes && can_be_agreed(caution) {
        said.clinician_agreed_on = date("agreed")?;
        said.since = date("since")?.filter(|_| said.clinician_agreed_on.is_some());
    }
    if caution.scope == Scope::MarkedArea && said.areas.is_empty() {
        said.areas = areas_asked(cx.knowledge, id, regions);
    }
    Ok(answered_in_full(cx.knowledge, said, regions))
}

fn area(text: &str) -> Option<Area> {
    let (region, half) = text.split_once('.')?;
    let half = Half::ALL.into_iter().find(|known| known.side().id() == half)?;
    Some(Area { region: RegionId::from_id(region)?, side: Some(half.side()) })
}
