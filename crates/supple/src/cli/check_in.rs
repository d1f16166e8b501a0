use super::Common;
use super::ask::{self, Way};
use super::plan::Today;
use crate::shell::{Diary, Failure, Outcome};
use std::io::IsTerminal;
use supple_core::event::{CheckedIn, EventBody};
use supple_core::knowledge::Goal;
use supple_core::unit::{AgeYears, Kilograms, SessionMinutes};

pub mod flags;
mod next_day;
mod profile;
mod screen;
mod wishes;

/// Say how your body is today and what you want.
///
/// On a terminal it asks for whatever was not given as a flag. Esc goes one question back; Ctrl-C stops, and what was
/// answered is kept. Without a terminal everything comes from flags, and questions that were not answered stay open.
///
/// A whole check-in by flags: `supple check-in --age 34 --tool foam_roller:medium --goal mobility --minutes 10
/// --want calf --none-of get_help_first --none-of told_by_a_doctor --none-of medicines --none-of recent
/// --none-of areas`
#[derive(Debug, clap::Args)]
pub struct CheckIn {
    /// What the session is for: warm_up, mobility, recovery or wind_down.
    #[arg(long)]
    goal: Option<String>,
    /// Minutes at hand, 2 to 20.
    #[arg(long, value_parser = flags::minutes)]
    minutes: Option<SessionMinutes>,
    /// A sore place, such as calf:left=5 (0 none to 10 the worst). May be repeated.
    #[arg(long, value_name = "PLACE=0-10")]
    sore: Vec<String>,
    /// A tight place, such as rectus_femoris:both. May be repeated.
    #[arg(long, value_name = "PLACE")]
    tight: Vec<String>,
    /// A region you want rolled. May be repeated.
    #[arg(long, value_name = "REGION")]
    want: Vec<String>,
    /// A region to leave out; beats --want. May be repeated.
    #[arg(long, value_name = "REGION")]
    avoid: Vec<String>,
    /// A tool at hand with how firm it is, such as ball:soft or foam_roller:medium. May be repeated.
    #[arg(long, value_name = "TOOL[:FIRMNESS]")]
    tool: Vec<String>,
    /// A place you can use: floor, wall or chair (default: all). May be repeated.
    #[arg(long)]
    place: Vec<String>,
    /// Something your body should not do: kneeling, weight_on_hands, lying_face_down, ... May be repeated.
    #[arg(long, value_name = "POSTURE")]
    no: Vec<String>,
    /// Your age in years.
    #[arg(long, value_parser = flags::age)]
    age: Option<AgeYears>,
    /// Your body mass in kg; only used to estimate the force through the tool.
    #[arg(long, value_name = "KG", value_parser = flags::mass, allow_negative_numbers = true)]
    mass: Option<Kilograms>,
    /// Under 18: an adult agrees and is here today.
    #[arg(long)]
    adult_present: bool,
    /// An answer: ID=yes, ID=no or ID=unknown, then, after commas, side=left, area=calf:left, agreed=2026-11-01,
    /// since=2026-10-01. May be repeated.
    #[arg(long, value_name = "ID=ANSWER")]
    answer: Vec<String>,
    /// None of a whole list of questions, after reading it with `supple knowledge show LIST`: get_help_first,
    /// told_by_a_doctor, medicines, recent or areas. May be repeated.
    #[arg(long, value_name = "LIST")]
    none_of: Vec<String>,
    /// How a place was the day after the last session, such as calf:left=2 or calf=5,bruise. May be repeated.
    #[arg(long, value_name = "PLACE=0-10")]
    next_day: Vec<String>,
}

impl CheckIn {
    pub fn run(&self, common: &Common) -> Outcome {
        let ask = std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && !common.json;
        // Everything is read before anything is kept: a mistake in the last flag loses none of the others.
        let mut said = flags::profile(self)?;
        said.extend(flags::next_day(self)?);
        let wishes = flags::wishes(self)?;
        if let Some(wishes) = &wishes {
            said.push(EventBody::CheckedIn(wishes.clone()));
            said.extend(flags::answers(self, wishes)?);
        }
        let mut diary = common.diary()?;
        if ask {
            diary.record(said)?;
            return self.ask(diary, wishes);
        }
        let Some(wishes) = wishes else {
            return Err(Failure::bad_input(
                "say at least --goal and --minutes, for instance \
                 `supple check-in --goal mobility --minutes 10 --want calf`",
            ));
        };
        diary.record(said)?;
        diary.record(flags::by_age(&diary))?;
        let done = Today::with(&diary, &wishes).print(common.json);
        diary.close();
        done
    }

    /// Asks for everything that was not given.
    fn ask(&self, diary: Diary, given: Option<CheckedIn>) -> Outcome {
        ask::begin();
        if diary.state().check_ins.is_empty() {
            ask::say(
                "Welcome. The first time takes about five minutes, because nothing is taken for granted; later only \
                 what may have changed is asked. Everything stays on this machine.",
            )?;
            super::print_line("")?;
        }
        let mut sitting = Sitting { flags: self, diary, wishes: given.clone(), given: given.is_some() };
        let steps: [ask::Step<Sitting>; 4] = [
            |sitting| profile::ask(&mut sitting.diary, !sitting.flags.tool.is_empty()),
            |sitting| next_day::ask(&mut sitting.diary),
            Sitting::ask_wishes,
            Sitting::ask_screen,
        ];
        while ask::walk(&mut sitting, &steps)? == Way::Back {
            ask::say("This is the first question. Ctrl-C stops; what was answered is kept.")?;
        }
        let Some(wishes) = sitting.wishes else { return Err(Failure::bad_input("nothing was wished for")) };
        let done = Today::with(&sitting.diary, &wishes).print_short();
        sitting.diary.close();
        done
    }
}

/// A check-in in progress.
struct Sitting<'a> {
    flags: &'a CheckIn,
    diary: Diary,
    wishes: Option<CheckedIn>,
    /// The wishes were given as flags.
    given: bool,
}

impl Sitting<'_> {
    fn ask_wishes(&mut self) -> Result<Way, Failure> {
        if self.given {
            return Ok(Way::Passed);
        }
        let Some(wishes) = wishes::ask(&self.diary)? else { return Ok(Way::Back) };
        let answers = flags::answers(self.flags, &wishes)?;
        self.diary.record(std::iter::once(EventBody::CheckedIn(wishes.clone())).chain(answers).collect())?;
        self.wishes = Some(wishes);
        Ok(Way::On)
    }

    fn ask_screen(&mut self) -> Result<Way, Failure> {
        match &self.wishes {
            Some(wishes) => screen::ask(&mut self.diary, wishes),
            None => Ok(Way::Passed),
        }
    }
}

/// Today's places of a check-in: marked or asked for, or usual for the goal.
pub fn regions(wishes: &CheckedIn) -> Vec<supple_core::body::RegionId> {
    let marked = wishes.soreness.iter().map(|sore| sore.region).chain(wishes.tight.iter().map(|area| area.region));
    let mut regions: Vec<_> = marked.chain(wishes.wants.iter().copied()).collect();
    regions.sort();
    regions.dedup();
    if regions.is_empty() { usual(wishes.goal) } else { regions }
}

fn usual(goal: Goal) -> Vec<supple_core::body::RegionId> {
    supple_knowledge::embedded().planning.goals.get(&goal).map(|goal| goal.usual_regions.clone()).unwrap_or_default()
}
