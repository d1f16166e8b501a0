//! What a programme works on: places to roll, stretches, groups to strengthen, moves that put it to use.

use super::detail::{amounts, is_reached, rolled};
use super::frame::{Frame, LIGHTER_EVERY_WEEKS, Person, equipment, frames};
use super::{Aim, Change, Item, ItemKind, ItemMove, NotMet, Wishes};
use crate::body::{Area, PerSite, RegionId, Side};
use crate::gate::Clearance;
use crate::knowledge::{Goal, Knowledge, Move, MoveKind};
use crate::plan::sentence;
use crate::sorted::SortedSet;
use crate::timetable;
use crate::unit::Seconds;

/// Minutes of a warm-up and of recovery after a hard day. Our judgement.
const LIGHT_MINUTES: u16 = 5;

/// Minutes of the movement screen.
const SCREEN_MINUTES: u16 = 10;

/// Seconds on each place from which on a session is worth its set-up; half of it in a lighter week. Half of the effect
/// comes within 30 to 60 s (docs/model.md, section 2).
const ENOUGH_SECONDS: u32 = 60;

/// The longest session of rolling that a place is given minutes for by itself.
const LONGEST: u16 = 20;

/// The most stretches, groups to strengthen and moves to put to use in one programme. Our judgement: few things, done.
const MOST: [(MoveKind, usize); 3] = [(MoveKind::Stretch, 4), (MoveKind::Strengthen, 4), (MoveKind::Integrate, 2)];

/// Places that nobody chose: the first of what is usual.
const USUAL_PLACES: usize = 3;

/// One thing that is put on days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Roll(Area),
    Stretch(ItemMove),
    /// Moves of one group: they share the region that works.
    Strengthen(RegionId, Vec<ItemMove>),
    Integrate(ItemMove),
    /// Before training of the day with this place in the programme.
    WarmUp(usize),
    /// On this day, after a hard one.
    Recovery(usize),
    /// In this week, from 0.
    Screen(usize),
}

impl Target {
    /// Whether an item holds it.
    pub(super) fn is_in(&self, item: &Item, frames: &[Frame]) -> bool {
        let on = |day: usize| frames.get(day).is_some_and(|frame| frame.date == item.date);
        match self {
            Self::Roll(area) => item.is_main_rolling() && item.areas.contains(area),
            Self::Stretch(known) => item.kind == ItemKind::Stretch && item.moves.contains(known),
            Self::Strengthen(_, moves) => {
                item.kind == ItemKind::Strengthen && moves.iter().any(|known| item.moves.contains(known))
            }
            Self::Integrate(known) => item.kind == ItemKind::Integrate && item.moves.contains(known),
            Self::WarmUp(day) => item.goal == Some(Goal::WarmUp) && on(*day),
            Self::Recovery(day) => item.goal == Some(Goal::Recovery) && on(*day),
            Self::Screen(week) => item.kind == ItemKind::Screen && (week * 7..week * 7 + 7).any(on),
        }
    }

    /// Days from one time to the next, at least: two calendar days are 48 hours at the same time of the day.
    pub(super) const fn apart(&self) -> usize {
        match self {
            Self::Roll(_) | Self::Strengthen(..) | Self::Integrate(_) => 2,
            Self::Stretch(_) | Self::WarmUp(_) | Self::Recovery(_) | Self::Screen(_) => 1,
        }
    }

    /// What people call it.
    pub(super) fn name(&self, knowledge: &Knowledge) -> String {
        let region =
            |id: &RegionId| knowledge.regions.get(id).map_or(id.id(), |known| known.name.as_str()).to_owned();
        let named =
            |item: &ItemMove| knowledge.moves.get(&item.id).map_or(item.id.clone(), |known| known.name.clone());
        match self {
            Self::Roll(area) => region(&area.region),
            Self::Stretch(item) | Self::Integrate(item) => named(item),
            Self::Strengthen(_, moves) => moves.iter().map(named).collect::<Vec<_>>().join(" and "),
            Self::WarmUp(_) => "Warm-up".to_owned(),
            Self::Recovery(_) => "Recovery".to_owned(),
            Self::Screen(_) => "Movement screen".to_owned(),
        }
    }
}

/// Days on which the same is allowed, so that one of them is asked for all.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Class {
    clearance: Option<Clearance>,
    away: bool,
    pub(super) lighter: bool,
    /// A day of it.
    frame: Frame,
}

/// Everything that a programme puts on days, with the minutes it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Targets {
    pub(super) frames: Vec<Frame>,
    /// The class of each day.
    pub(super) class: Vec<usize>,
    pub(super) classes: Vec<Class>,
    pub(super) targets: Vec<Target>,
    /// Minutes of each target in each class; none where it is closed.
    pub(super) minutes: Vec<Vec<Option<u16>>>,
    /// The same with half of what is enough on each place to roll: for weeks in which not every place comes twice.
    brief: Vec<Vec<Option<u16>>>,
    /// What was asked for and left out from the start.
    pub(super) left_out: Vec<NotMet>,
    /// Where warm-ups and recovery are done.
    pub(super) light_areas: Vec<Area>,
}

/// Whether a day is one of a lighter week, or of the days after an illness.
pub(super) fn is_lighter(index: usize, frame: &Frame) -> bool {
    (index / 7 + 1).is_multiple_of(usize::from(LIGHTER_EVERY_WEEKS)) || frame.lighter
}

/// Chooses what to work on. Whatever the gate closes on every day, and what takes something that is not at hand, is
/// left out with a reason.
pub(super) fn gather(person: &Person<'_>, wishes: &Wishes, changes: &[Change]) -> Targets {
    let frames = frames(wishes, changes);
    let goal = wishes.goals.first().copied().unwrap_or(Aim::Mobility).rolling();
    let areas = asked_areas(person.knowledge, wishes, goal);
    let (class, classes) = classes(person, &frames, goal, &areas);
    let mut all = Targets {
        frames,
        class,
        classes,
        targets: Vec::new(),
        minutes: Vec::new(),
        brief: Vec::new(),
        left_out: Vec::new(),
        light_areas: areas.clone(),
    };
    all.rolling(person, wishes, goal, &areas);
    for (kind, most) in MOST {
        all.moves(person, wishes, kind, most, &areas);
    }
    all.around_training(person, &areas);
    all.screens(wishes);
    all
}

fn classes(person: &Person<'_>, frames: &[Frame], goal: Goal, areas: &[Area]) -> (Vec<usize>, Vec<Class>) {
    let mut classes: Vec<Class> = Vec::new();
    let of = frames.iter().enumerate().map(|(index, frame)| {
        let clearance = person.clearance(&person.on(frame, goal, areas, LONGEST));
        let lighter = is_lighter(index, frame);
        let same =
            |known: &Class| known.away == frame.away && known.lighter == lighter && known.clearance == clearance;
        classes.iter().position(same).unwrap_or_else(|| {
            classes.push(Class { clearance: clearance.clone(), away: frame.away, lighter, frame: frame.clone() });
            classes.len() - 1
        })
    });
    let of: Vec<usize> = of.collect();
    (of, classes)
}

/// Places to roll in order: chosen by hand, then what was seen, or else what is usual for the goal.
fn asked_areas(knowledge: &Knowledge, wishes: &Wishes, goal: Goal) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    let mut add = |area: Area| {
        match areas.iter_mut().find(|known| known.region == area.region) {
            // Left for one reason and right for another is both.
            Some(known) if known.side != area.side => known.side = None,
            Some(_) => {}
            None => areas.push(area),
        }
    };
    for &region in &wishes.wants {
        add(Area { region, side: None });
    }
    for seen in &wishes.compensations {
        let Some(known) = knowledge.compensations.get(&seen.id) else { continue };
        let side = seen.side.filter(|side| matches!(side, Side::Left | Side::Right));
        for &region in &known.roll {
            add(Area { region, side });
        }
    }
    if areas.is_empty() {
        let usual = knowledge.planning.goals.get(&goal).map_or(&[][..], |goal| &goal.usual_regions);
        areas.extend(usual.iter().take(USUAL_PLACES).map(|&region| Area { region, side: None }));
    }
    areas
}

impl Targets {
    fn add(&mut self, target: Target, minutes: Vec<Option<u16>>) {
        self.targets.push(target);
        self.brief.push(minutes.clone());
        self.minutes.push(minutes);
    }

    fn leave_out(&mut self, person: &Person<'_>, id: &str, what: String) {
        let why = sentence(person.knowledge, id, &[("what", what), ("minutes", LONGEST.to_string())]).text;
        self.left_out.push(NotMet { rule: id.to_owned(), why });
    }

    fn rolling(&mut self, person: &Person<'_>, wishes: &Wishes, goal: Goal, areas: &[Area]) {
        let mut longest = 0;
        for &area in areas {
            if person.progress.leaves(area.region) && !wishes.wants.contains(&area.region) {
                self.leave_out(person, "programme_no_response", Target::Roll(area).name(person.knowledge));
                continue;
            }
            let of = |brief: bool| -> Vec<Option<u16>> {
                self.classes.iter().map(|class| minutes_of_rolling(person, class, goal, area, brief)).collect()
            };
            let (minutes, brief) = (of(false), of(true));
            let target = Target::Roll(area);
            let Some(most) = minutes.iter().flatten().max().copied() else {
                self.leave_out(person, "programme_closed", target.name(person.knowledge));
                continue;
            };
            if longest + most > LONGEST {
                self.leave_out(person, "programme_one_session", target.name(person.knowledge));
                continue;
            }
            longest += most;
            self.targets.push(target);
            self.minutes.push(minutes);
            self.brief.push(brief);
        }
    }

    /// Moves of one kind: those that what was seen leads to, each thing's first before any second; or else the first
    /// for each place that is rolled.
    fn moves(&mut self, person: &Person<'_>, wishes: &Wishes, kind: MoveKind, most: usize, areas: &[Area]) {
        let knowledge = person.knowledge;
        let lists: Vec<(Vec<&String>, Side)> = if wishes.compensations.is_empty() {
            let of = |area: &Area| (by_region(knowledge, kind, area.region), area.side.unwrap_or(Side::Both));
            areas.iter().map(of).collect()
        } else {
            let of = |seen: &super::Seen| {
                let known = knowledge.compensations.get(&seen.id)?;
                let list = match kind {
                    MoveKind::Stretch => &known.stretch,
                    MoveKind::Strengthen => &known.strengthen,
                    MoveKind::Integrate => &known.integrate,
                };
                // A stretch is for the side that was seen; strength and use are for both.
                let side = seen.side.filter(|_| kind == MoveKind::Stretch).unwrap_or(Side::Both);
                Some((list.iter().collect(), side))
            };
            wishes.compensations.iter().filter_map(of).collect()
        };
        let mut tried: SortedSet<&String> = SortedSet::new();
        let mut taken: Vec<ItemMove> = Vec::new();
        let named = !wishes.compensations.is_empty();
        let mut served = vec![false; lists.len()];
        let deepest = lists.iter().map(|(list, _)| list.len()).max().unwrap_or(0);
        for depth in 0..deepest {
            for (index, (list, side)) in lists.iter().enumerate() {
                let Some(&id) = list.get(depth) else { continue };
                if taken.len() == most || !named && served[index] || !tried.insert(id) {
                    continue;
                }
                let Some(known) = knowledge.moves.get(id).filter(|known| known.kind == kind) else { continue };
                let item = ItemMove { id: id.clone(), side: *side };
                // Of a list by place the next one is tried; what a finding names is told.
                if !self.classes.iter().any(|class| is_at_hand(known, wishes, &class.frame)) {
                    if named {
                        self.leave_out(person, "programme_no_equipment", known.name.clone());
                    }
                } else if self
                    .minutes_of_moves(person, wishes, std::slice::from_ref(&item))
                    .iter()
                    .any(Option::is_some)
                {
                    served[index] = true;
                    taken.push(item);
                } else if named {
                    self.leave_out(person, "programme_closed", known.name.clone());
                }
            }
        }
        self.take(person, wishes, kind, taken);
    }

    fn take(&mut self, person: &Person<'_>, wishes: &Wishes, kind: MoveKind, taken: Vec<ItemMove>) {
        let mut groups: Vec<(RegionId, Vec<ItemMove>)> = Vec::new();
        for item in taken {
            let target = match kind {
                MoveKind::Stretch => Target::Stretch(item),
                MoveKind::Integrate => Target::Integrate(item),
                MoveKind::Strengthen => {
                    let Some(&group) = person.knowledge.moves.get(&item.id).and_then(|known| known.regions.first())
                    else {
                        continue;
                    };
                    match groups.iter_mut().find(|(known, _)| *known == group) {
                        Some((_, moves)) => moves.push(item),
                        None => groups.push((group, vec![item])),
                    }
                    continue;
                }
            };
            let moves = match &target {
                Target::Stretch(item) | Target::Integrate(item) => vec![item.clone()],
                _ => Vec::new(),
            };
            let minutes = self.minutes_of_moves(person, wishes, &moves);
            self.add(target, minutes);
        }
        for (group, moves) in groups {
            let minutes = self.minutes_of_moves(person, wishes, &moves);
            self.add(Target::Strengthen(group, moves), minutes);
        }
    }

    fn minutes_of_moves(&self, person: &Person<'_>, wishes: &Wishes, moves: &[ItemMove]) -> Vec<Option<u16>> {
        let of = |class: &Class| {
            let at_hand = moves.iter().all(|item| {
                person.knowledge.moves.get(&item.id).is_some_and(|known| is_at_hand(known, wishes, &class.frame))
            });
            let clearance = class.clearance.as_ref().filter(|_| at_hand)?;
            let doses = amounts(person, clearance, class.lighter, moves);
            let all = moves.iter().all(|item| doses.iter().any(|dose| dose.id == item.id));
            let seconds = timetable::moves_total(person.knowledge, &doses).get();
            all.then(|| u16::try_from(seconds.div_ceil(60)).unwrap_or(u16::MAX))
        };
        self.classes.iter().map(of).collect()
    }

    /// Warm-ups before training with a time, and recovery on the day after hard training.
    fn around_training(&mut self, person: &Person<'_>, areas: &[Area]) {
        let open = |goal: Goal, all: &Self| -> Vec<Option<u16>> {
            let of = |class: &Class| {
                let none = PerSite::filled(Seconds::ZERO);
                rolled(person, &class.frame, goal, areas, LIGHT_MINUTES, true, &none).map(|_| LIGHT_MINUTES)
            };
            all.classes.iter().map(of).collect()
        };
        let before: Vec<usize> = (0..self.frames.len())
            .filter(|&day| self.frames[day].training.iter().any(|training| training.at.is_some()))
            .collect();
        let hard = |day: usize| self.frames[day].training.iter().any(super::Training::is_hard);
        let after: Vec<usize> = (1..self.frames.len()).filter(|&day| hard(day - 1)).collect();
        if !before.is_empty() {
            let minutes = open(Goal::WarmUp, self);
            for day in before {
                self.add(Target::WarmUp(day), minutes.clone());
            }
        }
        if !after.is_empty() {
            let minutes = open(Goal::Recovery, self);
            for day in after {
                self.add(Target::Recovery(day), minutes.clone());
            }
        }
    }

    /// Once in every fourth week.
    fn screens(&mut self, wishes: &Wishes) {
        for week in (0..usize::from(wishes.weeks)).filter(|week| (week + 1) % usize::from(LIGHTER_EVERY_WEEKS) == 0) {
            let open = self.classes.iter().map(|class| class.clearance.as_ref().map(|_| SCREEN_MINUTES)).collect();
            self.add(Target::Screen(week), open);
        }
    }

    /// Minutes a target takes on a day; none where it may not stand.
    pub(super) fn minutes_on(&self, target: usize, day: usize, brief: bool) -> Option<u16> {
        if brief { self.brief[target][self.class[day]] } else { self.minutes[target][self.class[day]] }
    }
}

fn is_at_hand(known: &Move, wishes: &Wishes, frame: &Frame) -> bool {
    let has = equipment(wishes, frame);
    known.equipment.is_empty() || known.equipment.iter().any(|list| list.iter().all(|thing| has.contains(thing)))
}

fn by_region(knowledge: &Knowledge, kind: MoveKind, region: RegionId) -> Vec<&String> {
    let first = |known: &Move| known.kind == kind && known.regions.first() == Some(&region);
    let later = |known: &Move| known.kind == kind && known.regions.iter().skip(1).any(|other| *other == region);
    let of = |wanted: &dyn Fn(&Move) -> bool| -> Vec<&String> {
        knowledge.moves.iter().filter(|(_, known)| wanted(known)).map(|(id, _)| id).collect()
    };
    [of(&first), of(&later)].concat()
}

/// The fewest minutes in which the planner gives a place enough, or as much as it ever gives.
fn minutes_of_rolling(person: &Person<'_>, class: &Class, goal: Goal, area: Area, brief: bool) -> Option<u16> {
    let none = PerSite::filled(Seconds::ZERO);
    let pressed = |minutes: u16| -> Option<u32> {
        let (_, plan) = rolled(person, &class.frame, goal, &[area], minutes, false, &none)?;
        if !is_reached(&plan, &area) {
            return None;
        }
        let on = |site| {
            let blocks = plan.blocks.iter().filter(|block| block.dose.sites().any(|pressed| pressed == site));
            blocks.map(|block| block.dose.pressure().get()).sum::<u32>()
        };
        area.sites().map(on).filter(|&seconds| seconds > 0).min()
    };
    class.clearance.as_ref()?;
    let enough = if class.lighter || brief { ENOUGH_SECONDS / 2 } else { ENOUGH_SECONDS };
    let most = pressed(LONGEST)?.min(enough);
    (2..=LONGEST).find(|&minutes| pressed(minutes).is_some_and(|seconds| seconds >= most))
}
