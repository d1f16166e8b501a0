//! Every picture of every technique: nothing floats, sinks, or bends as no human does.

use std::fmt::Write as _;
use supple_app::figure::draw::{self, parts};
use supple_app::figure::geometry::{Point, direction, turn};
use supple_app::figure::outline::drawn;
use supple_app::figure::skeleton::{Limb, Skeleton};
use supple_app::figure::solve::{self, Placed, Posed, Scene};
use supple_app::figure::{PictureKind, Subject, moving_or_still, picture};
use supple_core::body::Side;
use supple_core::knowledge::{Against, End, Knowledge, Segment, Spot, Surface, Thing, ToolId, View};

fn knowledge() -> &'static Knowledge {
    supple_knowledge::embedded()
}

/// How far a drawn skin may be from where it should be, in centimetres: less than a line is wide on a phone.
const TOLERANCE: f64 = 1.6;

/// Looks at each pose of each technique and gathers what is wrong.
fn each_pose(mut look: impl FnMut(&str, &Scene<'_>, &Posed) -> Vec<String>) {
    let mut wrong = String::new();
    for id in knowledge().techniques.keys() {
        let scene = Scene::new(knowledge(), Subject::Technique(id)).unwrap_or_else(|| panic!("{id} has no picture"));
        let poses = [
            ("start", scene.at(0.0)),
            ("half way", scene.at(0.5)),
            ("end", scene.at(1.0)),
            ("lighter", scene.lighter()),
        ];
        for (name, posed) in &poses {
            for what in look(id, &scene, posed) {
                writeln!(wrong, "{id}, {name}: {what}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}\nCorrect [picture] in knowledge/techniques/, or knowledge/poses.toml.");
}

fn tool_of(posed: &Posed) -> Placed {
    posed.tool.expect("a technique has a tool")
}

fn lowest(outline: &[Point]) -> f64 {
    drawn(outline).iter().map(|at| at.y).fold(f64::INFINITY, f64::min)
}

#[test]
fn nothing_is_below_the_floor() {
    each_pose(|_, _, posed| {
        if posed.body.view == View::Above {
            return Vec::new();
        }
        let sunk = parts(posed).into_iter().map(|(name, outline)| (name, lowest(&outline)));
        sunk.filter(|(_, low)| *low < -TOLERANCE).map(|(name, low)| format!("{name} is at {low:.1} cm")).collect()
    });
}

#[test]
fn nothing_is_inside_the_wall() {
    each_pose(|_, _, posed| {
        let Some(wall) = posed.wall else { return Vec::new() };
        let behind = tool_of(posed).at.x > wall;
        let depth = |at: &Point| if behind { wall - at.x } else { at.x - wall };
        let inside = parts(posed)
            .into_iter()
            .map(|(name, outline)| (name, drawn(&outline).iter().map(depth).fold(f64::NEG_INFINITY, f64::max)));
        inside
            .filter(|(_, deep)| *deep > TOLERANCE)
            .map(|(name, deep)| format!("{name} is {deep:.1} cm deep"))
            .collect()
    });
}

#[test]
fn the_tool_touches_the_skin_and_what_it_lies_on() {
    each_pose(|_, scene, posed| {
        let mut wrong = Vec::new();
        let tool = tool_of(posed);
        if let Some(ground) = solve::ground_of(posed.against).filter(|_| posed.body.view != View::Above) {
            let gap = tool.at.y - tool.radius - ground;
            if gap.abs() > TOLERANCE {
                wrong.push(format!("the tool is {gap:.1} cm over what it lies on"));
            }
        }
        if let Some(wall) = posed.wall.filter(|_| posed.against == Against::Wall) {
            let gap = (tool.at.x - wall).abs() - tool.radius;
            if gap.abs() > TOLERANCE {
                wrong.push(format!("the tool is {gap:.1} cm from the wall"));
            }
        }
        if posed.surface != Surface::Facing {
            let name = match scene.segment().expect("a technique works on a part") {
                Segment::Trunk | Segment::ChestLine | Segment::ShoulderTop => "trunk",
                Segment::Neck => return wrong,
                Segment::Thigh => "near thigh",
                Segment::Shank => "near shank",
                Segment::Foot => "near foot",
                Segment::UpperArm => "near upper arm",
                Segment::Forearm => "near forearm",
                Segment::Hand => "near hand",
            };
            let outline = parts(posed).into_iter().find(|(part, _)| *part == name).expect("a part of the body").1;
            let gap = distance(tool.at, &drawn(&outline)) - tool.radius;
            if !(-2.0 * TOLERANCE..=TOLERANCE).contains(&gap) {
                wrong.push(format!("the tool is {gap:.1} cm off the {name}"));
            }
        }
        wrong
    });
}

/// From a point to the nearest place on a closed line.
fn distance(from: Point, line: &[Point]) -> f64 {
    let sides = line.iter().zip(line.iter().cycle().skip(1));
    sides
        .map(|(&one, &other)| {
            let (side, step) = (other - one, from - one);
            let length = side.length();
            let share = if length > 0.0 {
                ((step.x * side.x + step.y * side.y) / (length * length)).clamp(0.0, 1.0)
            } else {
                0.0
            };
            (from - one.towards(other, share)).length()
        })
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn what_is_planted_is_where_it_is_planted() {
    each_pose(|_, _, posed| {
        let parts = parts(posed);
        let low = |name: &str| lowest(&parts.iter().find(|(part, _)| *part == name).expect("a part").1);
        let mut wrong = Vec::new();
        if posed.body.view == View::Above {
            return wrong;
        }
        for (&end, contact) in &posed.contacts {
            let name = match end {
                End::NearHand => "near hand",
                End::FarHand => "far hand",
                End::NearElbow => "near forearm",
                End::FarElbow => "far forearm",
                End::NearFoot => "near foot",
                End::FarFoot => "far foot",
                End::NearKnee => "near shank",
                End::FarKnee => "far shank",
            };
            let gap = match contact.on {
                Thing::Floor | Thing::Seat | Thing::Table | Thing::LowTable | Thing::Step => {
                    low(name) - solve::height_of(contact.on)
                }
                Thing::Tool => {
                    let outline = &parts.iter().find(|(part, _)| *part == name).expect("a part").1;
                    let along_bar =
                        |share: f64| tool_of(posed).at + direction(tool_of(posed).along + 90.0) * (share * 20.0);
                    let bar = tool_of(posed).tool == ToolId::MassageStick && posed.body.view != View::Side;
                    if bar {
                        let places = (-10..=10).map(|step| along_bar(f64::from(step) / 10.0));
                        places.map(|at| distance(at, &drawn(outline))).fold(f64::INFINITY, f64::min)
                    } else {
                        distance(tool_of(posed).at, &drawn(outline)) - tool_of(posed).radius
                    }
                }
                Thing::Wall => match posed.wall {
                    Some(wall) => {
                        let outline = &parts.iter().find(|(part, _)| *part == name).expect("a part").1;
                        drawn(outline).iter().map(|at| (at.x - wall).abs()).fold(f64::INFINITY, f64::min)
                    }
                    None => f64::INFINITY,
                },
                _ => continue,
            };
            if gap.abs() > TOLERANCE + 1.4 {
                wrong.push(format!("{name} is {gap:.1} cm from where it is planted"));
            }
        }
        wrong
    });
}

#[test]
fn something_carries_the_weight() {
    each_pose(|_, _, posed| {
        let carried = if posed.body.view == View::Above { posed.contacts.len() } else { draw::resting(posed).len() };
        if carried == 0 { vec!["nothing rests on anything".to_owned()] } else { Vec::new() }
    });
}

#[test]
fn joints_bend_as_human_joints_do() {
    each_pose(|_, _, posed| {
        let body = &posed.body;
        if body.view != View::Side {
            return Vec::new();
        }
        let chest = body.spine_at(44.0).1;
        let pelvis = body.spine_at(-5.0).1;
        let bends = |limb: &Limb, root: f64| {
            let first = turn(limb.headings[0], root + 180.0);
            let second = turn(limb.headings[0], limb.headings[1]);
            if limb.leg { (first, second) } else { (first, -second) }
        };
        let mut wrong = Vec::new();
        let mut within = |name: &str, angle: f64, low: f64, high: f64| {
            if !(low..=high).contains(&angle) {
                wrong.push(format!("{name} at {angle:.0} degrees; a human's goes from {low:.0} to {high:.0}"));
            }
        };
        for (side, leg, arm) in [("near", &body.near_leg, &body.near_arm), ("far", &body.far_leg, &body.far_arm)] {
            let (hip, knee) = bends(leg, pelvis);
            within(&format!("{side} hip"), hip, -30.0, 140.0);
            within(&format!("{side} knee"), knee, -3.0, 160.0);
            within(&format!("{side} ankle"), turn(leg.headings[2], leg.headings[1] - 90.0), -65.0, 40.0);
            let (shoulder, elbow) = bends(arm, chest);
            let shoulder = if shoulder < -90.0 { shoulder + 360.0 } else { shoulder };
            within(&format!("{side} shoulder"), shoulder, -70.0, 190.0);
            within(&format!("{side} elbow"), elbow, -5.0, 158.0);
        }
        wrong
    });
}

#[test]
fn a_limb_keeps_its_length_unless_it_points_out_of_the_drawing() {
    each_pose(|_, _, posed| {
        let body = &posed.body;
        let limbs = [&body.near_leg, &body.far_leg, &body.near_arm, &body.far_arm];
        let long = limbs.into_iter().flat_map(|limb| limb.lengths).filter(|&length| !(0.5..=42.1).contains(&length));
        long.map(|length| format!("a part of a limb is {length:.1} cm long")).collect()
    });
}

#[test]
fn the_left_side_is_the_mirror_image_of_the_right() {
    for id in knowledge().techniques.keys() {
        let text =
            |side| picture(knowledge(), Subject::Technique(id), side, PictureKind::Still).unwrap().into_string();
        let (left, right) = (text(Side::Left), text(Side::Right));
        assert_ne!(left, right, "{id}");
        assert!(left.contains("left side") && right.contains("right side"), "{id}: the words do not say which side");
    }
}

#[test]
fn a_picture_has_no_style_and_no_script() {
    for id in knowledge().techniques.keys() {
        let text = moving_or_still(knowledge(), Subject::Technique(id), Side::Right).unwrap().into_string();
        for forbidden in ["style=", "<style", "<script", "onload", "NaN", "inf"] {
            let found = text.contains(&format!("\"{forbidden}")) || text.contains(&format!(" {forbidden}"));
            assert!(!found || forbidden == "inf", "{id}: {forbidden}");
        }
        assert!(!text.contains("NaN"), "{id} has a number that is none");
        assert!(text.contains("role=\"img\" aria-label=\""), "{id} has no text alternative");
        assert!(text.contains("<animate"), "{id} does not move");
    }
}

/// Every picture of a body alone.
fn bodies_alone() -> Vec<Subject<'static>> {
    let known = knowledge();
    let measures = known.measures.iter().filter(|(_, known)| known.picture.is_some());
    let moves = known.moves.iter().filter(|(_, known)| known.picture.is_some());
    let tests = known.movement_tests.iter().filter(|(_, known)| known.picture.is_some());
    let seen = known.compensations.iter().filter(|(_, known)| known.picture.is_some());
    measures
        .map(|(id, _)| Subject::Measure(id))
        .chain(moves.map(|(id, _)| Subject::Move(id)))
        .chain(tests.map(|(id, _)| Subject::MovementTest(id)))
        .chain(seen.map(|(id, _)| Subject::Compensation(id)))
        .collect()
}

#[test]
fn a_body_alone_is_not_below_the_floor_and_its_picture_is_small_and_has_words() {
    let mut wrong = String::new();
    for subject in bodies_alone() {
        let scene = Scene::new(knowledge(), subject).unwrap_or_else(|| panic!("{subject:?} cannot be drawn"));
        for moment in [0.0, 0.5, 1.0] {
            let posed = scene.at(moment);
            if posed.body.view.from_above() {
                continue;
            }
            for (name, outline) in parts(&posed) {
                let low = lowest(&outline);
                if low < -2.0 * TOLERANCE {
                    writeln!(wrong, "{subject:?} at {moment}: {name} is at {low:.1} cm").unwrap();
                }
            }
        }
        let text = moving_or_still(knowledge(), subject, Side::Right).unwrap().into_string();
        assert!(!text.contains("NaN"), "{subject:?} has a number that is none");
        assert!(text.contains("role=\"img\" aria-label=\""), "{subject:?} has no text alternative");
        assert!(text.contains("<animate"), "{subject:?} does not move");
        let moving = picture(knowledge(), subject, Side::Right, PictureKind::Moving).unwrap().into_string().len();
        assert!(moving <= LARGEST_MOVING, "{subject:?}: {moving} bytes");
        assert!(picture(knowledge(), subject, Side::Right, PictureKind::Lighter).is_none(), "{subject:?}");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A move at the start and at the end of its movement.
fn both_ends(id: &str) -> [Posed; 2] {
    let scene = Scene::new(knowledge(), Subject::Move(id)).unwrap_or_else(|| panic!("{id} has no picture"));
    [scene.at(0.0), scene.at(1.0)]
}

/// The outline of a part of a body, by its name.
fn part(posed: &Posed, named: &str) -> Vec<Point> {
    parts(posed).into_iter().find(|(name, _)| *name == named).map(|(_, outline)| outline).unwrap()
}

#[test]
fn fingers_close_round_what_the_hand_holds_on_the_side_of_the_palm() {
    for (id, palm_up) in [("wrist_curl", true), ("wrist_extension", false)] {
        for posed in both_ends(id) {
            let hand = &posed.body.near_arm;
            let bar = solve::spot_on(&posed.body, Spot::NearPalm);
            let along = hand.joint(3) - hand.joint(2);
            let to_bar = bar - hand.joint(2);
            let left_of_hand = along.x * to_bar.y - along.y * to_bar.x > 0.0;
            assert_eq!(left_of_hand, palm_up, "{id}: the bar lies on the palm");
            let fingers = drawn(&part(&posed, "near hand"));
            let beside = |sign: f64| {
                fingers.iter().any(|at| {
                    let step = *at - bar;
                    sign * (along.x * step.y - along.y * step.x) > 0.0 && step.length() < 4.0
                })
            };
            assert!(beside(1.0) && beside(-1.0), "{id}: there are fingers on both sides of the bar");
        }
    }
}

#[test]
fn heels_rise_from_behind_as_they_do_from_the_side() {
    let [down, up] = both_ends("heel_raise_ball");
    let rise = |body: &Skeleton| body.near_leg.joint(2).y;
    let risen = rise(&up.body) - rise(&down.body);
    assert!((8.0..14.0).contains(&risen), "the ankle rises by {risen:.1} cm");
    for posed in [&down, &up] {
        assert!(lowest(&part(posed, "near foot")).abs() < 2.0 * TOLERANCE, "the ball of the foot stays down");
        let ball = solve::spot_on(&posed.body, Spot::Heels);
        let heels = [&posed.body.near_leg, &posed.body.far_leg].map(|leg| leg.joint(2));
        assert!((ball.x - (heels[0].x + heels[1].x) / 2.0).abs() < 0.1, "the ball is between the heels");
    }
}

#[test]
fn toes_lie_flat_under_a_heel_that_is_up_and_an_arch_rises_alone() {
    let [_, up] = both_ends("foot_sole_stretch");
    let foot = drawn(&part(&up, "near foot"));
    let tip = foot.iter().map(|at| at.x).fold(f64::NEG_INFINITY, f64::max);
    let toes = foot.iter().filter(|at| at.x > tip - 5.0 && at.y < 2.0).count();
    assert!(toes >= 2, "the toes lie along the floor");
    let [flat, raised] = both_ends("short_foot");
    let under = |posed: &Posed| solve::spot_on(&posed.body, Spot::NearArch).y;
    assert!(under(&raised) - under(&flat) > 1.5, "the arch rises");
    for posed in [flat, raised] {
        assert!(lowest(&part(&posed, "near foot")).abs() < 2.0 * TOLERANCE, "heel and ball stay on the floor");
    }
}

#[test]
fn breath_fills_the_belly_and_nothing_else() {
    let [out, full] = both_ends("belly_breathing");
    let [out, full] = [out, full].map(|posed| part(&posed, "trunk"));
    let moved: Vec<_> = out.iter().zip(&full).map(|(from, to)| (*to - *from).length()).collect();
    assert!(moved.iter().any(|&cm| cm > 2.5), "the belly comes forward");
    assert!(moved.iter().filter(|&&cm| cm < 0.1).count() > moved.len() / 2, "the back and the chest stay");
}

#[test]
fn from_above_there_is_no_floor_line_and_a_hand_reaches_a_place_in_the_drawing() {
    let lines = |id: &str| {
        let text = picture(knowledge(), Subject::Move(id), Side::Right, PictureKind::Still).unwrap().into_string();
        text.matches("fig-floor").count()
    };
    assert_eq!((lines("quad_side_lying"), lines("pec_lying"), lines("plank")), (0, 0, 1));
    let [_, end] = both_ends("quad_side_lying");
    let place = &end.contacts[&End::NearHand];
    let wrist = end.body.near_arm.joint(2);
    assert!((wrist - Point { x: place.at_cm, y: place.up_cm }).length() < 0.5, "the hand is at the ankle");
}

/// Two pictures beside each other on a page 390 px wide are about this wide, in pixels.
const WIDTH_ON_A_PHONE: f64 = 160.0;
/// What an eye that compares two such pictures sees at once, in pixels: our judgement.
const SEEN_AT_ONCE: f64 = 6.0;

#[test]
fn what_is_seen_differs_from_fine_by_more_than_an_eye_misses_on_a_phone() {
    let mut wrong = String::new();
    for id in knowledge().compensations.keys() {
        let subject = Subject::Compensation(id);
        let scene = Scene::new(knowledge(), subject).unwrap_or_else(|| panic!("{id} has no picture"));
        let (fine, seen) = (scene.at(0.0), scene.at(1.0));
        let rest = draw::resting(&fine);
        let points = |posed: &Posed| -> Vec<Point> {
            let shapes = draw::shapes(&scene, posed, &rest);
            shapes.iter().flat_map(|shape| shape.pieces.iter().flat_map(draw::Piece::points)).collect()
        };
        let moved = points(&fine).into_iter().zip(points(&seen)).map(|(from, to)| (to - from).length());
        let furthest = moved.fold(0.0, f64::max);
        let text = picture(knowledge(), subject, Side::Right, PictureKind::SideBySide).unwrap().into_string();
        let view_box = text.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let millimetres: f64 = view_box.split(' ').nth(2).unwrap().parse().unwrap();
        let pixels = furthest * 10.0 / millimetres * WIDTH_ON_A_PHONE;
        if pixels < SEEN_AT_ONCE {
            writeln!(wrong, "{id}: nothing differs by more than {pixels:.1} pixels").unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}\nLet the end differ more, or show the place as a closeup.");
}

#[test]
fn the_arrow_is_only_on_what_is_seen() {
    let text = picture(knowledge(), Subject::Compensation("ohs_knees_in"), Side::Right, PictureKind::SideBySide)
        .unwrap()
        .into_string();
    let (fine, seen) = text.split_at(text.rfind("<svg").unwrap());
    assert!(!fine.contains("fig-way"), "the fine one is marked");
    assert!(seen.contains("fig-way"), "what is seen is not marked");
    assert!(text.contains("Fine: Both kneecaps stay over the second toe. This one: "), "the words tell both");
}

#[test]
fn an_unknown_technique_has_no_picture() {
    assert!(picture(knowledge(), Subject::Technique("levitation"), Side::Both, PictureKind::Moving).is_none());
}

/// Raw bytes; compressed a picture is a quarter of that, since a pass back repeats the pass there.
const LARGEST_MOVING: usize = 16_000;

#[test]
fn a_moving_picture_is_small() {
    for id in knowledge().techniques.keys() {
        let bytes = picture(knowledge(), Subject::Technique(id), Side::Right, PictureKind::Moving)
            .unwrap()
            .into_string()
            .len();
        assert!(bytes <= LARGEST_MOVING, "{id}: {bytes} bytes");
    }
}

#[test]
fn the_pace_of_a_picture_is_the_pace_of_the_technique() {
    for (id, technique) in &knowledge().techniques {
        let Some(seconds) = technique.motion.seconds_per_pass else { continue };
        let text =
            picture(knowledge(), Subject::Technique(id), Side::Right, PictureKind::Moving).unwrap().into_string();
        assert!(text.contains(&format!("dur=\"{}s\"", 2 * seconds)), "{id}: there and back takes {} s", 2 * seconds);
    }
}
