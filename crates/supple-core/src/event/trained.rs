//! A training that was done, as it was entered or read from a file, and what an import brought. What follows from it,
//! such as which of two entries of one training counts, is not in the log: [`crate::state`] works it out again.

use super::Name;
use crate::body::{RegionId, Side};
use crate::unit::{Felt, LoadKilograms, Metres, Repetitions, Seconds, TrainingSeconds};
use jiff::Zoned;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A training was done. Since version 4, as is all in this file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trained {
    /// When it began: civil time with its zone, or with its offset alone where the zone is not known.
    #[serde(with = "super::time::moment")]
    #[schemars(with = "String")]
    pub start: Zoned,
    /// How long it took, pauses left out where the source tells them.
    pub seconds: TrainingSeconds,
    /// What it was: an id of `knowledge/sports/`. One that nobody knows counts as `other`.
    pub sport: String,
    /// What the person or the watch calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// How hard it was, 0 to 10; never guessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Felt>,
    /// Whether the person said that it was new or unusual for them; missing means that nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unusual: Option<bool>,
    /// Sets, in the order they were done, one entry for sets of the same exercise in a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exercises: Vec<ExerciseDone>,
    /// How far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<Metres>,
    /// How much of it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ascent: Option<Metres>,
    /// How much of it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descent: Option<Metres>,
    /// Pressure that was part of it: self-myofascial release that another program or a watch has logged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rolled: Vec<Rolled>,
    /// Where it comes from; missing for what was typed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<TrainingSource>,
}

impl Trained {
    /// A training of which only what it was, when and how long is known. It was typed in.
    #[must_use]
    pub const fn bare(start: Zoned, seconds: TrainingSeconds, sport: String) -> Self {
        Self {
            start,
            seconds,
            sport,
            name: None,
            effort: None,
            unusual: None,
            exercises: Vec::new(),
            distance: None,
            ascent: None,
            descent: None,
            rolled: Vec::new(),
            source: None,
        }
    }
}

/// Sets of one exercise in a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExerciseDone {
    /// Which: an id of `knowledge/exercises.toml`; missing where the source does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<String>,
    /// The sets.
    pub sets: Vec<SetDone>,
}

/// One set. A lift has repetitions, a hold has seconds; a watch often knows only how long it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDone {
    /// How often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repetitions: Option<Repetitions>,
    /// With how much; missing where it was not entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<LoadKilograms>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Seconds>,
}

/// Pressure on a region, logged elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rolled {
    /// The region.
    pub region: RegionId,
    /// The side; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Seconds on each side.
    pub seconds: Seconds,
}

/// Where a training comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingSource {
    /// The import that brought it.
    pub batch: String,
    /// In which form it came.
    pub format: SourceFormat,
    /// What it is called there, the same in each copy: by it a training is known again.
    pub id: String,
}

/// In which form a training came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceFormat {
    /// A file of a watch or a bicycle computer.
    Fit,
    /// A Training Center file.
    Tcx,
    /// A track.
    Gpx,
    /// The table of activities of a Strava archive.
    StravaTable,
    /// An export of Apple Health.
    AppleHealth,
    /// A table or list of intervals.icu.
    IntervalsIcu,
    /// A table whose columns a person named.
    Table,
}

/// An import began: everything that names this batch came with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The batch's id, made by the shell.
    pub batch: String,
    /// What the file was called, cut where it is too long for a name.
    pub name: Name,
    /// SHA-256 of what was read, in hexadecimal: by it the same file is known again, so that an import that broke off
    /// goes on in its own batch.
    pub fingerprint: String,
}

/// Everything an import brought counts as not having happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportUndone {
    /// The batch.
    pub batch: String,
}

/// How sore somebody said they were on a day, in another program, as it stands there: nothing is scaled anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SorenessNoted {
    /// The day.
    #[serde(with = "super::time::day")]
    #[schemars(with = "String")]
    pub on: Date,
    /// The point that was chosen.
    pub point: i32,
    /// The scale it belongs to.
    pub scale: SorenessScale,
    /// Where it comes from.
    pub source: TrainingSource,
}

/// A scale of whole points that another program asks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SorenessScale {
    /// The lowest point.
    pub lowest: i32,
    /// The highest point.
    pub highest: i32,
    /// Whether a higher point means more sore.
    pub higher_is_sorer: bool,
}

impl Trained {
    /// The batch it came with.
    #[must_use]
    pub fn batch(&self) -> Option<&str> {
        self.source.as_ref().map(|source| source.batch.as_str())
    }

    /// Whole minutes, rounded up: what is said of it and what load is made of.
    #[must_use]
    pub const fn minutes(&self) -> u32 {
        self.seconds.get().div_ceil(60)
    }

    /// How many sets.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.exercises.iter().map(|exercise| exercise.sets.len()).sum()
    }

    /// How many repetitions, of those that were counted.
    #[must_use]
    pub fn repetitions(&self) -> u32 {
        let counted = self.exercises.iter().flat_map(|exercise| &exercise.sets).filter_map(|set| set.repetitions);
        counted.map(|repetitions| u32::from(repetitions.get())).sum()
    }

    /// Takes from another account of the same training what this one does not say, and whether that was anything.
    pub fn fill_from(&mut self, other: &Self) -> bool {
        fn fill<T: Clone>(own: &mut Option<T>, theirs: &Option<T>) -> bool {
            let gap = own.is_none() && theirs.is_some();
            if gap {
                own.clone_from(theirs);
            }
            gap
        }
        fn fill_list<T: Clone>(own: &mut Vec<T>, theirs: &[T]) -> bool {
            let gap = own.is_empty() && !theirs.is_empty();
            if gap {
                own.extend_from_slice(theirs);
            }
            gap
        }
        let filled = [
            fill(&mut self.name, &other.name),
            fill(&mut self.effort, &other.effort),
            fill(&mut self.unusual, &other.unusual),
            fill(&mut self.distance, &other.distance),
            fill(&mut self.ascent, &other.ascent),
            fill(&mut self.descent, &other.descent),
            fill_list(&mut self.exercises, &other.exercises),
            fill_list(&mut self.rolled, &other.rolled),
        ];
        filled.contains(&true)
    }
}
