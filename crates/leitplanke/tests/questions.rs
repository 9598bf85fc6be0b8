//! Questions that need no contact on record: the register, made-up facts, the rules beside the gate.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod office;

use office::{Office, in_each_office};
use serde_json::{Value, json};

#[test]
fn a_faulty_register_is_told_by_line_and_column_and_changes_nothing() {
    in_each_office(|office| {
        let before = office.does(&["register", "export"]).out;
        let faulty = office.file(
            "faulty.toml",
            before.replacen("basis = \"consent\"", "basis = \"concent\"", 1),
        );
        for command in ["check", "apply"] {
            let said = office.types(&["register", command, &faulty]);
            assert_ne!(said.code, 0);
            let told = said.out + &said.err;
            let line = before
                .lines()
                .position(|line| line == "basis = \"consent\"")
                .unwrap()
                + 1;
            assert!(told.contains(&format!("{line}:")), "line {line}: {told}");
            assert!(told.contains("concent"), "{told}");
        }
        assert_eq!(office.does(&["register", "export"]).out, before);
        assert_eq!(
            office
                .asks(&["register", "versions"])
                .as_array()
                .unwrap()
                .len(),
            1
        );
        let changed = office.file(
            "changed.toml",
            before.replacen("Musterbau", "Musterwerk", 1),
        );
        office.does(&["register", "apply", &changed]);
        assert_eq!(
            office
                .asks(&["register", "versions"])
                .as_array()
                .unwrap()
                .len(),
            2
        );
    });
}

#[test]
fn a_changed_register_shows_what_it_would_move_before_it_is_applied() {
    in_each_office(|office| {
        let list = "Nachname;Firma;E-Mail;Straße;PLZ;Ort\n\
            Muster;Muster GmbH;a@muster.example;Weg 1;34117;Kassel\n\
            Beispiel;Beispiel GmbH;b@beispiel.example;Weg 2;34117;Kassel\n";
        office.imports(list);
        let post = || office.verdict("a@muster.example", "post-mailings", "post");
        assert_eq!(post(), "permitted");
        let text = office.does(&["register", "export"]).out;
        let start = text.find("id = \"post-mailings\"").unwrap();
        let basis = text[start..].find("\"legitimate_interests\"").unwrap() + start;
        let stricter = format!(
            "{}\"consent\"{}",
            &text[..basis],
            &text[basis + "\"legitimate_interests\"".len()..]
        );
        let file = office.file("stricter.toml", stricter);
        let radius = office.asks(&["register", "preview", &file]);
        assert_eq!(radius["contacts"], 2);
        let moved = radius["moves"].as_array().unwrap();
        let post_line = moved.iter().find(|m| m["channel"] == "post").unwrap();
        assert_eq!(
            (
                &post_line["permitted_before"],
                &post_line["permitted_after"],
                &post_line["lost"]
            ),
            (&2.into(), &0.into(), &2.into())
        );
        let changed = radius["changes"].to_string();
        assert!(
            changed.contains("activity.post-mailings.basis"),
            "{changed}"
        );
        let notice = &radius["consequences"]["notices"][0];
        assert_eq!(
            (&notice["activity"], &notice["facts"][0]),
            (
                &json!("post-mailings"),
                &json!({ "fact": "basis", "citation": "GDPR Art. 13(1)(c)" })
            )
        );
        assert_eq!(radius["consequences"]["retention"], json!([]));
        let said = office.does(&["register", "preview", &file]).out;
        assert!(
            said.contains("post-mailings: legal basis [GDPR Art. 13(1)(c)]"),
            "{said}"
        );
        // A look changes nothing, and applying it does what was shown.
        assert_eq!(post(), "permitted");
        office.does(&["register", "apply", &file]);
        assert_eq!(post(), "refused");
        assert_eq!(
            office.asks(&["register", "preview", &file])["moves"],
            json!([])
        );
    });
}

#[test]
fn the_check_of_a_register_says_what_to_do_and_with_which_key() {
    in_each_office(|office| {
        let file = office.file("sample.toml", office.does(&["register", "sample"]).out);
        let checked = office.asks(&["register", "check", &file]);
        let gaps = checked["gaps"].as_array().unwrap();
        let gap = |code: &str| gaps.iter().find(|gap| gap["code"] == code).unwrap();
        let balancing = gap("balancing_missing");
        assert_eq!(balancing["key"], "[activity.balancing]");
        assert!(!balancing["next_step"].to_string().contains("activity."));
        let said = office.does(&["register", "check", &file]).out;
        assert!(
            said.contains("✗ activity.telephone-acquisition [GDPR Art. 6(1)(f)]"),
            "{said}"
        );
        assert!(
            said.contains("balancing test ([activity.balancing])"),
            "{said}"
        );
        assert!(said.contains("names: Phone\n"), "{said}");
    });
}

#[test]
fn made_up_facts_are_answered_line_by_line_and_a_bad_line_is_an_error_and_no_verdict() {
    let office = Office::nowhere();
    let sound = json!({
        "contact": { "kind": "business", "country": "DE" },
        "channel": "email",
        "purpose": "direct_marketing",
    });
    let lines = format!("{sound}\n{{\"colour\": 1}}\n{sound}\n");
    let said = office.types_with(&["decide", "--facts", "-"], lines.as_bytes());
    assert_eq!(said.code, 2);
    let answers: Vec<Value> = said
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["verdict"], "refused");
    assert_eq!(answers[0], answers[2]);
    assert!(answers[1].get("verdict").is_none(), "{}", answers[1]);
    assert_eq!(answers[1]["line"], 2);
    assert!(answers[1]["error"].to_string().contains("colour"));
}

#[test]
fn every_topic_has_a_schema_and_names_the_keys_that_it_knows() {
    let office = Office::nowhere();
    let said = office.does(&["ask", "--json"]);
    let topics = said.json();
    let named: Vec<_> = topics
        .as_array()
        .unwrap()
        .iter()
        .map(|topic| topic["topic"].as_str().unwrap().to_owned())
        .collect();
    for expected in [
        "deadline",
        "information",
        "breach",
        "dpo",
        "dpia",
        "retention",
        "fine",
        "transfer",
        "processor-contract",
        "consent",
        "opt-in-proof",
        "cookie",
    ] {
        assert!(
            named.iter().any(|topic| topic == expected),
            "{expected}: {named:?}"
        );
    }
    for topic in &named {
        let schema = office.does(&["ask", topic, "--schema"]).json();
        let known: Vec<_> = schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let said = office.types(&["ask", topic, "--facts", r#"{"colour": 1}"#]);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(
            said.err.contains("colour") && known.iter().any(|key| said.err.contains(key)),
            "{said:?}"
        );
    }
}

#[test]
fn a_case_reads_like_a_call() {
    let office = Office::nowhere();
    let answer = office.asks(&[
        "ask",
        "deadline",
        "--facts",
        r#"{"request_received": "2026-01-31", "country": "DE", "land": "HE"}"#,
    ]);
    // 28 February 2026 is a Saturday, so the month ends on the Monday after it.
    assert!(answer.to_string().contains("2026-03-02"), "{answer}");
}
