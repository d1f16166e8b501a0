use crate::assess::{days_since, from_the_future};
use crate::body::Side;
use crate::knowledge::{Compensation, Decides, Knowledge};
use crate::measure::{Record, Series, Sitting};
use crate::state::State;
use jiff::Zoned;
use jiff::civil::Date;

/// A measure decides instead of the eye for so many days: as long as from one screen to the next. Our judgement.
pub const COUNTS_FOR_DAYS: i32 = 28;

/// What a measure says about something that could also be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The measure: an id of `measures/`.
    pub measure: String,
    /// The side it was taken on, or, for a difference, the side that goes less far.
    pub side: Option<Side>,
    /// The value, or the difference between the sides, in the measure's unit.
    pub value: f64,
    /// The number it is compared with, in the same unit.
    pub limit: f64,
    /// How it is compared.
    pub limit_is: Limit,
    /// What it says.
    pub said: Said,
    /// The day it was taken.
    pub on: Date,
}

/// How a value is compared with its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// It is so below the limit.
    Below,
    /// It is so above the limit.
    Above,
    /// It is so when the sides differ by more than the limit.
    Apart,
}

/// What a measure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is so.
    So,
    /// It is not so: the range is there.
    NotSo,
}

/// What the newest measure that decides says about a compensation on a side, or, without a side, on any. None where none
/// was taken in the last [`COUNTS_FOR_DAYS`] days, or where only one side was and there it is not so. With `alone`, only
/// measures that need no eye.
pub(super) fn measured(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    compensation: &Compensation,
    (side, alone): (Option<Side>, bool),
) -> Option<Measured> {
    let mut newest: Option<Measured> = None;
    for decides in compensation.decides.iter().filter(|decides| decides.alone || !alone) {
        let Some(said) = by_one(knowledge, state, now, decides, side) else { continue };
        // Of two of one day the first that is named counts.
        if newest.as_ref().is_none_or(|known| said.on > known.on) {
            newest = Some(said);
        }
    }
    newest
}

fn by_one(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    decides: &Decides,
    side: Option<Side>,
) -> Option<Measured> {
    let measure = knowledge.measures.get(&decides.measure)?;
    let record = Record::of(measure, &decides.measure, state);
    let of = |side: Side| record.series.iter().find(|series| series.about.side == Some(side));
    let newest = |series: &Series<'_>| recent(series, now).map(|sitting| (sitting.reading.value, sitting.at.date()));
    let new = |side, value, (limit, limit_is), so, on| Measured {
        measure: decides.measure.clone(),
        side,
        value,
        limit,
        limit_is,
        said: if so { Said::So } else { Said::NotSo },
        on,
    };
    if let Some(limit) = decides.apart {
        let (left, right) = (newest(of(Side::Left)?)?, newest(of(Side::Right)?)?);
        if left.1 != right.1 {
            return None;
        }
        let left_is_short = (left.0 < right.0) == measure.higher_is_better;
        let short = if left_is_short { Side::Left } else { Side::Right };
        if side.is_some_and(|side| side != short) {
            // The other side goes less far, by however much.
            return Some(new(side, 0.0, (limit, Limit::Apart), false, left.1));
        }
        let apart = (left.0 - right.0).abs();
        return Some(new(Some(short), apart, (limit, Limit::Apart), apart > limit, left.1));
    }
    let below = decides.below.map(|below| (below, Limit::Below));
    let (limit, limit_is) = below.or_else(|| decides.above.map(|above| (above, Limit::Above)))?;
    let so = |value: f64| if limit_is == Limit::Below { value < limit } else { value > limit };
    let judged = |series: &Series<'_>| {
        newest(series).map(|(value, on)| new(series.about.side, value, (limit, limit_is), so(value), on))
    };
    if let Some(side) = side {
        return judged(of(side)?);
    }
    let all: Vec<Measured> = record.series.iter().filter_map(judged).collect();
    if let Some(found) = all.iter().find(|one| one.said == Said::So) {
        return Some(found.clone());
    }
    let whole = all.iter().any(|one| one.side.is_none());
    let both = [Side::Left, Side::Right].iter().all(|side| all.iter().any(|one| one.side == Some(*side)));
    all.into_iter().next().filter(|_| whole || both)
}

/// The newest result of the last [`COUNTS_FOR_DAYS`] days that says where somebody stands: not one right after a session
/// or a wait.
fn recent<'a, 's>(series: &'a Series<'s>, now: &Zoned) -> Option<&'a Sitting<'s>> {
    let resting = series.sittings.iter().filter(|sitting| !sitting.when.is_second_test());
    let counts =
        |sitting: &&Sitting<'_>| !from_the_future(sitting.at, now) && days_since(sitting.at, now) <= COUNTS_FOR_DAYS;
    resting.rev().find(counts)
}
