//! From targets to weeks: each week the best one, given the days before it.

use super::detail::{Detail, of_day};
use super::frame::Person;
use super::replan::day_words;
use super::solve::{DAYS, Problem, Proof, Slot, Solution, Unit, solve};
use super::target::{SHORT_SCREEN_MINUTES, Target, Targets, gather, is_lighter, is_lighter_week, rests_on};
use super::{Aim, Change, Day, Item, ItemKind, NotMet, Programme, Week, Wishes};
use crate::body::RegionId;
use crate::knowledge::{Goal, MoveKind};
use crate::plan::sentence;
use crate::sorted::SortedMap;
use jiff::ToSpan;
use jiff::civil::{Date, Time};

/// A programme with how well each week is known to be solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The programme.
    pub programme: Programme,
    /// For each week.
    pub proofs: Vec<Proof>,
}

/// What a time is worth, level by level: a single time on a level is worth more than the times of all levels below it can
/// add in a week, with ten places to roll, seven warm-ups, seven recoveries and as many moves as one programme holds.
mod worth {
    /// Rolling a chosen place the first and the second time in a week.
    pub(super) const ROLL: [i64; 2] = [11_000_000_000_000_000, 10_000_000_000_000_000];
    /// The movement screen.
    pub(super) const SCREEN: i64 = 4_000_000_000_000_000;
    /// A warm-up or recovery where that is the first aim: weeks for training that hold none would miss what they are for.
    pub(super) const LIGHT_AS_FIRST: i64 = 200_000_000_000_000;
    /// What the first of the stretches, of the groups to strengthen and of the moves that put it to use is worth on top, the
    /// first and the second time: one of each comes before a second of any, however short that is. Stretching changes how
    /// far a joint moves, which putting to use is not known to do, so it comes first where there is little time.
    pub(super) const FIRST_STRETCH: [i64; 2] = [30_000_000_000_000, 27_000_000_000_000];
    pub(super) const FIRST_STRENGTHEN: [i64; 2] = [29_000_000_000_000, 26_000_000_000_000];
    pub(super) const FIRST_INTEGRATE: [i64; 2] = [28_000_000_000_000, 25_000_000_000_000];
    /// Strengthening a group the first and the second time.
    pub(super) const STRENGTHEN: [i64; 2] = [1_200_000_000_000, 1_000_000_000_000];
    /// A stretch the first and the second time.
    pub(super) const STRETCH: [i64; 2] = [1_100_000_000_000, 900_000_000_000];
    /// Putting to use the first and the second time.
    pub(super) const INTEGRATE: [i64; 2] = [1_000_000_000_000, 800_000_000_000];
    /// What keeps the first day of the next week closed, where that has time: below zero.
    pub(super) const CLOSES_NEXT_WEEK: i64 = -200_000_000_000;
    /// A stretch on a day on which its own place is rolled: rolling first, then stretching.
    pub(super) const AFTER_ROLLING: i64 = 10_000_000_000;
    /// A warm-up or recovery where it is one of the other aims.
    pub(super) const LIGHT_AS_AIMED: i64 = 5_000_000_000;
    /// Strengthening once more where that is the aim.
    pub(super) const STRENGTHEN_AS_AIMED: i64 = 100_000_000_000;
    /// Any time beyond that.
    pub(super) const MORE: i64 = 1_000_000_000;
    /// A warm-up or recovery.
    pub(super) const LIGHT: i64 = 10_000_000;
    /// Where it stood before a change.
    pub(super) const STAYS: i64 = 1_000;
    /// One place further back in the order in which days are preferred.
    pub(super) const PREFERRED: i64 = 10;
    /// Strengthening on a day without strength training.
    pub(super) const FRESH: i64 = 5;

    /// The levels hold what is said above, counted out: every time that a week can have on each of them.
    const _: () = {
        const fn both(times: [i64; 2]) -> i64 {
            times[0] + times[1]
        }
        let days = super::DAYS as i64;
        // A place takes two minutes or more.
        let places = super::super::target::LONGEST as i64 / 2;
        let [stretches, groups, uses] = {
            let most = super::super::target::MOST;
            [most[0].1 as i64, most[1].1 as i64, most[2].1 as i64]
        };
        let more = groups * STRENGTHEN_AS_AIMED + (3 * stretches + places) * MORE;
        let seldom = more + stretches * days * AFTER_ROLLING + 2 * days * LIGHT_AS_AIMED;
        assert!(INTEGRATE[1] > seldom, "a second time comes before more of anything");
        let others = (stretches - 1) * both(STRETCH) + (groups - 1) * both(STRENGTHEN) + (uses - 1) * both(INTEGRATE);
        assert!(FIRST_INTEGRATE[1] > others + seldom, "one of each kind comes before a second of any");
        let moves = stretches * both(STRETCH) + groups * both(STRENGTHEN) + uses * both(INTEGRATE) + seldom;
        let moves = moves + both(FIRST_STRETCH) + both(FIRST_STRENGTHEN) + both(FIRST_INTEGRATE);
        assert!(LIGHT_AS_FIRST > moves, "weeks for training hold warm-ups");
        let with_light = moves + 2 * days * LIGHT_AS_FIRST;
        assert!(SCREEN > with_light, "the movement screen comes before them");
        assert!(ROLL[1] > SCREEN + with_light, "a chosen place is rolled twice before anything else");
        assert!(
            places * both(ROLL) < 1_000_000_000_000_000_000 - SCREEN - with_light,
            "the sum is one the solver takes"
        );
    };
}

/// What is kept while a programme is made again.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept<'a> {
    /// Items as they were; those before `from` and pinned ones stay.
    pub(super) items: &'a [Item],
    /// The first day that is still open.
    pub(super) from: Option<Date>,
    /// An item that has to go to a day.
    pub(super) moved: Vec<(&'a Item, Date)>,
}

/// Makes a programme.
#[must_use]
pub fn make(person: &Person<'_>, wishes: &Wishes) -> Made {
    let targets = gather(person, wishes, &[]);
    // Nothing is pinned, so there is always an answer.
    build(person, wishes, &targets, &Kept::default()).unwrap_or_else(|_| Made {
        programme: Programme { weeks: Vec::new(), not_met: Vec::new() },
        proofs: Vec::new(),
    })
}

/// The same for a programme under way, after changes.
pub(super) fn make_again(
    person: &Person<'_>,
    wishes: &Wishes,
    changes: &[Change],
    kept: &Kept<'_>,
) -> Result<Made, Date> {
    let targets = gather(person, wishes, changes);
    build(person, wishes, &targets, kept)
}

/// # Errors
/// The first day of a week in which what is pinned cannot stand.
fn build(person: &Person<'_>, wishes: &Wishes, targets: &Targets, kept: &Kept<'_>) -> Result<Made, Date> {
    let mut builder = Builder {
        person,
        wishes,
        targets,
        kept,
        free_from: targets
            .targets
            .iter()
            .map(|target| target.free_from(person, wishes.start, kept.from.is_some()))
            .collect(),
        units: units(person, targets),
        before: None,
        brief: false,
        short_screen: false,
        shortfalls: Vec::new(),
    };
    let mut weeks = Vec::new();
    let mut proofs = Vec::new();
    for week in 0..targets.frames.len() / DAYS {
        let (made, proof) = builder.week(week).ok_or(targets.frames[week * DAYS].date)?;
        weeks.push(made);
        proofs.push(proof);
    }
    let mut not_met = targets.left_out.clone();
    not_met.extend(builder.left_alone());
    not_met.extend(builder.not_met());
    without_what_comes_to_nothing(person, targets, kept, &mut weeks);
    name_items(&mut weeks, kept);
    Ok(Made { programme: Programme { weeks, not_met }, proofs })
}

/// Takes out short sessions for which the day's other rolling leaves nothing.
fn without_what_comes_to_nothing(person: &Person<'_>, targets: &Targets, kept: &Kept<'_>, weeks: &mut [Week]) {
    for (index, day) in weeks.iter_mut().flat_map(|week| &mut week.days).enumerate() {
        let is_past = kept.from.is_some_and(|from| day.date < from);
        if is_past || !day.items.iter().any(Item::is_light_rolling) {
            continue;
        }
        let frame = &targets.frames[index];
        let details = of_day(person, frame, is_lighter(index, frame), &day.items);
        let mut details = details.iter();
        day.items.retain(|item| details.next() != Some(&Detail::Closed) || !item.is_light_rolling());
    }
}

/// What has one place in the weekly problem: a target, or places to roll that press each other and so go together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    targets: Vec<usize>,
    /// Whether it is a stretch of the place that is rolled before it in the problem.
    follows: bool,
}

/// Targets in the order of the weekly problem: each place, with those that its rolling presses too, and with the stretches
/// that are for it right after it, then the rest. A stretch follows the first of its own regions that is rolled.
fn units(person: &Person<'_>, targets: &Targets) -> Vec<Placed> {
    let all = &targets.targets;
    let rolls = |target: &Target, region: RegionId| matches!(target, Target::Roll(area) if area.region == region);
    let place_of = |target: &Target| {
        let Target::Stretch(item) = target else { return None };
        let regions = &person.knowledge.moves.get(&item.id)?.regions;
        regions.iter().find_map(|&region| all.iter().position(|target| rolls(target, region)))
    };
    let places: Vec<Option<usize>> = all.iter().map(place_of).collect();
    let mut units = Vec::new();
    let mut placed = vec![false; all.len()];
    for target in 0..all.len() {
        if places[target].is_some() || placed[target] {
            continue;
        }
        let together = targets.together_with(person.knowledge, target);
        together.iter().for_each(|&one| placed[one] = true);
        let is_led = |stretch: &usize| places[*stretch].is_some_and(|place| together.contains(&place));
        let stretches: Vec<usize> = (0..all.len()).filter(is_led).collect();
        units.push(Placed { targets: together, follows: false });
        units.extend(stretches.into_iter().map(|target| Placed { targets: vec![target], follows: true }));
    }
    units
}

struct Builder<'a> {
    person: &'a Person<'a>,
    wishes: &'a Wishes,
    targets: &'a Targets,
    kept: &'a Kept<'a>,
    /// How often each target came in the last week in which nothing came up.
    before: Option<Vec<usize>>,
    /// The targets as the weekly problem has them.
    units: Vec<Placed>,
    /// The first day on which each target may stand again after the weeks so far.
    free_from: Vec<usize>,
    /// Whether this week has half of what is enough on each place, so that more of them come twice.
    brief: bool,
    /// Whether the movement screen of this week is the short one.
    short_screen: bool,
    shortfalls: Vec<Shortfall>,
}

/// Something that comes less often in a week than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shortfall {
    rule: &'static str,
    target: usize,
    times: usize,
    cause: &'static str,
    /// Minutes it takes in that week.
    minutes: u32,
    week: usize,
}

impl Builder<'_> {
    fn is_past(&self, day: usize) -> bool {
        self.kept.from.is_some_and(|from| self.targets.frames[day].date < from)
    }

    /// Items as they were on a day.
    fn before(&self, day: usize) -> impl Iterator<Item = &Item> {
        let date = self.targets.frames[day].date;
        self.kept.items.iter().filter(move |item| item.date == date)
    }

    /// Whether a target has to stand on a day: in a pinned item, or in one that was moved there.
    fn is_pinned(&self, target: usize, day: usize) -> bool {
        let what = &self.targets.targets[target];
        let frames = &self.targets.frames;
        let moved_away = |item: &Item| self.kept.moved.iter().any(|(moved, _)| moved.id == item.id);
        let stays = self
            .before(day)
            .any(|item| item.pinned && !moved_away(item) && what.is_in(self.person.knowledge, item, frames));
        stays || self.is_moved_to(target, day)
    }

    /// Whether a target was moved to a day just now.
    fn is_moved_to(&self, target: usize, day: usize) -> bool {
        let date = self.targets.frames[day].date;
        let what = &self.targets.targets[target];
        self.kept
            .moved
            .iter()
            .any(|(item, to)| *to == date && what.is_in(self.person.knowledge, item, &self.targets.frames))
    }

    /// The first open day of a week on which a target may stand after what came before.
    fn free_from(&self, target: usize, first: usize) -> usize {
        let past = (first..first + DAYS).rfind(|&day| self.is_past(day) && self.stood(target, day));
        past.map_or(self.free_from[target], |day| day + self.targets.targets[target].apart())
    }

    /// Whether what was moved just now may stand there: the gate, the minutes and the days between.
    fn moves_stand(&self, first: usize) -> bool {
        (0..self.targets.targets.len()).all(|target| {
            (first..first + DAYS).filter(|&day| self.is_moved_to(target, day)).all(|day| {
                let too_soon = day < self.free_from(target, first);
                !self.is_past(day) && self.targets.minutes_on(target, day, false).is_some() && !too_soon
            })
        })
    }

    /// Whether an item that held a target was moved away from a day, so that it does not come back there.
    fn is_vacated(&self, target: usize, day: usize) -> bool {
        let date = self.targets.frames[day].date;
        let what = &self.targets.targets[target];
        self.kept.moved.iter().any(|(item, to)| {
            item.date == date && *to != date && what.is_in(self.person.knowledge, item, &self.targets.frames)
        })
    }

    fn stood(&self, target: usize, day: usize) -> bool {
        self.before(day)
            .any(|item| self.targets.targets[target].is_in(self.person.knowledge, item, &self.targets.frames))
    }

    fn week(&mut self, week: usize) -> Option<(Week, Proof)> {
        let first = week * DAYS;
        if !self.moves_stand(first) {
            return None;
        }
        (self.brief, self.short_screen) = (false, false);
        let mut problem = self.problem(first);
        let mut solution = self.by_target(first, solve(&problem)?);
        // Every place twice comes before a long time on some, and so does everything else before more than half of the
        // minutes for rolling.
        let misses = self.misses(first, &solution);
        if misses.0 > 0 || misses.1 > 0 && self.is_mostly_rolling(first, &solution) {
            self.brief = true;
            let brief_problem = self.problem(first);
            match solve(&brief_problem).map(|solution| self.by_target(first, solution)) {
                Some(brief) if self.misses(first, &brief) < misses => (problem, solution) = (brief_problem, brief),
                _ => self.brief = false,
            }
        }
        // A short look is better than none.
        if self.misses_its_screen(week, &solution) {
            self.short_screen = true;
            let short_problem = self.problem(first);
            match solve(&short_problem).map(|solution| self.by_target(first, solution)) {
                Some(short) if !self.misses_its_screen(week, &short) => (problem, solution) = (short_problem, short),
                // What is missing is told by the minutes of the short one.
                Some(_) => problem = short_problem,
                None => self.short_screen = false,
            }
        }
        self.look_for_shortfalls(week, &problem, &solution);
        if (first..first + DAYS).all(|day| !self.targets.frames[day].cut) {
            let times = |target: usize| self.times(target, first, &solution);
            self.before = Some((0..solution.days.len()).map(times).collect());
        }
        for (target, days) in solution.days.iter().enumerate() {
            let on =
                |day: usize| days >> day & 1 == 1 || self.is_past(first + day) && self.stood(target, first + day);
            if let Some(last) = (0..DAYS).rfind(|&day| on(day)) {
                self.free_from[target] = first + last + self.targets.targets[target].apart();
            }
        }
        let days = (0..DAYS)
            .map(|day| {
                let frame = &self.targets.frames[first + day];
                let items = if self.is_past(first + day) {
                    self.before(first + day).cloned().collect()
                } else {
                    self.items(&solution, first, day)
                };
                Day { date: frame.date, minutes: frame.minutes, training: frame.training.clone(), items }
            })
            .collect();
        let lighter = (first..first + DAYS).any(|day| is_lighter(day, &self.targets.frames[day]));
        let number = u8::try_from(week + 1).unwrap_or(u8::MAX);
        Some((Week { number, lighter, days }, solution.proof))
    }

    /// Whether a week has a movement screen that found no day.
    fn misses_its_screen(&self, week: usize, solution: &Solution) -> bool {
        let own = |target: &Target| matches!(target, Target::Screen(own) if *own == week);
        let screen = self.targets.targets.iter().position(own);
        screen.is_some_and(|screen| self.times(screen, week * DAYS, solution) == 0)
    }

    /// Minutes a target takes on a day of the week that is being made; none where it may not stand.
    fn minutes_on(&self, target: usize, day: usize) -> Option<u16> {
        let takes = self.targets.minutes_on(target, day, self.brief)?;
        let short = self.short_screen && matches!(self.targets.targets[target], Target::Screen(_));
        Some(if short { takes.min(SHORT_SCREEN_MINUTES) } else { takes })
    }

    /// How many times are missing until every place is rolled twice, and until everything else comes twice.
    fn misses(&self, first: usize, solution: &Solution) -> (usize, usize) {
        let missing = |rolled: bool| {
            let is_one = |target: &Target| match target {
                Target::Roll(_) => rolled,
                Target::Stretch(_) | Target::Strengthen(..) | Target::Integrate(_) => !rolled,
                Target::WarmUp(_) | Target::Recovery(_) | Target::Screen(_) => false,
            };
            let of = self.targets.targets.iter().enumerate().filter(|(_, target)| is_one(target));
            of.map(|(index, _)| 2_usize.saturating_sub(self.times(index, first, solution))).sum()
        };
        (missing(true), missing(false))
    }

    /// Whether rolling takes more than half of the minutes of a week's open days.
    fn is_mostly_rolling(&self, first: usize, solution: &Solution) -> bool {
        let takes = |day: usize| {
            let rolls = |target: &usize| matches!(self.targets.targets[*target], Target::Roll(_));
            let on = (0..solution.days.len()).filter(rolls).filter(|&target| solution.days[target] >> day & 1 == 1);
            on.filter_map(|target| self.minutes_on(target, first + day)).sum::<u16>()
        };
        let open: Vec<usize> = (0..DAYS).filter(|&day| !self.is_past(first + day)).collect();
        let has: u16 = open.iter().map(|&day| self.targets.frames[first + day].minutes).sum();
        2 * open.into_iter().map(takes).sum::<u16>() > has
    }

    /// How often a target comes in a week, days that are over included.
    fn times(&self, target: usize, first: usize, solution: &Solution) -> usize {
        let past = (first..first + DAYS).filter(|&day| self.is_past(day) && self.stood(target, day)).count();
        solution.days[target].count_ones() as usize + past
    }

    fn problem(&self, first: usize) -> Problem {
        let minutes = std::array::from_fn(|day| {
            if self.is_past(first + day) { 0 } else { u32::from(self.targets.frames[first + day].minutes) }
        });
        let preferred = preferred(&minutes);
        let unit = |placed: &Placed| {
            let each = placed.targets.iter().map(|&target| self.unit(target, first, &minutes, &preferred));
            // A place that is closed all week does not keep the others away.
            let is_open = |unit: &Unit| unit.days.iter().any(|slot| *slot != Slot::Closed);
            let each: Vec<Unit> = each.collect();
            let open: Vec<&Unit> = each.iter().filter(|unit| is_open(unit)).collect();
            let Some((head, more)) = open.split_first() else { return each[0].clone() };
            let all = more.iter().fold((*head).clone(), |all, one| as_one(all, one, &minutes));
            Unit { follows: placed.follows.then_some(worth::AFTER_ROLLING), ..all }
        };
        Problem { minutes, units: self.units.iter().map(unit).collect() }
    }

    /// A solution of the weekly problem with its days in the order of the targets.
    fn by_target(&self, first: usize, solution: Solution) -> Solution {
        let mut days = vec![0; self.targets.targets.len()];
        for (placed, on) in self.units.iter().zip(&solution.days) {
            for &target in &placed.targets {
                let open = |day: &usize| self.minutes_on(target, first + day).is_some();
                days[target] = (0..DAYS).filter(open).map(|day| on & 1 << day).sum();
            }
        }
        Solution { days, ..solution }
    }

    /// A week with one target alone, and those that go together with it.
    fn alone(&self, problem: &Problem, target: usize) -> Option<Problem> {
        let place = self.units.iter().position(|placed| placed.targets.contains(&target))?;
        let unit = Unit { follows: None, ..problem.units[place].clone() };
        Some(Problem { minutes: problem.minutes, units: vec![unit] })
    }

    fn unit(&self, target: usize, first: usize, minutes: &[u32; DAYS], preferred: &[i64; DAYS]) -> Unit {
        let what = &self.targets.targets[target];
        let here: Vec<Option<u16>> = (first..first + DAYS).map(|day| self.minutes_on(target, day)).collect();
        let done = (0..DAYS).filter(|&day| self.is_past(first + day) && self.stood(target, first + day));
        let done: Vec<usize> = done.collect();
        let free_from = self.free_from(target, first);
        let next_has_time = self.targets.frames.get(first + DAYS).is_some_and(|frame| frame.minutes > 0)
            && self.targets.minutes.get(target).is_some_and(|minutes| {
                self.targets.class.get(first + DAYS).is_some_and(|&class| minutes[class].is_some())
            });
        let days = std::array::from_fn(|day| {
            let now = first + day;
            let frame = &self.targets.frames[now];
            if self.is_past(now) {
                return Slot::Closed;
            }
            let too_soon = now < free_from;
            let open = here[day].is_some_and(|takes| u32::from(takes) <= minutes[day]) && !too_soon;
            // A pin holds as long as the gate and the days between let it; what was moved just now has to stand.
            if self.is_moved_to(target, now) || self.is_pinned(target, now) && here[day].is_some() && !too_soon {
                return Slot::Pinned;
            }
            let before_pin = |ahead: usize| {
                let then = now + ahead;
                then >= first + DAYS && then < self.targets.frames.len() && self.is_pinned(target, then)
            };
            if (1..what.apart()).any(before_pin) {
                return Slot::Closed;
            }
            if !open || self.is_vacated(target, now) || !self.belongs(what, now) {
                return Slot::Closed;
            }
            let mut preference = preferred[day];
            if self.stood(target, now) {
                preference += worth::STAYS;
            }
            if day == DAYS - 1 && what.apart() > 1 && next_has_time {
                preference += worth::CLOSES_NEXT_WEEK;
            }
            let strength = frame.training.iter().any(|training| training.kind == super::TrainingKind::Strength);
            if matches!(what, Target::Strengthen(..)) && !strength {
                preference += worth::FRESH;
            }
            Slot::Open(preference)
        });
        let lighter = (first..first + DAYS).any(|day| is_lighter(day, &self.targets.frames[day]));
        let pinned = days.iter().filter(|&&slot| slot == Slot::Pinned).count();
        let most = self.most_times(target, first).unwrap_or(usize::MAX).max(done.len() + pinned);
        let mut worth = self.worth(what, lighter);
        if self.is_first_of_its_kind(target, first) {
            let more = match what {
                Target::Stretch(_) => worth::FIRST_STRETCH,
                Target::Strengthen(..) => worth::FIRST_STRENGTHEN,
                _ => worth::FIRST_INTEGRATE,
            };
            worth.iter_mut().zip(more).for_each(|(time, more)| *time += more);
        }
        let worth = worth.into_iter().take(most).skip(done.len()).collect();
        // On every day of a week it takes as many minutes as on its longest, so that a move within it always fits.
        let takes = here.iter().flatten().max().copied().unwrap_or(1);
        Unit { minutes: u32::from(takes).min(255), apart: what.apart(), worth, days, follows: None }
    }

    /// How often something comes in a week at most that is lighter by the calendar: no more often than in the week before.
    /// What belongs to training or to that week alone is as it is.
    fn most_times(&self, target: usize, first: usize) -> Option<usize> {
        let own = matches!(self.targets.targets[target], Target::WarmUp(_) | Target::Recovery(_) | Target::Screen(_));
        let before = self.before.as_ref().filter(|_| !own && is_lighter_week(first / DAYS))?;
        Some(before[target])
    }

    /// Whether a day to come would have time for a target if it were not sore, closed or out of reach there.
    fn is_closed_by_gate(&self, target: usize, first: usize, day: usize) -> bool {
        let (now, what) = (first + day, &self.targets.targets[target]);
        let too_soon = now < self.free_from(target, first);
        let has_time = !self.is_past(now) && self.targets.frames[now].minutes > 0;
        let closed = self.targets.minutes_on(target, now, self.brief).is_none();
        closed && has_time && !too_soon && !self.is_vacated(target, now) && self.belongs(what, now)
    }

    /// Whether it is the first of the stretches, of the groups to strengthen or of the moves that put it to use that has a
    /// day in a week at all.
    fn is_first_of_its_kind(&self, target: usize, first: usize) -> bool {
        let kind = |of: usize| match self.targets.targets[of] {
            Target::Stretch(_) => Some(MoveKind::Stretch),
            Target::Strengthen(..) => Some(MoveKind::Strengthen),
            Target::Integrate(_) => Some(MoveKind::Integrate),
            Target::Roll(_) | Target::WarmUp(_) | Target::Recovery(_) | Target::Screen(_) => None,
        };
        let is_open = |of: usize| (first..first + DAYS).any(|day| self.minutes_on(of, day).is_some());
        let same = |of: &usize| kind(*of) == kind(target) && is_open(*of);
        kind(target).is_some() && (0..self.targets.targets.len()).find(same) == Some(target)
    }

    fn belongs(&self, what: &Target, day: usize) -> bool {
        match what {
            Target::WarmUp(own) | Target::Recovery(own) => *own == day,
            Target::Screen(week) => day / DAYS == *week,
            Target::Roll(_) | Target::Stretch(_) | Target::Strengthen(..) | Target::Integrate(_) => true,
        }
    }

    fn worth(&self, what: &Target, lighter: bool) -> Vec<i64> {
        let aimed = |aim: Aim| match self.wishes.goals.iter().position(|goal| *goal == aim) {
            Some(0) => worth::LIGHT_AS_FIRST,
            Some(_) => worth::LIGHT_AS_AIMED,
            None => worth::LIGHT,
        };
        let (twice, more) = match what {
            Target::Roll(_) => (worth::ROLL, 1),
            Target::Strengthen(..) => (worth::STRENGTHEN, 1),
            Target::Stretch(_) => (worth::STRETCH, 3),
            Target::Integrate(_) => (worth::INTEGRATE, 0),
            Target::WarmUp(_) => return vec![aimed(Aim::WarmUp)],
            Target::Recovery(_) => return vec![aimed(Aim::Recovery)],
            Target::Screen(_) => return vec![worth::SCREEN],
        };
        // A lighter week has nothing beyond twice.
        let more = if lighter { 0 } else { more };
        let is_aim = matches!(what, Target::Strengthen(..)) && self.wishes.goals.first() == Some(&Aim::Strength);
        let each = if is_aim { worth::STRENGTHEN_AS_AIMED } else { worth::MORE };
        twice.into_iter().chain(std::iter::repeat_n(each, more)).collect()
    }

    /// What a day holds, one item for each kind.
    fn items(&self, solution: &Solution, first: usize, day: usize) -> Vec<Item> {
        let now = first + day;
        let date = self.targets.frames[now].date;
        let goal = self.wishes.goals.first().copied().unwrap_or(Aim::Mobility).rolling();
        let mut items: Vec<Item> = Vec::new();
        let mut main = false;
        for (target, _) in self.targets.targets.iter().zip(&solution.days).filter(|(_, days)| *days >> day & 1 == 1) {
            main |= matches!(target, Target::Roll(_));
        }
        for (index, target) in self.targets.targets.iter().enumerate() {
            if solution.days[index] >> day & 1 == 0 {
                continue;
            }
            let takes = self.minutes_on(index, now).unwrap_or(0);
            if let (Target::WarmUp(_), true) = (target, main && self.targets.is_light_anyway(now)) {
                // What may be pressed on this day is one light session: it is the warm-up.
                if let Some(item) = items.iter_mut().find(|item| item.is_main_rolling()) {
                    item.at = self.warm_up_at(now, item.minutes);
                }
                continue;
            }
            let (kind, goal, at) = match target {
                Target::Roll(_) => (ItemKind::Smr, Some(goal), None),
                Target::WarmUp(_) => (ItemKind::Smr, Some(Goal::WarmUp), self.warm_up_at(now, takes)),
                // The day's session is recovery enough.
                Target::Recovery(_) if main => continue,
                Target::Recovery(_) => (ItemKind::Smr, Some(Goal::Recovery), None),
                Target::Stretch(_) => (ItemKind::Stretch, None, None),
                Target::Strengthen(..) => (ItemKind::Strengthen, None, None),
                Target::Integrate(_) => (ItemKind::Integrate, None, None),
                Target::Screen(_) => (ItemKind::Screen, None, None),
            };
            let slot = items.iter().position(|item| item.kind == kind && item.goal == goal).unwrap_or_else(|| {
                let (areas, moves) = (Vec::new(), Vec::new());
                items.push(Item { id: String::new(), date, kind, goal, at, minutes: 0, areas, moves, pinned: false });
                items.len() - 1
            });
            let pinned = self.is_pinned(index, now);
            let item = &mut items[slot];
            item.minutes += takes;
            item.pinned |= pinned;
            match target {
                Target::Roll(area) => item.areas.push(*area),
                Target::WarmUp(_) | Target::Recovery(_) => {
                    let rests = self.targets.rests_on(now);
                    let open = self.targets.light_areas.iter().filter(|area| !rests_on(rests, area));
                    item.areas = open.copied().collect();
                }
                Target::Stretch(known) | Target::Integrate(known) => item.moves.push(known.clone()),
                Target::Strengthen(_, moves) => item.moves.extend(moves.iter().cloned()),
                Target::Screen(_) => {}
            }
        }
        // The warm-up comes before training, the rest in the order of a session.
        items.sort_by_key(|item| (item.at.is_none(), item.kind, item.goal));
        items
    }

    /// A warm-up ends as training begins.
    fn warm_up_at(&self, day: usize, minutes: u16) -> Option<Time> {
        let begins = self.targets.frames[day].training.iter().filter_map(|training| training.at).min()?;
        Some(begins.saturating_sub(i64::from(minutes).minutes()))
    }

    /// Says of everything that comes less than twice why it does.
    fn look_for_shortfalls(&mut self, week: usize, problem: &Problem, solution: &Solution) {
        let first = week * DAYS;
        for (index, target) in self.targets.targets.iter().enumerate() {
            let rule = match target {
                Target::Roll(_) => "programme_smr_twice",
                Target::Strengthen(..) => "programme_strengthen_twice",
                Target::Stretch(_) => "programme_stretch_twice",
                Target::Integrate(_) => "programme_integrate_twice",
                Target::Screen(own) if *own == week => "programme_screen_again",
                Target::Screen(_) | Target::WarmUp(_) | Target::Recovery(_) => continue,
            };
            let wanted = if matches!(target, Target::Screen(_)) { 1 } else { 2 };
            let times = self.times(index, first, solution);
            if times >= wanted {
                continue;
            }
            let past = times - solution.days[index].count_ones() as usize;
            let Some(alone) = self.alone(problem, index) else { continue };
            let most = |problem: &Problem| solve(problem).map_or(0, |one| one.days[0].count_ones() as usize) + past;
            let closed: Vec<usize> = (0..DAYS).filter(|&day| self.is_closed_by_gate(index, first, day)).collect();
            let mut opened = alone.clone();
            for &day in &closed {
                opened.units[0].days[day] = Slot::Open(0);
            }
            let cause = if self.most_times(index, first).is_some_and(|most| most <= times) {
                "programme_cause_lighter"
            } else if most(&alone) > times {
                "programme_cause_minutes"
            } else if times == 0 && problem.minutes.iter().all(|&minutes| minutes < alone.units[0].minutes) {
                "programme_cause_short_days"
            } else if most(&opened) == times {
                "programme_cause_days"
            } else if closed.iter().all(|day| self.targets.frames[first + day].away) {
                "programme_cause_away"
            } else if closed.iter().all(|&day| self.is_ahead(index, first + day)) {
                "programme_cause_ahead"
            } else {
                "programme_cause_closed"
            };
            let minutes = alone.units[0].minutes;
            self.shortfalls.push(Shortfall { rule, target: index, times, cause, minutes, week });
        }
    }

    /// Whether a day is closed to a place because it will likely be too sore.
    fn is_ahead(&self, target: usize, day: usize) -> bool {
        let rests = self.targets.rests_on(day);
        matches!(&self.targets.targets[target], Target::Roll(area) if rests_on(rests, area))
    }

    /// Places that are not rolled on days on which they will likely be too sore, in sentences.
    fn left_alone(&self) -> Vec<NotMet> {
        let knowledge = self.person.knowledge;
        let of_place = |target: usize| {
            let has_time = |&day: &usize| !self.is_past(day) && self.targets.frames[day].minutes > 0;
            let days = (0..self.targets.frames.len()).filter(|&day| self.is_ahead(target, day)).filter(has_time);
            let days: Vec<String> = days.map(|day| day_words(self.targets.frames[day].date)).collect();
            let values = [("what", self.targets.targets[target].name(knowledge)), ("days", days.join("; "))];
            let rule = "programme_sore_ahead";
            let said = || NotMet { rule: rule.to_owned(), why: sentence(knowledge, rule, &values).text };
            (!days.is_empty()).then(said)
        };
        (0..self.targets.targets.len()).filter_map(of_place).collect()
    }

    /// Shortfalls in sentences, weeks alike in one.
    fn not_met(&self) -> Vec<NotMet> {
        let knowledge = self.person.knowledge;
        let mut said: Vec<(Shortfall, Vec<usize>)> = Vec::new();
        for one in &self.shortfalls {
            let alike =
                |(known, _): &&mut (Shortfall, Vec<usize>)| Shortfall { week: one.week, ..known.clone() } == *one;
            match said.iter_mut().find(alike) {
                Some((_, weeks)) => weeks.push(one.week + 1),
                None => said.push((one.clone(), vec![one.week + 1])),
            }
        }
        let in_words = |(one, weeks): &(Shortfall, Vec<usize>)| {
            let values = [
                ("what", self.targets.targets[one.target].name(knowledge)),
                ("weeks", weeks_in_words(weeks)),
                ("times", if one.times == 0 { "not at all".to_owned() } else { "once".to_owned() }),
                ("cause", sentence(knowledge, one.cause, &[("minutes", one.minutes.to_string())]).text),
            ];
            NotMet { rule: one.rule.to_owned(), why: sentence(knowledge, one.rule, &values).text }
        };
        said.iter().map(in_words).collect()
    }
}

/// Two units that stand on the same days: where both may and have the minutes, or one has to.
fn as_one(one: Unit, other: &Unit, minutes: &[u32; DAYS]) -> Unit {
    let takes = one.minutes + other.minutes;
    let slot = |day: usize| match (one.days[day], other.days[day]) {
        (Slot::Pinned, _) | (_, Slot::Pinned) => Slot::Pinned,
        (Slot::Open(a), Slot::Open(b)) if takes <= minutes[day] => Slot::Open(a + b),
        _ => Slot::Closed,
    };
    let worth = one.worth.iter().zip(&other.worth).map(|(a, b)| a + b).collect();
    Unit { minutes: takes, apart: one.apart.max(other.apart), worth, days: std::array::from_fn(slot), follows: None }
}

/// "week 1", "weeks 1 and 2", "weeks 1, 2 and 4".
pub(super) fn weeks_in_words(weeks: &[usize]) -> String {
    let all: Vec<String> = weeks.iter().map(ToString::to_string).collect();
    match all.split_last() {
        Some((last, before)) if !before.is_empty() => format!("weeks {} and {last}", before.join(", ")),
        _ => format!("week {}", all.concat()),
    }
}

/// How much each day is preferred: of the days with time the first, then the one in the middle, then those between, so
/// that times lie apart and everything comes on the same few days.
fn preferred(minutes: &[u32; DAYS]) -> [i64; DAYS] {
    const HALVES: [(usize, usize); 8] = [(0, 1), (1, 2), (3, 4), (1, 4), (7, 8), (5, 8), (3, 8), (1, 8)];
    let open: Vec<usize> = (0..DAYS).filter(|&day| minutes[day] > 0).collect();
    let mut order: Vec<usize> = Vec::new();
    for (above, below) in HALVES {
        if let Some(&day) = open.get(open.len() * above / below).filter(|day| !order.contains(day)) {
            order.push(day);
        }
    }
    order.extend(open.iter().filter(|day| !order.contains(day)).copied().collect::<Vec<_>>());
    let mut preferred = [0; DAYS];
    for (place, &day) in order.iter().enumerate() {
        preferred[day] = worth::PREFERRED * (DAYS - place) as i64;
    }
    preferred
}

/// What the id of an item begins with.
fn role(item: &Item) -> &'static str {
    match (item.kind, item.goal) {
        (ItemKind::Smr, Some(Goal::WarmUp)) => "warm-up",
        (ItemKind::Smr, Some(Goal::Recovery)) => "recovery",
        (ItemKind::Smr, _) => "roll",
        (ItemKind::Stretch, _) => "stretch",
        (ItemKind::Strengthen, _) => "strengthen",
        (ItemKind::Integrate, _) => "use",
        (ItemKind::Screen, _) => "screen",
    }
}

/// Names items. What stands where it stood, and what was moved by hand, keeps its id; what is left of a week's old ids
/// goes to what is left of its items, in order: they moved; the rest are new and get numbers never used in that week.
fn name_items(weeks: &mut [Week], kept: &Kept<'_>) {
    let mut free: Vec<&Item> = kept.items.iter().collect();
    let mut take = |wanted: &dyn Fn(&Item) -> bool| {
        free.iter().position(|item| wanted(item)).map(|index| free.remove(index).id.clone())
    };
    let moved_to = |item: &Item| {
        kept.moved
            .iter()
            .find(|(moved, to)| *to == item.date && role(moved) == role(item))
            .map(|(moved, _)| moved.id.clone())
    };
    for item in weeks.iter_mut().flat_map(|week| &mut week.days).flat_map(|day| &mut day.items) {
        if let Some(id) = moved_to(item) {
            item.id = take(&|old| old.id == id).unwrap_or_default();
        }
    }
    for item in weeks.iter_mut().flat_map(|week| &mut week.days).flat_map(|day| &mut day.items) {
        let moved_away = |old: &Item| kept.moved.iter().any(|(moved, _)| moved.id == old.id);
        if item.id.is_empty() || kept.items.iter().any(|old| old.id == item.id && old.date == item.date) {
            let (date, own) = (item.date, role(item));
            if let Some(id) = take(&|old| old.date == date && role(old) == own && !moved_away(old)) {
                item.id = id;
            }
        }
    }
    let mut used: SortedMap<String, u32> = SortedMap::new();
    for old in kept.items {
        if let Some((head, number)) = old.id.rsplit_once('-')
            && let Ok(number) = number.parse::<u32>()
        {
            let most = used.get_or_default(head.to_owned());
            *most = (*most).max(number);
        }
    }
    for week in weeks {
        let (Some(first), Some(last)) = (week.days.first().map(|d| d.date), week.days.last().map(|d| d.date)) else {
            continue;
        };
        let number = week.number;
        for item in week.days.iter_mut().flat_map(|day| &mut day.items).filter(|item| item.id.is_empty()) {
            let own = role(item);
            let moved = take(&|old| (first..=last).contains(&old.date) && role(old) == own);
            item.id = moved.unwrap_or_else(|| {
                let head = format!("w{number}-{own}");
                let next = used.get_or_default(head.clone());
                *next += 1;
                format!("{head}-{next}")
            });
        }
    }
}
