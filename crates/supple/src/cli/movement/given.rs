use crate::cli::areas::parse_region;
use crate::shell::Failure;
use supple_core::body::{Area, Side};
use supple_core::event::{MovementEnd, MovementScreened, MovementSeen};
use supple_core::knowledge::Knowledge;
use supple_core::movement::Step;

/// What was seen, from the command line: it answers the next look.
#[derive(Debug, clap::Args)]
pub struct Given {
    /// Begin a new screen instead of going on.
    #[arg(long)]
    begin: bool,
    /// A test chosen by hand, such as knee_to_wall_lunge.
    #[arg(long, value_name = "TEST")]
    test: Option<String>,
    /// Something seen, and on how many repetitions: ohs_heels_rise=4, or ohs_heels_rise:left=4.
    #[arg(long, num_args = 1.., value_name = "WHAT=COUNT")]
    seen: Vec<String>,
    /// Nothing of it was seen.
    #[arg(long, conflicts_with_all = ["seen", "skip", "pain"])]
    nothing: bool,
    /// Leave out this view, or all of this test.
    #[arg(long, value_parser = ["view", "test"], conflicts_with_all = ["seen", "pain"])]
    skip: Option<String>,
    /// It hurts: the test is over. Where, if that can be said: calf, or calf:left.
    #[arg(long, num_args = 0.., value_name = "REGION", conflicts_with = "seen")]
    pain: Option<Vec<String>>,
}

/// A look at all repetitions in which nothing was seen.
pub fn look_at(step: &Step, screen: &str) -> MovementScreened {
    MovementScreened {
        screen: screen.to_owned(),
        test: step.id().to_owned(),
        side: step.side,
        view: Some(step.view),
        repetitions: step.repetitions,
        end: MovementEnd::Done,
        seen: Vec::new(),
        pain: Vec::new(),
    }
}

impl Given {
    pub fn says_something(&self) -> bool {
        self.nothing || self.skip.is_some() || self.pain.is_some() || !self.seen.is_empty()
    }

    pub const fn begin(&self) -> bool {
        self.begin
    }

    pub fn test(&self) -> Option<&str> {
        self.test.as_deref()
    }

    /// The look that answers a step.
    pub fn look(&self, knowledge: &Knowledge, step: &Step, screen: String) -> Result<MovementScreened, Failure> {
        let mut look = look_at(step, &screen);
        if let Some(places) = &self.pain {
            (look.end, look.repetitions) = (MovementEnd::Pain, 0);
            look.pain = places.iter().map(|place| area(place, step.side)).collect::<Result<_, _>>()?;
        }
        if let Some(what) = &self.skip {
            (look.end, look.repetitions) = (MovementEnd::Skipped, 0);
            look.view = look.view.filter(|_| what == "view");
        }
        for text in &self.seen {
            let (what, on) = text.split_once('=').ok_or_else(|| {
                Failure::bad_input(format!("--seen {text}: write what and on how many, as in ohs_heels_rise=4"))
            })?;
            let (id, side) = with_side(what)?;
            let compensation = knowledge.compensations.get(id).filter(|_| step.looks_for.iter().any(|one| one == id));
            let compensation = compensation.ok_or_else(|| {
                let looked = step.looks_for.join(", ");
                Failure::bad_input(format!("--seen {text}: this look is for {looked}"))
            })?;
            let most = step.repetitions;
            let on: u8 = on.parse().ok().filter(|on| *on <= most).ok_or_else(|| {
                Failure::bad_input(format!("--seen {text}: the count is 0 to {most} whole repetitions"))
            })?;
            if side.is_some() && (step.side.is_some() || !compensation.has_side) {
                return Err(Failure::bad_input(format!("--seen {text}: leave the side out; this look needs none")));
            }
            look.seen.push(MovementSeen { compensation: id.to_owned(), side, on });
        }
        look.seen.retain(|seen| seen.on > 0);
        Ok(look)
    }
}

fn with_side(text: &str) -> Result<(&str, Option<Side>), Failure> {
    match text.split_once(':') {
        None => Ok((text, None)),
        Some((what, "left")) => Ok((what, Some(Side::Left))),
        Some((what, "right")) => Ok((what, Some(Side::Right))),
        Some((_, other)) => Err(Failure::bad_input(format!("the side is left or right, not {other}"))),
    }
}

fn area(text: &str, of_step: Option<Side>) -> Result<Area, Failure> {
    let (name, side) = with_side(text)?;
    let region = parse_region(name)?;
    Ok(Area { region, side: side.or(of_step) })
}
