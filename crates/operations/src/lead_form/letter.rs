//! The mails about a form: the one that asks to confirm, and the receipt. They say what was asked for
//! and nothing else: advertising in them would be unlawful (OLG Düsseldorf I-15 U 64/15, OLG Celle
//! 13 U 15/14).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use law::Lang;

use super::shown::ShownConsent;
use crate::contact::Email;
use crate::mail::{Letter, Receipts};

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
    let until = asked.expires_at.to_zoned_datetime(TimeZone::UTC);
    let quoted = quoted(asked.consents, lang);
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
                     nichts zu tun: Die Angaben werden dann gelöscht, und Sie bekommen dazu \
                     keine weitere Nachricht.\n\n{organisation}\n",
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
                     entered is deleted then, and you get no further message about it.\n\n{organisation}\n",
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

/// What a receipt is about.
pub(super) struct Receipt<'a> {
    pub(super) organisation: &'a str,
    pub(super) form: &'a str,
    pub(super) consents: &'a [ShownConsent],
    /// The entries that put them on record.
    pub(super) entries: &'a [i64],
    pub(super) submitted_on: Date,
    /// The address of what was ordered, if it comes by mail.
    pub(super) file: Option<&'a str>,
    pub(super) preferences: &'a str,
}

pub(super) fn receipt(to: &Email, about: &Receipt<'_>, lang: Lang) -> Letter {
    let Receipt {
        organisation,
        form,
        preferences,
        ..
    } = about;
    let quoted = quoted(about.consents, lang);
    let (subject, text) = match lang {
        Lang::De => {
            let agreed = if quoted.is_empty() {
                "Eine Einwilligung in Werbung haben Sie damit nicht gegeben.".to_owned()
            } else {
                format!(
                    "Sie haben eingewilligt:{quoted}\n\nDer Beleg liegt bei: als PDF für Sie und als \
                     Datei, mit der sich der Nachweis prüfen lässt."
                )
            };
            let file = about.file.map(|file| {
                format!("Das haben Sie bestellt (der Link gilt 14 Tage):\n\n{file}\n\n")
            });
            (
                format!("Ihre Bestätigung: {form}"),
                format!(
                    "Guten Tag,\n\nSie haben bestätigt, was Sie am {} mit dem Formular „{form}“ an \
                     {organisation} gesendet haben.\n\n{}{agreed}\n\nHier widerrufen Sie, \
                     widersprechen Sie oder ändern Sie Ihre Einstellungen, jederzeit und ohne \
                     Anmeldung:\n\n{preferences}\n\n{organisation}\n",
                    about.submitted_on.strftime("%d.%m.%Y"),
                    file.unwrap_or_default(),
                ),
            )
        }
        Lang::En => {
            let agreed = if quoted.is_empty() {
                "You have not consented to advertising with it.".to_owned()
            } else {
                format!(
                    "You have consented:{quoted}\n\nThe receipt is attached: as a PDF for you, and as \
                     a file by which the proof can be checked."
                )
            };
            let file = about.file.map(|file| {
                format!("This is what you ordered (the link works for 14 days):\n\n{file}\n\n")
            });
            (
                format!("Your confirmation: {form}"),
                format!(
                    "Hello,\n\nyou have confirmed what you sent to {organisation} by the form \
                     \u{201c}{form}\u{201d} on {}.\n\n{}{agreed}\n\nHere you withdraw, object or \
                     change your settings, at any time and without signing in:\n\n{preferences}\n\n\
                     {organisation}\n",
                    about.submitted_on.strftime("%-d %B %Y"),
                    file.unwrap_or_default(),
                ),
            )
        }
    };
    let entries = about.entries.to_vec();
    Letter {
        receipts: (!entries.is_empty()).then_some(Receipts { entries, lang }),
        ..Letter::new(to.address(), subject, text)
    }
}

/// Tells the organisation's own people of an enquiry, in both languages: what they read is not said.
pub(super) fn enquiry(to: &str, form: &str, contact: &str) -> Letter {
    Letter::new(
        to,
        format!("Neue Anfrage / New enquiry: {form}"),
        format!(
            "Über das Formular „{form}“ ist eine Anfrage eingegangen. Sie steht beim Kontakt:\n\
             An enquiry came by the form “{form}”. It stands with the contact:\n\n{contact}\n"
        ),
    )
}

/// The wordings that were ticked, each with the ways for which it was given.
fn quoted(consents: &[ShownConsent], lang: Lang) -> String {
    let mut text = String::new();
    for consent in consents {
        let ways = consent.channel_set();
        let ways: Vec<_> = ways.iter().map(|way| way.label().get(lang)).collect();
        let name = match lang {
            Lang::De => "(Kontaktweg: ",
            Lang::En => "(By: ",
        };
        text.push_str("\n\n» ");
        text.push_str(&consent.text.replace('\n', " "));
        text.push_str(" «\n");
        text.push_str(name);
        text.push_str(&ways.join(", "));
        text.push(')');
    }
    text
}
