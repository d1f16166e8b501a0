//! The days as they are after every change: minutes, who is ill or away, and what the gate allows.

use super::{Change, DayWish, Training, Wishes};
use crate::assess::Assessment;
use crate::body::{Area, PerSite, Side, Site, SiteSet};
use crate::days;
use crate::gate::{Clearance, judge};
use crate::knowledge::{Equipment, Goal, Knowledge};
use crate::sorted::SortedSet;
use crate::unit::{Seconds, SessionMinutes};
use jiff::civil::Date;

/// Days after an illness that are lighter.
const LIGHTER_DAYS: i64 = 7;

/// Every so many weeks is a lighter one, with the movement screen once more.
pub(super) const LIGHTER_EVERY_WEEKS: u8 = 4;

/// Soreness is gone after about four days (docs/model.md, section 4); later days are planned without it.
const SORENESS_DAYS: i64 = 4;

/// One day before anything is put on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) date: Date,
    pub(super) minutes: u16,
    pub(super) training: Vec<Training>,
    /// Tools and equipment stay at home.
    pub(super) away: bool,
    /// The days after an illness.
    pub(super) lighter: bool,
    /// Something came up: an illness, being away, fewer minutes. Such a day is no measure for others.
    pub(super) cut: bool,
}

/// Every day of the programme after all changes, seven for each week.
pub(super) fn frames(wishes: &Wishes, changes: &[Change]) -> Vec<Frame> {
    (0..i64::from(wishes.weeks) * 7)
        .filter_map(|offset| {
            let date = days::after(wishes.start, offset)?;
            let wish = wishes.days.iter().find(|day| day.date == date);
            Some(frame(date, wish, changes))
        })
        .collect()
}

fn frame(date: Date, wish: Option<&DayWish>, changes: &[Change]) -> Frame {
    let mut frame = Frame {
        date,
        minutes: wish.map_or(0, |day| day.minutes.min(240)),
        training: wish.map_or_else(Vec::new, |day| day.training.clone()),
        away: false,
        lighter: false,
        cut: false,
    };
    let mut ill = false;
    for change in changes {
        match change {
            Change::Only { date: on, minutes } if *on == date => {
                (frame.minutes, frame.cut) = ((*minutes).min(240), true);
            }
            Change::Away { from, until } if (*from..=*until).contains(&date) => {
                (frame.away, frame.cut) = (true, true);
            }
            Change::Ill { from, until } => {
                ill |= (*from..=*until).contains(&date);
                let after = days_between(*until, date);
                frame.lighter |= (1..=LIGHTER_DAYS).contains(&after);
            }
            _ => {}
        }
    }
    if ill {
        (frame.minutes, frame.cut) = (0, true);
        frame.training.clear();
    }
    frame
}

/// Days from one date to another; negative if the other is earlier.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    days::between(from, to).into()
}

/// What is known of the person, to be asked about any day of the programme.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// What is known.
    pub knowledge: &'a Knowledge,
    /// The assessment of today.
    pub today: &'a Assessment,
    /// How far each move has come.
    pub progress: &'a super::Progress,
}

impl Person<'_> {
    /// The assessment of a day, as far as it is known today, for these places.
    ///
    /// Nothing is taken to get better: answers, first-session limits and what a place's own history allows stay as they
    /// are today, and age with the days. Only today's pressure and soreness pass.
    pub(super) fn on(&self, frame: &Frame, goal: Goal, areas: &[Area], minutes: u16) -> Assessment {
        let mut day = self.today.clone();
        let today = day.now.date();
        day.now = day.now.with().date(frame.date).build().unwrap_or(day.now);
        if frame.date != today {
            day.pressure_today = PerSite::filled(Seconds::ZERO);
            day.moves.seconds_today = Seconds::ZERO;
            day.log_holds.clear();
        }
        if days_between(today, frame.date) > SORENESS_DAYS {
            day.soreness = PerSite::filled(None);
        }
        if frame.away {
            day.tools.clear();
        }
        day.goal = goal;
        day.minutes = SessionMinutes::new(u8::try_from(minutes.clamp(2, 20)).unwrap_or(20)).unwrap_or(day.minutes);
        let whole = |area: &&Area| area.side.is_none();
        let sites = |area: &Area| Site::of(area.region, area.side.unwrap_or(Side::Both)).collect::<Vec<_>>();
        if goal == Goal::Recovery {
            day.sore_tomorrow = self.progress.ahead().on(frame.date);
        }
        day.wants = areas.iter().filter(whole).flat_map(sites).collect();
        day.tight = areas.iter().filter(|area| !whole(area)).flat_map(sites).collect();
        day
    }

    /// Places that will likely be so sore on a day that nothing is put on them: a wish, not a limit. The gate never sees it.
    /// What was said of a place today counts for today, not what was foretold of it.
    pub(super) fn rests(&self, frame: &Frame) -> SiteSet {
        let foretold = self.progress.ahead().rests(self.knowledge, frame.date);
        let is_today = frame.date == self.today.now.date();
        foretold.iter().filter(|&site| !is_today || self.today.soreness[site].is_none()).collect()
    }

    /// The same day for the planner: places that are sore and were not chosen are no wish. The gate has judged them.
    pub(super) fn for_planning(mut day: Assessment) -> Assessment {
        let asked = day.wants.union(day.tight);
        for site in Site::all().filter(|&site| !asked.contains(site)) {
            day.soreness[site] = None;
        }
        day
    }

    /// What the gate allows on a day; none where there is no session at all.
    pub(super) fn clearance(&self, day: &Assessment) -> Option<Clearance> {
        judge(self.knowledge, day).verdict.clearance().cloned()
    }
}

/// What moves can be done with on a day.
pub(super) fn equipment(wishes: &Wishes, frame: &Frame) -> SortedSet<Equipment> {
    if frame.away { SortedSet::new() } else { wishes.has() }
}
