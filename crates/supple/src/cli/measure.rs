//! `supple measure`: the tests a person takes alone, with typed values.

use super::areas::{parse_region, parse_side};
use super::ask::{Row, one_of, typed, yes_no};
use super::plan::Today;
use super::{Common, print_json, print_line};
use crate::shell::page::{lines, width};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use serde_json::{Value, json};
use std::io::IsTerminal;
use supple_core::body::{RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{EventBody, MeasureTaken, When};
use supple_core::gate::Verdict;
use supple_core::knowledge::{Measure as Test, TakenOn};
use supple_core::measure::words::{change_in_words, doubt_in_words, number, unit, when_in_words};
use supple_core::measure::{Change, Occasion, Record, Series, doubts, occasion, reading};

/// Take a test, or see what came of it: how far a joint goes, how strong a press may be.
///
/// Without a test it lists them. With a test and no values, it shows how to take it, asks for the values on a
/// terminal, and shows the results so far.
#[derive(Debug, clap::Args)]
pub struct Measure {
    /// The test's id, such as wblt_cm.
    test: Option<String>,
    /// The left side's trials, practice first.
    #[arg(long, num_args = 1.., allow_negative_numbers = true, value_name = "VALUE")]
    left: Vec<f64>,
    /// The right side's trials, practice first.
    #[arg(long, num_args = 1.., allow_negative_numbers = true, value_name = "VALUE")]
    right: Vec<f64>,
    /// The trials of a test without sides, or at a place, practice first.
    #[arg(long, num_args = 1.., allow_negative_numbers = true, value_name = "VALUE")]
    trials: Vec<f64>,
    /// For a test at a place: the region, such as calf.
    #[arg(long)]
    region: Option<String>,
    /// For a test at a place: left or right.
    #[arg(long)]
    side: Option<String>,
    /// When it was taken: at rest, before or after a session, before or after a wait without rolling (a rest test).
    #[arg(long, default_value = "rest", value_parser = ["rest", "before", "after", "before-wait", "after-wait"])]
    when: String,
    /// Keep values that look like a slip.
    #[arg(long)]
    sure: bool,
}

impl Measure {
    pub fn run(&self, common: &Common) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        let mut diary = common.diary()?;
        let Some(id) = &self.test else { return list(&diary, common.json) };
        let test = knowledge
            .measures
            .get(id)
            .ok_or_else(|| Failure::bad_input(format!("there is no test `{id}`; `supple measure` lists them")))?;
        let taken = self.taken(id, test)?;
        let asks = taken.is_empty() && !common.json && std::io::stdin().is_terminal();
        if !taken.is_empty() || asks {
            not_while_help_comes_first(&diary)?;
        }
        if taken.is_empty() && !common.json {
            show_how(test)?;
        }
        let taken = if asks { ask(id, test)? } else { taken };
        if !taken.is_empty() {
            for one in &taken {
                reading(test, one).map_err(|error| Failure::bad_input(error.to_string()))?;
            }
            self.settle(&diary, id, test, &taken, asks)?;
            diary.record(taken.into_iter().map(EventBody::MeasureTaken).collect())?;
        }
        let record = Record::of(test, id, diary.state());
        if common.json {
            return print_json(&as_json(id, test, &record, occasion(diary.state(), id)));
        }
        show(test, &record)?;
        print_line(next_occasion(occasion(diary.state(), id)))
    }

    /// What the flags say.
    fn taken(&self, id: &str, test: &Test) -> Result<Vec<MeasureTaken>, Failure> {
        let (sided, whole) = (!self.left.is_empty() || !self.right.is_empty(), !self.trials.is_empty());
        let each_side = test.taken == TakenOn::EachSide;
        if each_side && whole {
            return Err(Failure::bad_input("this test is taken on each side: use --left and --right".to_owned()));
        }
        if !each_side && sided {
            return Err(Failure::bad_input("this test is not taken side by side: use --trials".to_owned()));
        }
        let when = match self.when.as_str() {
            "before" => When::Before,
            "after" => When::After,
            "before-wait" => When::BeforeWait,
            "after-wait" => When::AfterWait,
            _ => When::Rest,
        };
        let one = |region, side, trials: &[f64]| MeasureTaken {
            measure: id.to_owned(),
            side,
            region,
            trials: trials.to_vec(),
            practice_trials: test.practice_trials,
            when,
        };
        if test.taken == TakenOn::AtAPlace && whole {
            let (Some(region), Some(side)) = (&self.region, &self.side) else {
                return Err(Failure::bad_input("say where: --region calf --side left".to_owned()));
            };
            let side = parse_side(side)?;
            if !matches!(side, Side::Left | Side::Right) {
                return Err(Failure::bad_input(
                    "--side is left or right here: each is a result of its own".to_owned(),
                ));
            }
            return Ok(vec![one(Some(parse_region(region)?), Some(side), &self.trials)]);
        }
        let given = [(Some(Side::Left), &self.left), (Some(Side::Right), &self.right), (None, &self.trials)];
        Ok(given
            .iter()
            .filter(|(_, trials)| !trials.is_empty())
            .map(|(side, trials)| one(None, *side, trials))
            .collect())
    }

    /// What may be a slip is asked about, or has to be confirmed by a flag.
    fn settle(
        &self,
        diary: &Diary,
        id: &str,
        test: &Test,
        taken: &[MeasureTaken],
        asks: bool,
    ) -> Result<(), Failure> {
        let doubts = doubts(test, taken, &Record::of(test, id, diary.state()));
        if self.sure || doubts.is_empty() {
            return Ok(());
        }
        let questions: Vec<String> = doubts.iter().map(|doubt| doubt_in_words(test, doubt)).collect();
        let kept = asks && yes_no(&format!("{} Keep it as it is?", questions.join(" ")))? == Some(true);
        if kept {
            return Ok(());
        }
        Err(Failure::bad_input(format!("{} Nothing was kept. If it is right, add --sure", questions.join(" "))))
    }
}

fn not_while_help_comes_first(diary: &Diary) -> Result<(), Failure> {
    match Today::of(diary)?.map(|today| today.judgement.verdict) {
        Some(Verdict::Refer) => {
            Err(Failure::bad_input("not today: `supple plan` says where to get help first".to_owned()))
        }
        _ => Ok(()),
    }
}

fn list(diary: &Diary, as_value: bool) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let all = knowledge.measures.iter().map(|(id, test)| (id, test, Record::of(test, id, diary.state())));
    if as_value {
        return print_json(
            &all.map(|(id, test, record)| as_json(id, test, &record, occasion(diary.state(), id)))
                .collect::<Vec<_>>(),
        );
    }
    for (id, test, record) in all {
        let newest: Vec<String> = record.series.iter().map(|series| newest(test, series)).collect();
        let newest = if newest.is_empty() { String::new() } else { format!("   {}", newest.join(", ")) };
        print_line(&format!("  {id:<22} {}{newest}", test.name))?;
    }
    print_line("\nsupple measure wblt_cm    how to take it, and what came of it")
}

fn newest(test: &Test, series: &Series<'_>) -> String {
    let value = format!("{} {}", number(test, series.latest().reading.value), unit(test));
    let place = place_in_words(series.about.region, series.about.side);
    if place.is_empty() { value } else { format!("{place} {value}") }
}

fn place_in_words(region: Option<RegionId>, side: Option<Side>) -> String {
    let name = region.map(|region| supple_knowledge::embedded().regions[&region].name.clone());
    name.into_iter().chain(side.map(|side| side_words(side).to_owned())).collect::<Vec<_>>().join(", ")
}

fn show_how(test: &Test) -> Outcome {
    let page = |text: &str, indent: &str| {
        print_line(&format!("{indent}{}", lines(text, width() - indent.len()).join(&format!("\n{indent}"))))
    };
    print_line(&Style::detect().bold(&test.name))?;
    for caution in &test.cautions {
        page(caution, "  ! ")?;
    }
    for (number, step) in (1..).zip(&test.protocol) {
        page(&format!("{number}. {step}"), "  ")?;
    }
    page(&format!("With: {}. Result in {}.", test.sensor, test.unit), "  ")?;
    print_line("")
}

/// One trial after another, on a terminal.
fn ask(id: &str, test: &Test) -> Result<Vec<MeasureTaken>, Failure> {
    let whens = [When::Rest, When::Before, When::After, When::BeforeWait, When::AfterWait];
    let rows = whens.map(|when| Row::plain(when, when_in_words(when))).into();
    let Some(when) = one_of("When are you taking it?", rows)? else { return Ok(Vec::new()) };
    let (region, sides): (Option<RegionId>, &[Option<Side>]) = match test.taken {
        TakenOn::Once => (None, &[None]),
        TakenOn::EachSide => (None, &[Some(Side::Left), Some(Side::Right)]),
        TakenOn::AtAPlace => {
            let rows =
                RegionId::ALL.map(|region| Row::plain(region, &supple_knowledge::embedded().regions[&region].name));
            let Some(region) = one_of("Where?", rows.into())? else { return Ok(Vec::new()) };
            (Some(region), &[Some(Side::Left), Some(Side::Right)])
        }
    };
    let mut all = Vec::new();
    for side in sides {
        let mut trials = Vec::new();
        for trial in 1..=test.trials {
            let kind = if trial <= test.practice_trials { "practice" } else { "counts" };
            let place = side.map_or(String::new(), |side| format!("{}, ", side_words(side)));
            let question = format!("{place}trial {trial} of {} ({kind}), in {}:", test.trials, unit(test));
            let allowed = test.plausible_low..=test.plausible_high;
            let read = move |text: &str| {
                let value = text.trim().replace(',', ".").parse::<f64>().ok();
                value
                    .filter(|value| allowed.contains(value))
                    .ok_or_else(|| format!("a number from {} to {}", allowed.start(), allowed.end()))
            };
            let Some(value) = typed(&question, "Esc leaves this side out", None, read)? else { break };
            trials.push(value);
        }
        if trials.len() > usize::from(test.practice_trials) {
            let practice_trials = test.practice_trials;
            all.push(MeasureTaken { measure: id.to_owned(), side: *side, region, trials, practice_trials, when });
        }
    }
    Ok(all)
}

fn show(test: &Test, record: &Record<'_>) -> Outcome {
    if record.series.is_empty() {
        return print_line("No results yet.");
    }
    for series in &record.series {
        let latest = series.latest();
        print_line(&format!("{} ({}, {})", newest(test, series), when_in_words(latest.when), latest.at.date()))?;
        if let Some((before, after)) = series.around_a_session() {
            let change = change_in_words(test, &record.change(test, before, after));
            print_line(&format!("  from before to after the session on {}: {change}", before.at.date()))?;
        }
        if let Some((first, later)) = series.first_and_latest_at_rest() {
            let change = change_in_words(test, &record.change(test, first, later));
            print_line(&format!("  since the first on {}: {change}", first.at.date()))?;
        }
    }
    let mut places: Vec<Option<RegionId>> = record.series.iter().map(|series| series.about.region).collect();
    places.dedup();
    for place in places {
        let Some(sides) = record.sides(test, place) else { continue };
        let (difference, least) = (number(test, (sides.left - sides.right).abs()), number(test, sides.smallest_real));
        print_line(&if sides.real {
            format!(
                "left and right differ by {difference} {}: more than error; the {} does better",
                unit(test),
                side_words(sides.freer)
            )
        } else {
            format!("left and right do not differ by more than error ({least} {})", unit(test))
        })?;
    }
    Ok(Done::Ok)
}

/// What to do next time, so that one day it can be told what sessions do.
const fn next_occasion(next: Occasion) -> &'static str {
    match next {
        Occasion::Session => {
            "Next time you roll: test just before (--when before) and just after (--when after). \
             `supple response` says what it does for you."
        }
        Occasion::RestTest => {
            "Next time, a rest test: test (--when before-wait), wait as long as a session takes without rolling, test \
             again (--when after-wait). It shows what a second test adds by itself."
        }
    }
}

fn as_json(id: &str, test: &Test, record: &Record<'_>, next: Occasion) -> Value {
    let change = |change: Change| {
        json!({
            "difference": change.difference, "smallest_real": change.smallest_real, "real": change.real, "better": change.better,
        })
    };
    let series = record.series.iter().map(|series| {
        let pair = |pair: Option<_>| pair.map(|(one, other)| change(record.change(test, one, other)));
        json!({
            "region": series.about.region, "side": series.about.side,
            "results": series.sittings.iter().map(|one| json!({
                "at": one.at.to_string(), "when": one.when, "value": one.reading.value, "trials": one.reading.trials,
            })).collect::<Vec<_>>(),
            "around_a_session": pair(series.around_a_session()),
            "since_the_first": pair(series.first_and_latest_at_rest()),
        })
    });
    json!({
        "measure": id, "name": test.name, "unit": test.unit,
        "next_occasion": match next { Occasion::Session => "session", Occasion::RestTest => "rest_test" },
        "own_error": record.own_error, "series": series.collect::<Vec<_>>(),
        "sides": record.sides(test, None).map(|sides| json!({
            "left": sides.left, "right": sides.right, "smallest_real": sides.smallest_real, "real": sides.real,
        })),
    })
}
