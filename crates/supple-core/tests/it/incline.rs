//! A phone as an inclinometer: the geometry over random orientations, and whole motions as a browser reports them.

use proptest::prelude::*;
use supple_core::measure::incline::{Axis, Inclinometer, Quality, Sample, Shown, Up, angle};

/// Rotations as matrices, written here anew: rows are the axes of the earth in the frame of the phone.
pub type Turn = [[f64; 3]; 3];

pub fn about(axis: usize, degrees: f64) -> Turn {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (i, j) = ((axis + 1) % 3, (axis + 2) % 3);
    let mut turn = [[0.0; 3]; 3];
    turn[axis][axis] = 1.0;
    (turn[i][i], turn[j][j]) = (cos, cos);
    (turn[i][j], turn[j][i]) = (-sin, sin);
    turn
}

pub fn then(a: Turn, b: Turn) -> Turn {
    let mut product = [[0.0; 3]; 3];
    for (i, row) in product.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell = (0..3).map(|k| a[i][k] * b[k][j]).sum();
        }
    }
    product
}

/// As the web defines it: Z by alpha, then X by beta, then Y by gamma, each in the frame of the phone.
pub fn web(alpha: f64, beta: f64, gamma: f64) -> Turn {
    then(then(about(2, alpha), about(0, beta)), about(1, gamma))
}

/// The angles a browser would report for a turn: beta and gamma.
pub fn reported(turn: Turn) -> (f64, f64) {
    let [x, y, z] = turn[2];
    let (beta, gamma) = (y.clamp(-1.0, 1.0).asin().to_degrees(), (-x).atan2(z).to_degrees());
    // Gamma stays within a right angle: beyond, beta goes on instead.
    if gamma.abs() <= 90.0 {
        (beta, gamma)
    } else {
        (180.0_f64.copysign(beta) - beta, gamma - 180.0_f64.copysign(gamma))
    }
}

fn up(turn: Turn) -> Up {
    let (beta, gamma) = reported(turn);
    Up::from_angles(beta, gamma)
}

const AXES: [Axis; 3] = [Axis::X, Axis::Y, Axis::Z];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_turn_about_the_axis_is_read_whatever_the_phone_looked_like_before(
        alpha in 0.0..360.0_f64, beta in -179.9..179.9_f64, gamma in -89.9..89.9_f64,
        axis in 0..3_usize, turned in -175.0..175.0_f64,
    ) {
        let start = web(alpha, beta, gamma);
        // Up is too near the axis: nothing could be read, and that is said.
        prop_assume!(start[2][axis].abs() < 0.89);
        let end = then(start, about(axis, turned));
        let read = angle(AXES[axis], up(start), up(end));
        prop_assert!((read.degrees + turned).abs() < 1e-6, "{read:?}");
        prop_assert!(read.lean_deg.abs() < 1e-4);
        prop_assert_eq!(read.quality, Quality::Good);
        prop_assert!((up(start).tilt_deg(up(end)) <= turned.abs() + 1e-6));
    }

    #[test]
    fn turning_about_the_vertical_changes_nothing_and_is_never_called_a_reading_of_it(
        alpha in 0.0..360.0_f64, more in 0.0..360.0_f64, beta in -80.0..80.0_f64, gamma in -80.0..80.0_f64,
    ) {
        let (one, other) = (up(web(alpha, beta, gamma)), up(web(alpha + more, beta, gamma)));
        prop_assert!(one.tilt_deg(other) < 1e-6);
    }

    #[test]
    fn a_lean_out_of_the_plane_is_warned_of_and_then_refused(turned in -60.0..60.0_f64, lean in -40.0..40.0_f64) {
        // Upright, back on the shin; the knee bends about x, and the phone leans sideways about z.
        let start = web(0.0, 90.0, 0.0);
        let read = angle(Axis::X, up(start), up(then(then(start, about(2, lean)), about(0, turned))));
        prop_assert!((read.lean_deg.abs() - lean.abs()).abs() < 1e-6);
        let expected = match lean.abs() {
            lean if lean > 20.0 => Quality::Refused,
            lean if lean > 10.0 => Quality::Leaning,
            _ => Quality::Good,
        };
        prop_assert_eq!(read.quality, expected);
    }
}

#[test]
fn an_axis_that_stands_upright_sees_nothing() {
    let flat = up(web(0.0, 0.0, 0.0));
    assert_eq!(angle(Axis::Z, flat, up(web(40.0, 0.0, 0.0))).quality, Quality::Blind);
}

#[test]
fn the_sign_of_the_acceleration_is_told_from_what_is_up() {
    let face_up = Up::from_angles(0.0, 0.0);
    assert_eq!(face_up.sign_of([0.0, 0.1, 9.7]), Some(1.0));
    assert_eq!(face_up.sign_of([0.0, 0.1, -9.9]), Some(-1.0));
    assert_eq!(face_up.sign_of([0.0, 0.0, 14.0]), None, "it is shaken");
    assert_eq!(face_up.sign_of([9.8, 0.0, 0.1]), None, "the two say quite different things");
    let upright = Up::from_angles(90.0, 0.0);
    assert_eq!((upright.sign_of([0.0, 9.8, 0.0]), upright.sign_of([0.0, -9.8, 0.0])), (Some(1.0), Some(-1.0)));
    let (standard, other) =
        (Up::from_acceleration([0.0, 4.9, 8.5], 1.0), Up::from_acceleration([0.0, -4.9, -8.5], -1.0));
    assert_eq!(standard, other);
    assert!((standard.unwrap().tilt_deg(Up::from_angles(30.0, 0.0))).abs() < 0.1);
    assert_eq!(Up::from_acceleration([0.0; 3], 1.0), None);
    assert_eq!(Up::from_acceleration([1e200; 3], 1.0), None, "no acceleration of this world");
}

/// A motion, sixty looks a second, rounded to a tenth of a degree as browsers do.
fn play(phone: &mut Inclinometer, from_ms: f64, seconds: f64, beta: impl Fn(f64) -> f64, shake: f64) -> Shown {
    let mut shown = Shown { now: None, still: None };
    for look in 1..=(seconds * 60.0) as u32 {
        let t = f64::from(look) / 60.0;
        let rounded = (beta(t) * 10.0).round() / 10.0;
        shown = phone.take(Sample {
            at_ms: from_ms + t * 1_000.0,
            up: Up::from_angles(rounded, 0.0),
            acceleration_mps2: Some(9.81 + shake * (t * 40.0).sin()),
        });
    }
    shown
}

#[test]
fn a_whole_lunge_is_read_within_a_third_of_a_degree() {
    let mut phone = Inclinometer::new(Axis::X);
    assert_eq!(play(&mut phone, 0.0, 1.5, |_| 88.7, 0.1).now, None, "no zero yet");
    assert!(phone.set_zero());
    let bending = play(&mut phone, 1_500.0, 1.2, |t| 88.7 - 38.27 * t / 1.2, 0.1);
    assert!(bending.now.is_some() && bending.still.is_none(), "it still moves");
    let held = play(&mut phone, 2_700.0, 2.0, |_| 88.7 - 38.27, 0.1).still.expect("it is held");
    assert!((held.degrees.abs() - 38.27).abs() < 0.3, "{held:?}");
    assert_eq!(held.quality, Quality::Good);
}

#[test]
fn a_wobbling_hand_and_a_shaken_phone_give_no_reading() {
    let mut phone = Inclinometer::new(Axis::X);
    play(&mut phone, 0.0, 1.5, |_| 90.0, 0.0);
    assert!(phone.set_zero());
    assert_eq!(play(&mut phone, 1_500.0, 3.0, |t| 50.0 + 3.0 * (t * 9.0).sin(), 0.1).still, None);
    assert_eq!(play(&mut phone, 4_500.0, 3.0, |_| 50.0, 1.5).still, None);
    assert!(play(&mut phone, 7_500.0, 2.0, |_| 50.0, 0.0).still.is_some());
    let mut restless = Inclinometer::new(Axis::X);
    play(&mut restless, 0.0, 2.0, |t| 90.0 + 4.0 * (t * 9.0).sin(), 0.1);
    assert!(!restless.set_zero(), "a zero needs a still moment too");
}

#[test]
fn a_still_phone_sends_one_event_and_a_clock_that_stands_adds_nothing() {
    let mut phone = Inclinometer::new(Axis::X);
    let same = Sample { at_ms: 5.0, up: Up::from_angles(10.0, 0.0), acceleration_mps2: None };
    for _ in 0..100 {
        phone.take(same);
    }
    assert!(!phone.set_zero(), "a hundred looks at one moment are no second");
    for tenth in 1..=20 {
        phone.take(Sample { at_ms: 5.0 + 100.0 * f64::from(tenth), ..same });
    }
    assert!(phone.set_zero(), "the last value, looked at again and again");
}

#[test]
fn a_gap_in_the_looks_is_no_still_second() {
    let mut phone = Inclinometer::new(Axis::X);
    play(&mut phone, 0.0, 1.5, |_| 88.7, 0.1);
    assert!(phone.keeps_still());
    // A minute later, nobody knows what it did meanwhile.
    play(&mut phone, 60_000.0, 0.5, |_| 88.7, 0.1);
    assert!(!phone.keeps_still());
    play(&mut phone, 60_500.0, 0.8, |_| 88.7, 0.1);
    assert!(phone.keeps_still());
}

#[test]
fn a_zero_right_after_a_motion_is_where_the_motion_ended() {
    let mut phone = Inclinometer::new(Axis::X);
    play(&mut phone, 0.0, 1.0, |_| 20.0, 0.1);
    // Put to the wall at once; the zero is set in the first still second.
    let mut at_ms = 1_000.0;
    while !phone.set_zero() {
        play(&mut phone, at_ms, 1.0 / 30.0, |_| 90.0, 0.1);
        at_ms += 1_000.0 / 30.0;
    }
    assert!(at_ms < 3_500.0);
    let off = play(&mut phone, at_ms, 2.0, |_| 90.0, 0.1).now.unwrap().degrees;
    assert!(off.abs() < 0.1, "{off}");
}
