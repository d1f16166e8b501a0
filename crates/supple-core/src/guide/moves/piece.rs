use super::super::block::Fate;
use crate::body::{RegionId, Side, Site, SiteSet};
use crate::gate::AdmittedMove;
use crate::knowledge::{Knowledge, Tempo};
use crate::move_dose::MoveDose;
use serde::{Deserialize, Serialize};

/// All a run needs of one move, taken from the knowledge when it starts: a run that is put away and taken up again says
/// the same words even if the program was updated in between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Its place in the list that was admitted; an easier move that takes its place has the same.
    pub number: u16,
    pub dose: MoveDose,
    pub name: String,
    /// The regions it is for: what is ended when it hurts.
    pub regions: Vec<RegionId>,
    /// Every site it touches, as regions with the half.
    #[serde(with = "super::super::block::site_list")]
    pub touched: SiteSet,
    /// Every site that rests with its regions when a limb has to.
    #[serde(with = "super::super::block::site_list")]
    pub limb: SiteSet,
    pub with_support: bool,
    pub new_position: bool,
    pub side_switch: bool,
    pub setup_ms: u64,
    pub lead_in_ms: u64,
    /// One hold, or all repetitions of a set.
    pub set_ms: u64,
    /// One repetition, where they are counted.
    pub rep_ms: Option<u64>,
    pub position: String,
    pub steps: Vec<String>,
    pub easier: String,
    /// The easier move that may take its place, admitted with it.
    pub easier_move: Option<Box<Self>>,
    pub fate: Fate,
}

impl Piece {
    pub fn new(number: usize, admitted: &AdmittedMove, knowledge: &Knowledge) -> Self {
        let dose = admitted.dose().clone();
        // A move that is no longer known is guided by its numbers alone, and touches everything.
        let known = knowledge.moves.get(&dose.id);
        let regions = known.map(|known| known.regions.clone()).unwrap_or_default();
        let limb = regions.iter().flat_map(|&region| knowledge.whole_limb(region));
        let ms = |seconds: u32| u64::from(seconds) * 1000;
        Self {
            number: u16::try_from(number).unwrap_or(u16::MAX),
            name: known.map_or_else(|| dose.id.replace('_', " "), |known| known.name.clone()),
            touched: known.map_or(SiteSet::FULL, |known| known.sites(dose.side).collect()),
            limb: limb.flat_map(|region| Site::of(region, dose.side)).collect(),
            regions,
            with_support: admitted.with_support(),
            new_position: admitted.new_position(),
            side_switch: admitted.side_switch(),
            setup_ms: ms(admitted.setup_seconds()),
            lead_in_ms: ms(admitted.lead_in_seconds()),
            set_ms: ms(dose.set_seconds(knowledge).get()),
            rep_ms: dose.reps.map(|_| ms(dose.rep_seconds(knowledge))),
            position: known.map_or_else(String::new, |known| known.position.clone()),
            steps: known.map(|known| known.steps.clone()).unwrap_or_default(),
            easier: known.map_or_else(String::new, |known| known.easier.clone()),
            easier_move: admitted.easier().map(|easier| Box::new(Self::new(number, easier, knowledge))),
            fate: Fate::Waiting,
            dose,
        }
    }

    /// The sites it is for.
    pub fn area(&self) -> SiteSet {
        self.regions.iter().flat_map(|&region| Site::of(region, self.dose.side)).collect()
    }

    pub fn rest_ms(&self) -> u64 {
        u64::from(self.dose.rest_seconds) * 1000
    }

    pub const fn tempo(&self) -> Option<Tempo> {
        self.dose.tempo
    }

    /// "Calf stretch, left side".
    pub fn label(&self) -> String {
        match self.dose.side {
            Side::Midline | Side::Both => self.name.clone(),
            side => format!("{}, {}", self.name, side.spoken()),
        }
    }
}
