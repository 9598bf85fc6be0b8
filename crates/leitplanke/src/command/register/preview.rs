//! `register preview`: what a text would move.

use std::path::Path;
use std::process::ExitCode;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use law::gdpr::art35;
use law::{Citation, Lang};
use operations::Error;
use register::{ChangeKind, Consequences, NoticeKind, Retention};
use serde_json::{Value, json};

use super::{gaps_json, read, report_faults};
use crate::cli::Cli;
use crate::failure::Failure;
use crate::{office, output};

pub fn run(cli: &Cli, file: &Path) -> Result<ExitCode, Failure> {
    let text = read(file)?;
    let today = ZonedDateTime::now().date();
    let radius = match office::organisation(cli)?.blast_radius(&text, today) {
        Ok(radius) => radius,
        Err(Error::RegisterFaults(faults)) => return report_faults(cli, file, &faults),
        Err(error) => return Err(error.into()),
    };
    let lang = office::lang(cli);
    if cli.json {
        let paths: Vec<_> = radius.changes.iter().map(|change| &change.path).collect();
        output::json(&json!({
            "changes": paths,
            "consequences": as_json(&radius.consequences, lang),
            "gaps_opened": gaps_json(&radius.gaps_opened, lang),
            "gaps_closed": gaps_json(&radius.gaps_closed, lang),
            "contacts": radius.contacts,
            "moves": radius.moves,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for change in &radius.changes {
        output::line(match &change.kind {
            ChangeKind::Added { new } => format!("+ {}: {new}", change.path),
            ChangeKind::Removed { old } => format!("- {}: {old}", change.path),
            ChangeKind::Changed { old, new } => format!("~ {}: {old} → {new}", change.path),
        })?;
    }
    let counts = [
        (
            radius.gaps_opened.len(),
            output::say(lang, "neue Lücken", "new gaps"),
        ),
        (
            radius.gaps_closed.len(),
            output::say(lang, "geschlossene Lücken", "closed gaps"),
        ),
        (
            radius.contacts.try_into().unwrap_or(usize::MAX),
            output::say(lang, "Kontakte befragt", "contacts asked about"),
        ),
    ];
    for (count, what) in counts {
        output::line(format!("{count:>10} {what}"))?;
    }
    for moved in &radius.moves {
        let (place, before, after) = (
            format!("{} / {}", moved.purpose, moved.channel.name()),
            moved.permitted_before,
            moved.permitted_after,
        );
        let (lost, won) = (moved.lost, moved.won);
        output::line(match lang {
            Lang::De => format!("  {place}: erlaubt {before} → {after} (−{lost}, +{won})"),
            Lang::En => format!("  {place}: permitted {before} → {after} (−{lost}, +{won})"),
        })?;
    }
    if radius.moves.is_empty() {
        output::line(output::say(
            lang,
            "  Für keinen Kontakt ändert sich die Antwort.",
            "  The answer changes for no contact.",
        ))?;
    }
    print(&radius.consequences, today, lang)?;
    output::line(output::say(
        lang,
        "Nichts ist geändert; `leitplanke register apply` setzt es in Kraft.",
        "Nothing is changed; `leitplanke register apply` puts it in force.",
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// What follows, as programs read it: words of closed lists, and provisions.
fn as_json(then: &Consequences, lang: Lang) -> Value {
    let rule = |rule: &Option<Retention>| rule.as_ref().map(|rule| rule.text(lang));
    let cite = |citation: Citation| citation.current();
    let notices = then.notices.iter().map(|notice| {
        let facts = notice.facts.iter();
        let facts =
            facts.map(|fact| json!({ "fact": fact.name(), "citation": cite(fact.citation()) }));
        json!({
            "activity": notice.activity,
            "kind": notice.kind.name(),
            "facts": facts.collect::<Vec<_>>(),
            "inform_before_further_use": notice.is_further_purpose(),
            "address": notice.address,
        })
    });
    let wordings = then.wordings.iter().map(|wording| {
        json!({
            "text": wording.text,
            "kind": wording.kind.name(),
            "from": wording.from,
            "to": wording.to,
            "activities": wording.activities,
        })
    });
    let retention = then.retention.iter().map(|change| {
        json!({
            "activity": change.activity,
            "covers": change.covers(),
            "old": rule(&change.old),
            "new": rule(&change.new),
            "shorter": change.is_shorter(),
        })
    });
    let contracts = then.contracts.iter().map(|contract| {
        json!({
            "recipient": contract.recipient,
            "step": contract.step.name(),
            "activities": contract.activities,
            "citation": cite(contract.step.citation()),
        })
    });
    let assessments = then.assessments.iter().map(|assessment| {
        let (triggers, criteria) = (assessment.triggers.iter(), assessment.criteria.iter());
        json!({
            "activity": assessment.activity,
            "triggers": triggers.map(|trigger| trigger.name()).collect::<Vec<_>>(),
            "criteria": criteria.map(|criterion| criterion.label().en).collect::<Vec<_>>(),
            "required_by_these_criteria": assessment.need.required(),
            "citations": [cite(art35::DUTY), cite(art35::REVIEW)],
        })
    });
    json!({
        "notices": notices.collect::<Vec<_>>(),
        "wordings": wordings.collect::<Vec<_>>(),
        "retention": retention.collect::<Vec<_>>(),
        "contracts": contracts.collect::<Vec<_>>(),
        "assessments": assessments.collect::<Vec<_>>(),
    })
}

/// What follows, for people.
fn print(then: &Consequences, today: Date, lang: Lang) -> Result<(), Failure> {
    let heading = |de, en| output::line(output::say(lang, de, en));
    if !then.notices.is_empty() {
        heading("Datenschutzhinweise:", "Privacy notices:")?;
    }
    for notice in &then.notices {
        let facts: Vec<_> = notice
            .facts
            .iter()
            .map(|fact| {
                let citation = fact.citation().written(today, lang);
                format!("{} [{citation}]", fact.label().get(lang))
            })
            .collect();
        let what = match notice.kind {
            NoticeKind::Changed => facts.join(", "),
            NoticeKind::New | NoticeKind::Ended => notice.kind.label().get(lang).to_owned(),
        };
        output::line(format!("  {}: {what}", notice.activity))?;
    }
    if !then.wordings.is_empty() {
        heading("Einwilligungstexte:", "Wordings of consents:")?;
    }
    for wording in &then.wordings {
        let version = |version: Option<u32>| version.map_or("–".to_owned(), |v| v.to_string());
        let (from, to) = (version(wording.from), version(wording.to));
        let kind = wording.kind.label().get(lang);
        output::line(format!("  {}: {kind} ({from} → {to})", wording.text))?;
    }
    if !then.retention.is_empty() {
        heading("Löschfristen:", "Time limits for erasure:")?;
    }
    for change in &then.retention {
        let rule = |rule: &Option<Retention>| {
            rule.as_ref().map_or("–".to_owned(), |rule| rule.text(lang))
        };
        let covers = change
            .covers()
            .map_or(String::new(), |data| format!(" ({data})"));
        let (old, new) = (rule(&change.old), rule(&change.new));
        output::line(format!("  {}{covers}: {old} → {new}", change.activity))?;
    }
    if !then.contracts.is_empty() {
        heading("Verträge:", "Contracts:")?;
    }
    for contract in &then.contracts {
        let (step, citation) = (contract.step.label().get(lang), contract.step.citation());
        output::line(format!(
            "  {}: {step} [{}] ({})",
            contract.recipient,
            citation.written(today, lang),
            contract.activities.join(", ")
        ))?;
    }
    if !then.assessments.is_empty() {
        heading(
            "Schwellwertprüfung wiederholen (Art. 35 Abs. 1, 11 DSGVO):",
            "Look again whether an impact assessment is required (Art. 35(1), (11) GDPR):",
        )?;
    }
    for assessment in &then.assessments {
        let triggers = assessment.triggers.iter();
        let triggers: Vec<_> = triggers.map(|trigger| trigger.label().get(lang)).collect();
        output::line(format!(
            "  {}: {}. {}",
            assessment.activity,
            triggers.join(", "),
            assessment.need.reason().get(lang)
        ))?;
    }
    Ok(())
}
