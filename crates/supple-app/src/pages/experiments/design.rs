//! Designing an experiment: where, on which side, what is worth having, and how long it will take, before it begins.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::words::{capitalised, region};
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};
use supple_core::event::{EventBody, ExperimentArm, Name, RollArm};
use supple_core::experiment::{
    BadDesign, Draft, LONGEST, Noise, Promise, Seed, Setting, outcome, promise, ready, running,
};
use supple_core::knowledge::{Measure, Question, TakenOn};
use supple_core::measure::words::unit;
use supple_core::unit::{Blocks, MinutesAfter, Seconds, Trials, WashOutHours, WorthHaving};

/// The name of the page where nobody has asked the question before.
const OWN: &str = "own";

/// A rest, where a technique can be chosen.
const REST: &str = "rest";

/// The page of a ready question, or of one of one's own.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    page(cx, id, 200, &cx.query(), None)
}

/// Begins it.
pub fn post(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    if id != OWN && !cx.knowledge.questions.contains_key(id) {
        return cx.answer(trouble::not_found(cx));
    }
    // The same form again is the same experiment.
    let experiment =
        form.get("action").map_or_else(|| cx.action("experiment"), |action| format!("{action}-experiment"));
    let here = format!("experiments/{experiment}");
    if cx.state.experiments.iter().any(|known| known.id() == experiment) {
        return cx.record([], &here);
    }
    let blocks = form.read::<u8>("blocks").and_then(|blocks| Blocks::new(blocks).ok());
    let Some(blocks) = blocks else { return cx.answer(page(cx, id, 422, form, None)) };
    let begun = drafted(cx, id, form)
        .and_then(|draft| draft.begin(cx.knowledge, cx.state, experiment, Seed::from_text(&cx.request.seed), blocks));
    match begun {
        Ok(designed) => cx.record([EventBody::ExperimentDesigned(Box::new(designed))], &here),
        Err(wrong) => cx.answer(page(cx, id, 422, form, Some(&wrong))),
    }
}

/// What the form says.
fn drafted(cx: &Cx<'_>, id: &str, form: &Form) -> Result<Draft, BadDesign> {
    let side = match form.get("side") {
        Some("left") => Side::Left,
        Some("right") => Side::Right,
        _ => Side::Both,
    };
    let mut draft = if id == OWN {
        own(cx, form, side)?
    } else {
        ready(cx.knowledge, id, form.get("region").and_then(RegionId::from_id), side)?
    };
    if let Some(text) = form.get("worth") {
        let value = text.replace(',', ".").parse().unwrap_or(f64::NAN);
        draft.worth_having = Some(WorthHaving::new(value)?);
    }
    if form.has("twice") {
        draft.outcome.trials = Trials::new(draft.outcome.trials.get().saturating_mul(2))?;
    }
    Ok(draft)
}

/// A question of one's own.
fn own(cx: &Cx<'_>, form: &Form, side: Side) -> Result<Draft, BadDesign> {
    let arm = |name: &str| {
        let technique = form.get(name).unwrap_or(REST).to_owned();
        let seconds = form.read(&format!("{name}_seconds")).unwrap_or(60);
        let known = cx.knowledge.techniques.get(&technique);
        let label = known.map_or("Rest".to_owned(), |known| format!("{} for {seconds} s", known.name));
        let short: String = label.chars().take(Name::MOST).collect();
        let roll = (technique != REST).then(|| RollArm {
            technique,
            seconds: Seconds::new(seconds),
            felt: None,
            timing: None,
        });
        ExperimentArm { label: Name::new(short).expect("a technique has a name"), roll }
    };
    let arms = [arm("first"), arm("second")];
    let rolled = arms.iter().find_map(|arm| arm.roll.as_ref()).ok_or(BadDesign::NothingRolled)?;
    let technique = cx.knowledge.techniques.get(&rolled.technique);
    let technique = technique.ok_or_else(|| BadDesign::NoSuchTechnique(rolled.technique.clone()))?;
    let id = form.get("measure").unwrap_or("");
    let measure = cx.knowledge.measures.get(id).ok_or_else(|| BadDesign::NoSuchMeasure(id.to_owned()))?;
    let minutes = MinutesAfter::new(form.read("minutes").unwrap_or(5))?;
    // Soreness takes days; what a few minutes show is gone after two hours and a bit.
    let hours = if minutes.get() > 180 { 96 } else { 3 };
    Ok(Draft {
        question: None,
        name: Name::new("My own question").expect("a name"),
        outcome: outcome(measure, id, technique.region, side, minutes),
        arms,
        side,
        worth_having: None,
        wash_out_hours: WashOutHours::new(hours)?,
    })
}

fn page(cx: &Cx<'_>, id: &str, status: u16, form: &Form, wrong: Option<&BadDesign>) -> Response {
    let question = cx.knowledge.questions.get(id);
    if question.is_none() && id != OWN {
        return trouble::not_found(cx);
    }
    let title = question.map_or("Make your own", |question| question.name.as_str());
    // One's own question is worked out once both ways are chosen.
    let asked = question.is_some() || form.has("first");
    let draft =
        asked.then(|| drafted(cx, id, form).and_then(|draft| draft.check(cx.knowledge, cx.state).map(|()| draft)));
    let body = html! {
        p .eyebrow { a href=(cx.href("experiments")) { "Experiments" } }
        h1 { (title) }
        @if let Some(wrong) = wrong { p .error role="alert" { (capitalised(&wrong.to_string())) "." } }
        @if let Some(question) = question {
            p .lead { (question.asks) }
            p { (question.why) }
        } @else {
            p .lead { "Any two techniques, or one and a rest, judged by any test." }
        }
        (choices(cx, id, question, form, draft.as_ref().and_then(|draft| draft.as_ref().ok())))
        @match &draft {
            None => {},
            Some(Err(error)) => section .card .promise { h2 { "How long it takes" } p .error { (capitalised(&error.to_string())) "." } @if *error == BadDesign::OneRuns { (running_one(cx)) } },
            Some(Ok(draft)) => (promised(cx, id, form, draft)),
        }
        (how_it_works())
    };
    framed(cx, status, Page { title, class: "page-experiment", place: Some(Place::History), scripts: &[], body })
}

fn running_one(cx: &Cx<'_>) -> Markup {
    html! {
        @if let Some(record) = running(cx.state) {
            p { a .button .wide href=(cx.href(&format!("experiments/{}", record.id()))) { "Go to the one that runs" } }
        }
    }
}

/// What can be chosen; it is looked at again, and nothing is written.
fn choices(cx: &Cx<'_>, id: &str, question: Option<&Question>, form: &Form, draft: Option<&Draft>) -> Markup {
    let side = form.get("side").unwrap_or("both");
    let whole = draft.is_some_and(|draft| draft.outcome.side.is_none() && draft.outcome.region.is_none());
    html! {
        section .card {
            h2 { "What you choose" }
            form method="get" action=(cx.href(&format!("experiments/new/{id}"))) {
                @match question {
                    Some(question) => @if question.places.len() > 1 {
                        p { label { "Place " select name="region" {
                            @for place in &question.places {
                                option value=(place.region) selected[form.get("region") == Some(place.region.id())] { (capitalised(region(cx.knowledge, place.region))) }
                            }
                        } } }
                    },
                    None => (own_choices(cx, form)),
                }
                fieldset {
                    legend { "Side" }
                    div .choices {
                        @for (value, words) in [("left", "Left"), ("right", "Right"), ("both", "Both")] {
                            label .choice { input type="radio" name="side" value=(value) checked[side == value]; span { (words) } }
                        }
                    }
                    @if !whole { p .small { "If you roll both, the right side is measured." } }
                }
                @if let Some((measure, worth)) = draft.and_then(|draft| Some((cx.knowledge.measures.get(&draft.outcome.measure)?, draft.noise(cx.knowledge, cx.state).ok()?.1))) {
                    p {
                        label for="worth" { "The smallest difference worth having, in " (unit(measure)) } " "
                        input #worth type="text" inputmode="decimal" size="6" name="worth" value=(form.get("worth").map_or_else(|| worth.value().to_string(), str::to_owned));
                    }
                    p .small { "Ask yourself: what would I change my habit for? The larger it is, the fewer sessions it takes." }
                }
                @if form.has("twice") { input type="hidden" name="twice" value="yes"; }
                p { button .wide { "Work it out" } }
            }
        }
    }
}

fn own_choices(cx: &Cx<'_>, form: &Form) -> Markup {
    let technique = |name: &str, words: &str, rest: bool| {
        let chosen = form.get(name);
        html! {
            p { label { (words) " " select name=(name) required {
                @if rest { option value=(REST) selected[chosen == Some(REST)] { "Rest: nothing is rolled" } }
                @for (id, technique) in &cx.knowledge.techniques {
                    option value=(id) selected[chosen == Some(id)] { (technique.name) }
                }
            } } " "
            label { "Seconds on each side " input type="number" name={ (name) "_seconds" } min="20" max="120" step="5" value=(form.get(&format!("{name}_seconds")).unwrap_or("60")); } }
        }
    };
    html! {
        (technique("first", "The first way", false))
        (technique("second", "The second way", true))
        p { label { "Judged by " select name="measure" required {
            @for (id, measure) in &cx.knowledge.measures {
                option value=(id) selected[form.get("measure") == Some(id)] { (capitalised(&measure.name)) }
            }
        } } }
        p { label { "Minutes from the end to the reading " input type="number" name="minutes" min="1" max="5760" value=(form.get("minutes").unwrap_or("5")); } }
    }
}

/// How long it takes, and the way to begin.
fn promised(cx: &Cx<'_>, id: &str, form: &Form, draft: &Draft) -> Markup {
    let measure = &cx.knowledge.measures[&draft.outcome.measure];
    let known =
        draft.noise(cx.knowledge, cx.state).and_then(|known| Ok((known, draft.setting(cx.knowledge, cx.state)?)));
    let Ok(((noise, worth), setting)) = known else { return html! {} };
    let promise = promise(&setting);
    html! {
        section .card .promise {
            h2 { "How long it takes" }
            @match promise.sessions {
                Some(sessions) => {
                    p .lead { b { (sessions) " sessions" } ", " (how_often(draft)) "." }
                    p {
                        "If one way really does more by " (two(2.0 * worth.value())) " " (unit(measure)) ", you are told so within that many in at least 80 of 100 such experiments. "
                        "If there is no difference, you are told of one in at most 5 of 100."
                    }
                    (error_in_words(measure, &noise))
                    (begin(cx, id, form, sessions))
                },
                None => (cannot(cx, id, form, draft, measure, &noise, &setting)),
            }
        }
    }
}

fn how_often(draft: &Draft) -> String {
    match draft.wash_out_hours.get() {
        hours if hours <= 24 => "one a day at most".to_owned(),
        hours => format!("one every {} days at most", hours.div_ceil(24)),
    }
}

fn error_in_words(measure: &Measure, noise: &Noise) -> Markup {
    html! {
        p .small {
            "One reading lies about " (two(noise.reading)) " " (unit(measure)) " from the truth"
            @if noise.own { ", by your own repeated trials." } @else { ", as others found." }
            " Each session needs two: one before, one after."
        }
    }
}

fn begin(cx: &Cx<'_>, id: &str, form: &Form, sessions: u8) -> Markup {
    let inside = html! {
        (hidden(form))
        input type="hidden" name="blocks" value=(sessions / 2);
        button .primary .big .wide { "Begin" }
    };
    html! {
        (cx.form("begin", &format!("experiments/new/{id}"), inside))
        p .small { "From then on, what is compared and how it is judged stays as it is. You can end it at any time." }
    }
}

/// What was chosen, for the form that begins it.
fn hidden(form: &Form) -> Markup {
    const FIELDS: [&str; 10] = [
        "region",
        "side",
        "worth",
        "twice",
        "first",
        "first_seconds",
        "second",
        "second_seconds",
        "measure",
        "minutes",
    ];
    html! {
        @for name in FIELDS {
            @if let Some(value) = form.get(name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// No number of sessions would do: what else there is.
fn cannot(
    cx: &Cx<'_>,
    id: &str,
    form: &Form,
    draft: &Draft,
    measure: &Measure,
    noise: &Noise,
    setting: &Setting,
) -> Markup {
    let twice = Setting { spread: noise.with_trials(2.0).spread(), ..*setting };
    let more: Option<Promise> = (!form.has("twice") && measure.trials > 1)
        .then(|| promise(&twice))
        .filter(|promise| promise.sessions.is_some());
    let others: Vec<(&String, &Measure)> = cx
        .knowledge
        .measures
        .iter()
        .filter(|(other, known)| {
            **other != draft.outcome.measure && known.joint == measure.joint && known.taken != TakenOn::AtAPlace
        })
        .collect();
    let mut query = vec![("twice", "yes")];
    query.extend(["region", "side", "worth"].into_iter().filter_map(|name| Some((name, form.get(name)?))));
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    html! {
        p { b { "This test cannot answer the question." } " Even " (LONGEST) " sessions would not tell: its error is too large for a difference of " (setting.worth_having) " " (unit(measure)) "." }
        (error_in_words(measure, noise))
        p { "What you can do:" }
        ul {
            @if let Some(promise) = more {
                li {
                    a href=(cx.href(&format!("experiments/new/{id}?{}", query.join("&")))) { "Take twice the trials each time" }
                    ": then it takes " (promise.sessions.unwrap_or(LONGEST)) " sessions."
                }
            }
            li { "Ask for a larger difference: what would you really change your habit for?" }
            @for (other, known) in others {
                li { "Use another test: " a href=(cx.href(&format!("measures/{other}"))) { (capitalised(&known.name)) } "." }
            }
        }
    }
}

fn how_it_works() -> Markup {
    html! {
        details .card {
            summary { "How it works" }
            ol {
                li { "On a day you have time, you check in and measure." }
                li { "Then Supple shows which way it is today. The order was drawn by lot, in pairs, so that both come equally often." }
                li { "You do it, wait, and measure again." }
                li { "After the last session, or as soon as it is clear, you see what it came to." }
            }
            p { "Nothing of it goes past what is good for you today: if a way is not allowed, that day does not count." }
            p .small { "Resting is one of the ways on purpose: a second test often goes further by itself." }
        }
    }
}

/// At most two decimals.
fn two(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
