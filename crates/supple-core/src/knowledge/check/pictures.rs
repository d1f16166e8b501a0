//! Every technique can be drawn, as a person could do it and along its own line.
//!
//! Whether the drawn body rests on the floor and touches the tool is measured in the app, where it is drawn.

use super::super::{
    Against, BodyKeyPose, BodyPicture, End, Joint, KeyPose, Knowledge, MotionKind, Picture, Place, Rest, Technique,
    Thing, View,
};
use super::{Problem, Problems};
use crate::sorted::{SortedMap, SortedSet};

/// Shortest way a tool is drawn to travel, in centimetres: less cannot be seen (our judgement).
const SHORTEST_WAY_CM: f64 = 2.0;

/// What a measure of pressure or of a feeling says in place of a joint: it fits every place, so no one position shows it.
const NO_JOINT: &str = "any region";

/// Every technique that has a picture, with its file.
fn each(knowledge: &Knowledge) -> impl Iterator<Item = (String, &Technique, &Picture)> {
    knowledge
        .techniques
        .iter()
        .filter_map(|(id, technique)| Some((format!("techniques/{id}.toml"), technique, technique.picture.as_ref()?)))
}

/// Every picture of a body alone, with its file: tests, moves, movement tests and what is seen in them.
fn each_test(knowledge: &Knowledge) -> impl Iterator<Item = (String, &BodyPicture)> {
    fn of<'k>(folder: &'static str, id: &str, picture: Option<&'k BodyPicture>) -> Option<(String, &'k BodyPicture)> {
        picture.map(|picture| (format!("{folder}/{id}.toml"), picture))
    }
    let measures = knowledge.measures.iter().filter_map(|(id, known)| of("measures", id, known.picture.as_ref()));
    let moves = knowledge.moves.iter().filter_map(|(id, known)| of("moves", id, known.picture.as_ref()));
    let tests =
        knowledge.movement_tests.iter().filter_map(|(id, known)| of("movement_tests", id, known.picture.as_ref()));
    let seen =
        knowledge.compensations.iter().filter_map(|(id, known)| of("compensations", id, known.picture.as_ref()));
    measures.chain(moves).chain(tests).chain(seen)
}

/// Both key poses of a test with their fields.
fn key_poses_of_test(picture: &BodyPicture) -> [(&'static str, &BodyKeyPose); 2] {
    [("picture.start", &picture.start), ("picture.end", &picture.end)]
}

/// The three key poses with their fields.
fn key_poses(picture: &Picture) -> [(&'static str, &KeyPose); 3] {
    [("picture.start", &picture.start), ("picture.end", &picture.end), ("picture.lighter", &picture.lighter)]
}

/// Ensure every technique and every move has a picture, every test of a joint, every movement test and what is seen in
/// it, and every region that may be rolled a place on the drawn body.
pub(super) fn everything_is_drawn(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (id, technique) in &knowledge.techniques {
        if technique.picture.is_none() {
            let what = "there is no picture; add [picture] with a pose and three key poses".to_owned();
            problems.push(Problem::new(&format!("techniques/{id}.toml"), "picture", rule, what));
        }
    }
    for (id, measure) in &knowledge.measures {
        if measure.picture.is_none() && measure.joint != NO_JOINT {
            let what = "there is no picture; add [picture] with a pose and two key poses".to_owned();
            problems.push(Problem::new(&format!("measures/{id}.toml"), "picture", rule, what));
        }
    }
    let moves = knowledge.moves.iter().map(|(id, known)| ("moves", id, known.picture.is_some()));
    let tests = knowledge.movement_tests.iter().map(|(id, known)| ("movement_tests", id, known.picture.is_some()));
    let seen = knowledge.compensations.iter().map(|(id, known)| ("compensations", id, known.picture.is_some()));
    for (folder, id, _) in moves.chain(tests).chain(seen).filter(|(.., drawn)| !drawn) {
        let what = "there is no picture; add [picture] with a pose and two key poses".to_owned();
        problems.push(Problem::new(&format!("{folder}/{id}.toml"), "picture", rule, what));
    }
    for (region, known) in &knowledge.regions {
        let what = match known.drawn {
            None if known.rollable => "the region may be rolled, but nothing says where it is drawn; add [drawn]",
            Some(line) if line.from.total_cmp(&line.to).is_eq() => {
                "from and to are the same place; a line has a length"
            }
            _ => continue,
        };
        problems.push(Problem::new(&format!("regions/{region}.toml"), "drawn", rule, what.to_owned()));
    }
}

/// Ensure every body position a picture names exists, and every one there is is used.
pub(super) fn poses_exist_and_are_used(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut used = SortedSet::new();
    for (file, _, picture) in each(knowledge) {
        let named = key_poses(picture)
            .into_iter()
            .filter_map(|(field, key)| Some((format!("{field}.pose"), key.pose.as_ref()?)));
        for (field, pose) in named.chain([("picture.pose".to_owned(), &picture.pose)]) {
            used.insert(pose);
            if !knowledge.poses.contains_key(pose) {
                let what = format!("`{pose}` is not in poses.toml; correct the name, or add it there");
                problems.push(Problem::new(&file, &field, rule, what));
            }
        }
        for (field, key) in key_poses(picture).into_iter().take(2) {
            if key.pose.is_some() || key.against.is_some() || key.tool.is_some() {
                let what = "only the lighter way may have another position or tool; nobody changes them in one pass";
                problems.push(Problem::new(&file, field, rule, what.to_owned()));
            }
        }
    }
    for (file, picture) in each_test(knowledge) {
        used.insert(&picture.pose);
        if !knowledge.poses.contains_key(&picture.pose) {
            let what = format!("`{}` is not in poses.toml; correct the name, or add it there", picture.pose);
            problems.push(Problem::new(&file, "picture.pose", rule, what));
        }
    }
    for pose in knowledge.poses.keys().filter(|pose| !used.contains(pose)) {
        problems.push(Problem::new("poses.toml", pose, rule, "no picture uses it; take it out".to_owned()));
    }
}

/// The angles a joint may be given, in degrees: a little inside what an adult can reach (our judgement). `lean` is
/// the whole body, so it may be anything; parts that point out of the drawing still have to be seen.
fn range(joint: Joint, view: View) -> (f64, f64) {
    use Joint::{
        Belly, BladeTurn, FarAnkle, FarElbow, FarFootTurn, FarForearmTurn, FarHandTurn, FarHip, FarKnee,
        FarShankTurn, FarShoulder, FarThighTurn, FarUpperArmTurn, FarWrist, Head, HeadTurn, Lean, Lumbar, NearAnkle,
        NearArch, NearElbow, NearFootTurn, NearForearmTurn, NearGrip, NearHandTurn, NearHip, NearKnee, NearShankTurn,
        NearShoulder, NearThighTurn, NearToes, NearUpperArmTurn, NearWrist, Neck, Shrug, Thoracic, TrunkTurn,
    };
    let side = view.in_profile();
    match joint {
        Lean => (-180.0, 180.0),
        Lumbar => (-25.0, 45.0),
        Thoracic => (-20.0, 40.0),
        Neck => (-50.0, 45.0),
        Head => (-25.0, 25.0),
        HeadTurn => (-85.0, 85.0),
        TrunkTurn => (-60.0, 60.0),
        Shrug | BladeTurn => (0.0, 45.0),
        NearGrip => (-220.0, 220.0),
        NearToes => (0.0, 75.0),
        NearArch => (0.0, 20.0),
        Belly => (0.0, 40.0),
        NearHip | FarHip if side => (-25.0, 135.0),
        NearHip | FarHip => (-35.0, 90.0),
        NearKnee | FarKnee if side => (-3.0, 155.0),
        // Seen from above, a lower leg may fall out to either side.
        NearKnee | FarKnee => (-100.0, 150.0),
        NearAnkle | FarAnkle => (-60.0, 35.0),
        NearShoulder | FarShoulder if side => (-60.0, 185.0),
        NearShoulder | FarShoulder => (-40.0, 185.0),
        NearElbow | FarElbow if side => (-5.0, 155.0),
        NearElbow | FarElbow => (-150.0, 150.0),
        NearWrist | FarWrist => (-75.0, 80.0),
        NearThighTurn | FarThighTurn | NearShankTurn | FarShankTurn | NearFootTurn | FarFootTurn
        | NearUpperArmTurn | FarUpperArmTurn | NearForearmTurn | FarForearmTurn | NearHandTurn | FarHandTurn => {
            (0.0, 75.0)
        }
    }
}

/// A joint as the files write it.
fn name_of(joint: Joint) -> String {
    serde_json::to_value(joint).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Ensure no joint is given an angle no human joint has.
pub(super) fn angles_are_human(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut look = |file: &str, field: &str, view: View, joints: &SortedMap<Joint, f64>| {
        for (&joint, &angle) in joints {
            let (low, high) = range(joint, view);
            if !(low..=high).contains(&angle) {
                let what = format!("{} at {angle} degrees; give {low} to {high}", name_of(joint));
                problems.push(Problem::new(file, field, rule, what));
            }
        }
    };
    for (id, pose) in &knowledge.poses {
        look("poses.toml", &format!("{id}.joints"), pose.view, &pose.joints);
    }
    for (file, _, picture) in each(knowledge) {
        let view = |pose: &str| knowledge.poses.get(pose).map(|pose| pose.view);
        let Some(own) = view(&picture.pose) else { continue };
        look(&file, "picture.joints", own, &picture.joints);
        for (field, key) in key_poses(picture) {
            let view = key.pose.as_deref().and_then(view).unwrap_or(own);
            look(&file, &format!("{field}.joints"), view, &key.joints);
        }
    }
    for (file, picture) in each_test(knowledge) {
        let Some(pose) = knowledge.poses.get(&picture.pose) else { continue };
        look(&file, "picture.joints", pose.view, &picture.joints);
        for (field, key) in key_poses_of_test(picture) {
            look(&file, &format!("{field}.joints"), pose.view, &key.joints);
        }
    }
}

/// Ensure something moves between the two key poses: under strokes the tool, otherwise the tool or the body.
pub(super) fn key_poses_differ(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique, picture) in each(knowledge) {
        let (start, end) = (&picture.start, &picture.end);
        let way = (start.at_cm - end.at_cm).abs();
        let travels = technique.motion.kind == MotionKind::Strokes;
        let what = if travels && way < SHORTEST_WAY_CM {
            format!("the tool goes {way} cm; draw a stroke of {SHORTEST_WAY_CM} cm or more")
        } else if technique.motion.kind == MotionKind::PinAndMove && way > 0.0 {
            "the tool stays while a joint moves; give both key poses the same at_cm".to_owned()
        } else if start == end {
            "both key poses are the same; nothing would move".to_owned()
        } else {
            continue;
        };
        problems.push(Problem::new(&file, "picture.end", rule, what));
    }
    for (file, picture) in each_test(knowledge) {
        if picture.start == picture.end {
            let what = "both key poses are the same; nothing would move".to_owned();
            problems.push(Problem::new(&file, "picture.end", rule, what));
        }
    }
}

/// Ensure nobody rests on, or holds, a tool in the picture of a test: there is none.
pub(super) fn tests_need_no_tool(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, picture) in each_test(knowledge) {
        let Some(pose) = knowledge.poses.get(&picture.pose) else { continue };
        if pose.rests == Rest::Tool {
            let what = format!("`{}` rests on a tool, and a test has none; take another position", picture.pose);
            problems.push(Problem::new(&file, "picture.pose", rule, what));
        }
        for (field, key) in key_poses_of_test(picture) {
            let mut contacts = pose.contacts.clone();
            contacts.extend(&picture.contacts);
            contacts.extend(&key.contacts);
            for (&end, _) in contacts.iter().filter(|(_, contact)| contact.on == Thing::Tool) {
                let what = format!("{} is on a tool, and a test has none; plant it elsewhere", name_of_end(end));
                problems.push(Problem::new(&file, &format!("{field}.contacts"), rule, what));
            }
        }
    }
}

/// An end of a limb as the files write it.
fn name_of_end(end: End) -> String {
    serde_json::to_value(end).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Ensure the tool is only drawn on the technique's own line.
pub(super) fn tools_stay_on_the_line(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique, picture) in each(knowledge) {
        let line = &technique.line;
        for (field, key) in key_poses(picture) {
            if !(line.from_cm..=line.to_cm).contains(&key.at_cm) {
                let what = format!(
                    "the tool is at {} cm, the line goes from {} to {} cm; draw it there",
                    key.at_cm, line.from_cm, line.to_cm
                );
                problems.push(Problem::new(&file, &format!("{field}.at_cm"), rule, what));
            }
        }
    }
}

/// Ensure a technique at the wall, and no other, is drawn at a wall.
pub(super) fn tools_are_where_the_technique_is(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, technique, picture) in each(knowledge) {
        let at_wall = picture.against == Against::Wall;
        if at_wall != (technique.place == Place::Wall) {
            let what = "a wall in the picture and a wall as the place go together; correct one of them".to_owned();
            problems.push(Problem::new(&file, "picture.against", rule, what));
        }
    }
}
