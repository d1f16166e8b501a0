//! The numbers outside techniques and questions: ceilings, shares, steps, effects, measures.

use super::super::{ClaimVerdict, Knowledge, Measure, More, Phone, ZeroAt};
use super::{Problem, Problems};
use crate::measure::incline::Axis;

/// What no file may raise: rules 4 and 5 of SAFETY.md. A ceiling is lowered in `limits.toml`; raising one is a change
/// of this code, with its reason.
mod highest {
    pub(super) const FELT_TARGET: u32 = 4;
    pub(super) const FELT_CAP: u32 = 6;
    pub(super) const FELT_OFF: u32 = 7;
    pub(super) const HOLD_SECONDS: u32 = 30;
    pub(super) const SECONDS_PER_AREA_DAY: u32 = 120;
    pub(super) const SETS: u32 = 3;
    pub(super) const SESSION_MINUTES: u32 = 20;
    pub(super) const FIRST_SESSION_SECONDS: u32 = 30;
    pub(super) const FLARE_SHARE: f64 = 0.7;
    pub(super) const MOVE_SETS: u32 = 4;
    pub(super) const MOVE_HOLD_SECONDS: u32 = 120;
    pub(super) const MOVE_REPS: u32 = 30;
    pub(super) const MOVE_EFFORT: u32 = 8;
    pub(super) const MOVE_MINUTES: u32 = 60;
}

/// Ensure no ceiling is raised above what the code holds, and the felt ones are in order.
pub(super) fn ceilings_are_not_raised(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let limits = &knowledge.limits;
    let ceilings = &limits.ceilings;
    let numbers = [
        ("ceilings.felt_target", ceilings.felt_target.into(), highest::FELT_TARGET),
        ("ceilings.felt_cap", ceilings.felt_cap.into(), highest::FELT_CAP),
        ("ceilings.felt_off", ceilings.felt_off.into(), highest::FELT_OFF),
        ("ceilings.hold_seconds", ceilings.hold_seconds, highest::HOLD_SECONDS),
        ("ceilings.seconds_per_area_day", ceilings.seconds_per_area_day, highest::SECONDS_PER_AREA_DAY),
        ("ceilings.sets", ceilings.sets.into(), highest::SETS),
        ("ceilings.session_minutes", ceilings.session_minutes.into(), highest::SESSION_MINUTES),
        ("first_session.seconds_per_area", limits.first_session.seconds_per_area, highest::FIRST_SESSION_SECONDS),
        ("moves.sets", limits.moves.sets.into(), highest::MOVE_SETS),
        ("moves.hold_seconds", limits.moves.hold_seconds, highest::MOVE_HOLD_SECONDS),
        ("moves.reps", limits.moves.reps.into(), highest::MOVE_REPS),
        ("moves.effort", limits.moves.effort.into(), highest::MOVE_EFFORT),
        ("moves.minutes_per_day", limits.moves.minutes_per_day.into(), highest::MOVE_MINUTES),
    ];
    for (field, value, most) in numbers {
        if value > most {
            let what = format!("{value} is more than the {most} that the code allows; lower it again");
            problems.push(Problem::new("limits.toml", field, rule, what));
        }
    }
    if limits.flare.next_dose_share > highest::FLARE_SHARE {
        let what = format!(
            "{} is more than the {} that the code allows; lower it again",
            limits.flare.next_dose_share,
            highest::FLARE_SHARE
        );
        problems.push(Problem::new("limits.toml", "flare.next_dose_share", rule, what));
    }
    if ceilings.felt_target > ceilings.felt_cap || ceilings.felt_cap >= ceilings.felt_off {
        let what = "the target is at most the cap, and the cap below off; put them in order".to_owned();
        problems.push(Problem::new("limits.toml", "ceilings.felt_off", rule, what));
    }
}

/// Ensure limits for first sessions, ages, goals and the like only ever lower a ceiling.
pub(super) fn general_limits_are_under_the_ceilings(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    let limits = &knowledge.limits;
    let felt_target = u32::from(limits.ceilings.felt_target);
    let felt_cap = u32::from(limits.ceilings.felt_cap);
    let seconds = limits.ceilings.seconds_per_area_day;
    let mut too_high = |file: &str, field: &str, value: u32, ceiling: u32| {
        if value > ceiling {
            let what = format!("{value} is above the ceiling and would limit nothing; give {ceiling} or less");
            problems.push(Problem::new(file, field, rule, what));
        }
    };
    for (field, value, ceiling) in [
        ("defaults.lower_pressure_felt", limits.defaults.lower_pressure_felt.into(), felt_target),
        ("defaults.shorten_seconds_per_area", limits.defaults.shorten_seconds_per_area, seconds),
        ("defaults.shorten_sets", limits.defaults.shorten_sets.into(), limits.ceilings.sets.into()),
        ("first_session.felt_target", limits.first_session.felt_target.into(), felt_target),
        ("first_session.seconds_per_area", limits.first_session.seconds_per_area, seconds),
        ("caution_level.felt_target", limits.caution_level.felt_target.into(), felt_target),
        ("caution_level.felt_cap", limits.caution_level.felt_cap.into(), felt_cap),
        ("caution_level.light_only_felt", limits.caution_level.light_only_felt.into(), felt_target),
        ("age.gentle_start_felt", limits.age.gentle_start_felt.into(), felt_target),
        ("moves.first_sets", limits.moves.first_sets.into(), limits.moves.sets.into()),
        ("moves.first_effort", limits.moves.first_effort.into(), limits.moves.effort.into()),
    ] {
        too_high("limits.toml", field, value, ceiling);
    }
    for (goal, plan) in &knowledge.planning.goals {
        let field = |name: &str| format!("goals.{}.doses.{name}", goal.id());
        let felt = plan.doses.sore_felt.map_or(0, u32::from);
        too_high("planning.toml", &field("most_seconds_per_area"), plan.doses.most_seconds_per_area, seconds);
        too_high("planning.toml", &field("sore_felt"), felt, felt_target);
    }
}

/// Ensure a share takes something away, or leaves it as it was, and never adds.
pub(super) fn shares_never_add(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut outside = |file: &str, field: &str, share: f64, whole: f64| {
        if share <= 0.0 || share > whole {
            let what = format!("a share of {share} is not above 0 and at most {whole}; correct it");
            problems.push(Problem::new(file, field, rule, what));
        }
    };
    let (limits, need) = (&knowledge.limits, &knowledge.planning.need);
    outside("limits.toml", "flare.next_dose_share", limits.flare.next_dose_share, 1.0);
    outside("limits.toml", "next_day.share_without_report", limits.next_day.share_without_report, 1.0);
    outside("planning.toml", "need.one_side_share", need.one_side_share.into(), 1000.0);
    outside("planning.toml", "need.caution_share", need.caution_share.into(), 1000.0);
    outside("planning.toml", "need.floor_share", need.floor_share.into(), 1000.0);
    for (id, caution) in &knowledge.cautions {
        if let Some(share) = caution.limits.next_dose_share {
            outside(&format!("cautions/{id}.toml"), "limits.next_dose_share", share, 1.0);
        }
    }
}

/// Ensure every time a plan counts with is a whole number of its steps.
pub(super) fn seconds_fit_the_step(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let time = &knowledge.planning.time;
    if time.step_seconds == 0 {
        let what = "a step of 0 s leads nowhere; give at least 1".to_owned();
        problems.push(Problem::new("planning.toml", "time.step_seconds", rule, what));
        return;
    }
    let mut off_step = |file: &str, field: &str, seconds: u32| {
        if !seconds.is_multiple_of(time.step_seconds) {
            let what = format!("{seconds} s is no multiple of {} s; round it", time.step_seconds);
            problems.push(Problem::new(file, field, rule, what));
        }
    };
    for (field, seconds) in [
        ("time.station_setup_seconds", time.station_setup_seconds),
        ("time.placing_seconds", time.placing_seconds),
        ("time.lead_in_seconds", time.lead_in_seconds),
        ("time.rest_seconds", time.rest_seconds),
        ("time.side_switch_seconds", time.side_switch_seconds),
        ("time.least_seconds", time.least_seconds),
    ] {
        off_step("planning.toml", field, seconds);
    }
    for (goal, plan) in &knowledge.planning.goals {
        let field = format!("goals.{}.doses.most_seconds_per_area", goal.id());
        off_step("planning.toml", &field, plan.doses.most_seconds_per_area);
    }
    off_step("limits.toml", "next_day.step_seconds", knowledge.limits.next_day.step_seconds);
}

/// Ensure an effect to expect lies inside its interval.
pub(super) fn effects_lie_in_their_interval(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (goal, prior) in &knowledge.priors.effects {
        if !(prior.low..=prior.high).contains(&prior.smd) {
            let what = format!(
                "{} is outside its interval of {} to {}; look them up again",
                prior.smd, prior.low, prior.high
            );
            problems.push(Problem::new("priors.toml", &format!("effects.{}.smd", goal.id()), rule, what));
        }
    }
}

/// Ensure an answer says how sure it is, and a claim not yet searched does not.
pub(super) fn answers_alone_are_graded(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, claim) in &knowledge.claims {
        let what = match (claim.verdict == ClaimVerdict::NotYetSearched, claim.grade) {
            (true, Some(_)) => "nothing was searched yet, so nothing can be graded; take the grade out",
            (false, None) => "an answer says how sure it is; add a grade",
            _ => continue,
        };
        problems.push(Problem::new("claims.toml", &format!("{id}.grade"), rule, what.to_owned()));
    }
}

/// Ensure a measure can be right: its plausible range is one, one trial counts, and a change can be more than error.
pub(super) fn measures_can_be_right(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, measure) in &knowledge.measures {
        let file = format!("measures/{id}.toml");
        if measure.plausible_low >= measure.plausible_high {
            let what = format!(
                "plausible from {} to {}; put the smaller number first",
                measure.plausible_low, measure.plausible_high
            );
            problems.push(Problem::new(&file, "plausible_low", rule, what));
        }
        if measure.practice_trials >= measure.trials {
            let what = format!(
                "{} of {} trials are practice; leave one that counts",
                measure.practice_trials, measure.trials
            );
            problems.push(Problem::new(&file, "practice_trials", rule, what));
        }
        if measure.change_threshold.value <= 0.0 {
            let what = "a change of 0 is never more than error; give the smallest that is".to_owned();
            problems.push(Problem::new(&file, "change_threshold.value", rule, what));
        }
    }
}

/// Ensure a phone can take what it is said to take: an angle, with a direction that its zero can tell, and words for
/// what is held still.
pub(super) fn phones_can_read(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, measure) in &knowledge.measures {
        for (field, what) in measure.phone.as_ref().map_or_else(|| unread(measure), |phone| misread(measure, phone)) {
            problems.push(Problem::new(&format!("measures/{id}.toml"), field, rule, what.to_owned()));
        }
    }
}

/// A test that names a phone says how.
fn unread(measure: &Measure) -> Vec<(&'static str, &'static str)> {
    let named = measure.sensor.starts_with("phone");
    let what = "the sensor is a phone, but nothing says how it reads; add [phone]";
    if named { vec![("phone", what)] } else { Vec::new() }
}

fn misread(measure: &Measure, phone: &Phone) -> Vec<(&'static str, &'static str)> {
    let told_by_zero = match phone.more {
        More::ScreenDown | More::ScreenUp => phone.axis == Axis::X && phone.zero == ZeroAt::Wall,
        More::TopUp => phone.axis == Axis::X && phone.zero == ZeroAt::Level,
        More::Either => measure.plausible_low >= 0.0,
    };
    let least = measure.plausible_low;
    let checks = [
        (measure.sensor.starts_with("phone"), "sensor", "there is a [phone]; name it first, or take it out"),
        (measure.unit.starts_with("deg"), "unit", "a phone reads angles; give them in deg, or take [phone] out"),
        (
            told_by_zero,
            "phone.more",
            "screen_up and screen_down need the axis x and a wall, top_up the axis x and a level, either a plausible_low of 0 or more",
        ),
        (
            phone.zero != ZeroAt::OtherSegment || least >= 5.0,
            "phone.zero",
            "the zero itself would be a reading; other_segment needs a plausible_low of 5 or more",
        ),
        (
            phone.zero.stays() == phone.zero_on.is_none(),
            "phone.zero_on",
            "say what is held still for a zero on the body, and nothing for a wall or a level",
        ),
        (phone.seconds_to_place <= 20, "phone.seconds_to_place", "20 s are the most; lower it"),
    ];
    checks.into_iter().filter(|(holds, ..)| !holds).map(|(_, field, what)| (field, what)).collect()
}

/// Ensure every emergency number is 3 to 5 digits, and every country two capital letters.
pub(super) fn emergency_numbers_can_be_dialled(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let emergency = &knowledge.emergency;
    let named = emergency.countries.iter().map(|(code, country)| (format!("countries.{code}"), &country.number));
    for (field, number) in named.chain([("unknown_country".to_owned(), &emergency.unknown_country)]) {
        if !(3..=5).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            let what = format!("\"{number}\" cannot be dialled; write 3 to 5 digits and nothing else");
            problems.push(Problem::new("emergency.toml", &field, rule, what));
        }
    }
    for code in emergency.countries.keys() {
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let what = "a country is two capital letters, such as DE".to_owned();
            problems.push(Problem::new("emergency.toml", &format!("countries.{code}"), rule, what));
        }
    }
}
