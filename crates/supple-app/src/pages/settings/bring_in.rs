//! Bringing a copy in: in the worker `data.js` reads the file, at a server a plain form sends it to `settings/import`.

use crate::cx::Cx;
use crate::exchange::Shell;
use crate::form::Form;
use maud::{Markup, html};

/// What stands on the settings page, and what came of the last file where a server says so in the query.
pub fn part(cx: &Cx<'_>) -> Markup {
    let said = said(&cx.query());
    html! {
        details open[said.is_some()] {
            summary { "Bring in a copy" }
            p { "Entries that are here already are not added twice, and nothing here is changed." }
            @if cx.request.shell == Shell::Server {
                form method="post" action=(cx.href("settings/import#data")) enctype="multipart/form-data" {
                    p { label { "File " input type="file" name="file" accept=".jsonl,application/jsonl" required; } }
                    button { "Bring it in" }
                }
            } @else {
                p { label { "File " input type="file" accept=".jsonl,application/jsonl" data-import=""; } }
                p data-import-state="" role="status" {}
            }
            @match said {
                Some(Ok(words)) => { p role="status" { (words) } }
                Some(Err(words)) => { p .error role="alert" { (words) } }
                None => {}
            }
        }
    }
}

/// In words what a server says came of a file.
fn said(query: &Form) -> Option<Result<String, String>> {
    let number = |name| query.read::<u64>(name).unwrap_or(0);
    let line = || number("line");
    let refused = match query.get("import")? {
        "done" => return Some(Ok(taken(number("new"), number("known"), number("aside")))),
        "no-file" => {
            "No file came with the form, so nothing was taken. Choose the file, then bring it in.".to_owned()
        }
        "too-large" => {
            "This file is too large for a copy of Supple, so nothing was taken. Is it the right one?".to_owned()
        }
        "no-log" => "There are no Supple entries in this file, so nothing was taken. Is it the right one?".to_owned(),
        "line-too-long" => {
            format!("Line {} is too long for an entry, so nothing was taken. Is it the right file?", line())
        }
        "differs" => format!(
            "Line {} of this file disagrees with what is here, so nothing was taken. It may have been edited; try the \
             file as it was saved.",
            line()
        ),
        "cut-off" => "The file did not arrive whole, so nothing was taken. Try again.".to_owned(),
        _ => return None,
    };
    Some(Err(refused))
}

fn taken(new: u64, known: u64, aside: u64) -> String {
    let entries = |n: u64| format!("{n} {}", if n == 1 { "entry" } else { "entries" });
    let kept = if aside > 0 {
        format!(" {} could not be read yet and were kept as they are.", entries(aside))
    } else {
        String::new()
    };
    format!("{} taken; {known} were here already.{kept}", entries(new))
}
