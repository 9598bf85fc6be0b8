//! `register check|preview|apply|export|versions|sample`.

mod preview;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use jiff::ZonedDateTime;
use law::Lang;
use operations::{Error, check_register};
use register::{Fault, Gap};
use serde_json::{Value, json};

use crate::cli::{Cli, Register};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, command: &Register) -> Result<ExitCode, Failure> {
    match command {
        Register::Check { file } => check(cli, file),
        Register::Preview { file } => preview::run(cli, file),
        Register::Apply { file } => apply(cli, file),
        Register::Export { version } => {
            let text = office::organisation(cli)?.register_text(*version)?;
            output::line(text.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
        Register::Versions => versions(cli),
        Register::Sample => {
            output::line(register::SAMPLE.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|e| Failure::file(file, e))
}

fn check(cli: &Cli, file: &Path) -> Result<ExitCode, Failure> {
    match check_register(&read(file)?, ZonedDateTime::now().date()) {
        Ok(gaps) => {
            if cli.json {
                output::json(&json!({
                    "faults": [],
                    "gaps": gaps_json(&gaps, office::lang(cli)),
                }))?;
            } else {
                print_gaps(&gaps, office::lang(cli))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::RegisterFaults(faults)) => report_faults(cli, file, &faults),
        Err(error) => Err(error.into()),
    }
}

fn apply(cli: &Cli, file: &Path) -> Result<ExitCode, Failure> {
    let text = read(file)?;
    let applied = match office::organisation(cli)?.apply_register(&text, &office::act()) {
        Ok(applied) => applied,
        Err(Error::RegisterFaults(faults)) => return report_faults(cli, file, &faults),
        Err(error) => return Err(error.into()),
    };
    let lang = office::lang(cli);
    if cli.json {
        output::json(&json!({
            "version": applied.version,
            "changed": applied.changed,
            "gaps": gaps_json(&applied.gaps, lang),
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let version = applied.version;
    output::line(match (lang, applied.changed) {
        (Lang::De, true) => format!("Fassung {version} des Verzeichnisses ist in Kraft."),
        (Lang::De, false) => format!("Unverändert; Fassung {version} bleibt in Kraft."),
        (Lang::En, true) => format!("Version {version} of the register is in force."),
        (Lang::En, false) => format!("Unchanged; version {version} stays in force."),
    })?;
    print_gaps(&applied.gaps, lang)?;
    Ok(ExitCode::SUCCESS)
}

fn versions(cli: &Cli) -> Result<ExitCode, Failure> {
    let versions = office::organisation(cli)?.register_versions()?;
    if cli.json {
        output::json(&versions)?;
    } else {
        for version in versions {
            output::line(format!(
                "{:>5}  {:.0}  {}  {}",
                version.version, version.saved_at, version.saved_by, version.sha256
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints faults as compilers do, so that editors can jump to them. Exit code 1.
fn report_faults(cli: &Cli, file: &Path, faults: &[Fault]) -> Result<ExitCode, Failure> {
    let lang = office::lang(cli);
    if cli.json {
        let faults = faults.iter().map(|fault| {
            json!({
                "line": fault.line,
                "column": fault.column,
                "path": fault.path,
                "message": fault.message(lang),
            })
        });
        output::json(&json!({ "faults": faults.collect::<Vec<_>>() }))?;
    } else {
        for fault in faults {
            output::line(format!(
                "{}:{}:{}: {}: {}",
                file.display(),
                fault.line,
                fault.column,
                fault.path,
                fault.message(lang)
            ))?;
        }
    }
    Ok(ExitCode::FAILURE)
}

fn gaps_json(gaps: &[Gap], lang: Lang) -> Vec<Value> {
    gaps.iter()
        .map(|gap| {
            json!({
                "code": gap.code,
                "weight": gap.weight.name(),
                "citation": gap.citation.current(),
                "place": gap.place.path(),
                "finding": gap.text(lang),
                "next_step": gap.next_step.get(lang),
                "key": gap.key,
            })
        })
        .collect()
}

fn print_gaps(gaps: &[Gap], lang: Lang) -> Result<(), Failure> {
    let today = ZonedDateTime::now().date();
    if gaps.is_empty() {
        return output::line(output::say(
            lang,
            "Keine Fehler und keine Lücken gefunden.",
            "No faults and no gaps found.",
        ));
    }
    let count = gaps.len();
    output::line(match lang {
        Lang::De => format!("Keine Fehler; {count} Lücke(n):"),
        Lang::En => format!("No faults; {count} gap(s):"),
    })?;
    for gap in gaps {
        let sign = match gap.weight {
            register::Weight::Must => "✗",
            register::Weight::Should => "!",
        };
        output::line(format!(
            "{sign} {} [{}]: {}",
            gap.place.path(),
            gap.citation.written(today, lang),
            gap.text(lang)
        ))?;
        let key = if gap.key.is_empty() {
            String::new()
        } else {
            format!(" ({})", gap.key)
        };
        output::line(format!("    → {}{key}", gap.next_step.get(lang)))?;
    }
    Ok(())
}
