//! The pages that change the register: what is wrong is shown again, what it moves is shown before
//! it is saved, and nobody overwrites what somebody else saved.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use office::{act, office, text};
use operations::access::Role;

#[tokio::test]
async fn whether_goods_are_similar_is_decided_on_a_page_and_shown_before_it_is_saved() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let list = text(office.get("/register/goods?lang=de", Some(owner)).await).await;
    assert!(list.contains("noch nicht entschieden") && list.contains("Fräsmaschinen"));
    let form =
        |more: &str| format!("form_token={token}&base=1&sold=machines&advertised=training{more}");
    let send = async |body: String| office.post("/register/similar", Some(owner), &body).await;

    let response = send(form("&reason=Bedarf+der+Kunden&decided_on=2026-11-24")).await;
    assert_eq!(
        response.status(),
        StatusCode::OK,
        "undecided stays undecided"
    );
    let response = send(form("&similar=yes&reason=&decided_on=gestern")).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("gestern") && page.contains("Geben Sie einen Grund an."));

    let response = send(form("&similar=yes&reason=Bedienung&decided_on=2026-11-24")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let page = text(response).await;
    assert!(page.contains("Fräsmaschinen → Schulungen") && page.contains("Bedienung"));
    assert_eq!(office.own.register_versions().unwrap().len(), 1);

    let body = format!("form_token={token}&base=1");
    let response = office
        .post("/register/goods/spare-parts/remove", Some(owner), &body)
        .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text(response)
            .await
            .contains("Produktinformation an Bestandskunden")
    );
    let body = format!("form_token={token}&base=1&name=Werkzeuge");
    let response = office.post("/register/goods", Some(owner), &body).await;
    assert!(text(response).await.contains("id = &#34;werkzeuge&#34;"));
}

#[tokio::test]
async fn a_register_that_somebody_else_saved_is_never_overwritten() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let mine = register::SAMPLE.replace("Kundenbetreuung", "Betreuung");
    office
        .own
        .apply_register(
            &register::SAMPLE.replace("Kundenbetreuung", "Kunden"),
            &act(),
        )
        .unwrap();
    let body = serde_urlencoded::to_string([
        ("form_token", token.as_str()),
        ("base", "1"),
        ("text", &mine),
    ]);
    let response = office
        .post("/register/apply", Some(owner), &body.unwrap())
        .await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let page = text(response).await;
    assert!(page.contains("Jemand war schneller") && page.contains("Betreuung"));
    assert_eq!(office.own.register_versions().unwrap().len(), 2);
}

#[tokio::test]
async fn a_large_register_can_be_sent_and_what_is_too_large_is_told_so() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let send = async |path: &str, lines: usize| {
        let text = register::SAMPLE.to_owned() + &"# Änderung\r\n".repeat(lines);
        let inputs = [("form_token", &*token), ("base", "1"), ("text", &text)];
        let body = serde_urlencoded::to_string(inputs).unwrap();
        office.post(path, Some(owner), &body).await
    };
    let response = send("/register/preview", 50_000).await;
    assert_eq!(response.status(), StatusCode::OK);
    for (path, lines) in [("/register/apply", 150_000), ("/contacts/new", 50_000)] {
        let response = send(path, lines).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert!(text(response).await.contains("Die Eingabe ist zu groß"));
    }
    assert_eq!(office.own.register_versions().unwrap().len(), 1);
}

#[tokio::test]
async fn a_register_form_that_is_shown_again_stays_based_on_what_it_was_opened_on() {
    let office = office();
    let owner = office.session(Role::Owner);
    let token = office.form_token(owner).await;
    let send = async |path: &str, inputs: &[(&str, &str)]| {
        let mut all = vec![("form_token", token.as_str()), ("base", "1")];
        all.extend(inputs);
        let body = serde_urlencoded::to_string(all).unwrap();
        office.post(path, Some(owner), &body).await
    };
    let theirs = register::SAMPLE.replace("Kundenbetreuung", "Kunden");
    office.own.apply_register(&theirs, &act()).unwrap();
    let pair = [("sold", "machines"), ("advertised", "training")];
    for (path, inputs) in [
        ("/register/activities", &[("name", "")][..]),
        ("/register/recipients", &[("name", "")]),
        ("/register/goods", &[("name", "")]),
        ("/register/measures", &[("name", "")]),
        ("/register/organisation/change", &[("name", "")]),
        (
            "/register/similar",
            &[pair[0], pair[1], ("decided_on", "gestern")],
        ),
    ] {
        let response = send(path, inputs).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path}"
        );
        let page = text(response).await;
        assert!(page.contains("name=\"base\" value=\"1\""), "{path}: {page}");
    }
    // Corrected, it is shown and then not saved over what somebody else saved.
    let response = send("/register/measures", &[("name", "Schulung")]).await;
    let page = text(response).await;
    assert!(page.contains("name=\"base\" value=\"1\""), "{page}");
    let mine = register::SAMPLE.replace("Kundenbetreuung", "Betreuung");
    let response = send("/register/apply", &[("text", &mine)]).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(office.own.register_versions().unwrap().len(), 2);
}
