//! Compares what a case expects with what the gate says.

use serde_json::Value;

/// The duty that an obligation of a case asks for.
const OBLIGATIONS: [(&str, &str); 13] = [
    (
        "check the do-not-call-me list; companies can be listed too",
        "screen_do_not_call_list",
    ),
    ("stop on objection", "stop_on_objection"),
    (
        "identify caller with recognisable number",
        "identify_caller",
    ),
    ("offer objection", "identify_caller"),
    ("inform at collection", "inform_at_collection"),
    ("simple free objection", "inform_at_collection"),
    ("identify sender", "sender_and_opt_out"),
    ("valid opt-out in every message", "sender_and_opt_out"),
    ("Art. 14 information", "art_14_notice"),
    (
        "highlight the right to object (Art. 21(4))",
        "objection_notice",
    ),
    ("use only for blocking", "block_only"),
    ("store no more than needed", "store_minimal"),
    ("name the sender", "sender_identity"),
];

/// What the answer lacks.
pub fn faults(expected: &Value, answer: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let verdict = answer["verdict"].as_str().unwrap_or_default();
    let wanted = match expected["verdict"].as_str() {
        Some("allow") => "permitted",
        Some("deny") => "refused",
        other => panic!("no verdict for {other:?}"),
    };
    if verdict != wanted {
        faults.push(format!("expected {wanted}, got {verdict}"));
    }
    for citation in strings(&expected["must_cite"]) {
        if !strings(&answer["citations"]).any(|cited| cited == citation) {
            faults.push(format!("{citation} is not cited"));
        }
    }
    for obligation in strings(&expected["obligations"]) {
        let Some((_, code)) = OBLIGATIONS.iter().find(|(text, _)| *text == obligation) else {
            panic!("no duty for the obligation {obligation:?}");
        };
        if !has_duty(answer, code) {
            faults.push(format!("the duty {code} is missing"));
        }
    }
    if verdict == "refused" && answer["next_steps"].as_array().is_none_or(Vec::is_empty) {
        faults.push("a refusal without a next lawful step".to_owned());
    }
    let basis = expected["basis"].as_str().unwrap_or_default();
    if basis.contains("GDPR Art. 6(1)(f)") && answer["legal_basis"] != "legitimate_interests" {
        faults.push("the legal basis is not Art. 6(1)(f)".to_owned());
    }
    faults
}

pub fn has_duty(answer: &Value, code: &str) -> bool {
    answer["duties"]
        .as_array()
        .is_some_and(|duties| duties.iter().any(|duty| duty["code"] == code))
}

pub fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}
