//! The engine in the browser: a few exported functions, bytes in and bytes out.
//!
//! The caller asks for room with [`supple_room`], writes UTF-8 there, calls a function with the place and the
//! length, reads the answer from the place and length that come back packed in one number (place in the high half),
//! and gives both back with [`supple_give_back`]. No bindings are generated and no bundler is needed.

pub mod day;

/// Room for `length` bytes that the caller may write.
#[unsafe(no_mangle)]
pub extern "C" fn supple_room(length: u32) -> *mut u8 {
    let room = vec![0_u8; length as usize].into_boxed_slice();
    Box::into_raw(room).cast()
}

/// Gives room back.
///
/// # Safety
/// `place` and `length` must come from [`supple_room`] or from an answer, and must not be given back twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_give_back(place: *mut u8, length: u32) {
    // Safety: by the contract above this is the boxed slice that was handed out.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(place, length as usize)) });
}

/// One line of the stateless contract: a plan request in, an answer or an error out.
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_plan(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |line| supple_core::contract::answer_line(supple_knowledge::embedded(), line)) }
}

/// One day: a log and today's wishes in, the judgement, the plan and the guided session in words out.
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_day(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |text| day::run_json(supple_knowledge::embedded(), text)) }
}

/// One step of the player, as [`supple_app::player::step_json`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_player(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, supple_app::player::step_json) }
}

/// Runs a function over text and hands its answer out.
///
/// # Safety
/// `place` and `length` must be memory that may be read.
unsafe fn answer(place: *const u8, length: u32, run: impl Fn(&str) -> String) -> u64 {
    // Safety: by the contract above.
    let bytes = unsafe { std::slice::from_raw_parts(place, length as usize) };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => run(text),
        Err(error) => format!("{{\"error\":\"not UTF-8 text: {error}\"}}"),
    };
    let answer = text.into_bytes().into_boxed_slice();
    let length = answer.len() as u64;
    (Box::into_raw(answer).cast::<u8>() as u64) << 32 | length
}
