//! `receipt`, `verify` and `log`: proofs, made and checked.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use ::evidence::{Folder, LogVerifier, Receipt, verify_log, verify_range};
use jiff::{Timestamp, ZonedDateTime};
use law::Lang;
use serde_json::{Value, json};
use web::ProofError;

use super::evidence;
use super::import::private_file;
use crate::cli::{self, Cli, Log, Verify};
use crate::failure::Failure;
use crate::{office, output};

pub fn receipt(cli: &Cli, args: &cli::Receipt) -> Result<ExitCode, Failure> {
    use std::io::Write;

    let this = office::organisation(cli)?;
    let bytes = if args.certificate {
        let now = ZonedDateTime::now();
        let certificate = this.erasure_certificate(args.entry, now.timestamp())?;
        web::erasure_certificate(&certificate, office::lang(cli), &now).map_err(ProofError::from)?
    } else {
        let issued = this.receipt(args.entry, args.disclose, Timestamp::now())?;
        issued.json.into_bytes()
    };
    match &args.output {
        Some(path) => {
            let mut file = private_file(path).map_err(|e| Failure::file(path, e))?;
            file.write_all(&bytes).map_err(|e| Failure::file(path, e))?;
        }
        None => output::line(String::from_utf8_lossy(&bytes).trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}

pub fn log(cli: &Cli, command: &Log) -> Result<ExitCode, Failure> {
    let this = office::organisation(cli)?;
    match command {
        Log::Key => output::line(this.log_verifier().to_string())?,
        Log::Export { folder } => {
            let entries = this.export_log(folder)?;
            if cli.json {
                output::json(&json!({ "entries": entries, "folder": folder }))?;
            } else {
                let text = output::say(office::lang(cli), "Einträge in", "entries in");
                output::line(format!("{entries} {text} {}", folder.display()))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub fn verify(cli: &Cli, args: &Verify) -> Result<ExitCode, Failure> {
    let Some(what) = &args.what else {
        return verify_installation(cli);
    };
    if !what.is_dir() && evidence::is_pack(what)? {
        let key = args.key.as_deref().map(read_key).transpose()?;
        return evidence::verify(cli, what, key.as_ref());
    }
    let key = args.key.as_deref().ok_or_else(|| {
        Failure::Usage(
            "give the log's public key with --key; its owner prints it with `leitplanke log key`"
                .to_owned(),
        )
    })?;
    let key = read_key(key)?;
    if what.is_dir() {
        verify_folder(cli, args, what, &key)
    } else {
        verify_receipt(cli, what, &key)
    }
}

/// The key itself, or the file that holds it.
fn read_key(text: &str) -> Result<LogVerifier, Failure> {
    let path = Path::new(text);
    let text = if path.is_file() {
        fs::read_to_string(path).map_err(|e| Failure::file(path, e))?
    } else {
        text.to_owned()
    };
    LogVerifier::from_text(&text).map_err(|e| Failure::Usage(format!("--key: {e}")))
}

fn verify_receipt(cli: &Cli, file: &Path, key: &LogVerifier) -> Result<ExitCode, Failure> {
    let bytes = fs::read(file).map_err(|e| Failure::file(file, e))?;
    let lang = office::lang(cli);
    let verified = match Receipt::from_json(&bytes).and_then(|receipt| receipt.verify(key)) {
        Ok(verified) => verified,
        Err(error) => return bad(cli, lang, None, &error.to_string()),
    };
    let header = verified.entry.header();
    let opened: Option<Value> = match (&verified.opened, verified.entry.payload()) {
        (Some(text), _) => serde_json::from_slice(text).ok(),
        (None, ::evidence::Payload::Clear(map)) => Some(Value::Object(map.clone())),
        (None, ::evidence::Payload::Sealed { .. }) => None,
    };
    if cli.json {
        output::json(&json!({
            "valid": true,
            "log": header.log,
            "index": verified.index,
            "size": verified.size,
            "kind": header.kind,
            "at": header.at,
            "actor": header.actor,
            "content": opened,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    output::line(match lang {
        Lang::De => format!(
            "✓ echt: Eintrag {} von {} im Protokoll {}",
            verified.index, verified.size, header.log
        ),
        Lang::En => format!(
            "✓ genuine: entry {} of {} in the log {}",
            verified.index, verified.size, header.log
        ),
    })?;
    output::line(format!(
        "  {}  {}  {}",
        header.at, header.kind, header.actor
    ))?;
    match opened {
        Some(content) => {
            let text = serde_json::to_string_pretty(&content).unwrap_or_default();
            output::line(text)?;
        }
        None => output::line(output::say(
            lang,
            "  Der Inhalt ist versiegelt und in diesem Beleg nicht offengelegt.",
            "  The content is sealed and not disclosed by this receipt.",
        ))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn verify_folder(
    cli: &Cli,
    args: &Verify,
    folder: &Path,
    key: &LogVerifier,
) -> Result<ExitCode, Failure> {
    let lang = office::lang(cli);
    let mut log = Folder::new(folder);
    let checked = match (args.from, args.to) {
        (None, None) => verify_log(&mut log, key, None, |_, _| {}),
        (from, to) => {
            let end = to.map_or_else(|| size(&mut log, key), Ok);
            end.and_then(|end| verify_range(&mut log, key, None, from.unwrap_or(0)..end, |_, _| {}))
        }
    };
    match checked {
        Ok(report) if cli.json => {
            output::json(&json!({
                "valid": true,
                "log": key.origin(),
                "size": report.checkpoint.size,
                "from": report.entries.start,
                "to": report.entries.end,
            }))?;
            Ok(ExitCode::SUCCESS)
        }
        Ok(report) => {
            let (from, to, size) = (
                report.entries.start,
                report.entries.end,
                report.checkpoint.size,
            );
            output::line(match lang {
                Lang::De => format!("✓ unverändert: Einträge {from} bis {to} von {size}"),
                Lang::En => format!("✓ unchanged: entries {from} to {to} of {size}"),
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => bad(cli, lang, fault.entry(), &fault.to_string()),
    }
}

fn size(log: &mut Folder, key: &LogVerifier) -> Result<u64, ::evidence::Fault> {
    use ::evidence::LogReader;
    let note = log.checkpoint()?.ok_or(::evidence::Fault::NoCheckpoint)?;
    Ok(key.open(&note)?.size)
}

fn bad(cli: &Cli, lang: Lang, entry: Option<u64>, reason: &str) -> Result<ExitCode, Failure> {
    if cli.json {
        output::json(&json!({ "valid": false, "entry": entry, "reason": reason }))?;
    } else {
        let text = output::say(lang, "nicht echt", "not genuine");
        output::line(format!("✗ {text}: {reason}"))?;
    }
    Ok(ExitCode::FAILURE)
}

fn verify_installation(cli: &Cli) -> Result<ExitCode, Failure> {
    let checked = office::organisation(cli)?.verify()?;
    let good = checked.faults.is_empty();
    if cli.json {
        output::json(&checked)?;
    } else {
        for fault in &checked.faults {
            output::line(format!("✗ {}", fault.what))?;
        }
        let (entries, rows) = (checked.entries, checked.rows);
        let (waiting, erased, faults) = (checked.waiting, checked.erased, checked.faults.len());
        if checked.unproved > 0 {
            let count = checked.unproved;
            output::line(match office::lang(cli) {
                Lang::De => format!(
                    "! {count} Zeilen ohne Nachweis: sie können älter sein als der Nachweis für \
                     Zeilen ihrer Art"
                ),
                Lang::En => format!(
                    "! {count} rows without proof: they may be older than the proof of rows of \
                     their kind"
                ),
            })?;
        }
        let sign = if good { "✓" } else { "✗" };
        output::line(match office::lang(cli) {
            Lang::De => format!(
                "{sign} {entries} Einträge im signierten Protokoll, {waiting} warten, {erased} \
                 gelöschter Personen; {rows} Zeilen mit ihren Nachweisen verglichen; {faults} \
                 Fehler"
            ),
            Lang::En => format!(
                "{sign} {entries} entries in the signed log, {waiting} waiting, {erased} of \
                 erased people; {rows} rows compared with their evidence; {faults} faults"
            ),
        })?;
    }
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
