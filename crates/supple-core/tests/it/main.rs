//! The engine from outside: what it must never do, what it must always say, and what it must not know.

mod contract;
mod gate_table;
mod oracle;
mod properties;
mod purity;
mod requests;
