//! What the log holds for a forecast: what was said of each region day by day, bouts, and pressure.

use crate::body::{Half, RegionId, Side, Site};
use crate::exposure::{ACCUSTOMED, Bout, RegionExposure, bouts, daily_exposure, day_number};
use crate::knowledge::Knowledge;
use crate::sorted::SortedMap;
use crate::state::State;
use crate::unit::Felt;
use jiff::Zoned;

/// So far back the log is looked at. Our judgement: half a year tells what somebody is like now.
const HISTORY_DAYS: f64 = 180.0;
/// The shortest pressure that may change anything, in seconds: the least a plan gives.
const LEAST_SECONDS: u32 = 20;
/// A day after every day of a log.
pub(super) const EVERY_DAY: i32 = i32::MAX;

/// What was said of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// A point of the scale.
    Point(Felt),
    /// At the check-in other places could be marked, and this one was not.
    NotMarked,
}

/// What was said of a region on a day, of the left and the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// When, in days since 1970.
    pub(super) at: f64,
    /// What, left then right.
    pub(super) said: [Option<Said>; 2],
}

/// One bout as a region felt it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BoutFelt {
    /// When it ended, in days since 1970.
    pub(super) ended: f64,
    /// The civil day it ended on.
    pub(super) day: i32,
    /// What can be felt of it, if it was wholly unaccustomed.
    pub(super) work: f64,
    /// How much bouts before it protect, 0 to 1.
    pub(super) protection: f64,
}

impl BoutFelt {
    pub(super) fn of(bout: &Bout<'_>, asked: &RegionExposure) -> Self {
        Self {
            ended: days_of(&bout.ended),
            day: day_number(bout.ended.date()),
            work: if asked.unaccustomed > 0.0 { asked.exposure / asked.unaccustomed } else { 0.0 },
            protection: ((1.0 - asked.unaccustomed) / (1.0 - ACCUSTOMED)).clamp(0.0, 1.0),
        }
    }
}

/// A log as a forecast sees it.
#[derive(Debug)]
pub(super) struct Log<'s> {
    readings: SortedMap<RegionId, SortedMap<i32, Reading>>,
    work: SortedMap<RegionId, Vec<BoutFelt>>,
    pressure: SortedMap<Site, Vec<(f64, i32)>>,
    check_in_days: usize,
    bouts: Vec<Bout<'s>>,
}

/// Days since 1970, with parts of a day.
pub(super) fn days_of(at: &Zoned) -> f64 {
    // Seconds of any year of civil time are exact in a double.
    #[allow(clippy::cast_precision_loss)]
    let seconds = at.timestamp().as_second() as f64;
    seconds / 86_400.0
}

impl<'s> Log<'s> {
    /// All that was written down up to now.
    pub(super) fn of(knowledge: &Knowledge, state: &'s State, now: &Zoned) -> Self {
        let counts = |at: &Zoned| at <= now && days_of(now) - days_of(at) <= HISTORY_DAYS;
        let mut log = Self {
            readings: SortedMap::new(),
            work: SortedMap::new(),
            pressure: SortedMap::new(),
            check_in_days: 0,
            bouts: bouts(knowledge, state).into_iter().filter(|bout| counts(&bout.ended)).collect(),
        };
        for bout in &log.bouts {
            for (region, asked) in &bout.regions {
                log.work.get_or_default(*region).push(BoutFelt::of(bout, asked));
            }
        }
        let mut pressure: Vec<(f64, i32, Site)> = Vec::new();
        let mut press = |at: &Zoned, region, side, seconds: u32| {
            if counts(at) && seconds >= LEAST_SECONDS {
                pressure.extend(Site::of(region, side).map(|site| (days_of(at), day_number(at.date()), site)));
            }
        };
        for given in state.pressure() {
            press(given.at, given.region, given.side, given.seconds.get());
        }
        for bout in &state.trainings {
            for rolled in &bout.what.rolled {
                press(&bout.what.start, rolled.region, rolled.side.unwrap_or(Side::Both), rolled.seconds.get());
            }
        }
        pressure.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.2.cmp(&b.2)));
        for (at, day, site) in pressure {
            log.pressure.get_or_default(site).push((at, day));
        }
        log.read(state, counts);
        log
    }

    /// What was said, region by region and day by day. Of a day the last check-in counts; where a point was said on that
    /// day, not having marked the place says nothing.
    fn read(&mut self, state: &State, counts: impl Fn(&Zoned) -> bool) {
        let mut marked: SortedMap<i32, (f64, SortedMap<Site, Felt>)> = SortedMap::new();
        for check_in in state.check_ins.iter().filter(|check_in| counts(&check_in.at)) {
            let mut points: SortedMap<Site, Felt> = SortedMap::new();
            for sore in &check_in.what.soreness {
                for site in Site::of(sore.region, sore.side.unwrap_or(Side::Both)) {
                    let felt = points.get(&site).copied().unwrap_or_default().max(sore.felt);
                    points.insert(site, felt);
                }
            }
            marked.insert(day_number(check_in.at.date()), (days_of(&check_in.at), points));
        }
        self.check_in_days = marked.len();
        let check_in_days: Vec<(i32, f64)> = marked.iter().map(|(day, (at, _))| (*day, *at)).collect();
        let mut said: Vec<(i32, f64, Site, Felt)> = Vec::new();
        for (day, (at, points)) in &marked {
            said.extend(points.iter().map(|(site, felt)| (*day, *at, *site, *felt)));
        }
        for report in state.next_days.iter().filter(|report| counts(&report.at)) {
            let (day, at) = (day_number(report.at.date()), days_of(&report.at));
            let sites = Site::of(report.what.region, report.what.side.unwrap_or(Side::Both));
            said.extend(sites.map(|site| (day, at, site, report.what.soreness)));
        }
        for (day, at, site, felt) in said {
            let days = self.readings.get_or_default(site.region);
            let reading = days.get_or_insert_with(day, || Reading { at, said: [None; 2] });
            reading.at = reading.at.max(at);
            reading.said[site.half as usize] = Some(Said::Point(felt));
        }
        // A place is followed from the first word about it, or the first training that loads it.
        let mut regions: Vec<RegionId> = self.work.keys().chain(self.readings.keys()).copied().collect();
        regions.sort_unstable();
        regions.dedup();
        for region in regions {
            let days = self.readings.get_or_default(region);
            let first_bout =
                self.work.get(&region).and_then(|bouts| bouts.first()).map_or(EVERY_DAY, |bout| bout.day);
            let first_word = days.keys().next().copied().unwrap_or(EVERY_DAY);
            let first = first_bout.min(first_word);
            for (day, at) in check_in_days.iter().filter(|(day, _)| *day >= first) {
                let reading = days.get_or_insert_with(*day, || Reading { at: *at, said: [None; 2] });
                for said in &mut reading.said {
                    said.get_or_insert(Said::NotMarked);
                }
            }
        }
    }

    /// Days on which anything was said, in order.
    pub(super) fn days(&self) -> Vec<i32> {
        let mut days: Vec<i32> = self.readings.values().flat_map(|days| days.keys().copied()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What was said on a day, region by region.
    pub(super) fn said_on(&self, day: i32) -> impl Iterator<Item = (RegionId, Reading)> {
        self.readings.iter().filter_map(move |(region, days)| Some((*region, *days.get(&day)?)))
    }

    /// Bouts that loaded a region, in the order they ended.
    pub(super) fn work(&self, region: RegionId) -> &[BoutFelt] {
        self.work.get(&region).map_or(&[], Vec::as_slice)
    }

    /// When pressure was given to a site: the moment and the civil day, in order.
    pub(super) fn pressure(&self, site: Site) -> &[(f64, i32)] {
        self.pressure.get(&site).map_or(&[], Vec::as_slice)
    }

    /// On how many days somebody checked in.
    pub(super) const fn check_in_days(&self) -> usize {
        self.check_in_days
    }

    /// The exposure of a region by day.
    pub(super) fn exposure(&self, region: RegionId) -> SortedMap<i32, f64> {
        daily_exposure(&self.bouts, region)
    }

    /// The points said of a site, by day; `lowest` stands for a place that was not marked and for any lower point.
    pub(super) fn points(&self, site: Site, lowest: u8) -> SortedMap<i32, i32> {
        let of = |reading: &Reading| {
            reading.said[site.half as usize].map(|said| match said {
                Said::Point(felt) => i32::from(felt.get().max(lowest)),
                Said::NotMarked => i32::from(lowest),
            })
        };
        let days = self.readings.get(&site.region).into_iter().flat_map(SortedMap::iter);
        days.filter_map(|(day, reading)| Some((*day, of(reading)?))).collect()
    }

    /// Whether a place was marked in the two weeks before a day, or trained in the five days before it: what makes a
    /// forecast of it worth scoring, known beforehand.
    pub(super) fn lively(&self, site: Site, day: i32) -> bool {
        let trained = self.work(site.region).iter().any(|bout| (1..=5).contains(&(day - bout.day)));
        let marked = |reading: &Reading| matches!(reading.said[site.half as usize], Some(Said::Point(felt)) if felt > Felt::NONE);
        let days = self.readings.get(&site.region);
        trained || days.is_some_and(|days| days.range(&(day - 14), &(day - 1)).any(|(_, reading)| marked(reading)))
    }

    /// Both halves of every region that anything is known of.
    pub(super) fn sites(&self) -> impl Iterator<Item = Site> {
        self.readings.keys().flat_map(|region| Half::ALL.map(|half| Site::new(*region, half)))
    }
}
