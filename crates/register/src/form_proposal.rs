//! Forms to start from: no more questions than each kind needs, with their reasons.

use crate::{Form, FormField, FormKind, FormQuestion};

/// A form of this kind that asks only for what it needs and says why, in German and English.
/// Identifier, name and activity are left to whoever makes it.
pub fn proposed_form(kind: FormKind) -> Form {
    let proposal = proposal(kind);
    let questions = proposal.questions.iter().map(|question| FormQuestion {
        field: question.0,
        required: question.1,
        why_de: Some(question.2.to_owned()),
        why_en: Some(question.3.to_owned()),
    });
    Form {
        title_de: Some(proposal.title.0.to_owned()),
        title_en: Some(proposal.title.1.to_owned()),
        questions: questions.collect(),
        delivery: (kind == FormKind::Whitepaper).then_some(crate::Delivery::ByMail),
        ..Form::new("", "", kind, "")
    }
}

/// A question: field, whether it is required, and why it is asked in German and English.
type Question = (FormField, bool, &'static str, &'static str);

struct Proposed {
    title: (&'static str, &'static str),
    questions: &'static [Question],
}

const ANSWER_TO: Question = (
    FormField::Email,
    true,
    "An diese Adresse antworten wir; ohne sie geht es nicht.",
    "We answer to this address; it does not work without it.",
);
const NAME: Question = (
    FormField::FamilyName,
    false,
    "Freiwillig: damit wir Sie mit Namen ansprechen können.",
    "Optional: so that we can address you by name.",
);
const CALL_BACK: Question = (
    FormField::Phone,
    false,
    "Freiwillig: nur, wenn Sie lieber zurückgerufen werden.",
    "Optional: only if you would rather be called back.",
);

fn proposal(kind: FormKind) -> Proposed {
    match kind {
        FormKind::Whitepaper => Proposed {
            title: ("Whitepaper anfordern", "Get the whitepaper"),
            questions: &[(
                FormField::Email,
                true,
                "An diese Adresse senden wir den Link; ohne sie bekommen Sie die Datei nicht.",
                "We send the link to this address; without it you do not get the file.",
            )],
        },
        FormKind::Webinar => Proposed {
            title: ("Zum Webinar anmelden", "Register for the webinar"),
            questions: &[
                (
                    FormField::Email,
                    true,
                    "An diese Adresse senden wir Ihren Zugang; ohne sie können Sie nicht teilnehmen.",
                    "We send your access to this address; you cannot take part without it.",
                ),
                (
                    FormField::GivenName,
                    false,
                    "Freiwillig: damit wir Sie im Webinar ansprechen können.",
                    "Optional: so that we can address you in the webinar.",
                ),
                (
                    FormField::FamilyName,
                    false,
                    "Freiwillig: damit wir Sie im Webinar ansprechen können.",
                    "Optional: so that we can address you in the webinar.",
                ),
            ],
        },
        FormKind::Contact => Proposed {
            title: ("Schreiben Sie uns", "Write to us"),
            questions: &[
                ANSWER_TO,
                NAME,
                (
                    FormField::Message,
                    true,
                    "Damit wir wissen, worum es geht.",
                    "So that we know what it is about.",
                ),
            ],
        },
        FormKind::DemoRequest => Proposed {
            title: ("Vorführung vereinbaren", "Arrange a demonstration"),
            questions: &[
                ANSWER_TO,
                NAME,
                (
                    FormField::Company,
                    false,
                    "Freiwillig: damit wir die Vorführung auf Ihren Betrieb zuschneiden.",
                    "Optional: so that we fit the demonstration to your firm.",
                ),
                CALL_BACK,
            ],
        },
        FormKind::Newsletter => Proposed {
            title: ("Newsletter bestellen", "Subscribe to our newsletter"),
            questions: &[(
                FormField::Email,
                true,
                "An diese Adresse senden wir den Newsletter; ohne sie geht es nicht.",
                "We send the newsletter to this address; it does not work without it.",
            )],
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Place, Register, gaps};

    #[test]
    fn a_proposal_lacks_only_what_the_firm_has_to_add() {
        for kind in FormKind::ALL {
            let mut register = Register::parse(crate::SAMPLE).unwrap();
            register.forms = vec![Form {
                id: "new".to_owned(),
                name: "New".to_owned(),
                activity: "customer-care".to_owned(),
                ..proposed_form(*kind)
            }];
            let text = register.to_toml();
            assert_eq!(Register::parse(&text).as_ref(), Ok(&register));
            let found = gaps(&register, date(2026, 11, 24)).into_iter();
            let here = Place::Form("new".to_owned());
            let found = found.filter(|gap| gap.place == here);
            let codes: Vec<_> = found.map(|gap| gap.code).collect();
            let firms: &[&str] = match kind {
                FormKind::Whitepaper => &["form_file_missing"],
                FormKind::Newsletter => &["form_newsletter_without_consent"],
                _ => &[],
            };
            assert_eq!(codes, firms, "{kind:?}");
        }
    }
}
