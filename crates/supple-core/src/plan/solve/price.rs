use super::{Choice, PER_VALUE, Problem};
use std::ops::Range;

/// What a tick and each station cost, so that every group can be looked at alone.
///
/// With a price per tick and with each set-up's price split into shares among the groups that could use the station,
/// what a group keeps from its best item, summed over groups, is at least as much as any choice scores (weak duality:
/// a set-up is paid once by all who use it, and its shares never add up to more than it costs). The price of a tick is
/// found by bisection; the shares by dual ascent, group by group, as in Erlenkotter's method for facility location
/// (1978, doi:10.1287/opre.26.6.992).
#[derive(Debug, Clone)]
pub(super) struct Prices {
    /// Price of a tick; at least 1, which is what a tick weighs in the score itself.
    pub(super) tick: i64,
    /// What each group keeps from its best item.
    pub(super) kept: Vec<i64>,
    /// The ways to each group.
    pub(super) ways: Vec<Way>,
    /// Where each group's ways are.
    pub(super) ways_of: Vec<Range<usize>>,
    /// No choice scores more.
    pub(super) bound: i64,
    /// What is left of each set-up's price after the shares.
    left: Vec<i64>,
}

/// All items of a group at one station.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) station: usize,
    /// What this group pays of the station's set-up.
    pub(super) share: i64,
    choices: Range<usize>,
    /// What the best item brings in before the share, and its ticks.
    gain: i64,
    ticks: u32,
}

impl Prices {
    pub(super) fn new(problem: &Problem, groups: &[Vec<Choice>]) -> Self {
        let mut ways = Vec::new();
        let mut ways_of = Vec::with_capacity(groups.len());
        for group in groups {
            let first = ways.len();
            let mut start = 0;
            for same in group.chunk_by(|a, b| a.station == b.station) {
                let choices = start..start + same.len();
                start = choices.end;
                ways.push(Way { station: same[0].station as usize, share: 0, choices, gain: 0, ticks: 0 });
            }
            ways_of.push(first..ways.len());
        }
        let mut prices = Self {
            tick: 1,
            kept: vec![0; groups.len()],
            ways,
            ways_of,
            bound: 0,
            left: vec![0; problem.setup.len()],
        };
        prices.find(problem, groups);
        prices
    }

    /// Bisects the price of a tick until what the groups want just fits.
    fn find(&mut self, problem: &Problem, groups: &[Vec<Choice>]) {
        if self.wanted_at(1, problem, groups) <= problem.budget {
            return;
        }
        let mut low = 1;
        let dearest = |choice: &Choice| choice.value / i64::from(choice.ticks.max(1));
        let mut high = groups.iter().flatten().map(dearest).max().unwrap_or(1) + 1;
        let mut best = (self.bound, 1);
        while high - low > 1 + high / 1024 {
            let price = low + (high - low) / 2;
            if self.wanted_at(price, problem, groups) > problem.budget {
                low = price;
            } else {
                high = price;
            }
            best = best.min((self.bound, price));
        }
        if self.tick != best.1 {
            self.wanted_at(best.1, problem, groups);
        }
    }

    /// Sets the price of a tick, splits the set-ups, and says how many ticks the groups want at these prices.
    fn wanted_at(&mut self, tick: i64, problem: &Problem, groups: &[Vec<Choice>]) -> u32 {
        self.tick = tick;
        for (left, setup) in self.left.iter_mut().zip(&problem.setup) {
            // No item needs a station whose set-up is longer than the session.
            *left = tick * i64::from(*setup.min(&problem.budget));
        }
        for (group, range) in groups.iter().zip(&self.ways_of) {
            for way in &mut self.ways[range.clone()] {
                let gain = |choice: &Choice| (choice.value - tick * i64::from(choice.ticks), choice.ticks);
                let best = group[way.choices.clone()].iter().map(gain).max();
                (way.gain, way.ticks) = best.unwrap_or((0, 0));
                way.share = 0;
            }
        }
        for (kept, range) in self.kept.iter_mut().zip(&self.ways_of) {
            *kept = self.ways[range.clone()].iter().map(|way| way.gain).max().unwrap_or(0).max(0);
        }
        while self.split_further() {}
        self.bound = self.kept.iter().sum::<i64>() + (tick - 1) * i64::from(problem.budget);
        self.wanted(problem)
    }

    /// Lets each group pay a little more for the set-ups it needs; whether any did.
    fn split_further(&mut self) -> bool {
        let mut any = false;
        for (kept, range) in self.kept.iter_mut().zip(&self.ways_of) {
            if *kept == 0 {
                continue;
            }
            let ways = &mut self.ways[range.clone()];
            // The ways the group would take now all rise together, down to the next best way.
            let next = ways.iter().map(|way| way.gain).filter(|gain| gain < kept).max().unwrap_or(0).max(0);
            let taken = |way: &&mut Way| way.gain >= *kept;
            let affordable = ways.iter_mut().filter(taken).map(|way| self.left[way.station]).min().unwrap_or(0);
            let more = affordable.min(*kept - next);
            if more > 0 {
                for way in ways.iter_mut().filter(taken) {
                    way.share += more;
                    self.left[way.station] -= more;
                }
                *kept -= more;
                any = true;
            }
        }
        any
    }

    fn wanted(&self, problem: &Problem) -> u32 {
        let mut open = 0_u64;
        let mut ticks = 0;
        for (kept, range) in self.kept.iter().zip(&self.ways_of) {
            let ways = &self.ways[range.clone()];
            let best = ways.iter().filter(|way| *kept > 0 && way.gain - way.share >= *kept);
            if let Some(way) = best.min_by_key(|way| self.left[way.station]) {
                ticks += way.ticks;
                open |= 1 << way.station;
            }
        }
        ticks + super::stations(open).map(|station| problem.setup[station]).sum::<u32>()
    }

    /// What a group's item loses against the bound, its station's set-up aside.
    pub(super) fn loss(&self, group: usize, way: &Way, choice: &Choice) -> i64 {
        self.kept[group] - (choice.value - self.tick * i64::from(choice.ticks) - way.share)
    }

    /// The choices of a way.
    pub(super) fn choices<'c>(&self, way: &Way, group: &'c [Choice]) -> &'c [Choice] {
        &group[way.choices.clone()]
    }

    /// How much loss to allow at first: one tick's worth.
    pub(super) fn first_loss(&self) -> i64 {
        self.tick.max(PER_VALUE)
    }
}
