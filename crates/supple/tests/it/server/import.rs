//! A copy brought in with a form, as a page without JavaScript sends it.

use super::Running;
use super::client::{Answer, Asked};
use super::sync::line;
use crate::home::{Home, TODAY};

const BOUNDARY: &str = "----WebKitFormBoundaryXyZ";

/// A form with the file in it, as browsers write one.
fn form(file: &[u8]) -> Vec<u8> {
    let part =
        |head: &str, body: &[u8]| [format!("--{BOUNDARY}\r\n{head}\r\n\r\n").as_bytes(), body, b"\r\n"].concat();
    let other = part("Content-Disposition: form-data; name=\"other\"", b"words");
    let head =
        "Content-Disposition: form-data; name=\"file\"; filename=\"supple.jsonl\"\r\nContent-Type: application/jsonl";
    [other, part(head, file), format!("--{BOUNDARY}--\r\n").into_bytes()].concat()
}

fn asked(server: &Running, body: impl Into<Vec<u8>>) -> Asked {
    server.ask("POST", "/settings/import").body(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

fn bring(server: &Running, file: &[u8]) -> Answer {
    asked(server, form(file)).by_our_page().send()
}

fn log(home: &Home) -> String {
    home.run(&["log", "export", "-"]).ok().out
}

#[test]
fn a_copy_from_elsewhere_is_brought_in_with_a_plain_form_and_seen_at_once() {
    let (home, phone) = (Home::new(), Home::new());
    phone.two_minutes_for_the_calves(TODAY);
    let copy = log(&phone);
    let server = Running::start(&home);
    let page = server.ask("GET", "/settings").send().with(200).text();
    for part in ["action=\"/settings/import#data\" enctype=\"multipart/form-data\"", "type=\"file\" name=\"file\""] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let lines = copy.lines().count();
    for (new, known) in [(lines, 0), (0, lines)] {
        let answer = bring(&server, copy.as_bytes()).with(303);
        let to = format!("/settings?import=done&new={new}&known={known}&aside=0#data");
        assert_eq!(answer.header("location"), to);
        let page = server.ask("GET", to.split('#').next().unwrap()).send().with(200).text();
        assert!(page.contains(&format!("{new} entries taken; {known} were here already.")), "{page}");
        assert!(page.contains(&format!("a log of {lines} entries")), "the server has read what is new: {page}");
    }
    assert_eq!(log(&home), copy, "byte for byte");
    home.run(&["log", "verify"]).ok();
}

#[test]
fn what_is_no_copy_is_refused_as_a_whole_and_the_page_says_why() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let before = log(&home);
    let server = Running::start(&home);
    let good = line("phone", 1, "x");
    let edited = before.lines().next().unwrap().replacen("\"at\":\"2026", "\"at\":\"2025", 1);
    assert!(!before.contains(&edited), "this test edits an entry");
    let long = format!("{good}\n{{\"id\":\"{}\"}}\n", "x".repeat(1 << 20));
    for (file, words) in [
        (b"one,two\n3,4\n".to_vec(), "There are no Supple entries in this file"),
        (vec![0xff, 0xfe, 0x00, 0x0a, 0x80], "There are no Supple entries in this file"),
        (b"\n\n".to_vec(), "There are no Supple entries in this file"),
        (Vec::new(), "No file came with the form"),
        (format!("{good}\n{edited}\n").into_bytes(), "Line 2 of this file disagrees with what is here"),
        (long.into_bytes(), "Line 2 is too long for an entry"),
    ] {
        let answer = bring(&server, &file).with(422);
        assert!(answer.header("content-type").starts_with("text/html"), "a person reads it");
        assert!(answer.text().contains(words), "{words} is not in {}", answer.text());
        assert!(answer.text().contains("nothing was taken"), "{words}");
        assert_eq!(log(&home), before, "{words}");
    }
    // A form without a file, one that ends in the middle, and no such form at all.
    asked(&server, format!("--{BOUNDARY}--\r\n")).by_our_page().send().with(422);
    let cut = form(good.as_bytes());
    let cut = asked(&server, &cut[..cut.len() - 20]).by_our_page().send().with(400).text();
    assert!(cut.contains("did not arrive whole, so nothing was taken"), "{cut}");
    server.ask("POST", "/settings/import").form("file=x").by_our_page().send().with(422);
    assert_eq!(log(&home), before);
    // Somebody looks at the address of the form.
    server.ask("GET", "/settings/import").send().with(200);
}

#[test]
fn a_file_that_is_too_large_is_refused_by_its_head_or_at_the_first_byte_too_many() {
    let home = Home::new();
    let server = Running::start(&home);
    let good = line("phone", 1, "x");
    let mut large = good.clone().into_bytes();
    large.push(b'\n');
    large.resize((32 << 20) + 1, b'\n');
    let answer = bring(&server, &large).with(413).text();
    assert!(answer.contains("too large for a copy of Supple, so nothing was taken"), "{answer}");
    let announced = asked(&server, "").header("Content-Length", "999999999999").by_our_page().send().with(413);
    assert!(announced.text().contains("too large"));
    assert_eq!(log(&home), "");
    // The most there may be is taken.
    large.truncate(32 << 20);
    bring(&server, &large).with(303);
    assert_eq!(log(&home).trim_end(), good);
}

#[test]
fn only_a_page_of_ours_may_bring_a_copy_in() {
    let home = Home::new();
    let server = Running::start(&home);
    let body = || asked(&server, form(line("phone", 1, "x").as_bytes()));
    for (site, origin) in
        [("cross-site", "https://evil.example"), ("same-site", "http://localhost:3000"), ("", "https://evil.example")]
    {
        body().header("Sec-Fetch-Site", site).header("Origin", origin).send().with(403);
    }
    body().send().with(403);
    assert_eq!(log(&home), "");
    let other = Home::new();
    let public = Running::with(&other, TODAY, &["--public-url", "https://supple.example.org"]);
    let stranger = asked(&public, form(line("phone", 1, "x").as_bytes())).header("Host", "supple.example.org");
    stranger.header("Sec-Fetch-Site", "same-origin").header("Origin", "https://supple.example.org").send().with(401);
}
