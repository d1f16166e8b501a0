//! The weekly problem, and its best answer.
//!
//! Each *unit* (a place to roll, a stretch, a group to strengthen ...) is put on some days of a week: a *pattern*.
//! A pattern keeps the unit's own rules by itself (days that are closed, days it is pinned to, the days between, the
//! most times), so that only the minutes of each day tie the units together:
//!
//! ```text
//! maximise    sum over units of  worth[0] + ... + worth[times - 1]  +  the preference of every day it stands on
//!                                +  follows  for every day on which the unit it follows stands too
//! subject to  one pattern for each unit
//!             minutes of all units on a day  <=  minutes of the day
//! ```
//!
//! That is a multiple-choice knapsack with one weight for each day. It is solved unit by unit over the minutes used so
//! far on each day: of two ways to use the same minutes only the better is kept. Units that
//! follow another one come right after it: while they are placed, its days are remembered with each row, and forgotten
//! after the last of them. A price on each day's minutes bounds
//! from above what the units to come can still add, and drops what cannot reach the best answer known. While no table
//! has more than [`MOST_ROWS`] rows the answer is the best there is, to the last tie; that is so for every week whose
//! days' `(minutes + 1)` multiply to no more (three days of fourteen minutes), times the ways of a unit that others follow
//! (at most 34 with a day between), and for most others. Beyond, the rows
//! with the highest bound are kept, and [`Proof::Within`] says how much a better answer could be worth at most.

/// The most rows of a table.
pub const MOST_ROWS: usize = 4_000;

/// The days of a week.
pub const DAYS: usize = 7;

/// Rows of the first, quick pass, which gives an answer to beat.
const FIRST_ROWS: usize = 60;

/// How often the prices are adjusted.
const PRICE_STEPS: u32 = 80;

/// Whether a unit may stand on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// It may not.
    Closed,
    /// It may, and this much is gained by it (or lost, below zero).
    Open(i64),
    /// It has to.
    Pinned,
}

/// Something to be done some times in a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Minutes it takes each time.
    pub minutes: u32,
    /// Days from one time to the next, at least: 1 is every day, 2 a day between.
    pub apart: usize,
    /// What the first, second ... time is worth. It is never done more often than there are entries.
    pub worth: Vec<i64>,
    /// Where it may stand.
    pub days: [Slot; DAYS],
    /// What each day is worth more on which the unit that it follows stands as well, 0 or above. That unit is the nearest
    /// one before it that follows none. None: it follows nothing itself.
    pub follows: Option<i64>,
}

/// A week to fill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Minutes of each day, at most 255.
    pub minutes: [u32; DAYS],
    /// What to put there.
    pub units: Vec<Unit>,
}

/// The best way to fill a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// For each unit the days it stands on, one bit each, the first day lowest.
    pub days: Vec<u8>,
    /// Its value.
    pub value: i64,
    /// How good it is known to be.
    pub proof: Proof,
}

/// How good an answer is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// There is no better one.
    Best,
    /// A better one is worth at most this much more.
    Within(i64),
}

/// One way to put a unit on days.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    days: u8,
    /// Minutes on each day, eight bits each.
    load: u64,
    value: i64,
}

/// A row of a table: what was chosen up to a unit.
#[derive(Debug, Clone, Copy)]
struct Row {
    load: u64,
    value: i64,
    /// Its row in the table before, and the pattern added.
    before: u32,
    days: u8,
    /// The days of the unit that the next one follows; none where it follows nothing.
    led: u8,
}

/// Finds the best way to fill a week; none where what is pinned breaks a rule or does not fit.
///
/// Ties break in this order: the larger value; fewer minutes in all; then unit by unit, the earlier days.
///
/// # Panics
/// If a day has more than 255 minutes, if values add up to more than 10^18, if the first unit follows one, or if following
/// is worth less than nothing.
#[must_use]
pub fn solve(problem: &Problem) -> Option<Solution> {
    assert!(problem.minutes.iter().all(|&minutes| minutes <= 255), "at most 255 minutes a day");
    let patterns: Vec<Vec<Pattern>> = problem.units.iter().map(|unit| patterns(unit, &problem.minutes)).collect();
    let leads = problem.units.first().is_none_or(|unit| unit.follows.is_none());
    assert!(leads, "the first unit has none to follow");
    let follows = |unit: &Unit| unit.follows.unwrap_or(0);
    assert!(problem.units.iter().all(|unit| follows(unit) >= 0), "following is worth less than nothing");
    let largest = |(of, unit): (&Vec<Pattern>, &Unit)| {
        let alone = of.iter().map(|pattern| pattern.value.abs()).max().unwrap_or(0);
        alone.saturating_add(follows(unit).saturating_mul(DAYS as i64))
    };
    assert!(
        patterns.iter().zip(&problem.units).map(largest).fold(0, i64::saturating_add) <= 1_000_000_000_000_000_000,
        "values too large"
    );
    if patterns.iter().any(Vec::is_empty) {
        return None;
    }
    let free = Prices::new(problem, &patterns, [0; DAYS]);
    let quick = sweep(problem, &patterns, &free, i64::MIN, FIRST_ROWS);
    let prices = match &quick {
        Some((quick, _)) => free.improved(problem, &patterns, quick.value),
        None => free,
    };
    let floor = quick.as_ref().map_or(i64::MIN, |(solution, _)| solution.value);
    let (mut solution, dropped) = sweep(problem, &patterns, &prices, floor, MOST_ROWS).or(quick)?;
    solution.proof = match dropped {
        Some(bound) if bound > solution.value => Proof::Within(bound - solution.value),
        _ => Proof::Best,
    };
    Some(solution)
}

/// Every way to put a unit on days that keeps its own rules, the earlier days first.
fn patterns(unit: &Unit, minutes: &[u32; DAYS]) -> Vec<Pattern> {
    let mut all: Vec<Pattern> = (0..1_u8 << DAYS).filter_map(|days| pattern(unit, minutes, days)).collect();
    all.sort_by_key(|pattern| std::cmp::Reverse(pattern.days.reverse_bits()));
    all
}

fn pattern(unit: &Unit, minutes: &[u32; DAYS], days: u8) -> Option<Pattern> {
    let mut value = unit.worth.iter().take(days.count_ones() as usize).sum();
    let mut load = 0;
    let mut last: Option<usize> = None;
    if days.count_ones() as usize > unit.worth.len() {
        return None;
    }
    for (day, slot) in unit.days.iter().enumerate() {
        let stands = days & 1 << day != 0;
        match slot {
            Slot::Closed if stands => return None,
            Slot::Pinned if !stands => return None,
            Slot::Open(preference) if stands => value += preference,
            Slot::Closed | Slot::Open(_) | Slot::Pinned => {}
        }
        if !stands {
            continue;
        }
        if unit.minutes > minutes[day] || last.is_some_and(|last| day - last < unit.apart) {
            return None;
        }
        last = Some(day);
        load += u64::from(unit.minutes) << (8 * day);
    }
    Some(Pattern { days, load, value })
}

/// What a pattern is worth after a unit on these days.
fn value_after(unit: &Unit, pattern: &Pattern, led: u8) -> i64 {
    pattern.value + unit.follows.map_or(0, |gain| gain * i64::from((pattern.days & led).count_ones()))
}

/// The days to remember after a unit was put on some: those of the unit that the next one follows.
fn remembered(problem: &Problem, unit: usize, days: u8, led: u8) -> u8 {
    match problem.units.get(unit + 1).and_then(|next| next.follows) {
        None => 0,
        Some(_) if problem.units[unit].follows.is_some() => led,
        Some(_) => days,
    }
}

const fn on_day(load: u64, day: usize) -> u32 {
    (load >> (8 * day)) as u32 & 0xff
}

/// A price on each day's minutes, and what each unit is worth at most after paying it.
#[derive(Debug, Clone)]
struct Prices {
    price: [i64; DAYS],
    /// What the units from each one on can add at most, prices paid, by the days of the unit that this one follows; only
    /// the first of them where it follows nothing.
    rest: Vec<Vec<i64>>,
    /// What no answer is above.
    bound: i64,
}

impl Prices {
    fn new(problem: &Problem, patterns: &[Vec<Pattern>], price: [i64; DAYS]) -> Self {
        let mut rest = vec![vec![0_i64]; patterns.len() + 1];
        // The ways of the unit that one follows, and the one way of following nothing.
        let mut leaders: Vec<usize> = Vec::new();
        let mut leader = 0;
        for (unit, known) in problem.units.iter().enumerate() {
            leader = if known.follows.is_none() { unit } else { leader };
            leaders.push(leader);
        }
        for (unit, of) in patterns.iter().enumerate().rev() {
            let most = |led: u8| {
                let with_rest = |pattern: &Pattern| {
                    let next = usize::from(remembered(problem, unit, pattern.days, led));
                    after(&problem.units[unit], pattern, led, &price) + rest[unit + 1][next]
                };
                of.iter().map(with_rest).max().unwrap_or(0)
            };
            rest[unit] = if problem.units[unit].follows.is_some() {
                let mut by_days = vec![0; 1 << DAYS];
                for led in patterns[leaders[unit]].iter().map(|pattern| pattern.days) {
                    by_days[usize::from(led)] = most(led);
                }
                by_days
            } else {
                vec![most(0)]
            };
        }
        let bound = rest[0][0] + worth_of(&price, |day| problem.minutes[day]);
        Self { price, rest, bound }
    }

    /// Prices under which the bound is lower. First one price for all days, tried at what a minute of each time of each unit
    /// is worth; from there up where more is wanted than there is and down where less, in steps that become smaller.
    fn improved(self, problem: &Problem, patterns: &[Vec<Pattern>], target: i64) -> Self {
        let mut best = self;
        for unit in &problem.units {
            for worth in &unit.worth {
                let price = [worth / i64::from(unit.minutes.max(1)); DAYS];
                if !worth_of_overflows(&price, &problem.minutes) {
                    let uniform = Self::new(problem, patterns, price);
                    if uniform.bound < best.bound {
                        best = uniform;
                    }
                }
            }
        }
        let mut now = best.clone();
        for step_number in 0..PRICE_STEPS {
            let mut excess: [i64; DAYS] = std::array::from_fn(|day| -i64::from(problem.minutes[day]));
            let mut led = 0;
            for (unit, of) in patterns.iter().enumerate() {
                let with_rest = |pattern: &&Pattern| {
                    let next = usize::from(remembered(problem, unit, pattern.days, led));
                    after(&problem.units[unit], pattern, led, &now.price) + now.rest[unit + 1][next]
                };
                let Some(wanted) = of.iter().max_by_key(with_rest) else { continue };
                for (day, excess) in excess.iter_mut().enumerate() {
                    *excess += i64::from(on_day(wanted.load, day));
                }
                led = remembered(problem, unit, wanted.days, led);
            }
            for (day, excess) in excess.iter_mut().enumerate() {
                if now.price[day] == 0 {
                    *excess = (*excess).max(0);
                }
            }
            let length: i64 = excess.iter().map(|excess| excess * excess).sum();
            let step = (now.bound - target).max(0) / length.max(1) / i64::from(1 + step_number / 8);
            if step == 0 {
                break;
            }
            // No minute is ever worth more than the bound.
            let most = best.bound.max(0);
            let price = std::array::from_fn(|day| (now.price[day] + step.saturating_mul(excess[day])).clamp(0, most));
            if worth_of_overflows(&price, &problem.minutes) {
                break;
            }
            now = Self::new(problem, patterns, price);
            if now.bound < best.bound {
                best = now.clone();
            }
        }
        best
    }

    /// What no answer is above that begins with a row after so many units.
    fn above(&self, problem: &Problem, row: &Row, units: usize) -> i64 {
        row.value
            + self.rest[units][usize::from(row.led)]
            + worth_of(&self.price, |day| problem.minutes[day] - on_day(row.load, day))
    }
}

fn after(unit: &Unit, pattern: &Pattern, led: u8, price: &[i64; DAYS]) -> i64 {
    value_after(unit, pattern, led) - worth_of(price, |day| on_day(pattern.load, day))
}

fn worth_of(price: &[i64; DAYS], minutes: impl Fn(usize) -> u32) -> i64 {
    (0..DAYS).map(|day| price[day] * i64::from(minutes(day))).sum()
}

fn worth_of_overflows(price: &[i64; DAYS], minutes: &[u32; DAYS]) -> bool {
    let worth = |day: usize| price[day].checked_mul(i64::from(minutes[day].max(1)));
    (0..DAYS).try_fold(0_i64, |sum, day| sum.checked_add(worth(day)?)).is_none_or(|sum| sum > i64::MAX / 8)
}

/// Minutes of each day that the units from each one on are pinned to: no row may use them up.
fn reserved(problem: &Problem) -> Vec<[u32; DAYS]> {
    let mut reserved = vec![[0; DAYS]; problem.units.len() + 1];
    for (unit, of) in problem.units.iter().enumerate().rev() {
        let pinned = |day: usize| if of.days[day] == Slot::Pinned { of.minutes } else { 0 };
        reserved[unit] = std::array::from_fn(|day| reserved[unit + 1][day] + pinned(day));
    }
    reserved
}

/// Goes through the units once. Gives the best answer of at least `floor` among the rows kept, and the highest bound of
/// those that were not kept for want of room.
fn sweep(
    problem: &Problem,
    patterns: &[Vec<Pattern>],
    prices: &Prices,
    floor: i64,
    most_rows: usize,
) -> Option<(Solution, Option<i64>)> {
    let mut dropped: Option<i64> = None;
    let reserved = reserved(problem);
    let mut tables: Vec<Vec<Row>> = vec![vec![Row { load: 0, value: 0, before: 0, days: 0, led: 0 }]];
    for (unit, of) in patterns.iter().enumerate() {
        let mut next: Vec<(u32, Row)> = Vec::new();
        for (before, row) in (0..).zip(&tables[unit]) {
            for pattern in of {
                let used = |day| on_day(row.load, day) + on_day(pattern.load, day) + reserved[unit + 1][day];
                if (0..DAYS).any(|day| used(day) > problem.minutes[day]) {
                    continue;
                }
                let added = Row {
                    load: row.load + pattern.load,
                    value: row.value + value_after(&problem.units[unit], pattern, row.led),
                    before,
                    days: pattern.days,
                    led: remembered(problem, unit, pattern.days, row.led),
                };
                if prices.above(problem, &added, unit + 1) >= floor {
                    next.push((next.len() as u32, added));
                }
            }
        }
        // Of those that use the same minutes the best stays; among equals the first, which has the earlier days.
        next.sort_by_key(|&(order, row)| (row.load, row.led, std::cmp::Reverse(row.value), order));
        next.dedup_by_key(|(_, row)| (row.load, row.led));
        if next.len() > most_rows {
            next.sort_by_key(|(order, row)| (std::cmp::Reverse(prices.above(problem, row, unit + 1)), *order));
            let best_dropped = prices.above(problem, &next[most_rows].1, unit + 1);
            dropped = Some(dropped.map_or(best_dropped, |before| before.max(best_dropped)));
            next.truncate(most_rows);
        }
        next.sort_by_key(|&(order, _)| order);
        tables.push(next.into_iter().map(|(_, row)| row).collect());
    }
    let last = tables.last()?;
    let minutes = |row: &Row| (0..DAYS).map(|day| on_day(row.load, day)).sum::<u32>();
    let (end, best) =
        last.iter().enumerate().min_by_key(|(order, row)| (std::cmp::Reverse(row.value), minutes(row), *order))?;
    let mut days = vec![0; patterns.len()];
    let mut at = end;
    for unit in (0..patterns.len()).rev() {
        let row = tables[unit + 1][at];
        days[unit] = row.days;
        at = row.before as usize;
    }
    Some((Solution { days, value: best.value, proof: Proof::Best }, dropped))
}
