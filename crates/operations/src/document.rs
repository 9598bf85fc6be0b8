//! What attests to a consent that was not given on a page of ours: a witness, the place, the call,
//! and a document such as a signed form. The document is sealed under the person's key, and the entry
//! about the consent names its SHA-256 (GDPR Art. 7(1)).

use law::Country;
use pack::{Document, MediaType, Taken};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{Id, Tx};

use crate::contact::Phone;
use crate::history;
use crate::installation::new_id;
use crate::log::append::{self, Kind};
use crate::person::{ContactRef, Person};
use crate::state::{self, Proved, RowProof, hex};
use crate::{Act, Error, Organisation};

/// Most bytes of a document.
pub const MAX_DOCUMENT_BYTES: usize = 10 * 1024 * 1024;

const LABEL: &str = "document";

/// What attests to a consent.
#[derive(Clone, Debug, Default)]
pub struct Attested {
    /// The colleague who took it.
    pub witness: Option<String>,
    /// Where, or on which occasion, such as a fair.
    pub place: Option<String>,
    /// Who made the call.
    pub called_by: Option<String>,
    /// The number called.
    pub called_number: Option<String>,
    /// A PDF, PNG or JPEG of at most [`MAX_DOCUMENT_BYTES`].
    pub document: Option<Vec<u8>>,
}

impl Attested {
    /// The same without empty texts, and with the number in international form.
    pub(crate) fn checked(&self, country: Country) -> Result<Self, Error> {
        let told = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let number = told(&self.called_number);
        let number = number.map(|number| Phone::parse(&number, country));
        let number = number.transpose().map_err(|_| Error::CalledNumber)?;
        if let Some(bytes) = &self.document {
            if bytes.len() > MAX_DOCUMENT_BYTES {
                return Err(Error::DocumentTooLarge);
            }
            MediaType::of(bytes).ok_or(Error::DocumentKind)?;
        }
        Ok(Self {
            witness: told(&self.witness),
            place: told(&self.place),
            called_by: told(&self.called_by),
            called_number: number.map(|number| number.e164().to_owned()),
            document: self.document.clone(),
        })
    }

    pub(crate) fn taken(&self) -> Taken {
        Taken {
            witness: self.witness.clone(),
            place: self.place.clone(),
            called_by: self.called_by.clone(),
            called_number: self.called_number.clone(),
        }
    }
}

/// A document that is on file.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentLine {
    /// As the evidence names it.
    #[serde(flatten)]
    pub document: Document,
    /// Number of the entry about the consent that it backs.
    pub entry: i64,
    /// Id of the activity for which that consent was given.
    pub activity: Option<String>,
}

/// A document, opened.
pub struct DocumentFile {
    /// What kind of file it is.
    pub media_type: MediaType,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the evidence says when a document is put on file.
#[derive(Serialize)]
struct Kept<'a> {
    consent: String,
    document: &'a Document,
}

impl Organisation {
    /// The documents of a contact, oldest first.
    ///
    /// # Errors
    /// When there is no such contact, or an entry about it can't be read.
    pub fn documents(&self, contact: &ContactRef) -> Result<Vec<DocumentLine>, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            let mut lines = Vec::new();
            // Most people have none, and then no entry needs to be opened.
            if store::document::of_contact(tx, self.id(), person.row.id)?.is_empty() {
                return Ok(lines);
            }
            for opened in history::opened(tx, self, &person)? {
                if opened.entry.header().kind != Kind::ConsentRecorded.name() {
                    continue;
                }
                let Some(named) = opened.content.get("documents") else {
                    continue;
                };
                let named: Vec<Document> = serde_json::from_value(named.clone())
                    .map_err(|_| Error::Stored("an entry about the contact"))?;
                let activity = opened.content.get("activity");
                let activity = activity.and_then(|id| id.as_str()).map(str::to_owned);
                lines.extend(named.into_iter().map(|document| DocumentLine {
                    document,
                    entry: opened.number,
                    activity: activity.clone(),
                }));
            }
            Ok(lines)
        })
    }

    /// A document of a contact.
    ///
    /// # Errors
    /// When there is no such contact or it has no such document.
    pub fn document(&self, contact: &ContactRef, id: Id) -> Result<DocumentFile, Error> {
        self.store().read(|tx| {
            let person = Person::find(tx, self, contact)?;
            read(tx, self, &person, id)
        })
    }
}

/// Puts a document on file; returns what the entry about the consent has to say of it.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    consent: Id,
    bytes: &[u8],
    act: &Act,
) -> Result<Document, Error> {
    let media_type = MediaType::of(bytes).ok_or(Error::DocumentKind)?;
    let id = new_id(act.at)?;
    let row = store::document::Document {
        org: this.id(),
        id,
        contact: person.row.id,
        consent,
        media: number(media_type),
        sealed: person.key.seal(LABEL, &id.0, bytes)?,
    };
    let document = Document {
        id: id.to_string(),
        sha256: hex(&Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
        media_type,
    };
    let proved = Proved {
        row: state::document(&row),
        what: Kept {
            consent: consent.to_string(),
            document: &document,
        },
    };
    append::sealed(tx, this, act, Kind::DocumentKept, &person.key, &proved)?;
    store::document::insert(tx, &row)?;
    Ok(document)
}

/// Opens a document of a person.
pub(crate) fn read(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    id: Id,
) -> Result<DocumentFile, Error> {
    let row = store::document::get(tx, this.id(), id)?;
    let row = row.filter(|row| row.contact == person.row.id);
    let row = row.ok_or(Error::UnknownDocument)?;
    let media_type = MediaType::ALL
        .into_iter()
        .find(|media_type| number(*media_type) == row.media);
    let bytes = person.key.open(LABEL, &id.0, &row.sealed)?;
    Ok(DocumentFile {
        media_type: media_type.ok_or(Error::Stored("document"))?,
        bytes: bytes.to_vec(),
    })
}

/// Moves a document to the contact that is kept, sealed under its key.
pub(crate) fn move_to(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    from: &Person,
    to: &Person,
) -> Result<RowProof, Error> {
    let row = store::document::get(tx, this.id(), id)?;
    let mut row = row.ok_or(Error::UnknownDocument)?;
    let bytes = from.key.open(LABEL, &id.0, &row.sealed)?;
    row.sealed = to.key.seal(LABEL, &id.0, &bytes)?;
    row.contact = to.row.id;
    store::document::update(tx, &row)?;
    Ok(state::document(&row))
}

/// The number that is stored.
const fn number(media_type: MediaType) -> i16 {
    match media_type {
        MediaType::Pdf => 1,
        MediaType::Png => 2,
        MediaType::Jpeg => 3,
    }
}
