//! What stands in braces in the text of a campaign.

use law::Lang;

use super::draft::CampaignFault;
use crate::contact::{Fields, Salutation};

/// The placeholders.
const KNOWN: [&str; 4] = ["Anrede", "Vorname", "Nachname", "Firma"];

/// # Errors
/// The place of the first thing in braces that is no placeholder.
pub(super) fn check(subject: &str, text: &str) -> Result<(), CampaignFault> {
    let lines = std::iter::once(subject).chain(text.lines());
    for (line, content) in lines.enumerate() {
        let mut rest = content;
        while let Some(at) = rest.find(['{', '}']) {
            let begin = content.len() - rest.len() + at;
            let named = rest[at..].strip_prefix('{').and_then(|inner| {
                let (name, after) = inner.split_once('}')?;
                KNOWN.contains(&name).then_some(after)
            });
            rest = named.ok_or_else(|| CampaignFault::Placeholder {
                line,
                column: content[..begin].chars().count() + 1,
            })?;
        }
    }
    Ok(())
}

/// The text for one person. Without a name the greeting is a general one and the rest is empty.
pub(super) fn fill(text: &str, fields: &Fields, lang: Lang) -> String {
    let plain = |value: &Option<String>| -> String {
        let value = value.as_deref().unwrap_or_default();
        value.chars().filter(|c| !c.is_control()).collect()
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // In one pass: a name with braces in it is no placeholder.
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        out.push_str(&match name {
            "Anrede" => greeting(fields, lang),
            "Vorname" => plain(&fields.given_name),
            "Nachname" => plain(&fields.family_name),
            "Firma" => plain(&fields.company),
            _ => String::new(),
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How a letter in this language begins, without the comma.
pub(crate) fn greeting(fields: &Fields, lang: Lang) -> String {
    let name: Vec<&str> = [&fields.title, &fields.family_name]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let name = name.join(" ").replace(char::is_control, " ");
    let greeting = match (fields.salutation, lang) {
        (Some(Salutation::Herr), Lang::De) => "Sehr geehrter Herr",
        (Some(Salutation::Frau), Lang::De) => "Sehr geehrte Frau",
        (Some(Salutation::Herr), Lang::En) => "Dear Mr",
        (Some(Salutation::Frau), Lang::En) => "Dear Ms",
        (None, _) => "",
    };
    match (greeting, fields.family_name.is_some(), lang) {
        ("", true, Lang::De) => {
            let given = fields.given_name.as_deref().unwrap_or_default();
            let family = fields.family_name.as_deref().unwrap_or_default();
            format!("Guten Tag {given} {family}")
                .replace(char::is_control, " ")
                .replace("  ", " ")
        }
        ("", _, Lang::De) | (_, false, Lang::De) => "Guten Tag".to_owned(),
        ("", _, Lang::En) | (_, false, Lang::En) => "Hello".to_owned(),
        (greeting, true, _) => format!("{greeting} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_placeholder_is_named_by_its_place() {
        assert_eq!(check("{Firma}", "Guten Tag {Anrede},\n{Vorname}"), Ok(()));
        for (text, line, column) in [
            ("Tag {Name}", 1, 5),
            ("ä\nü {Anrede", 2, 3),
            ("x } y", 1, 3),
            ("{Anrede}{", 1, 9),
        ] {
            let fault = CampaignFault::Placeholder { line, column };
            assert_eq!(check("Betreff", text), Err(fault), "{text}");
        }
        let in_subject = CampaignFault::Placeholder { line: 0, column: 1 };
        assert_eq!(check("{x}", "y"), Err(in_subject));
    }

    #[test]
    fn a_name_with_braces_stays_a_name() {
        let fields = Fields {
            salutation: Some(Salutation::Frau),
            title: Some("Dr.".to_owned()),
            given_name: Some("{Firma}".to_owned()),
            family_name: Some("Muster".to_owned()),
            company: Some("Muster\r\nBcc: x".to_owned()),
            ..Fields::default()
        };
        assert_eq!(
            fill("{Anrede}, {Vorname} von {Firma}", &fields, Lang::De),
            "Sehr geehrte Frau Dr. Muster, {Firma} von MusterBcc: x"
        );
        assert_eq!(fill("{Anrede}", &Fields::default(), Lang::De), "Guten Tag");
        assert_eq!(fill("{Anrede}", &fields, Lang::En), "Dear Ms Dr. Muster");
    }
}
