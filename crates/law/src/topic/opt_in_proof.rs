//! What a double opt-in proves, and whether its confirmation mail is lawful.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Day, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art07;
use crate::uwg::double_opt_in::{Kept, Log, Proof, prohibition, proves};
use crate::{Channel, Citation, Country, Lang, LegalBasis, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "opt-in-proof",
    about: Text::new(
        "Double-Opt-in: was das Protokoll für welchen Kanal beweist, was fehlt",
        "Double opt-in: what the log proves for which channel, what is missing",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// A sign-up whose consent is to be proven, or its confirmation mail.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Facts {
    /// The channel over which one wants to advertise, or over which the confirmation goes.
    channel: Option<Channel>,
    /// The country of the person; the rules here are German.
    country: Option<Country>,
    /// What the log holds.
    log: LogFacts,
    /// Whether consent can be proven at all. Set it if no log is at hand.
    consent_proof: Option<bool>,
    /// Without proof, the processing is to rest on legitimate interests.
    legitimate_interest_claimed: bool,
    /// Whether the confirmation mail contains advertising. Given, the question is whether that
    /// mail is lawful.
    confirmation_mail_has_advertising: Option<bool>,
    /// The day of the question.
    on: Option<Day>,
}

/// The items of the log.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct LogFacts {
    /// The link of the confirmation mail was used by a person.
    #[serde(alias = "link_clicked")]
    email_double_opt_in_completed: Option<bool>,
    /// The telephone number was verified, for example by a code sent to it.
    phone_number_verified: Option<bool>,
    /// A recorded statement or a signed form for this address or number is kept.
    statement_kept: Option<bool>,
    /// The person shows that he or she did not sign up.
    rebutted: bool,
    /// The form as it looked is kept.
    form_state: Option<bool>,
    /// The consent text in its version is kept.
    text_version: Option<bool>,
    /// The time of the sign-up is kept.
    sign_up_time: Option<bool>,
    /// The IP address of the sign-up is kept.
    sign_up_ip: Option<bool>,
    /// The confirmation mail is kept.
    confirmation_mail: Option<bool>,
    /// The time of the click is kept.
    click_time: Option<bool>,
    /// The IP address of the click is kept.
    click_ip: Option<bool>,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    proven: Option<bool>,
    /// The person may show that the sign-up was not hers or his.
    #[serde(skip_serializing_if = "Option::is_none")]
    rebuttable: Option<bool>,
    /// Items of the log that are missing or not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<&'static str>>,
}

const MAIL_PROOF: Citation = Citation::new("BGH I ZR 164/09");
const NUMBER_PROOF: Citation = Citation::new("OVG Saarland 2 A 355/19");
const NO_FALLBACK: Citation = Citation::new("BVerwG 6 C 3.23");
const MAIL_LAWFUL: &[Citation] = &[
    Citation::new("OLG Düsseldorf I-15 U 64/15"),
    Citation::new("OLG Celle 13 U 15/14"),
];

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    if facts.country.is_some_and(|country| country != Country::DE) {
        return Err(TopicError::Unfit {
            fact: "country",
            why: "the rules on the proof of consent to advertising here are German; ask the gate",
        });
    }
    let channel = needed(
        facts.channel,
        "channel",
        "a log proves consent for one address or number, not for all",
    )?;
    let citation = prohibition(channel).ok_or(TopicError::Unfit {
        fact: "channel",
        why: "this channel needs no consent under UWG § 7(2); ask the gate",
    })?;
    let mut values = Values::default();
    let finding = match facts.confirmation_mail_has_advertising {
        Some(has) => confirmation_mail(has, citation),
        None => proof(facts, channel, citation, &mut values, lang),
    };
    Ok(Answer {
        values,
        finding,
        on: facts.on.map(|Day(on)| on),
    })
}

fn confirmation_mail(has_advertising: bool, prohibition: Citation) -> Finding {
    if has_advertising {
        return Finding::new(
            Text::new(
                "Die Bestätigungs-E-Mail enthält Werbung, bevor die Einwilligung bestätigt ist.",
                "The confirmation mail contains advertising before consent is confirmed.",
            ),
            &[prohibition],
        )
        .citing(MAIL_LAWFUL)
        .verdict(Verdict::Deny)
        .obliging(&[Text::new(
            "Werbung, Gutscheine und Produktbilder aus der Bestätigungs-E-Mail entfernen.",
            "Remove advertising, vouchers and product pictures from the confirmation mail.",
        )]);
    }
    Finding::new(
        Text::new(
            "Eine werbefreie Bestätigungs-E-Mail ist zulässig (anders OLG München 29 U 1682/12).",
            "A confirmation mail free of advertising is lawful (contrary: OLG München 29 U 1682/12).",
        ),
        MAIL_LAWFUL,
    )
    .citing(&[prohibition, art07::PROOF])
    .verdict(Verdict::Allow)
    .to_be_checked()
}

fn proof(
    facts: &Facts,
    channel: Channel,
    prohibition: Citation,
    values: &mut Values,
    lang: Lang,
) -> Finding {
    let log = log(facts);
    let proof = match facts.consent_proof {
        Some(true) => Proof::Proven,
        Some(false) => Proof::NotConfirmed,
        None => proves(&log, channel),
    };
    values.proven = Some(proof == Proof::Proven);
    values.rebuttable = (proof == Proof::Proven).then_some(true);
    if proof == Proof::Gaps {
        values.missing = Some(
            log.kept
                .items()
                .into_iter()
                .filter(|(_, kept)| *kept != Some(true))
                .map(|(name, _)| name.get(lang))
                .collect(),
        );
    }
    let finding = by_proof(proof, channel).citing(&[
        art07::PROOF,
        prohibition,
        LegalBasis::Consent.citation(),
    ]);
    if facts.legitimate_interest_claimed && proof != Proof::Proven {
        return finding
            .because(&[Text::new(
                "Auf berechtigte Interessen kann nicht ausgewichen werden, wo § 7 UWG die Ansprache verbietet.",
                "There is no legitimate interest in processing that breaches § 7 UWG.",
            )])
            .citing(&[
                LegalBasis::LegitimateInterests.citation(),
                NUMBER_PROOF,
                NO_FALLBACK,
            ]);
    }
    finding
}

fn by_proof(proof: Proof, channel: Channel) -> Finding {
    match proof {
        Proof::Proven => Finding::new(
            Text::new(
                "Die Einwilligung ist für diese Adresse oder Nummer nachgewiesen; die Person kann das widerlegen.",
                "Consent is proven for this address or number; the person may rebut.",
            ),
            &[if channel == Channel::Email { MAIL_PROOF } else { NUMBER_PROOF }],
        )
        .verdict(Verdict::Allow),
        Proof::Gaps => Finding::new(
            Text::new(
                "Die Schritte sind gegangen, aber das Protokoll ist nicht vollständig.",
                "The steps were taken, but the log is not complete.",
            ),
            &[art07::PROOF],
        )
        .verdict(Verdict::Conditional)
        .obliging(&[Text::new(
            "Die fehlenden Angaben beibringen oder die Einwilligung neu einholen.",
            "Supply what is missing, or ask for consent again.",
        )])
        .to_be_checked(),
        Proof::Rebutted => Finding::new(
            Text::new(
                "Die Person hat widerlegt, dass sie sich angemeldet hat.",
                "The person has rebutted having signed up.",
            ),
            &[MAIL_PROOF],
        )
        .verdict(Verdict::Deny),
        Proof::NotConfirmed => Finding::new(
            Text::new(
                "Ohne bestätigte Anmeldung ist keine Einwilligung nachgewiesen.",
                "Without a confirmed sign-up no consent is proven.",
            ),
            &[art07::PROOF],
        )
        .verdict(Verdict::Deny),
        Proof::OtherAddress => Finding::new(
            Text::new(
                "Das E-Mail-Double-Opt-in beweist nicht, dass E-Mail-Adresse und Nummer zusammengehören.",
                "The e-mail double opt-in is no proof that the e-mail address and the number belong together.",
            ),
            &[MAIL_PROOF, NUMBER_PROOF],
        )
        .verdict(Verdict::Deny)
        .obliging(&[Text::new(
            "Die Nummer selbst bestätigen lassen, etwa mit einem Code per SMS.",
            "Have the number itself confirmed, for example by a code sent to it.",
        )]),
    }
}

fn log(facts: &Facts) -> Log {
    let log = &facts.log;
    Log {
        link_clicked: log.email_double_opt_in_completed,
        number_verified: log.phone_number_verified,
        statement_kept: log.statement_kept,
        rebutted: log.rebutted,
        kept: Kept {
            form: log.form_state,
            text: log.text_version,
            sign_up_time: log.sign_up_time,
            sign_up_ip: log.sign_up_ip,
            mail: log.confirmation_mail,
            click_time: log.click_time,
            click_ip: log.click_ip,
        },
    }
}
