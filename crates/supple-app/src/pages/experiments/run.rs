//! One experiment: what it asks for now, how far it is, and, once it is over, what came of it.

use super::read::{Typed, form as reading_form, typed};
use super::result;
use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::pages::measures::phone;
use crate::pages::trouble;
use crate::today::{Today, Way};
use crate::words::{self, capitalised};
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::contract::text::side_words;
use supple_core::event::{
    ArmMissed, ArmRevealed, EventBody, ExperimentDesigned, ExperimentEnd, ExperimentEnded, MissedBecause, Name, When,
};
use supple_core::experiment::{Course, Due, Fate, analyse, arms_allowed, reading_after, words as say};
use supple_core::state::ExperimentRecord;

/// Why a session does not take place, as it can be chosen.
const WHY: [(&str, MissedBecause, &str); 2] = [
    ("not_today", MissedBecause::NotToday, "No time, or no wish to"),
    ("uncomfortable", MissedBecause::Uncomfortable, "It does not feel right"),
];

/// The page.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    match cx.state.experiments.iter().find(|known| known.id() == id) {
        Some(record) => page(cx, record, 200, None),
        None => trouble::not_found(cx),
    }
}

/// A reading, the way shown, a session missed, or the end.
pub fn post(cx: &Cx<'_>, id: &str, form: &Form) -> Decision {
    let Some(record) = cx.state.experiments.iter().find(|known| known.id() == id) else {
        return cx.answer(trouble::not_found(cx));
    };
    let here = format!("experiments/{id}");
    let (course, due) = stands(cx, record);
    let experiment = id.to_owned();
    match (form.get("do"), due) {
        (Some("read"), due) => read(cx, record, &due, form),
        (Some("show"), Due::Reveal) if allowed(cx, record).is_ok() => {
            let session = course.counted();
            let arm = record.design().seed.arm(session);
            cx.record([EventBody::ArmRevealed(ArmRevealed { experiment, session, arm })], &here)
        }
        (Some("miss"), Due::ToDo { session, .. } | Due::ReadingAfter { session, .. }) => {
            let chosen = WHY.iter().find(|(value, ..)| form.get("why") == Some(value));
            let not_allowed = form.get("why") == Some("not_allowed");
            let why = match chosen {
                _ if not_allowed => MissedBecause::NotAllowed,
                Some((_, why, _)) => *why,
                None => MissedBecause::NotToday,
            };
            cx.record([EventBody::ArmMissed(ArmMissed { experiment, session, why })], &here)
        }
        (Some("end"), Due::Over) => cx.record([], &here),
        (Some("end"), due) => {
            let how = if due == Due::Complete { ExperimentEnd::Finished } else { ExperimentEnd::Stopped };
            let reason = form.get("reason").and_then(|text| Name::new(text).ok());
            cx.record([EventBody::ExperimentEnded(ExperimentEnded { experiment, how, reason })], &here)
        }
        // What was asked for is not due any more: the page says what is.
        _ => cx.record([], &here),
    }
}

fn stands<'s>(cx: &Cx<'s>, record: &'s ExperimentRecord) -> (Course<'s>, Due) {
    let course = Course::of(cx.knowledge, record, cx.state, cx.now());
    let due = Due::of(cx.knowledge, record, &course, cx.state, cx.now());
    (course, due)
}

fn read(cx: &Cx<'_>, record: &ExperimentRecord, due: &Due, form: &Form) -> Decision {
    let design = record.design();
    let Some((when, measure)) = reading_due(cx, due, design).zip(cx.knowledge.measures.get(&design.outcome.measure))
    else {
        return cx.record([], &format!("experiments/{}", record.id()));
    };
    match typed(cx, design, measure, when, form) {
        Typed::Taken(taken) => cx.record([EventBody::MeasureTaken(taken)], &format!("experiments/{}", record.id())),
        asked => cx.answer(page(cx, record, 422, Some((&asked, form)))),
    }
}

/// Which reading is due now, if one is.
fn reading_due(cx: &Cx<'_>, due: &Due, design: &ExperimentDesigned) -> Option<When> {
    match due {
        Due::ReadingBefore | Due::Reveal | Due::ToDo { reading_first: true, .. } => Some(When::Before),
        Due::ReadingAfter { arm, from, until, .. } if from <= cx.now() && cx.now() <= until => {
            Some(reading_after(design, *arm))
        }
        _ => None,
    }
}

/// Whether both ways may be done today.
fn allowed(cx: &Cx<'_>, record: &ExperimentRecord) -> Result<(), Markup> {
    let Some(today) = Today::of(cx) else {
        return Err(html! {
            p { "First say how your body is today, so that Supple knows what is good for you." }
            p { a .button .primary .wide href=(cx.href("today")) { "Check in" } }
        });
    };
    match today.way() {
        Way::Plan => {}
        way => {
            return Err(html! {
                p { "There is something to look at first. Your experiment waits, and nothing is lost." }
                p { a .button .primary .wide href=(cx.href(way.path())) { "Look at it" } }
            });
        }
    }
    let design = record.design();
    arms_allowed(cx.knowledge, today.clearance(), &today.assessment, design).map_err(|(arm, why)| {
        html! {
            p { b { "Not today. " } (say::refused(design, arm, &why)) }
            p .small { "Supple looks at both ways before it shows one, so that the days left out do not depend on it." }
            p { a .button .wide href=(cx.href("plan")) { "See today's plan" } }
        }
    })
}

fn page(cx: &Cx<'_>, record: &ExperimentRecord, status: u16, asked: Option<(&Typed, &Form)>) -> Response {
    let design = record.design();
    let (course, due) = stands(cx, record);
    let body = html! {
        p .eyebrow { a href=(cx.href("experiments")) { "Experiments" } }
        h1 { (design.name) }
        @if due == Due::Over {
            (result::page(cx, record, &course))
        } @else {
            (progress(design, &course))
            section .card .due { (now(cx, record, &course, &due, asked)) }
            (compared(cx, design, true))
            (so_far(cx, design, &course))
            (stop(cx, record, &due))
        }
    };
    let page = Page {
        title: design.name.as_str(),
        class: "page-experiment",
        place: Some(Place::History),
        scripts: phone::scripts_of(&body),
        body,
    };
    framed(cx, status, page)
}

fn progress(design: &ExperimentDesigned, course: &Course<'_>) -> Markup {
    let (done, of) = (usize::from(course.counted()), usize::from(design.blocks.get()) * 2);
    html! {
        p .lead { (done) " of " (of) " sessions done" }
        progress .sessions aria-label="Sessions done" value=(done) max=(of) {}
    }
}

/// What it asks for now.
fn now(
    cx: &Cx<'_>,
    record: &ExperimentRecord,
    course: &Course<'_>,
    due: &Due,
    asked: Option<(&Typed, &Form)>,
) -> Markup {
    let design = record.design();
    let reading = || match cx.knowledge.measures.get(&design.outcome.measure) {
        Some(measure) => html! {
            p { b { (what_is_read(cx, design)) } }
            (reading_form(cx, design, measure, asked))
        },
        None => html! { p { "This program does not know the test. Update Supple to go on." } },
    };
    match due {
        Due::Over => html! {},
        Due::Complete => html! {
            h2 { "It is done" }
            p { "Everything is there to say what can be said." }
            (cx.form("end", &format!("experiments/{}", record.id()), html! {
                input type="hidden" name="do" value="end";
                button .primary .big .wide { "See the result" }
            }))
        },
        Due::NotBefore(from) => html! {
            h2 { "Nothing to do now" }
            p { "Your body starts afresh first. The next session can begin " (moment(cx, from)) "." }
            p .small { "Missed a day? It does not matter: the order stays as it is, and waits for you." }
        },
        Due::ReadingBefore | Due::Reveal => match allowed(cx, record) {
            Err(first) => html! { h2 { "A session is due" } (first) },
            Ok(()) if *due == Due::ReadingBefore => html! {
                h2 { "Measure first" }
                p { "Before you know which way it is today: that keeps the reading fair." }
                (reading())
            },
            Ok(()) => html! {
                h2 { "Ready" }
                p { "Which way is it today? Supple shows it now, and not before." }
                (cx.form("show", &format!("experiments/{}", record.id()), html! {
                    input type="hidden" name="do" value="show";
                    button .primary .big .wide { "Show today's way" }
                }))
                p .small { "Session " (u16::from(course.counted()) + 1) " of " (u16::from(design.blocks.get()) * 2) "." }
            },
        },
        Due::ToDo { arm, reading_first, .. } => html! {
            h2 { "Today: " (say::label(design, *arm)) }
            p { (say::asks(cx.knowledge, design, *arm)) }
            @match Today::of(cx) {
                None => {
                    p { "First say how your body is today." }
                    p { a .button .primary .wide href=(cx.href("today")) { "Check in" } }
                },
                Some(today) => @match &today.obeyed {
                    Some(supple_core::experiment::Obeyed::NotAllowed { arm, why, .. }) => {
                        div .notice { p { (say::refused(design, *arm, why)) } }
                        (cx.form("not-allowed", &format!("experiments/{}", record.id()), html! {
                            input type="hidden" name="do" value="miss";
                            input type="hidden" name="why" value="not_allowed";
                            button .primary .wide { "Another day, then" }
                        }))
                    },
                    _ if *reading_first => { p { "Just before you roll:" } (reading()) },
                    _ => {
                        p { a .button .primary .big .wide href=(cx.href("plan")) { "See the plan" } }
                        p .small { "Then measure again " (say::wait(design.outcome.minutes_after.get())) " after you are done." }
                    },
                },
            }
            (miss(cx, record))
        },
        Due::ReadingAfter { arm, ended, from, until, .. } => html! {
            @if from <= cx.now() {
                h2 { "Measure now" }
                p { "It counts up to " (clock(cx, until)) "." }
                (reading())
            } @else {
                @let resting = ended > cx.now();
                h2 { @if resting { "Today: " (say::label(design, *arm)) } @else { "Wait, then measure" } }
                @if resting { p { (say::asks(cx.knowledge, design, *arm)) } }
                p { "Measure " b { (moment(cx, from)) } " or soon after: it counts up to " (clock(cx, until)) ". Roll nothing there until then." }
                p { a .button .wide href=(cx.href(&format!("experiments/{}", record.id()))) { "Look again" } }
            }
            (miss(cx, record))
        },
    }
}

fn what_is_read(cx: &Cx<'_>, design: &ExperimentDesigned) -> String {
    let outcome = &design.outcome;
    let name = cx.knowledge.measures.get(&outcome.measure).map_or("", |measure| measure.name.as_str());
    let place = outcome.region.map(|region| words::region(cx.knowledge, region).to_owned());
    let place = place.into_iter().chain(outcome.side.map(|side| side_words(side).to_owned()));
    let place: Vec<String> = place.collect();
    if place.is_empty() { capitalised(name) } else { format!("{} ({})", capitalised(name), place.join(", ")) }
}

/// "today at 18:25", "on Monday at 0:00".
pub fn moment(cx: &Cx<'_>, at: &Zoned) -> String {
    let there = at.with_time_zone(cx.now().time_zone().clone());
    if there.date() == cx.now().date() {
        format!("at {}", words::time_of_day(&there))
    } else {
        format!("on {} at {}", words::day(there.date()), words::time_of_day(&there))
    }
}

/// "18:25", "Monday, 18:25".
fn clock(cx: &Cx<'_>, at: &Zoned) -> String {
    let there = at.with_time_zone(cx.now().time_zone().clone());
    let time = words::time_of_day(&there);
    if there.date() == cx.now().date() { time } else { format!("{}, {time}", words::day(there.date())) }
}

fn miss(cx: &Cx<'_>, record: &ExperimentRecord) -> Markup {
    html! {
        details {
            summary { "Not today" }
            (cx.form("miss", &format!("experiments/{}", record.id()), html! {
                input type="hidden" name="do" value="miss";
                fieldset {
                    legend { "Why?" }
                    div .choices {
                        @for (index, (value, _, words)) in WHY.iter().enumerate() {
                            label .choice { input type="radio" name="why" value=(value) checked[index == 0]; span { (words) } }
                        }
                    }
                }
                p .small { "The same way comes again next time, so a day left out does not tilt the result." }
                button .wide { "Leave this session out" }
            }))
        }
    }
}

/// What is compared, how it is judged, and, if asked for, what the answer will not mean.
pub fn compared(cx: &Cx<'_>, design: &ExperimentDesigned, with_limits: bool) -> Markup {
    let question = design.question.as_ref().and_then(|id| cx.knowledge.questions.get(id));
    html! {
        section .card {
            h2 { "What is compared" }
            ul {
                @for arm in [0, 1] { li { b { (say::label(design, arm)) } ": " (say::asks(cx.knowledge, design, arm)) } }
            }
            p { "Judged by: " (what_is_read(cx, design)) ", " (say::wait(design.outcome.minutes_after.get())) " after." }
            @if let Some(question) = question.filter(|_| with_limits) { p .small { (question.not_about) } }
        }
    }
}

/// Sessions so far: which way, and whether they count. No results: seeing them changes how one tries.
fn so_far(cx: &Cx<'_>, design: &ExperimentDesigned, course: &Course<'_>) -> Markup {
    if course.attempts.is_empty() {
        return html! {};
    }
    let analysis = supple_core::experiment::Analysis::from(design);
    let measure = cx.knowledge.measures.get(&design.outcome.measure);
    let looks = measure.map_or(0, |measure| analyse(&analysis, &course.gains(design, measure)).len());
    html! {
        details .card {
            summary { "Sessions so far" }
            ul {
                @for attempt in &course.attempts {
                    li {
                        (words::day(attempt.revealed.at.date())) ": " (say::label(design, attempt.revealed.what.arm)) ", "
                        (fate_words(&attempt.fate))
                    }
                }
            }
            p .small {
                "Results come at the end. "
                @if looks > 0 { "Supple has looked " (looks) @if looks == 1 { " time" } @else { " times" } " by the rule fixed beforehand: cannot tell yet." }
                @else { "Supple looks after every second session from the sixth on, by a rule fixed beforehand." }
            }
        }
    }
}

pub fn fate_words(fate: &Fate) -> String {
    match fate {
        Fate::Counts { .. } => "done".to_owned(),
        Fate::Missed(why) => format!("left out: {}", say::missed(*why)),
        Fate::Lapsed(why) => format!("does not count: {}", say::lapse(*why)),
        Fate::ToDo { .. } | Fate::Waiting { .. } => "under way".to_owned(),
    }
}

fn stop(cx: &Cx<'_>, record: &ExperimentRecord, due: &Due) -> Markup {
    if *due == Due::Complete {
        return html! {};
    }
    html! {
        details .card {
            summary { "End it early" }
            p { "You can, at any time and for any reason. What is there is told as far as it goes." }
            (cx.form("stop", &format!("experiments/{}", record.id()), html! {
                input type="hidden" name="do" value="end";
                p { label .wide { "Why, if you like to say " input .wide type="text" name="reason" maxlength="60"; } }
                button .wide { "End the experiment" }
            }))
        }
    }
}
