//! The cases of courts, authorities and statutes about breaches, consent, cookies, assessments,
//! officers, roles and profiling, asked as a caller would: facts as JSON in, answer as JSON out.
//!
//! `phrases` turns the free text of a case into the words of the schema. It sees the facts and
//! the question of a case only, never its id or what is expected.

// `allow-expect-in-tests` reaches test functions only, not what they call.
#![allow(clippy::expect_used, clippy::panic)]

mod topics {
    pub mod expectation;
}
mod assessments {
    pub mod asking;
    pub mod breaches;
    pub mod declarations;
    pub mod expectation;
    pub mod own;
    pub mod phrases;
    pub mod vocabulary;
}

use serde_json::Value;

/// The topics of the case file that are asked here.
const TOPICS: [&str; 8] = [
    "breach",
    "consent_validity",
    "cookies",
    "double_opt_in",
    "dpia",
    "dpo",
    "processor_joint",
    "profiling_and_sharing",
];

#[test]
fn every_case_is_answered_as_its_source_says() {
    let mut asked = 0;
    let mut faults = Vec::new();
    for line in include_str!("cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        if !TOPICS.contains(&case["topic"].as_str().unwrap_or_default()) {
            continue;
        }
        asked += 1;
        let question = case["question"].as_str().unwrap_or_default();
        let (topic, facts) = assessments::phrases::call(&case["facts"], question);
        match law::topic::ask(topic, &facts.to_string(), law::Lang::En) {
            Ok(answer) => {
                for fault in assessments::expectation::faults(&case["expected"], &answer) {
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
    assert_eq!(asked, 50, "all cases of these topics in the file are asked");
}
