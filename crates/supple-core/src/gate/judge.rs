use super::judge_moves as moves;
use super::{Clearance, Closed, Reason, RuledOutBy, SiteLimits, SiteMoveLimits, reach};
use crate::assess::{Assessment, HistoryEffect, ScreenFact};
use crate::body::{PerSite, Side, Site, SiteSet};
use crate::days;
use crate::event::Answer;
use crate::knowledge::{Action, Caution, CautionLimits, Knowledge, Place, Scope};
use crate::unit::{AgeYears, Seconds};
use jiff::civil::Date;

/// Whether to start.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Nothing was triggered.
    Clear(Clearance),
    /// Something was; what is left is allowed.
    Modify(Clearance),
    /// Not yet: a question is open, or a clinician has to be asked first.
    Hold,
    /// Get help first.
    Refer,
}

impl Verdict {
    /// The clearance, if there is one.
    #[must_use]
    pub const fn clearance(&self) -> Option<&Clearance> {
        match self {
            Self::Clear(clearance) | Self::Modify(clearance) => Some(clearance),
            Self::Hold | Self::Refer => None,
        }
    }
}

/// A verdict with every reason for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Whether to start.
    pub verdict: Verdict,
    /// Every entry that was triggered, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Judges an assessment.
#[must_use]
pub fn judge(knowledge: &Knowledge, assessment: &Assessment) -> Judgement {
    let mut gate = Gate::new(knowledge, assessment);
    gate.log_holds();
    gate.age();
    for id in knowledge.screen.ids() {
        if let Some(caution) = knowledge.cautions.get(id) {
            gate.entry(id, caution);
        }
    }
    gate.history();
    gate.soreness();
    gate.first_session();
    gate.support_by_age();
    gate.nothing_left();
    gate.finish()
}

pub(super) struct Gate<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) assessment: &'a Assessment,
    /// Places that were marked, asked for or are usual.
    places_today: SiteSet,
    /// Today's places and what some technique on them presses besides.
    pressed_today: SiteSet,
    sites: PerSite<SiteLimits>,
    places_preferred: Option<Vec<Place>>,
    closed: Vec<Closed>,
    pub(super) moves: PerSite<SiteMoveLimits>,
    pub(super) closed_to_moves: Vec<Closed>,
    pub(super) ruled_out_for_moves: Vec<RuledOutBy>,
    reasons: Vec<Reason>,
    refer: bool,
}

impl<'a> Gate<'a> {
    fn new(knowledge: &'a Knowledge, assessment: &'a Assessment) -> Self {
        let usual = knowledge.planning.goals.get(&assessment.goal).map_or(&[][..], |goal| &goal.usual_regions);
        let places_today = assessment.places_today(usual);
        Self {
            knowledge,
            assessment,
            places_today,
            pressed_today: reach::ways(knowledge, places_today).fold(places_today, SiteSet::union),
            sites: PerSite::filled(SiteLimits::ceilings(knowledge)),
            places_preferred: None,
            closed: Vec::new(),
            moves: PerSite::filled(SiteMoveLimits::ceilings(knowledge)),
            closed_to_moves: Vec::new(),
            ruled_out_for_moves: Vec::new(),
            reasons: Vec::new(),
            refer: false,
        }
    }

    /// What the log itself says: a session that ended unwell today.
    fn log_holds(&mut self) {
        for &id in &self.assessment.log_holds {
            self.hold(id, Answer::Yes, Vec::new());
        }
    }

    /// Under 12 and unaccompanied under 18: no plan.
    fn age(&mut self) {
        let rules = &self.knowledge.limits.age;
        let child = self.answer_of("sp_child");
        let person = &self.assessment.person;
        match person.age_years.map(AgeYears::get) {
            Some(age) if age < rules.not_under_years => {
                self.hold("age_under_limit", Answer::Yes, vec![("years", rules.not_under_years.to_string())]);
            }
            Some(age) if age < rules.adult_from_years && !person.adult_present => {
                self.hold("age_adult_present", Answer::Yes, vec![("years", rules.adult_from_years.to_string())]);
            }
            // Without an age, somebody who may be under 18 may also be under 12.
            None if child != Answer::No => {
                self.hold("age_unknown", Answer::Unknown, vec![("years", rules.not_under_years.to_string())]);
            }
            _ => {}
        }
    }

    fn hold(&mut self, id: &str, answer: Answer, values: Vec<(&'static str, String)>) {
        self.reasons.push(Reason::sentence(id, Action::AvoidAll, answer, values));
    }

    fn answer_of(&self, id: &str) -> Answer {
        self.assessment.screen.fact(id).answer
    }

    /// The answer that counts: age answers for two entries whatever was said.
    fn fact(&self, id: &str) -> ScreenFact {
        let mut fact = self.assessment.screen.fact(id).clone();
        let rules = &self.knowledge.limits.age;
        let age = self.assessment.person.age_years.map(AgeYears::get);
        let by_age = match id {
            "sp_child" => age.is_some_and(|age| age < rules.adult_from_years),
            "sp_older_adult" => age.is_some_and(|age| age >= rules.older_adult_from_years),
            _ => false,
        };
        if by_age {
            fact.answer = Answer::Yes;
        }
        fact
    }

    fn entry(&mut self, id: &str, caution: &Caution) {
        let fact = self.fact(id);
        if caution.scope == Scope::MarkedArea {
            self.area_entry(id, caution, &fact);
        } else {
            self.fixed_entry(id, caution, &fact);
        }
    }

    fn fixed_entry(&mut self, id: &str, caution: &Caution, fact: &ScreenFact) {
        if fact.answer == Answer::No {
            return;
        }
        let agreement = self.agreement(caution, fact);
        let lifted = agreement.is_ok();
        if caution.action == Action::StopAndReferUrgently {
            self.refer |= fact.answer == Answer::Yes;
            self.push(id, caution, fact.answer, true, agreement);
            return;
        }
        let whole_body = caution.scope == Scope::WholeBody;
        let holds =
            !lifted && (caution.does(Action::AvoidAll) || (whole_body && caution.action == Action::AskClinician));
        let reach = reach::fixed(caution, fact.side);
        let marked = reach::marked(caution, fact);
        if !lifted {
            let regions_closed = caution.does(Action::AvoidRegion) || caution.action == Action::AskClinician;
            if !whole_body && regions_closed {
                self.block(id, fact.answer, reach);
                self.close_to_moves(id, fact.answer, reach.minus(moves::stay_open(caution, reach)));
            }
            self.block(id, fact.answer, marked);
            self.close_to_moves(id, fact.answer, marked);
            self.block_also(id, fact.answer, caution);
        }
        self.limit_moves(id, fact.answer, caution, lifted, moves::Held::of(caution, reach.union(marked)));
        let held = if reach::limits_hold_everywhere(caution) { SiteSet::FULL } else { reach.union(marked) };
        self.limit(caution, held);
        if lifted {
            self.limit_cleared(caution, reach);
        }
        self.push(id, caution, fact.answer, holds, agreement);
    }

    fn area_entry(&mut self, id: &str, caution: &Caution, fact: &ScreenFact) {
        let mut agreement = self.agreement(caution, fact);
        let not_lifted = if agreement.is_ok() { fact.yes.minus(fact.agreed) } else { fact.yes };
        if !not_lifted.is_empty() && agreement.is_ok() {
            agreement = Err(None);
        }
        let unknown = fact.unsure.union(fact.never_asked());
        // A region never asked about is blocked, but only a yes or a "not sure" is a fact about the person:
        // otherwise no session could ever be without the limits of questions that did not concern it.
        let wholly_unanswered = fact.no.is_empty() && fact.yes.is_empty();
        let yes = !fact.yes.is_empty();
        let unsure = !fact.unsure.is_empty() || wholly_unanswered;
        let reach_of_yes = reach::widened(self.knowledge, caution, fact.yes);
        let reach_of_unknown = reach::widened(self.knowledge, caution, unknown);
        if caution.does(Action::AvoidRegion) || caution.action == Action::AskClinician {
            let closed = reach::widened(self.knowledge, caution, not_lifted);
            self.block(id, Answer::Yes, closed);
            self.block(id, Answer::Unknown, reach_of_unknown);
            self.close_to_moves(id, Answer::Yes, closed.minus(moves::stay_open(caution, closed)));
            let open = moves::stay_open(caution, reach_of_unknown);
            self.close_to_moves(id, Answer::Unknown, reach_of_unknown.minus(open));
        }
        if yes || unsure {
            if unsure || !not_lifted.is_empty() {
                self.block_also(id, if yes { Answer::Yes } else { Answer::Unknown }, caution);
            }
            let reached = reach_of_yes.union(reach_of_unknown);
            let held = if reach::limits_hold_everywhere(caution) { SiteSet::FULL } else { reached };
            self.limit(caution, held);
        } else {
            // Never asked about here: its limits hold there, should anything there be allowed at all.
            self.limit(caution, unknown);
        }
        self.limit_moves_of_area(id, caution, fact, not_lifted);
        if yes {
            self.push(id, caution, Answer::Yes, false, agreement);
        }
        // A question that was never asked somewhere is a reason where it stands in the way of today's places.
        if unsure || !reach_of_unknown.intersection(self.pressed_today).is_empty() {
            self.push(id, caution, Answer::Unknown, false, Err(None));
        }
    }

    /// Whether a clinician's agreement lifts an entry, or the day of one that does not and why.
    fn agreement(&self, caution: &Caution, fact: &ScreenFact) -> Result<Date, Option<(Date, &'static str)>> {
        let Some(agreed_on) = fact.agreed_on else { return Err(None) };
        let today = self.assessment.now.date();
        let age_days = i64::from(days::between(agreed_on, today));
        let liftable = caution.does(Action::AskClinician)
            && !caution.never_lifted
            && !matches!(caution.action, Action::AvoidAll | Action::StopAndReferUrgently);
        if fact.answer != Answer::Yes {
            return Err(None); // never lifts an unknown
        }
        if !(0..=i64::from(self.knowledge.screen.agreement_holds_days)).contains(&age_days) {
            return Err(Some((agreed_on, "agreement_not_valid")));
        }
        if !liftable || !self.waited_long_enough(&caution.limits, fact.since) {
            return Err(Some((agreed_on, "agreement_not_enough")));
        }
        Ok(agreed_on)
    }

    /// Whether the days an entry waits have passed; where the date is missing, they have not.
    fn waited_long_enough(&self, limits: &CautionLimits, since: Option<Date>) -> bool {
        let hours_in_days = limits.min_hours_since.map(|hours| hours.div_ceil(24));
        let Some(wait) = limits.min_days_since.max(hours_in_days) else { return true };
        let Some(since) = since else { return false };
        i64::from(days::between(since, self.assessment.now.date())) >= i64::from(wait)
    }

    fn block(&mut self, by: &str, answer: Answer, sites: SiteSet) {
        if sites.is_empty() {
            return;
        }
        for site in sites.iter() {
            self.sites[site].blocked = true;
        }
        self.closed.push(Closed { by: by.to_owned(), answer, sites });
    }

    fn block_also(&mut self, by: &str, answer: Answer, caution: &Caution) {
        let sites = caution.also_blocks.iter().flat_map(|&region| Site::of(region, Side::Both)).collect();
        self.block(by, answer, sites);
        self.close_to_moves(by, answer, sites);
    }

    /// Applies every limit of an entry to the sites it holds on.
    fn limit(&mut self, caution: &Caution, held: SiteSet) {
        let limits = &caution.limits;
        let defaults = &self.knowledge.limits.defaults;
        let shortens = caution.does(Action::Shorten);
        let felt =
            limits.felt_max.or_else(|| caution.does(Action::LowerPressure).then_some(defaults.lower_pressure_felt));
        let seconds = limits.seconds_per_area.or(shortens.then_some(defaults.shorten_seconds_per_area));
        let sets = limits.max_sets.or(shortens.then_some(defaults.shorten_sets));
        for site in held.iter() {
            let l = &mut self.sites[site];
            if let Some(felt) = felt {
                l.felt_at_most(felt);
            }
            if let Some(seconds) = seconds {
                l.seconds_per_day_at_most(seconds);
            }
            if let Some(sets) = sets {
                l.sets = l.sets.min(sets);
            }
            if caution.does(Action::AvoidVibration) {
                l.vibration = false;
            }
            l.pin_and_move &= !limits.no_pin_and_move;
            for &tool in &limits.tools_excluded {
                l.tools.exclude(tool);
            }
            for (&tool, &firmness) in &limits.firmness_at_most {
                l.tools.at_most(tool, firmness);
            }
            if let Some(places) = &limits.places_only {
                l.places_only(places);
            }
        }
        if !limits.places_preferred.is_empty() {
            self.places_preferred = Some(limits.places_preferred.clone());
        }
    }

    /// What applies to an entry's regions once a clinician has agreed.
    fn limit_cleared(&mut self, caution: &Caution, reach: SiteSet) {
        let Some(cleared) = &caution.limits.if_cleared else { return };
        for site in reach.iter() {
            let l = &mut self.sites[site];
            l.felt_at_most(cleared.felt_max);
            l.seconds_per_day_at_most(cleared.seconds_per_area);
            l.sets = l.sets.min(cleared.max_sets);
            for tool in crate::knowledge::ToolId::ALL {
                if !cleared.tools_only.contains(&tool) {
                    l.tools.exclude(tool);
                }
            }
            for (&tool, &firmness) in &cleared.firmness_at_most {
                l.tools.at_most(tool, firmness);
            }
        }
    }

    /// What an area's own history allows.
    fn history(&mut self) {
        let mut reasons: Vec<Reason> = Vec::new();
        let share = crate::math::round_to(self.knowledge.limits.flare.next_dose_share * 100.0, 0);
        let percent = ("percent", share.to_string());
        for limit in &self.assessment.history {
            let here = SiteSet::from_iter([limit.site]);
            let l = &mut self.sites[limit.site];
            let id = match &limit.effect {
                HistoryEffect::EndedToday => {
                    self.block("ended_today", Answer::Yes, here);
                    self.close_to_moves("ended_today", Answer::Yes, here);
                    Some(("ended_today", Action::AvoidRegion, Vec::new()))
                }
                HistoryEffect::ClosedUntil(date) => {
                    self.block("closed_after_bruise", Answer::Yes, here);
                    self.close_to_moves("closed_after_bruise", Answer::Yes, here);
                    Some(("closed_after_bruise", Action::AvoidRegion, vec![("date", date.to_string())]))
                }
                HistoryEffect::Flare { at_most, felt } => {
                    l.seconds_per_session = l.seconds_per_session.min(*at_most);
                    Some(("flare", Action::Shorten, vec![("felt", felt.to_string()), percent.clone()]))
                }
                HistoryEffect::AfterStop { at_most } => {
                    l.seconds_per_session = l.seconds_per_session.min(*at_most);
                    Some(("after_stop", Action::Shorten, vec![percent.clone()]))
                }
                HistoryEffect::Lighter { felt_target, felt_cap } => {
                    l.felt_target = l.felt_target.min(*felt_target);
                    l.felt_cap = l.felt_cap.min(*felt_cap);
                    None
                }
                HistoryEffect::NoStepUp { at_most } => {
                    l.seconds_per_session = l.seconds_per_session.min(*at_most);
                    None
                }
            };
            if let Some((id, action, values)) = id
                && !reasons.iter().any(|reason| reason.id == id && reason.values == values)
            {
                reasons.push(Reason::sentence(id, action, Answer::Yes, values));
            }
        }
        self.reasons.append(&mut reasons);
    }

    /// Very sore areas are left alone; sore ones stay gentle where the goal asks for it.
    fn soreness(&mut self) {
        let leave_alone = self.knowledge.limits.ceilings.leave_alone_soreness;
        let doses = self.knowledge.planning.goals.get(&self.assessment.goal).map(|goal| &goal.doses);
        let gentle = doses.and_then(|doses| doses.sore_from.zip(doses.sore_felt));
        let mut too_sore = SiteSet::EMPTY;
        for site in Site::all() {
            let Some(felt) = self.assessment.soreness[site] else { continue };
            if felt.get() >= leave_alone {
                too_sore.insert(site);
            }
            if let Some((_, most)) = gentle.filter(|(from, _)| felt.get() >= *from) {
                self.sites[site].felt_at_most(most);
            }
        }
        self.block("too_sore", Answer::Yes, too_sore);
        self.close_to_moves("too_sore", Answer::Yes, too_sore);
    }

    /// Without a reason so far, soreness is all that can close a place. Where it leaves nothing of what was wanted,
    /// that is a reason too.
    fn nothing_left(&mut self) {
        let blocked: SiteSet = Site::all().filter(|&site| self.sites[site].blocked).collect();
        let closed_today = self.pressed_today.intersection(blocked);
        let open = |way: SiteSet| way.intersection(blocked).is_empty();
        if !self.reasons.is_empty()
            || closed_today.is_empty()
            || reach::ways(self.knowledge, self.places_today).any(open)
        {
            return;
        }
        let felt = closed_today.iter().filter_map(|site| self.assessment.soreness[site]).max();
        let values = felt.map(|felt| ("felt", felt.to_string())).into_iter().collect();
        self.reasons.push(Reason::sentence("too_sore", Action::AvoidRegion, Answer::Yes, values));
    }

    fn first_session(&mut self) {
        if !self.assessment.first_session {
            return;
        }
        let first = &self.knowledge.limits.first_session;
        let rules = &self.knowledge.limits.age;
        // Without an age, it may be 60 or over.
        let gentle = self.assessment.person.age_years.is_none_or(|age| age.get() >= rules.gentle_start_from_years);
        let target = if gentle { first.felt_target.min(rules.gentle_start_felt) } else { first.felt_target };
        for site in Site::all() {
            let l = &mut self.sites[site];
            l.felt_target = l.felt_target.min(crate::unit::Felt::of(target));
            l.seconds_per_day = l.seconds_per_day.min(Seconds::new(first.seconds_per_area));
        }
        if gentle && self.places_preferred.is_none() {
            self.places_preferred = Some(rules.gentle_start_places.clone());
        }
    }

    fn push(
        &mut self,
        id: &str,
        caution: &Caution,
        answer: Answer,
        holds: bool,
        agreement: Result<Date, Option<(Date, &'static str)>>,
    ) {
        self.reasons.push(Reason {
            id: id.to_owned(),
            action: caution.action,
            actions: caution.actions().collect(),
            answer,
            holds,
            values: Vec::new(),
            agreed_on: agreement.ok(),
            agreement_refused: agreement.err().flatten(),
        });
    }

    fn finish(mut self) -> Judgement {
        // Weightiest first; a yes before an unknown; then the order in which the questions are asked.
        self.reasons.sort_by_key(|reason| {
            (
                !(reason.action == Action::StopAndReferUrgently && reason.answer == Answer::Yes),
                !reason.holds,
                reason.action,
                reason.answer,
            )
        });
        let verdict = if self.refer {
            Verdict::Refer
        } else if self.reasons.iter().any(|reason| reason.holds) {
            Verdict::Hold
        } else {
            let a = self.assessment;
            let nothing_triggered = self.reasons.is_empty();
            let clearance = Clearance {
                head: a.head.clone(),
                sites: self.sites,
                tools: a.tools.clone(),
                places: a.places.clone(),
                places_preferred: self.places_preferred,
                ruled_out: a.ruled_out.clone(),
                first_session: a.first_session,
                avoid: a.avoid,
                pressure_today: a.pressure_today.clone(),
                closed: self.closed,
                moves: self.moves,
                closed_to_moves: self.closed_to_moves,
                ruled_out_for_moves: self.ruled_out_for_moves,
                move_seconds_today: a.moves.seconds_today,
                first_moves: a.moves.first,
            };
            if nothing_triggered { Verdict::Clear(clearance) } else { Verdict::Modify(clearance) }
        };
        Judgement { verdict, reasons: self.reasons }
    }
}
