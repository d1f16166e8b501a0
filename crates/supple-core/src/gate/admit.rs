use super::{Admitted, AdmittedBlock, Clearance};
use crate::body::{PerSite, Site};
use crate::dose::Dose;
use crate::knowledge::{Goal, Knowledge};
use crate::timetable;
use crate::unit::{Seconds, SessionMinutes};

/// Why a session is not admitted. A plan made under the same clearance never is; a saved or foreign one may be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAdmitted {
    /// The log went on since the clearance was made.
    #[error("something was logged since this plan was made; plan again")]
    Stale,
    /// A block is outside what is allowed today.
    #[error("block {number} ({technique}, {side}) is outside what is allowed today; plan again")]
    Outside {
        /// Its number, from 1.
        number: usize,
        /// Its technique.
        technique: String,
        /// Its side.
        side: String,
    },
    /// All blocks together are too much for one area.
    #[error("{region}, {side}: {seconds} in all is more than today's limit; plan again")]
    AreaTooLong {
        /// The region.
        region: String,
        /// The side.
        side: String,
        /// Seconds of all its blocks.
        seconds: Seconds,
    },
    /// All blocks together are too many sets for one area.
    #[error("{region}, {side}: {sets} sets in all is more than today's limit; plan again")]
    TooManySets {
        /// The region.
        region: String,
        /// The side.
        side: String,
        /// Sets of all its blocks.
        sets: u32,
    },
    /// The session is too long.
    #[error("the session takes {seconds}, more than the {minutes} minutes allowed; plan again")]
    TooLong {
        /// Seconds of the whole session.
        seconds: Seconds,
        /// Minutes allowed.
        minutes: u8,
    },
}

/// Checks doses again, one by one and together, and admits them. The last gate before a session: whatever a form,
/// a saved plan or another program proposed, nothing else can be guided.
///
/// # Errors
/// Every [`NotAdmitted`] there is: a block that is not allowed, too much or too many sets on one area, a session that is too long,
/// or a clearance made from another state of the log.
pub fn admit(
    knowledge: &Knowledge,
    clearance: &Clearance,
    head: Option<&str>,
    goal: Goal,
    minutes: SessionMinutes,
    doses: &[Dose],
) -> Result<Admitted, Vec<NotAdmitted>> {
    let mut problems = Vec::new();
    if clearance.head() != head {
        problems.push(NotAdmitted::Stale);
    }
    for (index, dose) in doses.iter().enumerate() {
        if !clearance.allows(knowledge, dose) {
            problems.push(NotAdmitted::Outside {
                number: index + 1,
                technique: dose.technique.clone(),
                side: dose.side.to_string(),
            });
        }
    }
    let mut per_site = PerSite::filled(Seconds::ZERO);
    let mut sets = PerSite::filled(0_u32);
    for dose in doses {
        for site in dose.sites() {
            per_site[site] = per_site[site] + dose.pressure();
            sets[site] = sets[site].saturating_add(u32::from(dose.sets));
        }
    }
    for site in Site::all() {
        let limits = clearance.at(site);
        let most = limits
            .seconds_per_day
            .saturating_sub(clearance.pressure_today[site])
            .min(limits.seconds_per_session)
            .min(Seconds::new(knowledge.limits.ceilings.seconds_per_area_day));
        if per_site[site] > most {
            problems.push(NotAdmitted::AreaTooLong {
                region: site.region.to_string(),
                side: site.half.side().to_string(),
                seconds: per_site[site],
            });
        }
        if sets[site] > u32::from(limits.sets) {
            problems.push(NotAdmitted::TooManySets {
                region: site.region.to_string(),
                side: site.half.side().to_string(),
                sets: sets[site],
            });
        }
    }
    let seconds = timetable::total(knowledge, doses);
    let minutes = minutes.get().min(knowledge.limits.ceilings.session_minutes);
    if seconds > Seconds::new(u32::from(minutes) * 60) {
        problems.push(NotAdmitted::TooLong { seconds, minutes });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let blocks = doses.iter().zip(timetable::approaches(knowledge, doses)).map(|(dose, approach)| AdmittedBlock {
        dose: dose.clone(),
        new_station: approach.new_station,
        side_switch: approach.side_switch,
        setup_seconds: approach.setup.get(),
        lead_in_seconds: approach.lead_in.get(),
    });
    Ok(Admitted::new(goal, blocks.collect(), clearance.head.clone()))
}
