//! What a programme works on: places to roll, stretches, groups to strengthen, moves that put it to use.

use super::detail::{LIGHT_SECONDS, amounts, is_reached, pressed_together, rolled};
use super::frame::{Frame, LIGHTER_EVERY_WEEKS, Person, equipment, frames};
use super::{Aim, Change, Item, ItemKind, ItemMove, NotMet, Wishes};
use crate::body::{Area, PerSite, RegionId, Side, SiteSet};
use crate::gate::Clearance;
use crate::knowledge::{Goal, Knowledge, Move, MoveKind};
use crate::plan::sentence;
use crate::sorted::SortedSet;
use crate::timetable;
use crate::unit::Seconds;
use jiff::civil::Date;

/// Minutes of a warm-up and of recovery after a hard day. Our judgement.
const LIGHT_MINUTES: u16 = 5;

/// Minutes of the movement screen.
pub(super) const SCREEN_MINUTES: u16 = 10;

/// The same where no day has as many: the overhead squat and what was found last time.
pub const SHORT_SCREEN_MINUTES: u16 = 5;

/// Seconds on each place from which on a session is worth its set-up; half of it in a lighter week. Half of the effect
/// comes within 30 to 60 s (docs/model.md, section 2).
const ENOUGH_SECONDS: u32 = 60;

/// The longest session of rolling that a place is given minutes for by itself.
pub(super) const LONGEST: u16 = 20;

/// The same where the aim is strength: rolling is by the way then, and half of what is enough does.
pub(super) const LONGEST_FOR_STRENGTH: u16 = 8;

/// The most stretches, groups to strengthen and moves to put to use in one programme. Our judgement: few things, done.
pub(super) const MOST: [(MoveKind, usize); 3] =
    [(MoveKind::Stretch, 4), (MoveKind::Strengthen, 4), (MoveKind::Integrate, 2)];

/// Places that nobody chose: the first of what is usual.
const USUAL_PLACES: usize = 3;

/// Moves of a kind that nobody chose and no place leads to.
const USUAL_MOVES: usize = 2;

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
    /// Whether an item holds it. A group is the same whichever of its moves make it strong.
    pub(super) fn is_in(&self, knowledge: &Knowledge, item: &Item, frames: &[Frame]) -> bool {
        let on = |day: usize| frames.get(day).is_some_and(|frame| frame.date == item.date);
        match self {
            Self::Roll(area) => item.is_main_rolling() && item.areas.contains(area),
            Self::Stretch(known) => item.kind == ItemKind::Stretch && item.moves.contains(known),
            Self::Strengthen(group, _) => {
                item.kind == ItemKind::Strengthen
                    && item.moves.iter().any(|held| group_of(knowledge, &held.id) == Some(*group))
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

    /// The first day of a programme that starts today on which it may stand, after what was done yesterday, and after what
    /// was done today unless that stands in the programme already.
    pub(super) fn free_from(&self, person: &Person<'_>, start: Date, is_under_way: bool) -> usize {
        if start != person.today.now.date() {
            return 0;
        }
        let progress = person.progress;
        let days_ago = match self {
            Self::Roll(area) => progress.rolled_days_ago(area.sites()),
            Self::Strengthen(group, _) => {
                let is_strong = |id: &str| {
                    let known = person.knowledge.moves.get(id);
                    known.is_some_and(|known| {
                        known.kind == MoveKind::Strengthen && known.regions.first() == Some(group)
                    })
                };
                progress.moved_days_ago(is_strong)
            }
            Self::Stretch(known) | Self::Integrate(known) => progress.moved_days_ago(|id| id == known.id),
            Self::WarmUp(_) | Self::Recovery(_) | Self::Screen(_) => None,
        };
        days_ago.filter(|&ago| ago > 0 || !is_under_way).map_or(0, |ago| self.apart().saturating_sub(ago))
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

/// The group that a move makes strong: the region that works first.
fn group_of(knowledge: &Knowledge, id: &str) -> Option<RegionId> {
    knowledge.moves.get(id)?.regions.first().copied()
}

/// Days on which the same is allowed, so that one of them is asked for all.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Class {
    clearance: Option<Clearance>,
    /// Places that will likely be too sore.
    rests: SiteSet,
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
    /// Minutes of rolling on a day at most.
    longest: u16,
    /// What was asked for and left out from the start.
    pub(super) left_out: Vec<NotMet>,
    /// Where warm-ups and recovery are done.
    pub(super) light_areas: Vec<Area>,
}

/// Whether a day is one of a lighter week, or of the days after an illness.
pub(super) fn is_lighter(index: usize, frame: &Frame) -> bool {
    is_lighter_week(index / 7) || frame.lighter
}

/// Whether a week, from 0, is one of the lighter ones that come by themselves.
pub(super) fn is_lighter_week(week: usize) -> bool {
    (week + 1).is_multiple_of(usize::from(LIGHTER_EVERY_WEEKS))
}

/// Chooses what to work on. Whatever the gate closes on every day, and what takes something that is not at hand, is
/// left out with a reason.
pub(super) fn gather(person: &Person<'_>, wishes: &Wishes, changes: &[Change]) -> Targets {
    let frames = frames(wishes, changes);
    let goal = wishes.goals.first().copied().unwrap_or(Aim::Mobility).rolling();
    let asked = asked_areas(person.knowledge, wishes);
    let usual: Vec<Area> = usual_areas(person.knowledge, goal).collect();
    let judged = if asked.is_empty() { &usual[..USUAL_PLACES.min(usual.len())] } else { &asked };
    let (class, classes) = classes(person, &frames, goal, judged);
    let is_for_strength = wishes.goals.first() == Some(&Aim::Strength);
    let mut all = Targets {
        longest: if is_for_strength { LONGEST_FOR_STRENGTH } else { LONGEST },
        frames,
        class,
        classes,
        targets: Vec::new(),
        minutes: Vec::new(),
        brief: Vec::new(),
        left_out: Vec::new(),
        light_areas: Vec::new(),
    };
    all.rolling(person, wishes, goal, &asked, &usual);
    all.leave_out_what_has_no_day_with_others(person);
    all.light_areas = all.rolled();
    // Moves belong to what was asked for, even where it cannot be rolled.
    let mut places = asked;
    let rolled = all.light_areas.iter().filter(|area| !places.iter().any(|known| known.region == area.region));
    places.extend(rolled.copied().collect::<Vec<_>>());
    for (kind, most) in MOST {
        all.moves(person, wishes, goal, kind, most, &places);
    }
    all.around_training(person);
    all.screens(wishes);
    all
}

fn classes(person: &Person<'_>, frames: &[Frame], goal: Goal, areas: &[Area]) -> (Vec<usize>, Vec<Class>) {
    let mut classes: Vec<Class> = Vec::new();
    let of = frames.iter().enumerate().map(|(index, frame)| {
        let clearance = person.clearance(&person.on(frame, goal, areas, LONGEST));
        let lighter = is_lighter(index, frame);
        let rests = person.rests(frame);
        let same = |known: &Class| {
            known.away == frame.away
                && known.lighter == lighter
                && known.rests == rests
                && known.clearance == clearance
        };
        classes.iter().position(same).unwrap_or_else(|| {
            classes.push(Class {
                clearance: clearance.clone(),
                rests,
                away: frame.away,
                lighter,
                frame: frame.clone(),
            });
            classes.len() - 1
        })
    });
    let of: Vec<usize> = of.collect();
    (of, classes)
}

/// Places that are usual, whole regions: those for the goal, then those for the other goals.
fn usual_areas(knowledge: &Knowledge, goal: Goal) -> impl Iterator<Item = Area> {
    let goals = std::iter::once(goal).chain(Goal::ALL.into_iter().filter(move |other| *other != goal));
    let regions = goals.filter_map(|goal| knowledge.planning.goals.get(&goal)).flat_map(|goal| &goal.usual_regions);
    let mut seen: SortedSet<RegionId> = SortedSet::new();
    regions.copied().filter(move |&region| seen.insert(region)).map(|region| Area { region, side: None })
}

/// Places to roll in order: chosen by hand, then what was seen.
fn asked_areas(knowledge: &Knowledge, wishes: &Wishes) -> Vec<Area> {
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
    areas
}

impl Targets {
    fn add(&mut self, target: Target, minutes: Vec<Option<u16>>) {
        self.targets.push(target);
        self.brief.push(minutes.clone());
        self.minutes.push(minutes);
    }

    fn leave_out(&mut self, person: &Person<'_>, id: &str, what: String) {
        let why = sentence(person.knowledge, id, &[("what", what), ("minutes", self.longest.to_string())]).text;
        self.left_out.push(NotMet { rule: id.to_owned(), why });
    }

    /// Says what there is in place of what is left out.
    fn others(&mut self, person: &Person<'_>, kind: &str, names: &[String]) {
        let values = [("kind", kind.to_owned()), ("what", names.join("; "))];
        let why = sentence(person.knowledge, "programme_others", &values).text;
        self.left_out.push(NotMet { rule: "programme_others".to_owned(), why });
    }

    /// Minutes of a week in which nothing came up: the one with the most.
    pub(super) fn minutes_of_a_week(&self) -> u16 {
        self.frames.chunks(7).map(|week| week.iter().map(|frame| frame.minutes).sum()).max().unwrap_or(0)
    }

    /// Places that are rolled.
    fn rolled(&self) -> Vec<Area> {
        let area = |target: &Target| if let Target::Roll(area) = target { Some(*area) } else { None };
        self.targets.iter().filter_map(area).collect()
    }

    /// What was asked for, each place that is left out with its reason; where nobody asked, or nothing of it is open, the
    /// first usual places that are.
    fn rolling(&mut self, person: &Person<'_>, wishes: &Wishes, goal: Goal, asked: &[Area], usual: &[Area]) {
        for &area in asked {
            let is_chosen = wishes.wants.contains(&area.region);
            if person.progress.leaves(area.region) && !is_chosen {
                self.leave_out(person, "programme_no_response", Target::Roll(area).name(person.knowledge));
            } else if let Err(why) = self.roll(person, goal, area, is_chosen) {
                self.leave_out(person, why, Target::Roll(area).name(person.knowledge));
            }
        }
        // A finding whose test does not respond asks for nothing else in its place.
        let closed = self.left_out.iter().any(|one| one.rule == "programme_closed");
        if !self.targets.is_empty() || !asked.is_empty() && !closed {
            return;
        }
        for &area in usual {
            if self.targets.len() < USUAL_PLACES && !person.progress.leaves(area.region) && !asked.contains(&area) {
                // Nobody asked for this one in particular, so nobody misses it.
                let _closed = self.roll(person, goal, area, false);
            }
        }
        let names: Vec<String> = self.targets.iter().map(|target| target.name(person.knowledge)).collect();
        match (names.is_empty(), asked.is_empty()) {
            (true, _) => self.leave_out(person, "programme_no_rolling", String::new()),
            (false, false) => self.others(person, "rolling", &names),
            (false, true) => {}
        }
    }

    /// Places that press each other come on the same days. Where more of them would come seldom for want of one long enough,
    /// the last is left out: it is pressed along with the others.
    fn leave_out_what_has_no_day_with_others(&mut self, person: &Person<'_>) {
        let wanted = 2 * self.frames.len() / 7;
        let mut index = self.targets.len();
        while index > 0 {
            index -= 1;
            let group = self.together_with(person.knowledge, index);
            let others: Vec<usize> = group.iter().copied().filter(|&other| other < index).collect();
            if group.last() != Some(&index) || others.is_empty() {
                continue;
            }
            let days = |of: &[usize]| {
                let takes = |day: usize| of.iter().filter_map(|&one| self.minutes_on(one, day, true)).sum::<u16>();
                (0..self.frames.len()).filter(|&day| takes(day) <= self.frames[day].minutes).count().min(wanted)
            };
            if days(&group) < days(&others) {
                let what = self.targets[index].name(person.knowledge);
                self.leave_out(person, "programme_pressed_along", what);
                self.targets.remove(index);
                self.minutes.remove(index);
                self.brief.remove(index);
            }
        }
    }

    /// Puts a place among the targets. What nobody chose has to leave half of the minutes to what comes after rolling.
    ///
    /// # Errors
    /// Why it is left out.
    fn roll(&mut self, person: &Person<'_>, goal: Goal, area: Area, is_chosen: bool) -> Result<(), &'static str> {
        let of = |area: Area, shared: &[Area], brief: bool| -> Vec<Option<u16>> {
            let brief = brief || self.longest < LONGEST;
            let in_class = |class| minutes_of_rolling(person, class, goal, (area, shared), brief);
            self.classes.iter().map(in_class).collect()
        };
        let open = |minutes: &Vec<Option<u16>>| minutes.iter().flatten().count();
        let alone = of(area, &[area], false);
        if open(&alone) == 0 {
            return Err("programme_closed");
        }
        // Those that are pressed along with it share with it what is allowed on a day.
        let mut areas = self.rolled();
        areas.push(area);
        let group = pressed_together(person.knowledge, &areas, area.region);
        let shared: Vec<Area> = areas.iter().copied().filter(|area| group.contains(&area.region)).collect();
        let (mut minutes, mut brief) = (self.minutes.clone(), self.brief.clone());
        minutes.push(alone);
        brief.push(Vec::new());
        for (index, &member) in areas.iter().enumerate().filter(|(_, member)| group.contains(&member.region)) {
            let now = of(member, &shared, false);
            if open(&now) < open(&minutes[index]) {
                return Err("programme_pressed_along");
            }
            (minutes[index], brief[index]) = (now, of(member, &shared, true));
        }
        let most = |minutes: &Vec<Option<u16>>| minutes.iter().flatten().max().copied();
        if minutes.iter().filter_map(most).sum::<u16>() > self.longest {
            return Err("programme_one_session");
        }
        let twice = 2 * brief.iter().filter_map(most).sum::<u16>();
        if !is_chosen && !self.targets.is_empty() && 2 * twice > self.minutes_of_a_week() {
            return Err("programme_half_for_rolling");
        }
        self.targets.push(Target::Roll(area));
        (self.minutes, self.brief) = (minutes, brief);
        Ok(())
    }

    /// Moves of one kind: those that what was seen leads to, each thing's first before any second, and where one is closed
    /// or takes what is not at hand the easier one that leads up to it. Where nothing was seen, the first for each place.
    /// Where nothing of that is open, what is usual.
    fn moves(
        &mut self,
        person: &Person<'_>,
        wishes: &Wishes,
        goal: Goal,
        kind: MoveKind,
        most: usize,
        places: &[Area],
    ) {
        let knowledge = person.knowledge;
        let of_place = |area: &Area| (by_region(knowledge, kind, area.region), area.side.unwrap_or(Side::Both));
        let named = lists_of_what_was_seen(knowledge, wishes, kind);
        let by_place: Vec<(Vec<&String>, Side)> = places.iter().map(of_place).collect();
        let mut choice = Choice { all: self, person, wishes, kind, most, taken: Vec::new(), tried: SortedSet::new() };
        if wishes.compensations.is_empty() {
            choice.first_of_each(&by_place);
        } else {
            choice.in_turn(&named);
        }
        let missing = choice.taken.is_empty();
        // What puts strength to use works many places together; there the usual ones are a better choice than any of a group.
        if missing && !wishes.compensations.is_empty() && kind != MoveKind::Integrate {
            // Not by the places that are rolled: what is thought to do too much is not what is made strong.
            let group = |id: &&String| Some(*knowledge.moves.get(*id)?.regions.first()?);
            let of = |(list, side): &(Vec<&String>, Side)| -> Vec<(Vec<&String>, Side)> {
                list.iter().filter_map(group).map(|region| (by_region(knowledge, kind, region), *side)).collect()
            };
            let groups: Vec<(Vec<&String>, Side)> = named.iter().flat_map(of).collect();
            choice.first_of_each(&groups);
        }
        if choice.taken.is_empty() {
            let goals = std::iter::once(goal).chain(Goal::ALL.into_iter().filter(|other| *other != goal));
            let usual =
                goals.filter_map(|goal| knowledge.planning.goals.get(&goal)).flat_map(|goal| &goal.usual_moves);
            choice.enough(usual);
        }
        let taken = choice.taken;
        if missing && !wishes.compensations.is_empty() && !taken.is_empty() {
            let name =
                |item: &ItemMove| knowledge.moves.get(&item.id).map_or(String::new(), |known| known.name.clone());
            let names: Vec<String> = taken.iter().map(name).collect();
            self.others(person, kind_in_words(kind), &names);
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
                    let Some(group) = group_of(person.knowledge, &item.id) else { continue };
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
    fn around_training(&mut self, person: &Person<'_>) {
        let areas = self.light_areas.clone();
        if areas.is_empty() {
            return;
        }
        let open = |goal: Goal, all: &Self| -> Vec<Option<u16>> {
            let of = |class: &Class| {
                let none = PerSite::filled(Seconds::ZERO);
                let areas: Vec<Area> = areas.iter().copied().filter(|area| !rests_on(class.rests, area)).collect();
                if areas.is_empty() {
                    return None;
                }
                rolled(person, &class.frame, goal, (&areas, &areas), LIGHT_MINUTES, true, &none)
                    .map(|_| LIGHT_MINUTES)
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

    /// Whether no place of a day may get more than a light session gives, as on a first day.
    pub(super) fn is_light_anyway(&self, day: usize) -> bool {
        let clearance = self.classes[self.class[day]].clearance.as_ref();
        let is_light = |clearance: &Clearance, area: &Area| {
            area.sites().all(|site| clearance.at(site).seconds_per_day.get() <= LIGHT_SECONDS)
        };
        clearance.is_some_and(|clearance| self.light_areas.iter().all(|area| is_light(clearance, area)))
    }

    /// Places left alone on a day because they will likely be too sore.
    pub(super) fn rests_on(&self, day: usize) -> SiteSet {
        self.classes[self.class[day]].rests
    }

    /// A place to roll with those that are pressed along with it, itself among them; of anything else itself alone.
    pub(super) fn together_with(&self, knowledge: &Knowledge, target: usize) -> Vec<usize> {
        let Target::Roll(area) = &self.targets[target] else { return vec![target] };
        let group = pressed_together(knowledge, &self.rolled(), area.region);
        let is_in = |target: &Target| matches!(target, Target::Roll(area) if group.contains(&area.region));
        (0..self.targets.len()).filter(|&index| is_in(&self.targets[index])).collect()
    }

    /// Minutes a target takes on a day; none where it may not stand.
    pub(super) fn minutes_on(&self, target: usize, day: usize, brief: bool) -> Option<u16> {
        if brief { self.brief[target][self.class[day]] } else { self.minutes[target][self.class[day]] }
    }
}

/// Whether what a move takes is at hand on a day.
pub(super) fn is_at_hand(known: &Move, wishes: &Wishes, frame: &Frame) -> bool {
    let has = equipment(wishes, frame);
    known.equipment.is_empty() || known.equipment.iter().any(|list| list.iter().all(|thing| has.contains(thing)))
}

const fn kind_in_words(kind: MoveKind) -> &'static str {
    match kind {
        MoveKind::Stretch => "stretching",
        MoveKind::Strengthen => "strengthening",
        MoveKind::Integrate => "putting it to use",
    }
}

/// What each finding leads to, with the side it is for.
fn lists_of_what_was_seen<'a>(
    knowledge: &'a Knowledge,
    wishes: &Wishes,
    kind: MoveKind,
) -> Vec<(Vec<&'a String>, Side)> {
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
}

/// Moves of one kind being chosen.
struct Choice<'a> {
    all: &'a mut Targets,
    person: &'a Person<'a>,
    wishes: &'a Wishes,
    kind: MoveKind,
    most: usize,
    taken: Vec<ItemMove>,
    tried: SortedSet<&'a String>,
}

impl<'a> Choice<'a> {
    /// Each list's first before any second. What is left out is told, since a finding names it.
    fn in_turn(&mut self, lists: &[(Vec<&'a String>, Side)]) {
        let deepest = lists.iter().map(|(list, _)| list.len()).max().unwrap_or(0);
        for depth in 0..deepest {
            for (list, side) in lists {
                let Some(&id) = list.get(depth) else { continue };
                if self.taken.len() == self.most || !self.tried.insert(id) {
                    continue;
                }
                let Err(why) = self.take(id, *side) else { continue };
                let name = |id: &String| self.person.knowledge.moves.get(id).map(|known| known.name.clone());
                let Some(what) = name(id) else { continue };
                match self.easier(id, *side) {
                    Some(easier) => {
                        let easier = name(easier).unwrap_or_default();
                        let text = sentence(
                            self.person.knowledge,
                            "programme_instead",
                            &[("what", what), ("easier", easier)],
                        );
                        self.all.left_out.push(NotMet { rule: "programme_instead".to_owned(), why: text.text });
                    }
                    None => self.all.leave_out(self.person, why, what),
                }
            }
        }
    }

    /// The first of each list that can be done.
    fn first_of_each(&mut self, lists: &[(Vec<&'a String>, Side)]) {
        for (list, side) in lists {
            for id in list {
                if self.taken.len() < self.most && self.tried.insert(id) && self.take(id, *side).is_ok() {
                    break;
                }
            }
        }
    }

    /// The first of a list that can be done, two of them.
    fn enough(&mut self, list: impl Iterator<Item = &'a String>) {
        for id in list {
            if self.taken.len() < self.most.min(USUAL_MOVES) && self.tried.insert(id) {
                // Nobody asked for this one in particular, so nobody misses it.
                let _closed = self.take(id, Side::Both);
            }
        }
    }

    /// Takes the nearest easier move that can be done and is not there yet.
    fn easier(&mut self, id: &'a String, side: Side) -> Option<&'a String> {
        let knowledge = self.person.knowledge;
        let mut next = knowledge.moves.get(id)?.easier_move.as_ref();
        while let Some(id) = next.filter(|id| self.tried.insert(id)) {
            if self.take(id, side).is_ok() {
                return Some(id);
            }
            next = knowledge.moves.get(id)?.easier_move.as_ref();
        }
        None
    }

    /// Takes a move, or the harder one that it leads to where it went well with its largest amount.
    ///
    /// # Errors
    /// Why it cannot be done.
    fn take(&mut self, id: &'a String, side: Side) -> Result<(), &'static str> {
        if let Some(harder) = self.person.progress.goes_on_to(self.person.knowledge, id)
            && self.tried.insert(harder)
            && self.take(harder, side).is_ok()
        {
            return Ok(());
        }
        let known = self.person.knowledge.moves.get(id).filter(|known| known.kind == self.kind);
        let known = known.ok_or("programme_closed")?;
        if !self.all.classes.iter().any(|class| is_at_hand(known, self.wishes, &class.frame)) {
            return Err("programme_no_equipment");
        }
        let item = ItemMove { id: id.clone(), side };
        let minutes = self.all.minutes_of_moves(self.person, self.wishes, std::slice::from_ref(&item));
        if minutes.iter().all(Option::is_none) {
            return Err("programme_closed");
        }
        self.taken.push(item);
        Ok(())
    }
}

/// Moves for a place: those that are first for it before those that are among others, and each time the easy ones first,
/// so that nobody begins with what another move leads up to or with what asks much of the body.
fn by_region(knowledge: &Knowledge, kind: MoveKind, region: RegionId) -> Vec<&String> {
    let of = knowledge.moves.iter().filter(|(_, known)| known.kind == kind && known.regions.contains(&region));
    let mut of: Vec<(bool, usize, &String)> =
        of.map(|(id, known)| (known.regions.first() != Some(&region), steps_up_to(knowledge, known), id)).collect();
    of.sort();
    of.into_iter().map(|(_, _, id)| id).collect()
}

/// How many easier moves lead up to one.
fn steps_up_to(knowledge: &Knowledge, known: &Move) -> usize {
    let easier = |known: &&Move| knowledge.moves.get(known.easier_move.as_ref()?);
    // A circle of moves would be a mistake in the files; it ends here all the same.
    std::iter::successors(Some(known), easier).take(knowledge.moves.len()).count() - 1
}

/// Whether a place, or one side of it, is left alone.
pub(super) fn rests_on(rests: SiteSet, area: &Area) -> bool {
    area.sites().any(|site| rests.contains(site))
}

/// The fewest minutes in which the planner gives a place enough, or as much as it ever gives.
fn minutes_of_rolling(
    person: &Person<'_>,
    class: &Class,
    goal: Goal,
    (area, shared): (Area, &[Area]),
    brief: bool,
) -> Option<u16> {
    let none = PerSite::filled(Seconds::ZERO);
    let pressed = |minutes: u16| -> Option<u32> {
        let (_, plan) = rolled(person, &class.frame, goal, (&[area], shared), minutes, false, &none)?;
        if !is_reached(&plan, &area) {
            return None;
        }
        let on = |site| {
            let blocks = plan.blocks.iter().filter(|block| block.dose.sites().any(|pressed| pressed == site));
            blocks.map(|block| block.dose.pressure().get()).sum::<u32>()
        };
        area.sites().map(on).filter(|&seconds| seconds > 0).min()
    };
    class.clearance.as_ref().filter(|_| !rests_on(class.rests, &area))?;
    let enough = if class.lighter || brief { ENOUGH_SECONDS / 2 } else { ENOUGH_SECONDS };
    let most = pressed(LONGEST)?.min(enough);
    (2..=LONGEST).find(|&minutes| pressed(minutes).is_some_and(|seconds| seconds >= most))
}
