//! The exact optimum: a multiple-choice knapsack with set-ups.
//!
//! Each group (a region) gives at most one item (a technique with an amount); an item needs its station (a tool in
//! a position), which costs its set-up once.
//!
//! 1. `Prices` put a price on a tick and split every set-up among the groups that could share it. What each group
//!    keeps at these prices bounds every choice from above, and it does so exactly: a choice's score is the bound
//!    minus its losses, and each single decision has a loss of its own, never below zero.
//! 2. A `Sweep` goes through the groups once and keeps every way to decide them that has not yet lost more than is
//!    allowed, one for each number of ticks and set of open stations. If it finds a choice, no better one was
//!    dropped and the choice is the best there is; if not, more loss is allowed and it sweeps again.
//!
//! It is quick because a dose is worth less and less for every further second, so that few decisions cost next to
//! nothing. Were value simply proportional to time, hardly anything could be dropped: the answer would be as exact,
//! but could take minutes.
//!
//! Values are whole numbers, so equality and ties are exact.

mod price;
mod sweep;

use price::Prices;
use sweep::Sweep;

/// Seconds in a tick: every cost is a multiple.
pub const TICK_SECONDS: u32 = 5;

/// One way to treat a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The station it needs.
    pub station: usize,
    /// Its own ticks, without the station's set-up.
    pub ticks: u32,
    /// Its value, in millionths.
    pub value: i64,
}

/// What to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Ticks at hand.
    pub budget: u32,
    /// Set-up of each station, in ticks. At most 64 stations.
    pub setup: Vec<u32>,
    /// The groups; at most one item of each is chosen.
    pub groups: Vec<Vec<Item>>,
}

/// The best choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The item chosen in each group, if any.
    pub chosen: Vec<Option<usize>>,
    /// Its value, in millionths.
    pub value: i64,
    /// Ticks used, set-ups included.
    pub ticks: u32,
}

/// Ticks weigh in below one unit of value, so that among equal values the shorter session wins.
const PER_VALUE: i64 = 4096;

/// The most that all values may add up to, so that prices and bounds stay within 64 bits.
const MOST_VALUE: i64 = 100_000_000_000;

/// Finds the best choice, exactly.
///
/// Ties break in this order: the larger value; the fewer ticks; then group by group from the first, the item that
/// stands earlier, and any item before none. Items worth nothing are never chosen.
///
/// # Panics
/// If there are more than 64 stations, the budget is over 4,095 ticks, or the best values of all groups add up to more than
/// 10^11.
#[must_use]
pub fn solve(problem: &Problem) -> Solution {
    assert!(problem.setup.len() <= 64, "at most 64 stations");
    assert!(i64::from(problem.budget) < PER_VALUE, "at most 4,095 ticks");
    let best_value = |group: &Vec<Item>| group.iter().map(|item| item.value).max().unwrap_or(0).max(0);
    let most = problem.groups.iter().map(best_value).fold(0, i64::saturating_add);
    assert!(most <= MOST_VALUE, "values add up to 10^11 at most");
    let groups: Vec<Vec<Choice>> = problem.groups.iter().map(|group| worthwhile(problem, group)).collect();
    let prices = Prices::new(problem, &groups);
    let mut sweep = Sweep::new(problem, &groups, &prices);
    let mut loss = prices.first_loss();
    let chosen = loop {
        // Choosing nothing scores zero: a floor of zero always finds something.
        let floor = (prices.bound - loss).max(0);
        if let Some(chosen) = sweep.best_from(floor) {
            break chosen;
        }
        // What a sweep costs grows steeply with the loss allowed, so small steps are cheaper than one too large.
        loss = loss.saturating_add(loss / 2);
    };
    let items = || chosen.iter().zip(&problem.groups).filter_map(|(item, group)| Some(group[(*item)?]));
    let open = items().fold(0, |open, item| open | 1_u64 << item.station);
    let setups: u32 = stations(open).map(|station| problem.setup[station]).sum();
    Solution {
        value: items().map(|item| item.value).sum(),
        ticks: setups + items().map(|item| item.ticks).sum::<u32>(),
        chosen,
    }
}

/// An item worth considering.
#[derive(Debug, Clone, Copy)]
struct Choice {
    /// Where it stands in its group.
    item: u32,
    station: u32,
    ticks: u32,
    /// Its value, in units that leave room for ticks below one.
    value: i64,
}

/// The items that fit and that no other of the same station beats: more value in no more ticks, or the same and
/// standing earlier. Sorted by station.
fn worthwhile(problem: &Problem, group: &[Item]) -> Vec<Choice> {
    let fits =
        |item: &Item| item.value > 0 && item.ticks.saturating_add(problem.setup[item.station]) <= problem.budget;
    let mut order: Vec<Choice> = (0..)
        .zip(group)
        .filter(|(_, item)| fits(item))
        .map(|(index, item)| Choice {
            item: index,
            #[allow(clippy::cast_possible_truncation)] // at most 64
            station: item.station as u32,
            ticks: item.ticks,
            value: item.value * PER_VALUE,
        })
        .collect();
    order.sort_unstable_by_key(|choice| (choice.station, choice.ticks, -choice.value, choice.item));
    let mut last: Option<Choice> = None;
    order.retain(|choice| {
        let beaten = last.is_some_and(|last| last.station == choice.station && last.value >= choice.value);
        if !beaten {
            last = Some(*choice);
        }
        !beaten
    });
    order
}

/// The members of a set of stations.
fn stations(set: u64) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let station = (rest != 0).then(|| rest.trailing_zeros() as usize);
        rest &= rest.wrapping_sub(1);
        station
    })
}
