//! `supple plan --request`: everything in the request, one answer a line.

use crate::home::Home;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// The example of the contract.
pub fn example() -> Value {
    json!({
        "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "seed": 1, "minutes": 12, "goal": "recovery",
        "tools": ["foam_roller", "ball"],
        "person": {"age_years": 34, "body_mass_kg": 78, "adult_present": false}, "first_session": false,
        "pressure_seconds_today": [{"region": "calf", "side": "left", "seconds": 60}],
        "screen": {"default": "no", "answers": {
            "sp_anticoagulant": {"answer": "yes"},
            "sp_breast_nodes": {"answer": "yes", "side": "left"},
            "delphi_open_wound": {"answer": "yes", "areas": [{"region": "calf", "side": "right"}]},
            "sp_hypertension": {"answer": "yes", "clinician_agreed_on": "2026-11-01"}}},
        "soreness": [{"region": "calf", "side": "left", "felt": 5}],
        "tight": [{"region": "rectus_femoris", "side": "both"}], "wants": ["calf"], "avoid": ["plantar_foot"]
    })
}

/// A request that gets a plan with blocks.
fn ready() -> Value {
    json!({
        "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "minutes": 10, "goal": "mobility",
        "tools": ["foam_roller"], "tool_firmness": {"foam_roller": "medium"}, "person": {"age_years": 34},
        "first_session": false, "screen": {"default": "no"}, "wants": ["calf"]
    })
}

const ASK: [&str; 4] = ["plan", "--json", "--request", "-"];

#[test]
fn the_example_of_the_contract_is_answered() {
    let home = Home::new();
    let answer = home.run_with(&ASK, example().to_string()).ok().json();
    assert_eq!(answer["verdict"], "modify");
    let ids: Vec<&str> = answer["reasons"].as_array().unwrap().iter().filter_map(|r| r["id"].as_str()).collect();
    for id in ["sp_anticoagulant", "sp_breast_nodes", "delphi_open_wound", "sp_hypertension"] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    for reason in answer["reasons"].as_array().unwrap() {
        for field in ["id", "action", "answer", "text", "sources"] {
            assert!(!reason[field].is_null(), "{field} of {reason}");
        }
    }
    let plan = &answer["plan"];
    for field in ["blocks", "left_out", "seconds_total", "seconds_pressure", "objective"] {
        assert!(!plan[field].is_null(), "{field} of {plan}");
    }
    assert!(!home.path("log.sqlite").exists(), "nothing is logged");
}

#[test]
fn a_block_has_every_field_of_the_contract() {
    let home = Home::new();
    let answer = home.run_with(&ASK, ready().to_string()).ok().json();
    let block = &answer["plan"]["blocks"][0];
    let fields = [
        "technique",
        "region",
        "side",
        "tool",
        "position",
        "sets",
        "seconds_per_set",
        "rest_seconds",
        "felt_target",
        "felt_cap",
        "seconds_per_pass",
        "spots",
        "hold_seconds",
        "small_movements",
        "active_movement",
        "force_newtons",
        "pressure_kpa",
        "why",
        "grade",
        "sources",
    ];
    for field in fields {
        assert!(block.get(field).is_some(), "{field} of {block}");
    }
    for estimate in ["force_newtons", "pressure_kpa"] {
        for field in ["low", "usual", "high", "source"] {
            assert!(block[estimate].get(field).is_some(), "{estimate}.{field} of {block}");
        }
    }
    let pressure: u64 = answer["plan"]["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["sets"].as_u64().unwrap() * block["seconds_per_set"].as_u64().unwrap())
        .sum();
    assert_eq!(answer["plan"]["seconds_pressure"], pressure);
    assert!(answer["plan"]["seconds_total"].as_u64().unwrap() <= 600);
}

#[test]
fn whatever_the_verdict_an_answered_request_is_no_error() {
    let home = Home::new();
    let mut hold = ready();
    hold["screen"] = json!({});
    let mut refer = ready();
    refer["screen"]["answers"] = json!({"rf_pe_signs": {"answer": "yes"}});
    let ran = home.run_with(&ASK, format!("{}\n{hold}\n{refer}\n", ready())).ok();
    let verdicts: Vec<String> = ran.json_lines().iter().map(|a| a["verdict"].as_str().unwrap().to_owned()).collect();
    assert_eq!(verdicts, ["clear", "hold", "refer"]);
    assert!(ran.json_lines()[1..].iter().all(|answer| answer["plan"].is_null()));
}

#[test]
fn a_bad_line_gets_an_error_object_and_the_next_one_its_answer() {
    let home = Home::new();
    let mut input = format!("{}\r\n", ready()).into_bytes();
    let bad: [&[u8]; 9] = [
        b"{\"minutes\":",
        b"[]",
        b"\"\xff\xfe\"",
        b"{} {}",
        b"{\"now\":\"2026-11-22T18:00:00+01:00[Europe/Berlin]\",\"minutes\":500,\"goal\":\"mobility\"}",
        b"{\"now\":\"2026-11-22T18:00:00+01:00[Europe/Berlin]\",\"minutes\":10,\"goal\":\"mobility\",\"wants\":[\"calve\"]}",
        b"{\"now\":\"2026-11-22T18:00:00+01:00[Europe/Berlin]\",\"minutes\":10,\"goal\":\"mobility\",\
          \"soreness\":[{\"region\":\"calf\",\"felt\":11}]}",
        b"{\"now\":\"2026-11-22T18:00:00+01:00[Europe/Berlin]\",\"minutes\":10,\"goal\":\"mobility\",\
          \"person\":{\"body_mass_kg\":NaN}}",
        b"{\"now\":\"yesterday\",\"minutes\":10,\"goal\":\"mobility\"}",
    ];
    for line in bad {
        input.extend_from_slice(line);
        input.extend_from_slice(b"\r\n");
    }
    input.extend_from_slice(b"\r\n   \n");
    input.extend_from_slice(ready().to_string().as_bytes());
    let answers = home.run_with(&ASK, input).with_code(2).json_lines();
    assert_eq!(answers.len(), bad.len() + 2, "blank lines get none, every other line gets one");
    assert_eq!(answers[0], answers[answers.len() - 1]);
    for answer in &answers[1..=bad.len()] {
        let error = answer["error"].as_str().unwrap_or_else(|| panic!("no error: {answer}"));
        assert!(error.len() > 20 && error.len() < 1200, "{error}");
        assert!(answer.get("verdict").is_none());
    }
    assert_eq!(answers[5]["field"], "minutes");
    assert!(answers[5]["error"].as_str().unwrap().contains("2 to 20"), "{}", answers[5]);
    assert_eq!(answers[7]["field"], "soreness[0].felt");
    assert!(answers[7]["error"].as_str().unwrap().contains("0 to 10"), "{}", answers[7]);
}

#[test]
fn a_pretty_printed_request_in_a_file_is_one_request() {
    let home = Home::new();
    let pretty = home.write("today.json", serde_json::to_string_pretty(&example()).unwrap());
    let flat = home.write("flat.json", example().to_string());
    let one = home.run(&["plan", "--json", "--request", &pretty]).ok();
    assert_eq!(one.json()["verdict"], "modify");
    assert_eq!(one.out, home.run(&["plan", "--json", "--request", &flat]).ok().out);
    home.run(&["plan", "--request", &pretty]).ok().says(&["Blood thinners", "Left out"]);
}

#[test]
fn an_empty_file_holds_no_request() {
    let home = Home::new();
    for nothing in ["", "\n\r\n  \n"] {
        let file = home.write("empty.json", nothing);
        let ran = home.run(&["plan", "--request", &file]).with_code(2);
        ran.complains(&["no request", "supple schema request"]);
        assert!(ran.out.is_empty());
    }
}

#[test]
fn each_line_is_answered_before_the_next_is_waited_for_and_a_huge_one_takes_no_memory() {
    let home = Home::new();
    let mut child =
        home.supple().args(ASK).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = move || answers.next().expect("an answer").expect("it can be read");
    writeln!(stdin, "{}", ready()).unwrap();
    let first = next();
    let before = peak_kilobytes(child.id());
    let piece = vec![b'x'; 1 << 20];
    stdin.write_all(b"\"").unwrap();
    for _ in 0..50 {
        stdin.write_all(&piece).unwrap();
    }
    writeln!(stdin, "\"").unwrap();
    let error = next();
    assert!(error.contains("error") && error.contains("at most") && error.contains("52428803"), "{error}");
    writeln!(stdin, "{}", ready()).unwrap();
    assert_eq!(next(), first);
    if let (Some(before), Some(after)) = (before, peak_kilobytes(child.id())) {
        assert!(after < before + 16_000, "from {before} kB to {after} kB");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

/// The most memory a process had, where the system says it.
fn peak_kilobytes(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn a_huge_first_line_is_one_error() {
    let home = Home::new();
    let mut input = vec![b'['; 50 << 20];
    write!(input, "\n{}\n", ready()).unwrap();
    let answers = home.run_with(&ASK, input).with_code(2).json_lines();
    assert!(answers[0]["error"].as_str().unwrap().contains("at most"), "{}", answers[0]);
    assert_eq!((answers.len(), &answers[1]["verdict"]), (2, &json!("clear")));
}

/// Many requests that differ.
fn many(number: u64) -> String {
    let goals = ["warm_up", "mobility", "recovery", "wind_down"];
    let regions = ["calf", "rectus_femoris", "gluteus_maximus", "lats", "thoracic_erectors"];
    let mut lines = String::new();
    for i in 0..number {
        let mut request = example();
        request["minutes"] = (2 + i % 19).into();
        request["goal"] = goals[(i % 4) as usize].into();
        request["person"]["age_years"] = (16 + i % 70).into();
        request["soreness"][0]["felt"] = (i % 11).into();
        request["wants"] = json!([regions[(i % 5) as usize]]);
        if i % 3 == 0 {
            request["screen"]["answers"] = json!({});
        }
        writeln!(lines, "{request}").unwrap();
    }
    lines
}

#[test]
fn the_same_requests_give_the_same_bytes() {
    let home = Home::new();
    let requests = many(500);
    let first = home.run_with(&ASK, &requests).ok();
    assert_eq!(first.json_lines().len(), 500);
    let home = Home::new();
    let file = home.write("requests.jsonl", &requests);
    // Another home, another zone, another day, a file: nothing but the request counts.
    let output = home
        .supple()
        .env("TZ", "Pacific/Auckland")
        .args(["--now", "2031-01-01T00:00:00+00:00[UTC]", "plan", "--json", "--request", &file])
        .output()
        .unwrap();
    assert!(first.out.as_bytes() == output.stdout, "the second run has other bytes");
}

#[test]
fn a_reader_that_went_away_is_no_failure() {
    let home = Home::new();
    let file = home.write("requests.jsonl", many(200));
    for args in
        [&["plan", "--json", "--request", &file][..], &["knowledge", "list", "techniques"], &["completions", "bash"]]
    {
        let mut child =
            home.supple().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(0) && said.is_empty(), "{args:?}: {:?} {said}", output.status);
    }
}

#[test]
fn in_words_a_bad_line_is_an_error_and_the_rest_is_answered() {
    let home = Home::new();
    let ran = home.run_with(&["plan", "--request", "-"], format!("{{\"minutes\":0}}\n{}\n", ready())).with_code(2);
    ran.says(&["Ready"]).complains(&["minutes", "2 to 20"]);
}

#[test]
fn the_schemas_describe_the_example() {
    let home = Home::new();
    for what in ["request", "answer", "error", "event"] {
        let schema: Value = serde_json::from_str(&home.run(&["schema", what]).ok().out).expect("a schema is JSON");
        assert!(schema["$schema"].is_string() && schema["title"].is_string(), "{what}: {schema}");
        assert_eq!(schema, home.run(&["schema", what, "--json"]).ok().json());
    }
    let schema = home.run(&["schema", "request", "--json"]).ok().json();
    assert_eq!(misfits(&schema, &schema, &example(), "request"), Vec::<String>::new());
    let without_goal = json!({"now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "minutes": 12, "gaol": "recovery"});
    assert_eq!(misfits(&schema, &schema, &without_goal, "request").len(), 2, "the check can fail");
    let answer = home.run_with(&ASK, example().to_string()).ok().json();
    let schema = home.run(&["schema", "answer", "--json"]).ok().json();
    assert_eq!(misfits(&schema, &schema, &answer, "answer"), Vec::<String>::new());
    let error = home.run_with(&ASK, "{}").with_code(2).json();
    let schema = home.run(&["schema", "error", "--json"]).ok().json();
    assert_eq!(misfits(&schema, &schema, &error, "error"), Vec::<String>::new());
}

/// Where a value does not fit a schema: required fields that are missing, fields nobody knows, words out of no list.
fn misfits(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is nowhere"));
        return misfits(root, target, value, at);
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(options) = schema[several].as_array() {
            let fits = options.iter().any(|option| misfits(root, option, value, at).is_empty());
            return if fits { Vec::new() } else { vec![format!("{at} fits none of {several}")] };
        }
    }
    let mut found = Vec::new();
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is none of {words:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        found.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &&str| *wanted == kind || (*wanted == "number" && kind == "integer");
    if !kinds.is_empty() && !kinds.iter().any(fits) {
        found.push(format!("{at}: a {kind}, not {kinds:?}"));
    }
    if let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
        for needed in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(needed) {
                found.push(format!("{at}.{needed} is missing"));
            }
        }
        for (field, inside) in fields {
            match known.get(field) {
                Some(schema) => found.extend(misfits(root, schema, inside, &format!("{at}.{field}"))),
                None => found.push(format!("{at}.{field} is not in the schema")),
            }
        }
    } else if let (Some(fields), Some(each)) = (value.as_object(), schema.get("additionalProperties")) {
        for (field, inside) in fields {
            found.extend(misfits(root, each, inside, &format!("{at}.{field}")));
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(root, &schema["items"], item, &format!("{at}[{index}]")));
    }
    found
}
