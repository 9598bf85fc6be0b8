//! Building lead forms: what is unlawful is refused with what is lawful, marketing saves forms and
//! nothing else, and nobody overwrites what somebody else saved.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::Response;
use office::{Office, act, office, text, today};
use operations::access::Role;
use register::{FormField, FormKind};

/// The inputs of a new contact form.
const NEW: [(&str, &str); 12] = [
    ("base", "1"),
    ("name", "Rückruf"),
    ("kind", "contact"),
    ("activity", "customer-care"),
    ("title_de", "Wir rufen zurück"),
    ("ask", "email"),
    ("ask", "phone"),
    ("why_de-phone", "Freiwillig: für den Rückruf"),
    ("consents", "newsletter"),
    ("unconfirmed_days", "5"),
    ("keep_ip_days", "90"),
    ("origins", "https://www.musterbau.example/"),
];

async fn post(office: &Office, role: Role, path: &str, inputs: &[(&str, &str)]) -> Response {
    let session = office.session(role);
    let token = office.form_token(session).await;
    let mut all = vec![("form_token", token.as_str())];
    all.extend(inputs);
    let body = serde_urlencoded::to_string(all).unwrap();
    office.post(path, Some(session), &body).await
}

/// The register's text that a preview would save, as the page has it.
fn text_of(page: &str) -> String {
    let (_, rest) = page.split_once("<textarea name=\"text\" hidden>").unwrap();
    let text = rest.split("</textarea>").next().unwrap();
    let text = text.replace("&#34;", "\"").replace("&#39;", "'");
    text.replace("&#38;", "&")
}

#[tokio::test]
async fn marketing_builds_a_form_sees_what_it_moves_and_saves_it() {
    let office = office();
    let page = post(&office, Role::Marketing, "/forms", &NEW).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(page.contains("action=\"/forms/apply\""), "{page}");
    for shown in ["Wir rufen zurück", "Telefonnummer", "Kundenbetreuung"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert_eq!(office.own.register_versions().unwrap().len(), 1);
    let whole = text_of(&page);
    let save = [("base", "1"), ("text", &*whole)];
    let saved = post(&office, Role::Marketing, "/forms/apply", &save).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert_eq!(saved.headers()[LOCATION], "/forms");
    let register = office.own.register_view(today()).unwrap().register;
    let form = register.form("rueckruf").unwrap();
    assert_eq!(form.kind, FormKind::Contact);
    assert_eq!(form.origins, ["https://www.musterbau.example"]);
    assert!(!form.question(FormField::Phone).unwrap().required);
    let marketing = office.session(Role::Marketing);
    let list = text(office.get("/forms?lang=de", Some(marketing)).await).await;
    let address = format!("http://localhost:8070/f/{}/rueckruf", office.own.id());
    assert!(
        list.contains("Rückruf") && list.contains(&address),
        "{list}"
    );
}

#[tokio::test]
async fn a_download_only_with_consent_is_refused_with_what_is_lawful_and_nothing_is_lost() {
    let office = office();
    let mut bundled = NEW.to_vec();
    bundled.push(("delivery", "only_with_consent"));
    let page = post(&office, Role::Marketing, "/forms", &bundled).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(page).await;
    assert!(page.contains(register::BUNDLED.de) && page.contains("Art. 7 Abs. 4 DSGVO"));
    for kept in ["Rückruf", "Wir rufen zurück", "Freiwillig: für den Rückruf"] {
        assert!(page.contains(kept), "{kept}");
    }
    let german = page.contains("name=\"base\" value=\"1\"");
    assert!(german && !page.contains("forms/apply"));
    // Nor by the text form, whoever writes it.
    let unlawful = "id = \"whitepaper-cooling\"\ndownload_needs_consent = true";
    let whole = register::SAMPLE.replace("id = \"whitepaper-cooling\"", unlawful);
    let save = [("base", "1"), ("text", &*whole)];
    let refused = post(&office, Role::Owner, "/forms/apply", &save).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("Art. 7 Abs. 4 DSGVO"));
    assert_eq!(office.own.register_versions().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_wrong_in_a_form_is_said_and_shown_again() {
    let office = office();
    let mut wrong = NEW.to_vec();
    for (name, value) in &mut wrong {
        match *name {
            "name" => *value = "",
            "origins" => *value = "http://www.musterbau.example/a",
            "unconfirmed_days" => *value = "31",
            "activity" => *value = "nothing",
            _ => {}
        }
    }
    let page = post(&office, Role::Marketing, "/forms", &wrong).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(page).await;
    for (at, kept) in [
        ("#name", "Wir rufen zurück"),
        ("#origins", "http://www.musterbau.example/a"),
        ("#unconfirmed_days", "value=\"31\""),
        ("#activity", "Freiwillig: für den Rückruf"),
    ] {
        assert!(page.contains(&format!("href=\"{at}\"")), "{at}");
        assert!(page.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn by_the_way_of_forms_nothing_else_of_the_register_changes() {
    let office = office();
    let other = register::SAMPLE.replacen("basis = \"consent\"", "basis = \"contract\"", 1);
    let save = [("base", "1"), ("text", &*other)];
    let refused = post(&office, Role::Marketing, "/forms/apply", &save).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let save = [("base", "1"), ("text", register::SAMPLE)];
    let refused = post(&office, Role::Marketing, "/register/apply", &save).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(office.own.register_versions().unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_who_change_at_once_the_second_is_shown_both_and_can_still_save() {
    let office = office();
    let mine = text_of(&text(post(&office, Role::Marketing, "/forms", &NEW).await).await);
    let theirs = register::SAMPLE.replace("Kundenbetreuung", "Kunden");
    office.own.apply_register(&theirs, &act()).unwrap();
    let save = [("base", "1"), ("text", &*mine)];
    let told = post(&office, Role::Marketing, "/forms/apply", &save).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let page = text(told).await;
    assert!(page.contains("Jemand war schneller") && page.contains("Kunden"));
    assert!(page.contains("action=\"/forms/preview\""));
    let together = text_of(&page);
    let again = [("base", "2"), ("text", &*together)];
    let page = post(&office, Role::Marketing, "/forms/preview", &again).await;
    assert!(text(page).await.contains("Wir rufen zurück"));
    let saved = post(&office, Role::Marketing, "/forms/apply", &again).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    let register = office.own.register_view(today()).unwrap().register;
    assert!(register.form("rueckruf").is_some());
    assert_eq!(register.activity("customer-care").unwrap().name, "Kunden");
}

#[tokio::test]
async fn a_form_goes_once_it_is_confirmed_and_not_while_it_has_a_variant() {
    let office = office();
    let mut variant = NEW.to_vec();
    variant.push(("variant_of", "contact"));
    let whole = text_of(&text(post(&office, Role::Owner, "/forms", &variant).await).await);
    let save = [("base", "1"), ("text", &*whole)];
    post(&office, Role::Owner, "/forms/apply", &save).await;
    let base = [("base", "2")];
    let refused = post(&office, Role::Owner, "/forms/contact/remove", &base).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("Rückruf"));
    let asked = post(&office, Role::Owner, "/forms/rueckruf/remove", &base).await;
    let whole = text_of(&text(asked).await);
    assert_eq!(office.own.register_versions().unwrap().len(), 2);
    let save = [("base", "2"), ("text", &*whole)];
    post(&office, Role::Owner, "/forms/apply", &save).await;
    let register = office.own.register_view(today()).unwrap().register;
    assert!(register.form("rueckruf").is_none() && register.form("contact").is_some());
}

#[tokio::test]
async fn each_kind_begins_with_a_proposal_that_says_why_it_asks() {
    let office = office();
    let marketing = office.session(Role::Marketing);
    for kind in FormKind::ALL {
        let path = format!("/forms/new?kind={}&lang=de", kind.name());
        let page = text(office.get(&path, Some(marketing)).await).await;
        let proposed = register::proposed_form(*kind);
        assert!(page.contains(proposed.title_de.as_deref().unwrap()));
        let why = proposed.question(FormField::Email).unwrap();
        assert!(page.contains(why.why_de.as_deref().unwrap()), "{kind:?}");
    }
    let sales = office.session(Role::Sales);
    let page = text(office.get("/forms/contact?lang=de", Some(sales)).await).await;
    assert!(page.contains("disabled") && !page.contains("/forms/contact/remove"));
}
