use super::{Common, print_json, print_line, share};
use crate::shell::{Diary, Done, Failure, Outcome};
use std::io::Read;
use supple_app::handout::{name_words, part_name};
use supple_core::assess::Assessment;
use supple_core::body::RegionId;
use supple_core::contract::decide;
use supple_core::contract::text::side_words;
use supple_core::event::{CheckedIn, EventBody, Name, RoutineSaved};
use supple_core::share::{Fitted, MOST_BYTES, Outcome as Became, Part, Shared, SharedSession, fit};
use supple_core::unit::SessionMinutes;

/// See what came from a coach, what of it is for you by your own answers, and keep it as a routine.
#[derive(Debug, clap::Args)]
pub struct Receive {
    /// The text, the link, a file that holds one of them, or `-` for standard input.
    what: String,
    /// Keep it among your routines.
    #[arg(long)]
    save: bool,
}

impl Receive {
    pub fn run(&self, common: &Common) -> Outcome {
        let text = self.text()?;
        let shared = Shared::read(&text).map_err(|error| Failure::bad_input(error.to_string()))?;
        let mut diary = common.diary()?;
        let all: Vec<Option<Vec<Fitted<'_>>>> =
            shared.sessions.iter().map(|session| fitted(&diary, &shared, session)).collect();
        if common.json {
            print_json(&json(&shared, &all))?;
        } else {
            words(&shared, &all)?;
        }
        if self.save {
            diary.record(routines(&diary, &shared))?;
            if !common.json {
                print_line(
                    "\nKept among your routines. Rolling is planned afresh each time; stretches and exercises stay as they came.",
                )?;
            }
        } else if !common.json {
            print_line("\n`--save` keeps it among your routines.")?;
        }
        diary.close();
        Ok(Done::Ok)
    }

    fn text(&self) -> Result<String, Failure> {
        // A file may be anything; no more of it is read than a routine can be.
        let most = MOST_BYTES as u64 * 2;
        let mut text = String::new();
        let read = |source: &mut dyn Read, text: &mut String| {
            source
                .take(most)
                .read_to_string(text)
                .map_err(|error| Failure::bad_input(format!("this is no text: {error}")))
        };
        if self.what == "-" {
            read(&mut std::io::stdin().lock(), &mut text)?;
        } else if self.what.contains("supple") && self.what.contains(':') {
            text.clone_from(&self.what);
        } else {
            let mut file = std::fs::File::open(&self.what).map_err(|error| {
                Failure::bad_input(format!("{}: {error}; give the text, the link, or the name of a file", self.what))
            })?;
            read(&mut file, &mut text)?;
        }
        Ok(text)
    }
}

/// What each part comes to by the receiver's own answers; none while nothing may be planned.
fn fitted<'s>(diary: &Diary, shared: &Shared, session: &'s SharedSession) -> Option<Vec<Fitted<'s>>> {
    let knowledge = supple_knowledge::embedded();
    let wishes = CheckedIn {
        goal: shared.goal,
        minutes: minutes(session),
        wants: regions(session),
        soreness: Vec::new(),
        tight: Vec::new(),
        avoid: Vec::new(),
    };
    let assessment = Assessment::from_state(knowledge, diary.state(), &diary.now(), &wishes);
    let (judgement, _) = decide(knowledge, &assessment);
    Some(fit(knowledge, judgement.verdict.clearance()?, shared.goal, session))
}

fn minutes(session: &SharedSession) -> SessionMinutes {
    SessionMinutes::new(session.minutes.clamp(2, 20)).expect("2 to 20 minutes are a session")
}

fn regions(session: &SharedSession) -> Vec<RegionId> {
    let known = &supple_knowledge::embedded().techniques;
    let pressed = session.parts.iter().filter_map(|part| match part {
        Part::Press(press) => known.get(&press.technique).map(|technique| technique.region),
        Part::Move(_) => None,
    });
    let mut regions: Vec<RegionId> = session.areas.iter().map(|area| area.region).chain(pressed).collect();
    regions.sort();
    regions.dedup();
    regions
}

fn routines(diary: &Diary, shared: &Shared) -> Vec<EventBody> {
    let one = |(index, session): (usize, &SharedSession)| {
        let name = Name::new(name_words(supple_knowledge::embedded(), shared, index)).ok()?;
        let known = diary.state().routines.iter().find(|routine| routine.what.name == name);
        let routine =
            known.map_or_else(|| uuid::Uuid::now_v7().simple().to_string(), |known| known.what.routine.clone());
        Some(EventBody::RoutineSaved(RoutineSaved {
            routine,
            name,
            goal: shared.goal,
            minutes: minutes(session),
            tools: session.tools.clone(),
            wants: regions(session),
            sent: shared.to_keep(session),
        }))
    };
    shared.sessions.iter().enumerate().filter_map(one).collect()
}

/// What became of a part, in words.
fn became(one: &Fitted<'_>) -> String {
    let side = |without: &Option<(supple_core::body::Side, String)>| match without {
        Some((side, why)) => format!("; without the {} side. {why}", side_words(*side)),
        None => String::new(),
    };
    match &one.outcome {
        Became::Allowed { doses, gentler, without } => {
            let dose = &doses[0];
            let amount = if *gentler {
                format!("gentler: {} x {} s, {} of 10", dose.sets, dose.seconds_per_set, dose.felt_target)
            } else {
                "as it came".to_owned()
            };
            amount + &side(without)
        }
        Became::Move { doses, gentler, with_support, without } => {
            let dose = &doses[0];
            let how_much = dose.hold_seconds.map_or_else(
                || format!("{} x {} times", dose.sets, dose.reps.unwrap_or(1)),
                |hold| format!("{} x {hold} s", dose.sets),
            );
            let amount = if *gentler { format!("gentler: {how_much}") } else { "as it came".to_owned() };
            let support = if *with_support { ", with a hand on something firm" } else { "" };
            amount + support + &side(without)
        }
        Became::LeftOut(why) => format!("left out. {why}"),
    }
}

fn words(shared: &Shared, all: &[Option<Vec<Fitted<'_>>>]) -> Outcome {
    share::describe(shared)?;
    for fitted in all {
        match fitted {
            Some(fitted) => {
                print_line("\nFor you today:")?;
                for one in fitted {
                    print_line(&format!("  {}: {}", part_name(supple_knowledge::embedded(), one.part), became(one)))?;
                }
            }
            None => {
                print_line("\nYour own answers come first: they say what of it is for you. `supple check-in` asks.")?;
                break;
            }
        }
    }
    print_line("\nWhat is left out, and why, is for you alone. Nobody is told.")
}

fn json(shared: &Shared, all: &[Option<Vec<Fitted<'_>>>]) -> serde_json::Value {
    let one = |one: &Fitted<'_>| {
        let (allowed, gentler) = match &one.outcome {
            Became::Allowed { gentler, .. } | Became::Move { gentler, .. } => (true, *gentler),
            Became::LeftOut(_) => (false, false),
        };
        serde_json::json!({ "part": part_name(supple_knowledge::embedded(), one.part), "allowed": allowed, "gentler": gentler, "words": became(one) })
    };
    let sessions: Vec<_> =
        all.iter().map(|all| all.as_ref().map(|all| all.iter().map(one).collect::<Vec<_>>())).collect();
    serde_json::json!({ "text": shared.to_text(), "goal": shared.goal.id(), "for_you": sessions })
}
