//! Lead forms in the text form, and what they lack.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

use jiff::civil::date;
use register::{
    BUNDLED, Delivery, FaultKind, FormField, FormKind, PathStep, Place, Register, SAMPLE, Weight,
    gaps,
};

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

/// Code, weight, citation and items of the form's gaps after `from` is replaced by `to` in form
/// or register.
fn gaps_after(
    from: &str,
    to: &str,
) -> Vec<(&'static str, Weight, &'static str, Vec<&'static str>)> {
    let whole = format!("{SAMPLE}\n{CLEAN}");
    assert!(whole.contains(from), "there is no {from}");
    let register = Register::parse(&whole.replace(from, to)).unwrap();
    let on = date(2026, 11, 24);
    let here = Place::Form("info".to_owned());
    let found = gaps(&register, on).into_iter();
    found
        .filter(|gap| gap.place == here)
        .map(|gap| {
            assert_eq!(gap.place.path(), "form.info");
            let items = gap.items.iter().map(|item| item.en).collect();
            (gap.code, gap.weight, gap.citation.label(on), items)
        })
        .collect()
}

/// A newsletter's form that lacks nothing.
const CLEAN: &str = r#"
[[form]]
id = "info"
name = "Newsletter"
kind = "newsletter"
activity = "newsletter"
title_en = "Our news"
consents = ["newsletter"] # info

[[form.question]]
field = "email"
why_en = "the news go there"

[[form.question]]
field = "company"
why_en = "optional: for news of your industry" # info
"#;

#[track_caller]
fn assert_gap(from: &str, to: &str, code: &str, weight: Weight, citation: &str, items: &[&str]) {
    let found = gaps_after(from, to);
    let [(one, of, cited, about)] = &found[..] else {
        unreachable!("one gap is expected: {found:?}");
    };
    assert_eq!((*one, *of, *cited), (code, weight, citation));
    assert_eq!(about, items);
}

#[test]
fn an_optional_question_with_its_reason_is_no_gap() {
    assert_eq!(gaps_after("# info", ""), []);
}

#[test]
fn a_question_beyond_the_purpose_is_a_gap_unless_it_is_optional_and_has_a_reason() {
    let demanded = "industry\"\nrequired = true";
    assert_gap(
        "industry\" # info",
        demanded,
        "form_asks_too_much",
        Weight::Should,
        "GDPR Art. 5(1)(c)",
        &["company"],
    );
    let found = gaps_after(
        "why_en = \"optional: for news of your industry\" # info",
        "",
    );
    let codes: Vec<_> = found.iter().map(|gap| gap.0).collect();
    assert_eq!(
        codes,
        ["form_asks_too_much", "form_question_without_reason"]
    );
    let contact = "kind = \"contact\"\nactivity = \"newsletter\"\ntitle_en";
    let asked = gaps_after(
        "kind = \"newsletter\"\nactivity = \"newsletter\"\ntitle_en",
        contact,
    );
    assert_eq!(asked, []);
}

#[test]
fn what_each_kind_needs_is_no_gap_even_when_it_is_demanded() {
    let form = |kind: &str, field: &str, required: bool, delivery: &str| {
        let text = format!(
            "\n[[form]]\nid = \"x\"\nname = \"X\"\nkind = \"{kind}\"\nactivity = \"newsletter\"\n\
             {delivery}\n[[form.question]]\nfield = \"{field}\"\nrequired = {required}\n"
        );
        let register = with(&text).unwrap();
        let here = Place::Form("x".to_owned());
        let found = gaps(&register, date(2026, 11, 24)).into_iter();
        found
            .filter(|gap| gap.place == here)
            .any(|gap| gap.code == "form_asks_too_much")
    };
    let mail = "delivery = \"by_mail\"";
    for (kind, field, required, delivery, too_much) in [
        ("contact", "message", true, "", false),
        ("demo_request", "company", true, "", false),
        ("contact", "phone", false, "", false),
        ("contact", "phone", true, "", true),
        ("contact", "street", true, "", true),
        ("webinar", "family_name", true, "", false),
        ("webinar", "company", true, "", true),
        ("whitepaper", "family_name", true, mail, true),
        ("whitepaper", "family_name", false, mail, false),
        ("whitepaper", "family_name", false, "", true),
        ("newsletter", "given_name", true, "", true),
    ] {
        let found = form(kind, field, required, delivery);
        assert_eq!(found, too_much, "{kind} {field} {required} {delivery}");
    }
}

#[test]
fn a_newsletter_does_not_demand_a_telephone_number() {
    assert_gap(
        "field = \"company\"\nwhy_en = \"optional: for",
        "field = \"phone\"\nrequired = true\nwhy_en = \"for",
        "form_newsletter_needs_phone",
        Weight::Must,
        "GDPR Art. 5(1)(c)",
        &[],
    );
}

#[test]
fn a_consent_needs_its_wording_one_purpose_and_an_activity_that_rests_on_it() {
    let (must, from) = (Weight::Must, "consents = [\"newsletter\"] # info");
    let none = "consents = [\"nobody-wrote-it\"]";
    assert_gap(
        from,
        none,
        "form_consent_missing",
        must,
        "GDPR Art. 7(1)",
        &[],
    );
    assert_gap(
        from,
        "",
        "form_newsletter_without_consent",
        must,
        "GDPR Art. 7(1)",
        &[],
    );
    assert_gap(
        "purposes = [\"newsletter\"]",
        "purposes = [\"newsletter\", \"lead-forms\"]",
        "form_consent_for_several_purposes",
        must,
        "GDPR recital 43",
        &[],
    );
    assert_gap(
        "purposes = [\"newsletter\"]",
        "purposes = [\"customer-care\"]",
        "form_consent_without_purpose",
        must,
        "GDPR Art. 6(1)(a)",
        &[],
    );
}

#[test]
fn a_form_says_what_it_is_who_asks_and_where_the_notice_is() {
    let (must, should) = (Weight::Must, Weight::Should);
    let heading = "title_en = \"Our news\"";
    assert_gap(
        heading,
        "",
        "form_without_heading",
        should,
        "GDPR Art. 12(1)",
        &[],
    );
    let notice = "privacy_notice = \"https://www.musterbau.example/datenschutz\"\n";
    assert_gap(
        notice,
        "",
        "form_without_privacy_notice",
        must,
        "GDPR Art. 13(1)",
        &[],
    );
    let ways = "email = \"datenschutz@musterbau.example\"\nphone = \"+49 6421 555 0100\"\n";
    assert_gap(
        ways,
        "",
        "form_without_contact",
        must,
        "GDPR Art. 13(1)(a)",
        &[],
    );
}

#[test]
fn a_file_that_is_promised_has_to_be_there() {
    let promised = "title_en = \"Our news\"\ndelivery = \"at_once\"";
    assert_gap(
        "title_en = \"Our news\"",
        promised,
        "form_file_missing",
        Weight::Should,
        "GDPR Art. 5(1)(a)",
        &["the file itself"],
    );
    let register = Register::parse(SAMPLE).unwrap();
    let found = gaps(&register, date(2026, 11, 24));
    let file = found.iter().find(|gap| gap.code == "form_file_missing");
    assert_eq!(file.unwrap().step(), PathStep::Purposes);
}
