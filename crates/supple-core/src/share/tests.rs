use super::*;
use crate::body::RegionId;
use proptest::prelude::*;

const WEEK: &str = "supple1:mobility/mo.th@12;t=foam_roller,ball;a=calf.l,soleus;p=calf_roller.l.2x60.4,heel_raise.b.3x12,\
                    calf_wall_straight.r.2x30s/fr@8;a=lats";

fn sides() -> impl Strategy<Value = Side> {
    prop::sample::select(SIDES.map(|(_, side)| side).to_vec())
}

fn parts() -> impl Strategy<Value = Part> {
    let press = ("[a-z][a-z_]{0,30}[0-9a-z]", sides(), 1..=3_u8, 5..=120_u8, 1..=4_u8).prop_map(
        |(technique, side, sets, seconds, felt)| Part::Press(Press { technique, side, sets, seconds, felt }),
    );
    let amount = prop_oneof![(5..=120_u8).prop_map(MoveAmount::Hold), (1..=50_u8).prop_map(MoveAmount::Times)];
    let moved = ("[a-z_]{1,40}", sides(), 1..=4_u8, amount)
        .prop_map(|(id, side, sets, amount)| Part::Move(MovePart { id, side, sets, amount }));
    prop_oneof![press, moved]
}

fn sessions() -> impl Strategy<Value = SharedSession> {
    let days = prop::sample::subsequence(DAYS.map(|(_, day)| day).to_vec(), 0..=7);
    let tools = prop::sample::subsequence(ToolId::ALL.to_vec(), 0..=4);
    let side = prop::sample::select(vec![None, Some(Side::Left), Some(Side::Right)]);
    let areas = prop::sample::subsequence(RegionId::ALL.to_vec(), 1..=4).prop_flat_map(move |regions| {
        regions.into_iter().map(|region| side.clone().prop_map(move |side| Area { region, side })).collect::<Vec<_>>()
    });
    (days, 2..=60_u8, tools, areas, prop::collection::vec(parts(), 0..6))
        .prop_map(|(days, minutes, tools, areas, parts)| SharedSession { days, minutes, tools, areas, parts })
}

fn anything() -> impl Strategy<Value = Shared> {
    (prop::sample::select(Goal::ALL.to_vec()), prop::collection::vec(sessions(), 1..4))
        .prop_map(|(goal, sessions)| Shared { goal, sessions })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(shared in anything()) {
        let text = shared.to_text();
        prop_assume!(text.len() <= MOST_BYTES);
        prop_assert_eq!(Shared::read(&text), Ok(shared.clone()));
        let link = format!("https://example.org/supple/receive#{text}\n");
        prop_assert_eq!(Shared::read(&link), Ok(shared));
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&b);
        prop_assert!(text.bytes().all(plain), "every character may stand in a fragment as it is: {}", text);
    }

    #[test]
    fn a_content_has_one_spelling(at in 0..WEEK.len(), other in "[ -~]") {
        let changed = format!("{}{other}{}", &WEEK[..at], &WEEK[at + 1..]);
        if let Ok(read) = Shared::read(&changed) {
            let behind = changed.rsplit_once('#').map_or(changed.as_str(), |(_, behind)| behind);
            prop_assert_eq!(read.to_text(), behind.trim());
        }
    }

    #[test]
    fn nothing_breaks_the_reader(text in "(supple1:(mobility|recovery))?[a-z0-9/;=.,@x#:\\PC]{0,80}") {
        match Shared::read(&text) {
            Ok(read) => prop_assert_eq!(Shared::read(&read.to_text()), Ok(read)),
            Err(why) => prop_assert!(!why.to_string().contains(char::is_control)),
        }
    }
}

#[test]
fn a_week_is_read() {
    let week = Shared::read(WEEK).unwrap();
    assert_eq!((week.goal, week.sessions.len()), (Goal::Mobility, 2));
    let first = &week.sessions[0];
    assert_eq!(first.days, [Weekday::Monday, Weekday::Thursday]);
    assert_eq!(first.tools, [ToolId::FoamRoller, ToolId::Ball]);
    assert_eq!(first.areas[0], Area { region: RegionId::Calf, side: Some(Side::Left) });
    let press = Press { technique: "calf_roller".to_owned(), side: Side::Left, sets: 2, seconds: 60, felt: 4 };
    assert_eq!(first.parts[0], Part::Press(press));
    let Part::Move(times) = &first.parts[1] else { panic!("{:?}", first.parts[1]) };
    assert_eq!((times.sets, times.amount), (3, MoveAmount::Times(12)));
    let Part::Move(hold) = &first.parts[2] else { panic!("{:?}", first.parts[2]) };
    assert_eq!((hold.side, hold.amount), (Side::Right, MoveAmount::Hold(30)));
    assert_eq!(week.to_text(), WEEK);
}

/// Both sides of each bound, and every way to smuggle something in.
#[test]
fn what_is_out_of_range_twice_out_of_order_or_left_over_is_refused() {
    let with = |session: &str| Shared::read(&format!("supple1:recovery/{session}"));
    for good in [
        "2;a=calf",
        "60;a=calf",
        "9;p=x.l.1x5.1",
        "9;p=x.l.3x120.4",
        "9;p=x.m.1x5s",
        "9;p=x.r.4x120s",
        "9;p=x.b.1x1",
        "9;p=x.b.1x50",
        "mo.tu.we.th.fr.sa.su@9;a=calf",
    ] {
        assert!(with(good).is_ok(), "{good}: {:?}", with(good));
    }
    for bad in [
        "",
        "9",
        "1;a=calf",
        "61;a=calf",
        "09;a=calf",
        "+9;a=calf",
        "9 ;a=calf",
        "9;a=",
        "9;a=calf,calf",
        "9;a=calf.b",
        "9;a=calf.l.r",
        "9;a=elbow",
        "9;t=ball",
        "9;t=ball,ball;a=calf",
        "9;t=gun;a=calf",
        "9;a=calf;t=ball",
        "9;a=calf;a=lats",
        "9;a=calf;x=1",
        "9;a=calf;",
        "9;p=x.l.0x5.1",
        "9;p=x.l.4x5.1",
        "9;p=x.l.1x4.1",
        "9;p=x.l.1x121.1",
        "9;p=x.l.1x5.0",
        "9;p=x.l.1x5.5",
        "9;p=x.l.1x5.4.4",
        "9;p=x.l.5x5s",
        "9;p=x.l.1x4s",
        "9;p=x.l.1x121s",
        "9;p=x.l.1x0",
        "9;p=x.l.1x51",
        "9;p=x.l.1x5ss",
        "9;p=X.l.1x5",
        "9;p=<b>.l.1x5",
        "9;p=.l.1x5",
        "9;p=x.left.1x5",
        "tu.mo@9;a=calf",
        "mo.mo@9;a=calf",
        "@9;a=calf",
        "xx@9;a=calf",
        "9;a=calf/",
    ] {
        assert!(matches!(with(bad), Err(NotShared::Wrong { .. })), "{bad}: {:?}", with(bad));
    }
    let long = format!("9;p={}", vec!["a.l.1x5"; MOST_PARTS + 1].join(","));
    assert!(with(&long).is_err() && with(long.trim_end_matches(",a.l.1x5")).is_ok());
    let many = |count: usize| Shared::read(&format!("supple1:recovery{}", "/9;a=calf".repeat(count)));
    assert!(many(0).is_err() && many(7).is_ok() && many(8).is_err());
    assert!(Shared::read("supple1:cure/9;a=calf").is_err());
}

#[test]
fn what_is_not_ours_newer_or_too_long_is_told_apart() {
    for other in [
        "",
        "hello",
        "supple",
        "supplex:",
        "supple0:recovery/9;a=calf",
        "supple01:recovery/9;a=calf",
        "https://example.org/#",
        "Supple1:",
    ] {
        assert_eq!(Shared::read(other), Err(NotShared::NotOurs), "{other}");
    }
    assert_eq!(Shared::read("supple2:anything at all"), Err(NotShared::Newer(2)));
    let text = |bytes: usize| {
        let mut text = String::from("supple1:recovery/9;p=");
        while text.len() + "a.l.1x5,a.l.1x5".len() <= bytes {
            text.push_str("a.l.1x5,");
        }
        let rest = bytes - text.len() - ".l.1x5".len();
        text + &"a".repeat(rest) + ".l.1x5"
    };
    assert_eq!(Shared::read(&text(MOST_BYTES + 1)), Err(NotShared::TooLong(MOST_BYTES + 1)));
    assert!(!matches!(Shared::read(&text(MOST_BYTES)), Err(NotShared::TooLong(_))));
}

#[test]
fn an_error_shows_little_of_what_came() {
    let bad = format!("supple1:{}\u{7}\n", "é".repeat(60));
    let words = Shared::read(&bad).unwrap_err().to_string();
    assert!(words.contains(&"é".repeat(40)) && !words.contains(&"é".repeat(41)), "{words}");
}
