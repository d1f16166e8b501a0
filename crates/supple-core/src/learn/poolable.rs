//! Which contrasts can be pooled, by a written rule; the others with the reason. Nothing is guessed.
//!
//! The rule, in its order (`docs/model.md` §4 says why):
//! 1. It is rolling by the person's own hand and nothing else (no stretching, no strength work, not between its sets),
//!    and a reading of the person.
//! 2. The basis is the one given; where none was seen it follows from design, p and comparator: [`basis_of`].
//! 3. How many people there were is known.
//! 4. The effect is, in this order: a printed d; means with standard deviations; a mean change with the deviation of
//!    changes; an exact p of two arms or of before and after, with the side it falls on. A p below a bound
//!    (`<0.05`) and a bare "not significant" are both left out: keeping one and not the other would tilt the mean.

use super::effect_size::{Effect, between_from_p, between_groups, within_from_p, within_group};
use crate::knowledge::{Basis, Contrast, Trial, Trials};
use crate::math;

/// The correlation of readings before and after where a study prints none: our judgement, shown with 0.5 to 0.9.
/// Retest reliability of the measures in question is 0.76 to 0.98 (shared reference, section 3); over an
/// intervention it is lower.
pub const PRE_POST_CORRELATION: f64 = 0.7;

/// A contrast with an effect on the common scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Poolable<'t> {
    /// The study.
    pub trial_id: &'t str,
    /// The study itself.
    pub trial: &'t Trial,
    /// What was compared.
    pub contrast: &'t Contrast,
    /// Against what.
    pub basis: Basis,
    /// Whether the basis was derived.
    pub derived: bool,
    /// Above zero favours rolling.
    pub effect: Effect,
    /// Where the effect comes from.
    pub from: From,
}

/// Where an effect comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// A printed standardised mean difference.
    PrintedD,
    /// Means and standard deviations.
    Means,
    /// A mean change and the standard deviation of changes.
    ChangeSd,
    /// An exact p.
    ExactP,
}

/// Why a contrast cannot be pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotPoolable {
    /// A therapist's hands, or mixed with something else that could be the cause: stretching, strength work, the sets
    /// it stands between.
    NotRollingAlone,
    /// Something about the tool, or a count of people, not a reading of a person.
    NotAReading,
    /// Against what, neither seen nor to be derived.
    BasisUnknown,
    /// How many people is not known.
    PeopleUnknown,
    /// The study printed one value for several arms; the first of them is taken.
    SameValue,
    /// A d of all arms or times together, whose unit is not said.
    UnclearD,
    /// The spread may be a standard error.
    SpreadInDoubt,
    /// Only that p is below or above a bound.
    BoundOnly,
    /// The p is of several arms or times at once.
    ManyArms,
    /// The side is not known.
    SideUnknown,
    /// No number at all.
    NoNumber,
}

impl NotPoolable {
    /// Every reason.
    pub const ALL: [Self; 11] = [
        Self::NotRollingAlone,
        Self::NotAReading,
        Self::BasisUnknown,
        Self::PeopleUnknown,
        Self::SameValue,
        Self::UnclearD,
        Self::SpreadInDoubt,
        Self::BoundOnly,
        Self::ManyArms,
        Self::SideUnknown,
        Self::NoNumber,
    ];

    /// In words, to stand after "not poolable:".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotRollingAlone => {
                "a therapist's hands, or together with stretching or strength work, or between its sets"
            }
            Self::NotAReading => "about the tool, or a count of injuries, not a reading of a person",
            Self::BasisUnknown => "against what it was compared is not clear",
            Self::PeopleUnknown => "how many people there were was not seen",
            Self::SameValue => "repeats a value printed for several arms, which counts once",
            Self::UnclearD => "a d of several arms or times together, in a unit that is not said",
            Self::SpreadInDoubt => "the printed spread may be a standard error",
            Self::BoundOnly => "of p only a bound was seen, such as p < 0.05 or not significant",
            Self::ManyArms => "the p is of several arms or times at once",
            Self::SideUnknown => "whom it favours was not seen",
            Self::NoNumber => "no number was seen",
        }
    }
}

/// Every contrast, poolable or with the reason why not, in the order of the files.
pub fn contrasts<'t>(
    trials: &'t Trials,
    correlation: f64,
) -> impl Iterator<Item = (&'t str, &'t Contrast, Result<Poolable<'t>, NotPoolable>)> {
    trials.iter().flat_map(move |(id, trial)| {
        trial
            .contrasts
            .iter()
            .map(move |contrast| (id.as_str(), contrast, poolable(id, trial, contrast, correlation)))
    })
}

/// The poolable ones.
#[must_use]
pub fn all_poolable(trials: &Trials, correlation: f64) -> Vec<Poolable<'_>> {
    contrasts(trials, correlation).filter_map(|(_, _, found)| found.ok()).collect()
}

fn poolable<'t>(
    trial_id: &'t str,
    trial: &'t Trial,
    contrast: &'t Contrast,
    correlation: f64,
) -> Result<Poolable<'t>, NotPoolable> {
    admitted(contrast)?;
    if contrast.same_value_as.is_some() {
        return Err(NotPoolable::SameValue);
    }
    let p = contrast.p.as_deref().unwrap_or_default();
    let basis = contrast
        .effect_basis
        .or_else(|| basis_of(Some(&trial.design), &contrast.comparator, p))
        .ok_or(NotPoolable::BasisUnknown)?;
    let n = f64::from(contrast.n_per_arm.ok_or(NotPoolable::PeopleUnknown)?);
    let n_other = contrast.n_comparator.map_or(n, f64::from);
    let same_people = basis == Basis::Within || paired(&trial.design);
    let (effect, from) = effect(contrast, n, n_other, same_people, correlation)?;
    Ok(Poolable { trial_id, trial, contrast, basis, derived: contrast.effect_basis.is_none(), effect, from })
}

/// Whether a contrast is of rolling, and of a reading.
fn admitted(contrast: &Contrast) -> Result<(), NotPoolable> {
    let mixed = |words: &[&str]| words.iter().any(|word| contrast.technique.contains(word));
    if contrast.tool.starts_with("other")
        || [contrast.tool.as_str(), contrast.technique.as_str()].iter().any(|text| text.contains("strength"))
        || contrast.tool.contains("stretch")
        || mixed(&["stretch", "combined", "between sets"])
    {
        return Err(NotPoolable::NotRollingAlone);
    }
    known_class(&contrast.outcome_class).then_some(()).ok_or(NotPoolable::NotAReading)
}

/// Whether an outcome is a reading of a person.
#[must_use]
pub fn known_class(class: &str) -> bool {
    !["tool pressure", "injury"].contains(&class)
}

/// Whether the same people are compared with themselves.
#[must_use]
pub fn paired(design: &str) -> bool {
    ["crossover", "single-group", "within-subject"].iter().any(|word| design.starts_with(word))
}

/// What a contrast is measured against where that was not seen: first what p says, then the comparator, then the
/// design. A comparator of several arms says nothing about which of them was meant, unless p does.
#[must_use]
pub fn basis_of(design: Option<&str>, comparator: &str, p: &str) -> Option<Basis> {
    let says = |words: &[&str]| words.iter().any(|word| p.contains(word));
    if says(&["within", "vs baseline", "vs pre", "(time)"]) {
        return Some(Basis::Within);
    }
    if says(&["vs control", "vs passive"]) {
        return Some(Basis::BetweenControl);
    }
    let begins = |words: &[&str]| words.iter().any(|word| comparator.starts_with(word));
    if begins(&["baseline"]) || design.is_some_and(|design| design.starts_with("single-group")) {
        return Some(Basis::Within);
    }
    if comparator.contains(';') {
        return None;
    }
    if begins(&["no treatment", "sham"]) {
        return Some(Basis::BetweenControl);
    }
    begins(&["stretch", "warm-up", "other", "FR alone", "between", "passive and active"])
        .then_some(Basis::BetweenActive)
}

fn effect(
    c: &Contrast,
    n: f64,
    n_other: f64,
    same_people: bool,
    correlation: f64,
) -> Result<(Effect, From), NotPoolable> {
    // In one group's standard deviations, whoever is compared.
    let of_d = |d: f64| if same_people { within_group(d, n, correlation) } else { between_groups(d, n, n_other) };
    let printed = c.effect_size.as_ref().filter(|effect| effect.name.starts_with('d'));
    if let Some(printed) = printed {
        if printed.name.contains("time") {
            return Err(NotPoolable::UnclearD);
        }
        // dz is in standard deviations of changes.
        let unit = if printed.name.starts_with("dz") { changes_in_readings(correlation) } else { 1.0 };
        let side = side(c, Some(printed.value)).ok_or(NotPoolable::SideUnknown)?;
        return Ok((of_d(side * printed.value.abs() * unit), From::PrintedD));
    }
    if let (Some(before), Some(sd), Some(after)) = (c.pre_mean, c.pre_sd, c.post_mean) {
        if c.spread_in_doubt {
            return Err(NotPoolable::SpreadInDoubt);
        }
        let other = match (c.ctrl_pre_mean, c.ctrl_post_mean) {
            (Some(before), Some(after)) => after - before,
            _ => 0.0,
        };
        let change = after - before - other;
        let side = side(c, Some(change)).ok_or(NotPoolable::SideUnknown)?;
        return Ok((of_d(side * change.abs() / sd), From::Means));
    }
    let moved = c.mean_difference.or(c.percent_change);
    if let (Some(change), Some(sd), true) = (c.mean_difference, c.change_sd, same_people) {
        let side = side(c, Some(change)).ok_or(NotPoolable::SideUnknown)?;
        return Ok((of_d(side * change.abs() / sd * changes_in_readings(correlation)), From::ChangeSd));
    }
    let Some(text) = c.p.as_deref() else { return Err(NotPoolable::NoNumber) };
    if text.contains("interaction")
        || text.contains("group x time")
        || text.contains("time x group")
        || text.contains("pooled")
        || (!same_people || !text.contains("within")) && c.comparator.contains(';')
    {
        return Err(NotPoolable::ManyArms);
    }
    let p = exact_p(text).ok_or(NotPoolable::BoundOnly)?;
    let positive = side(c, moved).ok_or(NotPoolable::SideUnknown)? > 0.0;
    let effect = if same_people {
        within_from_p(p, positive, n, correlation)
    } else {
        between_from_p(p, positive, n, n_other)
    };
    Ok((effect, From::ExactP))
}

/// The standard deviation of changes in standard deviations of readings.
fn changes_in_readings(correlation: f64) -> f64 {
    math::sqrt(2.0 * (1.0 - correlation))
}

/// 1 where it favours rolling, -1 where the other: what the study says, or else the sign of a reading of which more
/// is better (or less, for soreness, stiffness and the like).
fn side(c: &Contrast, moved: Option<f64>) -> Option<f64> {
    let says = c.direction.as_deref().unwrap_or_default();
    let rolling = ["favours SMR", "favours vibration", "favours guided", "favours prescribed", "favours static SMR"];
    if rolling.iter().any(|words| says.starts_with(words)) {
        return Some(1.0);
    }
    if says.starts_with("favours control") {
        return Some(-1.0);
    }
    let moved = moved.filter(|moved| moved.abs() > 0.0)?;
    let less_is_better =
        ["soreness", "stiffness", "lactate", "sprint", "agility", "blood pressure", "arterial stiffness", "pain"];
    let sign = if moved > 0.0 { 1.0 } else { -1.0 };
    Some(if less_is_better.contains(&c.outcome_class.as_str()) { -sign } else { sign })
}

/// The p-value where it is printed exactly: it begins with a number, and the number is not the start of a range.
#[must_use]
pub fn exact_p(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let p: f64 = number.parse().ok()?;
    let range = rest.trim_start().starts_with(['-', '\u{2013}']);
    (!range && p > 0.0 && p < 1.0).then_some(p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_p_counts() {
        for (text, p) in [("0.03", Some(0.03)), ("0.015 within", Some(0.015)), ("0.31 (log-rank)", Some(0.31))] {
            assert_eq!(exact_p(text), p, "{text}");
        }
        for text in ["<0.05", ">0.05", "ns", "0.239-0.999 interactions", "0.000 vs pre", "significant", "<=0.024", ""]
        {
            assert_eq!(exact_p(text), None, "{text}");
        }
    }

    #[test]
    fn the_basis_follows_from_p_then_comparator_then_design() {
        for (design, comparator, p, basis) in [
            ("crossover", "no treatment/rest", "", Some(Basis::BetweenControl)),
            ("parallel RCT", "sham (sham ultrasound)", "<0.05", Some(Basis::BetweenControl)),
            ("parallel RCT", "no treatment", "0.03 within", Some(Basis::Within)),
            ("single-group", "no treatment", "", Some(Basis::Within)),
            ("crossover", "baseline; stretch arm +6.2%", "", Some(Basis::Within)),
            ("parallel RCT", "stretch (n=29)", "", Some(Basis::BetweenActive)),
            ("parallel RCT", "no treatment; stretch; FR+stretch", "", None),
            ("parallel RCT", "no treatment; stretch; FR+stretch", "0.001 vs control", Some(Basis::BetweenControl)),
            ("crossover", "rolling vs static placement", "", None),
        ] {
            assert_eq!(basis_of(Some(design), comparator, p), basis, "{comparator}, {p}");
        }
    }
}
