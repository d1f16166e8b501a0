//! Charts as files: SVG and PNG of results, of a claim's studies, of a table of one's own.

use crate::home::Home;
use std::fs;

/// The first bytes of every PNG.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

const WEEKS: [(&str, &str, &str); 4] = [
    ("2026-10-01T18:00:00+02:00[Europe/Berlin]", "8", "11"),
    ("2026-10-12T18:00:00+02:00[Europe/Berlin]", "9", "11.5"),
    ("2026-11-02T18:00:00+01:00[Europe/Berlin]", "10", "11"),
    ("2026-11-20T18:00:00+01:00[Europe/Berlin]", "11", "11"),
];

#[test]
fn results_of_a_test_become_an_svg_and_a_png() {
    let home = Home::new();
    for (at, left, right) in WEEKS {
        home.at(at, &["measure", "wblt_cm", "--left", left, left, left, "--right", right, right, right]).ok();
    }
    let (svg, png) = (home.path("knee.svg"), home.path("knee.png"));
    let files = ["--svg", svg.to_str().unwrap(), "--png", png.to_str().unwrap()];
    home.run(&[&["measure", "wblt_cm"], &files[..]].concat()).ok();
    let svg = fs::read_to_string(svg).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("<style>"), "it holds its look: {svg}");
    assert_eq!(svg.matches("class=\"dot\"").count(), 2 * (4 + 1), "four results a side, and one in each legend");
    assert_eq!(svg.matches("class=\"band\"").count(), 2 * 2, "a ribbon a side, and one in each legend");
    let png = fs::read(png).unwrap();
    assert!(png.starts_with(PNG) && png.len() > 5000, "{} bytes", png.len());
}

#[test]
fn what_a_session_does_is_drawn_with_the_gain() {
    let home = Home::new();
    let take = |at: &str, when: &str, value: &str| {
        home.at(at, &["measure", "wblt_cm", "--left", value, value, value, "--when", when]).ok();
    };
    take("2026-11-20T18:00:00+01:00[Europe/Berlin]", "before", "9");
    let rolled = ["done", "--region", "calf", "--side", "left", "--seconds", "120", "--tool", "foam_roller"];
    home.at("2026-11-20T18:10:00+01:00[Europe/Berlin]", &rolled).ok();
    take("2026-11-20T18:15:00+01:00[Europe/Berlin]", "after", "10");
    let svg = home.path("gain.svg");
    home.at(crate::home::TODAY, &["response", "wblt_cm", "--svg", svg.to_str().unwrap()]).ok();
    let svg = fs::read_to_string(svg).unwrap();
    assert!(svg.contains("average gain right after a session, cm") && svg.contains("class=\"curve\""), "{svg}");
}

#[test]
fn the_studies_of_a_claim_become_a_forest_plot() {
    let home = Home::new();
    let (svg, png) = (home.path("claim.svg"), home.path("claim.png"));
    let files = ["--svg", svg.to_str().unwrap(), "--png", png.to_str().unwrap()];
    home.run(&[&["evidence", "flexibility_minutes"], &files[..]].concat()).ok();
    let svg = fs::read_to_string(svg).unwrap();
    assert!(svg.contains("class=\"forest\"") && svg.contains("Against nothing, or a sham"), "{svg}");
    assert!(svg.contains("class=\"result\"") && svg.contains("class=\"pooled\""));
    assert!(fs::read(png).unwrap().starts_with(PNG));
}

#[test]
fn where_there_is_nothing_to_draw_it_says_so_and_writes_nothing() {
    let home = Home::new();
    let file = home.path("nothing.svg");
    let svg = ["--svg", file.to_str().unwrap()];
    for (verb, says) in [
        (&["measure", "wblt_cm"][..], "no results of `wblt_cm` to draw yet"),
        (&["measure"], "name it"),
        (&["evidence"], "name it"),
        (&["evidence", "breaks_up_adhesions"], "nothing to draw"),
    ] {
        let ran = home.run(&[verb, &svg[..]].concat());
        assert_eq!(ran.code, 2, "{verb:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{verb:?}: {}", ran.err);
    }
    assert!(!file.exists());
}
