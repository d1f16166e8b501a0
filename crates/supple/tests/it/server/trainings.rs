//! Files of trainings brought in with plain forms, as a page without JavaScript sends them.

use super::Running;
use super::client::{Answer, Asked};
use crate::home::{Home, TODAY};

const BOUNDARY: &str = "----WebKitFormBoundaryXyZ";

/// A form with these files in it, as browsers write one.
fn form(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

fn sent(server: &Running, files: &[(&str, &[u8])]) -> Asked {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    server.ask("POST", "/training/import").body(&kind, form(files)).by_our_page()
}

/// Presses the button of the form that posts to this path, with more fields.
fn press(server: &Running, page: &str, path: &str, more: &str) -> Answer {
    let form = page.split(&format!("action=\"{path}\"")).nth(1).unwrap_or_else(|| panic!("no {path} in {page}"));
    let kept =
        form.split("name=\"kept_as\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
    server.ask("POST", path).form(&format!("kept_as={kept}{more}")).by_our_page().send()
}

fn log(home: &Home) -> String {
    home.run(&["log", "export", "-"]).ok().out
}

/// Files that were sent and are still there.
fn left(home: &Home) -> usize {
    let here =
        std::fs::read_dir(home.path("log.sqlite").parent().expect("a folder")).expect("it can be listed").flatten();
    here.filter(|entry| entry.file_name().to_string_lossy().starts_with(".supple-import-")).count()
}

const TABLE: &[u8] = b"date,minutes,sport,effort\n2026-11-10 18:00,45,Running,6\n2026-11-12 18:00,60,Strength,7\n";

#[test]
fn files_are_sent_looked_at_agreed_to_and_undone_without_javascript() {
    let home = Home::new();
    let server = Running::start(&home);
    let page = server.ask("GET", "/training/import").send().with(200).text();
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("name=\"file\" multiple"), "{page}");

    let broken: &[u8] = b"nothing that is known";
    let page = sent(&server, &[("b.csv", TABLE), ("a.fit", broken)]).send().with(200).text();
    for said in ["2 files", "2 new trainings", "1\u{a0}h 45\u{a0}min", "a.fit", "no file that Supple can read"] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    assert_eq!((log(&home).as_str(), left(&home)), ("", 2), "looked at, nothing written");
    let written = press(&server, &page, "/training/import/agree", "").with(303);
    assert_eq!(left(&home), 0, "agreed to, the files are gone");
    let there = written.header("location").to_owned();
    let page = server.ask("GET", &there).send().with(200).text();
    assert!(page.contains("Written down: <b>2 trainings</b> from 2 files"), "{page}");
    assert_eq!(log(&home).lines().count(), 3);

    // The same files again: known by what is in them, whatever they are called.
    let page = sent(&server, &[("other.csv", TABLE)]).send().with(200).text();
    assert!(page.contains("Nothing new is in it") && !page.contains("training/import/agree"), "{page}");
    let batch = there.rsplit('=').next().expect("a batch").to_owned();
    server.ask("POST", "/training/undo").form(&format!("batch={batch}")).by_our_page().send().with(303);
    let page = sent(&server, &[("other.csv", TABLE)]).send().with(200).text();
    assert!(page.contains("2 new trainings"), "undone, it can be brought again");
    home.run(&["log", "verify"]).ok();
}

#[test]
fn a_table_is_asked_about_and_the_answers_are_kept_until_somebody_agrees() {
    let home = Home::new();
    let server = Running::start(&home);
    let table = "Wann;Dauer, lang;Was\n03/04/2026 18:00;45;Laufen\n";
    let page = sent(&server, &[("mine.csv", table.as_bytes())]).send().with(200).text();
    assert!(page.contains("Which column is what?") && page.contains("<option value=\"Dauer, lang\">"), "{page}");
    let named = "&column-start=Wann&column-minutes=Dauer%2C+lang&column-sport=Was";
    let page = press(&server, &page, "/training/import/again", named).with(200).text();
    assert!(page.contains("value=\"day_first\"") && !page.contains("Which column"), "{page}");
    let page = press(&server, &page, "/training/import/again", "&days=day_first").with(200).text();
    assert!(page.contains("1 new training<"), "{page}");
    press(&server, &page, "/training/import/agree", "").with(303);
    assert!(log(&home).contains("\"start\":\"2026-04-03T18:00:00"), "{}", log(&home));
    // Agreed to once, it is gone.
    let gone = press(&server, &page, "/training/import/agree", "").with(410).text();
    assert!(gone.contains("Choose it again"), "{gone}");
}

#[test]
fn what_is_too_large_cut_off_or_empty_is_refused_and_leaves_nothing_behind() {
    let home = Home::new();
    let server = Running::with(&home, TODAY, &["--import-limit-mb", "1"]);
    let large = vec![b' '; (1 << 20) + 1];
    let page = sent(&server, &[("a.csv", &large[..600_000]), ("b.csv", &large[..600_000])]).send().with(413).text();
    assert!(page.contains("more than the server takes, 1 MB"), "{page}");
    let announced = sent(&server, &[]).header("Content-Length", "99999999999").send().with(413);
    assert!(announced.text().contains("1 MB"));
    for (body, status) in [(form(&[]), 422), (form(&[("", b"")]), 422)] {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        server.ask("POST", "/training/import").body(&kind, body).by_our_page().send().with(status);
    }
    let cut = form(&[("a.csv", TABLE)]);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    server.ask("POST", "/training/import").body(&kind, &cut[..cut.len() - 40]).by_our_page().send().with(400);
    server.ask("POST", "/training/import").form("file=x").by_our_page().send().with(422);
    assert_eq!((log(&home).as_str(), left(&home)), ("", 0));
    // Only a page of ours may send any.
    let stranger = sent(&server, &[("a.csv", TABLE)]).header("Sec-Fetch-Site", "cross-site");
    stranger.header("Origin", "https://evil.example").send().with(403);
}

#[test]
fn at_most_three_imports_are_kept_and_a_new_server_clears_up() {
    let home = Home::new();
    let server = Running::start(&home);
    for _ in 0..5 {
        sent(&server, &[("a.csv", TABLE)]).send().with(200);
    }
    assert_eq!(left(&home), 3);
    drop(server); // killed
    assert_eq!(left(&home), 3);
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 60 * 60);
    for entry in std::fs::read_dir(home.path("log.sqlite").parent().unwrap()).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".supple-import-") {
            std::fs::File::options().write(true).open(entry.path()).unwrap().set_modified(old).unwrap();
        }
    }
    let server = Running::start(&home);
    // It says where it is before it has cleared up, and answers after.
    server.ask("GET", "/healthz").send().with(200);
    assert_eq!(left(&home), 0);
}
