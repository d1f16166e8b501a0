//! What the form of a programme holds: read from what was typed, or from the weeks before, and turned into wishes.

use crate::cx::Cx;
use crate::form::Form;
use jiff::civil::{Date, Time};
use supple_core::body::RegionId;
use supple_core::days;
use supple_core::knowledge::Equipment;
use supple_core::programme::{Aim, DayWish, Seen, Training, TrainingKind, Wishes};

/// Weeks that can be chosen; the first choice is four.
pub const WEEKS: [u8; 5] = [1, 2, 4, 8, 12];

/// Minutes of a day that are offered.
pub const MINUTES: [u16; 7] = [5, 10, 15, 20, 30, 45, 60];

/// Kinds of training, by their place here in the form.
pub const KINDS: [(TrainingKind, &str); 10] = [
    (TrainingKind::Strength, "Strength"),
    (TrainingKind::Run, "Running"),
    (TrainingKind::Cycle, "Cycling"),
    (TrainingKind::Swim, "Swimming"),
    (TrainingKind::Game, "A game"),
    (TrainingKind::Climb, "Climbing"),
    (TrainingKind::Dance, "Dancing"),
    (TrainingKind::Yoga, "Yoga"),
    (TrainingKind::Walk, "Walking"),
    (TrainingKind::Other, "Something else"),
];

/// What is asked for by name, by its place here in the form; what most homes have is ticked.
pub const EQUIPMENT: [(Equipment, &str, bool); 10] = [
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

/// One training as the form holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingDraft {
    /// What, by its place in [`KINDS`].
    pub kind: usize,
    /// When it begins.
    pub at: Option<Time>,
    /// Minutes it takes.
    pub minutes: u16,
}

impl TrainingDraft {
    const USUAL: Self = Self { kind: 0, at: None, minutes: 60 };

    fn of(training: &Training) -> Self {
        let kind = KINDS.iter().position(|known| known.0 == training.kind);
        Self { kind: kind.unwrap_or(KINDS.len() - 1), at: training.at, minutes: training.minutes }
    }

    fn training(self) -> Training {
        let kind = KINDS.get(self.kind).map_or(TrainingKind::Other, |known| known.0);
        Training { kind, minutes: self.minutes, at: self.at, hard: None }
    }
}

/// One day of the week, counted from the first day of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayDraft {
    /// Ticked as a day with time.
    pub is_free: bool,
    /// Minutes, where they differ from the usual ones.
    pub minutes: Option<u16>,
    /// Ticked as a day with training.
    pub trains: bool,
    /// The training, where it differs from the usual one.
    pub training: Option<TrainingDraft>,
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub aim: Aim,
    pub also: Vec<Aim>,
    pub days: [DayDraft; 7],
    pub minutes: u16,
    pub training: TrainingDraft,
    pub wants: Vec<RegionId>,
    pub equipment: Vec<Equipment>,
    pub weeks: u8,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            aim: Aim::Mobility,
            also: Vec::new(),
            days: [DayDraft::default(); 7],
            minutes: 15,
            training: TrainingDraft::USUAL,
            wants: Vec::new(),
            equipment: EQUIPMENT.iter().filter(|one| one.2).map(|one| one.0).collect(),
            weeks: 4,
        }
    }
}

impl Draft {
    /// The form as it would have been filled in for these wishes, for weeks that start on another day. A week in it is as
    /// the last of those days with the same name.
    pub fn like(before: &Wishes, start: Date) -> Self {
        let mut goals = before.goals.iter().copied();
        let of_week: Vec<Option<&DayWish>> = (0..7)
            .map(|ahead| {
                let weekday = days::after(start, ahead)?.weekday();
                before.days.iter().rev().find(|day| day.date.weekday() == weekday)
            })
            .collect();
        let each = || of_week.iter().flatten();
        let minutes = most_frequent(each().map(|day| day.minutes).filter(|minutes| *minutes > 0));
        let minutes = minutes.unwrap_or(Self::default().minutes);
        let trained = |day: &DayWish| day.training.first().map(TrainingDraft::of);
        let training = most_frequent(each().filter_map(|day| trained(day))).unwrap_or(TrainingDraft::USUAL);
        let days = std::array::from_fn(|ahead| {
            of_week.get(ahead).copied().flatten().map_or_else(DayDraft::default, |day| DayDraft {
                is_free: day.minutes > 0,
                minutes: (day.minutes > 0 && day.minutes != minutes).then_some(day.minutes),
                trains: !day.training.is_empty(),
                training: trained(day).filter(|own| *own != training),
            })
        });
        Self {
            aim: goals.next().unwrap_or(Aim::Mobility),
            also: goals.collect(),
            days,
            minutes,
            training,
            wants: before.wants.clone(),
            equipment: before.equipment.clone(),
            weeks: before.weeks,
        }
    }

    /// What was typed, and what in it is missing or cannot be, one sentence each. What cannot be is left as it was.
    pub fn read(cx: &Cx<'_>, form: &Form) -> (Self, Vec<String>) {
        let mut reading = Reading { form, problems: Vec::new() };
        let usual = Self::default();
        let aims = |name: &'static str| {
            Aim::ALL.into_iter().filter(move |aim| form.all(name).any(|id| id == aim.id())).collect::<Vec<_>>()
        };
        let first = aims("aim");
        if first.is_empty() {
            reading.problems.push("What for: choose one.".to_owned());
        }
        let mut also: Vec<Aim> = first.iter().skip(1).copied().chain(aims("also")).collect();
        let aim = first.first().copied().unwrap_or(usual.aim);
        also.retain(|other| *other != aim);
        also.dedup();
        let minutes = reading.minutes("minutes", 240, "Minutes on such a day").unwrap_or(usual.minutes);
        let training = TrainingDraft {
            kind: form.read("kind").filter(|kind| *kind < KINDS.len()).unwrap_or(TrainingDraft::USUAL.kind),
            at: reading.time("at"),
            minutes: reading.minutes("long", 600, "Minutes of training").unwrap_or(TrainingDraft::USUAL.minutes),
        };
        let ticked = |name: &str, ahead: usize| form.read_all::<usize>(name).any(|day| day == ahead);
        let days = std::array::from_fn(|ahead| {
            let own = |name: &str| format!("{name}.{ahead}");
            let own_minutes = reading.minutes(&own("minutes"), 240, "Minutes on one of the days");
            let kind = form.read(&own("kind")).filter(|kind| *kind < KINDS.len());
            let at = reading.time(&own("at"));
            let long = reading.minutes(&own("long"), 600, "Minutes of training on one of the days");
            let differs = kind.is_some() || at.is_some() || long.is_some();
            let own_training = TrainingDraft {
                kind: kind.unwrap_or(training.kind),
                at: at.or(training.at),
                minutes: long.unwrap_or(training.minutes),
            };
            DayDraft {
                is_free: ticked("free", ahead) || own_minutes.is_some(),
                minutes: own_minutes.filter(|own| *own != minutes),
                trains: ticked("train", ahead) || differs,
                training: differs.then_some(own_training).filter(|own| *own != training),
            }
        });
        if !days.iter().any(|day| day.is_free) {
            let say = "Days with time: choose at least one, better two or three with a day between.";
            reading.problems.push(say.to_owned());
        }
        let is_rolled = |region: &RegionId| cx.knowledge.regions.get(region).is_some_and(|known| known.rollable);
        let have = form.read_all::<usize>("have").filter_map(|index| EQUIPMENT.get(index)).map(|one| one.0);
        let mut wants: Vec<RegionId> = form.all("want").filter_map(RegionId::from_id).filter(is_rolled).collect();
        wants.sort_unstable();
        wants.dedup();
        let draft = Self {
            aim,
            also,
            days,
            minutes,
            training,
            wants,
            equipment: have.collect(),
            weeks: form.read("weeks").filter(|weeks| (1..=12).contains(weeks)).unwrap_or(usual.weeks),
        };
        (draft, reading.problems)
    }

    /// The wishes, for weeks that start on this day.
    pub fn wishes(self, start: Date, compensations: Vec<Seen>) -> Wishes {
        let day = |ahead: i64| {
            let of_week = self.days[usize::try_from(ahead % 7).ok()?];
            let training = of_week.training.unwrap_or(self.training);
            let minutes = if of_week.is_free { of_week.minutes.unwrap_or(self.minutes) } else { 0 };
            let training: Vec<Training> = of_week.trains.then(|| training.training()).into_iter().collect();
            let date = days::after(start, ahead)?;
            (minutes > 0 || !training.is_empty()).then_some(DayWish { date, minutes, training })
        };
        Wishes {
            days: (0..i64::from(self.weeks) * 7).filter_map(day).collect(),
            goals: std::iter::once(self.aim).chain(self.also).collect(),
            compensations,
            wants: self.wants,
            equipment: self.equipment,
            start,
            weeks: self.weeks,
        }
    }
}

/// Reads fields and keeps what cannot be.
struct Reading<'a> {
    form: &'a Form,
    problems: Vec<String>,
}

impl Reading<'_> {
    /// Whole minutes from 1 to `most`; nothing where nothing was typed.
    fn minutes(&mut self, name: &str, most: u16, what: &str) -> Option<u16> {
        let typed = self.form.get(name)?;
        let read = typed.parse().ok().filter(|minutes| (1..=most).contains(minutes));
        if read.is_none() {
            self.say(format!("{what}: a whole number from 1 to {most}."));
        }
        read
    }

    fn time(&mut self, name: &str) -> Option<Time> {
        let typed = self.form.get(name)?;
        let read = typed.parse().ok();
        if read.is_none() {
            self.say("When training begins: hours and minutes, like 18:30.".to_owned());
        }
        read
    }

    /// The same thing is said once.
    fn say(&mut self, problem: String) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// What comes up most often; of those that are equal, the first.
fn most_frequent<T: PartialEq + Copy>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for one in all {
        match counted.iter_mut().find(|known| known.0 == one) {
            Some(known) => known.1 += 1,
            None => counted.push((one, 1)),
        }
    }
    let most = counted.iter().map(|known| known.1).max()?;
    counted.iter().find(|known| known.1 == most).map(|known| known.0)
}
