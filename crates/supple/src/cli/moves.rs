use super::guide::{Typed, keep_events, print_played, read_script, timed};
use super::plan::Today;
use super::{Common, print_json, print_line};
use crate::shell::page::{fit, lines, width};
use crate::shell::{Diary, Done, Failure, Outcome};
use std::path::PathBuf;
use supple_core::body::Side;
use supple_core::event::Answer;
use supple_core::gate::{AdmittedMoves, Clearance, MoveRefusal, RuledOut, admit_moves};
use supple_core::guide::{MoveRun, simulate_moves};
use supple_core::knowledge::{Move, MoveKind, Sides};
use supple_core::move_dose::MoveDose;
use uuid::Uuid;

/// Stretches, strengthening and integration: look them up, be guided through some.
#[derive(Debug, clap::Args)]
pub struct Moves {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List all of them.
    List(List),
    /// Show one: how it is done, how much, what to take care of, where that comes from.
    Show {
        /// Its id.
        id: String,
    },
    /// Be guided through some, as far as today's check-in allows them.
    Guide(Guide),
}

#[derive(Debug, clap::Args)]
struct List {
    /// Only these.
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    Stretch,
    Strengthen,
    Integrate,
}

impl Kind {
    const fn is(self, kind: MoveKind) -> bool {
        matches!(
            (self, kind),
            (Self::Stretch, MoveKind::Stretch)
                | (Self::Strengthen, MoveKind::Strengthen)
                | (Self::Integrate, MoveKind::Integrate)
        )
    }
}

#[derive(Debug, clap::Args)]
struct Guide {
    /// Moves by id; `calf_wall_straight:left` for one side, otherwise both, one after the other.
    #[arg(required = true, value_name = "ID[:SIDE]")]
    moves: Vec<String>,
    /// Play it on a virtual clock with the inputs of a file (`-` reads standard input), as with `supple guide`.
    #[arg(long, value_name = "SCRIPT")]
    simulate: Option<PathBuf>,
    /// With --simulate: play, but log nothing.
    #[arg(long, requires = "simulate")]
    dry_run: bool,
    /// No bell.
    #[arg(long)]
    quiet: bool,
}

impl Moves {
    pub fn run(&self, common: &Common) -> Outcome {
        match &self.what {
            What::List(list) => list.run(common),
            What::Show { id } => show(id, common),
            What::Guide(guide) => guide.run(common),
        }
    }
}

impl List {
    fn run(&self, common: &Common) -> Outcome {
        for (id, known) in &supple_knowledge::embedded().moves {
            if self.kind.is_some_and(|kind| !kind.is(known.kind)) {
                continue;
            }
            if common.json {
                print_json(&serde_json::json!({ "id": id, "name": known.name, "kind": known.kind }))?;
            } else {
                print_line(&fit(&format!("{id:<30} {}", known.name)))?;
            }
        }
        Ok(Done::Ok)
    }
}

fn known(id: &str) -> Result<&'static Move, Failure> {
    supple_knowledge::embedded()
        .moves
        .get(id)
        .ok_or_else(|| Failure::bad_input(format!("there is no move `{id}`; `supple move list` shows all")))
}

fn show(id: &str, common: &Common) -> Outcome {
    let known = known(id)?;
    if common.json {
        return print_json(known);
    }
    let sources = &supple_knowledge::embedded().sources;
    print_line(&known.name)?;
    print_line(&amount(&MoveDose::as_written(id, known, Side::Both)))?;
    let say = |title: &str, text: &str| -> Outcome {
        print_line("")?;
        if !title.is_empty() {
            print_line(title)?;
        }
        for line in lines(text, width().saturating_sub(2)) {
            print_line(&format!("  {line}"))?;
        }
        Ok(Done::Ok)
    };
    say("Position", &known.position)?;
    print_line("")?;
    for (number, step) in known.steps.iter().enumerate() {
        for (i, line) in lines(step, width().saturating_sub(4)).into_iter().enumerate() {
            print_line(&if i == 0 { format!("{:>2}. {line}", number + 1) } else { format!("    {line}") })?;
        }
    }
    say("What it feels like", &known.feel)?;
    say("Easier", &known.easier)?;
    say("Harder", &known.harder)?;
    if let Some(caution) = &known.caution {
        say("Take care", caution)?;
    }
    say("Sources", "")?;
    for source in &known.sources {
        let citation = sources.get(source).map_or(source.as_str(), |source| source.citation.as_str());
        for line in lines(citation, width().saturating_sub(2)) {
            print_line(&format!("  {line}"))?;
        }
    }
    Ok(Done::Ok)
}

/// "2 times 30 s, rest 15 s, effort at most 6 of 10".
fn amount(dose: &MoveDose) -> String {
    let each = match (dose.hold_seconds, dose.reps) {
        (Some(hold), _) => format!("{hold} s held"),
        (None, Some(reps)) => format!("{reps} repetitions"),
        (None, None) => String::new(),
    };
    let rest = if dose.sets > 1 { format!(", rest {} s", dose.rest_seconds) } else { String::new() };
    format!("{} x {each}{rest}, effort at most {} of 10", dose.sets, dose.effort_max)
}

impl Guide {
    fn run(&self, common: &Common) -> Outcome {
        let script = self.simulate.as_ref().map(|path| read_script(path)).transpose()?;
        let asked = self.moves.iter().map(|given| parse(given)).collect::<Result<Vec<_>, _>>()?.concat();
        let mut diary = common.diary()?;
        let Some(today) = Today::of(&diary)? else {
            return Err(Failure::bad_input("nothing is known about today yet; begin with `supple check-in`"));
        };
        let Some(clearance) = today.judgement.verdict.clearance() else { return today.print(common.json) };
        let admitted = admitted(&diary, clearance, &asked, common.json)?;
        let waits = self.simulate.is_none();
        let (mut run, started) =
            MoveRun::start(Uuid::now_v7().to_string(), &admitted, supple_knowledge::embedded(), waits);
        if let Some(script) = script {
            let played = simulate_moves(&mut run, &script);
            if !self.dry_run {
                keep_events(&mut diary, started.events)?;
                let began = diary.now();
                diary.record_timed(timed(&played, &began)?)?;
            }
            print_played(&played, common.json)?;
        } else {
            keep_events(&mut diary, started.events)?;
            Typed { json: common.json, quiet: self.quiet, speed: 1 }.play(&mut run, &mut diary)?;
        }
        diary.close();
        Ok(Done::Ok)
    }
}

/// A move with the sides that are meant.
fn parse(given: &str) -> Result<Vec<(String, Side)>, Failure> {
    let (id, side) = given.split_once(':').map_or((given, None), |(id, side)| (id, Some(side)));
    let sides = match (known(id)?.sides, side) {
        (Sides::OneAtATime, None) => vec![Side::Left, Side::Right],
        (Sides::OneAtATime, Some("left")) => vec![Side::Left],
        (Sides::OneAtATime, Some("right")) => vec![Side::Right],
        (Sides::Together, None) => vec![Side::Both],
        (Sides::Midline, None) => vec![Side::Midline],
        (Sides::OneAtATime, Some(side)) => {
            return Err(Failure::bad_input(format!("{given}: `{side}` is no side; write left or right")));
        }
        (Sides::Together | Sides::Midline, Some(_)) => {
            return Err(Failure::bad_input(format!("{given}: it is not done on one side; write {id}")));
        }
    };
    Ok(sides.into_iter().map(|side| (id.to_owned(), side)).collect())
}

/// What is allowed of what was asked for; what is left out is said, with its reason.
fn admitted(
    diary: &Diary,
    clearance: &Clearance,
    asked: &[(String, Side)],
    json: bool,
) -> Result<AdmittedMoves, Failure> {
    let knowledge = supple_knowledge::embedded();
    let mut doses = Vec::new();
    let mut left_out = Vec::new();
    for (id, side) in asked {
        match clearance.allows_move(knowledge, id, *side) {
            Ok(most) => doses.push(MoveDose {
                sets: most.sets,
                hold_seconds: most.hold_seconds,
                reps: most.reps,
                effort_max: most.effort_max,
                ..MoveDose::as_written(id, known(id)?, *side)
            }),
            Err(refusal) => left_out.push(format!("{id}, {}: {}", side.spoken(), why(clearance, refusal, *side))),
        }
    }
    if doses.is_empty() {
        return Err(Failure::bad_input(left_out.join("\n")));
    }
    if !json {
        for line in &left_out {
            print_line(&format!("Left out today: {line}"))?;
        }
    }
    admit_moves(knowledge, clearance, diary.state().head.as_deref(), &doses)
        .map_err(|problems| Failure::error(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
}

/// Why a move is left out, and what can be done about it.
fn why(clearance: &Clearance, refusal: MoveRefusal, side: Side) -> String {
    let knowledge = supple_knowledge::embedded();
    let because = |by: &str, answer: Answer| match (knowledge.cautions.get(by), answer) {
        (Some(caution), Answer::Yes) => caution.moves.as_ref().map_or(&caution.advice, |moves| &moves.why).clone(),
        (Some(caution), _) => format!("a question is open: {}", caution.question),
        (None, _) => knowledge.reasons.get(by).map_or_else(|| by.to_owned(), |reason| reason.text.clone()),
    };
    let ruled_out = |what| clearance.ruled_out_by(what).next().map(|by| because(&by.by, by.answer));
    match refusal {
        MoveRefusal::Closed(region) => {
            let name = knowledge.regions.get(&region).map_or_else(|| region.to_string(), |known| known.name.clone());
            let sites = supple_core::body::Site::of(region, Side::Both);
            let first = side.halves().first().copied();
            let mut by = sites.filter(|site| Some(site.half) == first || side == Side::Both);
            let why = by.find_map(|site| clearance.closed_to_moves_by(site).next().cloned());
            let why = why.map_or_else(String::new, |closed| format!(": {}", because(&closed.by, closed.answer)));
            format!("{name} is left alone today{why}")
        }
        MoveRefusal::Demand(demand) => ruled_out(RuledOut::Demand(demand)).unwrap_or_else(|| refusal.to_string()),
        MoveRefusal::Posture(posture) => {
            ruled_out(RuledOut::Posture(posture)).unwrap_or_else(|| "you left this posture out".to_owned())
        }
        MoveRefusal::Avoided(_) => "you asked to leave that place out".to_owned(),
        MoveRefusal::NothingLeft => "today's minutes of moves are used up".to_owned(),
        MoveRefusal::Unknown | MoveRefusal::WrongSide | MoveRefusal::Place(_) => refusal.to_string(),
    }
}
