use serde::de::DeserializeOwned;
use supple_core::knowledge::check::{self, Problem};
use supple_core::knowledge::{Knowledge, Trials};
use supple_core::sorted::SortedMap;
use toml::{Table, Value};

/// One file under `knowledge/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeFile {
    /// Its path below `knowledge/`, with forward slashes: `techniques/calf_roller.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads the files and checks them, gathering every mistake: in the text, in the fields, in what they mean.
///
/// # Errors
/// Every [`Problem`] there is. Rules that look across files run only once each file can be read.
pub fn read_files(files: &[KnowledgeFile]) -> Result<Knowledge, Vec<Problem>> {
    let mut reader = Reader { files, used: vec![false; files.len()], problems: Vec::new() };
    let knowledge = reader.knowledge();
    if let Some(trials) = reader.folder::<String, _>("trials") {
        reader.problems.extend(check::trials(&trials));
    }
    if let Some(reviews) = reader.folder::<String, _>("reviews") {
        reader.problems.extend(check::reviews(&reviews));
    }
    if let (Some(retests), Some(knowledge)) = (reader.folder::<String, _>("retests"), &knowledge) {
        reader.problems.extend(check::retests(&retests, knowledge));
    }
    for (file, used) in files.iter().zip(&reader.used) {
        if !used {
            let what = "this file belongs to nothing; see knowledge/README.md for the folders there are".to_owned();
            reader.problems.push(Problem::new(&file.path, "", "unknown_file", what));
        }
    }
    match knowledge {
        Some(knowledge) if reader.problems.is_empty() => {
            let problems = check::all(&knowledge);
            if problems.is_empty() { Ok(knowledge) } else { Err(problems) }
        }
        _ => Err(reader.problems),
    }
}

/// Reads the studies under `trials/` and checks them.
///
/// # Errors
/// Every [`Problem`] there is in them.
pub fn read_trials(files: &[KnowledgeFile]) -> Result<Trials, Vec<Problem>> {
    let mut reader = Reader { files, used: vec![false; files.len()], problems: Vec::new() };
    let trials: Option<Trials> = reader.folder("trials");
    match trials {
        Some(trials) if reader.problems.is_empty() => {
            let problems = check::trials(&trials);
            if problems.is_empty() { Ok(trials) } else { Err(problems) }
        }
        _ => Err(reader.problems),
    }
}

struct Reader<'f> {
    files: &'f [KnowledgeFile],
    used: Vec<bool>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn knowledge(&mut self) -> Option<Knowledge> {
        // Every part is read before the first `?`, so that all mistakes show at once.
        let sources = self.one("sources");
        let grades = self.one("grades");
        let limits = self.one("limits");
        let planning = self.one("planning");
        let priors = self.one("priors");
        let worthwhile = self.one("worthwhile");
        let rule = self.one("rule");
        let claims = self.one("claims");
        let results = self.one("results");
        let screen = self.one("screen");
        let cards = self.one("cards");
        let stop_signals = self.one("stop_signals");
        let emergency = self.one("emergency");
        let poses = self.one("poses");
        let reasons = self.one("reasons");
        let regions = self.folder("regions");
        let tools = self.folder("tools");
        let zones = self.folder("zones");
        let techniques = self.folder("techniques");
        let cautions = self.folder("cautions");
        let measures = self.folder("measures");
        let questions = self.folder("questions");
        let moves = self.folder("moves");
        let movement_tests = self.folder("movement_tests");
        let compensations = self.folder("compensations");
        let paths = self.folder("paths");
        let sports = self.folder("sports");
        let exercises = self.one("exercises");
        Some(Knowledge {
            sources: sources?,
            grades: grades?,
            limits: limits?,
            planning: planning?,
            priors: priors?,
            worthwhile: worthwhile?,
            rule: rule?,
            claims: claims?,
            results: results?,
            screen: screen?,
            cards: cards?,
            stop_signals: stop_signals?,
            emergency: emergency?,
            poses: poses?,
            reasons: reasons?,
            regions: regions?,
            tools: tools?,
            zones: zones?,
            techniques: techniques?,
            cautions: cautions?,
            measures: measures?,
            questions: questions?,
            moves: moves?,
            movement_tests: movement_tests?,
            compensations: compensations?,
            paths: paths?,
            sports: sports?,
            exercises: exercises?,
        })
    }

    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let path = format!("{name}.toml");
        let Some(index) = self.files.iter().position(|file| file.path == path) else {
            self.problems.push(Problem::new(&path, "", "missing_file", "this file is missing".to_owned()));
            return None;
        };
        self.used[index] = true;
        self.parse(index)
    }

    fn folder<K: DeserializeOwned + Ord, T: DeserializeOwned>(&mut self, name: &str) -> Option<SortedMap<K, T>> {
        let mut things = Some(SortedMap::new());
        for index in 0..self.files.len() {
            let path = &self.files[index].path;
            let Some(id) = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')) else { continue };
            let Some(id) = id.strip_suffix(".toml").filter(|id| !id.contains('/')) else { continue };
            self.used[index] = true;
            // Studies keep the ids they came with, among them soaresEG2022.
            let capitals = name == "trials";
            let allowed =
                |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_') || capitals && byte.is_ascii_uppercase();
            if !id.bytes().all(allowed) {
                let what = "an id has small letters, digits and underscores only; rename the file".to_owned();
                self.problems.push(Problem::new(path, "", "unknown_id", what));
            }
            let key = serde_json::from_value(serde_json::Value::String(id.to_owned()));
            let path = path.clone();
            let thing = self.parse(index);
            match (key, thing) {
                (Ok(key), Some(thing)) => {
                    if let Some(things) = &mut things {
                        things.insert(key, thing);
                    }
                }
                (key, _) => {
                    if let Err(error) = key {
                        let what = format!("{error}; the file's name is its id");
                        self.problems.push(Problem::new(&path, "", "unknown_id", what));
                    }
                    things = None;
                }
            }
        }
        things
    }

    fn parse<T: DeserializeOwned>(&mut self, index: usize) -> Option<T> {
        let file = &self.files[index];
        let table: Table = match file.text.parse() {
            Ok(table) => table,
            Err(error) => {
                self.problems.push(Problem::new(
                    &file.path,
                    &line_of(&error, &file.text),
                    "not_toml",
                    said(error.message()),
                ));
                return None;
            }
        };
        let mut endless = Vec::new();
        find_endless(&Value::Table(table.clone()), "", &mut endless);
        for field in endless {
            let what = "nan and inf are no numbers here; give one that can be counted with".to_owned();
            self.problems.push(Problem::new(&file.path, &field, "bad_field", what));
        }
        match serde_path_to_error::deserialize(table) {
            Ok(thing) => Some(thing),
            Err(error) => {
                let field = error.path().to_string();
                let what = said(error.inner().message());
                let rule = if what.starts_with("unknown field") { "unknown_field" } else { "bad_field" };
                let field = if field == "." { String::new() } else { field };
                self.problems.push(Problem::new(&file.path, &field, rule, what));
                None
            }
        }
    }
}

/// What the parser says, in one line.
fn said(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the parser stopped.
fn line_of(error: &toml::de::Error, text: &str) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    before.map_or(String::new(), |before| format!("line {}", before.matches('\n').count() + 1))
}

/// Fields that hold nan or inf, which TOML allows and every comparison lets through.
fn find_endless(value: &Value, field: &str, found: &mut Vec<String>) {
    match value {
        Value::Float(number) if !number.is_finite() => found.push(field.to_owned()),
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                find_endless(value, &format!("{field}[{index}]"), found);
            }
        }
        Value::Table(table) => {
            for (name, value) in table {
                let field = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
                find_endless(value, &field, found);
            }
        }
        _ => {}
    }
}
