//! Automated decisions and scores: GDPR Art. 22.

use super::{Facts, Processing, Values};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art22::{self, Decision, Outcome};
use crate::topic::{TopicError, needed};
use crate::{Citation, LegalBasis, Text};

const OBJECTION: Citation = Citation::new("GDPR Art. 21(2)");
const STOP: Citation = Citation::new("GDPR Art. 21(3)");
const LOGIC: Citation = Citation::new("GDPR Art. 13(2)(f)");

const INFORM: Text = Text::new("Über das Profiling informieren.", "Inform about profiling.");
const HONOUR: Text = Text::new(
    "Den Widerspruch nach Art. 21 Abs. 2 beachten.",
    "Honour Art. 21(2) objection.",
);

pub(super) fn answer(facts: &Facts, values: &mut Values) -> Result<Finding, TopicError> {
    if facts.objection && facts.processing == Processing::LeadScoring {
        return Ok(Finding::new(
            Text::new(
                "Der Widerspruch gegen Direktwerbung samt Profiling wirkt absolut, ohne Abwägung.",
                "The objection to direct marketing incl. related profiling is absolute, no balancing.",
            ),
            &[OBJECTION, STOP],
        )
        .verdict(Verdict::Deny));
    }
    // Ordering a list is no decision about a person, unless facts say so.
    let ordering = facts.processing == Processing::LeadScoring;
    let outcome = art22::outcome(Decision {
        solely_automated: facts.solely_automated.or(ordering.then_some(false)),
        score_decides: facts.score_decides_in_practice,
        significant: facts.legal_or_similar_effect,
        exception: facts.exception,
        safeguards: facts.safeguards,
        special: facts.special_categories,
    });
    let applies = match outcome {
        Outcome::Open if facts.legal_or_similar_effect.is_none() => needed(
            None,
            "legal_or_similar_effect",
            "Art. 22 applies only to decisions with legal or similarly significant effect",
        )?,
        Outcome::Open => needed(
            None,
            "solely_automated",
            "Art. 22 applies only where no person decides, or a score decides in practice",
        )?,
        outcome => outcome != Outcome::DoesNotApply,
    };
    values.answer = Some(applies);
    values.art22_applies = Some(applies);
    let finding = by_outcome(outcome);
    Ok(if facts.score_decides_in_practice == Some(true) {
        finding.citing(&[art22::SCORE])
    } else {
        finding
    })
}

fn by_outcome(outcome: Outcome) -> Finding {
    let applying = |text, verdict| {
        Finding::new(
            text,
            &[
                art22::RIGHT,
                art22::EXCEPTIONS,
                art22::SAFEGUARDS,
                art22::SPECIAL,
            ],
        )
        .citing(&[LOGIC])
        .verdict(verdict)
    };
    match outcome {
        Outcome::DoesNotApply | Outcome::Open => Finding::new(
            Text::new(
                "Keine Entscheidung mit rechtlicher oder ähnlich erheblicher Wirkung, die eine Maschine allein trifft; nötig sind eine Rechtsgrundlage nach Art. 6 und Information.",
                "No decision with legal or similarly significant effect by machine alone; it needs an Art. 6 basis and notice.",
            ),
            &[art22::RIGHT, LegalBasis::LegitimateInterests.citation(), OBJECTION],
        )
        .obliging(&[INFORM, HONOUR])
        .to_be_checked(),
        Outcome::Forbidden => applying(
            Text::new(
                "Art. 22 gilt, und keine Ausnahme mit Garantien trägt die Entscheidung.",
                "Art. 22 applies, and no exception with safeguards carries the decision.",
            ),
            Verdict::Deny,
        )
        .obliging(&[Text::new(
            "Einen Menschen entscheiden lassen, oder eine ausdrückliche Einwilligung mit Garantien einholen.",
            "Let a person decide, or obtain explicit consent with safeguards.",
        )]),
        Outcome::WithSafeguards => applying(
            Text::new(
                "Art. 22 gilt; die Ausnahme trägt nur mit Garantien.",
                "Art. 22 applies; the exception carries it with safeguards only.",
            ),
            Verdict::Conditional,
        )
        .obliging(&[
            Text::new(
                "Eingreifen einer Person, eigenen Standpunkt und Anfechtung ermöglichen.",
                "Offer human intervention, own view and contest.",
            ),
            INFORM,
        ]),
        Outcome::Permitted => applying(
            Text::new(
                "Art. 22 gilt; Ausnahme und Garantien sind gegeben.",
                "Art. 22 applies; exception and safeguards are there.",
            ),
            Verdict::Allow,
        )
        .obliging(&[INFORM]),
    }
}
