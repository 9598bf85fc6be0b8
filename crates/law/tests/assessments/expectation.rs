//! Compares an answer with what a case expects. The reason is free text and is not compared;
//! lists of criteria have no order; a remedy has to be said in other words.

use serde_json::{Value, json};

use crate::topics;

/// What of `expected` the answer does not meet.
pub fn faults(expected: &Value, answer: &Value) -> Vec<String> {
    let mut rest = expected.clone();
    let values = rest.as_object_mut().expect("expected values");
    values.remove("basis");
    let mut faults = Vec::new();
    if let Some(wanted) = values.remove("criteria_met")
        && sorted(&wanted) != sorted(&answer["criteria_met"])
    {
        faults.push(format!(
            "criteria_met should be {wanted}, is {}",
            answer["criteria_met"]
        ));
    }
    if let Some(wanted) = values.remove("fix") {
        let said = json!({ "obligations": [answer["fix"]] });
        faults.extend(topics::expectation::faults(
            &json!({ "obligations": [wanted] }),
            &said,
        ));
    }
    faults.extend(topics::expectation::faults(&rest, answer));
    faults
}

fn sorted(list: &Value) -> Vec<&str> {
    let mut words: Vec<_> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    words.sort_unstable();
    words
}
