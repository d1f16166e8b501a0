use super::{Common, print_json, print_line};
use crate::shell::page::{count, lines, width};
use crate::shell::{Diary, Failure, Outcome, data_file};
use std::io::IsTerminal;
use supple_core::knowledge::check;

/// Check that everything Supple needs is in order.
#[derive(Debug, clap::Args)]
pub struct Doctor {}

struct Finding {
    what: &'static str,
    good: bool,
    says: String,
}

impl Doctor {
    pub fn run(&self, common: &Common) -> Outcome {
        let knowledge = supple_knowledge::embedded();
        let problems = check::all(knowledge);
        let mut findings = vec![Finding {
            what: "knowledge",
            good: problems.is_empty(),
            says: format!(
                "{} techniques, {} questions, {} zones, {}",
                knowledge.techniques.len(),
                knowledge.cautions.len(),
                knowledge.zones.len(),
                count(problems.len() as u64, "problem", "problems")
            ),
        }];
        let path = data_file(common.data.clone())?;
        findings.push(match Diary::open(Some(path.clone()), common.now.clone()) {
            Ok(diary) => {
                let report = diary.wait(diary.store().verify());
                let good = report.as_ref().is_ok_and(supple_store::Report::is_sound);
                let says = match report {
                    Ok(report) => {
                        let events = count(report.events, "event", "events");
                        let problems = count(report.problems.len() as u64, "problem", "problems");
                        format!("{}: {events}, {problems}", path.display())
                    }
                    Err(error) => format!("{}: {error}", path.display()),
                };
                diary.close();
                Finding { what: "log", good, says }
            }
            Err(failure) => Finding { what: "log", good: false, says: failure.message },
        });
        let zone = jiff::Zoned::now();
        findings.push(Finding {
            what: "clock",
            good: zone.time_zone().iana_name().is_some(),
            says: match zone.time_zone().iana_name() {
                Some(name) => format!("zone {name}"),
                None => "this machine's zone has no name; set TZ, for instance TZ=Europe/Berlin".to_owned(),
            },
        });
        findings.push(Finding {
            what: "terminal",
            good: true,
            says: if std::io::stdout().is_terminal() {
                "full screen in `supple guide`".to_owned()
            } else {
                "not a terminal: `supple guide` prints its cues line by line".to_owned()
            },
        });
        let well = findings.iter().all(|finding| finding.good);
        if common.json {
            let all: Vec<_> = findings
                .iter()
                .map(|f| serde_json::json!({ "what": f.what, "good": f.good, "says": f.says }))
                .collect();
            print_json(&all)?;
        } else {
            for finding in &findings {
                let mark = if finding.good { "ok " } else { "NOT" };
                let says = lines(&format!("{}: {}", finding.what, finding.says), width() - 4).join("\n    ");
                print_line(&format!("{mark} {says}"))?;
            }
        }
        if well { Ok(crate::shell::Done::Ok) } else { Err(Failure::error("something is not in order, see above")) }
    }
}
