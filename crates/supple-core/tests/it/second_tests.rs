//! What a second test gains by itself, and what rolling adds, for every measure.

use supple_core::knowledge::{ExpectedFrom, MeasureKind};
use supple_core::learn::{PooledEffect, SecondTests, Spreads};
use supple_knowledge::{embedded, retests, trials};

fn second_tests() -> SecondTests {
    SecondTests::pool(retests(), &embedded().measures, trials()).unwrap()
}

#[test]
fn a_study_of_the_same_test_speaks_in_its_own_unit() {
    let (all, measures) = (second_tests(), &embedded().measures);
    // 2 deg; 6.6 % of the 35 cm of hope_sitreach; 61 of our 500 kPa in percent.
    for (id, gain) in [("ely", 2.0), ("sit_reach", 0.066 * 35.0), ("ppt", 12.2)] {
        let expected = all.expected(id, &measures[id]);
        assert_eq!(expected.from, ExpectedFrom::SameTest);
        assert!((expected.mean - gain).abs() < 1e-9, "{id}: {}", expected.mean);
    }
}

#[test]
fn the_error_of_a_gain_follows_from_its_p() {
    let all = second_tests();
    // R: 6.6 / qt(1 - 0.009 / 2, 11) = 2.085373 % of 35 cm, in 3 cm; 2 / qt(1 - 0.001 / 2, 14) = 0.483039 of 10 deg.
    for (measure, se) in [("sit_reach", 0.020_853_73 * 35.0 / 3.0), ("ely", 0.048_303_9)] {
        let study = all.studies.iter().find(|study| study.measure == measure).unwrap();
        assert!((study.se - se).abs() < 1e-7, "{measure}: {}", study.se);
    }
}

#[test]
fn a_test_like_them_is_less_sure_and_a_rating_is_around_zero() {
    let (all, measures) = (second_tests(), &embedded().measures);
    for (id, measure) in measures {
        let expected = all.expected(id, measure);
        let change = measure.change_threshold.value;
        assert!(expected.sd > 0.3 * change && expected.sd < 1.5 * change, "{id}: {expected:?}");
        match measure.kind() {
            MeasureKind::Rating | MeasureKind::Performance => {
                assert_eq!((expected.mean, expected.from), (0.0, ExpectedFrom::Nothing), "{id}");
                // No test of which nothing is known may be surer than one of which something is.
                assert!(expected.sd / change > all.expected("ake", &measures["ake"]).sd / 10.0, "{id}");
            }
            _ => assert!(expected.mean > 0.0, "{id}: second tests gained, and all of them did"),
        }
    }
}

#[test]
fn an_effect_grows_with_how_far_readings_lie_apart_and_with_every_doubt() {
    let measures = &embedded().measures;
    let spreads = Spreads::new(0.4, trials(), measures).unwrap();
    let pooled = PooledEffect { smd: 0.5, se: 0.1 };
    let lunge = spreads.expected(pooled, &measures["wblt_angle"]);
    // Its norm: 40.6 (5.2) deg.
    assert!((lunge.mean - 0.5 * 5.2).abs() < 1e-12);
    let people = spreads.people * 0.5;
    assert!((lunge.sd - 5.2 * (0.01_f64 + 0.16 + people * people).sqrt()).abs() < 1e-12);
    let surer = Spreads { studies: 0.0, people: 0.0, ..spreads.clone() };
    assert!((surer.expected(pooled, &measures["wblt_angle"]).sd - 0.52).abs() < 1e-12);
    // No norm prints it: as far apart as other readings in degrees, and pressure in percent of itself.
    assert!((3.0..15.0).contains(&spreads.of_readings(&measures["thomas_hip"])));
    let percent = spreads.of_readings(&measures["ppt"]) / measures["ppt"].change_threshold.value;
    assert!((percent - spreads.in_smallest_changes).abs() < 1e-12);
}
