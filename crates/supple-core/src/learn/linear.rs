//! Small symmetric systems: as many rows as there are moderators, never as there are contrasts.

use crate::math;

/// A symmetric positive definite matrix, taken apart once (Cholesky) and then solved with.
#[derive(Debug, Clone)]
pub(super) struct Factored {
    size: usize,
    lower: Vec<f64>,
}

impl Factored {
    /// None if the matrix is not positive definite: two columns say the same.
    ///
    /// A pivot counts as nothing when less than a ten-thousand-millionth of its column is left of it.
    pub(super) fn of(size: usize, entry: impl Fn(usize, usize) -> f64) -> Option<Self> {
        let mut lower = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                let mut sum = entry(row, column);
                for k in 0..column {
                    sum -= lower[row * size + k] * lower[column * size + k];
                }
                if row > column {
                    lower[row * size + column] = sum / lower[column * size + column];
                } else if sum.is_finite() && sum > entry(row, row) * 1e-10 {
                    lower[row * size + row] = math::sqrt(sum);
                } else {
                    return None;
                }
            }
        }
        Some(Self { size, lower })
    }

    /// The solution for one right-hand side.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (n, l) = (self.size, &self.lower);
        let mut x = right.to_vec();
        for row in 0..n {
            for k in 0..row {
                x[row] -= l[row * n + k] * x[k];
            }
            x[row] /= l[row * n + row];
        }
        for row in (0..n).rev() {
            for k in row + 1..n {
                x[row] -= l[k * n + row] * x[k];
            }
            x[row] /= l[row * n + row];
        }
        x
    }

    /// The inverse, row by row.
    pub(super) fn inverse(&self) -> Vec<Vec<f64>> {
        (0..self.size)
            .map(|column| {
                let unit: Vec<f64> = (0..self.size).map(|row| if row == column { 1.0 } else { 0.0 }).collect();
                self.solve(&unit)
            })
            .collect()
    }

    /// Natural logarithm of the determinant.
    pub(super) fn ln_determinant(&self) -> f64 {
        (0..self.size).map(|k| 2.0 * math::ln(self.lower[k * self.size + k])).sum()
    }
}

/// Sum of the products.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_apart_solves_and_inverts() {
        let matrix = [[4.0, 2.0, 0.4], [2.0, 5.0, 1.0], [0.4, 1.0, 3.0]];
        let factored = Factored::of(3, |i, j| matrix[i][j]).unwrap();
        let x = factored.solve(&[1.0, -2.0, 0.5]);
        for (row, right) in matrix.iter().zip([1.0, -2.0, 0.5]) {
            assert!((dot(row, &x) - right).abs() < 1e-14);
        }
        // 4 (15 - 1) - 2 (6 - 0.4) + 0.4 (2 - 2)
        assert!((factored.ln_determinant() - math::ln(44.8)).abs() < 1e-14);
        assert!((dot(&factored.inverse()[1], &matrix[1]) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn two_columns_that_say_the_same_are_refused() {
        let matrix = [[1.0, 2.0], [2.0, 4.0]];
        assert!(Factored::of(2, |i, j| matrix[i][j]).is_none());
    }
}
