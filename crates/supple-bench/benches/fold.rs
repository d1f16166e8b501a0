//! Two years of an eager person's log, 10,000 events, folded into the state, on one core.

use std::hint::black_box;
use std::time::Instant;
use supple_bench::median;
use supple_core::event::upcast::{Entry, read};
use supple_core::state::fold;
use supple_core::{SignedDuration, Zoned};

const DAYS: i64 = 730;
const EVENTS: usize = 10_000;
const RUNS: usize = 51;
const FIRST: &str = "2024-11-22T18:00:00+01:00[Europe/Berlin]";
const DAY_MS: i64 = 86_400_000;

fn main() {
    let lines = log();
    assert_eq!(lines.len(), EVENTS);
    let reading =
        median((0..5).map(|_| milliseconds(|| lines.iter().map(|line| read(line)).collect::<Vec<_>>())).collect());
    let entries: Vec<Entry> = lines.iter().map(|line| read(line)).collect();
    assert!(entries.iter().all(|entry| matches!(entry, Entry::Read(_))), "a line that cannot be read");
    let state = fold(&entries);
    assert_eq!((state.sessions.len() as i64, state.notes.len()), (DAYS, 0));
    let folding = median((0..RUNS).map(|_| milliseconds(|| fold(&entries))).collect());
    let copying = median((0..RUNS).map(|_| milliseconds(|| state.clone())).collect());
    println!("{EVENTS} events of {DAYS} days (median):");
    println!("  read the lines   {reading:8.3} ms");
    println!("  fold             {folding:8.3} ms");
    println!("  copy the state   {copying:8.3} ms");
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    black_box(work());
    started.elapsed().as_secs_f64() * 1000.0
}

/// One session a day: check-in, a start, three blocks, an end, a review, a report, a spot asked after; the rest of the
/// day's events are answers.
fn log() -> Vec<String> {
    let mut lines = Vec::with_capacity(EVENTS);
    let first: Zoned = FIRST.parse().expect("a time");
    let first_ms = first.timestamp().as_millisecond();
    for day in 0..DAYS {
        let until = EVENTS * (day as usize + 1) / DAYS as usize;
        let mut bodies = day_of(day);
        let mut caution = 0;
        while lines.len() + bodies.len() < until {
            bodies.insert(
                0,
                format!(
                    r#"{{"type":"question_answered","caution":"caution_{}","text_version":1,"answer":"no"}}"#,
                    caution % 63
                ),
            );
            caution += 1;
        }
        for (index, body) in bodies.into_iter().enumerate() {
            let seq = lines.len() + 1;
            let ms = day * DAY_MS + index as i64 * 60_000;
            let at = first.checked_add(SignedDuration::from_millis(ms)).expect("a time of these years");
            lines.push(format!(
                r#"{{"id":"0193a2c4-6f00-7a11-8c22-{seq:012}","device":"0193a2c4-6f00-7a11-8c22-9d33ae44bf55","seq":{seq},"logical_ms":{},"at":"{at}","version":2,"body":{body}}}"#,
                first_ms + ms
            ));
        }
    }
    lines
}

fn day_of(day: i64) -> Vec<String> {
    let session = format!("0193a2c4-6f00-7a11-8c22-{day:012x}");
    let block = |block: u8, region: &str| {
        format!(
            r#"{{"type":"block_finished","session":"{session}","block":{block},"technique":"calf_roller","region":"{region}","side":"left","seconds":60,"end":"completed","lighter_steps":0,"felt":[4,4]}}"#
        )
    };
    let spot = format!("spot-{}", day / 30);
    let about_the_spot = if day % 30 == 0 {
        format!(
            r#"{{"type":"spot_marked","spot":"{spot}","region":"calf","side":"left","view":"back","x":400,"y":800,"lump":false}}"#
        )
    } else {
        format!(r#"{{"type":"spot_followed_up","spot":"{spot}","change":"same"}}"#)
    };
    let dose = r#"{"technique":"calf_roller","region":"calf","side":"left","tool":"foam_roller","sets":2,"seconds_per_set":30,"rest_seconds":15,"felt_target":4,"felt_cap":6,"seconds_per_pass":3,"spots":1,"hold_seconds":null}"#;
    vec![
        r#"{"type":"next_day_reported","region":"calf","side":"left","soreness":1,"bruise":false}"#.to_owned(),
        r#"{"type":"checked_in","goal":"recovery","minutes":10,"tight":[{"region":"calf","side":"left"}]}"#
            .to_owned(),
        about_the_spot,
        format!(
            r#"{{"type":"session_started","session":"{session}","goal":"recovery","doses":[{dose},{dose},{dose}]}}"#
        ),
        block(0, "calf"),
        block(1, "soleus"),
        block(2, "plantar_foot"),
        format!(r#"{{"type":"session_ended","session":"{session}","completed":true}}"#),
        format!(r#"{{"type":"session_reviewed","session":"{session}","felt":"better"}}"#),
    ]
}
