//! Calls in the browser: the sheet, the sentence to begin with, and what came of it; and who has to be
//! told of a changed purpose.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::Response;
use law::Country;
use office::{Office, act, office, text};
use operations::ByHand;
use operations::access::Role;
use operations::contact::{Fields, Phone};

const ACTIVITY: &str = "telephone-acquisition";

async fn send(office: &Office, role: Role, path: &str, inputs: &[(&str, &str)]) -> Response {
    let session = office.session(role);
    let token = office.form_token(session).await;
    let mut all = vec![("form_token", &*token)];
    all.extend(inputs);
    let body = serde_urlencoded::to_string(all).unwrap();
    office.post(path, Some(session), &body).await
}

/// A contact who can be reached by telephone.
fn with_phone(office: &Office) -> String {
    let fields = Fields {
        family_name: Some("Dorn".to_owned()),
        phones: vec![Phone::parse("+49 711 5550101", Country::DE).unwrap()],
        ..Fields::default()
    };
    let new = ByHand {
        fields,
        kind: law::facts::ContactKind::Business,
        country: Country::DE,
        source: "Messe".to_owned(),
        source_kind: law::facts::Source::Person,
        obtained_on: office::today(),
        informed_on: None,
    };
    office.own.add_contact(&new, &act()).unwrap().to_string()
}

async fn sheet(office: &Office, show: &str) -> String {
    let path = format!("/calls?activity={ACTIVITY}&show={show}");
    text(office.get(&path, Some(office.session(Role::Sales))).await).await
}

#[tokio::test]
async fn a_call_is_prepared_made_and_noted() {
    let office = office();
    let own = format!("/contacts/{}", with_phone(&office));
    assert!(
        sheet(&office, "now")
            .await
            .contains("darf zurzeit niemand angerufen werden")
    );
    assert!(sheet(&office, "circumstance").await.contains(&own));
    let of_call = format!("{own}/call");
    let refused = send(&office, Role::Sales, &of_call, &[("activity", ACTIVITY)]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(refused).await.contains("nicht mehr erlaubt"));
    let circumstance = [
        ("activity", ACTIVITY),
        ("ground", "contact_asked"),
        ("text", "Hat am 12. Mai um R\u{fc}ckruf gebeten"),
    ];
    send(
        &office,
        Role::Sales,
        &format!("{own}/circumstance"),
        &circumstance,
    )
    .await;
    let listed = sheet(&office, "now").await;
    assert!(
        listed.contains("um R\u{fc}ckruf gebeten") && listed.contains("tel:+49"),
        "{listed}"
    );
    let page = format!("{of_call}?activity={ACTIVITY}");
    let page = text(office.get(&page, Some(office.session(Role::Sales))).await).await;
    assert!(page.contains("Es ist ein Werbeanruf"), "{page}");
    let begun = send(&office, Role::Sales, &of_call, &[("activity", ACTIVITY)]).await;
    assert_eq!(begun.status(), StatusCode::SEE_OTHER);
    let running = begun.headers()[LOCATION].to_str().unwrap().to_owned();
    let nothing = send(&office, Role::Sales, &running, &[]).await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text(nothing)
            .await
            .contains("W\u{e4}hlen Sie, was bei dem Anruf herauskam")
    );
    let ended = send(
        &office,
        Role::Sales,
        &running,
        &[("outcome", "no_more_calls")],
    )
    .await;
    assert_eq!(ended.headers()[LOCATION], own);
    assert!(
        sheet(&office, "now")
            .await
            .contains("darf zurzeit niemand angerufen werden")
    );
    let contact = text(office.get(&own, Some(office.session(Role::Sales))).await).await;
    assert!(contact.contains("Anruf beendet") && contact.contains("Widerspruch"));
    // The page of a call that is over leads back.
    let over = office
        .get(&running, Some(office.session(Role::Sales)))
        .await;
    assert_eq!(over.headers()[LOCATION], own);
}

#[tokio::test]
async fn a_changed_purpose_names_whom_to_tell_and_writes_to_them() {
    let office = office();
    office.here.reached_at("http://localhost:8070");
    let owner = office.session(Role::Owner);
    let before = "Fertigungsbetriebe anrufen, die eine neue Maschine brauchen k\u{f6}nnten";
    let register = office.own.register_text(None).unwrap();
    assert!(register.contains(before));
    let none = text(office.get("/register/purposes", Some(owner)).await).await;
    assert!(none.contains("Kein Zweck wurde ge\u{e4}ndert"), "{none}");
    let circumstance = [
        ("activity", ACTIVITY),
        ("ground", "contact_asked"),
        ("text", "Hat um R\u{fc}ckruf gebeten"),
    ];
    let path = format!("/contacts/{}/circumstance", office.contact);
    send(&office, Role::Sales, &path, &circumstance).await;
    let mut later = act();
    later.at += jiff::SignedDuration::from_secs(1);
    let changed = register.replace(before, "Maschinen der ganzen Gruppe am Telefon anbieten");
    office.own.apply_register(&changed, &later).unwrap();
    let page = text(office.get("/register/purposes", Some(owner)).await).await;
    assert!(
        page.contains(before) && page.contains("Maschinen der ganzen Gruppe"),
        "{page}"
    );
    assert!(page.contains("An alle senden"), "{page}");
    let sales = office
        .get("/register/purposes", Some(office.session(Role::Sales)))
        .await;
    assert_eq!(sales.status(), StatusCode::FORBIDDEN);
    let mut letter = vec![
        ("subject_de", "Neuer Zweck"),
        ("text_de", "Ihre Daten \u{2026}"),
        ("subject_en", ""),
        ("text_en", "Your data \u{2026}"),
    ];
    let path = "/register/purposes/tell";
    let missing = send(&office, Role::Owner, path, &letter).await;
    assert_eq!(missing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text(missing).await.contains("Ihre Daten \u{2026}"),
        "what was entered stays"
    );
    letter[2].1 = "New purpose";
    let told = send(&office, Role::Owner, path, &letter).await;
    assert_eq!(told.status(), StatusCode::SEE_OTHER);
    let page = text(office.get("/register/purposes", Some(owner)).await).await;
    assert!(
        page.contains("Nachricht unterwegs") && !page.contains("An alle senden"),
        "{page}"
    );
}

#[tokio::test]
async fn the_rates_of_forms_are_shown_and_downloaded_by_any_split() {
    let office = office();
    let sales = Some(office.session(Role::Sales));
    let empty = text(office.get("/forms/rates", sales).await).await;
    assert!(
        empty.contains("noch niemand ein Formular ge\u{f6}ffnet"),
        "{empty}"
    );
    let shown = office
        .own
        .show_form("contact", law::Lang::De, None, act().at)
        .unwrap();
    for _ in 0..7 {
        office
            .own
            .count_view(&shown, Some("messe"), &act())
            .unwrap();
    }
    let page = text(office.get("/forms/rates?by=source", sales).await).await;
    assert!(page.contains("messe") && page.contains(">7<"), "{page}");
    let file = office.get("/forms/rates.csv?by=source", sales).await;
    assert_eq!(file.headers()["content-type"], "text/csv; charset=utf-8");
    let file = text(file).await;
    assert!(file.contains("\"messe\";\"7\";\"0\""), "{file}");
    // What nobody can mean by a day is the usual time.
    let odd = office
        .get("/forms/rates?first=x&last=2026-13-01&by=y", sales)
        .await;
    assert_eq!(odd.status(), StatusCode::OK);
    let path = format!("/contacts/{}/enquiry", office.contact);
    let noted = send(&office, Role::Sales, &path, &[]).await;
    assert_eq!(noted.status(), StatusCode::SEE_OTHER);
}
