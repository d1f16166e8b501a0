use super::{RuledOutBy, SiteMoveLimits};
use crate::body::{PerSite, Site, SiteSet};
use crate::event::Answer;
use crate::knowledge::{Firmness, Knowledge, Place, Posture, ToolId};
use crate::sorted::SortedMap;
use crate::unit::{Felt, Seconds};

/// What may be done where, how long and how strongly, today. Made by [`super::judge`] only.
///
/// It names the log head it was made from and dies with it. Every limit can only be lowered, so that adding a yes
/// or losing an answer never enlarges a clearance.
///
/// ```compile_fail
/// // No clearance without the gate: the fields are private and there is no constructor.
/// fn forge() -> supple_core::gate::Clearance {
///     supple_core::gate::Clearance { head: None }
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Clearance {
    pub(super) head: Option<String>,
    pub(super) sites: PerSite<SiteLimits>,
    pub(super) tools: SortedMap<ToolId, Option<Firmness>>,
    pub(super) places: Vec<Place>,
    pub(super) places_preferred: Option<Vec<Place>>,
    pub(super) ruled_out: Vec<Posture>,
    pub(super) first_session: bool,
    pub(super) avoid: SiteSet,
    pub(super) pressure_today: PerSite<Seconds>,
    pub(super) closed: Vec<Closed>,
    pub(super) moves: PerSite<SiteMoveLimits>,
    pub(super) closed_to_moves: Vec<Closed>,
    pub(super) ruled_out_for_moves: Vec<RuledOutBy>,
    pub(super) move_seconds_today: Seconds,
    pub(super) first_moves: bool,
}

/// Sites that are closed, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Id in `knowledge/`: a caution or a sentence of `reasons.toml`.
    pub by: String,
    /// Whether it was answered yes, or only counts as yes.
    pub answer: Answer,
    /// The sites.
    pub sites: SiteSet,
}

/// Limits on one site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SiteLimits {
    /// Nothing here today.
    pub blocked: bool,
    /// Felt target at most this.
    pub felt_target: Felt,
    /// Felt cap at most this.
    pub felt_cap: Felt,
    /// Seconds in a calendar day, pressure already given included.
    pub seconds_per_day: Seconds,
    /// Seconds in this session.
    pub seconds_per_session: Seconds,
    /// Sets in this session.
    pub sets: u8,
    /// Whether a vibrating tool may be used.
    pub vibration: bool,
    /// Whether a joint may be moved under pressure.
    pub pin_and_move: bool,
    /// Tools, by how hard they may be.
    pub tools: ToolLimits,
    /// Places, one bit each in the order of [`Place`].
    pub(super) places: u8,
}

/// How hard each tool may be on a site; a tool may also be excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToolLimits([Option<Firmness>; ToolId::ALL.len()]);

impl ToolLimits {
    /// Every tool, however hard.
    pub const ANY: Self = Self([Some(Firmness::Hard); ToolId::ALL.len()]);

    /// Excludes a tool.
    pub const fn exclude(&mut self, tool: ToolId) {
        self.0[tool as usize] = None;
    }

    /// Lowers how hard a tool may be.
    pub fn at_most(&mut self, tool: ToolId, firmness: Firmness) {
        let slot = &mut self.0[tool as usize];
        *slot = slot.map(|now| now.min(firmness));
    }

    /// Whether a tool may be used; one whose firmness is not known counts as hard.
    #[must_use]
    pub fn allows(&self, tool: ToolId, firmness: Option<Firmness>) -> bool {
        self.0[tool as usize].is_some_and(|most| firmness.unwrap_or(Firmness::Hard) <= most)
    }

    /// Whether a tool may be used if it is soft enough.
    #[must_use]
    pub const fn allows_some(&self, tool: ToolId) -> bool {
        self.0[tool as usize].is_some()
    }
}

impl SiteLimits {
    /// What holds for everyone, always.
    #[must_use]
    pub fn ceilings(knowledge: &Knowledge) -> Self {
        let ceilings = &knowledge.limits.ceilings;
        Self {
            blocked: false,
            felt_target: Felt::of(ceilings.felt_target),
            felt_cap: Felt::of(ceilings.felt_cap),
            seconds_per_day: Seconds::new(ceilings.seconds_per_area_day),
            seconds_per_session: Seconds::new(ceilings.seconds_per_area_day),
            sets: ceilings.sets,
            vibration: true,
            pin_and_move: true,
            tools: ToolLimits::ANY,
            places: 0b111,
        }
    }

    /// Lowers felt target and cap.
    pub fn felt_at_most(&mut self, felt: u8) {
        self.felt_target = self.felt_target.min(Felt::of(felt));
        self.felt_cap = self.felt_cap.min(Felt::of(felt));
    }

    /// Lowers seconds in a calendar day.
    pub fn seconds_per_day_at_most(&mut self, seconds: u32) {
        self.seconds_per_day = self.seconds_per_day.min(Seconds::new(seconds));
    }

    /// Allows these places only.
    pub fn places_only(&mut self, places: &[Place]) {
        self.places &= places.iter().fold(0, |bits, &place| bits | 1 << place as u8);
    }

    /// Whether a place is allowed.
    #[must_use]
    pub const fn place(&self, place: Place) -> bool {
        self.places & (1 << place as u8) != 0
    }
}

impl Clearance {
    /// The last event of the log it was made from, if it was made from a log.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    /// The limits on a site.
    #[must_use]
    pub fn at(&self, site: Site) -> &SiteLimits {
        &self.sites[site]
    }

    /// What closes a site, the weightiest first.
    pub fn closed_by(&self, site: Site) -> impl Iterator<Item = &Closed> {
        self.closed.iter().filter(move |closed| closed.sites.contains(site))
    }

    /// Places to prefer, where a limit or an age asks for it.
    #[must_use]
    pub fn places_preferred(&self) -> Option<&[Place]> {
        self.places_preferred.as_deref()
    }

    /// Whether the person asked to leave a site out.
    #[must_use]
    pub fn avoided(&self, site: Site) -> bool {
        self.avoid.contains(site)
    }

    /// Pressure already given today.
    #[must_use]
    pub fn pressure_given(&self, site: Site) -> Seconds {
        self.pressure_today[site]
    }

    /// Whether this is a first session.
    #[must_use]
    pub const fn first_session(&self) -> bool {
        self.first_session
    }

    /// Tools at hand, with their firmness where it is known.
    #[must_use]
    pub const fn tools(&self) -> &SortedMap<ToolId, Option<Firmness>> {
        &self.tools
    }
}
