//! What staff do with a request before it is answered.

use jiff::civil::Date;
use law::gdpr::art12::{self, Objectionable};
use serde_json::json;
use store::request::Request;
use store::{Id, Tx};

use super::ask::ask;
use super::content::Open;
use super::sort::is_unsorted;
use super::tidy::tie;
use super::{Identity, RequestFault, RequestKind, fitting, last_day, letter, may_extend_until};
use crate::access::AccountId;
use crate::log::append::Kind;
use crate::mail::MailPurpose;
use crate::person::{ContactRef, Person};
use crate::{Act, Error, Organisation};

impl Organisation {
    /// Gives a request to an account, or to nobody. `seen` is the state that was looked at.
    ///
    /// # Errors
    /// [`RequestFault::NoMember`] if the account does not act for the organisation.
    pub fn assign_request(
        &self,
        request: Id,
        seen: i64,
        to: Option<AccountId>,
        act: &Act,
    ) -> Result<i64, Error> {
        self.work(request, seen, act, move |tx, this, open, act| {
            if let Some(to) = to {
                let row = store::membership::get(tx, this.id(), to.0)?;
                let row = row.filter(|row| row.ends_on.is_none_or(|last| last >= act.today));
                row.ok_or(RequestFault::NoMember)?;
            }
            open.row.assigned_to = to.map(|to| to.0);
            open.row.reminded = 0;
            let what = json!({ "assigned_to": to.map(|to| to.to_string()) });
            open.save(tx, this, Kind::RequestAssigned, what, act)
        })
    }

    /// Extends the period by at most two further months and tells the person so, with the reasons
    /// (GDPR Art. 12(3)).
    ///
    /// # Errors
    /// [`RequestFault::ExtensionLate`] after the first month or for a second time,
    /// [`RequestFault::ExtensionLength`] beyond two further months, [`RequestFault::NoMail`] if the
    /// person can't be told by mail and `told_otherwise` is not set.
    pub fn extend_request(
        &self,
        request: Id,
        seen: i64,
        until: Date,
        reason: &str,
        told_otherwise: bool,
        act: &Act,
    ) -> Result<i64, Error> {
        let reason = fitting(reason)?.ok_or(Error::Empty("the reason"))?;
        self.work(request, seen, act, move |tx, this, open, act| {
            let latest = may_extend_until(this, &open.row, act.today);
            let latest = latest.ok_or(RequestFault::ExtensionLate)?;
            if until <= open.row.due_on || until > latest {
                return Err(RequestFault::ExtensionLength.into());
            }
            let kind = RequestKind::stored(open.row.kind)?;
            let lang = open.content.lang();
            let letter = letter::extension(this, kind, &open.row, until, &reason, lang);
            tell(tx, this, open, letter, told_otherwise, act)?;
            open.row.extended_until = Some(until);
            open.row.reminded = 0;
            let what = json!({
                "reason": reason,
                "due_on": open.row.due_on,
                "extended_until": until,
                "told_on": act.today,
                "told_by_mail": !told_otherwise,
            });
            open.save(tx, this, Kind::RequestExtended, what, act)
        })
    }

    /// Notes how it stands with who asks. [`Identity::Asked`] mails a link to the address by which the
    /// person is known; nothing else is asked for (GDPR Art. 12(6)).
    ///
    /// # Errors
    /// [`RequestFault::NoMail`] if a link is to be sent and no address is known.
    pub fn note_identity(
        &self,
        request: Id,
        seen: i64,
        identity: Identity,
        how: &str,
        act: &Act,
    ) -> Result<i64, Error> {
        let how = fitting(how)?;
        if identity == Identity::Unasked {
            return Err(Error::NotPermitted);
        }
        self.work(request, seen, act, move |tx, this, open, act| {
            if identity == Identity::Asked {
                let link = ask(this, open)?;
                let kind = RequestKind::stored(open.row.kind)?;
                let (on, lang) = (open.row.asked_on, open.content.lang());
                let letter =
                    letter::receipt(this, kind, (on, last_day(&open.row)), Some(&link), lang);
                open.write_to(tx, this, letter, MailPurpose::Confirmation, act)?;
            } else {
                open.row.token = None;
                open.identify(identity);
            }
            open.seal(this)?;
            let what = json!({ "identity": identity.name(), "reason": how });
            open.save(tx, this, Kind::RequestIdentity, what, act)
        })
    }

    /// Tells the person that a fee is asked for, since the request is manifestly unfounded or excessive,
    /// which the organisation has to show (GDPR Art. 12(5)(a)). The request stays open.
    ///
    /// # Errors
    /// When amount or reasons are missing, or no address is known and `told_otherwise` is not set.
    pub fn charge_request(
        &self,
        request: Id,
        seen: i64,
        (amount, reason): (&str, &str),
        told_otherwise: bool,
        act: &Act,
    ) -> Result<i64, Error> {
        if !art12::may_charge(Objectionable::UnfoundedOrExcessive) {
            return Err(Error::NotPermitted);
        }
        let amount = fitting(amount)?.ok_or(Error::Empty("the fee"))?;
        let reason = fitting(reason)?.ok_or(Error::Empty("the reason"))?;
        self.work(request, seen, act, move |tx, this, open, act| {
            let kind = RequestKind::stored(open.row.kind)?;
            let lang = open.content.lang();
            let remedies = letter::remedies(tx, this, lang)?;
            let letter = letter::fee(this, kind, (&amount, &reason), &remedies, lang);
            tell(tx, this, open, letter, told_otherwise, act)?;
            let what = json!({
                "fee": amount,
                "reason": reason,
                "told_by_mail": !told_otherwise,
            });
            open.save(tx, this, Kind::RequestCharged, what, act)
        })
    }

    /// Ties a request of nobody known to the contact who asked. If that contact waits for an answer to
    /// the same already, the two are joined, and the earlier deadline counts. Returns the request that
    /// goes on.
    ///
    /// # Errors
    /// [`RequestFault::Tied`] if it has a contact; when the contact is not there.
    pub fn tie_request(
        &self,
        request: Id,
        seen: i64,
        contact: &ContactRef,
        act: &Act,
    ) -> Result<Id, Error> {
        let (this, act, contact) = (self.clone(), act.clone(), contact.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let person = Person::find_to_change(tx, &this, &contact)?;
            let open = Open::to_change(tx, &this, request, Some(seen))?;
            if is_unsorted(&open.row) {
                return Err(RequestFault::Unsorted.into());
            }
            if open.row.contact.is_some() {
                return Err(RequestFault::Tied.into());
            }
            tie(tx, &this, open, person, &act)
        })
    }

    /// Changes an open request, of which it is known what it asks for, in one transaction.
    pub(super) fn work<T: Send + 'static>(
        &self,
        request: Id,
        seen: i64,
        act: &Act,
        change: impl FnOnce(&mut Tx<'_>, &Self, &mut Open, &Act) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (this, act) = (self.clone(), act.clone());
        self.store().write(move |tx| -> Result<_, Error> {
            let mut open = Open::to_change(tx, &this, request, Some(seen))?;
            if is_unsorted(&open.row) {
                return Err(RequestFault::Unsorted.into());
            }
            change(tx, &this, &mut open, &act)
        })
    }
}

/// Writes to the person, or takes the word of staff that they told the person by another way.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    this: &Organisation,
    open: &Open,
    letter: (String, String),
    told_otherwise: bool,
    act: &Act,
) -> Result<(), Error> {
    if told_otherwise || open.write_to(tx, this, letter, MailPurpose::Notice, act)? {
        return Ok(());
    }
    Err(RequestFault::NoMail.into())
}

/// The earlier of two requests that are joined keeps its deadline.
pub(super) fn earlier(kept: &mut Request, other: &Request) {
    if last_day(other) < last_day(kept) {
        kept.asked_on = other.asked_on;
        kept.due_on = other.due_on;
        kept.extended_until = other.extended_until;
    }
}
