//! What sessions do for a person, in the terminal.

use crate::home::Home;

fn at(day: u32, hour: u32, minute: u32) -> String {
    format!("2026-10-{day:02}T{hour:02}:{minute:02}:00+02:00[Europe/Berlin]")
}

fn test(home: &Home, when: &str, at: &str, value: f64) {
    let value = format!("{value}");
    let args = ["measure", "wblt_cm", "--left", &value, &value, &value, "--when", when, "--now", at, "--sure"];
    home.run(&args).ok();
}

#[test]
fn pairs_around_sessions_and_waits_become_a_sentence_with_its_numbers() {
    let home = Home::new();
    assert!(home.run(&["response"]).ok().out.contains("Nothing to go by yet"));
    for (day, adds) in [(1, 3.0), (2, 1.0), (3, 3.5)] {
        let rest = day == 2;
        test(&home, if rest { "before-wait" } else { "before" }, &at(day, 18, 0), 10.0);
        if !rest {
            let now = at(day, 18, 5);
            home.run(&["done", "--region", "calf", "--seconds", "90", "--now", &now]).ok();
        }
        test(&home, if rest { "after-wait" } else { "after" }, &at(day, 18, 10), 10.0 + adds);
    }
    let said = home.run(&["response", "wblt_cm"]).ok().out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("knee to wall, toe distance, left"), "{said}");
    assert!(said.contains("Cannot tell yet, about"), "{said}");
    assert!(said.contains("Counted: 2 sessions and 1 rest test."), "{said}");
    assert!(said.contains("still needed: 4 sessions and 5 rest tests"), "{said}");

    let all = home.run(&["response", "--json"]).ok().json();
    let left = &all[0];
    assert_eq!((&left["measure"], &left["side"]), (&"wblt_cm".into(), &"left".into()));
    assert_eq!(left["verdict"], "cannot_tell_yet");
    assert_eq!(left["usual"]["seconds"], 90.0);
    assert_eq!(left["usual"]["minutes"], 5.0);
    assert!(left["gain"]["low90"].as_f64().unwrap() < left["gain"]["mean"].as_f64().unwrap());
    assert_eq!(left["differences"].as_array().unwrap().len(), 3);
    assert_eq!(left["differences"][1]["rest"], true);
    assert_eq!(left["density"].as_array().unwrap().len(), 101);
    assert_eq!(home.run(&["response", "wing_span"]).code, 2);
}
