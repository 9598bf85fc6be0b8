//! Lead forms over HTTP, as people, websites, scanners and cheats ask for them. On a real installation
//! with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::body::Body;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, LOCATION, ORIGIN, SET_COOKIE,
    X_FRAME_OPTIONS,
};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use law::Lang;
use office::{Office, act, office, text, today};
use operations::EvidenceFilter;
use operations::access::Role;
use operations::mail::Pace;

const FORM: &str = "whitepaper-cooling";
const SITE: &str = "https://www.musterbau.example";
const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};

fn address(office: &Office) -> String {
    format!("/f/{}/{FORM}", office.own.id())
}

/// The ticket of a form that was shown a quarter of a minute ago.
fn ticket(office: &Office) -> String {
    let at = act().at - SignedDuration::from_secs(15);
    office
        .own
        .show_form(FORM, Lang::De, None, at)
        .unwrap()
        .ticket
}

fn body(office: &Office, more: &str) -> String {
    format!("ticket={}&{more}", ticket(office))
}

async fn post_from(office: &Office, path: &str, origin: &str, body: String) -> Response {
    let request = Request::post(path)
        .header(HOST, "localhost:8070")
        .header(ORIGIN, origin)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    office.send(request.body(Body::from(body)).unwrap()).await
}

/// Lets that website show the form, and gives it a file at once.
fn on_a_website(office: &Office) {
    let hash = office
        .own
        .keep_form_file(b"%PDF-1.7".to_vec(), &act())
        .unwrap();
    let register = office.own.register_text(None).unwrap();
    let with = format!(
        "id = \"{FORM}\"\norigins = [\"{SITE}\"]\nfile = \"{hash}\"\nfile_name = \"Kühlung.pdf\""
    );
    let register = register
        .replace(&format!("id = \"{FORM}\""), &with)
        .replace("delivery = \"by_mail\"", "delivery = \"at_once\"");
    office.own.apply_register(&register, &act()).unwrap();
}

fn traces(office: &Office) -> usize {
    let filter = EvidenceFilter {
        kind: Some("submission.refused".to_owned()),
        ..EvidenceFilter::default()
    };
    office
        .own
        .evidence_page(&filter, None, 100)
        .unwrap()
        .lines
        .len()
}

/// The link in the only mail of a form.
fn link(office: &Office) -> String {
    while let Some(mail) = office.here.next_message(&PACE, &act()).unwrap() {
        if let Some(at) = mail.letter.text.find("/f/") {
            let rest = &mail.letter.text[at..];
            return rest.split_whitespace().next().unwrap().to_owned();
        }
    }
    String::new()
}

fn is_known(office: &Office) -> bool {
    let who = "neu@kunde.example".parse().unwrap();
    office.own.contact_view(&who, today(), Lang::De).is_ok()
}

#[tokio::test]
async fn the_form_shows_empty_boxes_and_the_information_and_sets_no_cookie() {
    let office = office();
    for path in [
        address(&office),
        format!("{}?lang=en&source=messe", address(&office)),
    ] {
        let response = office.get(&path, None).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers().get(SET_COOKIE).is_none(), "{path}");
        let policy = response.headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(policy.contains("frame-ancestors 'none'"));
        let page = text(response).await;
        assert!(page.contains("type=\"checkbox\"") && !page.contains("checked"));
        assert!(page.contains("Musterbau Maschinen GmbH") && page.contains("dsb@beispiel"));
    }
    for nothing in [
        format!("/f/{}/none", office.own.id()),
        format!("/f/{}/{FORM}", "0".repeat(32)),
        "/f/nonsense/form".to_owned(),
    ] {
        let status = office.get(&nothing, None).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn a_form_is_sent_and_confirmed_and_looking_at_the_link_does_nothing() {
    let office = office();
    let given = body(&office, "email=neu@kunde.example&consent=newsletter@2");
    let sent = office
        .post(&format!("{}?lang=de", address(&office)), None, &given)
        .await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let there = sent.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(
        text(office.get(&there, None).await)
            .await
            .contains("Postfach")
    );
    let link = link(&office);
    for _ in 0..5 {
        let page = office.get(&link, None).await;
        assert_eq!(page.status(), StatusCode::OK);
        assert!(
            text(page)
                .await
                .contains("Neuigkeiten zu ihren Fräsmaschinen")
        );
    }
    assert!(!is_known(&office));
    let foreign = link.replace(&office.own.id().to_string(), &"0".repeat(32));
    assert_eq!(
        office.post(&foreign, None, "").await.status(),
        StatusCode::NOT_FOUND
    );
    let done = office.post(&link, None, "").await;
    assert_eq!(done.status(), StatusCode::OK);
    assert!(done.headers().get(SET_COOKIE).is_none());
    assert!(text(done).await.contains("/p/"));
    assert!(is_known(&office));
    for response in [
        office.post(&link, None, "").await,
        office.get(&link, None).await,
    ] {
        assert_eq!(response.status(), StatusCode::GONE);
    }
}

#[tokio::test]
async fn the_answer_is_the_same_whoever_the_address_belongs_to() {
    let office = office();
    let gone = office.contact.parse().unwrap();
    office.own.erase(&gone, &act()).unwrap();
    let mut answers = Vec::new();
    for email in [
        "anna@kunde.example",
        "anna-neu@kunde.example",
        "neu@kunde.example",
    ] {
        let given = body(&office, &format!("email={email}"));
        let sent = office.post(&address(&office), None, &given).await;
        answers.push((sent.status(), sent.headers()[LOCATION].clone()));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn only_the_forms_own_websites_show_and_send_it() {
    let office = office();
    let path = address(&office);
    let given = || body(&office, "email=neu@kunde.example");
    let refused = post_from(&office, &path, "https://evil.example", given()).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(traces(&office), 1);
    on_a_website(&office);
    let page = office.get(&path, None).await;
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains(&format!("frame-ancestors {SITE}")),
        "{policy}"
    );
    assert!(page.headers().get(X_FRAME_OPTIONS).is_none());
    assert_eq!(
        post_from(&office, &path, "null", given()).await.status(),
        StatusCode::FORBIDDEN
    );
    let sent = post_from(&office, &path, SITE, given()).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    // The file comes at once, as a download and under its name.
    let there = sent.headers()[LOCATION].to_str().unwrap().to_owned();
    let page = text(office.get(&there, None).await).await;
    let file = page
        .split("href=\"")
        .find(|part| part.contains("/file/"))
        .unwrap();
    let file = office.get(file.split('"').next().unwrap(), None).await;
    let named = file.headers()[CONTENT_DISPOSITION].to_str().unwrap();
    assert!(named.starts_with("attachment") && named.contains("K%C3%BChlung.pdf"));
    assert_eq!(text(file).await, "%PDF-1.7");
}

#[tokio::test]
async fn a_plain_form_elsewhere_only_fills_in_and_gives_no_consent() {
    let office = office();
    let path = format!("{}/check", address(&office));
    let given = "email=neu@kunde.example&consent=newsletter@2".to_owned();
    let page = post_from(&office, &path, "https://evil.example", given).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(page.contains("value=\"neu@kunde.example\"") && !page.contains("checked"));
    assert_eq!((traces(&office), link(&office)), (0, String::new()));
}

#[tokio::test]
async fn what_is_wrong_is_told_with_what_was_entered_but_no_box_is_ticked() {
    let office = office();
    let given = body(
        &office,
        "email=keine+Adresse&company=Muster&consent=newsletter@2",
    );
    let page = office
        .post(&format!("{}?lang=de", address(&office)), None, &given)
        .await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(page).await;
    assert!(
        page.contains("keine vollständige E-Mail-Adresse") && page.contains("value=\"Muster\"")
    );
    assert!(page.contains("Häkchen neu") && !page.contains("checked"));
    // The same showing goes on.
    assert!(page.contains(given.split(['=', '&']).nth(1).unwrap()));
    let forged = office
        .post(&address(&office), None, "email=neu@kunde.example")
        .await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    let trapped = body(&office, "email=neu@kunde.example&website=x");
    let trapped = office.post(&address(&office), None, &trapped).await;
    assert_eq!(trapped.status(), StatusCode::FORBIDDEN);
    assert_eq!(traces(&office), 2);
}

#[tokio::test]
async fn one_network_sends_only_so_many_forms_a_minute() {
    let office = office();
    for _ in 0..10 {
        let status = office.post(&address(&office), None, "").await.status();
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
    let status = office.post(&address(&office), None, "").await.status();
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_sees_a_form_is_counted_and_who_loads_it_in_advance_is_not() {
    let office = office();
    let ask = |method: &str, prefetch: bool| {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}?source=messe", address(&office)))
            .header(HOST, "localhost:8070");
        if prefetch {
            request = request.header("sec-purpose", "prefetch;prerender");
        }
        request.body(Body::empty()).unwrap()
    };
    for request in [
        ask("GET", false),
        ask("GET", true),
        ask("HEAD", false),
        ask("GET", false),
    ] {
        assert_eq!(office.send(request).await.status(), StatusCode::OK);
    }
    let counts = office.own.form_counts(today(), today()).unwrap();
    assert_eq!(counts.len(), 1, "{counts:?}");
    assert_eq!((&*counts[0].source, counts[0].count), ("messe", 2));
}

#[tokio::test]
async fn marketing_gives_a_form_its_file_and_looks_at_it_before_it_is_saved() {
    let office = office();
    let marketing = office.session(Role::Marketing);
    let token = office.form_token(marketing).await;
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let upload = |file: &str| {
        let body = format!(
            "{}{}--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"W.pdf\"\r\n\r\n{file}\r\n--x--\r\n",
            part("form_token", &token),
            part("base", "1"),
        );
        let request = Request::post(format!("/forms/{FORM}/file"))
            .header(HOST, "localhost:8070")
            .header(ORIGIN, "http://localhost:8070")
            .header("cookie", format!("session={marketing}"))
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        office.send(request.body(Body::from(body)).unwrap())
    };
    let page = upload("%PDF-1.7").await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(page.contains("W.pdf") && page.contains("/forms/apply"));
    assert_eq!(upload("").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
