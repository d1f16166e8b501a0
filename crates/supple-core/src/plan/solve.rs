//! The exact optimum: a multiple-choice knapsack with set-ups.
//!
//! Each group (a region) gives at most one item (a technique with an amount); an item needs its station (a tool in
//! a position), which costs its set-up once. Branch and bound over which stations are open: a node pays for the
//! stations decided open, forbids those decided closed, and lets the undecided ones in for a fair share of their
//! set-up. What is left is a multiple-choice knapsack, solved exactly over ticks of 5 s; its value bounds the node
//! from above, and its choice, with every set-up paid, is a plan.
//!
//! Values are whole numbers, so equality and ties are exact.

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

/// Finds the best choice, exactly.
///
/// Among equal values the one with fewer ticks wins, then the one whose items stand earlier.
///
/// # Panics
/// If there are more than 64 stations, or the budget is over 4,095 ticks.
#[must_use]
pub fn solve(problem: &Problem) -> Solution {
    assert!(problem.setup.len() <= 64, "at most 64 stations");
    assert!(i64::from(problem.budget) < PER_VALUE, "at most 4,095 ticks");
    let mut search = Search::new(problem);
    search.node(0, 0);
    let ticks = search.ticks_of(&search.best);
    let value = search.best.iter().zip(&problem.groups).filter_map(|(item, group)| Some(group[(*item)?].value)).sum();
    Solution { chosen: search.best, value, ticks }
}

/// A choice within a group that no other of the same station beats.
#[derive(Debug, Clone, Copy)]
struct Choice {
    station: u32,
    ticks: u32,
    score: i64,
    item: u32,
}

struct Search<'p> {
    problem: &'p Problem,
    options: Vec<Vec<Choice>>,
    /// How many groups have an option of each station: a set-up is shared by at most so many.
    groups_of: Vec<u32>,
    best: Vec<Option<usize>>,
    best_score: i64,
    rows: Vec<i64>,
    next: Vec<i64>,
    picks: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl<'p> Search<'p> {
    fn new(problem: &'p Problem) -> Self {
        let options: Vec<Vec<Choice>> = problem.groups.iter().map(|group| undominated(group)).collect();
        let groups_of = (0..problem.setup.len())
            .map(|station| {
                let uses = |group: &&Vec<Choice>| group.iter().any(|option| option.station as usize == station);
                u32::try_from(options.iter().filter(uses).count()).unwrap_or(u32::MAX)
            })
            .collect();
        let width = problem.budget as usize + 1;
        Self {
            problem,
            groups_of,
            best: vec![None; problem.groups.len()],
            best_score: 0,
            rows: vec![0; width],
            next: vec![0; width],
            picks: vec![NONE; width * problem.groups.len()],
            options,
        }
    }

    /// One node: stations in `open` are paid for, those in `closed` are forbidden.
    fn node(&mut self, open: u64, closed: u64) {
        let paid: u32 = stations(open).map(|station| self.problem.setup[station]).sum();
        if paid > self.problem.budget {
            return;
        }
        let bound = self.relaxed(open, closed, paid);
        if bound <= self.best_score {
            return;
        }
        let chosen = self.trace(open, paid);
        self.offer(&chosen);
        if bound <= self.best_score {
            return; // the relaxed choice pays for itself in full
        }
        // The most valuable station that was let in without being paid for in full.
        let mut worth = [0_i64; 64];
        for (group, pick) in chosen.iter().enumerate() {
            if let Some(pick) = pick {
                let item = self.problem.groups[group][*pick];
                if self.share(open, item.station) < self.unpaid(open, item.station) {
                    worth[item.station] += item.value;
                }
            }
        }
        let Some(station) = (0..self.problem.setup.len()).filter(|&s| worth[s] > 0).max_by_key(|&s| (worth[s], !s))
        else {
            return; // every set-up was paid: the bound is reached, nothing better below
        };
        self.node(open | 1 << station, closed);
        self.node(open, closed | 1 << station);
    }

    /// The multiple-choice knapsack of a node; leaves its table in `rows` and `picks`.
    fn relaxed(&mut self, open: u64, closed: u64, paid: u32) -> i64 {
        let room = (self.problem.budget - paid) as usize;
        let width = self.problem.budget as usize + 1;
        let shares: Vec<u32> = (0..self.problem.setup.len()).map(|station| self.share(open, station)).collect();
        self.rows[..=room].fill(-i64::from(paid));
        for (group, options) in self.options.iter().enumerate() {
            let next = &mut self.next[..=room];
            next.copy_from_slice(&self.rows[..=room]);
            let picks = &mut self.picks[group * width..group * width + room + 1];
            picks.fill(NONE);
            for (index, option) in options.iter().enumerate() {
                if closed & (1 << option.station) != 0 {
                    continue;
                }
                let share = shares[option.station as usize];
                let ticks = (option.ticks + share) as usize;
                if ticks > room {
                    continue;
                }
                let score = option.score - i64::from(share);
                #[allow(clippy::cast_possible_truncation)] // a group has few options
                let index = index as u32;
                for ((to, from), pick) in next[ticks..].iter_mut().zip(&self.rows[..]).zip(&mut picks[ticks..]) {
                    let with = from + score;
                    if with > *to {
                        *to = with;
                        *pick = index;
                    }
                }
            }
            std::mem::swap(&mut self.rows, &mut self.next);
        }
        self.rows[room]
    }

    /// The part of a set-up that every use is sure to carry.
    fn share(&self, open: u64, station: usize) -> u32 {
        self.unpaid(open, station) / self.groups_of[station].max(1)
    }

    /// What is still to be paid to enter a station.
    fn unpaid(&self, open: u64, station: usize) -> u32 {
        if open & (1 << station) != 0 { 0 } else { self.problem.setup[station] }
    }

    /// The choice behind the table.
    fn trace(&self, open: u64, paid: u32) -> Vec<Option<usize>> {
        let width = self.problem.budget as usize + 1;
        let mut room = (self.problem.budget - paid) as usize;
        let mut chosen = vec![None; self.options.len()];
        for group in (0..self.options.len()).rev() {
            let pick = self.picks[group * width + room];
            if pick != NONE {
                let option = self.options[group][pick as usize];
                chosen[group] = Some(option.item as usize);
                room -= (option.ticks + self.share(open, option.station as usize)) as usize;
            }
        }
        chosen
    }

    /// Takes a choice as the best so far, if it fits with every set-up paid and is better.
    fn offer(&mut self, chosen: &[Option<usize>]) {
        let ticks = self.ticks_of(chosen);
        if ticks > self.problem.budget {
            return;
        }
        let value: i64 =
            chosen.iter().zip(&self.problem.groups).filter_map(|(item, group)| Some(group[(*item)?].value)).sum();
        let score = value * PER_VALUE - i64::from(ticks);
        if score > self.best_score {
            self.best_score = score;
            self.best = chosen.to_vec();
        }
    }

    fn ticks_of(&self, chosen: &[Option<usize>]) -> u32 {
        let mut used = 0_u64;
        let mut ticks = 0;
        for (item, group) in chosen.iter().zip(&self.problem.groups) {
            if let Some(item) = item {
                ticks += group[*item].ticks;
                used |= 1 << group[*item].station;
            }
        }
        ticks + stations(used).map(|station| self.problem.setup[station]).sum::<u32>()
    }
}

/// The members of a set of stations.
fn stations(set: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |station| set & (1 << station) != 0)
}

/// Items worth considering: for each station, those that no other beats in value at the same ticks or fewer.
fn undominated(group: &[Item]) -> Vec<Choice> {
    let mut kept: Vec<Choice> = Vec::new();
    let mut order: Vec<(usize, &Item)> = group.iter().enumerate().filter(|(_, item)| item.value > 0).collect();
    order.sort_by_key(|(index, item)| (item.station, item.ticks, std::cmp::Reverse(item.value), *index));
    for (index, item) in order {
        let score = item.value * PER_VALUE - i64::from(item.ticks);
        let beaten = kept.iter().any(|other| other.station as usize == item.station && other.score >= score);
        if !beaten {
            #[allow(clippy::cast_possible_truncation)] // stations are at most 64, items are few
            kept.push(Choice { station: item.station as u32, ticks: item.ticks, score, item: index as u32 });
        }
    }
    kept
}
