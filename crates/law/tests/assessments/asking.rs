//! Asks a topic and looks at verdict and citations.

use serde_json::Value;

pub fn ask(topic: &str, facts: &Value) -> Value {
    law::topic::ask(topic, &facts.to_string(), law::Lang::En)
        .unwrap_or_else(|error| panic!("{topic} {facts}: {error}"))
}

pub fn cites(answer: &Value, label: &str) -> bool {
    answer["citations"]
        .as_array()
        .is_some_and(|labels| labels.iter().any(|given| given == label))
}

/// Asks and compares the verdict and one citation for each case.
pub fn verdicts(topic: &str, cases: &[(&str, Value, &str, &str)]) {
    for (source, facts, verdict, citation) in cases {
        let answer = ask(topic, facts);
        assert_eq!(answer["verdict"], *verdict, "{source}: {answer}");
        assert!(cites(&answer, citation), "{source}: {answer}");
    }
}
