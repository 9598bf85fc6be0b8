//! What people record about a contact in the browser: the gate's answer follows at once, what was
//! done is said on the next page, and a form keeps its input on an error.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod office;

use axum::http::StatusCode;
use axum::http::header::{COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::response::Response;
use law::{Channel, Lang};
use office::{Office, office, text, today};
use operations::ContactRef;
use operations::access::Role;

/// Sends a form about the contact, with the session's own token.
async fn send(office: &Office, role: Role, form: &str, inputs: &[(&str, &str)]) -> Response {
    let session = office.session(role);
    let token = office.form_token(session).await;
    let mut all = vec![("form_token", &*token)];
    all.extend(inputs);
    let body = serde_urlencoded::to_string(all).unwrap();
    let path = format!("/contacts/{}/{form}", office.contact);
    office.post(&path, Some(session), &body).await
}

/// The gate's answer about the contact.
fn verdict(office: &Office, purpose: &str, channel: Channel) -> &'static str {
    let contact: ContactRef = office.contact.parse().unwrap();
    let decided = office
        .own
        .decide(&contact, purpose, channel, today(), Lang::De);
    decided.unwrap().decision.verdict
}

/// What the next page says, and that it says it once.
async fn said_next(office: &Office, response: Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let path = response.headers()[LOCATION].to_str().unwrap().to_owned();
    let toast = response.headers()[SET_COOKIE].to_str().unwrap();
    let toast = toast.split(';').next().unwrap().to_owned();
    let session = office.session(Role::Owner);
    let cookies = format!("session={session}; {toast}");
    let request = axum::http::Request::get(&path)
        .header(HOST, "localhost:8070")
        .header(COOKIE, cookies)
        .body(axum::body::Body::empty())
        .unwrap();
    let page = office.send(request).await;
    let taken = page.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(taken.starts_with("toast=;"), "{taken}");
    text(page).await
}

const CONSENT: [(&str, &str); 5] = [
    ("activity", "newsletter"),
    ("channels", "email"),
    ("given_on", "2026-11-20"),
    ("proof", "written"),
    ("action", "active"),
];

#[tokio::test]
async fn a_good_consent_permits_and_its_withdrawal_ends_that() {
    let office = office();
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
    let recorded = send(&office, Role::Sales, "consent", &CONSENT).await;
    let page = said_next(&office, recorded).await;
    assert!(page.contains("Einwilligung festgehalten."), "{page}");
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "permitted");
    let withdrawn = [("activity", ""), ("which", "all"), ("on", "2026-11-24")];
    let withdrawal = send(&office, Role::Sales, "withdraw", &withdrawn).await;
    assert!(
        said_next(&office, withdrawal)
            .await
            .contains("Widerruf festgehalten.")
    );
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
    let again = send(&office, Role::Sales, "withdraw", &withdrawn).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(again).await.contains("keine Einwilligung in Kraft"));
}

#[tokio::test]
async fn a_consent_with_a_defect_is_kept_permits_nothing_and_says_what_helps() {
    let office = office();
    let mut flawed = CONSENT;
    flawed[4] = ("action", "pre_ticked");
    let recorded = send(&office, Role::Marketing, "consent", &flawed).await;
    assert_eq!(recorded.status(), StatusCode::SEE_OTHER);
    let path = recorded.headers()[LOCATION].to_str().unwrap().to_owned();
    let session = office.session(Role::Marketing);
    let page = text(office.get(&path, Some(session)).await).await;
    assert!(page.contains("Festgehalten, aber mit Mängeln"), "{page}");
    assert!(page.contains("Art. 4 Nr. 11"), "{page}");
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
}

#[tokio::test]
async fn a_click_that_another_system_saw_needs_that_systems_record() {
    let office = office();
    for proof in ["double_opt_in_completed", "sms_code"] {
        let mut seen_elsewhere = CONSENT;
        seen_elsewhere[3] = ("proof", proof);
        let refused = send(&office, Role::Sales, "consent", &seen_elsewhere).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(refused).await.contains("dessen Protokoll"));
    }
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
}

#[tokio::test]
async fn a_form_keeps_what_was_entered_and_says_what_is_missing() {
    let office = office();
    for (form, inputs, kept, said) in [
        (
            "consent",
            &[
                ("activity", "newsletter"),
                ("given_on", "2026-11-20"),
                ("proof", "written"),
                ("text", "Ja, ich will"),
            ][..],
            "Ja, ich will",
            "mindestens einen Kanal",
        ),
        (
            "consent",
            &[
                ("activity", "newsletter"),
                ("channels", "email"),
                ("given_on", "2027-01-01"),
                ("proof", "written"),
                ("text", "Morgen"),
            ],
            "Morgen",
            "nicht in der Zukunft",
        ),
        (
            "circumstance",
            &[
                ("activity", "newsletter"),
                ("ground", "other"),
                ("text", "  "),
            ],
            "value=\"other\" checked",
            "Beschreiben Sie den Umstand",
        ),
        (
            "sale",
            &[
                ("goods", "nothing"),
                ("sold_on", "2026-11-01"),
                ("notice_at_collection", "on"),
            ],
            "value=\"on\" checked",
            "was verkauft wurde",
        ),
        ("screening", &[], "Sperrliste", "was der Abgleich ergab"),
        (
            "object",
            &[("which", "some"), ("channels", "phone"), ("on", "gestern")],
            "value=\"phone\" checked",
            "Das ist kein Tag",
        ),
        (
            "restrict",
            &[("reason", " ")],
            "Einschränken",
            "Geben Sie einen Grund an",
        ),
        (
            "overrule",
            &[
                ("activity", "newsletter"),
                ("channel", "email"),
                ("reason", ""),
            ],
            "Das sagt das Recht",
            "Geben Sie einen Grund an",
        ),
    ] {
        let response = send(&office, Role::Owner, form, inputs).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{form}"
        );
        let page = text(response).await;
        assert!(page.contains(kept), "{form} lost {kept}: {page}");
        assert!(page.contains(said), "{form} does not say {said}: {page}");
    }
}

#[tokio::test]
async fn only_who_is_responsible_decides_against_a_refusal_and_nobody_against_an_objection() {
    let office = office();
    let decision = [
        ("activity", "newsletter"),
        ("channel", "email"),
        ("reason", "Rat der Anwältin vom 3. November"),
    ];
    let sales = send(&office, Role::Sales, "overrule", &decision).await;
    assert_eq!(sales.status(), StatusCode::FORBIDDEN);
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
    let officer = send(&office, Role::DataProtectionOfficer, "overrule", &decision).await;
    let page = said_next(&office, officer).await;
    assert!(page.contains("Sie lautet: nicht erlaubt"), "{page}");
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "permitted");
    let revoked = send(&office, Role::Owner, "overrule/revoke", &decision).await;
    assert!(said_next(&office, revoked).await.contains("zurückgenommen"));
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
    send(&office, Role::Owner, "object", &[("which", "all")]).await;
    let passed_over = send(&office, Role::Owner, "overrule", &decision).await;
    assert_eq!(passed_over.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(passed_over).await.contains("kann niemand übergehen"));
    assert_eq!(verdict(&office, "newsletter", Channel::Email), "refused");
}

#[tokio::test]
async fn a_contact_that_somebody_else_changed_shows_what_is_on_record_and_loses_no_input() {
    let office = office();
    let contact: ContactRef = office.contact.parse().unwrap();
    let (now, seen) = office.own.correctable(&contact).unwrap();
    let seen = seen.as_millisecond().to_string();
    let mut theirs = now.clone();
    theirs.fields.company = Some("Neue Firma AG".to_owned());
    let later = operations::Act {
        at: office::act().at + jiff::SignedDuration::from_secs(5),
        ..office::act()
    };
    let (_, read) = office.own.correctable(&contact).unwrap();
    office
        .own
        .correct_contact(&contact, &theirs, read, &later)
        .unwrap();
    let mine = [
        ("seen", &*seen),
        ("family_name", "anna"),
        ("emails", "anna@kunde.example"),
        ("position", "Einkauf"),
        ("country", "DE"),
    ];
    // An error that is found first does not hide that somebody else was quicker.
    let mut nobody = mine;
    nobody[2] = ("emails", "");
    for inputs in [&nobody, &mine] {
        let conflict = send(&office, Role::Owner, "edit", inputs).await;
        assert_eq!(conflict.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(conflict).await;
        assert!(
            page.contains("Inzwischen gespeichert: Neue Firma AG"),
            "{page}"
        );
        assert!(page.contains("value=\"Einkauf\""), "{page}");
    }
}

#[tokio::test]
async fn a_step_that_the_gate_names_leads_to_its_form() {
    let office = office();
    let path = format!("/contacts/{}", office.contact);
    let page = text(office.get(&path, Some(office.session(Role::Sales))).await).await;
    let consent = format!("{path}/consent?activity=newsletter&#38;channel=email");
    assert!(page.contains(&consent), "{page}");
    // Who may only look is led nowhere.
    let page = text(office.get(&path, Some(office.session(Role::Auditor))).await).await;
    let to_form = [format!("{path}/consent?"), format!("{path}/consent\"")];
    assert!(!to_form.iter().any(|link| page.contains(link)), "{page}");
}
