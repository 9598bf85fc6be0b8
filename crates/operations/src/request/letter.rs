//! The letters about a request. They say what the law asks for and nothing else.

use jiff::civil::Date;
use law::Lang;
use store::Tx;
use store::request::Request;

use super::{Outcome, RequestKind};
use crate::{Error, Organisation};

/// What is asked for, as letters name it.
pub(super) const fn about(kind: RequestKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (RequestKind::Access, Lang::De) => "Auskunft (Art. 15 DSGVO)",
        (RequestKind::Access, Lang::En) => "access (GDPR Art. 15)",
        (RequestKind::Erasure, Lang::De) => "Löschung (Art. 17 DSGVO)",
        (RequestKind::Erasure, Lang::En) => "erasure (GDPR Art. 17)",
        (RequestKind::Rectification, Lang::De) => "Berichtigung (Art. 16 DSGVO)",
        (RequestKind::Rectification, Lang::En) => "rectification (GDPR Art. 16)",
        (RequestKind::Restriction, Lang::De) => "Einschränkung der Verarbeitung (Art. 18 DSGVO)",
        (RequestKind::Restriction, Lang::En) => "restriction of processing (GDPR Art. 18)",
        (RequestKind::Portability, Lang::De) => "Datenübertragbarkeit (Art. 20 DSGVO)",
        (RequestKind::Portability, Lang::En) => "data portability (GDPR Art. 20)",
        (RequestKind::Objection, Lang::De) => "Widerspruch (Art. 21 DSGVO)",
        (RequestKind::Objection, Lang::En) => "objection (GDPR Art. 21)",
        (RequestKind::NoAutomatedDecision, Lang::De) => {
            "keine automatisierte Entscheidung (Art. 22 DSGVO)"
        }
        (RequestKind::NoAutomatedDecision, Lang::En) => "no automated decision (GDPR Art. 22)",
        (RequestKind::Withdrawal, Lang::De) => "Widerruf einer Einwilligung (Art. 7 Abs. 3 DSGVO)",
        (RequestKind::Withdrawal, Lang::En) => "withdrawal of consent (GDPR Art. 7(3))",
        (RequestKind::Unsorted, Lang::De) => "noch nicht eingeordnet",
        (RequestKind::Unsorted, Lang::En) => "not sorted yet",
    }
}

fn day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::De => date.strftime("%d.%m.%Y").to_string(),
        Lang::En => date.strftime("%-d %B %Y").to_string(),
    }
}

/// Subject and text of the receipt, with the link to confirm where one is needed. It says nothing of
/// whether anything is stored.
pub(super) fn receipt(
    this: &Organisation,
    kind: RequestKind,
    (received, due): (Date, Date),
    link: Option<&str>,
    lang: Lang,
) -> (String, String) {
    let (name, what) = (this.name(), about(kind, lang));
    let (on, due) = (day(received, lang), day(due, lang));
    match lang {
        Lang::De => {
            let ask = link.map_or_else(String::new, |link| {
                format!(
                    "Damit niemand anders in Ihrem Namen handelt, bestätigen Sie bitte auf dieser \
                     Seite, dass die Anfrage von Ihnen kommt:\n\n{link}\n\nEine Ausweiskopie brauchen \
                     wir nicht. Kommt die Anfrage nicht von Ihnen, brauchen Sie nichts zu tun.\n\n"
                )
            });
            (
                format!("Ihre Anfrage bei {name} ist eingegangen"),
                format!(
                    "Guten Tag,\n\nam {on} ist bei {name} unter dieser E-Mail-Adresse eine Anfrage \
                     eingegangen: {what}.\n\n{ask}Sie erhalten unverzüglich eine Antwort, spätestens bis \
                     {due} (Art. 12 Abs. 3 DSGVO). Die Antwort kostet Sie nichts.\n\n{name}\n"
                ),
            )
        }
        Lang::En => {
            let ask = link.map_or_else(String::new, |link| {
                format!(
                    "So that nobody else acts in your name, please confirm on this page that the \
                     request comes from you:\n\n{link}\n\nWe need no copy of an identity document. If \
                     the request does not come from you, you need not do anything.\n\n"
                )
            });
            (
                format!("{name} has received your request"),
                format!(
                    "Hello,\n\non {on} {name} received a request from this e-mail address: {what}.\n\n\
                     {ask}You will get an answer without delay, at the latest by {due} (GDPR \
                     Art. 12(3)). The answer is free of charge.\n\n{name}\n"
                ),
            )
        }
    }
}

/// One letter for requests that waited until the mailbox gets a mail again: what is asked for, the day of
/// receipt, the last day for the answer, and the link that confirms each.
pub(super) fn receipts(
    this: &Organisation,
    requests: &[(RequestKind, Date, Date, String)],
    lang: Lang,
) -> (String, String) {
    let name = this.name();
    let lines = requests.iter().map(|(kind, on, due, link)| {
        let (what, on, due) = (about(*kind, lang), day(*on, lang), day(*due, lang));
        match lang {
            Lang::De => {
                format!("{what}, eingegangen am {on}, Antwort spätestens bis {due}:\n{link}\n\n")
            }
            Lang::En => {
                format!("{what}, received on {on}, answer at the latest by {due}:\n{link}\n\n")
            }
        }
    });
    let lines: String = lines.collect();
    match lang {
        Lang::De => (
            format!("Ihre Anfragen bei {name} sind eingegangen"),
            format!(
                "Guten Tag,\n\nbei {name} sind unter dieser E-Mail-Adresse Anfragen eingegangen, zu denen \
                 Sie noch keine Nachricht haben. Bestätigen Sie bitte nur, was von Ihnen kommt; auf der \
                 Seite hinter jedem Link steht, was geschrieben wurde.\n\n{lines}Eine Ausweiskopie brauchen \
                 wir nicht. Kommt eine Anfrage nicht von Ihnen, brauchen Sie nichts zu tun. Die Antwort \
                 kostet Sie nichts (Art. 12 Abs. 3 und 5 DSGVO).\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("{name} has received your requests"),
            format!(
                "Hello,\n\n{name} received requests from this e-mail address of which you have no message \
                 yet. Please confirm only what comes from you; the page behind each link shows what was \
                 written.\n\n{lines}We need no copy of an identity document. If a request does not come from \
                 you, you need not do anything. The answer is free of charge (GDPR Art. 12(3) and \
                 (5)).\n\n{name}\n"
            ),
        ),
    }
}

pub(super) fn extension(
    this: &Organisation,
    kind: RequestKind,
    row: &Request,
    until: Date,
    reason: &str,
    lang: Lang,
) -> (String, String) {
    let (name, what) = (this.name(), about(kind, lang));
    let (on, until) = (day(row.asked_on, lang), day(until, lang));
    match lang {
        Lang::De => (
            format!("Ihre Anfrage bei {name} dauert länger"),
            format!(
                "Guten Tag,\n\nIhre Anfrage vom {on} ({what}) können wir nicht innerhalb eines Monats \
                 beantworten. Wir verlängern die Frist nach Art. 12 Abs. 3 Satz 2 DSGVO und antworten \
                 spätestens bis {until}.\n\nDie Gründe:\n\n{reason}\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("{name} needs longer for your request"),
            format!(
                "Hello,\n\nwe can't answer your request of {on} ({what}) within a month. We extend the \
                 period under GDPR Art. 12(3), second sentence, and will answer by {until} at the \
                 latest.\n\nThe reasons:\n\n{reason}\n\n{name}\n"
            ),
        ),
    }
}

pub(super) fn fee(
    this: &Organisation,
    kind: RequestKind,
    (amount, reason): (&str, &str),
    remedies: &str,
    lang: Lang,
) -> (String, String) {
    let (name, what) = (this.name(), about(kind, lang));
    match lang {
        Lang::De => (
            format!("Ihre Anfrage bei {name}: Entgelt"),
            format!(
                "Guten Tag,\n\nIhre Anfrage ({what}) ist nach unserer Prüfung offenkundig unbegründet \
                 oder exzessiv. Wir beantworten sie gegen ein angemessenes Entgelt von {amount} (Art. 12 \
                 Abs. 5 Satz 2 lit. a DSGVO).\n\nDie Gründe:\n\n{reason}\n\n{remedies}\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("Your request at {name}: fee"),
            format!(
                "Hello,\n\nwe have found your request ({what}) to be manifestly unfounded or excessive. \
                 We will answer it for a reasonable fee of {amount} (GDPR Art. 12(5)(a)).\n\nThe \
                 reasons:\n\n{reason}\n\n{remedies}\n\n{name}\n"
            ),
        ),
    }
}

pub(super) fn answer(
    this: &Organisation,
    kind: RequestKind,
    received: Date,
    text: &str,
    remedies: &str,
    lang: Lang,
) -> (String, String) {
    let (name, what, on) = (this.name(), about(kind, lang), day(received, lang));
    let rest = if remedies.is_empty() {
        String::new()
    } else {
        format!("\n\n{remedies}")
    };
    match lang {
        Lang::De => (
            format!("Antwort auf Ihre Anfrage bei {name}"),
            format!("Guten Tag,\n\nzu Ihrer Anfrage vom {on}: {what}.\n\n{text}{rest}\n\n{name}\n"),
        ),
        Lang::En => (
            format!("Answer to your request at {name}"),
            format!("Hello,\n\non your request of {on}: {what}.\n\n{text}{rest}\n\n{name}\n"),
        ),
    }
}

/// What a refusal says of remedies (GDPR Art. 12(4), 77 and 79). The authority is the one that the
/// register names.
pub(super) fn remedies(tx: &mut Tx<'_>, this: &Organisation, lang: Lang) -> Result<String, Error> {
    let register = this.register_or_empty(tx)?;
    let authority = register
        .register
        .organisation
        .supervisory_authority
        .as_ref();
    let named = authority.and_then(|authority| {
        let name = authority.name.clone()?;
        Some(match &authority.website {
            Some(website) => format!("{name} ({website})"),
            None => name,
        })
    });
    Ok(match (lang, named) {
        (Lang::De, Some(who)) => format!(
            "Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77 DSGVO), zum Beispiel bei der \
             für uns zuständigen: {who}. Außerdem steht Ihnen der Rechtsweg zu den Gerichten offen \
             (Art. 79 DSGVO)."
        ),
        (Lang::De, None) => "Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77 DSGVO), zum \
             Beispiel an Ihrem Wohnort oder Arbeitsplatz. Außerdem steht Ihnen der Rechtsweg zu den \
             Gerichten offen (Art. 79 DSGVO)."
            .to_owned(),
        (Lang::En, Some(who)) => format!(
            "You can complain to a supervisory authority (GDPR Art. 77), for example the one in charge of \
             us: {who}. You can also go to court (GDPR Art. 79)."
        ),
        (Lang::En, None) => "You can complain to a supervisory authority (GDPR Art. 77), for example \
             where you live or work. You can also go to court (GDPR Art. 79)."
            .to_owned(),
    })
}

/// The text that an answer begins with, to be completed by whoever answers.
pub const fn answer_template(kind: RequestKind, outcome: Outcome, lang: Lang) -> &'static str {
    match (outcome, lang) {
        (Outcome::NothingStored, Lang::De) => {
            "Wir haben unter den Angaben, die Sie gemacht haben, keine Daten über Sie gespeichert."
        }
        (Outcome::NothingStored, Lang::En) => {
            "We have no data stored about you under the details that you gave."
        }
        (Outcome::Refused, Lang::De) => "Dieser Anfrage kommen wir nicht nach. Die Gründe:\n\n",
        (Outcome::Refused, Lang::En) => "We do not comply with this request. The reasons:\n\n",
        (Outcome::Answered, lang) => done(kind, lang),
        (Outcome::Withdrawn | Outcome::Joined | Outcome::Discarded, _) => "",
    }
}

const fn done(kind: RequestKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (RequestKind::Access, Lang::De) => {
            "Die Auskunft über Ihre Daten, mit Zwecken, Rechtsgrundlagen, Empfängern, Herkunft und \
             Speicherdauer, erhalten Sie wie folgt:\n\n"
        }
        (RequestKind::Access, Lang::En) => {
            "You get access to your data, with purposes, legal bases, recipients, source and period of \
             storage, as follows:\n\n"
        }
        (RequestKind::Erasure, Lang::De) => {
            "Wir löschen Ihre Daten. Gespeichert bleibt nur ein Prüfwert Ihrer Adresse, damit Sie nicht \
             wieder in eine Werbeliste geraten."
        }
        (RequestKind::Erasure, Lang::En) => {
            "We erase your data. Only a check value of your address stays, so that you do not come onto \
             a list for advertising again."
        }
        (RequestKind::Rectification, Lang::De) => "Wir haben Ihre Daten berichtigt.",
        (RequestKind::Rectification, Lang::En) => "We have corrected your data.",
        (RequestKind::Restriction, Lang::De) => {
            "Wir haben die Verarbeitung Ihrer Daten eingeschränkt. Bevor wir die Einschränkung aufheben, \
             sagen wir es Ihnen."
        }
        (RequestKind::Restriction, Lang::En) => {
            "We have restricted the processing of your data. We will tell you before we lift the \
             restriction."
        }
        (RequestKind::Portability, Lang::De) => {
            "Ihre Daten erhalten Sie in einem gängigen, maschinenlesbaren Format wie folgt:\n\n"
        }
        (RequestKind::Portability, Lang::En) => {
            "You get your data in a common, machine-readable format as follows:\n\n"
        }
        (RequestKind::Objection, Lang::De) => {
            "Wir verwenden Ihre Daten nicht mehr zu den Zwecken, denen Sie widersprochen haben."
        }
        (RequestKind::Objection, Lang::En) => {
            "We no longer use your data for the purposes to which you have objected."
        }
        (RequestKind::NoAutomatedDecision, Lang::De) => {
            "Ein Mensch hat die Sache geprüft. Das Ergebnis:\n\n"
        }
        (RequestKind::NoAutomatedDecision, Lang::En) => {
            "A person has looked at the matter. The result:\n\n"
        }
        (RequestKind::Withdrawal, Lang::De) => {
            "Ihren Widerruf haben wir festgehalten. Auf die Einwilligung stützen wir nichts mehr."
        }
        (RequestKind::Withdrawal, Lang::En) => {
            "We have put your withdrawal on record. We base nothing on the consent any more."
        }
        (RequestKind::Unsorted, _) => "",
    }
}
