//! The calendar as a subscription: given out, asked for, taken back.

use super::Running;
use super::client::{Answer, Asked};
use crate::home::{Home, TODAY};

fn change(server: &Running, form: &str) -> Answer {
    server.ask("POST", "/api/calendar").by_our_page().form(form).send()
}

/// The address as it stands on the page that made it.
fn address(page: &str) -> String {
    page.split("id=\"feed-address\"").nth(1).unwrap().split(['>', '<']).nth(1).unwrap().to_owned()
}

fn path(address: &str) -> String {
    format!("/{}", address.splitn(4, '/').nth(3).unwrap())
}

#[test]
fn an_address_shows_the_calendar_until_it_is_taken_back() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = Running::start(&home);
    assert!(server.ask("GET", "/api/calendar").send().with(200).text().contains("Make an address"));
    let made = change(&server, "do=create&detail=1&alarm=15").with(201).text();
    let address = address(&made);
    assert!(address.starts_with("http://localhost:") && address.ends_with(".ics"), "{address}");
    let secret = address.rsplit('/').next().unwrap().trim_end_matches(".ics");
    assert!(secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_hexdigit()), "128 bits: {secret}");
    let again = server.ask("GET", "/api/calendar").send().with(200).text();
    assert!(!again.contains(secret), "it is shown once");
    assert!(again.contains("2026-11-22, with what each is about, alarm 15 minutes before"));

    let calendar = server.ask("GET", &path(&address)).send().with(200);
    assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
    let text = calendar.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.contains("REFRESH-INTERVAL;VALUE=DURATION:PT6H"));
    let tag = calendar.header("etag");
    let same = server.ask("GET", &path(&address)).header("If-None-Match", tag).send().with(304);
    assert!(same.body.is_empty() && same.header("etag") == tag);
    server.ask("GET", &path(&address)).header("If-None-Match", "\"other\"").send().with(200);
    let head = server.ask("HEAD", &path(&address)).send().with(200);
    assert!(head.body.is_empty());

    assert!(change(&server, "do=revoke&number=1").with(200).text().contains("Taken back"));
    server.ask("GET", &path(&address)).send().with(404);
    assert!(!change(&server, "do=revoke&number=1").with(200).text().contains("Taken back"));
}

#[test]
fn nobody_elses_page_makes_or_takes_back_an_address_or_says_what_there_is() {
    let home = Home::new();
    let server = Running::start(&home);
    let elsewhere = |form: &str| {
        let asked: Asked = server.ask("POST", "/api/calendar").form(form);
        asked.header("Sec-Fetch-Site", "cross-site").header("Origin", "https://evil.example").send().status
    };
    assert_eq!((elsewhere("do=create"), elsewhere("do=revoke&number=1")), (403, 403));
    let page = server.ask("GET", "/api/calendar?new=https://evil.example/x&gone=1").send().with(200).text();
    assert!(!page.contains("evil.example") && !page.contains("Taken back"), "only the server says so");
    change(&server, "do=other").with(422);
    for odd in ["/calendar/0123456789abcdef0123456789abcdef.ics", "/calendar/x.ics"] {
        server.ask("GET", odd).send().with(404);
    }
    assert!(server.ask("GET", "/calendar/supple.ics").send().with(200).text().starts_with("BEGIN:VCALENDAR"));
    for _ in 0..20 {
        change(&server, "do=create").with(201);
    }
    change(&server, "do=create").with(409);
}

/// A calendar program has no cookie: where devices have to be paired, the secret alone lets it in, and only to this.
#[test]
fn a_program_that_is_not_paired_sees_the_calendar_and_nothing_else() {
    let home = Home::new();
    let server = Running::with(&home, TODAY, &["--public-url", "https://supple.example.org"]);
    let ask = |method, path: &str| server.ask(method, path).header("Host", "supple.example.org");
    ask("GET", "/api/calendar").send().with(401);
    ask("POST", "/api/calendar").by_our_page().form("do=create").send().with(401);
    let code = home.at(TODAY, &["--json", "pair"]).ok().json()["code"].as_str().unwrap().to_owned();
    let paired = ask("POST", "/api/pair").json(&serde_json::json!({ "code": code })).send().with(200);
    let cookie = paired.header("set-cookie").split(';').next().unwrap().to_owned();
    let made =
        ask("POST", "/api/calendar").header("Cookie", &cookie).by_our_page().form("do=create").send().with(201);
    let address = address(&made.text());
    assert!(address.starts_with("https://supple.example.org/calendar/"), "{address}");
    ask("GET", &path(&address)).send().with(200);
    ask("GET", "/calendar/0123456789abcdef0123456789abcdef.ics").send().with(404);
    ask("GET", "/calendar/supple.ics").send().with(303);
    ask("POST", &path(&address)).by_our_page().form("x=1").send().with(401);
}
