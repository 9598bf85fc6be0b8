//! What UWG § 7 can come to.

use jiff::civil::date;

use crate::gate::{NextStep, Outcome};
use crate::{Citation, Text};

const NR_1: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 1",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 2")],
);
const NR_2: Citation = Citation::renumbered(
    "UWG § 7(2) Nr. 2",
    &[(date(2022, 5, 28), "UWG § 7(2) Nr. 3")],
);
const GENERAL: Citation = Citation::new("UWG § 7(1)");
const GENERAL_2: Citation = Citation::new("UWG § 7(1) sentence 2");
const CUSTOMERS: Citation = Citation::new("UWG § 7(3)");
const DIRECTIVE_1: Citation = Citation::new("Directive 2002/58 Art. 13(1)");
const DIRECTIVE_2: Citation = Citation::new("Directive 2002/58 Art. 13(2)");

const MAIL_NEXT: &[NextStep] = &[
    NextStep::DoubleOptIn,
    NextStep::ExistingCustomerFile,
    NextStep::PostInstead,
];
const CONSENT_NEXT: &[NextStep] = &[NextStep::ProvableConsent, NextStep::PostInstead];
const CALL_NEXT: &[NextStep] = &[NextStep::ConsentTiedToNumber, NextStep::PostInstead];
const PRESUMED_NEXT: &[NextStep] = &[
    NextStep::DocumentPresumedConsent,
    NextStep::ConsentTiedToNumber,
    NextStep::PostInstead,
];

pub(super) static MAIL_BY_CONSENT: Outcome = Outcome::yes(
    "de_mail_consent",
    &[NR_2],
    Text::new(
        "Vorherige ausdrückliche Einwilligung für elektronische Post liegt vor.",
        "There is prior express consent for electronic mail.",
    ),
);

pub(super) static MAIL_NEEDS_CONSENT: Outcome = Outcome::no(
    "de_mail_needs_consent",
    &[NR_2, DIRECTIVE_1, Citation::new("BGH I ZR 218/07")],
    Text::new(
        "Werbung per elektronischer Post (E-Mail, SMS, Messenger, Portalnachricht) braucht \
         vorherige ausdrückliche Einwilligung, auch gegenüber Unternehmen und schon bei einer \
         einzigen Nachricht.",
        "Advertising by electronic mail (e-mail, SMS, messenger, portal message) needs prior \
         express consent, of businesses too and for a single message.",
    ),
    MAIL_NEXT,
);

pub(super) static SURVEY_BY_MAIL: Outcome = Outcome::no(
    "de_survey_by_mail_needs_consent",
    &[NR_2, Citation::new("BGH VI ZR 225/17")],
    Text::new(
        "Auch eine Zufriedenheitsbefragung ist Werbung und braucht per E-Mail eine \
         Einwilligung.",
        "A satisfaction survey is advertising too and needs consent by e-mail.",
    ),
    MAIL_NEXT,
);

pub(super) static TELL_A_FRIEND: Outcome = Outcome::no(
    "de_recommendation_needs_consent",
    &[NR_2, Citation::new("BGH I ZR 208/12")],
    Text::new(
        "Empfehlungsmails sind Werbung des Anbieters; der Empfänger hat nicht eingewilligt.",
        "Tell-a-friend mails are the provider's advertising; the recipient did not consent.",
    ),
    &[NextStep::DoubleOptIn],
)
.to_be_checked();

pub(super) static AUTO_REPLY: Outcome = Outcome::no(
    "de_auto_reply_advertising",
    &[
        NR_2,
        Citation::new("BGB § 823(1)"),
        Citation::new("BGB § 1004"),
        Citation::new("BGH VI ZR 134/15"),
    ],
    Text::new(
        "Werbung in einer automatischen Antwort bleibt Werbung; der erlaubte Teil der Nachricht \
         macht sie nicht zulässig.",
        "Advertising in an automatic reply stays advertising; the permitted part of the message \
         does not make it lawful.",
    ),
    &[NextStep::RemoveAdvertising, NextStep::DoubleOptIn],
)
.to_be_checked();

pub(super) static INBOX: Outcome = Outcome::no(
    "de_inbox_advertising_needs_consent",
    &[
        NR_2,
        DIRECTIVE_1,
        Citation::new("CJEU C-102/20"),
        Citation::new("BGH I ZR 25/19"),
    ],
    Text::new(
        "Werbeanzeigen in der Liste der empfangenen E-Mails sind elektronische Post und brauchen \
         eine Einwilligung, die genau das nennt.",
        "Ads in the list of received mails are electronic mail and need a consent that names \
         just that.",
    ),
    &[NextStep::ProvableConsent],
);

pub(super) static PURCHASE_REQUEST: Outcome = Outcome::no(
    "de_purchase_request_needs_consent",
    &[
        NR_2,
        Citation::new("BGH I ZR 197/05"),
        Citation::new("BVerwG 6 C 3.23"),
    ],
    Text::new(
        "Auch Nachfragen, die dem eigenen Absatz dienen, sind Werbung; eine veröffentlichte \
         Adresse ist keine Einwilligung.",
        "Requests that serve the sender's own sales are advertising too; a published address is \
         no consent.",
    ),
    &[NextStep::DoubleOptIn, NextStep::PostInstead],
)
.to_be_checked();

pub(super) static EXISTING_CUSTOMER: Outcome = Outcome::yes(
    "de_existing_customer",
    &[CUSTOMERS, DIRECTIVE_2],
    Text::new(
        "Alle vier Voraussetzungen der Bestandskundenregel sind erfüllt.",
        "All four conditions of the existing-customer rule are met.",
    ),
);

pub(super) static FREE_ACCOUNT: Outcome = Outcome::yes(
    "de_existing_customer_free_account",
    &[CUSTOMERS, DIRECTIVE_2, Citation::new("CJEU C-654/23")],
    Text::new(
        "Ein kostenloses Konto als Zugang zu einem bezahlten Angebot steht dem Verkauf gleich; \
         alle vier Voraussetzungen sind erfüllt.",
        "A free account as the gateway to a paid offer equals a sale; all four conditions are \
         met.",
    ),
);

pub(super) static INQUIRY_ONLY: Outcome = Outcome::no(
    "de_inquiry_is_no_sale",
    &[NR_2, CUSTOMERS, Citation::new("UWG § 7(3) Nr. 1")],
    Text::new(
        "Eine bloße Anfrage ist nach herrschender Ansicht kein Verkauf.",
        "A mere enquiry is no sale in the prevailing view.",
    ),
    MAIL_NEXT,
)
.to_be_checked();

pub(super) static FREE_SERVICE: Outcome = Outcome::no(
    "de_free_service_left_open",
    &[NR_2, CUSTOMERS, Citation::new("CJEU C-654/23")],
    Text::new(
        "Ob ein rein informatorischer kostenloser Dienst genügt, ist offen.",
        "Whether a purely informational free service is enough has been left open.",
    ),
    MAIL_NEXT,
)
.to_be_checked();

pub(super) static ADDRESS_NOT_FROM_SALE: Outcome = Outcome::no(
    "de_address_not_from_sale",
    &[NR_2, CUSTOMERS, Citation::new("UWG § 7(3) Nr. 1")],
    Text::new(
        "Es ist nicht belegt, dass die Adresse vom Kunden beim Verkauf kam.",
        "It is not shown that the address came from the customer in a sale.",
    ),
    MAIL_NEXT,
);

pub(super) static NOT_OWN_AND_SIMILAR: Outcome = Outcome::no(
    "de_not_own_and_similar",
    &[NR_2, CUSTOMERS, Citation::new("UWG § 7(3) Nr. 2")],
    Text::new(
        "Es ist nicht belegt, dass für eigene und ähnliche Waren oder Dienstleistungen geworben \
         wird.",
        "It is not shown that own and similar goods or services are advertised.",
    ),
    MAIL_NEXT,
);

pub(super) static NOTICE_MISSING: Outcome = Outcome::no(
    "de_customer_notice_missing",
    &[NR_2, CUSTOMERS, Citation::new("UWG § 7(3) Nr. 4")],
    Text::new(
        "Der Hinweis auf das Widerspruchsrecht fehlt bei der Erhebung oder in der Nachricht; ein \
         Abmeldelink holt den Hinweis bei Erhebung nicht nach.",
        "The notice of the right to object is missing at collection or in the message; an \
         unsubscribe link does not make up for the notice at collection.",
    ),
    MAIL_NEXT,
);

pub(super) static CALL_BY_CONSENT: Outcome = Outcome::yes(
    "de_call_consent",
    &[NR_1],
    Text::new(
        "Vorherige ausdrückliche Einwilligung in Anrufe liegt vor.",
        "There is prior express consent to calls.",
    ),
);

pub(super) static CONSUMER_CALL_NEEDS_CONSENT: Outcome = Outcome::no(
    "de_consumer_call_needs_consent",
    &[NR_1],
    Text::new(
        "Werbeanrufe bei Verbrauchern brauchen vorherige ausdrückliche Einwilligung; eine \
         Bestandskundenausnahme gibt es für Anrufe nicht.",
        "Advertising calls to consumers need prior express consent; there is no \
         existing-customer exemption for calls.",
    ),
    CALL_NEXT,
);

pub(super) static SURVEY_BY_PHONE: Outcome = Outcome::no(
    "de_survey_by_phone_needs_consent",
    &[NR_1, Citation::new("KG 5 U 35/20")],
    Text::new(
        "Auch eine Zufriedenheitsbefragung am Telefon ist Werbung und braucht eine ausdrückliche \
         Einwilligung.",
        "A satisfaction survey by phone is advertising too and needs express consent.",
    ),
    CALL_NEXT,
);

pub(super) static NO_PRESUMED_CONSENT: Outcome = Outcome::no(
    "de_no_presumed_consent",
    &[
        NR_1,
        Citation::new("BGH I ZR 191/03"),
        Citation::new("BVerwG 6 C 3.23"),
    ],
    Text::new(
        "Für den Anruf bei einem Unternehmen fehlen festgehaltene konkrete Umstände, die ein \
         Interesse am Inhalt und am Anruf erwarten lassen.",
        "For a call to a business there are no recorded concrete circumstances that let one \
         expect an interest in the content and in being called.",
    ),
    PRESUMED_NEXT,
);

pub(super) static GROUND_NOT_ENOUGH: Outcome = Outcome::no(
    "de_circumstances_not_enough",
    &[
        NR_1,
        Citation::new("BVerwG 6 C 3.23"),
        Citation::new("BGH I ZR 88/05"),
        Citation::new("BGH I ZR 191/03"),
    ],
    Text::new(
        "Verzeichniseintrag, Website, gleiche Branche, Nutzen oder Preis lassen keine \
         mutmaßliche Einwilligung annehmen.",
        "A directory entry, a website, the same industry, usefulness or price do not let one \
         presume consent.",
    ),
    PRESUMED_NEXT,
);

pub(super) static JOB_CHANGE: Outcome = Outcome::yes(
    "de_presumed_job_change",
    &[NR_1, Citation::new("BGH I ZR 27/08")],
    Text::new(
        "Bekannte Kunden über den Wechsel ihres Ansprechpartners anzurufen ist von mutmaßlicher \
         Einwilligung gedeckt.",
        "Calling known customers about their contact's move is covered by presumed consent.",
    ),
);

pub(super) static BUSINESS_RELATION: Outcome = Outcome::yes(
    "de_presumed_business_relation",
    &[NR_1],
    Text::new(
        "In einer laufenden Geschäftsbeziehung wird die Einwilligung zu einem passenden Thema \
         üblicherweise vermutet.",
        "In a current business relation, consent on a matching topic is usually presumed.",
    ),
)
.to_be_checked();

pub(super) static CONTACT_ASKED: Outcome = Outcome::yes(
    "de_presumed_contact_asked",
    &[NR_1],
    Text::new(
        "Der Kontakt hat selbst um den Anruf zu diesem Thema gebeten.",
        "The contact asked to be called about this topic.",
    ),
)
.to_be_checked();

pub(super) static OTHER_CIRCUMSTANCES: Outcome = Outcome::review(
    "de_presumed_other_circumstances",
    &[NR_1, Citation::new("BGH I ZR 191/03")],
    Text::new(
        "Andere konkrete Umstände sind festgehalten; eine Person muss abwägen, ob sie ein \
         Interesse am Inhalt und am Anruf erwarten lassen.",
        "Other concrete circumstances are recorded; a person has to weigh whether they let one \
         expect an interest in the content and in the call.",
    ),
    &[NextStep::PersonDecides, NextStep::ConsentTiedToNumber],
);

pub(super) static MACHINE_BY_CONSENT: Outcome = Outcome::yes(
    "de_machine_consent",
    &[NR_2],
    Text::new(
        "Vorherige ausdrückliche Einwilligung in automatische Anrufe oder Fax liegt vor.",
        "There is prior express consent to automated calls or fax.",
    ),
);

pub(super) static MACHINE_NEEDS_CONSENT: Outcome = Outcome::no(
    "de_machine_needs_consent",
    &[NR_2, DIRECTIVE_1],
    Text::new(
        "Automatische Anrufe und Fax brauchen bei jedem Empfänger vorherige ausdrückliche \
         Einwilligung; weder mutmaßliche Einwilligung noch § 7(3) helfen.",
        "Automated calls and fax need every addressee's prior express consent; neither presumed \
         consent nor § 7(3) helps.",
    ),
    CONSENT_NEXT,
);

pub(super) static LETTER: Outcome = Outcome::yes(
    "de_letter",
    &[GENERAL_2, Citation::new("OLG Stuttgart 2 U 63/22")],
    Text::new(
        "Adressierte Briefwerbung ist bis zum Widerspruch erlaubt.",
        "Addressed letter advertising is allowed until objection.",
    ),
);

pub(super) static POST_AGAINST_WILL: Outcome = Outcome::no(
    "de_letter_against_will",
    &[GENERAL, GENERAL_2, Citation::new("OLG Frankfurt 6 U 54/19")],
    Text::new(
        "Der Empfänger will erkennbar keine Briefwerbung.",
        "The addressee recognisably wants no letter advertising.",
    ),
    &[NextStep::Respect],
);

pub(super) static FLYER: Outcome = Outcome::yes(
    "de_flyer",
    &[GENERAL, Citation::new("BGH VI ZR 182/88")],
    Text::new(
        "Unadressierte Werbung ist erlaubt, solange weder ein Aufkleber noch ein Widerspruch \
         entgegensteht.",
        "Unaddressed advertising is allowed unless a sticker or an objection says no.",
    ),
);

pub(super) static STICKER: Outcome = Outcome::no(
    "de_flyer_against_sticker",
    &[GENERAL, GENERAL_2, Citation::new("BGH VI ZR 182/88")],
    Text::new(
        "Der Aufkleber am Briefkasten lehnt Werbung ab.",
        "The sticker on the letter box refuses advertising.",
    ),
    &[NextStep::Respect],
);

pub(super) static VISIT: Outcome = Outcome::yes(
    "de_visit",
    &[GENERAL],
    Text::new(
        "Ein unangekündigter Besuch ist nicht als solcher verboten; es gilt die Generalklausel.",
        "An unannounced visit is not banned as such; the general clause applies.",
    ),
)
.to_be_checked();

pub(super) static VISIT_AGAINST_WILL: Outcome = Outcome::no(
    "de_visit_against_will",
    &[GENERAL, GENERAL_2],
    Text::new(
        "Die Person will erkennbar keinen Besuch.",
        "The person recognisably wants no visit.",
    ),
    &[NextStep::Respect],
);
