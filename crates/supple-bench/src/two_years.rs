//! The log of somebody who has used Supple for two years, to measure on.

use crate::Dice;
use jiff::{ToSpan, Zoned};
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::{Person, PlanRequest, ScreenGiven, answer};
use supple_core::dose::Dose;
use supple_core::draws::Draws;
use supple_core::event::{
    Answer, BlockEnd, BlockFinished, CheckedIn, Event, EventBody, NextDayReported, ProfileChanged, QuestionAnswered,
    Series, SessionEnded, SessionStarted, Soreness, stamp,
};
use supple_core::knowledge::{AskAgain, Goal, Knowledge, ToolId};
use supple_core::unit::{AgeYears, Felt, Kilograms, SessionMinutes};

const DAYS: i32 = 730;

/// Two years up to and with the day of `end`: four sessions a week, each with a check-in, the questions before it, its
/// blocks as they were planned, and what the next day was like. In the month before the last there are three sessions
/// on such a day, about fifty in all, so that there is a long page. On the last day there is a check-in and no session,
/// so that there is a plan. The same `end` gives the same events.
///
/// # Panics
/// If the plan of such a day is refused, or the calendar ends.
#[must_use]
pub fn two_years(knowledge: &Knowledge, end: &Zoned) -> Vec<Event> {
    let mut dice = Dice(Draws::new(730));
    let (mut bodies, mut sessions) = (Vec::new(), 0);
    for ago in (0..=DAYS).rev() {
        if ago != 0 && dice.between(1, 7) > 4 {
            continue;
        }
        let at = end.checked_sub(ago.days()).expect("two years ago there was a calendar");
        let minutes = |n: i32| at.checked_add(n.minutes()).expect("the same evening");
        if bodies.is_empty() {
            bodies.push((at.clone(), EventBody::ProfileChanged(profile())));
        }
        // The other questions come again after some weeks, and before the last plan, so that no card stands in its way.
        if sessions % 16 == 0 || ago == 0 {
            bodies.extend(answers(knowledge, &at, |ask_again| *ask_again != AskAgain::EachSession));
        }
        sessions += 1;
        let (region, side) = (dice.region(), *dice.one_of(&[Side::Left, Side::Right]));
        let wanted = CheckedIn {
            goal: *dice.one_of(&[Goal::WarmUp, Goal::Mobility, Goal::Recovery, Goal::WindDown]),
            minutes: SessionMinutes::new(10).expect("2 to 20"),
            soreness: vec![Soreness { region, side: Some(side), felt: Felt::of(dice.between(1, 5)) }],
            tight: vec![Area { region: dice.region(), side: Some(side) }],
            wants: vec![RegionId::Calf, dice.region(), dice.region()],
            avoid: Vec::new(),
        };
        bodies.push((at.clone(), EventBody::CheckedIn(wanted.clone())));
        bodies.extend(answers(knowledge, &at, |ask_again| *ask_again == AskAgain::EachSession));
        if ago == 0 {
            break;
        }
        let doses = doses(knowledge, &at, &wanted);
        for nth in 0..sessions_on(&at, end) {
            let later = |n: i32| minutes(n - 4 * 60 * nth);
            let session = if nth == 0 { format!("session-{ago}") } else { format!("session-{ago}-{nth}") };
            let started = SessionStarted { session: session.clone(), goal: wanted.goal, doses: doses.clone() };
            bodies.push((later(1), EventBody::SessionStarted(started)));
            for ((block, dose), minute) in (0..).zip(&doses).zip(2..) {
                bodies.push((later(minute), EventBody::BlockFinished(finished(&session, block, dose, &mut dice))));
            }
            let ended = SessionEnded { session, completed: true };
            bodies.push((later(15), EventBody::SessionEnded(ended)));
        }
        let report =
            NextDayReported { region, side: Some(side), soreness: Felt::of(dice.between(0, 3)), bruise: false };
        bodies.push((minutes(24 * 60 - 60), EventBody::NextDayReported(report)));
    }
    bodies.sort_by(|(a, _), (b, _)| a.cmp(b));
    let series = Series { device: "two-years", next_seq: 1, last_logical_ms: None };
    stamp(series, bodies, |seq| format!("two-years-{seq}"))
}

/// How many sessions a day with a session has.
fn sessions_on(at: &Zoned, end: &Zoned) -> i32 {
    let before = end.date().first_of_month().checked_sub(1.month()).expect("a month before");
    if at.date().first_of_month() == before { 3 } else { 1 }
}

fn profile() -> ProfileChanged {
    ProfileChanged {
        age_years: Some(AgeYears::new(34).expect("an age")),
        body_mass_kg: Some(Kilograms::new(78.0).expect("a mass")),
        tools: Some(ToolId::ALL.to_vec()),
        ..ProfileChanged::default()
    }
}

/// A no, on all areas, to every question that is asked this often.
fn answers(knowledge: &Knowledge, at: &Zoned, asked: impl Fn(&AskAgain) -> bool) -> Vec<(Zoned, EventBody)> {
    let everywhere: Vec<Area> = RegionId::ALL.map(|region| Area { region, side: Some(Side::Both) }).to_vec();
    let cautions = knowledge.cautions.iter().filter(|(_, caution)| asked(&caution.ask_again));
    let no = cautions.map(|(id, caution)| QuestionAnswered {
        caution: id.clone(),
        text_version: caution.text_version,
        answer: Answer::No,
        side: None,
        areas: everywhere.clone(),
        clinician_agreed_on: None,
        since: None,
    });
    no.map(|answer| (at.clone(), EventBody::QuestionAnswered(answer))).collect()
}

/// What would have been planned on such a day.
fn doses(knowledge: &Knowledge, at: &Zoned, wanted: &CheckedIn) -> Vec<Dose> {
    let request = PlanRequest {
        now: at.clone(),
        seed: 0,
        minutes: wanted.minutes,
        goal: wanted.goal,
        tools: ToolId::ALL.to_vec(),
        tool_firmness: [].into(),
        places: None,
        no: Vec::new(),
        person: Person { age_years: AgeYears::new(34).ok(), body_mass_kg: None, adult_present: false },
        first_session: false,
        pressure_seconds_today: Vec::new(),
        screen: ScreenGiven { default: Some(Answer::No), answers: [].into() },
        soreness: wanted.soreness.clone(),
        tight: wanted.tight.clone(),
        wants: wanted.wants.clone(),
        avoid: Vec::new(),
    };
    let plan = answer(knowledge, &request).expect("a request that names what exists").plan;
    plan.map_or_else(Vec::new, |plan| plan.blocks.into_iter().map(|block| block.dose).collect())
}

fn finished(session: &str, block: u16, dose: &Dose, dice: &mut Dice) -> BlockFinished {
    BlockFinished {
        session: session.to_owned(),
        block,
        technique: dose.technique.clone(),
        region: dose.region,
        side: dose.side,
        seconds: dose.pressure().get(),
        end: BlockEnd::Completed,
        lighter_steps: 0,
        felt: vec![Felt::of(dice.between(2, 4))],
    }
}
