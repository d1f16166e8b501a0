//! Everything erased on every device, and nothing brought back.

use super::Running;
use super::sync::{Device, line};
use crate::home::{Home, TODAY};
use serde_json::json;

#[test]
fn after_an_erasing_no_device_brings_anything_back() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = Running::start(&home);
    let (mut phone, mut tablet) = (Device::new("phone"), Device::new("tablet"));
    phone.write("before");
    for device in [&mut phone, &mut tablet] {
        device.meet(&server, 9, usize::MAX);
    }
    let old = server.epoch();
    let new = server.send("/api/erase", &json!({ "epoch": old })).with(200).json()["epoch"].clone();
    assert_ne!(new, json!(old));
    assert_eq!(server.epoch(), new);
    // The answer was lost and the phone asks again: told, not erased again.
    let again = server.send("/api/erase", &json!({ "epoch": old })).with(409).json();
    assert_eq!(again["epoch"], new);
    // The tablet was away.
    let asked = json!({ "epoch": tablet.epoch, "have": {}, "lines": tablet.all() });
    assert_eq!(server.send("/api/sync", &asked).with(409).json()["epoch"], new);
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, "");
    home.run(&["log", "verify"]).ok();
    // A device that has let go of the old epoch begins anew, and so does this machine.
    let mut fresh = Device::new("phone-2");
    fresh.write("after");
    fresh.meet(&server, 9, usize::MAX);
    home.two_minutes_for_the_calves(TODAY);
    server.ask("GET", "/history").send().with(200);
    fresh.meet(&server, 9, usize::MAX);
    let export = home.run(&["log", "export", "-"]).ok().out;
    assert_eq!(fresh.all(), export.lines().collect());
    assert!(!export.contains("before"));
    home.run(&["log", "verify"]).ok();
}

#[test]
fn a_form_erases_only_what_is_meant() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let server = Running::start(&home);
    let before = home.run(&["log", "export", "-"]).ok().out;
    let post = |form: &str| server.ask("POST", "/api/erase").form(form).by_our_page().send();
    post("").with(422);
    post("really=no").with(422);
    server.send("/api/erase", &json!({})).with(422);
    server.send("/api/erase", &json!({ "epoch": "another" })).with(409);
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, before);
    assert_eq!(post("really=yes").with(303).header("location"), "/");
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, "");
}

#[test]
fn kill_9_while_erasing_leaves_everything_or_nothing() {
    let (mut erased, mut kept) = (0, 0);
    for moment in 0..12_u64 {
        let home = Home::new();
        let server = Running::start(&home);
        let lines: Vec<String> = (1..=500).map(|seq| line("phone", seq, "a sore calf")).collect();
        server.send("/api/sync", &json!({ "lines": lines })).with(200);
        let before = home.run(&["log", "export", "-"]).ok().out;
        let old = server.epoch();
        let asked = server.ask("POST", "/api/erase").json(&json!({ "epoch": old }));
        let asking = std::thread::spawn(move || asked.try_send());
        std::thread::sleep(std::time::Duration::from_micros(moment * 700));
        server.kill();
        let acknowledged = asking.join().unwrap().is_ok_and(|answer| answer.status == 200);
        home.run(&["log", "verify"]).ok();
        let after = home.run(&["log", "export", "-"]).ok().out;
        assert!(after.is_empty() || (after == before && !acknowledged), "moment {moment}: all or nothing");
        if after.is_empty() {
            erased += 1;
            // Opened again, nothing of it is on the disk, and the old epoch stays over.
            let bytes = std::fs::read(home.path("log.sqlite")).unwrap();
            assert!(!bytes.windows(11).any(|some| some == b"a sore calf"), "moment {moment}");
            let server = Running::start(&home);
            server.send("/api/sync", &json!({ "epoch": old, "lines": lines })).with(409);
        } else {
            kept += 1;
        }
    }
    assert!(kept > 0 || erased > 0);
}
