//! A test taken with a phone, from the zero to the last trial, one look at the sensors after the other.
//!
//! ```text
//!  tap ▶ zero (still) ▶ tap ▶ into position ▶ moves ▶ keeps still: a reading ▶ goes back: the trial is over ─┐
//!                                               ▲                                                            │
//!                                               └────────────── until every trial of the side is in ─────────┘
//! ```
//!
//! Nobody has to look or to tap between the trials of a side. The furthest still second of a trial is its reading, so
//! that a rest on the way does no harm, and coming back ends it. Everything a tap interrupts begins with a tap again.
//!
//! The page keeps the state it is handed back after every step. Looks give the same readings in any batches.

use super::super::doubt::SPREAD_DEG;
use super::{Angle, Axis, BLIND, GAP_MS, Inclinometer, Quality, Sample, Shown, Up, is_gravity, size};
use crate::knowledge::{Measure, More, ZeroAt};
use crate::math;
use serde::{Deserialize, Serialize};

/// How long a browser may take to report its first angles; then there is no sensor, in milliseconds.
pub const NO_SENSOR_MS: f64 = 2_000.0;
/// How long something has to last before it counts, in milliseconds.
const LASTING_MS: f64 = 1_000.0;
/// How far what the two sensors call up may lie apart, in degrees.
const CONTRADICTION_DEG: f64 = 15.0;
/// How near to the vertical an edge has to be at a wall or on a table, as a cosine: some 18 degrees.
const SQUARE: f64 = 0.95;
/// How far a phone has to leave its zero before a still moment can be a reading, in degrees.
const LEAVES_ZERO_DEG: f64 = 2.0;
/// A still second further along by this is the better reading, in degrees; less is a trembling hand.
const FURTHER_DEG: f64 = 0.05;
/// A reading further along by this is said again, in degrees.
const SAID_AGAIN_DEG: f64 = 1.0;
/// How far back ends a trial: half of its reading, but at least and at most so many degrees.
const BACK_DEG: (f64, f64) = (5.0, 15.0);
/// Between these angles it is plain which way the phone went, in degrees. Beyond, the way it went before counts.
const PLAIN_DEG: std::ops::RangeInclusive<f64> = 20.0..=160.0;
/// The most trials there can be on a side.
const MOST_TRIALS: u8 = 10;

/// What a test asks of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The axis the motion turns about.
    pub axis: Axis,
    /// Against what the zero is set.
    pub zero: ZeroAt,
    /// Which way a reading grows.
    pub more: More,
    /// Seconds from a tap until the person is in position, 0 to 20.
    pub seconds_to_place: u8,
    /// Lowest reading that can be right, in degrees.
    pub low: f64,
    /// Highest reading that can be right, in degrees.
    pub high: f64,
    /// Whether a larger reading is further along.
    pub higher_is_better: bool,
    /// Trials on each side, practice among them: 1 to 10.
    pub trials: u8,
    /// How many of them are practice.
    pub practice: u8,
    /// How many sides there are: 1 or 2.
    pub sides: u8,
}

impl Rule {
    /// Of a test; none if a phone cannot take it.
    #[must_use]
    pub fn of(measure: &Measure) -> Option<Self> {
        let phone = measure.phone.as_ref()?;
        Some(Self {
            axis: phone.axis,
            zero: phone.zero,
            more: phone.more,
            seconds_to_place: phone.seconds_to_place,
            low: measure.plausible_low,
            high: measure.plausible_high,
            higher_is_better: measure.higher_is_better,
            trials: measure.trials,
            practice: measure.practice_trials,
            sides: if measure.taken == crate::knowledge::TakenOn::EachSide { 2 } else { 1 },
        })
    }

    /// Whether such a test can be taken at all.
    fn makes_sense(&self) -> bool {
        let turn = -360.0..=360.0;
        self.low < self.high
            && turn.contains(&self.low)
            && turn.contains(&self.high)
            && (1..=MOST_TRIALS).contains(&self.trials)
            && self.practice < self.trials
            && (1..=2).contains(&self.sides)
            && self.seconds_to_place <= 20
    }

    /// How far one reading is further along than another, in degrees.
    fn further(&self, than: f64, value: f64) -> f64 {
        if self.higher_is_better { value - than } else { than - value }
    }

    /// Whether the phone lies as the zero wants it.
    fn is_square(&self, up: Up) -> bool {
        match self.zero {
            ZeroAt::Wall => up.y > SQUARE,
            ZeroAt::Level => up.z > SQUARE,
            ZeroAt::Start | ZeroAt::OtherSegment => self.axis.direction().dot(up).abs() <= BLIND,
        }
    }
}

/// What a browser said at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// When, in milliseconds of a clock that never goes back.
    pub at_ms: f64,
    /// `beta` and `gamma` of the newest `deviceorientation`, in degrees; none before there are any.
    pub angles: Option<[f64; 2]>,
    /// `accelerationIncludingGravity` of the newest `devicemotion`, in metres a second squared, where there is one.
    pub acceleration: Option<[f64; 3]>,
}

/// What the person tapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tap {
    /// Set the zero, or begin: whatever it waits for.
    Go,
    /// Wait for me; what was read so far stays.
    Wait,
    /// Set the zero anew.
    Zero,
    /// Throw the newest reading away.
    Discard,
    /// The other side.
    OtherSide,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// For a tap.
    Waits,
    /// The person gets into position; until then nothing is read.
    Placing {
        /// Until when, in milliseconds.
        until_ms: f64,
    },
    /// For a still second, which is the zero.
    Zeroing,
    /// For a still second at the end of the motion.
    Moving {
        /// What the phone has to leave first.
        leaves: Option<Leaves>,
    },
    /// There is a reading; coming back ends the trial.
    Held {
        /// The furthest so far, in degrees.
        furthest: f64,
        /// What was last said of it, in degrees.
        said: f64,
        /// Whether the phone leant while it was read.
        leaning: bool,
    },
    /// Every trial is in.
    Done,
}

/// What a phone has to leave before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaves {
    /// The zero it was just given.
    Zero,
    /// A reading, in degrees.
    Reading(f64),
}

/// Everything there is to keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    rule: Rule,
    phone: Inclinometer,
    stage: Stage,
    /// The side in turn.
    side: u8,
    /// The readings of each side, practice first, in tenths of a degree.
    trials: Vec<Vec<f64>>,
    /// The clock.
    at_ms: f64,
    /// When angles were last reported, or it began.
    heard_ms: f64,
    /// Which way the phone went while that was plain: 1 or -1.
    way: Option<f64>,
    /// The sign of the acceleration in this browser.
    sign: Option<f64>,
    /// Since when the two sensors contradict each other.
    contradicts_ms: Option<f64>,
    /// Since when the phone leans too far to be read.
    refused_ms: Option<f64>,
    /// Whether it was said that this still moment is refused.
    told: bool,
}

/// What the page asks: `{"begin": {...}}` or `{"step": {...}}`. A tag among the fields would make its reader much larger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// A test begins.
    Begin {
        /// What it asks of the phone.
        rule: Rule,
        /// The clock, in milliseconds.
        at_ms: f64,
    },
    /// A tap, looks at the sensors, or both; the tap comes first.
    Step {
        /// As it was handed out last.
        state: Box<State>,
        /// What was tapped.
        tap: Option<Tap>,
        /// What the browser said since, oldest first. One that is not later than the last is passed over.
        looks: Vec<Look>,
    },
}

/// Something that happened, to be sounded and said.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The zero is set.
    Zeroed,
    /// In position: move now.
    Ready,
    /// A reading, or a better one of the same trial.
    Read {
        /// Which side, from 0.
        side: u8,
        /// Which trial, from 0.
        trial: u8,
        /// In degrees.
        degrees: f64,
        /// Whether the phone leant, so that it is worth less.
        leaning: bool,
    },
    /// Kept still, but not read: the phone leans too far.
    Refused {
        /// How far out of its plane, in degrees.
        lean_deg: f64,
    },
    /// The trial is over; the next one may come.
    Next,
    /// Every trial of a side is in.
    SideDone {
        /// Which side, from 0.
        side: u8,
    },
}

/// Why nothing is read, or why it is worth less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The browser reports no angles.
    NoSensor,
    /// Its two sensors contradict each other.
    Contradiction,
    /// It does not lie as the zero wants it.
    NotSquare,
    /// The motion is about the vertical.
    Blind,
    /// It leans too far.
    Refused,
    /// It leans.
    Leaning,
    /// What it reads cannot be right.
    Outside,
}

/// What the next tap does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// It sets the zero.
    Zero,
    /// It begins.
    Begin,
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// Where it stands.
    pub stage: &'static str,
    /// What the next tap does, where it waits for one.
    pub ahead: Option<Ahead>,
    /// The side in turn, from 0.
    pub side: u8,
    /// The trial in turn on it, from 0.
    pub trial: u8,
    /// Seconds until the person has to be in position.
    pub seconds_left: Option<u32>,
    /// What the phone reads now, in tenths of a degree; none without a zero.
    pub degrees: Option<f64>,
    /// How far it leans out of the plane of motion, in tenths of a degree.
    pub lean_deg: Option<f64>,
    /// Whether it kept still for a second.
    pub still: bool,
    /// What is wrong, the gravest first.
    pub trouble: Option<Trouble>,
    /// The readings of each side, practice first; the one that may still grow among them.
    pub trials: Vec<Vec<f64>>,
    /// For each side the mean and the range of the trials that count, in tenths of a degree, once all are in.
    pub results: Vec<Option<[f64; 2]>>,
    /// Whether the trials of this side lie so far apart that one more is taken.
    pub one_more: bool,
}

/// What the page has to do now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// To be handed in with the next step.
    pub state: State,
    /// To be shown.
    pub view: View,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// Answers one question in JSON. What cannot be read is answered with `{"error": "..."}`.
#[must_use]
pub fn step_json(ask: &str) -> String {
    let answer = crate::lean::from_str::<Ask>(ask).map_err(|error| error.to_string());
    match answer.and_then(|ask| step(ask).map_err(str::to_owned)) {
        Ok(answer) => serde_json::to_string(&answer).expect("an answer is always JSON"),
        Err(error) => serde_json::json!({ "error": error }).to_string(),
    }
}

/// Answers one question.
///
/// # Errors
/// If the rule makes no sense, or the state was never handed out.
pub fn step(ask: Ask) -> Result<Answer, &'static str> {
    let mut events = Vec::new();
    let state = match ask {
        Ask::Begin { rule, at_ms } => {
            if !rule.makes_sense() {
                return Err("no test can be taken by this rule");
            }
            State {
                rule,
                phone: Inclinometer::new(rule.axis),
                stage: Stage::Waits,
                side: 0,
                trials: vec![Vec::new(); usize::from(rule.sides)],
                at_ms,
                heard_ms: at_ms,
                way: None,
                sign: None,
                contradicts_ms: None,
                refused_ms: None,
                told: false,
            }
        }
        Ask::Step { state, tap, looks } => {
            let mut state = *state;
            if !state.makes_sense() {
                return Err("this state was not handed out by Supple");
            }
            if let Some(tap) = tap {
                state.tap(tap, &mut events);
            }
            for look in looks {
                state.look(look, &mut events);
            }
            state
        }
    };
    Ok(Answer { view: state.view(), state, events })
}

impl State {
    /// Whether it can have been handed out: what is counted with later is checked here, once.
    fn makes_sense(&self) -> bool {
        let turn = |degrees: &f64| degrees.abs() <= 720.0;
        let sign = |sign: Option<f64>| sign.is_none_or(|sign| sign.abs() == 1.0);
        let stage = match &self.stage {
            Stage::Held { furthest, said, .. } => turn(furthest) && turn(said),
            Stage::Moving { leaves: Some(Leaves::Reading(degrees)) } => turn(degrees),
            _ => true,
        };
        self.rule.makes_sense()
            && self.rule.axis == self.phone.axis
            && self.trials.len() == usize::from(self.rule.sides)
            && self.trials.iter().all(|side| side.len() <= usize::from(MOST_TRIALS) + 1 && side.iter().all(turn))
            && self.side < self.rule.sides
            && sign(self.way)
            && sign(self.sign)
            && stage
    }

    fn here(&self) -> &Vec<f64> {
        &self.trials[usize::from(self.side)]
    }

    // ---- what is tapped ---------------------------------------------------------------------------------------------

    fn tap(&mut self, tap: Tap, events: &mut Vec<Event>) {
        match tap {
            Tap::Go => self.go(),
            Tap::Wait => {
                if let Stage::Held { furthest, .. } = self.stage {
                    self.keep(furthest, events);
                }
                if self.stage != Stage::Done {
                    self.wait();
                }
            }
            Tap::Zero => {
                if matches!(self.stage, Stage::Waits | Stage::Zeroing) {
                    self.phone = Inclinometer::new(self.rule.axis);
                    self.wait();
                    self.go();
                }
            }
            Tap::Discard => {
                if !matches!(self.stage, Stage::Held { .. }) {
                    if self.here().is_empty() && self.rule.sides == 2 {
                        self.side = 1 - self.side;
                    }
                    let side = usize::from(self.side);
                    self.trials[side].pop();
                }
                self.wait();
            }
            Tap::OtherSide => {
                if let Stage::Held { furthest, .. } = self.stage {
                    self.keep(furthest, events);
                }
                if self.rule.sides == 2 && self.stage != Stage::Done && self.is_missing(1 - self.side) {
                    self.side = 1 - self.side;
                    self.wait();
                }
            }
        }
    }

    /// Whatever comes next waits for a tap. A zero taken on the body is void: the phone may come off now.
    fn wait(&mut self) {
        if !self.rule.zero.stays() {
            self.phone = Inclinometer::new(self.rule.axis);
        }
        self.phone.begin_anew();
        self.stage = Stage::Waits;
        (self.way, self.refused_ms, self.told) = (None, None, false);
    }

    fn go(&mut self) {
        if self.stage != Stage::Waits {
            return;
        }
        self.phone.begin_anew();
        // A wall or a table is at hand; getting into position takes its time.
        let at_hand = self.phone.zero.is_none() && self.rule.zero.stays();
        self.stage = if at_hand {
            Stage::Zeroing
        } else {
            Stage::Placing { until_ms: self.at_ms + f64::from(self.rule.seconds_to_place) * 1_000.0 }
        };
    }

    // ---- what is seen -----------------------------------------------------------------------------------------------

    fn look(&mut self, look: Look, events: &mut Vec<Event>) {
        if look.at_ms <= self.at_ms {
            return;
        }
        // Nobody looked meanwhile, so nobody can say that there was nothing.
        if look.at_ms - self.at_ms > GAP_MS {
            self.heard_ms = look.at_ms;
        }
        self.at_ms = look.at_ms;
        if let Stage::Placing { until_ms } = self.stage
            && self.at_ms >= until_ms
        {
            self.phone.begin_anew();
            self.stage = if self.phone.zero.is_some() {
                events.push(Event::Ready);
                Stage::Moving { leaves: None }
            } else {
                Stage::Zeroing
            };
        }
        let Some([beta, gamma]) = look.angles else { return };
        self.heard_ms = look.at_ms;
        let up = Up::from_angles(beta, gamma);
        self.compare(up, look.acceleration);
        let acceleration_mps2 = look.acceleration.map(size);
        let shown = self.phone.take(Sample { at_ms: look.at_ms, up, acceleration_mps2 });
        match self.stage {
            Stage::Zeroing => self.zero(events),
            Stage::Moving { .. } | Stage::Held { .. } if !self.contradicts() => self.read(shown, events),
            _ => {}
        }
    }

    /// Whether the acceleration agrees with the angles on what is up. Its sign is told by the first moment at rest.
    fn compare(&mut self, up: Up, acceleration: Option<[f64; 3]>) {
        let Some(acceleration) = acceleration.filter(|acceleration| is_gravity(size(*acceleration))) else { return };
        if self.sign.is_none() {
            self.sign = up.sign_of(acceleration);
        }
        let down_too = Up::from_acceleration(acceleration, self.sign.unwrap_or(1.0));
        let apart = down_too.is_none_or(|other| up.tilt_deg(other) > CONTRADICTION_DEG);
        self.contradicts_ms = if apart { self.contradicts_ms.or(Some(self.at_ms)) } else { None };
    }

    fn contradicts(&self) -> bool {
        self.lasts(self.contradicts_ms)
    }

    fn lasts(&self, since_ms: Option<f64>) -> bool {
        since_ms.is_some_and(|since_ms| self.at_ms - since_ms >= LASTING_MS)
    }

    fn zero(&mut self, events: &mut Vec<Event>) {
        let square = self.phone.smooth.is_some_and(|(_, up)| self.rule.is_square(up));
        if self.contradicts() || !square || !self.phone.set_zero() {
            return;
        }
        events.push(Event::Zeroed);
        self.stage = if self.rule.zero.stays() { Stage::Waits } else { Stage::Moving { leaves: Some(Leaves::Zero) } };
    }

    fn read(&mut self, shown: Shown, events: &mut Vec<Event>) {
        let Some(now) = shown.now else { return };
        if PLAIN_DEG.contains(&now.degrees.abs()) {
            self.way = Some(1.0_f64.copysign(now.degrees));
        }
        let believed = matches!(now.quality, Quality::Good | Quality::Leaning);
        self.refused_ms = if believed { None } else { self.refused_ms.or(Some(self.at_ms)) };
        self.go_back(now, believed, events);
        self.leave(now, believed);
        let Some(still) = shown.still else {
            self.told = false;
            return;
        };
        if !believed {
            if !self.told && now.quality == Quality::Refused {
                events.push(Event::Refused { lean_deg: tenths(now.lean_deg.abs()) });
                self.told = true;
            }
            return;
        }
        self.told = false;
        let degrees = self.value(still);
        if (self.rule.low..=self.rule.high).contains(&degrees) {
            self.take(degrees, now.quality == Quality::Leaning, events);
        }
    }

    /// Ends a trial whose reading the phone comes back from, or that it leaves altogether.
    fn go_back(&mut self, now: Angle, believed: bool, events: &mut Vec<Event>) {
        let Stage::Held { furthest, .. } = self.stage else { return };
        let back = believed && self.is_back(furthest, now);
        if back || self.lasts(self.refused_ms) {
            self.keep(furthest, events);
            if self.stage == (Stage::Moving { leaves: Some(Leaves::Reading(furthest)) }) {
                events.push(Event::Next);
            }
        }
    }

    fn leave(&mut self, now: Angle, believed: bool) {
        let Stage::Moving { leaves: Some(leaves) } = self.stage else { return };
        let left = believed
            && match leaves {
                Leaves::Zero => now.degrees.abs() >= LEAVES_ZERO_DEG,
                Leaves::Reading(degrees) => self.is_back(degrees, now),
            };
        if left {
            self.stage = Stage::Moving { leaves: None };
        }
    }

    fn is_back(&self, reading: f64, now: Angle) -> bool {
        let (least, most) = BACK_DEG;
        self.rule.further(self.value(now), reading) >= (reading.abs() / 2.0).clamp(least, most)
    }

    /// A still second that can be right.
    fn take(&mut self, degrees: f64, leans: bool, events: &mut Vec<Event>) {
        let said = match self.stage {
            Stage::Moving { leaves: None } => None,
            Stage::Held { furthest, said, .. } if self.rule.further(furthest, degrees) >= FURTHER_DEG => Some(said),
            _ => return,
        };
        let again = said.is_none_or(|said| self.rule.further(said, degrees) >= SAID_AGAIN_DEG);
        if again {
            let trial = u8::try_from(self.here().len()).unwrap_or(u8::MAX);
            events.push(Event::Read { side: self.side, trial, degrees: tenths(degrees), leaning: leans });
        }
        let said = said.filter(|_| !again).unwrap_or(degrees);
        self.stage = Stage::Held { furthest: degrees, said, leaning: leans };
        // The neighbouring part is a zero for one trial only, and the hand that holds the phone can tap.
        if self.rule.zero == ZeroAt::OtherSegment {
            self.keep(degrees, events);
            if self.stage != Stage::Done {
                self.wait();
            }
        }
    }

    /// Keeps a reading: the trial is over, and perhaps the side.
    fn keep(&mut self, degrees: f64, events: &mut Vec<Event>) {
        let side = usize::from(self.side);
        self.trials[side].push(tenths(degrees));
        self.stage = Stage::Moving { leaves: Some(Leaves::Reading(degrees)) };
        if self.is_missing(self.side) {
            return;
        }
        events.push(Event::SideDone { side: self.side });
        if self.rule.sides == 2 && self.is_missing(1 - self.side) {
            self.side = 1 - self.side;
            self.wait();
        } else {
            self.stage = Stage::Done;
        }
    }

    /// An angle as the test counts it.
    fn value(&self, angle: Angle) -> f64 {
        let degrees = wrapped(angle.degrees);
        let zero = self.phone.zero.unwrap_or(Axis::Z.direction());
        // Which way the edge in question moves as up turns by the right hand.
        let turned = self.rule.axis.direction().cross(zero);
        match self.rule.more {
            More::ScreenUp => degrees * 1.0_f64.copysign(turned.z),
            More::ScreenDown => -degrees * 1.0_f64.copysign(turned.z),
            More::TopUp => degrees * 1.0_f64.copysign(turned.y),
            More::Either => match self.way {
                Some(way) if degrees.abs() > *PLAIN_DEG.end() => {
                    let along = way * degrees;
                    if along < 0.0 { along + 360.0 } else { along }
                }
                _ => degrees.abs(),
            },
        }
    }

    // ---- what is known ----------------------------------------------------------------------------------------------

    fn counted(&self, side: u8) -> &[f64] {
        self.trials[usize::from(side)].get(usize::from(self.rule.practice)..).unwrap_or_default()
    }

    /// The trials a side needs: those of the test, and one more where they lie far apart.
    fn needed(&self, side: u8) -> usize {
        let trials = usize::from(self.rule.trials);
        let first = self.trials[usize::from(side)].get(usize::from(self.rule.practice)..trials).unwrap_or_default();
        trials + usize::from(trials > 1 && range(first) > SPREAD_DEG)
    }

    fn is_missing(&self, side: u8) -> bool {
        self.trials[usize::from(side)].len() < self.needed(side)
    }

    fn result(&self, side: u8) -> Option<[f64; 2]> {
        let counted = self.counted(side);
        if self.is_missing(side) {
            return None;
        }
        #[allow(clippy::cast_precision_loss)] // a handful
        let mean = counted.iter().sum::<f64>() / counted.len() as f64;
        Some([tenths(mean), tenths(range(counted))])
    }

    fn view(&self) -> View {
        let shown = self.phone.shown();
        let now = shown.now.map(|now| (self.value(now), now));
        let mut trials = self.trials.clone();
        if let Stage::Held { furthest, .. } = self.stage {
            trials[usize::from(self.side)].push(tenths(furthest));
        }
        let zero_first = self.phone.zero.is_none();
        View {
            stage: match self.stage {
                Stage::Waits => "waits",
                Stage::Placing { .. } => "placing",
                Stage::Zeroing => "zeroing",
                Stage::Moving { .. } => "moving",
                Stage::Held { .. } => "held",
                Stage::Done => "done",
            },
            ahead: (self.stage == Stage::Waits).then_some(if zero_first { Ahead::Zero } else { Ahead::Begin }),
            side: self.side,
            trial: u8::try_from(self.here().len()).unwrap_or(u8::MAX),
            seconds_left: match self.stage {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within 20 s, and it saturates
                Stage::Placing { until_ms } => Some(((until_ms - self.at_ms).max(0.0) / 1_000.0).ceil() as u32),
                _ => None,
            },
            degrees: now.map(|(value, _)| tenths(value)),
            lean_deg: now.map(|(_, now)| tenths(now.lean_deg)),
            still: self.phone.keeps_still(),
            trouble: self.trouble(now, shown),
            results: (0..self.rule.sides).map(|side| self.result(side)).collect(),
            one_more: self.is_missing(self.side) && self.here().len() >= usize::from(self.rule.trials),
            trials,
        }
    }

    fn trouble(&self, now: Option<(f64, Angle)>, shown: Shown) -> Option<Trouble> {
        if self.at_ms - self.heard_ms >= NO_SENSOR_MS {
            return Some(Trouble::NoSensor);
        }
        if self.contradicts() {
            return Some(Trouble::Contradiction);
        }
        if self.stage == Stage::Zeroing {
            let square = self.phone.smooth.is_none_or(|(_, up)| self.rule.is_square(up));
            return (!square).then_some(Trouble::NotSquare);
        }
        if !matches!(self.stage, Stage::Moving { .. } | Stage::Held { .. }) {
            return None;
        }
        let (value, now) = now?;
        match now.quality {
            Quality::Blind => Some(Trouble::Blind),
            Quality::Refused => Some(Trouble::Refused),
            Quality::Leaning => Some(Trouble::Leaning),
            // At rest near the zero nothing is wrong yet.
            Quality::Good => {
                let outside = value > self.rule.high || value < self.rule.low.min(0.0) - BACK_DEG.1;
                (shown.still.is_some() && outside).then_some(Trouble::Outside)
            }
        }
    }
}

fn range(trials: &[f64]) -> f64 {
    let largest = trials.iter().copied().reduce(f64::max);
    let smallest = trials.iter().copied().reduce(f64::min);
    largest.zip(smallest).map_or(0.0, |(largest, smallest)| largest - smallest)
}

/// Rounded to what a browser reports. No minus before a zero.
fn tenths(degrees: f64) -> f64 {
    math::round_to(degrees, 1) + 0.0
}

/// The same direction within half a turn.
fn wrapped(degrees: f64) -> f64 {
    if degrees > 180.0 {
        degrees - 360.0
    } else if degrees < -180.0 {
        degrees + 360.0
    } else {
        degrees
    }
}
