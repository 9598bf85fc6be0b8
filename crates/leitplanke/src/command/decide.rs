//! `decide`: the gate for one contact and for made-up facts.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::facts::json::{decide_json, facts_schema};
use serde_json::{Value, json};

use crate::cli::{Cli, Decide};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, args: &Decide) -> Result<ExitCode, Failure> {
    if args.schema {
        output::json(&facts_schema())?;
        return Ok(ExitCode::SUCCESS);
    }
    let on = args.on.unwrap_or_else(|| ZonedDateTime::now().date());
    if let Some(file) = &args.facts {
        return made_up(cli, file, on);
    }
    let (Some(contact), Some(purpose), Some(channel)) =
        (&args.contact, &args.purpose, args.channel)
    else {
        return Err(Failure::Usage(
            "name --contact, --purpose and --channel, or give made-up facts with --facts"
                .to_owned(),
        ));
    };
    let this = office::organisation(cli)?;
    let lang = office::lang(cli);
    let contact = contact.parse()?;
    let decided = if args.record {
        this.decide_and_record(&contact, purpose, channel, on, lang, &office::act())?
    } else {
        this.decide(&contact, purpose, channel, on, lang)?
    };
    if cli.json {
        output::json(&decided)?;
    } else {
        output::decision(&decided.decision, lang)?;
        if !decided.reachable {
            output::line(output::say(
                lang,
                "  Für diesen Weg ist keine Adresse oder Nummer gespeichert.",
                "  No address or number for this channel is on record.",
            ))?;
        }
        if let Some(entry) = decided.entry {
            let text = output::say(
                lang,
                "Festgehalten als Nachweis",
                "Recorded as evidence entry",
            );
            output::line(format!("  {text} {entry}."))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers each line of facts. A line that can't be read is answered with an error that names it,
/// never with a verdict; the others are answered all the same.
fn made_up(cli: &Cli, file: &Path, on: Date) -> Result<ExitCode, Failure> {
    let input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(
            File::open(file).map_err(|e| Failure::file(file, e))?,
        ))
    };
    let lang = office::lang(cli);
    let mut faults = 0;
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.map_err(|e| Failure::file(file, e))?;
        if line.trim().is_empty() {
            continue;
        }
        let answer: Value = match decide_json(&line, on, lang) {
            Ok(answer) => answer,
            Err(error) => {
                faults += 1;
                json!({ "line": number, "error": error.to_string() })
            }
        };
        output::json_line(&answer)?;
    }
    if faults > 0 {
        return Err(Failure::Usage(format!(
            "{faults} line(s) of facts could not be read; `leitplanke decide --schema` says what \
             they may hold"
        )));
    }
    Ok(ExitCode::SUCCESS)
}
