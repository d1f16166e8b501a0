//! Undo for the last entry: it stays in the log and counts as not having happened.
//!
//! Pressure that was given and signals to stop are not undone here: they are what keeps the next dose safe. Nor are
//! answers, which are asked again instead.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::words;
use crate::words::count;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::event::upcast::Entry;
use supple_core::event::{Event, EventBody, MovementEnd, Retracted};
use supple_core::sorted::SortedSet;

/// The last thing a person said that can be taken back: every event of one action.
struct Last<'s> {
    action: &'s str,
    events: Vec<&'s Event>,
}

/// The card with the button: the last thing that can be taken back; none where there is nothing to undo.
pub fn card(cx: &Cx<'_>) -> Markup {
    let Some(last) = last(cx) else { return html! {} };
    let event = last.events[0];
    let inside = html! {
        input type="hidden" name="of" value=(last.action);
        button { "Undo" }
    };
    html! {
        section .card .undo {
            p { (words::capitalised(&what(&last))) ", " (when(cx, &event.at)) }
            (cx.form("undo", "history/undo", inside))
            p .small {
                "Undo takes this back; it stays in the log and no longer counts. Your answers to the questions are "
                "changed " a href=(cx.href("screen/all")) { "where they are asked" } "."
            }
        }
    }
}

/// Takes the last entry back, if it still is the last.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let asked = form.get("of").unwrap_or("");
    let Some(last) = last(cx).filter(|last| last.action == asked) else {
        return cx.answer(Response::see_other(cx.href("history")));
    };
    let retracted = |event: &&Event| EventBody::Retracted(Retracted { event: event.id.clone() });
    cx.record(last.events.iter().map(retracted), "history")
}

/// The log is gone through once, from its end, because years of it are mostly answers and blocks.
fn last<'s>(cx: &Cx<'s>) -> Option<Last<'s>> {
    let mut gone = SortedSet::new();
    let mut undoable: Vec<&'s Event> = Vec::new();
    for entry in cx.entries.iter().rev() {
        let Entry::Read(event) = entry else { continue };
        if let EventBody::Retracted(retracted) = &event.body {
            if !gone.contains(event.id.as_str()) {
                gone.insert(retracted.event.as_str());
            }
        } else if words_for(&event.body).is_some() {
            undoable.push(event);
        }
    }
    undoable.reverse();
    // What takes something back may come before it, from another device.
    undoable.retain(|event| !gone.contains(event.id.as_str()));
    let latest = undoable.iter().copied().max_by(|a, b| a.order().cmp(&b.order()))?; // of equals the last
    let action = action_of(latest);
    let mut events: Vec<&Event> = undoable.into_iter().filter(|event| action_of(event) == action).collect();
    events.dedup_by(|a, b| a.id == b.id);
    Some(Last { action, events })
}

/// The action an event belongs to: what stands before the last point of its id. An id without one is an action alone.
fn action_of(event: &Event) -> &str {
    event.id.rsplit_once('.').map_or(event.id.as_str(), |(action, _)| action)
}

fn what(last: &Last<'_>) -> String {
    let mut kinds: Vec<(&str, &str, usize)> = Vec::new();
    for (one, many) in last.events.iter().filter_map(|event| words_for(&event.body)) {
        match kinds.iter_mut().find(|kind| kind.0 == one) {
            Some(kind) => kind.2 += 1,
            None => kinds.push((one, many, 1)),
        }
    }
    let words: Vec<String> = kinds
        .into_iter()
        .map(|(one, many, number)| if number == 1 { one.to_owned() } else { count(number, one, many) })
        .collect();
    words::list(&words)
}

/// How an entry that can be undone is called, one and many.
const fn words_for(body: &EventBody) -> Option<(&'static str, &'static str)> {
    Some(match body {
        EventBody::ProfileChanged(_) => ("what you said about yourself", "things you said about yourself"),
        EventBody::CheckedIn(_) => ("check-in", "check-ins"),
        EventBody::DoneElsewhere(_) => ("pressure without Supple", "entries of pressure without Supple"),
        EventBody::NextDayReported(_) => ("report of the day after", "reports of the day after"),
        EventBody::MeasureTaken(_) => ("test", "tests"),
        EventBody::SpotMarked(_) => ("tight spot", "tight spots"),
        EventBody::SpotFollowedUp(_) => ("answer about a tight spot", "answers about tight spots"),
        EventBody::SpotPressed(_) => ("press on a tight spot", "presses on tight spots"),
        EventBody::RoutineSaved(_) => ("routine saved", "routines saved"),
        EventBody::RoutineRemoved(_) => ("routine removed", "routines removed"),
        EventBody::PlanArranged(_) => ("change of the plan", "changes of the plan"),
        EventBody::SessionReviewed(_) => ("how a session felt", "reviews of sessions"),
        EventBody::SettingsChanged(_) => ("change of settings", "changes of settings"),
        EventBody::ExperimentDesigned(_) => ("experiment begun", "experiments begun"),
        EventBody::ExperimentEnded(_) => ("end of an experiment", "ends of experiments"),
        // What hurt, hurt.
        EventBody::MovementScreened(look) => match look.end {
            MovementEnd::Pain => return None,
            MovementEnd::Done | MovementEnd::Skipped => ("look at a movement test", "looks at movement tests"),
        },
        EventBody::Trained(training) if training.source.is_none() => ("training", "trainings"),
        EventBody::ImportUndone(_) => ("undoing of an import", "undoings of imports"),
        // What an import brought is undone as a whole, on the page of trainings.
        EventBody::Trained(_) | EventBody::Imported(_) | EventBody::SorenessNoted(_) => return None,
        // What was shown was seen, and a day that was missed was missed.
        EventBody::ArmRevealed(_)
        // What was noticed, was noticed: it stands beside an answer to the screen.
        | EventBody::PathWatched(_)
        | EventBody::ArmMissed(_)
        | EventBody::QuestionAnswered(_)
        | EventBody::SeenByClinician(_)
        | EventBody::SessionStarted(_)
        | EventBody::BlockFinished(_)
        | EventBody::StopSignalled(_)
        | EventBody::SessionEnded(_)
        | EventBody::MovesStarted(_)
        | EventBody::MoveFinished(_)
        | EventBody::MovesEnded(_)
        | EventBody::ProgrammeSet(_)
        | EventBody::ProgrammeChanged(_)
        | EventBody::ProgrammeEnded(_)
        | EventBody::Retracted(_) => return None,
    })
}

fn when(cx: &Cx<'_>, at: &Zoned) -> String {
    let there = at.with_time_zone(cx.now().time_zone().clone());
    if there.date() == cx.now().date() {
        format!("today at {}", words::time_of_day(&there))
    } else {
        format!("{} at {}", words::day(there.date()), words::time_of_day(&there))
    }
}
