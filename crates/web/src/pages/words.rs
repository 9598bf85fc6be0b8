//! The words of what `law` and `operations` count and name. What the law says comes from `law`.

use law::{Channel, Lang};
use operations::overview::Outcome;

use crate::texts::Texts;

/// A word, its sign and its class, so that colour never stands alone.
#[derive(Clone)]
pub struct OutcomeWords {
    pub class: &'static str,
    pub sign: &'static str,
    pub word: String,
}

pub fn outcome(outcome: Outcome, lang: Lang) -> OutcomeWords {
    let (class, sign, word) = match outcome {
        Outcome::Permitted => ("permitted", "✓", "outcome-permitted"),
        Outcome::Recoverable => ("recoverable", "→", "outcome-recoverable"),
        Outcome::Review => ("review", "?", "outcome-review"),
        Outcome::Refused => ("refused", "✕", "outcome-refused"),
    };
    OutcomeWords {
        class,
        sign,
        word: Texts(lang).t(word),
    }
}

/// The words of a verdict as the gate names it; whatever is no yes reads as a no.
pub fn verdict(verdict: &str, lang: Lang) -> OutcomeWords {
    outcome(
        match verdict {
            "permitted" => Outcome::Permitted,
            "review" => Outcome::Review,
            _ => Outcome::Refused,
        },
        lang,
    )
}

/// What an evidence entry is about, by the name of its kind; unknown kinds by their own name.
pub fn kind(kind: &str, lang: Lang) -> String {
    let name = match kind {
        "organisation.created" => "kind-organisation-created",
        "register.applied" => "kind-register-applied",
        "contact.imported" => "kind-contact-imported",
        "contact.changed" => "kind-contact-changed",
        "proof.issued" => "kind-proof-issued",
        "document.kept" => "kind-document-kept",
        "consent.proof_lost" => "kind-consent-proof-lost",
        "contact.merged" => "kind-contact-merged",
        "contact.corrected" => "kind-contact-corrected",
        "contact.restricted" => "kind-contact-restricted",
        "contact.restriction_lifted" => "kind-restriction-lifted",
        "import.finished" => "kind-import-finished",
        "consent.recorded" => "kind-consent-recorded",
        "consent.withdrawn" => "kind-consent-withdrawn",
        "objection.recorded" => "kind-objection-recorded",
        "address.suppressed" => "kind-address-suppressed",
        "sale.noted" => "kind-sale-noted",
        "circumstance.noted" => "kind-circumstance-noted",
        "overrule.recorded" => "kind-overrule-recorded",
        "overrule.revoked" => "kind-overrule-revoked",
        "decision" => "kind-decision",
        "erasure.done" => "kind-erasure-done",
        "master_key.rotated" => "kind-master-key-rotated",
        "account.signed_in" => "kind-signed-in",
        "account.signed_out" => "kind-signed-out",
        "account.way_in_added" => "kind-way-in-added",
        "account.way_in_removed" => "kind-way-in-removed",
        "role.given" => "kind-role-given",
        "role.changed" => "kind-role-changed",
        "role.ended" => "kind-role-ended",
        "submission.received" => "kind-submission-received",
        "submission.refused" => "kind-submission-refused",
        "submission.confirmed" => "kind-submission-confirmed",
        "submission.expired" => "kind-submission-expired",
        "sms.sent" => "kind-sms-sent",
        "sms.given_up" => "kind-sms-given-up",
        "sms.confirmed" => "kind-sms-confirmed",
        "sms.code_refused" => "kind-sms-code-refused",
        "mail.sent" => "kind-mail-sent",
        "mail.bounced" => "kind-mail-bounced",
        "mail.unknown" => "kind-mail-unknown",
        "mail.refused" => "kind-mail-refused",
        "mail.given_up" => "kind-mail-given-up",
        "mail.tried_again" => "kind-mail-tried-again",
        "call.begun" => "kind-call-begun",
        "call.ended" => "kind-call-ended",
        "enquiry.noted" => "kind-enquiry-noted",
        "objection.lifted" => "kind-objection-lifted",
        "address.suppression_lifted" => "kind-suppression-lifted",
        "advertising.paused" => "kind-advertising-paused",
        "own_data.opened" => "kind-own-data-opened",
        "request.received" => "kind-request-received",
        "request.answered" => "kind-request-answered",
        "request.identity" => "kind-request-identity",
        "request.assigned" => "kind-request-assigned",
        "request.extended" => "kind-request-extended",
        "request.tied" => "kind-request-tied",
        "request.charged" => "kind-request-charged",
        "request.reminded" => "kind-request-reminded",
        "request.calendar" => "kind-request-calendar",
        "request.removed" => "kind-request-removed",
        "campaign.drafted" => "kind-campaign-drafted",
        "campaign.moved" => "kind-campaign-moved",
        "campaign.listed" => "kind-campaign-listed",
        "campaign.person_chosen" => "kind-campaign-person-chosen",
        "address.confirmed" => "kind-address-confirmed",
        "block_list.taken" => "kind-block-list-taken",
        "block_list.removed" => "kind-block-list-removed",
        "consent.used" => "kind-consent-used",
        "key.ended" => "kind-key-ended",
        "backup.made" => "kind-backup-made",
        "backup.restored" => "kind-backup-restored",
        "backup.drilled" => "kind-backup-drilled",
        "backup.drill_failed" => "kind-backup-drill-failed",
        "access_answer.made" => "kind-access-answer-made",
        "access_answer.released" => "kind-access-answer-released",
        "access_answer.handed_out" => "kind-access-answer-handed-out",
        "access_answer.fetched" => "kind-access-answer-fetched",
        "access_answer.ended" => "kind-access-answer-ended",
        "retention.proposed" => "kind-retention-proposed",
        "retention.released" => "kind-retention-released",
        "retention.done" => "kind-retention-done",
        "retention.called_off" => "kind-retention-called-off",
        "retention.release_set" => "kind-retention-release-set",
        "retention.release_asked" => "kind-retention-release-asked",
        "retention.stopped" => "kind-retention-stopped",
        "hold.set" => "kind-hold-set",
        "hold.lifted" => "kind-hold-lifted",
        "erasure.waits" => "kind-erasure-waits",
        "recipient.to_be_told" => "kind-recipient-to-be-told",
        "recipient.told" => "kind-recipient-told",
        "recipient.answered" => "kind-recipient-answered",
        "recipient.not_reached" => "kind-recipient-not-reached",
        "accuracy.asked" => "kind-accuracy-asked",
        "accuracy.confirmed" => "kind-accuracy-confirmed",
        unknown => return unknown.to_owned(),
    };
    Texts(lang).t(name)
}

pub fn channel(channel: Channel, lang: Lang) -> String {
    channel.label().get(lang).to_owned()
}

/// The name of a source as the overview names it; an unknown one by its own name.
pub fn source(name: &str, lang: Lang) -> String {
    let word = match name {
        "person" => "source-person",
        "website" => "source-website",
        "directory" => "source-directory",
        "public_register" => "source-public-register",
        "address_dealer" => "source-address-dealer",
        "social_network" => "source-social-network",
        "referral" => "source-referral",
        "other" => "source-other",
        unknown => return unknown.to_owned(),
    };
    Texts(lang).t(word)
}

/// The name of a country whose law is known here; others by their code.
pub fn country(code: &str, lang: Lang) -> &str {
    let known = code.parse().ok().and_then(law::countries::find);
    known.map_or(code, |law| law.name.get(lang))
}
