//! Whether a request may be refused, charged or met by less than was asked.

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::{TopicError, needed};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art12::{self, Objectionable};
use crate::{Citation, Text};

/// What a data subject can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Request {
    /// Art. 15, without a copy of the data.
    Access,
    /// The first copy under Art. 15(3).
    FirstCopy,
    /// A further copy of the same data.
    FurtherCopy,
    /// Art. 16.
    Rectification,
    /// Art. 17.
    Erasure,
    /// Art. 18.
    Restriction,
    /// Art. 20.
    Portability,
    /// Art. 21(1), to be weighed.
    Objection,
    /// Art. 21(2), to direct marketing.
    ObjectionToMarketing,
    /// Art. 7(3).
    WithdrawalOfConsent,
    /// Art. 22(3), review of an automated decision.
    AutomatedDecision,
}

/// What the organisation means to do with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Decision {
    /// Do what is asked.
    Grant,
    /// Refuse, wholly or in part.
    Refuse,
    /// Do it against a fee.
    Charge,
    /// Refuse or do it against a fee.
    RefuseOrCharge,
    /// Name categories of recipients instead of the recipients themselves.
    NameCategoriesOfRecipientsOnly,
    /// Give a summary instead of a copy of the data.
    SummaryInsteadOfCopy,
    /// Ask for proof of identity first.
    AskForIdentity,
}

/// A reason for refusing or charging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ground {
    /// The data must be kept by law (Art. 17(3)(b)).
    StatutoryRetention,
    /// The data are needed for legal claims (Art. 17(3)(e)).
    LegalClaims,
    /// Rights of others, trade secrets among them (Art. 15(4)).
    RightsOfOthers,
    /// Manifestly unfounded, and the organisation can show it (Art. 12(5)).
    ManifestlyUnfounded,
    /// Excessive, in particular repetitive, and the organisation can show it (Art. 12(5)).
    Excessive,
    /// The person can't be identified, and the organisation can show it (Art. 12(2)); or a
    /// recipient is not known yet.
    NotIdentifiable,
    /// The person gives no reasons, or has an aim outside data protection.
    PurposeOutsideDataProtection,
    /// A national rule or a price list puts the cost on the person.
    NationalCostRule,
    /// The effort.
    Effort,
    /// Another reason.
    Other,
}

const ARTICLE_12_2: Citation = Citation::new("GDPR Art. 12(2)");
const ARTICLE_15_1C: Citation = Citation::new("GDPR Art. 15(1)(c)");
const ARTICLE_15_3: Citation = Citation::new("GDPR Art. 15(3)");
const ARTICLE_15_4: Citation = Citation::new("GDPR Art. 15(4)");
const ARTICLE_17_3B: Citation = Citation::new("GDPR Art. 17(3)(b)");
const ARTICLE_17_3E: Citation = Citation::new("GDPR Art. 17(3)(e)");
const FIRST_COPY: Citation = Citation::new("CJEU C-307/22");
const ACTUAL_RECIPIENTS: Citation = Citation::new("CJEU C-154/21");
const FAITHFUL_COPY: Citation = Citation::new("CJEU C-487/21");

/// What a ground allows.
pub(super) struct Allowed {
    /// Whether a fee may be charged.
    pub(super) charge: bool,
    /// Whether the request may be refused; `None` if no ground was given or a person has to
    /// look at it.
    pub(super) refuse: Option<bool>,
    objectionable: Objectionable,
    about_a_copy: bool,
    reason: Option<(Citation, Text)>,
}

/// What `ground` allows for `request`.
pub(super) fn allowed(request: Option<Request>, ground: Option<Ground>) -> Allowed {
    let objectionable = match ground {
        Some(Ground::ManifestlyUnfounded | Ground::Excessive) => {
            Objectionable::UnfoundedOrExcessive
        }
        _ if request == Some(Request::FurtherCopy) => Objectionable::FurtherCopy,
        _ => Objectionable::No,
    };
    let erasure = request.is_none_or(|request| request == Request::Erasure);
    let judged = ground.and_then(|ground| ground.judge(erasure));
    Allowed {
        charge: art12::may_charge(objectionable),
        refuse: judged.map(|(may, ..)| may),
        objectionable,
        about_a_copy: matches!(request, Some(Request::FirstCopy | Request::FurtherCopy)),
        reason: judged.map(|(_, citation, reason)| (citation, reason)),
    }
}

impl Decision {
    /// Whether Art. 12(4) applies.
    pub(super) const fn is_refusal(self) -> bool {
        matches!(self, Self::Refuse | Self::RefuseOrCharge)
    }

    /// The verdict on the decision, if the law decides it, and why.
    pub(super) fn judge(
        self,
        allowed: &Allowed,
        reasonable_doubt: Option<bool>,
        finding: Finding,
    ) -> Result<(Option<Verdict>, Finding), TopicError> {
        let yes_or_no = |yes: bool| if yes { Verdict::Allow } else { Verdict::Deny };
        let refusal = allowed.refuse.map(|may| {
            if may {
                Verdict::Conditional
            } else {
                Verdict::Deny
            }
        });
        let mut finding = finding;
        if let Some((citation, reason)) = allowed.reason {
            finding = finding.citing(&[citation]).because(&[reason]);
        }
        if allowed.about_a_copy {
            finding = finding.citing(&[art12::PARAGRAPH_5, ARTICLE_15_3, FIRST_COPY]);
        }
        Ok(match self {
            Self::Grant => (None, finding),
            Self::Charge => (
                Some(yes_or_no(allowed.charge)),
                finding.citing(&[art12::PARAGRAPH_5]),
            ),
            Self::RefuseOrCharge if allowed.charge => (Some(Verdict::Allow), finding),
            Self::Refuse | Self::RefuseOrCharge => (refusal, finding),
            Self::NameCategoriesOfRecipientsOnly => (
                Some(yes_or_no(
                    allowed.refuse == Some(true)
                        && matches!(allowed.objectionable, Objectionable::UnfoundedOrExcessive)
                        || allowed.reason.is_some_and(|(citation, _)| citation == ARTICLE_12_2),
                )),
                finding.citing(&[ARTICLE_15_1C, ACTUAL_RECIPIENTS]).because(&[Text::new(
                    "Die tatsächlichen Empfänger sind zu nennen, außer sie sind nicht bekannt oder der Antrag ist exzessiv.",
                    "The actual recipients are named, unless they are not known or the request is excessive.",
                )]),
            ),
            Self::SummaryInsteadOfCopy => (
                Some(Verdict::Deny),
                finding.citing(&[ARTICLE_15_3, FAITHFUL_COPY]).because(&[Text::new(
                    "Die Kopie muss die Daten originalgetreu und verständlich wiedergeben.",
                    "The copy has to reproduce the data faithfully and intelligibly.",
                )]),
            ),
            Self::AskForIdentity => {
                let doubt = needed(
                    reasonable_doubt,
                    "reasonable_doubt",
                    "proof of identity may be asked for only in reasonable doubt",
                )?;
                let reason = Text::new(
                    "Ein Nachweis der Identität darf nur bei begründeten Zweifeln und nur im nötigen Umfang verlangt werden.",
                    "Proof of identity may be asked for only in reasonable doubt and no more than needed.",
                );
                (
                    Some(yes_or_no(doubt)),
                    finding.citing(&[art12::PARAGRAPH_6]).because(&[reason]),
                )
            }
        })
    }
}

impl Ground {
    /// Whether the ground carries a refusal, with provision and reason; `None` if a person has
    /// to look at it.
    const fn judge(self, erasure: bool) -> Option<(bool, Citation, Text)> {
        Some(match self {
            Self::ManifestlyUnfounded | Self::Excessive => (
                art12::may_refuse(Objectionable::UnfoundedOrExcessive),
                art12::PARAGRAPH_5,
                Text::new(
                    "Offenkundig unbegründete oder exzessive Anträge dürfen abgelehnt werden; der Verantwortliche trägt den Nachweis.",
                    "Manifestly unfounded or excessive requests may be refused; the controller has to show it.",
                ),
            ),
            Self::NotIdentifiable => (
                true,
                ARTICLE_12_2,
                Text::new(
                    "Wer nachweislich nicht identifiziert werden kann, dessen Antrag darf abgelehnt werden, bis er mehr angibt.",
                    "A person who demonstrably can't be identified may be refused until more is given.",
                ),
            ),
            Self::StatutoryRetention => (
                erasure,
                ARTICLE_17_3B,
                Text::new(
                    "Eine gesetzliche Aufbewahrungspflicht geht nur der Löschung vor; die Daten werden eingeschränkt.",
                    "A statutory duty to keep prevails over erasure only; the data are restricted.",
                ),
            ),
            Self::LegalClaims => (
                erasure,
                ARTICLE_17_3E,
                Text::new(
                    "Rechtsansprüche gehen nur der Löschung vor, soweit die Daten dafür nötig sind.",
                    "Legal claims prevail over erasure only, as far as the data are needed for them.",
                ),
            ),
            Self::RightsOfOthers => (
                false,
                ARTICLE_15_4,
                Text::new(
                    "Rechte anderer erlauben Schwärzungen, keine Ablehnung der ganzen Auskunft.",
                    "Rights of others allow redactions, not a refusal of the whole access.",
                ),
            ),
            Self::PurposeOutsideDataProtection | Self::NationalCostRule | Self::Effort => (
                false,
                art12::PARAGRAPH_5,
                Text::new(
                    "Die erste Kopie ist unentgeltlich und ohne Begründung zu geben, auch für Ziele außerhalb des Datenschutzes.",
                    "The first copy is free and needs no reasons, even for aims outside data protection (non-data-protection aims).",
                ),
            ),
            Self::Other => return None,
        })
    }
}
