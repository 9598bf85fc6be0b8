//! Whether a breach is documented, notified to the authority and told to the persons.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Topic, TopicError, answer_as_json, needed, schema_of};
use crate::bdsg::s43;
use crate::finding::{Finding, Verdict};
use crate::gdpr::art33::{self, Risk};
use crate::gdpr::art34::{self, Telling};
use crate::topic::moment::Moment;
use crate::{Citation, Country, Lang, Text};

mod facts;

use facts::{Facts, Role};

pub(super) const TOPIC: Topic = Topic {
    name: "breach",
    about: Text::new(
        "Datenpanne: Risiko, Meldung an die Aufsicht, Benachrichtigung der Personen, Frist",
        "Data breach: risk, notification of the authority, telling the persons, deadline",
    ),
    schema: schema_of::<Facts>,
    ask: |facts, lang| answer_as_json(TOPIC.name, facts, lang, |facts, lang| answer(&facts, lang)),
};

/// Yes, no, or what it depends on.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
enum Duty {
    Known(bool),
    Depends(&'static str),
}

/// The values that this topic answers with.
#[derive(Debug, Default, Serialize)]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    risk: Option<Risk>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_internally: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_sa: Option<Duty>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_data_subjects: Option<Duty>,
    /// Instead of telling each person (Art. 34(3)(c)).
    #[serde(skip_serializing_if = "Option::is_none")]
    public_communication: Option<bool>,
    /// The processor's duty.
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_controller: Option<bool>,
    /// The end of the 72 hours by the earlier of the readings, local time.
    #[serde(skip_serializing_if = "Option::is_none")]
    conservative: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_time: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    must_include: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
}

const PROCESSOR_HELPS: Citation = Citation::new("GDPR Art. 28(3)(f)");
const GUIDELINES: Citation = Citation::new("EDPB Guidelines 01/2021");
const GUIDELINES_NOTIFICATION: Citation = Citation::new("EDPB Guidelines 9/2022");

fn answer(facts: &Facts, lang: Lang) -> Result<Answer<Values>, TopicError> {
    let mut values = Values::default();
    let finding = match (facts.notification_used_in, facts.role) {
        (Some(proceedings), _) => use_of_notification(facts, proceedings)?,
        (None, Role::Processor) => processor(&mut values),
        (None, Role::Controller) => controller(facts, &mut values, lang)?,
    };
    Ok(Answer {
        values,
        finding,
        on: facts.aware.map(|Moment(aware)| aware.date()),
    })
}

fn use_of_notification(
    facts: &Facts,
    proceedings: s43::Proceedings,
) -> Result<Finding, TopicError> {
    if facts.country.is_some_and(|country| country != Country::DE) {
        return Err(TopicError::Unfit {
            fact: "country",
            why: "the bar on using a notification is German law; other countries are not covered",
        });
    }
    let agrees = needed(
        facts.controller_agrees,
        "controller_agrees",
        "the notification may be used only with the notifier's consent",
    )?;
    Ok(s43::may_be_used(proceedings, agrees))
}

fn processor(values: &mut Values) -> Finding {
    values.document_internally = Some(true);
    values.notify_controller = Some(true);
    values.notify_sa = Some(Duty::Known(false));
    values.notify_data_subjects = Some(Duty::Known(false));
    Finding::new(
        Text::new(
            "Der Auftragsverarbeiter meldet jede Verletzung unverzüglich dem Verantwortlichen; \
             die 72 Stunden laufen für ihn nicht. Der Verantwortliche hat Kenntnis, sobald der \
             Auftragsverarbeiter ihn informiert.",
            "The processor notifies every breach to the controller without undue delay; the 72 \
             hours do not run for it. The controller is aware once the processor has informed it.",
        ),
        &[art33::PROCESSOR, PROCESSOR_HELPS, GUIDELINES_NOTIFICATION],
    )
    .obliging(&[Text::new(
        "Den Verantwortlichen unverzüglich informieren und bei seiner Meldung unterstützen.",
        "Inform the controller without undue delay and help with its notification.",
    )])
}

fn controller(facts: &Facts, values: &mut Values, lang: Lang) -> Result<Finding, TopicError> {
    let finding = match facts.event {
        Some(event) => {
            let risk = facts.incident(event).risk();
            duties(facts, risk, values, lang)
        }
        None if facts.aware.is_some() => Finding::new(
            Text::new(
                "Eine Meldung ist binnen 72 Stunden nach Bekanntwerden fällig.",
                "A notification is due within 72 hours of becoming aware.",
            ),
            &[art33::NOTIFY],
        ),
        None => needed(None, "event", "the duties depend on what happened")?,
    };
    deadline(facts, finding, values, lang)
}

fn duties(facts: &Facts, risk: Risk, values: &mut Values, lang: Lang) -> Finding {
    values.risk = Some(risk);
    values.document_internally = Some(true);
    values.notify_sa = Some(match risk {
        Risk::Unlikely => Duty::Known(false),
        Risk::PossiblyRisk => Duty::Depends(SA_DEPENDS.get(lang)),
        Risk::Risk | Risk::PossiblyHigh | Risk::High => Duty::Known(true),
    });
    let finding = authority(risk, values, lang);
    let telling = art34::telling(
        risk,
        facts.high_risk_removed,
        facts.individual_notice_disproportionate,
    );
    persons(telling, finding, values, lang)
}

const SA_DEPENDS: Text = Text::new(
    "kommt darauf an: große Zahl, empfindliche Daten oder ein sonst hohes Risiko machen die Meldung zur Pflicht",
    "depends: large number, sensitive data or other high risk make it mandatory",
);

fn authority(risk: Risk, values: &mut Values, lang: Lang) -> Finding {
    const RECORD: Text = Text::new(
        "Sachverhalt, Auswirkungen und Abhilfe dokumentieren, auch die Gründe für die Einschätzung.",
        "Document facts, effects and remedies, and the reasons for the assessment.",
    );
    if risk == Risk::Unlikely {
        return Finding::new(
            Text::new(
                "Ein Risiko für die Personen ist unwahrscheinlich: nur dokumentieren.",
                "A risk for the persons is unlikely: document only.",
            ),
            &[art33::DOCUMENT, art33::NOTIFY, GUIDELINES],
        )
        .obliging(&[RECORD]);
    }
    values.must_include = Some(art33::CONTENTS.iter().map(|text| text.get(lang)).collect());
    let finding = Finding::new(
        match risk {
            Risk::PossiblyRisk => Text::new(
                "Ob ein Risiko besteht, hat ein Mensch abzuwägen; im Zweifel melden.",
                "Whether there is a risk is for a person to weigh; if in doubt, notify.",
            ),
            Risk::High => Text::new(
                "Ein hohes Risiko für die Personen ist wahrscheinlich.",
                "A high risk for the persons is likely.",
            ),
            _ => Text::new(
                "Ein Risiko für die Personen ist nicht unwahrscheinlich.",
                "A risk for the persons is not unlikely.",
            ),
        },
        &[art33::NOTIFY, art33::CONTENT, art33::DOCUMENT, GUIDELINES],
    )
    .obliging(&[
        RECORD,
        Text::new(
            "Der Aufsichtsbehörde unverzüglich, möglichst binnen 72 Stunden melden; was noch fehlt, schrittweise nachreichen (Art. 33(4)).",
            "Notify the supervisory authority without undue delay, where feasible within 72 hours; what is missing follows in phases (Art. 33(4)).",
        ),
    ]);
    match risk {
        Risk::PossiblyRisk | Risk::PossiblyHigh => finding.to_be_checked(),
        _ => finding,
    }
}

fn persons(telling: Telling, finding: Finding, values: &mut Values, lang: Lang) -> Finding {
    const TELL: Text = Text::new(
        "Den Personen Art der Verletzung, Anlaufstelle, Folgen, Maßnahmen und Schutzmöglichkeiten klar und einfach mitteilen.",
        "Tell the persons in plain language the nature of the breach, contact point, consequences, measures and how to protect themselves.",
    );
    let (duty, finding) = match telling {
        Telling::No => (Duty::Known(false), finding),
        Telling::ProbablyNot => (
            Duty::Depends(
                Text::new(
                    "bei wenigen Adressen ohne empfindliche Daten wohl nicht nötig",
                    "may be unnecessary with few addresses and no sensitive data",
                )
                .get(lang),
            ),
            finding,
        ),
        Telling::NotAnyMore => (
            Duty::Known(false),
            finding
                .citing(&[art34::TELL, art34::RISK_REMOVED])
                .because(&[Text::new(
                    "Spätere Maßnahmen haben das hohe Risiko beseitigt.",
                    "Later measures have removed the high risk.",
                )]),
        ),
        Telling::Depends => (
            Duty::Depends(
                Text::new(
                    "kommt darauf an, ob Art der Daten und Schwere der Folgen ein hohes Risiko wahrscheinlich machen",
                    "depends on whether the kind of data and the severity of the consequences make a high risk likely",
                )
                .get(lang),
            ),
            finding.citing(&[art34::TELL]),
        ),
        Telling::Individually => (
            Duty::Known(true),
            finding.citing(&[art34::TELL, art34::CONTENT]).obliging(&[TELL]),
        ),
        Telling::Publicly => {
            values.public_communication = Some(true);
            (
                Duty::Known(true),
                finding
                    .citing(&[art34::TELL, art34::CONTENT, art34::DISPROPORTIONATE])
                    .obliging(&[
                        TELL,
                        Text::new(
                            "Statt einzeln: öffentliche Bekanntmachung oder eine ähnlich wirksame Maßnahme.",
                            "Instead of each person: a public communication or a measure of similar effect.",
                        ),
                    ]),
            )
        }
    };
    values.notify_data_subjects = Some(duty);
    finding
}

fn deadline(
    facts: &Facts,
    finding: Finding,
    values: &mut Values,
    lang: Lang,
) -> Result<Finding, TopicError> {
    let Some(Moment(aware)) = facts.aware else {
        return Ok(finding);
    };
    if values.notify_sa == Some(Duty::Known(false)) {
        return Ok(finding);
    }
    let due = art33::deadline(aware);
    values.conservative = Some(Moment(due));
    values.answer = Some(
        Text::new(
            "nein: Wochenenden und Feiertage zählen; die Regel vom nächsten Arbeitstag in Art. 3 Abs. 4 gilt nicht für Fristen in Stunden",
            "no: weekends and holidays count; the next-working-day rule of Art. 3(4) does not apply to periods in hours",
        )
        .get(lang),
    );
    let finding = finding.citing(&[
        art33::HOURS,
        art33::EVERY_DAY_COUNTS,
        art33::NOT_IN_HOURS,
        art33::IN_PHASES,
    ]);
    let Some(Moment(notified)) = facts.notified else {
        return Ok(finding);
    };
    if notified < aware {
        return Err(TopicError::Unfit {
            fact: "notified",
            why: "lies before `aware`",
        });
    }
    let in_time = notified <= due;
    values.in_time = Some(in_time);
    if in_time {
        return Ok(finding.verdict(Verdict::Allow));
    }
    Ok(finding.verdict(Verdict::Conditional).obliging(&[Text::new(
        "Der verspäteten Meldung die Gründe für die Verzögerung beifügen.",
        "Give the reasons for the delay with the late notification.",
    )]))
}
