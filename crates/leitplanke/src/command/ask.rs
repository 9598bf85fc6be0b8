//! `ask`: the rules beside the gate.

use std::io::Read;
use std::process::ExitCode;

use law::topic;
use serde_json::json;

use crate::cli::{Ask, Cli};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, args: &Ask) -> Result<ExitCode, Failure> {
    let lang = office::lang(cli);
    let Some(name) = &args.topic else {
        if cli.json {
            let topics = topic::all()
                .iter()
                .map(|topic| json!({ "topic": topic.name(), "about": topic.about().get(lang) }));
            output::json(&topics.collect::<Vec<_>>())?;
        } else {
            for topic in topic::all() {
                output::line(format!("{:20} {}", topic.name(), topic.about().get(lang)))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    if args.schema {
        output::json(&topic::schema(name)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let facts = match args.facts.as_deref() {
        Some("-") => {
            let mut facts = String::new();
            let read = std::io::stdin().read_to_string(&mut facts);
            read.map_err(|e| Failure::File {
                what: "standard input".to_owned(),
                source: e,
            })?;
            facts
        }
        Some(facts) => facts.to_owned(),
        None => {
            return Err(Failure::Usage(format!(
                "give the facts with --facts '{{...}}'; `leitplanke ask {name} --schema` says \
                 which there are"
            )));
        }
    };
    // The answer is JSON with or without --json: its keys are what a caller reads.
    output::json(&topic::ask(name, &facts, lang)?)?;
    Ok(ExitCode::SUCCESS)
}
