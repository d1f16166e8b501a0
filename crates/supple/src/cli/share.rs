use super::{Common, print_json, print_line, sheets};
use crate::shell::{Failure, Outcome};
use std::path::{Path, PathBuf};
use supple_app::handout::{self, Address, amount_words, areas, goal_words, part_name, session_title, title};
use supple_app::summary::summary;
use supple_core::share::{MOST_BYTES_IN_CODE, Shared};

/// Pass on today's plan or a routine: as text, a link, a QR code or a file. No names, nothing about your health.
///
/// Whoever gets it is asked about their own health first, and their Supple leaves out what is not for them.
#[derive(Debug, clap::Args)]
pub struct Share {
    /// What: `today`, the name of a routine, or `summary` (what you did, to send back to a coach).
    #[arg(default_value = "today")]
    what: String,
    /// Where your Supple is, for a link: `https://supple.example.org`.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    at: Option<Address>,
    /// Write it to this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a QR code as SVG to this file.
    #[arg(long, value_name = "FILE")]
    code: Option<PathBuf>,
    /// For `summary`: days back, 1 to 366.
    #[arg(long, default_value_t = 28, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
}

impl Share {
    pub fn run(&self, common: &Common) -> Outcome {
        if self.what == "summary" {
            return self.summary(common);
        }
        let shared = sheets::named(common, &self.what)?;
        let text = shared.to_text();
        let link = self.at.as_ref().map(|address| address.link(&text));
        if let Some(file) = &self.out {
            write(file, &format!("{text}\n"))?;
        }
        if let Some(file) = &self.code {
            // The name of this machine opens nothing on another.
            let opens = self.at.as_ref().is_some_and(handout::Address::is_for_others);
            let inside = link.as_deref().filter(|_| opens).unwrap_or(&text);
            let code = handout::code::svg(inside, "A code that opens this in the app").ok_or_else(|| {
                Failure::bad_input(format!(
                    "it has {} characters, and a code that phones can read holds {MOST_BYTES_IN_CODE}; send the link or a file \
                     instead",
                    inside.len()
                ))
            })?;
            write(file, &code.into_string().replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1))?;
        }
        if common.json {
            return print_json(&serde_json::json!({ "text": text, "link": link, "bytes": text.len() }));
        }
        describe(&shared)?;
        print_line("\nThis is what goes out, and nothing else:\n")?;
        print_line(link.as_deref().unwrap_or(&text))
    }

    fn summary(&self, common: &Common) -> Outcome {
        let diary = common.diary()?;
        let text = summary(supple_knowledge::embedded(), diary.state(), &diary.now(), self.days);
        diary.close();
        if let Some(file) = &self.out {
            write(file, &text)?;
        }
        if common.json { print_json(&serde_json::json!({ "summary": text })) } else { print_line(text.trim_end()) }
    }
}

/// Prints what is shared in words.
pub fn describe(shared: &Shared) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    print_line(&title(shared, goal_words(knowledge, shared.goal)))?;
    for (index, session) in shared.sessions.iter().enumerate() {
        if shared.sessions.len() > 1 || !session.days.is_empty() {
            print_line(&format!("\n{}", session_title(session, index)))?;
        }
        if session.parts.is_empty() {
            print_line(&format!("  Places: {}", areas(knowledge, &session.areas)))?;
        }
        for part in &session.parts {
            print_line(&format!("  {}: {}", part_name(knowledge, part), amount_words(knowledge, part)))?;
        }
    }
    Ok(crate::shell::Done::Ok)
}

/// An address, as it was typed.
pub fn address(text: &str) -> Result<Address, String> {
    Address::new(text).ok_or_else(|| {
        format!(
            "write it as https://supple.example.org or https://example.org/supple/, at most {} characters",
            Address::MOST
        )
    })
}

/// Writes a file.
pub fn write(file: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(file, text).map_err(|error| Failure::error(error.to_string()).at(file))
}
