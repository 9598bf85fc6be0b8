//! A contact on record: found by id, address or number, and opened with its own key.

use std::str::FromStr;

use law::Country;
use serde::{Deserialize, Serialize};
use store::{Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use crate::contact::{Email, Fields, Phone};
use crate::{Error, Organisation};

/// What a lookup row's hash was made from. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub(crate) enum LookupKind {
    Email = 1,
    Phone = 2,
    /// What stands for the contact in the evidence log.
    Pseudonym = 3,
    /// A run of an import; it has no lookup rows.
    ImportRun = 4,
    /// An address together with the name, for an address that several people share; suppressed,
    /// never looked up.
    NamedAddress = 5,
    /// A name with its postal address, by which a row without e-mail and number is known again.
    Postal = 6,
}

impl LookupKind {
    const fn label(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Pseudonym => "pseudonym",
            Self::ImportRun => "import run",
            Self::NamedAddress => "named address",
            Self::Postal => "postal address",
        }
    }
}

/// How a contact is named on the command line or in a request.
#[derive(Clone)]
pub enum ContactRef {
    /// By its id.
    Id(Id),
    /// By an e-mail address.
    Email(Email),
    /// By a telephone number.
    Phone(Phone),
}

impl FromStr for ContactRef {
    type Err = Error;

    /// Reads an id, an e-mail address or a telephone number. A number without country code is
    /// read as a German one.
    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        if text.contains('@') {
            return Email::parse(text)
                .map(Self::Email)
                .map_err(|_| Error::ContactText);
        }
        Phone::parse(text, Country::DE)
            .map(Self::Phone)
            .map_err(|_| Error::ContactText)
    }
}

/// A keyed hash with the kind of what it was made from.
pub(crate) type Blind = (LookupKind, [u8; 32]);

impl Organisation {
    pub(crate) fn blind(&self, kind: LookupKind, value: &[u8]) -> Blind {
        (kind, self.index().blind(kind.label(), value))
    }

    pub(crate) fn blind_email(&self, email: &Email) -> Blind {
        self.blind(LookupKind::Email, email.key().as_bytes())
    }

    pub(crate) fn blind_phone(&self, phone: &Phone) -> Blind {
        self.blind(LookupKind::Phone, phone.e164().as_bytes())
    }

    /// The hash of an address together with the name of who has it; `None` without a name.
    pub(crate) fn blind_with_name(&self, (_, hash): Blind, fields: &Fields) -> Option<Blind> {
        let mut value = hash.to_vec();
        value.extend_from_slice(fields.name_key()?.as_bytes());
        Some(self.blind(LookupKind::NamedAddress, &value))
    }

    /// The hashes by which a contact is found: those of its fields, and of the postal addresses
    /// under which it was known before.
    pub(crate) fn blinds_of_kept(&self, kept: &Kept) -> Vec<Blind> {
        let mut blinds: Vec<_> = kept
            .identities()
            .flat_map(|fields| self.blinds_of(&fields))
            .collect();
        blinds.sort_unstable_by_key(|(kind, hash)| (*kind as i16, *hash));
        blinds.dedup();
        blinds
    }

    /// The hashes by which a contact with these fields is found.
    pub(crate) fn blinds_of(&self, fields: &Fields) -> Vec<Blind> {
        let emails = fields.emails.iter().map(|email| self.blind_email(email));
        let post = fields.postal_key();
        let post = post.map(|key| self.blind(LookupKind::Postal, key.as_bytes()));
        emails
            .chain(fields.phones.iter().map(|phone| self.blind_phone(phone)))
            .chain(post)
            .collect()
    }
}

/// A contact whose data are there, with its key.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) row: store::contact::Contact,
    pub(crate) key: SubjectKey,
}

const FIELDS: &str = "fields";

impl Person {
    /// The ids of every contact with this hash.
    pub(crate) fn ids_with(
        tx: &mut Tx<'_>,
        this: &Organisation,
        (kind, hash): Blind,
    ) -> Result<Vec<Id>, Error> {
        let found = store::lookup::find(tx, this.id(), &[hash])?;
        let of_kind = found.into_iter().filter(|row| row.kind == kind as i16);
        Ok(of_kind.map(|row| row.contact).collect())
    }

    /// The one contact that `reference` names.
    ///
    /// # Errors
    /// When there is none, or several.
    pub(crate) fn find(
        tx: &mut Tx<'_>,
        this: &Organisation,
        reference: &ContactRef,
    ) -> Result<Self, Error> {
        let id = Self::id(tx, this, reference)?;
        Self::load(tx, this, id)
    }

    /// The id of the one contact that `reference` names.
    ///
    /// # Errors
    /// When there is none, or several.
    pub(crate) fn id(
        tx: &mut Tx<'_>,
        this: &Organisation,
        reference: &ContactRef,
    ) -> Result<Id, Error> {
        let ids = match reference {
            ContactRef::Id(id) => vec![*id],
            ContactRef::Email(email) => Self::ids_with(tx, this, this.blind_email(email))?,
            ContactRef::Phone(phone) => Self::ids_with(tx, this, this.blind_phone(phone))?,
        };
        match ids[..] {
            [] => Err(Error::UnknownContact),
            [id] => Ok(id),
            _ => Err(Error::WhichContact {
                count: ids.len(),
                ids: ids.iter().map(Id::to_string).collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// As [`Person::find`], and nobody else changes, merges or erases the contact until the
    /// transaction ends: what is written about it now is not left behind with a contact that is
    /// merged at the same time.
    pub(crate) fn find_to_change(
        tx: &mut Tx<'_>,
        this: &Organisation,
        reference: &ContactRef,
    ) -> Result<Self, Error> {
        let id = Self::id(tx, this, reference)?;
        Self::load_to_change(tx, this, id)
    }

    pub(crate) fn load(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<Self, Error> {
        Self::load_with(tx, this, id, store::contact::get)
    }

    pub(crate) fn load_to_change(
        tx: &mut Tx<'_>,
        this: &Organisation,
        id: Id,
    ) -> Result<Self, Error> {
        Self::load_with(tx, this, id, store::contact::get_to_change)
    }

    /// The contact with this id, or the one that it was merged into.
    fn load_with(
        tx: &mut Tx<'_>,
        this: &Organisation,
        id: Id,
        get: impl Fn(&mut Tx<'_>, Id, Id) -> Result<Option<store::contact::Contact>, store::StoreError>,
    ) -> Result<Self, Error> {
        let mut row = get(tx, this.id(), id)?.ok_or(Error::UnknownContact)?;
        if let Some(kept) = row.merged_into {
            row = get(tx, this.id(), kept)?.ok_or(Error::UnknownContact)?;
        }
        if !row.is_present() {
            return Err(Error::Erased);
        }
        let key = Self::key(tx, this, row.id)?.ok_or(Error::Erased)?;
        Ok(Self { row, key })
    }

    /// The contact's key; `None` if it was shredded.
    pub(crate) fn key(
        tx: &mut Tx<'_>,
        this: &Organisation,
        id: Id,
    ) -> Result<Option<SubjectKey>, Error> {
        let wrapped = store::key::get(tx, this.id(), id)?;
        wrapped
            .map(|row| SubjectKey::unwrap_from(this.master(), &context(this, id), &row.wrapped))
            .transpose()
            .map_err(Error::from)
    }

    /// The key of the contact that this pseudonym stands for; `None` if it was shredded.
    pub(crate) fn key_by_pseudonym(
        tx: &mut Tx<'_>,
        this: &Organisation,
        pseudonym: [u8; 16],
    ) -> Result<Option<SubjectKey>, Error> {
        let blind = this.blind(LookupKind::Pseudonym, &pseudonym);
        match Self::ids_with(tx, this, blind)?.first() {
            Some(id) => Self::key(tx, this, *id),
            None => Ok(None),
        }
    }

    pub(crate) fn fields(&self, this: &Organisation) -> Result<Fields, Error> {
        Ok(self.kept(this)?.fields)
    }

    pub(crate) fn kept(&self, this: &Organisation) -> Result<Kept, Error> {
        let sealed = self.row.sealed.as_deref().ok_or(Error::Erased)?;
        let text = self.key.open(FIELDS, &context(this, self.row.id), sealed)?;
        serde_json::from_slice(&text).map_err(|_| Error::Stored("contact"))
    }
}

/// What is sealed of a contact: its fields and, since Art. 14(2)(f) asks for it, the source in
/// words.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) fields: Fields,
    pub(crate) source: String,
    /// Names and postal addresses of contacts that were merged into this one, and nothing else of
    /// them: a later list may bring the person under them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) known_as: Vec<Fields>,
}

impl Kept {
    /// The fields, and then those that they would be under each of the other names.
    pub(crate) fn identities(&self) -> impl Iterator<Item = Fields> {
        let others = self.known_as.iter().map(|known| Fields {
            emails: self.fields.emails.clone(),
            phones: self.fields.phones.clone(),
            ..known.clone()
        });
        std::iter::once(self.fields.clone()).chain(others)
    }

    /// Seals it under the contact's key.
    pub(crate) fn seal(
        &self,
        this: &Organisation,
        id: Id,
        key: &SubjectKey,
    ) -> Result<Vec<u8>, Error> {
        let text = serde_json::to_vec(self).map_err(|_| Error::Stored("contact"))?;
        Ok(key.seal(FIELDS, &context(this, id), &Zeroizing::new(text))?)
    }
}

/// Seals a free text that belongs to the row `id` of a contact.
pub(crate) fn seal_text(key: &SubjectKey, id: Id, text: &str) -> Result<Vec<u8>, Error> {
    Ok(key.seal("text", &id.0, text.as_bytes())?)
}

/// Opens what [`seal_text`] sealed.
pub(crate) fn open_text(key: &SubjectKey, id: Id, sealed: &[u8]) -> Result<String, Error> {
    let text = key.open("text", &id.0, sealed)?;
    String::from_utf8(text.to_vec()).map_err(|_| Error::Stored("text"))
}

/// Binds a key or a sealed text to its row, so that rows can't be exchanged.
pub(crate) fn context(this: &Organisation, contact: Id) -> [u8; 32] {
    context_of(this.id(), contact)
}

pub(crate) fn context_of(organisation: Id, contact: Id) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(&organisation.0);
    bytes[16..].copy_from_slice(&contact.0);
    bytes
}
