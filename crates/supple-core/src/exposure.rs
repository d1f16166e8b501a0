//! From a training to what it asked of each region, and how unaccustomed that was for this person.
//!
//! ```text
//!  minutes × effort ─shares─▶ load of a region ─eccentric, unaccustomed─▶ exposure ─▶ soreness ahead (learn/forecast)
//! ```
//!
//! A side is not known of any training, so a region stands for both. Numbers without a source are our judgement; docs/model.md
//! has the equations.

use crate::body::RegionId;
use crate::days;
use crate::event::Trained;
use crate::knowledge::check::OTHER_SPORT;
use crate::knowledge::{Knowledge, Sport};
use crate::learn::forecast::Diary;
use crate::math;
use crate::sorted::SortedMap;
use crate::state::{State, Training};
use crate::unit::Felt;
use jiff::Zoned;
use jiff::civil::Date;

/// One training, with what it asked of the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Bout<'s> {
    /// The training.
    pub training: &'s Training,
    /// When it ended.
    pub ended: Zoned,
    /// How hard it was: as said, or as it usually is.
    pub effort: Felt,
    /// Whether nobody said how hard it was.
    pub effort_assumed: bool,
    /// Minutes times effort: the load of the whole body, 0 and up.
    pub load: f64,
    /// What it asked of each region.
    pub regions: SortedMap<RegionId, RegionExposure>,
}

/// What one training asked of one region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegionExposure {
    /// The region's part of the load; the parts of a training add up to all of it.
    pub load: f64,
    /// How much of the work lengthened muscles while they pulled, 0 to 1.
    pub eccentric: f64,
    /// How unaccustomed it was for this person: 1 for wholly, [`ACCUSTOMED`] for as usual.
    pub unaccustomed: f64,
    /// What can be felt later: the load, weighed by both.
    pub exposure: f64,
}

/// What is left of the soreness of a bout that is like a recent one. After one bout of eccentric work a like one makes
/// far less sore for weeks (the repeated-bout effect); how much less differs between studies. Our judgement.
pub const ACCUSTOMED: f64 = 0.3;
/// How unaccustomed a bout counts while nothing is known of the weeks before it. Our judgement: the middle.
const NOT_KNOWN: f64 = 0.65;
/// So many days of a log have to lie before a bout until what is missing from it counts as not done. Our judgement.
const KNOWN_AFTER_DAYS: i32 = 14;
/// The protection of a bout is halved after so many days. Our judgement: most of it lasts weeks, some of it months.
const PROTECTION_HALVES_DAYS: f64 = 28.0;
/// Bouts further back are not looked at: their protection is below 5 %.
const LOOK_BACK_DAYS: i32 = 126;
/// Work that only shortens muscles is felt this much, work that only lengthens them [`ECCENTRIC_FELT`] as much: the
/// ordinary half-and-half counts 1. Our judgement.
const CONCENTRIC_FELT: f64 = 0.5;
const ECCENTRIC_FELT: f64 = 1.5;
/// So many metres of descent a kilometre make work all eccentric, where going down counts. Our judgement.
const ALL_DOWN_METRES_A_KILOMETRE: f64 = 150.0;

/// How a training's work is shared out, and its eccentric part, region by region. The shares add up to 1.
fn shared_out(knowledge: &Knowledge, sport: &Sport, training: &Trained) -> SortedMap<RegionId, (f64, f64)> {
    let mut parts: SortedMap<RegionId, (f64, f64)> = SortedMap::new();
    let mut add = |shares: &SortedMap<RegionId, f64>, eccentric: f64, weight: f64| {
        for (region, share) in shares {
            let part = parts.get_or_default(*region);
            part.0 += share * weight;
            part.1 += share * weight * eccentric;
        }
    };
    let share_of_sets = |sets: usize| share(sets, training.sets());
    let mut named = 0;
    for done in &training.exercises {
        let exercise = done.exercise.as_ref().and_then(|id| knowledge.exercises.exercises.get(id));
        if let Some(exercise) = exercise {
            named += done.sets.len();
            add(&exercise.shares, exercise.eccentric, share_of_sets(done.sets.len()));
        }
    }
    if named == 0 || named < training.sets() {
        add(&sport.shares, with_descent(sport, training), 1.0 - share_of_sets(named));
    }
    parts.retain(|_, (share, _)| *share > 0.0);
    parts.values_mut().for_each(|(share, eccentric)| *eccentric /= *share);
    parts
}

/// A part of a number of things; none of nothing.
fn share(part: usize, whole: usize) -> f64 {
    let whole = u32::try_from(whole).unwrap_or(u32::MAX);
    let part = u32::try_from(part).unwrap_or(u32::MAX);
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// The eccentric part of a sport's work, with what going down adds.
fn with_descent(sport: &Sport, training: &Trained) -> f64 {
    let (Some(distance), Some(descent)) = (training.distance, training.descent) else { return sport.eccentric };
    if !sport.descent_counts || distance.get() == 0 {
        return sport.eccentric;
    }
    let down = 1000.0 * f64::from(descent.get()) / f64::from(distance.get());
    let added = (down / ALL_DOWN_METRES_A_KILOMETRE).min(1.0);
    sport.eccentric + (1.0 - sport.eccentric) * added
}

/// How much of a load can be felt, by how eccentric it was.
fn felt(load: f64, eccentric: f64) -> f64 {
    load * (CONCENTRIC_FELT + (ECCENTRIC_FELT - CONCENTRIC_FELT) * eccentric)
}

/// Every training that counts with what it asked of the body, by the time it ended. Trainings that load no muscle are
/// left out.
#[must_use]
pub fn bouts<'s>(knowledge: &Knowledge, state: &'s State) -> Vec<Bout<'s>> {
    let mut bouts: Vec<Bout<'s>> =
        state.trainings.iter().filter_map(|training| loaded(knowledge, training)).collect();
    bouts.sort_by(|a, b| a.ended.cmp(&b.ended).then_with(|| a.training.id.cmp(&b.training.id)));
    for place in 0..bouts.len() {
        let (before, rest) = bouts.split_at_mut(place);
        let Bout { training, ended, regions, .. } = &mut rest[0];
        regions.retain(|region, asked| {
            let work = felt(asked.load, asked.eccentric);
            asked.unaccustomed = unaccustomed(before, *region, ended, work, training.what.unusual);
            asked.exposure = work * asked.unaccustomed;
            true
        });
    }
    bouts
}

fn loaded<'s>(knowledge: &Knowledge, training: &'s Training) -> Option<Bout<'s>> {
    let what = &training.what;
    let sport = knowledge.sports.get(&what.sport).or_else(|| knowledge.sports.get(OTHER_SPORT))?;
    if !sport.trains {
        return None;
    }
    let effort = what.effort.unwrap_or(sport.usual_effort);
    let load = f64::from(what.minutes()) * f64::from(effort.get());
    let regions = shared_out(knowledge, sport, what).into_iter().map(|(region, (share, eccentric))| {
        (region, RegionExposure { load: load * share, eccentric, unaccustomed: 1.0, exposure: 0.0 })
    });
    let ended = what.start.checked_add(jiff::SignedDuration::from_secs(i64::from(what.seconds.get()))).ok()?;
    Some(Bout { training, ended, effort, effort_assumed: what.effort.is_none(), load, regions: regions.collect() })
}

/// How unaccustomed a bout is, after those before it: the bout that protects most counts, by how much of this one's
/// work it already had and how long ago it was.
fn unaccustomed(before: &[Bout<'_>], region: RegionId, at: &Zoned, work: f64, said: Option<bool>) -> f64 {
    if said == Some(true) || work <= 0.0 {
        return 1.0;
    }
    let day = day_number(at.date());
    let mut protection = 0.0_f64;
    for bout in before.iter().rev() {
        let days = day - day_number(bout.ended.date());
        if days > LOOK_BACK_DAYS {
            break;
        }
        let Some(asked) = bout.regions.get(&region) else { continue };
        let alike = (felt(asked.load, asked.eccentric) / work).min(1.0);
        let left = math::exp(-math::ln(2.0) * f64::from(days.max(0)) / PROTECTION_HALVES_DAYS);
        protection = protection.max(alike * left);
    }
    let seen = 1.0 - (1.0 - ACCUSTOMED) * protection;
    let log_began = before.iter().map(|bout| day_number(bout.ended.date())).min().unwrap_or(day);
    match said {
        Some(false) => ACCUSTOMED,
        _ if day - log_began < KNOWN_AFTER_DAYS => seen.min(NOT_KNOWN),
        _ => seen,
    }
}

/// Days since 1970-01-01, as [`Diary`] counts them.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    days::between(epoch, date)
}

/// The load of each day, for a forecast of how sore the whole body will be.
#[must_use]
pub fn daily_load(bouts: &[Bout<'_>]) -> SortedMap<i32, f64> {
    let mut days: SortedMap<i32, f64> = SortedMap::new();
    for bout in bouts {
        *days.get_or_default(day_number(bout.ended.date())) += bout.load;
    }
    days
}

/// The exposure of a region on each day, for a forecast of how sore that region will be.
#[must_use]
pub fn daily_exposure(bouts: &[Bout<'_>], region: RegionId) -> SortedMap<i32, f64> {
    let mut days: SortedMap<i32, f64> = SortedMap::new();
    for bout in bouts {
        if let Some(asked) = bout.regions.get(&region) {
            *days.get_or_default(day_number(bout.ended.date())) += asked.exposure;
        }
    }
    days
}

/// What somebody said of their whole body on days, in another program, with the loads of those days. Days on another
/// scale than the newest one's are left out: nobody knows how the two go together.
#[must_use]
pub fn diary(state: &State, bouts: &[Bout<'_>]) -> Diary {
    let newest = state.soreness_days.last_key_value().map(|(_, day)| day.what.scale);
    let same = state.soreness_days.iter().filter(|(_, day)| Some(day.what.scale) == newest);
    Diary { soreness: same.map(|(on, day)| (day_number(*on), day.what.point)).collect(), load: daily_load(bouts) }
}
