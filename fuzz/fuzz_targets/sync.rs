//! Whatever a device sends to be exchanged: it is refused in words, or it is read, written and read again as the same,
//! and what each side lacks of it adds up.

#![no_main]

use libfuzzer_sys::fuzz_target;
use supple_core::event::upcast::read;
use supple_core::sync::{Exchange, Missing, Summary, diff};

fuzz_target!(|bytes: &[u8]| {
    let asked = match Exchange::read(bytes) {
        Ok(asked) => asked,
        Err(why) => return assert!(!why.is_empty(), "an error says what is wrong"),
    };
    let written = serde_json::to_vec(&asked).expect("what was read can be written");
    assert_eq!(Exchange::read(&written).as_ref(), Ok(&asked));
    for line in &asked.lines {
        let entry = read(line);
        let kept = entry.to_line();
        assert_eq!(read(&kept).order(), entry.order(), "a line keeps its place");
    }
    let nothing = Summary::default();
    let all = diff(&asked.have, &nothing);
    assert!(all.ask.is_empty());
    let mut held = nothing;
    for span in &all.send {
        held.take(span);
    }
    assert_eq!(held, asked.have, "after the exchange both hold the same");
    assert_eq!(diff(&held, &asked.have), Missing::default());
});
