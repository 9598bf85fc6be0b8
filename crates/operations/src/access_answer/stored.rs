//! What is stored about a person beside the evidence.

use jiff::tz::TimeZone;
use law::facts::Source;
use store::Tx;

use super::happened::Happened;
use super::words::{PartName, Say};
use super::{Field, Part, Record};
use crate::dossier::Dossier;
use crate::mail::{self, MailPurpose};
use crate::person::{Person, open_text};
use crate::{Error, Organisation, words};

/// Names, addresses, numbers.
pub(super) fn person(this: &Organisation, person: &Person, say: &Say<'_>) -> Result<Part, Error> {
    let kept = person.kept(this)?;
    let fields = &kept.fields;
    let mut told: Vec<Field> = Vec::new();
    let mut tell = |id: &str, value: Option<String>| {
        told.extend(value.map(|value| say.field(id, value)));
    };
    tell("name", fields.full_name());
    tell("company", fields.company.clone());
    tell("position", fields.position.clone());
    tell("department", fields.department.clone());
    for email in &fields.emails {
        tell("email", Some(email.address().to_owned()));
    }
    for phone in &fields.phones {
        tell("phone", Some(phone.e164().to_owned()));
    }
    let lines = crate::browse::address(fields);
    tell("address", (!lines.is_empty()).then(|| lines.join("\n")));
    tell("country", Some(person.row.country.clone()));
    tell("language", fields.language.clone());
    tell("website", fields.website.clone());
    for known in &kept.known_as {
        let lines = known
            .full_name()
            .into_iter()
            .chain(crate::browse::address(known));
        tell("known_as", Some(lines.collect::<Vec<_>>().join("\n")));
    }
    told.extend(fields.note.iter().map(|note| say.free("note", note)));
    for (heading, value) in &fields.custom {
        let field = say.free("custom", value);
        told.push(Field {
            label: heading.clone(),
            ..field
        });
    }
    let by_person = words::source(person.row.source_kind)? == Source::Person;
    let record = Record {
        portable: by_person,
        ..say.record("person", say.t("Stammdaten", "Master data"), told)
    };
    Ok(say.part(PartName::Person, vec![record]))
}

/// Sales, circumstances, holds, forms, requests and campaigns.
pub(super) fn data(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    dossier: &Dossier,
    say: &Say<'_>,
) -> Result<Part, Error> {
    let (org, id) = (this.id(), person.row.id);
    let mut records = Vec::new();
    for sale in &dossier.0.sales {
        let mut goods = say.register.goods_classes.iter();
        let goods = goods.find(|class| class.id == sale.goods);
        let goods = goods.map_or(&sale.goods, |class| &class.name);
        let fields = vec![
            say.field("goods", goods),
            say.field("sold_on", sale.sold_on.to_string()),
        ];
        records.push(say.record("sale", say.t("Kauf", "Purchase"), fields));
    }
    for row in &dossier.0.circumstances {
        let text = open_text(&person.key, row.id, &row.sealed)?;
        let fields = vec![
            say.field("activity", say.activity(&row.purpose)),
            say.free("text", text),
            say.field("noted_on", row.noted_on.to_string()),
            say.field("by", say.actor(&row.noted_by)),
        ];
        let title = say.t("Umstände für einen Anruf", "Circumstances for a call");
        records.push(say.record("circumstance", title, fields));
    }
    for row in &dossier.0.holds {
        let fields = vec![
            say.field(
                "provision",
                law::written_citations(&row.provision, say.lang),
            ),
            say.free("reason", &row.reason),
            say.field("ends_on", row.ends_on.to_string()),
        ];
        records.push(say.record(
            "hold",
            say.t("Aufbewahrungspflicht", "Duty to keep"),
            fields,
        ));
    }
    for row in store::lead::of_contact(tx, org, id)? {
        let mut forms = say.register.forms.iter();
        let form = forms.find(|form| form.id == row.form);
        let form = form.map_or(&row.form, |form| &form.id);
        let fields = vec![say.field("form", form), say.field("source", &row.source)];
        records.push(say.record(
            "lead",
            say.t("Anfrage über ein Formular", "Enquiry by a form"),
            fields,
        ));
    }
    for row in store::submission::of_contact(tx, org, id)? {
        let mut fields = vec![
            say.field("form", &row.form),
            say.field("asked_on", row.submitted_at.to_string()),
        ];
        fields.extend(
            row.confirmed_at
                .map(|at| say.field("confirmed_on", at.to_string())),
        );
        fields.extend(
            row.kept_until
                .map(|at| say.field("ends_on", at.to_string())),
        );
        let title = say.t("Abgeschicktes Formular", "Form that was sent");
        records.push(Record {
            portable: true,
            ..say.record("submission", title, fields)
        });
    }
    for row in store::request::of_contact(tx, org, id)? {
        let mut fields = vec![
            say.field("asked_on", row.asked_on.to_string()),
            say.field("due_on", row.due_on.to_string()),
        ];
        fields.extend(
            row.answered_on
                .map(|day| say.field("answered_on", day.to_string())),
        );
        records.push(say.record("request", say.t("Ihr Antrag", "Your request"), fields));
    }
    if let Some(row) = store::accuracy::get(tx, org, id)? {
        let day = |at: jiff::Timestamp| TimeZone::UTC.to_datetime(at).date().to_string();
        let asked = row
            .asked_at
            .map(|at| say.field("asked_for_accuracy", day(at)));
        let confirmed = row
            .confirmed_at
            .map(|at| say.field("confirmed_on", day(at)));
        let fields = asked.into_iter().chain(confirmed).collect();
        let title = say.t("Richtigkeit Ihrer Daten", "Accuracy of your data");
        records.push(say.record("accuracy", title, fields));
    }
    for campaign in store::campaign::of_recipient(tx, org, id)? {
        if let Some(campaign) = store::campaign::get(tx, org, campaign)? {
            let fields = vec![
                say.free("name", &campaign.name),
                say.field("activity", say.activity(&campaign.activity)),
            ];
            let title = say.t("Vorgesehen für eine Kampagne", "Chosen for a campaign");
            records.push(say.record("campaign_recipient", title, fields));
        }
    }
    Ok(say.part(PartName::Data, records))
}

/// Where the data come from.
pub(super) fn source(this: &Organisation, person: &Person, say: &Say<'_>) -> Result<Part, Error> {
    let kept = person.kept(this)?;
    let source = kept.source.trim();
    let mut fields = vec![Field {
        free: true,
        ..say.owed("source", (!source.is_empty()).then(|| source.to_owned()))
    }];
    fields.push(say.field("obtained_on", person.row.obtained_on.to_string()));
    let informed = person.row.informed_on.map(|day| day.to_string());
    fields.push(say.owed("informed_on", informed));
    let record = say.record("source", say.t("Quelle", "Source"), fields);
    Ok(say.part(PartName::Source, vec![record]))
}

/// Consents with their wordings, and what happened with them.
pub(super) fn consents(
    person: &Person,
    dossier: &Dossier,
    happened: &Happened,
    say: &Say<'_>,
) -> Result<Part, Error> {
    let mut records = Vec::new();
    for row in &dossier.0.consents {
        let mut fields = vec![
            say.field("channels", say.channels(words::channels(row.channels)?)),
            say.field("given_on", row.given_on.to_string()),
        ];
        let days = [
            ("confirmed_on", row.confirmed_on),
            ("last_used_on", row.last_used_on),
            ("withdrawn_on", row.withdrawn_on),
        ];
        fields.extend(
            days.into_iter()
                .filter_map(|(id, day)| Some(say.field(id, day?.to_string()))),
        );
        if let Some(sealed) = &row.sealed {
            fields.push(say.field("wording", open_text(&person.key, row.id, sealed)?));
        }
        records.push(Record {
            portable: true,
            ..say.record("consent", say.activity(&row.purpose), fields)
        });
    }
    records.extend(happened.consents.iter().cloned());
    Ok(say.part(PartName::Consents, records))
}

/// Objections, blocks and lists: that an address is blocked, and by what.
pub(super) fn objections(
    dossier: &Dossier,
    happened: &Happened,
    say: &Say<'_>,
) -> Result<Part, Error> {
    let mut records = Vec::new();
    for row in &dossier.0.objections {
        let mut fields = vec![
            say.field("channels", say.channels(words::channels(row.channels)?)),
            say.field("objected_on", row.objected_on.to_string()),
        ];
        fields.extend(
            row.purpose
                .iter()
                .map(|id| say.field("activity", say.activity(id))),
        );
        fields.extend(
            row.lifted_on
                .map(|day| say.field("lifted_on", day.to_string())),
        );
        records.push(Record {
            portable: false,
            ..say.record("objection", say.t("Widerspruch", "Objection"), fields)
        });
    }
    for row in &dossier.0.suppressions {
        let fields = vec![
            say.field("channels", say.channels(words::channels(row.channels)?)),
            say.field("since", row.since.to_string()),
        ];
        let title = say.t(
            "Sperre Ihrer Adresse oder Nummer",
            "Block of your address or number",
        );
        records.push(say.record("suppression", title, fields));
    }
    for row in &dossier.0.listed {
        let fields = vec![
            say.field("list", &row.name),
            say.field("since", row.since.to_string()),
        ];
        let title = say.t("Eintrag in einer Sperrliste", "Entry in a block list");
        records.push(say.record("listed", title, fields));
    }
    records.extend(happened.objections.iter().cloned());
    Ok(say.part(PartName::Objections, records))
}

/// What was sent, what is to be sent, and calls.
pub(super) fn sends(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    happened: &Happened,
    say: &Say<'_>,
) -> Result<Part, Error> {
    let (org, id) = (this.id(), person.row.id);
    let mut records = happened.sends.clone();
    for row in store::message::of_subject(tx, org, id)? {
        // What was sent is told by its entry; the letter itself is told as long as it is kept.
        let mut fields = vec![say.field("purpose", MailPurpose::stored(row.purpose)?.name())];
        if let Some(letter) = mail::said(this, &row, &person.key)? {
            fields.push(say.field("to", letter.to));
            fields.push(say.free("subject", letter.subject));
            let link = say.t("[persönlicher Link]", "[personal link]");
            fields.push(say.free("text", letter.text.replace(mail::HIDDEN, link)));
            if !letter.files.is_empty() {
                fields.push(say.field("files", letter.files.join(", ")));
            }
        }
        let title = say.t("E-Mail im Postausgang", "E-mail in the outbox");
        records.push(Record {
            at: row.sent_at.or(Some(row.created_at)),
            ..say.record("message", title, fields)
        });
    }
    for row in store::call::of_contact(tx, org, id)? {
        let fields = vec![
            say.field("activity", say.activity(&row.activity)),
            say.field("called_at", row.called_at.to_string()),
            say.field("by", say.actor(&row.called_by)),
        ];
        records.push(say.record("call", say.t("Anruf", "Call"), fields));
    }
    for row in store::sms_code::of_contact(tx, org, id)? {
        let title = say.t("Code per SMS", "Code by text message");
        records.push(Record {
            at: row.sent_at.or(Some(row.created_at)),
            ..say.record("sms_code", title, Vec::new())
        });
    }
    records.sort_by_key(|record| record.at);
    Ok(say.part(PartName::Sends, records))
}

/// Decisions of people against a refusal, and every check that was kept.
pub(super) fn decisions(
    person: &Person,
    dossier: &Dossier,
    happened: &Happened,
    say: &Say<'_>,
) -> Result<Part, Error> {
    let mut records = Vec::new();
    for row in &dossier.0.overrules {
        let mut fields = vec![
            say.field("activity", say.activity(&row.purpose)),
            say.free("reason", open_text(&person.key, row.id, &row.sealed)?),
            say.field("on", row.decided_on.to_string()),
            say.field("by", say.actor(&row.decided_by)),
        ];
        fields.extend(
            row.revoked_on
                .map(|day| say.field("ends_on", day.to_string())),
        );
        let title = say.t(
            "Entscheidung gegen eine Ablehnung",
            "Decision against a refusal",
        );
        records.push(say.record("overrule", title, fields));
    }
    records.extend(happened.decisions.iter().cloned());
    Ok(say.part(PartName::Decisions, records))
}
