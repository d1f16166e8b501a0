//! From a request to the assessment it describes.

use super::{AnswerGiven, PlanRequest};
use crate::assess::{self, Assessment, Screen, ScreenFact};
use crate::body::{PerSite, RegionId, Side, Site, SiteSet};
use crate::event::Answer;
use crate::knowledge::{Caution, Knowledge, Place, Scope};
use crate::sorted::SortedMap;
use crate::unit::{Felt, Seconds};

/// A request that can be read but not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRequest {
    /// There is no such question.
    #[error("there is no question `{given}`{}; `supple knowledge list cautions` shows all", hint(.close))]
    UnknownCaution {
        /// The id given.
        given: String,
        /// A close id, if there is one.
        close: Option<String>,
    },
}

fn hint(close: &Option<String>) -> String {
    close.as_ref().map(|id| format!(" (did you mean `{id}`?)")).unwrap_or_default()
}

impl Assessment {
    /// The assessment a request describes.
    ///
    /// # Errors
    /// [`BadRequest`] if an answer names a question that does not exist.
    pub fn from_request(request: &PlanRequest, knowledge: &Knowledge) -> Result<Self, BadRequest> {
        let mut screen = Screen::unanswered(knowledge);
        // A default of unknown says what no default says: whatever has no answer of its own was not answered.
        let default = request.screen.default.filter(|&answer| answer != Answer::Unknown);
        for (id, caution) in &knowledge.cautions {
            screen.set(id, resolve(caution, request.screen.answers.get(id), default));
        }
        if let Some(given) = request.screen.answers.keys().find(|id| !knowledge.cautions.contains_key(*id)) {
            let close = closest(given, knowledge.cautions.keys());
            return Err(BadRequest::UnknownCaution { given: given.clone(), close });
        }

        let mut pressure_today = PerSite::filled(Seconds::ZERO);
        for given in &request.pressure_seconds_today {
            for site in Site::of(given.region, given.side.unwrap_or(Side::Both)) {
                pressure_today[site] = pressure_today[site] + Seconds::new(given.seconds);
            }
        }
        let mut soreness = PerSite::filled(None);
        for given in &request.soreness {
            for site in Site::of(given.region, given.side.unwrap_or(Side::Both)) {
                // Said twice counts as the worse.
                soreness[site] = soreness[site].max(Some(given.felt));
            }
        }
        let tools = request.tools.iter().map(|tool| (*tool, request.tool_firmness.get(tool).copied())).collect();
        Ok(Self {
            now: request.now.clone(),
            head: None,
            goal: request.goal,
            minutes: request.minutes,
            tools,
            places: request.places.clone().unwrap_or_else(|| vec![Place::Floor, Place::Wall, Place::Chair]),
            ruled_out: request.no.clone(),
            person: assess::Person {
                age_years: request.person.age_years,
                body_mass_kg: request.person.body_mass_kg,
                adult_present: request.person.adult_present,
            },
            first_session: request.first_session,
            screen,
            pressure_today,
            // A request says nothing of moves; who has logged sessions is not new to it.
            moves: assess::MovesSoFar { first: request.first_session, ..assess::MovesSoFar::NONE },
            history: Vec::new(),
            soreness: soreness_without_zeros(soreness),
            tight: request.tight.iter().flat_map(|area| area.sites()).collect(),
            wants: request.wants.iter().flat_map(|&region| Site::of(region, Side::Both)).collect(),
            avoid: request.avoid.iter().flat_map(|&region| Site::of(region, Side::Both)).collect(),
            effect_shares: SortedMap::new(),
            sore_tomorrow: SortedMap::new(),
            log_holds: Vec::new(),
        })
    }
}

fn soreness_without_zeros(mut soreness: PerSite<Option<Felt>>) -> PerSite<Option<Felt>> {
    for site in Site::all() {
        soreness[site] = soreness[site].filter(|&felt| felt > Felt::NONE);
    }
    soreness
}

/// What a request says about one caution. The default answers for all regions; an answer with areas covers those
/// and leaves the rest to the default; an answer without areas covers everything.
fn resolve(caution: &Caution, given: Option<&AnswerGiven>, default: Option<Answer>) -> ScreenFact {
    let mut fact = match (caution.scope, given) {
        (Scope::MarkedArea, Some(given)) => on_areas(given, default),
        (Scope::MarkedArea, None) => default.map_or(ScreenFact::UNANSWERED, ScreenFact::everywhere),
        (_, Some(given)) => on_fixed_reach(given),
        (_, None) => ScreenFact { answer: default.unwrap_or(Answer::Unknown), ..ScreenFact::UNANSWERED },
    };
    fact.side = given.and_then(|given| given.side);
    fact
}

/// A question on areas: each site has its own answer.
fn on_areas(given: &AnswerGiven, default: Option<Answer>) -> ScreenFact {
    let mut marked: SiteSet = given.areas.iter().flat_map(|area| area.sites()).collect();
    // Without a place, a no or an agreement about one side says nothing of the other; a yes or a "not sure" is
    // everywhere all the same.
    let side = given.side.filter(|_| given.areas.is_empty()).unwrap_or(Side::Both);
    let spoken_of: SiteSet = RegionId::ALL.into_iter().flat_map(|region| Site::of(region, side)).collect();
    if given.areas.is_empty() {
        marked = if given.answer == Answer::No { spoken_of } else { SiteSet::FULL };
    }
    let mut fact = default.map_or(ScreenFact::UNANSWERED, ScreenFact::everywhere);
    fact.take_area_answer(given.answer, marked, given.clinician_agreed_on, given.since);
    fact.agreed = fact.agreed.intersection(spoken_of);
    fact
}

/// An entry with a fixed reach: where it asks for them, marked places come on top, such as a flap's donor site.
fn on_fixed_reach(given: &AnswerGiven) -> ScreenFact {
    let marked = given.areas.iter().flat_map(|area| area.sites()).filter(|_| given.answer != Answer::No).collect();
    ScreenFact {
        answer: given.answer,
        yes: marked,
        agreed_on: given.clinician_agreed_on,
        since: given.since,
        ..ScreenFact::UNANSWERED
    }
}

/// The id that differs in the fewest letters, if it is close enough to be a slip.
pub(crate) fn closest<'a>(given: &str, known: impl Iterator<Item = &'a String>) -> Option<String> {
    known
        .map(|id| (letters_apart(given, id), id))
        .min()
        .filter(|(apart, id)| *apart <= id.len() / 3)
        .map(|(_, id)| id.clone())
}

/// Levenshtein distance.
fn letters_apart(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let here = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}
