//! What the issue and the safety rules demand of an answer, worked out again from the request and the cautions
//! without a line of the gate. Numbers that the issue names stand here as numbers.

use std::collections::{BTreeMap, BTreeSet};
use supple_core::body::{RegionId, Side, Site};
use supple_core::contract::{AnswerGiven, PlanRequest, VerdictName};
use supple_core::event::Answer;
use supple_core::knowledge::{
    Action, Caution, Demand, Firmness, Goal, Knowledge, Place, Posture, Scope, Sides, Technique, ToolId, Widen,
};

/// What an answer has to keep to.
#[derive(Debug, Clone)]
pub struct Demands {
    pub verdict: VerdictName,
    /// Every entry that was triggered, with the answer it has to be worded by.
    pub triggered: BTreeSet<(String, Answer)>,
    pub sites: BTreeMap<Site, SiteDemands>,
    pub moves: BTreeMap<Site, MoveDemands>,
}

/// What holds on one site for moves.
#[derive(Debug, Clone, PartialEq)]
pub struct MoveDemands {
    pub closed: bool,
    pub excluded: BTreeSet<Demand>,
    pub postures: BTreeSet<Posture>,
    pub places: BTreeSet<Place>,
    pub effort: u8,
    pub hold: u32,
    pub support: bool,
}

/// What holds on one site.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteDemands {
    pub blocked: bool,
    pub felt_target: u8,
    pub felt_cap: u8,
    /// A day, what was given before included.
    pub seconds: u32,
    pub sets: u8,
    pub vibration: bool,
    pub joint_movement: bool,
    pub tools_excluded: BTreeSet<ToolId>,
    pub firmness_at_most: BTreeMap<ToolId, Firmness>,
    pub places: BTreeSet<Place>,
}

pub fn sites_of(region: RegionId, side: Option<Side>) -> Vec<Site> {
    Site::of(region, side.unwrap_or(Side::Both)).collect()
}

pub fn every_site() -> BTreeSet<Site> {
    Site::all().collect()
}

/// What a technique on a side presses.
pub fn presses(technique: &Technique, side: Side) -> BTreeSet<Site> {
    let regions = technique.touches.iter().chain([&technique.region]);
    regions.flat_map(|&region| sites_of(region, Some(side))).collect()
}

/// The sides on which a technique can stand in a plan.
pub fn sides_of(technique: &Technique) -> &'static [Side] {
    match technique.sides {
        Sides::OneAtATime => &[Side::Left, Side::Right],
        Sides::Together => &[Side::Both],
        Sides::Midline => &[Side::Midline],
    }
}

/// Marked, asked for, or else usual for the goal.
pub fn places_today(knowledge: &Knowledge, request: &PlanRequest) -> BTreeSet<Site> {
    let mut places: BTreeSet<Site> = request.wants.iter().flat_map(|&region| sites_of(region, None)).collect();
    places.extend(request.tight.iter().flat_map(|area| sites_of(area.region, area.side)));
    places.extend(soreness(request).into_iter().filter(|&(_, felt)| felt > 0).map(|(site, _)| site));
    if places.is_empty() {
        let usual = &knowledge.planning.goals[&request.goal].usual_regions;
        places.extend(usual.iter().flat_map(|&region| sites_of(region, None)));
    }
    places
}

/// The worst said of each site.
pub fn soreness(request: &PlanRequest) -> BTreeMap<Site, u8> {
    let mut worst = BTreeMap::new();
    for sore in &request.soreness {
        for site in sites_of(sore.region, sore.side) {
            let felt: &mut u8 = worst.entry(site).or_default();
            *felt = sore.felt.get().max(*felt);
        }
    }
    worst
}

/// Seconds that a site has had today.
pub fn had_today(request: &PlanRequest, site: Site) -> u64 {
    let here = request.pressure_seconds_today.iter().filter(|had| sites_of(had.region, had.side).contains(&site));
    here.map(|had| u64::from(had.seconds)).sum()
}

pub fn demands(knowledge: &Knowledge, request: &PlanRequest) -> Demands {
    let mut oracle = Oracle {
        knowledge,
        request,
        refer: false,
        hold: false,
        triggered: BTreeSet::new(),
        sites: Site::all().map(|site| (site, for_everyone())).collect(),
        moves: Site::all().map(|site| (site, moves_for_everyone())).collect(),
    };
    oracle.age();
    for (id, caution) in &knowledge.cautions {
        match caution.scope {
            Scope::MarkedArea => oracle.area_question(id, caution),
            _ => oracle.plain_question(id, caution),
        }
    }
    oracle.today();
    let verdict = match (oracle.refer, oracle.hold) {
        (true, _) => VerdictName::Refer,
        (_, true) => VerdictName::Hold,
        _ if oracle.triggered.is_empty() && !oracle.nothing_wanted_is_open() => VerdictName::Clear,
        _ => VerdictName::Modify,
    };
    Demands { verdict, triggered: oracle.triggered, sites: oracle.sites, moves: oracle.moves }
}

fn for_everyone() -> SiteDemands {
    SiteDemands {
        blocked: false,
        felt_target: 4,
        felt_cap: 6,
        seconds: 120,
        sets: 3,
        vibration: true,
        joint_movement: true,
        tools_excluded: BTreeSet::new(),
        firmness_at_most: BTreeMap::new(),
        places: [Place::Floor, Place::Wall, Place::Chair].into(),
    }
}

/// The bounds of limits.toml, by hand.
fn moves_for_everyone() -> MoveDemands {
    MoveDemands {
        closed: false,
        excluded: BTreeSet::new(),
        postures: BTreeSet::new(),
        places: [Place::Floor, Place::Wall, Place::Chair].into(),
        effort: 8,
        hold: 120,
        support: false,
    }
}

/// From the hips down.
const LEGS: &[&str] = &[
    "calf",
    "soleus",
    "tibialis_anterior",
    "peroneals",
    "plantar_foot",
    "hamstrings_medial",
    "hamstrings_lateral",
    "rectus_femoris",
    "vastus_lateralis",
    "adductors",
    "tfl",
    "lateral_thigh",
    "gluteus_maximus",
    "gluteus_medius",
    "piriformis",
    "hip_flexor",
];

fn is_leg(site: Site) -> bool {
    LEGS.contains(&site.region.id())
}

/// Demands that are not of the whole person.
const LOCAL: [Demand; 5] =
    [Demand::EndRange, Demand::ArmLoaded, Demand::ArmOverhead, Demand::DeepBend, Demand::HipFar];

struct Oracle<'a> {
    knowledge: &'a Knowledge,
    request: &'a PlanRequest,
    refer: bool,
    hold: bool,
    triggered: BTreeSet<(String, Answer)>,
    sites: BTreeMap<Site, SiteDemands>,
    moves: BTreeMap<Site, MoveDemands>,
}

impl Oracle<'_> {
    fn given(&self, id: &str) -> Option<&AnswerGiven> {
        self.request.screen.answers.get(id)
    }

    /// An answer of its own, else the default, else not known.
    fn said(&self, id: &str) -> Answer {
        let default = self.request.screen.default.unwrap_or(Answer::Unknown);
        self.given(id).map_or(default, |given| given.answer)
    }

    /// Under 12 hold; 12 to 17 only with an adult; without an age, somebody who may be a child may be under 12.
    fn age(&mut self) {
        let person = &self.request.person;
        self.hold |= match person.age_years.map(|age| age.get()) {
            Some(0..=11) => true,
            Some(12..=17) => !person.adult_present,
            Some(_) => false,
            None => self.said("sp_child") != Answer::No,
        };
    }

    fn plain_question(&mut self, id: &str, caution: &Caution) {
        let age = self.request.person.age_years.map(|age| age.get());
        let answer = match (id, age) {
            ("sp_child", Some(0..=17)) | ("sp_older_adult", Some(70..)) => Answer::Yes,
            _ => self.said(id),
        };
        if answer == Answer::No {
            return;
        }
        self.triggered.insert((id.to_owned(), answer));
        if caution.action == Action::StopAndReferUrgently {
            self.refer |= answer == Answer::Yes;
            self.hold |= answer == Answer::Unknown;
            return;
        }
        let given = self.given(id).cloned();
        let given = given.as_ref();
        let lifted = answer == Answer::Yes && self.agreed(id, caution);
        let whole_body = caution.scope == Scope::WholeBody;
        let does = |action: Action| caution.action == action || caution.extra_actions.contains(&action);
        if !lifted {
            self.hold |= does(Action::AvoidAll) || (whole_body && caution.action == Action::AskClinician);
        }
        let side = given.and_then(|given| given.side).filter(|_| caution.scope == Scope::Side);
        let reach: BTreeSet<Site> = match caution.scope {
            Scope::WholeBody => every_site(),
            _ => caution.regions.iter().flat_map(|&region| sites_of(region, side)).collect(),
        };
        // A flap's donor site is marked on top; while nothing is known it may be any there is.
        let donors: BTreeSet<Site> = caution.marks.iter().flat_map(|&region| sites_of(region, None)).collect();
        let marked = match answer {
            Answer::Yes => given.map(marked).unwrap_or_default().intersection(&donors).copied().collect(),
            _ => donors,
        };
        if !lifted {
            if !whole_body && (does(Action::AvoidRegion) || caution.action == Action::AskClinician) {
                self.block(&reach);
                self.close_to_moves(caution, &reach);
            }
            self.block(&marked);
            self.close(&marked);
            self.block_besides(caution);
        }
        let all: BTreeSet<Site> = reach.union(&marked).copied().collect();
        let part = if caution.scope == Scope::Side { around(&all) } else { every_site() };
        self.limit_moves(caution, lifted, &part, &every_site());
        self.limit(caution, &reach.union(&marked).copied().collect());
        if lifted {
            self.if_cleared(caution, &reach);
        }
    }

    fn area_question(&mut self, id: &str, caution: &Caution) {
        // A default of unknown is no default: nobody was asked.
        let default = self.request.screen.default.filter(|&answer| answer != Answer::Unknown);
        let mut answers: BTreeMap<Site, Option<Answer>> = Site::all().map(|site| (site, default)).collect();
        if let Some(given) = self.given(id) {
            let covered = match (given.areas.is_empty(), given.answer, given.side) {
                (false, _, _) => marked(given),
                (true, Answer::No, Some(side)) => {
                    Site::all().filter(|site| side.halves().contains(&site.half)).collect()
                }
                (true, _, _) => every_site(),
            };
            answers.extend(covered.into_iter().map(|site| (site, Some(given.answer))));
        }
        let with = |wanted: &[Option<Answer>]| -> BTreeSet<Site> {
            answers.iter().filter(|(_, answer)| wanted.contains(answer)).map(|(&site, _)| site).collect()
        };
        let yes = with(&[Some(Answer::Yes)]);
        let unsure = with(&[Some(Answer::Unknown)]);
        let not_known = with(&[Some(Answer::Unknown), None]);
        let never_answered = yes.is_empty() && with(&[Some(Answer::No)]).is_empty();
        // An agreement is about the places of its answer, not about what a default answers yes elsewhere.
        let agreed = match self.given(id) {
            Some(given) if self.agreed(id, caution) && given.areas.is_empty() => {
                RegionId::ALL.into_iter().flat_map(|region| sites_of(region, given.side)).collect()
            }
            Some(given) if self.agreed(id, caution) => marked(given),
            _ => BTreeSet::new(),
        };
        let not_lifted: BTreeSet<Site> = yes.difference(&agreed).copied().collect();
        let reach_of_yes = self.widened(caution, &yes);
        let reach_of_not_known = self.widened(caution, &not_known);
        let does = |action: Action| caution.action == action || caution.extra_actions.contains(&action);
        if does(Action::AvoidRegion) || caution.action == Action::AskClinician {
            self.block(&self.widened(caution, &not_lifted));
            self.block(&reach_of_not_known);
            self.close_to_moves(caution, &self.widened(caution, &not_lifted));
            self.close_to_moves(caution, &reach_of_not_known);
        }
        let agreed_yes: BTreeSet<Site> = yes.intersection(&agreed).copied().collect();
        let open = if never_answered { every_site() } else { unsure.clone() };
        for (sites, lifted) in [(&not_lifted, false), (&agreed_yes, true), (&open, false)] {
            if !sites.is_empty() {
                let part = around(&self.widened(caution, sites));
                self.limit_moves(caution, lifted, &part, &every_site());
            }
        }
        let nobody_asked = self.widened(caution, &with(&[None]));
        self.limit_moves(caution, false, &nobody_asked, &nobody_asked);
        if !yes.is_empty() {
            self.triggered.insert((id.to_owned(), Answer::Yes));
        }
        if !unsure.is_empty() || never_answered || !reach_of_not_known.is_disjoint(&self.pressed_today()) {
            self.triggered.insert((id.to_owned(), Answer::Unknown));
        }
        let a_fact = !yes.is_empty() || !unsure.is_empty() || never_answered;
        if a_fact {
            if !not_lifted.is_empty() || !unsure.is_empty() || never_answered {
                self.block_besides(caution);
            }
            self.limit(caution, &reach_of_yes.union(&reach_of_not_known).copied().collect());
        } else {
            // Never asked about somewhere: closed there, and no fact about the person elsewhere.
            self.limit_on(caution, &not_known);
        }
    }

    /// Whether a clinician's agreement counts.
    fn agreed(&self, id: &str, caution: &Caution) -> bool {
        let Some(given) = self.given(id).filter(|given| given.answer == Answer::Yes) else { return false };
        let Some(day) = given.clinician_agreed_on else { return false };
        let days_since = |day: jiff::civil::Date| i64::from((self.request.now.date() - day).get_days());
        let in_time = (0..=365).contains(&days_since(day));
        let asks = caution.action == Action::AskClinician || caution.extra_actions.contains(&Action::AskClinician);
        let never = matches!(caution.action, Action::StopAndReferUrgently | Action::AvoidAll) || id == "sp_pregnancy";
        let hours = caution.limits.min_hours_since.unwrap_or(0);
        let wait = caution.limits.min_days_since.unwrap_or(0).max(hours.div_ceil(24));
        let waited = wait == 0 || given.since.is_some_and(|since| days_since(since) >= i64::from(wait));
        in_time && asks && !never && waited
    }

    fn block(&mut self, sites: &BTreeSet<Site>) {
        for site in sites {
            self.sites.get_mut(site).unwrap().blocked = true;
        }
    }

    fn block_besides(&mut self, caution: &Caution) {
        let besides = caution.also_blocks.iter().flat_map(|&region| sites_of(region, None)).collect();
        self.block(&besides);
        self.close(&besides);
    }

    fn close(&mut self, sites: &BTreeSet<Site>) {
        for site in sites {
            self.moves.get_mut(site).unwrap().closed = true;
        }
    }

    /// What an entry closes to the roller it closes to moves, save where its table says otherwise.
    fn close_to_moves(&mut self, caution: &Caution, sites: &BTreeSet<Site>) {
        let open = |site: &&Site| {
            caution.moves.as_ref().is_some_and(|m| m.regions_stay_open || m.regions_open.contains(&site.region))
        };
        let closed = sites.iter().filter(|site| !open(site)).copied().collect();
        self.close(&closed);
    }

    fn limit_moves(&mut self, caution: &Caution, lifted: bool, part: &BTreeSet<Site>, person: &BTreeSet<Site>) {
        let table = caution.moves.as_ref();
        for (site, here) in &mut self.moves {
            if let Some(only) = &caution.limits.places_only
                && person.contains(site)
                && table.is_none_or(|m| m.places_as_for_rolling)
            {
                here.places.retain(|place| only.contains(place));
            }
            let Some(m) = table else { continue };
            let mut out: BTreeSet<Demand> = m.demands_excluded.iter().copied().collect();
            if !lifted {
                out.extend(&m.demands_until_agreed);
            }
            here.excluded.extend(
                out.iter().filter(
                    |demand| {
                        if LOCAL.contains(demand) { part.contains(site) } else { person.contains(site) }
                    },
                ),
            );
            if person.contains(site) {
                here.postures.extend(&m.postures_excluded);
                here.support |= m.with_support;
            }
            if part.contains(site) {
                here.effort = here.effort.min(m.effort_max.unwrap_or(10));
                here.hold = here.hold.min(m.hold_seconds_max.unwrap_or(999));
            }
        }
    }

    /// Limits of an entry that closes its reach hold for everything; of others, in their reach.
    fn limit(&mut self, caution: &Caution, reach: &BTreeSet<Site>) {
        let closes = caution.action == Action::AvoidRegion || caution.extra_actions.contains(&Action::AvoidRegion);
        if closes || caution.scope == Scope::WholeBody {
            self.limit_on(caution, &every_site());
        } else {
            self.limit_on(caution, reach);
        }
    }

    fn limit_on(&mut self, caution: &Caution, sites: &BTreeSet<Site>) {
        let does = |action: Action| caution.action == action || caution.extra_actions.contains(&action);
        let limits = &caution.limits;
        for site in sites {
            let here = self.sites.get_mut(site).unwrap();
            let mut felt = limits.felt_max.unwrap_or(10);
            if does(Action::LowerPressure) && limits.felt_max.is_none() {
                felt = 3;
            }
            here.felt_target = here.felt_target.min(felt);
            here.felt_cap = here.felt_cap.min(felt);
            let shortened = does(Action::Shorten);
            here.seconds = here.seconds.min(limits.seconds_per_area.unwrap_or(if shortened { 30 } else { 120 }));
            here.sets = here.sets.min(limits.max_sets.unwrap_or(if shortened { 1 } else { 3 }));
            here.vibration &= !does(Action::AvoidVibration);
            here.joint_movement &= !limits.no_pin_and_move;
            here.tools_excluded.extend(&limits.tools_excluded);
            for (&tool, &firmness) in &limits.firmness_at_most {
                let most = here.firmness_at_most.entry(tool).or_insert(firmness);
                *most = firmness.min(*most);
            }
            if let Some(only) = &limits.places_only {
                here.places.retain(|place| only.contains(place));
            }
        }
    }

    fn if_cleared(&mut self, caution: &Caution, sites: &BTreeSet<Site>) {
        let Some(cleared) = &caution.limits.if_cleared else { return };
        for site in sites {
            let here = self.sites.get_mut(site).unwrap();
            here.felt_target = here.felt_target.min(cleared.felt_max);
            here.felt_cap = here.felt_cap.min(cleared.felt_max);
            here.seconds = here.seconds.min(cleared.seconds_per_area);
            here.sets = here.sets.min(cleared.max_sets);
            here.tools_excluded.extend(ToolId::ALL.into_iter().filter(|tool| !cleared.tools_only.contains(tool)));
            for (&tool, &firmness) in &cleared.firmness_at_most {
                let most = here.firmness_at_most.entry(tool).or_insert(firmness);
                *most = firmness.min(*most);
            }
        }
    }

    /// A marked place, and what goes with it: the whole limb, or the limb from there down.
    fn widened(&self, caution: &Caution, sites: &BTreeSet<Site>) -> BTreeSet<Site> {
        let mut wide = sites.clone();
        let Some(widen) = caution.widen else { return wide };
        for mark in sites {
            let from = &self.knowledge.regions[&mark.region];
            for other in Site::all().filter(|other| other.half == mark.half && from.limb.is_some()) {
                let to = &self.knowledge.regions[&other.region];
                let down = widen == Widen::WholeLimb || to.down_the_limb >= from.down_the_limb;
                if to.limb == from.limb && down {
                    wide.insert(other);
                }
            }
        }
        wide
    }

    /// Soreness, age and a first session.
    fn today(&mut self) {
        let supported = self.request.person.age_years.is_none_or(|age| age.get() >= 60);
        self.moves.values_mut().for_each(|here| here.support |= supported);
        for (site, felt) in soreness(self.request) {
            let here = self.sites.get_mut(&site).unwrap();
            here.blocked |= felt >= 7;
            self.moves.get_mut(&site).unwrap().closed |= felt >= 7;
            if self.request.goal == Goal::Recovery && felt >= 5 {
                here.felt_target = here.felt_target.min(3);
                here.felt_cap = here.felt_cap.min(3);
            }
        }
        if self.request.first_session {
            // From 60 on the issue asks for felt 3; that everybody starts so is our judgement in limits.toml.
            let everybody = self.knowledge.limits.first_session.felt_target;
            let sixty = self.request.person.age_years.is_none_or(|age| age.get() >= 60);
            for here in self.sites.values_mut() {
                here.felt_target = here.felt_target.min(if sixty { 3 } else { everybody });
                here.seconds = here.seconds.min(30);
            }
        }
    }

    fn ways(&self) -> Vec<BTreeSet<Site>> {
        let places = places_today(self.knowledge, self.request);
        let on_these = |technique: &Technique, side: Side| {
            sites_of(technique.region, Some(side)).iter().any(|site| places.contains(site))
        };
        let techniques = self.knowledge.techniques.values();
        techniques
            .flat_map(|technique| sides_of(technique).iter().map(move |&side| (technique, side)))
            .filter(|&(technique, side)| on_these(technique, side))
            .map(|(technique, side)| presses(technique, side))
            .collect()
    }

    /// Today's places and everything that some technique on them presses.
    fn pressed_today(&self) -> BTreeSet<Site> {
        let mut all = places_today(self.knowledge, self.request);
        all.extend(self.ways().into_iter().flatten());
        all
    }

    /// Something is shut, and it shuts every way to work on what is wanted.
    fn nothing_wanted_is_open(&self) -> bool {
        let shut = |site: &Site| self.sites[site].blocked;
        self.pressed_today().iter().any(shut) && self.ways().iter().all(|way| way.iter().any(shut))
    }
}

/// Everything above, or below, the waist on the sides of these.
fn around(sites: &BTreeSet<Site>) -> BTreeSet<Site> {
    Site::all().filter(|&site| sites.iter().any(|&s| s.half == site.half && is_leg(s) == is_leg(site))).collect()
}

/// The places an answer names.
fn marked(given: &AnswerGiven) -> BTreeSet<Site> {
    given.areas.iter().flat_map(|area| sites_of(area.region, area.side)).collect()
}
