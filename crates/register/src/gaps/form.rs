//! Gaps of a lead form: more data than it needs, reasons that it doesn't tell, consents that carry
//! nothing (GDPR Art. 5(1)(c), 7, 13).

use law::{LegalBasis, Text};

use super::{Gap, Place, Rule, missing};
use crate::{ConsentText, Delivery, Form, FormField, FormKind, FormQuestion, Register};

const CONSENT_GONE: Rule = Rule::must(
    "form_consent_missing",
    "GDPR Art. 7(1)",
    "form.consents",
    Text::new(
        "das Formular bietet eine Einwilligung an, deren Wortlaut nicht im Verzeichnis steht",
        "the form offers a consent whose wording is not in the register",
    ),
    Text::new(
        "eine Einwilligung wählen, deren Wortlaut bei einer Tätigkeit steht, oder sie weglassen",
        "choose a consent whose wording stands with an activity, or leave it out",
    ),
);
const SEVERAL: Rule = Rule::must(
    "form_consent_for_several_purposes",
    "GDPR recital 43",
    "form.consents",
    Text::new(
        "ein Kästchen fragt nach mehreren Zwecken auf einmal",
        "one box asks for several purposes at once",
    ),
    Text::new(
        "je Zweck ein eigenes Kästchen mit eigenem Wortlaut anbieten",
        "offer a box with a wording of its own for each purpose",
    ),
);
const UNUSED: Rule = Rule::must(
    "form_consent_without_purpose",
    "GDPR Art. 6(1)(a)",
    "form.consents",
    Text::new(
        "das Formular fragt nach einer Einwilligung, auf der keine Tätigkeit beruht",
        "the form asks for a consent on which no activity rests",
    ),
    Text::new(
        "bei der Tätigkeit die Rechtsgrundlage „Einwilligung“ wählen oder die Frage weglassen; sonst führt sie in die Irre",
        "choose “Consent” as legal basis of the activity or leave the question out; otherwise it misleads",
    ),
);
const NEWSLETTER: Rule = Rule::must(
    "form_newsletter_without_consent",
    "GDPR Art. 7(1)",
    "form.consents",
    Text::new(
        "das Newsletter-Formular fragt nach keiner Einwilligung",
        "the newsletter form asks for no consent",
    ),
    Text::new(
        "den Wortlaut der Einwilligung in den Newsletter anbieten; ohne ihn lässt sich nicht nachweisen, worin eingewilligt wurde",
        "offer the wording of the consent to the newsletter; without it it cannot be shown what was agreed to",
    ),
);
const HEADING: Rule = Rule::should(
    "form_without_heading",
    "GDPR Art. 12(1)",
    "form.title_de, title_en",
    Text::new(
        "das Formular hat keine Überschrift",
        "the form has no heading",
    ),
    Text::new(
        "in der Überschrift sagen, was die Person hier bekommt",
        "say in the heading what the person gets here",
    ),
);
const TOO_MUCH: Rule = Rule::should(
    "form_asks_too_much",
    "GDPR Art. 5(1)(c)",
    "form.question",
    Text::new(
        "das Formular fragt nach mehr, als sein Zweck braucht",
        "the form asks for more than its purpose needs",
    ),
    Text::new(
        "diese Fragen streichen, oder sie freiwillig stellen und sagen, wozu die Antwort dient",
        "remove these questions, or make them optional and say what the answer is for",
    ),
);
const NEWSLETTER_PHONE: Rule = Rule::must(
    "form_newsletter_needs_phone",
    "GDPR Art. 5(1)(c)",
    "form.question",
    Text::new(
        "der Newsletter verlangt eine Telefonnummer, obwohl die E-Mail-Adresse genügt",
        "the newsletter demands a telephone number although the e-mail address is enough",
    ),
    Text::new(
        "die Telefonnummer streichen oder freiwillig machen",
        "remove the telephone number or make it optional",
    ),
);
const REASON: Rule = Rule::should(
    "form_question_without_reason",
    "GDPR Art. 13(2)(e)",
    "form.question",
    Text::new(
        "das Formular sagt nicht, wozu es danach fragt",
        "the form does not say why it asks for this",
    ),
    Text::new(
        "zu jeder Frage kurz sagen, wozu die Antwort dient und was ohne sie nicht geht",
        "say briefly with each question what the answer is for and what does not work without it",
    ),
);
const NOTICE: Rule = Rule::must(
    "form_without_privacy_notice",
    "GDPR Art. 13(1)",
    "privacy_notice",
    Text::new(
        "am Formular fehlt der Weg zu den Datenschutzhinweisen",
        "the form lacks the way to the privacy notice",
    ),
    Text::new(
        "die Adresse der Datenschutzhinweise bei der Organisation oder bei der Tätigkeit des Formulars eintragen",
        "enter the address of the privacy notice for the organisation or for the form's activity",
    ),
);
const CONTROLLER: Rule = Rule::must(
    "form_without_contact",
    "GDPR Art. 13(1)(a)",
    "[organisation]",
    Text::new(
        "das Formular kann nicht sagen, wie der Verantwortliche zu erreichen ist",
        "the form cannot say how the controller can be reached",
    ),
    Text::new(
        "E-Mail-Adresse oder Telefonnummer bei den Angaben zur Organisation eintragen",
        "enter e-mail address or telephone number in what is said of the organisation",
    ),
);
const FILE: Rule = Rule::should(
    "form_file_missing",
    "GDPR Art. 5(1)(a)",
    "form.file, delivery",
    Text::new(
        "das Formular verspricht eine Datei, aber es fehlt",
        "the form promises a file, but it lacks",
    ),
    Text::new(
        "hinterlegen, was versprochen wird, bevor jemand seine Daten dafür gibt",
        "put in place what is promised before anybody gives data for it",
    ),
);

pub(super) fn check(register: &Register, form: &Form, found: &mut Vec<Gap>) {
    let here = || Place::Form(form.id.clone());
    let mut push = |rule: &Rule, items: Vec<Text>| found.push(rule.with(here(), items));
    check_consents(register, form, &mut push);
    if form.title_de.is_none() && form.title_en.is_none() {
        push(&HEADING, Vec::new());
    }
    check_questions(form, &mut push);
    let activity = register.activity(&form.activity);
    let own_notice = activity.and_then(|activity| activity.privacy_notice.as_ref());
    let organisation = &register.organisation;
    if own_notice
        .or(organisation.privacy_notice.as_ref())
        .is_none()
    {
        push(&NOTICE, Vec::new());
    }
    if organisation.email.is_none() && organisation.phone.is_none() {
        push(&CONTROLLER, Vec::new());
    }
    if form.kind == FormKind::Whitepaper || form.delivery.is_some() {
        let items = missing(&[
            (
                form.file.is_some(),
                Text::new("die Datei selbst", "the file itself"),
            ),
            (
                form.delivery.is_some(),
                Text::new("wann die Person sie bekommt", "when the person gets it"),
            ),
        ]);
        if !items.is_empty() {
            push(&FILE, items);
        }
    }
}

fn check_consents(register: &Register, form: &Form, push: &mut impl FnMut(&Rule, Vec<Text>)) {
    if form.kind == FormKind::Newsletter && form.consents.is_empty() {
        push(&NEWSLETTER, Vec::new());
    }
    let texts = form.consents.iter();
    let texts: Vec<_> = texts.map(|id| register.current_consent_text(id)).collect();
    let rests = |text: &ConsentText| {
        text.purposes.iter().any(|id| {
            let activity = register.activity(id);
            activity.is_some_and(|activity| activity.basis == Some(LegalBasis::Consent))
        })
    };
    let known = || texts.iter().flatten();
    for (rule, applies) in [
        (&CONSENT_GONE, texts.iter().any(Option::is_none)),
        (&SEVERAL, known().any(|text| text.purposes.len() > 1)),
        (&UNUSED, !known().all(|text| rests(text))),
    ] {
        if applies {
            push(rule, Vec::new());
        }
    }
}

fn check_questions(form: &Form, push: &mut impl FnMut(&Rule, Vec<Text>)) {
    let has_reason =
        |question: &FormQuestion| question.why_de.is_some() || question.why_en.is_some();
    let labels = |wrong: &dyn Fn(&FormQuestion) -> bool| -> Vec<Text> {
        let wrong = form.questions.iter().filter(|question| wrong(question));
        wrong.map(|question| question.field.label()).collect()
    };
    let demands_phone = form.kind == FormKind::Newsletter
        && form
            .question(FormField::Phone)
            .is_some_and(|question| question.required);
    if demands_phone {
        push(&NEWSLETTER_PHONE, Vec::new());
    }
    let too_much = labels(&|question| {
        let told = demands_phone && question.field == FormField::Phone;
        let voluntary = !question.required && has_reason(question);
        !told && !voluntary && !needs(form, question)
    });
    if !too_much.is_empty() {
        push(&TOO_MUCH, too_much);
    }
    let silent = labels(&|question| !has_reason(question));
    if !silent.is_empty() {
        push(&REASON, silent);
    }
}

/// Whether what the form is for can't well be done without the answer.
fn needs(form: &Form, question: &FormQuestion) -> bool {
    let is_name = matches!(question.field, FormField::GivenName | FormField::FamilyName);
    match (question.field, form.kind) {
        (FormField::Email, _)
        | (FormField::Message | FormField::Company, FormKind::Contact | FormKind::DemoRequest) => {
            true
        }
        (FormField::Phone, FormKind::Contact | FormKind::DemoRequest) => !question.required,
        (_, FormKind::Contact | FormKind::DemoRequest | FormKind::Webinar) => is_name,
        // The mail with the link may greet by name.
        (_, FormKind::Whitepaper) => {
            is_name && !question.required && form.delivery == Some(Delivery::ByMail)
        }
        (_, FormKind::Newsletter) => false,
    }
}
