//! Sharing, platform advertising and necessity: what GDPR Art. 6(1)(b) and (f) carry.

use super::{Facts, Processing, Values};
use crate::finding::{Finding, Verdict};
use crate::topic::{TopicError, needed};
use crate::uwg::double_opt_in::prohibition;
use crate::{Citation, Lang, LegalBasis, Text};

const MINIMISATION: Citation = Citation::new("GDPR Art. 5(1)(c)");
const STORAGE_LIMIT: Citation = Citation::new("GDPR Art. 5(1)(e)");
const SPECIAL: Citation = Citation::new("GDPR Art. 9(1)");
const EXPLICIT: Citation = Citation::new("GDPR Art. 9(2)(a)");
const ERASURE: Citation = Citation::new("GDPR Art. 17(1)(d)");
const OBJECTION: Citation = Citation::new("GDPR Art. 21(2)");
const STOP: Citation = Citation::new("GDPR Art. 21(3)");

const CONSENT: Citation = LegalBasis::Consent.citation();
const CONTRACT: Citation = LegalBasis::Contract.citation();
const INTEREST: Citation = LegalBasis::LegitimateInterests.citation();

pub(super) fn answer(
    facts: &Facts,
    values: &mut Values,
    lang: Lang,
) -> Result<Finding, TopicError> {
    if facts.objection {
        return Ok(Finding::new(
            Text::new(
                "Der Widerspruch gegen Direktwerbung samt Profiling wirkt absolut, ohne Abwägung.",
                "The objection to direct marketing incl. related profiling is absolute, no balancing.",
            ),
            &[OBJECTION, STOP],
        )
        .verdict(Verdict::Deny));
    }
    match facts.processing {
        Processing::Sharing => Ok(sharing(facts, values, lang)),
        Processing::MandatoryField => mandatory_field(facts),
        Processing::PlatformAdvertising => Ok(platform(facts, values, lang)),
        Processing::UnlimitedAggregation => Ok(aggregation()),
        Processing::CreditRegisterCopy => Ok(register_copy()),
        Processing::InferredSpecialCategories => Ok(inferred(facts)),
        Processing::AutomatedDecision | Processing::LeadScoring => {
            super::decision::answer(facts, values)
        }
    }
}

/// CJEU C-621/22; EDPB Guidelines 05/2020, example 7.
fn sharing(facts: &Facts, values: &mut Values, lang: Lang) -> Finding {
    let channel_law = facts.channel.and_then(prohibition);
    if facts.consent == Some(true) && facts.consent_names_partner == Some(true) {
        return Finding::new(
            Text::new(
                "Die Einwilligung nennt den Empfänger.",
                "The consent names the recipient.",
            ),
            &[CONSENT],
        )
        .citing(channel_law.as_slice())
        .verdict(Verdict::Allow);
    }
    // A consent that does not name the partner, or a channel that needs one, leaves no way.
    if facts.consent_names_partner == Some(false) || channel_law.is_some() {
        return Finding::new(
            Text::new(
                "Die Einwilligung muss den Partner nennen, der sie nutzt.",
                "Consent must name the partner who will use it.",
            ),
            &[CONSENT],
        )
        .citing(channel_law.as_slice())
        .citing(&[Citation::new("EDPB Guidelines 05/2020")])
        .verdict(Verdict::Deny)
        .obliging(&[Text::new(
            "Eine eigene Einwilligung einholen, die den Empfänger nennt.",
            "Obtain a separate consent that names the recipient.",
        )]);
    }
    values.commercial_interest_can_qualify = Some(true);
    values.less_intrusive_means = (facts.asked_before != Some(true))
        .then(|| Text::new("die Mitglieder vorher fragen", "ask members in advance").get(lang));
    let finding = Finding::new(
        Text::new(
            "Ein rein wirtschaftliches Interesse kann berechtigt sein; es kommt auf strenge Erforderlichkeit und die vernünftigen Erwartungen an.",
            "A purely commercial interest can qualify, but strict necessity and reasonable expectations decide.",
        ),
        &[INTEREST, Citation::new("CJEU C-621/22")],
    )
    .obliging(&[Text::new(
        "Die Abwägung dokumentieren und vorher informieren.",
        "Document the weighing and inform beforehand.",
    )])
    .to_be_checked();
    if facts.reasonably_expected == Some(false) && facts.recipient_may_harm {
        return finding.verdict(Verdict::Deny).because(&[Text::new(
            "Die Personen mussten nicht damit rechnen, und der Empfänger kann ihnen schaden.",
            "The persons could not expect it, and the recipient may harm them.",
        )]);
    }
    finding.verdict(Verdict::Conditional)
}

/// CJEU C-394/23.
fn mandatory_field(facts: &Facts) -> Result<Finding, TopicError> {
    let necessary = needed(
        facts.necessary_for_contract,
        "necessary_for_contract",
        "a field may be mandatory only if the data are needed",
    )?;
    if necessary {
        return Ok(Finding::new(
            Text::new("Für den Vertrag erforderlich.", "Needed for the contract."),
            &[CONTRACT, MINIMISATION],
        )
        .verdict(Verdict::Allow));
    }
    let finding = Finding::new(
        Text::new(
            "Für den Vertrag nicht erforderlich.",
            "Not necessary for the contract.",
        ),
        &[
            MINIMISATION,
            CONTRACT,
            INTEREST,
            Citation::new("CJEU C-394/23"),
        ],
    );
    Ok(if facts.less_intrusive_way == Some(false) {
        finding.verdict(Verdict::Conditional).obliging(&[Text::new(
            "Die Abwägung nach Art. 6 Abs. 1 lit. f dokumentieren.",
            "Document the weighing under Art. 6(1)(f).",
        )])
    } else {
        finding
            .verdict(Verdict::Deny)
            .because(&[Text::new(
                "Das berechtigte Interesse scheitert an der Erforderlichkeit: Es geht auch ohne.",
                "Legitimate interest fails on necessity: it can be done without.",
            )])
            .obliging(&[Text::new(
                "Das Feld freiwillig machen oder weglassen.",
                "Make the field voluntary or leave it out.",
            )])
    })
}

/// CJEU C-252/21.
fn platform(facts: &Facts, values: &mut Values, lang: Lang) -> Finding {
    values.dominance_excludes_consent = Some(false);
    values.note_on_consent = Some(
        Text::new(
            "Eine marktbeherrschende Stellung ist ein wichtiger Umstand; nötig sind eine getrennte Einwilligung für Daten von außerhalb der Plattform und eine gleichwertige Alternative, nötigenfalls gegen ein angemessenes Entgelt",
            "dominance is an important factor; separate consent for off-platform data and an equivalent alternative, if need be for an appropriate fee",
        )
        .get(lang),
    );
    let cited = [CONTRACT, INTEREST, CONSENT, Citation::new("CJEU C-252/21")];
    let claims_consent = facts.legal_basis_claimed.contains(&LegalBasis::Consent);
    if facts.consent == Some(true) && (claims_consent || facts.legal_basis_claimed.is_empty()) {
        let finding = Finding::new(
            Text::new(
                "Die Einwilligung trägt die Verarbeitung, wenn sie wirksam ist.",
                "Consent carries the processing if it is valid.",
            ),
            &cited,
        )
        .verdict(Verdict::Conditional);
        return if facts.dominant_controller {
            finding.to_be_checked()
        } else {
            finding
        };
    }
    Finding::new(
        Text::new(
            "Weder Vertrag noch berechtigtes Interesse tragen personalisierte Werbung; nötig ist eine Einwilligung.",
            "Neither Art. 6(1)(b) nor (f) carries personalised ads without consent.",
        ),
        &cited,
    )
    .verdict(Verdict::Deny)
    .obliging(&[Text::new(
        "Eine wirksame Einwilligung einholen.",
        "Obtain valid consent.",
    )])
}

/// CJEU C-446/21.
fn aggregation() -> Finding {
    Finding::new(
        Text::new(
            "Daten dürfen nicht ohne Grenze nach Zeit und Art für Werbung zusammengeführt werden, auch nicht mit Einwilligung.",
            "Data may not be aggregated for advertising without limit of time and kind, even with consent.",
        ),
        &[MINIMISATION, Citation::new("CJEU C-446/21")],
    )
    .verdict(Verdict::Deny)
    .obliging(&[Text::new(
        "Zeitraum und Arten der Daten begrenzen.",
        "Limit the period and the kinds of data.",
    )])
}

/// CJEU C-26/22 and C-64/22.
fn register_copy() -> Finding {
    Finding::new(
        Text::new(
            "Auskunfteien dürfen Daten nicht länger speichern als das öffentliche Register.",
            "A credit agency may not keep data longer than the public register.",
        ),
        &[
            INTEREST,
            STORAGE_LIMIT,
            ERASURE,
            Citation::new("CJEU C-26/22"),
        ],
    )
    .verdict(Verdict::Deny)
    .obliging(&[Text::new("Die Daten löschen.", "Erase the data.")])
}

fn inferred(facts: &Facts) -> Finding {
    let finding = Finding::new(
        Text::new(
            "Abgeleitete besondere Kategorien sind besondere Kategorien.",
            "Inferred special categories are special categories.",
        ),
        &[SPECIAL, EXPLICIT],
    );
    if facts.explicit_consent == Some(true) {
        finding.verdict(Verdict::Allow)
    } else {
        finding.verdict(Verdict::Deny).obliging(&[Text::new(
            "Eine ausdrückliche Einwilligung einholen oder darauf verzichten.",
            "Obtain explicit consent, or do without.",
        )])
    }
}
