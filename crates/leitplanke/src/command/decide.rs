//! `decide` and `filter`: the gate for one contact, for made-up facts, for a list.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::facts::json::{decide_json, facts_schema};
use operations::FilterAsk;
use operations::import::ColumnMap;
use serde_json::{Value, json};

use super::import::private_file;
use crate::cli::{Cli, Decide, Filter};
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
        let act = office::act();
        let decided = this.decide_and_record(&contact, purpose, channel, on, lang, &act)?;
        office::place(&this, &act);
        decided
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

pub fn filter(cli: &Cli, args: &Filter) -> Result<ExitCode, Failure> {
    let this = office::organisation(cli)?;
    let ask = FilterAsk {
        purpose: args.purpose.clone(),
        channel: args.channel,
        on: args.on.unwrap_or_else(|| ZonedDateTime::now().date()),
        lang: office::lang(cli),
        country: this.country(),
        map: args
            .maps
            .iter()
            .map(|map| map.parse::<ColumnMap>())
            .collect::<Result<_, _>>()?,
    };
    let refused = match &args.refused {
        Some(path) => Some(private_file(path).map_err(|e| Failure::file(path, e))?),
        None => None,
    };
    let counts = this.filter(io::stdin().lock(), &ask, io::stdout().lock(), refused);
    let counts = counts.map_err(|error| match error {
        // Whoever read the list has read enough.
        operations::Error::File { source, .. } if source.kind() == io::ErrorKind::BrokenPipe => {
            Failure::Output(source)
        }
        other => Failure::from(other),
    })?;
    // Standard output is the list, so the counts go to standard error.
    let told = if cli.json {
        writeln!(io::stderr(), "{}", json!(counts))
    } else {
        let line = match ask.lang {
            law::Lang::De => format!(
                "{} Zeilen: {} erlaubt, {} nicht erlaubt, {} abzuwägen, {} unbekannt",
                counts.rows, counts.permitted, counts.refused, counts.review, counts.unknown
            ),
            law::Lang::En => format!(
                "{} rows: {} permitted, {} refused, {} to be weighed, {} unknown",
                counts.rows, counts.permitted, counts.refused, counts.review, counts.unknown
            ),
        };
        writeln!(io::stderr(), "{line}")
    };
    told.map_err(Failure::Output)?;
    Ok(ExitCode::SUCCESS)
}
