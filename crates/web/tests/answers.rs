//! The answer to who asked for access: released on the contact's page, fetched by the mailed link. On a real
//! installation with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use jiff::SignedDuration;
use office::{Office, act, office, text};
use operations::access::Role;
use operations::mail::Pace;

/// Sends the form of the contact's answer, with what the page shows as looked at.
async fn send(office: &Office, what: &str, body: &str) -> (StatusCode, String) {
    let owner = office.session(Role::Owner);
    let path = format!("/contacts/{}/access", office.contact);
    let page = text(office.get(&path, Some(owner)).await).await;
    let value = |name: &str| {
        let found = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
        let value = found.and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    let token = office.form_token(owner).await;
    let (seen, answer) = (value("seen"), value("answer"));
    let body = format!("form_token={token}&seen={seen}&answer={answer}&{body}");
    let response = office
        .post(&format!("{path}/{what}"), Some(owner), &body)
        .await;
    (response.status(), text(response).await)
}

/// The path of the link in the mail that waits.
fn link(office: &Office) -> String {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(0),
        lease: SignedDuration::from_secs(600),
    };
    while let Some(mail) = office.here.next_message(&pace, &act()).unwrap() {
        let mut lines = mail.letter.text.lines();
        if let Some(link) = lines.find(|line| line.contains("/answer/")) {
            let path = link.strip_prefix("http://localhost:8070");
            return path.unwrap().to_owned();
        }
    }
    String::new()
}

#[tokio::test]
async fn a_released_answer_is_fetched_by_its_link_until_it_is_taken_back() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let (status, page) = send(&office, "release", "way=mail&language=en").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(
        page.contains("nicht mehr die, die Sie durchgesehen haben"),
        "{page}"
    );
    let (status, page) = send(&office, "release", "way=mail").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (status, page) = send(&office, "release", "way=mail").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("ersetzt"), "{page}");
    let link = link(&office);
    let german = format!("{link}?lang=de");
    let page = office.get(&german, None).await;
    assert_eq!(page.status(), StatusCode::OK);
    let page = text(page).await;
    assert!(
        page.contains("noch 5 Dateien") && !page.contains("anna"),
        "{page}"
    );
    for (file, start) in [("pdf", "%PDF"), ("json", "{"), ("csv", "\u{feff}")] {
        let fetched = office.post(&link, None, &format!("file={file}")).await;
        assert_eq!(fetched.status(), StatusCode::OK);
        let name = fetched.headers()[CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.ends_with(&format!("auskunft.{file}\"")), "{name}");
        let bytes = axum::body::to_bytes(fetched.into_body(), usize::MAX)
            .await
            .unwrap();
        assert!(bytes.starts_with(start.as_bytes()));
    }
    assert!(
        text(office.get(&german, None).await)
            .await
            .contains("noch 2 Dateien")
    );
    let (status, _) = send(&office, "revoke", "").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let mut gone = Vec::new();
    for path in [&german, "/answer/nobody-has-this?lang=de"] {
        let page = office.get(path, None).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND);
        gone.push(text(page).await);
        let post = office.post(path, None, "file=pdf").await;
        assert_eq!(post.status(), StatusCode::NOT_FOUND);
        gone.push(text(post).await);
    }
    gone.dedup();
    assert_eq!(gone.len(), 1, "every link that does not work says the same");
}
