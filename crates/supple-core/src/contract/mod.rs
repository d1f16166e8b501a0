//! The stateless contract: one request in, one answer out, for scripts and other programs.
//!
//! Everything a decision needs is inside the request, so that the same request gives the same bytes, everywhere.

mod answer;
mod assess;
mod known;
pub mod programme;
mod request;
mod run;
pub mod text;
mod view;

pub use answer::{
    AnsweredReason, BlockView, ErrorView, LeftOutView, PlanAnswer, PlanView, Quantity, VerdictName, WhyView,
};
pub use assess::BadRequest;
pub use known::Known;
pub use request::{AnswerGiven, Person, PlanRequest, PressureToday, ScreenGiven};
pub use run::{MAX_LINE_BYTES, answer, answer_json, answer_line, decide};
pub use text::answer_text;
pub use view::view;
