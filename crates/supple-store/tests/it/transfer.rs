//! Out and in again.

use crate::Outcome;
use crate::events::{START, event, exported, folder, folder_in_memory, line, new_log, newer_line, series};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io::{BufReader, Read};
use supple_core::event::upcast::{Entry, read};
use supple_store::{Error, Received, Version};

/// A line that may stand in a file: of an event, a newer event, or anything. `seq` keeps the places apart.
fn any_line(seq: u64) -> impl Strategy<Value = Vec<u8>> {
    let ms = || prop_oneof![START..START + 5, any::<i32>().prop_map(i64::from)];
    let device = || prop_oneof!["[ab]", ".{1,4}"];
    prop_oneof![
        4 => (device(), ms(), any::<String>()).prop_map(move |(d, ms, text)| line(&event(&d, seq, ms, &text)).into()),
        // An event as another program may write it: the same, with other bytes.
        1 => (ms(), " {0,3}").prop_map(move |(ms, gap)| line(&event("a", seq, ms, "")).replace(":", &format!("{gap}:{gap}")).into()),
        1 => ms().prop_map(move |ms| newer_line("b", seq, ms).into()),
        1 => (ms(), 0usize..200).prop_map(move |(ms, cut)| {
            let mut whole = line(&event("a", seq, ms, "é")).into_bytes();
            whole.truncate(cut);
            whole
        }),
        1 => ms().prop_map(|ms| format!(r#"{{"device":"a","logical_ms":{ms}}}"#).into()),
        1 => ".{0,40}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..40),
    ]
    .prop_map(|bytes| bytes.into_iter().filter(|&b| b != b'\n').collect())
}

fn any_file() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let lines = (1u64..20).prop_flat_map(|n| (2..2 + n).map(any_line).collect::<Vec<_>>());
    lines.prop_map(|mut lines| {
        lines.push(line(&event("one", 1, START, "there is always an event")).into());
        lines
    })
}

/// Lines that fail as text, not as lists of numbers.
#[derive(Clone)]
struct Lines(Vec<Vec<u8>>);

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|line| line.escape_ascii().to_string())).finish()
    }
}

fn joined(lines: &[Vec<u8>], end: &[u8]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line, end].concat()).collect()
}

/// What the crate says a line is: without byte order marks before and carriage returns after it.
fn significant(mut line: &[u8]) -> Option<&[u8]> {
    while let Some(rest) = line.strip_prefix(b"\xEF\xBB\xBF") {
        line = rest;
    }
    while let Some(rest) = line.strip_suffix(b"\r") {
        line = rest;
    }
    Some(line).filter(|line| !line.trim_ascii().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Export, import and export again gives the same bytes, whatever was in the file and in whatever order it came.
    #[test]
    fn export_then_import_is_the_identity((Lines(lines), Lines(shuffled)) in any_file().prop_flat_map(|lines| {
        (Just(Lines(lines.clone())), Just(lines).prop_shuffle().prop_map(Lines))
    })) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let folder = folder_in_memory();
            let first = new_log(folder.path(), "first").await;
            let took = first.import(&joined(&lines, b"\n")[..]).await.expect("an import");
            let out = exported(&first).await;

            // Nothing was lost and nothing was added.
            let expected: BTreeSet<&[u8]> = lines.iter().filter_map(|line| significant(line)).collect();
            let found: Vec<&[u8]> = out.split(|&b| b == b'\n').filter(|line| !line.is_empty()).collect();
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(took.lines.new, expected.len() as u64);
            prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);

            let second = new_log(folder.path(), "second").await;
            let again = second.import(&out[..]).await.expect("an import of an export");
            prop_assert_eq!(again.lines.new, took.lines.new);
            prop_assert_eq!(&exported(&second).await, &out);

            // In another order, through Windows, and twice.
            let third = new_log(folder.path(), "third").await;
            third.import(&joined(&shuffled, b"\r\n")[..]).await.expect("an import");
            let twice = third.import(&out[..]).await.expect("a second import");
            prop_assert_eq!(twice.lines, Received { new: 0, known: again.lines.new });
            prop_assert_eq!((twice.unreadable, twice.set_aside), (again.unreadable, again.set_aside));
            prop_assert_eq!(&exported(&third).await, &out);

            // What is loaded is what is exported, in the same order, which is the fold order.
            let entries = third.load().await.expect("a log").entries;
            prop_assert!(entries.iter().map(Entry::order).is_sorted());
            for (entry, bytes) in entries.iter().zip(out.split(|&b| b == b'\n')) {
                match entry {
                    Entry::Read(_) => prop_assert_eq!(entry, &read(std::str::from_utf8(bytes)?)),
                    Entry::Unreadable(entry) => prop_assert_eq!(&entry.raw, &String::from_utf8_lossy(bytes)),
                }
            }

            let rebuilt = third.rebuild().await.expect("a rebuilt log");
            prop_assert_eq!(rebuilt.lines, entries.len() as u64);
            prop_assert_eq!(&exported(&third).await, &out);
            for log in [first, second, third] {
                log.close().await;
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_50_mb_line_is_refused_by_its_number_and_costs_little() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let first = format!("{}\n{{\"id\":\"", line(&series("laptop", 1)[0]));
    let long = std::io::repeat(b'x').take(50 << 20);
    let last = format!("\"}}\n{}\n", line(&series("tablet", 1)[0]));
    let file = BufReader::new(first.as_bytes().chain(long).chain(last.as_bytes()));
    let error = store.import(file).await.expect_err("too long");
    assert!(matches!(&error, Error::AtLine { line: 2, source } if matches!(**source, Error::LineTooLong)));
    assert_eq!(error.to_string(), "line 2: longer than 1048576 bytes, the most a line may have");
    assert!(exported(&store).await.is_empty(), "nothing was imported");
    // The bound, from both sides.
    let event = line(&series("laptop", 1)[0]);
    for (length, fits) in [((1 << 20) - 1, true), (1 << 20, true), ((1 << 20) + 1, false)] {
        for end in ["", "\n"] {
            let file = format!("{event}\n{}{end}", "y".repeat(length));
            assert_eq!(store.import(file.as_bytes()).await.is_ok(), fits, "{length} bytes and {end:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_broken_line_is_kept_and_named() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let [one, two] = [0, 1].map(|n| line(&series("laptop", 2)[n]));
    let file = [one.as_bytes(), b"{\"broken", b"", b" \t", b"caf\xE9", b"{\"broken", two.as_bytes()].join(&b'\n');
    let imported = store.import(&file[..]).await?;
    assert_eq!(imported.lines, Received { new: 4, known: 1 });
    assert_eq!((imported.unreadable, imported.set_aside), (3, 3));
    let named: Vec<_> = imported.first_set_aside.iter().map(|aside| (aside.line, aside.why.as_str())).collect();
    assert_eq!(named[1], (5, "not UTF-8 text"));
    assert!(named[0].0 == 2 && named[0].1.contains("line 1 column 8"), "{named:?}");
    // Their time cannot be read, so they may be the latest: last, by their bytes.
    let expected = [one.as_bytes(), two.as_bytes(), b"caf\xE9", b"{\"broken", b""].join(&b'\n');
    assert_eq!(exported(&store).await, expected);
    let report = store.verify().await?;
    assert_eq!((report.events, report.set_aside, report.is_sound()), (2, 2, true));
    Ok(())
}

#[tokio::test]
async fn a_file_without_any_event_is_no_log() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let error = store.import(&b"Dear diary,\n\ntoday I rolled my calves.\n"[..]).await.expect_err("no log");
    assert!(matches!(error, Error::NoEvents { lines: 2 }), "{error}");
    assert!(exported(&store).await.is_empty());
    // An empty file is an empty log.
    assert_eq!(store.import(&b""[..]).await?.lines, Received::default());
    assert_eq!(store.import(&b"\xEF\xBB\xBF\r\n\r\n"[..]).await?.lines, Received::default());
    Ok(())
}

#[tokio::test]
async fn an_import_that_contradicts_the_log_changes_nothing() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    store.append(&Version::default(), &series("phone", 2)).await?;
    let before = exported(&store).await;
    let file = format!("{}\n{}\n", line(&series("laptop", 1)[0]), line(&event("phone", 2, START, "edited")));
    let error = store.import(file.as_bytes()).await.expect_err("a second truth");
    assert_eq!(error.to_string(), "line 2: number 2 of device phone is in the log with other bytes");
    assert_eq!(exported(&store).await, before);
    // A backup of this very device, taken further: the numbers go on after it.
    let newer: String = series("phone", 4).iter().map(|event| line(event) + "\n").collect();
    assert_eq!(store.import(newer.as_bytes()).await?.lines, Received { new: 2, known: 2 });
    assert_eq!(store.next_seq().await?, 5);
    Ok(())
}

#[tokio::test]
async fn a_reader_or_writer_that_fails_is_named() -> Outcome {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
    }
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("unplugged"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let version = store.append(&Version::default(), &series("phone", 1)).await?;
    let half = line(&series("laptop", 1)[0]) + "\n";
    let refused = store.import(BufReader::new(half.as_bytes().chain(Broken))).await;
    assert!(matches!(refused, Err(Error::Input(_))));
    assert!(matches!(store.export(Broken).await, Err(Error::Output(_))));
    assert_eq!(store.load().await?.entries.len(), 1);
    // And the store goes on.
    store.append(&version, &[event("phone", 2, START + 2, "")]).await?;
    Ok(())
}
