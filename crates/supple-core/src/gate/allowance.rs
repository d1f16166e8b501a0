use super::{Clearance, reach};
use crate::body::{RegionId, Side, Site};
use crate::dose::Dose;
use crate::knowledge::{Knowledge, Level, MotionKind, Sides, Technique, ZoneLevel};
use crate::unit::{Felt, Seconds};

/// The most a technique may do on a side today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Felt target.
    pub felt_target: Felt,
    /// Felt cap.
    pub felt_cap: Felt,
    /// Seconds of pressure in this session.
    pub seconds: Seconds,
    /// Seconds in one set.
    pub seconds_per_set: Seconds,
    /// Sets.
    pub sets: u8,
    /// Whether its joint may be moved under pressure.
    pub active_movement: bool,
}

/// Why a technique may not be done on a side today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The person asked to leave the region out.
    Avoided,
    /// Its own region is blocked.
    Blocked,
    /// It presses another region that is blocked.
    BlockedNextTo(RegionId),
    /// It presses another region that the person asked to leave out.
    AvoidedNextTo(RegionId),
    /// The tool is not at hand.
    NoTool,
    /// The tool is excluded on this site, or vibrates where nothing may.
    ToolExcluded,
    /// The tool is too hard, or its firmness is not known.
    ToolTooHard,
    /// The place is not at hand or not allowed, or a posture is ruled out.
    NoPlace,
    /// Not in a first session.
    NotFirstSession,
    /// No joint may be moved under pressure.
    NoPinAndMove,
    /// The day's seconds are used up.
    AreaFull,
    /// The technique does not press this side in this way.
    WrongSide,
}

impl Clearance {
    /// The most a technique may do on a side today.
    ///
    /// # Errors
    /// [`Refusal`] with the first reason in a fixed order.
    pub fn allowance(&self, knowledge: &Knowledge, technique: &Technique, side: Side) -> Result<Allowance, Refusal> {
        let right_side = match technique.sides {
            Sides::OneAtATime => matches!(side, Side::Left | Side::Right),
            Sides::Together => side == Side::Both,
            Sides::Midline => side == Side::Midline,
        };
        if !right_side {
            return Err(Refusal::WrongSide);
        }
        if Site::of(technique.region, side).any(|site| self.avoid.contains(site)) {
            return Err(Refusal::Avoided);
        }
        if Site::of(technique.region, side).any(|site| self.sites[site].blocked) {
            return Err(Refusal::Blocked);
        }
        if let Some(site) = reach::pressed(technique, side).find(|&site| self.sites[site].blocked) {
            return Err(Refusal::BlockedNextTo(site.region));
        }
        if let Some(site) = reach::pressed(technique, side).find(|&site| self.avoid.contains(site)) {
            return Err(Refusal::AvoidedNextTo(site.region));
        }
        let touched = || reach::pressed(technique, side).map(|site| &self.sites[site]);
        let Some(&firmness) = self.tools.get(&technique.tool) else { return Err(Refusal::NoTool) };
        let vibrates = knowledge.tools.get(&technique.tool).is_none_or(|tool| tool.vibrates);
        if touched().any(|l| !l.tools.allows_some(technique.tool) || (vibrates && !l.vibration)) {
            return Err(Refusal::ToolExcluded);
        }
        if touched().any(|l| !l.tools.allows(technique.tool, firmness)) {
            return Err(Refusal::ToolTooHard);
        }
        if !self.places.contains(&technique.place)
            || touched().any(|l| !l.place(technique.place))
            || technique.postures.iter().any(|posture| self.ruled_out.contains(posture))
        {
            return Err(Refusal::NoPlace);
        }
        if self.first_session && technique.level == Level::Caution {
            return Err(Refusal::NotFirstSession);
        }
        let active_movement = touched().all(|l| l.pin_and_move);
        if technique.motion.kind == MotionKind::PinAndMove && !active_movement {
            return Err(Refusal::NoPinAndMove);
        }

        let limits = &knowledge.limits;
        let (mut felt_target, mut felt_cap) =
            (Felt::of(limits.ceilings.felt_target), Felt::of(limits.ceilings.felt_cap));
        let mut lower = |target: Felt, cap: Felt| {
            felt_target = felt_target.min(target);
            felt_cap = felt_cap.min(cap);
        };
        for l in touched() {
            lower(l.felt_target, l.felt_cap);
        }
        if technique.level == Level::Caution {
            lower(Felt::of(limits.caution_level.felt_target), Felt::of(limits.caution_level.felt_cap));
        }
        let light = |id: &String| {
            knowledge.zones.get(id).is_none_or(|zone| matches!(zone.level, ZoneLevel::LightOnly | ZoneLevel::Debate))
        };
        if technique.works_in.iter().any(light) {
            let felt = Felt::of(limits.caution_level.light_only_felt);
            lower(felt, felt);
        }
        if let Some(felt) = technique.felt_max {
            lower(Felt::of(felt), Felt::of(felt));
        }
        felt_target = felt_target.min(felt_cap);

        // Its seconds count on its own region; a shorter limit on a neighbour it presses holds for the block too.
        let own = Site::of(technique.region, side).map(|site| {
            let left_today = self.sites[site].seconds_per_day.saturating_sub(self.pressure_today[site]);
            left_today.min(self.sites[site].seconds_per_session)
        });
        let neighbours = touched().map(|l| l.seconds_per_day.min(l.seconds_per_session));
        let seconds = own.chain(neighbours).min().unwrap_or(Seconds::ZERO);
        let sets = touched().map(|l| l.sets).min().unwrap_or(0).min(technique.dose.sets);
        let seconds_per_set = Seconds::new(technique.dose.seconds_per_set).min(seconds);
        if seconds == Seconds::ZERO || sets == 0 {
            return Err(Refusal::AreaFull);
        }
        Ok(Allowance { felt_target, felt_cap, seconds, seconds_per_set, sets, active_movement })
    }

    /// Whether one dose is within what is allowed, everything else aside.
    #[must_use]
    pub fn allows(&self, knowledge: &Knowledge, dose: &Dose) -> bool {
        let Some(technique) = knowledge.techniques.get(&dose.technique) else { return false };
        technique.region == dose.region
            && technique.tool == dose.tool
            && self.allowance(knowledge, technique, dose.side).is_ok_and(|most| {
                dose.felt_target <= most.felt_target
                    && dose.felt_cap <= most.felt_cap
                    && dose.felt_target <= dose.felt_cap
                    && dose.sets >= 1
                    && dose.sets <= most.sets
                    && Seconds::new(dose.seconds_per_set) <= most.seconds_per_set
                    && dose.pressure() <= most.seconds
                    && dose.spots >= 1
                    && Self::keeps_its_motion(knowledge, technique, dose)
            })
    }

    /// Strokes have a pace and no hold; everything else stays on a spot, and no longer than the ceiling.
    fn keeps_its_motion(knowledge: &Knowledge, technique: &Technique, dose: &Dose) -> bool {
        let longest = knowledge.limits.ceilings.hold_seconds;
        match technique.motion.kind {
            MotionKind::Strokes => dose.seconds_per_pass.is_some_and(|pass| pass >= 1) && dose.hold_seconds.is_none(),
            MotionKind::SearchAndHold | MotionKind::PinAndMove => {
                dose.seconds_per_pass.is_none() && dose.hold_seconds.is_some_and(|hold| (1..=longest).contains(&hold))
            }
        }
    }
}
