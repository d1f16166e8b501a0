use super::areas::{parse_region, parse_side};
use super::{Common, print_json, print_line};
use crate::shell::{Failure, Outcome};
use supple_core::event::{DoneElsewhere as Body, ElsewhereTool, EventBody};
use supple_core::knowledge::ToolId;
use supple_core::unit::{Felt, Seconds};

/// Log pressure you gave without Supple: its seconds count to the day.
#[derive(Debug, clap::Args)]
pub struct DoneElsewhere {
    /// The region, such as calf.
    #[arg(long)]
    region: String,
    /// left, right or both.
    #[arg(long, default_value = "both")]
    side: String,
    /// Seconds on each side, 1 to 7200.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=7200))]
    seconds: u32,
    /// A tool's id, massage_gun (logged, never planned), or other.
    #[arg(long, default_value = "other")]
    tool: String,
    /// How strong it felt, 0 to 10.
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    felt: Option<u8>,
}

impl DoneElsewhere {
    pub fn run(&self, common: &Common) -> Outcome {
        let body = Body {
            region: parse_region(&self.region)?,
            side: Some(parse_side(&self.side)?),
            seconds: self.seconds,
            tool: tool(&self.tool)?,
            felt: self.felt.map(Felt::of),
        };
        let mut diary = common.diary()?;
        diary.record(vec![EventBody::DoneElsewhere(body.clone())])?;
        diary.close();
        if common.json {
            return print_json(&body);
        }
        let name = &supple_knowledge::embedded().regions[&body.region].name;
        print_line(&format!("Logged: {name}, {}, {} on each side.", self.side, Seconds::new(self.seconds)))
    }
}

fn tool(text: &str) -> Result<ElsewhereTool, Failure> {
    match text {
        "massage_gun" => Ok(ElsewhereTool::MassageGun),
        "other" => Ok(ElsewhereTool::Other),
        id => ToolId::from_id(id).map(ElsewhereTool::Tool).ok_or_else(|| {
            let known: Vec<&str> = ToolId::ALL.iter().map(|tool| tool.id()).collect();
            Failure::bad_input(format!("there is no tool `{id}`; write {}, massage_gun or other", known.join(", ")))
        }),
    }
}
