//! The pages on which a number is proven by a code, on a real installation with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use law::Lang;
use office::{Office, act, office, text, today};
use operations::access::Role;
use operations::lead_form::Answers;
use operations::mail::{MailPurpose, Pace};
use operations::sms::{Asked, NumberStep, Sms, SmsEnd};
use operations::{Act, ContactRef, OrganisationId};
use register::FormField;

const FORM: &str = "whitepaper-cooling";
const MAIL: &str = "neu@kunde.example";
const NUMBER: &str = "+4915123456789";
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// An office whose newsletter is consented to by mail and telephone.
fn calling() -> Office {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let register = office.own.register_text(None).unwrap();
    let register = register
        .replace(
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\"]",
            "version = 2\npurposes = [\"newsletter\"]\nchannels = [\"email\", \"phone\"]",
        )
        .replacen(
            "[[form.question]]\nfield = \"company\"",
            "[[form.question]]\nfield = \"phone\"\nwhy_de = \"Freiwillig.\"\nwhy_en = \"Optional.\"\n\n\
             [[form.question]]\nfield = \"company\"",
            1,
        );
    assert!(register.contains("\"email\", \"phone\"") && register.contains("field = \"phone\""));
    office.own.apply_register(&register, &act()).unwrap();
    office
}

/// The page that confirms a form with a number and every box ticked.
fn sent(office: &Office) -> String {
    let token = submitted(office, MAIL, NUMBER);
    format!("/f/{}/{FORM}/confirm/{token}", office.own.id())
}

/// What confirms a form that was sent.
fn submitted(office: &Office, mail: &str, number: &str) -> String {
    let at = act().at - SignedDuration::from_secs(15);
    let form = office.own.show_form(FORM, Lang::De, None, at).unwrap();
    let answers = Answers {
        ticket: form.ticket.clone(),
        fields: BTreeMap::from([
            (FormField::Email, mail.to_owned()),
            (FormField::Phone, number.to_owned()),
        ]),
        consents: form.consents.iter().map(|c| c.key.clone()).collect(),
        ..Answers::default()
    };
    let token = RefCell::new(String::new());
    let link = |given: &str| {
        given.clone_into(&mut token.borrow_mut());
        String::new()
    };
    office
        .own
        .submit_form(FORM, &answers, &act(), link)
        .unwrap();
    token.into_inner()
}

/// The address after `before` in a page.
fn address(page: &str, before: &str) -> String {
    let (_, rest) = page.split_once(before).unwrap();
    format!("{before}{}", rest.split('"').next().unwrap())
}

/// The message that is due.
fn message(office: &Office) -> Option<Sms> {
    let sms = office.here.next_sms(LEASE, &act()).unwrap()?;
    office.here.sms_ended(&sms, SmsEnd::Taken, &act()).unwrap();
    Some(sms)
}

fn code(sms: &Sms) -> String {
    let mut words = sms.text.split(|c: char| !c.is_ascii_digit());
    words.find(|word| word.len() == 6).unwrap().to_owned()
}

fn contact(office: &Office) -> OrganisationId {
    let who: ContactRef = MAIL.parse().unwrap();
    let view = office.own.contact_view(&who, today(), Lang::De);
    view.unwrap().line.id.parse().unwrap()
}

async fn confirmed(office: &Office) -> String {
    let page = office.post(&sent(office), None, "").await;
    assert_eq!(page.status(), StatusCode::OK);
    text(page).await
}

#[tokio::test]
async fn from_the_confirmed_form_over_the_code_to_a_proven_number() {
    let office = calling();
    office.here.has_sms_gateway();
    let page = confirmed(&office).await;
    assert!(page.contains("+49 ••• ••89") && !page.contains("23456789"));
    let send = address(&page, "/me/number/");
    let there = send.strip_suffix("/send").unwrap();

    // What looks at links sends nothing, and nobody learns the number from the page.
    for path in [
        there,
        &send,
        "/me/number",
        &format!("{there}?told=sent&code=123456"),
    ] {
        let seen = text(office.get(path, None).await).await;
        assert!(!seen.contains("23456789"), "{path}");
    }
    assert!(message(&office).is_none());
    let foreign = Request::post(&send)
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "https://fremd.example")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let foreign = office.send(foreign.body(Body::empty()).unwrap()).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert!(message(&office).is_none());

    let answer = office.post(&send, None, "").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let next = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(answer.headers().get(SET_COOKIE).is_none());
    let page = text(office.get(&next, None).await).await;
    assert!(page.contains("one-time-code") && page.contains("Ja, die Musterbau"));
    let sms = message(&office).unwrap();
    assert_eq!(sms.to, NUMBER);

    let wrong = if code(&sms) == "000000" {
        "000001"
    } else {
        "000000"
    };
    for (entered, said) in [("12", "sechs Ziffern aus der SMS"), (wrong, "stimmt nicht")] {
        let answer = office.post(there, None, &format!("code={entered}")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(answer).await;
        assert!(
            page.contains(said) && page.contains("role=\"alert\""),
            "{page}"
        );
    }
    let id = contact(&office);
    assert_ne!(
        office.own.number_step(id, act().at).unwrap(),
        NumberStep::None
    );
    let done = office
        .post(there, None, &format!("code={}", code(&sms)))
        .await;
    assert_eq!(done.status(), StatusCode::OK);
    assert!(text(done).await.contains("Ihre Nummer ist bestätigt"));
    assert_eq!(
        office.own.number_step(id, act().at).unwrap(),
        NumberStep::None
    );
    for path in [there, &send] {
        let again = office
            .post(path, None, &format!("code={}", code(&sms)))
            .await;
        assert_eq!(again.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn without_a_gateway_the_page_says_that_calls_wait_for_writing() {
    let office = calling();
    let page = confirmed(&office).await;
    assert!(page.contains("fehlt noch Ihre schriftliche Bestätigung"));
    assert!(!page.contains("/me/number"));
    let nothing = office.post("/me/number/none/send", None, "").await;
    assert_eq!(nothing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn in_ones_own_data_the_number_is_proven_too() {
    let office = calling();
    office.here.has_sms_gateway();
    confirmed(&office).await;
    let visit = visit(&office).await;
    let page = text(visiting(&office, "/me", None, &visit).await).await;
    assert!(page.contains("action=\"/me/number\"") && page.contains("+49 ••• ••89"));
    let begun = visiting(&office, "/me/number", Some(""), &visit).await;
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let there = begun.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(message(&office).is_none(), "the page asks first");
    office.post(&format!("{there}/send"), None, "").await;
    let code = code(&message(&office).unwrap());
    let done = office.post(&there, None, &format!("code={code}")).await;
    assert_eq!(done.status(), StatusCode::OK);
    let page = text(visiting(&office, "/me", None, &visit).await).await;
    assert!(!page.contains("action=\"/me/number\""));
    let nobody = office.post("/me/number", None, "").await;
    assert!(nobody.status().is_client_error());
}

async fn visiting(office: &Office, path: &str, body: Option<&str>, visit: &str) -> Response {
    let request = match body {
        None => Request::get(path),
        Some(_) => Request::post(path),
    };
    let request = request
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "http://localhost:8070")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(COOKIE, format!("own={visit}"));
    let body = body.unwrap_or_default().to_owned();
    office.send(request.body(Body::from(body)).unwrap()).await
}

/// A visit to one's own data, by the link in the mail that brings it.
async fn visit(office: &Office) -> String {
    let by_the_person = Act {
        by: "person".to_owned(),
        ..act()
    };
    let id = contact(office);
    office
        .own
        .send_own_link(id, Lang::De, &by_the_person)
        .unwrap();
    let pace = Pace {
        per_domain: SignedDuration::from_secs(2),
        lease: LEASE,
    };
    let mut token = String::new();
    while let Some(mail) = office.here.next_message(&pace, &act()).unwrap() {
        if mail.purpose == MailPurpose::Link {
            let line = mail.letter.text.lines().find(|line| line.contains("/me/"));
            line.unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .clone_into(&mut token);
        }
    }
    let opened = office.post(&format!("/me/{token}"), None, "").await;
    let cookie = opened.headers()[SET_COOKIE].to_str().unwrap();
    let value = cookie.strip_prefix("own=").unwrap();
    value.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_message_that_the_gateway_refused_is_told_on_the_page() {
    let office = calling();
    office.here.has_sms_gateway();
    let send = address(&confirmed(&office).await, "/me/number/");
    let answer = office.post(&send, None, "").await;
    let next = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    let sms = office.here.next_sms(LEASE, &act()).unwrap().unwrap();
    office
        .here
        .sms_ended(&sms, SmsEnd::Refused, &act())
        .unwrap();
    let page = text(office.get(&next, None).await).await;
    assert!(
        page.contains("konnte nicht an diese Nummer gesendet werden"),
        "{page}"
    );
    assert!(!page.contains("kommt die SMS gleich an") && !page.contains("one-time-code"));
}

#[tokio::test]
async fn the_overview_tells_that_no_more_codes_go_out() {
    let office = calling();
    office.here.has_sms_gateway();
    let owner = office.session(Role::Owner);
    let quiet = text(office.get("/", Some(owner)).await).await;
    assert!(!quiet.contains("Grenze von 60"));
    for who in 0..60 {
        let number = format!("+4915111{:06}", 100_000 + who);
        let token = submitted(&office, &format!("p{who}@kunde.example"), &number);
        let done = office.own.confirm_form(&token, &act(), |_| String::new());
        let token = done.unwrap().number_token.unwrap();
        let asked = office.here.send_code(&token, Lang::De, &act()).unwrap();
        assert_eq!(asked, Asked::Sent);
    }
    let told = text(office.get("/", Some(owner)).await).await;
    assert!(told.contains("Grenze von 60"), "{told}");
}
