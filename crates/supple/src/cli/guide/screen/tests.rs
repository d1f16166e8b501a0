use super::draw::draw;
use super::keep::{Events, Keep, Kept};
use super::paint::Paint;
use super::player::{Player, Wake, ended_by_sign};
use super::scene::Scene;
use crate::shell::Failure;
use jiff::Zoned;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use supple_core::assess::Assessment;
use supple_core::contract::{PlanRequest, decide};
use supple_core::event::EventBody;
use supple_core::gate::admit;
use supple_core::guide::{FeltWord, Input, PhaseName, Session, StopReason};
use supple_core::knowledge::StopSignalId;
use supple_core::unit::Felt;

/// A session as the contract plans it; two sets of calf and thigh on the roller.
fn session() -> Session {
    session_with("foam_roller", "calf")
}

fn session_with(tool: &str, want: &str) -> Session {
    let knowledge = supple_knowledge::embedded();
    let request: PlanRequest = serde_json::from_value(serde_json::json!({
        "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "seed": 1, "minutes": 10, "goal": "mobility",
        "tools": [tool], "person": {"age_years": 34}, "first_session": false,
        "screen": {"default": "no", "answers": {}}, "wants": [want],
    }))
    .expect("the request is well formed");
    let assessment = Assessment::from_request(&request, knowledge).expect("the request names what there is");
    let (judgement, plan) = decide(knowledge, &assessment);
    let (plan, clearance) = (plan.expect("a plan"), judgement.verdict.clearance().expect("a clearance"));
    let (goal, minutes) = (assessment.goal, assessment.minutes);
    let admitted =
        admit(knowledge, clearance, None, goal, minutes, &plan.doses()).expect("what is planned is allowed");
    Session::start("test".into(), &admitted, knowledge).0
}

/// A log in memory, on a disk that may be full.
#[derive(Default)]
struct Book {
    full: bool,
    slow: bool,
    writing: Events,
    asked: u32,
    kept: Vec<EventBody>,
}

impl Keep for Book {
    fn now(&self) -> Zoned {
        "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().expect("a time")
    }

    fn keep(&mut self, events: Events) -> Kept {
        self.asked += 1;
        if self.full {
            return Kept::No(Failure::error("the disk is full"));
        }
        assert!(self.writing.is_empty(), "one handful at a time");
        self.writing = events;
        self.answer()
    }

    fn answer(&mut self) -> Kept {
        if self.slow {
            return Kept::NotYet;
        }
        self.kept.extend(self.writing.drain(..).map(|event| event.1));
        Kept::Yes
    }
}

/// Lets the time pass, tick by tick, until the phase is there.
fn until(player: &mut Player, book: &mut Book, phase: PhaseName, now: &mut u64) {
    for _ in 0..100_000 {
        if player.view().phase == phase {
            return;
        }
        *now += 250;
        player.step(Input::Tick, *now, book);
    }
    panic!("{phase:?} never came");
}

/// What is on the screen at each phase, in the order of a session.
fn scenes(session: &mut Session) -> Vec<Scene> {
    let (mut book, mut now) = (Book::default(), 0);
    let mut player = Player::new(session);
    let mut scenes = Vec::new();
    let mut add = |player: &Player| scenes.push(player.scene(Paint::new(true)));
    player.step(Input::Tick, now, &mut book);
    for phase in [PhaseName::SetUp, PhaseName::LeadIn, PhaseName::Work] {
        until(&mut player, &mut book, phase, &mut now);
        add(&player);
    }
    // Something to say, and the tool half way.
    for _ in 0..45 {
        now += 250;
        player.step(Input::Tick, now, &mut book);
    }
    add(&player);
    for input in [Input::Pause, Input::Resume, Input::Felt(Felt::of(8)), Input::Ready, Input::Stop] {
        player.step(input, now, &mut book);
        add(&player);
    }
    player.step(Input::StopReason(StopReason::Mistake), now, &mut book);
    for phase in [PhaseName::Rest, PhaseName::Asking] {
        until(&mut player, &mut book, phase, &mut now);
        add(&player);
    }
    player.step(Input::Signal(StopSignalId::SharpOrElectric), now, &mut book);
    add(&player);
    player.step(Input::Signal(StopSignalId::DizzyOrChest), now, &mut book);
    add(&player);
    player.notice(true);
    add(&player);
    scenes
}

fn screen(scene: &Scene, width: u16, height: u16) -> (Buffer, String) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal in memory");
    terminal.draw(|frame| draw(scene, frame.area(), frame.buffer_mut())).expect("it draws");
    let buffer = terminal.backend().buffer().clone();
    let rows = buffer.content.chunks(usize::from(width));
    let text = rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect();
    (buffer, text)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_stop_key_is_on_every_screen_in_every_state() {
    for scene in scenes(&mut session()) {
        for (width, height) in [(80, 24), (120, 40), (60, 20), (50, 15), (30, 8), (12, 2)] {
            let (_, text) = screen(&scene, width, height);
            let hint = text.contains("s STOP") || text.contains("s  STOP");
            assert!(hint, "{:?} at {width}x{height}:\n{text}", scene.view.phase);
        }
    }
}

#[test]
fn every_size_down_to_nothing_is_drawn_without_a_panic() {
    for scene in scenes(&mut session()) {
        for width in (0..40).chain([46, 75, 76, 80, 100, 112, 250]) {
            for height in (0..30).chain([40, 100]) {
                draw(&scene, Rect::new(0, 0, width, height), &mut Buffer::empty(Rect::new(0, 0, width, height)));
            }
        }
        // A window that shrank between the question for its size and the drawing.
        draw(&scene, Rect::new(0, 0, 80, 24), &mut Buffer::empty(Rect::new(0, 0, 20, 5)));
    }
}

#[test]
fn the_states_of_a_session_are_told_apart_by_a_word() {
    let found: Vec<PhaseName> = scenes(&mut session()).iter().map(|scene| scene.view.phase).collect();
    use PhaseName as P;
    let expected = [
        P::SetUp,
        P::LeadIn,
        P::Work,
        P::Work,
        P::Paused,
        P::Work,
        P::Off,
        P::Work,
        P::Stopped,
        P::Rest,
        P::Asking,
        P::SetUp,
        P::Ended,
        P::Ended,
    ];
    assert_eq!(found, expected);
    let told = [
        "SET UP",
        "GET READY",
        "ROLL",
        "ROLL",
        "PAUSED",
        "ROLL",
        "PRESSURE OFF",
        "ROLL",
        "STOPPED",
        "REST",
        "LIFT OFF",
    ];
    for (scene, word) in scenes(&mut session()).iter().zip(told) {
        for (width, height) in [(80, 24), (120, 40), (60, 20), (30, 8)] {
            let (_, text) = screen(scene, width, height);
            let shown = text.contains(word) || (word == "STOPPED" && text.contains("What happened?"));
            assert!(shown, "{word} at {width}x{height}:\n{text}");
        }
    }
}

#[test]
fn what_to_do_is_never_cut_at_80_by_24_whatever_the_technique() {
    let knowledge = supple_knowledge::embedded();
    let mut scene = scenes(&mut session()).remove(0);
    for technique in knowledge.techniques.values() {
        let line = |text: &str| format!("{}. ", text.trim_end_matches('.'));
        let now = [&technique.position, &technique.setup].map(|text| line(text)).concat();
        let travel = format!("Look for a tender spot from {} to {}.", technique.line.from, technique.line.to);
        scene.view.now = words(&(now + &travel));
        scene.view.technique_name.clone_from(&technique.name);
        scene.view.seconds_left = 120;
        let (_, text) = screen(&scene, 80, 24);
        let column: String = text.lines().map(|row| row.chars().skip(28).collect::<String>() + " ").collect();
        assert!(words(&column).contains(&scene.view.now), "{}:\n{text}", technique.name);
        assert!(words(&column).contains(&technique.name), "{}:\n{text}", technique.name);
    }
}

#[test]
fn every_word_at_80_by_24_is_a_whole_word() {
    for (i, scene) in scenes(&mut session()).iter().enumerate() {
        let (_, narrow) = screen(scene, 80, 24);
        let (_, wide) = screen(scene, 250, 60);
        let known: Vec<&str> = wide.split_whitespace().collect();
        let is_word = |word: &&str| word.chars().all(|c| c.is_ascii_alphanumeric() || ".,:;'?-".contains(c));
        let cut: Vec<&str> = narrow.split_whitespace().filter(is_word).filter(|word| !known.contains(word)).collect();
        assert!(cut.is_empty(), "scene {i}: {cut:?} in\n{narrow}");
    }
}

#[test]
fn only_stop_is_red_and_without_colours_nothing_is_coloured() {
    for mut scene in scenes(&mut session()) {
        let (buffer, _) = screen(&scene, 80, 24);
        for (i, cell) in buffer.content.iter().enumerate() {
            let (x, y) = (i % 80, i / 80);
            let red = [cell.fg, cell.bg].iter().any(|c| matches!(c, Color::Red | Color::LightRed));
            assert!(!red || (x < 14 && y >= 21), "red at {x}, {y} in {:?}", scene.view.phase);
        }
        assert!(buffer.content.iter().any(|cell| cell.bg == Color::Red));
        scene.paint = Paint::new(false);
        let (buffer, _) = screen(&scene, 80, 24);
        assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    }
}

#[test]
fn after_a_stop_every_answer_is_shown_with_its_number() {
    let scene =
        scenes(&mut session()).into_iter().find(|scene| scene.view.phase == PhaseName::Stopped).expect("a stop");
    for (width, height) in [(80, 24), (120, 40), (60, 20), (50, 15)] {
        let (_, text) = screen(&scene, width, height);
        for answer in super::keys::ANSWERS {
            assert!(text.contains(&format!(" {}   {}", answer.key, answer.short)), "{width}x{height}:\n{text}");
        }
        assert!(width == 50 || width == 60 || text.contains("seconds to answer"), "{text}");
    }
    let (_, text) = screen(&scene, 30, 8);
    for answer in super::keys::ANSWERS {
        assert!(text.contains(&format!("{} {}", answer.key, answer.shortest)), "{text}");
    }
}

#[test]
fn after_dizziness_the_advice_is_on_the_screen_and_stays() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let mut book = Book::default();
    player.step(Input::Tick, 0, &mut book);
    player.step(Input::Stop, 10, &mut book);
    player.step(Input::StopReason(StopReason::Signal(StopSignalId::DizzyOrChest)), 20, &mut book);
    let scene = player.scene(Paint::new(true));
    assert!(ended_by_sign(&scene));
    let (_, text) = screen(&scene, 80, 24);
    assert!(words(&text).contains("call the emergency number"), "{text}");
    assert!(words(&text).contains("get medical help today"), "{text}");
    player.step(Input::Tick, 600_000, &mut book);
    assert_eq!(screen(&player.scene(Paint::new(true)), 80, 24).1, text);
}

#[test]
fn a_full_disk_ends_pressure_and_nothing_that_happened_is_lost() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let (mut book, mut now) = (Book::default(), 0);
    player.step(Input::Tick, now, &mut book);
    until(&mut player, &mut book, PhaseName::Work, &mut now);
    book.full = true;
    player.step(Input::Stop, now + 1000, &mut book);
    player.step(Input::StopReason(StopReason::Signal(StopSignalId::SharpOrElectric)), now + 2000, &mut book);
    assert_eq!(player.view().phase, PhaseName::Paused);
    assert!(player.has_unsaved() && book.kept.is_empty());
    let (_, text) = screen(&player.scene(Paint::new(true)), 80, 24);
    assert!(text.contains("Not written down yet") && words(&text).contains("the disk is full"), "{text}");
    // Nobody is led on while nothing can be written down.
    player.step(Input::Resume, now + 3000, &mut book);
    assert_eq!(player.view().phase, PhaseName::Paused);
    // Stop works all the same, and does not wait for the disk.
    let asked = book.asked;
    player.step(Input::Stop, now + 4000, &mut book);
    assert_eq!(book.asked, asked);
    assert_eq!(player.view().phase, PhaseName::Stopped);
    player.step(Input::StopReason(StopReason::Mistake), now + 5000, &mut book);
    book.full = false;
    player.step(Input::Resume, now + 6000, &mut book);
    assert!(!player.has_unsaved());
    assert_eq!(player.view().phase, PhaseName::SetUp);
    assert!(
        matches!(book.kept.as_slice(), [EventBody::StopSignalled(_), EventBody::BlockFinished(_)]),
        "{:?}",
        book.kept
    );
}

#[test]
fn a_slow_disk_makes_the_session_wait_and_the_stop_key_not() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let (mut book, mut now) = (Book { slow: true, ..Book::default() }, 0);
    player.step(Input::Tick, now, &mut book);
    until(&mut player, &mut book, PhaseName::Work, &mut now);
    player.step(Input::Skip, now, &mut book);
    assert_eq!(player.view().phase, PhaseName::Paused);
    player.step(Input::Resume, now, &mut book);
    assert_eq!(player.view().phase, PhaseName::Paused);
    player.step(Input::Stop, now, &mut book);
    assert_eq!(player.view().phase, PhaseName::Stopped);
    player.step(Input::StopReason(StopReason::Signal(StopSignalId::DizzyOrChest)), now, &mut book);
    assert!(player.has_unsaved() && book.kept.is_empty());
    book.slow = false;
    player.step(Input::Tick, now + 20_000, &mut book);
    assert!(!player.has_unsaved());
    let kept = book.kept.as_slice();
    use EventBody as E;
    let expected = matches!(kept, [E::BlockFinished(_), E::StopSignalled(_), E::SessionEnded(_)]);
    assert!(expected, "{kept:?}");
}

#[test]
fn a_computer_that_slept_guides_nobody_meanwhile() {
    // Some systems' steady clock runs on in sleep, others' stands still.
    for (steady_ms, wall_ms) in [(3_600_000, 3_600_000), (100, 3_600_000)] {
        let mut session = session();
        let mut player = Player::new(&mut session);
        let (mut book, mut now) = (Book::default(), 0);
        player.step(Input::Tick, now, &mut book);
        until(&mut player, &mut book, PhaseName::Work, &mut now);
        player.awake(Wake { steady_ms: now, wall_ms: now }, &mut book);
        let before = player.view();
        let (steady_ms, wall_ms) = (now + steady_ms, now + wall_ms);
        player.awake(Wake { steady_ms, wall_ms }, &mut book);
        let after = player.view();
        assert_eq!((after.phase, after.interrupted), (PhaseName::Paused, Some(PhaseName::Work)));
        assert_eq!(after.session_seconds_left, before.session_seconds_left);
        let (_, text) = screen(&player.scene(Paint::new(true)), 80, 24);
        assert!(text.contains("asleep or busy"), "{text}");
        player.step(Input::Stop, steady_ms, &mut book);
        assert_eq!(player.view().phase, PhaseName::Stopped);
    }
}

#[test]
fn a_short_gap_is_no_sleep() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let mut book = Book::default();
    player.step(Input::Tick, 0, &mut book);
    player.awake(Wake { steady_ms: 0, wall_ms: 50_000 }, &mut book);
    // The clock on the wall was set back an hour; the steady one says what passed.
    player.awake(Wake { steady_ms: 5_000, wall_ms: 0 }, &mut book);
    assert_eq!(player.view().phase, PhaseName::SetUp);
}

#[test]
fn the_bell_rings_when_pressure_begins_and_ends() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let mut book = Book::default();
    assert!(!player.step(Input::Tick, 0, &mut book));
    player.step(Input::Ready, 0, &mut book);
    assert!(!player.step(Input::Tick, 4_999, &mut book));
    assert!(player.step(Input::Tick, 5_000, &mut book));
    assert!(!player.step(Input::Tick, 6_000, &mut book));
    assert!(player.step(Input::Felt(Felt::of(7)), 7_000, &mut book));
    assert!(player.step(Input::End, 8_000, &mut book));
}

#[test]
fn the_tool_travels_out_and_back_and_stands_still_in_a_pause() {
    let at = |player: &Player| {
        let (_, text) = screen(&player.scene(Paint::new(true)), 80, 24);
        let line = text.lines().find(|line| line.contains("back ◂"))?.to_owned();
        line.chars().skip_while(|&c| c != '◂').position(|c| c == '●')
    };
    let mut session = session();
    let mut player = Player::new(&mut session);
    let mut book = Book::default();
    player.step(Input::Tick, 0, &mut book);
    player.step(Input::Ready, 0, &mut book);
    player.step(Input::Tick, 5_000, &mut book);
    let begin = at(&player);
    player.step(Input::Tick, 6_000, &mut book);
    let on_its_way = at(&player);
    assert!(on_its_way > begin, "{on_its_way:?} {begin:?}");
    player.step(Input::Pause, 6_000, &mut book);
    assert_eq!(at(&player), None);
    player.step(Input::Tick, 60_000, &mut book);
    player.step(Input::Resume, 60_000, &mut book);
    assert_eq!(at(&player), on_its_way);
}

#[test]
fn how_strong_it_was_is_asked_in_a_rest_until_it_is_answered() {
    let mut session = session();
    let mut player = Player::new(&mut session);
    let (mut book, mut now) = (Book::default(), 0);
    player.step(Input::Tick, now, &mut book);
    until(&mut player, &mut book, PhaseName::Rest, &mut now);
    let text = |player: &Player| screen(&player.scene(Paint::new(true)), 80, 24).1;
    assert!(text(&player).contains("│could be more│ │ just right  │ │  too much   │"), "{}", text(&player));
    player.step(Input::FeltWord(FeltWord::JustRight), now, &mut book);
    assert!(!text(&player).contains('│') && text(&player).matches("Noted.").count() == 1, "{}", text(&player));
}
