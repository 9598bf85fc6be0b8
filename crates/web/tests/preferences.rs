//! What people set by the links in mail, on a real installation with invented people.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on must fail"
)]

mod office;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use law::{Channel, Lang};
use office::{Office, act, office, text, today};
use operations::access::Role;
use operations::mail::{MailPurpose, Pace};
use operations::request::{Identity, RequestKind};
use operations::{ContactRef, Organisation, OrganisationId};

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

fn contact(office: &Office) -> OrganisationId {
    office.contact.parse().unwrap()
}

/// The link in every mail to the contact.
fn link(office: &Office) -> String {
    format!("/p/{}", office.own.preference_token(contact(office)))
}

/// What is on record of the contact, all of its rows in words.
fn record(office: &Office) -> String {
    let reference = ContactRef::Id(contact(office));
    let view = office.own.contact_view(&reference, today(), Lang::De);
    let standing = office.own.standing(contact(office), today()).unwrap();
    let requests = office.own.open_requests(9).unwrap();
    format!("{:?} {standing:?} {requests:?}", view.unwrap())
}

/// The token in the mail for this purpose that waits.
fn mailed(office: &Office, purpose: MailPurpose) -> String {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(2),
        lease: SignedDuration::from_secs(60),
    };
    while let Some(mail) = office.here.next_message(&pace, &act()).unwrap() {
        if mail.purpose == purpose {
            let line = mail.letter.text.lines().find(|line| line.contains("/me/"));
            return line.unwrap().rsplit('/').next().unwrap().to_owned();
        }
    }
    panic!("no such mail waits");
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

/// Asks for the link, follows it, presses the button; gives the visit.
async fn visit(office: &Office) -> String {
    office.here.reached_at("http://localhost:8070");
    let sent = office
        .post(&format!("{}/link", link(office)), None, "")
        .await;
    assert_eq!(sent.status(), StatusCode::OK);
    let token = mailed(office, MailPurpose::Link);
    let opened = office.post(&format!("/me/{token}"), None, "").await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER);
    assert_eq!(opened.headers()[LOCATION], "/me");
    let cookie = opened.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["Path=/me", "HttpOnly", "SameSite=Strict", "Max-Age=1800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let value = cookie.strip_prefix("own=").unwrap();
    value.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_storm_of_gets_on_every_link_changes_nothing_and_shows_nobody() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let page = link(&office);
    office.post(&format!("{page}/link"), None, "").await;
    let token = mailed(&office, MailPurpose::Link);
    let before = record(&office);
    for path in [
        page.clone(),
        format!("{page}/one-click"),
        format!("{page}/link"),
        format!("{page}?what=all"),
        format!("{page}/one-click?{ONE_CLICK}"),
        format!("/me/{token}"),
        "/me".to_owned(),
        "/me/stop?what=all".to_owned(),
    ] {
        for _ in 0..5 {
            let seen = text(office.get(&path, None).await).await;
            assert!(!seen.contains("anna"), "{path} shows data");
        }
    }
    assert_eq!(record(&office), before);
    let opened = office.post(&format!("/me/{token}"), None, "").await;
    assert_eq!(opened.status(), StatusCode::SEE_OTHER, "it was not used up");
}

#[tokio::test]
async fn one_click_needs_no_page_no_cookie_and_no_origin() {
    let office = office();
    let path = format!("{}/one-click", link(&office));
    let click = |body: &'static str| {
        let request = Request::post(&path)
            .header(HOST, "localhost:8070")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        office.send(request.body(Body::from(body)).unwrap())
    };
    assert_eq!(click("").await.status(), StatusCode::BAD_REQUEST);
    assert!(!record(&office).contains("objection.recorded"));
    let mut after = String::new();
    for _ in 0..2 {
        let done = click(ONE_CLICK).await;
        assert_eq!(done.status(), StatusCode::OK);
        assert!(!done.headers().contains_key(SET_COOKIE));
        assert_eq!(text(done).await, "Unsubscribed.\n");
        let now = record(&office);
        assert!(
            after.is_empty() || after == now,
            "the second changes nothing"
        );
        after = now;
    }
    let standing = office.own.standing(contact(&office), today()).unwrap();
    assert_eq!(standing.objections[0].channels, [Channel::Email]);
}

#[tokio::test]
async fn a_forged_link_and_one_of_another_organisation_are_nothing() {
    let office = office();
    let foreign = Organisation::open(&office.here, Some("Fremde GmbH")).unwrap();
    // The own organisation's contact, signed by another one.
    let mixed = foreign.preference_token(contact(&office));
    let mut forged = office.own.preference_token(contact(&office));
    let last = if forged.pop() == Some('A') { 'Q' } else { 'A' };
    forged.push(last);
    let before = record(&office);
    for token in [&forged, "nonsense", &"A".repeat(64)] {
        for path in [format!("/p/{token}"), format!("/p/{token}/one-click")] {
            let seen = office.get(&path, None).await;
            assert_eq!(seen.status(), StatusCode::NOT_FOUND, "{path}");
            let done = office.post(&path, None, "what=all").await;
            assert_eq!(done.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }
    let done = office.post(&format!("/p/{mixed}"), None, "what=all").await;
    assert!(text(done).await.contains("nichts gespeichert"));
    assert_eq!(record(&office), before);
}

#[tokio::test]
async fn the_link_in_every_mail_takes_away_and_can_not_grant_or_undo() {
    let office = office();
    let page = link(&office);
    for body in [
        "what=pause&days=30",
        "what=profiling",
        "what=topic&activity=newsletter",
    ] {
        let done = office.post(&page, None, body).await;
        assert_eq!(done.status(), StatusCode::OK, "{body}");
        assert!(text(done).await.contains("✓"));
    }
    let all = text(office.post(&page, None, "what=all").await).await;
    assert!(all.contains("Sie erhalten keine Werbung mehr"), "{all}");
    let standing = office.own.standing(contact(&office), today()).unwrap();
    assert_eq!(standing.objections.len(), 4);
    for body in [
        "what=consent",
        "what=lift",
        "what=pause&days=1",
        "what=topic&activity=x",
    ] {
        let refused = office.post(&page, None, body).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{body}");
    }
    let token = office.own.preference_token(contact(&office));
    for path in ["/me/consent", "/me/lift", "/me/data", "/me/request"] {
        let refused = visiting(&office, path, Some("kind=erasure"), &token).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let entered = office.post(&format!("/me/{token}"), None, "").await;
    assert_eq!(entered.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_visit_shows_changes_grants_and_asks_and_its_link_works_once() {
    let office = office();
    let visit = visit(&office).await;
    let page = text(visiting(&office, "/me", None, &visit).await).await;
    assert!(
        page.contains("anna@kunde.example") && page.contains("Messe"),
        "{page}"
    );
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let data = format!("seen={seen}&family_name=Neumann&company=anna+Fr%C3%A4serei+GmbH");
    // Somebody changed something after this page was opened.
    let late = data.replace(seen, "1").replace("Neumann", "Alt");
    let done = visiting(&office, "/me/data", Some(&data), &visit).await;
    assert_eq!(done.headers()[LOCATION], "/me?done=data");
    let late = visiting(&office, "/me/data", Some(&late), &visit).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text(late).await.contains("value=\"Alt\""),
        "what was entered stays"
    );
    // Without the box nothing is given.
    let offer = office
        .own
        .offers(contact(&office), Lang::De)
        .unwrap()
        .remove(0);
    let give = format!(
        "wording={}&activity={}&read={}",
        offer.wording, offer.activity, offer.sha256
    );
    let none = visiting(&office, "/me/consent", Some(&give), &visit).await;
    assert_eq!(none.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let give = format!("{give}&yes=yes");
    let given = visiting(&office, "/me/consent", Some(&give), &visit).await;
    assert_eq!(given.headers()[LOCATION], "/me?done=consent");
    let standing = office.own.standing(contact(&office), today()).unwrap();
    let entry = standing.consents[0].3;
    office.own.sequence(act().at).unwrap();
    let receipt = format!("/me/consents/{entry}/receipt.pdf");
    let receipt = visiting(&office, &receipt, None, &visit).await;
    assert_eq!(receipt.headers()[CONTENT_TYPE], "application/pdf");
    visiting(&office, "/me/stop", Some("what=all"), &visit).await;
    let objection = office
        .own
        .standing(contact(&office), today())
        .unwrap()
        .objections[0]
        .id;
    let lift = format!("objection={objection}");
    let lifted = visiting(&office, "/me/lift", Some(&lift), &visit).await;
    assert_eq!(lifted.headers()[LOCATION], "/me?done=lift");
    visiting(&office, "/me/request", Some("kind=erasure"), &visit).await;
    let sales = office.session(Role::Sales);
    let waiting = text(office.get("/requests", Some(sales)).await).await;
    assert!(
        waiting.contains("Neumann") && waiting.contains("Löschung"),
        "{waiting}"
    );
    let history = text(
        office
            .get(&format!("/contacts/{}", office.contact), Some(sales))
            .await,
    );
    assert!(history.await.contains("die Person selbst, per Link"));
    let open = office.own.open_requests(9).unwrap();
    let asked = open.iter().find(|line| line.kind == RequestKind::Erasure);
    assert_eq!(asked.unwrap().identity, Identity::Confirmed);
    visiting(&office, "/me/end", Some(""), &visit).await;
    let over = visiting(&office, "/me", None, &visit).await;
    assert_eq!(over.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_new_address_is_confirmed_by_a_button_behind_the_mail() {
    let office = office();
    let visit = visit(&office).await;
    let asked = visiting(
        &office,
        "/me/email",
        Some("email=anna%40neu.example"),
        &visit,
    )
    .await;
    assert_eq!(asked.headers()[LOCATION], "/me?done=email");
    let path = format!("/me/address/{}", mailed(&office, MailPurpose::Confirmation));
    for _ in 0..3 {
        assert_eq!(office.get(&path, None).await.status(), StatusCode::OK);
    }
    assert!(!record(&office).contains("anna@neu.example"));
    assert_eq!(office.post(&path, None, "").await.status(), StatusCode::OK);
    assert!(record(&office).contains("anna@neu.example"));
    let again = office.post(&path, None, "").await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_network_is_braked_and_pages_of_other_sites_press_no_button() {
    let office = office();
    let page = link(&office);
    let request = Request::post(&page)
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "https://evil.example")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let foreign = office
        .send(request.body(Body::from("what=all")).unwrap())
        .await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    for _ in 0..30 {
        let tried = office.post("/me/nonsense", None, "").await;
        assert_eq!(tried.status(), StatusCode::NOT_FOUND);
    }
    let braked = office.post("/me/nonsense", None, "").await;
    assert_eq!(braked.status(), StatusCode::TOO_MANY_REQUESTS);
}
