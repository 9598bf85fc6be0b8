//! What was written in a request, sealed under the key of the person, or under one of the request's own
//! as long as it is not known who asks.

use jiff::civil::Date;
use law::Lang;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::request::Request;
use store::{Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use super::{Identity, RequestFault};
use crate::log::append::{self, Kind};
use crate::mail::{Letter, MailPurpose, SubjectRef, queue};
use crate::person::{Person, context};
use crate::{Act, Error, Organisation, state};

const LABEL: &str = "request";

/// Something that the person wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When it came.
    pub on: Date,
    /// By which way, by its name.
    pub intake: String,
    /// The text.
    pub text: String,
    /// Whether it is known that the person wrote this, by its name.
    #[serde(default)]
    pub identity: String,
}

/// What is sealed of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    /// The name that the person gave, where nobody known asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// The address that asked, or that the answer goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    /// The texts, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) said: Vec<Said>,
    /// The language of the person.
    #[serde(default)]
    pub(super) english: bool,
}

impl Content {
    pub(super) const fn lang(&self) -> Lang {
        if self.english { Lang::En } else { Lang::De }
    }
}

/// A request that is opened, with the key of whom it is about.
pub(super) struct Open {
    pub(super) row: Request,
    pub(super) content: Content,
    pub(super) person: Option<Person>,
    pub(super) key: SubjectKey,
}

impl Open {
    /// Opens a request to read it.
    pub(super) fn read(tx: &mut Tx<'_>, this: &Organisation, row: Request) -> Result<Self, Error> {
        let person = row
            .contact
            .map(|id| Person::load(tx, this, id))
            .transpose()?;
        Self::with(tx, this, row, person)
    }

    /// Opens a request that waits; nobody else changes it until the transaction ends. `seen` is the
    /// state that whoever acts has looked at.
    pub(super) fn to_change(
        tx: &mut Tx<'_>,
        this: &Organisation,
        id: Id,
        seen: Option<i64>,
    ) -> Result<Self, Error> {
        // The contact first, as everywhere, so that no two wait for each other.
        let row = store::request::get(tx, this.id(), id)?.ok_or(RequestFault::Unknown)?;
        let person = row.contact;
        let person = person.map(|id| Person::load_to_change(tx, this, id));
        let person = person.transpose()?;
        let row = store::request::get_to_change(tx, this.id(), id)?.ok_or(RequestFault::Unknown)?;
        if row.contact != person.as_ref().map(|person| person.row.id)
            || seen.is_some_and(|seen| seen != row.entry_seq)
        {
            return Err(RequestFault::Conflict.into());
        }
        if row.answered_on.is_some() {
            return Err(RequestFault::Closed.into());
        }
        Self::with(tx, this, row, person)
    }

    pub(super) fn with(
        tx: &mut Tx<'_>,
        this: &Organisation,
        row: Request,
        person: Option<Person>,
    ) -> Result<Self, Error> {
        let key = match &person {
            Some(person) => person.key.clone(),
            None => Person::key(tx, this, row.id)?.ok_or(Error::Erased)?,
        };
        let mut content: Content = match &row.sealed {
            Some(sealed) => {
                let text = key.open(LABEL, &context(this, row.id), sealed)?;
                serde_json::from_slice(&text).map_err(|_| Error::Stored("request"))?
            }
            None => Content::default(),
        };
        // Texts from before each had its own are as certain as their request.
        let identity = Identity::stored(row.identity)?.name();
        for said in content
            .said
            .iter_mut()
            .filter(|said| said.identity.is_empty())
        {
            identity.clone_into(&mut said.identity);
        }
        Ok(Self {
            row,
            content,
            person,
            key,
        })
    }

    /// Notes for the request and every text in it whether it is known that the person asks. The caller
    /// seals.
    pub(super) fn identify(&mut self, identity: Identity) {
        self.row.identity = identity as i16;
        for said in &mut self.content.said {
            identity.name().clone_into(&mut said.identity);
        }
    }

    /// Under which id the key is kept.
    pub(super) fn holder(&self) -> Id {
        self.row.contact.unwrap_or(self.row.id)
    }

    /// Where the person is written to: the first address on record, or the one that asked.
    pub(super) fn address(&self, this: &Organisation) -> Result<Option<String>, Error> {
        let first = match &self.person {
            Some(person) => {
                let fields = person.fields(this)?;
                // Who asked by a further address on record is answered there.
                let asked = self.content.email.as_ref();
                let known =
                    asked.filter(|asked| fields.emails.iter().any(|one| one.address() == **asked));
                known
                    .cloned()
                    .or_else(|| fields.emails.first().map(|one| one.address().to_owned()))
            }
            None => None,
        };
        Ok(first.or_else(|| self.content.email.clone()))
    }

    /// Writes the person a letter; `false` if no address is known.
    pub(super) fn write_to(
        &self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        (subject, text): (String, String),
        purpose: MailPurpose,
        act: &Act,
    ) -> Result<bool, Error> {
        let Some(to) = self.address(this)? else {
            return Ok(false);
        };
        let about = SubjectRef {
            id: self.holder(),
            key: &self.key,
        };
        queue(
            tx,
            this,
            &about,
            &Letter::new(to, subject, text),
            purpose,
            act,
        )?;
        Ok(true)
    }

    /// Seals what is written into the row.
    pub(super) fn seal(&mut self, this: &Organisation) -> Result<(), Error> {
        let text = serde_json::to_vec(&self.content).map_err(|_| Error::Stored("request"))?;
        let context = context(this, self.row.id);
        self.row.sealed = Some(self.key.seal(LABEL, &context, &Zeroizing::new(text))?);
        Ok(())
    }

    /// Appends an entry that proves the row as it is now. The caller writes the row.
    pub(super) fn prove(
        &mut self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        kind: Kind,
        what: Value,
        act: &Act,
    ) -> Result<i64, Error> {
        let mut told = Map::from_iter([
            ("rows".to_owned(), json!([state::request(&self.row)])),
            ("request_id".to_owned(), json!(self.row.id.to_string())),
        ]);
        if let Value::Object(more) = what {
            told.extend(more);
        }
        let entry = append::sealed(tx, this, act, kind, &self.key, &told)?;
        self.row.entry_seq = entry;
        Ok(entry)
    }

    /// Proves the row and writes it.
    pub(super) fn save(
        &mut self,
        tx: &mut Tx<'_>,
        this: &Organisation,
        kind: Kind,
        what: Value,
        act: &Act,
    ) -> Result<i64, Error> {
        let entry = self.prove(tx, this, kind, what, act)?;
        store::request::update(tx, &self.row)?;
        Ok(entry)
    }
}
