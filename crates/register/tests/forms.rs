//! Lead forms in the text form.

use register::{BUNDLED, Delivery, FaultKind, FormField, FormKind, Register, SAMPLE};

const FORM: &str = r#"
[[form]]
id = "whitepaper-milling"
name = "Whitepaper Fräsen"
kind = "whitepaper"
activity = "lead-forms"
title_de = "Fräsen ohne Rattern"
consents = ["newsletter"]
delivery = "by_mail"
unconfirmed_days = 3

[[form.question]]
field = "email"

[[form.question]]
field = "company"
why_de = "damit wir Beispiele aus Ihrer Branche schicken"
"#;

fn with(form: &str) -> Result<Register, Vec<register::Fault>> {
    Register::parse(&format!("{SAMPLE}\n{form}"))
}

#[test]
fn a_form_is_read_and_written_as_it_was() {
    let register = with(FORM).unwrap();
    let form = register.form("whitepaper-milling").unwrap();
    assert_eq!(form.kind, FormKind::Whitepaper);
    assert_eq!(form.delivery, Some(Delivery::ByMail));
    assert_eq!(form.unconfirmed_days, 3);
    assert!(form.question(FormField::Email).unwrap().required);
    assert!(!form.question(FormField::Company).unwrap().required);
    assert_eq!(Register::parse(&register.to_toml()).unwrap(), register);
}

#[test]
fn every_form_asks_for_the_address() {
    let form = FORM.replacen("[[form.question]]\nfield = \"email\"\n", "", 1);
    let register = with(&form).unwrap();
    let questions = &register.form("whitepaper-milling").unwrap().questions;
    assert_eq!(questions[0].field, FormField::Email);
    assert!(questions[0].required);
}

#[test]
fn a_download_that_depends_on_consent_to_advertising_is_refused_with_what_is_lawful() {
    let form = FORM.replacen("delivery", "download_needs_consent = true\ndelivery", 1);
    let faults = with(&form).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(
        faults[0].path,
        "form.whitepaper-milling.download_needs_consent"
    );
    assert_eq!(faults[0].kind, FaultKind::Forbidden(BUNDLED));
    assert!(BUNDLED.en.contains("GDPR Art. 7(4)") && BUNDLED.de.contains("Art. 7 Abs. 4 DSGVO"));
}

#[test]
fn what_a_form_refers_to_has_to_exist() {
    let form = FORM.replacen("\"lead-forms\"", "\"lead-form\"", 1);
    let faults = with(&form).unwrap_err();
    assert!(matches!(&faults[0].kind, FaultKind::Dangling { id, .. } if id == "lead-form"));
}
