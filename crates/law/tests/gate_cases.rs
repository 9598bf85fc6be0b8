//! The gate, asked as a caller would: the cases of courts and statutes, further cases with their
//! sources, and what holds for all facts.
//!
//! `phrases` turns the free text of a case into the words of the schema. It sees the facts of a
//! case only, never its id or what is expected.

// `allow-…-in-tests` reaches test functions only, not what they call.
#![allow(clippy::expect_used, clippy::panic)]

mod gate {
    pub mod abroad;
    pub mod always;
    pub mod asking;
    pub mod data_protection;
    pub mod expectation;
    pub mod germany;
    pub mod phrases;
    pub mod reading;
}

use jiff::civil::{Date, date};
use law::Lang;
use law::facts::json::decide_json;
use serde_json::Value;

/// The topics of the case file that the gate answers.
const TOPICS: [&str; 5] = [
    "email_de",
    "phone_de",
    "social_and_audience",
    "country_b2b",
    "post_and_objection",
];

/// Facts that mark a case as one about money or proof, which the topics answer.
const MARKING_FACTS: [&str; 3] = ["claim", "calls_made", "infringement"];

/// The day on which a case without a date is asked.
const ON: Date = date(2026, 11, 24);

/// The gate's answer to facts in the gate's own words.
fn answer(facts: &Value) -> Value {
    decide_json(&facts.to_string(), ON, Lang::En).expect("the facts can be read")
}

#[test]
fn every_case_is_decided_as_its_source_says() {
    let cases = include_str!("cases.jsonl");
    let mut asked = 0;
    let mut faults = Vec::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if !is_asked_here(&case) {
            continue;
        }
        asked += 1;
        let facts = gate::phrases::call(&case["facts"]);
        let answer = answer(&facts);
        for fault in gate::expectation::faults(&case["expected"], &answer) {
            faults.push(format!(
                "{}: {fault}\n  facts {facts}\n  answer {answer}",
                case["id"]
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(asked, 33, "all cases of these topics in the file are asked");
}

fn is_asked_here(case: &Value) -> bool {
    let topic = case["topic"].as_str().unwrap_or_default();
    TOPICS.contains(&topic)
        && MARKING_FACTS
            .iter()
            .all(|fact| case["facts"][*fact].is_null())
}
