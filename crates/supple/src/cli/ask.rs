//! Asking on a terminal: one question after another, in lines that fit the window, with a way back from each.

use crate::shell::page::{lines, width};
use crate::shell::{Done, Failure};
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::Validation;
use inquire::{Confirm, InquireError, MultiSelect, Select, Text};
use std::fmt;

/// What a question came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It was answered.
    On,
    /// Esc: back to the one before.
    Back,
    /// There was nothing to ask.
    Passed,
}

/// One of several questions about the same thing.
pub type Step<D> = fn(&mut D) -> Result<Way, Failure>;

/// Asks one after another; Esc goes back to the last one that asked something.
pub fn walk<D>(draft: &mut D, steps: &[Step<D>]) -> Result<Way, Failure> {
    let (mut at, mut ahead, mut asked) = (0, true, false);
    while let Some(step) = steps.get(at) {
        match step(draft)? {
            Way::On => (ahead, asked) = (true, true),
            Way::Back => ahead = false,
            Way::Passed => {}
        }
        if ahead {
            at += 1;
        } else if at == 0 {
            return Ok(Way::Back);
        } else {
            at -= 1;
        }
    }
    Ok(if asked { Way::On } else { Way::Passed })
}

/// Sets how questions look: called once, before the first.
pub fn begin() {
    let config = RenderConfig::default().with_canceled_prompt_indicator(Styled::new("(one step back)"));
    inquire::set_global_render_config(config);
}

/// An answer; none if Esc was pressed.
pub type Answered<T> = Result<Option<T>, Failure>;

/// A row to choose, with the few words that stand behind the question once it was chosen.
pub struct Row<T> {
    pub value: T,
    text: String,
    short: String,
}

impl<T> Row<T> {
    /// A row with room for the marks before it.
    pub fn new(value: T, text: &str, short: &str) -> Self {
        Self { value, text: lines(text, width() - 8).join("\n      "), short: short.to_owned() }
    }

    /// A row that is its own answer.
    pub fn plain(value: T, text: &str) -> Self {
        Self::new(value, text, text)
    }
}

impl<T> fmt::Display for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

const ONE_HELP: &str = "up and down choose, enter goes on, Esc goes back";
const SOME_HELP: &str = "space marks, enter goes on, Esc goes back";
const FIND_HELP: &str = "type to find, space marks, enter goes on, Esc goes back";
const TYPE_HELP: &str = "Esc goes back";

/// What is said under or over a question, in lines that fit.
fn note(text: &str) -> String {
    lines(text, width() - 4).join("\n  ")
}

/// An answer that cannot be used, and what can.
fn refused(why: &str) -> Validation {
    Validation::Invalid(note(why).into())
}

fn answered<T>(result: Result<T, InquireError>) -> Answered<T> {
    match result {
        Ok(answer) => Ok(Some(answer)),
        Err(InquireError::OperationCanceled) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// One of a few.
pub fn one_of<T>(question: &str, rows: Vec<Row<T>>) -> Answered<T> {
    let formatter = |row: ListOption<&Row<T>>| row.value.short.clone();
    let page = rows.len();
    let select = Select::new(&note(question), rows)
        .without_filtering()
        .with_page_size(page)
        .with_help_message(ONE_HELP)
        .with_formatter(&formatter)
        .prompt();
    Ok(answered(select)?.map(|row| row.value))
}

/// Any number of a few, none too.
pub fn some_of<T>(question: &str, rows: Vec<Row<T>>, marked: &[usize]) -> Answered<Vec<T>> {
    let page = rows.len();
    several(question, rows, marked, page, true)
}

/// Any number of many, to be found by typing.
pub fn find_some_of<T>(question: &str, rows: Vec<Row<T>>, marked: &[usize]) -> Answered<Vec<T>> {
    let page = rows.len().min(crate::shell::page::height().saturating_sub(6));
    several(question, rows, marked, page, false)
}

fn several<T>(question: &str, rows: Vec<Row<T>>, marked: &[usize], page: usize, few: bool) -> Answered<Vec<T>> {
    let formatter = |rows: &[ListOption<&Row<T>>]| {
        let names: Vec<&str> = rows.iter().map(|row| row.value.short.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let question = note(question);
    let select = MultiSelect::new(&question, rows)
        .with_page_size(page)
        .with_default(marked)
        .with_formatter(&formatter)
        .with_help_message(if few { SOME_HELP } else { FIND_HELP });
    let select = if few { select.without_filtering() } else { select };
    Ok(answered(select.prompt())?.map(|rows| rows.into_iter().map(|row| row.value).collect()))
}

/// At least one of a few; `hint` is what is said to somebody who marks none.
pub fn at_least_one_of<T>(question: &str, rows: Vec<Row<T>>, marked: &[usize], hint: &str) -> Answered<Vec<T>> {
    let formatter =
        |rows: &[ListOption<&Row<T>>]| rows.iter().map(|row| row.value.short.as_str()).collect::<Vec<_>>().join(", ");
    let hint = hint.to_owned();
    let validator =
        move |rows: &[ListOption<&Row<T>>]| Ok(if rows.is_empty() { refused(&hint) } else { Validation::Valid });
    let (question, page) = (note(question), rows.len());
    let select = MultiSelect::new(&question, rows)
        .without_filtering()
        .with_page_size(page)
        .with_default(marked)
        .with_help_message(SOME_HELP)
        .with_formatter(&formatter)
        .with_validator(validator);
    Ok(answered(select.prompt())?.map(|rows| rows.into_iter().map(|row| row.value).collect()))
}

/// Which of a card's lines are so; saying none takes a mark of its own, so that no key pressed once too often
/// answers a whole card.
pub fn any_of<T>(question: &str, rows: Vec<Row<T>>) -> Answered<Vec<T>> {
    let mut all: Vec<Row<Option<T>>> =
        rows.into_iter().map(|row| Row { value: Some(row.value), text: row.text, short: row.short }).collect();
    all.push(Row { value: None, text: "None of these".to_owned(), short: String::new() });
    let last = all.len() - 1;
    let formatter = |rows: &[ListOption<&Row<Option<T>>>]| {
        let marked = rows.iter().filter(|row| row.value.value.is_some()).count();
        if marked == 0 { "none of these".to_owned() } else { format!("{marked} marked") }
    };
    let validator = |rows: &[ListOption<&Row<Option<T>>>]| {
        let none = rows.iter().any(|row| row.value.value.is_none());
        let some = rows.iter().any(|row| row.value.value.is_some());
        Ok(match (none, some) {
            (false, false) => refused("mark what is so, or None of these, with the space bar"),
            (true, true) => refused("take the mark off None of these, or off the others"),
            _ => Validation::Valid,
        })
    };
    let question = note(question);
    let select = MultiSelect::new(&question, all)
        .without_filtering()
        .with_page_size(last + 1)
        .with_starting_cursor(last)
        .with_help_message("space marks what is so or may be so, enter goes on, Esc goes back")
        .with_formatter(&formatter)
        .with_validator(validator);
    Ok(answered(select.prompt())?.map(|rows| rows.into_iter().filter_map(|row| row.value).collect()))
}

/// Yes or no; nothing is taken for granted.
pub fn yes_no(question: &str) -> Answered<bool> {
    one_of(question, vec![Row::plain(false, "No"), Row::plain(true, "Yes")])
}

/// Yes, unless it is said otherwise: for what changes nothing.
pub fn still_so(question: &str) -> Answered<bool> {
    let question = note(question);
    answered(Confirm::new(&question).with_default(true).with_help_message(TYPE_HELP).prompt())
}

/// Something typed. `read` turns it into an answer, or says what is allowed.
pub fn typed<T>(
    question: &str,
    help: &str,
    default: Option<&str>,
    read: impl Fn(&str) -> Result<T, String> + Clone + 'static,
) -> Answered<T> {
    let (question, help) = (note(question), note(&format!("{help}; {TYPE_HELP}")));
    let check = {
        let read = read.clone();
        move |text: &str| Ok(read(text.trim()).map_or_else(|why| refused(&why), |_| Validation::Valid))
    };
    let mut text = Text::new(&question).with_help_message(&help).with_validator(check);
    if let Some(default) = default {
        text = text.with_default(default);
    }
    match answered(text.prompt())? {
        Some(text) => read(text.trim()).map(Some).map_err(Failure::bad_input),
        None => Ok(None),
    }
}

/// A few words between the questions, with a line free before them.
pub fn say(text: &str) -> Result<Done, Failure> {
    super::print_line("")?;
    super::print_line(&lines(text, width()).join("\n"))
}
