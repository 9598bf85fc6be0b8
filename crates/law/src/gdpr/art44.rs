//! GDPR Art. 44: personal data go to a third country only under Chapter V.
//!
//! The order: is it a transfer at all, is the recipient outside the EEA, adequacy (Art. 45),
//! safeguard with assessment (Art. 46), derogation (Art. 49). Without any of them: no.
//!
//! In force since 2018-05-25. Reviewed 2026-11-24. Source: EUR-Lex; EDPB Guidelines 05/2021
//! v2.0 (what is a transfer).

use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::Deserialize;

use super::art45::{self, Adequacy, Reach};
use super::art46::{self, AssessmentResult, Safeguard};
use super::art49::Derogation;
use crate::{Citation, Confidence, Country, Finding, Text, Verdict};

/// The article.
pub const ARTICLE: Citation = Citation::new("GDPR Art. 44");
const ARTICLE_3: Citation = Citation::new("GDPR Art. 3(2)");
const ARTICLE_32: Citation = Citation::new("GDPR Art. 32");
const ARTICLE_47: Citation = Citation::new("GDPR Art. 47");
const WHAT_IS_A_TRANSFER: Citation = Citation::new("EDPB Guidelines 05/2021");
const RECOMMENDATIONS: Citation = Citation::new("EDPB Recommendations 01/2020");
const DEROGATIONS: Citation = Citation::new("EDPB Guidelines 2/2018");

const UNITED_STATES: Country = Country::new(*b"US");

const INFORM: Text = Text::new(
    "Information nach Art. 13(1)(f) oder 14(1)(f) über die Übermittlung",
    "Art. 13(1)(f) information (or 14(1)(f)) on the transfer",
);

/// How the data get there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// Sent or opened to another controller or processor.
    #[default]
    ToRecipient,
    /// Another entity reaches the data remotely from the third country: a transfer.
    RemoteAccess,
    /// An own employee opens the data while travelling: no transfer.
    OwnEmployeeTravelling,
    /// The person gives the data directly to somebody abroad: no transfer.
    DirectlyFromPerson,
    /// The recipient is an establishment in the EEA whose parent sits outside: no transfer as
    /// such.
    EeaSubsidiaryOfThirdCountryParent,
}

/// The facts of a transfer.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    /// How the data get there.
    pub flow: Flow,
    /// Where to; `None` only if the flow is no transfer or an organisation is the recipient.
    pub country: Option<Country>,
    /// The recipient is the European Patent Organisation.
    pub patent_organisation: bool,
    /// On the list of the US framework of the day.
    pub certified: bool,
    /// On it for staff data, too.
    pub certified_for_staff: bool,
    /// Whether staff data are sent.
    pub staff_data: Option<bool>,
    /// Whether a Canadian recipient is a commercial organisation under PIPEDA.
    pub commercial: Option<bool>,
    /// The safeguard agreed on.
    pub safeguard: Option<Safeguard>,
    /// Whether the country's law was assessed, and with which result.
    pub assessment: Option<AssessmentResult>,
    /// The derogation relied on.
    pub derogation: Option<Derogation>,
    /// Whether the person was informed of the risks (for consent).
    pub informed_of_risks: Option<bool>,
    /// Whether it happens once or now and then.
    pub occasional: Option<bool>,
    /// The day.
    pub on: Date,
}

/// On what a transfer rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// It is no transfer in the sense of Chapter V.
    NoTransfer,
    /// An adequacy decision.
    Adequacy,
    /// A safeguard.
    Safeguard,
    /// A derogation.
    Derogation,
    /// Nothing.
    None,
}

/// Whether `country` is in the EEA on the day `on`, or was treated like it.
///
/// The United Kingdom counted until the end of the bridging period of the Trade and Cooperation
/// Agreement (Art. FINPROV.10A), when its adequacy decision came.
pub fn is_eea(country: Country, on: Date) -> bool {
    const EEA: &[&[u8; 2]] = &[
        b"AT", b"BE", b"BG", b"CY", b"CZ", b"DE", b"DK", b"EE", b"ES", b"FI", b"FR", b"GR", b"HR",
        b"HU", b"IE", b"IS", b"IT", b"LI", b"LT", b"LU", b"LV", b"MT", b"NL", b"NO", b"PL", b"PT",
        b"RO", b"SE", b"SI", b"SK",
    ];
    EEA.contains(&&country.code()) || (&country.code() == b"GB" && on < date(2021, 6, 28))
}

/// Whether the transfer is lawful, and on what it rests.
pub fn judge(transfer: &Transfer) -> (Ground, Finding) {
    if let Some(finding) = no_transfer(transfer) {
        return (Ground::NoTransfer, finding);
    }
    let adequacy = if transfer.patent_organisation {
        Some(&art45::EUROPEAN_PATENT_ORGANISATION).filter(|entry| entry.is_in_force(transfer.on))
    } else {
        transfer
            .country
            .and_then(|country| art45::decision(country, transfer.on))
    };
    if let Some(adequacy) = adequacy
        && let Some(finding) = by_adequacy(transfer, adequacy)
    {
        return (Ground::Adequacy, finding);
    }
    if let Some(safeguard) = transfer.safeguard
        && safeguard.is_in_force(transfer.on)
    {
        return (Ground::Safeguard, by_safeguard(transfer, safeguard));
    }
    if let Some(derogation) = transfer.derogation
        && let Some(finding) = by_derogation(transfer, derogation)
    {
        return (Ground::Derogation, finding);
    }
    (Ground::None, without_ground(transfer))
}

fn no_transfer(transfer: &Transfer) -> Option<Finding> {
    let finding = match transfer.flow {
        Flow::OwnEmployeeTravelling => Finding::new(
            Text::new(
                "Keine Übermittlung: Beschäftigte sind Teil des Verantwortlichen.",
                "Not a transfer: the employee is part of the controller.",
            ),
            &[WHAT_IS_A_TRANSFER, ARTICLE_32, ARTICLE],
        )
        .obliging(&[Text::new(
            "Sicherheitsmaßnahmen für den Zugriff aus dem Drittland",
            "security measures for the access from the third country",
        )]),
        Flow::DirectlyFromPerson => Finding::new(
            Text::new(
                "Keine Übermittlung: Die Person gibt die Daten selbst weiter.",
                "Not a transfer: the person discloses the data directly.",
            ),
            &[WHAT_IS_A_TRANSFER, ARTICLE_3, ARTICLE],
        ),
        Flow::EeaSubsidiaryOfThirdCountryParent => Finding::new(
            Text::new(
                "Keine Übermittlung, solange die Daten bei der Niederlassung im EWR bleiben.",
                "Not a transfer as long as the data stay with the establishment in the EEA.",
            ),
            &[WHAT_IS_A_TRANSFER, ARTICLE_32, ARTICLE],
        )
        .obliging(&[Text::new(
            "Prüfen, ob das Recht des Drittlands die Mutter zum Zugriff zwingen kann",
            "check whether third-country law can force the parent to obtain the data",
        )])
        .to_be_checked(),
        Flow::ToRecipient | Flow::RemoteAccess => {
            if !is_eea(transfer.country?, transfer.on) {
                return None;
            }
            Finding::new(
                Text::new("Kein Drittland (EWR).", "No third country (EEA)."),
                &[ARTICLE],
            )
        }
    };
    Some(finding.verdict(Verdict::Allow))
}

/// `None` if the decision does not reach this recipient.
fn by_adequacy(transfer: &Transfer, adequacy: &Adequacy) -> Option<Finding> {
    let finding = Finding::new(adequacy.reach_text(), &[art45::ARTICLE, ARTICLE])
        .citing(&[adequacy.decision])
        .obliging(&[INFORM]);
    let finding = match adequacy.reach {
        Reach::Everyone => finding.verdict(Verdict::Allow),
        Reach::Commercial => match transfer.commercial {
            Some(true) => finding.verdict(Verdict::Allow),
            Some(false) => return None,
            None => finding.verdict(Verdict::Conditional).obliging(&[Text::new(
                "Prüfen, ob der Empfänger unter PIPEDA fällt",
                "check that the recipient falls under PIPEDA",
            )]),
        },
        Reach::Certified => {
            let staff_unlisted = !transfer.certified_for_staff;
            if !transfer.certified || (transfer.staff_data == Some(true) && staff_unlisted) {
                return None;
            }
            let unclear = transfer.staff_data.is_none() && staff_unlisted;
            finding
                .verdict(if unclear {
                    Verdict::Conditional
                } else {
                    Verdict::Allow
                })
                .obliging(&[Text::new(
                    "Prüfen, dass die Zertifizierung aktiv ist und die Daten umfasst (Beschäftigtendaten nur, wenn eigens zertifiziert)",
                    "check certification is active and covers the data (staff data only if certified for them)",
                )])
        }
    };
    Some(match adequacy.confidence {
        Confidence::Settled => finding,
        Confidence::ToBeChecked => finding.to_be_checked(),
    })
}

fn by_safeguard(transfer: &Transfer, safeguard: Safeguard) -> Finding {
    let finding = Finding::new(
        Text::new(
            "Garantien brauchen eine Bewertung von Recht und Praxis des Drittlands (TIA).",
            "Safeguards (SCC, BCR and the like) need a transfer impact assessment.",
        ),
        &[
            safeguard.citation(),
            ARTICLE,
            art46::PARAGRAPH_1,
            art46::SCHREMS_II,
        ],
    );
    let finding = match safeguard {
        Safeguard::Scc => finding.citing(&[art46::DECISION_2021_914]),
        Safeguard::Bcr => finding.citing(&[ARTICLE_47]),
        _ => finding,
    };
    let mut finding = finding.obliging(&[INFORM]);
    if transfer.country == Some(UNITED_STATES) && transfer.on >= date(2023, 7, 10) {
        finding = finding.because(&[Text::new(
            "Für die USA kann die Bewertung auf den Feststellungen des DPF-Beschlusses aufbauen.",
            "For the US the assessment may build on the findings of the DPF decision.",
        )]);
    }
    match transfer.assessment {
        Some(AssessmentResult::Adequate | AssessmentResult::MeasuresTaken) => {
            finding.verdict(Verdict::Allow).obliging(&[Text::new(
                "Bewertung und Maßnahmen regelmäßig prüfen",
                "review the assessment and the measures regularly",
            )])
        }
        Some(AssessmentResult::MeasuresMissing) => finding
            .verdict(Verdict::Conditional)
            .citing(&[RECOMMENDATIONS])
            .obliging(&[Text::new(
                "zusätzliche Maßnahmen treffen",
                "put supplementary measures in place",
            )]),
        Some(AssessmentResult::NotAdequate) => finding
            .verdict(Verdict::Deny)
            .citing(&[RECOMMENDATIONS])
            .because(&[Text::new(
                "Die Bewertung ergab, dass keine Maßnahme ausreicht.",
                "The assessment found that no measure suffices.",
            )]),
        None => finding
            .verdict(Verdict::Conditional)
            .citing(&[RECOMMENDATIONS])
            .obliging(&[
                Text::new(
                    "Transfer-Folgenabschätzung (TIA)",
                    "transfer impact assessment",
                ),
                Text::new(
                    "zusätzliche Maßnahmen, falls nötig",
                    "supplementary measures if needed",
                ),
            ]),
    }
}

/// `None` if the derogation's conditions are not met.
fn by_derogation(transfer: &Transfer, derogation: Derogation) -> Option<Finding> {
    let uninformed =
        derogation == Derogation::ExplicitConsent && transfer.informed_of_risks == Some(false);
    let repeated = derogation.only_occasional() && transfer.occasional == Some(false);
    if uninformed || repeated {
        return None;
    }
    Some(
        Finding::new(
            Text::new(
                "Ausnahme für den Einzelfall, eng auszulegen.",
                "A derogation for the single case, to be read narrowly.",
            ),
            &[derogation.citation(), ARTICLE, DEROGATIONS],
        )
        .verdict(Verdict::Conditional)
        .obliging(&[derogation.condition(), INFORM])
        .to_be_checked(),
    )
}

fn without_ground(transfer: &Transfer) -> Finding {
    let finding = Finding::new(
        Text::new(
            "Keine Grundlage für die Übermittlung: weder Angemessenheit noch Garantie noch Ausnahme.",
            "No transfer basis: neither adequacy nor a safeguard nor a derogation.",
        ),
        &[ARTICLE, art46::PARAGRAPH_1],
    )
    .verdict(Verdict::Deny);
    let finding = if transfer.safeguard == Some(Safeguard::OldScc) {
        finding
            .citing(&[art46::DECISION_2021_914])
            .because(&[Text::new(
                "Die alten Standardvertragsklauseln gelten seit 28.12.2022 nicht mehr.",
                "The old standard clauses no longer count since 28 December 2022.",
            )])
    } else {
        finding
    };
    let ended = transfer
        .country
        .filter(|&country| art45::decision(country, transfer.on).is_none())
        .and_then(|country| art45::ended_decision(country, transfer.on));
    match ended {
        Some(ended) => finding.citing(&[ended.decision]).because(&[Text::new(
            "Der frühere Angemessenheitsbeschluss gilt an diesem Tag nicht mehr.",
            "The earlier adequacy decision is no longer in force on that day.",
        )]),
        None => finding,
    }
}
