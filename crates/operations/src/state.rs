//! Ties each row of state to the evidence entry that last wrote it: the entry seals the row's
//! digest, so that a row changed behind the product's back is found by `verify`.

mod marketing;
mod released;
mod retention;

use evidence::{Entry, Payload};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Id, Tx};
use vault::SubjectKey;

use crate::log::append::Kind;
use crate::{Error, Organisation};

pub(crate) use marketing::{
    call, campaign, is_settled, lead, message, own_link, recipient, request, submission,
};
pub(crate) use released::released_answer;
pub(crate) use retention::{hold, retention_run, retention_setting, waiting_erasure};

/// A row with its digest, as an entry seals it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RowProof {
    pub(crate) table: Table,
    /// The row's id in hexadecimal digits; the number of a version of the register.
    pub(crate) id: String,
    /// SHA-256 over the row's columns in hexadecimal digits.
    pub(crate) sha256: String,
}

impl RowProof {
    /// Whether both are about one row.
    pub(crate) fn same_row(&self, other: &Self) -> bool {
        self.table == other.table && self.id == other.id
    }
}

/// The tables whose rows are proved one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Table {
    Contact,
    Consent,
    Objection,
    Suppression,
    Sale,
    Circumstance,
    Overrule,
    RegisterVersion,
    Document,
    Submission,
    Lead,
    Request,
    Call,
    Campaign,
    Recipient,
    Message,
    OwnLink,
    BlockList,
    Hold,
    WaitingErasure,
    RetentionRun,
    RetentionSetting,
    RecipientNotice,
    Accuracy,
    ReleasedAnswer,
}

impl Table {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Consent => "consent",
            Self::Objection => "objection",
            Self::Suppression => "suppression",
            Self::Sale => "sale",
            Self::Circumstance => "circumstance",
            Self::Overrule => "overrule",
            Self::RegisterVersion => "register version",
            Self::Document => "document",
            Self::Submission => "form that was sent",
            Self::Lead => "lead",
            Self::Request => "request",
            Self::Call => "call",
            Self::Campaign => "campaign",
            Self::Recipient => "recipient",
            Self::Message => "mail",
            Self::OwnLink => "link",
            Self::BlockList => "suppression list",
            Self::Hold => "hold",
            Self::WaitingErasure => "erasure that waits",
            Self::RetentionRun => "retention run",
            Self::RetentionSetting => "release of retention runs",
            Self::RecipientNotice => "notice to a recipient",
            Self::Accuracy => "confirmation of data",
            Self::ReleasedAnswer => "released answer",
        }
    }

    /// Whether its rows are proved only since logs say so at their beginning (see
    /// [`PROVED_FROM_THE_START`]); in an older log a row may be there that no entry proves.
    pub(crate) const fn is_later(self) -> bool {
        matches!(
            self,
            Self::Submission
                | Self::Lead
                | Self::Request
                | Self::Call
                | Self::Campaign
                | Self::Recipient
                | Self::Message
                | Self::OwnLink
        )
    }
}

/// Stands in the first entry of a log in which every row of every table is proved.
pub(crate) const PROVED_FROM_THE_START: &str = "every_row_is_proved";

/// Stands in the first entry of a log in which an entry ends every key that goes, also those of
/// forms that were sent.
pub(crate) const ENDS_FROM_THE_START: &str = "every_end_of_a_key_is_proved";

/// Whether the first entry of a log, in clear, says this of the whole log.
pub(crate) fn is_marked(entry: &Entry, mark: &str) -> bool {
    match entry.payload() {
        Payload::Clear(map) => map.contains_key(mark),
        Payload::Sealed { .. } => false,
    }
}

/// Whether a row without a proof can't be older than proofs. A log whose first entry is not the one
/// that set up the organisation was changed, and nothing in it counts as older.
fn proves_every_row(tx: &mut Tx<'_>, this: &Organisation) -> Result<bool, Error> {
    let first = store::evidence_entry::list_by_number(tx, this.id(), 0, 1)?;
    let Some(first) = first.first() else {
        return Ok(true);
    };
    let first = Entry::from_bytes(&first.bytes)?;
    let is_first = first.header().kind == Kind::OrganisationCreated.name();
    Ok(!is_first || is_marked(&first, PROVED_FROM_THE_START))
}

/// The rows that an entry proves, as a payload says it.
#[derive(Deserialize)]
pub(crate) struct Said {
    pub(crate) row: Option<RowProof>,
    #[serde(default)]
    pub(crate) rows: Vec<RowProof>,
    #[serde(default)]
    pub(crate) suppressed: Vec<RowProof>,
    /// Rows that are there no more.
    #[serde(default)]
    pub(crate) gone: Vec<RowProof>,
}

impl Said {
    /// Every row that is there, in the order in which the proofs count.
    pub(crate) fn all(self) -> impl Iterator<Item = RowProof> {
        let rows = self.row.into_iter().chain(self.rows);
        rows.chain(self.suppressed)
    }
}

/// Whether a row is as the entry of one of these kinds says that wrote it. Only in a log from before rows were
/// proved may that entry say nothing of it. The kind is the one that is signed.
pub(crate) fn is_as_written(
    tx: &mut Tx<'_>,
    this: &Organisation,
    (entry, kinds): (i64, &[Kind]),
    key: &SubjectKey,
    row: &RowProof,
) -> Result<bool, Error> {
    let Some(found) = store::evidence_entry::get(tx, this.id(), entry)? else {
        return Ok(false);
    };
    let entry = Entry::from_bytes(&found.bytes)?;
    let header = entry.header();
    let known = kinds.iter().any(|kind| header.kind == kind.name());
    if !known || header.subject != Some(key.pseudonym()) {
        return Ok(false);
    }
    let Ok(text) = entry.open(&key.entry_key(&entry.header().nonce)) else {
        return Ok(false);
    };
    let said: Said = serde_json::from_slice(&text).map_err(|_| Error::Stored("entry"))?;
    let mut said = said
        .all()
        .filter(|proof| proof.table == row.table)
        .peekable();
    if said.peek().is_none() {
        return Ok(!proves_every_row(tx, this)?);
    }
    Ok(said.any(|proof| proof == *row))
}

/// What an entry says about a row, with whatever else it says.
#[derive(Serialize)]
pub(crate) struct Proved<T> {
    pub(crate) row: RowProof,
    #[serde(flatten)]
    pub(crate) what: T,
}

fn digest(columns: &impl Serialize) -> String {
    // Serialising numbers, texts and lists to memory can't fail.
    let bytes = serde_json::to_vec(columns).unwrap_or_default();
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

fn proof(table: Table, id: Id, columns: &impl Serialize) -> RowProof {
    RowProof {
        table,
        id: id.to_string(),
        sha256: digest(columns),
    }
}

/// The proof of a notice to a recipient, from what it proves.
pub(crate) fn recipient_notice(id: Id, columns: &impl Serialize) -> RowProof {
    proof(Table::RecipientNotice, id, columns)
}

/// The proof of when a contact was asked for accuracy and confirmed, from what it proves.
pub(crate) fn accuracy(contact: Id, columns: &impl Serialize) -> RowProof {
    proof(Table::Accuracy, contact, columns)
}

pub(crate) fn contact(row: &store::contact::Contact) -> RowProof {
    let sealed = row
        .sealed
        .as_deref()
        .map(|sealed| hex(&Sha256::digest(sealed)));
    let columns = (
        row.kind,
        &row.country,
        row.subscriber,
        sealed,
        row.source_kind,
        row.obtained_on,
        row.informed_on,
        row.first_contact_on,
        row.screened_on,
        row.flags,
        row.restricted_at.map(jiff::Timestamp::as_millisecond),
    );
    // Entries from before contacts were merged prove rows without this column.
    let kept = row.merged_into.map(|kept| kept.to_string());
    // Nor did they know when somebody was told of a changed purpose.
    match (kept, row.told_at.map(jiff::Timestamp::as_millisecond)) {
        (None, None) => proof(Table::Contact, row.id, &columns),
        (Some(kept), None) => proof(Table::Contact, row.id, &(columns, kept)),
        (kept, Some(told)) => proof(Table::Contact, row.id, &(columns, kept, told)),
    }
}

pub(crate) fn consent(row: &store::consent::Consent) -> RowProof {
    proof(
        Table::Consent,
        row.id,
        &(
            row.contact.to_string(),
            &row.purpose,
            row.channels,
            row.status,
            row.proof,
            row.circumstances,
            row.given_on,
            row.confirmed_on,
            row.last_used_on,
            row.withdrawn_on,
            row.sealed
                .as_deref()
                .map(|sealed| hex(&Sha256::digest(sealed))),
        ),
    )
}

pub(crate) fn objection(row: &store::objection::Objection) -> RowProof {
    let columns = (
        row.contact.to_string(),
        row.scope,
        row.channels,
        &row.purpose,
        row.objected_on,
    );
    // Entries from before objections could end prove rows without this column.
    match row.lifted_on {
        None => proof(Table::Objection, row.id, &columns),
        Some(lifted) => proof(Table::Objection, row.id, &(columns, lifted)),
    }
}

pub(crate) fn suppression(row: &store::suppression::Suppression) -> RowProof {
    RowProof {
        table: Table::Suppression,
        id: format!("{}-{}", row.kind, hex(&row.hash)),
        sha256: digest(&(row.channels, row.since, row.reason)),
    }
}

pub(crate) fn sale(row: &store::sale::Sale) -> RowProof {
    proof(
        Table::Sale,
        row.id,
        &(
            row.contact.to_string(),
            &row.goods,
            row.sold_on,
            row.address_from_sale,
            row.notice_at_collection,
            row.relation,
        ),
    )
}

pub(crate) fn circumstance(row: &store::circumstance::Circumstance) -> RowProof {
    proof(
        Table::Circumstance,
        row.id,
        &(
            row.contact.to_string(),
            &row.purpose,
            row.kind,
            hex(&Sha256::digest(&row.sealed)),
            row.noted_on,
            &row.noted_by,
        ),
    )
}

pub(crate) fn overrule(row: &store::overrule::Overrule) -> RowProof {
    proof(
        Table::Overrule,
        row.id,
        &(
            row.contact.to_string(),
            &row.purpose,
            row.channel,
            hex(&Sha256::digest(&row.sealed)),
            row.decided_on,
            &row.decided_by,
            row.revoked_on,
        ),
    )
}

pub(crate) fn document(row: &store::document::Document) -> RowProof {
    proof(
        Table::Document,
        row.id,
        &(
            row.contact.to_string(),
            row.consent.to_string(),
            row.media,
            hex(&Sha256::digest(&row.sealed)),
        ),
    )
}

/// A list with everything on it: `sha256` of the row is over what it blocks.
pub(crate) fn block_list(row: &store::block_list::BlockList) -> RowProof {
    proof(
        Table::BlockList,
        row.id,
        &(
            &row.name,
            row.kind,
            row.as_of,
            row.addresses,
            row.numbers,
            row.unreadable,
            hex(&row.sha256),
        ),
    )
}
