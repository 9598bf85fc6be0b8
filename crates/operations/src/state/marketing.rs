//! The rows of forms, calls, requests, campaigns and mail, as entries prove them. What changes while
//! work goes on and says nothing about a person's rights (tries, times of claims, keys that run out)
//! is left out.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::Id;
use store::message::Message;

use super::{RowProof, Table, digest, hex, proof};
use crate::mail::MailState;

pub(crate) fn submission(row: &store::submission::Submission) -> RowProof {
    proof(
        Table::Submission,
        row.id,
        &(
            &row.form,
            row.version,
            hex(&row.address),
            hex(&row.token),
            row.sealed
                .as_deref()
                .map(|sealed| hex(&Sha256::digest(sealed))),
            row.submitted_at.as_millisecond(),
            row.expires_at.as_millisecond(),
            row.confirmed_at.map(Timestamp::as_millisecond),
            row.contact.map(|contact| contact.to_string()),
        ),
    )
}

pub(crate) fn lead(row: &store::lead::Lead) -> RowProof {
    proof(
        Table::Lead,
        row.id,
        &(
            row.contact.to_string(),
            &row.form,
            &row.source,
            &row.basis,
            row.furthest,
        ),
    )
}

pub(crate) fn request(row: &store::request::Request) -> RowProof {
    let contact = row.contact.map(|id| id.to_string());
    let first = (
        contact.clone().unwrap_or_default(),
        row.kind,
        row.asked_on,
        row.due_on,
        row.answered_on,
    );
    // Rows from before a request had more than that are proved as they were written.
    let before = row.sealed.is_none()
        && row.address.is_none()
        && row.token.is_none()
        && row.outcome.is_none()
        && row.assigned_to.is_none()
        && row.extended_until.is_none()
        && (row.intake, row.identity) == (1, 2)
        && contact.is_some();
    if before {
        return proof(Table::Request, row.id, &first);
    }
    let more = (
        row.intake,
        row.identity,
        row.extended_until,
        row.assigned_to.map(|id| id.to_string()),
        row.outcome,
        row.address.map(|hash| hex(&hash)),
        row.token.map(|hash| hex(&hash)),
        row.sealed
            .as_deref()
            .map(|sealed| hex(&Sha256::digest(sealed))),
    );
    proof(Table::Request, row.id, &(first, more))
}

pub(crate) fn call(row: &store::call::Call) -> RowProof {
    proof(
        Table::Call,
        row.id,
        &(
            row.contact.to_string(),
            &row.activity,
            row.called_at.as_millisecond(),
            &row.called_by,
            row.outcome,
        ),
    )
}

pub(crate) fn campaign(row: &store::campaign::Campaign) -> RowProof {
    proof(
        Table::Campaign,
        row.id,
        &(
            &row.name,
            &row.activity,
            row.channel,
            &row.goods,
            &row.content,
            row.state,
            row.revision,
            &row.made_by,
            row.created_at.as_millisecond(),
            row.changed_at.as_millisecond(),
        ),
    )
}

/// That somebody is one of a campaign's people. Whether a mail is written down for them already is
/// proved by the mail.
pub(crate) fn recipient(campaign: Id, contact: Id) -> RowProof {
    let (campaign, contact) = (campaign.to_string(), contact.to_string());
    RowProof {
        table: Table::Recipient,
        id: format!("{campaign}-{contact}"),
        sha256: digest(&(campaign, contact)),
    }
}

/// Whether something became of a mail that is evidence. Before that, and while it is tried, it may
/// change without an entry.
pub(crate) fn is_settled(row: &Message) -> bool {
    [
        MailState::Sent,
        MailState::Bounced,
        MailState::GivenUp,
        MailState::Unknown,
        MailState::Refused,
    ]
    .iter()
    .any(|state| *state as i16 == row.state)
}

pub(crate) fn message(row: &Message) -> RowProof {
    let settled = is_settled(row).then(|| {
        (
            row.state,
            row.sent_at.map(Timestamp::as_millisecond),
            row.sha256.as_deref().map(hex),
        )
    });
    proof(
        Table::Message,
        row.id,
        &(
            row.subject.to_string(),
            row.purpose,
            row.campaign.map(|campaign| campaign.to_string()),
            hex(&row.address),
            settled,
        ),
    )
}

/// A link of a person as it was used.
pub(crate) fn own_link(row: &store::own_link::OwnLink) -> RowProof {
    RowProof {
        table: Table::OwnLink,
        id: hex(&row.token_hash),
        sha256: digest(&(
            row.contact.to_string(),
            row.purpose,
            row.created_at.as_millisecond(),
            row.expires_at.as_millisecond(),
            row.used_at.map(Timestamp::as_millisecond),
        )),
    }
}
