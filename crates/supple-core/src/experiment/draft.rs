use super::analysis::MODEL;
use super::course::sides_of;
use super::due::running;
use super::noise::{Noise, noise};
use super::promise::{Promise, Setting};
use super::seed::Seed;
use crate::body::{RegionId, Side};
use crate::dose::Dose;
use crate::event::{ExperimentArm, ExperimentDesigned, ExperimentOutcome, Name, RollArm};
use crate::knowledge::{Knowledge, Measure, Question, QuestionArm, Sides, TakenOn, WashOut};
use crate::learn::HALF_LIFE_MINUTES;
use crate::math;
use crate::measure::Where;
use crate::state::State;
use crate::timetable;
use crate::unit::{Blocks, Felt, MinutesAfter, OutOfRange, Seconds, Spread, Trials, WashOutHours, WorthHaving};

/// An experiment before it is begun: everything but its length, its order and how sure to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The ready question it asks, if it is one.
    pub question: Option<String>,
    /// The question in words.
    pub name: Name,
    /// What is compared.
    pub arms: [ExperimentArm; 2],
    /// What is rolled: left, right or both.
    pub side: Side,
    /// What it is judged by.
    pub outcome: ExperimentOutcome,
    /// The smallest difference worth having; missing means what `worthwhile.toml` says of the test.
    pub worth_having: Option<WorthHaving>,
    /// Hours from one session to the next.
    pub wash_out_hours: WashOutHours,
}

/// Why a design cannot be an experiment. Each says what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadDesign {
    /// Another one is running.
    #[error("one experiment at a time: two would disturb each other. End the one that runs first")]
    OneRuns,
    /// There is no such question.
    #[error("there is no question `{0}`")]
    NoSuchQuestion(String),
    /// The question cannot be asked at that place.
    #[error("this question cannot be asked there; choose one of the places it lists")]
    NoSuchPlace,
    /// There is no such technique.
    #[error("there is no technique `{0}`")]
    NoSuchTechnique(String),
    /// There is no such test.
    #[error("there is no test `{0}`")]
    NoSuchMeasure(String),
    /// Both ways are the same.
    #[error("the two ways are the same; choose two that differ")]
    SameWays,
    /// Both ways are a rest.
    #[error("at least one of the two ways rolls something")]
    NothingRolled,
    /// The technique is done on both sides at once.
    #[error("one of the two techniques is done on both sides at once; choose both sides")]
    BothSidesAtOnce,
    /// So many seconds are no dose of this technique.
    #[error("{technique}: {seconds} s cannot be done; it takes steps of 5 s, from 20 to {most} s")]
    Seconds {
        /// The technique's name.
        technique: String,
        /// What was asked for.
        seconds: u32,
        /// The most there is.
        most: u32,
    },
    /// It would feel too strong.
    #[error("{technique}: pressure {felt} of 10 is more than the {most} it may be")]
    Felt {
        /// The technique's name.
        technique: String,
        /// What was asked for.
        felt: u8,
        /// The most there is.
        most: u8,
    },
    /// The error of the test is not known before it was taken once.
    #[error("take this test once first: its error is a share of its value")]
    MeasureFirst,
    /// A number is outside its range.
    #[error("{0}")]
    Range(#[from] OutOfRange),
}

/// A ready question at one of its places, on a side.
///
/// # Errors
/// [`BadDesign`] if there is no such question or place.
pub fn ready(knowledge: &Knowledge, id: &str, region: Option<RegionId>, side: Side) -> Result<Draft, BadDesign> {
    let question = knowledge.questions.get(id).ok_or_else(|| BadDesign::NoSuchQuestion(id.to_owned()))?;
    let place = match region {
        Some(region) => question.places.iter().find(|place| place.region == region),
        None => question.places.first(),
    };
    let place = place.ok_or(BadDesign::NoSuchPlace)?;
    let [first, second] = &question.arms;
    let arms = [arm(first, Some(&place.first))?, arm(second, place.second.as_ref())?];
    let measure = known_measure(knowledge, &place.measure)?;
    Ok(Draft {
        question: Some(id.to_owned()),
        name: name(&question.name),
        arms,
        side,
        outcome: outcome(measure, &place.measure, place.region, side, MinutesAfter::new(question.minutes_after)?),
        worth_having: None,
        wash_out_hours: wash_out(question)?,
    })
}

fn arm(arm: &QuestionArm, technique: Option<&String>) -> Result<ExperimentArm, BadDesign> {
    let roll = arm.seconds.zip(technique).map(|(seconds, technique)| {
        let felt = arm.felt.map(Felt::of);
        RollArm { technique: technique.clone(), seconds: Seconds::new(seconds), felt, timing: arm.timing }
    });
    Ok(ExperimentArm { label: name(&arm.label), roll })
}

/// Texts of `knowledge/` are short enough; a rule sees to it.
fn name(text: &str) -> Name {
    let short: String = text.chars().filter(|c| !c.is_control()).take(Name::MOST).collect();
    Name::new(short).unwrap_or_else(|_| Name::new("experiment").expect("a name"))
}

fn known_measure<'k>(knowledge: &'k Knowledge, id: &str) -> Result<&'k Measure, BadDesign> {
    knowledge.measures.get(id).ok_or_else(|| BadDesign::NoSuchMeasure(id.to_owned()))
}

/// What a design is judged by: at the region and on the side that are rolled. Where both are rolled, on the right.
#[must_use]
pub fn outcome(
    measure: &Measure,
    id: &str,
    region: RegionId,
    side: Side,
    minutes_after: MinutesAfter,
) -> ExperimentOutcome {
    let trials = Trials::new(counted(measure)).unwrap_or(Trials::ONE);
    let one = Some(if side == Side::Left { Side::Left } else { Side::Right });
    let (region, side) = match measure.taken {
        TakenOn::Once => (None, None),
        TakenOn::EachSide => (None, one),
        TakenOn::AtAPlace => (Some(region), one),
    };
    ExperimentOutcome { measure: id.to_owned(), side, region, trials, minutes_after }
}

/// Trials of the protocol that count.
fn counted(measure: &Measure) -> u8 {
    measure.trials.saturating_sub(measure.practice_trials).max(1)
}

fn wash_out(question: &Question) -> Result<WashOutHours, BadDesign> {
    let hours = match question.wash_out {
        WashOut::Days(days) => u16::from(days) * 24,
        WashOut::HalfLives(count) => {
            let hours = f64::from(count) * HALF_LIFE_MINUTES / 60.0;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few hours
            let hours = math::round_to(hours + 0.499, 0) as u16;
            hours.max(2)
        }
    };
    Ok(WashOutHours::new(hours)?)
}

impl Draft {
    /// Everything that has to hold before it can be begun.
    ///
    /// # Errors
    /// The first [`BadDesign`] there is.
    pub fn check(&self, knowledge: &Knowledge, state: &State) -> Result<(), BadDesign> {
        if running(state).is_some() {
            return Err(BadDesign::OneRuns);
        }
        let [first, second] = &self.arms;
        if first.roll == second.roll {
            return Err(BadDesign::SameWays);
        }
        for roll in self.arms.iter().filter_map(|arm| arm.roll.as_ref()) {
            self.check_roll(knowledge, roll)?;
        }
        known_measure(knowledge, &self.outcome.measure)?;
        self.noise(knowledge, state).map(drop)
    }

    fn check_roll(&self, knowledge: &Knowledge, roll: &RollArm) -> Result<(), BadDesign> {
        let technique = knowledge.techniques.get(&roll.technique);
        let technique = technique.ok_or_else(|| BadDesign::NoSuchTechnique(roll.technique.clone()))?;
        if technique.sides != Sides::OneAtATime && self.side != Side::Both {
            return Err(BadDesign::BothSidesAtOnce);
        }
        let (costs, dose) = (&knowledge.planning.time, &technique.dose);
        let seconds = roll.seconds.get();
        let most = (u32::from(dose.sets) * dose.seconds_per_set).min(knowledge.limits.ceilings.seconds_per_area_day);
        if sets(knowledge, roll, dose.sets, dose.seconds_per_set).is_none()
            || !(costs.least_seconds..=most).contains(&seconds)
        {
            return Err(BadDesign::Seconds { technique: technique.name.clone(), seconds, most });
        }
        let most = technique.felt_max.unwrap_or(u8::MAX).min(knowledge.limits.ceilings.felt_target);
        match roll.felt.map(Felt::get).filter(|felt| *felt > most) {
            Some(felt) => Err(BadDesign::Felt { technique: technique.name.clone(), felt, most }),
            None => Ok(()),
        }
    }

    /// The error to expect of what it is judged by, and the smallest difference worth having, in the measure's unit.
    ///
    /// # Errors
    /// [`BadDesign`] if there is no such measure, or its error is not known yet.
    pub fn noise(&self, knowledge: &Knowledge, state: &State) -> Result<(Noise, WorthHaving), BadDesign> {
        let id = &self.outcome.measure;
        let measure = known_measure(knowledge, id)?;
        let about = Where { region: self.outcome.region, side: self.outcome.side };
        let (noise, worthwhile) = noise(knowledge, id, state, about).ok_or(BadDesign::MeasureFirst)?;
        let noise = noise.with_trials(f64::from(self.outcome.trials.get()) / f64::from(counted(measure)));
        let worth_having = match self.worth_having {
            Some(given) => given,
            None => WorthHaving::new(math::round_to(worthwhile, 2))?,
        };
        Ok((noise, worth_having))
    }

    /// What its promise is made for.
    ///
    /// # Errors
    /// As [`Self::noise`].
    pub fn setting(&self, knowledge: &Knowledge, state: &State) -> Result<Setting, BadDesign> {
        let (noise, worth_having) = self.noise(knowledge, state)?;
        let hours_between = f64::from(self.wash_out_hours.get()).max(24.0);
        Ok(Setting { worth_having: worth_having.value(), spread: noise.spread(), hours_between })
    }

    /// The event that begins it: so many blocks, the order of a seed, and how sure to be, as the promise has it.
    ///
    /// # Errors
    /// [`BadDesign`] if anything about it cannot be.
    pub fn begin(
        &self,
        knowledge: &Knowledge,
        state: &State,
        experiment: String,
        seed: Seed,
        blocks: Blocks,
    ) -> Result<ExperimentDesigned, BadDesign> {
        self.check(knowledge, state)?;
        let setting = self.setting(knowledge, state)?;
        let (_, worth_having) = self.noise(knowledge, state)?;
        let promise = Promise::of_length(&setting, 2 * blocks.get());
        Ok(ExperimentDesigned {
            experiment,
            question: self.question.clone(),
            name: self.name.clone(),
            arms: self.arms.clone(),
            side: self.side,
            outcome: self.outcome.clone(),
            worth_having,
            wash_out_hours: self.wash_out_hours,
            session_seconds: self.session_seconds(knowledge),
            blocks,
            // As they are read back: the analysis of the log is the analysis of the export.
            spread: Spread::new(math::round_to(setting.spread, 4))?,
            certainty: crate::unit::Certainty::new(math::round_to(promise.certainty, 6))?,
            seed,
            model: MODEL.to_owned(),
        })
    }

    /// How long the longer way takes.
    fn session_seconds(&self, knowledge: &Knowledge) -> Seconds {
        let rolls = self.arms.iter().filter_map(|arm| arm.roll.as_ref());
        rolls.map(|roll| timetable::total(knowledge, &self.doses(knowledge, roll))).max().unwrap_or(Seconds::ZERO)
    }

    fn doses(&self, knowledge: &Knowledge, roll: &RollArm) -> Vec<Dose> {
        let Some(technique) = knowledge.techniques.get(&roll.technique) else { return Vec::new() };
        let Some(sets) = sets(knowledge, roll, technique.dose.sets, technique.dose.seconds_per_set) else {
            return Vec::new();
        };
        let dose = |side: Side| Dose {
            technique: roll.technique.clone(),
            region: technique.region,
            side,
            tool: technique.tool,
            sets,
            seconds_per_set: roll.seconds.get() / u32::from(sets),
            rest_seconds: if sets > 1 { knowledge.planning.time.rest_seconds } else { 0 },
            felt_target: Felt::NONE,
            felt_cap: Felt::NONE,
            seconds_per_pass: None,
            spots: 1,
            hold_seconds: None,
        };
        sides_of(knowledge, roll, self.side).into_iter().map(dose).collect()
    }
}

/// The fewest sets that give exactly these seconds in whole steps.
fn sets(knowledge: &Knowledge, roll: &RollArm, most_sets: u8, longest: u32) -> Option<u8> {
    let (seconds, step) = (roll.seconds.get(), knowledge.planning.time.step_seconds.max(1));
    (1..=most_sets).find(|&sets| {
        let sets = u32::from(sets);
        seconds.is_multiple_of(sets) && (seconds / sets).is_multiple_of(step) && seconds / sets <= longest
    })
}
