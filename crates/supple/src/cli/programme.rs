use super::{Common, print_json};
use crate::shell::{Done, Failure, Outcome};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use supple_core::contract::MAX_LINE_BYTES;
use supple_core::contract::programme::{ProgrammeAnswer, answer_programme_json};
use supple_core::contract::text::wrapped;
use supple_core::date_words::{short_day, weekday};

/// Plan 1 to 12 weeks: rolling, stretching, strengthening and putting it to use on the days there are.
#[derive(Debug, clap::Args)]
pub struct Programme {
    /// A file with one programme request as JSON; `-` reads standard input. Nothing is logged.
    #[arg(long, value_name = "FILE")]
    request: PathBuf,
}

impl Programme {
    pub fn run(&self, common: &Common) -> Outcome {
        let most = MAX_LINE_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        let unreadable = |error: std::io::Error| {
            let name = self.request.display();
            Failure::bad_input(format!("{name}: {error}; write the name of a file, or - for standard input"))
        };
        if self.request.as_os_str() == "-" {
            std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        } else {
            let file = File::open(&self.request).map_err(unreadable)?;
            file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| Failure::bad_input(format!("not UTF-8 text: {error}; write the request in UTF-8")))?;
        match answer_programme_json(supple_knowledge::embedded(), &text) {
            Ok(answer) if common.json => {
                print_json(&answer)?;
            }
            Ok(answer) => {
                super::print_line(&in_words(&answer))?;
            }
            Err(error) if common.json => {
                print_json(&error)?;
                return Ok(Done::SomeBadInput);
            }
            Err(error) => {
                let field = error.field.map_or(String::new(), |field| format!("{field}: "));
                return Err(Failure::bad_input(format!("{field}{}", error.error)));
            }
        }
        // As with a plan request: it was answered, whatever the verdict.
        Ok(Done::Ok)
    }
}

fn in_words(answer: &ProgrammeAnswer) -> String {
    let mut lines = vec![answer.verdict.words().to_owned()];
    for reason in &answer.reasons {
        lines.push(wrapped(&reason.text, "  "));
    }
    for (index, week) in answer.weeks.iter().enumerate() {
        lines.push(format!("\nWeek {}{}", index + 1, if week.lighter { ", a lighter one" } else { "" }));
        for day in week.days.iter().filter(|day| !day.items.is_empty()) {
            lines.push(format!("  {}, {}", weekday(day.date.weekday()), short_day(day.date)));
            for item in &day.items {
                let at = item.at.as_ref().map_or(String::new(), |at| format!(" at {at}"));
                let names: Vec<&str> = match (&item.blocks, &item.moves) {
                    (Some(blocks), _) => blocks.iter().map(|block| block.name.as_str()).collect(),
                    (_, Some(moves)) => moves.iter().map(|one| one.name.as_str()).collect(),
                    _ => Vec::new(),
                };
                let mut names = names;
                names.dedup();
                let what = kind_words(item.kind);
                lines.push(wrapped(&format!("{what}{at}, {} min. {}", item.minutes, names.join(", ")), "    "));
            }
        }
    }
    if !answer.not_met.is_empty() {
        lines.push("\nWhat could not be met".to_owned());
        lines.extend(answer.not_met.iter().map(|one| wrapped(&one.why, "  ")));
    }
    lines.join("\n")
}

const fn kind_words(kind: supple_core::programme::ItemKind) -> &'static str {
    use supple_core::programme::ItemKind;
    match kind {
        ItemKind::Screen => "Movement screen",
        ItemKind::Smr => "Rolling",
        ItemKind::Stretch => "Stretching",
        ItemKind::Strengthen => "Strengthening",
        ItemKind::Integrate => "Putting it to use",
    }
}
