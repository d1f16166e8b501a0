use super::{Assessment, HistoryEffect, HistoryLimit, MovesSoFar, Person, Screen, ScreenFact};
use crate::body::{PerSite, RegionId, Side, Site, SiteSet};
use crate::days;
use crate::event::{Answer, CheckedIn, NextDayReported, QuestionAnswered};
use crate::knowledge::{AskAgain, Caution, Ends, Knowledge, Place, Scope, StopSignalId};
use crate::sorted::SortedMap;
use crate::state::{MovesRecord, SessionRecord, State, Timed};
use crate::unit::{Felt, Seconds};
use jiff::{SignedDuration, Zoned};

/// How far an event's clock may be ahead of ours before it counts as coming from the future.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);

impl Assessment {
    /// The assessment of today that a log and today's wishes give.
    #[must_use]
    pub fn from_state(knowledge: &Knowledge, state: &State, now: &Zoned, wishes: &CheckedIn) -> Self {
        let today = now.date();
        let profile = &state.profile;
        let mut soreness = PerSite::filled(None);
        for sore in &wishes.soreness {
            for site in Site::of(sore.region, sore.side.unwrap_or(Side::Both)) {
                soreness[site] = soreness[site].max(Some(sore.felt).filter(|&felt| felt > Felt::NONE));
            }
        }
        let both = |regions: &[RegionId]| regions.iter().flat_map(|&region| Site::of(region, Side::Both)).collect();
        Self {
            now: now.clone(),
            head: state.head.clone(),
            goal: wishes.goal,
            minutes: wishes.minutes,
            tools: profile.tools.iter().map(|tool| (*tool, profile.tool_firmness.get(tool).copied())).collect(),
            places: profile.places.clone().unwrap_or_else(|| vec![Place::Floor, Place::Wall, Place::Chair]),
            ruled_out: profile.no.clone(),
            person: Person {
                age_years: profile.age_on(today),
                body_mass_kg: profile.body_mass_kg,
                adult_present: profile.adult_present_on(today),
            },
            first_session: first_session(knowledge, state, now),
            screen: screen(knowledge, state, now),
            pressure_today: pressure_today(state, now),
            moves: moves_so_far(knowledge, state, now),
            history: history(knowledge, state, now),
            soreness,
            tight: wishes.tight.iter().flat_map(|area| area.sites()).collect(),
            wants: both(&wishes.wants),
            avoid: both(&wishes.avoid),
            effect_shares: SortedMap::new(),
            sore_tomorrow: SortedMap::new(),
            log_holds: log_holds(state, now),
        }
    }
}

/// More than two moments of one civil day can be apart, in any zone and with any change of its clocks. Most of a long
/// log is told apart by this alone, and a date in a zone is worked out only for what is near.
const OF_ONE_DAY: SignedDuration = SignedDuration::from_hours(72);

pub(crate) fn on_day(at: &Zoned, now: &Zoned) -> bool {
    seconds_since(at, now).abs() < OF_ONE_DAY.as_secs()
        && at.with_time_zone(now.time_zone().clone()).date() == now.date()
}

/// Whether it is more than so many calendar days ago. The same as by [`days_since`].
pub(super) fn is_older_than(at: &Zoned, days: i32, now: &Zoned) -> bool {
    let surely = 24 * 3600 * i64::from(days.max(0)) + OF_ONE_DAY.as_secs();
    seconds_since(at, now) > surely || days_since(at, now) > days
}

pub(crate) fn days_since(at: &Zoned, now: &Zoned) -> i32 {
    let then = at.with_time_zone(now.time_zone().clone()).date();
    days_since_date(then, now)
}

/// Days from a day until today; negative for one to come.
pub(super) fn days_since_date(then: jiff::civil::Date, now: &Zoned) -> i32 {
    days::between(then, now.date())
}

pub(crate) fn from_the_future(at: &Zoned, now: &Zoned) -> bool {
    seconds_since(at, now) < 0 && now.duration_since(at) < -CLOCKS_APART
}

/// Whole seconds from one moment to another, within one: a long log is told apart by this, which takes a tenth of what an
/// exact difference does.
fn seconds_since(at: &Zoned, now: &Zoned) -> i64 {
    now.timestamp().as_second() - at.timestamp().as_second()
}

/// Sessions up to now in which pressure was really given.
pub(super) fn with_pressure<'s>(state: &'s State, now: &Zoned) -> impl DoubleEndedIterator<Item = &'s SessionRecord> {
    given_pressure(&state.sessions, now)
}

fn given_pressure<'s>(
    sessions: &'s [SessionRecord],
    now: &Zoned,
) -> impl DoubleEndedIterator<Item = &'s SessionRecord> {
    sessions.iter().filter(|s| s.seconds() > Seconds::ZERO && !from_the_future(&s.at, now))
}

/// Who felt dizzy, or had chest pain or trouble with breath or sight, is done for the day.
fn log_holds(state: &State, now: &Zoned) -> Vec<&'static str> {
    let unwell = |stop: &&Timed<crate::event::StopSignalled>| {
        stop.what.signal == StopSignalId::DizzyOrChest && on_day(&stop.at, now)
    };
    state.stops.iter().find(unwell).map(|_| "session_ended_unwell").into_iter().collect()
}

/// A first session, or the first after a long break.
fn first_session(knowledge: &Knowledge, state: &State, now: &Zoned) -> bool {
    let break_days = i32::from(knowledge.limits.next_day.fresh_start_after_days);
    // Two sessions on the first day are still a first day. The latest come first: one of them answers it as a rule.
    !with_pressure(state, now)
        .rev()
        .any(|session| !is_older_than(&session.at, break_days - 1, now) && !on_day(&session.at, now))
}

fn pressure_today(state: &State, now: &Zoned) -> PerSite<Seconds> {
    let mut today = PerSite::filled(Seconds::ZERO);
    for given in state.pressure().filter(|given| on_day(given.at, now)) {
        for site in Site::of(given.region, given.side) {
            today[site] = today[site] + given.seconds;
        }
    }
    today
}

/// What was done of moves. The latest come first: one of them says as a rule whether there were any of late.
fn moves_so_far(knowledge: &Knowledge, state: &State, now: &Zoned) -> MovesSoFar {
    let break_days = i32::from(knowledge.limits.next_day.fresh_start_after_days);
    let done =
        || state.moves.iter().rev().filter(|run| run.seconds() > Seconds::ZERO && !from_the_future(&run.at, now));
    MovesSoFar {
        seconds_today: state
            .moves
            .iter()
            .flat_map(|run| &run.moves)
            .filter(|done| on_day(&done.at, now))
            .map(|done| Seconds::new(done.what.seconds))
            .sum(),
        first: !done().any(|run| !is_older_than(&run.at, break_days - 1, now) && !on_day(&run.at, now)),
    }
}

/// Every answer that is still in force; an older one is unknown.
pub(crate) fn screen(knowledge: &Knowledge, state: &State, now: &Zoned) -> Screen {
    let mut screen = Screen::unanswered(knowledge);
    for (id, answers) in &state.answers {
        let Some(caution) = knowledge.cautions.get(id) else { continue };
        let in_force = |given: &Timed<QuestionAnswered>| in_force(knowledge, caution, state, given, now);
        screen.set(id, taken_together(caution, answers, in_force));
    }
    screen
}

/// What those answers to one question that count come to, each taken after the one before it.
///
/// The last ones are looked at first, and only as many as matter: of an answer as a whole the last one alone, and of
/// answers about areas those since when every site was answered. Not so where an agreement stands before them: of
/// several agreements the oldest counts, so all are taken.
pub(super) fn taken_together(
    caution: &Caution,
    answers: &[Timed<QuestionAnswered>],
    counts: impl Fn(&Timed<QuestionAnswered>) -> bool,
) -> ScreenFact {
    let mut fact = ScreenFact::UNANSWERED;
    if caution.scope != Scope::MarkedArea {
        if let Some(last) = answers.iter().rfind(|given| counts(given)) {
            take(&mut fact, caution, &last.what);
        }
        return fact;
    }
    let (mut first, mut answered) = (answers.len(), SiteSet::EMPTY);
    while first > 0 && answered != SiteSet::FULL {
        first -= 1;
        if counts(&answers[first]) {
            answered = answered.union(sites_of(&answers[first].what));
        }
    }
    // Agreements are rare, so what tells them is asked before what is costly.
    let is_agreement = |given: &QuestionAnswered| given.answer == Answer::Yes && given.clinician_agreed_on.is_some();
    if answers[..first].iter().any(|given| is_agreement(&given.what) && counts(given)) {
        first = 0;
    }
    for given in answers[first..].iter().filter(|given| counts(given)) {
        take(&mut fact, caution, &given.what);
    }
    fact
}

fn in_force(
    knowledge: &Knowledge,
    caution: &Caution,
    state: &State,
    given: &Timed<QuestionAnswered>,
    now: &Zoned,
) -> bool {
    if given.what.text_version < caution.text_version {
        return false;
    }
    if from_the_future(&given.at, now) {
        // A clock was wrong. A yes still counts; a no may not be a no of today.
        return given.what.answer != Answer::No;
    }
    match caution.ask_again {
        AskAgain::EachSession => {
            let hours = SignedDuration::from_hours(i64::from(knowledge.screen.each_session_holds_hours));
            let is_since = |s: &SessionRecord| s.at >= given.at && !from_the_future(&s.at, now);
            let moved_since = |run: &MovesRecord| run.at >= given.at && !from_the_future(&run.at, now);
            seconds_since(&given.at, now) <= hours.as_secs()
                && now.duration_since(&given.at) <= hours
                && !state.sessions.iter().rev().any(is_since)
                && !state.moves.iter().rev().any(moved_since)
        }
        AskAgain::AfterDays(days) => !is_older_than(&given.at, i32::from(days), now),
        AskAgain::WhenChanged => {
            !is_older_than(&given.at, i32::from(knowledge.screen.confirm_lasting_after_days), now)
        }
    }
}

/// Where an answer to a question on areas holds. Without an area it is about everywhere, save a *no*: that is about
/// nowhere.
fn sites_of(given: &QuestionAnswered) -> SiteSet {
    let marked: SiteSet = given.areas.iter().flat_map(|area| area.sites()).collect();
    match given.answer {
        Answer::Yes | Answer::Unknown if marked.is_empty() => SiteSet::FULL,
        _ => marked,
    }
}

pub(super) fn take(fact: &mut ScreenFact, caution: &Caution, given: &QuestionAnswered) {
    if caution.scope == Scope::MarkedArea {
        fact.take_area_answer(given.answer, sites_of(given), given.clinician_agreed_on, given.since);
    } else {
        *fact = ScreenFact { answer: given.answer, ..ScreenFact::UNANSWERED };
        if given.answer != Answer::No {
            fact.yes = given.areas.iter().flat_map(|area| area.sites()).collect();
        }
        fact.agreed_on = given.clinician_agreed_on;
        fact.since = given.since;
    }
    fact.side = given.side;
}

/// What each area's own history allows today.
fn history(knowledge: &Knowledge, state: &State, now: &Zoned) -> Vec<HistoryLimit> {
    let mut limits = Vec::new();
    for stop in &state.stops {
        for (site, effect) in after_stop(knowledge, stop, now) {
            limits.push(HistoryLimit { site, effect });
        }
    }
    let hurt = crate::movement::hurt_today(state, knowledge, now);
    limits.extend(hurt.iter().map(|site| HistoryLimit { site, effect: HistoryEffect::EndedToday }));
    let last = last_doses(knowledge, state, now);
    let since = last.iter().flatten().map(|last| &last.at).min();
    // Only a report after the session it is about says anything; all others are passed over once, not for each site.
    let reports: Vec<_> =
        since.map_or_else(Vec::new, |since| state.next_days.iter().filter(|report| report.at > *since).collect());
    for (site, last) in Site::all().zip(last) {
        let effect = last.and_then(|last| after_last_dose(knowledge, state, (site, last), &reports, now));
        limits.extend(effect.map(|effect| HistoryLimit { site, effect }));
    }
    limits.extend(super::lighter::asked_for(knowledge, state, now));
    limits
}

/// For each site the last session of an earlier day that pressed it; none where that is so long ago that the limits of
/// a first session hold.
fn last_doses<'s>(knowledge: &Knowledge, state: &'s State, now: &Zoned) -> Vec<Option<&'s SessionRecord>> {
    let fresh_start = i32::from(knowledge.limits.next_day.fresh_start_after_days);
    let is_recent = |session: &&SessionRecord| !is_older_than(&session.at, fresh_start - 1, now);
    let mut last: PerSite<Option<&SessionRecord>> = PerSite::filled(None);
    let mut found = SiteSet::EMPTY;
    // What the log has before its first recent session would be dropped below: years of it are not gone through.
    let first_recent = state.sessions.iter().position(|session| is_recent(&session)).unwrap_or(state.sessions.len());
    for session in
        given_pressure(&state.sessions[first_recent..], now).rev().filter(|session| !on_day(&session.at, now))
    {
        let pressed = session.blocks.iter().filter(|block| block.finished.seconds > 0);
        for site in pressed.flat_map(|block| Site::of(block.finished.region, block.finished.side)) {
            if !found.contains(site) {
                found.insert(site);
                last[site] = Some(session);
            }
        }
        if found == SiteSet::FULL {
            break;
        }
    }
    Site::all().map(|site| last[site].filter(is_recent)).collect()
}

fn after_stop(
    knowledge: &Knowledge,
    stop: &Timed<crate::event::StopSignalled>,
    now: &Zoned,
) -> Vec<(Site, HistoryEffect)> {
    let (Some(region), Some(signal)) = (stop.what.region, knowledge.stop_signals.get(&stop.what.signal)) else {
        return Vec::new();
    };
    let sites: SiteSet = Site::of(region, stop.what.side.unwrap_or(Side::Both)).collect();
    if signal.area_closed_days > 0 {
        let Some(until) = days::after(stop.at.date(), signal.area_closed_days.into()) else {
            return Vec::new();
        };
        let open_again = now.date() >= until;
        return sites.iter().filter(|_| !open_again).map(|s| (s, HistoryEffect::ClosedUntil(until))).collect();
    }
    if !on_day(&stop.at, now) {
        return Vec::new();
    }
    let closed = match (signal.ends, stop.what.signal) {
        (Ends::Limb, _) => whole_limb(knowledge, sites),
        // The second time it was too strong ends the area; the guide logs only that one.
        (Ends::Area, _) | (_, StopSignalId::TooStrong) => sites,
        _ => SiteSet::EMPTY,
    };
    closed.iter().map(|site| (site, HistoryEffect::EndedToday)).collect()
}

fn whole_limb(knowledge: &Knowledge, marked: SiteSet) -> SiteSet {
    let on_half = |mark: Site| knowledge.whole_limb(mark.region).map(move |region| Site::new(region, mark.half));
    marked.iter().flat_map(on_half).collect()
}

/// A dose steps up only after a clean next-day report, and down after a flare. Where the share is less than is worth
/// setting up, the area rests until a later report says that it settled, or the break is so long that all starts anew.
fn after_last_dose(
    knowledge: &Knowledge,
    state: &State,
    (site, last): (Site, &SessionRecord),
    reports: &[&Timed<NextDayReported>],
    now: &Zoned,
) -> Option<HistoryEffect> {
    let given = last.seconds_on(site);
    let concerns = |report: &&Timed<NextDayReported>| report.at > last.at && is_about(report, site);
    let flare = &knowledge.limits.flare;
    let rules = &knowledge.limits.next_day;
    let report = reports.iter().copied().rfind(|report| concerns(report));
    if let Some(report) = report {
        if report.what.bruise {
            let until = days::after(report.at.date(), flare.bruise_closed_days.into())?;
            if now.date() < until {
                return Some(HistoryEffect::ClosedUntil(until));
            }
        }
        if report.what.bruise || report.what.soreness.get() > flare.soreness_above {
            let at_most = share(given, flare.next_dose_share);
            return Some(HistoryEffect::Flare { at_most, felt: report.what.soreness });
        }
    } else if was_stopped_on(knowledge, state, site, last) {
        return Some(HistoryEffect::AfterStop { at_most: share(given, flare.next_dose_share) });
    }
    let least = Seconds::new(knowledge.limits.first_session.seconds_per_area);
    let step = if report.is_some_and(|report| is_in_time(knowledge, report, last)) { rules.step_seconds } else { 0 };
    Some(HistoryEffect::NoStepUp { at_most: (given + Seconds::new(step)).max(least) })
}

/// Whether a next-day report is about a site.
pub(super) fn is_about(report: &Timed<NextDayReported>, site: Site) -> bool {
    report.what.region == site.region && report.what.side.unwrap_or(Side::Both).halves().contains(&site.half)
}

/// Whether a next-day report came soon enough after a session to say that more is fine.
pub(super) fn is_in_time(knowledge: &Knowledge, report: &Timed<NextDayReported>, session: &SessionRecord) -> bool {
    let hours = SignedDuration::from_hours(i64::from(knowledge.limits.next_day.within_hours));
    report.at > session.at && report.at.duration_since(&session.at) <= hours
}

/// A share of a dose, rounded down: at most so much.
fn share(given: Seconds, share: f64) -> Seconds {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share of a few minutes
    Seconds::new((f64::from(given.get()) * share) as u32)
}

/// Whether a stop signal was about a site in a session or later, before anything was said of the day after.
fn was_stopped_on(knowledge: &Knowledge, state: &State, site: Site, last: &SessionRecord) -> bool {
    state.stops.iter().filter(|stop| stop.what.session.as_deref() == Some(last.id.as_str())).any(|stop| {
        let counts = matches!(
            stop.what.signal,
            StopSignalId::SharpOrElectric | StopSignalId::LimbPinsOrColour | StopSignalId::TooStrong
        );
        let Some(region) = stop.what.region.filter(|_| counts) else { return false };
        let marked: SiteSet = Site::of(region, stop.what.side.unwrap_or(Side::Both)).collect();
        let limb = stop.what.signal == StopSignalId::LimbPinsOrColour;
        let reached = if limb { whole_limb(knowledge, marked) } else { marked };
        reached.contains(site)
    })
}
