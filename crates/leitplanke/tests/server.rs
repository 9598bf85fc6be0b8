//! `serve` and `demo` as a program and a person meet them: the real binary over HTTP.
#![allow(clippy::unwrap_used, reason = "a test that can't go on must fail")]

mod served;

use std::path::Path;

use serde_json::{Value, json};
use served::{Server, leitplanke, run};
use ureq::Agent;

const LIST: &str = "Vorname;Nachname;Firma;E-Mail;Straße;PLZ;Ort\n\
    Erika;Beispiel;Beispiel GmbH;erika.beispiel@example.com;Werkstraße 1;34117;Kassel\n";

/// Statuses are looked at, not turned into errors.
fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

fn ask(server: &Server, token: Option<&str>, body: &Value) -> (u16, Value) {
    let mut request = agent().post(format!("{}/api/v1/contacts/decide", server.url));
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = request.send_json(body).unwrap();
    let status = response.status().as_u16();
    (status, response.body_mut().read_json().unwrap())
}

fn about(channel: &str) -> Value {
    json!({ "contact": "erika.beispiel@example.com", "purpose": "newsletter", "channel": channel })
}

#[test]
fn the_api_gives_the_gates_answer_about_a_contact_on_record_and_keeps_it_if_asked() {
    let server = Server::with_contacts(LIST);
    let token = server.token();
    let mut question = about("email");
    let (status, answer) = ask(&server, Some(&token), &question);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["verdict"], "refused", "{answer}");
    let citations = answer["channel_law"]["citations"].to_string();
    assert!(citations.contains("UWG § 7(2) Nr. 2"), "{answer}");

    question["record"] = json!(true);
    let (_, kept) = ask(&server, Some(&token), &question);
    assert!(kept["entry"].is_number(), "{kept}");
}

#[test]
fn without_the_right_token_or_for_another_organisation_the_api_says_nothing() {
    let server = Server::with_contacts(LIST);
    for token in [None, Some("0".repeat(64))] {
        let (status, said) = ask(&server, token.as_deref(), &about("email"));
        assert_eq!(status, 401);
        assert!(!said.to_string().contains("erika"));
    }
    let mut question = about("email");
    question["organisation"] = json!("Fremdbau GmbH");
    assert_eq!(ask(&server, Some(&server.token()), &question).0, 403);
}

#[test]
fn what_is_unknown_is_an_error_that_names_it_and_never_a_verdict() {
    let server = Server::with_contacts(LIST);
    let token = server.token();
    let wrong = [
        ("contact", json!("niemand@example.com"), 404),
        ("contact", json!("?"), 422),
        ("purpose", json!("fishing"), 422),
        ("channel", json!("pigeon"), 422),
        ("on", json!("31.12.2026"), 422),
    ];
    for (key, value, expected) in wrong {
        let mut question = about("email");
        question[key] = value;
        let (status, said) = ask(&server, Some(&token), &question);
        assert_eq!(status, expected, "{key}: {said}");
        assert!(said.get("verdict").is_none(), "{said}");
        assert!(!said.to_string().contains("niemand"), "{said}");
    }
}

#[test]
fn an_objection_from_the_command_line_counts_at_once_while_the_server_runs() {
    let server = Server::with_contacts(LIST);
    let token = server.token();
    let mut question = about("post");
    question["purpose"] = json!("post-mailings");
    assert_eq!(
        ask(&server, Some(&token), &question).1["verdict"],
        "permitted"
    );
    run(leitplanke(server.folder.path()).args([
        "object",
        "--contact",
        "erika.beispiel@example.com",
    ]));
    assert_eq!(
        ask(&server, Some(&token), &question).1["verdict"],
        "refused"
    );
}

#[test]
fn health_says_that_all_is_well_and_the_log_is_signed() {
    let server = Server::with_contacts(LIST);
    let mut response = agent()
        .get(format!("{}/health.json", server.url))
        .call()
        .unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let health: Value = response.body_mut().read_json().unwrap();
    assert_eq!(health["status"], "good");
    assert!(
        health["evidence_log"]["entries"].as_u64().unwrap() >= 3,
        "{health}"
    );
}

#[test]
fn a_server_asked_to_end_ends_well_and_leaves_a_log_that_verifies() {
    let server = Server::with_contacts(LIST);
    let mut question = about("email");
    question["record"] = json!(true);
    assert_eq!(ask(&server, Some(&server.token()), &question).0, 200);
    let (status, folder) = server.end();
    assert!(status.success(), "{status}");
    run(leitplanke(folder.path()).arg("verify"));
}

#[test]
fn the_first_page_of_the_demonstration_adds_up() {
    let server = Server::demo(60);
    let mut response = agent()
        .get(format!("{}/?lang=en", server.url))
        .call()
        .unwrap();
    let page = response.body_mut().read_to_string().unwrap();
    assert!(page.contains("60 contacts on the list"), "{page}");
    assert!(page.contains("Musterbau Maschinen GmbH"));
    // Every bar's four counts are those of the same sixty people.
    let bars: Vec<_> = page
        .match_indices("role=\"img\" aria-label=\"")
        .map(|(at, found)| {
            let label = &page[at + found.len()..];
            &label[..label.find('"').unwrap()]
        })
        .collect();
    assert!(bars.len() >= 8, "{bars:?}");
    for bar in bars {
        let counts: u64 = bar
            .split(", ")
            .map(|part| part.split(": ").nth(1).unwrap().split(' ').next().unwrap())
            .map(|count| count.parse::<u64>().unwrap())
            .sum();
        assert_eq!(counts, 60, "{bar}");
    }
}

/// The address at which the server listens.
fn bound(server: &Server) -> String {
    let (_, port) = server.url.rsplit_once(':').unwrap();
    format!("127.0.0.1:{port}")
}

#[test]
fn the_demonstration_opens_no_folder_but_its_own() {
    let server = Server::with_contacts(LIST);
    // In use, so that a demonstration that is not refused ends too.
    let address = bound(&server);
    let demo = |folder: &Path| {
        let mut command = leitplanke(folder);
        command.args(["demo", "--contacts", "1", "--listen", &address, "--keep"]);
        let output = command.arg(folder).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = demo(server.folder.path());
    assert!(said.contains("was not made by `demo`"), "{said}");
    let new = tempfile::TempDir::new().unwrap();
    for _ in 0..2 {
        let said = demo(new.path());
        assert!(said.contains("choose another with --listen"), "{said}");
    }
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let server = Server::demo(1);
    let folder = tempfile::TempDir::new().unwrap();
    let output = leitplanke(folder.path())
        .args(["demo", "--contacts", "1", "--listen", &bound(&server)])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("choose another with --listen")
    );
}
