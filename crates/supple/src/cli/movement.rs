//! `supple movement`: the movement screen in the terminal.

mod as_json;
mod given;

use super::ask::{Row, one_of, some_of, typed};
use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use given::Given;
use jiff::Zoned;
use std::io::IsTerminal;
use supple_core::body::{Area, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{EventBody, MovementEnd, MovementScreened, MovementSeen};
use supple_core::knowledge::MovementTest;
use supple_core::movement::words::{how_sure, said, stay_in_words, view_in_words};
use supple_core::movement::{
    Leave, LeftOut, Outcome as Found, ScreenRecord, Step, after_pain, current, leave, next_by_hand, next_of,
    outcomes, regions, rescreen_due, screens, worth_working_on,
};
use uuid::Uuid;

/// See how you move: a few squats looked at from three sides, then only what they call for.
///
/// Alone it shows what came of it.
#[derive(Debug, clap::Args)]
pub struct Movement {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// List the tests, and what is looked for in each.
    List,
    /// Take the next look, or say what was seen; a screen that broke off goes on where it was.
    Screen(Given),
    /// Show what came of it: at most two things worth working on, then the rest.
    Result,
}

impl Movement {
    pub fn run(&self, common: &Common) -> Outcome {
        match &self.verb {
            Some(Verb::List) => list(common),
            Some(Verb::Screen(given)) => screen(given, common),
            Some(Verb::Result) | None => result(common),
        }
    }
}

fn list(common: &Common) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let mut tests: Vec<(&String, &MovementTest)> = knowledge.movement_tests.iter().collect();
    tests.sort_by_key(|(id, test)| (test.order, *id));
    if common.json {
        return print_json(&tests.iter().map(|(id, test)| as_json::test(knowledge, id, test)).collect::<Vec<_>>());
    }
    for (id, test) in tests {
        print_line(&format!("{} ({id})", Style::detect().bold(&test.name)))?;
        for (id, compensation) in knowledge.compensations.iter().filter(|(_, known)| known.test == *id) {
            print_line(&format!("  {id:<22} {}", compensation.name))?;
        }
    }
    print_line("\nsupple movement screen    begin, or go on where you were")
}

fn result(common: &Common) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let diary = common.diary()?;
    let (state, now) = (diary.state(), diary.now());
    let outcomes = outcomes(state, knowledge, &now);
    let regions = regions(state, knowledge, &now);
    if common.json {
        let due = rescreen_due(state, &now);
        return print_json(&as_json::result(knowledge, &outcomes, &regions, due));
    }
    let (first, more) = worth_working_on(knowledge, &outcomes);
    if outcomes.is_empty() {
        let none = screens(state, &now).is_empty();
        let words = if none { "Nobody has looked yet." } else { "Nothing was seen often enough to work on." };
        print_line(words)?;
        return print_line("supple movement screen    begin, or go on where you were");
    }
    let line =
        |outcome: &Found| page(&format!("{}. {}", said(knowledge, outcome), how_sure(knowledge, outcome)), "  ");
    if !first.is_empty() {
        print_line("Worth working on:")?;
        for outcome in first {
            line(outcome)?;
        }
    }
    if !more.is_empty() {
        print_line("More:")?;
        for outcome in more {
            line(outcome)?;
        }
    }
    if !regions.is_empty() {
        print_line("Places for your programme:")?;
        for one in regions {
            let side = one.side.map(|side| format!(", {}", side_words(side))).unwrap_or_default();
            let name = &knowledge.regions[&one.region].name;
            page(&format!("{name}{side}: {}", stay_in_words(knowledge, &one.stay)), "  ")?;
        }
    }
    page(
        "What is usually done about these things is partly convention among trainers. Seeing one is no finding about a \
         muscle: try it, measure, and keep what changes the number.",
        "",
    )
}

fn screen(given: &Given, common: &Common) -> Outcome {
    let mut diary = common.diary()?;
    let left_out = allowed(&diary)?;
    if given.says_something() {
        let (step, screen) = next(&diary, &left_out, given.begin(), given.test())?;
        let step =
            step.ok_or_else(|| Failure::bad_input("nothing is left to look at; --begin starts anew".to_owned()))?;
        let look = given.look(supple_knowledge::embedded(), &step, screen)?;
        keep(&mut diary, look)?;
    } else if std::io::stdin().is_terminal() && !common.json {
        ask_all(&mut diary, &left_out, given)?;
        return result(common);
    }
    let (step, _) = next(&diary, &left_out, given.begin() && !given.says_something(), given.test())?;
    if common.json {
        return print_json(&as_json::next(supple_knowledge::embedded(), step.as_ref()));
    }
    match step {
        Some(step) => {
            show(&step)?;
            print_line(&format!(
                "\nsupple movement screen --seen {}=4    say what you saw, on how many; without --seen: --nothing",
                step.looks_for[0]
            ))
        }
        None => print_line("Through. `supple movement result` shows what came of it."),
    }
}

/// The next look, and the screen it belongs to.
fn next(
    diary: &Diary,
    left_out: &LeftOut,
    begin: bool,
    by_hand: Option<&str>,
) -> Result<(Option<Step>, String), Failure> {
    let knowledge = supple_knowledge::embedded();
    let (state, now) = (diary.state(), diary.now());
    let here: Option<ScreenRecord<'_>> = current(state, knowledge, &now, left_out).filter(|_| !begin);
    let new = || Uuid::now_v7().to_string();
    if let Some(id) = by_hand {
        if !knowledge.movement_tests.contains_key(id) {
            return Err(Failure::bad_input(format!("there is no test `{id}`; `supple movement list` shows them")));
        }
        let step = next_by_hand(state, knowledge, &now, (here.as_ref(), left_out), id);
        return Ok((step, here.map_or_else(new, |screen| screen.id.to_owned())));
    }
    // A screen that is through is not begun anew unless asked to on the same day.
    let through_today = || screens(state, &now).pop().is_some_and(|last| last.began().date() == now.date());
    if here.is_none() && !begin && through_today() {
        return Ok((None, new()));
    }
    let step = next_of(state, knowledge, &now, (here.as_ref(), left_out));
    Ok((step, here.map_or_else(new, |screen| screen.id.to_owned())))
}

/// Writes a look, and what follows where it hurt.
fn keep(diary: &mut Diary, look: MovementScreened) -> Result<(), Failure> {
    let asked = after_pain(diary.state(), supple_knowledge::embedded(), &diary.now(), &look);
    let hurt = look.end == MovementEnd::Pain;
    diary.record(std::iter::once(EventBody::MovementScreened(look)).chain(asked).collect())?;
    if hurt {
        // On standard error: a program that reads the answer is not disturbed.
        eprintln!("{}", lines(HURT, width()).join("\n"));
    }
    Ok(())
}

const HURT: &str = "That test is over, and the place rests today. `supple check-in` asks a few questions about this pain \
before the next plan. Bad pain, a leg or arm that does not carry, numbness, or a joint out of shape: get medical help.";

fn ask_all(diary: &mut Diary, left_out: &LeftOut, given: &Given) -> Result<(), Failure> {
    let mut begin = given.begin();
    loop {
        let (Some(step), screen) = next(diary, left_out, begin, given.test())? else { return Ok(()) };
        begin = false;
        show(&step)?;
        let Some(look) = ask(&step, &screen)? else { return Ok(()) };
        let hurt = look.end == MovementEnd::Pain;
        keep(diary, look)?;
        if hurt {
            return Ok(());
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Seen,
    Nothing,
    SkipView,
    SkipTest,
    Pain,
}

/// One look; none where it is left for later.
fn ask(step: &Step, screen: &str) -> Result<Option<MovementScreened>, Failure> {
    let knowledge = supple_knowledge::embedded();
    let rows = vec![
        Row::plain(Way::Nothing, "I saw none of these"),
        Row::plain(Way::Seen, "I saw some of these"),
        Row::plain(Way::Pain, "It hurts"),
        Row::plain(Way::SkipView, "I cannot look from there"),
        Row::plain(Way::SkipTest, "Skip this test"),
    ];
    let Some(way) = one_of("What did you see?", rows)? else { return Ok(None) };
    let mut look = given::look_at(step, screen);
    match way {
        Way::Nothing => {}
        Way::SkipView => (look.end, look.repetitions) = (MovementEnd::Skipped, 0),
        Way::SkipTest => (look.end, look.repetitions, look.view) = (MovementEnd::Skipped, 0, None),
        Way::Pain => {
            (look.end, look.repetitions) = (MovementEnd::Pain, 0);
            let loads = &knowledge.movement_tests[&step.test].loads;
            let rows = loads.iter().map(|region| Row::plain(*region, &knowledge.regions[region].name)).collect();
            let marked = some_of("Where? If it is hard to say, mark nothing.", rows, &[])?.unwrap_or_default();
            look.pain = marked.into_iter().map(|region| Area { region, side: step.side }).collect();
        }
        Way::Seen => {
            for id in &step.looks_for {
                let compensation = &knowledge.compensations[id];
                let most = step.repetitions;
                let read = move |text: &str| {
                    text.trim().parse::<u8>().ok().filter(|on| *on <= most).ok_or_else(|| format!("0 to {most}"))
                };
                let question = format!("{}: on how many of {most}?", compensation.name);
                let Some(on) = typed(&question, &compensation.seen, Some("0"), read)? else { return Ok(None) };
                if on == 0 {
                    continue;
                }
                let mut side = None;
                if compensation.has_side && step.side.is_none() {
                    let rows = vec![
                        Row::plain(None, "both sides"),
                        Row::plain(Some(Side::Left), "left"),
                        Row::plain(Some(Side::Right), "right"),
                    ];
                    side = one_of("On which side?", rows)?.flatten();
                }
                look.seen.push(MovementSeen { compensation: id.clone(), side, on });
            }
        }
    }
    Ok(Some(look))
}

fn show(step: &Step) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let test = &knowledge.movement_tests[&step.test];
    let side = step.side.map(|side| format!(", {}", side_words(side))).unwrap_or_default();
    let view = view_in_words(step.view).to_lowercase();
    print_line(&format!("\n{}", Style::detect().bold(&format!("{}{side}, {view}", test.name))))?;
    if let Some(caution) = &test.caution {
        page(&format!("! {caution}"), "  ")?;
    }
    match test.retests.iter().find(|retake| Some(&retake.id) == step.retest.as_ref()) {
        Some(retake) => page(&retake.change, "  ")?,
        None => {
            for (number, text) in (1..).zip(&test.steps) {
                page(&format!("{number}. {text}"), "  ")?;
            }
            Done::Ok
        }
    };
    print_line(&format!("On how many of {} do you see it?", step.repetitions))?;
    for id in &step.looks_for {
        let compensation = &knowledge.compensations[id];
        page(&format!("{} ({id}): {} Fine: {}", compensation.name, compensation.seen, compensation.fine), "  ")?;
    }
    Ok(Done::Ok)
}

fn page(text: &str, indent: &str) -> Outcome {
    print_line(&format!("{indent}{}", lines(text, width() - indent.len()).join(&format!("\n{indent}"))))
}

/// What is left out today.
fn allowed(diary: &Diary) -> Result<LeftOut, Failure> {
    let now = diary.now();
    let of_today = |at: &Zoned| at.with_time_zone(now.time_zone().clone()).date() == now.date() && *at <= now;
    let wishes = diary.state().check_ins.iter().rfind(|given| of_today(&given.at)).map(|given| &given.what);
    let refused = |words: &str| Err(Failure::bad_input(words.to_owned()));
    match leave(diary.state(), supple_knowledge::embedded(), &now, wishes) {
        Leave::HelpFirst => refused("not today: `supple plan` says where to get help first"),
        Leave::NotYet => refused("not yet: `supple plan` says why, and what to do"),
        Leave::Questions => refused("a few questions first: `supple check-in` asks them"),
        Leave::Tests(left_out) => Ok(left_out),
    }
}
