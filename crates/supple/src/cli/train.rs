use super::{Common, print_json, print_line};
use crate::shell::{Diary, Done, Failure, Outcome, Style};
use jiff::Zoned;
use jiff::civil::DateTime;
use supple_core::event::{EventBody, Name, Trained};
use supple_core::exposure::bouts;
use supple_core::unit::{Felt, TrainingSeconds};

/// Write down what you trained, or see what is written down.
#[derive(Debug, clap::Args)]
pub struct Train {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write down a training.
    Add(Add),
    /// Trainings, newest first (the default).
    List {
        /// How many at the most.
        #[arg(long, default_value_t = 14)]
        most: usize,
    },
    /// Kinds of training there are.
    Sports,
}

/// Write down a training.
#[derive(Debug, clap::Args)]
struct Add {
    /// What it was, as `supple train sports` lists it: running, strength, …
    sport: String,
    /// How long it took.
    minutes: u32,
    /// How hard it was, 0 to 10.
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    effort: Option<u8>,
    /// It was new or unusual for you.
    #[arg(long, conflicts_with = "usual")]
    unusual: bool,
    /// It was as usual for you.
    #[arg(long)]
    usual: bool,
    /// When it began, as 2026-11-22T18:00; without it, it has just ended.
    #[arg(long, value_name = "TIME")]
    start: Option<DateTime>,
    /// What you call it.
    #[arg(long)]
    name: Option<String>,
}

impl Train {
    pub fn run(&self, common: &Common) -> Outcome {
        let mut diary = common.diary()?;
        let done = match self.what.as_ref().unwrap_or(&What::List { most: 14 }) {
            What::Add(add) => add.run(&mut diary, common.json),
            What::List { most } => list(&diary, *most, common.json),
            What::Sports => sports(common.json),
        };
        diary.close();
        done
    }
}

impl Add {
    fn run(&self, diary: &mut Diary, json: bool) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        let Some(sport) = knowledge.sports.get(&self.sport) else {
            let all: Vec<&str> = knowledge.sports.keys().map(String::as_str).collect();
            let wrong = format!("there is no kind of training `{}`; write one of {}", self.sport, all.join(", "));
            return Err(Failure::bad_input(wrong));
        };
        let wrong = |what: String| Failure::bad_input(what);
        let seconds = TrainingSeconds::new(self.minutes.saturating_mul(60))
            .map_err(|_| wrong(format!("a training takes 1 to 10080 whole minutes, not {}", self.minutes)))?;
        let now = diary.now();
        let start = self.begun(&now, seconds)?;
        let name = self.name.as_deref().map(Name::new).transpose().map_err(|error| wrong(error.to_string()))?;
        let body = Trained {
            start,
            seconds,
            sport: self.sport.clone(),
            name,
            effort: self.effort.map(Felt::of),
            unusual: if self.unusual { Some(true) } else { self.usual.then_some(false) },
            exercises: Vec::new(),
            distance: None,
            ascent: None,
            descent: None,
            rolled: Vec::new(),
            source: None,
        };
        diary.record(vec![EventBody::Trained(Box::new(body.clone()))])?;
        if json {
            return print_json(&body);
        }
        let when = body.start.strftime("%a %-d %b %H:%M");
        print_line(&format!("Logged: {}, {} min, {when}.", sport.name, self.minutes))
    }

    fn begun(&self, now: &Zoned, seconds: TrainingSeconds) -> Result<Zoned, Failure> {
        let span = jiff::SignedDuration::from_secs(i64::from(seconds.get()));
        let start = match self.start {
            Some(time) => time.to_zoned(now.time_zone().clone()),
            None => now.checked_sub(span),
        };
        let start = start.map_err(|error| Failure::bad_input(format!("--start: {error}")))?;
        if start > *now {
            return Err(Failure::bad_input("--start lies ahead; write down what has been done"));
        }
        Ok(start)
    }
}

fn list(diary: &Diary, most: usize, json: bool) -> Outcome {
    let knowledge = supple_knowledge::embedded();
    let mut trainings: Vec<_> = diary.state().trainings.iter().collect();
    trainings.sort_by(|a, b| b.what.start.cmp(&a.what.start));
    let bouts = bouts(knowledge, diary.state());
    if json {
        let all = trainings.iter().take(most).map(|training| {
            let bout = bouts.iter().find(|bout| bout.training.id == training.id);
            let regions: serde_json::Map<_, _> = bout
                .into_iter()
                .flat_map(|bout| &bout.regions)
                .map(|(region, asked)| {
                    let of = serde_json::json!({ "load": asked.load, "eccentric": asked.eccentric,
                        "unaccustomed": asked.unaccustomed, "exposure": asked.exposure });
                    (region.id().to_owned(), of)
                })
                .collect();
            serde_json::json!({ "id": training.id, "training": training.what, "also": training.also,
                "load": bout.map(|bout| bout.load), "regions": regions })
        });
        return print_json(&all.collect::<Vec<_>>());
    }
    if trainings.is_empty() {
        return print_line("No training is written down. `supple train add running 40`, or `supple import FILE`.");
    }
    let style = Style::detect();
    for training in trainings.iter().take(most) {
        let what = &training.what;
        let sport = knowledge.sports.get(&what.sport).map_or(what.sport.as_str(), |sport| sport.name.as_str());
        let effort = what.effort.map_or(String::new(), |effort| format!(", effort {effort} of 10"));
        let name = what.name.as_ref().map_or(String::new(), |name| style.dim(&format!("  {name}")));
        let when = what.start.strftime("%a %-d %b %Y %H:%M");
        print_line(&format!("{when}  {sport}, {} min{effort}{name}", what.minutes()))?;
    }
    Ok(Done::Ok)
}

fn sports(json: bool) -> Outcome {
    let sports = &supple_knowledge::embedded().sports;
    if json {
        return print_json(sports);
    }
    for (id, sport) in sports {
        print_line(&format!("{id:<22} {}", sport.name))?;
    }
    Ok(Done::Ok)
}
