//! What the routes answer, and to whom. The operations behind them are replaced by ones that
//! give known answers; `crates/leitplanke/tests/server.rs` has the real ones.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{
    ACCEPT, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST,
    RETRY_AFTER, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use jiff::ZonedDateTime;
use law::{Channel, Lang};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use web::{
    AnswerError, Answers, AppState, Caller, ContactQuestion, Health, Hosts, RequestTaken, Token,
    Tokens,
};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const PERSON: &str = "erika.beispiel@example.com";

#[derive(Clone)]
struct Known {
    healthy: bool,
    answer: Result<Value, AnswerError>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            healthy: true,
            answer: Ok(json!({ "decision": { "verdict": "refused" } })),
        }
    }
}

impl Answers for Known {
    fn health(&self, _: &ZonedDateTime) -> Health {
        Health {
            engine: "SQLite",
            database_reachable: self.healthy,
            log_entries: self.healthy.then_some(1234),
            oldest_waiting: None,
            backup: None,
        }
    }

    fn take_request(
        &self,
        caller: &Caller,
        request: &RequestTaken,
        _: &ZonedDateTime,
    ) -> Result<Value, AnswerError> {
        assert_eq!(caller.account, "crm");
        assert_eq!(request.who, PERSON);
        assert_eq!(request.received_on.to_string(), "2026-11-24");
        Ok(json!({ "kind": request.kind, "identified": request.identified }))
    }

    fn decide_contact(
        &self,
        caller: &Caller,
        question: &ContactQuestion,
        _: &ZonedDateTime,
        _: Lang,
    ) -> Result<Value, AnswerError> {
        assert_eq!(caller.account, "crm");
        assert_eq!(question.contact, PERSON);
        assert_eq!(question.channel, Channel::Email);
        assert_eq!(question.on.to_string(), "2026-11-24");
        self.answer.clone()
    }
}

fn routes(known: Known) -> Router {
    let caller = Caller {
        account: "crm".to_owned(),
        organisation: Some("Musterbau".to_owned()),
    };
    let clock = || "2026-11-24T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let tokens = Tokens::new(vec![Token::new(TOKEN, caller).unwrap()]);
    web::router(AppState::new(
        Arc::new(known),
        tokens,
        Hosts::new([]),
        clock,
        None,
    ))
}

fn server() -> Router {
    routes(Known::default())
}

async fn get(routes: &Router, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::get(path).header(HOST, "localhost:8070");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(routes, request.body(Body::empty()).unwrap()).await
}

async fn send(routes: &Router, request: Request<Body>) -> Response {
    routes.clone().oneshot(request).await.unwrap()
}

/// A request for the gate's answer about a contact on record.
fn about_contact(token: Option<&str>, body: &Value) -> Request<Body> {
    let mut request = Request::post("/api/v1/contacts/decide")
        .header(HOST, "localhost")
        .header(CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    request.body(Body::from(body.to_string())).unwrap()
}

fn question() -> Value {
    json!({ "contact": PERSON, "purpose": "newsletter", "channel": "email" })
}

async fn text(response: Response) -> String {
    String::from_utf8(
        response
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .to_vec(),
    )
    .unwrap()
}

async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    serde_json::from_str(&text(response).await).unwrap()
}

#[tokio::test]
async fn a_contact_is_decided_about_for_who_has_a_token() {
    let response = send(&server(), about_contact(Some(TOKEN), &question())).await;
    assert_eq!(response.status(), StatusCode::OK);
    let answer: Value = serde_json::from_str(&text(response).await).unwrap();
    assert_eq!(answer["decision"]["verdict"], "refused");
}

#[tokio::test]
async fn signed_out_or_with_a_wrong_token_nobody_learns_anything_about_a_contact() {
    for token in [None, Some(""), Some("0123456789abcdef0123456789abcdeF")] {
        let response = send(&server(), about_contact(token, &question())).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(response.headers()[WWW_AUTHENTICATE], "Bearer");
        assert_eq!(problem(response).await["code"], "signed_out");
    }
}

#[tokio::test]
async fn signed_out_does_not_even_learn_whether_the_question_could_be_read() {
    let response = send(&server(), about_contact(None, &json!({ "nonsense": 1 }))).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_of_one_organisation_is_no_good_for_another() {
    let mut asked = question();
    asked["organisation"] = json!("Fremdbau");
    let response = send(&server(), about_contact(Some(TOKEN), &asked)).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert_eq!(problem(response).await["code"], "other_organisation");

    asked["organisation"] = json!("Musterbau");
    let response = send(&server(), about_contact(Some(TOKEN), &asked)).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn guessing_tokens_is_braked_and_a_right_token_is_not() {
    let server = server();
    for _ in 0..10 {
        let response = send(&server, about_contact(Some("wrong"), &question())).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
    let response = send(&server, about_contact(Some("wrong"), &question())).await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()[RETRY_AFTER], "60");
    let response = send(&server, about_contact(Some(TOKEN), &question())).await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_question_that_does_not_fit_names_the_place_and_repeats_nothing_personal() {
    let wrong = [
        (
            json!({ "contact": PERSON, "purpose": "p", "channel": "pigeon" }),
            "channel",
        ),
        (
            json!({ "contact": PERSON, "purpose": "p", "channel": "email", "on": PERSON }),
            "on",
        ),
        (
            json!({ "contact": PERSON, "purpose": "p", "channel": "email", "record": PERSON }),
            "record",
        ),
        (
            json!({ "contact": PERSON, "purpose": "p", "channel": "email", "colour": 1 }),
            "colour",
        ),
        (json!({ "contact": PERSON, "channel": "email" }), "."),
    ];
    for (asked, place) in wrong {
        let response = send(&server(), about_contact(Some(TOKEN), &asked)).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{asked}"
        );
        let said = problem(response).await;
        assert_eq!(said["place"], place, "{said}");
        assert!(!said.to_string().contains("erika"), "{said}");
    }
}

#[tokio::test]
async fn an_operation_that_fails_is_an_error_and_never_a_verdict() {
    let failures = [
        (
            AnswerError::NotFound("no contact has it".to_owned()),
            404,
            "not_found",
        ),
        (AnswerError::Unavailable, 503, "unavailable"),
        (
            AnswerError::Broken(format!("row of {PERSON}")),
            500,
            "broken",
        ),
    ];
    for (failure, status, code) in failures {
        let known = Known {
            answer: Err(failure),
            ..Known::default()
        };
        let server = routes(known);
        let response = send(&server, about_contact(Some(TOKEN), &question())).await;
        assert_eq!(response.status().as_u16(), status);
        let said = problem(response).await;
        assert_eq!(said["code"], code);
        assert!(said.get("decision").is_none() && !said.to_string().contains("erika"));
    }
}

fn made_up(facts: &str, kind: &str) -> Request<Body> {
    Request::post("/api/v1/decide?lang=en")
        .header(HOST, "localhost")
        .header(CONTENT_TYPE, kind)
        .body(Body::from(facts.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn made_up_facts_are_judged_without_a_token() {
    let facts = json!({
        "channel": "email",
        "purpose": "direct_marketing",
        "contact": { "kind": "business", "country": "DE" },
    });
    let response = send(
        &server(),
        made_up(&facts.to_string(), "application/json; charset=utf-8"),
    )
    .await;
    let status = response.status();
    let answer = text(response).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["verdict"], "refused");
    assert!(
        answer["channel_law"]["citations"]
            .to_string()
            .contains("UWG § 7(2) Nr. 2"),
        "{answer}"
    );
}

#[tokio::test]
async fn facts_that_can_not_be_read_are_an_error_that_names_the_place() {
    let response = send(&server(), made_up(r#"{ "colour": 1 }"#, "application/json")).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem(response).await.to_string().contains("colour"));

    let response = send(&server(), made_up("{}", "text/plain")).await;
    assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let long = format!(r#"{{ "note": "{}" }}"#, "x".repeat(300 * 1024));
    let response = send(&server(), made_up(&long, "application/json")).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);

    let latin = Request::post("/api/v1/decide")
        .header(HOST, "localhost")
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(b"{\"note\": \"\xfc\"}".to_vec()))
        .unwrap();
    let response = send(&server(), latin).await;
    assert_eq!(problem(response).await["code"], "not_utf8");
}

#[tokio::test]
async fn health_is_a_page_for_people_and_json_for_monitors() {
    let response = get(
        &server(),
        "/health",
        &[("accept", "text/html"), ("accept-language", "en")],
    )
    .await;
    assert_eq!(response.status(), StatusCode::OK);
    let page = text(response).await;
    assert!(
        page.contains("All is well") && page.contains("1,234"),
        "{page}"
    );

    for path in ["/health", "/health.json"] {
        let response = get(&server(), path, &[]).await;
        let health: Value = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(health["status"], "good");
        assert_eq!(health["evidence_log"]["entries"], 1234);
    }
}

#[tokio::test]
async fn bad_health_is_told_by_status_and_word() {
    let sick = routes(Known {
        healthy: false,
        ..Known::default()
    });
    let response = get(&sick, "/health.json", &[]).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = get(&sick, "/health?lang=de", &[("accept", "text/html")]).await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(page).await.contains("nicht erreichbar"));
}

#[tokio::test]
async fn assets_have_an_address_of_their_content_and_are_kept() {
    let demo = routes(Known::default());
    let html = [(ACCEPT.as_str(), "text/html")];
    let page = text(get(&demo, "/health", &html).await).await;
    for ending in [".css", ".svg"] {
        let address = page
            .split('"')
            .find(|part| part.starts_with("/assets/") && part.ends_with(ending));
        let response = get(&demo, address.unwrap(), &[]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(
            response.headers()[CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
    }
    assert_eq!(
        get(&demo, "/assets/style-0.css", &[]).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        get(&demo, "/favicon.ico", &[]).await.status(),
        StatusCode::OK
    );
}

fn is_shielded(headers: &HeaderMap) -> bool {
    let policy = headers
        .get(CONTENT_SECURITY_POLICY)
        .and_then(|p| p.to_str().ok());
    policy.is_some_and(|p| p.starts_with("default-src 'none'") && !p.contains("unsafe"))
        && headers["x-content-type-options"] == "nosniff"
        && headers["x-frame-options"] == "DENY"
        && headers["referrer-policy"] == "same-origin"
        && headers.contains_key(CACHE_CONTROL)
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let demo = routes(Known::default());
    for path in [
        "/",
        "/health",
        "/health.json",
        "/favicon.ico",
        "/nothing",
        "/api/v1/decide",
    ] {
        assert!(is_shielded(get(&demo, path, &[]).await.headers()), "{path}");
    }
    let refused = send(&demo, about_contact(None, &question())).await;
    assert!(is_shielded(refused.headers()));
}

#[tokio::test]
async fn what_is_not_there_says_so_to_programs_and_people() {
    let response = get(&server(), "/nothing", &[(ACCEPT.as_str(), "text/html")]).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(text(response).await.contains("<h1>"));
    assert_eq!(
        problem(get(&server(), "/api/v2", &[(ACCEPT.as_str(), "text/html")]).await).await["code"],
        "not_found"
    );

    let response = get(&server(), "/api/v1/contacts/decide", &[]).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.headers()[ALLOW], "POST");
    assert_eq!(problem(response).await["code"], "method_not_allowed");
}

#[tokio::test]
async fn other_host_names_are_turned_away() {
    let request = Request::get("/health")
        .header(HOST, "rebound.example")
        .body(Body::empty());
    let response = send(&server(), request.unwrap()).await;
    assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(problem(response).await["code"], "unknown_host");
}

#[tokio::test]
async fn the_longest_wait_that_still_counts_as_healthy_is_a_minute() {
    let health = |seconds| Health {
        engine: "SQLite",
        database_reachable: true,
        log_entries: Some(1),
        oldest_waiting: Some(Duration::from_secs(seconds)),
        backup: None,
    };
    assert!(health(60).is_good());
    assert!(!health(61).is_good());
}
