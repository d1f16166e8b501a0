//! Reads files of trainings in a worker of the browser: a module of its own, fetched when somebody chooses a file, so
//! that no engine grows by it.
//!
//! ```text
//!  supple_import_begin(what is known) ─▶ supple_import_file(name, bytes), each ─▶ supple_import_preview()
//!      supple_read(from, place, length) ◀─ the worker reads pieces of the file         │ the person agrees
//!                                                                                      ▼
//!                           supple_import_agree(batch, name) ─▶ supple_import_next() until nothing is left
//! ```
//!
//! The file itself is never in this memory: the worker hands over pieces of at most a megabyte as they are asked for.
//! What is found stays here until it is agreed to. How text gets in and out is as in the engines ([`memory`]).

#[path = "../../supple-wasm/src/memory.rs"]
pub mod memory;
mod pieces;
mod reader;

pub use pieces::{Host, Pieces};
pub use reader::Reader;

use memory::answer;
use std::cell::RefCell;

thread_local! {
    /// What this instance has found so far.
    static READER: RefCell<Reader> = RefCell::new(Reader::default());
}

/// The worker, as it hands over pieces of the file and hears how far it is.
#[derive(Debug, Clone, Copy)]
struct Worker;

#[cfg(target_arch = "wasm32")]
mod worker {
    #[link(wasm_import_module = "supple")]
    unsafe extern "C" {
        /// Copies up to `length` bytes of the file, from the byte `from` on, to `place`, and says how many; below zero
        /// if the file cannot be read.
        pub fn supple_read(from: f64, place: *mut u8, length: u32) -> i32;
        /// So many more bytes are read.
        pub fn supple_told(bytes: f64);
    }
}

impl Host for Worker {
    #[cfg(target_arch = "wasm32")]
    #[allow(clippy::cast_precision_loss)] // a file is far below 2^53 bytes
    fn read(&self, from: u64, into: &mut [u8]) -> Option<usize> {
        let length = u32::try_from(into.len()).ok()?;
        // Safety: the place is ours for the length, and the worker writes no further.
        let read = unsafe { worker::supple_read(from as f64, into.as_mut_ptr(), length) };
        usize::try_from(read).ok().filter(|read| *read <= into.len())
    }

    #[cfg(target_arch = "wasm32")]
    #[allow(clippy::cast_precision_loss)] // a file is far below 2^53 bytes
    fn told(&self, bytes: u64) {
        // Safety: a number.
        unsafe { worker::supple_told(bytes as f64) }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn read(&self, _from: u64, _into: &mut [u8]) -> Option<usize> {
        None
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn told(&self, _bytes: u64) {}
}

/// Begins anew, as [`Reader::begin`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_import_begin(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |text| with_reader(|reader| reader.begin(text))) }
}

/// Reads a file, as [`Reader::file`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_import_file(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |text| with_reader(|reader| reader.file(text, Worker))) }
}

/// What was found, as [`Reader::preview`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_import_preview(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |name| with_reader(|reader| reader.preview(name))) }
}

/// The person agrees, as [`Reader::agree`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_import_agree(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |text| with_reader(|reader| reader.agree(text))) }
}

/// The next events, as [`Reader::some`].
///
/// # Safety
/// `place` and `length` must be room that the caller wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn supple_import_next(place: *const u8, length: u32) -> u64 {
    // Safety: by the contract above.
    unsafe { answer(place, length, |_| with_reader(Reader::some)) }
}

fn with_reader(run: impl FnOnce(&mut Reader) -> String) -> String {
    READER.with_borrow_mut(run)
}
