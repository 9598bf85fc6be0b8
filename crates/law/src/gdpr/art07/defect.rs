//! What can be wrong with a consent: text, provisions and remedy for each defect.

use crate::{Citation, Text};

/// A defect of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Defect {
    /// No clear affirmative action.
    NotActive,
    /// Contract or service made dependent on a consent it does not need.
    Bundled,
    /// Refusing has adverse consequences.
    AdverseConsequence,
    /// A dominant company offers no equivalent alternative.
    NoAlternative,
    /// Several purposes or controllers, one choice.
    NotGranular,
    /// The person can't tell which companies are covered.
    CompaniesUnclear,
    /// The person can't tell which products are covered.
    ProductsUnclear,
    /// Used for a purpose that the consent does not cover.
    NewPurpose,
    /// The controller was not named.
    ControllerNotTold,
    /// The purpose was not named.
    PurposeNotTold,
    /// The kind of data was not named.
    DataNotTold,
    /// The right to withdraw was not named.
    WithdrawalNotTold,
    /// Automated decisions were not named.
    AutomatedDecisionsNotTold,
    /// The risks of transfers without safeguards were not named.
    TransferRiskNotTold,
    /// The design misleads or presses.
    Misleading,
    /// Hidden among other matters.
    HiddenInTerms,
    /// No record.
    NoRecord,
    /// Withdrawing is harder than giving.
    WithdrawalHarder,
    /// Withdrawing has a detriment.
    DetrimentAfterWithdrawal,
    /// Special categories, not expressly named.
    NotExplicit,
    /// Employee's consent neither written nor electronic.
    EmployeeForm,
    /// Child without parental consent.
    NoParentalConsent,
}

const UNAMBIGUOUS: &[Citation] = &[
    Citation::new("GDPR Art. 4(11)"),
    Citation::new("GDPR recital 32"),
    Citation::new("CJEU C-673/17"),
];
const SPECIFIC: &[Citation] = &[
    Citation::new("GDPR Art. 4(11)"),
    Citation::new("BGH VI ZR 721/15"),
    Citation::new("BGH I ZR 169/10"),
];
const INFORMED: &[Citation] = &[
    Citation::new("GDPR Art. 4(11)"),
    Citation::new("GDPR recital 42"),
];

impl Defect {
    /// Every defect.
    pub const ALL: [Self; 22] = [
        Self::NotActive,
        Self::Bundled,
        Self::AdverseConsequence,
        Self::NoAlternative,
        Self::NotGranular,
        Self::CompaniesUnclear,
        Self::ProductsUnclear,
        Self::NewPurpose,
        Self::ControllerNotTold,
        Self::PurposeNotTold,
        Self::DataNotTold,
        Self::WithdrawalNotTold,
        Self::AutomatedDecisionsNotTold,
        Self::TransferRiskNotTold,
        Self::Misleading,
        Self::HiddenInTerms,
        Self::NoRecord,
        Self::WithdrawalHarder,
        Self::DetrimentAfterWithdrawal,
        Self::NotExplicit,
        Self::EmployeeForm,
        Self::NoParentalConsent,
    ];

    /// What is wrong.
    pub const fn text(self) -> Text {
        match self {
            Self::NotActive => Text::new(
                "Keine aktive Einwilligung: Vorangekreuzte Kästchen, Schweigen oder bloßes \
                 Weiternutzen genügen nicht.",
                "No active consent: pre-ticked boxes, silence or going on to use the site are \
                 not enough.",
            ),
            Self::Bundled => Text::new(
                "Nicht freiwillig (Koppelung): Vertrag oder Dienst hängen von einer \
                 Einwilligung ab, die sie nicht brauchen.",
                "Not freely given (conditionality): contract or service depend on a consent \
                 that they don't need.",
            ),
            Self::AdverseConsequence => Text::new(
                "Nicht freiwillig: Wer ablehnt, hat Nachteile.",
                "Not freely given: whoever refuses has adverse consequences.",
            ),
            Self::NoAlternative => Text::new(
                "Nicht freiwillig: Das marktbeherrschende Unternehmen bietet keine \
                 gleichwertige Alternative.",
                "Not freely given: the dominant company offers no equivalent alternative.",
            ),
            Self::NotGranular => Text::new(
                "Nicht granular: eine einzige Wahl für mehrere Zwecke oder Verantwortliche.",
                "Not granular: one single choice for several purposes or controllers.",
            ),
            Self::CompaniesUnclear => Text::new(
                "Nicht bestimmt: Es ist nicht erkennbar, welche Unternehmen die Einwilligung \
                 nutzen.",
                "Not specific: the person cannot tell which companies are covered.",
            ),
            Self::ProductsUnclear => Text::new(
                "Nicht bestimmt: Es ist nicht erkennbar, für welche Produkte geworben wird.",
                "Not specific: the person cannot tell which products are covered.",
            ),
            Self::NewPurpose => Text::new(
                "Zweckänderung: Der neue Zweck braucht eine neue, bestimmte Einwilligung.",
                "Purpose creep: the new purpose needs a new specific consent.",
            ),
            Self::ControllerNotTold => Text::new(
                "Nicht informiert: Der Verantwortliche war nicht genannt.",
                "Not informed: the controller was not named.",
            ),
            Self::PurposeNotTold => Text::new(
                "Nicht informiert: Der Zweck war nicht genannt.",
                "Not informed: the purpose was not named.",
            ),
            Self::DataNotTold => Text::new(
                "Nicht informiert: Die Art der Daten war nicht genannt.",
                "Not informed: the kind of data was not named.",
            ),
            Self::WithdrawalNotTold => Text::new(
                "Nicht informiert: Auf das Widerrufsrecht wurde nicht hingewiesen.",
                "Not informed: the right to withdraw was not named.",
            ),
            Self::AutomatedDecisionsNotTold => Text::new(
                "Nicht informiert: Die automatisierten Entscheidungen waren nicht genannt.",
                "Not informed: the automated decisions were not named.",
            ),
            Self::TransferRiskNotTold => Text::new(
                "Nicht informiert: Die Risiken der Übermittlung in ein Drittland ohne Garantien \
                 waren nicht genannt.",
                "Not informed: the risks of a transfer to a third country without safeguards \
                 were not named.",
            ),
            Self::Misleading => Text::new(
                "Nicht freiwillig oder nicht informiert: Die Gestaltung führt irre oder drängt.",
                "Not freely given or not informed: the design misleads or presses the person.",
            ),
            Self::HiddenInTerms => Text::new(
                "In anderen Erklärungen versteckt: Die Bitte ist nicht klar abgesetzt.",
                "Hidden among other matters: the request is not clearly set apart.",
            ),
            Self::NoRecord => Text::new(
                "Nicht nachweisbar: Es gibt keine Aufzeichnung der Einwilligung.",
                "Not provable: there is no record of the consent.",
            ),
            Self::WithdrawalHarder => Text::new(
                "Der Widerruf ist nicht so einfach wie die Erteilung.",
                "Withdrawal is not as easy as giving the consent.",
            ),
            Self::DetrimentAfterWithdrawal => Text::new(
                "Nicht freiwillig: Wer widerruft, hat Nachteile.",
                "Not freely given: whoever withdraws has a detriment.",
            ),
            Self::NotExplicit => Text::new(
                "Besondere Kategorien: Die Einwilligung bezieht sich nicht ausdrücklich auf sie.",
                "Special categories: the consent does not name them explicitly.",
            ),
            Self::EmployeeForm => Text::new(
                "Die Einwilligung des Beschäftigten ist weder schriftlich noch elektronisch \
                 erteilt.",
                "The employee's consent was given neither in writing nor electronically.",
            ),
            Self::NoParentalConsent => Text::new(
                "Das Kind ist unter der Altersgrenze (in Deutschland 16); die Einwilligung der \
                 Eltern fehlt.",
                "The child is below the age limit (16 in Germany); the parents' consent is \
                 missing.",
            ),
        }
    }

    /// The next lawful step.
    pub const fn fix(self) -> Text {
        match self {
            Self::NotActive => Text::new(
                "Neu einholen, mit einem leeren Kästchen oder einer Schaltfläche.",
                "Ask again with an empty box or a button.",
            ),
            Self::Bundled => Text::new(
                "Den Dienst auch ohne diese Einwilligung anbieten.",
                "Offer the service without this consent too.",
            ),
            Self::AdverseConsequence => Text::new(
                "Eine Alternative ohne Nachteile anbieten oder eine andere Rechtsgrundlage \
                 wählen.",
                "Offer an alternative without disadvantages, or choose another legal basis.",
            ),
            Self::NoAlternative => Text::new(
                "Eine gleichwertige Alternative anbieten, nötigenfalls gegen ein angemessenes \
                 Entgelt.",
                "Offer an equivalent alternative, if need be for an appropriate fee.",
            ),
            Self::NotGranular => Text::new(
                "Je Zweck und je Verantwortlichem eine eigene Einwilligung einholen.",
                "Ask for one separate consent per purpose and per controller.",
            ),
            Self::CompaniesUnclear => Text::new(
                "Die werbenden Unternehmen im Einwilligungstext nennen.",
                "Name the advertising companies in the consent text.",
            ),
            Self::ProductsUnclear => Text::new(
                "Die Art der beworbenen Produkte im Einwilligungstext nennen.",
                "Name the kind of products advertised in the consent text.",
            ),
            Self::NewPurpose => Text::new(
                "Vor der neuen Nutzung eine Einwilligung für diesen Zweck einholen.",
                "Ask for consent to this purpose before the new use.",
            ),
            Self::ControllerNotTold
            | Self::PurposeNotTold
            | Self::DataNotTold
            | Self::WithdrawalNotTold
            | Self::AutomatedDecisionsNotTold
            | Self::TransferRiskNotTold => Text::new(
                "Die fehlende Angabe in den Einwilligungstext aufnehmen und neu einholen.",
                "Add what is missing to the consent text and ask again.",
            ),
            Self::Misleading => Text::new(
                "Beide Möglichkeiten gleichwertig gestalten und neu einholen.",
                "Design both choices alike and ask again.",
            ),
            Self::HiddenInTerms => Text::new(
                "Die Einwilligung von den Geschäftsbedingungen trennen und neu einholen.",
                "Separate the consent from the terms and ask again.",
            ),
            Self::NoRecord => Text::new(
                "Neu einholen und Text, Zeitpunkt und Weg aufzeichnen, etwa per Double-Opt-in.",
                "Ask again and record text, time and way, for example by double opt-in.",
            ),
            Self::WithdrawalHarder => Text::new(
                "Den Widerruf jederzeit auf demselben Weg ermöglichen, etwa online.",
                "Allow withdrawal at any time in the same way, for example online withdrawal.",
            ),
            Self::DetrimentAfterWithdrawal => Text::new(
                "Die Grundleistung nach dem Widerruf unverändert lassen.",
                "Leave the basic service unchanged after withdrawal.",
            ),
            Self::NotExplicit => Text::new(
                "Eine ausdrückliche Einwilligung einholen, die diese Daten nennt.",
                "Ask for an explicit consent that names these data.",
            ),
            Self::EmployeeForm => Text::new(
                "Schriftlich oder elektronisch einholen und über Zweck und Widerruf aufklären.",
                "Ask in writing or electronically and explain purpose and withdrawal.",
            ),
            Self::NoParentalConsent => Text::new(
                "Die Einwilligung der Eltern einholen und mit angemessenen Anstrengungen prüfen.",
                "Ask for and verify parental consent with reasonable efforts.",
            ),
        }
    }

    /// The provisions and decisions, the leading one first.
    pub const fn citations(self) -> &'static [Citation] {
        match self {
            Self::NotActive => UNAMBIGUOUS,
            Self::Bundled => {
                const {
                    &[
                        Citation::new("GDPR Art. 7(4)"),
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR recital 43"),
                    ]
                }
            }
            Self::AdverseConsequence => {
                const {
                    &[
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR recital 42"),
                        Citation::new("GDPR recital 43"),
                    ]
                }
            }
            Self::NoAlternative => {
                const {
                    &[
                        Citation::new("GDPR Art. 7(4)"),
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("CJEU C-252/21"),
                    ]
                }
            }
            Self::NotGranular => {
                const {
                    &[
                        Citation::new("GDPR recital 43"),
                        Citation::new("GDPR Art. 6(1)(a)"),
                        Citation::new("GDPR Art. 4(11)"),
                    ]
                }
            }
            Self::CompaniesUnclear | Self::ProductsUnclear => SPECIFIC,
            Self::NewPurpose => {
                const {
                    &[
                        Citation::new("GDPR Art. 6(1)(a)"),
                        Citation::new("GDPR Art. 5(1)(b)"),
                        Citation::new("GDPR Art. 4(11)"),
                    ]
                }
            }
            Self::ControllerNotTold | Self::PurposeNotTold | Self::DataNotTold => INFORMED,
            Self::WithdrawalNotTold => {
                const {
                    &[
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR Art. 7(3)"),
                    ]
                }
            }
            Self::AutomatedDecisionsNotTold => {
                const {
                    &[
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR Art. 22(2)(c)"),
                    ]
                }
            }
            Self::TransferRiskNotTold => {
                const {
                    &[
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR Art. 49(1)(a)"),
                    ]
                }
            }
            Self::Misleading => {
                const {
                    &[
                        Citation::new("GDPR Art. 4(11)"),
                        Citation::new("GDPR Art. 5(1)(a)"),
                    ]
                }
            }
            Self::HiddenInTerms => const { &[Citation::new("GDPR Art. 7(2)")] },
            Self::NoRecord => const { &[Citation::new("GDPR Art. 7(1)")] },
            Self::WithdrawalHarder => const { &[Citation::new("GDPR Art. 7(3)")] },
            Self::DetrimentAfterWithdrawal => {
                const {
                    &[
                        Citation::new("GDPR recital 42"),
                        Citation::new("GDPR Art. 4(11)"),
                    ]
                }
            }
            Self::NotExplicit => const { &[Citation::new("GDPR Art. 9(2)(a)")] },
            Self::EmployeeForm => const { &[Citation::new("BDSG § 26(2)")] },
            Self::NoParentalConsent => const { &[Citation::new("GDPR Art. 8(1)")] },
        }
    }
}
