//! The terminal and the server on one log, at the same time.

use super::Running;
use super::sync::Device;
use crate::home::{Home, TODAY};
use serde_json::json;

#[test]
fn the_server_shows_at_once_what_the_terminal_wrote() {
    let home = Home::new();
    let server = Running::start(&home);
    let have = || server.send("/api/sync", &json!({})).with(200).json()["have"].clone();
    assert_eq!(have(), json!({}));
    home.two_minutes_for_the_calves(TODAY);
    home.play(TODAY);
    let page = server.ask("GET", "/history").send().with(200).text();
    assert!(page.contains("history/"), "the session is in the list");
    let export = home.run(&["log", "export", "-"]).ok().out;
    let device = have().as_object().unwrap().values().map(|seq| seq.as_u64().unwrap()).sum::<u64>();
    assert_eq!(device, export.lines().count() as u64);
}

#[test]
fn terminal_browser_and_device_write_at_once_and_nothing_is_lost() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = Running::start(&home);
    let before = home.run(&["log", "export", "-"]).ok().out.lines().count();
    let (home, server) = (&home, &server);
    let phone = std::thread::scope(|scope| {
        let terminal = scope.spawn(move || {
            for _ in 0..10 {
                let done = home.at(TODAY, &["done", "--region", "lats", "--seconds", "20"]);
                assert!(matches!(done.code, 0 | 5), "{}", done.err);
                // 5 says that the log has moved on: the person tries again.
                if done.code == 5 {
                    home.at(TODAY, &["done", "--region", "lats", "--seconds", "20"]);
                }
            }
        });
        let browser = scope.spawn(move || {
            let mut stored = 0;
            for _ in 0..20 {
                // The last entry taken back, which the app decides anew if the log has moved.
                let Some(form) = server.undo_form() else { continue };
                let answer = server.ask("POST", "/history/undo").form(&form).by_our_page().send();
                assert_eq!(answer.status, 303, "{}", answer.text());
                stored += 1;
            }
            stored
        });
        let mut phone = Device::new("phone");
        for n in 0..20 {
            phone.write(&format!("{n}"));
            phone.meet(server, 5, usize::MAX);
        }
        terminal.join().unwrap();
        assert!(browser.join().unwrap() > 0);
        phone
    });
    let mut phone = phone;
    phone.meet(server, 5, usize::MAX);
    let export = home.run(&["log", "export", "-"]).ok().out;
    assert_eq!(phone.all(), export.lines().collect());
    assert!(export.lines().count() >= before + 20 + 5);
    home.run(&["log", "verify"]).ok();
}

#[test]
fn the_same_form_twice_is_stored_once() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = Running::start(&home);
    let lines = || home.run(&["log", "export", "-"]).ok().out.lines().count();
    let before = lines();
    let form = server.undo_form().expect("there is something to take back");
    let undo = || server.ask("POST", "/history/undo").form(&form).by_our_page().send().with(303);
    undo();
    let once = lines();
    assert!(once > before, "it does write something");
    undo();
    assert_eq!(lines(), once);
}
