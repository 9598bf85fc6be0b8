//! Takes a request in: by the person's own page, the public page, by hand, or by the API. The person gets
//! a receipt at once, and where it is not certain who asks, a link to the address by which they are known.

use jiff::ToSpan as _;
use jiff::civil::Date;
use law::Lang;
use law::gdpr::art12;
use serde_json::{Value, json};
use store::request::Request;
use store::{Hash, Id, Tx};
use vault::SubjectKey;

use super::ask::ask;
use super::content::{Content, Open, Said};
use super::{Identity, Intake, RequestFault, RequestKind, calendar, fitting, is_certain, letter};
use crate::contact::Email;
use crate::installation::new_id;
use crate::lead_form::mailbox;
use crate::log::append::Kind;
use crate::mail::MailPurpose;
use crate::person::{ContactRef, Person, context};
use crate::{Act, Error, Organisation};

/// Mails about new requests that one mailbox gets within two days, whoever fills in the public page.
const MOST_MAILS: usize = 3;
/// Requests of these two days that wait to be confirmed from one mailbox; the next is told so.
const MOST_WAITING: usize = 20;
/// Texts of one request; what comes after is a request of its own.
const MOST_TEXTS: usize = 20;

/// Who asks.
#[derive(Clone)]
pub enum Whom {
    /// A contact.
    Contact(ContactRef),
    /// Whoever has this address: the contact, if it is the address of one.
    Address(Email),
    /// Somebody who is not known, by the name that they gave.
    Nobody(String),
}

/// A request as it comes in.
#[derive(Clone)]
pub struct NewRequest {
    /// Who asks.
    pub whom: Whom,
    /// What is asked for.
    pub kind: RequestKind,
    /// By which way it came.
    pub intake: Intake,
    /// When it came; the period runs from then.
    pub received_on: Date,
    /// What the person wrote; may be empty.
    pub text: String,
    /// Whether it is known that the person asks. [`Identity::Asked`] mails a link to confirm.
    pub identity: Identity,
    /// The language of the letters to the person.
    pub lang: Lang,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// The request.
    pub id: Id,
    /// The last day for the answer (GDPR Art. 12(3)).
    pub due_on: Date,
    /// Whether it went into an open request of the same person and kind.
    pub joined: bool,
}

impl Organisation {
    /// Takes a request in. One of the same person and kind that still waits is the same one, and keeps
    /// its deadline, if it is certain of both that the person asks; what anybody can write in the
    /// person's name is a request of its own, with its own link to confirm.
    ///
    /// # Errors
    /// When no kind is said, the contact is not there, the day of receipt lies in the future or more than a year back, a
    /// text is too long, or a link is to be sent and it is not known where people reach this installation;
    /// [`RequestFault::TooMany`] when too many for one mailbox wait to be confirmed.
    pub fn receive_request(&self, new: &NewRequest, act: &Act) -> Result<Received, Error> {
        if new.kind == RequestKind::Unsorted {
            return Err(RequestFault::Unsorted.into());
        }
        if new.identity == Identity::Unasked {
            return Err(Error::NotPermitted);
        }
        if new.received_on > act.today {
            return Err(Error::Future(new.received_on));
        }
        if new.received_on < act.today.saturating_sub(1.year()) {
            return Err(RequestFault::TooOld.into());
        }
        let text = fitting(&new.text)?;
        let (this, new, act) = (self.clone(), new.clone(), act.clone());
        self.store()
            .write(move |tx| receive(tx, &this, &new, text, &act))
    }

    /// Takes a request that a contact made on their own page. Returns the last day for the answer.
    ///
    /// # Errors
    /// When the contact is not there.
    pub fn take_request(&self, contact: Id, kind: RequestKind, act: &Act) -> Result<Date, Error> {
        let new = NewRequest {
            whom: Whom::Contact(ContactRef::Id(contact)),
            kind,
            intake: Intake::Own,
            received_on: act.today,
            text: String::new(),
            identity: Identity::Confirmed,
            lang: Lang::De,
        };
        Ok(self.receive_request(&new, act)?.due_on)
    }
}

fn receive(
    tx: &mut Tx<'_>,
    this: &Organisation,
    new: &NewRequest,
    text: Option<String>,
    act: &Act,
) -> Result<Received, Error> {
    // Two who send the same at once take turns, so that it is one request.
    store::organisation::lock(tx, this.id())?;
    let (person, email, name) = who(tx, this, &new.whom)?;
    let address = email.as_ref().map(|email| mailbox(this, email));
    let said = text.map(|text| Said {
        on: new.received_on,
        intake: new.intake.name().to_owned(),
        text,
        identity: new.identity.name().to_owned(),
    });
    let contact = person.as_ref().map(|person| person.row.id);
    if let Some(open) = same(tx, this, person.as_ref(), address, said.as_ref(), new)? {
        return join(tx, this, open, said, new, act);
    }
    let quiet = match (new.intake, &address) {
        (Intake::Page, Some(address)) => enough(tx, this, address, act)?,
        _ => false,
    };
    let identity = match new.identity {
        Identity::Asked if quiet => Identity::Unasked,
        identity => identity,
    };
    let id = new_id(act.at)?;
    let key = match &person {
        Some(person) => person.key.clone(),
        None => own_key(tx, this, id)?,
    };
    let due_on = art12::due(new.received_on, calendar(this));
    let mut open = Open {
        row: Request {
            org: this.id(),
            id,
            contact,
            kind: new.kind as i16,
            asked_on: new.received_on,
            due_on,
            answered_on: None,
            entry_seq: 0,
            intake: new.intake as i16,
            identity: identity as i16,
            extended_until: None,
            assigned_to: None,
            outcome: None,
            sealed: None,
            address,
            token: None,
            reminded: 0,
        },
        content: Content {
            name,
            email: email.map(|email| email.address().to_owned()),
            said: said.into_iter().collect(),
            english: new.lang == Lang::En,
        },
        person,
        key,
    };
    open.identify(identity);
    let link = match identity {
        Identity::Asked => Some(ask(this, &mut open)?),
        _ => None,
    };
    open.seal(this)?;
    let what = told(new, identity);
    open.prove(tx, this, Kind::RequestReceived, what, act)?;
    store::request::insert(tx, &open.row)?;
    if !quiet {
        let days = (new.received_on, due_on);
        let letter = letter::receipt(this, new.kind, days, link.as_deref(), new.lang);
        let purpose = link.map_or(MailPurpose::Receipt, |_| MailPurpose::Confirmation);
        open.write_to(tx, this, letter, purpose, act)?;
    }
    Ok(Received {
        id,
        due_on,
        joined: false,
    })
}

fn told(new: &NewRequest, identity: Identity) -> Value {
    json!({
        "request": new.kind.name(),
        "asked_on": new.received_on,
        "intake": new.intake.name(),
        "identity": identity.name(),
    })
}

/// The contact who asks, the address by which they do, and the name of who is not known.
type Who = (Option<Person>, Option<Email>, Option<String>);

fn who(tx: &mut Tx<'_>, this: &Organisation, whom: &Whom) -> Result<Who, Error> {
    match whom {
        Whom::Contact(reference) => {
            let person = Person::find_to_change(tx, this, reference)?;
            let email = match reference {
                ContactRef::Email(email) => Some(email.clone()),
                _ => None,
            };
            Ok((Some(person), email, None))
        }
        Whom::Address(email) => {
            let known = Person::ids_with(tx, this, this.blind_email(email))?;
            // An address that several share says nothing of who of them asks.
            let person = match known[..] {
                [id] => Some(Person::load_to_change(tx, this, id)?),
                _ => None,
            };
            Ok((person, Some(email.clone()), None))
        }
        Whom::Nobody(name) => {
            let name = fitting(name)?.ok_or(Error::Empty("the name"))?;
            Ok((None, None, Some(name)))
        }
    }
}

/// The open request that the new one goes into. What is not certain to come from the person goes only
/// into one that says the same already; nobody's click confirms what others wrote.
fn same(
    tx: &mut Tx<'_>,
    this: &Organisation,
    person: Option<&Person>,
    address: Option<Hash>,
    said: Option<&Said>,
    new: &NewRequest,
) -> Result<Option<Open>, Error> {
    let contact = person.map(|person| person.row.id);
    let mut rows = match (contact, address) {
        (Some(contact), _) => store::request::of_contact(tx, this.id(), contact)?,
        (None, Some(address)) => store::request::of_address(tx, this.id(), &address)?,
        (None, None) => Vec::new(),
    };
    rows.retain(|row| {
        row.kind == new.kind as i16 && row.answered_on.is_none() && row.contact == contact
    });
    // Those that are certain first.
    rows.sort_by_key(|row| !is_certain(row));
    for row in rows {
        let open = Open::with(tx, this, row, person.cloned())?;
        let is_said = |old: &Said| said.is_some_and(|said| said.text == old.text);
        let is_new = said.is_some() && !open.content.said.iter().any(is_said);
        let fits = match (is_certain(&open.row), new.identity.is_certain()) {
            (true, true) => !is_new || open.content.said.len() < MOST_TEXTS,
            (true, false) => !is_new,
            // Who shows now who they are has shown it for the same words before.
            (false, true) => open.content.said.iter().all(is_said),
            (false, false) => !is_new && open.row.address == address,
        };
        if fits {
            return Ok(Some(open));
        }
    }
    Ok(None)
}

fn join(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mut open: Open,
    said: Option<Said>,
    new: &NewRequest,
    act: &Act,
) -> Result<Received, Error> {
    let due_on = super::last_day(&open.row);
    let received = Received {
        id: open.row.id,
        due_on,
        joined: true,
    };
    let news = said.filter(|said| open.content.said.iter().all(|old| old.text != said.text));
    let proves = new.identity.is_certain() && !is_certain(&open.row);
    if news.is_none() && !proves {
        return Ok(received);
    }
    let tells = news.is_some();
    if proves {
        open.identify(new.identity);
        open.row.token = None;
    }
    open.content.said.extend(news);
    open.seal(this)?;
    let what = told(new, new.identity);
    open.save(tx, this, Kind::RequestReceived, what, act)?;
    if tells {
        let days = (new.received_on, due_on);
        let letter = letter::receipt(this, new.kind, days, None, new.lang);
        open.write_to(tx, this, letter, MailPurpose::Receipt, act)?;
    }
    Ok(received)
}

/// Whether the mailbox got enough mails about requests these days; an error if too many wait there.
fn enough(tx: &mut Tx<'_>, this: &Organisation, address: &Hash, act: &Act) -> Result<bool, Error> {
    let since = act.today.saturating_sub(1.day());
    let mut rows = store::request::of_address(tx, this.id(), address)?;
    rows.retain(|row| row.asked_on >= since);
    let waits = |row: &&Request| row.answered_on.is_none() && !is_certain(row);
    if rows.iter().filter(waits).count() >= MOST_WAITING {
        return Err(RequestFault::TooMany.into());
    }
    let mailed = |row: &&Request| row.identity != Identity::Unasked as i16;
    Ok(rows.iter().filter(mailed).count() >= MOST_MAILS)
}

/// A key for a request of nobody known, kept as contacts' keys are.
pub(super) fn own_key(tx: &mut Tx<'_>, this: &Organisation, id: Id) -> Result<SubjectKey, Error> {
    let key = SubjectKey::generate()?;
    let row = store::key::ContactKey {
        org: this.id(),
        contact: id,
        wrapped: key.wrap(this.master(), &context(this, id))?,
        master_id: this.master().id().into_bytes(),
    };
    store::key::insert(tx, &[row])?;
    Ok(key)
}
