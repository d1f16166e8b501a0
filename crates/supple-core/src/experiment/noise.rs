use crate::knowledge::Knowledge;
use crate::math;
use crate::measure::{Record, Where};
use crate::state::State;

/// How far gains lie from each other by error and chance alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Standard error of one reading (the mean of its trials), in the measure's unit.
    pub reading: f64,
    /// How far the gain of one session lies from that of another besides, in the same unit.
    pub session: f64,
    /// Whether the error of a reading is the person's own, from trials they repeated, because it is the larger one.
    pub own: bool,
}

/// What a difference has to exceed to be more than error at 95 %, in standard errors: 1.96 times the square root of 2.
const DETECTABLE: f64 = 2.77;

/// The response of one session differs from that of another about half as much as one reading from another. Our
/// judgement: nobody has published repeated sessions of one person. The analysis weighs spreads from half to twice
/// what is assumed.
const SESSION_SHARE: f64 = 0.5;

impl Noise {
    /// Standard deviation of one gain: two readings and the session.
    #[must_use]
    pub fn spread(&self) -> f64 {
        math::sqrt(2.0 * self.reading * self.reading + self.session * self.session)
    }

    /// The same with so many times the trials in each reading.
    #[must_use]
    pub fn with_trials(&self, times: f64) -> Self {
        Self { reading: self.reading / math::sqrt(times), ..*self }
    }
}

/// The error to expect of a measure, and the smallest change of its average worth having (`worthwhile.toml`), both in
/// the measure's unit. The error is the published one, or the person's own where that is larger: repeated trials of one
/// sitting do not show what setting up again adds. None where both are percentages and nothing was measured yet.
#[must_use]
pub fn noise(knowledge: &Knowledge, id: &str, state: &State, about: Where) -> Option<(Noise, f64)> {
    let measure = knowledge.measures.get(id)?;
    let worthwhile = knowledge.worthwhile.measures.get(id)?.worthwhile;
    let record = Record::of(measure, id, state);
    let unit = if measure.change_threshold.percent {
        let own = record.series.iter().find(|series| series.about == about).or_else(|| record.series.first())?;
        own.latest().reading.value.abs() / 100.0
    } else {
        1.0
    };
    let published = measure.change_threshold.value * unit / DETECTABLE;
    let counted = f64::from(measure.trials.saturating_sub(measure.practice_trials).max(1));
    let own = record.own_error.map(|error| error / math::sqrt(counted)).filter(|error| *error > published);
    let noise = Noise { reading: own.unwrap_or(published), session: SESSION_SHARE * published, own: own.is_some() };
    (unit > 0.0).then_some((noise, worthwhile * unit))
}
