//! Who sent a form: somebody on record, or somebody new.

use law::Lang;
use law::facts::{ContactKind, Source};
use register::FormField;
use store::{Id, Tx};

use super::{Content, lang_of};
use crate::change_contact::{complete, known_as, object_as_before};
use crate::contact::{Email, Fields, Phone};
use crate::new_contact::{NewContact, NewContacts};
use crate::objection::suppressed;
use crate::person::Person;
use crate::{Act, Error, Organisation, accuracy};

/// The contact that is this person, or a new one.
pub(super) fn person(
    tx: &mut Tx<'_>,
    this: &Organisation,
    fields: &Fields,
    content: &Content,
    act: &Act,
) -> Result<Person, Error> {
    if let Some(known) = known(tx, this, fields)? {
        let mut person = Person::load_to_change(tx, this, known)?;
        complete(tx, this, &mut person, fields, act)?;
        return Ok(person);
    }
    let source = match lang_of(&content.lang) {
        Lang::De => format!("Formular „{}“", content.form_name),
        Lang::En => format!("Form \u{201c}{}\u{201d}", content.form_name),
    };
    let new = NewContact {
        fields,
        // Nobody said who uses the address: consumers are protected most.
        kind: if fields.company.is_some() {
            ContactKind::Business
        } else {
            ContactKind::Consumer
        },
        country: this.country(),
        subscriber: None,
        source: &source,
        source_kind: Source::Person,
        obtained_on: content.submitted_on,
        // The information of Art. 13 stood at the form.
        informed_on: Some(content.submitted_on),
        line: None,
        claimed_consents: &[],
    };
    let mut rows = NewContacts::default();
    let id = rows.add(this, &new, &this.blinds_of(fields), act)?;
    rows.write(tx)?;
    let blocked = suppressed(tx, this, fields)?;
    object_as_before(tx, this, id, blocked, act)?;
    let person = Person::load_to_change(tx, this, id)?;
    // Whoever typed it in has said that it is right.
    accuracy::confirm(tx, this, &person, "by_a_form", act)?;
    Ok(person)
}

/// The contact on record that is this person, by the mailbox alone, which is what was confirmed: a
/// name and a number can be anybody's. Who gave no name is the one who has the mailbox alone; where
/// several share it, it is none of those who have names.
fn known(tx: &mut Tx<'_>, this: &Organisation, fields: &Fields) -> Result<Option<Id>, Error> {
    if fields.full_name().is_some() {
        let by_mailbox = Fields {
            given_name: fields.given_name.clone(),
            family_name: fields.family_name.clone(),
            emails: fields.emails.clone(),
            ..Fields::default()
        };
        let blinds = this.blinds_of(&by_mailbox);
        return known_as(tx, this, &by_mailbox, &blinds);
    }
    let mut holders = Vec::new();
    for email in &fields.emails {
        for id in Person::ids_with(tx, this, this.blind_email(email))? {
            holders.push(Person::load(tx, this, id)?);
        }
    }
    if let [only] = &holders[..] {
        return Ok(Some(only.row.id));
    }
    for holder in &holders {
        let own = holder.fields(this)?;
        if own.full_name().is_none() && own.company == fields.company {
            return Ok(Some(holder.row.id));
        }
    }
    Ok(None)
}

pub(super) fn fields(this: &Organisation, content: &Content) -> Result<Fields, Error> {
    let text = |field: FormField| content.fields.get(field.name()).cloned();
    let email = text(FormField::Email).ok_or(Error::Stored("submission"))?;
    let email = Email::parse(&email).map_err(|_| Error::Stored("submission"))?;
    let phone = text(FormField::Phone).map(|phone| Phone::parse(&phone, this.country()));
    let phone = phone.transpose().map_err(|_| Error::Stored("submission"))?;
    Ok(Fields {
        given_name: text(FormField::GivenName),
        family_name: text(FormField::FamilyName),
        company: text(FormField::Company),
        position: text(FormField::Position),
        street: text(FormField::Street),
        postcode: text(FormField::PostalCode),
        city: text(FormField::City),
        emails: vec![email],
        phones: phone.into_iter().collect(),
        ..Fields::default()
    })
}
