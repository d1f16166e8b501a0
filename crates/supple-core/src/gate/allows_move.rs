use super::move_limits::{MoveLimits, MoveRefusal, RuledOut, RuledOutBy, SiteMoveLimits};
use super::{Clearance, Closed};
use crate::body::{Side, Site};
use crate::knowledge::{AskedOf, Demand, Knowledge, Move, Sides};
use crate::move_dose::MoveDose;
use crate::unit::Seconds;

impl Clearance {
    /// The most a move may ask for on a side today.
    ///
    /// What is at hand to do it with is no matter of the gate: ask that first. The amount the move itself names is never
    /// passed either.
    ///
    /// # Errors
    /// [`MoveRefusal`] with the first reason in a fixed order.
    pub fn allows_move(&self, knowledge: &Knowledge, id: &str, side: Side) -> Result<MoveLimits, MoveRefusal> {
        let known = knowledge.moves.get(id).ok_or(MoveRefusal::Unknown)?;
        let right_side = match known.sides {
            Sides::OneAtATime => matches!(side, Side::Left | Side::Right),
            Sides::Together => side == Side::Both,
            Sides::Midline => side == Side::Midline,
        };
        if !right_side {
            return Err(MoveRefusal::WrongSide);
        }
        if let Some(site) = known.sites(side).find(|&site| self.avoid.contains(site)) {
            return Err(MoveRefusal::Avoided(site.region));
        }
        if let Some(site) = known.sites(side).find(|&site| self.moves[site].closed) {
            return Err(MoveRefusal::Closed(site.region));
        }
        if let Some(&demand) = known.demands.iter().find(|&&demand| self.is_ruled_out(demand, known, side)) {
            return Err(MoveRefusal::Demand(demand));
        }
        let sites = || known.sites(side).map(|site| &self.moves[site]);
        let posture_ruled_out =
            |posture| self.ruled_out.contains(posture) || sites().any(|l| l.excludes_posture(*posture));
        if let Some(&posture) = known.postures.iter().find(|posture| posture_ruled_out(posture)) {
            return Err(MoveRefusal::Posture(posture));
        }
        if !self.places.contains(&known.place) || sites().any(|l| !l.place(known.place)) {
            return Err(MoveRefusal::Place(known.place));
        }
        self.amount_allowed(knowledge, known, side)
    }

    /// How much of a move that is not ruled out.
    fn amount_allowed(&self, knowledge: &Knowledge, known: &Move, side: Side) -> Result<MoveLimits, MoveRefusal> {
        let ceilings = &knowledge.limits.moves;
        let sites = || known.sites(side).map(|site| &self.moves[site]);
        // A move that touches nothing has no site to be limited by: the ceilings alone would hold, so it has none.
        let effort_here = sites().map(|l| l.effort_max).min().unwrap_or(0);
        let hold_here = sites().map(|l| l.hold_seconds).min().unwrap_or(0);
        let (first_sets, first_effort) =
            if self.first_moves { (ceilings.first_sets, ceilings.first_effort) } else { (u8::MAX, u8::MAX) };
        let amount = &known.amount;
        let limits = MoveLimits {
            sets: amount.sets.min(ceilings.sets).min(first_sets),
            hold_seconds: amount.hold_seconds.map(|hold| hold.min(ceilings.hold_seconds).min(hold_here)),
            reps: amount.reps.as_ref().map(|reps| reps.high.min(ceilings.reps)),
            effort_max: amount.effort_max.min(ceilings.effort).min(effort_here).min(first_effort),
            with_support: known.demands.contains(&Demand::Balance) && sites().any(|l| l.with_support),
            work_left: Seconds::new(u32::from(ceilings.minutes_per_day) * 60).saturating_sub(self.move_seconds_today),
        };
        let some_amount =
            limits.hold_seconds.is_some_and(|hold| hold > 0) != limits.reps.is_some_and(|reps| reps > 0);
        if limits.sets == 0 || limits.effort_max == 0 || !some_amount || limits.work_left == Seconds::ZERO {
            return Err(MoveRefusal::NothingLeft);
        }
        Ok(limits)
    }

    /// Whether one amount of a move is within what is allowed, everything else aside.
    #[must_use]
    pub fn allows_move_dose(&self, knowledge: &Knowledge, dose: &MoveDose) -> bool {
        let Some(known) = knowledge.moves.get(&dose.id) else { return false };
        let Ok(most) = self.allows_move(knowledge, &dose.id, dose.side) else { return false };
        let held = match (dose.hold_seconds, most.hold_seconds) {
            (Some(hold), Some(longest)) => (1..=longest).contains(&hold),
            (None, None) => true,
            _ => false,
        };
        let counted = match (dose.reps, most.reps) {
            (Some(reps), Some(many)) => (1..=many).contains(&reps),
            (None, None) => true,
            _ => false,
        };
        // Slower than written is harder in its own way, and a tempo on a hold means nothing.
        let tempo = dose.tempo == known.amount.tempo;
        held && counted
            && tempo
            && (1..=most.sets).contains(&dose.sets)
            && dose.effort_max <= most.effort_max
            && dose.rest_seconds >= known.amount.rest_seconds.min(knowledge.planning.time.rest_seconds)
            && dose.work(knowledge) <= most.work_left
    }

    /// Whether a demand is ruled out for a move on a side. What is asked of an arm or a leg is looked for in those it
    /// touches; a move that names none of their regions is taken to use all of them.
    fn is_ruled_out(&self, demand: Demand, known: &Move, side: Side) -> bool {
        let excluded = |site: Site| self.moves[site].excludes(demand);
        let AskedOf::Limb(part) = demand.asked_of() else { return known.sites(side).any(excluded) };
        let mut own = known.sites(side).filter(|site| part.has(site.region)).peekable();
        if own.peek().is_some() {
            own.any(excluded)
        } else {
            Site::all().filter(|site| part.has(site.region)).any(excluded)
        }
    }

    /// The limits of moves on a site.
    #[must_use]
    pub fn moves_at(&self, site: Site) -> &SiteMoveLimits {
        &self.moves[site]
    }

    /// What closes a site to moves, the weightiest first.
    pub fn closed_to_moves_by(&self, site: Site) -> impl Iterator<Item = &Closed> {
        self.closed_to_moves.iter().filter(move |closed| closed.sites.contains(site))
    }

    /// What rules out a demand or a posture, in the order of the questions.
    pub fn ruled_out_by(&self, what: RuledOut) -> impl Iterator<Item = &RuledOutBy> {
        self.ruled_out_for_moves.iter().filter(move |by| by.what == what)
    }

    /// Seconds of moves already done today.
    #[must_use]
    pub const fn move_seconds_today(&self) -> Seconds {
        self.move_seconds_today
    }

    /// Whether these would be the first moves, or the first after a long break.
    #[must_use]
    pub const fn first_moves(&self) -> bool {
        self.first_moves
    }
}
