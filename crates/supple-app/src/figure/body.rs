//! The proportions of the drawn person: an adult of middle height, in centimetres. Our judgement, by eye, with
//! segment lengths near those of an adult 172 cm tall.

/// How wide a part is at a place along it: the share of its length, then centimetres to its front (or outer) side
/// and to its back (or inner) side.
pub type Station = (f64, f64, f64);

/// Hip to knee.
pub const THIGH: f64 = 42.0;
/// Knee to ankle.
pub const SHANK: f64 = 40.0;
/// Heel to toes.
pub const FOOT: f64 = 24.0;
/// The ankle lies this far in front of the heel.
pub const HEEL: f64 = 5.5;
/// The ankle's height over the sole.
pub const SOLE: f64 = 7.0;
/// A foot seen from in front.
pub const FOOT_FROM_FRONT: f64 = 8.0;
/// Shoulder to elbow.
pub const UPPER_ARM: f64 = 29.0;
/// Elbow to wrist.
pub const FOREARM: f64 = 25.0;
/// Wrist to finger tips.
pub const HAND: f64 = 16.0;
/// Hip joints to the base of the neck, along the spine.
pub const TRUNK: f64 = 50.0;
/// Base of the neck to the skull.
pub const NECK: f64 = 9.0;
/// The shoulders' height along the trunk.
pub const SHOULDER_AT: f64 = 44.0;
/// From the middle line to a shoulder, seen from in front.
pub const SHOULDER_OUT: f64 = 17.0;
/// From the middle line to a hip, seen from in front.
pub const HIP_OUT: f64 = 9.0;
/// Half the thickness of a hand lying flat.
pub const HAND_FLAT: f64 = 1.6;

/// The thigh.
pub const THIGH_SHAPE: &[Station] =
    &[(-0.14, 5.2, 5.2), (0.0, 8.9, 9.2), (0.35, 8.3, 8.2), (0.8, 6.2, 5.8), (1.0, 6.0, 5.1), (1.11, 3.4, 3.2)];
/// The lower leg: the shin in front, the calf behind.
pub const SHANK_SHAPE: &[Station] =
    &[(-0.1, 3.4, 3.0), (0.05, 5.6, 5.2), (0.26, 4.6, 7.0), (0.55, 4.1, 5.5), (0.84, 3.4, 3.5), (1.08, 3.0, 3.4)];
/// The lower leg from in front.
pub const SHANK_FRONT_SHAPE: &[Station] =
    &[(-0.1, 3.6, 3.6), (0.05, 5.5, 5.5), (0.28, 5.8, 6.0), (0.55, 4.7, 4.7), (0.84, 3.4, 3.4), (1.08, 2.8, 2.8)];
/// The upper arm.
pub const UPPER_ARM_SHAPE: &[Station] =
    &[(-0.19, 3.8, 3.8), (0.0, 6.0, 5.8), (0.45, 5.0, 5.0), (0.95, 4.1, 4.3), (1.11, 2.4, 2.6)];
/// The forearm.
pub const FOREARM_SHAPE: &[Station] =
    &[(-0.14, 2.6, 2.8), (0.1, 4.6, 4.6), (0.5, 3.9, 3.8), (0.9, 2.8, 2.7), (1.05, 2.4, 2.3)];
/// A hand from its edge, fingers straight.
pub const HAND_SHAPE: &[Station] = &[(-0.12, 2.2, 2.2), (0.2, 2.8, 2.5), (0.65, 2.3, 1.9), (1.02, 1.0, 0.9)];
/// A foot from the side: its top, and its sole.
pub const FOOT_SHAPE: &[Station] =
    &[(-0.03, 2.0, 6.0), (0.1, 4.6, 7.2), (0.32, 5.0, 6.6), (0.6, -1.0, 6.6), (0.92, -3.4, 7.1), (1.0, -4.4, 6.2)];
/// A foot from the side whose toes bend at the ball: with more places along its length.
pub const FOOT_BENDING_SHAPE: &[Station] = &[
    (-0.03, 2.0, 6.0),
    (0.1, 4.6, 7.2),
    (0.25, 5.0, 6.8),
    (0.4, 3.0, 6.6),
    (0.55, 0.0, 6.6),
    (0.68, -1.8, 6.8),
    (0.74, -2.4, 7.0),
    (0.8, -3.0, 7.0),
    (0.9, -3.6, 6.9),
    (0.98, -4.6, 6.4),
];
/// Where along a foot the toes begin.
pub const BALL_OF_FOOT: f64 = 0.68;
/// A hand whose fingers bend, from its edge: with more places along its length.
pub const HAND_BENDING_SHAPE: &[Station] = &[
    (-0.12, 2.2, 2.2),
    (0.15, 2.6, 2.5),
    (0.35, 2.3, 2.3),
    (0.48, 1.5, 1.6),
    (0.6, 1.3, 1.4),
    (0.72, 1.2, 1.3),
    (0.84, 1.1, 1.2),
    (0.96, 1.0, 1.1),
    (1.06, 0.7, 0.8),
    (1.1, 0.4, 0.4),
];
/// Where along a hand the fingers begin to bend.
pub const KNUCKLES: f64 = 0.36;
/// From the middle of a hand to the middle of a bar that its bent fingers hold.
pub const BAR: f64 = 3.6;
/// A foot from in front, from the ankle down.
pub const FOOT_FRONT_SHAPE: &[Station] = &[(-0.3, 3.0, 3.0), (0.3, 4.3, 3.6), (0.75, 5.4, 4.2), (1.0, 4.6, 3.6)];
/// The trunk from the side, by share of its length from the hip joints: belly and chest, then buttock and back.
pub const TRUNK_SHAPE: &[Station] = &[
    (-0.17, 2.0, 6.5),
    (-0.08, 7.6, 11.2),
    (0.04, 9.4, 12.6),
    (0.16, 9.6, 11.0),
    (0.3, 9.4, 8.4),
    (0.46, 10.0, 8.6),
    (0.62, 11.6, 10.2),
    (0.78, 11.4, 11.0),
    (0.91, 8.2, 9.8),
    (1.0, 5.2, 6.8),
    (1.1, 4.0, 5.0),
];
/// The trunk from in front.
pub const TRUNK_FRONT_SHAPE: &[Station] = &[
    (-0.17, 5.0, 5.0),
    (-0.1, 14.0, 14.0),
    (0.04, 17.0, 17.0),
    (0.16, 16.0, 16.0),
    (0.32, 13.6, 13.6),
    (0.46, 13.8, 13.8),
    (0.64, 15.8, 15.8),
    (0.8, 17.6, 17.6),
    (0.92, 18.6, 18.6),
    (0.99, 12.0, 12.0),
    (1.06, 5.8, 5.8),
    (1.12, 4.4, 4.4),
];
/// The neck.
pub const NECK_SHAPE: &[Station] = &[(-0.4, 5.4, 5.6), (0.3, 4.9, 5.2), (0.9, 5.2, 5.6), (1.3, 4.4, 4.8)];

/// Head in profile: forward, up, from where the neck meets the skull.
pub const HEAD_PROFILE: &[(f64, f64)] = &[
    (-5.5, -3.2),
    (-8.6, 0.5),
    (-10.6, 7.0),
    (-8.6, 14.0),
    (-1.0, 17.6),
    (6.2, 15.6),
    (9.0, 10.5),
    (8.9, 6.0),
    (11.9, 1.7),
    (9.1, -0.2),
    (9.4, -3.0),
    (8.6, -6.6),
    (4.8, -6.8),
    (0.5, -4.4),
];
/// Hair in profile.
pub const HAIR_PROFILE: &[(f64, f64)] = &[
    (-5.0, -2.6),
    (-9.2, 0.6),
    (-11.4, 7.2),
    (-9.4, 14.8),
    (-1.2, 18.6),
    (6.8, 16.4),
    (9.4, 12.0),
    (6.6, 11.6),
    (1.8, 11.4),
    (0.4, 7.2),
    (-1.6, 4.0),
    (-2.8, 1.0),
];
/// Head from in front.
pub const HEAD_FRONT: &[(f64, f64)] = &[
    (-4.6, -5.8),
    (-7.2, -1.5),
    (-8.3, 6.0),
    (-7.2, 13.6),
    (0.0, 17.6),
    (7.2, 13.6),
    (8.3, 6.0),
    (7.2, -1.5),
    (4.6, -5.8),
    (0.0, -7.2),
];
/// Hair from in front.
pub const HAIR_FRONT: &[(f64, f64)] = &[
    (-8.6, 5.0),
    (-8.4, 13.6),
    (0.0, 18.8),
    (8.4, 13.6),
    (8.6, 5.0),
    (7.2, 9.4),
    (3.0, 11.8),
    (-3.0, 11.8),
    (-7.2, 9.4),
];
/// Head from in front, with as many points, in the same order, as in profile, for a head that turns.
pub const HEAD_FULL: &[(f64, f64)] = &[
    (-6.4, -3.4),
    (-7.8, 0.5),
    (-8.3, 7.0),
    (-7.0, 13.8),
    (0.0, 17.6),
    (7.0, 13.8),
    (8.3, 8.5),
    (8.2, 5.0),
    (7.9, 1.7),
    (7.2, -1.2),
    (6.2, -3.6),
    (4.0, -6.2),
    (0.0, -7.2),
    (-4.0, -6.2),
];
/// Hair from in front, as many points as in profile.
pub const HAIR_FULL: &[(f64, f64)] = &[
    (-8.5, 5.0),
    (-8.9, 8.0),
    (-8.6, 13.0),
    (-5.4, 17.2),
    (0.0, 18.8),
    (5.4, 17.2),
    (8.8, 12.4),
    (8.6, 5.0),
    (7.2, 9.4),
    (3.0, 11.8),
    (-3.0, 11.8),
    (-7.2, 9.4),
];
/// Hair from behind, as many points as in profile.
pub const HAIR_BACK_AS_PROFILE: &[(f64, f64)] = &[
    (-6.4, -2.2),
    (-8.6, 3.0),
    (-8.8, 9.0),
    (-7.6, 14.6),
    (0.0, 18.8),
    (7.6, 14.6),
    (8.8, 9.0),
    (8.6, 3.0),
    (6.4, -2.2),
    (3.0, -3.2),
    (0.0, -3.6),
    (-3.0, -3.2),
];
/// Hair from behind.
pub const HAIR_BACK: &[(f64, f64)] = &[
    (-6.4, -2.2),
    (-8.6, 3.0),
    (-8.8, 9.0),
    (-7.6, 14.6),
    (0.0, 18.8),
    (7.6, 14.6),
    (8.8, 9.0),
    (8.6, 3.0),
    (6.4, -2.2),
    (0.0, -3.6),
];

/// The width at a place along a shape: centimetres to the front and to the back.
#[must_use]
pub fn width_at(shape: &[Station], share: f64) -> (f64, f64) {
    let mut before = shape[0];
    for &after in shape {
        if share <= after.0 {
            let span = after.0 - before.0;
            let part = if span > 0.0 { (share - before.0) / span } else { 0.0 };
            let part = part.max(0.0);
            return (before.1 + (after.1 - before.1) * part, before.2 + (after.2 - before.2) * part);
        }
        before = after;
    }
    (before.1, before.2)
}
