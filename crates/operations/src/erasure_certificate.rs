//! The certificate of an erasure: what went, when, why and by whom, what stays, and who was told. It
//! says nothing of the person, so that it can be kept and handed on; each of its statements is in the
//! log or follows from it.

use evidence::{Entry, Payload};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};
use store::{Id, Tx};

use crate::access::{AccountId, Role};
use crate::access_answer::{Answering, controller};
use crate::log::append::Kind;
use crate::person::Person;
use crate::recipients::{About, NoticeLine};
use crate::state::hex;
use crate::{Error, Organisation};

/// What was done, or is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasureState {
    /// The key is gone, and with it everything that it sealed.
    Done,
    /// A restored backup was older than the erasure, which was done again.
    DoneAgain,
    /// The data are restricted until the last day of a legal hold, and go by themselves after it.
    Waits(Option<Date>),
}

/// Why a person was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasureReason {
    /// By a decision or on request.
    Asked,
    /// A period of the register was over.
    Period {
        /// The activity whose rule it was, by its name in the register, or by its identifier.
        activity: String,
        /// Whether what can't be led back to anybody stays in numbers.
        anonymised: bool,
    },
    /// The contact had been merged into another one that was erased.
    Merged,
}

/// Who erased: never by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasedBy {
    /// A member with this role now.
    Member(Role),
    /// Somebody who is a member no longer.
    FormerMember,
    /// Something else that the log names as acting.
    Other(String),
}

/// The certificate of an erasure.
#[derive(Clone, Debug)]
pub struct ErasureCertificate {
    /// Who is responsible for the data.
    pub controller: Answering,
    /// Number of the evidence entry.
    pub entry: i64,
    /// What was done.
    pub state: ErasureState,
    /// When.
    pub at: Timestamp,
    /// The day of the request, or on which the data were due.
    pub requested_on: Option<Date>,
    /// Why.
    pub reason: ErasureReason,
    /// The provision that asks for it, as a citation.
    pub provision: String,
    /// Who did it.
    pub by: ErasedBy,
    /// The identifier that the contact had.
    pub contact: Option<Id>,
    /// What stands for the person in the log, in hexadecimal digits.
    pub pseudonym: Option<String>,
    /// How many addresses and numbers stay suppressed as hashes by this erasure.
    pub suppressed: usize,
    /// Entries of contacts that had been merged into this one and were erased with it.
    pub merged: Vec<i64>,
    /// Who was told of the erasure, or of the restriction while it waits.
    pub told: Vec<NoticeLine>,
    /// The log, its place there, and the signed checkpoint.
    pub log: CertifiedBy,
}

/// What a certificate is checked with.
#[derive(Clone, Debug)]
pub struct CertifiedBy {
    /// The entry's place in the log, counted from 0; `None` while it waits for one.
    pub index: Option<i64>,
    /// Entries that the signature covers.
    pub size: i64,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The log's public key.
    pub key: String,
}

impl Organisation {
    /// The certificate of the erasure that the entry numbered `entry` proves, or of one that waits.
    /// The receipt of the entry proves it to who has the log's public key.
    ///
    /// # Errors
    /// When there is no such entry, or it is about something else.
    pub fn erasure_certificate(
        &self,
        entry: i64,
        now: Timestamp,
    ) -> Result<ErasureCertificate, Error> {
        self.sequence(now)?;
        self.store().read(|tx| certificate(tx, self, entry, now))
    }
}

fn certificate(
    tx: &mut Tx<'_>,
    this: &Organisation,
    number: i64,
    now: Timestamp,
) -> Result<ErasureCertificate, Error> {
    let org = this.id();
    let unknown = Error::UnknownEntry(number);
    let row = store::evidence_entry::get(tx, org, number)?.ok_or(unknown)?;
    let entry = Entry::from_bytes(&row.bytes)?;
    let header = entry.header();
    let journal = store::erasure::of_entry(tx, org, number)?;
    let contact = journal.as_ref().map(|erasure| erasure.contact);
    let (state, what) = match (entry.payload(), &journal) {
        (Payload::Clear(what), _) if header.kind == Kind::ErasureDone.name() => {
            let again = what.get("reapplied").is_some_and(|again| again == true);
            let state = if again {
                ErasureState::DoneAgain
            } else {
                ErasureState::Done
            };
            (state, what.clone())
        }
        // Once it is done the entry that says so has the certificate.
        (Payload::Sealed { .. }, Some(waiting)) if header.kind == Kind::ErasureWaits.name() => {
            let key = Person::key(tx, this, waiting.contact)?.ok_or(Error::Erased)?;
            let text = entry.open(&key.entry_key(&header.nonce));
            let text = text.map_err(|_| Error::Stored("erasure"))?;
            let what: Map<String, Value> =
                serde_json::from_slice(&text).map_err(|_| Error::Stored("erasure"))?;
            (ErasureState::Waits(day(&what, "until")), what)
        }
        _ => return Err(Error::UnknownEntry(number)),
    };
    let (reason, provision) = reason(tx, this, &what)?;
    let told = told(tx, this, contact, number, now)?;
    Ok(ErasureCertificate {
        controller: responsible(tx, this)?,
        entry: number,
        at: header.at,
        requested_on: day(&what, "requested_on"),
        reason,
        provision,
        by: erased_by(tx, this, &header.actor)?,
        contact,
        pseudonym: header.subject.map(|pseudonym| hex(&pseudonym)),
        suppressed: what
            .get("suppressed")
            .and_then(Value::as_array)
            .map_or(0, Vec::len),
        merged: merged(tx, this, contact)?,
        told,
        log: certified_by(tx, this, row.leaf)?,
        state,
    })
}

fn day(what: &Map<String, Value>, name: &str) -> Option<Date> {
    what.get(name)?.as_str()?.parse().ok()
}

fn reason(
    tx: &mut Tx<'_>,
    this: &Organisation,
    what: &Map<String, Value>,
) -> Result<(ErasureReason, String), Error> {
    if what.contains_key("merged_into") {
        return Ok((ErasureReason::Merged, "GDPR Art. 17(1)".to_owned()));
    }
    let Some(period) = what.get("retention") else {
        return Ok((ErasureReason::Asked, "GDPR Art. 17(1)".to_owned()));
    };
    let said = |name: &str| period.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = said("activity");
    let name = match this.register(tx) {
        Ok(in_force) => in_force
            .register
            .activity(id)
            .map(|activity| activity.name.clone()),
        Err(Error::NoRegister) => None,
        Err(error) => return Err(error),
    };
    let reason = ErasureReason::Period {
        activity: name.unwrap_or_else(|| id.to_owned()),
        anonymised: said("action") == register::Action::Anonymise.name(),
    };
    Ok((reason, said("provision").to_owned()))
}

fn responsible(tx: &mut Tx<'_>, this: &Organisation) -> Result<Answering, Error> {
    match this.register(tx) {
        Ok(in_force) => Ok(controller(this, &in_force.register)),
        Err(Error::NoRegister) => Ok(Answering {
            name: this.name().to_owned(),
            address: Vec::new(),
            email: None,
            phone: None,
        }),
        Err(error) => Err(error),
    }
}

fn erased_by(tx: &mut Tx<'_>, this: &Organisation, actor: &str) -> Result<ErasedBy, Error> {
    let Some(account) = AccountId::of_actor(actor) else {
        return Ok(ErasedBy::Other(actor.to_owned()));
    };
    let member = store::membership::get(tx, this.id(), account.0)?;
    Ok(match member {
        Some(member) => ErasedBy::Member(Role::stored(member.role)?),
        None => ErasedBy::FormerMember,
    })
}

/// The entries by which the contacts went that had been merged into this one.
fn merged(tx: &mut Tx<'_>, this: &Organisation, contact: Option<Id>) -> Result<Vec<i64>, Error> {
    let Some(contact) = contact else {
        return Ok(Vec::new());
    };
    let mut entries = Vec::new();
    for row in store::contact::merged_into(tx, this.id(), contact)? {
        let erasure = store::erasure::get(tx, this.id(), row.id)?;
        let done = erasure.filter(|erasure| erasure.done_at.is_some());
        entries.extend(done.map(|erasure| erasure.entry_seq));
    }
    Ok(entries)
}

fn told(
    tx: &mut Tx<'_>,
    this: &Organisation,
    contact: Option<Id>,
    cause: i64,
    now: Timestamp,
) -> Result<Vec<NoticeLine>, Error> {
    let Some(contact) = contact else {
        return Ok(Vec::new());
    };
    let mut lines = crate::recipients::told(tx, this, contact, now)?;
    lines.retain(|line| {
        line.cause == cause && matches!(line.about, About::Erased | About::Restricted)
    });
    // A recipient's reason is in its own words, which may name the person.
    for line in &mut lines {
        line.reason = None;
    }
    Ok(lines)
}

fn certified_by(
    tx: &mut Tx<'_>,
    this: &Organisation,
    index: Option<i64>,
) -> Result<CertifiedBy, Error> {
    let latest = store::evidence_checkpoint::latest(tx, this.id())?;
    let (size, checkpoint) = latest.map_or((0, String::new()), |latest| (latest.size, latest.note));
    Ok(CertifiedBy {
        index,
        size,
        checkpoint,
        key: this.log_verifier().to_string(),
    })
}
