//! Contacts that come on record: sealed under a key of their own, found by keyed hashes, with an
//! entry that proves where the data come from.

use jiff::civil::Date;
use law::Country;
use law::facts::{ContactKind, Source, Subscriber};
use serde_json::json;
use store::{Id, Tx};
use vault::SubjectKey;

use crate::contact::{Fields, Line, is_role_address};
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{Blind, Kept, LookupKind, context};
use crate::state::{self, Proved};
use crate::words::{self, flag};
use crate::{Act, Error, Organisation};

/// A contact to come on record.
pub(crate) struct NewContact<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) kind: ContactKind,
    pub(crate) country: Country,
    pub(crate) subscriber: Option<Subscriber>,
    pub(crate) source: &'a str,
    pub(crate) source_kind: Source,
    pub(crate) obtained_on: Date,
    pub(crate) informed_on: Option<Date>,
    /// Line of the list.
    pub(crate) line: Option<u64>,
    /// Headings of columns that claim a consent. A column is no proof; the claim is kept.
    pub(crate) claimed_consents: &'a [String],
}

/// The rows of many new contacts, to be written together.
#[derive(Default)]
pub(crate) struct NewContacts {
    contacts: Vec<store::contact::Contact>,
    keys: Vec<store::key::ContactKey>,
    lookups: Vec<store::lookup::Lookup>,
    words: Vec<store::word::Word>,
    companies: Vec<store::company::Company>,
    entries: Vec<store::evidence_entry::NewEntry>,
}

impl NewContacts {
    pub(crate) fn add(
        &mut self,
        this: &Organisation,
        new: &NewContact<'_>,
        blinds: &[Blind],
        act: &Act,
    ) -> Result<Id, Error> {
        let id = new_id(act.at)?;
        let key = SubjectKey::generate()?;
        let kept = Kept {
            fields: new.fields.clone(),
            source: new.source.to_owned(),
            known_as: Vec::new(),
        };
        let row = store::contact::Contact {
            org: this.id(),
            id,
            kind: words::kind_number(new.kind),
            country: new.country.to_string(),
            subscriber: words::subscriber_number(new.subscriber),
            sealed: Some(kept.seal(this, id, &key)?),
            source_kind: words::source_number(new.source_kind),
            obtained_on: new.obtained_on,
            informed_on: new.informed_on,
            first_contact_on: None,
            screened_on: None,
            flags: flags(new.fields),
            created_at: act.at,
            changed_at: act.at,
            erased_at: None,
            restricted_at: None,
            merged_into: None,
            told_at: None,
        };
        let what = Proved {
            row: state::contact(&row),
            what: json!({
                "source": new.source,
                "obtained_on": new.obtained_on,
                "line": new.line,
                "claimed_consents": new.claimed_consents,
            }),
        };
        self.entries.push(append::sealed_row(
            this,
            act,
            Kind::ContactImported,
            &key,
            &what,
        )?);
        let pseudonym = this.blind(LookupKind::Pseudonym, &key.pseudonym());
        self.lookups
            .extend(
                blinds
                    .iter()
                    .chain([&pseudonym])
                    .map(|(kind, hash)| store::lookup::Lookup {
                        org: this.id(),
                        hash: *hash,
                        kind: *kind as i16,
                        contact: id,
                    }),
            );
        self.words.extend(this.word_rows(id, new.fields));
        self.companies.extend(this.company_row(id, new.fields));
        self.keys.push(store::key::ContactKey {
            org: this.id(),
            contact: id,
            wrapped: key.wrap(this.master(), &context(this, id))?,
            master_id: this.master().id().into_bytes(),
        });
        self.contacts.push(row);
        Ok(id)
    }

    pub(crate) fn write(mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        // In the order of the table's key, which is quicker; and a number may stand twice in a
        // row, as telephone and as mobile.
        self.lookups
            .sort_by_key(|row| (row.hash, row.kind, row.contact));
        self.lookups.dedup();
        store::key::insert(tx, &self.keys)?;
        store::contact::insert(tx, &self.contacts)?;
        store::lookup::insert(tx, &self.lookups)?;
        self.words
            .sort_by(|a, b| (&a.hash, a.contact).cmp(&(&b.hash, b.contact)));
        store::word::insert(tx, &self.words)?;
        self.companies.sort_by_key(|row| (row.id, row.contact));
        store::company::insert(tx, &self.companies)?;
        store::evidence_entry::append_many(tx, &self.entries)?;
        Ok(())
    }
}

/// What is known of the addresses, as stored bits.
pub(crate) fn flags(fields: &Fields) -> u64 {
    let mut flags = 0;
    if let Some(email) = fields.emails.first() {
        let impersonal = is_role_address(email);
        flags |= flag::HAS_EMAIL;
        flags |= if impersonal {
            flag::ADDRESS_IMPERSONAL
        } else {
            flag::ADDRESS_NAMED
        };
    }
    for phone in &fields.phones {
        flags |= match phone.line() {
            Line::Mobile => flag::HAS_PHONE | flag::NUMBER_MOBILE,
            Line::Phone => flag::HAS_PHONE,
            Line::Fax => flag::HAS_FAX,
        };
    }
    if fields.has_postal_address() {
        flags |= flag::HAS_POST;
    }
    flags
}
