//! `supple next`: a greeting and the way on, in the terminal.

use super::plan::Today;
use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Outcome, Style, data_file};

/// Says hello, and what to do next. A log is not begun by it.
pub fn greet(common: &Common) -> Outcome {
    let path = data_file(common.data.clone())?;
    let diary = if path.exists() { Some(Diary::open(Some(path), common.now.clone())?) } else { None };
    let (next, says) = match &diary {
        Some(diary) => next(diary)?,
        None => NEW,
    };
    let sessions = diary.as_ref().map_or(0, |diary| diary.state().sessions.len());
    let last = diary.as_ref().and_then(|diary| diary.state().sessions.last());
    if common.json {
        let last = last.map(|session| session.at.to_string());
        return print_json(&serde_json::json!({ "next": next, "sessions": sessions, "last_session": last }));
    }
    let style = Style::detect();
    let page = |text: &str| print_line(&lines(text, width()).join("\n"));
    print_line(&format!("{}\n", style.bold("Supple")))?;
    match last {
        Some(last) => page(&format!("Your last session was on {}.", last.at.strftime("%A %-d %B, %H:%M")))?,
        None => page(
            "Plans a session with a foam roller, a massage stick or a ball for the body you have today, guides you \
             through it move by move, and keeps a record on this machine. It supports flexibility, warm-up, \
             relaxation and comfort after exercise; it is not a medical device.",
        )?,
    };
    print_line("")?;
    page(says)?;
    print_line(&format!("\n    {}\n", style.bold(next)))?;
    print_line("Then:  supple plan     what to do today, how long, how strong, and why")?;
    print_line("       supple guide    be guided through it")?;
    print_line("       supple log      what you did")?;
    print_line("Also:  supple (in a browser), supple knowledge show calf_roller, supple --help")
}

const NEW: (&str, &str) =
    ("supple check-in", "Your first session begins with a check-in: what you have, how you are, what you want.");

fn next(diary: &Diary) -> Result<(&'static str, &'static str), crate::shell::Failure> {
    let now = diary.now();
    if diary.state().check_ins.is_empty() {
        return Ok(NEW);
    }
    let Some(today) = Today::of(diary)? else {
        return Ok(("supple check-in", "For a session today, say how your body is:"));
    };
    let rolled = diary.state().sessions.iter().any(|session| {
        session.at.with_time_zone(now.time_zone().clone()).date() == now.date() && session.seconds().get() > 0
    });
    Ok(match today.plan {
        Some(plan) if !plan.blocks.is_empty() && rolled => {
            ("supple guide", "You rolled today. There is room for more:")
        }
        Some(plan) if !plan.blocks.is_empty() => ("supple guide", "Today's plan is ready:"),
        _ if rolled => ("supple log show 1", "You rolled today. What you did:"),
        Some(_) => ("supple plan", "There is nothing to roll today. Why:"),
        None => ("supple check-in", "There is no plan yet. The check-in says what is open:"),
    })
}
