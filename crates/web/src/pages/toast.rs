//! What was done, said once: a redirect leaves it in a cookie, and the next page shows it and takes
//! the cookie away. The cookie holds a name from a fixed list and nothing of anybody.

use axum::extract::Request;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::auth::cookie;

const COOKIE: &str = "toast";
const TAKEN_AWAY: HeaderValue =
    HeaderValue::from_static("toast=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    ContactAdded,
    ContactCorrected,
    ContactsMerged,
    ObjectionRecorded,
    ContactRestricted,
    RestrictionLifted,
    InformedNoted,
    ConsentRecorded,
    ConsentWithdrawn,
    SaleNoted,
    CircumstanceNoted,
    ScreeningNoted,
    Overruled,
    OverruleRevoked,
    RegisterSaved,
    FormsSaved,
    RoleChanged,
    MemberRemoved,
    PasskeyAdded,
    PasskeyRemoved,
    PasswordSet,
    PasswordRemoved,
    SessionEnded,
    SessionsEnded,
    MailTriedAgain,
    CallNoted,
    ToldOfPurposes,
    EnquiryNoted,
    RequestAnswered,
    RequestTaken,
    RequestJoined,
    RequestAssigned,
    RequestIdentity,
    RequestExtended,
    RequestCharged,
    RequestTied,
    RequestDiscarded,
    RequestCalendarEnded,
    CampaignSaved,
    CampaignReady,
    CampaignSending,
    CampaignPaused,
    CampaignResumed,
    CampaignCancelled,
    CampaignRedrafted,
    CampaignTested,
    BlockListRemoved,
    RetentionProposed,
    RetentionReleased,
    RetentionCalledOff,
    RetentionSet,
    RetentionReleaseAsked,
    HoldSet,
    HoldLifted,
    RecipientToldAgain,
    RecipientAnswered,
    AccuracyAsked,
    AnswerReleased,
    AnswerRevoked,
}

impl Toast {
    const ALL: [Self; 59] = [
        Self::ContactAdded,
        Self::ContactCorrected,
        Self::ContactsMerged,
        Self::ObjectionRecorded,
        Self::ContactRestricted,
        Self::RestrictionLifted,
        Self::InformedNoted,
        Self::ConsentRecorded,
        Self::ConsentWithdrawn,
        Self::SaleNoted,
        Self::CircumstanceNoted,
        Self::ScreeningNoted,
        Self::Overruled,
        Self::OverruleRevoked,
        Self::RegisterSaved,
        Self::FormsSaved,
        Self::RoleChanged,
        Self::MemberRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasswordSet,
        Self::PasswordRemoved,
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::MailTriedAgain,
        Self::CallNoted,
        Self::ToldOfPurposes,
        Self::EnquiryNoted,
        Self::RequestAnswered,
        Self::RequestTaken,
        Self::RequestJoined,
        Self::RequestAssigned,
        Self::RequestIdentity,
        Self::RequestExtended,
        Self::RequestCharged,
        Self::RequestTied,
        Self::RequestDiscarded,
        Self::RequestCalendarEnded,
        Self::CampaignSaved,
        Self::CampaignReady,
        Self::CampaignSending,
        Self::CampaignPaused,
        Self::CampaignResumed,
        Self::CampaignCancelled,
        Self::CampaignRedrafted,
        Self::CampaignTested,
        Self::BlockListRemoved,
        Self::RetentionProposed,
        Self::RetentionReleased,
        Self::RetentionCalledOff,
        Self::RetentionSet,
        Self::RetentionReleaseAsked,
        Self::HoldSet,
        Self::HoldLifted,
        Self::RecipientToldAgain,
        Self::RecipientAnswered,
        Self::AccuracyAsked,
        Self::AnswerReleased,
        Self::AnswerRevoked,
    ];

    /// The name of its text, which the cookie carries.
    pub const fn text(self) -> &'static str {
        match self {
            Self::ContactAdded => "toast-contact-added",
            Self::ContactCorrected => "toast-contact-corrected",
            Self::ContactsMerged => "toast-contacts-merged",
            Self::ObjectionRecorded => "toast-objection-recorded",
            Self::ContactRestricted => "toast-contact-restricted",
            Self::RestrictionLifted => "toast-restriction-lifted",
            Self::InformedNoted => "toast-informed-noted",
            Self::ConsentRecorded => "toast-consent-recorded",
            Self::ConsentWithdrawn => "toast-consent-withdrawn",
            Self::SaleNoted => "toast-sale-noted",
            Self::CircumstanceNoted => "toast-circumstance-noted",
            Self::ScreeningNoted => "toast-screening-noted",
            Self::Overruled => "toast-overruled",
            Self::OverruleRevoked => "toast-overrule-revoked",
            Self::RegisterSaved => "toast-register-saved",
            Self::FormsSaved => "toast-forms-saved",
            Self::RoleChanged => "toast-role-changed",
            Self::MemberRemoved => "toast-member-removed",
            Self::PasskeyAdded => "toast-passkey-added",
            Self::PasskeyRemoved => "toast-passkey-removed",
            Self::PasswordSet => "toast-password-set",
            Self::PasswordRemoved => "toast-password-removed",
            Self::SessionEnded => "toast-session-ended",
            Self::SessionsEnded => "toast-sessions-ended",
            Self::MailTriedAgain => "toast-mail-tried-again",
            Self::CallNoted => "toast-call-noted",
            Self::ToldOfPurposes => "toast-told-of-purposes",
            Self::EnquiryNoted => "toast-enquiry-noted",
            Self::RequestAnswered => "toast-request-answered",
            Self::RequestTaken => "toast-request-taken",
            Self::RequestJoined => "toast-request-joined",
            Self::RequestAssigned => "toast-request-assigned",
            Self::RequestIdentity => "toast-request-identity",
            Self::RequestExtended => "toast-request-extended",
            Self::RequestCharged => "toast-request-charged",
            Self::RequestTied => "toast-request-tied",
            Self::RequestDiscarded => "toast-request-discarded",
            Self::RequestCalendarEnded => "toast-request-calendar-ended",
            Self::CampaignSaved => "toast-campaign-saved",
            Self::CampaignReady => "toast-campaign-ready",
            Self::CampaignSending => "toast-campaign-sending",
            Self::CampaignPaused => "toast-campaign-paused",
            Self::CampaignResumed => "toast-campaign-resumed",
            Self::CampaignCancelled => "toast-campaign-cancelled",
            Self::CampaignRedrafted => "toast-campaign-redrafted",
            Self::CampaignTested => "toast-campaign-tested",
            Self::BlockListRemoved => "toast-block-list-removed",
            Self::RetentionProposed => "toast-retention-proposed",
            Self::RetentionReleased => "toast-retention-released",
            Self::RetentionCalledOff => "toast-retention-called-off",
            Self::RetentionSet => "toast-retention-set",
            Self::RetentionReleaseAsked => "toast-retention-asked",
            Self::HoldSet => "toast-hold-set",
            Self::HoldLifted => "toast-hold-lifted",
            Self::RecipientToldAgain => "toast-recipient-told-again",
            Self::RecipientAnswered => "toast-recipient-answered",
            Self::AccuracyAsked => "toast-accuracy-asked",
            Self::AnswerReleased => "toast-answer-released",
            Self::AnswerRevoked => "toast-answer-revoked",
        }
    }

    /// What the request's cookie says; anything that is not in the list says nothing.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let named = cookie::find(headers, COOKIE)?;
        Self::ALL.into_iter().find(|toast| toast.text() == named)
    }

    /// Leads to `path`, whose page will say it.
    pub fn then(self, path: &str) -> Response {
        let mut response = Redirect::to(path).into_response();
        let cookie = format!(
            "{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
            self.text()
        );
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Takes the cookie away once a page has shown it.
pub async fn take_away(request: Request, next: Next) -> Response {
    let shown = cookie::find(request.headers(), COOKIE).is_some();
    let mut response = next.run(request).await;
    if shown && response.status().is_success() {
        response.headers_mut().append(SET_COOKIE, TAKEN_AWAY);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE as HEADER;

    #[test]
    fn a_toast_comes_back_by_its_name_and_others_say_nothing() {
        for toast in Toast::ALL {
            let response = toast.then("/contacts");
            let set = response.headers()[SET_COOKIE].to_str().unwrap();
            let pair = set.split(';').next().unwrap();
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, HeaderValue::from_str(pair).unwrap());
            assert_eq!(Toast::of(&headers), Some(toast));
        }
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, HeaderValue::from_static("toast=toast-anything"));
        assert_eq!(Toast::of(&headers), None);
    }
}
