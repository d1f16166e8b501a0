//! What is allowed today. Only this module makes a clearance, and only this module admits a plan.

mod admitted;

pub use admitted::{Admitted, AdmittedBlock};
