use super::check_in::flags::question_list;
use super::{Common, print_json, print_line};
use crate::shell::page::{count, fit};
use crate::shell::{Done, Failure, Outcome, Style};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use supple_core::contract::text::wrapped;
use supple_core::knowledge::{
    Action, AskAgain, Caution, Claim, Contact, ForceBasis, Knowledge as Known, Measure, Place, Region, Scope,
    Technique, Tool, Zone,
};
use supple_knowledge::{KnowledgeFile, embedded, read_files};

mod table;

/// Look up techniques, questions, zones, claims; check the files.
#[derive(Debug, clap::Args)]
pub struct Knowledge {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Show one thing by its id, such as calf_roller.
    Show {
        /// The id of a technique, question, zone, region, tool, measure or claim, or the name of a list of questions:
        /// get_help_first, told_by_a_doctor, medicines, recent or areas.
        id: String,
    },
    /// List ids with their names.
    List {
        /// Of what.
        kind: Kind,
    },
    /// Run every rule over the files, and show every mistake at once.
    Check {
        /// The folder (default: knowledge/ here, or else what this program was built with).
        folder: Option<PathBuf>,
    },
    /// The table of all questions for SAFETY.md: the verdict before and after a clinician's agreement.
    Table,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Kind {
    Techniques,
    Cautions,
    Zones,
    Regions,
    Tools,
    Measures,
    Claims,
}

impl Knowledge {
    pub fn run(&self, common: &Common) -> Outcome {
        match &self.what {
            What::Show { id } => show(id, common.json),
            What::List { kind } => list(*kind, common.json),
            What::Check { folder } => check(folder.as_deref(), common.json),
            What::Table if common.json => print_json(&serde_json::json!({ "table": table::of_cautions(embedded()) })),
            What::Table => print_line(table::of_cautions(embedded()).trim_end()),
        }
    }
}

fn list(kind: Kind, json: bool) -> Outcome {
    let k = embedded();
    let rows: Vec<(String, &str)> = match kind {
        Kind::Techniques => k.techniques.iter().map(|(id, t)| (id.clone(), t.name.as_str())).collect(),
        Kind::Cautions => k.cautions.iter().map(|(id, c)| (id.clone(), c.name.as_str())).collect(),
        Kind::Zones => k.zones.iter().map(|(id, z)| (id.clone(), z.name.as_str())).collect(),
        Kind::Regions => k.regions.iter().map(|(id, r)| (id.to_string(), r.name.as_str())).collect(),
        Kind::Tools => k.tools.iter().map(|(id, t)| (id.to_string(), t.name.as_str())).collect(),
        Kind::Measures => k.measures.iter().map(|(id, m)| (id.clone(), m.name.as_str())).collect(),
        Kind::Claims => k.claims.iter().map(|(id, c)| (id.clone(), c.claim.as_str())).collect(),
    };
    if json {
        return print_json(&rows.into_iter().collect::<std::collections::BTreeMap<_, _>>());
    }
    let wide = rows.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    for (id, name) in rows {
        print_line(&format!("{id:wide$}  {name}"))?;
    }
    Ok(Done::Ok)
}

fn check(folder: Option<&Path>, json: bool) -> Outcome {
    let here = Path::new("knowledge");
    let folder = folder.or_else(|| here.join("techniques").is_dir().then_some(here));
    let problems = match folder {
        Some(folder) => read_files(&files_in(folder)?).err().unwrap_or_default(),
        None => {
            let mut problems = supple_core::knowledge::check::all(embedded());
            problems.extend(supple_core::knowledge::check::trials(supple_knowledge::trials()));
            problems
        }
    };
    if json {
        let all: Vec<_> = problems
            .iter()
            .map(|p| serde_json::json!({ "file": p.file, "field": p.field, "rule": p.rule, "what": p.what }))
            .collect();
        print_json(&all)?;
    } else {
        for problem in &problems {
            print_line(&problem.to_string())?;
        }
    }
    if problems.is_empty() {
        let rules = supple_core::knowledge::check::RULES.len() + supple_core::knowledge::check::TRIAL_RULES.len();
        return if json { Ok(Done::Ok) } else { print_line(&format!("{rules} rules, nothing wrong.")) };
    }
    let mistakes = count(problems.len() as u64, "mistake", "mistakes");
    Err(Failure::bad_input(format!("{mistakes}; mend what is named above, then check again")))
}

fn files_in(folder: &Path) -> Result<Vec<KnowledgeFile>, Failure> {
    let unreadable = |path: &Path, error: std::io::Error| Failure::bad_input(format!("{}: {error}", path.display()));
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(&here).map_err(|error| unreadable(&here, error))? {
            let path = entry.map_err(|error| unreadable(&here, error))?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push(KnowledgeFile { path: below, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn show(id: &str, json: bool) -> Outcome {
    let k = embedded();
    macro_rules! found {
        ($thing:expr, $words:expr) => {
            if let Some(thing) = $thing {
                return if json { print_json(thing) } else { print_line(&fit($words(k, thing).trim_end())) };
            }
        };
    }
    found!(k.techniques.get(id), technique);
    found!(k.cautions.get(id), caution);
    found!(k.zones.get(id), zone);
    found!(supple_core::body::RegionId::from_id(id).and_then(|id| k.regions.get(&id)), region);
    found!(supple_core::knowledge::ToolId::from_id(id).and_then(|id| k.tools.get(&id)), tool);
    found!(k.measures.get(id), measure);
    found!(k.claims.get(id), claim);
    found!(question_list(id), questions);
    Err(Failure::bad_input(format!(
        "nothing has the id `{id}`; `supple knowledge list techniques` (or cautions, zones, regions, tools, measures, \
         claims) shows all"
    )))
}

/// A page in words: headings, paragraphs, lists.
struct Page {
    style: Style,
    text: String,
}

impl Page {
    fn new(title: &str) -> Self {
        let style = Style::detect();
        Self { style, text: format!("{}\n", style.bold(title)) }
    }

    fn says(&mut self, text: &str) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "\n{}", wrapped(text, ""));
        self
    }

    fn list<T: AsRef<str>>(&mut self, title: &str, items: impl IntoIterator<Item = T>) -> &mut Self {
        let items: Vec<T> = items.into_iter().collect();
        if !items.is_empty() {
            let _ = writeln!(self.text, "\n{}", self.style.bold(title));
            for item in items {
                let wrapped = wrapped(item.as_ref(), "    ");
                let _ = writeln!(self.text, "  - {}", wrapped.trim_start());
            }
        }
        self
    }

    fn sources(&mut self, known: &Known, ids: &[String]) -> String {
        let cited = ids.iter().filter_map(|id| known.sources.get(id)).map(|source| source.citation.as_str());
        self.list("Sources", cited);
        std::mem::take(&mut self.text)
    }
}

fn technique(k: &Known, t: &Technique) -> String {
    let mut page = Page::new(&t.name);
    let region = k.regions.get(&t.region);
    let tool = k.tools.get(&t.tool).map_or("", |tool| tool.name.as_str());
    let place = match t.place {
        Place::Floor => "on the floor",
        Place::Wall => "at the wall",
        Place::Chair => "on a chair or at a table",
    };
    page.says(&format!("With a {tool}, {place}. For the {}.", t.muscle));
    if let Some(region) = region {
        page.says(&format!("To find it: {}", lower_first(&region.where_it_is)));
    }
    if let Some(note) = &t.note {
        page.says(note);
    }
    page.list("How", [&t.position, &t.setup, &format!("The tool goes from {}, to {}.", t.line.from, t.line.to)]);
    let dose = &t.dose;
    let sets = if dose.sets == 1 { "Once".to_owned() } else { format!("At most {} times", dose.sets) };
    let ceilings = &k.limits.ceilings;
    let felt = t.felt_max.unwrap_or(ceilings.felt_target).min(ceilings.felt_target);
    page.list(
        "How long, how strong",
        [
            format!("{sets}, {} seconds each; a plan may say less.", dose.seconds_per_set),
            t.motion.cadence.clone(),
            format!(
                "Up to {felt} of 10: {}. At {} or more you tense up or hold your breath: off at once.",
                if felt >= 4 { "a pleasant ache while you breathe easily" } else { "light" },
                ceilings.felt_off
            ),
        ],
    );
    page.list("Lighter", &t.pressure.lighter)
        .list(&format!("Heavier, only while it stays at {felt} of 10 or less"), &t.pressure.heavier);
    page.list("Small movements while you press", &t.small_movements);
    if let Some(movement) = &t.active_movement {
        let (low, high) = (movement.reps.low, movement.reps.high);
        let reps = if low == high { low.to_string() } else { format!("{low} to {high}") };
        let what =
            format!("Keep the pressure still and move the {}, {reps} times. {}", movement.joint, movement.motion);
        page.list("Or, instead of rolling", [what]);
    }
    page.list("What goes wrong", t.mistakes.iter().map(|mistake| upper_first(mistake)));
    let keep_off = t.zones_to_avoid.iter().filter_map(|id| k.zones.get(id));
    page.list("Keep off", keep_off.map(|zone| format!("{}: {}", upper_first(&zone.name), zone.why)));
    page.list("Too hard, or hard to get down to?", [&t.easier]);
    let then = std::iter::once(format!("Stretch: {}", lower_first(&t.stretch)));
    page.list(
        "Goes well with it",
        then.chain(t.strengthen.iter().map(|what| format!("Strengthen: {}", lower_first(what)))),
    );
    let grade = k.grades.get(&t.grade);
    if let Some(grade) = grade {
        page.list(
            "How sure anybody is about this dose",
            [format!("{}. {}", upper_first(&grade.label), grade.meaning)],
        );
    }
    let (force, pressure) = supple_core::plan::force_and_pressure(k, t, None);
    let mut pressing = vec![format!("{}.", upper_first(&supple_core::plan::force_in_words(&t.force)))];
    pressing.push(format!(
        "In numbers: {} N ({} to {}), and on average {} kPa ({} to {}) under the tool{}.",
        force.usual,
        force.low,
        force.high,
        pressure.usual,
        pressure.low,
        pressure.high,
        if t.force.basis == ForceBasis::BodyWeight {
            format!(", for a body of {} kg", k.planning.reference_body.mass_kg)
        } else {
            String::new()
        }
    ));
    pressing.push(t.force.note.clone());
    if let Some(tool) = k.tools.get(&t.tool) {
        let (Contact::Area { note, .. } | Contact::Ball { note, .. }) = &tool.contact;
        pressing.push(note.clone());
    }
    page.list("How hard it presses (an estimate)", pressing);
    page.sources(k, &t.sources)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence to go on after a colon; what is a name or an abbreviation stays.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

fn questions(k: &Known, ids: &[String]) -> String {
    let mut page = Page::new("Questions");
    let cautions: Vec<(&String, &Caution)> = ids.iter().filter_map(|id| k.cautions.get_key_value(id)).collect();
    if cautions.iter().any(|(_, caution)| caution.scope == Scope::MarkedArea) {
        page.says(
            "They are asked about the places of the day: every region a session for them may press, and the whole \
             leg or arm where one of them is on it.",
        );
    }
    page.list("Is any of this so, or may it be?", cautions.iter().map(|(id, c)| format!("{} ({id})", c.question)));
    page.sources(k, &[])
}

fn caution(k: &Known, c: &Caution) -> String {
    let mut page = Page::new(&c.name);
    page.says(&c.question).list("On a card", c.lines.iter().map(|line| &line.text));
    page.says(&format!("Why we ask: {}", c.why)).says(&format!("If yes: {}", c.advice));
    page.list("What a yes does", c.actions().map(|action| effect(c, action)));
    let regions = c.regions.iter().filter_map(|id| k.regions.get(id)).map(|region| region.name.as_str());
    let regions: Vec<&str> = regions.collect();
    if !regions.is_empty() {
        page.list("Where", [regions.join(", ")]);
    }
    page.list(
        "When it is asked again",
        [match c.ask_again {
            AskAgain::EachSession => "before every session".to_owned(),
            AskAgain::AfterDays(days) => format!("after {}", count(u64::from(days), "day", "days")),
            AskAgain::WhenChanged => format!("every {} days", k.screen.confirm_lasting_after_days),
        }],
    );
    page.sources(k, &c.sources)
}

/// What a yes does, in words.
fn effect(c: &Caution, action: Action) -> String {
    let whole = c.scope == Scope::WholeBody;
    match action {
        Action::StopAndReferUrgently => "No plan: get help first",
        Action::AvoidAll => "No plan today",
        Action::AskClinician if action != c.action => "Ask a clinician",
        Action::AskClinician if whole => "No plan until a clinician agrees",
        Action::AskClinician => "Nothing on those places until a clinician agrees",
        Action::AvoidRegion if whole => "Nothing until a clinician agrees",
        Action::AvoidRegion => "Nothing on those places",
        Action::AvoidVibration => "No vibration",
        Action::LowerPressure => "Lighter",
        Action::Shorten => "Shorter",
    }
    .to_owned()
}

fn zone(k: &Known, z: &Zone) -> String {
    let mut page = Page::new(&z.name);
    page.says(&format!("{} ({})", z.where_it_is, z.anatomical_name)).says(&z.why).says(&z.do_instead);
    page.list("What lies there", &z.structures);
    page.sources(k, &z.sources)
}

fn region(k: &Known, r: &Region) -> String {
    let mut page = Page::new(&r.name);
    page.says(&format!("{} ({})", r.where_it_is, r.muscle));
    let ways = k.techniques.iter().filter(|(_, t)| k.regions.get(&t.region) == Some(r));
    page.list("Ways to roll it", ways.map(|(id, t)| format!("{} ({id})", t.name)));
    page.sources(k, &[])
}

fn tool(k: &Known, t: &Tool) -> String {
    let mut page = Page::new(&t.name);
    page.says(&t.what_it_is).list("Instead of it", t.stand_ins.iter().map(|stand_in| &stand_in.what));
    page.sources(k, &t.sources)
}

fn measure(k: &Known, m: &Measure) -> String {
    let mut page = Page::new(&m.name);
    page.says(&m.motion).list("How", &m.protocol);
    let percent = if m.change_threshold.percent { " %" } else { "" };
    let unit = if m.change_threshold.percent { "" } else { m.unit.as_str() };
    page.says(&format!("A change is more than error from {}{percent} {unit} on.", m.change_threshold.value));
    let norms = m.norms.iter().map(|norm| {
        let value = norm.mean.map(|mean| mean.to_string()).or_else(|| norm.printed.clone()).unwrap_or_default();
        let sd = norm.sd.map(|sd| format!(" (sd {sd})")).unwrap_or_default();
        format!("{}: {value}{sd} {}", norm.population, norm.unit)
    });
    page.list("What others reach", norms).list("Careful", &m.cautions);
    let sources: Vec<String> =
        m.norms.iter().map(|n| n.source.clone()).chain(m.reliability.iter().map(|r| r.source.clone())).collect();
    page.sources(k, &sources)
}

fn claim(k: &Known, c: &Claim) -> String {
    let mut page = Page::new(&c.claim);
    page.says(&c.answer);
    match c.grade.and_then(|grade| k.grades.get(&grade)) {
        Some(grade) => page.says(&format!("How sure: {}. {}", grade.label, grade.meaning)),
        None => page.says("Not yet searched: we have not read the sources, so we say nothing either way."),
    };
    for text in c.numbers.iter().chain(&c.would_change_our_mind) {
        page.says(text);
    }
    page.sources(k, &c.sources)
}
