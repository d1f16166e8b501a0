//! The app in the browser: a few exported functions, bytes in and bytes out.
//!
//! The caller asks for room with [`supple_room`](memory::supple_room), writes UTF-8 there, calls a function with the place and the
//! length, reads the answer from the place and length that come back packed in one number (place in the high half),
//! and gives both back with [`supple_give_back`](memory::supple_give_back). No bindings are generated and no bundler is needed.
//!
//! ```text
//!  supple_open(log) ─▶ supple_request(asked) ─▶ the caller commits the lines ─▶ supple_apply(lines)
//!                                            └▶ it could not                 ─▶ supple_not_stored(asked)
//! ```
//!
//! A panic ends in a trap. What it said can still be read with [`supple_last_words`](memory::supple_last_words); the instance is then dead, and
//! the caller takes a new one and opens the log again: memory is only a cache of what is stored.

#[cfg(any(not(target_arch = "wasm32"), feature = "for-tests"))]
pub mod day;
pub mod memory;
pub mod shell;
mod zones;

use memory::answer;
use shell::Shell;
use std::cell::RefCell;

thread_local! {
    /// The log of this instance.
    static SHELL: RefCell<Shell> = RefCell::new(Shell::default());
}

/// Takes in the time zone that the log and the requests name, before either: only the first engine needs that.
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(not(feature = "whole"))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_zone(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |zone| with_shell(|shell| shell.hand_zone(zone))) }
}

/// Folds a log, as [`Shell::open`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_open(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |lines| with_shell(|shell| shell.open(lines))) }
}

/// Walks through a check-in and a plan of nobody, as [`Shell::warm_up`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "whole")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_warm_up(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, Shell::warm_up) }
}

/// What a request leads to, as [`Shell::request`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_request(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |asked| with_shell(|shell| shell.request(asked))) }
}

/// Takes in lines that are stored now, as [`Shell::apply`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_apply(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |lines| with_shell(|shell| shell.apply(lines))) }
}

/// The page for a request that could not be stored, as [`Shell::not_stored`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_not_stored(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |asked| with_shell(|shell| shell.not_stored(asked))) }
}

/// What another device lacks, as [`Shell::missing`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_missing(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |theirs| with_shell(|shell| shell.missing(theirs))) }
}

/// One line of the stateless contract: a plan request in, an answer or an error out.
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "for-tests")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_plan(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |line| supple_core::contract::answer_line(supple_knowledge::embedded(), line)) }
}

/// One day: a log and today's wishes in, the judgement, the plan and the guided session in words out.
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "for-tests")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_day(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |text| day::run_json(supple_knowledge::embedded(), text)) }
}

/// One step of the player, as [`supple_app::player::step_json`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "whole")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_player(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, supple_app::player::step_json) }
}

/// One step of the player of moves, as [`supple_app::player::step_moves_json`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "whole")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_move_player(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, supple_app::player::step_moves_json) }
}

/// One step of a test taken with the phone, as [`supple_core::measure::incline::step_json`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[cfg(feature = "whole")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_incline(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, supple_core::measure::incline::step_json) }
}

fn with_shell(run: impl FnOnce(&mut Shell) -> String) -> String {
    SHELL.with_borrow_mut(run)
}
