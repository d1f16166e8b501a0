//! What every answer says, and what is refused before anybody reads it.

use super::Running;
use super::client::Asked;
use crate::home::Home;
use serde_json::json;
use std::process::Stdio;

/// Paths of every kind: a page, a page that is not there, a file, the API, a refusal.
const KINDS: [&str; 6] = ["/", "/no/such/page", "/manifest.webmanifest", "/api/status", "/api/sync", "/healthz"];

#[test]
fn every_answer_carries_the_headers_that_protect() {
    let home = Home::new();
    let server = Running::start(&home);
    let mut ids = Vec::new();
    for path in KINDS {
        let answer = server.ask("GET", path).send();
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {part} is not in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert!(!answer.header("cache-control").is_empty(), "{path}");
        ids.push(answer.header("x-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), KINDS.len(), "each request has an id of its own");
}

#[test]
fn a_name_that_was_pointed_at_this_machine_is_not_answered() {
    let home = Home::new();
    let server = Running::start(&home);
    for host in ["evil.example", "localhost.evil.example", "192.168.0.7:8040", "127.0.0.1.evil.example"] {
        for path in KINDS {
            server.ask("GET", path).header("Host", host).send().with(421);
        }
        server.ask("POST", "/api/plan").header("Host", host).json(&json!({})).send().with(421);
    }
    server.ask("GET", "/").header("Host", "127.0.0.1:8040").send().with(200);
    server.ask("GET", "/").header("Host", "[::1]").send().with(200);
    // HTTP/1.1 without a name at all.
    assert!(matches!(server.ask("GET", "/").header("Host", "").send().status, 400 | 421));
}

#[test]
fn only_our_own_pages_may_write() {
    let home = Home::new();
    let server = Running::start(&home);
    let epoch = server.epoch();
    let own = format!("http://{}", server.host());
    let erase = || server.ask("POST", "/api/erase").form("really=no");
    let sync = || server.ask("POST", "/api/sync").json(&json!({ "epoch": epoch }));
    let page = || server.ask("POST", "/today").form("");
    for asked in [&erase as &dyn Fn() -> Asked, &sync, &page] {
        for (site, origin) in [
            ("cross-site", "https://evil.example"),
            ("cross-site", "null"),
            ("cross-site", own.as_str()),
            ("same-site", "http://localhost:3000"),
            ("none", ""),
            ("same-origin", "https://evil.example"),
            ("", "https://evil.example"),
            ("", "http://localhost:3000"),
            ("", "null"),
        ] {
            let answer = asked().header("Sec-Fetch-Site", site).header("Origin", origin).send();
            assert_eq!(answer.status, 403, "{site} {origin}: {}", answer.text());
        }
        for (site, origin) in [("same-origin", "null"), ("same-origin", own.as_str()), ("", own.as_str())] {
            let answer = asked().header("Sec-Fetch-Site", site).header("Origin", origin).send();
            assert_ne!(answer.status, 403, "{site} {origin}: {}", answer.text());
        }
    }
    // A program says nothing of where it comes from. JSON it may send; a form could come from an old browser.
    sync().send().with(200);
    erase().send().with(403);
    page().body("text/plain", "x").send().with(403);
}

#[test]
fn what_is_too_long_or_of_another_kind_is_refused() {
    let home = Home::new();
    let server = Running::start(&home);
    let bytes = |n: usize| "x=".to_owned() + &"y".repeat(n - 2);
    let page = |form: String| server.ask("POST", "/no/such/page").form(&form).by_our_page().send();
    page(bytes(256 << 10)).with(404);
    page(bytes((256 << 10) + 1)).with(413);
    let sync = |n: usize| {
        let pad = " ".repeat(n - 2);
        server.ask("POST", "/api/sync").body("application/json", format!("{{}}{pad}")).send()
    };
    sync(1 << 20).with(200);
    sync((1 << 20) + 1).with(413);
    server.ask("POST", "/today").body("multipart/form-data", "x").by_our_page().send().with(415);
    server.ask("POST", "/today").form("\u{0}").header("Content-Length", "-1").by_our_page().send().with(400);
    server.ask("POST", "/today").body("application/json", [0xff, 0xfe]).by_our_page().send().with(400);
    server.ask("DELETE", "/today").by_our_page().send().with(405);
    assert_eq!(server.ask("GET", "/api/sync").send().status, 405);
}

#[test]
fn files_are_kept_for_ever_or_asked_about_and_come_compressed() {
    let home = Home::new();
    let server = Running::start(&home);
    let page = server.ask("GET", "/").send().with(200).text();
    let sheet = page.split('"').find(|word| word.contains("/assets/style.")).expect("a style sheet");
    let plain = server.ask("GET", sheet).send().with(200);
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    let small = server.ask("GET", sheet).header("Accept-Encoding", "gzip, br").send().with(200);
    assert_eq!((small.header("content-encoding"), small.header("vary")), ("br", "accept-encoding"));
    assert!(small.body.len() * 2 < plain.body.len(), "{} of {}", small.body.len(), plain.body.len());

    let manifest = server.ask("GET", "/manifest.webmanifest").send().with(200);
    assert_eq!(manifest.header("cache-control"), "no-cache");
    let etag = manifest.header("etag");
    let again = server.ask("GET", "/manifest.webmanifest").header("If-None-Match", etag).send().with(304);
    assert!(again.body.is_empty() && again.header("etag") == etag);
    server.ask("GET", "/manifest.webmanifest").header("If-None-Match", "\"other\"").send().with(200);
    let head = server.ask("HEAD", "/manifest.webmanifest").send().with(200);
    assert!(head.body.is_empty() && head.header("content-length") == manifest.body.len().to_string());
    server.ask("GET", "/assets/style.css").send().with(404);
    server.ask("GET", "/assets/../Cargo.toml").send().with(404);

    // The rules of a time zone, for the first engine.
    let zone = server.ask("GET", "/zones/America/Argentina/Buenos_Aires.tzif").send().with(200);
    assert!(zone.body.starts_with(b"TZif") && zone.header("cache-control") == "no-cache");
    server.ask("GET", "/zones/Etc/GMT+5.tzif").send().with(200);
    let again = server.ask("GET", "/zones/America/Argentina/Buenos_Aires.tzif");
    again.header("If-None-Match", zone.header("etag")).send().with(304);
    server.ask("GET", "/zones/Middle/Earth.tzif").send().with(404);
}

#[test]
fn the_server_reaches_no_further_than_it_was_told() {
    let home = Home::new();
    let refused = home.run(&["serve", "--port", "0", "--address", "0.0.0.0"]).with_code(2);
    refused.complains(&["0.0.0.0", "--public-url https://"]);
    home.run(&["serve", "--address", "0.0.0.0", "--public-url", "http://example.org"]).with_code(2);
    assert!(!home.path("log.sqlite").exists(), "nothing was begun");
    // A port that another program has.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    std::thread::spawn(move || drop(taken.accept()));
    home.run(&["serve", "--port", &port]).with_code(1).complains(&["taken by another program", "--port"]);
    // One that is ours already.
    let server = Running::start(&home);
    let port = server.port.to_string();
    home.run(&["serve", "--port", &port]).ok().says(&["running already", &server.host()]);
}

#[test]
fn what_a_person_enters_is_not_in_the_servers_log() {
    let home = Home::new();
    let mut child = home
        .supple()
        .args(["--json", "serve", "--port", "0", "--log", "debug"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut out, &mut line).unwrap();
    let said: serde_json::Value = serde_json::from_str(&line).unwrap();
    let port: u16 =
        said["address"].as_str().unwrap().rsplit(':').next().unwrap().trim_end_matches('/').parse().unwrap();
    let ask = |method, path: &str| Asked::new(port, method, path).header("Host", "localhost");
    ask("POST", "/today?secret_query=1").form("note=secret_form").by_our_page().send();
    ask("GET", "/spots/secret_spot?secret_query=2").header("Cookie", "tz=Europe/Berlin; secret_cookie=1").send();
    ask("POST", "/api/sync").json(&json!({ "lines": ["{\"secret_line\":1}"] })).send().with(422);
    ask("POST", "/api/plan").json(&json!({ "secret_field": 1 })).send().with(422);
    child.kill().unwrap();
    let log = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(log.matches("answered").count() == 4, "it does log: {log}");
    assert!(!log.contains("secret"), "{log}");
}
