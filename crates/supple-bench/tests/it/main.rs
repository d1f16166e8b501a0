//! What simulated people are told, at a size that takes seconds; `examples/response_checks.rs` does it at full size.

mod response;
