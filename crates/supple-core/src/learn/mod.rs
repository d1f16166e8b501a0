//! What studies say, pooled by ourselves (`docs/model.md` §4), and what one person's own tests say (§5).
//!
//! ```text
//!  what a paper prints ─effect_size─▶ yi, vi ─likelihood─▶ reml ─▶ pool     (intervals, Q, I2, prediction)
//!                                                      └──▶ bayes            (quadrature over the spread)
//!  readings ─gain──▶ design ─gaussian─▶ posterior given the spreads ─grid─▶ mixture ─rule─▶ response
//! ```
//!
//! Closed forms, safeguarded Newton steps and quadrature; no sampling, so the same rows give the same bytes.

mod acute;
mod bayes;
mod distributions;
mod effect_size;
mod from_log;
/// What one session does to one test of one person: the model.
pub mod gain;
/// A linear model with normal errors, given its spreads.
pub mod gaussian;
/// Averaging over what is not known of the spreads.
pub mod grid;
mod likelihood;
mod linear;
mod mixture;
mod pool;
mod poolable;
mod predict;
mod reml;
/// What a person is told, and why.
pub mod response;
mod rule;
mod second_test;

pub use acute::{PooledEffect, Spreads};
pub use bayes::{Posterior, SpreadPrior, posterior, posterior_at};
pub use distributions::{chi_squared_upper, normal_cdf, normal_quantile, t_cdf, t_quantile, t_two_sided_p};
pub use effect_size::{
    Effect, between_from_p, between_from_t, between_groups, cohens_d, from_correlation, from_interval,
    small_sample_factor, within_from_p, within_from_t, within_group,
};
pub use from_log::{response_of, responses, with_own_results};
pub use likelihood::{Components, Evaluation, Rows, RowsError};
pub use mixture::{Mixture, Piece};
pub use pool::{Coefficient, Interval, Pooled, Robust, pool};
pub use poolable::{
    From, NotPoolable, PRE_POST_CORRELATION, Poolable, all_poolable, basis_of, contrasts, exact_p, known_class,
    paired,
};
pub use predict::{
    Asked, HALF_LIFE_MINUTES, LEAST_ROWS, Left, LeftOut, NoPrediction, Outside, Predictor, Range, Scale,
    WITHIN_TRIAL, leave_one_trial_out, percent_rows, smd_rows,
};
pub use reml::{Fit, fit};
pub use response::{PersonalResponse, Question, Told};
pub use rule::{LEAST_REST_TESTS, LEAST_SESSIONS, MOST_SESSIONS, SESSIONS_PER_REST_TEST};
pub use second_test::{SecondTest, SecondTests};
