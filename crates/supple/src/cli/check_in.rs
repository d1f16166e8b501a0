use super::Common;
use super::plan::Today;
use crate::shell::{Failure, Outcome};
use std::io::IsTerminal;
use supple_core::event::{CheckedIn, EventBody};
use supple_core::knowledge::Goal;

mod flags;
mod next_day;
mod profile;
mod screen;
mod wishes;

/// Say how your body is today and what you want.
///
/// On a terminal it asks for whatever was not given as a flag; each card is kept as soon as it is answered.
/// Without one, everything comes from flags, and questions that were not answered stay open.
#[derive(Debug, clap::Args)]
pub struct CheckIn {
    /// What the session is for: warm_up, mobility, recovery or wind_down.
    #[arg(long)]
    goal: Option<String>,
    /// Minutes at hand, 2 to 20.
    #[arg(long)]
    minutes: Option<u8>,
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
    #[arg(long)]
    age: Option<u8>,
    /// Your body mass in kg; only used to estimate the force through the tool.
    #[arg(long, value_name = "KG")]
    mass: Option<f64>,
    /// Under 18: an adult agrees and is here today.
    #[arg(long)]
    adult_present: bool,
    /// An answer: ID=yes, ID=no or ID=unknown, then, after commas, side=left, area=calf:left, agreed=2026-11-01,
    /// since=2026-10-01. May be repeated.
    #[arg(long, value_name = "ID=ANSWER")]
    answer: Vec<String>,
    /// None of a whole list of questions, after reading it with `supple knowledge show`: get_help_first,
    /// told_by_a_doctor, medicines, recent or areas. May be repeated.
    #[arg(long, value_name = "LIST")]
    none_of: Vec<String>,
    /// How a place was the day after the last session, such as calf:left=2 or calf=5,bruise. May be repeated.
    #[arg(long, value_name = "PLACE=0-10")]
    next_day: Vec<String>,
}

impl CheckIn {
    pub fn run(&self, common: &Common) -> Outcome {
        let mut diary = common.diary()?;
        let ask = std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && !common.json;
        diary.record(flags::profile(self)?)?;
        diary.record(flags::next_day(self)?)?;
        if ask {
            profile::ask(&mut diary)?;
            next_day::ask(&mut diary)?;
        }
        let wishes = match flags::wishes(self)? {
            Some(wishes) => wishes,
            None if ask => wishes::ask(&diary)?,
            None => {
                return Err(Failure::bad_input(
                    "say at least --goal and --minutes, for instance `supple check-in --goal mobility --minutes 10 --want calf`",
                ));
            }
        };
        diary.record(vec![EventBody::CheckedIn(wishes.clone())])?;
        diary.record(flags::answers(self, &wishes)?)?;
        if ask {
            screen::ask(&mut diary, &wishes)?;
        }
        let today = Today::with(&diary, &wishes);
        let done = today.print(common.json)?;
        if ask && today.plan.as_ref().is_some_and(|plan| !plan.blocks.is_empty()) {
            super::print_line("\nWhen you are ready: `supple guide`")?;
        }
        diary.close();
        Ok(done)
    }
}

/// Today's places of a check-in: marked or asked for, or usual for the goal.
fn regions(wishes: &CheckedIn) -> Vec<supple_core::body::RegionId> {
    let marked = wishes.soreness.iter().map(|sore| sore.region).chain(wishes.tight.iter().map(|area| area.region));
    let mut regions: Vec<_> = marked.chain(wishes.wants.iter().copied()).collect();
    regions.sort();
    regions.dedup();
    if regions.is_empty() { usual(wishes.goal) } else { regions }
}

fn usual(goal: Goal) -> Vec<supple_core::body::RegionId> {
    supple_knowledge::embedded().planning.goals.get(&goal).map(|goal| goal.usual_regions.clone()).unwrap_or_default()
}
