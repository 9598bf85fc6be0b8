//! Mail that may be a request: it waits as one until somebody says what is asked for and by whom, or
//! discards it. Nothing is answered by itself; the period runs from the day on which the mail came.

use jiff::ToSpan as _;
use jiff::civil::Date;
use law::Lang;
use law::gdpr::art12;
use serde_json::json;
use store::request::Request;
use store::{Id, Tx};

use super::ask::ask;
use super::content::{Content, Open, Said};
use super::receive::own_key;
use super::tidy::tie;
use super::{
    Identity, Intake, LONGEST, Outcome, RequestFault, RequestKind, calendar, last_day, letter,
};
use crate::contact::Email;
use crate::installation::new_id;
use crate::lead_form::mailbox;
use crate::log::append::Kind;
use crate::mail::MailPurpose;
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Installation, Organisation};

/// Mails of one mailbox that wait to be sorted; more stay in the mailbox for people.
const MOST_OF_ONE: usize = 5;
/// Mails that wait to be sorted.
const MOST: i64 = 200;

/// A mail that came to the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingMail {
    /// Who says to have sent it.
    pub from: Email,
    /// The name beside the address.
    pub name: Option<String>,
    /// Subject and text.
    pub text: String,
    /// The day on which it came.
    pub arrived_on: Date,
}

/// What somebody made of a mail.
#[derive(Clone)]
pub struct Sorting {
    /// What is asked for.
    pub kind: RequestKind,
    /// Who asks; `None` if they are not known.
    pub contact: Option<ContactRef>,
    /// Whether a link to confirm goes out with the receipt.
    pub ask: bool,
    /// The language of the letters to the person.
    pub lang: Lang,
}

impl RequestKind {
    /// Whether an access answer fulfils it (GDPR Art. 15 and 20).
    pub const fn is_for_data(self) -> bool {
        matches!(self, Self::Access | Self::Portability)
    }

    /// What a person can ask for: every kind but mail that nobody has sorted yet.
    pub const RIGHTS: [Self; 8] = [
        Self::Access,
        Self::Erasure,
        Self::Rectification,
        Self::Restriction,
        Self::Portability,
        Self::Objection,
        Self::NoAutomatedDecision,
        Self::Withdrawal,
    ];
}

pub(super) const fn is_unsorted(row: &Request) -> bool {
    row.kind == RequestKind::Unsorted as i16
}

/// Puts a mail among the requests; `false` if it stays in the mailbox for people: where it is not
/// certain for which organisation it is, and where too many wait.
pub(crate) fn propose(here: &Installation, mail: &IncomingMail, act: &Act) -> Result<bool, Error> {
    let Some(this) = addressed(here, &mail.from)? else {
        return Ok(false);
    };
    if mail.arrived_on < act.today.saturating_sub(1.year()) {
        return Ok(false);
    }
    let (own, mail, act) = (this.clone(), mail.clone(), act.clone());
    own.store().write(move |tx| {
        store::organisation::lock(tx, this.id())?;
        wait(tx, &this, &mail, &act)
    })
}

/// The organisation that the mail is for: the only one, or of several the only one that knows the sender.
fn addressed(here: &Installation, from: &Email) -> Result<Option<Organisation>, Error> {
    let mut all = Organisation::all(here)?;
    if all.len() > 1 {
        let mut knowing = Vec::new();
        for this in all {
            let blind = this.blind_email(from);
            let known = this.store().read(|tx| Person::ids_with(tx, &this, blind))?;
            if !known.is_empty() {
                knowing.push(this);
            }
        }
        all = knowing;
    }
    Ok(all.pop().filter(|_| all.is_empty()))
}

fn wait(
    tx: &mut Tx<'_>,
    this: &Organisation,
    mail: &IncomingMail,
    act: &Act,
) -> Result<bool, Error> {
    let address = mailbox(this, &mail.from);
    let asked_on = mail.arrived_on.min(act.today);
    let said = Said {
        on: asked_on,
        intake: Intake::Mail.name().to_owned(),
        text: mail.text.trim().chars().take(LONGEST).collect(),
        identity: Identity::Doubtful.name().to_owned(),
    };
    let mut waiting = store::request::of_address(tx, this.id(), &address)?;
    waiting.retain(|row| is_unsorted(row) && row.answered_on.is_none());
    if waiting.len() >= MOST_OF_ONE
        || store::request::waiting(tx, this.id(), RequestKind::Unsorted as i16)? >= MOST
    {
        return Ok(false);
    }
    for row in waiting {
        // Read a second time, since the server ended before the mail was put aside.
        if Open::read(tx, this, row)?.content.said.contains(&said) {
            return Ok(true);
        }
    }
    let id = new_id(act.at)?;
    let mut open = Open {
        row: Request {
            org: this.id(),
            id,
            contact: None,
            kind: RequestKind::Unsorted as i16,
            asked_on,
            due_on: art12::due(asked_on, calendar(this)),
            answered_on: None,
            entry_seq: 0,
            intake: Intake::Mail as i16,
            identity: Identity::Doubtful as i16,
            extended_until: None,
            assigned_to: None,
            outcome: None,
            sealed: None,
            address: Some(address),
            token: None,
            reminded: 0,
        },
        content: Content {
            name: mail.name.clone(),
            email: Some(mail.from.address().to_owned()),
            said: vec![said],
            english: false,
        },
        person: None,
        key: own_key(tx, this, id)?,
    };
    open.seal(this)?;
    let what = json!({
        "request": RequestKind::Unsorted.name(),
        "asked_on": asked_on,
        "intake": Intake::Mail.name(),
    });
    open.prove(tx, this, Kind::RequestReceived, what, act)?;
    store::request::insert(tx, &open.row)?;
    Ok(true)
}

impl Organisation {
    /// Takes a mail on as a request; the person gets the receipt. One of the same contact and kind that
    /// still waits is joined with it. Returns the request that goes on.
    ///
    /// # Errors
    /// [`RequestFault::Unsorted`] if no kind is said, [`RequestFault::Conflict`] if somebody sorted it
    /// meanwhile; when the contact is not there, or a link is to be sent and it is not known where
    /// people reach this installation.
    pub fn sort_request(
        &self,
        request: Id,
        seen: i64,
        sorting: &Sorting,
        act: &Act,
    ) -> Result<Id, Error> {
        if sorting.kind == RequestKind::Unsorted {
            return Err(RequestFault::Unsorted.into());
        }
        let (this, sorting, act) = (self.clone(), sorting.clone(), act.clone());
        self.store()
            .write(move |tx| sort(tx, &this, (request, seen), &sorting, &act))
    }

    /// Discards a mail that asks for nothing of the kind; what was kept of it goes after 30 days.
    ///
    /// # Errors
    /// [`RequestFault::Conflict`] if somebody sorted it meanwhile.
    pub fn discard_request(&self, request: Id, seen: i64, act: &Act) -> Result<i64, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let mut open = Open::to_change(tx, &this, request, Some(seen))?;
            if !is_unsorted(&open.row) {
                return Err(RequestFault::Conflict.into());
            }
            open.row.answered_on = Some(act.today);
            open.row.outcome = Some(Outcome::Discarded as i16);
            let what = json!({ "outcome": Outcome::Discarded.name() });
            open.save(tx, &this, Kind::RequestAnswered, what, &act)
        })
    }
}

fn sort(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (request, seen): (Id, i64),
    sorting: &Sorting,
    act: &Act,
) -> Result<Id, Error> {
    let person = sorting.contact.as_ref();
    let person = person.map(|contact| Person::find_to_change(tx, this, contact));
    let person = person.transpose()?;
    let mut open = Open::to_change(tx, this, request, Some(seen))?;
    if !is_unsorted(&open.row) {
        return Err(RequestFault::Conflict.into());
    }
    open.row.kind = sorting.kind as i16;
    // What is still to be confirmed joins nothing.
    open.identify(if sorting.ask {
        Identity::Asked
    } else {
        Identity::NotNeeded
    });
    open.content.english = sorting.lang == Lang::En;
    let asked_on = open.row.asked_on;
    if let Some(person) = person {
        let goes_on = tie(tx, this, open, person, act)?;
        if goes_on != request {
            let kept = Open::to_change(tx, this, goes_on, None)?;
            let days = (asked_on, last_day(&kept.row));
            let letter = letter::receipt(this, sorting.kind, days, None, sorting.lang);
            kept.write_to(tx, this, letter, MailPurpose::Receipt, act)?;
            return Ok(goes_on);
        }
        open = Open::to_change(tx, this, request, None)?;
    }
    let link = if sorting.ask {
        Some(ask(this, &mut open)?)
    } else {
        None
    };
    open.seal(this)?;
    let what = json!({
        "request": sorting.kind.name(),
        "asked_on": open.row.asked_on,
        "intake": Intake::Mail.name(),
    });
    open.save(tx, this, Kind::RequestReceived, what, act)?;
    let (days, lang) = ((asked_on, last_day(&open.row)), sorting.lang);
    let letter = letter::receipt(this, sorting.kind, days, link.as_deref(), lang);
    let purpose = link.map_or(MailPurpose::Receipt, |_| MailPurpose::Confirmation);
    open.write_to(tx, this, letter, purpose, act)?;
    Ok(request)
}
