//! Effects out of a CSV file; whatever cannot be used is named with its line, and nothing is dropped silently.

use crate::shell::Failure;
use std::collections::BTreeMap;
use std::path::Path;

/// The columns that pooling needs.
#[derive(Debug)]
pub struct Effects {
    pub labels: Vec<String>,
    pub y: Vec<f64>,
    pub v: Vec<f64>,
    pub cluster: Option<Vec<usize>>,
    pub moderators: Vec<Vec<f64>>,
}

/// How many mistakes are shown before the rest is only counted.
const MOST_SHOWN: usize = 8;

/// Reads the columns `yi` and `vi`, the one that says what belongs together, and the moderators.
pub fn read(
    path: &Path,
    cluster: Option<&str>,
    moderators: &[String],
    label: Option<&str>,
) -> Result<Effects, Failure> {
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::bad_input(format!("{error}; name a CSV file with the columns yi and vi")).at(path)
    })?;
    parse(&bytes, cluster, moderators, label).map_err(|failure| failure.at(path))
}

fn parse(
    bytes: &[u8],
    cluster: Option<&str>,
    moderators: &[String],
    label: Option<&str>,
) -> Result<Effects, Failure> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .map_err(|_| Failure::bad_input("this is not UTF-8 text; save the table as CSV, UTF-8, and try again"))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken =
        |error: &csv::Error| Failure::bad_input(format!("{}; mend that line and try again", in_words(error)));
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let find = |name: &str, what: &str| {
        let mut places = header.iter().enumerate().filter(|(_, column)| *column == name).map(|(at, _)| at);
        match (places.next(), places.next()) {
            (Some(at), None) => Ok(at),
            (Some(_), Some(_)) => {
                Err(Failure::bad_input(format!("two columns are called {name}; rename one, so that it is clear")))
            }
            _ => Err(Failure::bad_input(format!(
                "there is no column {name} ({what}). The columns are: {}. The first line of the file names them",
                header.iter().collect::<Vec<_>>().join(", ")
            ))),
        }
    };
    let (y, v) = (find("yi", "the effect")?, find("vi", "its sampling variance, the standard error squared")?);
    let cluster = cluster.map(|name| find(name, "what belongs together, given with --cluster")).transpose()?;
    let named: Vec<(&String, usize)> = moderators
        .iter()
        .map(|name| find(name, "a moderator, given with --mods").map(|at| (name, at)))
        .collect::<Result<_, _>>()?;
    let label = label.map(|name| find(name, "the name of a row, given with --label")).transpose()?;

    let mut mistakes = Vec::new();
    let mut numbers = BTreeMap::new();
    let mut effects = Effects {
        labels: Vec::new(),
        y: Vec::new(),
        v: Vec::new(),
        cluster: cluster.map(|_| Vec::new()),
        moderators: Vec::new(),
    };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(row as u64 + 2, csv::Position::line);
        let mut number = |at: usize, name: &str, above_zero: bool| {
            let text = record.get(at).unwrap_or_default();
            let allowed = if above_zero { "a number above 0" } else { "a number" };
            match text.parse::<f64>() {
                Ok(value) if value.is_finite() && (!above_zero || value > 0.0) => value,
                _ => {
                    let shown = if text.is_empty() { "empty".to_owned() } else { format!("\"{text}\"") };
                    mistakes.push(format!("line {line}: {name} is {shown}, not {allowed}"));
                    f64::NAN
                }
            }
        };
        effects.y.push(number(y, "yi", false));
        effects.v.push(number(v, "vi", true));
        effects.moderators.push(named.iter().map(|(name, at)| number(*at, name, false)).collect());
        if let (Some(at), Some(list)) = (cluster, &mut effects.cluster) {
            let text = record.get(at).unwrap_or_default();
            if text.is_empty() {
                mistakes.push(format!("line {line}: it is not said what it belongs to (--cluster)"));
            }
            let next = numbers.len();
            list.push(*numbers.entry(text.to_owned()).or_insert(next));
        }
        let name = label.and_then(|at| record.get(at)).unwrap_or_default();
        effects.labels.push(if name.is_empty() { format!("Row {}", row + 1) } else { name.to_owned() });
    }
    if mistakes.is_empty() {
        return Ok(effects);
    }
    let more = mistakes.len().saturating_sub(MOST_SHOWN);
    mistakes.truncate(MOST_SHOWN);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let turn =
        if named.is_empty() { "" } else { "; a moderator that is a word becomes one column of 0 and 1 a word" };
    Err(Failure::bad_input(format!(
        "{}{more}. Mend or take out these rows, so that it is you who decides what is left out{turn}",
        mistakes.join("; ")
    )))
}

/// What the reader says, for somebody who knows tables but no program.
fn in_words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(String::new(), |pos| format!("line {} ", pos.line()));
            format!("{line}has {len} fields where the first line has {expected_len}")
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, cluster: Option<&str>, mods: &[&str]) -> String {
        let mods: Vec<String> = mods.iter().map(|name| (*name).to_owned()).collect();
        parse(text.as_bytes(), cluster, &mods, None).unwrap_err().message
    }

    #[test]
    fn columns_are_found_wherever_they_stand_and_trials_by_their_words() {
        let text = "\u{feff}study, vi ,yi,weeks\nA,0.1,0.5,2\n\"B, second\",0.2,-0.5,3\nA,0.3,1e-1,4\n";
        let effects = parse(text.as_bytes(), Some("study"), &["weeks".to_owned()], Some("study")).unwrap();
        assert_eq!(effects.y, [0.5, -0.5, 0.1]);
        assert_eq!(effects.v, [0.1, 0.2, 0.3]);
        assert_eq!(effects.cluster, Some(vec![0, 1, 0]));
        assert_eq!(effects.moderators, [[2.0], [3.0], [4.0]]);
        assert_eq!(effects.labels, ["A", "B, second", "A"]);
    }

    #[test]
    fn every_number_that_cannot_be_used_is_named_with_its_line() {
        let said = refused("yi,vi\n0.1,0.2\nNA,-1\n,0\ninf,nan\n", None, &[]);
        for part in [
            "line 3: yi is \"NA\", not a number",
            "line 3: vi is \"-1\", not a number above 0",
            "line 4: yi is empty",
            "line 4: vi is \"0\"",
            "line 5: yi is \"inf\"",
            "line 5: vi is \"nan\"",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(refused("yi,vi,g\n1,1,\n2,1,a\n", Some("g"), &[]).contains("line 2: it is not said"));
        assert!(refused("yi,vi,m\n1,1,high\n", None, &["m"]).contains("one column of 0 and 1"));
    }

    #[test]
    fn a_table_that_is_none_says_what_is_missing() {
        assert!(
            refused("effect,vi\n1,1\n", None, &[]).contains("no column yi (the effect). The columns are: effect, vi")
        );
        assert!(refused("yi,vi,vi\n1,1,1\n", None, &[]).contains("two columns are called vi"));
        assert!(refused("yi,vi\n1,1,1\n", None, &[]).contains("line 2 has 3 fields where the first line has 2"));
        assert!(refused("", None, &[]).contains("no column yi"));
        let latin = parse(b"yi,vi\n\xe9,1\n", None, &[], None).unwrap_err().message;
        assert!(latin.contains("not UTF-8"), "{latin}");
    }
}
