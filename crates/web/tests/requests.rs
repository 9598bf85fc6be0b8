//! Requests of people about their data, from the public page to the answer, on a real installation with
//! invented people.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use jiff::civil::date;
use jiff::{SignedDuration, ToSpan as _};
use law::Lang;
use office::{Office, act, office, text, today};
use operations::Act;
use operations::access::Role;
use operations::contact::Email;
use operations::mail::{MailPurpose, Pace, Read};
use operations::request::{
    Identity, IncomingMail, Intake, NewRequest, RequestKind, RequestView, Whom,
};

fn rights(office: &Office) -> String {
    format!("/rights/{}", office.own.id())
}

/// The letters for this purpose that wait: to whom, and what they say.
fn letters(office: &Office, purpose: MailPurpose) -> Vec<(String, String)> {
    let pace = Pace {
        per_domain: SignedDuration::from_secs(0),
        lease: SignedDuration::from_secs(600),
    };
    let mut found = Vec::new();
    while let Some(mail) = office.here.next_message(&pace, &act()).unwrap() {
        if mail.purpose == purpose {
            found.push((mail.letter.to, mail.letter.text));
        }
    }
    found
}

fn view(office: &Office, id: &str) -> RequestView {
    let id = id.parse().unwrap();
    office.own.request_view(id, today()).unwrap()
}

async fn send(office: &Office, id: &str, what: &str, body: &str) -> (StatusCode, String) {
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let seen = view(office, id).seen;
    let body = format!("form_token={token}&seen={seen}&{body}");
    let path = format!("/requests/{id}/{what}");
    let response = office.post(&path, Some(owner), &body).await;
    (response.status(), text(response).await)
}

#[tokio::test]
async fn the_public_page_answers_the_known_and_the_unknown_alike_and_sets_no_cookie() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let path = rights(&office);
    let page = office.get(&format!("{path}?lang=de"), None).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.headers().get(SET_COOKIE).is_none());
    let page = text(page).await;
    assert!(page.contains("Ihre Rechte an Ihren Daten") && !page.contains("<script"));
    let mut said = Vec::new();
    for who in ["anna%40kunde.example", "niemand%40fremd.example"] {
        let body = format!("kind=rectification&email={who}&text=Falscher+Ort");
        let response = office.post(&format!("{path}?lang=de"), None, &body).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers().get(SET_COOKIE).is_none());
        said.push(text(response).await);
    }
    assert_eq!(said[0], said[1]);
    let trapped = "kind=erasure&email=anna%40kunde.example&website=x";
    let trapped = office.post(&format!("{path}?lang=de"), None, trapped).await;
    assert_eq!(text(trapped).await, said[0]);
    let open = office.own.open_requests(9).unwrap();
    assert!(open.iter().all(|line| line.kind != RequestKind::Erasure));
    let mut letters = letters(&office, MailPurpose::Confirmation);
    letters.sort();
    assert_eq!(letters.len(), 2);
    let link = letters[0].1.lines().find(|line| line.contains("/confirm/"));
    let link = link.unwrap().strip_prefix("http://localhost:8070").unwrap();
    let asked = |identity| {
        let open = office.own.open_requests(9).unwrap();
        let found = open.iter().filter(|line| line.identity == identity);
        found.count()
    };
    for _ in 0..3 {
        let page = text(office.get(link, None).await).await;
        assert!(page.contains("Berichtigung"), "{page}");
        assert!(page.contains("Falscher Ort"), "what the button confirms");
    }
    assert_eq!(asked(Identity::Asked), 2, "a scanner confirms nothing");
    let done = office.post(link, None, "").await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(asked(Identity::Asked), 1);
    assert_eq!(office.post(link, None, "").await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn the_page_marks_what_nobody_confirmed_and_names_the_public_page_and_not_the_person() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let owner = office.session(Role::Owner);
    let path = format!("{}?lang=de", rights(&office));
    let send = async |number: usize| {
        let body = format!("kind=objection&email=anna%40kunde.example&text=Nummer+{number}");
        let response = office.post(&path, None, &body).await;
        (response.status(), text(response).await)
    };
    for number in 0..4 {
        let (status, page) = send(number).await;
        assert_eq!(status, StatusCode::OK, "{page}");
    }
    // From other networks, since one is stopped before.
    for number in 4..20 {
        let new = NewRequest {
            whom: Whom::Address(Email::parse("anna@kunde.example").unwrap()),
            kind: RequestKind::Objection,
            intake: Intake::Page,
            received_on: today(),
            text: format!("Nummer {number}"),
            identity: Identity::Asked,
            lang: Lang::De,
        };
        office.own.receive_request(&new, &act()).unwrap();
    }
    let (status, page) = send(20).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("zu viele Anfragen") && page.contains("Nummer 20"));
    let open = office.own.open_requests(99).unwrap();
    let shown = async |identity| {
        let mut found = open.iter().filter(|line| line.identity == identity);
        let id = found.next().unwrap().id;
        text(office.get(&format!("/requests/{id}"), Some(owner)).await).await
    };
    let page = shown(Identity::Asked).await;
    assert!(page.contains("Bestätigung per E-Mail erbeten"), "{page}");
    assert!(page.contains("jemand über die öffentliche Seite"), "{page}");
    assert!(!page.contains("die Person selbst, per Link"), "{page}");
    let page = shown(Identity::Unasked).await;
    assert!(
        page.contains("Bestätigungsmail noch nicht gesendet"),
        "{page}"
    );
    assert!(page.contains("erst am folgenden Tag"), "{page}");
    let board = text(office.get("/requests", Some(owner)).await).await;
    assert!(
        board.contains("Bestätigungsmail noch nicht gesendet"),
        "{board}"
    );
}

#[tokio::test]
async fn what_was_entered_on_the_public_page_survives_a_fault() {
    let office = office();
    let path = rights(&office);
    for (body, kept) in [
        ("kind=access&email=no&text=Bitte+bald", "Bitte bald"),
        (
            "email=anna%40kunde.example&text=Bitte",
            "anna@kunde.example",
        ),
    ] {
        let response = office.post(&path, None, body).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(response).await.contains(kept), "{body}");
    }
    let nobody = format!("/rights/{}", office.contact);
    assert_eq!(
        office.get(&nobody, None).await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_request_by_telephone_is_entered_extended_and_answered() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let new = |more: &str| {
        format!(
            "form_token={token}&kind=portability&intake=telephone&identity=not_needed&lang=en\
             &text=As+a+file&{more}"
        )
    };
    for (more, said) in [
        ("received_on=2026-11-25&email=x%40y.example", "Zukunft"),
        (
            "received_on=2026-11-20",
            "eine E-Mail-Adresse oder einen Namen",
        ),
        ("received_on=&name=Anna", "Geben Sie den Tag an"),
    ] {
        let response = office.post("/requests/new", Some(owner), &new(more)).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(response).await;
        assert!(page.contains(said) && page.contains("As a file"), "{page}");
    }
    let about = format!("received_on=2026-11-20&contact={}", office.contact);
    let entered = office
        .post("/requests/new", Some(owner), &new(&about))
        .await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    let path = entered.headers()[LOCATION].to_str().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap();
    let receipts = letters(&office, MailPurpose::Receipt);
    let mut receipts = receipts.iter();
    let english = receipts.find(|(_, text)| text.contains("at the latest by 21 December 2026"));
    assert_eq!(english.unwrap().0, "anna@kunde.example");
    let late = send(&office, id, "extend", "until=2027-03-01&reason=Viel").await;
    assert_eq!(late.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.1.contains("höchstens zwei Monate") && late.1.contains("Viel"));
    let extended = send(
        &office,
        id,
        "extend",
        "until=2027-02-22&reason=Many+archives.",
    )
    .await;
    assert_eq!(extended.0, StatusCode::SEE_OTHER, "{}", extended.1);
    let notices = letters(&office, MailPurpose::Notice);
    assert!(
        notices
            .iter()
            .any(|(_, text)| text.contains("Many archives."))
    );
    let page = text(office.get(&path, Some(owner)).await).await;
    assert!(
        page.contains("22.\u{a0}Februar 2027") && page.contains("Many archives."),
        "{page}"
    );
    let form = text(office.get(&format!("{path}/close"), Some(owner)).await).await;
    assert!(form.contains("You get your data in a common"), "{form}");
    let closed = send(&office, id, "close", "outcome=answered&text=Here+it+is.").await;
    assert_eq!(closed.0, StatusCode::SEE_OTHER);
    assert!(
        letters(&office, MailPurpose::Notice)[0]
            .1
            .contains("Here it is.")
    );
    let page = text(office.get(&path, Some(owner)).await).await;
    assert!(page.contains("Beantwortet") && !page.contains("Frist verlängern"));
}

#[tokio::test]
async fn the_page_shows_the_last_day_with_short_months_easter_and_an_extension() {
    let office = office();
    let owner = office.session(Role::Owner);
    for (kind, received_on, due, extended) in [
        // 28 February 2026 is a Saturday.
        (
            RequestKind::Erasure,
            date(2026, 1, 31),
            "2. März",
            "30. April",
        ),
        // 5 April 2026 is Easter Sunday.
        (
            RequestKind::Restriction,
            date(2026, 3, 5),
            "7. April",
            "5. Juni",
        ),
    ] {
        let new = NewRequest {
            whom: Whom::Contact(office.contact.parse().unwrap()),
            kind,
            intake: Intake::Letter,
            received_on,
            text: String::new(),
            identity: Identity::NotNeeded,
            lang: Lang::De,
        };
        let day = Act {
            today: received_on,
            ..act()
        };
        let got = office.own.receive_request(&new, &day).unwrap();
        let path = format!("/requests/{}", got.id);
        let written = |day: &str| format!("{} 2026", day.replace(' ', "\u{a0}"));
        let page = text(office.get(&path, Some(owner)).await).await;
        assert!(page.contains(&written(due)), "{page}");
        let view = view(&office, &got.id.to_string());
        let until = received_on.saturating_add(3.months());
        let reason = "Viele Archive.";
        let extend = office
            .own
            .extend_request(got.id, view.seen, until, reason, true, &day);
        extend.unwrap();
        let page = text(office.get(&path, Some(owner)).await).await;
        assert!(page.contains(&written(extended)), "{page}");
        assert!(page.contains(&format!("ohne Verlängerung: {}", written(due))));
    }
}

#[tokio::test]
async fn a_mail_that_came_is_sorted_on_its_page_or_discarded() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let owner = office.session(Role::Owner);
    let come = |said: &str| {
        let mail = Read::Written(IncomingMail {
            from: Email::parse("anna@kunde.example").unwrap(),
            name: None,
            text: said.to_owned(),
            arrived_on: today(),
        });
        office.here.take_in(&mail, &act()).unwrap()
    };
    assert!(come("Auskunft <bitte>") && come("Unser Angebot"));
    let board = office.own.requests_board(today(), 99).unwrap().unsorted;
    let id = |said: &str| {
        let line = board
            .iter()
            .find(|line| line.preview.as_deref() == Some(said));
        line.unwrap().id.to_string()
    };
    let page = text(office.get("/requests", Some(owner)).await).await;
    assert!(page.contains("noch nicht eingeordnet") && page.contains("Auskunft &#60;bitte&#62;"));
    let (request, offer) = (id("Auskunft <bitte>"), id("Unser Angebot"));
    let page = text(
        office
            .get(&format!("/requests/{request}"), Some(owner))
            .await,
    )
    .await;
    assert!(page.contains("Als Anfrage aufnehmen") && !page.contains("Entgelt verlangen"));
    let path = format!("/requests/{request}/close");
    let close = office.get(&path, Some(owner)).await;
    assert_eq!(close.status(), StatusCode::SEE_OTHER);
    let wrong = send(
        &office,
        &request,
        "sort",
        "kind=access&who=niemand%40fremd.example",
    )
    .await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.1.contains("kein Kontakt eindeutig bekannt"),
        "{}",
        wrong.1
    );
    assert!(wrong.1.contains("niemand@fremd.example"), "{}", wrong.1);
    let sorted = "kind=restriction&who=anna%40kunde.example&lang=en&trusted=on";
    let sorted = send(&office, &request, "sort", sorted).await;
    assert_eq!(sorted.0, StatusCode::SEE_OTHER, "{}", sorted.1);
    assert_eq!(view(&office, &request).line.kind, RequestKind::Restriction);
    let receipts = letters(&office, MailPurpose::Receipt);
    assert!(
        receipts
            .iter()
            .any(|(_, text)| text.contains("restriction of processing"))
    );
    let close = format!("/requests/{request}/close?outcome=answered");
    let form = text(office.get(&close, Some(owner)).await).await;
    assert!(form.contains("Warum es nicht erledigt wurde"), "{form}");
    let undone = send(&office, &request, "close", "outcome=answered&text=Ja.").await;
    assert_eq!(undone.0, StatusCode::UNPROCESSABLE_ENTITY);
    let discarded = send(&office, &offer, "discard", "").await;
    assert_eq!(discarded.0, StatusCode::SEE_OTHER);
    let page = text(office.get("/requests", Some(owner)).await).await;
    assert!(!page.contains("noch nicht eingeordnet") && page.contains("Verworfen"));
}

#[tokio::test]
async fn a_refusal_that_the_law_does_not_carry_is_not_sent() {
    let office = office();
    let id = office.request.clone();
    let body = "outcome=refused&ground=legal_claims&text=Darum.";
    let refused = send(&office, &id, "close", body).await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.1.contains("trägt diese Ablehnung nicht") && refused.1.contains("Darum."));
    let none = send(&office, &id, "close", "outcome=refused&text=Darum.").await;
    assert!(none.1.contains("Grund der Ablehnung"), "{}", none.1);
    let joined = send(&office, &id, "close", "outcome=joined&text=").await;
    assert_eq!(joined.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(view(&office, &id).line.answered_on.is_none());
}

#[tokio::test]
async fn a_page_that_is_out_of_date_changes_nothing() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let id = &office.request;
    let old = view(&office, id).seen;
    let sales = office.account(Role::Sales);
    let (status, _) = send(&office, id, "assign", &format!("assigned_to={sales}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let body = format!("form_token={token}&seen={old}&assigned_to=");
    let path = format!("/requests/{id}/assign");
    let response = office.post(&path, Some(owner), &body).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("jemand anders"));
    assert_eq!(view(&office, id).line.assigned_to, Some(sales));
    let page = text(office.get("/requests", Some(owner)).await).await;
    assert!(
        page.contains("sales"),
        "the board says who is in charge: {page}"
    );
}

#[tokio::test]
async fn a_request_of_another_organisation_is_not_there() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    for (method, path, _) in web::guarded_routes() {
        if !path.starts_with("/requests/{id}") {
            continue;
        }
        let path = path.replace("{id}", &office.foreign_request);
        let response = if method == "GET" {
            office.get(&path, Some(owner)).await
        } else {
            let body = format!(
                "form_token={token}&seen=1&assigned_to=&identity=confirmed&until=2027-01-29\
                 &reason=x&fee=1&fee_reason=x&who=anna%40kunde.example&text=x&kind=access"
            );
            office.post(&path, Some(owner), &body).await
        };
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{method} {path}");
        assert!(!text(response).await.contains("berta"), "{method} {path}");
    }
}

#[tokio::test]
async fn the_calendar_opens_by_its_link_alone_and_not_any_more_when_that_is_ended() {
    let office = office();
    let sales = office.session(Role::Sales);
    let token = office.form_token(sales).await;
    let body = format!("form_token={token}");
    let page = office.post("/requests/calendar", Some(sales), &body).await;
    let page = text(page).await;
    let (_, rest) = page
        .split_once("http://localhost:8070/requests.ics?key=")
        .unwrap();
    let key = rest.split('"').next().unwrap();
    let feed = format!("/requests.ics?key={key}");
    let calendar = office.get(&feed, None).await;
    assert_eq!(
        calendar.headers()[CONTENT_TYPE],
        "text/calendar; charset=utf-8"
    );
    let calendar = text(calendar).await;
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20261224"),
        "{calendar}"
    );
    assert!(!calendar.contains("anna") && !calendar.contains("berta"));
    for wrong in ["/requests.ics", "/requests.ics?key=x"] {
        assert_eq!(
            office.get(wrong, None).await.status(),
            StatusCode::NOT_FOUND
        );
    }
    office
        .post("/requests/calendar/end", Some(sales), &body)
        .await;
    assert_eq!(
        office.get(&feed, None).await.status(),
        StatusCode::NOT_FOUND
    );
}
