//! Who may see which page: every route is tried signed out, with every role, and with what
//! belongs to another organisation. On a real installation with invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{Request, StatusCode};
use office::{act, office, text, today};
use operations::Organisation;
use operations::access::{Permission, Role};
use tower::ServiceExt as _;

#[tokio::test]
async fn signed_out_every_page_leads_to_the_sign_in_and_every_form_is_turned_away() {
    let office = office();
    let expired = "a-token-that-nobody-has";
    for (method, path, _) in web::guarded_routes() {
        let path = office.path(path);
        for session in [None, Some(expired)] {
            let response = office.ask(method, &path, session).await;
            if method == "GET" {
                assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
                assert_eq!(response.headers()[LOCATION], "/sign-in", "{path}");
            } else {
                assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path}");
            }
            assert!(!text(response).await.contains("anna"), "{path}");
        }
    }
}

#[tokio::test]
async fn each_role_sees_what_it_may_and_nothing_else() {
    let office = office();
    for (role, session) in &office.sessions {
        for (method, path, needs) in web::guarded_routes() {
            let filled = office.path(path);
            let response = office.ask(method, &filled, Some(session)).await;
            let status = response.status();
            let body = text(response).await;
            if !role.may(needs) {
                assert_eq!(status, StatusCode::FORBIDDEN, "{role:?} {method} {path}");
                assert!(body.contains("Rolle erlaubt das nicht"), "{role:?} {path}");
            } else if method == "GET" {
                let gone = path.starts_with("/contacts/import/{id}")
                    || path.starts_with("/contacts/{id}/consent/{entry}")
                    || path == "/contacts/{id}/call/{call}"
                    || path == "/evidence/{entry}/certificate"
                    || path == "/retention/runs/{id}"
                    || path == "/retention/runs/{id}/contacts"
                    || path == "/contacts/{id}/holds/{hold}/lift"
                    || path == "/campaigns/blocked/{id}"
                    || path == "/recipients/notices/{id}"
                    || path == "/contacts/{id}/documents/{document}";
                let expected = if gone {
                    StatusCode::NOT_FOUND
                } else {
                    StatusCode::OK
                };
                assert_eq!(status, expected, "{role:?} {path}: {body}");
            } else {
                // Without the form's own token nothing is done, whatever the role.
                assert!(
                    status.is_client_error(),
                    "{role:?} {method} {path}: {status}"
                );
                assert!(!body.contains("Rolle erlaubt das nicht"), "{role:?} {path}");
            }
        }
    }
    assert_eq!(office.own.register_versions().unwrap().len(), 1);
    assert_eq!(office.own.members(act().at, today()).unwrap().len(), 5);
}

#[tokio::test]
async fn what_belongs_to_another_organisation_is_not_there() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let foreign = &office.foreign_contact;
    for (method, path, _) in web::guarded_routes() {
        if !path.contains("/contacts/{id}") && !path.contains("/companies/{id}") {
            continue;
        }
        let (own, twin) = (&office.contact, &office.twin);
        let filled = if path.starts_with("/companies") {
            vec![path.replace("{id}", &office.foreign_company)]
        } else if path.contains("{other}") {
            let pairs = [(foreign, twin), (own, foreign)];
            pairs
                .map(|(id, other)| path.replace("{id}", id).replace("{other}", other))
                .to_vec()
        } else {
            vec![path.replace("{id}", foreign)]
        };
        for path in filled {
            let response = if method == "GET" {
                office.get(&path, Some(owner)).await
            } else {
                let body = format!("form_token={token}&on=2026-11-24&reason=x&emails=a@b.example");
                office.post(&path, Some(owner), &body).await
            };
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{method} {path}");
            assert!(!text(response).await.contains("berta"), "{method} {path}");
        }
    }
    let found = format!("form_token={token}&words=berta");
    let page = text(office.post("/companies/find", Some(owner), &found).await).await;
    assert!(page.contains("Kein Unternehmen auf der Liste passt"));
    let found = format!("form_token={token}&words=berta");
    let page = text(office.post("/contacts/find", Some(owner), &found).await).await;
    assert!(page.contains("Niemand auf der Liste passt"));
    let other = Organisation::open(&office.here, Some("Fremde GmbH")).unwrap();
    let enter = format!("form_token={token}&id={}", other.id());
    let response = office
        .post("/organisations/enter", Some(owner), &enter)
        .await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let nobody = format!("/people/{foreign}/remove");
    let body = format!("form_token={token}");
    let response = office.post(&nobody, Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_has_to_come_from_a_page_of_this_server_and_this_session() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let sales = office.form_token(office.session(Role::Sales)).await;
    let path = format!("/contacts/{}/object", office.contact);
    for body in [
        String::new(),
        "form_token=".to_owned(),
        format!("form_token={sales}"),
    ] {
        let response = office.post(&path, Some(owner), &body).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
    let foreign = Request::post(&path)
        .header(HOST, "localhost:8070")
        .header(ORIGIN, "https://evil.example")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(COOKIE, format!("session={owner}"))
        .body(Body::from(format!("form_token={token}")))
        .unwrap();
    let response = office.routes.clone().oneshot(foreign).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    let response = office
        .post(&path, Some(owner), &format!("form_token={token}"))
        .await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let page = office
        .get(&format!("/contacts/{}", office.contact), Some(owner))
        .await;
    assert!(text(page).await.contains("Widerspruch gegen Werbung"));
}

#[tokio::test]
async fn a_session_cookie_is_kept_from_scripts_and_ends_with_signing_out() {
    let office = office();
    let body = "email=erika%40musterbau.example&password=Lampe+Rhabarber+Zaun";
    let response = office.post("/sign-in", None, body).await;
    assert_eq!(response.headers()[LOCATION], "/sign-in/code");
    let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let half = cookie.split(['=', ';']).nth(1).unwrap();
    // The password alone opens nothing.
    let response = office.get("/contacts", Some(half)).await;
    assert_eq!(response.headers()[LOCATION], "/sign-in/code");
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let out = office
        .post("/sign-out", Some(owner), &format!("form_token={token}"))
        .await;
    assert_eq!(out.headers()[LOCATION], "/sign-in");
    let response = office.get("/contacts", Some(owner)).await;
    assert_eq!(response.headers()[LOCATION], "/sign-in");
}

#[tokio::test]
async fn a_wrong_password_does_not_tell_whether_the_account_exists() {
    let office = office();
    let mut pages = Vec::new();
    for email in ["erika%40musterbau.example", "nobody%40musterbau.example"] {
        let body = format!("email={email}&password=something+else+entirely");
        let response = office.post("/sign-in", None, &body).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        pages.push(text(response).await.replace(&email.replace("%40", "@"), ""));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn the_overview_shows_what_the_register_knows_to_be_due() {
    let office = office();
    let owner = office.session(Role::Owner);
    let page = text(office.get("/?lang=de", Some(owner)).await).await;
    let (_, line) = page.split_once("14.\u{a0}September 2027").unwrap();
    let (line, _) = line.split_once("</li>").unwrap();
    assert!(line.contains("/register/recipients/webinar-tool"), "{line}");
    assert!(
        line.contains("Art. 5 Abs. 2 DSGVO") && line.contains("empfohlen"),
        "{line}"
    );
    assert!(!line.contains("überfällig"), "{line}");
}

#[tokio::test]
async fn an_error_keeps_what_was_entered() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let body =
        format!("form_token={token}&name=&purpose=Ein+Satz&start-0=collection&count-0=viele");
    let response = office
        .post("/register/activities", Some(owner), &body)
        .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("Ein Satz") && page.contains("value=\"viele\""));
    let body = format!("form_token={token}&family_name=Neumann&emails=no-address");
    let response = office.post("/contacts/new", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("Neumann"));
}

#[tokio::test]
async fn a_list_that_can_not_be_read_takes_no_room() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let upload = async |file: &str| {
        let parts = [
            ("form_token", token.as_str()),
            ("source", "Messe"),
            ("source_kind", "person"),
            ("obtained_on", "2026-11-24"),
            ("country", "DE"),
            ("file\"; filename=\"list.xlsx", file),
        ];
        let parts = parts.map(|(name, text)| {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"");
            format!("--part\r\n{head}\r\n\r\n{text}\r\n")
        });
        let body = parts.concat() + "--part--\r\n";
        let request = Request::post("/contacts/import")
            .header(HOST, "localhost:8070")
            .header(ORIGIN, "http://localhost:8070")
            .header(COOKIE, format!("session={owner}"))
            .header(CONTENT_TYPE, "multipart/form-data; boundary=part");
        office.send(request.body(Body::from(body)).unwrap()).await
    };
    for _ in 0..9 {
        let response = upload("PK\x03\x04 no workbook").await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let response = upload("Nachname;E-Mail\nNeumann;neumann@example.com\n").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn two_contacts_become_one_unless_somebody_was_faster() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let path = format!("/contacts/{}/merge/{}", office.contact, office.twin);
    let page = text(office.get(&path, Some(owner)).await).await;
    assert!(page.contains("anna") && page.contains("anna-neu"));
    let stale = format!("form_token={token}&seen_kept=1&seen_other=1&family_name=other");
    let response = office.post(&path, Some(owner), &stale).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let page = text(response).await;
    assert!(
        page.contains("Jemand anderes hat einen der beiden"),
        "{page}"
    );
    // What was chosen is still chosen.
    assert!(
        page.contains("name=\"family_name\" value=\"other\" checked"),
        "{page}"
    );
    let seen = act().at.as_millisecond();
    let body = format!("form_token={token}&seen_kept={seen}&seen_other={seen}&family_name=other");
    let response = office.post(&path, Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let kept = format!("/contacts/{}", office.contact);
    assert_eq!(response.headers()[LOCATION], kept.as_str());
    let page = text(office.get(&kept, Some(owner)).await).await;
    assert!(page.contains("<h1>anna-neu</h1>") && page.contains("anna@kunde.example"));
    // The old address leads to the contact that was kept, as does a form that comes too late.
    for path in [format!("/contacts/{}", office.twin), path] {
        let response = office.get(&path, Some(owner)).await;
        assert_eq!(response.headers()[LOCATION], kept.as_str(), "{path}");
    }
    let itself = format!("/contacts/{0}/merge/{0}", office.contact);
    let response = office.get(&itself, Some(owner)).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_permission_opens_a_page() {
    let asked: Vec<_> = web::guarded_routes()
        .into_iter()
        .map(|(_, _, needs)| needs)
        .collect();
    for permission in Permission::ALL {
        assert!(asked.contains(&permission), "{permission:?} opens no page");
    }
}

#[tokio::test]
async fn a_page_left_open_for_one_organisation_writes_to_no_other() {
    let office = office();
    let owner = office.session(Role::Owner);
    let before = office.form_token(owner).await;
    let second = format!("form_token={before}&name=Zweite+GmbH&country=DE&land=HE");
    let added = office
        .post("/organisations/add", Some(owner), &second)
        .await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    // The session acts for the second organisation now; the page is one of the first.
    let late = format!(
        "form_token={before}&family_name=Verirrt&emails=verirrt%40kunde.example&country=DE\
         &source=Messe&source_kind=person&obtained_on=2026-11-24"
    );
    let refused = office.post("/contacts/new", Some(owner), &late).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(text(refused).await.contains("anderen Organisation"));
    let now = office.form_token(owner).await;
    let late = late.replace(&before, &now);
    let taken = office.post("/contacts/new", Some(owner), &late).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_acts_as_owner_adds_an_organisation_with_its_seat() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let page = text(office.get("/organisations?lang=de", Some(owner)).await).await;
    assert!(page.contains("Bundesland"));
    // What can't be read is not taken for Germany, and what was entered stays.
    let body = format!("form_token={token}&name=Neue+GmbH&country=&land=HE");
    let response = office.post("/organisations/add", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("value=\"Neue GmbH\"") && page.contains("value=\"HE\" selected"));
    // An owner who acts as something else at the moment is neither offered it nor let through.
    let foreign = Organisation::open(&office.here, Some("Fremde GmbH")).unwrap();
    let erika = operations::access::NewMember::new(
        "Erika",
        "erika@musterbau.example",
        law::Lang::De,
        Role::Sales,
        None,
    );
    foreign
        .invite(&erika.unwrap(), "http://localhost:8070", &act())
        .unwrap();
    let enter = format!("form_token={token}&id={}", foreign.id());
    office
        .post("/organisations/enter", Some(owner), &enter)
        .await;
    let page = text(office.get("/organisations", Some(owner)).await).await;
    assert!(!page.contains("/organisations/add"));
    let token = office.form_token(owner).await;
    let body = format!("form_token={token}&name=Neue+GmbH&country=DE&land=HE");
    let response = office.post("/organisations/add", Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_session_of_somebody_else_is_not_ended() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let sales = office.session(Role::Sales);
    let lines = office.here.sessions(sales, act().at).unwrap();
    let body = format!("form_token={token}&id={}", lines[0].id);
    let response = office
        .post("/account/sessions/end", Some(owner), &body)
        .await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let page = office.get("/account", Some(sales)).await;
    assert_eq!(page.status(), StatusCode::OK);
}
