//! Simple forecasts that ours has to beat: the last reading, the person's mean, and ridge regression.
//!
//! Each is a number; how far it was off so far is its distribution: every earlier miss is added to it, rounded to the
//! nearest point of the scale and counted.

use super::{Diary, Points};
use crate::learn::linear::Factored;
use crate::math;

/// How strongly ridge regression is held back, in days of data. Of 1, 3, 10, 30, 100 and 300 the one that does best on
/// the sixteen athletes of `pmdata` in hindsight: the comparison leans towards it.
const PENALTY: f64 = 30.0;
/// Days before ridge regression is better than a mean.
const LEAST_DAYS: usize = 10;
const READINGS: usize = 3;
const LOADS: i32 = 4;
const COLUMNS: usize = READINGS + 1 + 4;
const LOAD_UNIT: f64 = 100.0;

/// A rival's number for a day, and the misses it made so far.
#[derive(Debug, Clone, Default)]
struct Rival {
    misses: Vec<f64>,
}

impl Rival {
    fn chances(&self, number: f64, points: Points) -> Vec<f64> {
        let mut chances = vec![0.0; points.count()];
        #[allow(clippy::cast_precision_loss)] // days
        let each = 1.0 / self.misses.len() as f64;
        for miss in &self.misses {
            let nearest = math::round_to(number + miss, 0).clamp(points.lowest.into(), points.highest.into());
            #[allow(clippy::cast_possible_truncation)] // clamped to the scale
            if let Some(point) = points.index(nearest as i32) {
                chances[point] += each;
            }
        }
        chances
    }
}

/// The three of them, following one person.
#[derive(Debug, Clone, Default)]
pub(super) struct Rivals {
    values: Vec<f64>,
    rivals: [Rival; 3],
    columns: Vec<[f64; COLUMNS]>,
}

impl Rivals {
    /// How many misses each has made, from which it has its distribution.
    pub(super) fn misses(&self) -> usize {
        self.rivals[0].misses.len()
    }

    /// The chance of each point on a day: persistence, mean, ridge.
    pub(super) fn foretell(&self, diary: &Diary, day: i32, points: Points) -> [Vec<f64>; 3] {
        let numbers = self.numbers(diary, day);
        std::array::from_fn(|rival| self.rivals[rival].chances(numbers[rival], points))
    }

    /// Learns what a day was like. Days come in order.
    pub(super) fn learn(&mut self, diary: &Diary, day: i32, value: i32) {
        let value = f64::from(value);
        if !self.values.is_empty() {
            let numbers = self.numbers(diary, day);
            for (rival, number) in self.rivals.iter_mut().zip(numbers) {
                rival.misses.push(value - number);
            }
            self.columns.push(self.columns_of(diary, day));
        }
        self.values.push(value);
    }

    fn numbers(&self, diary: &Diary, day: i32) -> [f64; 3] {
        let last = self.values.last().copied().unwrap_or_default();
        let mean = mean(&self.values);
        [last, mean, self.ridge(&self.columns_of(diary, day)).unwrap_or(mean)]
    }

    /// The last three readings, the mean of all, and the loads of the last four days.
    fn columns_of(&self, diary: &Diary, day: i32) -> [f64; COLUMNS] {
        let mut columns = [0.0; COLUMNS];
        for (back, column) in columns.iter_mut().take(READINGS).enumerate() {
            let at = self.values.len().saturating_sub(1 + back);
            *column = self.values[at];
        }
        columns[READINGS] = mean(&self.values);
        for (column, back) in columns.iter_mut().skip(READINGS + 1).zip(1..=LOADS) {
            *column = diary.load.get(&(day - back)).copied().unwrap_or_default() / LOAD_UNIT;
        }
        columns
    }

    /// Ridge regression on columns of mean 0 and spread 1; none before there are days enough.
    #[allow(clippy::cast_precision_loss)] // days
    fn ridge(&self, asked: &[f64; COLUMNS]) -> Option<f64> {
        let rows = self.columns.len();
        if rows < LEAST_DAYS {
            return None;
        }
        // The first reading has nothing before it.
        let came = &self.values[1..];
        let of = |column: usize| self.columns.iter().map(move |row| row[column]);
        let means: [f64; COLUMNS] = std::array::from_fn(|column| of(column).sum::<f64>() / rows as f64);
        let spreads: [f64; COLUMNS] = std::array::from_fn(|column| {
            let squares: f64 = of(column).map(|x| (x - means[column]) * (x - means[column])).sum();
            let spread = math::sqrt(squares / rows as f64);
            if spread < 1e-9 { 1.0 } else { spread }
        });
        let standard = |row: &[f64; COLUMNS], column: usize| (row[column] - means[column]) / spreads[column];
        let level = mean(came);
        let factored = Factored::of(COLUMNS, |i, j| {
            let sum: f64 = self.columns.iter().map(|row| standard(row, i) * standard(row, j)).sum();
            sum + if i == j { PENALTY } else { 0.0 }
        })?;
        let right: Vec<f64> = (0..COLUMNS)
            .map(|column| self.columns.iter().zip(came).map(|(row, y)| standard(row, column) * (y - level)).sum())
            .collect();
        let slopes = factored.solve(&right);
        Some(level + slopes.iter().enumerate().map(|(column, slope)| slope * standard(asked, column)).sum::<f64>())
    }
}

#[allow(clippy::cast_precision_loss)] // days
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_TO_FIVE: Points = Points { lowest: 1, highest: 5, higher_is_sorer: false };

    #[test]
    fn ridge_finds_what_load_does() {
        let mut diary = Diary::default();
        // In no rhythm that earlier readings would tell.
        let trained = |day: i32| (day * day * day + 5 * day) % 11 < 4;
        for day in 0..80 {
            if trained(day) {
                diary.load.insert(day, 300.0);
            }
            diary.soreness.insert(day, if trained(day - 1) { 2 } else { 4 });
        }
        let mut rivals = Rivals::default();
        for (day, value) in &diary.soreness {
            rivals.learn(&diary, *day, *value);
        }
        let [persistence, mean, ridge] = rivals.foretell(&diary, 82, ONE_TO_FIVE);
        diary.load.insert(81, 300.0);
        let trained = &rivals.foretell(&diary, 82, ONE_TO_FIVE)[2];
        for chances in [&persistence, &mean, &ridge, trained] {
            assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{chances:?}");
        }
        let expected = |chances: &[f64]| -> f64 { chances.iter().zip(1..).map(|(p, k)| p * f64::from(k)).sum() };
        assert!(expected(trained) < expected(&ridge) - 0.5, "{trained:?} against {ridge:?}");
    }
}
