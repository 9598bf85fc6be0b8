//! Directive 2002/58/EC (ePrivacy) Art. 13: the default where a country's own rule is not in
//! the fact base.
//!
//! 13(1): automated calls, fax and electronic mail for direct marketing only with prior consent.
//! 13(2): electronic mail to own customers for similar products with an opt-out. 13(3): other
//! calls opt-in or opt-out, as the Member State chooses. 13(4): no hidden sender. 13(5): (1) and
//! (3) protect natural persons; legal persons as the Member State decides. In force since
//! 2002-07-31, as amended by Directive 2009/136. Reviewed 2026-11-24.

use super::texts;
use crate::gate::{NextStep, Outcome};
use crate::{Citation, Text};

const ARTICLE_13: Citation = Citation::new("Directive 2002/58 Art. 13");
const MAIL: Citation = Citation::new("Directive 2002/58 Art. 13(1)");

pub(super) const MAIL_NEXT: &[NextStep] = &[
    NextStep::DoubleOptIn,
    NextStep::ExistingCustomerFile,
    NextStep::PostInstead,
];
pub(super) const CALL_NEXT: &[NextStep] = &[NextStep::ConsentTiedToNumber, NextStep::PostInstead];
pub(super) const SCREEN_NEXT: &[NextStep] = &[
    NextStep::ScreenExclusionList,
    NextStep::ConsentTiedToNumber,
    NextStep::PostInstead,
];
pub(super) const SUBSCRIBER_NEXT: &[NextStep] = &[
    NextStep::StateSubscriber,
    NextStep::ProvableConsent,
    NextStep::PostInstead,
];

pub(super) static NO_ADVERTISING: Outcome = Outcome::yes(
    "no_advertising",
    &[ARTICLE_13],
    Text::new(
        "Der Zweck ist keine Werbung; das Werberecht der Kanäle greift nicht.",
        "The purpose is no advertising; the channel law for advertising does not apply.",
    ),
);

pub(super) static REACHES_NOBODY: Outcome = Outcome::yes(
    "reaches_nobody",
    &[ARTICLE_13],
    Text::new(
        "Diese Nutzung spricht niemanden an; allein das Datenschutzrecht entscheidet.",
        "This use reaches nobody; data-protection law alone decides.",
    ),
);

pub(super) static COUNTRY_MISSING: Outcome = Outcome::no(
    "country_missing",
    &[ARTICLE_13],
    Text::new(
        "Das Land des Kontakts ist nicht bekannt; sein Recht entscheidet.",
        "The contact's country is not known; its law decides.",
    ),
    &[NextStep::StateCountry],
);

pub(super) static COUNTRY_NOT_REVIEWED: Outcome = Outcome::no(
    "country_not_reviewed",
    &[ARTICLE_13],
    Text::new(
        "Das Recht des Landes {country} ist hier nicht geprüft; ohne Prüfung keine Werbung.",
        "The law of country {country} has not been reviewed here; no advertising without a \
         review.",
    ),
    &[NextStep::CheckCountryLaw],
);

pub(super) static KIND_MISSING: Outcome = Outcome::no(
    "contact_kind_missing",
    &[ARTICLE_13],
    Text::new(
        "Es ist nicht bekannt, ob der Kontakt Verbraucher oder Geschäftskontakt ist.",
        "It is not known whether the contact is a consumer or a business contact.",
    ),
    &[NextStep::StateContactKind],
);

pub(super) static STORING_FOR_MISSING: Outcome = Outcome::no(
    "storing_for_missing",
    &[Citation::new("GDPR Art. 5(1)(b)"), ARTICLE_13],
    Text::new(
        "Es ist nicht gesagt, für welchen Kanal die Daten gespeichert werden; davon hängt die \
         Zulässigkeit ab.",
        "It is not said for which channel the data are kept, on which lawfulness depends.",
    ),
    &[NextStep::StateStoringFor],
);

pub(super) static THIN_CONSENT: Outcome = Outcome::review(
    "consent_thinly_proven_for_channel",
    &[MAIL, Citation::new("GDPR Art. 7(1)")],
    Text::new(
        "Eine Einwilligung ist behauptet, aber nur durch ein einfaches Opt-in belegt.",
        "A consent is claimed, but backed by single opt-in only.",
    ),
    &[NextStep::DoubleOptIn],
)
.to_be_checked();

pub(super) static OBJECTED: Outcome = Outcome::no(
    "objection_on_channel",
    &[ARTICLE_13, Citation::new("GDPR Art. 21(3)")],
    Text::new(
        "Der Kontakt hat Nein gesagt; damit endet die Erlaubnis.",
        "The contact said no, which ends the permission.",
    ),
    &[NextStep::Respect],
);

pub(super) static STICKER: Outcome = Outcome::no(
    "flyer_against_sticker",
    &[Citation::new("Directive 2005/29 Annex I Nr. 26")],
    Text::new(
        "Der Aufkleber am Briefkasten lehnt Werbung ab.",
        "The sticker on the letter box refuses advertising.",
    ),
    &[NextStep::Respect],
)
.to_be_checked();

pub(super) static POST: Outcome = Outcome::yes(
    "letter",
    &[
        Citation::new("GDPR Art. 6(1)(f)"),
        Citation::new("GDPR Art. 21(2)"),
    ],
    texts::POST,
)
.to_be_checked();

pub(super) static VISIT: Outcome = Outcome::no(
    "visit_not_reviewed",
    &[Citation::new("Directive 2005/29 Annex I Nr. 25")],
    texts::VISIT,
    &[NextStep::CheckCountryLaw, NextStep::PostInstead],
)
.to_be_checked();
