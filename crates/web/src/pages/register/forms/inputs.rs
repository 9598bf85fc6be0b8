//! The inputs of the builder: filled from a form, and read into one.

use register::{Delivery, Form, FormField, FormKind, FormQuestion, Register};

use super::super::activity_form::named;
use super::super::input::{Inputs, identifier};

/// The third choice of delivery, which nobody can save.
pub const ONLY_WITH_CONSENT: &str = "only_with_consent";
/// After how many days at the latest unconfirmed data go.
const UNCONFIRMED: std::ops::RangeInclusive<u32> = 1..=30;
/// For how many days at most network addresses are kept.
const KEEP_IP: std::ops::RangeInclusive<u32> = 1..=365;

/// The inputs that show `form`.
pub fn inputs(form: &Form) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.add("name", &form.name);
    inputs.add("kind", form.kind.name());
    inputs.add("activity", &form.activity);
    for (name, text) in [
        ("title_de", &form.title_de),
        ("title_en", &form.title_en),
        ("intro_de", &form.intro_de),
        ("intro_en", &form.intro_en),
        ("keep_ip_reason", &form.keep_ip_reason),
        ("variant_of", &form.variant_of),
    ] {
        inputs.add_some(name, text.as_ref());
    }
    for question in &form.questions {
        let field = question.field.name();
        inputs.add("ask", field);
        if question.required {
            inputs.add("required", field);
        }
        inputs.add_some(format!("why_de-{field}"), question.why_de.as_ref());
        inputs.add_some(format!("why_en-{field}"), question.why_en.as_ref());
    }
    for text in &form.consents {
        inputs.add("consents", text);
    }
    inputs.add("delivery", form.delivery.map_or("", Delivery::name));
    inputs.add("origins", form.origins.join("\n"));
    inputs.add("unconfirmed_days", form.unconfirmed_days.to_string());
    inputs.add("keep_ip_days", form.keep_ip_days.to_string());
    if form.closed {
        inputs.add("closed", "on");
    }
    inputs
}

/// The form that the inputs say, with the names of those that are wrong if there are any. `id` is
/// empty for a new one.
pub fn read(inputs: &Inputs, id: &str, register: &Register) -> Result<Form, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let name = inputs.get("name");
    if name.is_empty() {
        wrong.push("name");
    }
    let kind = named(FormKind::ALL, inputs.get("kind"), FormKind::name);
    if kind.is_none() {
        wrong.push("kind");
    }
    let activity = register.activity(inputs.get("activity"));
    if activity.is_none() {
        wrong.push("activity");
    }
    let delivery = inputs.get("delivery");
    if delivery == ONLY_WITH_CONSENT {
        wrong.push("delivery");
    }
    let lines = inputs.lines("origins");
    let origins: Vec<_> = lines.iter().filter_map(|line| origin(line)).collect();
    if origins.len() < lines.len() {
        wrong.push("origins");
    }
    let variant_of = inputs.some("variant_of");
    let may_vary = |of: &String| possible_originals(register, id).any(|form| form.id == *of);
    if variant_of.as_ref().is_some_and(|of| !may_vary(of)) {
        wrong.push("variant_of");
    }
    let mut days = |name, within: std::ops::RangeInclusive<u32>| {
        let days = inputs.get(name).parse().ok();
        let days = days.filter(|days| within.contains(days));
        if days.is_none() {
            wrong.push(name);
        }
        days
    };
    let unconfirmed_days = days("unconfirmed_days", UNCONFIRMED);
    let keep_ip_days = days("keep_ip_days", KEEP_IP);
    let (Some(kind), Some(activity), true) = (kind, activity, wrong.is_empty()) else {
        return Err(wrong);
    };
    let text = |name| text(inputs, name);
    let known = |text: &&str| register.current_consent_text(text).is_some();
    let new = if id.is_empty() {
        let id = identifier(name, |id| register.form(id).is_some());
        Form::new(&id, name, kind, &activity.id)
    } else {
        let found = register.form(id).cloned();
        found.unwrap_or_else(|| Form::new(id, name, kind, &activity.id))
    };
    Ok(Form {
        name: name.to_owned(),
        kind,
        activity: activity.id.clone(),
        title_de: text("title_de"),
        title_en: text("title_en"),
        intro_de: text("intro_de"),
        intro_en: text("intro_en"),
        questions: questions(inputs),
        consents: inputs
            .all("consents")
            .filter(known)
            .map(str::to_owned)
            .collect(),
        delivery: named(Delivery::ALL, delivery, Delivery::name),
        origins,
        unconfirmed_days: unconfirmed_days.unwrap_or(new.unconfirmed_days),
        keep_ip_reason: text("keep_ip_reason"),
        keep_ip_days: keep_ip_days.unwrap_or(new.keep_ip_days),
        variant_of,
        closed: inputs.is_on("closed"),
        ..new
    })
}

/// The forms that the form `id` could be a variant of: those that are none themselves. One that has
/// variants stays what they are compared with.
pub fn possible_originals<'r>(
    register: &'r Register,
    id: &str,
) -> impl Iterator<Item = &'r Form> + use<'r> {
    let mut forms = register.forms.iter();
    let is_original = !id.is_empty() && forms.any(|form| form.variant_of.as_deref() == Some(id));
    let id = id.to_owned();
    let others = register.forms.iter();
    others.filter(move |form| !is_original && form.variant_of.is_none() && form.id != id)
}

/// Every field, those that are asked for first, in their order.
pub fn fields(inputs: &Inputs) -> Vec<FormField> {
    let asked = inputs.all("ask");
    let asked = asked.filter_map(|word| named(FormField::ALL, word, FormField::name));
    let mut fields = Vec::new();
    for field in asked.chain(FormField::ALL.iter().copied()) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

/// A text of several lines, which browsers end with two characters.
fn text(inputs: &Inputs, name: &str) -> Option<String> {
    inputs.some(name).map(|text| text.replace("\r\n", "\n"))
}

fn questions(inputs: &Inputs) -> Vec<FormQuestion> {
    let always = |field| field == FormField::Email;
    let asked = fields(inputs).into_iter();
    let asked = asked.filter(|field| always(*field) || inputs.has("ask", field.name()));
    let questions = asked.map(|field| FormQuestion {
        field,
        required: always(field) || inputs.has("required", field.name()),
        why_de: text(inputs, &format!("why_de-{}", field.name())),
        why_en: text(inputs, &format!("why_en-{}", field.name())),
    });
    questions.collect()
}

/// An origin as browsers send it: scheme, host and port, nothing after it.
fn origin(line: &str) -> Option<String> {
    let line = line.trim_end_matches('/').to_lowercase();
    let (host, port) = {
        let rest = line.strip_prefix("https://")?;
        rest.split_once(':').unwrap_or((rest, "443"))
    };
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && !label.starts_with('-') && label.bytes().all(plain)
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    (host.contains('.') && host.split('.').all(is_label) && is_port).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_comes_back_from_the_builder_as_it_was() {
        let mut register = Register::parse(register::SAMPLE).unwrap();
        let variant = Form {
            id: "variant".to_owned(),
            variant_of: Some("contact".to_owned()),
            file: Some("0a".repeat(32)),
            file_name: Some("a.pdf".to_owned()),
            origins: vec!["https://www.musterbau.example:8443".to_owned()],
            keep_ip_reason: Some("Streit".to_owned()),
            closed: true,
            ..register.forms[0].clone()
        };
        register.forms.push(variant);
        for form in &register.forms {
            assert_eq!(&read(&inputs(form), &form.id, &register).unwrap(), form);
        }
    }

    #[test]
    fn the_address_is_asked_for_whatever_is_sent() {
        let register = Register::parse(register::SAMPLE).unwrap();
        let mut given = Inputs::default();
        for (name, value) in [
            ("name", "Neu"),
            ("kind", "contact"),
            ("activity", "customer-care"),
            ("unconfirmed_days", "7"),
            ("keep_ip_days", "90"),
            ("ask", "message"),
            ("ask", "password"),
        ] {
            given.add(name, value);
        }
        let form = read(&given, "", &register).unwrap();
        assert_eq!(form.id, "neu");
        let asked: Vec<_> = form.questions.iter().map(|one| one.field).collect();
        assert_eq!(asked, [FormField::Message, FormField::Email]);
        assert!(form.question(FormField::Email).unwrap().required);
    }

    #[test]
    fn a_website_is_an_https_origin() {
        for (line, read) in [
            ("https://www.musterbau.example/", true),
            ("https://WWW.musterbau.example:8443", true),
            ("http://www.musterbau.example", false),
            ("https://www.musterbau.example/kontakt", false),
            ("https://user@musterbau.example", false),
            ("https://*.musterbau.example", false),
            ("https://musterbau.example:99999", false),
            ("https://musterbau.example;x", false),
            ("musterbau.example", false),
        ] {
            assert_eq!(origin(line).is_some(), read, "{line}");
        }
        let plain = origin("https://WWW.musterbau.example/");
        assert_eq!(plain.as_deref(), Some("https://www.musterbau.example"));
    }
}
