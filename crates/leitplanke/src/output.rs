//! Writes answers to standard output, as text or as JSON.

use std::io::{self, Write};

use law::Lang;
use law::gate::DecisionView;
use serde::Serialize;

use crate::failure::Failure;

/// Prints a line of text.
pub fn line(text: impl AsRef<str>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", text.as_ref()).map_err(Failure::Output)
}

/// Prints a value as JSON, over several lines.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Failure::Usage(e.to_string()))?;
    line(text)
}

/// Prints a value as JSON in one line, for lists of answers.
pub fn json_line(value: &impl Serialize) -> Result<(), Failure> {
    line(serde_json::to_string(value).map_err(|e| Failure::Usage(e.to_string()))?)
}

/// Picks the text of the language.
pub fn say<'t>(lang: Lang, de: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::De => de,
        Lang::En => en,
    }
}

/// Prints a decision for people.
pub fn decision(decision: &DecisionView, lang: Lang) -> Result<(), Failure> {
    let verdict = match (decision.verdict, lang) {
        ("permitted", Lang::De) => "✓ erlaubt",
        ("permitted", Lang::En) => "✓ permitted",
        ("review", Lang::De) => "? abzuwägen (bis dahin: nein)",
        ("review", Lang::En) => "? to be weighed by a person (until then: no)",
        (_, Lang::De) => "✗ nicht erlaubt",
        (_, Lang::En) => "✗ refused",
    };
    line(verdict)?;
    let layers = [
        (
            say(lang, "Kanalrecht", "Channel law"),
            &decision.channel_law,
        ),
        (
            say(lang, "Datenschutzrecht", "Data protection"),
            &decision.data_protection,
        ),
    ];
    for (name, layer) in layers {
        line(format!("  {name}: {}", layer.reason))?;
        line(format!("    {}", layer.citations.join("; ")))?;
    }
    let due = decision.duties.iter().map(|duty| match duty.by {
        Some(by) => format!("{} [{}; {by}]", duty.text, duty.citations.join(", ")),
        None => format!("{} [{}]", duty.text, duty.citations.join(", ")),
    });
    list(say(lang, "Pflichten", "Duties"), due)?;
    let steps = decision.next_steps.iter().map(|step| step.text.to_owned());
    list(
        say(lang, "Nächste rechtmäßige Schritte", "Next lawful steps"),
        steps,
    )?;
    let warnings = decision
        .warnings
        .iter()
        .map(|warning| warning.text.to_owned());
    list(say(lang, "Hinweise", "Please note"), warnings)?;
    if decision.to_be_checked {
        line(say(
            lang,
            "  Eine der Regeln ist streitig oder nicht bestätigt: bitte prüfen lassen.",
            "  One of the rules is disputed or unconfirmed: have it checked.",
        ))?;
    }
    line(say(
        lang,
        "  Dies ist keine Rechtsberatung.",
        "  This is not legal advice.",
    ))
}

fn list(title: &str, items: impl Iterator<Item = String>) -> Result<(), Failure> {
    for (number, item) in items.enumerate() {
        if number == 0 {
            line(format!("  {title}:"))?;
        }
        line(format!("    - {item}"))?;
    }
    Ok(())
}
