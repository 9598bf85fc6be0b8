//! The way to one's own data: a link that is mailed to the stored address and works once, and the
//! short visit that it begins. What grants or shows anything is behind it.

use jiff::{SignedDuration, Timestamp};
use law::Lang;
use store::own_link::OwnLink;
use store::{Hash, Id};

use super::token::{LASTS, Purpose, as_made, new_token, opening, use_up, working};

use crate::change_contact::{Correctable, correct};
use crate::contact::Email;
use crate::log::append::Kind;
use crate::mail::{Letter, MailPurpose, SubjectRef, queue};
use crate::objection::{erased_before, suppressed};
use crate::person::Person;
use crate::{Act, Error, Installation, Organisation, words};

/// Attempts of one network in [`WINDOW`], to be a brake on filling mailboxes and on guessing.
const ATTEMPTS: i64 = 30;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

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
            .read(|tx| Ok(opening(tx, self, token, now)?.map(|row| visit(&row))))
    }

    /// Uses a link up and begins a visit; returns the visit's token. `None` if the link does not work
    /// any more.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn open_own_link(&self, token: &str, act: &Act) -> Result<Option<String>, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(row) = opening(tx, &here, &token, act.at)? else {
                return Ok(None);
            };
            if !store::own_link::take(tx, &row.token_hash, act.at)? {
                return Ok(None);
            }
            let this = Organisation::in_transaction(tx, &here, row.org)?;
            let person = Person::load_to_change(tx, &this, row.contact)?;
            if !use_up(tx, &this, &person, row, Kind::OwnDataOpened, &act)? {
                return Ok(None);
            }
            new_token(tx, &this, &person, Purpose::Visit, None, &act)
        })
    }

    /// The visit with this token, while it lasts.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn own_visit(&self, token: &str, now: Timestamp) -> Result<Option<OwnVisit>, Error> {
        self.store()
            .read(|tx| Ok(working(tx, self, token, Purpose::Visit, now)?.map(|row| visit(&row))))
    }

    /// Ends a visit.
    ///
    /// # Errors
    /// When the database can't be written.
    pub fn end_own_visit(&self, token: &str, act: &Act) -> Result<(), Error> {
        let (here, token, at) = (self.clone(), token.to_owned(), act.at);
        self.store().write(move |tx| -> Result<_, Error> {
            if let Some(row) = working(tx, &here, &token, Purpose::Visit, at)? {
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
            .read(|tx| Ok(working(tx, self, token, Purpose::Address, now)?.map(|row| visit(&row))))
    }

    /// Puts a confirmed address in the place of the preferred one. `false` if the link does not work
    /// any more.
    ///
    /// # Errors
    /// [`Error::Suppressed`] when the address belongs to somebody who was erased meanwhile.
    pub fn confirm_address(&self, token: &str, act: &Act) -> Result<bool, Error> {
        let (here, token, act) = (self.clone(), token.to_owned(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let Some(row) = working(tx, &here, &token, Purpose::Address, act.at)? else {
                return Ok(false);
            };
            if !store::own_link::take(tx, &row.token_hash, act.at)? {
                return Ok(false);
            }
            let this = Organisation::in_transaction(tx, &here, row.org)?;
            let person = Person::load_to_change(tx, &this, row.contact)?;
            let made = as_made(&row, &person.key).and_then(|made| made.carries);
            let text = made.ok_or(Error::Stored("link"))?;
            let email = Email::parse(&text).map_err(|_| Error::Stored("link"))?;
            if !use_up(tx, &this, &person, row, Kind::AddressConfirmed, &act)? {
                return Ok(false);
            }
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
