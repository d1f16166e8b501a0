use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use serde_json::{Value, json};
use supple_core::body::{Side, SiteSet};
use supple_core::contract::text::side_words;
use supple_core::event::{Answer, CheckedIn};
use supple_core::knowledge::Knowledge;
use supple_core::path::words::{
    amount, basis_in_words, because, closing_in_words, closing_title, due_in_words, holding_in_words,
    left_out_in_words, nothing_closed, now_in_words, said_in_words, word_in_words,
};
use supple_core::path::{
    Basis, Due, Now, Said, Standing, WordGiven, asks_for_a_side, concerning, in_order, noticed, standing,
    to_be_answered_in_full,
};

/// Paths after a treatment, in a pregnancy, with thin bones, at some ages: what is left alone, what is open, whom to ask.
///
/// Alone it lists them. A path opens nothing that the questions close.
#[derive(Debug, clap::Args)]
pub struct Path {
    /// Its id.
    id: Option<String>,
    /// Say what you noticed: the id of what is looked out for, and yes, no or unsure, as in swelling=no.
    #[arg(long, value_name = "WHAT=ANSWER", requires = "id")]
    noticed: Option<String>,
    /// On which side you noticed it; both if you leave it out.
    #[arg(long, value_enum, requires = "noticed")]
    side: Option<OnSide>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OnSide {
    Left,
    Right,
    Both,
}

impl Path {
    pub fn run(&self, common: &Common) -> Outcome {
        let mut diary = common.diary()?;
        let Some(id) = &self.id else { return list(&diary, common.json) };
        if let Some(said) = &self.noticed {
            self.notice(&mut diary, id, said)?;
        }
        let here = here(&diary, id)?;
        if common.json { print_json(&as_json(&here)) } else { show(&here) }
    }

    /// Writes down what was noticed; the question of the screen that it belongs to is answered with it.
    fn notice(&self, diary: &mut Diary, path: &str, said: &str) -> Result<(), Failure> {
        let knowledge = supple_knowledge::embedded();
        let known = here(diary, path)?.known;
        let names = || known.watches.iter().map(|watch| watch.id.as_str()).collect::<Vec<_>>().join(", ");
        let (watch, answer) = said.split_once('=').unwrap_or((said, ""));
        let answer = match answer {
            "yes" => Answer::Yes,
            "no" => Answer::No,
            "unsure" => Answer::Unknown,
            _ => return Err(Failure::bad_input(format!("{said}: write {watch}=yes, {watch}=no or {watch}=unsure"))),
        };
        let watch = known.watches.iter().find(|known| known.id == watch);
        let watch =
            watch.ok_or_else(|| Failure::bad_input(format!("{said}: this path looks out for: {}", names())))?;
        let side = match self.side {
            _ if answer == Answer::No || !asks_for_a_side(knowledge, watch) => None,
            Some(OnSide::Left) => Some(Side::Left),
            Some(OnSide::Right) => Some(Side::Right),
            Some(OnSide::Both) | None => Some(Side::Both),
        };
        let bodies =
            noticed(knowledge, diary.state(), &diary.now(), (path, &watch.id), (answer, side)).unwrap_or_default();
        diary.record(bodies)?;
        if answer != Answer::No {
            // On standard error: a program that reads the answer is not disturbed.
            eprintln!("{}", lines(&watch.then, width()).join("\n"));
            if to_be_answered_in_full(knowledge, watch).is_some() {
                eprintln!("Where it is, `supple check-in` asks before the next plan.");
            }
        }
        Ok(())
    }
}

/// Where somebody stands on a path now.
fn here(diary: &Diary, id: &str) -> Result<Standing<'static>, Failure> {
    let (state, now) = (diary.state(), diary.now());
    let today = state.check_ins.iter().rfind(|last| {
        let there = last.at.with_time_zone(now.time_zone().clone());
        there.date() == now.date() && last.at <= now
    });
    let wishes: Option<&CheckedIn> = today.map(|last| &last.what);
    standing(supple_knowledge::embedded(), state, &now, wishes, id)
        .ok_or_else(|| Failure::bad_input(format!("there is no path `{id}`; `supple path` lists them")))
}

fn list(diary: &Diary, json: bool) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let yours: Vec<&str> = concerning(knowledge, diary.state(), &diary.now()).into_iter().map(|(id, _)| id).collect();
    let paths = in_order(knowledge);
    if json {
        let line = |(id, known): &(&str, &supple_core::knowledge::CarePath)| json!({ "id": id, "title": known.title, "for_whom": known.for_whom, "concerns": yours.contains(id) });
        return print_json(&paths.iter().map(line).collect::<Vec<_>>());
    }
    for (id, known) in paths {
        let mark = if yours.contains(&id) { " (by what you answered)" } else { "" };
        print_line(&format!("{}{mark}", Style::detect().bold(&known.title)))?;
        page(&known.for_whom, "  ")?;
        print_line(&format!("  supple path {id}"))?;
    }
    Ok(Done::Ok)
}

/// Lines as wide as the terminal, each with something before it.
fn page(text: &str, before: &str) -> Outcome {
    for line in lines(text, width().saturating_sub(before.len())) {
        print_line(&format!("{before}{line}"))?;
    }
    Ok(Done::Ok)
}

fn title(text: &str) -> Outcome {
    print_line("")?;
    print_line(&Style::detect().bold(text))
}

fn show(here: &Standing<'_>) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    print_line(&Style::detect().bold(&here.known.title))?;
    page(&here.known.for_whom, "")?;
    title("Today")?;
    page(now_in_words(here.now), "")?;
    for reason in here.holding.iter().filter(|reason| reason.answer == Answer::Yes) {
        page(&holding_in_words(knowledge, reason), "  ")?;
    }
    match here.open_questions() {
        0 => {}
        1 => print_line("1 question of this path is open; `supple check-in` asks it.").map(|_| ())?,
        many => print_line(&format!("{many} questions of this path are open; `supple check-in` asks them."))
            .map(|_| ())?,
    }
    for watch in here.watches.iter().filter(|watch| watch.due != Due::Never) {
        title(&format!("Looking out for {}", watch.known.name))?;
        if let Some(words) = due_in_words(watch.due) {
            print_line(&words)?;
        }
        if watch.due == Due::Now {
            page(&watch.known.question, "  ")?;
            print_line(&format!("  supple path {} --noticed {}=no", here.id, watch.known.id))?;
        }
    }
    show_off_limits(knowledge, here)?;
    show_offers(knowledge, here)?;
    if !here.clinician.is_empty() {
        title("Your clinician's word")?;
        for word in &here.clinician {
            page(&word_in_words(knowledge, word, knowledge.screen.agreement_holds_days), "  ")?;
        }
    }
    if let Some(call) = &here.known.call {
        title(&call.whom)?;
        for sign in &call.signs {
            page(sign, "  ")?;
        }
    }
    Ok(Done::Ok)
}

fn show_off_limits(knowledge: &Knowledge, here: &Standing<'_>) -> Outcome {
    title("What is left alone, and why")?;
    let off = &here.off_limits;
    if off.basis != Basis::Everything && nothing_closed(off) {
        return print_line("No place is closed by your answers.");
    }
    page(basis_in_words(off.basis), "")?;
    for closing in off.closings.iter().filter(|closing| closing.answer == Answer::Yes) {
        page(&closing_title(knowledge, closing), "  ")?;
        for line in closing_in_words(knowledge, closing) {
            page(&line, "    ")?;
        }
        page(&because(knowledge, &closing.by, closing.answer), "    ")?;
    }
    match off.closings.iter().filter(|closing| closing.answer != Answer::Yes).count() {
        0 => Ok(Done::Ok),
        1 => print_line("  1 open question counts as yes until it is answered."),
        many => print_line(&format!("  {many} open questions count as yes until they are answered.")),
    }
}

fn show_offers(knowledge: &Knowledge, here: &Standing<'_>) -> Outcome {
    for offer in &here.offers {
        title(&offer.known.title)?;
        page(&offer.known.why, "")?;
        for one in &offer.moves {
            let support = if one.limits.with_support { ", a hand on something firm" } else { "" };
            let side = side_words(one.dose.side);
            page(&format!("{}, {side}: {}{support} ({})", one.known.name, amount(&one.dose), one.id), "  ")?;
        }
        for one in &offer.techniques {
            let (side, felt, seconds) = (side_words(one.side), one.most.felt_target, one.most.seconds.get());
            page(&format!("{}, {side}: at most {felt} of 10, {seconds} s ({})", one.known.name, one.id), "  ")?;
        }
        for one in &offer.measures {
            page(&format!("A test: {} ({})", one.known.name, one.id), "  ")?;
        }
        if !offer.left_out.is_empty() {
            print_line(&format!("  Not for today: {}", offer.left_out.len()))?;
            for left in &offer.left_out {
                let why = left_out_in_words(knowledge, left);
                page(&format!("{}, {}: {why}", left.name, side_words(left.side)), "    ")?;
            }
        }
    }
    Ok(Done::Ok)
}

fn as_json(here: &Standing<'_>) -> Value {
    let knowledge = supple_knowledge::embedded();
    let sites = |set: SiteSet| -> Vec<Value> {
        set.iter().map(|site| json!({ "region": site.region, "side": site.half })).collect()
    };
    let said = |said: Said| said_in_words(said).replace(' ', "_");
    let questions = here.cards.iter().flat_map(|card| &card.questions);
    let offer = |offer: &supple_core::path::Offered<'_>| {
        json!({
            "title": offer.known.title,
            "moves": offer.moves.iter().map(|one| json!({ "dose": one.dose, "with_support": one.limits.with_support }))
                .collect::<Vec<_>>(),
            "techniques": offer.techniques.iter().map(|one| json!({
                "technique": one.id, "side": one.side, "felt_target": one.most.felt_target,
                "felt_cap": one.most.felt_cap, "seconds": one.most.seconds, "sets": one.most.sets,
            })).collect::<Vec<_>>(),
            "measures": offer.measures.iter().map(|one| json!({ "measure": one.id, "sides": one.sides }))
                .collect::<Vec<_>>(),
            "left_out": offer.left_out.iter().map(|left| json!({
                "id": left.id, "side": left.side, "why": left_out_in_words(knowledge, left),
                "by": left.by.as_ref().map(|(by, _)| by),
            })).collect::<Vec<_>>(),
        })
    };
    json!({
        "id": here.id,
        "title": here.known.title,
        "concerns": here.concerns,
        "now": match here.now {
            Now::Open => "open",
            Now::Questions => "questions",
            Now::NotYet => "not_yet",
            Now::HelpFirst => "help_first",
        },
        "holding": here.holding.iter().map(|reason| json!({
            "id": reason.id, "answer": reason.answer, "text": holding_in_words(knowledge, reason),
        })).collect::<Vec<_>>(),
        "questions": questions.map(|question| json!({
            "id": question.id, "question": question.caution.question, "said": said(question.said),
        })).collect::<Vec<_>>(),
        "off_limits": {
            "basis": match here.off_limits.basis {
                Basis::Today => "today",
                Basis::AtLeast => "at_least",
                Basis::Everything => "everything",
            },
            "closings": here.off_limits.closings.iter().map(|closing| json!({
                "by": closing.by, "answer": closing.answer, "not_pressed": sites(closing.press),
                "not_moved": sites(closing.moves), "why": because(knowledge, &closing.by, closing.answer),
            })).collect::<Vec<_>>(),
        },
        "offers": here.offers.iter().map(offer).collect::<Vec<_>>(),
        "clinician": here.clinician.iter().map(|word| json!({
            "caution": word.caution,
            "word": match word.given {
                WordGiven::Needed => "needed",
                WordGiven::Counts(_) => "counts",
                WordGiven::Refused(..) => "does_not_count",
                WordGiven::OnlyAdvice => "advice_only",
            },
            "agreed_on": match word.given {
                WordGiven::Counts(day) | WordGiven::Refused(day, _) => Some(day.to_string()),
                WordGiven::Needed | WordGiven::OnlyAdvice => None,
            },
        })).collect::<Vec<_>>(),
        "watches": here.watches.iter().map(|watch| json!({
            "id": watch.known.id,
            "question": watch.known.question,
            "due": match watch.due {
                Due::Now => json!("now"),
                Due::On(day) => json!(day.to_string()),
                Due::Never => Value::Null,
            },
            "every_days": watch.known.every_days,
        })).collect::<Vec<_>>(),
    })
}
