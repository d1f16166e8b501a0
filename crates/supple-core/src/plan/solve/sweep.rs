use super::price::{Prices, Way};
use super::{Choice, Problem};
use std::ops::Range;

/// One pass through the groups, from the last to the first, over everything that may still become the best choice.
pub(super) struct Sweep<'p> {
    problem: &'p Problem,
    groups: &'p [Vec<Choice>],
    prices: &'p Prices,
    /// Every state of every group; those of one group stand together, in the order of ties.
    states: Vec<State>,
    /// The newest state at each number of ticks.
    newest: Vec<u32>,
}

/// The groups so far decided in one way.
#[derive(Debug, Clone, Copy)]
struct State {
    /// What can be scored at most from here.
    bound: i64,
    /// Stations set up that groups to come could share.
    open: u64,
    /// Ticks used, set-ups included.
    ticks: u32,
    /// The item of the group just decided.
    item: u32,
    /// The state before.
    before: u32,
    /// The next older state with the same ticks.
    older: u32,
}

/// One way to go on.
#[derive(Debug, Clone, Copy)]
struct Step {
    item: u32,
    /// Its station as a set, empty for none.
    station: u64,
    ticks: u32,
    setup: u32,
    /// What it loses if the station is open already.
    loss: i64,
    /// What it loses if it has to open the station.
    loss_opening: i64,
}

const NONE: u32 = u32::MAX;
/// The bound of a state that a better one replaced: below every floor, whatever it is charged.
const BEATEN: i64 = i64::MIN / 2;

/// Of each station, what the groups to come may pay for it and how many they are.
struct ToCome {
    shares: Vec<i64>,
    users: Vec<u32>,
}

impl ToCome {
    fn new(problem: &Problem, prices: &Prices) -> Self {
        let mut all = Self { shares: vec![0; problem.setup.len()], users: vec![0; problem.setup.len()] };
        for way in &prices.ways {
            all.shares[way.station] += way.share;
            all.users[way.station] += 1;
        }
        all
    }

    /// Passes a group, and gives the stations that none after it can use.
    fn pass(&mut self, ways: &[Way]) -> u64 {
        let mut closing = 0;
        for way in ways {
            self.shares[way.station] -= way.share;
            self.users[way.station] -= 1;
            closing |= u64::from(self.users[way.station] == 0) << way.station;
        }
        closing
    }
}

impl<'p> Sweep<'p> {
    pub(super) fn new(problem: &'p Problem, groups: &'p [Vec<Choice>], prices: &'p Prices) -> Self {
        Self { problem, groups, prices, states: Vec::new(), newest: vec![NONE; problem.budget as usize + 1] }
    }

    /// The best choice that scores at least `floor`, if there is one.
    pub(super) fn best_from(&mut self, floor: i64) -> Option<Vec<Option<usize>>> {
        let mut to_come = ToCome::new(self.problem, self.prices);
        let bound = self.prices.bound;
        self.states.clear();
        self.states.push(State { bound, open: 0, ticks: 0, item: NONE, before: NONE, older: NONE });
        let mut before = 0..1;
        for group in (0..self.groups.len()).rev() {
            let steps = self.steps(group, &to_come, bound - floor);
            let closing = to_come.pass(self.ways(group));
            self.charge_unused(group, before.clone());
            before = self.take(before, &steps, closing, floor);
        }
        self.best(before, floor)
    }

    fn ways(&self, group: usize) -> &'p [Way] {
        &self.prices.ways[self.prices.ways_of[group].clone()]
    }

    /// Every way to decide a group that loses no more than allowed, in the order of ties.
    fn steps(&self, group: usize, to_come: &ToCome, most_loss: i64) -> Vec<Step> {
        let mut steps = Vec::new();
        for way in self.ways(group) {
            let setup = self.problem.setup[way.station];
            // What nobody is left to share falls to the one who opens the station.
            let opening = self.prices.tick * i64::from(setup) - to_come.shares[way.station];
            for choice in self.prices.choices(way, &self.groups[group]) {
                let loss = self.prices.loss(group, way, choice);
                if loss <= most_loss {
                    steps.push(Step {
                        item: choice.item,
                        station: 1 << way.station,
                        ticks: choice.ticks,
                        setup,
                        loss: loss - way.share, // given back: `charge_unused` took it from every open station
                        loss_opening: loss + opening,
                    });
                }
            }
        }
        steps.sort_unstable_by_key(|step| step.item);
        let nothing = self.prices.kept[group];
        if nothing <= most_loss {
            steps.push(Step { item: NONE, station: 0, ticks: 0, setup: 0, loss: nothing, loss_opening: nothing });
        }
        steps
    }

    /// A station that stands open and is not used by this group loses the share the group would have paid.
    fn charge_unused(&mut self, group: usize, before: Range<usize>) {
        let ways = self.ways(group);
        let shared = ways.iter().filter(|way| way.share > 0).fold(0_u64, |set, way| set | 1 << way.station);
        for state in self.states[before].iter_mut().filter(|state| state.open & shared != 0) {
            let unused = ways.iter().filter(|way| state.open & (1 << way.station) != 0);
            state.bound -= unused.map(|way| way.share).sum::<i64>();
        }
    }

    /// Takes every step from every state, and keeps the best for each number of ticks and set of open stations.
    fn take(&mut self, before: Range<usize>, steps: &[Step], closing: u64, floor: i64) -> Range<usize> {
        let first = self.states.len();
        self.newest.fill(NONE);
        for step in steps {
            for from in before.clone() {
                let state = self.states[from];
                let is_open = step.station & !state.open == 0;
                let (loss, setup) = if is_open { (step.loss, 0) } else { (step.loss_opening, step.setup) };
                let bound = state.bound - loss;
                let ticks = state.ticks + step.ticks + setup;
                if bound >= floor && ticks <= self.problem.budget {
                    let open = (state.open | step.station) & !closing;
                    #[allow(clippy::cast_possible_truncation)] // far fewer than 2^32 states
                    self.keep(State { bound, open, ticks, item: step.item, before: from as u32, older: NONE });
                }
            }
        }
        first..self.states.len()
    }

    /// Keeps a state unless one with the same ticks and stations is as good; that one came earlier, so it wins ties.
    fn keep(&mut self, state: State) {
        let newest = self.newest[state.ticks as usize];
        let mut other = newest;
        while other != NONE {
            let same = &mut self.states[other as usize];
            if same.open == state.open {
                if same.bound >= state.bound {
                    return;
                }
                same.bound = BEATEN;
                break;
            }
            other = same.older;
        }
        #[allow(clippy::cast_possible_truncation)] // far fewer than 2^32 states
        let index = self.states.len() as u32;
        self.newest[state.ticks as usize] = index;
        self.states.push(State { older: newest, ..state });
    }

    /// The best of the last states, traced back.
    fn best(&self, last: Range<usize>, floor: i64) -> Option<Vec<Option<usize>>> {
        let mut best: Option<(i64, usize)> = None;
        for index in last {
            let state = self.states[index];
            let unused = i64::from(self.problem.budget - state.ticks);
            let score = state.bound - (self.prices.tick - 1) * unused;
            if score >= floor && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, index));
            }
        }
        let (_, mut index) = best?;
        let mut chosen = Vec::with_capacity(self.groups.len());
        for _ in self.groups {
            let state = self.states[index];
            chosen.push((state.item != NONE).then_some(state.item as usize));
            index = state.before as usize;
        }
        Some(chosen)
    }
}
