//! Charts from outside: the files they become, byte for byte, and what every one of them holds.

use jiff::civil::{Date, date};
use std::fs;
use std::path::PathBuf;
use supple_app::chart::{
    Calendar, DayDone, Density, Dot, Drawing, Ribbon, Stand, calendar, density, ribbon, together,
};
use supple_core::event::When;
use supple_core::learn::{Mixture, Resting, Work, trend};

fn day(days: i64) -> Date {
    date(2026, 9, 24).checked_add(jiff::Span::new().days(days)).unwrap()
}

/// Eight weeks of knee to wall: results at rest and around sessions, with a gap in the middle.
fn eight_weeks() -> Ribbon {
    let read: [(i64, f64, When); 14] = [
        (0, 10.0, When::Rest),
        (3, 10.5, When::Before),
        (3, 11.5, When::After),
        (7, 9.5, When::Before),
        (7, 11.0, When::After),
        (10, 10.5, When::Rest),
        (28, 11.0, When::Before),
        (28, 12.0, When::After),
        (35, 11.5, When::Rest),
        (42, 11.5, When::Before),
        (42, 12.5, When::After),
        (49, 12.0, When::Rest),
        (56, 12.5, When::Before),
        (56, 13.0, When::After),
    ];
    let week = |days: i64| f64::from(i32::try_from(days).unwrap()) / 7.0;
    let resting: Vec<Resting> = read
        .iter()
        .filter(|(.., when)| *when != When::After)
        .map(|(days, value, _)| Resting { week: week(*days), value: *value, error: 0.7 })
        .collect();
    let work = Work { one_a_week: 600.0, done: (0..8).map(|w| (f64::from(w), 400.0)).collect() };
    let curve: Vec<f64> = (0..=28).map(|step| week(2 * step)).collect();
    let found = trend(&resting, &[work], &curve).unwrap();
    let stand = |(step, stands): (usize, &Mixture)| Stand {
        day: day(2 * i64::try_from(step).unwrap()),
        middle: stands.mean(),
        ends: stands.interval(0.9),
    };
    Ribbon {
        title: "Knee to wall, toe distance, left".to_owned(),
        unit: "cm".to_owned(),
        decimals: 1,
        dots: read.iter().map(|(days, value, when)| Dot { day: day(*days), value: *value, when: *when }).collect(),
        band: found.curve.iter().enumerate().map(stand).collect(),
        range: None,
    }
}

fn gain(mean: f64, sd: f64, worth: f64) -> Density {
    let known = Mixture::from_logs(&[0.0], &[(mean, sd)]).unwrap();
    let (worse, better) = (known.cdf(-worth), known.above(worth));
    Density {
        title: "Knee to wall: what a session gains on average".to_owned(),
        id: "wblt".to_owned(),
        unit: "cm".to_owned(),
        decimals: 1,
        points: known.curve(61),
        worth,
        shares: [worse, 1.0 - worse - better, better],
    }
}

fn twelve_weeks() -> Calendar {
    let session = DayDone { session: true, test: false };
    let test = DayDone { session: false, test: true };
    let mut days: Vec<(Date, DayDone)> = (0..24).map(|n| (day(n * 7 / 3), session)).collect();
    days.extend([0, 3, 7, 10, 28, 35, 42, 49, 56].map(|n| (day(n), test)));
    Calendar { title: "Sessions and tests".to_owned(), last: date(2026, 11, 22), days }
}

fn all() -> Vec<(&'static str, Drawing)> {
    let one = |dots: usize| {
        let mut one = eight_weeks();
        one.dots.truncate(dots);
        one.band.truncate(dots);
        one
    };
    vec![
        ("ribbon", ribbon(&eight_weeks())),
        ("ribbon-one-reading", ribbon(&one(1))),
        ("density-works", density(&gain(1.6, 0.5, 1.0))),
        ("density-cannot-tell", density(&gain(0.4, 2.5, 1.0))),
        ("density-narrow", density(&gain(0.1, 0.05, 1.0))),
        ("calendar", calendar(&twelve_weeks())),
        ("calendar-empty", calendar(&Calendar { days: Vec::new(), ..twelve_weeks() })),
    ]
}

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/charts").join(format!("{name}.svg"))
}

#[test]
fn every_chart_is_drawn_as_it_was() {
    let mut files: Vec<(&str, String)> = all().into_iter().map(|(name, drawing)| (name, drawing.file())).collect();
    let three = [ribbon(&eight_weeks()), density(&gain(1.6, 0.5, 1.0)), calendar(&twelve_weeks())];
    files.push(("together", together("Knee to wall", &three)));
    for (name, file) in files {
        if std::env::var_os("ACCEPT_CHARTS").is_some() {
            fs::write(golden(name), &file).unwrap();
        }
        assert!(
            fs::read_to_string(golden(name)).unwrap_or_default() == file,
            "the chart {name} is drawn otherwise. If that is wanted, run `ACCEPT_CHARTS=1 cargo test -p supple-app \
             --test it charts` and look at tests/it/charts/{name}.svg"
        );
    }
}

#[test]
fn every_chart_has_words_for_who_cannot_see_it() {
    for (name, drawing) in all() {
        let svg = drawing.on_page().into_string();
        assert!(svg.contains("role=\"img\"") && svg.contains("aria-label="), "{name}");
        assert!(svg.contains("<title>") && svg.contains("<desc>"), "{name}");
        assert!(drawing.description.len() > 30, "{name}: {}", drawing.description);
        let table = drawing.table.into_string();
        assert!(table.contains("<caption>") && table.contains("scope=\"col\""), "{name}");
    }
}

#[test]
fn a_chart_is_told_apart_without_colour() {
    let svg = ribbon(&eight_weeks()).on_page().into_string();
    // Readings at rest and before are points, those after are diamonds; the legend has one of each.
    assert_eq!((svg.matches("<circle").count(), svg.matches("class=\"after\"").count()), (9 + 1, 5 + 1));
    assert_eq!(svg.matches("class=\"join\"").count(), 5, "before and after of one day are joined");
    let svg = density(&gain(0.4, 2.5, 1.0)).on_page().into_string();
    assert!(svg.contains("<pattern") && svg.matches("url(#hatch-wblt)").count() == 2, "one zone is hatched: {svg}");
    let svg = calendar(&twelve_weeks()).on_page().into_string();
    assert!(svg.contains("class=\"session\"") && svg.contains("class=\"test\"") && svg.contains("class=\"none\""));
}

#[test]
fn the_zones_of_a_density_are_named_with_their_shares() {
    let table = density(&gain(1.6, 0.5, 1.0)).table.into_string();
    // 1.6 is 1.2 standard deviations above 1: 88.5 %.
    assert!(table.contains("more by at least 1.0 cm</th><td>88 %"), "{table}");
    assert!(table.contains("less by more than 1.0 cm</th><td>under 1 %"), "{table}");
}

/// Every text of a drawing as a box: six and a half units a letter, twelve high.
fn boxes(svg: &str) -> Vec<(String, f64, f64, f64)> {
    let of = |text: &str, name: &str| -> Option<f64> {
        text.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next()?.parse().ok())
    };
    svg.split("<text")
        .skip(1)
        .filter_map(|rest| {
            let (tag, rest) = rest.split_once('>')?;
            let words = rest.split('<').next()?.to_owned();
            #[allow(clippy::cast_precision_loss)]
            let wide = 6.5 * words.chars().count() as f64;
            let (x, y) = (of(tag, "x")?, of(tag, "y")?);
            let left = match tag {
                tag if tag.contains("middle") => x - wide / 2.0,
                tag if tag.contains("\"end\"") => x - wide,
                _ => x,
            };
            Some((words, left, left + wide, y))
        })
        .collect()
}

#[test]
fn no_label_lies_on_another_or_leaves_the_picture() {
    for (name, drawing) in all() {
        let boxes = boxes(&drawing.on_page().into_string());
        assert!(boxes.len() > 5, "{name}");
        for (index, (words, left, right, y)) in boxes.iter().enumerate() {
            assert!(*left >= -1.0 && *right <= 321.0, "{name}: {words} reaches from {left} to {right}");
            for (other, left_too, right_too, y_too) in &boxes[index + 1..] {
                let apart = right <= left_too || right_too <= left || (y - y_too).abs() >= 12.0;
                assert!(apart, "{name}: {words} lies on {other}");
            }
        }
    }
}
