//! The check-in that asks, with real keys on a terminal of 80 by 24.

use crate::home::Home;
use crate::terminal::{CTRL_C, ENTER, ESC, Terminal, there_is_one};

/// On a card the cursor stands on "None of these"; down from there is the first line.
const NONE_OF_THESE: &str = " \r";
const FIRST_LINE: &str = "\x1b[B \r";

/// Answers everything before the cards: a medium roller, ten minutes of mobility, tight calves.
fn up_to_the_cards(terminal: &mut Terminal) {
    terminal.at("How old are you?", "34\r");
    terminal.at("What do you weigh", ENTER);
    terminal.at("What do you have at hand?", " \r");
    terminal.at("How firm is it: foam roller?", "\x1b[B\r");
    terminal.at("Where can you roll?", ENTER);
    terminal.at("should be left out?", ENTER);
    terminal.at("What is it for?", "\x1b[B\r");
    terminal.at("How many minutes", ENTER);
    terminal.at("Where are you sore?", ENTER);
    terminal.at("Where do you feel tight?", " \r");
    terminal.at("calf: which side?", ENTER);
    terminal.at("Anywhere else", ENTER);
}

/// Goes through the cards; `answer` gets the lines of each and types.
fn cards(terminal: &mut Terminal, mut answer: impl FnMut(&mut Terminal, &str)) {
    terminal.until("1 of ");
    let number = terminal.until(". ");
    let number: usize = number.trim_end_matches(". ").parse().expect("how many cards there are");
    for card in 1..=number {
        if card > 1 {
            terminal.until(&format!("{card} of {number}. "));
        }
        let lines = terminal.until("None of these");
        answer(terminal, &lines);
    }
}

#[test]
fn a_new_user_with_a_roller_gets_a_plan() {
    if !there_is_one() {
        return;
    }
    let home = Home::new();
    let mut terminal = Terminal::open(&home, "check-in");
    terminal.until("Welcome");
    up_to_the_cards(&mut terminal);
    cards(&mut terminal, |terminal, _| terminal.types(NONE_OF_THESE));
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("Calf on the roller, left"), "{shown}");
    assert!(shown.contains("supple guide"), "{shown}");
    assert!(!shown.contains("Under 18"), "the age was said: {shown}");
    let plan = home.run(&["plan", "--json"]).ok().json();
    assert_eq!(plan["plan"]["blocks"][0]["region"], "calf", "{plan}");

    // The next time only what is of the day is asked.
    let mut terminal = Terminal::open(&home, "check-in");
    terminal.at("Same things as last time (foam roller)?", ENTER);
    terminal.at("As you said earlier today: mobility, 10 min, calf", ENTER);
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("None of these"), "every answer still holds: {shown}");
}

#[test]
fn a_card_is_not_answered_by_a_key_too_many() {
    if !there_is_one() {
        return;
    }
    let home = Home::new();
    let mut terminal = Terminal::open(&home, "check-in");
    up_to_the_cards(&mut terminal);
    terminal.at("None of these", ENTER);
    terminal.until("mark what is so, or None of these");
    // Ctrl-C in the middle keeps what was answered before, and says so.
    terminal.at("None of these", CTRL_C);
    let (code, shown) = terminal.end();
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("is kept") && shown.contains("supple check-in"), "{shown}");
    let export = home.run(&["log", "export", "-"]).ok().out;
    assert!(export.contains("\"checked_in\"") && export.contains("foam_roller"), "{export}");
    assert!(!export.contains("rf_pe_signs"), "no card was answered: {export}");
    home.run(&["plan"]).with_code(3).says(&["One question first", "supple check-in"]);
}

#[test]
fn esc_goes_one_step_back_and_the_last_answer_counts() {
    if !there_is_one() {
        return;
    }
    let home = Home::new();
    let mut terminal = Terminal::open(&home, "check-in");
    terminal.at("How old are you?", "43\r");
    terminal.at("What do you weigh", ESC);
    terminal.at("How old are you?", "x\r");
    terminal.at("a whole number of years", "\x7f34\r");
    terminal.at("What do you weigh", "700\r");
    terminal.at("20 to 350", "\x7f\r");
    terminal.at("What do you have at hand?", ENTER);
    terminal.at("mark at least one", " \r");
    terminal.at("How firm is it", CTRL_C);
    let (code, _) = terminal.end();
    assert_eq!(code, 1);
    let export = home.run(&["log", "export", "-"]).ok().out;
    assert!(export.contains("\"age_years\":34") && export.contains("70"), "{export}");
    // What is known is not asked again.
    let mut terminal = Terminal::open(&home, "check-in");
    terminal.at("What do you have at hand?", CTRL_C);
    let (_, shown) = terminal.end();
    assert!(!shown.contains("How old") && !shown.contains("weigh"), "{shown}");
}

#[test]
fn an_urgent_sign_ends_the_questions() {
    if !there_is_one() {
        return;
    }
    let home = Home::new();
    let mut terminal = Terminal::open(&home, "check-in");
    up_to_the_cards(&mut terminal);
    terminal.at("None of these", FIRST_LINE);
    terminal.at("Your answer?", ENTER);
    let (code, shown) = terminal.end();
    assert_eq!(code, 4, "{shown}");
    assert!(shown.contains("Get help first") && !shown.contains("2 of "), "{shown}");
}

#[test]
fn a_place_that_was_marked_is_left_out_and_the_others_are_not() {
    if !there_is_one() {
        return;
    }
    let home = Home::new();
    let mut terminal = Terminal::open(&home, "check-in");
    up_to_the_cards(&mut terminal);
    cards(&mut terminal, |terminal, lines| {
        if !lines.contains("Cut, graze") {
            return terminal.types(NONE_OF_THESE);
        }
        terminal.types(FIRST_LINE);
        terminal.at("Your answer?", ENTER);
        // The second of the places is the right calf.
        terminal.at("Where?", "\x1b[B \r");
    });
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    let plan = home.run(&["plan", "--json"]).ok().json();
    let sides: Vec<&str> =
        plan["plan"]["blocks"].as_array().unwrap().iter().filter_map(|block| block["side"].as_str()).collect();
    assert!(sides.contains(&"left") && !sides.contains(&"right") && !sides.contains(&"both"), "{plan}");
}
