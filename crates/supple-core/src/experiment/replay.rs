use crate::state::ExperimentRecord;
use serde::Serialize;

/// The order of an experiment, worked out again from its seed and compared with what was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// The experiment.
    pub experiment: String,
    /// Its seed.
    pub seed: String,
    /// Every session up to the last one that was shown.
    pub sessions: Vec<ReplayedSession>,
    /// Whether every way that was shown was the one whose turn it was.
    pub equal: bool,
}

/// One session's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplayedSession {
    /// Which session, from 0.
    pub session: u8,
    /// The way that the seed gives, 0 or 1.
    pub arm: u8,
    /// The ways that were shown, in order; more than one where it was missed.
    pub shown: Vec<u8>,
}

/// Works the order out again. Nothing of a session that was not shown yet is told.
#[must_use]
pub fn replay(record: &ExperimentRecord) -> Replay {
    let design = record.design();
    let last = record.revealed.iter().map(|revealed| revealed.what.session).max();
    let sessions: Vec<ReplayedSession> = last.map_or_else(Vec::new, |last| {
        (0..=last)
            .map(|session| ReplayedSession {
                session,
                arm: design.seed.arm(session),
                shown: record
                    .revealed
                    .iter()
                    .filter(|revealed| revealed.what.session == session)
                    .map(|revealed| revealed.what.arm)
                    .collect(),
            })
            .collect()
    });
    let equal = sessions.iter().all(|one| one.shown.iter().all(|shown| *shown == one.arm));
    Replay { experiment: record.id().to_owned(), seed: design.seed.to_string(), sessions, equal }
}
