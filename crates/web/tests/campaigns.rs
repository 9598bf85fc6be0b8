//! The pages of campaigns, on a real installation with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use office::{Office, office, text};
use operations::access::Role;

const GOOD: &str = "name=Herbst&activity=newsletter&channel=email&subject_de=Neues&\
                    text_de=%7BAnrede%7D%2C%0D%0A%0D%0Aes+gibt+Neues.";

/// Adds a campaign and returns its page's address.
async fn added(office: &Office) -> String {
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let body = format!("form_token={token}&{GOOD}");
    let response = office.post("/campaigns/new", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    response.headers()[LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_campaign_is_written_and_its_page_says_whom_it_would_reach() {
    let office = office();
    let place = added(&office).await;
    let auditor = Some(office.session(Role::Auditor));
    let page = text(office.get(&place, auditor).await).await;
    assert!(page.contains("Herbst") && page.contains("Prognose für heute"));
    assert!(page.contains("§ 7 Abs. 2 Nr. 2 UWG"), "{page}");
    assert!(!page.contains("Empfänger festlegen</button>"));
    let list = text(office.get("/campaigns", auditor).await).await;
    assert!(list.contains("Herbst") && list.contains("Entwurf"));
}

#[tokio::test]
async fn a_wrong_placeholder_is_named_by_its_place_and_nothing_is_lost() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let body = format!("form_token={token}&{}", GOOD.replace("Anrede", "Name"));
    let response = office.post("/campaigns/new", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("Zeile 1, Zeichen 1") && page.contains("es gibt Neues."));
}

#[tokio::test]
async fn who_did_not_see_the_last_change_changes_nothing() {
    let office = office();
    let place = added(&office).await;
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let edit = format!("{place}/edit");
    let body = format!("form_token={token}&revision=1&{GOOD}");
    let first = office.post(&edit, Some(owner), &body).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let second = office.post(&edit, Some(owner), &body).await;
    assert_eq!(second.status(), StatusCode::CONFLICT);
    let step = format!("form_token={token}&step=ready&revision=1");
    let ready = office
        .post(&format!("{place}/step"), Some(owner), &step)
        .await;
    assert_eq!(ready.status(), StatusCode::CONFLICT);
    let send = format!("form_token={token}&step=send&revision=2");
    let refused = office
        .post(&format!("{place}/step"), Some(owner), &send)
        .await;
    assert_eq!(
        refused.status(),
        StatusCode::CONFLICT,
        "a draft is not sent"
    );
}

#[tokio::test]
async fn a_campaign_that_is_not_there_is_not_found() {
    let office = office();
    let owner = Some(office.session(Role::Owner));
    for id in [&office.foreign_campaign, &office.contact, "nonsense"] {
        for rest in ["", "/edit", "/preview", "/people?group=x"] {
            let page = office.get(&format!("/campaigns/{id}{rest}"), owner).await;
            assert_eq!(page.status(), StatusCode::NOT_FOUND, "{id}{rest}");
        }
        let token = office.form_token(office.session(Role::Owner)).await;
        for (rest, more) in [
            ("/step", "&step=cancel"),
            ("/test", ""),
            ("/list", "&form=csv"),
        ] {
            let body = format!("form_token={token}{more}");
            let place = format!("/campaigns/{id}{rest}");
            let answer = office.post(&place, owner, &body).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{place}");
        }
    }
}

#[tokio::test]
async fn a_suppression_list_is_taken_in_as_a_file() {
    let office = office();
    let marketing = office.session(Role::Marketing);
    let token = office.form_token(marketing).await;
    let body = |list: &str, frees: &str| {
        let part = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        format!(
            "{}{}{}{}{}--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n{list}\r\n--x--\r\n",
            part("form_token", &token),
            part("name", "Eigene"),
            part("kind", "own"),
            part("on", "2026-11-20"),
            part("frees", frees),
        )
    };
    for (list, frees, said) in [
        ("Name\r\nAnna", "", "weder eine E-Mail-Adresse"),
        (
            "alt@kunde.example",
            "",
            "Gesperrt: 1 E-Mail-Adresse, 0 Telefonnummern.",
        ),
        // What is freed is told, and agreed to by name of its number.
        ("wer@kunde.example", "", "name=\"frees\" value=\"1\""),
        ("wer@kunde.example", "0", "1 Adresse oder Nummer"),
        (
            "wer@kunde.example",
            "1",
            "bisherige Liste dieses Namens ist ersetzt",
        ),
    ] {
        let request = axum::http::Request::post("/campaigns/blocked")
            .header("host", "localhost:8070")
            .header("origin", "http://localhost:8070")
            .header("content-type", "multipart/form-data; boundary=x")
            .header("cookie", format!("session={marketing}"))
            .body(axum::body::Body::from(body(list, frees)))
            .unwrap();
        let page = text(office.send(request).await).await;
        assert!(page.contains(said), "{page}");
    }
    let list = office.own.block_lists().unwrap().remove(0);
    let place = format!("/campaigns/blocked/{}", list.id);
    let asked = text(office.get(&place, Some(marketing)).await).await;
    assert!(asked.contains("Eigene") && asked.contains("1 Adresse oder Nummer"));
    let body = format!("form_token={token}");
    let removed = office
        .post(&format!("{place}/remove"), Some(marketing), &body)
        .await;
    assert_eq!(removed.status(), StatusCode::SEE_OTHER);
    let page = text(office.get("/campaigns/blocked", Some(marketing)).await).await;
    assert!(page.contains("Es ist noch keine Liste aufgenommen."));
    let gone = office.get(&place, Some(marketing)).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let sales = office.session(Role::Sales);
    let refused = office.get("/campaigns/blocked", Some(sales)).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn lists_and_letters_are_taken_out_as_pdf_and_table() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let contact = format!(
        "form_token={token}&kind=business&family_name=Probe&company=Probe+AG&street=Weg+3&\
         postcode=35390&city=Musterstadt&country=DE&source=Messe&source_kind=person&\
         obtained_on=2026-11-24"
    );
    let added = office.post("/contacts/new", Some(owner), &contact).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let post = GOOD
        .replace("activity=newsletter", "activity=post-mailings")
        .replace("channel=email", "channel=post");
    let body = format!("form_token={token}&{post}");
    let added = office.post("/campaigns/new", Some(owner), &body).await;
    let place = added.headers()[LOCATION].to_str().unwrap().to_owned();
    let step = format!("form_token={token}&step=ready&revision=1");
    let ready = office
        .post(&format!("{place}/step"), Some(owner), &step)
        .await;
    assert_eq!(ready.status(), StatusCode::SEE_OTHER);
    let page = text(office.get(&place, Some(owner)).await).await;
    assert!(page.contains("Briefe (PDF)") && page.contains("Liste für heute (PDF)"));
    for (form, kind) in [
        ("letters", "application/pdf"),
        ("list", "application/pdf"),
        ("csv", "text/csv; charset=utf-8"),
    ] {
        let body = format!("form_token={token}&form={form}");
        let file = office
            .post(&format!("{place}/list"), Some(owner), &body)
            .await;
        assert_eq!(file.status(), StatusCode::OK, "{form}");
        assert_eq!(file.headers()["content-type"], kind);
    }
    let body = format!("form_token={token}&form=paper");
    let unknown = office
        .post(&format!("{place}/list"), Some(owner), &body)
        .await;
    assert!(unknown.status().is_client_error());
}

#[tokio::test]
async fn a_campaign_is_for_a_company_that_a_contact_names() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let body = format!("form_token={token}&{GOOD}&company=Nirgends+GmbH");
    let response = office.post("/campaigns/new", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("Diese Firma nennt kein Kontakt.") && page.contains("Nirgends GmbH"));
}
