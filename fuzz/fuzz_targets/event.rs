//! Whatever a line of the log holds, nothing of it is lost: what cannot be read keeps its bytes, what can be read is
//! written in one fixed way and read again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use supple_core::event::upcast::{Entry, read};

fuzz_target!(|bytes: &[u8]| {
    let Ok(line) = std::str::from_utf8(bytes) else { return };
    let entry = read(line);
    let written = entry.to_line();
    match &entry {
        Entry::Unreadable(unreadable) => {
            assert_eq!(written, line);
            assert!(!unreadable.why.is_empty());
        }
        Entry::Read(event) => {
            assert!(!written.contains('\n'), "one line");
            let again = read(&written);
            assert_eq!(again, entry, "read again it is the same");
            assert_eq!(again.to_line(), written, "written again it is the same");
            let Entry::Read(again) = again else { panic!("written, it cannot be read") };
            assert_eq!(again.order(), event.order());
        }
    }
});
