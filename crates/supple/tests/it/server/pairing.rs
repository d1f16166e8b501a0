//! Other devices: who is let in, how often one may try, and what those see who are not.

use super::Running;
use super::client::{Answer, Asked};
use crate::home::{Home, TODAY};
use serde_json::json;

const URL: &str = "https://supple.example.org";
const IN_TEN_MINUTES: &str = "2026-11-22T18:10:00+01:00[Europe/Berlin]";

fn public(home: &Home, now: &str) -> Running {
    Running::with(home, now, &["--public-url", URL])
}

/// As the proxy passes it on.
fn ask(server: &Running, method: &'static str, path: &str) -> Asked {
    server.ask(method, path).header("Host", "supple.example.org")
}

fn code(home: &Home, now: &str) -> String {
    home.at(now, &["--json", "pair"]).ok().json()["code"].as_str().unwrap().to_owned()
}

fn pair(server: &Running, code: &str) -> Answer {
    ask(server, "POST", "/api/pair").json(&json!({ "code": code, "name": "my phone" })).send()
}

/// What a browser sends back of a cookie.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[test]
fn nothing_is_readable_without_pairing() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = public(&home, TODAY);
    // What this is and the way in, the same for everybody.
    let welcome = ask(&server, "GET", "/").send().with(200).text();
    let empty = Home::new();
    let fresh = public(&empty, TODAY);
    assert_eq!(welcome, ask(&fresh, "GET", "/").send().text(), "it says nothing of the log");
    ask(&server, "GET", "/manifest.webmanifest").send().with(200);
    assert!(ask(&server, "GET", "/pair").send().with(200).text().contains("name=\"code\""));
    let status = ask(&server, "GET", "/api/status").send().with(200).json();
    assert_eq!(status, json!({ "server": true, "paired": false, "epoch": null }));
    server.ask("GET", "/healthz").send().with(200);
    for path in ["/today", "/plan", "/history", "/settings/export.jsonl", "/no/such/page"] {
        let answer = ask(&server, "GET", path).send().with(303);
        assert_eq!((answer.header("location"), answer.body.len()), ("/pair", 0), "{path}");
    }
    ask(&server, "GET", "/api/openapi.json").send().with(401);
    for path in ["/api/sync", "/api/erase", "/api/plan", "/today", "/"] {
        for token in ["", "__Host-supple=", "__Host-supple=0", "__Host-supple=00000000"] {
            let answer = ask(&server, "POST", path).json(&json!({})).header("Cookie", token).send();
            assert_eq!(answer.status, 401, "{path} {token}: {}", answer.text());
        }
    }
    // Under the name of the machine it does not answer at all.
    server.ask("GET", "/").send().with(421);
}

#[test]
fn a_code_lets_one_device_in_once() {
    let home = Home::new();
    let server = public(&home, TODAY);
    let code = code(&home, TODAY);
    assert!(pair(&server, "0000-0000").with(403).text().contains("supple pair"));
    // Typed the way people type.
    let answer = pair(&server, &code.to_lowercase().replace('-', " ")).with(200);
    let set = answer.header("set-cookie");
    for part in ["__Host-supple=", "; Path=/;", "HttpOnly", "Secure", "SameSite=Strict", "Max-Age=34560000"] {
        assert!(set.contains(part), "{part} is not in {set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let cookie = cookie(&answer);
    pair(&server, &code).with(403);

    let as_phone = |method, path: &str| ask(&server, method, path).header("Cookie", &format!("a=b; {cookie}"));
    as_phone("GET", "/today").send().with(200);
    let status = as_phone("GET", "/api/status").send();
    assert_eq!((&status.json()["paired"], status.json()["epoch"].is_string()), (&json!(true), true));
    assert!(status.header("set-cookie").starts_with(&cookie), "it does not run out while it is used");
    as_phone("POST", "/api/sync").json(&json!({})).send().with(200);
    // Paired is not enough: it has to be our page that writes.
    let evil = as_phone("POST", "/api/sync").json(&json!({})).header("Origin", "https://evil.example");
    evil.header("Sec-Fetch-Site", "cross-site").send().with(403);
    let form = as_phone("POST", "/today").form("").header("Origin", URL).send();
    assert!(!matches!(form.status, 401 | 403), "{}", form.text());

    home.run(&["pair", "--list"]).ok().says(&["  1  my phone  since"]);
    let bytes = std::fs::read(home.path("log.sqlite")).unwrap();
    let wal = std::fs::read(home.path("log.sqlite-wal")).unwrap_or_default();
    let token = cookie.split_once('=').unwrap().1;
    for secret in [token, &code, &code.replace('-', "")] {
        let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!holds(&bytes) && !holds(&wal), "only its hash is kept");
    }
    home.run(&["pair", "--revoke", "1"]).ok();
    as_phone("POST", "/api/sync").json(&json!({})).send().with(401);
    as_phone("GET", "/today").send().with(303);
    home.run(&["pair", "--revoke", "1"]).with_code(2).complains(&["no device has number 1"]);
}

#[test]
fn a_code_is_good_for_ten_minutes() {
    let home = Home::new();
    let code = code(&home, TODAY);
    pair(&public(&home, IN_TEN_MINUTES), &code).with(403);
    let code = self::code(&home, TODAY);
    let just_before = "2026-11-22T18:09:59+01:00[Europe/Berlin]";
    pair(&public(&home, just_before), &code).with(200);
}

#[test]
fn the_form_works_without_javascript() {
    let home = Home::new();
    let server = public(&home, TODAY);
    let post = |form: &str| ask(&server, "POST", "/api/pair").form(form).by_our_page().send();
    let wrong = post("code=0000-0000&name=").with(303);
    assert_eq!(wrong.header("location"), "/pair?tried=wrong");
    assert!(ask(&server, "GET", "/pair?tried=wrong").send().text().contains("not good"));
    let right = post(&format!("code={}&name=kitchen+tablet", code(&home, TODAY))).with(303);
    assert_eq!(right.header("location"), "/");
    ask(&server, "GET", "/today").header("Cookie", &cookie(&right)).send().with(200);
    home.run(&["pair", "--list"]).ok().says(&["kitchen tablet"]);
    // From somewhere else a form is refused before it is read.
    ask(&server, "POST", "/api/pair").form("code=x").header("Origin", "https://evil.example").send().with(403);
}

#[test]
fn guessing_is_slow() {
    let home = Home::new();
    let server = public(&home, TODAY);
    let tries: Vec<Answer> = (0..15).map(|_| pair(&server, "0000-0000")).collect();
    let refused = tries.iter().filter(|answer| answer.status == 403).count();
    assert!((10..13).contains(&refused), "{refused} of 15 were looked at");
    let often = tries.last().unwrap();
    assert_eq!(often.status, 429);
    assert!((1..=3).contains(&often.header("retry-after").parse::<u32>().unwrap()));
    // Who is in stays in.
    server.ask("GET", "/healthz").send().with(200);
}

#[test]
fn an_address_with_a_path_keeps_to_it() {
    let home = Home::new();
    let server = Running::with(&home, TODAY, &["--public-url", "https://example.org/my/supple"]);
    let ask = |method, path: &str| server.ask(method, path).header("Host", "example.org");
    let code = code(&home, TODAY);
    let answer = ask("POST", "/my/supple/api/pair").json(&json!({ "code": code })).send().with(200);
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Secure-supple=") && set.contains("; Path=/my/supple/;"), "{set}");
    let page = ask("GET", "/my/supple/today").header("Cookie", &cookie(&answer)).send().with(200).text();
    assert!(page.contains("\"/my/supple/assets/") && !page.contains("\"/assets/"));
    assert_eq!(ask("GET", "/my/supple/plan").send().with(303).header("location"), "/my/supple/pair");
    assert_eq!(ask("GET", "/elsewhere").send().with(303).header("location"), "/my/supple/");
}
