//! What the register declares of the activities that concern a person.

use jiff::civil::Date;
use law::Channel;
use law::gdpr::art44;
use register::{Activity, Register};

use super::third::Black;
use super::words::{PartName, Say};
use super::{Answering, Part};
use crate::declare::InForce;
use crate::history::Opened;
use crate::retention::{Cause, Held, Over};
use crate::{Error, Organisation};

/// The activities that concern the person: those that hold the data (see [`Held::concerning`]), and those
/// that entries name.
pub(super) fn concerned<'r>(
    register: &'r InForce,
    held: &Held,
    opened: &[Opened],
) -> Result<Vec<&'r Activity>, Error> {
    let register = &register.register;
    let held = held.concerning(register)?;
    let named = |activity: &Activity| {
        opened.iter().any(|one| {
            let named = one.content.get("activity").and_then(|id| id.as_str());
            named == Some(&activity.id)
        })
    };
    let concerns = |one: &&Activity| held.iter().any(|held| held.id == one.id) || named(one);
    Ok(register.activities.iter().filter(concerns).collect())
}

pub(crate) fn controller(this: &Organisation, register: &Register) -> Answering {
    let organisation = &register.organisation;
    let town = [&organisation.postal_code, &organisation.city];
    let town: Vec<&str> = town.into_iter().flatten().map(String::as_str).collect();
    let lines = [organisation.street.clone(), Some(town.join(" "))];
    Answering {
        name: if organisation.name.is_empty() {
            this.name().to_owned()
        } else {
            organisation.name.clone()
        },
        address: lines
            .into_iter()
            .flatten()
            .filter(|line| !line.is_empty())
            .collect(),
        email: organisation.email.clone(),
        phone: organisation.phone.clone(),
    }
}

/// Purposes, bases and categories of data.
pub(super) fn purposes(concerned: &[&Activity], on: Date, say: &Say<'_>) -> Part {
    let records = concerned.iter().map(|activity| {
        let mut fields = vec![
            say.owed("purpose", activity.purpose.clone()),
            say.owed("basis", activity.basis.map(|basis| say.basis(basis, on))),
        ];
        if let Some(balancing) = &activity.balancing {
            fields.push(say.owed("balancing", balancing.interest.clone()));
            let weighing = balancing.weighing.iter();
            fields.extend(weighing.map(|text| say.field("balancing_decision", text)));
        }
        let data = (!activity.data.is_empty()).then(|| activity.data.join(", "));
        fields.push(say.owed("data", data));
        say.record("activity", &activity.name, fields)
    });
    let records: Vec<_> = records.collect();
    if records.is_empty() {
        let gap = vec![say.owed("purpose", None)];
        let title = say.t(
            "Im Verzeichnis nicht erklärt",
            "Not declared in the register",
        );
        return say.part(PartName::Purposes, vec![say.record("activity", title, gap)]);
    }
    say.part(PartName::Purposes, records)
}

/// Every recipient by name (CJEU C-154/21), and what carries a transfer to a third country.
pub(super) fn recipients(concerned: &[&Activity], on: Date, say: &Say<'_>) -> Part {
    let mut records = Vec::new();
    for recipient in &say.register.recipients {
        let mut for_what = concerned
            .iter()
            .filter(|one| one.recipients.contains(&recipient.id));
        let for_what: Vec<&str> = for_what.by_ref().map(|one| one.name.as_str()).collect();
        if for_what.is_empty() {
            continue;
        }
        let mut fields = vec![
            say.field("role", recipient.role.label().get(say.lang)),
            say.owed("purpose", recipient.service.clone()),
            say.field("activity", for_what.join(", ")),
            say.field("country", recipient.country.as_str()),
        ];
        if let Some(transfer) = &recipient.transfer {
            let mut safeguard = transfer.basis.label().get(say.lang).to_owned();
            if let Some(reference) = &transfer.reference {
                safeguard = format!("{safeguard}: {reference}");
            }
            fields.push(say.field("safeguard", safeguard));
        } else if !art44::is_eea(recipient.country, on) {
            fields.push(say.owed("safeguard", None));
        }
        records.push(say.record("recipient", &recipient.name, fields));
    }
    let about = if records.is_empty() {
        say.t(
            "Im Verzeichnis ist für diese Tätigkeiten kein Empfänger genannt.",
            "The register names no recipient for these activities.",
        )
    } else {
        say.t(
            "An diese Empfänger werden Ihre Daten im Rahmen der genannten Tätigkeiten weitergegeben.",
            "Your data are passed to these recipients within the activities that are named.",
        )
    };
    say.part_about(PartName::Recipients, about, records)
}

/// Rules of retention, with the last day where it can be counted, as [`crate::retention`] counts it.
pub(super) fn retention(concerned: &[&Activity], held: &Held, on: Date, say: &Say<'_>) -> Part {
    let mut records = Vec::new();
    for activity in concerned {
        let mut fields = Vec::new();
        for one in held.rules(activity, on) {
            let text = match (one.rule, one.cause) {
                (Some(rule), _) => {
                    let text = rule.text(say.lang);
                    match &rule.covers {
                        Some(covers) => format!("{covers}: {text}"),
                        None => text,
                    }
                }
                (None, Cause::Withdrawn) => say
                    .t(
                        "bis zum Widerruf der Einwilligung",
                        "until the consent is withdrawn",
                    )
                    .to_owned(),
                (None, _) => continue,
            };
            fields.push(say.field("period", text));
            if let Over::On(free) = one.over {
                let last = free.yesterday().unwrap_or(free);
                fields.push(say.field("ends_on", last.to_string()));
            }
        }
        if fields.is_empty() {
            fields.push(say.owed("period", None));
        }
        records.push(say.record("retention", &activity.name, fields));
    }
    let about = say.t(
        "Ein Datum steht, wo sich die Frist heute berechnen lässt. Sonst beginnt sie erst mit dem \
         genannten Ereignis.",
        "A day is given where the period can be counted today. Otherwise it only begins with the event \
         that is named.",
    );
    say.part_about(PartName::Retention, about, records)
}

/// That no decision is left to a machine, and which activities make profiles.
pub(super) fn scoring(concerned: &[&Activity], say: &Say<'_>) -> Part {
    let profiling = concerned
        .iter()
        .filter(|one| one.declares(Channel::Profiling));
    let records = profiling.map(|activity| {
        // The register has no place for the logic involved, so that it is owed here.
        let fields = vec![
            say.owed("purpose", activity.purpose.clone()),
            say.owed("logic", None),
        ];
        say.record("profiling", &activity.name, fields)
    });
    let records: Vec<_> = records.collect();
    let mut about = say
        .t(
            "Leitplanke berechnet keine Punktwerte und trifft keine Entscheidung im Sinne von Art. 22 \
             DSGVO. Es prüft nur anhand fester Rechtsregeln, ob eine Ansprache zulässig ist.",
            "Leitplanke computes no scores and makes no decision within the meaning of GDPR Art. 22. It \
             only checks by fixed rules of law whether a person may be addressed.",
        )
        .to_owned();
    if !records.is_empty() {
        about.push_str(say.t(
            " Tätigkeiten mit Profiling sind unten genannt.",
            " Activities with profiling are named below.",
        ));
    }
    say.part_about(PartName::Scoring, &about, records)
}

/// The person's rights and where to complain.
pub(super) fn rights(say: &Say<'_>) -> Part {
    let organisation = &say.register.organisation;
    let about = say.t(
        "Sie können Berichtigung (Art. 16 DSGVO), Löschung (Art. 17 DSGVO), Einschränkung der \
         Verarbeitung (Art. 18 DSGVO) und Übertragung Ihrer Daten (Art. 20 DSGVO) verlangen. Der \
         Verarbeitung für Direktwerbung können Sie jederzeit ohne Gründe widersprechen (Art. 21 Abs. 2 \
         DSGVO), anderer Verarbeitung auf Grundlage berechtigter Interessen aus Gründen Ihrer besonderen \
         Situation (Art. 21 Abs. 1 DSGVO). Eine Einwilligung können Sie jederzeit für die Zukunft \
         widerrufen (Art. 7 Abs. 3 DSGVO). Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77 \
         DSGVO).",
        "You can ask for rectification (GDPR Art. 16), erasure (Art. 17), restriction of processing (Art. \
         18) and portability of your data (Art. 20). You can object at any time and without reasons to \
         processing for direct marketing (Art. 21(2)), and to other processing that rests on legitimate \
         interests on grounds of your particular situation (Art. 21(1)). You can withdraw a consent at any \
         time for the future (Art. 7(3)). You can lodge a complaint with a supervisory authority (Art. 77).",
    );
    let authority = organisation.supervisory_authority.as_ref();
    let mut fields = vec![say.owed("authority", authority.and_then(|one| one.name.clone()))];
    let website = authority.and_then(|one| one.website.clone());
    fields.extend(website.map(|website| say.field("website", website)));
    let title = say.t(
        "Zuständige Aufsichtsbehörde",
        "Competent supervisory authority",
    );
    let mut records = vec![say.record("authority", title, fields)];
    if let Some(officer) = &organisation.data_protection_officer {
        let reach = [
            &officer.name,
            &officer.email,
            &officer.phone,
            &officer.address,
        ];
        let reach: Vec<&str> = reach.into_iter().flatten().map(String::as_str).collect();
        let title = say.t("Datenschutzbeauftragte Person", "Data protection officer");
        let fields = vec![say.owed("address", (!reach.is_empty()).then(|| reach.join("\n")))];
        records.push(say.record("officer", title, fields));
    }
    say.part_about(PartName::Rights, about, records)
}

/// How the copy was made, and what it leaves out.
pub(super) fn how(black: &Black, say: &Say<'_>) -> Part {
    let mut about = say
        .t(
            "Diese Auskunft wurde aus den gespeicherten Daten, dem Verzeichnis der Verarbeitungstätigkeiten \
             und dem Protokoll der Nachweise zusammengestellt. Beschäftigte sind nur als solche genannt. \
             Kennungen und Prüfsummen, die nur das Protokoll zusammenhalten, sind weggelassen, ebenso Hashwerte, \
             über die Ihre Daten gefunden werden. Was andere Personen betrifft, ist durch ▇▇▇ ersetzt \
             (Art. 15 Abs. 4 DSGVO). Wo eine Angabe fehlt, ist das vermerkt.",
            "This answer was put together from the stored data, the record of processing activities and \
             the log of evidence. Staff are named only as such. Identifiers and checksums that only hold the \
             log together are left out, as are hashes by which your data are found. What concerns other \
             people is replaced by ▇▇▇ (GDPR Art. 15(4)). Where an answer is missing, that is marked.",
        )
        .to_owned();
    about.push(' ');
    about.push_str(say.t("Geschwärzte Stellen", "Places blacked out"));
    about.push_str(": ");
    about.push_str(&black.count.to_string());
    about.push('.');
    let withheld = black.withheld.iter().map(|reason| {
        let title = say.t("Zurückgehaltene Angaben", "Withheld");
        say.record("withheld", title, vec![say.field("reason", reason)])
    });
    say.part_about(PartName::How, &about, withheld.collect())
}
