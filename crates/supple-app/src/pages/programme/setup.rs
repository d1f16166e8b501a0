//! Setting a programme up: what for, on which days, how long, with what. Four weeks from today.

use super::shown;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use jiff::civil::Time;
use maud::html;
use supple_core::date_words::weekday;
use supple_core::days;
use supple_core::knowledge::Equipment;
use supple_core::movement::{outcomes, worth_working_on};
use supple_core::programme::{Aim, DayWish, Seen, Training, TrainingKind, Wishes};

/// Weeks of a programme that is set up here.
const WEEKS: u8 = 4;

const AIMS: [(Aim, &str); 5] = [
    (Aim::Mobility, "Move more freely"),
    (Aim::Strength, "Stronger where it helps"),
    (Aim::WarmUp, "Ready for training"),
    (Aim::Recovery, "Less sore after training"),
    (Aim::WindDown, "Wind down"),
];

const MINUTES: [u16; 5] = [5, 10, 15, 20, 30];

const KINDS: [(TrainingKind, &str); 4] = [
    (TrainingKind::Strength, "Strength"),
    (TrainingKind::Run, "Running"),
    (TrainingKind::Game, "A game"),
    (TrainingKind::Other, "Something else"),
];

/// What is asked for by name; what most homes have is ticked.
const EQUIPMENT: [(Equipment, &str, bool); 10] = [
    (Equipment::Chair, "Chair", true),
    (Equipment::Step, "Stair or step", true),
    (Equipment::Table, "Table", true),
    (Equipment::Bed, "Bed", true),
    (Equipment::Towel, "Towel", true),
    (Equipment::Cushion, "Cushion", true),
    (Equipment::Band, "Elastic band", false),
    (Equipment::Weight, "Weight", false),
    (Equipment::SoftBall, "Soft ball", false),
    (Equipment::Broomstick, "Broomstick", false),
];

/// The page.
pub fn page(cx: &Cx<'_>, status: u16, problems: &[&str]) -> Response {
    let today = cx.now().date();
    let days: Vec<(i64, &str)> =
        (0..7).filter_map(|ahead| Some((ahead, weekday(days::after(today, ahead)?.weekday())))).collect();
    let seen = seen(cx);
    let names: Vec<&str> =
        seen.iter().filter_map(|one| Some(cx.knowledge.compensations.get(&one.id)?.name.as_str())).collect();
    shown(
        cx,
        status,
        html! {
            h1 { "Plan four weeks" }
            p { "Rolling at least twice a week, then stretching and strengthening, on the days you really have." }
            @if !problems.is_empty() {
                div .error role="alert" { ul { @for problem in problems { li { (problem) } } } }
            }
            @if names.is_empty() {
                p .small { "You can look at how you move first, or later: " a href=(cx.href("movement")) { "movement screen" } "." }
            } @else {
                p { "From your movement screen: " (names.join("; ")) "." }
            }
            (cx.form("programme", "programme", html! {
                fieldset { legend { "What for" }
                    div .choices {
                        @for (index, (aim, name)) in AIMS.iter().enumerate() {
                            label .choice { input type="checkbox" name="aim" value=(aim.id()) checked[index == 0]; span { (name) } }
                        }
                    }
                }
                fieldset { legend { "Days with time" }
                    div .choices {
                        @for (ahead, name) in &days { label .choice { input type="checkbox" name="free" value=(ahead); span { (name) } } }
                    }
                }
                fieldset { legend { "Minutes on such a day" }
                    div .choices {
                        @for minutes in MINUTES {
                            label .choice { input type="radio" name="minutes" value=(minutes) checked[minutes == 15]; span { (minutes) } }
                        }
                    }
                }
                details { summary { "I train on some days" }
                    fieldset { legend { "Training days" }
                        div .choices {
                            @for (ahead, name) in &days { label .choice { input type="checkbox" name="train" value=(ahead); span { (name) } } }
                        }
                    }
                    fieldset { legend { "What" }
                        div .choices {
                            @for (index, (_, name)) in KINDS.iter().enumerate() {
                                label .choice { input type="radio" name="kind" value=(index) checked[index == 0]; span { (name) } }
                            }
                        }
                    }
                    p { label { "It begins at " input type="time" name="at"; } " " label { "and takes " input type="number" name="long" min="1" max="600" value="60"; " minutes" } }
                }
                details { summary { "What I have at home" }
                    fieldset { legend { "At home" }
                        div .choices {
                            @for (index, (_, name, ticked)) in EQUIPMENT.iter().enumerate() {
                                label .choice { input type="checkbox" name="have" value=(index) checked[*ticked]; span { (name) } }
                            }
                        }
                    }
                }
                button .primary .big .wide { "Make my four weeks" }
            }))
        },
    )
}

/// The at most two things worth working on.
fn seen(cx: &Cx<'_>) -> Vec<Seen> {
    let all = outcomes(cx.state, cx.knowledge, cx.now());
    let (first, _) = worth_working_on(cx.knowledge, &all);
    first.into_iter().map(|one| Seen { id: one.finding.compensation.clone(), side: one.finding.side }).collect()
}

/// The wishes of a programme for the days that are left of it, with what is worth working on now; none where no day is.
pub fn rest_with_what_was_seen(cx: &Cx<'_>, before: &Wishes) -> Option<Wishes> {
    let start = cx.now().date();
    let days: Vec<DayWish> = before.days.iter().filter(|day| day.date >= start).cloned().collect();
    let left = days::between(start, days.last()?.date) / 7 + 1;
    Some(Wishes { compensations: seen(cx), start, weeks: u8::try_from(left).ok()?, days, ..before.clone() })
}

/// What the form says.
///
/// # Errors
/// What is missing or cannot be, one sentence each.
pub fn read(cx: &Cx<'_>, form: &Form) -> Result<Wishes, Vec<&'static str>> {
    let mut problems = Vec::new();
    let goals: Vec<Aim> = Aim::ALL.into_iter().filter(|aim| form.all("aim").any(|id| id == aim.id())).collect();
    if goals.is_empty() {
        problems.push("What for: choose at least one.");
    }
    let free: Vec<i64> = form.read_all("free").collect();
    if free.is_empty() {
        problems.push("Days with time: choose at least one, better two or three with a day between.");
    }
    let minutes: u16 = form.read("minutes").unwrap_or(15);
    let long: u16 = form.read("long").unwrap_or(60);
    if minutes > 240 || !(1..=600).contains(&long) {
        problems.push("Minutes: 1 to 240 for you, 1 to 600 for training.");
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let kind =
        form.read::<usize>("kind").and_then(|index| KINDS.get(index)).map_or(TrainingKind::Other, |kind| kind.0);
    let at = form.get("at").and_then(|at| at.parse::<Time>().ok());
    let train: Vec<i64> = form.read_all("train").collect();
    let start = cx.now().date();
    let days = (0..i64::from(WEEKS) * 7).filter_map(|ahead| {
        let training = Training { kind, minutes: long, at, hard: None };
        let training: Vec<Training> = train.contains(&(ahead % 7)).then_some(training).into_iter().collect();
        let minutes = if free.contains(&(ahead % 7)) { minutes } else { 0 };
        let date = days::after(start, ahead)?;
        (minutes > 0 || !training.is_empty()).then_some(DayWish { date, minutes, training })
    });
    let have = form.read_all::<usize>("have").filter_map(|index| EQUIPMENT.get(index)).map(|one| one.0);
    Ok(Wishes {
        goals,
        compensations: seen(cx),
        wants: Vec::new(),
        equipment: have.collect(),
        start,
        weeks: WEEKS,
        days: days.collect(),
    })
}
