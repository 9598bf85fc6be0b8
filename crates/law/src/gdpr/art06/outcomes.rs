//! What GDPR Art. 6 can come to.

use crate::gate::{NextStep, Outcome};
use crate::{Citation, LegalBasis, Text};

const CONSENT_BASIS: Citation = LegalBasis::Consent.citation();
const INTERESTS: Citation = LegalBasis::LegitimateInterests.citation();
const RECITAL_47: Citation = Citation::new("GDPR recital 47");
const PROOF: Citation = Citation::new("GDPR Art. 7(1)");
const PURPOSE_LIMIT: Citation = Citation::new("GDPR Art. 5(1)(b)");

pub(super) static CONSENT: Outcome = Outcome::yes(
    "consent",
    &[CONSENT_BASIS],
    Text::new(
        "Eine wirksame, nachweisbare Einwilligung liegt vor.",
        "There is a valid, provable consent.",
    ),
);

/// The consent on record has defects, which the decision lists.
pub(crate) static CONSENT_DEFECTIVE: Outcome = Outcome::no(
    "consent_defective",
    &[CONSENT_BASIS, Citation::new("GDPR Art. 4(11)")],
    Text::new(
        "Die Einwilligung ist unwirksam; auch ein abgeschlossenes Double-Opt-in heilt das \
         nicht.",
        "The consent is invalid; a completed double opt-in does not heal that.",
    ),
    &[NextStep::AskAgain],
);

/// Sharing: EDPB Guidelines 05/2020, example 7 and section 3.3.1: recipients are named.
pub(crate) static RECIPIENT_NOT_NAMED: Outcome = Outcome::no(
    "recipient_not_named",
    &[
        CONSENT_BASIS,
        Citation::new("GDPR Art. 4(11)"),
        Citation::new("EDPB Guidelines 05/2020"),
    ],
    Text::new(
        "Die Einwilligung nennt diesen Empfänger nicht.",
        "The consent does not name this recipient.",
    ),
    &[NextStep::NameRecipient],
);

pub(super) static UNPROVEN: Outcome = Outcome::no(
    "consent_unproven",
    &[PROOF, CONSENT_BASIS],
    Text::new(
        "Die Einwilligung lässt sich nicht nachweisen. Double-Opt-in ist keine \
         Wirksamkeitsvoraussetzung, aber die Beweislast liegt beim Verantwortlichen.",
        "The consent can't be proved. Double opt-in is no condition of validity, but the \
         controller bears the burden of proof.",
    ),
    &[NextStep::DoubleOptIn, NextStep::ProvableConsent],
);

pub(super) static UNCONFIRMED: Outcome = Outcome::no(
    "double_opt_in_unconfirmed",
    &[PROOF, CONSENT_BASIS, Citation::new("BGH I ZR 164/09")],
    Text::new(
        "Das Double-Opt-in ist nicht bestätigt; niemand weiß, ob der Inhaber der Adresse \
         eingewilligt hat.",
        "The double opt-in is not confirmed; nobody knows whether the address's holder \
         consented.",
    ),
    &[NextStep::AwaitConfirmation],
);

pub(super) static OTHER_CHANNEL: Outcome = Outcome::no(
    "proof_for_other_channel",
    &[
        PROOF,
        CONSENT_BASIS,
        Citation::new("BGH I ZR 164/09"),
        Citation::new("OVG Saarland 2 A 355/19"),
    ],
    Text::new(
        "Der Nachweis gehört zu einem anderen Kanal: Ein Double-Opt-in per E-Mail beweist nichts \
         für eine Rufnummer und umgekehrt.",
        "The proof belongs to another channel: a double opt-in by e-mail proves nothing for a \
         number, nor the other way round.",
    ),
    &[NextStep::ConsentTiedToNumber, NextStep::ProvableConsent],
);

pub(super) static THIN_PROOF: Outcome = Outcome::review(
    "consent_thinly_proven",
    &[PROOF, CONSENT_BASIS],
    Text::new(
        "Die Einwilligung ist nur durch ein einfaches Opt-in belegt; ob das im Empfängerland \
         genügt, ist abzuwägen.",
        "The consent is backed by single opt-in only; whether that is enough in the recipient's \
         country has to be weighed.",
    ),
    &[NextStep::DoubleOptIn],
)
.to_be_checked();

/// BVerwG 6 C 3.23: what channel law forbids is no legitimate interest.
pub(super) static NO_LAWFUL_CONTACT: Outcome = Outcome::no(
    "no_legitimate_interest_without_lawful_contact",
    &[INTERESTS, Citation::new("BVerwG 6 C 3.23")],
    Text::new(
        "Was das Recht des Kanals verbietet, ist kein berechtigtes Interesse; auch Erheben und \
         Speichern dafür haben keine Grundlage.",
        "What channel law forbids is no legitimate interest; collecting and storing for it have \
         no basis either.",
    ),
    &[],
);

pub(super) static OPEN_CHANNEL_LAW: Outcome = Outcome::review(
    "depends_on_channel_law",
    &[INTERESTS],
    Text::new(
        "Hängt davon ab, wie eine Person die Frage zum Kanal entscheidet.",
        "Depends on how a person decides the question about the channel.",
    ),
    &[NextStep::PersonDecides],
);

pub(super) static CUSTOMER: Outcome = Outcome::yes(
    "existing_customer_rule_is_enough",
    &[
        Citation::new("GDPR Art. 95"),
        Citation::new("Directive 2002/58 Art. 13(2)"),
        Citation::new("CJEU C-654/23"),
    ],
    Text::new(
        "Ist die Bestandskundenregel erfüllt, ist Art. 6 DSGVO für den Versand nicht gesondert \
         zu prüfen.",
        "Where the existing-customer rule is met, GDPR Art. 6 need not be examined for the \
         sending.",
    ),
);

pub(super) static INTEREST: Outcome = Outcome::yes(
    "legitimate_interest",
    &[INTERESTS, RECITAL_47, Citation::new("GDPR Art. 21(2)")],
    Text::new(
        "Direktwerbung kann ein berechtigtes Interesse sein; bis zum Widerspruch erlaubt.",
        "Direct marketing can be a legitimate interest; allowed until the person objects.",
    ),
);

pub(super) static NOT_DECLARED: Outcome = Outcome::no(
    "purpose_not_declared",
    &[PURPOSE_LIMIT, Citation::new("GDPR Art. 30(1)")],
    Text::new(
        "Der Zweck {purpose} ist im Register nicht angelegt und darf nirgends verwendet werden.",
        "The purpose {purpose} is not declared in the register and can't be used anywhere.",
    ),
    &[NextStep::DeclareActivity],
);

pub(super) static BASIS_NOT_DECLARED: Outcome = Outcome::no(
    "basis_not_declared",
    &[
        Citation::new("GDPR Art. 6(1)"),
        Citation::new("GDPR Art. 13(1)(c)"),
    ],
    Text::new(
        "Keine der im Register für {purpose} angegebenen Rechtsgrundlagen trägt diese Nutzung.",
        "None of the legal bases that the register declares for {purpose} carries this use.",
    ),
    &[NextStep::DeclareBasis, NextStep::ProvableConsent],
);

pub(super) static MINOR: Outcome = Outcome::review(
    "interest_of_a_minor",
    &[INTERESTS, Citation::new("GDPR recital 38")],
    Text::new(
        "Die Person ist minderjährig; ihre Interessen wiegen besonders schwer.",
        "The person is a minor, whose interests weigh particularly heavily.",
    ),
    &[NextStep::PersonDecides],
);

/// Uploads of customer lists to networks: BayVGH 26.09.2018, 5 CS 18.1157 (old BDSG); the
/// authorities hold the same under the GDPR.
pub(super) static AUDIENCE_CONSENT: Outcome = Outcome::no(
    "ad_audience_needs_consent",
    &[CONSENT_BASIS, Citation::new("BayVGH 5 CS 18.1157")],
    Text::new(
        "Das Hochladen von Kontaktlisten in ein Werbenetzwerk braucht eine Einwilligung; Hashing \
         ist keine Anonymisierung.",
        "Uploading contact lists to an advertising network needs consent; hashing is no \
         anonymisation.",
    ),
    &[NextStep::ProvableConsent],
)
.to_be_checked();

pub(super) static SHARING_CONSENT: Outcome = Outcome::no(
    "sharing_needs_consent",
    &[
        CONSENT_BASIS,
        Citation::new("EDPB Guidelines 05/2020"),
        Citation::new("CJEU C-621/22"),
    ],
    Text::new(
        "Die Weitergabe an Dritte für deren Werbung braucht eine Einwilligung, die den Empfänger \
         nennt.",
        "Sharing with third parties for their advertising needs a consent that names the \
         recipient.",
    ),
    &[NextStep::NameRecipient],
)
.to_be_checked();

pub(super) static SHARING_FOR_POST: Outcome = Outcome::review(
    "sharing_for_post",
    &[INTERESTS, Citation::new("CJEU C-621/22")],
    Text::new(
        "Weitergabe ohne Einwilligung kommt nur eng begrenzt für Briefwerbung in Betracht; eine \
         Person muss abwägen.",
        "Sharing without consent is conceivable only narrowly, for letter advertising; a person \
         has to weigh.",
    ),
    &[
        NextStep::NameRecipient,
        NextStep::DocumentBalancing,
        NextStep::PersonDecides,
    ],
)
.to_be_checked();

pub(super) static PROFILING: Outcome = Outcome::yes(
    "profiling_interest",
    &[INTERESTS, Citation::new("GDPR Art. 21(2)")],
    Text::new(
        "Profilbildung für Werbung kann auf berechtigtem Interesse beruhen, solange sie nicht \
         ausufert; der Widerspruch wirkt absolut.",
        "Profiling for advertising can rest on legitimate interests as long as it stays narrow; \
         an objection is absolute.",
    ),
)
.to_be_checked();

/// CJEU C-446/21: no unlimited aggregation for advertising.
pub(super) static ENRICHMENT: Outcome = Outcome::review(
    "enrichment_to_be_weighed",
    &[
        INTERESTS,
        Citation::new("GDPR Art. 5(1)(c)"),
        Citation::new("CJEU C-446/21"),
    ],
    Text::new(
        "Daten aus weiteren Quellen hinzuzufügen ist nur nach dokumentierter Abwägung möglich; \
         unbegrenztes Zusammenführen ist verboten.",
        "Adding data from other sources is possible only after a documented weighing; unlimited \
         aggregation is forbidden.",
    ),
    &[NextStep::DocumentBalancing, NextStep::PersonDecides],
)
.to_be_checked();

pub(super) static ENRICHMENT_WEIGHED: Outcome = Outcome::yes(
    "enrichment_weighed",
    &[INTERESTS, Citation::new("GDPR Art. 14(3)")],
    Text::new(
        "Die dokumentierte Abwägung trägt das Hinzufügen; die Person ist zu informieren.",
        "The documented weighing carries the enrichment; the person is to be informed.",
    ),
)
.to_be_checked();

pub(super) static CONTRACT: Outcome = Outcome::yes(
    "contract",
    &[LegalBasis::Contract.citation()],
    Text::new(
        "Für den Vertrag oder die Anfrage der Person erforderlich.",
        "Needed for the contract or for the person's own request.",
    ),
);

pub(super) static CONTRACT_MISSING: Outcome = Outcome::no(
    "no_contract",
    &[LegalBasis::Contract.citation()],
    Text::new(
        "Es ist kein Vertrag und keine Anfrage der Person festgehalten, die das trägt.",
        "No contract with the person and no request of theirs is recorded that carries this.",
    ),
    &[NextStep::StateRelation],
);

pub(super) static OBLIGATION: Outcome = Outcome::yes(
    "legal_obligation",
    &[LegalBasis::LegalObligation.citation()],
    Text::new(
        "Eine Rechtsvorschrift verlangt es.",
        "A statute demands it.",
    ),
);

pub(super) static SECURITY: Outcome = Outcome::yes(
    "security_interest",
    &[INTERESTS, Citation::new("GDPR recital 49")],
    Text::new(
        "Vor Fehlern und Angriffen zu warnen ist ein berechtigtes Interesse.",
        "Warning of faults and attacks is a legitimate interest.",
    ),
);

/// OLG Düsseldorf I-15 U 64/15 and OLG Celle 13 U 15/14; contrary OLG München 29 U 1682/12.
pub(super) static CONFIRMATION: Outcome = Outcome::yes(
    "confirmation_request",
    &[
        INTERESTS,
        PROOF,
        Citation::new("OLG Düsseldorf I-15 U 64/15"),
        Citation::new("OLG Celle 13 U 15/14"),
    ],
    Text::new(
        "Eine werbefreie Bestätigungsmail zum Double-Opt-in ist zulässig (anders noch OLG \
         München 29 U 1682/12).",
        "A confirmation mail without advertising is lawful for double opt-in (contrary OLG \
         München 29 U 1682/12).",
    ),
);

pub(super) static NOTHING_TO_CONFIRM: Outcome = Outcome::no(
    "nothing_to_confirm",
    &[PROOF],
    Text::new(
        "Es liegt keine unbestätigte Anmeldung vor, die eine Bestätigungsmail rechtfertigt.",
        "There is no unconfirmed sign-up that a confirmation mail could belong to.",
    ),
    &[NextStep::Respect],
);

/// Art. 21(3) with Art. 17(3)(b); BGH VI ZR 721/15 Leitsatz 3. Whether Art. 6(1)(c) or (f) is
/// the basis is argued differently.
pub(super) static SUPPRESSION: Outcome = Outcome::yes(
    "suppression_entry",
    &[
        Citation::new("GDPR Art. 21(3)"),
        INTERESTS,
        Citation::new("GDPR Art. 17(3)(b)"),
        Citation::new("BGH VI ZR 721/15"),
    ],
    Text::new(
        "Ein minimaler Sperreintrag ist nötig, um den Widerspruch zu beachten, auch nach einem \
         Löschverlangen.",
        "A minimal blocking entry is needed to honour the objection, after an erasure request \
         too.",
    ),
)
.to_be_checked();

pub(super) static SUPPRESSION_ONLY_STORED: Outcome = Outcome::no(
    "suppression_entry_only_blocks",
    &[PURPOSE_LIMIT],
    Text::new(
        "Ein Sperreintrag dient nur dem Sperren.",
        "A suppression entry serves blocking and nothing else.",
    ),
    &[],
);

pub(super) static PERSON_WEIGHS: Outcome = Outcome::review(
    "person_weighs",
    &[INTERESTS],
    Text::new(
        "Für diesen Zweck muss eine Person die Grundlage prüfen.",
        "For this purpose a person has to check the basis.",
    ),
    &[NextStep::DocumentBalancing, NextStep::PersonDecides],
)
.to_be_checked();

pub(super) static WEIGHED: Outcome = Outcome::yes(
    "interest_weighed",
    &[INTERESTS],
    Text::new(
        "Die dokumentierte Interessenabwägung trägt den Zweck.",
        "The documented balancing of interests carries the purpose.",
    ),
)
.to_be_checked();
