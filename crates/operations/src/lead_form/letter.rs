//! The mail that asks to confirm. It says what was asked for and nothing else: advertising in it
//! would be unlawful (OLG Düsseldorf I-15 U 64/15, OLG Celle 13 U 15/14).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use law::Lang;

use super::shown::ShownConsent;
use crate::contact::Email;
use crate::mail::Letter;

/// What is to be confirmed.
pub(super) struct Asked<'a> {
    pub(super) organisation: &'a str,
    pub(super) form: &'a str,
    pub(super) consents: &'a [ShownConsent],
    pub(super) link: &'a str,
    pub(super) expires_at: Timestamp,
}

pub(super) fn to_confirm(to: &Email, asked: &Asked<'_>, lang: Lang) -> Letter {
    let Asked {
        organisation,
        form,
        link,
        ..
    } = asked;
    let until = asked.expires_at.to_zoned(TimeZone::UTC);
    let quoted: String = asked
        .consents
        .iter()
        .map(|consent| format!("\n\n» {} «", consent.text.replace('\n', " ")))
        .collect();
    let (subject, text) = match lang {
        Lang::De => {
            let agreed = if quoted.is_empty() {
                String::new()
            } else {
                format!(" Dabei wurde angekreuzt:{quoted}\n\n")
            };
            (
                format!("Bitte bestätigen: {form}"),
                format!(
                    "Guten Tag,\n\nauf einer Seite von {organisation} wurde diese E-Mail-Adresse \
                     eingetragen: {form}.{agreed}\n\nWaren Sie das, bestätigen Sie es bitte bis \
                     {} (UTC) auf dieser Seite:\n\n{link}\n\nWaren Sie es nicht, brauchen Sie \
                     nichts zu tun: Die Angaben werden dann gelöscht, und Sie bekommen keine \
                     weitere Nachricht.\n\n{organisation}\n",
                    until.strftime("%d.%m.%Y, %H:%M")
                ),
            )
        }
        Lang::En => {
            let agreed = if quoted.is_empty() {
                String::new()
            } else {
                format!(" This was ticked:{quoted}\n\n")
            };
            (
                format!("Please confirm: {form}"),
                format!(
                    "Hello,\n\nthis e-mail address was entered on a page of {organisation}: \
                     {form}.{agreed}\n\nIf it was you, please confirm it until {} (UTC) on this \
                     page:\n\n{link}\n\nIf it was not you, you need not do anything: what was \
                     entered is deleted then, and you get no further message.\n\n{organisation}\n",
                    until.strftime("%-d %B %Y, %H:%M")
                ),
            )
        }
    };
    Letter {
        not_after: Some(asked.expires_at),
        ..Letter::new(to.address(), subject, text)
    }
}
