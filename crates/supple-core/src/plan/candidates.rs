use super::solve::{Item, Problem, TICK_SECONDS};
use crate::assess::Assessment;
use crate::body::{Half, RegionId, Side, Site, SiteSet};
use crate::dose::Dose;
use crate::gate::{Allowance, Clearance};
use crate::knowledge::{Goal, GoalPlan, Knowledge, Level, MotionKind, Place, Sides, Technique, ToolId};
use crate::math;
use crate::sorted::SortedMap;
use crate::timetable::station_of;
use crate::unit::{Felt, Seconds};

/// Everything that could be in the plan, as an optimisation problem and as ways to roll.
pub(super) struct Candidates<'k> {
    /// The problem: one group per region.
    pub(super) problem: Problem,
    /// The way behind each item, group by group.
    pub(super) ways: Vec<Vec<Way<'k>>>,
    /// Need on each wanted site, in thousandths.
    pub(super) need: SortedMap<Site, u32>,
    /// Regions where something is allowed, but too little to be worth setting up.
    pub(super) too_tight: Vec<Site>,
}

impl Candidates<'_> {
    /// The value of one dose by itself, in millionths: that of the way it is part of, or 0 if it is of none. A way that
    /// takes both sides in turn is shared between its doses.
    pub(super) fn value_of(&self, dose: &Dose) -> i64 {
        let ways = self.problem.groups.iter().zip(&self.ways).flat_map(|(items, ways)| items.iter().zip(ways));
        let mut values =
            ways.filter(|(_, way)| way.gives(dose)).map(|(item, way)| item.value / way.sides.len() as i64);
        values.next().unwrap_or(0)
    }
}

/// One technique for so long, on one side, on both at once, or on left and right in turn. There are hundreds for each
/// plan, and few become doses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'k> {
    pub(super) id: &'k str,
    pub(super) technique: &'k Technique,
    /// Each has a dose of its own.
    pub(super) sides: &'static [Side],
    /// What is allowed there.
    pub(super) most: Allowance,
    pub(super) sets: u8,
    pub(super) seconds_per_set: u32,
    knowledge: &'k Knowledge,
    goal: Option<&'k GoalPlan>,
}

impl<'k> Way<'k> {
    pub(super) fn new(
        knowledge: &'k Knowledge,
        goal: Goal,
        (id, technique): (&'k str, &'k Technique),
        sides: &'static [Side],
        most: Allowance,
    ) -> Self {
        let goal = knowledge.planning.goals.get(&goal);
        Self { id, technique, sides, most, sets: 1, seconds_per_set: 0, knowledge, goal }
    }

    /// The same, so often and so long.
    pub(super) const fn of(self, sets: u8, seconds_per_set: u32) -> Self {
        Self { sets, seconds_per_set, ..self }
    }

    /// The places its seconds count on.
    pub(super) fn sites(&self) -> SiteSet {
        self.sides.iter().flat_map(|&side| Site::of(self.technique.region, side)).collect()
    }

    /// Seconds of pressure on each of its sides.
    pub(super) const fn pressure(&self) -> Seconds {
        Seconds::new((self.sets as u32).saturating_mul(self.seconds_per_set))
    }

    /// Seconds between sets.
    const fn rest_seconds(&self) -> u32 {
        if self.sets > 1 { self.knowledge.planning.time.rest_seconds } else { 0 }
    }

    /// Seconds from the first second of pressure on one side to the last.
    const fn span(&self) -> u32 {
        self.pressure().get() + (self.sets.saturating_sub(1) as u32) * self.rest_seconds()
    }

    /// Its doses in order.
    pub(super) fn doses(&self) -> impl Iterator<Item = Dose> {
        self.sides.iter().map(|&side| self.dose(side))
    }

    /// Its dose on a side: its amount as given, its pace by the goal, how strong it feels by what is allowed.
    pub(super) fn dose(&self, side: Side) -> Dose {
        let Self { technique, most, .. } = self;
        let moving = technique.motion.kind == MotionKind::Strokes;
        let goal_pace = self.goal.map(|goal| goal.doses.seconds_per_pass);
        // A stick's own quick cadence stays; otherwise the goal sets the pace.
        let pace = technique.motion.seconds_per_pass.map(|own| if own < 2 { own } else { goal_pace.unwrap_or(own) });
        let ceiling = self.knowledge.limits.ceilings.hold_seconds;
        let spots = u32::from(technique.motion.spots.max(1));
        Dose {
            technique: self.id.to_owned(),
            region: technique.region,
            side,
            tool: technique.tool,
            sets: self.sets,
            seconds_per_set: self.seconds_per_set,
            rest_seconds: self.rest_seconds(),
            felt_target: most.felt_target,
            felt_cap: most.felt_cap,
            seconds_per_pass: if moving { pace } else { None },
            spots: technique.motion.spots,
            hold_seconds: (!moving).then(|| (self.seconds_per_set / spots).min(ceiling)),
        }
    }

    fn gives(&self, dose: &Dose) -> bool {
        self.id == dose.technique && self.sides.contains(&dose.side) && self.dose(dose.side) == *dose
    }
}

/// Gathers candidates for today's places.
pub(super) fn gather<'k>(
    knowledge: &'k Knowledge,
    clearance: &'k Clearance,
    assessment: &'k Assessment,
) -> Candidates<'k> {
    let mut gathering = Gathering::new(knowledge, clearance, assessment);
    // Among ways that are worth the same, the simplest to do stands first: strokes, then holds, then pin and move.
    let mut techniques: Vec<_> = knowledge.techniques.iter().collect();
    techniques.sort_by_key(|(id, technique)| (technique.motion.kind, *id));
    for (id, technique) in techniques {
        gathering.technique(id, technique);
    }
    gathering.finish()
}

/// Today's places, closed or not.
fn asked(knowledge: &Knowledge, assessment: &Assessment) -> SiteSet {
    let usual = knowledge.planning.goals.get(&assessment.goal).map_or(&[][..], |goal| &goal.usual_regions);
    assessment.places_today(usual)
}

/// Today's places that are neither to be left out nor closed, with the need on each.
fn needs(knowledge: &Knowledge, clearance: &Clearance, assessment: &Assessment) -> SortedMap<Site, u32> {
    let weights = &knowledge.planning.need;
    let Some(goal) = knowledge.planning.goals.get(&assessment.goal) else { return SortedMap::new() };
    let open =
        asked(knowledge, assessment).iter().filter(|&site| !clearance.avoided(site) && !clearance.at(site).blocked);
    open.map(|site| {
        let wanted = if assessment.wants.contains(site) { weights.want } else { 0 };
        let tight = if assessment.tight.contains(site) { weights.tight } else { 0 };
        let sore = assessment.soreness[site].map_or(0, |felt| u32::from(felt.get()) * goal.need_per_soreness_point);
        let marked = wanted + tight + sore;
        let need = if marked == 0 { weights.usual } else { marked };
        let ahead = assessment.sore_tomorrow.get(&site).filter(|_| assessment.soreness[site].is_none());
        (site, ahead.map_or(need, |&felt| with_sore_tomorrow(need, felt, knowledge, goal)))
    })
    .collect()
}

/// The need on a site that says nothing today and will likely be sore tomorrow: more, as if it were sore already; but
/// less where it will be so sore that it had better be left alone. It only weighs what is allowed anyway.
fn with_sore_tomorrow(need: u32, felt: Felt, knowledge: &Knowledge, goal: &GoalPlan) -> u32 {
    if felt.get() >= knowledge.limits.ceilings.leave_alone_soreness {
        need / 2
    } else {
        need + u32::from(felt.get()) * goal.need_per_soreness_point
    }
}

struct Gathering<'a> {
    knowledge: &'a Knowledge,
    clearance: &'a Clearance,
    goal: Goal,
    values: Values,
    need: SortedMap<Site, u32>,
    effect_shares: &'a SortedMap<Site, u32>,
    asked: SiteSet,
    groups: SortedMap<RegionId, (Vec<Item>, Vec<Way<'a>>)>,
    stations: Vec<(ToolId, &'a str)>,
    usable: SiteSet,
    allowed: SiteSet,
    budget: u32,
}

impl<'a> Gathering<'a> {
    fn new(knowledge: &'a Knowledge, clearance: &'a Clearance, assessment: &'a Assessment) -> Self {
        let minutes = assessment.minutes.get().min(knowledge.limits.ceilings.session_minutes);
        Self {
            knowledge,
            clearance,
            goal: assessment.goal,
            values: Values::new(knowledge, assessment),
            need: needs(knowledge, clearance, assessment),
            effect_shares: &assessment.effect_shares,
            asked: asked(knowledge, assessment),
            groups: SortedMap::new(),
            stations: Vec::new(),
            usable: SiteSet::EMPTY,
            allowed: SiteSet::EMPTY,
            budget: u32::from(minutes) * 60,
        }
    }

    fn technique(&mut self, id: &'a str, technique: &'a Technique) {
        let needed: Vec<Half> = Half::ALL
            .into_iter()
            .filter(|&half| self.need.contains_key(&Site::new(technique.region, half)))
            .collect();
        if needed.is_empty() {
            return;
        }
        match technique.sides {
            Sides::OneAtATime => self.one_at_a_time(id, technique, &needed),
            Sides::Together => self.at_once(id, technique, &[Side::Both]),
            Sides::Midline => self.at_once(id, technique, &[Side::Midline]),
        }
    }

    /// Left and right in turn with the same dose, or one side alone. One side where both were asked for counts
    /// less, even where the other is closed: otherwise closing a side could make a plan worth more.
    fn one_at_a_time(&mut self, id: &'a str, technique: &'a Technique, needed: &[Half]) {
        let allowances: Vec<(Half, Allowance)> = needed
            .iter()
            .filter_map(|&half| Some((half, self.clearance.allowance(self.knowledge, technique, half.side()).ok()?)))
            .collect();
        if let [(_, left), (_, right)] = allowances[..] {
            let both = Allowance {
                felt_target: left.felt_target.min(right.felt_target),
                felt_cap: left.felt_cap.min(right.felt_cap),
                seconds: left.seconds.min(right.seconds),
                seconds_per_set: left.seconds_per_set.min(right.seconds_per_set),
                sets: left.sets.min(right.sets),
                active_movement: left.active_movement && right.active_movement,
            };
            self.ways(id, technique, &[Side::Left, Side::Right], both, 1000);
        }
        let both_asked = Half::ALL.into_iter().all(|half| self.asked.contains(Site::new(technique.region, half)));
        let alone = if both_asked { self.knowledge.planning.need.one_side_share } else { 1000 };
        for (half, allowance) in allowances {
            let side: &[Side] = match half {
                Half::Left => &[Side::Left],
                Half::Right => &[Side::Right],
            };
            self.ways(id, technique, side, allowance, alone);
        }
    }

    fn at_once(&mut self, id: &'a str, technique: &'a Technique, side: &'static [Side; 1]) {
        if let Ok(allowance) = self.clearance.allowance(self.knowledge, technique, side[0]) {
            self.ways(id, technique, side, allowance, 1000);
        }
    }

    fn ways(&mut self, id: &'a str, technique: &'a Technique, sides: &'static [Side], most: Allowance, share: u32) {
        let way = Way::new(self.knowledge, self.goal, (id, technique), sides, most);
        let sites = way.sites();
        self.allowed = self.allowed.union(sites);
        let amounts = amounts(self.knowledge, way.goal, &most);
        if amounts.is_empty() {
            return;
        }
        self.usable = self.usable.union(sites);
        let need: u32 = sites.iter().map(|site| self.worth_of_need(site)).sum();
        let costs = &self.knowledge.planning.time;
        let station = self.station(technique);
        let shares = [share, self.level_share(technique), self.place_share(technique)];
        let (items, ways) = self.groups.get_or_default(technique.region);
        for (sets, seconds_per_set) in amounts {
            let way = way.of(sets, seconds_per_set);
            let pressure = sides.len() as u32 * (costs.lead_in_seconds + way.span());
            let switches = costs.side_switch_seconds * (sides.len() as u32 - 1);
            let seconds = costs.placing_seconds + pressure + switches;
            let value = self.values.of(need, way.pressure().get(), shares);
            items.push(Item { station, ticks: seconds / TICK_SECONDS, value });
            ways.push(way);
        }
    }

    /// The need on a site, more or less where the person's own tests show more or less of the effect.
    fn worth_of_need(&self, site: Site) -> u32 {
        let need = self.need.get(&site).copied().unwrap_or(0);
        self.effect_shares.get(&site).map_or(need, |share| need * share / 1000)
    }

    fn station(&mut self, technique: &'a Technique) -> usize {
        let key = station_of(technique);
        self.stations.iter().position(|known| *known == key).unwrap_or_else(|| {
            self.stations.push(key);
            self.stations.len() - 1
        })
    }

    fn level_share(&self, technique: &Technique) -> u32 {
        if technique.level == Level::Caution { self.knowledge.planning.need.caution_share } else { 1000 }
    }

    fn place_share(&self, technique: &Technique) -> u32 {
        let preferred = |places: &[Place]| places.contains(&technique.place);
        if self.clearance.places_preferred().is_none_or(preferred) {
            1000
        } else {
            self.knowledge.planning.need.floor_share
        }
    }

    fn finish(self) -> Candidates<'a> {
        let costs = &self.knowledge.planning.time;
        let (groups, ways) = self.groups.into_values().unzip();
        let problem = Problem {
            budget: self.budget / TICK_SECONDS,
            setup: vec![costs.station_setup_seconds / TICK_SECONDS; self.stations.len()],
            groups,
        };
        let too_tight = self.allowed.minus(self.usable).iter().collect();
        Candidates { problem, ways, need: self.need, too_tight }
    }
}

/// Sets and seconds that are allowed: for each total the fewest sets, in steps of 5 s.
fn amounts(knowledge: &Knowledge, goal: Option<&GoalPlan>, most: &Allowance) -> Vec<(u8, u32)> {
    let costs = &knowledge.planning.time;
    let ceiling = goal.map_or(0, |goal| goal.doses.most_seconds_per_area).min(most.seconds.get());
    let step = costs.step_seconds.max(1);
    let longest = most.seconds_per_set.get() / step * step;
    let mut found: Vec<(u8, u32)> = Vec::new();
    for sets in 1..=most.sets {
        let mut seconds = costs.least_seconds;
        while seconds <= longest && u32::from(sets) * seconds <= ceiling {
            let total = u32::from(sets) * seconds;
            if !found.iter().any(|(s, x)| u32::from(*s) * x == total) {
                found.push((sets, seconds));
            }
            seconds += step;
        }
    }
    found
}

/// The value of a dose: need, times the effect to expect, times the share of it that so many seconds give.
struct Values {
    effect_milli: i64,
    tau_seconds: f64,
}

impl Values {
    fn new(knowledge: &Knowledge, assessment: &Assessment) -> Self {
        let effect = knowledge.priors.effects.get(&assessment.goal).map_or(0.0, |prior| prior.smd);
        Self {
            // Rounded once, so that everything after it is whole numbers and ties are exact.
            #[allow(clippy::cast_possible_truncation)]
            effect_milli: math::round_to(effect * 1000.0, 0) as i64,
            tau_seconds: knowledge.priors.tau_seconds,
        }
    }

    /// In millionths.
    fn of(&self, need_milli: u32, seconds: u32, shares_milli: [u32; 3]) -> i64 {
        let gain = 1.0 - math::exp(-f64::from(seconds) / self.tau_seconds);
        #[allow(clippy::cast_possible_truncation)]
        let gain_micro = math::round_to(gain * 1e6, 0) as i64;
        let full = i64::from(need_milli) * self.effect_milli * gain_micro / 1_000_000;
        shares_milli.into_iter().fold(full, |value, share| value * i64::from(share) / 1000)
    }
}
