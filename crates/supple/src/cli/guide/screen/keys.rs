//! Which key means what, where.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use supple_core::guide::{FeltWord, Input, InputName, PhaseName, StopReason};
use supple_core::knowledge::StopSignalId;
use supple_core::unit::Felt;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// An input to the session.
    Say(Input),
    /// After the end: something is noticed only now.
    Notice,
    /// Nothing was noticed after all.
    CloseSheet,
    /// Back to the shell.
    Leave,
}

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before, between and under pressure; paused and off, too.
    Playing {
        /// Whether the clocks stand still.
        still: bool,
    },
    /// After a stop: what happened?
    Stopped,
    /// After the end, something was noticed: what?
    Noticing,
    /// After the end. Advice that matters is left by `enter` or `q` alone, not by whatever key a hand falls on.
    Over {
        /// Whether there is such advice.
        advice: bool,
    },
}

impl Place {
    /// The place of a phase.
    pub const fn of(phase: PhaseName, noticing: bool, advice: bool) -> Self {
        match phase {
            PhaseName::Ended if noticing => Self::Noticing,
            PhaseName::Ended => Self::Over { advice },
            PhaseName::Stopped => Self::Stopped,
            PhaseName::Paused | PhaseName::Off => Self::Playing { still: true },
            _ => Self::Playing { still: false },
        }
    }
}

/// What this key means here; nothing if it means nothing.
pub fn press(key: KeyEvent, place: Place) -> Option<Press> {
    let code = match key.code {
        KeyCode::Char(letter) => KeyCode::Char(letter.to_ascii_lowercase()),
        other => other,
    };
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let interrupt = control && code == KeyCode::Char('c');
    if control && !interrupt && place != (Place::Over { advice: false }) {
        return None;
    }
    // A terminal sends Esc and a quick letter behind it as one key. Esc is what counts.
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match place {
        Place::Playing { still } if interrupt || alt => playing(KeyCode::Esc, still),
        Place::Playing { still } => playing(code, still),
        Place::Stopped if interrupt => Some(Press::Say(Input::StopReason(StopReason::JustFinished))),
        Place::Stopped => stopped(code),
        Place::Noticing if interrupt => Some(Press::Leave),
        Place::Noticing => noticing(code),
        Place::Over { .. } if interrupt => Some(Press::Leave),
        Place::Over { advice } => match code {
            KeyCode::Char('s') => Some(Press::Notice),
            KeyCode::Enter | KeyCode::Char('q') => Some(Press::Leave),
            _ => Some(Press::Leave).filter(|_| !advice),
        },
    }
}

fn playing(code: KeyCode, still: bool) -> Option<Press> {
    let input = match code {
        // The largest key is stop as well: it is found without looking.
        KeyCode::Esc | KeyCode::Char('s' | ' ' | 'q') => Input::Stop,
        KeyCode::Enter => Input::Ready,
        KeyCode::Char('l') => Input::Lighter,
        KeyCode::Char('p') if still => Input::Resume,
        KeyCode::Char('p') => Input::Pause,
        KeyCode::Char('k') => Input::Skip,
        KeyCode::Char('h') => Input::Shorten,
        KeyCode::Char('+' | '=') => Input::AddTime,
        KeyCode::Char('u') => Input::FeltWord(FeltWord::CouldBeMore),
        KeyCode::Char('j') => Input::FeltWord(FeltWord::JustRight),
        KeyCode::Char('t') => Input::FeltWord(FeltWord::TooMuch),
        KeyCode::Char('e') => Input::End,
        KeyCode::Char(digit) => Input::Felt(Felt::new(u8::try_from(digit.to_digit(10)?).ok()?).ok()?),
        _ => return None,
    };
    Some(Press::Say(input))
}

fn stopped(code: KeyCode) -> Option<Press> {
    let input = match code {
        KeyCode::Esc | KeyCode::Char('s' | ' ') => Input::Stop,
        KeyCode::Char('q') => Input::StopReason(StopReason::JustFinished),
        KeyCode::Char('e') => Input::End,
        // Somebody who types how strong it was means this and not a mistake.
        KeyCode::Char('t' | '7' | '8' | '9') => Input::StopReason(StopReason::Signal(StopSignalId::TooStrong)),
        KeyCode::Char(digit) => Input::StopReason(ANSWERS.iter().find(|answer| answer.key == digit)?.reason),
        _ => return None,
    };
    Some(Press::Say(input))
}

fn noticing(code: KeyCode) -> Option<Press> {
    match stopped(code) {
        Some(Press::Say(Input::StopReason(StopReason::Signal(_)))) => stopped(code),
        Some(Press::Say(Input::Stop)) => None,
        Some(_) => Some(Press::CloseSheet),
        None => Some(Press::CloseSheet).filter(|_| code == KeyCode::Enter),
    }
}

/// What may have happened, as the sheet after a stop asks it.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Its key.
    pub key: char,
    /// For a few columns.
    pub shortest: &'static str,
    /// In a few words.
    pub short: &'static str,
    /// What it tells the session.
    pub reason: StopReason,
}

/// The answers in the order shown. The mistake has its own key at the other end of the row: it alone leads back
/// under pressure.
pub const ANSWERS: [Answer; 7] = [
    answer('1', "Sharp, electric, numb", "Sharp or electric pain, tingling, numbness", StopSignalId::SharpOrElectric),
    answer('2', "Pins, white, blue", "Hand or foot: pins and needles, white, blue", StopSignalId::LimbPinsOrColour),
    answer('3', "Too strong", "Too strong, held my breath, tensed up", StopSignalId::TooStrong),
    answer('4', "Dizzy, chest, breath", "Dizzy, sick; chest, breath, heart or sight", StopSignalId::DizzyOrChest),
    answer('5', "Swelling or bruise", "New swelling, a lump or a bruise", StopSignalId::SwellingOrBruise),
    Answer {
        key: '6',
        shortest: "Just finish",
        short: "Nothing happened: I just finish here",
        reason: StopReason::JustFinished,
    },
    Answer { key: '0', shortest: "Mistake: go on", short: "Pressed by mistake: go on", reason: StopReason::Mistake },
];

const fn answer(key: char, shortest: &'static str, short: &'static str, signal: StopSignalId) -> Answer {
    Answer { key, shortest, short, reason: StopReason::Signal(signal) }
}

/// A key as the keys line shows it.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    /// The key.
    pub key: &'static str,
    /// What it does.
    pub does: &'static str,
    /// The input it stands for: it is shown dim while that does nothing.
    pub input: InputName,
}

/// The keys while a session is played, four to a row.
pub const HINTS: [Hint; 11] = [
    hint("enter", "ready", InputName::Ready),
    hint("l", "lighter", InputName::Lighter),
    hint("p", "pause", InputName::Pause),
    hint("+", "10 s more", InputName::AddTime),
    hint("t", "too much", InputName::Felt),
    hint("j", "just right", InputName::Felt),
    hint("u", "could be more", InputName::Felt),
    hint("0-9", "how strong", InputName::Felt),
    hint("h", "shorten", InputName::Shorten),
    hint("k", "skip", InputName::Skip),
    hint("e", "end", InputName::End),
];

const fn hint(key: &'static str, does: &'static str, input: InputName) -> Hint {
    Hint { key, does, input }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    fn control(letter: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)
    }

    #[test]
    fn one_key_stops_whatever_holds() {
        let stop = Some(Press::Say(Input::Stop));
        for still in [false, true] {
            let place = Place::Playing { still };
            for code in [KeyCode::Char('s'), KeyCode::Char('S'), KeyCode::Char(' '), KeyCode::Esc] {
                assert_eq!(press(key(code), place), stop);
                assert_eq!(press(key(code), Place::Stopped), stop);
            }
            assert_eq!(press(key(KeyCode::Char('q')), place), stop);
            assert_eq!(press(control('c'), place), stop);
            let esc_and_digit = KeyEvent::new(KeyCode::Char('1'), KeyModifiers::ALT);
            assert_eq!(press(esc_and_digit, place), stop);
        }
    }

    #[test]
    fn the_second_ctrl_c_ends_the_session() {
        let finished = Some(Press::Say(Input::StopReason(StopReason::JustFinished)));
        assert_eq!(press(control('c'), Place::Stopped), finished);
        assert_eq!(press(key(KeyCode::Char('q')), Place::Stopped), finished);
    }

    #[test]
    fn a_felt_7_typed_after_a_stop_never_goes_back_under_pressure() {
        let too_strong = Some(Press::Say(Input::StopReason(StopReason::Signal(StopSignalId::TooStrong))));
        for digit in ['3', '7', '8', '9', 't'] {
            assert_eq!(press(key(KeyCode::Char(digit)), Place::Stopped), too_strong);
        }
        let back = |code| {
            matches!(press(key(code), Place::Stopped), Some(Press::Say(Input::StopReason(StopReason::Mistake))))
        };
        let all = (0..=127_u8).map(|byte| KeyCode::Char(char::from(byte)));
        let back: Vec<_> =
            all.chain([KeyCode::Enter, KeyCode::Esc, KeyCode::Tab]).filter(|&code| back(code)).collect();
        assert_eq!(back, [KeyCode::Char('0')]);
    }

    #[test]
    fn after_the_end_any_key_leaves_unless_there_is_advice_to_read() {
        assert_eq!(press(key(KeyCode::Char('x')), Place::Over { advice: false }), Some(Press::Leave));
        assert_eq!(press(key(KeyCode::Char('x')), Place::Over { advice: true }), None);
        assert_eq!(press(key(KeyCode::Enter), Place::Over { advice: true }), Some(Press::Leave));
        assert_eq!(press(control('c'), Place::Over { advice: true }), Some(Press::Leave));
        assert_eq!(press(key(KeyCode::Char('s')), Place::Over { advice: false }), Some(Press::Notice));
    }

    #[test]
    fn a_sign_noticed_after_the_end_is_told_by_the_same_numbers() {
        let dizzy = Press::Say(Input::StopReason(StopReason::Signal(StopSignalId::DizzyOrChest)));
        assert_eq!(press(key(KeyCode::Char('4')), Place::Noticing), Some(dizzy));
        assert_eq!(press(key(KeyCode::Char('0')), Place::Noticing), Some(Press::CloseSheet));
        assert_eq!(press(key(KeyCode::Char('s')), Place::Noticing), None);
    }
}
