//! What is proven about a contact, taken along from its page. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use office::{Office, act, office, text, today};
use operations::ContactRef;
use operations::access::Role;
use serde_json::Value;

const FORM: &str = "%PDF-1.7 a signed form";

async fn bytes(response: Response) -> Vec<u8> {
    let body = response.into_body().collect().await.unwrap();
    body.to_bytes().to_vec()
}

/// Sends the form for a consent with a document, as a browser does.
async fn record(office: &Office, role: Role, fields: &[(&str, &str)], document: &str) -> Response {
    let session = office.session(role);
    let token = office.form_token(session).await;
    let own = [
        ("form_token", token.as_str()),
        ("activity", "newsletter"),
        ("channels", "email"),
        ("given_on", "2026-11-20"),
        ("proof", "written"),
        ("text", "Ja, gern:\r\nden Newsletter."),
    ];
    let mut body = String::new();
    for (name, value) in own.iter().chain(fields) {
        let head = format!("Content-Disposition: form-data; name=\"{name}\"");
        write!(body, "--part\r\n{head}\r\n\r\n{value}\r\n").unwrap();
    }
    let head = "Content-Disposition: form-data; name=\"document\"; filename=\"../x.exe\"";
    let kind = "Content-Type: text/html";
    write!(
        body,
        "--part\r\n{head}\r\n{kind}\r\n\r\n{document}\r\n--part--\r\n"
    )
    .unwrap();
    let request = Request::post(format!("/contacts/{}/consent", office.contact))
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "http://localhost:8070")
        .header(COOKIE, format!("session={session}"))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=part");
    office.send(request.body(Body::from(body)).unwrap()).await
}

/// The number of the entry about the contact's newest consent.
fn entry(office: &Office) -> i64 {
    let contact: ContactRef = office.contact.parse().unwrap();
    let view = office.own.contact_view(&contact, today(), law::Lang::De);
    let events = view.unwrap().events.into_iter();
    let mut consents = events.filter(|event| event.kind == "consent.recorded");
    consents.next().unwrap().entry
}

#[tokio::test]
async fn a_pack_is_taken_along_and_verifies_with_the_public_key_alone() {
    let office = office();
    let witness = [("witness", "Carla Colleague"), ("place", "Messe Hannover")];
    let response = record(&office, Role::Sales, &witness, FORM).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let auditor = office.session(Role::Auditor);
    let token = office.form_token(auditor).await;
    let path = format!("/contacts/{}/proof", office.contact);
    let response = office
        .post(&path, Some(auditor), &format!("form_token={token}"))
        .await;
    assert_eq!(response.headers()[CONTENT_TYPE], "application/zip");
    let zip = bytes(response).await;
    let report = pack::verify(&zip, Some(office.own.log_verifier())).unwrap();
    let consent = &report.consents[0];
    assert_eq!(consent.text.as_deref(), Some("Ja, gern:\nden Newsletter."));
    assert_eq!(consent.taken.witness.as_deref(), Some("Carla Colleague"));
    assert_eq!(consent.documents.len(), 1);
    let files = pack::read_archive(&zip).unwrap();
    assert!(files["summary.pdf"].starts_with(b"%PDF-"));
    let contact = format!("/contacts/{}", office.contact);
    let page = text(office.get(&contact, Some(auditor)).await).await;
    assert!(
        page.contains("Nachweispaket erstellt") && page.contains("PDF, Newsletter"),
        "{page}"
    );
}

#[tokio::test]
async fn the_person_gets_a_receipt_and_machines_the_consents() {
    let office = office();
    record(&office, Role::Sales, &[], FORM).await;
    let owner = office.session(Role::Owner);
    let contact = format!("/contacts/{}", office.contact);
    let receipt = format!("{contact}/consent/{}/receipt.pdf", entry(&office));
    let response = office.get(&receipt, Some(owner)).await;
    assert_eq!(response.headers()[CONTENT_TYPE], "application/pdf");
    assert!(bytes(response).await.starts_with(b"%PDF-"));
    let page = text(office.get(&contact, Some(owner)).await).await;
    assert!(page.contains(&receipt));
    // The number of an entry that is no consent of this contact leads nowhere.
    let other = format!("{contact}/consent/{}/receipt.pdf", 1);
    let response = office.get(&other, Some(owner)).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let path = format!("{contact}/consents.jsonld");
    let response = office.get(&path, Some(owner)).await;
    let records: Value = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!(
        records["dpv:hasRecordOfActivity"].as_array().unwrap().len(),
        1
    );
    office.own.sequence(act().at).unwrap();
    assert_eq!(office.own.verify().unwrap().faults, []);
}

#[tokio::test]
async fn a_document_is_downloaded_as_a_file_whatever_its_sender_called_it() {
    let office = office();
    record(&office, Role::Sales, &[], FORM).await;
    let contact: ContactRef = office.contact.parse().unwrap();
    let documents = office.own.documents(&contact).unwrap();
    let path = format!(
        "/contacts/{}/documents/{}",
        office.contact, documents[0].document.id
    );
    let response = office.get(&path, Some(office.session(Role::Sales))).await;
    assert_eq!(response.headers()[CONTENT_TYPE], "application/pdf");
    let name = response.headers()[CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"document-") && name.ends_with(".pdf\""));
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(bytes(response).await, FORM.as_bytes());
    let foreign = path.replace(&office.contact, &office.twin);
    let response = office
        .get(&foreign, Some(office.session(Role::Sales)))
        .await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_or_number_that_can_not_be_kept_is_told_and_the_form_keeps_the_rest() {
    let office = office();
    let place = [("place", "Messe <b>Hannover</b>")];
    let response = record(&office, Role::Sales, &place, "<script>").await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("ein PDF, ein PNG oder ein JPEG"), "{page}");
    assert!(
        page.contains("Messe &#60;b&#62;Hannover") && page.contains("den Newsletter."),
        "{page}"
    );
    let number = [("called_number", "keine Nummer")];
    let page = text(record(&office, Role::Sales, &number, "").await).await;
    assert!(page.contains("ist keine Telefonnummer"), "{page}");
    let large = format!("%PDF-{}", "x".repeat(10 * 1024 * 1024));
    let response = record(&office, Role::Sales, &[], &large).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("größer als 10 MB"));
    let huge = format!("%PDF-{}", "x".repeat(20 * 1024 * 1024));
    let response = record(&office, Role::Sales, &[], &huge).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    // Who may not change contacts records nothing, in parts or not.
    let response = record(&office, Role::Auditor, &[], FORM).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let contact: ContactRef = office.contact.parse().unwrap();
    assert_eq!(office.own.documents(&contact).unwrap().len(), 0);
}

#[tokio::test]
async fn a_form_in_parts_needs_the_token_of_its_session_too() {
    let office = office();
    let stale = [("form_token", "0123")];
    let session = office.session(Role::Sales);
    let body =
        "--part\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n0123\r\n--part--\r\n";
    let request = Request::post(format!("/contacts/{}/consent", office.contact))
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "http://localhost:8070")
        .header(COOKIE, format!("session={session}"))
        .header(CONTENT_TYPE, "multipart/form-data; boundary=part");
    let response = office.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    // A second token changes nothing about the first.
    let response = record(&office, Role::Sales, &stale, FORM).await;
    assert!(
        response.headers()[LOCATION]
            .to_str()
            .unwrap()
            .starts_with("/contacts/")
    );
}

#[tokio::test]
async fn what_is_found_wrong_is_told_with_what_is_not_proven_yet() {
    let office = office();
    let pre_ticked = [("action", "pre_ticked")];
    let response = record(&office, Role::Owner, &pre_ticked, FORM).await;
    let path = response.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(path.contains("/consent/"), "{path}");
    let page = text(office.get(&path, Some(office.session(Role::Owner))).await).await;
    assert!(page.contains("Festgehalten, aber mit Mängeln") && page.contains("Noch nicht belegt"));
}
