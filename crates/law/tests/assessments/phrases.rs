//! From the free text of a case to the words of the schema: what a person would do by hand.
//! Structured facts are handed on as they are.

use serde_json::{Map, Value};

use super::vocabulary::vocabulary;

/// The topic to ask and the facts for it.
pub fn call(facts: &Value, question: &str) -> (&'static str, Value) {
    let facts = facts.as_object().expect("facts are an object");
    let topic = topic(facts, question);
    let (kept, phrases) = vocabulary(topic);
    let mut call = Map::new();
    for (key, value) in facts {
        if kept.contains(&key.as_str()) && !value.is_object() {
            call.insert(key.clone(), value.clone());
        }
    }
    for (key, phrase, meaning) in phrases {
        if facts
            .get(*key)
            .is_some_and(|value| text(value).contains(phrase))
        {
            merge(&mut call, meaning);
        }
    }
    if topic == "opt-in-proof"
        && let Some(log) = facts.get("log")
    {
        call.insert("log".to_owned(), proof_log(log));
    }
    (topic, Value::Object(call))
}

fn topic(facts: &Map<String, Value>, question: &str) -> &'static str {
    let has = |keys: &[&str]| keys.iter().any(|key| facts.contains_key(*key));
    let processing = facts.get("processing").map(text).unwrap_or_default();
    if question.contains("DPIA") || has(&["dpia_result"]) {
        "dpia"
    } else if question.contains("data protection officer") || has(&["candidate"]) {
        "dpo"
    } else if has(&["event", "aware", "situation"]) {
        "breach"
    } else if has(&["new_sub_processor"]) {
        "processor-contract"
    } else if has(&["party", "processor", "joint_controllers"]) {
        "roles"
    } else if has(&["log", "consent_proof"]) || question.contains("confirmation mail") {
        "opt-in-proof"
    } else if has(&["cookie", "banner_first_layer", "tool", "website"]) {
        "cookie"
    } else if has(&["mandatory_field"]) || !processing.is_empty() {
        "profiling"
    } else {
        "consent"
    }
}

fn proof_log(log: &Value) -> Value {
    let keys = ["email_double_opt_in_completed", "phone_number_verified"];
    let log = log.as_object().expect("the log is an object");
    keys.iter()
        .filter_map(|key| {
            log.get(*key)
                .map(|value| ((*key).to_owned(), value.clone()))
        })
        .collect::<Map<_, _>>()
        .into()
}

/// Text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Adds the facts; lists grow, objects are merged.
fn merge(call: &mut Map<String, Value>, meaning: &str) {
    let facts: Map<String, Value> = serde_json::from_str(meaning).expect("a phrase means facts");
    for (key, value) in facts {
        match (call.get_mut(&key), value) {
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            (_, value) => {
                call.insert(key, value);
            }
        }
    }
}
