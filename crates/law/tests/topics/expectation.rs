//! Compares an answer with what a case expects.

use serde_json::Value;

/// What of `expected` the answer does not meet.
pub fn faults(expected: &Value, answer: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, wanted) in expected.as_object().expect("expected values") {
        let met = match key.as_str() {
            "must_cite" => contains_all(wanted, &answer["citations"]),
            "obligations" => each_is_said(wanted, &answer["obligations"]),
            "basis" | "rule" => is_said(wanted, &answer["basis"]),
            _ => *wanted == answer[key],
        };
        if !met {
            faults.push(format!(
                "{key} should be {wanted}, is {}",
                answer[shown(key)]
            ));
        }
    }
    faults
}

fn shown(key: &str) -> &str {
    match key {
        "must_cite" => "citations",
        "rule" => "basis",
        key => key,
    }
}

fn contains_all(wanted: &Value, given: &Value) -> bool {
    list(wanted).iter().all(|item| list(given).contains(item))
}

/// Every wanted obligation has its leading words in one of those given.
fn each_is_said(wanted: &Value, given: &Value) -> bool {
    list(wanted)
        .iter()
        .all(|wanted| list(given).iter().any(|given| is_said(wanted, given)))
}

/// Reasons are free text: most of the longer words of the wanted one have to be there.
fn is_said(wanted: &Value, given: &Value) -> bool {
    let given = given.as_str().unwrap_or_default().to_lowercase();
    let words: Vec<String> = wanted
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3 || word.chars().any(|c| c.is_ascii_digit()))
        .map(str::to_owned)
        .collect();
    let said = words
        .iter()
        .filter(|word| given.contains(word.as_str()))
        .count();
    said * 2 >= words.len()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
