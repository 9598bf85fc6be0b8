//! `evidence`: what is proven about one person, made and checked.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use ::evidence::LogVerifier;
use jiff::ZonedDateTime;
use law::Lang;
use pack::{ConsentRecord, ConsentState, Fault, MAX_PACK_BYTES, Report};
use serde_json::json;
use tempfile::NamedTempFile;

use crate::cli::{Cli, Evidence};
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, command: &Evidence) -> Result<ExitCode, Failure> {
    match command {
        Evidence::Pack { contact, out } => make(cli, contact, out),
        Evidence::Consents { contact } => {
            let this = office::organisation(cli)?;
            let records = this.consent_records_jsonld(&contact.parse()?, &office::act())?;
            output::json(&records)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn make(cli: &Cli, contact: &str, out: &Path) -> Result<ExitCode, Failure> {
    let (this, act, lang) = (office::organisation(cli)?, office::act(), office::lang(cli));
    let contact = contact.parse()?;
    // First the file, so that no pack is on record that nobody got; and beside its place, so that an
    // earlier pack there is not lost when this one fails. Only its owner can read it.
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
        .map_err(|e| Failure::file(out, e))?;
    let now = ZonedDateTime::now();
    let made = this.evidence_pack(&contact, |facts| web::pack_summary(facts, lang, &now), &act)?;
    file.write_all(&made.zip)
        .map_err(|e| Failure::file(out, e))?;
    file.persist(out).map_err(|e| Failure::file(out, e.error))?;
    if cli.json {
        let (entry, bytes) = (made.entry, made.zip.len());
        output::json(&json!({ "entry": entry, "file": out, "bytes": bytes }))?;
    } else {
        output::line(match lang {
            Lang::De => format!("✓ {}: Nachweis {}", out.display(), made.entry),
            Lang::En => format!("✓ {}: evidence {}", out.display(), made.entry),
        })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the file is a ZIP file.
pub fn is_pack(path: &Path) -> Result<bool, Failure> {
    let mut file = File::open(path).map_err(|e| Failure::file(path, e))?;
    let mut begin = [0; 2];
    let read = file.read(&mut begin).map_err(|e| Failure::file(path, e))?;
    Ok(read == begin.len() && begin == *b"PK")
}

/// Checks a pack; needs nothing but the file and the key.
pub fn verify(cli: &Cli, path: &Path, key: Option<&LogVerifier>) -> Result<ExitCode, Failure> {
    let file = File::open(path).map_err(|e| Failure::file(path, e))?;
    let mut bytes = Vec::new();
    // One byte more than a pack may have shows that it has too many.
    file.take(MAX_PACK_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::file(path, e))?;
    match pack::verify(&bytes, key) {
        Ok(report) => genuine(cli, &report),
        Err(faults) => not_genuine(cli, &faults),
    }
}

fn genuine(cli: &Cli, report: &Report) -> Result<ExitCode, Failure> {
    let (lang, fingerprint) = (office::lang(cli), pack::fingerprint(&report.key));
    if cli.json {
        output::json(&json!({
            "valid": true,
            "log": report.key.origin(),
            "key": report.key.to_string(),
            "fingerprint": fingerprint,
            "key_from_pack": report.key_from_pack,
            "made_at": report.made_at,
            "made_by": report.made_by,
            "files": report.files,
            "entries": report.entries.len(),
            "consents": report.consents,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (entries, files, log) = (report.entries.len(), report.files, report.key.origin());
    output::line(match (lang, report.key_from_pack) {
        (Lang::De, false) => {
            format!("✓ echt: {entries} Einträge, {files} Dateien, Protokoll {log}")
        }
        (Lang::En, false) => format!("✓ genuine: {entries} entries, {files} files, log {log}"),
        (Lang::De, true) => {
            format!("? in sich stimmig: {entries} Einträge, {files} Dateien, Protokoll {log}")
        }
        (Lang::En, true) => {
            format!("? of one piece: {entries} entries, {files} files, log {log}")
        }
    })?;
    for consent in &report.consents {
        output::line(format!("  {}", told(consent, lang)))?;
    }
    if report.key_from_pack {
        output::line(output::say(
            lang,
            "! Der Schlüssel stammt aus dem Paket selbst. Echt ist es nur, wenn dieser Fingerabdruck\n  \
             der ist, den der Verantwortliche auf anderem Weg nennt:",
            "! The key comes from the pack itself. It is genuine only if this fingerprint is the one\n  \
             that the controller gives by another way:",
        ))?;
    }
    let text = output::say(lang, "Schlüssel", "Key");
    output::line(format!("  {text}: {fingerprint}"))?;
    Ok(ExitCode::SUCCESS)
}

/// One consent in one line: activity, channels, what it is, and since when.
fn told(consent: &ConsentRecord, lang: Lang) -> String {
    let state = match (consent.state(), lang) {
        (ConsentState::Given, Lang::De) => "erteilt",
        (ConsentState::Given, Lang::En) => "given",
        (ConsentState::Withdrawn, Lang::De) => "widerrufen",
        (ConsentState::Withdrawn, Lang::En) => "withdrawn",
        (ConsentState::ProofLost, Lang::De) => "Nachweis entfallen",
        (ConsentState::ProofLost, Lang::En) => "proof lost",
    };
    let day = consent.events.last().map(|event| match &event.on {
        Some(day) => day.clone(),
        None => event.at.to_string(),
    });
    let (activity, channels) = (&consent.activity, consent.channels.join(", "));
    format!(
        "{activity} ({channels}): {state} {}",
        day.unwrap_or_default()
    )
}

fn not_genuine(cli: &Cli, faults: &[Fault]) -> Result<ExitCode, Failure> {
    if cli.json {
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| json!({ "place": fault.place, "reason": fault.reason.to_string() }))
            .collect();
        output::json(&json!({ "valid": false, "faults": faults }))?;
    } else {
        let text = output::say(office::lang(cli), "nicht echt", "not genuine");
        for fault in faults {
            output::line(format!("✗ {text}: {fault}"))?;
        }
    }
    Ok(ExitCode::FAILURE)
}
