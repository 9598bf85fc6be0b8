//! What people and programs are told of an operation's error: nothing personal, and of what is
//! broken here nothing but that it is.

use operations::Error;
use operations::access::AccessError;
use operations::access_answer::ReleaseFault;
use operations::request::RequestFault;
use operations::retention::RetentionFault;

use super::Problem;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::UnknownContact | Error::ContactText => Self::unknown_contact(),
            Error::Erased | Error::NotDisclosable(_) => Self::erased(),
            Error::NoRegister => Self::no_register(),
            Error::UnknownCompany
            | Error::UnknownMail
            | Error::UnknownCampaign
            | Error::UnknownBlockList
            | Error::UnknownEntry(_)
            | Error::RegisterVersion(_)
            | Error::UnknownDocument
            | Error::UnknownCall
            | Error::Request(RequestFault::Unknown)
            | Error::Release(ReleaseFault::Ended)
            | Error::Retention(RetentionFault::UnknownRun | RetentionFault::UnknownHold)
            | Error::UnknownNotice
            | Error::UnknownRegisterEntry(_) => Self::nothing_here(),
            Error::Purpose(_)
            | Error::NoChannel
            | Error::NotToBeOverruled
            | Error::NotOnlyForms
            | Error::NotPermitted
            | Error::CallEnded
            | Error::Request(_)
            | Error::Campaign(_)
            | Error::Retention(_)
            | Error::Release(_)
            | Error::CampaignConflict
            | Error::BlockListName
            | Error::BlockListConflict
            | Error::Future(_)
            | Error::Empty(_)
            | Error::NothingToTakeBack(_) => Self::unreadable_form(),
            Error::Store(error) if error.is_retryable() => {
                tracing::warn!(%error, "the database can't be reached");
                Self::unavailable()
            }
            other => {
                tracing::error!(error = %other, "an operation failed");
                Self::broken()
            }
        }
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Operation(error) => error.into(),
            AccessError::SignedOut => Self::stale_form(),
            AccessError::NotAllowed => Self::not_allowed(),
            AccessError::UnknownMember | AccessError::Link => Self::nothing_here(),
            other => {
                tracing::warn!(error = %other, "a request on accounts was refused");
                Self::unreadable_form()
            }
        }
    }
}
