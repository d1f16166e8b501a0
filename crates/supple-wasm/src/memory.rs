//! How text gets in and out of a module: shared by the engines and by the reader of files (`supple-import-wasm`).
//!
//! The caller asks for room with [`supple_room`], writes UTF-8 there, calls a function with the place and the length,
//! reads the answer from the place and length that come back packed in one number (place in the high half), and gives
//! both back with [`supple_give_back`].

use std::sync::{Mutex, Once};
use supple_core::sorted::SortedMap;

/// What the last panic said.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

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

/// What the panic said that ended this instance; empty if there was none. The only function to call after a trap.
#[unsafe(no_mangle)]
pub extern "C" fn supple_last_words() -> u64 {
    handed_out(LAST_WORDS.lock().map(|words| words.clone()).unwrap_or_default())
}

/// Runs a function over text and hands its answer out.
///
/// # Safety
/// `place` and `length` must be memory that may be read.
pub unsafe fn answer(place: *const u8, length: u32, run: impl Fn(&str) -> String) -> u64 {
    remember_last_words();
    // Safety: by the contract above.
    let bytes = unsafe { std::slice::from_raw_parts(place, length as usize) };
    handed_out(match std::str::from_utf8(bytes) {
        Ok(text) => run(text),
        Err(error) => failed(&format!("not UTF-8 text: {error}")),
    })
}

/// An error for the caller, who has made it: no person can write such a request.
#[must_use]
pub fn failed(why: &str) -> String {
    serde_json::to_string(&SortedMap::from([("error", why)])).expect("plain values are always JSON")
}

/// Text for the caller: the place in the high half, the length in the low one.
fn handed_out(text: String) -> u64 {
    let answer = text.into_bytes().into_boxed_slice();
    let length = answer.len() as u64;
    (Box::into_raw(answer).cast::<u8>() as u64) << 32 | length
}

fn remember_last_words() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            if let Ok(mut words) = LAST_WORDS.lock() {
                *words = info.to_string();
            }
        }));
    });
}
