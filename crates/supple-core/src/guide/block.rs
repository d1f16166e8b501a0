use crate::body::{Half, RegionId, Side, Site, SiteSet};
use crate::dose::{Dose, one_step_lighter};
use crate::gate::AdmittedBlock;
use crate::knowledge::{ActiveMovement, Goal, Knowledge, Motion, MotionKind, Technique};
use crate::unit::Felt;
use serde::{Deserialize, Serialize};

/// All a session needs of one block, taken from the knowledge when it starts: a session that is put away and taken
/// up again says the same words even if the program was updated in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Block {
    pub dose: Dose,
    /// The felt target it starts with: the dose's, or less after the area was too strong in an earlier block.
    pub target: Felt,
    /// The felt cap it starts with.
    pub cap: Felt,
    pub name: String,
    pub region_name: String,
    /// Every region it presses, its own included.
    pub touches: Vec<RegionId>,
    /// The regions that rest with its region when the limb has to: its limb, or itself on the trunk.
    pub limb: Vec<RegionId>,
    pub new_station: bool,
    pub side_switch: bool,
    pub setup_ms: u64,
    pub lead_in_ms: u64,
    pub movement: Movement,
    /// The longest time on one spot while still.
    pub hold_ms: Option<u64>,
    /// Whether each pass out goes with breathing out.
    pub breathe_with_pass: bool,
    pub texts: Texts,
    pub fate: Fate,
}

/// How the pressure moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Movement {
    /// The tool travels; one pass in one direction takes this long.
    Strokes { pass_ms: u64 },
    /// The tool rests on a spot.
    Hold,
    /// The tool rests on a spot and a joint moves, at most so often on each spot.
    PinAndMove { most_reps: u8 },
}

/// The technique's words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Texts {
    pub position: String,
    pub setup: String,
    pub line_from: String,
    pub line_to: String,
    pub lighter: Vec<String>,
    pub small_movements: Vec<String>,
    pub active: Option<ActiveMovement>,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    /// Still to come, or in progress.
    Waiting,
    /// All of it was done.
    Completed,
    /// Ended early, skipped, or dropped because its area was ended.
    Left,
}

impl Block {
    pub fn new(admitted: &AdmittedBlock, goal: Goal, knowledge: &Knowledge) -> Self {
        let dose = admitted.dose.clone();
        let region = knowledge.regions.get(&dose.region);
        // A technique that is no longer known is guided by its numbers alone.
        let technique = knowledge.techniques.get(&dose.technique);
        let movement = movement(&dose, technique);
        let ceiling_ms = u64::from(knowledge.limits.ceilings.hold_seconds) * 1000;
        // Doses give whole seconds: a share of 22.5 s is written as a hold of 22.
        let asked_ms = dose.hold_seconds.map(|s| u64::from(s) * 1000 + 999);
        Self {
            target: dose.felt_target,
            cap: dose.felt_cap,
            name: technique.map_or_else(|| dose.technique.clone(), |t| t.name.clone()),
            region_name: region.map_or_else(|| dose.region.id().replace('_', " "), |r| r.name.clone()),
            touches: touches(dose.region, technique),
            limb: knowledge.whole_limb(dose.region).collect(),
            new_station: admitted.new_station,
            side_switch: admitted.side_switch,
            setup_ms: u64::from(admitted.setup_seconds) * 1000,
            lead_in_ms: u64::from(admitted.lead_in_seconds) * 1000,
            movement,
            hold_ms: match movement {
                Movement::Strokes { .. } => None,
                Movement::Hold => Some(asked_ms.map_or(ceiling_ms, |ms| ms.min(ceiling_ms))),
                // The tool rests but the muscle slides under it: only the dose's own limit counts.
                Movement::PinAndMove { .. } => asked_ms,
            },
            breathe_with_pass: knowledge
                .planning
                .goals
                .get(&goal)
                .map_or(goal == Goal::WindDown, |plan| plan.doses.breathe_out_with_pass),
            texts: technique.map(texts).unwrap_or_default(),
            fate: Fate::Waiting,
            dose,
        }
    }

    /// The sites its seconds count on: the area that is ended when this block hurts.
    pub fn area(&self) -> SiteSet {
        self.dose.sites().collect()
    }

    /// Every site it presses; `both` and `midline` press both halves.
    pub fn pressed_sites(&self) -> SiteSet {
        sites(&self.touches, self.dose.side)
    }

    /// The sites that rest when its limb has to.
    pub fn limb_sites(&self) -> SiteSet {
        sites(&self.limb, self.dose.side)
    }

    pub fn set_ms(&self) -> u64 {
        u64::from(self.dose.seconds_per_set) * 1000
    }

    pub fn rest_ms(&self) -> u64 {
        u64::from(self.dose.rest_seconds) * 1000
    }

    /// Pressure of the whole block.
    pub fn pressure_ms(&self) -> u64 {
        u64::from(self.dose.sets) * self.set_ms()
    }

    /// Takes the felt target and cap down before the block begins.
    pub fn lighten(&mut self, steps: u8) {
        for _ in 0..steps {
            (self.target, self.cap) = one_step_lighter(self.target, self.cap);
        }
    }
}

fn movement(dose: &Dose, technique: Option<&Technique>) -> Movement {
    let pinned = technique.filter(|t| matches!(t.motion, Motion { kind: MotionKind::PinAndMove, .. }));
    match (pinned, dose.seconds_per_pass) {
        (Some(technique), _) => Movement::PinAndMove {
            // Without a movement to repeat there is nothing to count.
            most_reps: technique.active_movement.as_ref().map_or(0, |a| a.reps.high),
        },
        (None, Some(seconds)) if seconds > 0 => Movement::Strokes { pass_ms: u64::from(seconds) * 1000 },
        (None, _) => Movement::Hold,
    }
}

fn touches(region: RegionId, technique: Option<&Technique>) -> Vec<RegionId> {
    let mut all = technique.map(|t| t.touches.clone()).unwrap_or_default();
    if !all.contains(&region) {
        all.push(region);
    }
    all
}

fn sites(regions: &[RegionId], side: Side) -> SiteSet {
    regions.iter().flat_map(|&region| Site::of(region, side)).collect()
}

fn texts(technique: &Technique) -> Texts {
    Texts {
        position: technique.position.clone(),
        setup: technique.setup.clone(),
        line_from: technique.line.from.clone(),
        line_to: technique.line.to.clone(),
        lighter: technique.pressure.lighter.clone(),
        small_movements: technique.small_movements.clone(),
        active: technique.active_movement.clone(),
    }
}

/// A set of sites as a list of pairs.
pub(super) mod site_list {
    use super::{Half, RegionId, Site, SiteSet};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(set: &SiteSet, serializer: S) -> Result<S::Ok, S::Error> {
        set.iter().map(|site| (site.region, site.half)).collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SiteSet, D::Error> {
        let pairs = Vec::<(RegionId, Half)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().map(|(region, half)| Site::new(region, half)).collect())
    }
}
