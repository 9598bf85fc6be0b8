//! By when a request of a data subject is answered, and whether it may be refused or charged.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod decision;

use decision::{Decision, Ground, Request};

use super::{Answer, Day, Topic, TopicError, answer_as_json, calendar, needed, schema_of};
use crate::finding::{Finding, Verdict};
use crate::gdpr::art12;
use crate::holidays::Calendar;
use crate::regulation_1182_71::{ARTICLE_3, ARTICLE_3_4, same_day_after_months};
use crate::{Citation, Country, Land, Lang, Text};

pub(super) const TOPIC: Topic = Topic {
    name: "deadline",
    about: Text::new(
        "Frist für die Antwort auf eine Betroffenenanfrage, Ablehnung und Kosten",
        "Deadline for answering a data subject's request, refusal and charges",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// A request of a data subject under GDPR Art. 15 to 22.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    /// The day on which the request arrived, at whatever address of the organisation.
    request_received: Option<Day>,
    /// The country where the answer is due; its public holidays count.
    country: Option<Country>,
    /// The German Land, for its own holidays. Without it only nationwide holidays move a date.
    land: Option<Land>,
    /// What the person asks for.
    request: Option<Request>,
    /// What the organisation means to do. Without it, the date of the answer is given.
    decision: Option<Decision>,
    /// Why it would refuse or charge.
    ground: Option<Ground>,
    /// There is reasonable doubt about who the person is (for asking for proof of identity).
    reasonable_doubt: Option<bool>,
    /// The organisation wants two further months because of complexity or number (Art. 12(3)).
    #[serde(default)]
    extended: bool,
    /// The day on which the person was told of the extension.
    extension_told_on: Option<Day>,
    /// Whether the person was told the reasons for the extension.
    extension_reasons_given: Option<bool>,
    /// The day on which proof of identity was asked for, because of reasonable doubt.
    identity_proof_asked: Option<Day>,
    /// The day on which the proof came.
    identity_proven: Option<Day>,
    /// The day on which the answer went out, to learn whether it was in time.
    answered_on: Option<Day>,
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    /// The last day for the answer or the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Day>,
    /// The last day for telling the person about an extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension_notice_by: Option<Day>,
    /// The last day that an extension could reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_with_extension: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_time: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    may_refuse: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    may_charge: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    must_include: Vec<&'static str>,
}

const ARTICLE_7_3: Citation = Citation::new("GDPR Art. 7(3)");
const ARTICLE_21_3: Citation = Citation::new("GDPR Art. 21(3)");
const GUIDELINES_ACCESS: Citation = Citation::new("EDPB Guidelines 01/2022");

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let mut finding = match facts.request_received {
        Some(Day(received)) => dates(facts, received, &mut values)?,
        None if facts.request.is_some() || facts.decision.is_some() => Finding::new(
            Text::new(
                "Betroffenenrechte sind unentgeltlich und ohne Begründung zu erfüllen.",
                "The rights of data subjects are met free of charge and without asking why.",
            ),
            &[art12::PARAGRAPH_5],
        ),
        None => needed(None, "request_received", "the period runs from receipt")?,
    };
    finding = decided(facts, finding, &mut values, lang)?;
    finding = stopping_at_once(facts, finding);
    Ok(Answer {
        values,
        finding,
        on: facts.request_received.map(|Day(received)| received),
    })
}

fn dates(facts: &Facts, received: Date, values: &mut Values) -> Result<Finding, TopicError> {
    let country = needed(
        facts.country,
        "country",
        "public holidays at the place of the answer move the date",
    )?;
    let calendar = calendar(country, facts.land)?;
    let first = art12::due(received, calendar);
    values.extension_notice_by = Some(Day(first));
    values.latest_with_extension = Some(Day(art12::due_when_extended(received, calendar)));

    let extension_is_valid = extension_is_valid(facts, first);
    let months = if extension_is_valid { 3 } else { 1 };
    let due = last_day(facts, received, months, calendar)?;
    values.date = Some(Day(due));

    let mut finding = period_finding(facts, extension_is_valid);
    if months == 1 && due != same_day_after_months(received, 1) {
        finding = finding.citing(&[ARTICLE_3_4]).because(&[Text::new(
            "Ein Wochenende, ein Feiertag oder ein kürzerer Monat verschiebt das Ende.",
            "A weekend, a public holiday or a shorter month moves the end.",
        )]);
    }
    if facts.identity_proof_asked.is_some() {
        finding = finding
            .citing(&[art12::PARAGRAPH_6, GUIDELINES_ACCESS])
            .because(&[Text::new(
                "Solange der Nachweis der Identität aussteht, ruht die Frist, wenn er unverzüglich verlangt wurde.",
                "The period rests while proof of identity is outstanding, if it was asked for without delay.",
            )])
            .to_be_checked();
    }
    if !calendar.is_sure() {
        finding = finding.to_be_checked().because(&[Text::new(
            "Die Feiertage dieses Landes sind hier nicht vollständig bekannt.",
            "The public holidays of this country are not fully known here.",
        )]);
    }
    if let Some(Day(answered)) = facts.answered_on {
        if answered < received {
            return Err(TopicError::Unfit {
                fact: "answered_on",
                why: "lies before `request_received`",
            });
        }
        values.in_time = Some(answered <= due);
        finding = finding.verdict(if answered <= due {
            Verdict::Allow
        } else {
            Verdict::Deny
        });
    }
    Ok(finding)
}

fn last_day(
    facts: &Facts,
    received: Date,
    months: i8,
    calendar: Calendar,
) -> Result<Date, TopicError> {
    match (facts.identity_proof_asked, facts.identity_proven) {
        (Some(asked), _) if asked.0 < received => Err(TopicError::Unfit {
            fact: "identity_proof_asked",
            why: "lies before `request_received`",
        }),
        (Some(asked), Some(proven)) if proven < asked => Err(TopicError::Unfit {
            fact: "identity_proven",
            why: "lies before `identity_proof_asked`",
        }),
        (Some(Day(asked)), Some(Day(proven))) => Ok(art12::due_after_identity_check(
            received, asked, proven, months, calendar,
        )),
        (None, Some(_)) => needed(
            None,
            "identity_proof_asked",
            "the period rests from the day the proof was asked for",
        ),
        _ if months == 3 => Ok(art12::due_when_extended(received, calendar)),
        _ => Ok(art12::due(received, calendar)),
    }
}

/// An extension counts only if the person is told within the first month, with reasons. Before
/// it is told, it is taken as one that will be.
fn extension_is_valid(facts: &Facts, first: Date) -> bool {
    facts.extended
        && facts.extension_reasons_given != Some(false)
        && facts
            .extension_told_on
            .is_none_or(|Day(told)| told <= first)
}

fn period_finding(facts: &Facts, extension_is_valid: bool) -> Finding {
    if extension_is_valid {
        return Finding::new(
            Text::new(
                "Verlängert um zwei Monate: drei Monate ab Eingang.",
                "Extended by two months: three months from receipt.",
            ),
            &[art12::PARAGRAPH_3, ARTICLE_3],
        )
        .obliging(&[Text::new(
            "Die Person innerhalb des ersten Monats über die Verlängerung und die Gründe unterrichten.",
            "Tell the person about the extension and the reasons within the first month.",
        )]);
    }
    let one_month = Finding::new(
        Text::new(
            "Unverzüglich, spätestens einen Monat nach Eingang.",
            "Without undue delay, one month from receipt at the latest.",
        ),
        &[art12::PARAGRAPH_3, ARTICLE_3],
    );
    if facts.extended {
        return one_month.because(&[Text::new(
            "Die Verlängerung gilt nicht: Sie ist im ersten Monat und mit Gründen mitzuteilen.",
            "The extension does not count: it has to be told within the first month, with reasons.",
        )]);
    }
    one_month
}

/// What the law says on the decision that the organisation means to take.
fn decided(
    facts: &Facts,
    finding: Finding,
    values: &mut Values,
    lang: Lang,
) -> Result<Finding, TopicError> {
    if facts.request.is_none() && facts.decision.is_none() {
        return Ok(finding);
    }
    let allowed = decision::allowed(facts.request, facts.ground);
    values.may_charge = Some(allowed.charge);
    values.may_refuse = allowed.refuse;
    let Some(decision) = facts.decision else {
        return Ok(finding);
    };
    let (verdict, finding) = decision.judge(&allowed, facts.reasonable_doubt, finding)?;
    if verdict.is_none() && decision.is_refusal() && facts.request_received.is_none() {
        needed(
            None,
            "ground",
            "a refusal needs a ground that the law knows",
        )?;
    }
    if decision.is_refusal() && verdict != Some(Verdict::Deny) {
        values.must_include = art12::REFUSAL_CONTENT
            .iter()
            .map(|text| text.get(lang))
            .collect();
    }
    let finding = if decision.is_refusal() {
        finding.citing(&[art12::PARAGRAPH_4])
    } else {
        finding
    };
    // Whether the answer was in time has been judged already.
    Ok(match verdict.filter(|_| facts.answered_on.is_none()) {
        Some(verdict) => finding.verdict(verdict),
        None => finding,
    })
}

/// Objections to marketing and withdrawals take effect at once; the month is for the answer.
fn stopping_at_once(facts: &Facts, finding: Finding) -> Finding {
    const STOP: Text = Text::new(
        "Die Verarbeitung sofort beenden; die Frist gilt nur für die Antwort.",
        "Stop the processing at once; the period is for the answer only.",
    );
    match facts.request {
        Some(Request::ObjectionToMarketing) => finding.citing(&[ARTICLE_21_3]).obliging(&[STOP]),
        Some(Request::WithdrawalOfConsent) => finding.citing(&[ARTICLE_7_3]).obliging(&[STOP]),
        _ => finding,
    }
}
