//! What becomes of each kind of entry that was made after the backup that is restored. The match has
//! no rest: who adds a kind decides here, and says in `docs/backup.md` what is applied again or lost.

use crate::log::append::Kind;

/// What becomes of what an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It says no, takes something away or holds it: it is in the journal and applied again.
    Again,
    /// It is lost with what it says of the state.
    Lost,
    /// It changes nothing but the log.
    OnlyEvidence,
}

/// The kinds that are in the journal.
pub(super) fn in_journal() -> Vec<i16> {
    let again = |kind: &Kind| fate(*kind) == Fate::Again;
    let kinds = Kind::ALL.into_iter().filter(again);
    kinds.map(|kind| kind as i16).collect()
}

pub(super) const fn fate(kind: Kind) -> Fate {
    match kind {
        Kind::ContactRestricted
        | Kind::OverruleRevoked
        | Kind::BlockListTaken
        | Kind::ErasureDone
        | Kind::ErasureWaits
        | Kind::HoldSet
        | Kind::HoldLifted
        | Kind::RetentionSet
        | Kind::ConsentWithdrawn
        | Kind::ObjectionRecorded
        | Kind::AdvertisingPaused
        | Kind::AddressSuppressed
        | Kind::RoleEnded
        | Kind::KeyEnded => Fate::Again,
        Kind::OrganisationCreated
        | Kind::RegisterApplied
        | Kind::ContactImported
        | Kind::ContactChanged
        | Kind::ContactCorrected
        | Kind::ContactMerged
        | Kind::ImportFinished
        | Kind::ConsentRecorded
        | Kind::ConsentUsed
        | Kind::ConsentProofLost
        | Kind::AddressConfirmed
        | Kind::SaleNoted
        | Kind::CircumstanceNoted
        | Kind::EnquiryNoted
        | Kind::OverruleRecorded
        | Kind::RestrictionLifted
        | Kind::ObjectionLifted
        | Kind::SuppressionLifted
        | Kind::BlockListRemoved
        | Kind::DocumentKept
        | Kind::WayInAdded
        | Kind::WayInRemoved
        | Kind::RoleGiven
        | Kind::RoleChanged
        | Kind::SubmissionReceived
        | Kind::SubmissionRefused
        | Kind::SubmissionConfirmed
        | Kind::SubmissionExpired
        | Kind::SmsConfirmed
        | Kind::MailBounced
        | Kind::CallBegun
        | Kind::CallEnded
        | Kind::RequestReceived
        | Kind::RequestAnswered
        | Kind::RequestIdentity
        | Kind::RequestAssigned
        | Kind::RequestExtended
        | Kind::RequestTied
        | Kind::RequestCharged
        | Kind::RequestReminded
        | Kind::RequestCalendar
        | Kind::RequestRemoved
        | Kind::CampaignDrafted
        | Kind::CampaignMoved
        | Kind::CampaignListed
        | Kind::CampaignPersonChosen
        | Kind::RetentionProposed
        | Kind::RetentionReleased
        | Kind::RetentionDone
        | Kind::RetentionCalledOff
        | Kind::RetentionReleaseAsked
        | Kind::RetentionStopped
        | Kind::AnswerReleased
        | Kind::AnswerHandedOut
        | Kind::AnswerEnded
        | Kind::AccuracyAsked
        | Kind::AccuracyConfirmed
        | Kind::RecipientToBeTold
        | Kind::RecipientTold
        | Kind::RecipientAnswered
        | Kind::RecipientNotReached => Fate::Lost,
        Kind::Decided
        | Kind::MasterKeyRotated
        | Kind::ProofIssued
        | Kind::SignedIn
        | Kind::SignedOut
        | Kind::SmsSent
        | Kind::SmsGivenUp
        | Kind::SmsCodeRefused
        | Kind::MailSent
        | Kind::MailUnknown
        | Kind::MailRefused
        | Kind::MailGivenUp
        | Kind::MailTriedAgain
        | Kind::OwnDataOpened
        | Kind::AccessAnswerMade
        | Kind::AnswerFetched
        | Kind::BackupMade
        | Kind::BackupRestored
        | Kind::BackupDrilled
        | Kind::BackupDrillFailed => Fate::OnlyEvidence,
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, fate};
    use crate::log::append::Kind;

    #[test]
    fn what_becomes_of_each_kind_of_entry_is_said_where_people_read_it() {
        let page = include_str!("../../../../docs/backup.md");
        let line = |begin: &str| {
            let found = page.lines().find(|line| line.starts_with(begin));
            found.unwrap_or_default().to_owned()
        };
        let said = [
            (Fate::Again, line("| applied again |")),
            (Fate::Lost, line("| lost |")),
            (Fate::OnlyEvidence, line("| only evidence |")),
        ];
        for kind in Kind::ALL {
            let name = format!("`{}`", kind.name());
            for (which, names) in &said {
                let expected = fate(kind) == *which;
                assert_eq!(names.contains(&name), expected, "{name}: {which:?}");
            }
        }
    }
}
