//! The pages about mail, on a real installation with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use jiff::SignedDuration;
use office::{Office, act, office, text};
use operations::access::Role;
use operations::mail::{Delivery, MailState, Pace, Trouble, TroubleKind};

const PACE: Pace = Pace {
    per_domain: SignedDuration::from_secs(2),
    lease: SignedDuration::from_secs(60),
};

/// Tries to send the organisation's mail.
fn try_once(office: &Office, delivery: &Delivery) {
    while let Some(mail) = office.here.next_message(&PACE, &act()).unwrap() {
        if *delivery == Delivery::Sent || *delivery == Delivery::Unclear {
            let begun = office
                .here
                .begin_transmission(&mail, [1; 32], &PACE, &act());
            assert!(begun.unwrap());
        }
        office.here.message_ended(&mail, delivery, &act()).unwrap();
    }
}

fn state(office: &Office) -> MailState {
    let id = office.mail.parse().unwrap();
    office.own.mail(id).unwrap().line.state
}

#[tokio::test]
async fn without_a_mail_server_the_list_says_so_and_a_mail_that_waits_can_be_read() {
    let office = office();
    let auditor = Some(office.session(Role::Auditor));
    let list = text(office.get("/mail", auditor).await).await;
    assert!(list.contains("kein Mailserver eingerichtet"));
    assert!(list.contains(&office.mail) && !list.contains(&office.foreign_mail));
    assert!(list.contains("Mitteilung") && list.contains("wartet"));
    let page = text(office.get(&format!("/mail/{}", office.mail), auditor).await).await;
    assert!(page.contains("anna@kunde.example") && page.contains("Ihre Daten bei uns"));
    let sent = text(office.get("/mail?state=sent", auditor).await).await;
    assert!(sent.contains("Hier gibt es nichts"));
}

#[tokio::test]
async fn mail_of_another_organisation_is_not_there() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    for id in [&office.foreign_mail, &office.contact, "nonsense"] {
        let page = office.get(&format!("/mail/{id}"), Some(owner)).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{id}");
        let body = format!("form_token={token}");
        let again = format!("/mail/{id}/again");
        let again = office.post(&again, Some(owner), &body).await;
        assert_eq!(again.status(), StatusCode::NOT_FOUND, "{id}");
    }
}

#[tokio::test]
async fn only_a_person_has_a_mail_sent_again_that_may_have_arrived_and_only_once() {
    let office = office();
    try_once(&office, &Delivery::Unclear);
    assert_eq!(state(&office), MailState::Unknown);
    let sales = office.session(Role::Sales);
    let place = format!("/mail/{}", office.mail);
    for _ in 0..2 {
        let page = text(office.get(&place, Some(sales)).await).await;
        assert!(page.contains("ein zweites Mal"), "{page}");
    }
    assert_eq!(
        state(&office),
        MailState::Unknown,
        "looking changes nothing"
    );
    let auditor = office.session(Role::Auditor);
    let seen = text(office.get(&place, Some(auditor)).await).await;
    assert!(!seen.contains("Noch einmal versuchen"));
    let body = format!("form_token={}", office.form_token(sales).await);
    let again = format!("{place}/again");
    let done = office.post(&again, Some(sales), &body).await;
    assert_eq!(done.headers()[LOCATION], place.as_str());
    assert_eq!(state(&office), MailState::Waiting);
    try_once(&office, &Delivery::Sent);
    let late = office.post(&again, Some(sales), &body).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(text(late).await.contains("inzwischen gesendet"));
}

#[tokio::test]
async fn a_contact_whose_mail_comes_back_is_shown_as_such_with_the_reason() {
    let office = office();
    let refused = Trouble::with_code(TroubleKind::ForGood, "5.1.1");
    try_once(&office, &Delivery::Failed(refused));
    let sales = Some(office.session(Role::Sales));
    let list = text(office.get("/mail?state=bounced", sales).await).await;
    assert!(list.contains("endgültig abgelehnt. (5.1.1)"), "{list}");
    let contact = format!("/contacts/{}", office.contact);
    let page = text(office.get(&contact, sales).await).await;
    assert!(page.contains("kommen zurück") && page.contains("E-Mail zurückgekommen"));
}
