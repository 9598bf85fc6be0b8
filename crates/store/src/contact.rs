//! Contacts: the data subjects, whose personal fields are one sealed value.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::record::{self, Record, blobs, record, select};
use crate::value::{ToValue as _, bind};
use crate::{Id, StoreError, Tx};

record! {
    Main "contact",
    /// A contact (Kontakt). What the codes mean is known to the caller.
    pub struct Contact {
        /// The organisation.
        pub org: Id,
        /// The contact's identifier.
        pub id: Id,
        /// Consumer, business contact and so on.
        pub kind: i16,
        /// ISO 3166-1 code, two letters.
        pub country: String,
        /// Natural or legal person as subscriber of the line, where the country's law asks.
        pub subscriber: i16,
        /// All personal fields and the text of the source, sealed; `None` after erasure.
        pub sealed: Option<Vec<u8>>,
        /// The kind of source the data came from.
        pub source_kind: i16,
        /// When the data were obtained, for Art. 14(3) GDPR.
        pub obtained_on: Date,
        /// When the person was informed under Art. 13 or 14 GDPR.
        pub informed_on: Option<Date>,
        /// When the person was first contacted.
        pub first_contact_on: Option<Date>,
        /// When the country's exclusion list was last looked into.
        pub screened_on: Option<Date>,
        /// Bits.
        pub flags: u64,
        /// When the row was made.
        pub created_at: Timestamp,
        /// When the row was last changed.
        pub changed_at: Timestamp,
        /// When the person's data were erased (Art. 17 GDPR).
        pub erased_at: Option<Timestamp>,
        /// Since when the processing is restricted (Art. 18 GDPR).
        pub restricted_at: Option<Timestamp>,
        /// The contact that it was merged into, being the same person.
        pub merged_into: Option<Id>,
        /// When the person was last told of changed purposes (Art. 13(3), 14(4) GDPR).
        pub told_at: Option<Timestamp>,
    }
}

impl Contact {
    /// Whether its data are there: it was neither erased nor merged into another one.
    pub const fn is_present(&self) -> bool {
        self.erased_at.is_none() && self.merged_into.is_none()
    }
}

/// How many contacts an organisation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Contacts whose data are there.
    pub present: i64,
    /// Of these, contacts whose processing is restricted.
    pub restricted: i64,
    /// Contacts whose data were erased. Those that were merged into them are not counted again.
    pub erased: i64,
}

/// Adds contacts. An identifier that exists is [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx<'_>, new: &[Contact]) -> Result<(), StoreError> {
    record::insert(tx, new)
}

/// Writes every field of a contact; `false` if there is none with its identifier.
pub fn update(tx: &mut Tx<'_>, contact: &Contact) -> Result<bool, StoreError> {
    record::update(tx, contact)
}

/// The contact with this identifier.
pub fn get(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Contact>, StoreError> {
    record::get(tx, org, id)
}

/// Like [`get`], and nobody else changes the contact until this transaction ends.
pub fn get_to_change(tx: &mut Tx<'_>, org: Id, id: Id) -> Result<Option<Contact>, StoreError> {
    record::get_to_change(tx, org, id)
}

/// The contacts with these identifiers, in no particular order; missing ones are left out.
pub fn get_many(tx: &mut Tx<'_>, org: Id, ids: &[Id]) -> Result<Vec<Contact>, StoreError> {
    let sql = select::<Contact>("WHERE org = ?1 AND id = ANY(?2)");
    tx.rows_of_many(&sql, &bind![org], &blobs(ids), Contact::read)
}

/// The contacts that were merged into this one, in the order of their identifiers.
pub fn merged_into(tx: &mut Tx<'_>, org: Id, kept: Id) -> Result<Vec<Contact>, StoreError> {
    let sql = select::<Contact>("WHERE org = ?1 AND merged_into = ?2 ORDER BY id");
    tx.rows(&sql, &bind![org, kept], Contact::read)
}

/// At most `limit` contacts in the order of their identifiers, after `after`; erased and merged
/// ones too.
pub fn list(
    tx: &mut Tx<'_>,
    org: Id,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Contact>, StoreError> {
    match after {
        None => {
            let sql = select::<Contact>("WHERE org = ?1 ORDER BY id LIMIT ?2");
            tx.rows(&sql, &bind![org, limit], Contact::read)
        }
        Some(after) => {
            let sql = select::<Contact>("WHERE org = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
            tx.rows(&sql, &bind![org, after, limit], Contact::read)
        }
    }
}

/// Which contacts are asked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Of this country.
    pub country: Option<String>,
    /// From this kind of source.
    pub source_kind: Option<i16>,
    /// Of this kind.
    pub kind: Option<i16>,
    /// Whether the person was informed.
    pub informed: Option<bool>,
    /// Whether the processing is restricted.
    pub restricted: Option<bool>,
}

impl Which {
    /// Whether the contact is one of them.
    pub fn has(&self, contact: &Contact) -> bool {
        let same = |asked: Option<bool>, is: bool| asked.is_none_or(|asked| asked == is);
        contact.is_present()
            && self.country.as_ref().is_none_or(|c| *c == contact.country)
            && self.source_kind.is_none_or(|s| s == contact.source_kind)
            && self.kind.is_none_or(|k| k == contact.kind)
            && same(self.informed, contact.informed_on.is_some())
            && same(self.restricted, contact.restricted_at.is_some())
    }
}

/// At most `limit` contacts of these, in the order of their identifiers, after `after`; erased and
/// merged ones are not there.
pub fn list_of(
    tx: &mut Tx<'_>,
    org: Id,
    which: &Which,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Contact>, StoreError> {
    let mut conditions =
        vec!["org = ?1 AND id > ?2 AND erased_at IS NULL AND merged_into IS NULL".to_owned()];
    let after = after.unwrap_or_default();
    let mut values = bind![org, after].to_vec();
    for (column, asked) in [
        (
            "country",
            which.country.as_ref().map(|country| country.to_value()),
        ),
        (
            "source_kind",
            which.source_kind.as_ref().map(|source| source.to_value()),
        ),
        ("kind", which.kind.as_ref().map(|kind| kind.to_value())),
    ] {
        if let Some(value) = asked {
            values.push(value);
            conditions.push(format!("{column} = ?{}", values.len()));
        }
    }
    for (column, asked) in [
        ("informed_on", which.informed),
        ("restricted_at", which.restricted),
    ] {
        if let Some(there) = asked {
            let not = if there { "NOT " } else { "" };
            conditions.push(format!("{column} IS {not}NULL"));
        }
    }
    values.push(limit.to_value());
    let rest = format!(
        "WHERE {} ORDER BY id LIMIT ?{}",
        conditions.join(" AND "),
        values.len()
    );
    tx.rows(&select::<Contact>(&rest), &values, Contact::read)
}

/// How many contacts there are.
pub fn counts(tx: &mut Tx<'_>, org: Id) -> Result<Counts, StoreError> {
    let counts = tx.row(
        "SELECT COUNT(*), COUNT(erased_at), \
         COUNT(CASE WHEN erased_at IS NULL THEN restricted_at END) \
         FROM contact WHERE org = ?1 AND merged_into IS NULL",
        &bind![org],
        |row| {
            let (all, erased): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok(Counts {
                present: all - erased,
                restricted: row.get(2)?,
                erased,
            })
        },
    )?;
    Ok(counts.unwrap_or_default())
}
