//! The cases of courts, authorities and statutes about the rules beside the gate, asked as a
//! caller would: facts as JSON in, answer as JSON out.
//!
//! `phrases` turns the free text of a case into the words of the schema. It sees the facts and
//! the question of a case only, never its id or what is expected.

// `allow-expect-in-tests` reaches test functions only, not what they call.
#![allow(clippy::expect_used)]

mod topics {
    pub mod expectation;
    pub mod own;
    pub mod phrases;
}

use serde_json::Value;

/// The topics of the case file that are asked here.
const TOPICS: [&str; 6] = [
    "dsr_deadline",
    "information_art13_14",
    "retention",
    "fines",
    "transfers",
    "damages",
];

/// Facts that mark a case of another topic as one about money or proof.
const MARKING_FACTS: [&str; 3] = ["claim", "calls_made", "infringement"];

#[test]
fn every_case_is_answered_as_its_source_says() {
    let cases = include_str!("cases.jsonl");
    let mut asked = 0;
    let mut faults = Vec::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if !is_asked_here(&case) {
            continue;
        }
        asked += 1;
        let question = case["question"].as_str().unwrap_or_default();
        let (topic, facts) = topics::phrases::call(&case["facts"], question);
        match law::topic::ask(topic, &facts.to_string(), law::Lang::En) {
            Ok(answer) => {
                for fault in topics::expectation::faults(&case["expected"], &answer) {
                    faults.push(format!(
                        "{}: {fault}\n  facts {facts}\n  answer {answer}",
                        case["id"]
                    ));
                }
            }
            Err(error) => faults.push(format!("{}: {error}\n  facts {facts}", case["id"])),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(asked, 36, "all cases of these topics in the file are asked");
}

fn is_asked_here(case: &Value) -> bool {
    let topic = case["topic"].as_str().unwrap_or_default();
    TOPICS.contains(&topic)
        || MARKING_FACTS
            .iter()
            .any(|fact| !case["facts"][*fact].is_null())
}
