//! From what is known of a person to an assessment of today: each fact once, in one shape, whether it came from
//! the log or from a request.

mod cards;
mod from_state;
mod lighter;
mod next_day;
mod remembered;
mod screen;
#[cfg(test)]
mod tests;

pub use cards::{
    Card, CardAnswered, CardLine, answered_in_full, areas_asked, by_age, cards, cards_of, given, where_words,
};
pub(crate) use from_state::{days_since, from_the_future, on_day, screen as screen_today};
pub use next_day::{NextDayQuestion, next_day_question};
pub use screen::{Screen, ScreenFact};

use crate::body::{Area, PerSite, RegionId, Side, Site, SiteSet};
use crate::event::CheckedIn;
use crate::knowledge::{Firmness, Goal, Knowledge, Place, Posture, ToolId};
use crate::sorted::{SortedMap, SortedSet};
use crate::unit::{AgeYears, Felt, Kilograms, Seconds, SessionMinutes};
use jiff::Zoned;

/// Everything a decision about today is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Civil time with its zone.
    pub now: Zoned,
    /// The last event of the log it was made from, if it was made from a log.
    pub head: Option<String>,
    /// What the session is for.
    pub goal: Goal,
    /// Minutes at hand.
    pub minutes: SessionMinutes,
    /// Tools at hand, with their firmness where it is known.
    pub tools: SortedMap<ToolId, Option<Firmness>>,
    /// Places that can be used.
    pub places: Vec<Place>,
    /// Postures ruled out.
    pub ruled_out: Vec<Posture>,
    /// Who it is for.
    pub person: Person,
    /// Whether this is a first session, or the first after a long break.
    pub first_session: bool,
    /// Answers to the screen, resolved for every caution.
    pub screen: Screen,
    /// Pressure already given today.
    pub pressure_today: PerSite<Seconds>,
    /// What was done of moves so far.
    pub moves: MovesSoFar,
    /// Ceilings that come from how an area took the last session.
    pub history: Vec<HistoryLimit>,
    /// Soreness today.
    pub soreness: PerSite<Option<Felt>>,
    /// Tight today.
    pub tight: SiteSet,
    /// Asked for.
    pub wants: SiteSet,
    /// To be left out.
    pub avoid: SiteSet,
    /// How much of the effect to expect the person's own tests show, by site, in thousandths; a site without tests is not
    /// there and counts 1000. For the plan, which gets it from `learn::with_own_results`; the gate never looks at it.
    pub effect_shares: SortedMap<Site, u32>,
    /// How sore a site will likely be tomorrow, where it will be noticed. For a plan for recovery, which gets it from
    /// `learn::with_own_results`; the gate never looks at it.
    pub sore_tomorrow: SortedMap<Site, Felt>,
    /// Why no plan can be made from this log today, whatever the answers: ids of `reasons.toml`.
    pub log_holds: Vec<&'static str>,
}

/// What was done of moves so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovesSoFar {
    /// Seconds of work today, rests not counted.
    pub seconds_today: Seconds,
    /// Whether none were done before today, or none for a long time.
    pub first: bool,
}

impl MovesSoFar {
    /// None were ever done.
    pub const NONE: Self = Self { seconds_today: Seconds::ZERO, first: true };
}

/// Who it is for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Person {
    /// Age, where it is known.
    pub age_years: Option<AgeYears>,
    /// Body mass, where it is known.
    pub body_mass_kg: Option<Kilograms>,
    /// Whether an adult has agreed and is there.
    pub adult_present: bool,
}

/// What an area's own history allows today.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLimit {
    /// Where.
    pub site: Site,
    /// What follows.
    pub effect: HistoryEffect,
}

/// What follows from an area's history.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryEffect {
    /// It was stopped today.
    EndedToday,
    /// A bruise or swelling; closed until this day.
    ClosedUntil(jiff::civil::Date),
    /// Sore the day after: at most these seconds.
    Flare {
        /// At most these seconds in this session.
        at_most: Seconds,
        /// How sore it was.
        felt: Felt,
    },
    /// It was stopped the last time: at most these seconds.
    AfterStop {
        /// At most these seconds in this session.
        at_most: Seconds,
    },
    /// It was asked to be lighter the last time: at most this strong.
    Lighter {
        /// Felt target at most this.
        felt_target: Felt,
        /// Felt cap at most this.
        felt_cap: Felt,
    },
    /// No clean report yet: at most these seconds.
    NoStepUp {
        /// At most these seconds in this session.
        at_most: Seconds,
    },
}

impl Assessment {
    /// Whether all places usual for the goal are among those asked for or marked: then they came together, to fill the
    /// time, and were not named one by one.
    #[must_use]
    pub fn has_the_usual_places(&self, usual: &[RegionId]) -> bool {
        let today = self.places_today(&[]);
        usual.len() > 1 && usual.iter().all(|&region| Site::of(region, Side::Both).any(|site| today.contains(site)))
    }

    /// Today's places: what was marked or asked for, or, if nothing was, what is usual for the goal.
    #[must_use]
    pub fn places_today(&self, usual: &[RegionId]) -> SiteSet {
        let sore: SiteSet = Site::all().filter(|&s| self.soreness[s].is_some_and(|f| f > Felt::NONE)).collect();
        or_usual(self.wants.union(self.tight).union(sore), usual)
    }
}

/// The same places from what was wished for alone, without a look at anything else.
#[must_use]
pub fn places_wished(wishes: &CheckedIn, usual: &[RegionId]) -> SiteSet {
    let wants = wishes.wants.iter().flat_map(|&region| Site::of(region, Side::Both));
    let tight = wishes.tight.iter().flat_map(|area| area.sites());
    let sore = wishes.soreness.iter().filter(|sore| sore.felt > Felt::NONE);
    let sore = sore.flat_map(|sore| Site::of(sore.region, sore.side.unwrap_or(Side::Both)));
    or_usual(wants.chain(tight).chain(sore).collect(), usual)
}

fn or_usual(marked: SiteSet, usual: &[RegionId]) -> SiteSet {
    if !marked.is_empty() {
        return marked;
    }
    usual.iter().flat_map(|&region| Site::of(region, Side::Both)).collect()
}

/// Where questions on areas are asked about: today's regions on both sides, and every other region that a technique
/// for them presses or a whole limb widens to, so that a *no* covers all that a session could touch.
#[must_use]
pub fn asked_about(knowledge: &Knowledge, regions: &[RegionId]) -> Vec<Area> {
    let pressed = knowledge.techniques.values().filter(|technique| regions.contains(&technique.region));
    let touched: SortedSet<RegionId> =
        regions.iter().chain(pressed.flat_map(|technique| &technique.touches)).copied().collect();
    let reached: SortedSet<RegionId> = touched.into_iter().flat_map(|region| knowledge.whole_limb(region)).collect();
    reached.into_iter().map(|region| Area { region, side: None }).collect()
}
