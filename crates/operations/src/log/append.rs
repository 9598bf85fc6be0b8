//! Appends an entry in the transaction that makes the change.

use evidence::{Entry, Header, new_nonce};
use serde::Serialize;
use serde_json::{Map, Value};
use store::evidence_entry::NewEntry;
use store::{Id, Tx};
use vault::SubjectKey;
use zeroize::Zeroizing;

use crate::{Act, Error, Organisation};

/// What an entry is about. The number is stored, the name stands in the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub(crate) enum Kind {
    OrganisationCreated = 1,
    RegisterApplied = 2,
    ContactImported = 3,
    ContactChanged = 4,
    ImportFinished = 5,
    ConsentRecorded = 6,
    ConsentWithdrawn = 7,
    ObjectionRecorded = 8,
    AddressSuppressed = 9,
    SaleNoted = 10,
    CircumstanceNoted = 11,
    OverruleRecorded = 12,
    OverruleRevoked = 13,
    Decided = 14,
    ErasureDone = 16,
    MasterKeyRotated = 17,
    ContactCorrected = 18,
    ContactRestricted = 19,
    RestrictionLifted = 20,
    ContactMerged = 21,
    ConsentProofLost = 22,
    ProofIssued = 30,
    DocumentKept = 31,
    SignedIn = 40,
    SignedOut = 41,
    WayInAdded = 42,
    WayInRemoved = 43,
    RoleGiven = 44,
    RoleChanged = 45,
    RoleEnded = 46,
    SubmissionReceived = 50,
    SubmissionRefused = 51,
    SubmissionConfirmed = 52,
    SubmissionExpired = 53,
    SmsSent = 54,
    SmsGivenUp = 55,
    SmsConfirmed = 56,
    SmsCodeRefused = 57,
    MailSent = 60,
    MailBounced = 61,
    MailUnknown = 62,
    MailRefused = 63,
    MailGivenUp = 64,
    MailTriedAgain = 65,
    CallBegun = 86,
    CallEnded = 87,
    EnquiryNoted = 88,
    ObjectionLifted = 66,
    SuppressionLifted = 67,
    AdvertisingPaused = 68,
    OwnDataOpened = 69,
    RequestReceived = 70,
    RequestAnswered = 71,
    CampaignDrafted = 76,
    CampaignMoved = 77,
    CampaignListed = 78,
    CampaignPersonChosen = 89,
    AddressConfirmed = 90,
    BlockListTaken = 79,
    BlockListRemoved = 80,
    ConsentUsed = 81,
    RequestIdentity = 92,
    RequestAssigned = 93,
    RequestExtended = 94,
    RequestTied = 95,
    RequestCharged = 96,
    RequestReminded = 98,
    RequestCalendar = 99,
    RequestRemoved = 97,
    KeyEnded = 104,
    BackupMade = 100,
    BackupRestored = 101,
    BackupDrilled = 102,
    BackupDrillFailed = 103,
    AccessAnswerMade = 105,
    AnswerReleased = 106,
    AnswerHandedOut = 107,
    AnswerFetched = 108,
    AnswerEnded = 109,
    RetentionProposed = 110,
    RetentionReleased = 111,
    RetentionDone = 112,
    RetentionCalledOff = 113,
    HoldSet = 114,
    HoldLifted = 115,
    ErasureWaits = 116,
    RetentionSet = 117,
    RetentionReleaseAsked = 118,
    RetentionStopped = 119,
    RecipientToBeTold = 120,
    RecipientTold = 121,
    RecipientAnswered = 122,
    RecipientNotReached = 123,
    AccuracyAsked = 130,
    AccuracyConfirmed = 131,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Self; 95] = [
        Self::OrganisationCreated,
        Self::RegisterApplied,
        Self::ContactImported,
        Self::ContactChanged,
        Self::ImportFinished,
        Self::ConsentRecorded,
        Self::ConsentWithdrawn,
        Self::ObjectionRecorded,
        Self::AddressSuppressed,
        Self::SaleNoted,
        Self::CircumstanceNoted,
        Self::OverruleRecorded,
        Self::OverruleRevoked,
        Self::Decided,
        Self::ErasureDone,
        Self::MasterKeyRotated,
        Self::ContactCorrected,
        Self::ContactRestricted,
        Self::RestrictionLifted,
        Self::ContactMerged,
        Self::ConsentProofLost,
        Self::ProofIssued,
        Self::DocumentKept,
        Self::SignedIn,
        Self::SignedOut,
        Self::WayInAdded,
        Self::WayInRemoved,
        Self::RoleGiven,
        Self::RoleChanged,
        Self::RoleEnded,
        Self::SubmissionReceived,
        Self::SubmissionRefused,
        Self::SubmissionConfirmed,
        Self::SubmissionExpired,
        Self::SmsSent,
        Self::SmsGivenUp,
        Self::SmsConfirmed,
        Self::SmsCodeRefused,
        Self::MailSent,
        Self::MailBounced,
        Self::MailUnknown,
        Self::MailRefused,
        Self::MailGivenUp,
        Self::MailTriedAgain,
        Self::CallBegun,
        Self::CallEnded,
        Self::EnquiryNoted,
        Self::ObjectionLifted,
        Self::SuppressionLifted,
        Self::AdvertisingPaused,
        Self::OwnDataOpened,
        Self::RequestReceived,
        Self::RequestAnswered,
        Self::CampaignDrafted,
        Self::CampaignMoved,
        Self::CampaignListed,
        Self::CampaignPersonChosen,
        Self::AddressConfirmed,
        Self::BlockListTaken,
        Self::BlockListRemoved,
        Self::ConsentUsed,
        Self::RequestIdentity,
        Self::RequestAssigned,
        Self::RequestExtended,
        Self::RequestTied,
        Self::RequestCharged,
        Self::RequestReminded,
        Self::RequestCalendar,
        Self::RequestRemoved,
        Self::KeyEnded,
        Self::BackupMade,
        Self::BackupRestored,
        Self::BackupDrilled,
        Self::BackupDrillFailed,
        Self::AccessAnswerMade,
        Self::AnswerReleased,
        Self::AnswerHandedOut,
        Self::AnswerFetched,
        Self::AnswerEnded,
        Self::RetentionProposed,
        Self::RetentionReleased,
        Self::RetentionDone,
        Self::RetentionCalledOff,
        Self::HoldSet,
        Self::HoldLifted,
        Self::ErasureWaits,
        Self::RetentionSet,
        Self::RetentionReleaseAsked,
        Self::RetentionStopped,
        Self::RecipientToBeTold,
        Self::RecipientTold,
        Self::RecipientAnswered,
        Self::RecipientNotReached,
        Self::AccuracyAsked,
        Self::AccuracyConfirmed,
    ];

    /// The kinds of entries about accounts and roles: about people who work here, not about contacts.
    pub(crate) fn about_people_here() -> Vec<i16> {
        let about = |kind: &Self| {
            let name = kind.name();
            name.starts_with("account.") || name.starts_with("role.")
        };
        let kinds = Self::ALL.into_iter().filter(about);
        kinds.map(|kind| kind as i16).collect()
    }

    /// The kind with this name, as it stands in an entry.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::OrganisationCreated => "organisation.created",
            Self::RegisterApplied => "register.applied",
            Self::ContactImported => "contact.imported",
            Self::ContactChanged => "contact.changed",
            Self::ImportFinished => "import.finished",
            Self::ConsentRecorded => "consent.recorded",
            Self::ConsentWithdrawn => "consent.withdrawn",
            Self::ObjectionRecorded => "objection.recorded",
            Self::AddressSuppressed => "address.suppressed",
            Self::SaleNoted => "sale.noted",
            Self::CircumstanceNoted => "circumstance.noted",
            Self::OverruleRecorded => "overrule.recorded",
            Self::OverruleRevoked => "overrule.revoked",
            Self::Decided => "decision",
            Self::ErasureDone => "erasure.done",
            Self::MasterKeyRotated => "master_key.rotated",
            Self::ContactCorrected => "contact.corrected",
            Self::ContactRestricted => "contact.restricted",
            Self::RestrictionLifted => "contact.restriction_lifted",
            Self::ContactMerged => "contact.merged",
            Self::ConsentProofLost => "consent.proof_lost",
            Self::ProofIssued => "proof.issued",
            Self::DocumentKept => "document.kept",
            Self::SignedIn => "account.signed_in",
            Self::SignedOut => "account.signed_out",
            Self::WayInAdded => "account.way_in_added",
            Self::WayInRemoved => "account.way_in_removed",
            Self::RoleGiven => "role.given",
            Self::RoleChanged => "role.changed",
            Self::RoleEnded => "role.ended",
            Self::SubmissionReceived => "submission.received",
            Self::SubmissionRefused => "submission.refused",
            Self::SubmissionConfirmed => "submission.confirmed",
            Self::SubmissionExpired => "submission.expired",
            Self::SmsSent => "sms.sent",
            Self::SmsGivenUp => "sms.given_up",
            Self::SmsConfirmed => "sms.confirmed",
            Self::SmsCodeRefused => "sms.code_refused",
            Self::MailSent => "mail.sent",
            Self::MailBounced => "mail.bounced",
            Self::MailUnknown => "mail.unknown",
            Self::MailRefused => "mail.refused",
            Self::MailGivenUp => "mail.given_up",
            Self::MailTriedAgain => "mail.tried_again",
            Self::CallBegun => "call.begun",
            Self::CallEnded => "call.ended",
            Self::EnquiryNoted => "enquiry.noted",
            Self::ObjectionLifted => "objection.lifted",
            Self::SuppressionLifted => "address.suppression_lifted",
            Self::AdvertisingPaused => "advertising.paused",
            Self::OwnDataOpened => "own_data.opened",
            Self::RequestReceived => "request.received",
            Self::RequestAnswered => "request.answered",
            Self::CampaignDrafted => "campaign.drafted",
            Self::CampaignMoved => "campaign.moved",
            Self::CampaignListed => "campaign.listed",
            Self::CampaignPersonChosen => "campaign.person_chosen",
            Self::AddressConfirmed => "address.confirmed",
            Self::BlockListTaken => "block_list.taken",
            Self::BlockListRemoved => "block_list.removed",
            Self::ConsentUsed => "consent.used",
            Self::RequestIdentity => "request.identity",
            Self::RequestAssigned => "request.assigned",
            Self::RequestExtended => "request.extended",
            Self::RequestTied => "request.tied",
            Self::RequestCharged => "request.charged",
            Self::RequestReminded => "request.reminded",
            Self::RequestCalendar => "request.calendar",
            Self::RequestRemoved => "request.removed",
            Self::KeyEnded => "key.ended",
            Self::BackupMade => "backup.made",
            Self::BackupRestored => "backup.restored",
            Self::BackupDrilled => "backup.drilled",
            Self::BackupDrillFailed => "backup.drill_failed",
            Self::AccessAnswerMade => "access_answer.made",
            Self::AnswerReleased => "access_answer.released",
            Self::AnswerHandedOut => "access_answer.handed_out",
            Self::AnswerFetched => "access_answer.fetched",
            Self::AnswerEnded => "access_answer.ended",
            Self::RetentionProposed => "retention.proposed",
            Self::RetentionReleased => "retention.released",
            Self::RetentionDone => "retention.done",
            Self::RetentionCalledOff => "retention.called_off",
            Self::HoldSet => "hold.set",
            Self::HoldLifted => "hold.lifted",
            Self::ErasureWaits => "erasure.waits",
            Self::RetentionSet => "retention.release_set",
            Self::RetentionReleaseAsked => "retention.release_asked",
            Self::RetentionStopped => "retention.stopped",
            Self::RecipientToBeTold => "recipient.to_be_told",
            Self::RecipientTold => "recipient.told",
            Self::RecipientAnswered => "recipient.answered",
            Self::RecipientNotReached => "recipient.not_reached",
            Self::AccuracyAsked => "accuracy.asked",
            Self::AccuracyConfirmed => "accuracy.confirmed",
        }
    }
}

/// Appends an entry that concerns nobody in particular; `what` must hold no personal data.
pub(crate) fn clear(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    what: Value,
) -> Result<i64, Error> {
    let payload = match what {
        Value::Object(map) => map,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    let entry = Entry::clear(header(organisation, act, kind, None)?, payload)?;
    let row = row(organisation, act, kind, None, &entry);
    Ok(store::evidence_entry::append(tx, &row)?)
}

/// Appends an entry about a contact, sealed under a key of its own that the contact's key yields.
pub(crate) fn sealed(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    subject: &SubjectKey,
    what: &impl Serialize,
) -> Result<i64, Error> {
    let row = sealed_row(organisation, act, kind, subject, what)?;
    Ok(store::evidence_entry::append(tx, &row)?)
}

/// As [`sealed`], to be appended with many others.
pub(crate) fn sealed_row(
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    subject: &SubjectKey,
    what: &impl Serialize,
) -> Result<NewEntry, Error> {
    let header = header(organisation, act, kind, Some(subject.pseudonym()))?;
    let key = subject.entry_key(&header.nonce);
    let text = Zeroizing::new(serde_json::to_vec(what).map_err(|_| Error::Stored("entry"))?);
    let entry = Entry::sealed(header, &key, &text)?;
    Ok(row(
        organisation,
        act,
        kind,
        Some(subject.pseudonym()),
        &entry,
    ))
}

/// Appends an entry about a contact whose content stays readable when the contact is erased; so
/// `what` must hold no personal data.
pub(crate) fn clear_about(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    subject: &SubjectKey,
    what: Map<String, Value>,
) -> Result<i64, Error> {
    clear_under(tx, organisation, act, kind, Some(subject.pseudonym()), what)
}

/// As [`clear_about`], where of the contact only the pseudonym is known, or not even that.
pub(crate) fn clear_under(
    tx: &mut Tx<'_>,
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    pseudonym: Option<[u8; 16]>,
    what: Map<String, Value>,
) -> Result<i64, Error> {
    let entry = Entry::clear(header(organisation, act, kind, pseudonym)?, what)?;
    let row = row(organisation, act, kind, pseudonym, &entry);
    Ok(store::evidence_entry::append(tx, &row)?)
}

fn header(
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    subject: Option<[u8; 16]>,
) -> Result<Header, Error> {
    Ok(Header {
        log: organisation.log_key().origin().to_owned(),
        kind: kind.name().to_owned(),
        at: act.at,
        actor: act.by.clone(),
        subject,
        nonce: new_nonce()?,
    })
}

fn row(
    organisation: &Organisation,
    act: &Act,
    kind: Kind,
    subject: Option<[u8; 16]>,
    entry: &Entry,
) -> NewEntry {
    NewEntry {
        org: organisation.id(),
        kind: kind as i16,
        at: act.at,
        subject: subject.map(Id),
        bytes: entry.as_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_has_a_number_and_a_name_of_its_own() {
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            for other in &Kind::ALL[..at] {
                assert_ne!(kind as i16, *other as i16);
                assert_ne!(kind.name(), other.name());
            }
        }
    }
}
