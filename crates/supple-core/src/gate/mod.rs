//! What is allowed today. Only this module makes a clearance, and only this module admits a plan.
//!
//! The gate knows nothing of plans or of what was learned: a model may choose among what is allowed, it can never
//! unlock. Unanswered counts as yes for what is allowed, never for what is said.

mod admit;
mod admit_moves;
mod admitted;
mod allowance;
mod allows_move;
mod clearance;
mod judge;
mod judge_moves;
mod move_limits;
mod reach;
mod reason;

pub use admit::{NotAdmitted, admit};
pub use admit_moves::{AdmittedMove, AdmittedMoves, MovesNotAdmitted, admit_moves};
pub use admitted::{Admitted, AdmittedBlock};
pub use allowance::{Allowance, Refusal};
pub use clearance::{Clearance, Closed, SiteLimits, ToolLimits};
pub use judge::{Judgement, Verdict, judge};
pub use move_limits::{MoveLimits, MoveRefusal, RuledOut, RuledOutBy, SiteMoveLimits};
pub use reason::Reason;
