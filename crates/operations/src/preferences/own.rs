//! The way to one's own data: a link that is mailed to the stored address and works once, and the
//! short visit that it begins. What grants or shows anything is behind it.

use jiff::{SignedDuration, Timestamp};
use law::Lang;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::own_link::OwnLink;
use store::{Hash, Id, Tx};

use crate::change_contact::{Correctable, correct};
use crate::contact::Email;
use crate::log::append::{self, Kind};
use crate::mail::{Letter, MailPurpose, SubjectRef, queue};
use crate::objection::{erased_before, suppressed};
use crate::person::{Person, open_text, seal_text};
use crate::{Act, Error, Installation, Organisation, words};

/// How long a link works, and how long a visit lasts.
const LASTS: SignedDuration = SignedDuration::from_mins(30);
/// The time in which links are counted.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Links to one person in that time.
const LINKS: i64 = 3;
/// Attempts of one network in [`WINDOW`], to be a brake on filling mailboxes and on guessing.
const ATTEMPTS: i64 = 30;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// What a token is for. The numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i16)]
pub(crate) enum Purpose {
    /// Opens a visit, once.
    Link = 1,
    /// A visit.
    Visit = 2,
    /// A new address, to which the token was sent.
    Address = 3,
    /// The page that proves a number; how often a code is sent is counted apart.
    Number = 4,
}

/// A person's visit to their own data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnVisit {
    /// The organisation that keeps the data.
    pub organisation: Id,
    /// The contact.
    pub contact: Id,
}

impl Organisation {
    /// Mails a person the link to their own data, to the address on record. Says nothing of whether
    /// there is one, or whether too many were asked for today.
    ///
    /// # Errors
    /// When the database can't be written, or it is not known where people reach this installation.
    pub fn send_own_link(&self, contact: Id, lang: Lang, act: &Act) -> Result<(), Error> {
        let address = self.installation().address().ok_or(Error::NoAddress)?;
        let (this, act, address) = (self.clone(), act.clone(), address.to_owned());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = match Person::load_to_change(tx, &this, contact) {
                Ok(person) => person,
                Err(Error::Erased | Error::UnknownContact) => return Ok(()),
                Err(error) => return Err(error),
            };
            let fields = person.fields(&this)?;
            let Some(to) = fields.emails.first() else {
                return Ok(());
            };
            let Some(token) = new_token(tx, &this, &person, Purpose::Link, None, &act)? else {
                return Ok(());
            };
            let (subject, text) = own_link_letter(&this, &format!("{address}/me/{token}"), lang);
            let mut letter = Letter::new(to.address(), subject, text);
            letter.not_after = act.at.checked_add(LASTS).ok();
            queue(tx, &this, &about(&person), &letter, MailPurpose::Link, &act)?;
            Ok(())
        })
    }

    /// Asks at a new address whether it is the person's own; only then it takes the place of the
    /// preferred one.
    ///
    /// # Errors
    /// When the contact is not there, or it is not known where people reach this installation.
    pub fn ask_new_address(
        &self,
        contact: Id,
        new: &Email,
        lang: Lang,
        act: &Act,
    ) -> Result<(), Error> {
        let address = self.installation().address().ok_or(Error::NoAddress)?;
        let (this, act, address) = (self.clone(), act.clone(), address.to_owned());
        let new = new.clone();
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::load_to_change(tx, &this, contact)?;
            // Somebody who was erased under this address gets no mail; the answer is the same.
            let mut fields = person.fields(&this)?;
            fields.emails = vec![new.clone()];
            if erased_before(&suppressed(tx, &this, &fields)?) {
                return Ok(());
            }
            let purpose = Purpose::Address;
            let carries = Some(new.address());
            let Some(token) = new_token(tx, &this, &person, purpose, carries, &act)? else {
                return Ok(());
            };
            let url = format!("{address}/me/address/{token}");
            let (subject, text) = address_letter(&this, &url, lang);
            let mut letter = Letter::new(new.address(), subject, text);
            letter.not_after = act.at.checked_add(LASTS).ok();
            let purpose = MailPurpose::Confirmation;
            queue(tx, &this, &about(&person), &letter, purpose, &act)?;
            Ok(())
        })
    }
}

impl Installation {
    /// Whose link it is, if it works; it is not used by looking.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn own_link(&self, token: &str, now: Timestamp) -> Result<Option<OwnVisit>, Error> {
        self.store()
            .read(|tx| Ok(working(tx, token, Purpose::Link, now)?.map(|row| visit(&row))))
    }

    /// Uses a link up and begins a visit; returns the visit's token. `None` if the link does not work
    /// any more.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn open_own_link(&self, token: &str, act: &Act) -> Result<Option<String>, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(row) = working(tx, &token, Purpose::Link, act.at)? else {
                return Ok(None);
            };
            if !store::own_link::take(tx, &row.token_hash, act.at)? {
                return Ok(None);
            }
            let this = Organisation::in_transaction(tx, &here, row.org)?;
            let person = Person::load_to_change(tx, &this, row.contact)?;
            let what = json!({});
            append::sealed(tx, &this, &act, Kind::OwnDataOpened, &person.key, &what)?;
            new_token(tx, &this, &person, Purpose::Visit, None, &act)
        })
    }

    /// The visit with this token, while it lasts.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn own_visit(&self, token: &str, now: Timestamp) -> Result<Option<OwnVisit>, Error> {
        self.store()
            .read(|tx| Ok(working(tx, token, Purpose::Visit, now)?.map(|row| visit(&row))))
    }

    /// Ends a visit.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn end_own_visit(&self, token: &str, act: &Act) -> Result<(), Error> {
        let (token, at) = (token.to_owned(), act.at);
        self.store().write(move |tx| -> Result<_, Error> {
            if let Some(row) = working(tx, &token, Purpose::Visit, at)? {
                store::own_link::take(tx, &row.token_hash, at)?;
            }
            Ok(())
        })
    }

    /// Whose new address waits for this token, if it does; it is not used by looking.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn new_address(&self, token: &str, now: Timestamp) -> Result<Option<OwnVisit>, Error> {
        self.store()
            .read(|tx| Ok(working(tx, token, Purpose::Address, now)?.map(|row| visit(&row))))
    }

    /// Puts a confirmed address in the place of the preferred one. `false` if the link does not work
    /// any more.
    ///
    /// # Errors
    /// [`Error::Suppressed`] when the address belongs to somebody who was erased meanwhile.
    pub fn confirm_address(&self, token: &str, act: &Act) -> Result<bool, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(row) = working(tx, &token, Purpose::Address, act.at)? else {
                return Ok(false);
            };
            if !store::own_link::take(tx, &row.token_hash, act.at)? {
                return Ok(false);
            }
            let this = Organisation::in_transaction(tx, &here, row.org)?;
            let person = Person::load_to_change(tx, &this, row.contact)?;
            let sealed = row.sealed.as_deref().ok_or(Error::Stored("link"))?;
            let text = open_text(&person.key, mark(&row.token_hash), sealed)?;
            let email = Email::parse(&text).map_err(|_| Error::Stored("link"))?;
            let mut fields = person.fields(&this)?;
            let others = fields.emails.into_iter().skip(1);
            let others = others.filter(|other| other.key() != email.key());
            fields.emails = std::iter::once(email.clone()).chain(others).collect();
            let new = Correctable {
                fields,
                kind: words::kind(person.row.kind)?,
                country: person
                    .row
                    .country
                    .parse()
                    .map_err(|_| Error::Stored("country"))?,
                subscriber: words::subscriber(person.row.subscriber)?,
            };
            match correct(tx, &this, person, &new, &act) {
                Ok(_) | Err(Error::Unchanged) => Ok(true),
                Err(error) => Err(error),
            }
        })
    }

    /// Counts what somebody does with such links from one network; `false` if it is too much just
    /// now. The address is kept as a keyed hash.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn own_attempt(&self, network: &str, now: Timestamp) -> Result<bool, Error> {
        let index = self.index().for_organisation(&[0; 16]);
        let bucket: Hash = index.blind("own link attempt", network.as_bytes());
        self.store().write(move |tx| -> Result<_, Error> {
            let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::MIN);
            store::attempt::count(tx, &bucket, since, now)?;
            let row = store::attempt::get(tx, &bucket)?;
            Ok(row.is_none_or(|row| row.failed <= ATTEMPTS))
        })
    }
}

fn about(person: &Person) -> SubjectRef<'_> {
    SubjectRef {
        id: person.row.id,
        key: &person.key,
    }
}

fn visit(row: &OwnLink) -> OwnVisit {
    OwnVisit {
        organisation: row.org,
        contact: row.contact,
    }
}

/// Makes a token that brings a text along; `None` if the person was sent too many within a day.
pub(crate) fn new_token(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: &Person,
    purpose: Purpose,
    carries: Option<&str>,
    act: &Act,
) -> Result<Option<String>, Error> {
    let (org, contact, number) = (this.id(), person.row.id, purpose as i16);
    let yesterday = act.at.checked_sub(DAY).unwrap_or(Timestamp::MIN);
    store::own_link::remove_before(tx, org, yesterday)?;
    let made = store::own_link::made_since(tx, org, contact, number, yesterday)?;
    if matches!(purpose, Purpose::Link | Purpose::Address) && made >= LINKS {
        return Ok(None);
    }
    let token = crate::access::random_name()?;
    let token_hash = hash(&token);
    let sealed = carries.map(|text| seal_text(&person.key, mark(&token_hash), text));
    let row = OwnLink {
        token_hash,
        org,
        contact,
        purpose: number,
        sealed: sealed.transpose()?,
        created_at: act.at,
        expires_at: act.at.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        used_at: None,
    };
    store::own_link::insert(tx, &row)?;
    Ok(Some(token))
}

/// The row of a token, if it works for this purpose.
pub(crate) fn working(
    tx: &mut Tx<'_>,
    token: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<OwnLink>, Error> {
    let row = store::own_link::get(tx, &hash(token))?;
    Ok(row.filter(|row| {
        row.purpose == purpose as i16 && row.used_at.is_none() && row.expires_at > now
    }))
}

/// What is kept of a token. It has 256 bits of chance, so a plain hash can't be searched.
pub(crate) fn hash(token: &str) -> Hash {
    Sha256::digest(token).into()
}

/// What binds a sealed text to its row.
pub(crate) fn mark(hash: &Hash) -> Id {
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    Id(id)
}

fn own_link_letter(this: &Organisation, url: &str, lang: Lang) -> (String, String) {
    let name = this.name();
    match lang {
        Lang::De => (
            format!("Ihr Zugang zu Ihren Daten bei {name}"),
            format!(
                "Guten Tag,\n\nüber diesen Link sehen und ändern Sie, was {name} über Sie gespeichert \
                 hat:\n{url}\n\nEr gilt 30 Minuten und nur einmal. Haben Sie ihn nicht angefordert, \
                 brauchen Sie nichts zu tun.\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("Your access to your data at {name}"),
            format!(
                "Hello,\n\nby this link you see and change what {name} has stored about you:\n{url}\n\n\
                 It works for 30 minutes and only once. If you did not ask for it, you need not do \
                 anything.\n\n{name}\n"
            ),
        ),
    }
}

fn address_letter(this: &Organisation, url: &str, lang: Lang) -> (String, String) {
    let name = this.name();
    match lang {
        Lang::De => (
            format!("Bitte bestätigen Sie Ihre neue E-Mail-Adresse bei {name}"),
            format!(
                "Guten Tag,\n\njemand hat diese Adresse bei {name} als neue eigene angegeben. Waren \
                 Sie das, dann bestätigen Sie es bitte innerhalb von 30 Minuten:\n{url}\n\nSonst \
                 brauchen Sie nichts zu tun.\n\n{name}\n"
            ),
        ),
        Lang::En => (
            format!("Please confirm your new e-mail address at {name}"),
            format!(
                "Hello,\n\nsomebody named this address as their new one at {name}. If that was you, \
                 please confirm it within 30 minutes:\n{url}\n\nOtherwise you need not do anything.\
                 \n\n{name}\n"
            ),
        ),
    }
}
